"""The screen: delegates."""
