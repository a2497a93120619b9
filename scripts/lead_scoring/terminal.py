"""Lines and tables of a terminal, and values fit to be shown there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from rich.console import Console
from rich.table import Table
from rich.text import Text


def heading(words: str) -> Text:
    """Returns the line that stands above a table."""
    return Text(words, style="bold")


def console(*, is_error: bool = False) -> Console:
    """Returns a console that is 80 to 120 columns wide, whatever it writes to."""
    made = Console(stderr=is_error, highlight=False, markup=False)
    made.width = min(max(made.width, 80), 120)
    return made


def table(columns: Sequence[str], numbers: Sequence[str] = ()) -> Table:
    """Returns an empty table for `add_row`; the columns named in `numbers` stand to the right."""
    made = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        is_number = column in numbers
        made.add_column(
            column, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold"
        )
    return made


def shown(value: object) -> Text:
    """Returns a value as text: numbers without idle zeros, times in UTC, null as a dash.

    Characters that a terminal would obey are replaced: ids and attributes are other people's text.
    """
    if value is None:
        text = "-"
    elif isinstance(value, bool):
        text = "yes" if value else "no"
    elif isinstance(value, int):
        text = f"{value:,}"
    elif isinstance(value, Decimal):
        text = f"{value:,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    elif isinstance(value, datetime):
        text = f"{value:%Y-%m-%d %H:%M} UTC"
    else:
        text = "".join(sign if sign.isprintable() else "?" for sign in str(value))
    return Text(text)
