"""Conditions: every operator, with values that the generated cells just meet or just miss."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from generate import vocabulary
from generate.dice import Dice, SeedRow
from generate.world import World

TEXT_OPERATORS = (
    "equals", "not_equals", "in", "not_in", "contains", "starts_with", "ends_with", "has_word",
    "in_list", "not_in_list",
)  # fmt: skip
NUMBER_OPERATORS = (
    "equals", "not_equals", "in", "not_in", "gte", "lte", "between", "in_list", "not_in_list",
)  # fmt: skip
OPERATORS = {
    "text": TEXT_OPERATORS,
    "list": TEXT_OPERATORS,
    "number": NUMBER_OPERATORS,
    "whole": NUMBER_OPERATORS,
    "flag": ("equals", "not_equals"),
    "date": ("equals", "not_equals", "in", "not_in", "gte", "lte", "between"),
}  # fmt: skip
SINCE_AS_OF = ("within_last_days", "within_next_days")
VALUES_OF = {
    "industry": ("software", "RETAIL", "banking"),
    "country": ("de", "DE", "us", "germany"),
    "job_title": ("vp", "geschäftsführer", "head of it", "it", "assistant to the vp"),
    "company_name": ("acme", "rival inc", "größe ag", "größe"),
    "email_domain": ("gmail.com", "web.de", "rival.example"),
    "email_type": ("business", "free", "disposable", "invalid", "missing"),
    "seniority": vocabulary.SENIORITIES,
    "department": vocabulary.DEPARTMENTS,
    "company_size": ("micro", "small", "medium", "large", "enterprise"),
    "employee_count": ("9", "10", "49", "50", "51", "250", "999", "1000"),
    "annual_revenue": ("10", "1000", "0"),
    "profile_completeness": ("0", "0.5", "0.625", "1", "0.125"),
    "active_colleagues": ("0", "0", "1", "1", "2", "3"),
    "channel": ("email", "web", "paid search"),
    "url": ("/pricing", "/docs", "https://a.example/p?x=1", "/careers/x", "/p"),
    "asset": ("e-book", "case study", "book"),
    "quantity": ("1", "2", "10", "0"),
}
WORDS = (
    "alpha", "Alpha beta", "beta", "größe", "école", "vp", "it", "head of it", "100", "p", "book",
    "geschäftsführer", "日本", "paid search", "none",
)  # fmt: skip
WITHIN_DAYS = (1, 2, 7, 30)


def draw_condition(dice: Dice, world: World, of: str, kinds: dict[str, str]) -> SeedRow:
    """Attribute, operator and value about a lead or an event."""
    names = [name for name in kinds if name != "case_id"]
    if not dice.features.time_conditions:
        names = [name for name in names if kinds[name] != "date"]
    if not dice.features.colleagues:
        names = [name for name in names if name != "active_colleagues"]
    name = dice.pick(names)
    kind = kinds[name]
    if dice.one_in(8):
        operator = dice.pick(("is_empty", "is_not_empty"))
        return {"of": of, "attribute": dice.messy(name), "operator": operator, "value": ""}
    operator = dice.pick(OPERATORS[kind] + (SINCE_AS_OF if kind == "date" else ()))
    return {
        "of": of,
        "attribute": dice.messy(name),
        "operator": dice.messy(operator),
        "value": draw_value(dice, world, name, kind, operator),
    }


def draw_value(dice: Dice, world: World, name: str, kind: str, operator: str) -> str:
    """A value that is valid for the operator and the type."""
    if operator in ("in_list", "not_in_list"):
        return dice.messy(dice.pick(("words", "numbers")))
    if operator in SINCE_AS_OF:
        return str(dice.pick(WITHIN_DAYS))
    if operator == "between":
        ends = sorted(
            [one_value(dice, world, name, kind), one_value(dice, world, name, kind)],
            key=lambda text: float(text) if kind in ("number", "whole") else text.strip(),
        )
        return "..".join(ends)
    if operator in ("in", "not_in"):
        values = [one_value(dice, world, name, kind) for _ in range(dice.number(1, 3))]
        parts = [value.replace("|", "") for value in values]
        return dice.pick(("|", " | ", "||")).join(parts)
    if operator == "has_word":
        return dice.messy(dice.pick(WORDS))
    return one_value(dice, world, name, kind)


def one_value(dice: Dice, world: World, name: str, kind: str) -> str:
    """A single value of the type."""
    if kind == "date":
        day = world.today + timedelta(days=dice.pick((-31, -30, -29, -7, -1, 0, 1, 7, 30)))
        return day.isoformat()
    if name in VALUES_OF:
        return dice.messy(dice.pick(VALUES_OF[name]))
    if kind == "number":
        return dice.pick(vocabulary.NUMBER_VALUES)
    if kind == "whole":
        return dice.pick(vocabulary.WHOLE_VALUES)
    if kind == "flag":
        return dice.pick(vocabulary.FLAG_VALUES)
    return dice.messy(dice.pick(vocabulary.TEXT_VALUES))


def draw_types(dice: Dice, types: Sequence[str]) -> str:
    """One event type, or several separated by `|`."""
    names = [dice.messy(name) for name in dice.some(types, 1, dice.pick((1, 1, 1, 2, 3)))]
    return dice.pick(("|", "|", " | ")).join(names)


def draw_history(dice: Dice) -> SeedRow:
    """A count of events of a type; `equals 0` and `lte` speak of what did not happen."""
    return {
        "of": "history",
        "event_type": draw_types(dice, vocabulary.EVENT_TYPES),
        "within_days": dice.pick(("", "1", "2", "7", "30")),
        "operator": dice.pick(("equals", "gte", "lte")),
        "value": dice.pick(("0", "0", "1", "2")),
    }


def draw_further(dice: Dice, world: World, allowed: tuple[str, ...]) -> list[SeedRow]:
    """No, one or two further conditions; no two about the same thing with the same operator."""
    kinds_of = {"lead": vocabulary.LEAD_ATTRIBUTES, "event": vocabulary.EVENT_ATTRIBUTES}
    drawn = []
    for _ in range(dice.pick((0, 0, 0, 1, 1, 2))):
        of = dice.pick(allowed)
        if of != "history":
            drawn.append(draw_condition(dice, world, of, kinds_of[of]))
        elif dice.features.history:
            drawn.append(draw_history(dice))
    return list({key_of(row): row for row in drawn}.values())


def key_of(row: SeedRow) -> tuple[str, ...]:
    """What two further conditions of one rule may not share."""
    columns = ("of", "event_type", "attribute", "operator")
    parts = (row.get(column, "").lower().split("|") for column in columns)
    return tuple("|".join(sorted(part.strip() for part in each)) for each in parts)
