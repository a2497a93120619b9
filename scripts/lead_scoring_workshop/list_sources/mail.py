"""The lists of mail domains: who is disposable, who is free, and how it is decided."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

CORRECTIONS = Path(__file__).with_name("mail_corrections.csv")

# Names that nobody but their providers has as a domain, in any country.
WELL_KNOWN = ("aol", "gmail", "gmx", "googlemail", "hotmail", "yahoo", "yandex")
# Names that are words too: only where the same provider has another of its names.
OF_ONE_PROVIDER = (
    ("hotmail", "live", "msn", "outlook"),
    ("ymail", "yahoo"),
)

_DOMAIN = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*[a-z0-9]")
# what national variants end in: a country, or a second level that is sold under it
_NATIONAL = re.compile(r"(?:(?:co|com|net|org|ne|or)\.)?[a-z]{2}")


def domains(texts: Iterable[str]) -> set[str]:
    """The domains among texts, trimmed and in lower case; what is no domain is left out."""
    return {text for text in (one.strip().lower() for one in texts) if _DOMAIN.fullmatch(text)}


def domains_above(domain: str) -> list[str]:
    """The domains that a domain lies in, the nearest first: b.c and c of a.b.c."""
    labels = domain.split(".")
    return [".".join(labels[place:]) for place in range(1, len(labels))]


def lies_in(domain: str, listed: Iterable[str]) -> bool:
    """Whether a domain or one above it is listed."""
    entries = listed if isinstance(listed, (set, frozenset)) else set(listed)
    return domain in entries or any(above in entries for above in domains_above(domain))


def national_variants(free: set[str]) -> set[str]:
    """The domains of large providers in the countries where one of them is known."""

    def endings(names: Iterable[str]) -> set[str]:
        found = (domain.split(".", 1) for domain in free)
        chosen = set(names)
        return {end for name, end in found if name in chosen and _NATIONAL.fullmatch(end)}

    return {
        f"{name}.{end}"
        for names in (WELL_KNOWN, *OF_ONE_PROVIDER)
        for end in endings(names)
        for name in names
    }


def corrections() -> dict[str, str]:
    """The types of domains that the packages have wrong or lack, by domain."""
    with CORRECTIONS.open(encoding="utf-8", newline="") as file:
        return {row["domain"]: row["email_type"] for row in csv.DictReader(file)}


def mail_lists(
    verified: Iterable[str],
    reported: Iterable[str],
    free: Iterable[str],
    curated_free: Iterable[str],
    is_public_suffix: Callable[[str], bool],
    corrected: Mapping[str, str],
) -> tuple[set[str], set[str]]:
    """Returns the entries of disposable_mail and of free_mail.

    In: domains that are disposable for certain, those that are reported to be, those that are free
    by any list, and those that are by one that does not hold disposable ones, in which a report
    is not believed. A domain under which anyone may register is neither. A listed disposable domain
    stands for all below it, so that those are left out, but for one that is corrected.
    """
    curated = {one for one in domains(curated_free) if one.count(".") == 1}
    disposable = domains(verified) | (domains(reported) - curated)
    disposable |= {domain for domain, kind in corrected.items() if kind == "disposable"}
    disposable -= {domain for domain, kind in corrected.items() if kind != "disposable"}
    disposable = {domain for domain in disposable if not is_public_suffix(domain)}
    disposable = {
        domain
        for domain in disposable
        if not any(above in disposable for above in domains_above(domain))
    }
    free_domains = domains(free)
    free_domains |= national_variants(free_domains)
    free_domains |= {domain for domain, kind in corrected.items() if kind == "free"}
    free_domains -= {domain for domain, kind in corrected.items() if kind == "business"}
    free_domains = {
        domain
        for domain in free_domains
        if not lies_in(domain, disposable) and not is_public_suffix(domain)
    }
    return disposable, free_domains
