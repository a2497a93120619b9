"""A small good data folder, folders with one fault each, and odd ones that are right."""
