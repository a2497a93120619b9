"""Numbers and whole numbers, as rules write them and as inputs do (contract 3)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from oracle.text import BLANKS, rounded, trim

# Between groups of thousands, and between a number and its currency sign: thin spaces too.
THIN = "\u2009\u202f"
DIGITS = r"[0-9]{1,28}"
GROUPED = (
    rf"[1-9][0-9]{{0,2}}(?P<mark>[,'\u2019 \u00a0{THIN}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}}){{0,8}}"
)
NUMBER = re.compile(rf"[+-]?{DIGITS}(?:\.[0-9]+)?")
INPUT_NUMBER = re.compile(rf"[+-]?(?:{DIGITS}|{GROUPED})(?:\.[0-9]+)?")
# Without the name of the group, so that a pattern may hold it twice.
GROUPS = "|".join(rf"(?:{mark}[0-9]{{3}})+" for mark in (",", rf"[ \u00a0{THIN}]", "['\u2019]"))
COUNT = rf"(?:{DIGITS}|[1-9][0-9]{{0,2}}(?:{GROUPS}))"
# Of a range three digits behind a point may be thousands: it has one or two zeros there at most.
ZEROS = r"(?:\.00?)?"
WHOLE = re.compile(rf"(?P<low>\+?{COUNT})(?:(?:\.0+)?|{ZEROS}(?: *[-\u2013] *{COUNT}{ZEROS}| *\+))")


def number(text: str | None) -> Decimal | None:
    """A number of a rule: "optional sign, ASCII digits, optional point and digits", to ten
    decimals; None where the text is none."""
    trimmed = trim(text)
    if trimmed is None or not NUMBER.fullmatch(trimmed):
        return None
    value = rounded(Decimal(trimmed), 10)
    return value if value.copy_abs() < 10**28 else None  # 29 digits, once it is rounded


def without_currency(text: str) -> str:
    """The text without one currency sign at its start or its end, and the blanks beside it."""
    sign, rest = (text[:1], text[1:]) if text[:1] in ("+", "-") else ("", text)
    for bare, mark in ((rest[1:], rest[:1]), (rest[:-1], rest[-1:])):
        if mark and unicodedata.category(mark) == "Sc":
            return sign + bare.strip(BLANKS + THIN)
    return text


def input_number(text: str | None) -> Decimal | None:
    """A number of an input: "also groups of thousands, `1,200`, `1 200`, `1'200`, and a currency
    sign at either end"."""
    trimmed = trim(text)
    bare = without_currency(trimmed) if trimmed is not None else ""
    if not INPUT_NUMBER.fullmatch(bare):
        return None
    return number(re.sub(rf"[,'\u2019 \u00a0{THIN}]", "", bare))


def as_whole(value: Decimal | None) -> Decimal | None:
    """The number where it is whole (to ten decimals: `50.0` is) and at least 0."""
    return value if value is not None and value >= 0 and value == value.to_integral() else None


def whole(text: str | None) -> Decimal | None:
    """A whole number of a rule, of at least 0."""
    return as_whole(number(text))


def input_whole(text: str | None) -> Decimal | None:
    """A whole number of an input: "also a range or open end, `51-200`, `10,000+`, read as its
    lower end", which is the one that comes first."""
    bare = without_currency(trim(text) or "")
    match = WHOLE.fullmatch(bare)
    return as_whole(input_number(match["low"])) if match else None
