"""Markdown of what the code knows: tables whose cells are other texts."""

from __future__ import annotations

from collections.abc import Sequence


def grid(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Returns the lines of a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def plain(text: str) -> str:
    """Returns a text as one line of a cell, in which HTML and tables see no markup."""
    return " ".join(text.split()).replace("<", "&lt;").replace("|", "\\|")
