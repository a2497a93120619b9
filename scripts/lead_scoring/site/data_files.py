"""Data that a page loads by a script element: a page that is opened from disk may fetch nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from lead_scoring.databases import Queries

FOLDER = "data"
Columns = dict[str, Any]


def write_data(site: Path, name: str, text: str) -> None:
    """Writes JSON text as the script data/NAME.js, which site.js takes up."""
    file = site / FOLDER / f"{name}.js"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"site_data[{json.dumps(name)}]={text};\n", encoding="utf-8")


def as_json(value: object) -> str:
    """Returns a value as compact JSON; times in UTC to the minute, decimals as numbers."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def columns_of(connection: Queries, query: str, parameters: Sequence[object] = ()) -> Columns:
    """Returns the rows of a query by columns: how many, and for each name its values.

    A text that stands in many rows is written once: {"words": [...], "places": [...]}, the words
    sorted, the place of null -1.
    """
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description]
    rows = cursor.fetchall()
    values = zip(*rows, strict=True) if rows else ([] for _ in names)
    columns = {name: _column(list(each)) for name, each in zip(names, values, strict=True)}
    return {"rows": len(rows), "columns": columns}


def _column(values: Sequence[object]) -> object:
    texts = {value for value in values if isinstance(value, str)}
    if any(value is not None and not isinstance(value, str) for value in values):
        return values
    if 2 * len(texts) > len(values):
        return values
    words = sorted(texts)
    place: dict[object, int] = {word: number for number, word in enumerate(words)}
    return {"words": words, "places": [place.get(value, -1) for value in values]}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    raise TypeError(f"{type(value).__name__} cannot stand in JSON.")
