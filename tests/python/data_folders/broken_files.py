"""Files that no run may read: each is refused by its name, with the cause."""

from __future__ import annotations

import gzip
import io
import zipfile
from dataclasses import dataclass

from data_folders.changes import (
    CANARY,
    Files,
    Parquet,
    good,
    lines,
    parquet,
    renamed,
    rows,
    text,
    written,
)


@dataclass(frozen=True)
class Refused:
    """A folder that is refused, the file that is to blame, and words of the message."""

    name: str
    files: Files
    file: str
    words: str


def leads(name: str, content: bytes, words: str) -> Refused:
    """Another file of leads."""
    return Refused(name, {"leads.csv": content}, "leads.csv", words)


def of_lines(name: str, table: str, files: Files, words: str) -> Refused:
    """A table whose lines are changed."""
    return Refused(name, files, f"{table}.csv", words)


def workbook() -> bytes:
    """A zip archive that begins like a workbook."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", CANARY)
    return content.getvalue()


LEADS = good("leads")
TEXT = text("leads")
HEADER, _, ROWS = TEXT.partition("\n")
NAMES = HEADER.split(",")
LFS = (
    "version https://git-lfs.github.com/spec/v1\n"
    "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
)

OTHER_KINDS = [
    leads("a workbook named .csv", workbook(), "is a workbook (.xlsx, .ods) or a zip archive"),
    leads("a gzip file named .csv", gzip.compress(LEADS), "is a file packed with gzip"),
    leads("an error page named .csv", b"<!DOCTYPE html><html>cnry 403</html>", "is a web page"),
    leads("JSON named .csv", b'[{"lead_id": "1001", "email": "cnrya@x.example"}]', "is JSON"),
    leads(
        "JSON by lines named .csv",
        b'{"lead_id": "1001", "email": "cnry"}\n{"lead_id": "1002"}\n',
        "is JSON",
    ),
    leads("a pointer of Git LFS", LFS.encode(), "is a pointer of Git LFS"),
    leads("UTF-16 with its mark", TEXT.encode("utf-16"), "is UTF-16 text"),
    leads("UTF-16 without a mark", TEXT.encode("utf-16-le"), "is UTF-16 text"),
    leads("UTF-32", TEXT.encode("utf-32"), "is UTF-32 text"),
    leads("Windows-1252", TEXT.encode("cp1252"), "it seems to be Windows-1252"),
    leads(
        "two encodings in one file",
        TEXT.encode() + b"\n".join(TEXT.encode("cp1252").splitlines()[3:4]) + b"\n",
        "it seems to be Windows-1252",
    ),
    leads("blocks of NUL behind a crash", LEADS[:600] + b"\0" * 900, "is binary data"),
    leads("all NUL", b"\0" * 4096, "is binary data"),
    leads("empty", b"", "is empty"),
    leads("only blanks", b" \n\n \t\n", "is empty"),
    leads("an error in words", b"ERROR: permission denied for relation cnry\n", "has no column"),
    Refused(
        "a CSV file named .parquet",
        {"leads.csv": None, "leads.parquet": LEADS},
        "leads.parquet",
        "cannot be read as Parquet",
    ),
    Refused(
        "a gzip file that is cut off",
        {"leads.csv": None, "leads.csv.gz": gzip.compress(LEADS)[:-9]},
        "leads.csv.gz",
        "is not a whole gzip file",
    ),
    Refused(
        "a CSV file named .csv.gz",
        {"leads.csv": None, "leads.csv.gz": LEADS},
        "leads.csv.gz",
        "is not a whole gzip file",
    ),
    Refused(
        "a file twice, packed and not",
        {"leads.csv.gz": gzip.compress(LEADS)},
        "leads.csv",
        "Keep one of them",
    ),
    Refused(
        "a file twice, as CSV and Parquet",
        {"events.parquet": Parquet("select * from events")},
        "events.csv",
        "Keep one of them",
    ),
    Refused("a table missing", {"events.csv": None}, "events", "has no file for the table events"),
    Refused(
        "a table in capitals",
        {"events.csv": None, "EVENTS.CSV": good("events")},
        "events",
        "has no file for the table events",
    ),
    Refused("no part in the folder", {"events.csv": None, "events/readme.txt": b""}, "events",
            "holds no part of the table"),
    Refused(
        "one part of many is broken",
        {
            "events.csv": None,
            "events/1.csv": good("events"),
            "events/2.csv": good("events")[:1000],
        },
        "events/2.csv",
        "it has",
    ),
]  # fmt: skip

HEADERS = [
    leads("no header", ROWS.encode(), "its first line seems to be a row of data"),
    leads("a title above", f"Leads of June\n\n{TEXT}".encode(), "stand in line 3"),
    leads("a line for Excel", f"sep=,\n{TEXT}".encode(), "stand in line 2"),
    of_lines(
        "a name twice",
        "leads",
        renamed("leads", {"city": "Email "}),
        "has several columns named email",
    ),
    of_lines("a blank name", "leads", renamed("leads", {"city": ""}), "has no name in the header"),
    of_lines(
        "a comma behind every line",
        "leads",
        lines("leads", lambda found: [f"{line}," for line in found]),
        "column 23 has no name",
    ),
    of_lines(
        "names of a CRM",
        "leads",
        renamed("leads", {"lead_id": "Record ID", "created_at": "Create Date"}),
        "Is record id the lead_id? Rename it. Is create date the created_at?",
    ),
    of_lines(
        "a required name misspelt",
        "events",
        renamed("events", {"occurred_at": "ocurred_at"}),
        "has no column occurred_at",
    ),
    of_lines(
        "a quoted header as one cell",
        "leads",
        lines("leads", lambda found: [f'"{found[0]}"', *found[1:]]),
        "has no column",
    ),
    of_lines(
        "single quotes",
        "outcomes",
        lines("outcomes", lambda found: ["'" + line.replace(",", "','") + "'" for line in found]),
        "has no column",
    ),
    leads("columns as rows", "\n".join(
        f"{name},{','.join(row[name] or '-' for row in rows('leads')[:3])}"
        for name in NAMES if name != "company_name"
    ).encode(), "has no column"),
]  # fmt: skip


def with_row(line: str, place: int = 5) -> Files:
    """The leads with another line in the place of one."""
    return lines("leads", lambda found: [*found[:place], line, *found[place + 1 :]])


ONE = TEXT.splitlines()[5]
LINES = [
    of_lines("the last line cut off", "leads", {"leads.csv": LEADS[:-70]}, "line 13: it has"),
    of_lines(
        "a quote that is never closed",
        "leads",
        with_row(ONE.replace("CFO", '"CFO')),
        "a quoted value has no closing quote",
    ),
    of_lines(
        "a quote inside a quoted value that is not doubled",
        "leads",
        with_row(ONE.replace("CFO", '"CFO "of" Nordlicht"')),
        "leads.csv, line 6",
    ),
    of_lines(
        "a quote escaped by a backslash",
        "leads",
        with_row(ONE.replace("CFO", r'"CFO \"of\" Nordlicht, retired"')),
        "leads.csv, line 6",
    ),
    of_lines(
        "smart quotes around a value with a comma",
        "leads",
        with_row(ONE.replace("CFO", "\u201cCFO, retired\u201d")),
        "line 6: it has 23 values",
    ),
    of_lines(
        "a comma that is not quoted",
        "leads",
        with_row(ONE.replace("CFO", "CFO, retired")),
        "line 6: it has 23 values",
    ),
    of_lines(
        "a line end in a value that is not quoted",
        "leads",
        with_row(ONE.replace("CFO", "CFO\nretired")),
        "line 6: it has",
    ),
    of_lines(
        "a row of another delimiter",
        "leads",
        with_row(ONE.replace(",", ";")),
        "line 6: it has 1 values",
    ),
    of_lines(
        "a decimal comma that is not quoted",
        "leads",
        with_row(ONE.replace("6000", "6000,5")),
        "line 6: it has 23 values",
    ),
    of_lines("a row with values too few", "leads", with_row("1005,2025-05-07"), "has 2 values"),
    of_lines(
        "a total behind the rows",
        "outcomes",
        lines("outcomes", lambda found: [*found, "Total,8"]),
        "line 10: it has 2 values",
    ),
    of_lines(
        "a report's footer",
        "leads",
        lines("leads", lambda found: [*found, "", "Generated By: cnry 6/30/2025"]),
        "line 14: a report's footer begins here",
    ),
    of_lines(
        "an export of other columns joined behind",
        "leads",
        lines("leads", lambda found: [*found, "lead_id,created_at", "2001,2025-01-01"]),
        "line 14: it has 2 values",
    ),
    of_lines(
        "a line of 3 MB",
        "leads",
        with_row(ONE.replace("CFO", "x" * 3_000_000)),
        "longer than 2 MB",
    ),
    leads(
        "semicolons in the header alone",
        f"{HEADER.replace(',', ';')}\n{ROWS}".encode(),
        "it has",
    ),
    leads(
        "each row as one quoted cell",
        written([{HEADER: line} for line in ROWS.splitlines()], quoting=1),
        "has no column",
    ),
]

COLUMN_FILES = [
    Refused(
        "a Parquet file that is cut off",
        {"leads.csv": None, "leads.parquet": b"PAR1" + b"\x15\x04" * 400},
        "leads.parquet",
        "cannot be read as Parquet",
    ),
    Refused(
        "an id that is a structure",
        parquet("leads", "select * replace ({'value': lead_id} as lead_id) from leads"),
        "leads.parquet",
        "column lead_id is a structure",
    ),
    Refused(
        "a row as one structure",
        parquet("leads", "select leads as properties from leads"),
        "leads.parquet",
        "has no column lead_id",
    ),
    Refused(
        "names that differ by capitals",
        parquet("leads", 'select *, city as "City " from leads'),
        "leads.parquet",
        "has several columns named city",
    ),
    Refused(
        "names of a table without any",
        parquet("leads", "select lead_id as column0, created_at as column1 from leads"),
        "leads.parquet",
        "has no column",
    ),
]

BROKEN_FILES = [*OTHER_KINDS, *HEADERS, *LINES, *COLUMN_FILES]
