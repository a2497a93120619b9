"""A likelihood beside the score: trained, judged, approved, and told of on a card."""
