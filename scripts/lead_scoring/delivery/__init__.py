"""Delivers hand-offs and scores, each state of each once to each destination."""
