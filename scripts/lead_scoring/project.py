"""Where the project lies, and how its command is called."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# The file that is published unless another is named.
DATABASE = PROJECT / "build" / "lead_scoring.duckdb"


def called(words: str) -> str:
    """Returns how a person calls a command, by its name and arguments: called("check data")."""
    return f"./scripts/lead-scoring {words}"
