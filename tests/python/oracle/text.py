"""Texts, flags and words, as decision 0001 reads them (1, 3 and 6)."""

from __future__ import annotations

import unicodedata
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

BLANKS = " \t\n\v\f\r\u00a0"
# A pack reads the same few texts a hundred thousand times: a fourth of the oracle's time.
KEPT = 100_000
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


@lru_cache(KEPT)
def lower(value: str) -> str:
    """Lower case, character by character (so that a capital sigma has one lower case only)."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in value)


@lru_cache(KEPT)
def fold(value: str | None) -> str | None:
    """Trimmed and in lower case: the form in which all text but ids is compared."""
    trimmed = trim(value)
    return None if trimmed is None else lower(trimmed)


def rounded(value: Decimal, places: int) -> Decimal:
    """Rounded to so many decimals, half away from zero."""
    with localcontext() as context:
        context.prec = 100
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def flag(value: str | None) -> bool | None:
    """true, yes, 1 or false, no, 0 in any case; None for anything else."""
    folded = fold(value)
    return None if folded is None else FLAGS.get(folded)


def is_word_character(character: str) -> bool:
    """A letter (Unicode category L) or a decimal digit (Nd)."""
    category = unicodedata.category(character)
    return category.startswith("L") or category == "Nd"


@lru_cache(KEPT)
def words(value: str) -> tuple[str, ...]:
    """The runs of letters and decimal digits, in lower case."""
    marked = "".join(mark if is_word_character(mark) else " " for mark in lower(value))
    return tuple(marked.split())


def has_words(text: str, wanted: str) -> bool:
    """The words of `wanted` stand in the text one after the other as whole words."""
    have, want = words(text), words(wanted)
    if not want:
        return False
    return any(have[at : at + len(want)] == want for at in range(len(have)))
