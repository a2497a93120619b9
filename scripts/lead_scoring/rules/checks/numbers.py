"""Numbers, flags and dates as people and spreadsheets write them: what they should write."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from lead_scoring.rules.checks.text import normalised, number_of, plain_number, trimmed

NO_NUMBER = frozenset(
    ("nan", "inf", "-inf", "+inf", "infinity", "-infinity", "null", "none", "n/a", "na", "-", "nil")
)
MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mrz|mai|okt|dez"
DATE = re.compile(
    rf"\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}|(\d{{1,2}}[ .-])?({MONTHS})[a-z]*[ .-]?\d{{0,4}}", re.I
)
GROUPED = re.compile(
    r"[+-]?\d{1,3}((,\d{3})+|(\.\d{3}){2,}|([' \u00a0\u2009\u202f]\d{3})+)(\.\d+)?"
)
GERMAN = re.compile(r"[+-]?\d{1,3}(\.\d{3})*,\d+")
WORDS = {"true": "wahr vrai t y j ja oui si on x", "false": "falsch faux f n nein non off"}


def mend_of_number(text: str) -> str:
    """Returns what to write in place of a text that is no number."""
    text = trimmed(text)
    if normalised(text) in NO_NUMBER:
        return "Write a number in digits, or leave the cell blank where a blank is allowed."
    likely = _likely_number(text)
    if likely is not None:
        return f"Write {likely}."
    if text.startswith("="):
        return "Write the result of the formula, in digits."
    if DATE.fullmatch(text):
        return "A spreadsheet made a date of it. Write the number again, in a column of type text."
    return "Write a number in digits, such as 10 or -2.5."


def _likely_number(text: str) -> str | None:
    """Returns the number that a text probably means, in digits; None where nobody can say."""
    ascii_text = _ascii_digits(text)
    bare = re.sub(r"^'|[$€£¥]|\s*(%|points?|pts?|days?|usd|eur)\.?$", "", ascii_text, flags=re.I)
    bare = trimmed(bare)
    if re.fullmatch(r"\(.+\)", bare):
        bare = "-" + bare[1:-1]
    elif re.fullmatch(r"\d.*-", bare):
        bare = "-" + bare[:-1]
    bare = re.sub(r"^([+-])\s+", r"\1", bare)
    if GROUPED.fullmatch(bare):
        decimals = bare.rpartition(".") if re.search(r"[^.\d+-].*\.\d+$", bare) else (bare, "", "")
        bare = re.sub(r"[^\d+-]", "", decimals[0]) + decimals[1] + decimals[2]
    elif GERMAN.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?\.\d+", bare):
        bare = bare.replace(".", "0.")
    elif re.fullmatch(r"[+-]?\d+\.", bare):
        bare = bare[:-1]
    elif re.fullmatch(r"[+-]?\d+(\.\d+)?E[+-]?\d{1,2}", bare, re.I):
        bare = f"{Decimal(bare):f}"
    number = number_of(bare)
    return None if number is None else plain_number(number)


def _ascii_digits(text: str) -> str:
    """Returns the text with the digits and signs of other scripts in ASCII."""
    plain = []
    for letter in text:
        digit = unicodedata.decimal(letter, None)
        if unicodedata.category(letter) == "Pd" or letter == "\u2212":
            letter = "-"
        plain.append(letter if digit is None else str(digit))
    return "".join(plain)


def mend_of_flag(text: str) -> str:
    """Returns what to write in place of a text that is no flag."""
    for flag, words in WORDS.items():
        if normalised(text) in words.split():
            return f"Write {flag}."
    return "Write true or false."


def mend_of_date(text: str) -> str:
    """Returns what to write in place of a text that is no date."""
    parts = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", trimmed(text))
    if parts is None:
        return "Write the date as year-month-day, such as 2026-06-30."
    year = parts[3]
    first, second = f"{int(parts[1]):02}", f"{int(parts[2]):02}"
    likely = [
        f"{year}-{month}-{day}"
        for month, day in dict.fromkeys(((second, first), (first, second)))
        if int(month) <= 12 and int(day) <= 31
    ]
    return f"Write {' or '.join(likely) or 'a date such as 2026-06-30'}: year, month, day."
