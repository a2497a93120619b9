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
from lead_scoring.model_expressions import Project
from lead_scoring.reading.guesses import ENDINGS
from lead_scoring.reading.known_headers import plain_name

# In the order in which their people come before each other: a CRM knows them best.
TOOLS: Mapping[str, str] = {
    "hubspot": "HubSpot",
    "salesforce": "Salesforce",
    "marketo": "Marketo",
    "segment": "Segment or RudderStack",
    "snowplow": "Snowplow",
    "ga4": "Google Analytics 4",
}
# Names of columns that together no other tool has, and the table that they tell, if they do; * ends
# the beginning of one. Of several that a header has, the first tells the table: screens call the
# columns of a table otherwise than loaders do, and give few of them.
MARKS: Mapping[str, Mapping[tuple[str, ...], str | None]] = {
    "hubspot": {
        ("record id", "deal name"): "deal",
        ("record id", "deal stage"): "deal",
        ("dealname", "dealstage"): "deal",
        ("deal_id", "deal_pipeline_stage_id"): "deal",
        ("record id", "email"): "contact",
        ("record id", "company domain name"): "company",
        ("record id - contact", "email"): "contact",
        ("property_createdate", "property_firstname"): "contact",
        ("property_*",): None,
        ("filtered_event", "recipient"): "email_event",
        ("hs_object_id",): None,
    },
    "salesforce": {
        ("opportunity id", "account name"): "opportunity",
        ("lead id", "company / account"): "lead",
        ("lead id", "lead status"): "lead",
        ("contact id", "account name"): "contact",
        ("systemmodstamp",): None,
        ("system_modstamp",): None,
        ("isdeleted", "createdbyid"): None,
    },
    "marketo": {
        ("activity_type_id", "primary_attribute_value"): None,
        ("marketoguid", "leadid"): None,
        ("sfdcleadid", "email"): "lead",
    },
    "segment": {
        ("anonymous_id", "event", "received_at"): "tracks",
        ("anonymous_id", "url", "received_at"): "pages",
        ("anonymous_id", "original_timestamp"): None,
        ("anonymous_id", "received_at"): None,
        ("anonymous_id", "sent_at"): None,
        ("context_library_name", "received_at"): None,
    },
    "snowplow": {("collector_tstamp", "event_id"): "events"},
    "ga4": {
        ("user_pseudo_id", "event_params"): "event",
        ("user_pseudo_id", "stream_id"): "event",
    },
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
            if not names.startswith("=")
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
    names = _names(path)
    found = [tool for tool, marks in MARKS.items() if any(_has_all(names, each) for each in marks)]
    return found[0] if len(found) == 1 else None


def table_named(path: Path, tool: str) -> str | None:
    """Returns which table of a tool a file is by its name: contact.csv, Contacts_2.csv.gz."""
    stem = plain_name(re.sub(r"[_-][0-9]+$", "", path.name.split(".")[0]))
    for table in tables_of(tool):
        spellings = (table, f"{table}s", re.sub("y$", "ies", table), re.sub("s$", "", table))
        if stem in map(plain_name, spellings):
            return table
    return None


def table_seen(path: Path, tool: str) -> str | None:
    """Returns which table of a tool a file is by its header; None where that leaves doubt."""
    names = _names(path)
    for marks, table in MARKS[tool].items():
        if table and _has_all(names, marks):
            return table
    known = {plain_name(_bare(name)) for name in names}
    hits = {}
    for table, columns in tables_of(tool).items():
        telling = [names for ours, names in columns.items() if ours != "updated_at"]
        found = sum(bool(known & spellings) for spellings in telling)
        if found >= LEAST and found >= LEAST_SHARE * len(telling):
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


def _names(path: Path) -> list[str]:
    return [name.strip().lower() for name in names_of(path)]


def _bare(name: str) -> str:
    return re.sub("^(property|properties)[_ .]", "", name)


def _has_all(names: Sequence[str], marks: Sequence[str]) -> bool:
    return all(
        any(name.startswith(mark[:-1]) for name in names) if mark.endswith("*") else mark in names
        for mark in marks
    )
