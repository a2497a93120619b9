"""Publication: what readers see, whole or not at all, by one atomic rename."""
