"""Predictions of a pack: every measure, bins that its leads just meet or miss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from generate import vocabulary
from generate.conditions import OPERATORS, draw_types, draw_value
from generate.dice import Dice, SeededDice, SeedRow
from generate.packs import Pack
from generate.shared import CATCH_ALL
from generate.vocabulary import SEED_COLUMNS
from generate.world import World
from oracle.likelihoods import fingerprint_of

MEASURES = ("events", "days", "targets", "sessions", "recency", "trend", "age", "total")
LIMITS = ("-1", "0", "0.5", "1", "2", "3.25", "7", "30", "9.99")
LOG_ODDS = ("0", "0.5", "-0.25", "1.123456", "-0.000001", "0.3", "-2")
LEADS = ("0", "19", *["20"] * 6, *["300"] * 12)
WINDOWS = ("1", "7", "30", "90")
Tables = dict[str, list[SeedRow]]


def with_predictions(pack: Pack, seed: int) -> Pack:
    """The pack with a prediction for every lead and one for those of the catch-all; the cases and
    all other rules stay as they are."""
    dice = SeededDice(Random(seed))
    tables: Tables = {name: [] for name in SEED_COLUMNS if name.startswith("prediction")}
    for name, scorecard in (("all", "*"), ("small", CATCH_ALL)):
        _draw_prediction(dice, pack.world, tables, name, scorecard)
    for row in tables["predictions"]:
        row["fingerprint"] = fingerprint_of(tables, row["prediction"])
    return replace(pack, world=replace(pack.world, seeds={**pack.world.seeds, **tables}))


def _draw_prediction(dice: Dice, world: World, tables: Tables, name: str, scorecard: str) -> None:
    tables["predictions"].append(
        {
            "prediction": name,
            "scorecard": dice.messy(scorecard),
            "status": "challenger",
            "foretells": "won",
            "horizon_days": "90",
            "moments": dice.messy(dice.pick(("weekly", "creation"))),
            "days": dice.pick(("0", "1", "7", "30")),
            "leads_with": dice.pick(("99", "100") if name == "small" else ("100", "250")),
            "leads_without": "1000",
            "intercept": dice.pick(("-2.5", "0", "-0.000001")),
            "mean_amount": dice.pick(("", "1000", "12345.67")),
        }
    )
    known = _known_attributes(world)
    curves = [row["decay"] for row in world.seeds["decay_curves"]]
    for number, attribute in enumerate(dice.some(sorted(known), 3, 5)):
        feature = {"measure": "attribute", "attribute": dice.messy(attribute)}
        _add(dice, tables, name, f"attribute_{number}", feature)
        _draw_bins_of_attribute(dice, world, tables, (name, f"attribute_{number}"), attribute)
    measures = [one for one in MEASURES if one != "total" or "quantity" in _known(world, "event")]
    for measure in measures:
        feature = {"measure": measure}
        if measure != "age":
            feature["event_type"] = dice.pick(("", draw_types(dice, vocabulary.EVENT_TYPES)))
            feature["within_days"] = dice.pick(("", *WINDOWS) if measure != "trend" else WINDOWS)
        if measure == "total":
            feature["attribute"] = "quantity"
        if measure == "events":
            feature["decay"] = dice.pick(("", *curves))
        _add(dice, tables, name, measure, feature)
        _draw_bins_of_number(dice, tables, (name, measure))
    _draw_bands(dice, tables, name)


def _known_attributes(world: World) -> Mapping[str, str]:
    """The attributes of leads that a prediction may look at, with their types."""
    known = _known(world, "lead")
    return {
        name: kind
        for name, kind in vocabulary.LEAD_ATTRIBUTES.items()
        if name in known and name != "case_id"
    }


def _known(world: World, of: str) -> set[str]:
    return {
        row["attribute"].strip("\u00a0\t ").lower()
        for row in world.seeds["attributes"]
        if row["of"] == of and row["known"] != "after_contact"
    }


def _add(dice: Dice, tables: Tables, name: str, feature: str, cells: Mapping[str, str]) -> None:
    tables["prediction_features"].append(
        {"prediction": dice.messy(name), "feature": feature, **cells}
    )


def _bin(dice: Dice, tables: Tables, key: tuple[str, str], operator: str, value: str = "") -> None:
    places = len([row for row in tables["prediction_bins"] if row["feature"] == key[1]])
    tables["prediction_bins"].append(
        {
            "prediction": key[0],
            "feature": key[1],
            "priority": str(10 * (places + 1)),
            "operator": dice.messy(operator),
            "value": value,
            "log_odds": dice.pick(LOG_ODDS),
            "leads": dice.pick(LEADS),
        }
    )


def _draw_bins_of_attribute(
    dice: Dice, world: World, tables: Tables, key: tuple[str, str], attribute: str
) -> None:
    kind = vocabulary.LEAD_ATTRIBUTES[attribute]
    for operator in dice.some(OPERATORS[kind], 1, 3):
        _bin(dice, tables, key, operator, draw_value(dice, world, attribute, kind, operator))
    _draw_bins_of_the_rest(dice, tables, key)


def _draw_bins_of_number(dice: Dice, tables: Tables, key: tuple[str, str]) -> None:
    for limit in sorted(dice.some(LIMITS, 1, 4), key=float):
        _bin(dice, tables, key, "lte", limit)
    _draw_bins_of_the_rest(dice, tables, key)


def _draw_bins_of_the_rest(dice: Dice, tables: Tables, key: tuple[str, str]) -> None:
    low = 0 if dice.one_in(6) else 2
    for operator in dice.some(("is_empty", "is_not_empty"), low, 2):
        _bin(dice, tables, key, operator)


def _draw_bands(dice: Dice, tables: Tables, name: str) -> None:
    steps = sorted(dice.some(("-4", "-2.5", "-1", "0.123456", "2"), 2, 4), key=float)
    chances = sorted(dice.some(("0", "0.013", "0.1", "0.25", "0.333333333", "0.9"), 4, 4))
    for number in range(1, len(steps)):
        tables["prediction_calibration"].append(
            {
                "prediction": name,
                "band": str(number),
                "log_odds_from": steps[number - 1],
                "log_odds_until": steps[number],
                "probability_from": chances[number - 1],
                "probability_until": chances[number],
                "leads": "50",
                "won": "5",
                "median_days": dice.pick(("", "12.5", "30")),
            }
        )
