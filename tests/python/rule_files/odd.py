"""Files that look odd and are right: the same rules in another spelling."""

from __future__ import annotations

import csv
from dataclasses import dataclass

from rule_files.changes import Files, good_files, rewritten, with_cell, with_columns


@dataclass(frozen=True)
class Odd:
    """One way to write the good rules otherwise: all files of it."""

    name: str
    files: Files


def every(name: str, change: object) -> Odd:
    """Every file changed alike, by a function of its bytes."""
    assert callable(change)
    return Odd(name, {file: change(content) for file, content in good_files().items()})


def one(name: str, table: str, content: bytes) -> Odd:
    """One file changed."""
    return Odd(name, good_files() | {f"{table}.csv": content})


def cell(name: str, table: str, start: str, column: str, text: str | bytes) -> Odd:
    """One cell written otherwise."""
    return one(name, table, with_cell(table, start, column, text))


def without_notes(content: bytes) -> bytes:
    """The table without its column of notes."""
    return with_columns(content, lambda names: [name for name in names if name != "note"])


def in_quotes(content: bytes) -> bytes:
    """Every cell in quotes, with the line ends of Windows."""
    return rewritten(content, quoting=csv.QUOTE_ALL, lineterminator="\r\n")


def with_blanks(content: bytes) -> bytes:
    """Blanks of every kind around each cell, the header's aside."""
    header, _, rows = content.partition(b"\n")
    padded = rewritten(rows, delimiter="\x01").replace(b"\x01", "\u00a0,\t ".encode())
    return header + b"\n" + padded if b'"' not in rows else content


def upside_down(content: bytes) -> bytes:
    """The rows in the other order, the header first."""
    header, *rows = content.splitlines(keepends=True)
    return b"".join([header, *reversed(rows)])


def in_capitals(content: bytes) -> bytes:
    """Every row in capitals, the header aside."""
    header, line_end, rows = content.partition(b"\n")
    # ß has no capital of one letter.
    capitals = (letter.upper() if letter != "ß" else letter for letter in rows.decode())
    return header + line_end + "".join(capitals).encode()


STUDENT, LARGE = "student,*", "large_company"
ODD = [
    every("with a mark of its encoding", lambda content: b"\xef\xbb\xbf" + content),
    every("with the line ends of Windows", lambda content: content.replace(b"\n", b"\r\n")),
    every("with the line ends of an old Mac", lambda content: content.replace(b"\n", b"\r")),
    every("without a line end at the end", lambda content: content.rstrip(b"\n")),
    every("with blank lines at the end", lambda content: content + b"\n\n"),
    every("with rows of commas at the end", lambda content: content + b",,,,\n,,\n"),
    every("with every cell in quotes", in_quotes),
    every("with blanks around cells", with_blanks),
    every("in another order of columns", lambda content: with_columns(content, sorted)),
    every("with the columns backwards", lambda content: with_columns(content, lambda n: n[::-1])),
    every("without notes", without_notes),
    every("with the rows in another order", upside_down),
    every("in capitals", in_capitals),
    Odd("named like the seeds", {f"lead_scoring__{n}": c for n, c in good_files().items()}),
    Odd("with endings in capitals", {n.upper(): c for n, c in good_files().items()}),
    Odd("beside other files", good_files() | {
        "README.md": b"Our rules", ".~lock.fit_rules.csv#": b"", "~$fit_rules.xlsx": b"",
        "not_placed.csv": b"criterion,points\n",
    }),
    cell("a number with a point and zeros", "fit_rules", STUDENT, "points", "-20.00"),
    cell("a number with a plus sign and zeros before", "fit_rules", LARGE, "points", "+010"),
    cell("a range with blanks", "fit_rules", LARGE, "value", " 250 .. 4999 "),
    cell("values with bars too many", "fit_rules", STUDENT, "value", "|student || intern|"),
    cell("event types with blanks", "rule_conditions", "inactive,*", "event_type",
         " Page_Viewed | pricing_page_viewed "),
    cell("a per in capitals", "engagement_rules", "signed_in", "per", " Day "),
    cell("a flag as yes", "fit_rules", "competitor", "disqualifies", "Yes"),
    cell("a flag as 1", "event_types", "email_clicked", "is_click", "1"),
    cell("a note of several lines", "fit_rules", LARGE, "note", 'Large\r\n"enough",\n\nwe say'),
    cell("a note with unseen signs", "fit_rules", LARGE, "note", "\u200b\u201cquoted\u201d"),
    cell("a formula that is none", "fit_rules", LARGE, "note", "=1+1"),
]  # fmt: skip
