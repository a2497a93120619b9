"""One thing that is wrong with a folder of rule tables, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rule_files.changes import (
    row_of,
    with_cell,
)


@dataclass(frozen=True)
class Mangled:
    """One set of rule files with one fault, and what the first finding must say."""

    name: str
    files: Mapping[str, bytes]  # the files that differ from the good ones
    file: str
    row: int | None
    column: str | None
    mend: str  # words of it


def cell(
    name: str, table: str, start: str, column: str, text: str | bytes, mend: str, where: str = ""
) -> Mangled:
    """One cell changed; where: the column that is to blame, if another."""
    files = {f"{table}.csv": with_cell(table, start, column, text)}
    return Mangled(name, files, f"{table}.csv", row_of(table, start), where or column, mend)


def file(
    name: str, table: str, content: bytes, row: int | None, column: str | None, mend: str
) -> Mangled:
    """One whole file changed."""
    return Mangled(name, {f"{table}.csv": content}, f"{table}.csv", row, column, mend)


INDUSTRY = "target_industry,*"
PRICING = "pricing_page,*"
CSV = "Save it as CSV UTF-8"
