"""Whether the score works, and what to change, on one page."""
