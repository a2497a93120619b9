"""What the review consists of: sections, each with one sentence that says what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from lead_scoring.databases import Row
from lead_scoring.pages.charts import Chart

Number = int | float | Decimal


class Mark(str, Enum):
    """What a section asks of its reader."""

    act = "to do"
    fine = "fine"
    unknown = "too little known"


# What is to be done first: a score that does not rank, then what makes its figures lie.
URGENCY = (
    *("ranking", "leaks", "accounted", "challengers", "likelihood", "predictions", "bands"),
    *("advice", "drop", "raise", "lower"),
    *("calibration", "drift", "thresholds", "missed", "slices", "rejected", "sources"),
    *("responses", "data", "funnel", "coverage", "distribution", "dead"),
)


@dataclass(frozen=True)
class Table:
    """Rows of texts. numbers: the columns that stand to the right."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[str] = frozenset()
    more: int = 0  # rows that are left out


@dataclass(frozen=True)
class Section:
    """One question and its answer. explains: what the figures mean, in words.

    links: what leads further, each with its address.
    """

    key: str
    title: str
    mark: Mark
    todo: str
    explains: str = ""
    charts: tuple[Chart, ...] = ()
    table: Table | None = None
    links: tuple[tuple[str, str], ...] = ()


def by_urgency(sections: Sequence[Section]) -> list[Section]:
    """Returns sections in the order in which they are to be seen to."""
    return sorted(sections, key=lambda section: URGENCY.index(section.key))


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], most: int = 20) -> Table:
    """Returns a table of the first rows; columns of nothing but numbers stand to the right."""
    shown = tuple(tuple(row) for row in rows[:most])
    numbers = frozenset(
        name
        for place, name in enumerate(columns)
        if shown and all(_is_number(row[place]) for row in shown)
    )
    return Table(tuple(columns), shown, numbers, max(0, len(rows) - most))


def _is_number(text: str) -> bool:
    return text == NONE or (text[:1] in "+-0123456789" and text[-1:] in "0123456789%")


NONE = "-"


def percent(share: Number | None) -> str:
    """Returns a share as a percentage: small ones with a decimal."""
    if share is None:
        return NONE
    value = 100 * float(share)
    return f"{value:.1f} %" if value < 9.95 else f"{value:.0f} %"


def count(value: Number | None) -> str:
    """Returns a count with commas."""
    return NONE if value is None else f"{int(value):,}"


def decimals(value: Number | None, places: int = 2) -> str:
    """Returns a number with so many decimals."""
    return NONE if value is None else f"{float(value):.{places}f}"


def points(value: Number | None) -> str:
    """Returns points with their sign, without idle zeros."""
    if value is None:
        return NONE
    text = f"{float(value):+.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("+0", "-0") else text


def between(low: Number | None, high: Number | None) -> str:
    """Returns an interval of shares."""
    return NONE if low is None or high is None else f"{percent(low)} to {percent(high)}"


def words(name: object) -> str:
    """Returns a name of the tables as words: purchased_list as purchased list."""
    return str(name if name is not None else NONE).replace("_", " ")


def of_all(rows: Sequence[Row]) -> list[Row]:
    """Returns the rows about all leads, each by its own live scorecard."""
    return [row for row in rows if row["scorecard"] == "*"]


def listed(names: Sequence[str], most: int = 3) -> str:
    """Returns names as part of a sentence."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
