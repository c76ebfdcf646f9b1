"""The screen: Qt only. Asks the core, never computes."""
