"""Pure functions: numbers in, frozen answers out."""
