"""Fits, checks and writes a suggested scorecard, from the input files to the rule tables."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from lead_scoring.data.folder import create_views, demo_folder
from lead_scoring.data.leaks import Leak, given_columns, leaks_of_scored_leads
from lead_scoring.databases import open_database
from lead_scoring.exports import maps_of
from lead_scoring.project import called
from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.checks.characters import can_be_named
from lead_scoring.rules.checks.report import in_words
from lead_scoring.rules.rule_set import Cells, RuleSet, read_rule_set
from lead_scoring.runs.failures import RunFailed
from lead_scoring.suggest.candidates import (
    BLANKS,
    Candidates,
    read_candidates,
    undeclared_columns,
)
from lead_scoring.suggest.card import Card
from lead_scoring.suggest.checking import checked, expected
from lead_scoring.suggest.decay import (
    AS_IT_IS,
    CurveCard,
    Measured,
    candidate_curves,
    curve_card,
    half_life_of_days,
    has_engagement_rules,
    measure_curves,
    measured_rows,
)
from lead_scoring.suggest.engine import (
    MOMENTS,
    SCORES,
    SCORES_AGAIN,
    Engine,
    new_event_types,
    read_scores,
    write_rules,
)
from lead_scoring.suggest.fitting import fit_card
from lead_scoring.suggest.labels import TooFewOutcomes, label_moments
from lead_scoring.suggest.measures import Area, area
from lead_scoring.suggest.rule_rows import Heading, Tables, card_rows, fitted_to, merged_tables
from lead_scoring.suggest.sample import Flags, Question, Sample, Whole, read_sample
from lead_scoring.suggest.thresholds import threshold_rows
from lead_scoring.suggest.unseen import FOLDS, folds, forward, on_folds
from lead_scoring.suggest.verdict import (
    Forward,
    Judged,
    Verdict,
    leaking_signals,
    verdict,
    words_of,
)


class NothingToSuggest(RuntimeError):
    """No signal tells anything of the outcome. The message says so."""


@dataclass(frozen=True)
class Request:
    """What is asked for. base: the scorecard whose leads are looked at."""

    base: str
    challenger: str
    data: Path | None
    rules: Path | None
    question: Question
    most_signals: int
    without: frozenset[str] = frozenset()
    threads: int | None = None
    echo: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A suggested card and what was measured: areas within months.

    folds: the mean of five cards, each on the fifth of the leads that it had not seen, by scores
    that the database gave; on_all: of the card itself, on the leads it was fitted to. leaks: what
    the card rests on and should not.
    """

    card: Card
    sample: Sample
    candidates: Candidates
    folds: Judged
    fold_values: tuple[float, ...]
    on_all: Area
    decays: tuple[Measured, ...]
    with_curve: Area | None  # of the base's rules with the chosen curve, where that is another
    half_life: int | None
    forward: Forward | None
    leaks: tuple[Leak, ...]
    tables: Tables

    @property
    def verdict(self) -> Verdict:
        """What is to be done with the card."""
        return verdict(self.folds, self.forward, self.leaks)


def suggest(request: Request, folder: Path, target: Path) -> Suggestion:
    """Fits a card, writes the rule tables with it to `target`, and returns what was measured.

    folder: for the scratch database. The card and one card for each fold are scored by the
    engine too: not one score may differ from the fitted one.

    Raises TooFewOutcomes, NothingToSuggest, RulesError and RunFailed.
    """
    rules = read_rule_set(request.rules)
    scorecards = rules.names("scorecards", "scorecard")
    if request.base not in scorecards:
        raise RunFailed(
            f"There is no scorecard {request.base}. There are: {', '.join(scorecards)}."
        )
    if scorecards[request.base]["status"] == "off":
        raise RunFailed(f"The scorecard {request.base} is off: it scores no leads to learn from.")
    if request.challenger in scorecards:
        raise RunFailed(
            f"There is a scorecard {request.challenger} already. Name another by --challenger."
        )
    database = folder / "lead_scoring.duckdb"
    found_types = event_types_of(request.data, rules)
    event_types = new_event_types(rules, [one for one in found_types if can_be_named(one)])
    curves = candidate_curves(request.base) if has_engagement_rules(rules, request.base) else []
    decays = [measured_rows(rules, request.base, curve) for curve in curves[1:]]
    is_live = scorecards[request.base]["status"] == "live"
    # A challenger takes no lead from the live ones, and without any nothing would be scored.
    stay = [
        name
        for name, row in scorecards.items()
        if name == request.base or (not is_live and row["status"] == "live")
    ]
    engine = Engine(request.data, request.question.as_of, database, request.threads, request.echo)
    write_rules(request.rules, {}, folder / "moments")
    engine.run(folder / "moments", request.question.relation(), MOMENTS)
    with open_database(database) as connection:
        undeclared = undeclared_in_words(connection, rules)
        try:
            labelled = label_moments(
                connection,
                request.question,
                request.base,
                folder / "moments.parquet",
                is_live=is_live,
            )
        except TooFewOutcomes as error:
            raise TooFewOutcomes(f"{error}{undeclared}") from None
        leaks = leaks_of_labelled(connection)
    write_rules(request.rules, merged_tables(decays), folder / "first", beside=stay)
    engine.run(folder / "first", labelled.relation(), SCORES)
    with open_database(database) as connection:
        sample = read_sample(connection, labelled)
        candidates = read_candidates(connection, sample, rules, request.without)
        measured = measure_curves(connection, sample, curves) if curves else []
        base_scores = read_scores(connection, request.base, sample.moment_keys)
        curve_found = _curve_card(connection, request, rules, sample, measured, base_scores)
    half_life = _half_life(measured) or half_life_of_days(candidates.found, sample.label)
    everyone = np.ones(len(sample.label), dtype=np.bool_)

    def fitted(train: Flags) -> Card:
        return fit_card(candidates.found, sample.label, train, half_life, request.most_signals)

    card = fitted(everyone)
    if not card.signals:
        raise NothingToSuggest(
            "Nothing that was looked at tells the outcome apart from chance: there are no points "
            f"to suggest.{undeclared}"
        )
    tests = list(folds(sample))
    cards = {
        f"{request.challenger}__fold_{place}": fitted(~test) for place, test in enumerate(tests)
    }
    cards[request.challenger] = card
    rows = {
        name: card_rows(one, _heading(request, rules, name, sample), rules, request.base)
        for name, one in cards.items()
    }
    curve_rows = [curve_found.rows] if curve_found else []
    everything = merged_tables([event_types, *curve_rows, *rows.values()])
    write_rules(request.rules, everything, folder / "second", beside=stay)
    engine.run(folder / "second", labelled.relation(), SCORES_AGAIN)
    with open_database(database) as connection:
        scores = {
            name: checked(read_scores(connection, name, sample.moment_keys), name, expected(one))
            for name, one in cards.items()
        }
        if curve_found:
            name = curve_found.name
            found = read_scores(connection, name, sample.moment_keys)
            scores[name] = checked(found, name, curve_found.expected)
    folds_judged, fold_values = on_folds(
        sample,
        tests,
        [scores[f"{request.challenger}__fold_{place}"] for place in range(FOLDS)],
        base_scores["total_score"],
    )
    found_forward = forward(sample, fitted, base_scores["total_score"])
    leaking = tuple(leaking_signals(card.signals, leaks, sample))
    found_verdict = verdict(folds_judged, found_forward, leaking)
    said = words_of(found_verdict, request.base, folds_judged, found_forward)
    rows[request.challenger]["scorecards"][0]["note"] = (
        f"{fitted_to(sample.fitted_until)}{said}. {_heading(request, rules, '', sample).note}"
    )
    tables = merged_tables(
        [
            event_types,
            *curve_rows,
            rows[request.challenger],
            {
                "thresholds": threshold_rows(
                    rules, request.base, request.challenger, base_scores, card.scores()
                )
            },
        ]
    )
    _publish(request.rules, tables, folder / "suggested", target)
    return Suggestion(
        card=card,
        sample=sample,
        candidates=candidates,
        folds=folds_judged,
        fold_values=fold_values,
        on_all=area(sample.label, scores[request.challenger], sample.months),
        decays=tuple(measured),
        with_curve=area(sample.label, scores[curve_found.name], sample.months)
        if curve_found
        else None,
        half_life=half_life,
        forward=found_forward,
        leaks=leaking,
        tables=tables,
    )


def leaks_of_labelled(connection: duckdb.DuckDBPyConnection) -> list[Leak]:
    """Returns the columns that know the answer, by each lead's first moment."""
    labels = (
        "select moment_key, lead_key, case when fate = 'used' then label end as label"
        " from labelled qualify row_number() over (partition by lead_key order by as_of) = 1"
    )
    return leaks_of_scored_leads(connection, labels, given_columns(connection))


def undeclared_in_words(connection: duckdb.DuckDBPyConnection, rules: RuleSet) -> str:
    """Returns what is to be said of columns that nobody looked at; '' where there are none."""
    names = undeclared_columns(connection, rules)
    if not names:
        return ""
    return (
        f" Not looked at, since no row in attributes says when they are known: {', '.join(names)}."
        f" {called('start rules')} makes the rows."
    )


def _publish(rules: Path | None, tables: Tables, folder: Path, target: Path) -> None:
    """Writes the rule tables to `target`, once they are known to be right. Raises RunFailed."""
    write_rules(rules, tables, folder)
    refusals = [one for one in check_folder(folder) if one.is_refusal]
    if refusals:
        raise RunFailed(
            "The suggested rule tables would be refused, so none were written:\n"
            + "\n".join(in_words(one) for one in refusals).replace(str(folder), str(target))
        )
    shutil.copytree(folder, target, dirs_exist_ok=True)


def event_types_of(data: Path | None, rules: RuleSet) -> list[str]:
    """Returns the types of the input's events, as these rule tables name them.

    One that holds an address is left out: that is a person's, and no type.
    """
    with duckdb.connect() as connection:
        create_views(connection, data or demo_folder(), maps_of(rules))
        found = connection.execute(
            f"select distinct lower(trim(cast(event_type as varchar), {BLANKS})) as event_type"
            " from inputs.main.events where event_type is not null order by all"
        ).fetchall()
    return [event_type for (event_type,) in found if event_type and "@" not in event_type]


def _half_life(measured: Sequence[Measured]) -> int | None:
    """The half-life for signals that fade: the chosen one; where what stands, or no decay, was
    chosen for the scorecard's own rules, the best of the candidates that have one. Whether a
    signal that fades tells more than one that does not is for the fit to say."""
    fading = [one for one in measured if one.curve.half_life is not None]
    chosen = [one for one in fading if one.is_chosen]
    best = chosen[0] if chosen else max(fading, key=lambda one: one.value, default=None)
    return best.curve.half_life if best else None


def _heading(request: Request, rules: RuleSet, name: str, sample: Sample) -> Heading:
    own: Cells = rules.names("scorecards", "scorecard")[request.base]
    priorities = [float(row["priority"]) for row in rules.tables["scorecards"] if row["priority"]]
    certainty = "" if sample.is_certain else ". Low confidence: few outcomes"
    return Heading(
        name=name,
        segment=own["segment"],
        owner=own["owner"],
        priority=str(int(max(priorities, default=0)) + 5),
        description=f"Suggested from outcomes, beside {request.base}",
        note=(
            f"{sample.size_in_words()} of {sample.leads_with:,} leads with the "
            f"outcome and {sample.leads_without:,} without: {request.question.in_words()}"
            f"{certainty}"
        ),
    )


def _curve_card(
    connection: duckdb.DuckDBPyConnection,
    request: Request,
    rules: RuleSet,
    sample: Sample,
    measured: Sequence[Measured],
    before: Mapping[str, Whole],
) -> CurveCard | None:
    chosen = next((one.curve for one in measured if one.is_chosen), None)
    if chosen is None or chosen.words == AS_IT_IS:
        return None
    found = read_scores(connection, chosen.scorecard, sample.moment_keys)
    name = f"{request.challenger}_decay"
    return curve_card(
        rules, request.base, chosen, name, before, found, fitted_to(sample.fitted_until)
    )
