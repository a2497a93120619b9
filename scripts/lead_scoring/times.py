"""Reads the instants, and the settings of times, that commands take."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from enum import Enum
from zoneinfo import available_timezones

_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})"
    r"(?:[T ](\d{2}:\d{2})(:\d{2})?(\.\d{1,9})?(?: ?(?:Z|([+-])(\d{2}):?(\d{2})?))?)?",
    re.ASCII,
)


class DateOrder(str, Enum):
    """What comes first in an input's 3/4/2026."""

    DMY = "dmy"
    MDY = "mdy"


def check_time_zone(name: str) -> str:
    """Returns the name of a time zone. Raises ValueError where there is none of this name."""
    if name not in available_timezones():
        raise ValueError(f"There is no time zone {name}. Write one such as UTC or Europe/Berlin.")
    return name


def read_time(text: str) -> datetime:
    """Returns the instant that `text` means, in UTC, by the forms of the scoring contract.

    Raises ValueError, with the forms, for any other text.
    """
    form = _TIME.fullmatch(text.strip())
    try:
        if form is None or (form[4] and not form[3]):
            raise ValueError
        day, minute, second, fraction, sign, hours, minutes = form.groups()
        # Cut to microseconds, as the staging models do.
        fraction = (fraction or ".")[1:7].ljust(6, "0")
        local = datetime.fromisoformat(
            f"{day}T{minute or '00:00'}{second or ':00'}.{fraction}+00:00"
        )
        offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        if int(hours or 0) > 23 or int(minutes or 0) > 59:
            raise ValueError
        return (local + offset if sign == "-" else local - offset).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise ValueError(
            f"{text!r} is no time. Write a date, as 2026-06-30, or a time, as 2026-06-30T12:00:00Z "
            "or 2026-06-30 14:00+02:00."
        ) from None
