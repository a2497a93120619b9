"""The shape of the dbt project: how much there is to read, and how deep it goes."""
