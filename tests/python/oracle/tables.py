"""Rule tables read into typed rows, and overriding (contract 3, decision 0001.19 and 20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from oracle.conditions import Attribute, Condition
from oracle.decay import Curve
from oracle.derived import TitleKeyword, Vocabulary
from oracle.rule_types import (
    BuyingRole,
    EngagementRule,
    EventType,
    FitRule,
    History,
    InactivityRule,
    Rule,
    Scorecard,
    Signal,
    Threshold,
)
from oracle.text import fold, trim

SeedRow = Mapping[str, str | None]
RuleTables = Mapping[str, Sequence[SeedRow]]
EVERY = "*"
LAST = Decimal("Infinity")


def decimal_of(row: SeedRow, column: str) -> Decimal | None:
    """The number in a cell; None where blank."""
    text = trim(row.get(column))
    return None if text is None else Decimal(text)


def whole_of(row: SeedRow, column: str) -> int | None:
    """The whole number in a cell; None where blank."""
    value = decimal_of(row, column)
    return None if value is None else int(value)


def needed(row: SeedRow, column: str) -> Decimal:
    """The number in a cell that may not be blank."""
    value = decimal_of(row, column)
    if value is None:
        raise ValueError(f"{column} is blank in {row}")
    return value


def name_of(row: SeedRow, column: str) -> str:
    """An id of a rule table: trimmed, in lower case; blank is ''."""
    return fold(row.get(column)) or ""


def types_of(row: SeedRow) -> frozenset[str]:
    """The event types of a rule or a condition: "several, separated by `|`"."""
    parts = (row.get("event_type") or "").split("|")
    return frozenset(name for part in parts if (name := fold(part)) is not None)


def condition_of(row: SeedRow) -> tuple[Condition, ...]:
    """The condition of a row; none where the attribute is blank."""
    attribute = name_of(row, "attribute")
    if not attribute:
        return ()
    return (Condition(attribute, name_of(row, "operator"), fold(row.get("value"))),)


def is_true(row: SeedRow, column: str) -> bool:
    """A flag of a rule table; blank is false."""
    return name_of(row, column) in ("true", "yes", "1")


class Rulebook:
    """All rule tables, typed. Override with `effective(rows, scorecard)`."""

    def __init__(self, tables: RuleTables) -> None:
        """Read the tables; they are taken to be valid."""
        self._tables = tables
        self._further: defaultdict[tuple[str, str], list[SeedRow]] = defaultdict(list)
        for row in self._rows("rule_conditions"):
            self._further[name_of(row, "rule_id"), name_of(row, "scorecard")].append(row)
        self.lead_attributes = self._attributes("lead")
        self.event_attributes = self._attributes("event")
        self.event_types = {
            name_of(row, "event_type"): EventType(
                is_true(row, "is_activity"),
                is_true(row, "is_click"),
                is_true(row, "can_be_prompted"),
            )
            for row in self._rows("event_types")
        }
        self.vocabulary = Vocabulary(self._lists(), self._title_keywords())
        self.signals = {name_of(row, "signal"): read_signal(row) for row in self._rows("signals")}
        self.curves = {name_of(row, "decay"): read_curve(row) for row in self._rows("decay_curves")}
        self.scorecards = [self._scorecard(row) for row in self._rows("scorecards")]
        self.fit_rules = [self._fit_rule(row) for row in self._rows("fit_rules")]
        self.engagement_rules = [
            self._engagement_rule(row) for row in self._rows("engagement_rules")
        ]
        self.inactivity_rules = [
            self._inactivity_rule(row) for row in self._rows("inactivity_rules")
        ]
        self.thresholds = [read_threshold(row) for row in self._rows("thresholds")]
        roles: defaultdict[tuple[str, str], list[SeedRow]] = defaultdict(list)
        for row in self._rows("buying_roles"):
            roles[name_of(row, "role"), name_of(row, "scorecard")].append(row)
        self.buying_roles = [read_role(*key, rows) for key, rows in roles.items()]

    def _rows(self, name: str) -> Sequence[SeedRow]:
        return self._tables.get(name, ())

    def _attributes(self, of: str) -> dict[str, Attribute]:
        return {
            name_of(row, "attribute"): Attribute(
                name_of(row, "attribute"),
                of,
                name_of(row, "type"),
                name_of(row, "known"),
                name_of(row, "on_merge"),
                is_true(row, "can_be_prompted"),
            )
            for row in self._rows("attributes")
            if name_of(row, "of") == of
        }

    def _lists(self) -> dict[str, frozenset[str]]:
        lists: defaultdict[str, set[str]] = defaultdict(set)
        for row in self._rows("lists"):
            lists[name_of(row, "list")].add(name_of(row, "entry"))
        return {name: frozenset(entries) for name, entries in lists.items()}

    def _title_keywords(self) -> list[TitleKeyword]:
        return [
            TitleKeyword(
                name_of(row, "keyword"),
                decimal_of(row, "priority"),
                fold(row.get("seniority")),
                fold(row.get("department")),
            )
            for row in self._rows("title_keywords")
        ]

    def _scorecard(self, row: SeedRow) -> Scorecard:
        name = name_of(row, "scorecard")
        audience = tuple(
            condition
            for other in self._rows("audiences")
            if name_of(other, "scorecard") == name
            for condition in condition_of(other)
        )
        priority = decimal_of(row, "priority")
        return Scorecard(
            name,
            trim(row.get("segment")),
            name_of(row, "status"),
            LAST if priority is None else priority,
            needed(row, "fit_points_for_100"),
            needed(row, "engagement_points_for_100"),
            needed(row, "fit_weight"),
            audience,
        )

    def _of(self, row: SeedRow, of: str) -> tuple[Condition, ...]:
        further = self._further[name_of(row, "rule_id"), name_of(row, "scorecard")]
        return tuple(
            condition
            for other in further
            if name_of(other, "of") == of
            for condition in condition_of(other)
        )

    def _of_history(self, row: SeedRow) -> tuple[History, ...]:
        further = self._further[name_of(row, "rule_id"), name_of(row, "scorecard")]
        return tuple(
            History(
                types_of(other),
                whole_of(other, "within_days"),
                name_of(other, "operator"),
                needed(other, "value"),
            )
            for other in further
            if name_of(other, "of") == "history"
        )

    def _fit_rule(self, row: SeedRow) -> FitRule:
        return FitRule(
            name_of(row, "rule_id"),
            name_of(row, "scorecard"),
            decimal_of(row, "points"),
            condition_of(row) + self._of(row, "lead"),
            (),
            self._of_history(row),
            name_of(row, "signal"),
            priority_of(row),
            is_true(row, "disqualifies"),
        )

    def _engagement_rule(self, row: SeedRow) -> EngagementRule:
        decay = name_of(row, "decay")
        return EngagementRule(
            name_of(row, "rule_id"),
            name_of(row, "scorecard"),
            decimal_of(row, "points"),
            self._of(row, "lead"),
            condition_of(row) + self._of(row, "event"),
            self._of_history(row),
            name_of(row, "signal"),
            priority_of(row),
            types_of(row),
            name_of(row, "award") or "each",
            name_of(row, "per"),
            whole_of(row, "max_per_day"),
            whole_of(row, "min_count") or 1,
            whole_of(row, "within_days"),
            self.curves[decay] if decay else Curve(),
        )

    def _inactivity_rule(self, row: SeedRow) -> InactivityRule:
        return InactivityRule(
            name_of(row, "rule_id"),
            name_of(row, "scorecard"),
            decimal_of(row, "points"),
            self._of(row, "lead"),
            (),
            self._of_history(row),
            int(needed(row, "after_days")),
            whole_of(row, "every_days"),
            whole_of(row, "max_times"),
        )


def priority_of(row: SeedRow) -> Decimal:
    """The priority; blank is last."""
    priority = decimal_of(row, "priority")
    return LAST if priority is None else priority


def read_signal(row: SeedRow) -> Signal:
    """A signal from its row."""
    return Signal(
        name_of(row, "signal"),
        name_of(row, "dimension"),
        name_of(row, "family"),
        name_of(row, "matching"),
        decimal_of(row, "min_points"),
        decimal_of(row, "max_points"),
    )


def read_curve(row: SeedRow) -> Curve:
    """A decay curve from its row."""
    return Curve(
        name_of(row, "method"),
        name_of(row, "clock") or "event",
        whole_of(row, "days") or 1,
        decimal_of(row, "percent") or Decimal(0),
        whole_of(row, "grace_days") or 0,
        decimal_of(row, "floor_percent") or Decimal(0),
        whole_of(row, "expire_days"),
    )


def read_threshold(row: SeedRow) -> Threshold:
    """A label of a ladder from its row."""
    return Threshold(
        name_of(row, "scorecard"),
        name_of(row, "ladder"),
        trim(row.get("label")) or "",
        needed(row, "rank"),
        (
            decimal_of(row, "min_total"),
            decimal_of(row, "min_fit"),
            decimal_of(row, "min_engagement"),
        ),
    )


def read_role(role: str, scorecard: str, rows: Sequence[SeedRow]) -> BuyingRole:
    """A buying role from its rows: all are conditions, and one of them has each of the rest."""

    def of_one_row(column: str) -> SeedRow:
        return next((row for row in rows if trim(row.get(column)) is not None), {})

    return BuyingRole(
        role,
        scorecard,
        tuple(condition for row in rows for condition in condition_of(row)),
        priority_of(of_one_row("priority")),
        whole_of(of_one_row("members_needed"), "members_needed"),
        decimal_of(of_one_row("weight"), "weight"),
        any(is_true(row, "is_required") for row in rows),
        trim(of_one_row("description").get("description")) or role,
    )


AnyRule = TypeVar("AnyRule", bound=Rule)


def effective(rules: Iterable[AnyRule], scorecard: str) -> list[AnyRule]:
    """The rules that hold for a scorecard and are on: its own, and those of `*` that it does not
    override with a row of the same rule_id."""
    rules = list(rules)
    own = [rule for rule in rules if rule.scorecard == scorecard]
    overridden = {rule.rule_id for rule in own}
    shared = [rule for rule in rules if rule.scorecard == EVERY and rule.rule_id not in overridden]
    return [rule for rule in own + shared if rule.points is not None]


def effective_thresholds(thresholds: Iterable[Threshold], scorecard: str) -> list[Threshold]:
    """As `effective`, for labels: the key is ladder and label (compared without case)."""
    thresholds = list(thresholds)
    own = [one for one in thresholds if one.scorecard == scorecard]
    overridden = {(one.ladder, one.label.lower()) for one in own}
    return own + [
        one
        for one in thresholds
        if one.scorecard == EVERY and (one.ladder, one.label.lower()) not in overridden
    ]
