"""Tells which tool wrote a file and which of its tables that is, by the header and the file's name.

What the connectors read says macros/connectors/vendor_columns.sql: the same lists serve here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lead_scoring.exports.header import names_of
from lead_scoring.input_guesses import ENDINGS
from lead_scoring.known_headers import plain_name
from lead_scoring.model_expressions import Project

# In the order in which their people come before each other: a CRM knows them best.
TOOLS: Mapping[str, str] = {
    "hubspot": "HubSpot",
    "salesforce": "Salesforce",
    "marketo": "Marketo",
    "segment": "Segment or RudderStack",
    "snowplow": "Snowplow",
    "ga4": "Google Analytics 4",
}
# Names of columns that no other tool has; one that ends in * is the beginning of one. Several stand
# together where one alone could be chance.
MARKS: Mapping[str, Sequence[Sequence[str]]] = {
    "hubspot": (
        ("property_*",),
        ("record id", "email"),
        ("record id", "deal name"),
        ("record id", "company name"),
        ("record id", "create date"),
        ("filtered_event", "recipient"),
        ("hs_object_id",),
    ),
    "salesforce": (
        ("systemmodstamp",),
        ("system_modstamp",),
        ("lead id", "company / account"),
        ("lead id", "lead status"),
        ("contact id", "account name"),
        ("opportunity id", "account name"),
        ("isdeleted", "createdbyid"),
    ),
    "marketo": (
        ("activity_type_id", "primary_attribute_value"),
        ("marketoguid", "leadid"),
        ("sfdclead id", "email address"),
    ),
    "segment": (
        ("anonymous_id", "original_timestamp"),
        ("anonymous_id", "received_at"),
        ("anonymous_id", "sent_at"),
        ("context_library_name", "received_at"),
    ),
    "snowplow": (("collector_tstamp", "event_id"),),
    "ga4": (("user_pseudo_id", "event_params"), ("user_pseudo_id", "stream_id")),
}
# How much of what a connector reads of a table a header must have, for the table to be told by it.
LEAST, LEAST_SHARE = 3, 0.6


class Export(NamedTuple):
    """One file of a tool: which tool, which of its tables."""

    tool: str
    table: str
    path: Path


@cache
def tables_of(tool: str) -> dict[str, dict[str, frozenset[str]]]:
    """Returns what a connector reads: table -> our column -> the plain names that it may have."""
    project = Project()
    plain = project.macro("plain_name")
    return {
        table: {
            ours: frozenset(plain(name) for name in (names or ours).split("|"))
            for ours, names in columns.items()
        }
        for table, columns in project.macro("vendor_columns")(tool).items()
    }


def files_in(folder: Path) -> list[Path]:
    """Returns the files of a folder that may be tables, by name."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and path.name.lower().endswith(ENDINGS)
        and not path.name.startswith((".", "_"))
    )


def tool_of(path: Path) -> str | None:
    """Returns the tool that wrote a file; None where its header leaves doubt."""
    names = [name.strip().lower() for name in names_of(path)]
    found = [tool for tool, marks in MARKS.items() if any(_has_all(names, each) for each in marks)]
    return found[0] if len(found) == 1 else None


def table_named(path: Path, tool: str) -> str | None:
    """Returns which table of a tool a file is by its name: contact.csv, Contacts.csv.gz."""
    stem = plain_name(path.name.split(".")[0])
    for table in tables_of(tool):
        spellings = (table, f"{table}s", re.sub("y$", "ies", table), re.sub("s$", "", table))
        if stem in map(plain_name, spellings):
            return table
    return None


def table_seen(path: Path, tool: str) -> str | None:
    """Returns which table of a tool a file is by its header; None where that leaves doubt."""
    if len(tables_of(tool)) == 1:
        return next(iter(tables_of(tool))) if tool_of(path) == tool else None
    known = {plain_name(_bare(name)) for name in names_of(path)}
    hits = {}
    for table, columns in tables_of(tool).items():
        found = sum(bool(known & spellings) for spellings in columns.values())
        if found >= LEAST and found >= LEAST_SHARE * len(columns):
            hits[table] = found
    best = max(hits, key=lambda table: hits[table], default=None)
    return best if best and list(hits.values()).count(hits[best]) == 1 else None


def with_tables(paths: Sequence[Path], tool: str) -> list[Export]:
    """Returns which table of a tool each file is. A name comes before a header: of two files that
    look like contacts, contacts.csv alone is them."""
    named = [Export(tool, table, path) for path in paths if (table := table_named(path, tool))]
    taken = {each.table for each in named}
    rest = [path for path in paths if path not in {each.path for each in named}]
    seen = [Export(tool, table, path) for path in rest if (table := table_seen(path, tool))]
    if len(tables_of(tool)) == 1:  # parts of one table, however they are called
        return [*named, *seen]
    return [*named, *(each for each in seen if each.table not in taken)]


def _bare(name: str) -> str:
    return re.sub("^(property|properties)[_ .]", "", name.strip().lower())


def _has_all(names: Sequence[str], marks: Sequence[str]) -> bool:
    return all(
        any(name.startswith(mark[:-1]) for name in names) if mark.endswith("*") else mark in names
        for mark in marks
    )
