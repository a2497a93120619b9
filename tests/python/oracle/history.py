"""What was known of each lead at `as_of`: version, events, bots, status, clocks (contract 2, 4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from oracle.bots import bots_among
from oracle.derived import account_of
from oracle.merging import created_at, merged_versions, texts_by_merge
from oracle.people import People
from oracle.rows import Row
from oracle.settings import Settings
from oracle.tables import Rulebook
from oracle.times import local_day
from oracle.versions import Version, holding_version, winning_events

STATUS_TIES = ("reopened", "lost", "won", "disqualified")


@dataclass(frozen=True)
class Event:
    """A counting event: its type, its age in days, its instant and its columns."""

    event_type: str
    age: int
    occurred_at: datetime
    row: Row


@dataclass(frozen=True)
class LeadState:
    """A lead at an instant. Gap: days since its latest activity, else since it exists.

    row: of the version that holds, with what `fill` brought. by_merge: the texts of attributes that
    are not the survivor's own. active_colleagues: other leads of its account, then, that are
    active; None without an account. age: days since it exists. known: the rows of its events, bots'
    too.
    """

    lead_id: str
    as_of: datetime
    version: Version
    row: Row
    by_merge: Mapping[str, str]
    events: Sequence[Event]
    gap: int
    last_activity_at: datetime | None
    status: str
    active_colleagues: int | None = None
    age: int = 0
    known: Sequence[Row] = ()


def midnights(earlier: datetime, later: datetime, zone: ZoneInfo) -> int:
    """The number of midnights between two instants in the reporting time zone.

    Never below 0, though a clock that is put back over midnight shows an earlier day again.
    """
    return max(0, (local_day(later, zone) - local_day(earlier, zone)).days)


def status_at(outcomes: Sequence[Row], as_of: datetime) -> str:
    """open, won, lost or disqualified, by the latest telling outcome known at `as_of`."""
    telling = [
        (row.occurred_at, STATUS_TIES.index(outcome))
        for row in outcomes
        if (outcome := row.fold("outcome")) in STATUS_TIES
        and max(row.occurred_at, row.loaded_at) <= as_of
    ]
    latest = STATUS_TIES[max(telling)[1]] if telling else "reopened"
    return "open" if latest == "reopened" else latest


class Histories:
    """The usable rows of all leads; asks what was known at an instant."""

    def __init__(
        self,
        tables: Mapping[str, Sequence[Row]],
        people: People,
        rulebook: Rulebook,
        settings: Settings,
    ) -> None:
        """Hold the rows; nothing is decided before an `as_of` is asked for."""
        self._events = tables["events"]
        self._people = people
        self._rulebook = rulebook
        self._settings = settings
        self._zone = ZoneInfo(settings.time_zone)
        self._outcomes: defaultdict[str, list[Row]] = defaultdict(list)
        for row in tables["outcomes"]:
            survivor = people.survivor(row.values["lead_id"]) if row.own_cause is None else None
            if survivor is not None:
                self._outcomes[survivor].append(row)

    def clocks_ahead(self, as_of: datetime) -> int:
        """Events known at `as_of` whose clock was ahead; of unknown and erased leads none."""
        return sum(
            row.is_clock_ahead and self._is_of_someone(row)
            for row in winning_events(self._events, as_of)
        )

    def _is_of_someone(self, row: Row) -> bool:
        survivor = self._people.survivor(row.values["lead_id"])
        return survivor is not None and survivor not in self._people.deleted

    def at(self, as_of: datetime, fates: Counter[tuple[str, str]]) -> list[LeadState]:
        """The leads that have a score at `as_of`; counts duplicates and bots in `fates`."""
        known: defaultdict[str, list[Row]] = defaultdict(list)
        winners = winning_events(self._events, as_of)
        fates["events", "duplicate"] += self._losers(set(winners), as_of)
        for row in winners:
            survivor = self._people.survivor(row.values["lead_id"])
            if survivor is not None and row.occurred_at <= as_of:
                known[survivor].append(row)
        states: list[LeadState] = []
        for lead_id in self._people.scorable():
            rows = known[lead_id]
            bots = bots_among(rows, self._rulebook, self._settings)
            if created_at(self._people, lead_id) <= as_of:
                fates["events", "bot"] += len(bots)
                counting = [row for row in rows if row not in bots]
                states.append(replace(self._state(lead_id, counting, as_of), known=rows))
        return self._with_colleagues(states)

    def _with_colleagues(self, states: Sequence[LeadState]) -> list[LeadState]:
        """The same leads, each with the number of others of its account that are active."""
        accounts = [account_of(state.row, self._rulebook.vocabulary) for state in states]
        active = Counter(
            account
            for account, state in zip(accounts, states, strict=True)
            if state.gap < self._settings.active_days
        )
        return [
            replace(
                state,
                active_colleagues=active[account] - (state.gap < self._settings.active_days),
            )
            if account is not None
            else state
            for account, state in zip(accounts, states, strict=True)
        ]

    def _losers(self, winners: set[Row], as_of: datetime) -> int:
        """Rows loaded by as_of that lost to another version, unless quarantined or erased."""
        return sum(
            row not in winners
            and row.own_cause is None
            and row.loaded_at <= as_of
            and self._is_of_someone(row)
            for row in self._events
        )

    def _state(self, lead_id: str, counting: Sequence[Row], as_of: datetime) -> LeadState:
        attributes = self._rulebook.lead_attributes
        own = holding_version(lead_id, self._people.usable[lead_id], as_of)
        merged = merged_versions(self._people, lead_id, as_of)
        by_merge = texts_by_merge(own, merged, attributes, self._zone, self._rulebook.vocabulary)
        events = [
            Event(
                one.fold("event_type") or "",
                midnights(one.occurred_at, as_of, self._zone),
                one.occurred_at,
                one,
            )
            for one in counting
        ]
        types = self._rulebook.event_types
        activities = [
            event.occurred_at
            for event in events
            if event.event_type in types and types[event.event_type].is_activity
        ]
        last = max(activities, default=None)
        created = created_at(self._people, lead_id)
        return LeadState(
            lead_id,
            as_of,
            own,
            own.row,
            by_merge,
            events,
            midnights(last or created, as_of, self._zone),
            last,
            status_at(self._outcomes[lead_id], as_of),
            age=midnights(created, as_of, self._zone),
        )
