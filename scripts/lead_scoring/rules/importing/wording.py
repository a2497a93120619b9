"""Reads the small words of a list of points: points, amounts, lengths of time, counts."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fourteen": 14, "thirty": 30, "sixty": 60,
    "ninety": 90,
}  # fmt: skip
DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365}
SCALES = {"k": 3, "thousand": 3, "m": 6, "mm": 6, "mio": 6, "million": 6, "b": 9, "bn": 9}
SCALES |= {"billion": 9}
TIME = r"(?:the )?(?:last |past |previous )?(\d+|[a-z]+)?[ -]?(day|week|month|quarter|year)s?"
AMOUNT = re.compile(
    r"[$€£]?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*"
    r"(k|thousand|mm|mio|million|m|bn|billion|b)?\b\s*(?:usd|eur|dollars?)?"
)


class NotPlaced(Exception):
    """A row, or a part of it, cannot be turned into a rule honestly. The message says why."""


def plain(text: str) -> str:
    """Returns text in small letters, with plain quotes and dashes and single blanks."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub("[\u2018\u2019\u201a]", "'", re.sub("[\u201c-\u201e]", '"', text))
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    return " ".join(text.split()).strip(" .:;,")


def points_of(text: str) -> Decimal:
    """Returns points: 10, +10, -5, (5), 10 pts. Raises NotPlaced for anything else."""
    words = plain(text).replace("points", "").replace("point", "").replace("pts", "").strip()
    if not words:
        raise NotPlaced("no points are given")
    if words.startswith("="):
        raise NotPlaced("it sets a score to a number; here points are only added")
    bracketed = re.fullmatch(r"\((\d+(?:\.\d+)?)\)", words)
    found = re.fullmatch(r"([+-]?) ?(\d+(?:\.\d+)?)", words)
    if bracketed:
        value = -Decimal(bracketed[1])
    elif found:
        value = Decimal(found[2]) * (-1 if found[1] == "-" else 1)
    elif re.fullmatch(r"\d+ ?(-|to) ?\d+", words):
        raise NotPlaced(f"'{text}' is a range of points: write one row for each case")
    else:
        raise NotPlaced(f"'{text}' is no number of points")
    if value != round(value, 2):
        raise NotPlaced(f"'{text}' has more than two decimals")
    if abs(value) > 1_000_000:
        raise NotPlaced(f"'{text}' is more than a score can hold")
    return value


def days_in(text: str) -> int | None:
    """Returns a length of time in days ('2 weeks': 14), None where the text is none."""
    found = re.fullmatch(TIME, plain(text))
    if not found:
        return None
    count = count_of(found[1] or "one")
    return None if count is None else count * DAYS[found[2]]


def count_of(word: str) -> int | None:
    """Returns a whole number written in digits or as a word, None where it is none."""
    return int(word) if word.isascii() and word.isdigit() else NUMBER_WORDS.get(word)


def amount_of(text: str) -> Decimal | None:
    """Returns an amount ('$1.5M', '1,000'), None where the text is none."""
    found = AMOUNT.fullmatch(plain(text))
    if not found:
        return None
    number = Decimal(found[1].replace(",", "") + (found[2] or ""))
    return number.scaleb(SCALES[found[3]]) if found[3] else number


def range_of(text: str) -> tuple[Decimal, Decimal] | None:
    """Returns the ends of a range of amounts ('50-200', '1M to 5M', '$1-10M'), None for others."""
    low_text, dash, high_text = re.sub(
        r" ?(?:-|\.\.|\bto\b|\band\b) ?", "~", plain(text)
    ).partition("~")
    low, high = amount_of(low_text), amount_of(high_text)
    if not dash or low is None or high is None:
        return None
    scale = AMOUNT.fullmatch(high_text)
    if low < high and scale and scale[3] and not re.search(r"[a-z]", low_text):
        # '$1-10M' is one to ten millions.
        low = low.scaleb(SCALES[scale[3]]) if low < high.scaleb(-SCALES[scale[3]]) else low
    return (low, high) if low <= high else None


def number_text(value: Decimal) -> str:
    """Returns a number as rule tables hold it."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
