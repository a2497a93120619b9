"""What a survivor has of the leads merged into it: attributes by `on_merge`, and its existence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from oracle.conditions import Attribute, entries_of
from oracle.derived import DERIVED
from oracle.people import People
from oracle.rows import Row
from oracle.text import flag
from oracle.versions import Version, holding_version

MADE_HERE = frozenset((*DERIVED, "active_colleagues"))


def created_at(people: People, lead_id: str) -> datetime:
    """From when the lead exists: "the earliest `created_at` of it and of the leads merged into it".

    A merged lead that is erased gives nothing, not even this.
    """
    group = (lead_id, *people.merged_into(lead_id))
    return min(row.created_at for one in group for row in people.usable[one])


def merged_versions(people: People, lead_id: str, as_of: datetime) -> list[Version]:
    """The versions that hold at `as_of` of the leads merged into this one, the latest first.

    The latest is that with the latest `updated_at` (missing: `created_at`), by ties that of the
    lead whose id sorts last. A lead that did not exist yet gives none.
    """
    versions = [
        holding_version(one, people.usable[one], as_of)
        for one in people.merged_into(lead_id)
        if min(row.created_at for row in people.usable[one]) <= as_of
    ]
    return sorted(versions, key=lambda one: (one.row.updated_at, one.lead_id), reverse=True)


def own_text(version: Version, attribute: Attribute, zone: ZoneInfo) -> str | None:
    """The text of an attribute in one version; None where it is missing: blank, hidden as known
    later, or not of the type."""
    text = version.row.get(attribute.attribute)
    clock = version.row.clock
    is_missing = version.hides(attribute) or not entries_of(attribute.type, text, zone, clock)
    return None if is_missing else text


def texts_by_merge(
    own: Version,
    merged: Sequence[Version],
    attributes: Mapping[str, Attribute],
    zone: ZoneInfo,
) -> dict[str, str]:
    """The texts of attributes that are not the survivor's own, by name.

    fill: "where the survivor's is missing, that of the merged lead with the latest version", of
    those whose value is not missing. any: "a flag that is true where any of theirs is", else the
    survivor's own, else false where any of theirs is. Derived attributes are made, not merged.
    """
    texts: dict[str, str] = {}
    for name, attribute in attributes.items():
        if name in MADE_HERE or not attribute.on_merge:
            continue
        mine = own_text(own, attribute, zone)
        theirs = [text for one in merged if (text := own_text(one, attribute, zone)) is not None]
        if attribute.on_merge == "fill" and mine is None and theirs:
            texts[name] = theirs[0]
        elif attribute.on_merge == "any" and attribute.type == "flag":
            if any(flag(text) for text in theirs):
                texts[name] = "true"
            elif mine is None and theirs:
                texts[name] = "false"
    return texts


def filled_row(row: Row, texts: Mapping[str, str], attributes: Mapping[str, Attribute]) -> Row:
    """The survivor's row as derived attributes and accounts see it: with what `fill` brought."""
    filled = {name: text for name, text in texts.items() if attributes[name].on_merge == "fill"}
    return replace(row, values={**row.values, **filled}) if filled else row
