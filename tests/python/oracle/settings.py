"""The settings that change what a run says."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from oracle.times import Clock


@dataclass(frozen=True)
class Settings:
    """The reporting time zone, what makes a burst of clicks a bot's, how accounts are seen, and how
    inputs write times.

    bot_bursts: pairs of distinct targets and seconds. date_order: dmy, mdy or None.
    """

    time_zone: str = "UTC"
    bot_bursts: tuple[tuple[int, int], ...] = ((3, 2), (5, 10))
    active_days: int = 30
    account_method: str = "champion"
    account_sum_limit: int = 100
    minimum_active_leads: int = 1
    minimum_buying_roles: int = 1
    unknown_below_percent: int = 80
    unknown_below_events: int = 3
    input_time_zone: str = "UTC"
    date_order: str | None = None

    @property
    def clock(self) -> Clock:
        """How inputs write times."""
        return Clock(ZoneInfo(self.input_time_zone), self.date_order)
