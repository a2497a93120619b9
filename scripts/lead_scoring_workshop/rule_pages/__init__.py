"""The pages of docs/reference/rules, from the seeds and their YAML."""
