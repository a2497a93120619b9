"""The world of a run: settings, vocabulary, and the rules that its cases share."""

from __future__ import annotations

from generate import vocabulary
from generate.dice import Dice
from generate.roles import draw_roles
from generate.rules import (
    Rules,
    draw_curves,
    draw_engagement_rule,
    draw_fit_rule,
    draw_inactivity_rule,
    draw_limits,
)
from generate.world import World, attributes, event_types, thresholds, title_keywords
from oracle import Settings

AS_OF = (
    "2026-06-30T12:00:00Z",
    "2026-03-29T00:30:00+01:00",
    "2026-11-01 23:59:59.999999 -0400",
    "2026-01-01",
    "2026-03-29T01:00:00Z",
    "2026-10-25T01:00:00Z",
    "2027-02-28T18:31+05:30",
)
ZONES = ("UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Europe/Berlin")
# What Berlin's clock shows half past two is before one of them, by another reading after it.
BETWEEN_TWO_CLOCKS = ("2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z")
# A quarter of an hour ago it was the next day there: the clock was put back over midnight.
BACK_OVER_MIDNIGHT = ("America/St_Johns", "2008-11-02T02:45:00Z")
CATCH_ALL = "catch_all"


def draw_world(dice: Dice) -> World:
    """Settings, vocabulary and the rules that hold for every scorecard."""
    features = dice.features
    zone = dice.pick(ZONES) if features.zones else "UTC"
    as_of = dice.pick(AS_OF) if features.zones else AS_OF[0]
    if features.zones and dice.one_in(12):
        zone, as_of = BACK_OVER_MIDNIGHT
    input_zone = dice.pick(("UTC", "UTC", *ZONES)) if features.zones else "UTC"
    if as_of in BETWEEN_TWO_CLOCKS and dice.one_in(2):
        input_zone = "Europe/Berlin"
    if input_zone != "UTC" and len(as_of) == len("2026-01-01"):
        as_of += "T00:00:00Z"
    bursts: tuple[tuple[int, int], ...] = ((3, 2), (5, 10))
    if features.burst_settings and dice.one_in(4):
        bursts = tuple((dice.number(2, 4), dice.number(1, 3)) for _ in range(dice.number(1, 2)))
    if not features.bots:
        bursts = ((1_000_000, 1),)
    settings = Settings(
        zone,
        bursts,
        active_days=dice.pick((30, 30, 7, 1)),
        account_method=dice.pick(("champion", "champion", "mean", "max", "sum", "roles", "roles")),
        account_sum_limit=dice.pick((100, 60)),
        minimum_active_leads=dice.pick((0, 1, 2)),
        minimum_buying_roles=dice.pick((0, 0, 1, 2)),
        input_time_zone=input_zone,
        date_order=dice.pick((None, "dmy", "mdy")) if features.time_forms else None,
    )
    world = World(as_of, settings)
    world.seeds.update(
        attributes=attributes(dice),
        event_types=event_types(dice),
        lists=[
            {"list": dice.messy(name), "entry": dice.messy(entry)}
            for name, entries in vocabulary.LISTS_OF_ENTRIES.items()
            for entry in entries
        ],
        title_keywords=title_keywords(dice),
        scorecards=[
            {
                "scorecard": CATCH_ALL, "segment": "small_business", "status": "live",
                "priority": "9999", "fit_points_for_100": "100",
                "engagement_points_for_100": "100", "fit_weight": "0.5",
            }
        ],
        audiences=[],
        signals=[],
        decay_curves=[],
        fit_rules=[],
        engagement_rules=[],
        inactivity_rules=[],
        rule_conditions=[],
        thresholds=thresholds(dice, "*", whole_ladders=True),
        buying_roles=[],
        routing_rules=[
            {
                "rule_id": "hand_off", "scorecard": "*", "stage": "mql", "queue": "sales",
                "action": "call", "respond_within_minutes": "60",
            }
        ],
    )  # fmt: skip
    add_shared_rules(dice, world)
    return world


def add_shared_rules(dice: Dice, world: World) -> None:
    """Add rules of every scorecard to the world, and the ages at which they change."""
    rules = Rules()
    for dimension in ("fit", "engagement"):
        low, high = draw_limits(dice)
        rules.add(
            "signals",
            {
                "signal": f"shared_{dimension}",
                "dimension": dimension,
                "family": "intent" if dimension == "engagement" else "firmographic",
                "matching": "first" if dice.features.first and dice.one_in(2) else "sum",
                "min_points": low,
                "max_points": high,
            },
        )
    curves = draw_curves(dice, rules, "shared")
    for number in range(3):
        draw_fit_rule(dice, world, rules, (f"shared_f{number}", "*"), ["shared_fit"])
        key = (f"shared_e{number}", "*")
        draw_engagement_rule(dice, world, rules, key, ["shared_engagement"], curves)
    if dice.features.inactivity:
        draw_inactivity_rule(dice, world, rules, ("shared_i", "*"))
    draw_roles(dice, world, rules, "shared", "*")
    for seed, rows in rules.seeds.items():
        world.seeds[seed].extend(rows)
    world.ages.update(rules.ages)
