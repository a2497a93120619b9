"""Finds characters that do not show, or that a program has spoilt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lead_scoring.rules.checks.findings import (
    NUL_STAND_IN,
    Finding,
    code_point,
    escaped_byte,
    is_unseen,
)
from lead_scoring.rules.checks.tables import Row, Table
from lead_scoring.rules.checks.text import trimmed

SPREADSHEET_ERRORS = frozenset(
    ("#ref!", "#n/a", "#name?", "#value!", "#div/0!", "#null!", "#num!", "#spill!", "#####")
)
OPENING_QUOTES = "\u201c\u201e\u201f\u00ab\u2018\u201a\u2039"
CLOSING_QUOTES = "\u201d\u201c\u00bb\u2019\u2018\u203a"
DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u00ab\u00bb"
# Joiners belong to the spelling of some scripts, from Arabic on.
JOINERS = "\u200c\u200d"
# Between values that are trimmed one by one.
SEPARATORS = {"in": "|", "not_in": "|", "between": ".."}
REPLACEMENT = "\ufffd"


def check_characters(table: Table) -> Iterator[Finding]:
    """Yields the cells with a character that keeps them from meaning what they show."""
    for row in table.rows:
        for column, cell in row.cells.items():
            if cell.isascii() and cell.isprintable() and "#" not in cell:
                continue
            if column in table.schema.columns:
                fault = _fault(row, column, cell)
                if fault is not None:
                    yield row.finding(column, *fault)


def can_be_named(text: str) -> bool:
    """Returns whether a cell that lists names, separated by |, can hold this one as it is."""
    return (
        "|" not in text
        and text == trimmed(text)
        and text.lower() not in SPREADSHEET_ERRORS
        and REPLACEMENT not in text
        and all(fault(text) is None for fault in (_repaired, _unseen, _quotes))
    )


def without_unseen(text: str) -> str:
    """Returns the text without the characters that do not show, as a person reads it."""
    return "".join(
        letter for at, letter in enumerate(text) if not _is_out_of_place(letter, at, text)
    )


def _fault(row: Row, column: str, cell: str) -> tuple[str, str] | None:
    """Returns problem and mend; None where the cell is sound. A note may hold what shows not."""
    if any(escaped_byte(letter) is not None for letter in cell):
        return "is not UTF-8", f"Save the file as CSV UTF-8; probably it means {_guess(cell)}."
    if NUL_STAND_IN in cell:
        return "holds a NUL character (U+0000)", "Type the cell anew."
    if column == "note":
        return None
    if trimmed(cell).lower() in SPREADSHEET_ERRORS:
        return "is an error of the spreadsheet", "Mend the formula, or type the value."
    if REPLACEMENT in cell:
        return "holds U+FFFD, which stands where a letter was lost", "Type the cell anew."
    repaired = _repaired(cell)
    if repaired is not None:
        return "is UTF-8 that was read as another encoding", f"Write {repaired}."
    separator = SEPARATORS.get(row.name("operator")) if column == "value" else None
    if column == "event_type" and row.table != "event_types":
        separator = "|"
    parts = [trimmed(part) for part in (cell.split(separator) if separator else [cell])]
    faults = (_unseen(part) or _quotes(part) for part in parts)
    return next((fault for fault in faults if fault is not None), None)


def _guess(cell: str) -> str:
    """Returns what the bytes mean in the encoding of Western Windows."""
    data = cell.encode("utf-8", errors="surrogateescape")
    return data.decode("cp1252", errors="replace")


def _repaired(cell: str) -> str | None:
    for encoding in ("cp1252", "latin-1"):
        try:
            text = cell.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if text != cell:
            return text
    return None


def _unseen(text: str) -> tuple[str, str] | None:
    for at, letter in enumerate(text):
        if not _is_out_of_place(letter, at, text):
            continue
        if letter in "\r\n":
            return "holds a line break", "Put the text in one line. Is a quote left open?"
        name = unicodedata.name(letter, "control character").lower()
        if unicodedata.category(letter) == "Zs":
            mend = "Replace it by a plain blank, or remove it."
        else:
            mend = "Type the cell anew, without it."
        return f"holds a character that does not show: {name} ({code_point(letter)})", mend
    return None


def _is_out_of_place(letter: str, at: int, text: str) -> bool:
    return is_unseen(letter) and not (letter in JOINERS and at > 0 and text[at - 1] >= "\u0600")


def _quotes(text: str) -> tuple[str, str] | None:
    if len(text) > 1 and (
        (text[0] in OPENING_QUOTES and text[-1] in CLOSING_QUOTES)
        or text[0] in DOUBLE_QUOTES
        or text[-1] in DOUBLE_QUOTES
    ):
        marks = OPENING_QUOTES + CLOSING_QUOTES
        return "has typographic quotes around it", f"Write {re.sub(f'[{marks}]', '', text)}."
    return None
