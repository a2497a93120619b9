"""The commands of workshop."""
