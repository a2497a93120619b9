"""The data that is scored: the folder with the input files, and what is wrong in it."""
