"""Events that are a bot's (contract 4): by the source's own mark, by user agent, by burst."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from oracle.rows import Row
from oracle.settings import Settings
from oracle.tables import Rulebook
from oracle.text import flag


def target_of(event: Row) -> str | None:
    """The url, else the asset, trimmed and in lower case; None without both."""
    return event.fold("url") or event.fold("asset")


def in_bursts(events: Sequence[Row], clicks: Sequence[Row], targets: int, seconds: int) -> set[Row]:
    """Events of one lead in a burst, clicks or not.

    "where the clicks of one lead in [t, t + s seconds], t the time of one of them, have at least k
    distinct targets, every event of that lead from t until s seconds after the last of those
    clicks is a bot's"
    """
    length = timedelta(seconds=seconds)
    found: set[Row] = set()
    for first in clicks:
        start = first.occurred_at
        near = [click for click in clicks if start <= click.occurred_at <= start + length]
        if len({target_of(click) for click in near} - {None}) >= targets:
            end = max(click.occurred_at for click in near) + length
            found.update(event for event in events if start <= event.occurred_at <= end)
    return found


def bots_among(events: Sequence[Row], rulebook: Rulebook, settings: Settings) -> set[Row]:
    """The events of one lead that are a bot's: "if its `is_bot` is true, if its user agent contains
    an entry of the list `bot_user_agent`, or if it lies in a burst"."""
    agents = rulebook.vocabulary.entries("bot_user_agent")
    bots = {
        event
        for event in events
        if flag(event.get("is_bot"))
        or any(agent in (event.fold("user_agent") or "") for agent in agents)
    }
    clicks = [
        event
        for event in events
        if (kind := rulebook.event_types.get(event.fold("event_type") or "")) and kind.is_click
    ]
    return bots.union(
        *(in_bursts(events, clicks, targets, seconds) for targets, seconds in settings.bot_bursts)
    )
