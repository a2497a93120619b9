"""Made-up leads, events, outcomes and merges of a company that sells software to companies."""

# The story ends here.
AS_OF = "2026-06-30T12:00:00Z"
