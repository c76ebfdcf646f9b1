"""The screen: pages."""
