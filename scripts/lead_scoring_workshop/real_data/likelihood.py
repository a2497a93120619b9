"""Sets trained likelihoods beside other models, on the same columns and moments.

Forward: fitted to the oldest 70 %, tried on the newest 30 %. X Education has no dates, and its
numbers fall with time; so its leads get dates that are made up from their numbers: only the order
means something.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from lead_scoring.databases import Row
from lead_scoring.prediction.card_files import write_card
from lead_scoring.prediction.columns import Column, TextColumn
from lead_scoring.prediction.figures import log_loss
from lead_scoring.prediction.order import SHARE_FORWARD, Order
from lead_scoring.prediction.training import Request, Training, train
from lead_scoring.reading.headers import literal
from lead_scoring.suggest.measures import Area, area
from lead_scoring.suggest.sample import At, Flags, Foretold, Question, Real
from lead_scoring.times import read_time
from lead_scoring_workshop.real_data.sets import DataSet, prepare

FEWEST_ROWS = 20  # of a text, for a column of its own
DATED = Question(read_time("2020-01-01"), days=1, horizon_days=365)
FIRST_PROJECT = Question(read_time("2015-09-30"), days=7, horizon_days=60)
ACTIVE = Question(
    read_time("2015-08-27"), at=At.weekly, days=7, foretold=Foretold.active, horizon_days=14
)


@dataclass(frozen=True)
class Asked:
    """A question to a data set. name: as the report has it."""

    name: str
    data_set: DataSet
    scorecard: str
    question: Question


QUESTIONS = (
    Asked("X Education: converted", DataSet.xeducation, "course", DATED),
    Asked("Udacity: first project in 60 days", DataSet.udacity, "learner", FIRST_PROJECT),
    Asked("Udacity: active in 14 days, weekly", DataSet.udacity, "learner", ACTIVE),
)


def measured(source: Path, folder: Path) -> list[Row]:
    """Trains on each question, cards and rule tables into `folder`; returns rows of the report.

    source: the folder with the sets as published. Raises SourceError and RunFailed.
    """
    found = []
    for place, asked in enumerate(QUESTIONS):
        work = folder / f"{place}_{asked.data_set.value}"
        prepare(asked.data_set, source / asked.data_set.value, work / "input")
        if asked.data_set is DataSet.xeducation:
            _give_dates(work / "input")
        request = Request(
            asked.scorecard,
            f"{asked.scorecard}_{asked.question.foretold.value}",
            work / "input",
            asked.data_set.rules,
            asked.question,
            # Nobody knows when Last Activity was written.
            without=frozenset({"last_activity"}),
            echo=True,
        )
        (work / "work").mkdir()
        training = train(request, work / "work", work / "rules")
        write_card(training, request, work / "rules")
        found.append(_row(asked, training))
    return found


def _give_dates(folder: Path) -> None:
    """Spreads the leads over a year by their numbers, the highest first, and all of theirs."""
    leads = "read_csv('{}', all_varchar = true)"
    with duckdb.connect() as connection:
        connection.execute(
            "create table moved as select lead_id, to_days(cast(365.0 * (row_number() over ("
            "order by cast(lead_id as bigint) desc) - 1) / count(*) over () as integer)) as later"
            f" from {leads.format(folder / 'leads.csv')}"
        )
        for name, columns in (
            ("leads", ("created_at", "updated_at")),
            ("events", ("occurred_at",)),
            ("outcomes", ("occurred_at",)),
        ):
            file = folder / f"{name}.csv"
            moved = ", ".join(
                f"strftime(cast({column} as timestamp) + later, '%Y-%m-%dT%H:%M:%SZ') as {column}"
                for column in columns
            )
            connection.execute(
                f"create table {name} as select given.* replace ({moved})"
                f" from {leads.format(file)} as given inner join moved using (lead_id)"
            )
            connection.execute(f"copy {name} to {literal(file)} (header)")


def _row(asked: Asked, training: Training) -> Row:
    sample, forward = training.sample, training.figures.forward
    if forward is None:
        raise ValueError(f"{asked.name} has no later moments.")
    order = Order.of(sample, asked.question)
    everyone = np.ones(len(sample.label), dtype=np.bool_)
    newer = order.newest(everyone, SHARE_FORWARD)
    older = order.before(everyone, newer)
    label, months = sample.label[newer], sample.months[newer]
    boosted = _boosted(training.columns, sample.label, older)[newer]
    straight = _logistic(training.columns, sample.label, older)[newer]
    of_boosted, of_straight = area(label, boosted, months), area(label, straight, months)
    slope = forward.slope
    return {
        "Asked": asked.name,
        "Moments": f"{older.sum():,} → {newer.sum():,}",
        "Had it": f"{100 * forward.rate_before:.1f} % → {100 * forward.rate_after:.1f} %",
        "AUC": _said(forward.judged.card, sample.leads[newer]),
        "Gradient boosting": _said(of_boosted, sample.leads[newer]),
        "Logistic": _said(of_straight, sample.leads[newer]),
        "Scorecard": _said(forward.judged.base, sample.leads[newer]),
        "Log loss": f"{forward.log_loss:.3f}",
        "Of boosting": f"{log_loss(boosted, label):.3f}",
        "Of logistic": f"{log_loss(straight, label):.3f}",
        "Calibration error": f"{forward.error:.3f}",
        "Slope": "-" if slope is None else f"{slope[0]:.2f} ({slope[1]:.2f} to {slope[2]:.2f})",
        "Said to be broken": "yes" if forward.is_broken else "no",
        "Features": len(training.model.parts),
    }


def _said(one: Area, leads: np.ndarray) -> str:
    return f"{one.value:.3f} ± {one.error(leads):.3f}"


def _boosted(columns: Sequence[Column], label: Flags, rows: Flags) -> Real:
    """The likelihoods of gradient boosting with its own settings."""
    matrix = np.stack(
        [
            one.places.astype(np.float64) if isinstance(one, TextColumn) else one.numbers
            for one in columns
        ],
        axis=1,
    )
    kinds = [isinstance(one, TextColumn) for one in columns]
    matrix[:, kinds] = np.where(matrix[:, kinds] < 0, np.nan, matrix[:, kinds])
    model = HistGradientBoostingClassifier(categorical_features=kinds, random_state=0)
    return np.asarray(model.fit(matrix[rows], label[rows]).predict_proba(matrix)[:, 1])


def _logistic(columns: Sequence[Column], label: Flags, rows: Flags) -> Real:
    """The likelihoods of a logistic regression: numbers as they are, a column for each text."""
    found = []
    for one in columns:
        if isinstance(one, TextColumn):
            found += [
                (one.places == place).astype(np.float64)
                for place in range(-1, len(one.values) + 1)
                if (one.places[rows] == place).sum() >= FEWEST_ROWS
            ]
        else:
            is_missing = np.isnan(one.numbers)
            found += [np.where(is_missing, 0.0, one.numbers), is_missing.astype(np.float64)]
    matrix = np.stack(found, axis=1)
    matrix = StandardScaler().fit(matrix[rows]).transform(matrix)
    model = LogisticRegression(max_iter=2_000).fit(matrix[rows], label[rows])
    return np.asarray(model.predict_proba(matrix)[:, 1])
