"""Scores on a PostgreSQL server, and publishes there."""
