"""Generated inputs and rules for tests that compare whole runs."""
