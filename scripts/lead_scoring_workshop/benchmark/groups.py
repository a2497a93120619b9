"""Which models belong to which part of a run.

These few names are all that has to follow a change of the models.
"""

from __future__ import annotations

import json
from enum import Enum
from pathlib import Path

# What reads raw events and keeps one narrow row of each, with what is looked up beside it.
EVENT_MODELS = (
    "stg_lead_scoring__events",
    "stg_lead_scoring__event_contents",
    "stg_lead_scoring__user_agents",
    "stg_lead_scoring__event_versions",
    "stg_lead_scoring__quarantined_events",
)
# Engagement points by rule and moment.
ENGAGEMENT_POINTS = "int_lead_scoring__engagement_points"
IDENTITIES = "stg_lead_scoring__lead_identities"


class Group(Enum):
    """A part of a run, in the words of the report."""

    IDENTITIES = "identities of leads"
    EVENTS = "raw events to kept events"
    ENGAGEMENT = "engagement path"
    EVERYTHING = "everything"


def models_of_groups(target: Path) -> dict[Group, set[str]]:
    """Returns the names of the models of each group, from dbt's manifest in `target`.

    EVENTS: what reads raw events and keeps them. ENGAGEMENT: all that the engagement points need,
    identities of leads included; of attributes they need none. Raises KeyError: a model is not
    there.
    """
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    parents: dict[str, list[str]] = manifest["parent_map"]
    return {
        Group.IDENTITIES: _models({_key(IDENTITIES, parents)}),
        Group.EVENTS: _models({_key(name, parents) for name in EVENT_MODELS}),
        Group.ENGAGEMENT: _models(_reachable(_key(ENGAGEMENT_POINTS, parents), parents)),
        Group.EVERYTHING: _models(set(parents)),
    }


def _key(name: str, nodes: dict[str, list[str]]) -> str:
    for key in nodes:
        if key.startswith("model.") and key.endswith(f".{name}"):
            return key
    raise KeyError(name)


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
