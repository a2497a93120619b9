"""Held stages, episodes and hand-offs of generated runs, in one database, against the oracle."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import duckdb
from hypothesis import given, settings, strategies

from held_stages import Label, Run, State, follow
from lead_scoring.demo import generate
from lead_scoring.runner import score

LEADS = 1500
RUNS = 14
STAGES = (
    "scorecard,ladder,label,rank,min_total,min_fit,min_engagement,exit_margin\n"
    "*,stage,Lead,1,,,,\n"
    "*,stage,mql,2,50,,10,5\n"
    "*,stage,sql,3,80,,10,30\n"
    "enterprise,stage,MQL,3,60,20,10,\n"
    "enterprise,stage,sql,5,80,20,10,5\n"
    "mid_market,stage,trial,4,90,,10,3\n"
)
ROUTES = (
    "rule_id,scorecard,stage,priority,attribute,operator,value,queue,action,"
    "respond_within_minutes\n"
) + "".join(f"{stage},*,{stage},1,,,,everyone,,\n" for stage in ("lead", "mql", "sql", "trial"))
SHARED = {
    "lead": Label(1, (0, 0, 0)),
    "mql": Label(2, (50, 0, 10), 5),
    "sql": Label(3, (80, 0, 10), 30),
}
LADDERS = {
    "small_business": SHARED,
    "mid_market": SHARED | {"trial": Label(4, (90, 0, 10), 3)},
    "enterprise": SHARED | {"mql": Label(3, (60, 20, 10)), "sql": Label(5, (80, 20, 10), 5)},
}
TOTALS = (0, 44, 45, 49, 50, 54, 55, 59, 60, 74, 75, 79, 80, 86, 87, 90, 100)
TABLES = ("lead_score_changes", "stage_changes", "lead_handoffs")
# What stands between the scores and these tables, and is built from them alone.
MODELS = tuple(
    f"int_lead_scoring__{name}"
    for name in (
        *("logged_moments", "stage_standings", "stage_rises", "lead_owners", "routes"),
        *("handoff_details", "score_log", "standing_log", "stage_latches", "held_stages"),
    )
)


def draw_runs(random: Random) -> list[Run]:
    """Runs at odd intervals; each run has a dwell of its own, some change rules, some say so."""
    as_of = datetime(2026, 3, 1)
    runs: list[Run] = []
    for _ in range(RUNS):
        as_of += timedelta(hours=random.choice((6, 12, 24, 24, 30)))
        dwell = timedelta(days=random.choice((0, 0, 0, 1, 2)))
        is_change = bool(runs) and random.random() < 0.2
        runs.append(Run(as_of, dwell, is_change, random.random() < 0.5))
    return runs


def draw_lead(random: Random) -> list[State]:
    """A lead from some run on, with scores near the thresholds."""
    states, scorecard = [], random.choice(list(LADDERS))
    for _ in range(random.randint(1, RUNS)):
        if random.random() < 0.1:
            scorecard = random.choice(list(LADDERS))
        scores = (
            random.choice(TOTALS),
            random.choice((20, 20, 20, 19)),
            random.choice((10, 10, 4)),
        )
        states.append(State(scorecard, scores, random.random() < 0.08, random.random() < 0.85))
        if random.random() < 0.4:
            states[-1] = states[-2] if len(states) > 1 else states[-1]
    return states


def fill(database: Path, runs: list[Run], leads: dict[str, list[State]], passed: range) -> None:
    """Puts runs and scores where the engine would have left them: those of the runs `passed`."""
    moments = [
        (number * RUNS + place, number, lead_id, runs[place].as_of, states[place - RUNS])
        for number, (lead_id, states) in enumerate(leads.items())
        for place in passed
        if place >= RUNS - len(states)
    ]
    with duckdb.connect(str(database)) as connection:

        def refill(name: str, columns: str, rows: list[tuple[object, ...]]) -> None:
            table = f"int_lead_scoring__{name}"
            connection.execute(f"delete from {table}")
            connection.execute("create or replace temp table filled as from " + values(rows))
            connection.execute(f"insert into {table} ({columns}) from filled")

        def values(rows: list[tuple[object, ...]]) -> str:
            texts = (", ".join(literal(cell) for cell in row) for row in rows)
            return "(values " + ", ".join(f"({text})" for text in texts) + ")"

        refill(
            "run_log",
            "as_of, minimum_dwell_days, is_rule_change, announces_rule_changes,"
            " rules_fingerprint, rules_version",
            [(run.as_of, run.dwell.days, run.is_rule_change, run.announces, "x", 1)
             for run in runs[: passed.stop]],
        )  # fmt: skip
        refill(
            "moments",
            "moment_key, lead_key, lead_id, is_current, is_touched, as_of, exists_from",
            [(key, lead_key, lead_id, True, True, as_of, as_of)
             for key, lead_key, lead_id, as_of, _ in moments],
        )  # fmt: skip
        refill(
            "scores",
            "moment_key, scorecard, segment, is_own_scorecard, is_disqualified, total_score,"
            " fit_score, engagement_score",
            [(key, state.scorecard, "x", True, state.is_disqualified, *state.scores)
             for key, _, _, _, state in moments],
        )  # fmt: skip
        refill(
            "lead_statuses",
            "moment_key, status",
            [(key, "open" if state.is_open else "won") for key, _, _, _, state in moments],
        )
        refill(
            "lead_versions",
            "lead_key, is_earliest, holds_since",
            [(number, True, datetime(2026, 1, 1)) for number in range(len(leads))],
        )
        connection.execute("delete from int_lead_scoring__reasons")


def literal(value: object) -> str:
    """A value as SQL."""
    if isinstance(value, datetime):
        return f"timestamp '{value}'"
    return str(value) if isinstance(value, bool | int) else f"'{value}'"


def test_the_record_agrees_with_the_oracle(tmp_path: Path) -> None:
    random = Random(7)
    runs = draw_runs(random)
    leads = {f"lead {number}": draw_lead(random) for number in range(LEADS)}
    data, rules, database = tmp_path / "data", tmp_path / "rules", tmp_path / "scores.duckdb"
    generate(data, leads=100, events=2000)
    rules.mkdir()
    (rules / "thresholds.csv").write_text(STAGES, encoding="utf-8")
    (rules / "routing_rules.csv").write_text(ROUTES, encoding="utf-8")

    def run(select: list[str], variables: dict[str, object]) -> None:
        score(data=data, rules=rules, database=database, as_of="2026-02-01", select=select,
              variables=variables, with_tests=False)  # fmt: skip

    run([f"+{table}" for table in TABLES], {})
    with duckdb.connect(str(database)) as connection:
        for log in ("score_log", "standing_log"):
            connection.execute(f"delete from int_lead_scoring__{log}")
    # Two passes: the second finds what the first one left, and writes its last run anew.
    for passed in (range(RUNS // 2), range(RUNS // 2 - 1, RUNS)):
        fill(database, runs, leads, passed)
        replay = {"lead_scoring_moments": "x", "lead_scoring_replays_history": True}
        run([*MODELS, "lead_score_history", *TABLES], replay)
    wanted = {lead_id: follow(LADDERS, runs, states) for lead_id, states in leads.items()}
    with duckdb.connect(str(database), read_only=True) as connection:
        changes = connection.sql(
            "select lead_id, from_stage, to_stage, crossing, changed_at from stage_changes"
        ).fetchall()
        handoffs = connection.sql(
            "select lead_id, stage, episode, handed_off_at from lead_handoffs"
        ).fetchall()
    assert sorted(changes, key=repr) == sorted(
        ((lead_id, *row) for lead_id, answers in wanted.items() for row in answers.changes),
        key=repr,
    )
    assert sorted(handoffs) == sorted(
        (lead_id, *row) for lead_id, answers in wanted.items() for row in answers.handoffs
    )
    assert len(handoffs) > LEADS
    assert {crossing for *_, crossing, _ in changes} == {"first", "repeat", "lost"}


@given(strategies.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_within_the_margin_no_second_handoff_is_made(random: Random) -> None:
    """A relation that the oracle itself must hold: what never falls rises once."""
    runs = draw_runs(random)
    near = [
        State("small_business", (random.randint(45, 79), 0, random.randint(10, 20)))
        for _ in range(RUNS)
    ]
    answers = follow(LADDERS, runs, near)
    assert len([stage for stage, _, _ in answers.handoffs if stage == "mql"]) <= 1
    assert all(episode == 1 for _, episode, _ in answers.handoffs)
