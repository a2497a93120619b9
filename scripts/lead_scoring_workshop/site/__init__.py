"""The pages of the docs site that are made of the code: commands and tables."""
