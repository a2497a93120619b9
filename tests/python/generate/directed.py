"""Directed schedules: the cases of `directed_cases` in one database, and their rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from generate.dice import Features, InputRow, SeededDice, SeedRow
from generate.directed_cases import DIRECTED, MIDNIGHT, OTHER_RULES
from generate.directed_rows import INSTANTS, Directed
from generate.packs import Case, Pack, token_of
from generate.schedules import Schedule
from generate.shared import draw_world
from generate.vocabulary import INPUT_COLUMNS
from generate.world import World
from oracle import Settings


def directed_schedule() -> Schedule:
    """Every directed case in one database; the last run changes the rules and nothing else."""
    world = directed_world()
    cases = [cases_of(number, one) for number, one in enumerate(DIRECTED.values())]
    runs = []
    for run, as_of in enumerate(INSTANTS):
        seeds = other_rules(world.seeds) if run == OTHER_RULES else world.seeds
        at_run = replace(world, as_of=as_of, seeds=seeds)
        runs.append(Pack(at_run, [by_run[run] for by_run in cases]))
    return Schedule(runs, (MIDNIGHT, OTHER_RULES))


def cases_of(number: int, directed: Directed) -> list[Case]:
    """The case at each run."""
    token = token_of(number)

    def named(row: InputRow) -> InputRow:
        return {name: text and text.replace("{t}", token) for name, text in row.items()}

    last = len(directed.runs) - 1
    return [
        Case(
            number,
            {},
            {name: list(map(named, directed.runs[min(run, last)][name])) for name in INPUT_COLUMNS},
        )
        for run in range(len(INSTANTS))
    ]


def directed_world() -> World:
    """Rules that tell types of events, seniority and days of silence apart; no rule names a
    column of events."""
    drawn = draw_world(
        SeededDice(Random(0), Features(zones=False, burst_settings=False, time_forms=False))
    )
    seeds: dict[str, list[SeedRow]] = drawn.seeds | {
        "event_types": [
            {"event_type": name, "is_activity": activity, "is_click": click, "description": name}
            for name, activity, click in (
                ("page_view", "true", "false"), ("webinar", "true", "false"),
                ("email_click", "true", "true"), ("demo", "false", "false"),
            )
        ],
        "title_keywords": [
            {"keyword": "vp", "priority": "1", "seniority": "vp", "department": "sales"}
        ],
        "signals": [
            {"signal": name, "dimension": dimension, "family": family, "matching": "sum",
             "description": name}
            for name, dimension, family in (
                ("visits", "engagement", "intent"), ("title", "fit", "demographic"),
            )
        ],
        "decay_curves": [{"decay": "half", "method": "half_life", "days": "30"}],
        "fit_rules": [
            {"rule_id": "senior", "scorecard": "*", "signal": "title", "attribute": "seniority",
             "operator": "equals", "value": "vp", "points": "30"}
        ],
        "engagement_rules": [
            {"rule_id": name, "scorecard": "*", "signal": "visits", "event_type": name,
             "points": points, "decay": "half"}
            for name, points in (
                ("webinar", "20"), ("page_view", "5"), ("email_click", "11"), ("demo", "1"),
            )
        ],
        "inactivity_rules": [
            {"rule_id": "silent", "scorecard": "*", "after_days": "7", "points": "-3"}
        ],
        "rule_conditions": [],
    }  # fmt: skip
    return World(INSTANTS[-1], Settings(), seeds)


def other_rules(seeds: Mapping[str, list[SeedRow]]) -> dict[str, list[SeedRow]]:
    """The rules of the last run."""
    flagged = {"rule_id": "flagged", "scorecard": "*", "signal": "visits", "points": "4",
               "event_type": "webinar", "attribute": "y_flag", "operator": "equals",
               "value": "yes", "decay": "half"}  # fmt: skip
    gardener = {"keyword": "chief gardener", "priority": "1", "seniority": "vp", "department": "it"}

    def active(row: SeedRow) -> SeedRow:
        return row | {"is_activity": "true"} if row["event_type"] == "demo" else row

    return {
        **seeds,
        "engagement_rules": [*seeds["engagement_rules"], flagged],
        "title_keywords": [*seeds["title_keywords"], gardener],
        "lists": [*seeds["lists"], {"list": "bot_user_agent", "entry": "crawler"}],
        "event_types": [active(row) for row in seeds["event_types"]],
    }
