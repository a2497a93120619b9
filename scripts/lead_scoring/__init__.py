"""The commands of the project: thin Python around dbt, which does the scoring."""
