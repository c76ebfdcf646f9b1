"""The screen: plots."""
