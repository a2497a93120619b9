"""Texts, numbers and flags as the contract compares them (decision 0001, items 1, 3 and 19)."""

from __future__ import annotations

import re
from decimal import Decimal

BLANKS = " \t\n\v\f\r\u00a0"
NUMBER = re.compile(r"[+-]?[0-9]{1,28}([.][0-9]+)?")
FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def trimmed(text: str) -> str:
    """Returns the text without outer blanks; a text of blanks only is ''."""
    return text.strip(BLANKS)


def normalised(text: str) -> str:
    """Returns the text as it is compared: trimmed, in lower case, letter by letter as in SQL."""
    text = trimmed(text)
    return text.lower() if text.isascii() else "".join(letter.lower()[0] for letter in text)


def number_of(text: str) -> Decimal | None:
    """Returns the number that a text means; None where it is none."""
    text = trimmed(text)
    return Decimal(text) if NUMBER.fullmatch(text) else None


def flag_of(text: str) -> bool | None:
    """Returns true for true, yes, 1 and false for false, no, 0 in any case; else None."""
    return FLAGS.get(normalised(text))


def plain_number(number: Decimal) -> str:
    """Returns a number in its shortest spelling: no plus sign, exponent or idle zeros."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def event_types_of(text: str) -> list[str]:
    """Returns the event types that a cell names, normalised, each once."""
    return list(dict.fromkeys(split_values(text)))


def split_values(text: str) -> list[str]:
    """Returns the values of `in` and `not_in`, normalised, blank ones left out."""
    return [value for part in text.split("|") if (value := normalised(part))]
