"""Which runs a history of past days consists of, and in which passes they are scored."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from lead_scoring.project import called
from lead_scoring.runs.failures import RunFailed


@dataclass(frozen=True)
class Run:
    """A row of the record of runs. as_of: UTC, without zone."""

    as_of: datetime
    rules_fingerprint: str
    rules_version: int
    minimum_dwell_days: int
    is_rule_change: bool
    announces_rule_changes: bool


def runs_anew(recorded: Sequence[Run], midnights: Sequence[datetime]) -> list[Run]:
    """Returns the record of runs after a rebuild: midnights take the place of the runs in range.

    Both in the order of time. Raises RunFailed where nothing is recorded or the midnights reach
    beyond the latest run.
    """
    if not recorded:
        raise RunFailed(f"No run is on record. Run {called('score')} first.")
    if midnights[-1] > recorded[-1].as_of:
        raise RunFailed(
            f"History is rebuilt up to the latest recorded run, {recorded[-1].as_of} UTC. "
            "Choose an earlier day for --to."
        )
    governing = [_governing(recorded, midnight) for midnight in midnights]
    runs = [
        *(run for run in recorded if run.as_of < midnights[0]),
        *(replace(run, as_of=at) for run, at in zip(governing, midnights, strict=True)),
        *(run for run in recorded if run.as_of > midnights[-1]),
    ]
    changes = [False] + [
        earlier.rules_fingerprint != later.rules_fingerprint
        for earlier, later in itertools.pairwise(runs)
    ]
    return [
        replace(run, is_rule_change=changed) for run, changed in zip(runs, changes, strict=True)
    ]


def _governing(recorded: Sequence[Run], instant: datetime) -> Run:
    """Returns the latest run until an instant, the first one before that.

    It announces a change of rules if the run did that was the first under these rules.
    """
    until = [run for run in recorded if run.as_of <= instant] or [recorded[0]]
    latest = until[-1]
    same_rules = itertools.takewhile(
        lambda run: run.rules_version == latest.rules_version, reversed(until)
    )
    *_, first = same_rules
    return replace(latest, announces_rule_changes=first.announces_rule_changes)


def scored_again(runs: Sequence[Run], midnights: Sequence[datetime]) -> list[Run]:
    """Returns the runs at the midnights, and the first one after them if there is one."""
    since = [run for run in runs if run.as_of >= midnights[0]]
    return since[: len(midnights) + 1]


def passes_of(runs: Sequence[Run], most: int) -> list[tuple[int, list[Run]]]:
    """Returns the runs in passes of at most so many, each under one version of the rules."""
    return [
        (version, stretch[start : start + most])
        for version, group in itertools.groupby(runs, key=lambda run: run.rules_version)
        for stretch in [list(group)]
        for start in range(0, len(stretch), most)
    ]


def midnights_of(first_day: date, last_day: date, zone: ZoneInfo) -> list[datetime]:
    """Returns the midnights at which some days begin, in UTC. Raises RunFailed: there are none."""
    if last_day < first_day:
        raise RunFailed(f"The days from {first_day} to {last_day} are none.")
    days = (last_day - first_day).days + 1
    return [
        datetime.combine(first_day + timedelta(days=day), datetime.min.time(), zone)
        .astimezone(timezone.utc)
        .replace(tzinfo=None)
        for day in range(days)
    ]
