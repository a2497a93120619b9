"""The same project on other engines: servers for tests, their inputs, and what they make of it."""
