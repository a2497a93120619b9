"""Delivers the rows of `lead_handoffs`, each once to each destination."""
