"""Who the leads of the demo are: companies, persons, and what each is really after.

Times are whole seconds from the as-of instant: negative ones lie before it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lead_scoring.demo import words

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

DAY = 86_400
# After so many days a lead does half as much a day as when it was new.
FADE_DAYS = 30
# What a lead is really after. No score sees this column: events and outcomes follow from it.
KINDS = ["buyer", "interested", "browser", "student", "job_seeker", "competitor", "spam"]
BUYER, INTERESTED, BROWSER, STUDENT, JOB_SEEKER, COMPETITOR, SPAM = range(len(KINDS))
SMALL, MID, LARGE = range(3)
# Days in which each size of company makes up its mind.
BURST_DAYS = np.array([14.0, 26.0, 42.0])
# Days from the first contact with us to the decision, by size of company.
JOURNEY_DAYS = np.array([45.0, 55.0, 58.0])


@dataclass(frozen=True)
class Companies:
    """Companies, one entry each: codes point into the lists of `words`."""

    stem: Whole
    noun: Whole
    # More than one company of a name: 0 for the first, which has no number.
    number: Whole
    size: Whole
    employees: Whole
    revenue: Whole
    industry: Whole
    country: Whole
    # Codes of a data warehouse, a CRM and another tool; -1: none.
    warehouse: Whole
    crm: Whole
    tool: Whole


@dataclass(frozen=True)
class People:
    """Leads, one entry each, in the order of their ids."""

    company: Whole
    size: Whole
    title: Whole
    first_name: Whole
    last_name: Whole
    kind: Whole
    # How well the person and the company really fit, 0 to 1.
    fit: Real
    created: Whole
    # The instant at which a buyer decides (buyers only; may lie after the as-of instant).
    decides: Whole
    burst_days: Real
    # From here on the lead does nothing.
    ends: Whole
    # Share of all events, relative.
    weight: Real
    has_trial: Flags
    contacted: Flags
    # Whether the purchase succeeds, once a buyer has decided.
    wins: Flags


def draw(rng: np.random.Generator, weights: npt.ArrayLike, count: int) -> Whole:
    """Returns `count` codes, drawn by their weights."""
    shares = np.asarray(weights, dtype=np.float64)
    edges = np.cumsum(shares) / shares.sum()
    codes: Whole = np.searchsorted(edges, rng.random(count), side="right").astype(np.int64)
    return np.minimum(codes, len(edges) - 1)


def make_companies(rng: np.random.Generator, leads: int) -> Companies:
    """Returns companies for that many leads: fewer, larger ones and many small ones."""
    counts = [max(2, int(leads * share)) for share in (0.40, 0.11, 0.025)]
    size = np.repeat(np.arange(3), counts)
    total = len(size)
    low, high = np.array([2, 100, 1000])[size], np.array([99, 999, 20_000])[size]
    employees = np.exp(np.log(low) + rng.random(total) * (np.log(high) - np.log(low)))
    names = len(words.COMPANY_STEMS) * len(words.COMPANY_NOUNS)
    name = np.concatenate([rng.permutation(names) for _ in range(total // names + 1)])[:total]
    has_warehouse = rng.random(total) < np.array([0.25, 0.5, 0.7])[size]
    has_crm = rng.random(total) < np.array([0.3, 0.5, 0.6])[size]
    has_tool = rng.random(total) < 0.4
    return Companies(
        stem=name // len(words.COMPANY_NOUNS),
        noun=name % len(words.COMPANY_NOUNS),
        number=np.arange(total) // names,
        size=size,
        employees=np.maximum(1, np.rint(employees)).astype(np.int64),
        revenue=(np.rint(employees * rng.lognormal(11.8, 0.5, total) / 1000) * 1000).astype(
            np.int64
        ),
        industry=draw(rng, [share for _, share in words.INDUSTRIES], total),
        country=draw(rng, [country.share for country in words.COUNTRIES], total),
        warehouse=np.where(has_warehouse, rng.integers(0, len(words.WAREHOUSES), total), -1),
        crm=np.where(has_crm, rng.integers(0, len(words.CRMS), total), -1),
        tool=np.where(has_tool, rng.integers(0, len(words.OTHER_TOOLS), total), -1),
    )


def make_people(rng: np.random.Generator, leads: int, companies: Companies) -> People:
    """Returns that many leads of those companies."""
    size = draw(rng, [0.47, 0.30, 0.23], leads)
    first_company = np.searchsorted(companies.size, np.arange(4))
    company = first_company[size] + (
        rng.random(leads) * (first_company[size + 1] - first_company[size])
    ).astype(np.int64)
    title = _titles(rng, size)
    fit = _fit(companies, company, title)
    kind = _kinds(rng, fit)
    # A growing business: more leads come in lately than early.
    created = -(DAY * 600 * rng.random(leads) ** 1.3).astype(np.int64) - 3 * DAY
    decides, burst_days = _decisions(rng, size, kind, created)
    ends = _ends(rng, kind, created, decides)
    base = np.array([3.0, 2.0, 0.6, 0.5, 0.5, 0.9, 0.1])[kind]
    trial = np.array([[0.55, 0.35, 0.15], [0.10, 0.08, 0.03]])
    trial_share = np.where(
        kind == BUYER,
        trial[0][size],
        np.where(kind == INTERESTED, trial[1][size], np.where(kind == COMPETITOR, 0.2, 0.0)),
    )
    has_trial = rng.random(leads) < trial_share
    # Who has tried the product knows what it is worth.
    wish = 5.0 * (fit - 0.55) + 0.8 * has_trial + rng.normal(0, 0.5, leads)
    contact_share = np.array([0.95, 0.35, 0.08, 0.05, 0.03, 0.3, 0.05])
    return People(
        company=company,
        size=size,
        title=title,
        first_name=rng.integers(0, len(words.FIRST_NAMES), leads),
        last_name=rng.integers(0, len(words.LAST_NAMES), leads),
        kind=kind,
        fit=fit,
        created=created,
        decides=decides,
        burst_days=burst_days,
        ends=ends,
        # Who has been here longer has done more in all, and no less when new.
        weight=base
        * np.array([0.8, 1.0, 1.4])[size]
        * rng.gamma(2.0, 0.5, leads)
        * np.log1p((ends - created) / (FADE_DAYS * DAY)),
        has_trial=has_trial,
        contacted=rng.random(leads) < contact_share[kind],
        wins=rng.random(leads) < _sigmoid(wish),
    )


def _sigmoid(values: Real) -> Real:
    result: Real = 1 / (1 + np.exp(-values))
    return result


def _titles(rng: np.random.Generator, size: Whole) -> Whole:
    title = np.zeros(len(size), dtype=np.int64)
    for number, column in enumerate(("small", "mid", "large")):
        chosen = size == number
        weights = [getattr(entry, column) for entry in words.TITLES]
        title[chosen] = draw(rng, weights, int(chosen.sum()))
    return title


def _fit(companies: Companies, company: Whole, title: Whole) -> Real:
    matters = np.array([entry.matters for entry in words.TITLES])[title]
    in_target = companies.industry[company] < words.TARGET_INDUSTRIES
    in_core = np.array([country.is_core for country in words.COUNTRIES])[companies.country[company]]
    has_warehouse = companies.warehouse[company] >= 0
    fit: Real = 0.4 * matters + 0.25 * in_target + 0.15 * in_core + 0.2 * has_warehouse
    return fit


def _kinds(rng: np.random.Generator, fit: Real) -> Whole:
    # Those who fit want the product more often, but far from always.
    wish = rng.normal(0, 1, len(fit)) + 2.2 * fit
    rank = np.argsort(np.argsort(-wish, kind="stable"), kind="stable") / len(fit)
    kind = np.where(rank < 0.28, BUYER, np.where(rank < 0.55, INTERESTED, BROWSER))
    odd = rng.random(len(fit))
    edges = np.cumsum([0.04, 0.03, 0.015, 0.035])
    for number, other in enumerate((STUDENT, JOB_SEEKER, COMPETITOR, SPAM)):
        low = edges[number - 1] if number else 0.0
        kind = np.where((odd >= low) & (odd < edges[number]), other, kind)
    result: Whole = kind.astype(np.int64)
    return result


def _decisions(
    rng: np.random.Generator, size: Whole, kind: Whole, created: Whole
) -> tuple[Whole, Real]:
    burst_days = BURST_DAYS[size] * rng.gamma(4.0, 0.25, len(size))
    # Some come back and decide about now; the others do at the end of their journey.
    now = (DAY * rng.uniform(-8, 18, len(size))).astype(np.int64)
    journey = (DAY * JOURNEY_DAYS[size] * rng.gamma(3.0, 1 / 3, len(size))).astype(np.int64)
    decides = np.where(rng.random(len(size)) < 0.2, now, created + journey)
    soonest = created + (DAY * np.minimum(3, burst_days / 3)).astype(np.int64)
    return np.where(kind == BUYER, np.maximum(decides, soonest), 0), burst_days


def _ends(rng: np.random.Generator, kind: Whole, created: Whole, decides: Whole) -> Whole:
    # Many go cold: most within weeks, some later.
    stays = rng.random(len(kind)) < np.where(kind == INTERESTED, 0.65, 0.5)
    cold = created + (DAY * rng.gamma(1.5, 50.0, len(kind))).astype(np.int64)
    ends = np.where(stays, 0, np.minimum(cold, 0))
    # Won and lost buyers alike: how much one did before the decision must not tell the outcome.
    ends = np.where(kind == BUYER, np.minimum(decides + 15 * DAY, 0), ends)
    ends = np.where(kind == SPAM, np.minimum(created + 2 * DAY, 0), ends)
    result: Whole = np.maximum(ends, created + DAY // 2)
    return result
