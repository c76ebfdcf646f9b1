"""The screen: dialogs."""
