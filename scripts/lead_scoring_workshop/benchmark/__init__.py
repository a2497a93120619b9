"""Measures the project at size: what a run costs beside a plain scan, CASE WHEN and pandas."""
