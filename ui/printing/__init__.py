"""The screen: printing."""
