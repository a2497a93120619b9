"""Worlds of states run after run, in which stages are held, and what is on record of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from held_stages import Label, Ladders, Run, State

Rows = list[tuple[object, ...]]
LEADS = 120
RUNS = 14
SCORECARDS = ("small_business", "mid_market", "enterprise")
LABELS = ("mql", "sql", "trial")
TOTALS = (0, 44, 45, 49, 50, 54, 55, 59, 60, 74, 75, 79, 80, 86, 87, 90, 100)


@dataclass(frozen=True)
class World:
    """Runs, and of each lead a state for each run."""

    runs: Sequence[Run]
    leads: Mapping[str, Sequence[State | None]]

    def passes(self) -> list[range]:
        """The runs in passes under the same ladders."""
        ends = [
            place
            for place in range(1, RUNS + 1)
            if place == RUNS or self.runs[place].ladders is not self.runs[place - 1].ladders
        ]
        return [range(start, end) for start, end in zip([0, *ends], ends, strict=False)]


def draw_ladders(random: Random) -> tuple[Ladders, Rows]:
    """A ladder for each scorecard, and the rows of thresholds that say so."""
    shared = {"lead": Label(10, (0, 0, 0))}
    order = random.sample(LABELS, random.randint(1, len(LABELS)))
    for place, label in enumerate(order, start=2):
        shared[label] = draw_label(random, place * 10)
    ladders, rows = {}, [threshold("*", label, each) for label, each in shared.items()]
    for scorecard in SCORECARDS:
        own = {
            label: draw_label(random, (order.index(label) + 2 if label in order else 6) * 10 + 5)
            for label in random.sample(LABELS, 1)
            if random.random() < 0.6
        }
        ladders[scorecard] = shared | own
        rows += [threshold(scorecard, label, each) for label, each in own.items()]
    return ladders, rows


def draw_label(random: Random, rank: int) -> Label:
    minimums = (random.choice(TOTALS), random.choice((0, 0, 20)), random.choice((0, 10)))
    return Label(rank, minimums, random.choice((0, 0, 3, 5, 30)))


def threshold(scorecard: str, label: str, each: Label) -> tuple[object, ...]:
    return (scorecard, "stage", label.upper(), each.rank, *each.minimums, each.margin)


def draw_world(random: Random) -> tuple[World, dict[int, Rows]]:
    """A world, and the rows of thresholds by the number of the run from which they hold."""
    ladders, rows = draw_ladders(random)
    runs, thresholds = draw_runs(random, ladders), {0: rows}
    for place in range(1, RUNS):
        if random.random() < 0.1:
            ladders, thresholds[place] = draw_ladders(random)
        runs[place] = replace(runs[place], ladders=ladders)
    leads = {f"lead {number}": draw_lead(random) for number in range(LEADS)}
    return World(runs, leads), thresholds


def draw_runs(random: Random, ladders: Ladders) -> list[Run]:
    """Runs at odd intervals; each has a dwell of its own, some change rules, some say so."""
    as_of, runs = datetime(2026, 3, 1), []
    for place in range(RUNS):
        as_of += timedelta(hours=random.choice((6, 12, 24, 24, 30)))
        dwell = timedelta(days=random.choice((0, 0, 0, 1, 2)))
        is_change = place > 0 and random.random() < 0.2
        runs.append(Run(as_of, dwell, is_change, random.random() < 0.5, ladders))
    return runs


def draw_lead(random: Random) -> list[State | None]:
    """A lead from some run on, with scores near the thresholds; some runs do not score it."""
    states: list[State | None] = [None] * random.randrange(RUNS)
    scorecard, state = random.choice(SCORECARDS), None
    while len(states) < RUNS:
        if random.random() < 0.1:
            scorecard = random.choice(SCORECARDS)
        if state is None or random.random() < 0.6:
            state = draw_state(random, scorecard)
        states.append(None if random.random() < 0.1 else state)
    return states


def draw_state(random: Random, scorecard: str) -> State:
    scores = (random.choice(TOTALS), random.choice((20, 20, 20, 19)), random.choice((10, 10, 4)))
    return State(scorecard, scores, random.random() < 0.08, random.random() < 0.85)
