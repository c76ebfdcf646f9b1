"""The screen: models."""
