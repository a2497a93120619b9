"""The commands of lead-scoring: each a thin module over plain functions of the package."""
