"""What was known of each lead at `as_of`: version, events, bots, status, clocks (contract 2, 4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from oracle.derived import account_of
from oracle.people import People
from oracle.rows import Row
from oracle.tables import Rulebook
from oracle.text import local_day

STATUS_TIES = ("reopened", "lost", "won", "disqualified")


@dataclass(frozen=True)
class Settings:
    """The reporting time zone, what makes a burst of clicks a bot's, and how accounts are seen."""

    time_zone: str = "UTC"
    bot_burst_seconds: int = 2
    bot_burst_targets: int = 3
    active_days: int = 30
    account_method: str = "champion"
    account_sum_limit: int = 100
    minimum_active_leads: int = 1
    minimum_buying_roles: int = 1


@dataclass(frozen=True)
class Event:
    """A counting event: its type, its age in days, its instant and its columns."""

    event_type: str
    age: int
    occurred_at: datetime
    row: Row


@dataclass(frozen=True)
class LeadState:
    """A lead at an instant. Gap: days since its latest activity, else since it was created.

    active_colleagues: other leads of its account, then, that are active; None without an account.
    """

    lead_id: str
    as_of: datetime
    row: Row
    is_row_younger: bool
    events: Sequence[Event]
    gap: int
    last_activity_at: datetime | None
    status: str
    active_colleagues: int | None = None


def midnights(earlier: datetime, later: datetime, zone: ZoneInfo) -> int:
    """The number of midnights between two instants in the reporting time zone."""
    return (local_day(later, zone) - local_day(earlier, zone)).days


def holding_version(rows: Sequence[Row], as_of: datetime) -> Row:
    """The row with the latest `updated_at` at or before as_of, else the earliest row.

    Ties: the row whose columns, taken by name, sort first.
    """
    before = [row.updated_at for row in rows if row.updated_at <= as_of]
    wanted = max(before) if before else min(row.updated_at for row in rows)
    return min((row for row in rows if row.updated_at == wanted), key=lambda row: row.sort_key)


def winning_events(rows: Sequence[Row], as_of: datetime) -> list[Row]:
    """Per `event_id`, of the rows loaded by `as_of`, the one loaded last (ties as above)."""
    by_id: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.own_cause is None and row.loaded_at <= as_of:
            by_id[row.values["event_id"]].append(row)
    winners = []
    for same in by_id.values():
        latest = max(row.loaded_at for row in same)
        ties = [row for row in same if row.loaded_at == latest]
        winners.append(min(ties, key=lambda row: row.sort_key))
    return winners


def burst_of(clicks: Sequence[Row], settings: Settings) -> set[Row]:
    """Clicks of one lead in a burst.

    "where the clicks of one lead in [t, t + 2 seconds], t the time of one of them, have at
    least three distinct targets (url, else asset), all of them are a bot's"
    """
    length = timedelta(seconds=settings.bot_burst_seconds)
    found: set[Row] = set()
    for first in clicks:
        start = first.occurred_at
        near = [click for click in clicks if start <= click.occurred_at <= start + length]
        targets = {click.fold("url") or click.fold("asset") for click in near} - {None}
        if len(targets) >= settings.bot_burst_targets:
            found.update(near)
    return found


def bots_among(rows: Sequence[Row], rulebook: Rulebook, settings: Settings) -> set[Row]:
    """The events of one lead that are a bot's, by user agent or as one of a burst."""
    agents = rulebook.vocabulary.entries("bot_user_agent")
    by_agent = {
        row for row in rows if any(agent in (row.fold("user_agent") or "") for agent in agents)
    }
    clicks = [
        row
        for row in rows
        if (kind := rulebook.event_types.get(row.fold("event_type") or "")) and kind.is_click
    ]
    return by_agent | burst_of(clicks, settings)


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

    def at(self, as_of: datetime, fates: Counter[tuple[str, str]]) -> list[LeadState]:
        """The leads that have a score at `as_of`; counts duplicates and bots in `fates`."""
        known: defaultdict[str, list[Row]] = defaultdict(list)
        winners = winning_events(self._events, as_of)
        fates["events", "duplicate"] += self._losers(set(winners), as_of)
        for row in winners:
            survivor = self._people.survivor(row.values["lead_id"])
            if survivor is not None and row.occurred_at <= as_of:
                known[survivor].append(row)
        states = []
        for lead_id in self._people.scorable():
            rows = known[lead_id]
            bots = bots_among(rows, self._rulebook, self._settings)
            versions = self._people.usable[lead_id]
            if min(row.created_at for row in versions) <= as_of:
                fates["events", "bot"] += len(bots)
                counting = [row for row in rows if row not in bots]
                states.append(self._state(lead_id, versions, counting, as_of))
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
            and self._people.survivor(row.values["lead_id"]) not in self._people.deleted | {None}
            for row in self._events
        )

    def _state(
        self, lead_id: str, versions: Sequence[Row], counting: Sequence[Row], as_of: datetime
    ) -> LeadState:
        row = holding_version(versions, as_of)
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
        created = min(version.created_at for version in versions)
        return LeadState(
            lead_id,
            as_of,
            row,
            row.updated_at > as_of,
            events,
            midnights(last or created, as_of, self._zone),
            last,
            status_at(self._outcomes[lead_id], as_of),
        )
