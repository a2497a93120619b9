"""Kills, defects, readers and faults: what happens to what readers see, tried and counted."""
