"""Public data sets: their mappings, their rule tables, and what scores foretold of them."""
