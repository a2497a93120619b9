"""Says a whole scorecard in sentences that a salesperson understands, overrides resolved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lead_scoring.rules.buying_roles import buying_roles, role_words
from lead_scoring.rules.decay_curves import curve_words, read_curve
from lead_scoring.rules.rule_set import (
    EVERY_SCORECARD,
    Cells,
    RuleSet,
    is_true,
    number,
    plain,
    signed,
    whole,
)
from lead_scoring.rules.score_ranges import range_lines, reachable_points
from lead_scoring.rules.words import RULE_TABLES, all_rules, audience_words, days_of, rule_words

OWN = "(own)"
# What an engagement rule counts as one, by its column per.
EACH = {
    "": "each time",
    "day": "each day with one or more",
    "session": "each session",
    "target": "each page or asset once",
}
LEAST = {
    "": "if {} times or more",
    "day": "if on {} days or more",
    "session": "if in {} sessions or more",
    "target": "if {} pages or assets or more",
}


@dataclass(frozen=True)
class Section:
    """A part of the explanation: a title, and lines of points ('' for none) and words."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Rule:
    """A rule row that holds for the scorecard, with its kind: fit, engagement or inactivity."""

    kind: str
    row: Cells

    @property
    def is_on(self) -> bool:
        """A rule with blank points is off."""
        return bool(self.row["points"])

    @property
    def points(self) -> Decimal:
        """The points of a rule that is on."""
        return number(self.row, "points") or Decimal(0)


def explain_scorecard(rule_set: RuleSet, scorecard: str) -> list[Section]:
    """Returns a scorecard, named as in its table, in words. Raises RulesError for a bad number."""
    row = rule_set.names("scorecards", "scorecard")[scorecard]
    rules = effective_rules(rule_set, scorecard)
    return [
        _heading(rule_set, row, rules),
        *_dimension(rule_set, rules, "fit", "Fit: who the lead is"),
        *_dimension(rule_set, rules, "engagement", "Engagement: what the lead does"),
        _inactivity(rule_set, rules),
        _disqualifiers(rule_set, rules),
        *_switched_off(rule_set, rules),
        _scores(rule_set, row, rules),
        Section("Labels", tuple(("", line) for line in range_lines(rule_set, row))),
        _buying_group(rule_set, scorecard),
    ]


def effective_rules(rule_set: RuleSet, scorecard: str) -> list[Rule]:
    """Returns the rules of a scorecard; rows of its own take the place of those for every one."""
    return [
        Rule(kind, row)
        for table, kind in RULE_TABLES.items()
        for row in rule_set.effective(table, scorecard, ("rule_id",))
    ]


def _heading(rule_set: RuleSet, row: Cells, rules: Sequence[Rule]) -> Section:
    status = {
        "live": "live",
        "challenger": "a challenger: it scores beside the live ones and decides nothing",
    }.get(row["status"], "off: it scores nobody")
    lines = [f"{row['description']}." if row["description"] else "", f"Status: {status}."]
    if row["owner"]:
        lines.append(f"Owner: {row['owner']}. Segment: {row['segment']}.")
    audience = audience_words(rule_set, row["scorecard"])
    if audience:
        lines.append(f"It is for leads of whom all of this holds: {'; '.join(audience)}.")
    else:
        lines.append("It is for everyone.")
    earlier = _earlier_scorecards(rule_set, row)
    if earlier and row["status"] == "live":
        lines.append(f"A lead that {' or '.join(earlier)} is for has that scorecard instead.")
    if any(rule.row["scorecard"] != EVERY_SCORECARD for rule in rules):
        lines.append(f"{OWN} marks a rule of this scorecard alone, or its version of a shared one.")
    return Section(f"Scorecard {row['scorecard']}", tuple(("", line) for line in lines if line))


def _earlier_scorecards(rule_set: RuleSet, row: Cells) -> list[str]:
    own = number(row, "priority")
    live = [
        (number(other, "priority"), other["scorecard"])
        for other in rule_set.tables["scorecards"]
        if other["status"] == "live" and other["scorecard"] != row["scorecard"]
    ]
    return [
        name
        for priority, name in sorted(live, key=lambda each: (each[0] is None, each[0] or 0))
        if priority is not None and (own is None or priority < own)
    ]


def _dimension(
    rule_set: RuleSet, rules: Sequence[Rule], dimension: str, title: str
) -> list[Section]:
    sections = []
    for signal in rule_set.tables["signals"]:
        if signal["dimension"] != dimension:
            continue
        held = [
            rule
            for rule in rules
            if rule.kind == dimension and rule.row["signal"] == signal["signal"] and rule.is_on
        ]
        if not held:
            continue
        lines = [
            (signed(rule.points), _rule_line(rule_set, rule)) for rule in _sorted(held, signal)
        ]
        name = signal["description"] or signal["signal"]
        sections.append(Section(f"{name} ({_limits(signal)})", tuple(lines)))
    return [Section(title, () if sections else (("", "No rules."),)), *sections]


def _sorted(rules: Iterable[Rule], signal: Cells) -> list[Rule]:
    if signal["matching"] == "first":
        return sorted(
            rules,
            key=lambda rule: (
                not rule.row["priority"],
                number(rule.row, "priority") or Decimal(0),
                rule.row["rule_id"],
            ),
        )
    return sorted(rules, key=lambda rule: (-rule.points, rule.row["rule_id"]))


def _limits(signal: Cells) -> str:
    matching = "the first that holds counts" if signal["matching"] == "first" else "all add up"
    least, most = number(signal, "min_points"), number(signal, "max_points")
    if least is not None and most is not None:
        return f"{matching}, together {signed(least)} to {signed(most)}"
    if most is not None:
        return f"{matching}, together at most {signed(most)}"
    if least is not None:
        return f"{matching}, together no less than {signed(least)}"
    return matching


def _rule_line(rule_set: RuleSet, rule: Rule) -> str:
    words = rule_words(rule_set, rule.kind, rule.row)
    if rule.kind == "engagement":
        words = f"{words}; {award_words(rule_set, rule.row)}"
    if is_true(rule.row.get("disqualifies", "")):
        words += "; disqualifies"
    return words if rule.row["scorecard"] == EVERY_SCORECARD else f"{words} {OWN}"


def award_words(rule_set: RuleSet, row: Cells) -> str:
    """Returns how often an engagement rule gives its points, its limits and its decay."""
    per_day, at_least = whole(row, "max_per_day"), whole(row, "min_count") or 1
    per, parts = row["per"], []
    if row["award"] == "once":
        parts.append("once, for the latest")
    elif per_day is None or per == "day":
        parts.append(EACH[per])
    elif per:
        parts += [EACH[per], "at most one a day" if per_day == 1 else f"up to {per_day} a day"]
    else:
        parts.append("once a day" if per_day == 1 else f"up to {per_day} times a day")
    bounds = LEAST[per].format(at_least) if at_least > 1 else ""
    if row["within_days"]:
        bounds += f" within the last {days_of(row, 'within_days')} days"
    if bounds:
        parts.append(bounds.strip())
    curve = rule_set.names("decay_curves", "decay").get(row["decay"])
    if curve and number(row, "points"):
        parts.append(curve_words(read_curve(curve)))
    elif number(row, "points"):
        parts.append("does not fade")
    return ", ".join(parts)


def _inactivity(rule_set: RuleSet, rules: Sequence[Rule]) -> Section:
    lines = []
    for rule in rules:
        if rule.kind != "inactivity" or not rule.is_on:
            continue
        words = rule_words(rule_set, rule.kind, rule.row)
        every, times = whole(rule.row, "every_days"), whole(rule.row, "max_times")
        if every is None or times == 1:
            words += "; once"
        else:
            words += f"; again for every {every} days more"
            words += "" if times is None else f", at most {times} times in all"
        own = "" if rule.row["scorecard"] == EVERY_SCORECARD else f" {OWN}"
        lines.append((signed(rule.points), words + own))
    if lines:
        lines.append(("", "Any activity of the lead takes this away again."))
    return Section("Inactivity", tuple(lines) or (("", "Nothing is taken for inactivity."),))


def _disqualifiers(rule_set: RuleSet, rules: Sequence[Rule]) -> Section:
    lines = [
        ("", rule_words(rule_set, rule.kind, rule.row))
        for rule in rules
        if rule.kind == "fit" and rule.is_on and is_true(rule.row["disqualifies"])
    ]
    title = "Disqualified, whatever the score, is a lead for whom one of these holds"
    return Section(title, tuple(lines) or (("", "No rule disqualifies."),))


def _switched_off(rule_set: RuleSet, rules: Sequence[Rule]) -> list[Section]:
    lines = []
    for rule in rules:
        if rule.is_on:
            continue
        # A row that is off may say less than the row that it overrides.
        source = next(
            (
                row
                for kind, row in all_rules(rule_set)
                if kind == rule.kind
                and row["rule_id"] == rule.row["rule_id"]
                and row["scorecard"] == EVERY_SCORECARD
            ),
            rule.row,
        )
        lines.append(("", rule_words(rule_set, rule.kind, source)))
    return [Section("Switched off here, unlike elsewhere", tuple(lines))] if lines else []


def _scores(rule_set: RuleSet, row: Cells, rules: Sequence[Rule]) -> Section:
    weight = number(row, "fit_weight") or Decimal(0)
    lines = []
    for dimension in ("fit", "engagement"):
        needed = number(row, f"{dimension}_points_for_100") or Decimal(0)
        most = reachable_points(
            rule_set, [(rule.kind, rule.row) for rule in rules if rule.is_on], dimension
        )
        article = "an" if dimension == "engagement" else "a"
        words = f"{plain(needed)} {dimension} points make {article} {dimension} score of 100"
        if most is None:
            words += "; repeated events can give any number"
        else:
            words += f"; the rules can give at most {plain(most)}"
        lines.append(("", f"{words}. The score is never below 0 or above 100."))
    lines.append(
        (
            "",
            f"Total score: {plain(100 * weight)} % fit and {plain(100 - 100 * weight)} % "
            f"engagement. Fit alone reaches {plain(100 * weight)}, engagement alone "
            f"{plain(100 - 100 * weight)}.",
        )
    )
    return Section("Scores", tuple(lines))


def _buying_group(rule_set: RuleSet, scorecard: str) -> Section:
    lines = [
        ("", role_words(rule_set, role) + (f" {OWN}" if role.is_own else ""))
        for role in buying_roles(rule_set, scorecard)
    ]
    title = "Buying group of an account: a lead has the first role that it fits"
    return Section(title, tuple(lines) or (("", "No roles."),))


def chosen_scorecards(rule_set: RuleSet, scorecard: str | None) -> list[str]:
    """Returns the names to explain. Raises LookupError where the scorecard is unknown."""
    known = rule_set.names("scorecards", "scorecard")
    if scorecard is None:
        return [name for name, row in known.items() if row["status"] in ("live", "challenger")]
    name = scorecard.strip().lower()
    if name not in known:
        raise LookupError(f"There is no scorecard {scorecard}. Those known: {', '.join(known)}.")
    return [name]
