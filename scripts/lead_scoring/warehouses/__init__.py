"""Publication in schemas of a warehouse: what PostgreSQL and Spark have in common."""
