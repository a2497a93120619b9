"""Builds the worlds once: the review of each, and the points that are suggested for some."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from lead_scoring.prediction import training
from lead_scoring.prediction.training import Request as TrainingRequest
from lead_scoring.prediction.training import Training
from lead_scoring.review.figures import Figures, read_figures, run_evidence
from lead_scoring.review.pages import all_sections
from lead_scoring.review.section import Section
from lead_scoring.review.trial import try_advice
from lead_scoring.runs.runner import keeping_artifacts
from lead_scoring.suggest import decay, suggestion
from lead_scoring.suggest.engine import SCORES, Engine, Step
from lead_scoring.suggest.labels import TooFewOutcomes
from lead_scoring.suggest.report import sentences
from lead_scoring.suggest.sample import Question
from lead_scoring.suggest.suggestion import NothingToSuggest, Request, Suggestion
from worlds.compiled import Compiled
from worlds.truths import AS_OF, LOOK, WORLDS, write_rules, write_world

HORIZON_DAYS = 90
# Where the advice as a whole is tried here; `--thorough` tries it everywhere.
TRIED = ("no_signal", "drift", "leak", "harms")
# Weekly instants find what the worlds do not have, and take most of the time.
VARIABLES: Mapping[str, object] = {
    "lead_scoring_horizon_days": HORIZON_DAYS,
    "lead_scoring_evidence_weeks": 1,
    "lead_scoring_evidence_days": [LOOK],
}
QUESTION = Question(AS_OF, days=LOOK, horizon_days=HORIZON_DAYS)


class Reviews:
    """The review of each world, as the command makes it but for dbt's own work."""

    def __init__(self, folder: Path, tries_all: bool = False) -> None:
        """Runs dbt once; every world is then built by the SQL that it compiled."""
        self.folder = folder
        self.tried = tuple(WORLDS) if tries_all else TRIED
        world = WORLDS["leak"]
        with keeping_artifacts():
            database = run_evidence(
                data=write_world(world, folder / "data"),
                rules=write_rules(world, folder / "rules"),
                as_of=AS_OF.isoformat(),
                database=folder / "scores.duckdb",
                variables=VARIABLES,
            )
        self.compiled = Compiled(database, database.with_name("scores.evidence.run"))
        self._read: dict[str, Figures] = {}

    def figures(self, name: str) -> Figures:
        """The figures of a world, what its advice would do among them."""
        if name not in self._read:
            folder = self.folder / name
            data = write_world(WORLDS[name], folder / "data")
            rules = write_rules(WORLDS[name], folder / "rules_of_world")
            database = self.compiled.build(data, rules, folder / "scores.evidence.duckdb")
            figures = read_figures(database, folder / "scores.duckdb")

            def build(edited: Path, target: Path) -> None:
                self.compiled.build(data, edited, target, "scorecard_comparison")

            if name in self.tried:
                figures = figures.with_trials(try_advice(figures, rules, folder / "trial", build))
            self._read[name] = figures
        return self._read[name]

    def sections(self, name: str) -> dict[str, Section]:
        """The sections of a world's review, by their keys."""
        return {one.key: one for one in all_sections(self.figures(name))}


class Suggestions:
    """What is suggested for each world, with an engine that is the compiled SQL alone."""

    def __init__(self, folder: Path) -> None:
        """Runs dbt once."""
        self.folder = folder
        # What was found, or why nothing was.
        self._found: dict[str, tuple[Suggestion, Request] | RuntimeError] = {}
        world = WORLDS["leak"]
        data = write_world(world, folder / "data")
        with keeping_artifacts():
            Engine(data, QUESTION.as_of, folder / "lead_scoring.duckdb").run(
                write_rules(world, folder / "rules"),
                QUESTION.relation(),
                Step((*SCORES.select, "+int_lead_scoring__likelihoods")),
            )
        work = folder / "lead_scoring.run"
        self.compiled = Compiled(folder / "lead_scoring.duckdb", work)

    def of(self, name: str) -> tuple[Suggestion, Request]:
        """The card that is fitted to a world. Raises TooFewOutcomes and NothingToSuggest."""
        if name not in self._found:
            try:
                self._found[name] = self._fit(name)
            except (TooFewOutcomes, NothingToSuggest) as error:
                self._found[name] = error
        found = self._found[name]
        if isinstance(found, RuntimeError):
            raise found
        return found

    def _fit(self, name: str) -> tuple[Suggestion, Request]:
        folder = self.folder / name
        request = Request(
            base="all",
            challenger="fitted",
            data=write_world(WORLDS[name], folder / "data"),
            rules=write_rules(WORLDS[name], folder / "rules_of_world"),
            question=QUESTION,
            most_signals=15,
        )
        (folder / "work").mkdir()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Engine, "run", self._run)
            patch.setattr(decay, "HALF_LIVES", (14,))  # each costs time
            return suggestion.suggest(request, folder / "work", folder / "new"), request

    @property
    def _run(self) -> Callable[[Engine, Path, str, Step], None]:
        """Every step builds all that it needs, at every moment."""

        def run(engine: Engine, rules: Path, _moments: str, step: Step) -> None:
            wanted = [name.lstrip("+") for name in step.select if name.startswith("+")]
            assert engine.data is not None
            self.compiled.build(engine.data, rules, engine.database, *wanted)

        return run

    def trained(self, name: str, target: Path) -> tuple[Training, TrainingRequest]:
        """The likelihood that is trained on a world, its rule tables in `target`.

        Raises TooFewOutcomes and NothingToSuggest.
        """
        request = TrainingRequest(
            scorecard="all",
            prediction="all_won",
            data=write_world(WORLDS[name], target / "data"),
            rules=write_rules(WORLDS[name], target / "rules_of_world"),
            question=QUESTION,
        )
        (target / "work").mkdir()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Engine, "run", self._run)
            return training.train(request, target / "work", target / "new"), request

    def said(self, name: str) -> str:
        """What the command says of a world, without its tables."""
        try:
            return " ".join(sentences(*self.of(name)))
        except (TooFewOutcomes, NothingToSuggest) as error:
            return str(error)
