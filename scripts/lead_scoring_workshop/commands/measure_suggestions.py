"""The command workshop measure suggestions: fits points to public data, and writes it down."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import duckdb
import numpy as np
import typer

from lead_scoring.databases import Row, open_database
from lead_scoring.project import PROJECT
from lead_scoring.runs.failures import RunFailed
from lead_scoring.suggest.card import Decayed, Signal
from lead_scoring.suggest.engine import read_scores
from lead_scoring.suggest.fitting import fit_card
from lead_scoring.suggest.measures import Area, area
from lead_scoring.suggest.sample import At, Foretold, Question
from lead_scoring.suggest.suggestion import Request, Suggestion, suggest
from lead_scoring.suggest.verdict import Judged
from lead_scoring.terminal import console
from lead_scoring.times import read_time
from lead_scoring_workshop.real_data.figures import markdown
from lead_scoring_workshop.real_data.reports import CALLED_WITH, PublishedSets, report_text
from lead_scoring_workshop.real_data.sets import DataSet, SourceError, prepare

REPORT = PROJECT / "docs" / "explanation" / "evidence.md"
EXAMPLES = CALLED_WITH
# After the last day of each set, so that every horizon below is over for those it can be over for.
XEDUCATION = Question(read_time("2019-06-01"), days=1, horizon_days=365)
LAST_DAY = read_time("2015-09-30")
FIRST_PROJECT = Question(LAST_DAY, days=7, horizon_days=60)
ACTIVE = Question(
    read_time("2015-08-27"), at=At.weekly, days=7, foretold=Foretold.active, horizon_days=14
)


def main(
    source: PublishedSets,
    report: Annotated[
        Path,
        typer.Option(help="Markdown file to write.", show_default="docs/explanation/evidence.md"),
    ] = REPORT,
) -> None:
    """Writes docs/explanation/evidence.md."""
    try:
        figures = measure(source)
    except (SourceError, RunFailed) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    report.write_text(report_text("evidence", figures), encoding="utf-8", newline="")


def measure(source: Path) -> dict[str, str]:
    """Returns the tables of the report, by the names that evidence.md gives them."""
    with tempfile.TemporaryDirectory(prefix="lead_scoring-measure-") as name:
        folder = Path(name)
        for data_set in DataSet:
            prepare(data_set, source / data_set.value, folder / data_set.value)
        by_number: dict[str, Judged] = {}
        course = _request(folder, DataSet.xeducation, "course", XEDUCATION)
        learner = _request(folder, DataSet.udacity, "learner", FIRST_PROJECT)
        active = _request(folder, DataSet.udacity, "learner_no_decay", ACTIVE)
        found = {
            "With Last Activity": _suggest(course, folder, by_number),
            "Without Last Activity": _suggest(
                replace(course, without=frozenset({"last_activity"})), folder, by_number
            ),
        }
        first_project = _suggest(learner, folder)
        activity = _suggest(active, folder)
    first = found["With Last Activity"]
    return {
        "xeducation_auc": f"{first.folds.card.value:.3f}",
        "xeducation_areas": markdown(
            [
                _area_row(name, one, newest)
                for (name, one), newest in zip(found.items(), by_number.values(), strict=True)
            ]
        ),
        "xeducation_signals": markdown([_signal_row(one) for one in first.card.signals]),
        "udacity_areas": markdown(
            [
                _area_row(name, one, one.forward.judged if one.forward else None)
                for name, one in (
                    ("First seven days, first project passed in 60 days", first_project),
                    ("Weekly, active in the next 14 days", activity),
                )
            ]
        ),
        "udacity_decays": markdown(
            [
                {
                    "Half-life": one.curve.words,
                    "AUC": one.value,
                    "Behind the best": f"{one.behind:.4f} ± {one.behind_error:.4f}",
                    "": "chosen" if one.is_chosen else None,
                }
                for one in activity.decays
            ]
        ),
        "udacity_decay_auc": f"{next(one.value for one in activity.decays if one.is_chosen):.3f}",
        "udacity_first_auc": f"{first_project.folds.card.value:.3f}",
    }


def _request(folder: Path, data_set: DataSet, base: str, question: Question) -> Request:
    return Request(
        base=base,
        challenger=f"{base}_suggested",
        data=folder / data_set.value,
        rules=data_set.rules,
        question=question,
        most_signals=15,
        echo=True,
    )


def _suggest(
    request: Request, folder: Path, by_number: dict[str, Judged] | None = None
) -> Suggestion:
    """Fits a card. by_number: takes up how a card of the older 70 % ranks the others, where the
    leads have no dates and their numbers are their only order."""
    with tempfile.TemporaryDirectory(dir=folder) as work:
        (Path(work) / "work").mkdir()
        found = suggest(request, Path(work) / "work", Path(work) / "rules")
        if by_number is not None:
            with open_database(Path(work) / "work" / "lead_scoring.duckdb") as connection:
                by_number[str(len(by_number))] = _forward_by_number(connection, request, found)
        return found


def _forward_by_number(
    connection: duckdb.DuckDBPyConnection, request: Request, found: Suggestion
) -> Judged:
    sample = found.sample
    numbers = dict(
        connection.execute(
            "select lead_key, cast(lead_id as bigint) from stg_lead_scoring__lead_identities"
        ).fetchall()
    )
    order = np.array([numbers[key] for key in sample.leads.tolist()])
    older = order >= np.quantile(order, 0.3)  # numbers fall with time
    card = fit_card(found.candidates.found, sample.label, older, found.half_life)
    base = read_scores(connection, request.base, sample.moment_keys)["total_score"]
    newer = ~older
    return Judged(
        area(sample.label[newer], card.scores()["total_score"][newer]),
        area(sample.label[newer], base[newer]),
        sample.leads[newer],
    )


def _area_row(name: str, found: Suggestion, newest: Judged | None) -> Row:
    folds = found.folds
    difference, difference_error = folds.difference
    return {
        "Asked": name,
        "Moments": len(found.sample.label),
        "Yes": f"{100 * found.sample.label.mean():.1f} %",
        "Signals": len(found.tables["signals"]),
        "AUC of the newest 30 %": _with_error(newest.card, newest) if newest else None,
        "Hand-made card there": _with_error(newest.base, newest) if newest else None,
        "Mean AUC of five folds": _with_error(folds.card, folds),
        "Hand-made card": _with_error(folds.base, folds),
        "Difference": f"{difference:+.3f} ± {difference_error:.3f}",
    }


def _with_error(one: Area, judged: Judged) -> str:
    return f"{one.value:.3f} ± {one.error(judged.leads):.3f}"


def _signal_row(signal: Signal) -> Row:
    if isinstance(signal, Decayed):
        return {"Signal": signal.source.words, "Rules": 1, "Most points": signal.most_points}
    filled = [one for one in signal.bins if one.rows]
    return {
        "Signal": signal.source.words,
        "Rules": len(filled),
        "Most points": max(one.points for one in filled),
    }
