"""Texts, numbers, flags, times and words, as decision 0001 reads them (1 to 4 and 6)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal, localcontext
from zoneinfo import ZoneInfo

BLANKS = " \t\n\v\f\r\u00a0"
TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?"
    r"(?: ?(?:(Z)|([+-])([0-9]{2})(?::?([0-9]{2}))?))?)?"
)
NUMBER = re.compile(r"[+-]?[0-9]{1,28}(?:\.[0-9]+)?")
FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def clean(value: str | None) -> str | None:
    """The text without NUL characters; None where only blanks are left."""
    if value is None:
        return None
    value = value.replace("\0", "")
    return value if value.strip(BLANKS) else None


def trim(value: str | None) -> str | None:
    """The text without outer blanks; None where nothing is left."""
    cleaned = clean(value)
    return None if cleaned is None else cleaned.strip(BLANKS)


def lower(value: str) -> str:
    """Lower case, character by character (so that a capital sigma has one lower case only)."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in value)


def fold(value: str | None) -> str | None:
    """Trimmed and in lower case: the form in which all text but ids is compared."""
    trimmed = trim(value)
    return None if trimmed is None else lower(trimmed)


def rounded(value: Decimal, places: int) -> Decimal:
    """Rounded to so many decimals, half away from zero."""
    with localcontext() as context:
        context.prec = 100
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: str | None) -> Decimal | None:
    """A number of ten decimals; None where the text is none."""
    trimmed = trim(value)
    if trimmed is None or not NUMBER.fullmatch(trimmed):
        return None
    return rounded(Decimal(trimmed), 10)


def flag(value: str | None) -> bool | None:
    """true, yes, 1 or false, no, 0 in any case; None for anything else."""
    folded = fold(value)
    return None if folded is None else FLAGS.get(folded)


def instant(value: str | None) -> datetime | None:
    """The instant (in UTC) that a time speaks of; None where it cannot be read."""
    trimmed = trim(value)
    match = TIME.fullmatch(trimmed) if trimmed is not None else None
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    microsecond = int((match[7] or "")[:6].ljust(6, "0"))
    hours, minutes = int(match[10] or 0), int(match[11] or 0)
    if hours > 23 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if match[9] == "-" else 1)
    try:
        local = datetime(year, month, day, hour, minute, second, microsecond, timezone.utc)
        return local - offset
    except (ValueError, OverflowError):
        return None


def calendar_day(value: str | None, zone: ZoneInfo) -> date | None:
    """A date as it stands; any other time as its day in the reporting time zone."""
    moment = instant(value)
    if moment is None:
        return None
    trimmed = trim(value)
    assert trimmed is not None
    return moment.date() if len(trimmed) == len("2026-06-30") else local_day(moment, zone)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day of an instant in the reporting time zone."""
    return moment.astimezone(zone).date()


def is_word_character(character: str) -> bool:
    """A letter (Unicode category L) or a decimal digit (Nd)."""
    category = unicodedata.category(character)
    return category.startswith("L") or category == "Nd"


def words(value: str) -> list[str]:
    """The runs of letters and decimal digits, in lower case."""
    marked = "".join(mark if is_word_character(mark) else " " for mark in lower(value))
    return marked.split()


def has_words(text: str, wanted: str) -> bool:
    """The words of `wanted` stand in the text one after the other as whole words."""
    have, want = words(text), words(wanted)
    if not want:
        return False
    return any(have[at : at + len(want)] == want for at in range(len(have)))
