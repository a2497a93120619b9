"""Folders whose files are no rule tables, or whose headers are wrong."""

from __future__ import annotations

from rule_files.changes import (
    good,
    rewritten,
    with_columns,
    with_header,
)
from rule_files.mangling import CSV, Mangled, file

NOT_A_TABLE = [
    file("semicolons", "fit_rules", rewritten(good("fit_rules"), delimiter=";"), 1, None, CSV),
    file("tabs", "fit_rules", rewritten(good("fit_rules"), delimiter="\t"), 1, None, CSV),
    file("UTF-16", "fit_rules", good("fit_rules").decode().encode("utf-16"), None, None, CSV),
    file(
        "UTF-16 without mark",
        "fit_rules",
        good("fit_rules").decode().encode("utf-16-le"),
        None,
        None,
        CSV,
    ),
    file("a workbook named .csv", "lists", b"PK\x03\x04" + b"\0" * 60, None, None, CSV),
    file("an empty file", "thresholds", b"", 1, None, "Its first row must be: scorecard,ladder"),
    file("blanks only", "thresholds", b"\n \n", 1, None, "Its first row must be: scorecard"),
    file(
        "no header",
        "signals",
        good("signals").partition(b"\n")[2],
        1,
        None,
        "Put the header back: signal,dimension",
    ),
    file("a line for Excel", "signals", b"sep=,\n" + good("signals"), 1, None, "Remove this row"),
    file(
        "header only",
        "scorecards",
        good("scorecards").partition(b"\n")[0],
        None,
        None,
        "Add a live scorecard",
    ),
    Mangled(
        "another name",
        {"fit-rules (1).csv": good("fit_rules")},
        "fit-rules (1).csv",
        None,
        None,
        "Rename it to fit_rules.csv",
    ),
    Mangled(
        "a workbook beside",
        {"fit_rules.xlsx": b"PK\x03\x04"},
        "fit_rules.xlsx",
        None,
        None,
        "Save each sheet as CSV",
    ),
    Mangled(
        "two files of one table",
        {"lead_scoring__lists.csv": good("lists")},
        "lists.csv",
        None,
        None,
        "Keep one",
    ),
]
HEADERS = [
    file(
        "a column twice",
        "fit_rules",
        with_header("fit_rules", "priority", "points"),
        1,
        "points",
        "Keep one",
    ),
    file(
        "a column is missing",
        "fit_rules",
        with_columns(good("fit_rules"), lambda names: [n for n in names if n != "points"]),
        1,
        "points",
        "Add a column points",
    ),
    file(
        "a column too many",
        "inactivity_rules",
        with_header("inactivity_rules", "note", "colour"),
        1,
        "colour",
        "Rename or remove it",
    ),
    file(
        "blanks in the header",
        "fit_rules",
        with_header("fit_rules", "points", " points "),
        1,
        "points",
        "Write points",
    ),
    file(
        "another case in the header",
        "fit_rules",
        with_header("fit_rules", "rule_id", "Rule_ID"),
        1,
        "rule_id",
        "Write rule_id",
    ),
    file(
        "a column without name",
        "event_types",
        with_header("event_types", "note", ""),
        1,
        None,
        "Remove that column",
    ),
]
