"""Texts that a program has spoilt on their way: a rule compares them, and none matches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import duckdb

from lead_scoring.data.checks.findings import Column, Finding, Level, Role
from lead_scoring.data.checks.judgements import Judge
from lead_scoring.model_expressions import Project
from lead_scoring.reading.headers import identifier, literal

# What programs write where there is nothing. Case counts: Null and Nan are names of people.
NOTHING = (
    *("NULL", "null", "(null)", "<null>", "\\N", "None", "nil", "undefined", "(blank)", "-", "--"),
    *("N/A", "n/a", "#N/A", "NaN", "nan", "#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#NUM!"),
    *("[object Object]", "[]", "{}", "(not set)", "(none)", "(not provided)", "[not provided]"),
)
_UNSEEN = "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]"
# A byte of UTF-8 above 127 as Windows-1252 shows it, behind the one that it follows.
_SECOND_BYTE = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122"
)
_WRONG_LETTERS = f"[\u00c2\u00c3\u00c4\u00c5][{_SECOND_BYTE}]|\u00e2\u20ac|\ufffd"
_ENTITY = "&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"
_IN_QUOTES = "^(\".*\"|'.*'|[\u201c\u201d\u201e].*[\u201c\u201d]|[\u2018\u2019].*[\u2018\u2019])$"


def _braced(text: str) -> str:
    """Returns a text as `str.format` leaves it."""
    return text.replace("{", "{{").replace("}", "}}")


class Sign(NamedTuple):
    """How spoilt texts are known, what is said of them, and the mend."""

    condition: str  # of the text {t}
    problem: str
    mend: str


_BEYOND_ASCII = "strlen({t}) > length({t})"  # few texts are: the others need no pattern
SIGNS: Sequence[Sign] = (
    Sign(
        "{t} in (" + ", ".join(map(literal, map(_braced, NOTHING))) + ")",
        "say that there is nothing (NULL, N/A, - and the like), and count as a text",
        "Leave the cell blank.",
    ),
    Sign(
        f"{_BEYOND_ASCII} and regexp_matches({{t}}, {literal(_UNSEEN)})",
        "hold characters that do not show (zero-width blanks, marks of direction)",
        "Take them out: the text equals no other that looks like it.",
    ),
    Sign(
        f"{_BEYOND_ASCII} and contains({{t}}, chr(160))",
        "hold blanks that do not break (U+00A0)",
        "Write plain blanks: the text equals no other that looks like it.",
    ),
    Sign(
        f"{_BEYOND_ASCII} and regexp_matches({{t}}, {literal(_WRONG_LETTERS)})",
        "hold letters of a wrong encoding (\u00c3\u00bc for \u00fc, or a sign for what was lost)",
        "Export them as UTF-8, and open them as UTF-8 where they pass through a program.",
    ),
    Sign(
        f"{_BEYOND_ASCII} and regexp_matches({{t}}, '[\u0300-\u036f]')"
        " and nfc_normalize({t}) <> {t}",
        "hold letters in two parts (u and two dots in place of \u00fc), as programs of macOS write",
        "Write each as one letter: the text equals no other that looks like it.",
    ),
    Sign(
        "regexp_matches({t}, '\\\\u[0-9a-fA-F]{{4}}')",
        "hold letters as JSON writes them (\\u00fc for \u00fc)",
        "Read the JSON before it becomes a table.",
    ),
    Sign(
        f"contains({{t}}, '&') and regexp_matches({{t}}, {literal(_braced(_ENTITY))})",
        "hold signs as a web page writes them (&amp; for &)",
        "Export the text and not the page.",
    ),
    Sign(
        f"regexp_matches({{t}}, {literal(_IN_QUOTES)})",
        "stand in quotes that are part of the text",
        'Write the quotes of CSV once, as ", or none.',
    ),
)


def findings_on_texts(
    connection: duckdb.DuckDBPyConnection,
    project: Project,
    columns: Sequence[Column],
    judge: Judge,
) -> Iterator[Finding]:
    """Yields how many values of each text that means something to a run are spoilt, and how."""
    tables: dict[str, list[Column]] = {}
    for column in columns:
        is_read = column.role in (Role.REQUIRED, Role.OPTIONAL, Role.ATTRIBUTE)
        if is_read and column.filled and column.type in ("text", "list", "id"):
            tables.setdefault(column.table, []).append(column)
    for table, found in tables.items():
        counts = _counts(connection, project, table, found)
        for column in found:
            for sign, count in zip(SIGNS, counts[column.name], strict=True):
                if count:
                    yield judge.finding(
                        Level.WARNING,
                        table,
                        column.shown,
                        f"{count:,} of {column.filled:,} values {sign.problem}",
                        sign.mend,
                        count,
                        column.filled,
                    )


def _counts(
    connection: duckdb.DuckDBPyConnection, project: Project, table: str, columns: Sequence[Column]
) -> Mapping[str, Sequence[int]]:
    """Returns the counts of each column by sign, in one pass over the table."""
    texts, counts = [], []
    for column in columns:
        name = identifier(column.name)
        texts.append(f"{project.input_value(table, column.name)} as {name}")
        counts += [f"count(*) filter ({sign.condition.format(t=name)})" for sign in SIGNS]
    row = connection.execute(
        f"select {', '.join(counts)} from (select {', '.join(texts)} from inputs.main.{table})"
    ).fetchall()[0]
    size = len(SIGNS)
    return {column.name: row[size * at : size * (at + 1)] for at, column in enumerate(columns)}
