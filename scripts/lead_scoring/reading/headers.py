"""Reads the header line of a CSV file: its delimiter, its names, and whether it is one at all.

A file without a header has a person's data in its first line. So a message prints a name only
where a required column stands beside it, and where it looks like a name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from lead_scoring.reading.kinds import (
    SAVE_AS_CSV,
    InputError,
    encoding_fault,
    kind_of,
    open_unpacked,
)
from lead_scoring.reading.known_headers import contract_column, likeliest_first, near_names

# The required columns of each table, as the contract names them.
REQUIRED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "leads": ("lead_id", "created_at"),
    "events": ("event_id", "lead_id", "event_type", "occurred_at"),
    "outcomes": ("lead_id", "outcome", "occurred_at"),
    "lead_merges": ("lead_id", "merged_into_lead_id"),
}
DELIMITERS: Mapping[str, str] = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "vertical bars",
}
LONGEST_HEADER = 4_000_000  # bytes
MOST_TITLE_LINES = 20
MOST_NAMES = 40  # that a message prints
LONGEST_NAME = 60
SNOWPLOW_COLUMNS = 100  # a file with more of them and no names is most likely an event collector's
# What a required column holds, for those who have none of it yet.
_MEANINGS: Mapping[str, str] = {
    "lead_id": "the id of the person, the same in all tables",
    "created_at": "when the lead came to be known, such as 2026-06-30",
    "event_id": "a text that no other event has, and that is the same in every export, such as "
    "lead_id, event_type and occurred_at joined by a bar",
    "event_type": "what the lead did, such as page_viewed",
    "occurred_at": "when it happened, such as 2026-06-30T14:30:00Z",
    "outcome": "what sales recorded, such as contacted, won or lost",
    "merged_into_lead_id": "the id of the lead that stays",
}
_NAME = re.compile(r"[#$_]? ?[^\W\d_][\w \-/().:&?%#+$]*")
_PATTERN = re.compile(r"[\[*?]")  # what stands for several letters, or one of some
_LONG_NUMBER = re.compile(r"\d{4}")
_DATA = re.compile(r"@|://|^[+(]?\d|^\s*$|\d{4}-\d|\d[./]\d+[./]\d|\d{5}|^.{61}", re.DOTALL)


class Header(NamedTuple):
    """The header of a CSV file: its names as the project calls them, and the delimiter."""

    names: list[str]
    delimiter: str


def read_header(path: Path, table: str) -> Header:
    """Returns the header of a CSV file of `table`. Raises InputError where there is none."""
    with open_unpacked(path) as content:
        start = content.read(LONGEST_HEADER)
    kind = kind_of(start[:4096])
    if kind is not None:
        raise InputError(f"{path} is {kind.words}. {kind.mend}")
    lines = _first_lines(path, start)
    required = REQUIRED_COLUMNS[table]
    headers = [Header(names, sign) for sign in DELIMITERS if (names := _names(lines, sign))]
    if not any(line.strip() for line in lines):
        raise InputError(f"{path} is empty. It needs a line with the column names.")
    whole = [header for header in headers if set(required) <= set(header.names)]
    if len(whole) > 1:
        signs = " or ".join(DELIMITERS[header.delimiter] for header in whole)
        raise InputError(f"{path}: its columns may be separated by {signs}. {SAVE_AS_CSV}")
    if whole:
        check_names(whole[0].names, table, path)
        return whole[0]
    if not headers:
        raise InputError(f"{path}: the header line cannot be read as CSV. Are its quotes closed?")
    _check_title_lines(lines, required, path)
    best = max(headers, key=lambda header: len(set(required) & set(header.names)))
    if not set(required) & set(best.names):
        # The delimiter that makes most columns is most likely the file's own.
        best = max(headers, key=lambda header: len(header.names))
    check_names(best.names, table, path)
    raise AssertionError(path)  # A required column is missing: that has been said.


def check_names(names: Sequence[str], table: str, path: Path) -> None:
    """Raises InputError where these names, trimmed and in lower case, are not those of `table`."""
    missing = [name for name in REQUIRED_COLUMNS[table] if name not in names]
    if missing:
        raise InputError(_without_required(names, missing, table, path))
    if "" in names:
        raise InputError(f"{path}: column {list(names).index('') + 1} has no name in the header.")
    doubled = sorted({name for name in names if list(names).count(name) > 1})
    if doubled:
        raise InputError(
            f"{path} has several columns named {shown_names(doubled, names, table)} "
            "(capitals and outer blanks do not count). Rename or remove all but one."
        )
    if any('"' in name for name in names):
        # It would end the quoted name of the column, and the rest would be read as SQL.
        raise InputError(f"{path} has a double quote in the name of a column. Rename the column.")


def looks_like_a_name(name: str) -> bool:
    """Whether a header may be printed: words, no address, no long number, of modest length."""
    return (
        len(name) <= LONGEST_NAME
        and _NAME.fullmatch(name) is not None
        and _LONG_NUMBER.search(name) is None
    )


def shown_name(name: str, position: int) -> str:
    """Returns a column's name as a message may print it, else its number."""
    return name if looks_like_a_name(name) else f"column {position}"


def shown_names(wanted: Sequence[str], names: Sequence[str], table: str) -> str:
    """Returns those of a header's names that are wanted, as far as a message may print them."""
    places = {name: number for number, name in reversed(list(enumerate(names, 1)))}
    if not set(REQUIRED_COLUMNS[table]) & set(names):
        known = [name for name in wanted if contract_column(name, table)]
        shown = known or [f"column {places[name]}" for name in wanted]
    else:
        shown = [shown_name(name, places[name]) for name in wanted]
    if len(shown) > MOST_NAMES:
        return f"{', '.join(shown[:MOST_NAMES])} and {len(shown) - MOST_NAMES} more"
    return ", ".join(shown)


def literal(value: Path | str) -> str:
    """Returns a text as SQL writes it."""
    return "'" + str(value).replace("'", "''") + "'"


def file_name(path: Path) -> str:
    """Returns the name of one file as SQL writes it, where DuckDB takes names for patterns."""
    return literal(_PATTERN.sub(r"[\g<0>]", str(path)))


def identifier(name: str) -> str:
    """Returns a column's name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'


def _first_lines(path: Path, start: bytes) -> list[str]:
    if len(start) == LONGEST_HEADER:
        start = start[: start.rfind(b"\n") + 1] or start
    lines = b"".join(islice(io.BytesIO(start), MOST_TITLE_LINES + 1))
    try:
        text = lines.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(encoding_fault(path)) from None
    return io.StringIO(text, newline="").readlines()


def _names(lines: Sequence[str], delimiter: str) -> list[str] | None:
    """Returns the names of the first line, split by this delimiter; None where that goes wrong."""
    try:
        cells = next(csv.reader(iter(lines), delimiter=delimiter, strict=True), None)
    except csv.Error:
        return None
    return [cell.strip().lower() for cell in cells] if cells else None


def _check_title_lines(lines: Sequence[str], required: Sequence[str], path: Path) -> None:
    for number in range(1, len(lines)):
        for sign in DELIMITERS:
            if set(required) <= set(_names(lines[number:], sign) or ()):
                raise InputError(
                    f"{path}: the column names stand in line {number + 1}. Remove what is above."
                )


def _without_required(names: Sequence[str], missing: Sequence[str], table: str, path: Path) -> str:
    required = REQUIRED_COLUMNS[table]
    likely = {name: column for name in names if (column := contract_column(name, table))}
    wanted = ", ".join(missing)
    # Of several headers that stand for one column, the likeliest.
    mends = {likely[name]: name for name in reversed(likeliest_first(names, table))}
    if set(required) & set(names):  # else names may be cells, of which none is printed
        near = near_names(names, missing, table)
        mends = {column: name for name, column in near.items()} | mends
    mend = "".join(
        f" Is {mends[name]} the {name}? Rename it."
        if name in mends
        else f" If no column is the {name}, add one: {_MEANINGS[name]}."
        for name in missing
    )
    if set(required) & set(names):
        return f"{path} has no column {wanted}. Its columns are " + (
            f"{shown_names(names, names, table)}.{mend}"
        )
    like_data = sum(_DATA.search(name) is not None for name in names)
    if like_data and not len(likely) * 2 > len(names):
        return (
            f"{path} has no column {wanted}: its first line seems to be a row of data and not the "
            f"column names ({like_data} of {len(names)} cells are blank, or hold a number, a time "
            f"or an address). Put a line above it that names each of its {len(names):,} columns in "
            f"their order, {', '.join(required)} among them.{_without_names(len(names))}"
        )
    known = f" Of its names these are known: {', '.join(likely)}.{mend}" if likely else ""
    return (
        f"{path} has no column {wanted}: its first line names none of the columns that are needed "
        f"({', '.join(required)}). Are the column names in the first line?{known or mend}"
    )


def _without_names(columns: int) -> str:
    if columns < SNOWPLOW_COLUMNS:
        return ""
    return (
        " If it is Snowplow's, which has no names in it: docs/how-to/name_your_columns.md has that "
        "line."
    )
