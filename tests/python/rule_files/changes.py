"""Changes of one good rule table, byte by byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

# Written before there were per, on_merge, whole numbers and several event types in a rule, ...
GOOD = Path(__file__).parent / "good"
# ... and the tables in which there are now.
NEWER = Path(__file__).parent / "newer"
Files = dict[str, bytes]  # file name -> content


def good(table: str) -> bytes:
    """The bytes of a good table."""
    return good_files()[f"{table}.csv"]


def good_files() -> Files:
    """All good tables, named by the contract."""
    return older_files() | {path.name: path.read_bytes() for path in sorted(NEWER.glob("*.csv"))}


def older_files() -> Files:
    """All good tables as they were written before there were the columns per and on_merge."""
    return {path.name: path.read_bytes() for path in sorted(GOOD.glob("*.csv"))}


def write(files: Files, folder: Path) -> Path:
    """Write the files into a new folder; returns it."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def row_of(table: str, start: str) -> int:
    """The number of the one row that starts so; the header is row 1, no cell has line breaks."""
    lines = good(table).decode().splitlines()
    found = [number for number, line in enumerate(lines, 1) if line.startswith(start)]
    assert len(found) == 1, f"{table}: {len(found)} rows start with {start}"
    return found[0]


def with_cell(table: str, start: str, column: str, text: str | bytes) -> bytes:
    """The table with another cell in the row that starts so; bytes: written as they are."""
    lines = good(table).splitlines()
    at = row_of(table, start) - 1
    cells = next(csv.reader([lines[at].decode()]))
    place = lines[0].decode().split(",").index(column)
    written = [_quoted(cell) for cell in cells]
    written[place] = text if isinstance(text, bytes) else _quoted(text)
    lines[at] = b",".join(written)
    return b"\n".join(lines) + b"\n"


def with_line(table: str, start: str, change: Callable[[bytes], bytes]) -> bytes:
    """The table with the row that starts so changed; line ends may be added."""
    lines = good(table).splitlines()
    at = row_of(table, start) - 1
    lines[at] = change(lines[at])
    return b"\n".join(lines) + b"\n"


def without_row(table: str, start: str) -> bytes:
    """The table without the row that starts so."""
    lines = good(table).splitlines(keepends=True)
    del lines[row_of(table, start) - 1]
    return b"".join(lines)


def with_rows(table: str, *rows: str) -> bytes:
    """The table with rows added at the end."""
    return good(table) + "".join(f"{row}\n" for row in rows).encode()


def with_header(table: str, old: str, new: str) -> bytes:
    """The table with another text in its header."""
    header, line_end, rest = good(table).partition(b"\n")
    assert old.encode() in header
    return header.replace(old.encode(), new.encode()) + line_end + rest


def rewritten(content: bytes, **style: object) -> bytes:
    """The same cells in another style of CSV, by the options of `csv.writer`."""
    records = csv.reader(io.StringIO(content.decode(), newline=""))
    text = io.StringIO(newline="")
    options: dict[str, object] = {"lineterminator": "\n", **style}
    csv.writer(text, **options).writerows(records)  # type: ignore[arg-type]
    return text.getvalue().encode()


def with_columns(content: bytes, order: Callable[[list[str]], list[str]]) -> bytes:
    """The same table with its columns in another order, or some left out."""
    records = list(csv.reader(io.StringIO(content.decode(), newline="")))
    places = [records[0].index(name) for name in order(list(records[0]))]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(
        [record[place] for place in places] for record in records
    )
    return text.getvalue().encode()


def _quoted(cell: str) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow([cell, ""])
    return text.getvalue()[:-2].encode()
