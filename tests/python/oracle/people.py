"""Who is who: erasure, merges, unknown leads (contract 2, decision 0001.9 to 11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import cached_property

from oracle.rows import Row

EARLIEST = datetime.min.replace(tzinfo=timezone.utc)


@dataclass
class People:
    """Which leads are known, merged and erased."""

    usable: Mapping[str, Sequence[Row]]
    deleted: frozenset[str]
    next_lead: Mapping[str, str]
    merge_causes: dict[Row, str] = field(default_factory=dict)
    lost_merges: frozenset[Row] = frozenset()

    def survivor(self, lead_id: str) -> str | None:
        """The last lead of the chain that has a usable row or is erased; None: unknown."""
        last, at, seen = None, lead_id, set[str]()
        while at not in seen:
            seen.add(at)
            if at in self.usable or at in self.deleted:
                last = at
            at = self.next_lead.get(at, at)
        return last

    @cached_property
    def _groups(self) -> Mapping[str, Sequence[str]]:
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for lead_id in self.usable:
            survivor = self.survivor(lead_id)
            if survivor is not None and survivor != lead_id and lead_id not in self.deleted:
                groups[survivor].append(lead_id)
        return groups

    def merged_into(self, lead_id: str) -> Sequence[str]:
        """The leads, usable and not erased, that were merged into this one, through chains."""
        return self._groups.get(lead_id, ())

    def is_erased(self, lead_id: str) -> bool:
        """A `deleted_at` in any of its rows, readable or not, or merged into such a lead."""
        return lead_id in self.deleted or self.survivor(lead_id) in self.deleted

    def scorable(self) -> list[str]:
        """Leads that may have a score: usable, not merged, not erased."""
        return [
            lead_id
            for lead_id in self.usable
            if self.survivor(lead_id) == lead_id and lead_id not in self.deleted
        ]


def in_circle(lead_id: str, next_lead: Mapping[str, str]) -> bool:
    """The chain that starts at the lead comes back to it."""
    at, seen = lead_id, set[str]()
    while at in next_lead and at not in seen:
        seen.add(at)
        at = next_lead[at]
        if at == lead_id:
            return True
    return False


def meet_people(leads: Sequence[Row], merges: Sequence[Row]) -> People:
    """Read leads and merges into who is known, merged into whom, and erased."""
    usable: defaultdict[str, list[Row]] = defaultdict(list)
    deleted = set()
    for row in leads:
        lead_id = row.get("lead_id")
        if lead_id is not None and row.get("deleted_at") is not None:
            deleted.add(lead_id)
        if lead_id is not None and row.own_cause is None:
            usable[lead_id].append(row)

    by_lead: defaultdict[str, list[Row]] = defaultdict(list)
    for row in merges:
        if row.own_cause is None:
            by_lead[row.values["lead_id"]].append(row)
    holding, lost = {}, set[Row]()
    for lead_id, rows in by_lead.items():
        latest = max(row.time("merged_at") or EARLIEST for row in rows)
        ties = [row for row in rows if (row.time("merged_at") or EARLIEST) == latest]
        holding[lead_id] = min(ties, key=lambda row: row.sort_key)
        lost.update(row for row in rows if row is not holding[lead_id])

    into = {lead_id: row.values["merged_into_lead_id"] for lead_id, row in holding.items()}
    circles = {lead_id for lead_id in into if in_circle(lead_id, into)}
    chains = {lead_id: target for lead_id, target in into.items() if lead_id not in circles}
    people = People(dict(usable), frozenset(deleted), chains, lost_merges=frozenset(lost))
    for lead_id, row in holding.items():
        if people.survivor(into[lead_id]) is None:
            people.merge_causes[row] = "merge into an unknown lead"
        elif lead_id in circles:
            people.merge_causes[row] = "merge in a circle"
    return people
