"""Runs of dbt: one for a score, many for a history that is written anew."""
