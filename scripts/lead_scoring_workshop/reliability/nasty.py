"""Twenty-five inputs that are as nasty as files get: used, put aside, or refused in words."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

LONG = "x" * 10_000_000
SQL = "'; drop table lead_scores; --"
JINJA = "{{ run_query('drop table lead_scores') }}{% raw %}"
# Texts for every free column of a lead and of an event.
TEXTS: Mapping[str, str] = {
    "a text of 10 MB": LONG,
    "a text of 1 MB": LONG[:1_000_000],
    "NUL": "a\0b",
    "emoji": "\U0001f469\u200d\U0001f680 \U0001f1e9\U0001f1ea",
    "right-to-left text and its marks": "\u202eevil \u05e9\u05dc\u05d5\u05dd",
    "combining signs, a thousand of them": "e" + "\u0301" * 1000,
    "formula cells": '=HYPERLINK("http://x.example","y")',
    "SQL": SQL,
    "Jinja": JINJA,
    "markup and control signs": "[bold]<script>\x1b[2J\x07",
    "quotes, commas and line ends": 'a "b", c\r\nd\n',
    "names of operators and lists": "in_list|*|not_in:..",
}
EVENT = {"event_id": "nasty", "lead_id": "nasty", "event_type": "demo_requested"}
TIMES: Mapping[str, str] = {
    "epoch 0": "1970-01-01T00:00:00Z",
    "year 9999": "9999-12-31T23:59:59Z",
    "year 1 and an odd offset": "0001-01-01T00:00:00+23:59",
    "a leap second": "2016-12-31T23:59:60Z",
    "year 300000": "300000-01-01",
}
BYTES: Mapping[str, bytes] = {
    "invalid UTF-8": b"\xff\xfe\xfa",
    "UTF-16": "abc".encode("utf-16"),
    "half an UTF-8 sign": "\u00e9".encode()[:1],
}


def _row(text: str, time: str) -> Callable[[Path], object]:
    """Adds a lead and an event with a text in every free column, and times."""

    def apply(data: Path) -> None:
        for table, keys in (
            ("leads", {"lead_id": "nasty", "created_at": time}),
            (
                "events",
                {
                    "event_id": "nasty",
                    "lead_id": "nasty",
                    "event_type": "demo_requested",
                    "occurred_at": time,
                },
            ),
        ):
            file = data / f"{table}.csv"
            with file.open(encoding="utf-8", newline="") as read:
                names = next(csv.reader(read))
            times = ("updated_at", "deleted_at", "loaded_at")
            row = {name: "" if name in times else text for name in names} | keys
            with file.open("a", encoding="utf-8", newline="") as written:
                csv.DictWriter(written, names, lineterminator="\n").writerow(row)

    return apply


def _append(content: bytes) -> Callable[[Path], object]:
    def apply(data: Path) -> None:
        with (data / "outcomes.csv").open("ab") as file:
            file.write(b"L000004,contacted,2026-01-01,,," + b",," + content + b"\n")

    return apply


def _half_parquet(data: Path) -> None:
    file = data / "events.parquet"
    duckdb.sql(f"copy (from read_csv('{data / 'events.csv'}', all_varchar = true)) to '{file}'")
    (data / "events.csv").unlink()
    file.write_bytes(file.read_bytes()[:-1000])


def _header(old: str, new: str) -> Callable[[Path], object]:
    def apply(data: Path) -> None:
        file = data / "leads.csv"
        head, rest = file.read_text(encoding="utf-8").split("\n", 1)
        file.write_text(f"{head.replace(old, new)}\n{rest}", encoding="utf-8")

    return apply


def _only_headers(data: Path) -> None:
    for file in data.iterdir():
        file.write_text(file.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")


NASTY: dict[str, Callable[[Path], object]] = {
    **{name: _row(text, "2026-01-01") for name, text in TEXTS.items()},
    **{name: _row("x", time) for name, time in TIMES.items()},
    **{name: _append(content) for name, content in BYTES.items()},
    "a header twice": _header("email", "lead_id"),
    "a header that is SQL": _header("lead_source", '"a"" ; drop table x; --"'),
    "a header of 10,000 signs": _header("lead_source", "h" * 10_000),
    "only headers": lambda data: [
        file.write_text(file.read_text(encoding="utf-8").split("\n")[0] + "\n")
        for file in data.iterdir()
    ],
    "a half-written Parquet file": _half_parquet,
}
