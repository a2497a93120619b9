"""Which models belong to which part of a run: read from the graph, by the ends of each part.

These few names are all that has to follow a change of the models.
"""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path

# What is left of the raw events once they are read: counts by day.
KEPT_EVENTS = "int_lead_scoring__daily_event_counts"
# Engagement points by rule and moment.
ENGAGEMENT_POINTS = "int_lead_scoring__rule_days"
IDENTITIES = "stg_lead_scoring__lead_identities"
RAW_EVENTS = "events"


class Group(Enum):
    """A part of a run, in the words of the report."""

    IDENTITIES = "identities of leads"
    EVENTS = "raw events to kept daily counts"
    ENGAGEMENT = "engagement path"
    EVERYTHING = "everything"


def models_of_groups(target: Path) -> dict[Group, set[str]]:
    """Returns the names of the models of each group, from dbt's manifest in `target`.

    EVENTS: what lies between the input table and the kept counts. ENGAGEMENT: all that the
    engagement points need, identities of leads included.
    """
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    parents: dict[str, list[str]] = manifest["parent_map"]
    children: dict[str, list[str]] = manifest["child_map"]
    raw_events = next(
        key for key, source in manifest["sources"].items() if source["name"] == RAW_EVENTS
    )
    after_raw_events = _reachable(raw_events, children)
    return {
        Group.IDENTITIES: {IDENTITIES},
        Group.EVENTS: _models(_reachable(_key(KEPT_EVENTS, parents), parents) & after_raw_events),
        Group.ENGAGEMENT: _models(_reachable(_key(ENGAGEMENT_POINTS, parents), parents)),
        Group.EVERYTHING: _models(set(parents)),
    }


def _key(name: str, nodes: dict[str, list[str]]) -> str:
    return next(key for key in nodes if key.startswith("model.") and key.endswith(f".{name}"))


def _reachable(start: str, edges: dict[str, list[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for neighbour in edges[waiting.pop()]:
            if neighbour not in found:
                found.add(neighbour)
                waiting.append(neighbour)
    return found


def _models(nodes: set[str]) -> set[str]:
    return {node.split(".")[-1] for node in nodes if node.startswith("model.")}


def public_tables(target: Path) -> set[str]:
    """Returns the names of the public models, from dbt's manifest in `target`."""
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    return {
        node["name"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["access"] == "public"
    }
