"""The command ./scripts/suggest_points: whole-number points, fitted to what really happened."""
