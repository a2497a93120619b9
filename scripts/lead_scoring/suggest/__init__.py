"""Whole-number points, fitted to what really happened."""
