"""Spark, with tables of Delta Lake: its session, its views of runs, and publication there."""
