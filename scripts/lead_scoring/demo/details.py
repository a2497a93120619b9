"""What the leads table of the demo says about each person: addresses, gaps, later findings."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lead_scoring.demo import words
from lead_scoring.demo.people import (
    BUYER,
    COMPETITOR,
    DAY,
    SMALL,
    SPAM,
    STUDENT,
    Companies,
    People,
    Whole,
    draw,
)
from lead_scoring.demo.sales import NO_TIME

Column = npt.NDArray[np.generic]
# The mail domains that are no company's, in the order of their codes.
MAIL_DOMAINS = [*words.FREE_MAIL, *words.DISPOSABLE_MAIL, *words.SCHOOL_DOMAINS]
MAIL_KINDS = ["business", "free", "school", "random", "invalid", "none"]
BUSINESS, FREE, SCHOOL, RANDOM, INVALID, NO_MAIL = range(len(MAIL_KINDS))
BUDGET_WORDS = ["decides", "influences", "none"]


def describe(
    rng: np.random.Generator,
    people: People,
    contacted: Whole,
    erased: Whole,
) -> dict[str, Column]:
    """Returns the columns of the table of people, one entry per lead: codes, flags, times in
    seconds from the as-of instant. A code of -1 or NO_TIME is missing."""
    count = len(people.kind)
    number = np.arange(count)
    is_spam, is_student = people.kind == SPAM, people.kind == STUDENT
    mail_kind = _mail_kinds(rng, people)
    free, disposable = len(words.FREE_MAIL), len(words.DISPOSABLE_MAIL)
    mail_domain = np.select(
        [mail_kind == FREE, mail_kind == RANDOM, mail_kind == SCHOOL],
        [
            rng.integers(0, free, count),
            rng.integers(0, free + disposable, count),
            free + disposable + number % len(words.SCHOOL_DOMAINS),
        ],
        -1,
    )
    # A third of the enriched facts arrive later, with a second version of the lead.
    is_enriched = rng.random(count) < 0.7
    is_updated = (rng.random(count) < 0.05) & (people.kind != SPAM)
    later = (people.created * rng.uniform(0.1, 0.9, count)).astype(np.int64)
    changed = np.where(contacted < NO_TIME, contacted + 1800, np.where(is_updated, later, NO_TIME))
    columns: dict[str, Column] = {
        "number": number,
        "company": people.company,
        "title": people.title,
        "first_name": people.first_name,
        "last_name": people.last_name,
        "created": people.created,
        "changed": changed,
        "spam_name": np.where(is_spam, rng.integers(0, len(words.SPAM_NAMES), count), -1),
        "rival": np.where(people.kind == COMPETITOR, number % len(words.RIVALS), -1),
        "student_title": np.where(
            is_student, rng.integers(0, len(words.STUDENT_TITLES), count), -1
        ),
        "mail_kind": mail_kind,
        "mail_domain": mail_domain,
        # Nine digits to the base of 16, which the query turns into consonants.
        "random_mail": rng.integers(16**8, 16**9, count),
        "has_company": ~is_spam & ~is_student & (rng.random(count) < 0.96),
        "has_account": (people.size > SMALL) & (rng.random(count) < 0.7) & (people.kind <= 2),
        "knows_size": ~is_spam & ~is_student & (rng.random(count) < 0.94),
        "is_enriched": is_enriched & ~is_spam & ~is_student,
        "spells_country": rng.random(count) < 0.2,
        "budget_authority": _budget_words(rng, people, contacted),
        "contract_ends": _contract_ends(rng, people, contacted),
        "lead_source": _sources(rng, people),
        "product": np.where(
            rng.random(count) < 0.6, rng.integers(0, len(words.PRODUCTS), count), -1
        ),
        "is_erased": np.isin(number, erased),
    }
    return columns


def company_columns(companies: Companies) -> dict[str, Column]:
    """Returns the columns of the table of companies, one entry per company."""
    columns: dict[str, Column] = {
        name: getattr(companies, name)
        for name in ("stem", "noun", "employees", "revenue", "industry", "country", "warehouse",
                     "crm", "tool")
    }  # fmt: skip
    return {"code": np.arange(len(companies.size)), **columns, "namesake": companies.number}


def _mail_kinds(rng: np.random.Generator, people: People) -> Whole:
    chance = rng.random(len(people.kind))
    free_share = np.array([0.20, 0.09, 0.05])[people.size]
    buyers_free_share = np.array([0.50, 0.05, 0.03])[people.size]
    usual = np.where(chance < free_share, FREE, BUSINESS)
    usual = np.where(chance > 0.985, INVALID, np.where(chance > 0.97, NO_MAIL, usual))
    result: Whole = np.select(
        [people.kind == BUYER, people.kind == STUDENT, people.kind == SPAM],
        [
            # In small firms the owner decides, and signs up with a private address: a rule of ours
            # that takes points for it misleads, and the review is to find that.
            np.where(chance < buyers_free_share, FREE, BUSINESS),
            np.where(chance < 0.6, FREE, SCHOOL),
            np.full(len(chance), RANDOM),
        ],
        usual,
    )
    return result


def _budget_words(rng: np.random.Generator, people: People, contacted: Whole) -> Whole:
    chance = rng.random(len(people.kind)) + 0.3 * people.fit
    said = np.where(chance > 0.85, 0, np.where(chance > 0.5, 1, 2))
    known = (contacted < NO_TIME) & (rng.random(len(people.kind)) < 0.7)
    return np.where(known, said, -1)


def _contract_ends(rng: np.random.Generator, people: People, contacted: Whole) -> Whole:
    count = len(people.kind)
    days = np.where(
        people.kind == BUYER, rng.integers(10, 200, count), rng.integers(60, 700, count)
    )
    known = (contacted < NO_TIME) & (rng.random(count) < 0.4)
    # The contract ends some time after sales asked.
    ends: Whole = np.where(known, np.minimum(contacted, 0) + days * DAY, NO_TIME)
    return ends


def _sources(rng: np.random.Generator, people: People) -> Whole:
    usual = draw(rng, [34, 20, 14, 8, 12, 4, 3, 5], len(people.kind))
    buyers = draw(rng, [36, 14, 14, 8, 6, 14, 8, 0], len(people.kind))
    result: Whole = np.where(people.kind == BUYER, buyers, usual)
    return result
