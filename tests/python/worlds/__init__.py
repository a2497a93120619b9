"""Thirteen worlds whose truth is known, for the sentences of the review and of suggested points."""
