"""What stands on paper as plain data, and the caller of its Typst templates."""
