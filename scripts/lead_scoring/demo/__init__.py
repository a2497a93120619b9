"""Made-up leads, events, outcomes and merges of a company that sells software to companies."""

from lead_scoring.demo.files import generate

__all__ = ["generate"]
