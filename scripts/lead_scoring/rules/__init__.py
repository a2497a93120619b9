"""Rule tables: their files, their checks, their words, and how they are made of lists of points."""
