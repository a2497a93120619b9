"""How far a likelihood is right, on leads that neither fit nor calibration had seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

import duckdb
import numpy as np

from lead_scoring.prediction.model import Model
from lead_scoring.prediction.order import (
    SHARE_FORWARD,
    SHARE_NEWEST,
    Order,
    has_both,
    rows_per_news,
)
from lead_scoring.suggest.measures import area, mean_area
from lead_scoring.suggest.sample import Flags, Real, Sample, Whole
from lead_scoring.suggest.unseen import folds
from lead_scoring.suggest.verdict import Judged

GROUPS = 10
SLICED_BY = ("region", "company_size", "email_type")
FEWEST_IN_SLICE = 50
FACTOR = 1.5  # so many times as many outcomes as foretold, or as few, is off
LOG_ODDS_AT_MOST = 1e-9
NEWEST = "newest quarter"


@dataclass(frozen=True)
class Slice:
    """Leads that share a value. foretold, came: how many outcomes of its rows.

    factor_low, factor_high: the ends of the 95 % interval of came over foretold; rows of one lead
    count together. Where all rows have one answer it is Wilson's.
    """

    column: str
    value: str
    rows: int
    foretold: float
    came: int
    factor_low: float
    factor_high: float

    @property
    def factor(self) -> float:
        """How many times as many outcomes came as were foretold."""
        return self.came / self.foretold

    @property
    def is_off(self) -> bool:
        """Whether it is off by more than the limit, and by more than chance."""
        is_far = self.factor > FACTOR or self.factor < 1 / FACTOR
        return is_far and not self.factor_low <= 1 <= self.factor_high


@dataclass(frozen=True)
class Forward:
    """A model of the older 70 % of the moments, on the newest 30 %.

    judged: it and the scorecard, AUC within months. slope: of the outcome's log-odds over those
    foretold, with the ends of its interval, in the newest quarter. error: mean
    distance of ten equal groups. log_loss_of_rate: of whoever foretells the older leads' rate.
    """

    judged: Judged
    since: datetime
    rows: int
    rate_before: float
    rate_after: float
    mean_foretold: float
    slope: tuple[float, float, float] | None
    error: float
    log_loss: float
    log_loss_of_rate: float
    groups: tuple[Slice, ...]
    slices: tuple[Slice, ...]

    @property
    def is_broken(self) -> bool:
        """Whether the base rate moved so far that the level of what is foretold is wrong."""
        moved = self.rate_after / self.rate_before
        is_steady = 1 / FACTOR <= moved <= FACTOR
        return not is_steady or any(one.is_off for one in self._newest)

    @property
    def slices_off(self) -> int:
        """How many slices are off; a base rate that moved puts the newest leads off."""
        others = [one for one in self.slices if one.is_off and one not in self._newest]
        return len(others) + self.is_broken

    @property
    def _newest(self) -> list[Slice]:
        return [one for one in self.slices if one.column == NEWEST]


@dataclass(frozen=True)
class Figures:
    """What is known of a model. folds: the mean of five, each on leads that it had not seen."""

    forward: Forward | None
    folds: Judged


Fit = Callable[[Flags], Model]


def measure(
    sample: Sample, order: Order, fit: Fit, base: Whole, slices: Mapping[str, Sequence[str]]
) -> Figures:
    """Fits anew to parts of the sample, and judges by the rest.

    base: total scores of the scorecard. slices: column -> its value in every row; '' unknown.
    """
    tests = list(folds(sample))
    own, of_base = [], []
    for test in tests:
        likelihoods = fit(~test).likelihoods()
        own.append((test, area(sample.label[test], likelihoods[test], sample.months[test])))
        of_base.append((test, area(sample.label[test], base[test], sample.months[test])))
    rows = len(sample.label)
    judged = Judged(mean_area(own, rows), mean_area(of_base, rows), sample.leads)
    return Figures(_forward(sample, order, fit, base, slices), judged)


def _forward(
    sample: Sample, order: Order, fit: Fit, base: Whole, slices: Mapping[str, Sequence[str]]
) -> Forward | None:
    everyone = np.ones(len(sample.label), dtype=np.bool_)
    newer = order.newest(everyone, SHARE_FORWARD)
    older = order.before(everyone, newer)
    if not has_both(sample.label, newer) or not has_both(sample.label, older):
        return None
    likelihoods = fit(older).likelihoods()
    newest = order.newest(everyone, SHARE_NEWEST)
    foretold, label, leads = likelihoods[newer], sample.label[newer], sample.leads[newer]
    months = sample.months[newer]
    before = float(sample.label[older].mean())
    news = rows_per_news(label, leads)
    groups = tuple(_groups(foretold, label, leads, news))
    rows = (likelihoods[newest], sample.label[newest], sample.leads[newest])
    found = [slice_of(NEWEST, "all leads", *rows, news)]
    for column, values in slices.items():
        of_rows = np.array(values, dtype=object)[newer]
        for value in sorted(set(of_rows.tolist())):
            inside = of_rows == value
            if inside.sum() >= FEWEST_IN_SLICE:
                rows = (foretold[inside], label[inside], leads[inside])
                found.append(slice_of(column, value or "unknown", *rows, news))
    times = sample.times.astype("datetime64[s]").astype(np.int64)
    return Forward(
        judged=Judged(area(label, foretold, months), area(label, base[newer], months), leads),
        since=datetime.fromtimestamp(int(times[newer].min()), timezone.utc),
        rows=int(newer.sum()),
        rate_before=before,
        rate_after=float(label.mean()),
        mean_foretold=float(foretold.mean()),
        slope=slope(likelihoods[newest], sample.label[newest], sample.leads[newest]),
        error=float(np.mean([abs(one.came - one.foretold) / one.rows for one in groups])),
        log_loss=log_loss(foretold, label),
        log_loss_of_rate=log_loss(np.full(len(label), before), label),
        groups=groups,
        slices=tuple(found),
    )


def log_loss(foretold: Real, label: Flags) -> float:
    """The mean of what each answer costs: -ln of the likelihood that it was given."""
    given = np.clip(np.where(label, foretold, 1 - foretold), LOG_ODDS_AT_MOST, 1)
    return float(-np.log(given).mean())


def _groups(foretold: Real, label: Flags, leads: Whole, news: float) -> list[Slice]:
    """Ten groups of equally many rows, by rising likelihood."""
    order = np.argsort(foretold, kind="stable")
    return [
        slice_of("group", str(place + 1), foretold[rows], label[rows], leads[rows], news)
        for place, rows in enumerate(np.array_split(order, GROUPS))
        if len(rows)
    ]


def slice_of(
    column: str, value: str, foretold: Real, label: Flags, leads: Whole, news: float
) -> Slice:
    """Returns a slice of these rows. news: how many of all rows tell as much as one of a lead of
    its own does, by rows_per_news.
    """
    expected, came = float(foretold.sum()), int(label.sum())
    if came in (0, len(label)):
        # Answers that are all alike do not tell how much a lead's vary together: all rows do.
        many = max(len(np.unique(leads)), len(label) / news)
        low, high = (end * len(label) / expected for end in wilson(came / len(label), many))
    else:
        # Few outcomes may vary less than what was foretold says that they might have.
        by_chance = float(np.sqrt(np.sum(foretold * (1 - foretold))))
        error = max(_clustered(label - foretold, leads), by_chance)
        low, high = (came - 1.96 * error) / expected, (came + 1.96 * error) / expected
    return Slice(column, value, len(label), expected, came, max(0.0, low), high)


def wilson(rate: float, many: float) -> tuple[float, float]:
    """The ends of Wilson's 95 % interval of a rate, as the tables of evidence have it."""
    square = 1.96**2
    middle = rate + square / (2 * many)
    spread = 1.96 * float(np.sqrt(rate * (1 - rate) / many + square / (4 * many**2)))
    return (middle - spread) / (1 + square / many), (middle + spread) / (1 + square / many)


def _clustered(values: Real, leads: Whole) -> float:
    """The standard error of a sum whose terms of one lead are not independent."""
    _, groups = np.unique(leads, return_inverse=True)
    sums = np.bincount(groups.ravel(), weights=values)
    return float(np.sqrt(np.sum(sums**2)))


def slope(foretold: Real, label: Flags, leads: Whole) -> tuple[float, float, float] | None:
    """The slope of the outcome's log-odds over those foretold, and the ends of its 95 % interval.

    1 is right; below it the likelihoods say more than they know, above it less. None where there
    is too little to tell. Fitted by Newton's steps; the error adds up rows of one lead first.
    """
    if not has_both(label, np.ones(len(label), dtype=np.bool_)):
        return None
    inside = np.clip(foretold, 1e-6, 1 - 1e-6)
    columns = np.stack([np.log(inside / (1 - inside)), np.ones(len(label))])
    if np.ptp(columns[0]) == 0:
        return None
    found = np.array([1.0, 0.0])
    for _ in range(50):
        likelihoods = 1 / (1 + np.exp(-found @ columns))
        residuals = label - likelihoods
        curvature = (columns * (likelihoods * (1 - likelihoods))) @ columns.T
        step = np.linalg.solve(curvature, columns @ residuals)
        found = found + step
        if np.abs(step).max() < 1e-10:
            break
    _, groups = np.unique(leads, return_inverse=True)
    scores = np.stack([np.bincount(groups.ravel(), weights=one * residuals) for one in columns])
    inverse = np.linalg.inv(curvature)
    error = float(np.sqrt((inverse @ (scores @ scores.T) @ inverse)[0, 0]))
    value = float(found[0])
    return value, value - 1.96 * error, value + 1.96 * error


def read_slices(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[str], rows: int
) -> dict[str, list[str]]:
    """Returns the values of columns of leads, given or derived, of every row; '' unknown.

    The table sample_versions is there. A column that no lead has is left out.
    """
    described = connection.execute("describe sample_versions").fetchall()
    known = {name.lower(): name for name, *_ in described}
    found = {}
    for column in columns:
        if column not in known:
            continue
        name = known[column].replace('"', '""')
        values = [""] * rows
        read = connection.execute(
            f"select place, coalesce(lower(trim(cast(\"{name}\" as varchar))), '')"
            " from sample_versions"
        )
        for place, value in read.fetchall():
            values[place] = value
        if len(set(values)) > 1:
            found[column] = values
    return found
