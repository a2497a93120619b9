"""An oracle of held stages, episodes and hand-offs: one lead at a time, one run after another.

It was written from decisions 9 and 15 alone and shares nothing with the SQL, which knows windows
only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Label:
    """A stage of a ladder."""

    rank: int
    minimums: tuple[int, int, int]  # total, fit, engagement
    margin: int = 0


Ladders = Mapping[str, Mapping[str, Label]]


@dataclass(frozen=True)
class Run:
    """A recorded run, and the ladders of the scorecards in it."""

    as_of: datetime
    dwell: timedelta
    is_rule_change: bool
    announces: bool
    ladders: Ladders

    @property
    def hands_over(self) -> bool:
        """Whether leads that rise in this run are handed over."""
        return self.announces or not self.is_rule_change


@dataclass(frozen=True)
class State:
    """A lead in one run."""

    scorecard: str
    scores: tuple[int, int, int]  # total, fit, engagement
    is_disqualified: bool = False
    is_open: bool = True


@dataclass
class Answers:
    """What a lead's runs come to."""

    changes: list[tuple[str | None, str, str, datetime]] = field(default_factory=list)
    handoffs: list[tuple[str, int, datetime]] = field(default_factory=list)


def follow(runs: Sequence[Run], states: Sequence[State | None]) -> Answers:
    """The changes of the held stage and the hand-offs of a lead.

    states: one for each run; none where the run does not score the lead, which then keeps what it
    holds. Every stage hands over.
    """
    answers = Answers()
    on: set[str] = set()
    missed_since: dict[str, datetime] = {}
    within: set[str] = set()
    episodes: Counter[str] = Counter()
    held: str | None = None
    for run, state in zip(runs, states, strict=True):
        if state is None:
            continue
        ladder = run.ladders[state.scorecard]
        met = set()
        for stage in {*ladder, *on, *missed_since}:
            label = ladder.get(stage)
            gaps = [] if label is None else [
                least - score for least, score in zip(label.minimums, state.scores, strict=True)
            ]  # fmt: skip
            if label is None or state.is_disqualified:
                on.discard(stage)
                missed_since.pop(stage, None)
            elif max(gaps) <= 0:
                on.add(stage)
                met.add(stage)
                missed_since.pop(stage, None)
            elif max(gaps) > label.margin:
                since = missed_since.setdefault(stage, run.as_of)
                if run.as_of - since >= run.dwell:
                    on.discard(stage)
            else:
                missed_since.pop(stage, None)
        top = max(on, key=lambda stage: ladder[stage].rank, default=None)
        now = {stage for stage in ladder if top and ladder[stage].rank <= ladder[top].rank}
        for stage in now - within:
            episodes[stage] += 1
            if stage in met and state.is_open and run.hands_over:
                answers.handoffs.append((stage, episodes[stage], run.as_of))
        stands = top or "disqualified"
        if stands != held:
            crossing = "lost"
            if stands in now - within:
                crossing = "first" if episodes[stands] == 1 else "repeat"
            answers.changes.append((held, stands, crossing, run.as_of))
        held, within = stands, now
    return answers
