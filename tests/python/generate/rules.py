"""Rules of one case: scorecards, signals, curves, rules with further conditions, overrides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generate import vocabulary
from generate.conditions import draw_condition, draw_further, draw_types
from generate.dice import Dice, SeedRow
from generate.roles import draw_own_roles
from generate.world import World, thresholds

POINTS = ("10", "5", "20", "2.5", "0.01", "33.33", "100", "0.5", "1.25", "7", "0", "999999.99")
NEGATIVE_POINTS = ("-10", "-5", "-0.05", "-33.33", "-20")
FOR_100 = ("100", "50", "160", "800", "30", "7", "40", "0.03", "33.33")
FIT_WEIGHTS = ("0", "1", "0.5", "0.6", "0.25", "0.333", "0.05")
PRIORITIES = ("", "", "1", "1", "2", "0", "10")
METHODS = ("none", "window", "linear", "step_linear", "step_compound", "half_life")
DAYS = (1, 2, 3, 7, 10, 14, 30, 90)
PERCENTS = ("0", "5", "25", "33.33", "50", "99.99", "100")


@dataclass
class Rules:
    """The rows of one case by seed, and ages (in days) at which something changes."""

    seeds: dict[str, list[SeedRow]] = field(default_factory=dict)
    ages: set[int] = field(default_factory=lambda: {0, 1, 2, 30})

    def add(self, seed: str, *rows: SeedRow) -> None:
        """Add rows to a seed."""
        self.seeds.setdefault(seed, []).extend(rows)

    def mark(self, *days: int) -> None:
        """Note days at which something changes, with the days beside them."""
        self.ages.update(near for day in days for near in (day - 1, day, day + 1) if near >= 0)


def draw_points(dice: Dice) -> str:
    """Points; the most common are plain."""
    if dice.features.negative_points and dice.one_in(4):
        return dice.pick(NEGATIVE_POINTS)
    return dice.pick(POINTS)


def draw_limits(dice: Dice) -> tuple[str, str]:
    """min_points and max_points of a signal."""
    if not dice.features.limits:
        return "", ""
    low = dice.pick(("", "", "-15", "0", "-0.01"))
    return low, dice.pick(("", "", "", "20", "0", "7.77"))


def draw_signals(dice: Dice, rules: Rules, prefix: str, dimension: str) -> list[str]:
    """One to three signals of a dimension; returns their names."""
    families = vocabulary.FIT_FAMILIES if dimension == "fit" else vocabulary.ENGAGEMENT_FAMILIES
    names = [f"{prefix}_{dimension}_{number}" for number in range(dice.number(1, 3))]
    for name in names:
        low, high = draw_limits(dice)
        first = dice.features.first and dice.one_in(3)
        rules.add(
            "signals",
            {
                "signal": dice.messy(name),
                "dimension": dimension,
                "family": dice.pick(families),
                "matching": "first" if first else "sum",
                "min_points": low,
                "max_points": high,
                "description": name,
            },
        )
    return names


def draw_curves(dice: Dice, rules: Rules, prefix: str) -> list[str]:
    """No curve, one or two; returns their names."""
    names = [f"{prefix}_curve_{number}" for number in range(dice.number(0, 2))]
    for name in names:
        days, grace = dice.pick(DAYS), dice.pick((0, 0, 0, 1, 5, 30))
        expire = dice.pick((0, 0, 0, 1, 7, 45))
        method = dice.pick(METHODS)
        activity = dice.features.activity_clocks and dice.one_in(3)
        rules.mark(days, grace, grace + days, grace + 2 * days, grace + 3 * days, grace + 13 * days)
        rules.mark(expire)
        rules.add(
            "decay_curves",
            {
                "decay": dice.messy(name),
                "method": dice.messy(method),
                "clock": "activity" if activity else dice.pick(("", "event")),
                "days": str(days),
                "percent": dice.pick(PERCENTS) if method.startswith("step") else "",
                "grace_days": str(grace) if grace else "",
                "floor_percent": dice.pick(("", "", "", "10", "50", "0.5", "100")),
                "expire_days": str(expire) if expire else "",
            },
        )
    return names


def draw_fit_rule(
    dice: Dice, world: World, rules: Rules, key: tuple[str, str], signals: Sequence[str]
) -> None:
    """A fit rule with its further conditions; key is (rule_id, scorecard)."""
    rule_id, scorecard = key
    further = draw_further(dice, world, ("lead", "lead", "history"))
    row = {
        "rule_id": dice.messy(rule_id),
        "scorecard": dice.messy(scorecard),
        "signal": dice.messy(dice.pick(signals)),
        "priority": dice.pick(PRIORITIES),
        "points": draw_points(dice),
        "disqualifies": dice.pick(("", "", "false", "false", "false", "true")),
    }
    if not further or not dice.one_in(3):
        own = draw_condition(dice, world, "lead", vocabulary.LEAD_ATTRIBUTES)
        row.update({name: text for name, text in own.items() if name != "of"})
    rules.add("fit_rules", row)
    add_further(dice, rules, key, further)


def add_further(dice: Dice, rules: Rules, key: tuple[str, str], further: Sequence[SeedRow]) -> None:
    """Further conditions of a rule."""
    for row in further:
        named = {"rule_id": dice.messy(key[0]), "scorecard": dice.messy(key[1])}
        rules.add("rule_conditions", named | row)
        if row.get("within_days"):
            rules.mark(int(row["within_days"]))


def draw_engagement_rule(
    dice: Dice,
    world: World,
    rules: Rules,
    key: tuple[str, str],
    signals: Sequence[str],
    curves: Sequence[str],
) -> None:
    """An engagement rule with its further conditions; key is (rule_id, scorecard)."""
    rule_id, scorecard = key
    features = dice.features
    within = dice.pick(("", "", "", "1", "7", "30"))
    row = {
        "rule_id": dice.messy(rule_id),
        "scorecard": dice.messy(scorecard),
        "signal": dice.messy(dice.pick(signals)),
        "priority": dice.pick(PRIORITIES),
        "event_type": draw_types(dice, vocabulary.RULED_EVENT_TYPES),
        "points": draw_points(dice),
        "award": dice.pick(("", "each", "once")) if features.once else dice.pick(("", "each")),
        "per": dice.pick(("", "", "day", "session", "target")) if features.joining else "",
        "max_per_day": dice.pick(("", "", "1", "2", "3")) if features.daily_caps else "",
        "min_count": dice.pick(("", "", "", "1", "2", "3")) if features.min_counts else "",
        "within_days": within,
        "decay": dice.messy(dice.pick(["", *curves, *curves])) if curves else "",
    }
    if within:
        rules.mark(int(within))
    if dice.one_in(3):
        own = draw_condition(dice, world, "event", vocabulary.EVENT_ATTRIBUTES)
        row.update({name: text for name, text in own.items() if name != "of"})
    rules.add("engagement_rules", row)
    add_further(dice, rules, key, draw_further(dice, world, ("event", "lead", "history")))


def draw_inactivity_rule(dice: Dice, world: World, rules: Rules, key: tuple[str, str]) -> None:
    """A penalty, sometimes with further conditions."""
    after = dice.pick((1, 7, 30, 45))
    every = dice.pick((0, 0, 1, 7, 30))
    rules.mark(after, after + every, after + 2 * every)
    rules.add(
        "inactivity_rules",
        {
            "rule_id": dice.messy(key[0]),
            "scorecard": dice.messy(key[1]),
            "after_days": str(after),
            "every_days": str(every) if every else "",
            "points": dice.pick(("-10", "-2.5", "-0.01", "-30")),
            "max_times": dice.pick(("", "", "1", "2", "3")),
        },
    )
    if dice.one_in(4):
        add_further(dice, rules, key, draw_further(dice, world, ("lead", "history")))


def draw_scorecard(dice: Dice, rules: Rules, token: str, name: str, priority: int | None) -> None:
    """A scorecard for the leads of one case; priority None: a challenger."""
    rules.add(
        "scorecards",
        {
            "scorecard": dice.messy(name),
            "segment": dice.pick(("enterprise", "mid_market", "small_business", "Public sector")),
            "status": "live" if priority is not None else "challenger",
            "priority": "" if priority is None else str(priority),
            "owner": "marketing",
            "fit_points_for_100": dice.pick(FOR_100),
            "engagement_points_for_100": dice.pick(FOR_100),
            "fit_weight": dice.pick(FIT_WEIGHTS),
        },
    )
    rules.add(
        "audiences",
        {
            "scorecard": dice.messy(name), "attribute": "case_id", "operator": "equals",
            "value": dice.messy(token),
        },
    )  # fmt: skip


def draw_rules(dice: Dice, world: World, token: str, priority: int) -> Rules:
    """All rules of one case, on the world's shared ones where it overrides them."""
    rules = Rules()
    live, challenger = f"{token}_live", f"{token}_challenger"
    draw_scorecard(dice, rules, token, live, priority)
    if dice.one_in(4):
        narrower = draw_condition(dice, world, "lead", vocabulary.LEAD_ATTRIBUTES)
        narrower.pop("of")
        rules.add("audiences", {"scorecard": live} | narrower)
    scorecards = [live]
    if dice.one_in(3):
        draw_scorecard(dice, rules, token, challenger, None)
        scorecards.append(challenger)
        if dice.one_in(6):
            rules.seeds["scorecards"][-1]["status"] = "off"
    fit = draw_signals(dice, rules, token, "fit")
    engagement = draw_signals(dice, rules, token, "engagement")
    curves = draw_curves(dice, rules, token)
    for scorecard in scorecards:
        for number in range(dice.number(1, 4)):
            draw_fit_rule(dice, world, rules, (f"{token}_f{number}", scorecard), fit)
        for number in range(dice.number(1, 4)):
            key = (f"{token}_e{number}", scorecard)
            draw_engagement_rule(dice, world, rules, key, engagement, curves)
        for number in range(dice.number(0, 2) if dice.features.inactivity else 0):
            draw_inactivity_rule(dice, world, rules, (f"{token}_i{number}", scorecard))
        if dice.features.overrides:
            draw_overrides(dice, world, rules, scorecard, fit, engagement, curves)
        if dice.one_in(2):
            rules.add("thresholds", *thresholds(dice, scorecard, whole_ladders=False))
        draw_own_roles(dice, world, rules, token, scorecard)
    return rules


def draw_overrides(
    dice: Dice,
    world: World,
    rules: Rules,
    scorecard: str,
    fit: Sequence[str],
    engagement: Sequence[str],
    curves: Sequence[str],
) -> None:
    """Rows of the case's own for some shared rules; blank points switch the rule off."""
    for seed in ("fit_rules", "engagement_rules", "inactivity_rules"):
        for shared in world.seeds[seed]:
            if not dice.one_in(4):
                continue
            key = (shared["rule_id"].strip("\u00a0\t ").lower(), scorecard)
            if seed == "fit_rules":
                draw_fit_rule(dice, world, rules, key, [*fit, "shared_fit"])
            elif seed == "engagement_rules":
                signals = [*engagement, "shared_engagement"]
                draw_engagement_rule(dice, world, rules, key, signals, curves)
            else:
                draw_inactivity_rule(dice, world, rules, key)
            if dice.one_in(3):
                rules.seeds[seed][-1]["points"] = ""
