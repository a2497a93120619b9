"""Attributes derived from a lead's row (contract 2, decision 0001.14 to 17), as texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from oracle.amounts import input_whole
from oracle.rows import Row
from oracle.text import fold, has_words, lower, trim

ASCII_BLANK = " \\t\\n\\v\\f\\r"
EMAIL = re.compile(
    rf"[^@{ASCII_BLANK}]+@([^@{ASCII_BLANK}.]+(?:\.[^@{ASCII_BLANK}.]+)+)"
)  # fmt: skip
ODD_CAPITALS = re.compile(r"[a-z][A-Z][A-Z]|[a-z][A-Z].*[a-z][A-Z]")
RANDOM_EMAIL = re.compile(r"[bcdfghjklmnpqrstvwxz]{6}|([a-z][0-9]+){3}")
SIZES = ((10, "micro"), (50, "small"), (250, "medium"), (1000, "large"))
PROFILE = (
    "email", "first_name", "last_name", "job_title", "company_name", "industry",
    "employee_count", "country",
)  # fmt: skip


@dataclass(frozen=True)
class TitleKeyword:
    """A keyword of a job title; a lower priority wins, None comes last."""

    keyword: str
    priority: Decimal | None
    seniority: str | None
    department: str | None


@dataclass(frozen=True)
class Vocabulary:
    """The lists and keywords that derived attributes look things up in (lower case, trimmed)."""

    lists: Mapping[str, frozenset[str]]
    title_keywords: Sequence[TitleKeyword]

    def entries(self, name: str) -> frozenset[str]:
        """The entries of a list; empty where there is no such list."""
        return self.lists.get(name, frozenset())


def as_text(flag: bool) -> str:
    """A flag as text."""
    return "true" if flag else "false"


def email_parts(row: Row) -> tuple[str, str] | None:
    """The parts before and after the @ of a valid address; None without one."""
    email = row.fold("email")
    match = EMAIL.fullmatch(email) if email is not None else None
    return None if match is None or email is None else (email.split("@")[0], match[1])


def email_domain(row: Row, vocabulary: Vocabulary) -> str | None:
    """The domain of a valid address."""
    parts = email_parts(row)
    return parts[1] if parts else None


def domain_type(domain: str, vocabulary: Vocabulary) -> str:
    """disposable (it or one of four domains of two labels or more above), free or business."""
    labels = domain.split(".")
    above = {".".join(labels[place:]) for place in range(1, min(5, len(labels) - 1))}
    if (above | {domain}) & vocabulary.entries("disposable_mail"):
        return "disposable"
    return "free" if domain in vocabulary.entries("free_mail") else "business"


def email_type(row: Row, vocabulary: Vocabulary) -> str:
    """business, free, disposable (before free), invalid or missing."""
    if row.fold("email") is None:
        return "missing"
    domain = email_domain(row, vocabulary)
    return "invalid" if domain is None else domain_type(domain, vocabulary)


def by_title(
    row: Row, vocabulary: Vocabulary, found: Callable[[TitleKeyword], str | None]
) -> str | None:
    """Of the keywords in the job title: lowest priority, longest, then the first by code point."""
    title = row.fold("job_title")
    if title is None:
        return None
    matching = [
        keyword
        for keyword in vocabulary.title_keywords
        if found(keyword) is not None and has_words(title, keyword.keyword)
    ]
    if not matching:
        return None
    best = min(
        matching,
        key=lambda one: (
            one.priority is None, one.priority or Decimal(0), -len(one.keyword), one.keyword
        ),
    )  # fmt: skip
    return found(best)


def seniority(row: Row, vocabulary: Vocabulary) -> str | None:
    """c_level .. intern, by job title."""
    return by_title(row, vocabulary, lambda keyword: keyword.seniority)


def department(row: Row, vocabulary: Vocabulary) -> str | None:
    """The department, by job title."""
    return by_title(row, vocabulary, lambda keyword: keyword.department)


def company_size(row: Row, vocabulary: Vocabulary) -> str | None:
    """micro <10, small <50, medium <250, large <1000, enterprise; None stays None."""
    employees = input_whole(row.get("employee_count"))
    if employees is None:
        return None
    return next((size for limit, size in SIZES if employees < limit), "enterprise")


def is_competitor(row: Row, vocabulary: Vocabulary) -> str:
    """Company domain, e-mail domain or company name is an entry of the list `competitor`."""
    names = {row.fold("company_domain"), email_domain(row, vocabulary), row.fold("company_name")}
    return as_text(bool(names & vocabulary.entries("competitor")))


def profile_completeness(row: Row, vocabulary: Vocabulary) -> str:
    """The share of the eight profile columns that are filled, 0 to 1."""
    filled = sum(row.get(column) is not None for column in PROFILE)
    return str(Decimal(filled) / len(PROFILE))


def any_name(row: Row, looks: Callable[[str], bool]) -> str | None:
    """Whether the first or the last name looks so; None without any name."""
    given = [trim(row.get("first_name")), trim(row.get("last_name"))]
    names = [name for name in given if name is not None]
    return as_text(any(looks(name) for name in names)) if names else None


def name_has_odd_capitals(row: Row, vocabulary: Vocabulary) -> str | None:
    """jOHN, JoHnNy; not McDonald."""
    return any_name(row, lambda name: ODD_CAPITALS.search(name) is not None)


def name_has_keyboard_run(row: Row, vocabulary: Vocabulary) -> str | None:
    """A name contains an entry of the list `keyboard_run`."""
    runs = vocabulary.entries("keyboard_run")
    return any_name(row, lambda name: any(run in lower(name) for run in runs))


def name_has_digits(row: Row, vocabulary: Vocabulary) -> str | None:
    """A name has an ASCII digit."""
    return any_name(row, lambda name: re.search(r"[0-9]", name) is not None)


def email_looks_random(row: Row, vocabulary: Vocabulary) -> str | None:
    """Six consonants in a row or letter and digits three times, before the @ of a valid address."""
    parts = email_parts(row)
    return as_text(RANDOM_EMAIL.search(parts[0]) is not None) if parts else None


DERIVED: Mapping[str, Callable[[Row, Vocabulary], str | None]] = {
    rule.__name__: rule
    for rule in (
        email_domain, email_type, seniority, department, company_size, is_competitor,
        profile_completeness, name_has_odd_capitals, name_has_keyboard_run, name_has_digits,
        email_looks_random,
    )
}  # fmt: skip


def account_of(row: Row, vocabulary: Vocabulary) -> str | None:
    """`account_id` exactly, else `company_domain`, else the e-mail domain, if business ones."""
    if row.get("account_id") is not None:
        return row.get("account_id")
    named = (fold(row.get("company_domain")), email_domain(row, vocabulary))
    return next((one for one in named if one and domain_type(one, vocabulary) == "business"), None)
