"""What a lever makes of a lead: the input as it would be, scored again (contract 4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from oracle.bots import bots_among
from oracle.conditions import Condition, all_hold, read_rule
from oracle.history import Event, LeadState
from oracle.points import Moment
from oracle.rows import Row
from oracle.rule_types import EngagementRule, FitRule
from oracle.settings import Settings
from oracle.tables import Rulebook

# Section 2: "Derived attributes", by what each is made of.
MADE_OF: Mapping[str, tuple[str, ...]] = {
    "email_domain": ("email",),
    "email_type": ("email",),
    "seniority": ("job_title",),
    "department": ("job_title",),
    "company_size": ("employee_count",),
    "is_competitor": ("email", "company_domain", "company_name"),
    "profile_completeness": (
        "email", "first_name", "last_name", "job_title", "company_name", "industry",
        "employee_count", "country",
    ),
    "name_has_odd_capitals": ("first_name", "last_name"),
    "name_has_keyboard_run": ("first_name", "last_name"),
    "name_has_digits": ("first_name", "last_name"),
    "email_looks_random": ("email",),
    "active_colleagues": ("account_id", "company_domain", "email"),
}  # fmt: skip
OWN = ("event_id", "lead_id", "event_type", "occurred_at", "loaded_at")
OF_TEXT = ("equals", "in", "in_list", "contains", "starts_with", "ends_with", "has_word")
OF_NUMBER = ("equals", "in", "in_list", "gte", "lte", "between")


@dataclass(frozen=True)
class Pulled:
    """A lever, and the lead as it would be."""

    kind: str
    lever: str
    state: LeadState


def events_pulled(
    moment: Moment, rules: Sequence[EngagementRule], settings: Settings
) -> Iterator[Pulled]:
    """ "one event of the type at `as_of`, all else of it blank", of types that can be prompted and
    that a rule of the scorecard matches so; none where a burst is not over."""
    state, book = moment.state, moment.rulebook
    kinds = {name: one.type for name, one in book.event_attributes.items()}
    for name, event_type in book.event_types.items():
        at = state.as_of.isoformat()
        values = {"event_id": "pulled", "lead_id": state.lead_id, "event_type": name,
                  "occurred_at": at}  # fmt: skip
        row = Row("events", values, tuple(sorted(values)))
        texts = {name: row.get(name) for name in kinds}
        is_named = any(
            name in rule.event_types and all_hold(rule.of_event, kinds, texts, moment.surroundings)
            for rule in rules
        )
        if not event_type.can_be_prompted or not is_named or name in looked_at_itself(book):
            continue
        before = bots_among(state.known, book, settings)
        if bots_among([*state.known, row], book, settings) != before:
            continue
        pulled = replace(state, events=[*state.events, Event(name, 0, state.as_of, row)])
        if event_type.is_activity:
            pulled = replace(pulled, gap=0, last_activity_at=state.as_of)
        yield Pulled("event", name, pulled)


def looked_at_itself(book: Rulebook) -> frozenset[str]:
    """Types of rules with a condition on the event's own ids or times, which are not blank."""
    return frozenset(
        name
        for rule in book.engagement_rules
        if rule.points is not None and any(one.attribute in OWN for one in rule.of_event)
        for name in rule.event_types
    )


def attributes_pulled(moment: Moment, rules: Sequence[FitRule]) -> Iterator[Pulled]:
    """ "an attribute that is missing becomes known with the value that a fit rule asks for" """
    state, book = moment.state, moment.rulebook
    if state.version.is_younger:
        return
    for rule in rules:
        assert rule.points is not None
        if rule.points <= 0 or len(rule.of_lead) != 1 or rule.of_history:
            continue
        (condition,) = rule.of_lead
        attribute = book.lead_attributes[condition.attribute]
        if (
            not attribute.can_be_prompted
            or condition.attribute in beyond_reach(book)
            or moment.is_known(condition.attribute)
        ):
            continue
        value = asked_value(condition, attribute.type, moment)
        if value is None:
            continue
        row = replace(state.row, values={**state.row.values, condition.attribute: value})
        by_merge = {
            name: text for name, text in state.by_merge.items() if name != condition.attribute
        }
        pulled = replace(state, row=row, by_merge=by_merge)
        if Moment(pulled, book, moment.surroundings.zone).lead_conditions_hold(rule):
            yield Pulled("attribute", rule.rule_id, pulled)


def asked_value(condition: Condition, kind: str, moment: Moment) -> str | None:
    """The value that a condition asks for, of several the least; None where it asks for none in
    particular."""
    operator, value = condition.operator, condition.value
    element = "text" if kind == "list" else kind
    if value is None or operator not in (
        OF_NUMBER if kind in ("number", "whole") else OF_TEXT if kind != "date" else ()
    ):
        return None
    parts = {
        "in": value.split("|"),
        "in_list": list(moment.surroundings.lists.get(value, ())),
        "between": [value.partition("..")[0]],
    }.get(operator, [value])
    read = [read_rule(element, part, moment.surroundings.zone) for part in parts]
    if kind == "flag":
        return min((str(one).lower() for one in read if one is not None), default=None)
    numbers = [one for one in read if isinstance(one, Decimal)]
    texts = [one for one in read if isinstance(one, str)]
    return f"{min(numbers):f}" if numbers else min(texts, default=None)


def beyond_reach(book: Rulebook) -> frozenset[str]:
    """Attributes whose change is more than that of the rules that name them: audiences look at
    them, or they are derived, or one is derived of them that a condition names."""
    audiences = {one.attribute for card in book.scorecards for one in card.audience}
    rules = (*book.fit_rules, *book.engagement_rules, *book.inactivity_rules)
    named = {one.attribute for rule in rules for one in rule.of_lead} | audiences
    made = {source for name, sources in MADE_OF.items() if name in named for source in sources}
    return frozenset(audiences | made | MADE_OF.keys())
