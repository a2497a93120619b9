"""The command ./scripts/preview: what edited rules would change, before anything is published."""
