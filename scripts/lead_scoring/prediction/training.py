"""Trains a likelihood, from the input files to the rule tables and the card."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np

from lead_scoring.data.leaks import Leak
from lead_scoring.databases import open_database
from lead_scoring.prediction.columns import Column, read_columns
from lead_scoring.prediction.features import Feature, features_of_events, refused_types
from lead_scoring.prediction.figures import SLICED_BY, Figures, measure, read_slices
from lead_scoring.prediction.model import Model, fit_model
from lead_scoring.prediction.order import Order
from lead_scoring.prediction.rows import Heading, prediction_rows
from lead_scoring.prediction.tables import read_rows, read_tables, with_prediction, write_tables
from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.checks.characters import can_be_named
from lead_scoring.rules.checks.report import in_words
from lead_scoring.rules.rule_set import Cells, RuleSet, read_rule_set
from lead_scoring.runs.failures import RunFailed
from lead_scoring.suggest.engine import (
    INPUTS,
    MOMENTS,
    RULES_HOLD,
    SCORES,
    SCORES_AGAIN,
    Engine,
    Step,
    new_event_types,
    read_scores,
)
from lead_scoring.suggest.labels import TooFewOutcomes, label_moments
from lead_scoring.suggest.measures import area
from lead_scoring.suggest.sample import (
    Flags,
    Foretold,
    Labelled,
    Question,
    Real,
    Sample,
    read_sample,
)
from lead_scoring.suggest.suggestion import (
    NothingToSuggest,
    event_types_of,
    leaks_of_labelled,
    undeclared_in_words,
)
from lead_scoring.suggest.verdict import TOO_GOOD

# What features are measured by, and the scores that the likelihood stands beside. Features have no
# bins yet: the rules are held to their checks before, and with their bins afterwards.
MEASURES = Step(
    (
        *(one for one in SCORES.select if one != RULES_HOLD),
        "+int_lead_scoring__prediction_measures",
    ),
    INPUTS,
)
LIKELIHOODS = Step(("+int_lead_scoring__likelihoods", RULES_HOLD), SCORES_AGAIN.exclude)
AGREEMENT = 1e-9


@dataclass(frozen=True)
class Request:
    """What is asked for. scorecard: whose leads are looked at; it has to be live."""

    scorecard: str
    prediction: str
    data: Path | None
    rules: Path | None
    question: Question
    without: frozenset[str] = frozenset()
    slices: tuple[str, ...] = ()
    threads: int | None = None
    echo: bool = False


@dataclass(frozen=True)
class Training:
    """A trained likelihood and all that is known of it. contacted: of the leads of training, how
    many anybody is on record to have spoken to. rows: of the tables.
    """

    model: Model
    sample: Sample
    columns: Sequence[Column]
    figures: Figures
    leaks: tuple[Leak, ...]
    refused: tuple[str, ...]
    contacted: int
    rows: Mapping[str, Sequence[Cells]]


def train(request: Request, folder: Path, target: Path) -> Training:
    """Fits a likelihood, and writes the rule tables with its rows to `target`.

    folder: for the scratch database. The engine scores every moment with the rows: where it
    differs from what was fitted nothing is written.

    Raises TooFewOutcomes, NothingToSuggest, RulesError and RunFailed.
    """
    rules = read_rule_set(request.rules)
    _check_scorecard(rules, request.scorecard)
    database = folder / "lead_scoring.duckdb"
    engine = Engine(request.data, request.question.as_of, database, request.threads, request.echo)
    before = read_tables(request.rules)
    others = with_prediction(before, request.prediction, {name: [] for name in before})
    write_tables(request.rules, others, folder / "moments")
    engine.run(folder / "moments", request.question.relation(), MOMENTS)
    with open_database(database) as connection:
        undeclared = undeclared_in_words(connection, rules)
        moments = folder / "moments.parquet"
        try:
            labelled = label_moments(connection, request.question, request.scorecard, moments)
        except TooFewOutcomes as error:
            raise TooFewOutcomes(f"{error}{undeclared}") from None
        leaks = leaks_of_labelled(connection)
    found_types = event_types_of(request.data, rules)
    types = [one for one in found_types if can_be_named(one)]
    new_types = new_event_types(rules, types)["event_types"]
    features = features_of_events(rules, types, request.without)
    candidates = _candidate_rows(request, features) | {
        "event_types": [*read_rows(request.rules, "event_types"), *new_types]
    }
    write_tables(request.rules, candidates, folder / "measures")
    engine.run(folder / "measures", labelled.relation(), MEASURES)
    with open_database(database) as connection:
        sample = read_sample(connection, labelled)
        columns, refused = read_columns(
            connection, sample, rules, features, request.prediction, request.without
        )
        base = read_scores(connection, request.scorecard, sample.moment_keys)["total_score"]
        slices = read_slices(connection, [*SLICED_BY, *request.slices], len(sample.label))
        days = _days(connection, labelled, len(sample.label))
        mean_amount = _mean_amount(connection, request.question)
        contacted = _contacted(connection)
    order = Order.of(sample, request.question)
    everyone = np.ones(len(sample.label), dtype=np.bool_)

    def fit(rows: Flags) -> Model:
        return fit_model(columns, sample.label, days, order, rows)

    model = fit(everyone)
    if not model.parts:
        raise NothingToSuggest(
            "Nothing that was looked at tells the outcome apart from chance: there is no "
            f"likelihood to train.{undeclared}"
        )
    figures = measure(sample, order, fit, base, slices)
    leaking = tuple(leaking_features(model, leaks, sample))
    rows = prediction_rows(_heading(request, sample, mean_amount), model, figures, len(leaking))
    tables = with_prediction(before, request.prediction, rows)
    used = {part.feature.event_type for part in model.parts}
    if added := [row for row in new_types if row["event_type"] in used]:
        tables["event_types"] = [*read_rows(request.rules, "event_types"), *added]
    write_tables(request.rules, tables, folder / "trained")
    engine.run(folder / "trained", labelled.relation(), LIKELIHOODS)
    with open_database(database) as connection:
        _check(connection, request.prediction, sample, model, rows)
    _refuse_wrong(folder / "trained", target)
    shutil.copytree(folder / "trained", target, dirs_exist_ok=True)
    refused += refused_types(rules, found_types, request.without)
    return Training(model, sample, columns, figures, leaking, tuple(refused), contacted, rows)


def _check_scorecard(rules: RuleSet, name: str) -> None:
    scorecards = rules.names("scorecards", "scorecard")
    live = [one for one, row in scorecards.items() if row["status"] == "live"]
    if name not in live:
        raise RunFailed(
            f"There is no live scorecard {name}: a likelihood stands beside the score that leads "
            f"have. There are: {', '.join(live)}."
        )


def _candidate_rows(request: Request, features: Sequence[Feature]) -> dict[str, list[Cells]]:
    """The tables by which candidates are measured: the prediction alone, without bins."""
    question = request.question
    row = {
        "prediction": request.prediction,
        "scorecard": request.scorecard,
        "status": "challenger",
        "foretells": question.foretold.value,
        "horizon_days": str(question.horizon_days),
        "moments": question.at.value,
        "days": str(question.days),
    }
    return {
        "predictions": [row],
        "prediction_features": [one.row(request.prediction) for one in features],
        "prediction_bins": [],
        "prediction_calibration": [],
        "prediction_approvals": [],
    }


def _days(connection: duckdb.DuckDBPyConnection, labelled: Labelled, rows: int) -> Real:
    """The days until each row of the sample had the outcome; NaN: it had not."""
    found = np.full(rows, np.nan)
    read = connection.execute(
        "select place, date_diff('second', rows.as_of, answered_at) / 86400.0 as days"
        f" from sample_rows as rows inner join {labelled.rows()} as used using (lead_key, as_of)"
        " where answered_at is not null"
    ).fetchnumpy()
    found[np.ma.getdata(read["place"])] = np.ma.getdata(read["days"])
    return found


def _mean_amount(connection: duckdb.DuckDBPyConnection, question: Question) -> Decimal | None:
    """The mean amount of the first wins of the sample's leads; None where none has one."""
    if question.foretold is not Foretold.won:
        return None
    (mean,) = connection.execute(
        "select cast(round(avg(amount), 2) as decimal(18, 2)) from ("
        " select lead_key, arg_min(amount, occurred_at) as amount"
        " from stg_lead_scoring__outcomes semi join sample_rows using (lead_key)"
        " where outcome = 'won' and quarantine_cause is null and known_at <= $1"
        " group by lead_key) as wins",
        [question.as_of.replace(tzinfo=None)],
    ).fetchone() or (None,)
    return None if mean is None else Decimal(mean)


def _contacted(connection: duckdb.DuckDBPyConnection) -> int:
    """How many leads of the sample sales are on record to have dealt with."""
    (found,) = connection.execute(
        "select count(distinct lead_key) from stg_lead_scoring__outcomes"
        " semi join sample_rows using (lead_key)"
        " where quarantine_cause is null"
    ).fetchone() or (0,)
    return int(found)


def _heading(request: Request, sample: Sample, mean_amount: Decimal | None) -> Heading:
    certainty = "" if sample.is_certain else ". Low confidence: few outcomes"
    return Heading(
        prediction=request.prediction,
        scorecard=request.scorecard,
        question=request.question,
        trained_from=str(sample.times.min().astype("datetime64[D]")),
        trained_until=str(sample.times.max().astype("datetime64[D]")),
        leads_with=sample.leads_with,
        leads_without=sample.leads_without,
        mean_amount=mean_amount,
        note=f"Trained on {sample.size_in_words()}{certainty}",
    )


def leaking_features(model: Model, leaks: Sequence[Leak], sample: Sample) -> list[Leak]:
    """Returns the leaks that a model rests on: columns that know the answer, and features so good
    alone that they must.

    Events carry their own time: whether a lead acts again they may tell that well.
    """
    known = {leak.column: leak for leak in leaks}
    found = {}
    for part in model.parts:
        feature = part.feature
        if feature.is_of_attribute and feature.attribute in known:
            found[feature.attribute] = known[feature.attribute]
        elif feature.is_of_attribute or sample.foretold is Foretold.won:
            alone = area(sample.label, part.log_odds(), sample.months).value
            if alone > TOO_GOOD:
                words = f"alone it ranks {100 * alone:.0f} % of the pairs right"
                found[feature.name] = Leak(feature.name, words)
    return list(found.values())


def _check(
    connection: duckdb.DuckDBPyConnection,
    prediction: str,
    sample: Sample,
    model: Model,
    rows: Mapping[str, Sequence[Cells]],
) -> None:
    """Raises RunFailed where the engine scores a moment otherwise than the fit."""
    (fingerprint,) = connection.execute(
        "select fingerprint from int_lead_scoring__predictions where prediction = $1", [prediction]
    ).fetchone() or ("",)
    found = connection.execute(
        "select moment_key, cast(log_odds * 1000000 as bigint) as log_odds,"
        " cast(probability as double) as probability"
        " from int_lead_scoring__likelihoods where prediction = $1 order by moment_key",
        [prediction],
    ).fetchnumpy()
    keys = np.ma.getdata(found["moment_key"])
    places = np.searchsorted(keys, sample.moment_keys)
    if not len(keys) or not np.array_equal(
        keys[np.minimum(places, len(keys) - 1)], sample.moment_keys
    ):
        raise RunFailed(
            "The engine gave some moments no likelihood: this is a fault of the program. Nothing "
            "was written."
        )
    apart = int(np.sum(np.ma.getdata(found["log_odds"])[places] != model.log_odds()))
    probabilities = np.ma.asarray(found["probability"])[places]
    known = ~np.ma.getmaskarray(probabilities)
    off = np.ma.getdata(probabilities) - model.likelihoods()
    apart += int(np.sum(np.abs(off[known]) > AGREEMENT))
    if apart or fingerprint != rows["predictions"][0]["fingerprint"]:
        raise RunFailed(
            f"The likelihoods of {apart:,} moments differ between the fit and the database, or the "
            "fingerprint does: this is a fault of the program. Nothing was written."
        )


def _refuse_wrong(folder: Path, target: Path) -> None:
    refusals = [one for one in check_folder(folder) if one.is_refusal]
    if refusals:
        raise RunFailed(
            "The rule tables would be refused, so none were written:\n"
            + "\n".join(in_words(one) for one in refusals).replace(str(folder), str(target))
        )
