"""Scores on Spark."""
