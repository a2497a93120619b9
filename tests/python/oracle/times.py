"""Times of inputs: their forms, and the clock by which those without a zone are read.

Contract 2: ISO 8601, "`T` or a blank between day and time, hours of one digit or two, `20260630`
as a day; an offset, `Z` or ` UTC` behind; without one they are of the input zone"; "with the
setting `date_order` (dmy, mdy) also `30/6/2026 2:30 PM` and its like"; "a column of whole numbers
counts seconds, milliseconds or microseconds since 1970, told apart by 9-11, 12-14 or 15-17 digits".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from oracle.text import trim

UTC = ZoneInfo("UTC")
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
ISO = re.compile(
    r"(?P<year>[0-9]{4})(?P<dash>-?)(?P<month>[0-9]{2})(?P=dash)(?P<day>[0-9]{2})"
    r"(?:[T ](?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,9}))?)?"
    r"(?P<behind> ?Z| UTC| ?(?P<sign>[+-])(?P<hours>[0-9]{2})(?::?(?P<minutes>[0-9]{2}))?)?)?"
)
ORDERED = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<separator>[/.-])(?P<second_part>[0-9]{1,2})(?P=separator)"
    r"(?P<year>[0-9]{4})"
    r"(?:[ T](?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"(?: ?(?P<half>[AaPp])[Mm])?)?"
)
# Digits of a whole number to how many of its units make a second.
PER_SECOND = {
    **dict.fromkeys(range(9, 12), 1),
    **dict.fromkeys(range(12, 15), 1_000),
    **dict.fromkeys(range(15, 18), 1_000_000),
}


@dataclass(frozen=True)
class Clock:
    """How inputs write times: the zone of those without one; dmy, mdy or None for no such order."""

    zone: ZoneInfo = UTC
    date_order: str | None = None


PLAIN = Clock()


@dataclass(frozen=True)
class Written:
    """A time as it was read; `day` where the text is a day alone."""

    instant: datetime
    day: date | None


def in_zone(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a wall clock: of a doubled hour the later, of a skipped one as if the clock
    had not been put forward."""
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    is_doubled = (first.utcoffset() or timedelta()) > (second.utcoffset() or timedelta())
    return (second if is_doubled else first).astimezone(timezone.utc)


def written(value: str | None, clock: Clock) -> Written | None:
    """A time in any of its forms; None where it cannot be read."""
    text = trim(value)
    if text is None:
        return None
    if match := re.fullmatch(r"([0-9]{9,17})(\.0+)?", text):
        digits = match[1]
        microseconds = int(digits) * (1_000_000 // PER_SECOND[len(digits)])
        return Written(EPOCH + timedelta(microseconds=microseconds), None)
    try:
        if match := ISO.fullmatch(text):
            parts = match.groupdict()
            return from_parts(parts, int(parts["month"]), int(parts["day"]), clock)
        if clock.date_order is not None and (match := ORDERED.fullmatch(text)):
            parts = match.groupdict()
            ends = int(parts["first"]), int(parts["second_part"])
            day, month = ends if clock.date_order == "dmy" else ends[::-1]
            return from_parts(parts, month, day, clock)
    except (ValueError, OverflowError):
        return None
    return None


def from_parts(parts: Mapping[str, str | None], month: int, day: int, clock: Clock) -> Written:
    """The instant of the parts of a text; ValueError where there is no such time."""
    hour = int(parts["hour"] or 0)
    if half := parts.get("half"):
        if not 1 <= hour <= 12:
            raise ValueError("no such hour of a half day")
        hour = hour % 12 + (12 if half in "Pp" else 0)
    microsecond = int((parts.get("fraction") or "")[:6].ljust(6, "0"))
    local = datetime(
        int(parts["year"] or 0),
        month,
        day,
        hour,
        int(parts["minute"] or 0),
        int(parts["second"] or 0),
        microsecond,
    )
    alone = local.date() if parts["hour"] is None else None
    if not parts.get("behind"):
        return Written(in_zone(local, clock.zone), alone)
    hours, minutes = int(parts["hours"] or 0), int(parts["minutes"] or 0)
    if hours > 23 or minutes > 59:
        raise ValueError("no such offset")
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if parts["sign"] == "-" else 1)
    return Written(local.replace(tzinfo=timezone.utc) - offset, alone)


def instant(value: str | None, clock: Clock = PLAIN) -> datetime | None:
    """The instant (in UTC) that a time speaks of; None where it cannot be read."""
    read = written(value, clock)
    return None if read is None else read.instant


def calendar_day(value: str | None, zone: ZoneInfo, clock: Clock = PLAIN) -> date | None:
    """A date as it stands; any other time as its day in the reporting time zone."""
    read = written(value, clock)
    if read is None:
        return None
    return read.day or local_day(read.instant, zone)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day of an instant in the reporting time zone."""
    return moment.astimezone(zone).date()
