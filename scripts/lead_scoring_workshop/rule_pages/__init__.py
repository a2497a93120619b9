"""The pages of docs/rules, from the seeds and their YAML."""
