"""Prints how the CRM's number stands beside ours: on a terminal, and as values."""

from __future__ import annotations

from dataclasses import asdict

from rich.console import Console

from lead_scoring.parity.parity import Parity
from lead_scoring.parity.sections import introduction, sections
from lead_scoring.terminal import heading, shown, table


def print_parity(parity: Parity, screen: Console) -> None:
    """Prints every section: what it says, and its figures."""
    screen.print(introduction(parity))
    for section in sections(parity):
        screen.print()
        screen.print(heading(section.title))
        screen.print(shown(section.todo))
        if section.table is not None and section.table.rows:
            screen.print()
            grid = table(section.table.columns, tuple(section.table.numbers))
            for row in section.table.rows:
                grid.add_row(*(shown(cell) for cell in row))
            screen.print(grid)


def values(parity: Parity) -> dict[str, object]:
    """Returns the same as values, with the sentences as they are printed."""
    found = parity.agreement
    return {
        **asdict(parity),
        "agreement": {
            **asdict(found),
            "is_full": found.is_full,
            "is_by_chance": found.is_by_chance,
            "top_by_chance": found.top_by_chance,
        },
        "sections": [
            {"key": section.key, "title": section.title, "mark": section.mark.name,
             "todo": section.todo}
            for section in sections(parity)
        ],
    }  # fmt: skip
