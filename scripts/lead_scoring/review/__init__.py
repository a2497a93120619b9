"""The command ./scripts/review: whether the score works, and what to change, on one page."""
