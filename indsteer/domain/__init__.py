"""Frozen values and their rules; knows only errors."""
