"""Reads input files: their kinds, their headers, and what their columns are taken for."""
