"""Reads spreadsheets as grids of text: CSV as programs really write it, and .xlsx."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from lead_scoring.rules.checks.characters import without_unseen

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx")
DELIMITERS = ",;\t"


class SheetError(RuntimeError):
    """A file cannot be read as a list of points. The message says why and what to do."""


@dataclass(frozen=True)
class Sheet:
    """One sheet of a file: rows of cells as they show, without outer blanks, in its order."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_sheets(path: Path) -> list[Sheet]:
    """Returns the sheets of a file; those of a CSV are its readings by different delimiters.

    Raises SheetError where it cannot be read.
    """
    if path.suffix.lower() not in ENDINGS:
        raise SheetError(
            f"{path} is none of {', '.join(ENDINGS)}. Save it as CSV or .xlsx and try again."
        )
    try:
        if path.suffix.lower() == ".xlsx":
            return _workbook(path)
        return _readings(path.name, _decoded(path.read_bytes()))
    except OSError as error:
        raise SheetError(f"{path} cannot be read: {error.strerror or error}.") from None
    except csv.Error as error:
        raise SheetError(f"{path} is no well-formed CSV: {error}. Are all quotes closed?") from None


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else the Western code page of older Excel exports."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _readings(name: str, text: str) -> list[Sheet]:
    """Reads a CSV by each delimiter that it holds, the most frequent first."""
    if text.lower().startswith("sep="):
        text = text.partition("\n")[2]  # a line for Excel, which does not show it
    by_use = sorted(DELIMITERS, key=text.count, reverse=True)
    return [
        Sheet(name, _grid(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
        for delimiter in by_use
        if delimiter in text
    ]


def _workbook(path: Path) -> list[Sheet]:
    # Imported here: it takes a third of a second, and most files are CSV.
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise SheetError(f"{path} is no workbook: {error}. Save it as CSV instead.") from None
    try:
        return [
            Sheet(
                sheet.title,
                _grid([_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)),
            )
            for sheet in workbook.worksheets
        ]
    finally:
        workbook.close()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)


def _grid(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    # Blanks of any kind are one first: those that do not show would go with the rest.
    return tuple(
        tuple(" ".join(without_unseen(" ".join(cell.split())).split()) for cell in row)
        for row in rows
    )
