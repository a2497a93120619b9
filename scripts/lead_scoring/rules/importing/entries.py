"""Finds the columns of a list of points, and reads its rows by them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from lead_scoring.rules.importing.sheets import Sheet, SheetError
from lead_scoring.rules.importing.wording import plain

SEARCHED_ROWS = 30


class Kind(str, Enum):
    """How the list is kept."""

    AUTO = "auto"
    POINTS = "points"
    MARKETO = "marketo"
    HUBSPOT = "hubspot"


# What columns are called, by what they hold; of several the first in the list counts.
ROLES: Mapping[str, tuple[str, ...]] = {
    "criterion": (
        "token name", "trigger or filter", "trigger/filter", "filter or trigger", "trigger",
        "filter", "property or event", "event or property", "property", "contact property",
        "attribute", "lead attribute", "attributes", "field", "criterion", "criteria",
        "scoring criteria", "lead scoring criteria", "event", "event type", "action", "actions",
        "activity", "activities", "behavior", "behaviour", "rule", "scoring rule", "signal",
        "item", "question", "characteristic", "factor", "what", "rule name", "smart campaign",
        "campaign", "campaign name", "name", "description",
    ),
    "operator": ("operator", "constraint", "comparison", "condition"),
    "value": ("value", "values", "answer", "response", "option", "attribute value", "criteria",
              "criterion", "rule"),
    "points": (
        "points", "point", "pts", "score change", "change", "change score", "point value",
        "points value", "points awarded", "score", "scores", "score value", "lead score", "weight",
        "value",
    ),
    "category": (
        "category", "score group", "scoring group", "group name", "group", "dimension", "section",
        "area", "score name", "score field", "score type", "type", "group type",
    ),
    "limit": ("group limit", "max points", "maximum points", "points limit", "limit", "cap", "max"),
    "frequency": ("frequency", "how often", "repeat", "award"),
    "decay": ("decay", "score decay", "expires", "expiry", "expiration", "expires after"),
    "within": ("time frame", "timeframe", "time period", "period", "within", "date range"),
    "token_type": ("token type",),
}  # fmt: skip
# The worksheet of HubSpot Academy: what is good and what is bad stand side by side.
SIDES = {
    "positive": False, "positive attribute": False, "positive attributes": False,
    "negative": True, "negative attribute": True, "negative attributes": True,
}  # fmt: skip
MARKS = {
    Kind.MARKETO: {"token name", "token type", "smart campaign", "trigger or filter",
                   "trigger/filter", "filter or trigger", "change score"},
    Kind.HUBSPOT: {*SIDES, "score group", "group limit", "property or event",
                   "event or property", "contact property", "score decay"},
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One row of a list of points, as it is written; '' where a cell is blank or absent."""

    row: int  # as the spreadsheet counts
    criterion: str
    points: str
    operator: str = ""
    value: str = ""
    category: str = ""
    limit: str = ""
    frequency: str = ""
    decay: str = ""
    within: str = ""
    token_type: str = ""
    is_negative: bool = False  # from a column of negative attributes
    is_heading: bool = False  # it stands alone, so it names the rows below it

    @property
    def written(self) -> str:
        """The criterion with its operator and value."""
        return " ".join(part for part in (self.criterion, self.operator, self.value) if part)


@dataclass(frozen=True)
class Listing:
    """What a sheet holds: its rows, how it is kept, and the columns that were not read."""

    sheet: str
    kind: Kind
    entries: tuple[Entry, ...]
    unread: tuple[str, ...]


Layout = Mapping[str, int]  # role -> number of the column, from 0


def read_listing(sheets: Sequence[Sheet], kind: Kind) -> Listing:
    """Returns the first sheet that holds a list of points.

    Raises SheetError where none has a column of criteria and one of points.
    """
    for sheet in sheets:
        for number, header in enumerate(sheet.rows[:SEARCHED_ROWS]):
            names = [_header_name(cell) for cell in header]
            layouts = _layouts(names)
            if layouts:
                found = kind if kind is not Kind.AUTO else _kind(names)
                used = {place for layout, _ in layouts for place in layout.values()}
                return Listing(
                    sheet=sheet.name,
                    kind=found,
                    entries=tuple(_entries(sheet.rows, number + 1, layouts)),
                    unread=tuple(
                        cell for place, cell in enumerate(header) if cell and place not in used
                    ),
                )
    raise SheetError(
        "No row names the columns: a list of points has one for what is scored, such as "
        "'criterion', and one for its 'points'. Name them in the first row."
    )


def _header_name(cell: str) -> str:
    return re.sub(r"[\s_*]+", " ", re.sub(r"\(.*?\)|[+#]|/-", " ", plain(cell))).strip()


def _kind(names: Sequence[str]) -> Kind:
    for kind, marks in MARKS.items():
        if marks.intersection(names):
            return kind
    return Kind.POINTS


def _layouts(names: Sequence[str]) -> list[tuple[Layout, bool]]:
    """Returns where each role stands, and whether its points are negative; [] for no header."""
    sides = [(place, SIDES[name]) for place, name in enumerate(names) if name in SIDES]
    if sides:
        return _side_by_side(names, sides)
    layout: dict[str, int] = {}
    for role, aliases in ROLES.items():
        for alias in aliases:
            place = names.index(alias) if alias in names else -1
            if place >= 0 and place not in layout.values():
                layout[role] = place
                break
    # 'Value' holds the points where nothing else does, as in Marketo's list of tokens.
    if "points" not in layout and "value" in layout:
        layout["points"] = layout.pop("value")
    return [(layout, False)] if {"criterion", "points"} <= layout.keys() else []


def _side_by_side(
    names: Sequence[str], sides: Sequence[tuple[int, bool]]
) -> list[tuple[Layout, bool]]:
    layouts: list[tuple[Layout, bool]] = []
    taken: set[int] = set()
    for place, is_negative in sides:
        free = [
            other
            for other, name in enumerate(names)
            if name in ROLES["points"] and other not in taken
        ]
        if not free:
            return []
        # The nearest column of points; to the right where two are as near.
        points = min(free, key=lambda other: (abs(other - place), other < place))
        taken.add(points)
        layouts.append(({"criterion": place, "points": points}, is_negative))
    return layouts


def _entries(
    rows: Sequence[Sequence[str]], first: int, layouts: Sequence[tuple[Layout, bool]]
) -> list[Entry]:
    entries = []
    heading = ""
    for number, cells in enumerate(rows[first:], first + 1):
        filled = [cell for cell in cells if cell]
        if not filled:
            continue
        made = [_entry(number, cells, layout, is_negative) for layout, is_negative in layouts]
        made = [entry for entry in made if entry.written or entry.points]
        if len(filled) == 1 and not any(entry.points for entry in made):
            heading = filled[0]
            entries.append(Entry(row=number, criterion=heading, points="", is_heading=True))
            continue
        entries += [entry if entry.category else replace(entry, category=heading) for entry in made]
    return entries


def _entry(number: int, cells: Sequence[str], layout: Layout, is_negative: bool) -> Entry:
    def cell(role: str) -> str:
        place = layout.get(role, len(cells))
        return cells[place] if place < len(cells) else ""

    return Entry(
        row=number,
        criterion=cell("criterion"),
        points=cell("points"),
        operator=cell("operator"),
        value=cell("value"),
        category=cell("category"),
        limit=cell("limit"),
        frequency=cell("frequency"),
        decay=cell("decay"),
        within=cell("within"),
        token_type=cell("token_type"),
        is_negative=is_negative,
    )
