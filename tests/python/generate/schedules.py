"""Schedules: the same pack at several runs, as its rows arrive and its rules change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, timezone
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from generate import vocabulary
from generate.arrivals import Arrivals, Courses
from generate.dice import SeededDice, SeedRow
from generate.packs import Case, Pack, seeded_pack
from generate.roles import with_roles_of_before
from generate.rules import draw_rules
from generate.shared import ZONES, draw_world
from generate.world import event_types, thresholds, title_keywords
from variants import shuffled

RULE_SEEDS = ("fit_rules", "engagement_rules", "inactivity_rules")
# What a list may gain; each is known to the generated inputs.
MORE_ENTRIES = {
    "bot_user_agent": "safari",
    "free_mail": "rival.example",
    "competitor": "acme",
    "words": "beta",
}


@dataclass(frozen=True)
class Schedule:
    """The whole input, rules and settings of each run, in order; every case is one schedule."""

    runs: Sequence[Pack]
    checked: Sequence[int]  # the runs after which a fresh run must agree; the last among them
    rules: Sequence[Pack] = ()  # the pack whose rules and settings each run has

    @property
    def pack(self) -> Pack:
        """What the last run sees."""
        return self.runs[-1]

    @property
    def changes_rules(self) -> bool:
        """Whether a run has other rules or settings than the one before."""
        return any(one is not self.rules[0] for one in self.rules)


def draw_schedule(seed: int, count: int) -> Schedule:
    """The same schedules, so many in one database, for the same seed."""
    pack, source = seeded_pack(seed, count), Random(seed)
    instants = draw_instants(source, pack.world.now, pack.world.zone)
    packs = draw_arrivals(source, pack, instants)
    rules = draw_rule_sets(source, pack, len(packs))
    runs = [shuffled(with_rules(one, of), source) for one, of in zip(packs, rules, strict=True)]
    last = len(runs) - 1
    # The first run is a fresh one itself.
    return Schedule(runs, sorted({source.randrange(last), last} - {0}), rules)


def draw_instants(source: Random, end: datetime, zone: ZoneInfo) -> list[datetime]:
    """When the runs are, oldest first: three, four, rarely up to six, the last at `end`."""
    instants = [end]
    for _ in range(source.choice((2, 2, 2, 2, 3, 3, 3, 4, 5))):
        now = instants[0]
        midnight = datetime.combine(now.astimezone(zone).date(), time(0), zone)
        gap = source.choice(
            (
                timedelta(0), timedelta(hours=1), timedelta(hours=3), timedelta(microseconds=1),
                timedelta(days=1), timedelta(days=source.randint(2, 9)), timedelta(days=35),
                now - midnight, now - midnight + timedelta(hours=2),
            )
        )  # fmt: skip
        instants.insert(0, (now - gap).astimezone(timezone.utc))
    return instants


def draw_arrivals(source: Random, pack: Pack, instants: Sequence[datetime]) -> list[Pack]:
    """The pack at each instant: its rows in their courses, with the rules of the end."""
    with_loaded_at = source.random() < 0.75
    is_calm = source.random() < 0.4
    arrivals = Arrivals(source, instants, pack.world.clock, with_loaded_at, is_calm)
    courses = [(case, arrivals.of_inputs(case.inputs)) for case in pack.cases]
    packs = []
    for run, now in enumerate(instants):
        cases = [case_at(case, by_table, run) for case, by_table in courses]
        world = replace(pack.world, as_of=now.isoformat())
        absent = () if with_loaded_at else ("loaded_at",)
        packs.append(replace(pack, world=world, cases=cases, absent_columns=absent))
    return packs


def case_at(case: Case, courses: Courses, run: int) -> Case:
    """The case with the rows that are there at a run."""
    inputs = {
        name: [row for course in of_table if (row := course[run]) is not None]
        for name, of_table in courses.items()
    }
    return replace(case, inputs=inputs)


def with_rules(pack: Pack, other: Pack) -> Pack:
    """The inputs and the instant of one pack with rules and settings of another."""
    seeds = {case.number: case.seeds for case in other.cases}
    world = replace(other.world, as_of=pack.world.as_of)
    cases = [replace(case, seeds=seeds[case.number]) for case in pack.cases]
    return replace(pack, world=world, cases=cases)


def draw_rule_sets(source: Random, pack: Pack, count: int) -> list[Pack]:
    """The pack with the rules of each run. In half of the packs they never change: a run with
    changed rules scores anew what earlier runs may have missed."""
    runs = range(1, count)
    changed = source.sample(runs, source.randint(1, len(runs))) if source.random() < 0.5 else []
    sets = [pack]
    for run in reversed(runs):
        before = sets[0]
        for change in source.sample(RULE_CHANGES, source.randint(1, 3)) if run in changed else ():
            before = change(source, before)
        sets.insert(0, before)
    return sets


def with_seeds(pack: Pack, **seeds: list[SeedRow]) -> Pack:
    """The pack with some of the world's seeds replaced."""
    return replace(pack, world=replace(pack.world, seeds={**pack.world.seeds, **seeds}))


def other_shared_rules(source: Random, pack: Pack) -> Pack:
    """Everything anew that scorecards share."""
    seeds = draw_world(SeededDice(source)).seeds
    roles = with_roles_of_before(seeds["buying_roles"], pack.world.seeds["buying_roles"])
    return with_seeds(pack, **{**seeds, "buying_roles": roles})


def other_rules_of_some_cases(source: Random, pack: Pack) -> Pack:
    """Every rule and curve of half of the cases anew."""

    def redrawn(case: Case) -> Case:
        rules = draw_rules(SeededDice(source), pack.world, case.token, case.number + 1)
        return replace(case, seeds=rules.seeds) if source.random() < 0.5 else case

    return pack.with_cases(redrawn(case) for case in pack.cases)


def other_points(source: Random, pack: Pack) -> Pack:
    """Other points in one rule row of some cases."""

    def reweighed(case: Case) -> Case:
        seed = source.choice(RULE_SEEDS)
        rows = [dict(row) for row in case.seeds.get(seed, ())]
        chosen = source.choice(rows) if rows else {}
        if chosen.get("points") and source.random() < 0.5:
            chosen["points"] = str(Decimal(chosen["points"]) - 1)
        return replace(case, seeds={**case.seeds, seed: rows}) if rows else case

    return pack.with_cases(reweighed(case) for case in pack.cases)


def other_lists(source: Random, pack: Pack) -> Pack:
    """An entry less, or one more, in some lists; now and then among the bots."""
    rows = list(pack.world.seeds["lists"])
    for name, entry in source.sample(sorted(MORE_ENTRIES.items()), 2):
        entries = [row for row in rows if row["list"].strip().lower() == name]
        if source.random() < 0.5 and len(entries) > 1:
            rows.remove(source.choice(entries))
        elif all(row["entry"].strip().lower() != entry for row in entries):
            rows.append({"list": name, "entry": entry})
    return with_seeds(pack, lists=rows)


def other_event_types(source: Random, pack: Pack) -> Pack:
    """Other event types are clicks and activities."""
    return with_seeds(pack, event_types=event_types(SeededDice(source)))


def other_title_keywords(source: Random, pack: Pack) -> Pack:
    """Other keywords of job titles."""
    return with_seeds(pack, title_keywords=title_keywords(SeededDice(source)))


def other_thresholds(source: Random, pack: Pack) -> Pack:
    """Other minimums on every ladder."""
    rows = thresholds(SeededDice(source), "*", whole_ladders=True)
    return with_seeds(pack, thresholds=rows)


def one_event_column_unnamed(source: Random, pack: Pack) -> Pack:
    """No rule names one of the event columns: the next run's rules newly do."""
    column = source.choice(sorted(vocabulary.EVENT_ATTRIBUTES))

    def names_it(row: SeedRow) -> bool:
        return row.get("attribute", "").strip("\u00a0\t ").lower() == column

    def unnamed(seeds: dict[str, list[SeedRow]]) -> dict[str, list[SeedRow]]:
        blank = {"attribute": "", "operator": "", "value": ""}
        rules = [row | blank if names_it(row) else row for row in seeds.get("engagement_rules", ())]
        further = [
            row for row in seeds.get("rule_conditions", ())
            if row["of"] != "event" or not names_it(row)
        ]  # fmt: skip
        return {**seeds, "engagement_rules": rules, "rule_conditions": further}

    def unnamed_case(case: Case) -> Case:
        return replace(case, seeds=unnamed({name: [*rows] for name, rows in case.seeds.items()}))

    return with_seeds(pack, **unnamed(pack.world.seeds)).with_cases(map(unnamed_case, pack.cases))


def other_settings(source: Random, pack: Pack) -> Pack:
    """Another burst of clicks, or another reporting time zone."""
    settings = pack.world.settings
    if source.random() < 0.5:
        burst = source.randint(2, 4), source.randint(1, 3)
        settings = replace(settings, bot_bursts=(burst, *settings.bot_bursts[1:]))
    else:
        settings = replace(settings, time_zone=source.choice(ZONES))
    return replace(pack, world=replace(pack.world, settings=settings))


RULE_CHANGES: tuple[Callable[[Random, Pack], Pack], ...] = (
    other_shared_rules,
    other_rules_of_some_cases,
    other_points,
    other_lists,
    other_event_types,
    other_title_keywords,
    other_thresholds,
    one_event_column_unnamed,
    other_settings,
)
