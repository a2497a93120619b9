"""Which columns and event types the rules read, and what type they need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lead_scoring.model_expressions import Project
from lead_scoring.rules.rule_set import Cells, RuleSet

# The type that a derived attribute needs of what it is made of.
TYPES_OF_SOURCES: Mapping[str, str] = {"employee_count": "whole"}
# What the engine itself reads.
TYPES_OF_CONTRACT: Mapping[tuple[str, str], str] = {
    ("events", "is_bot"): "flag",
    ("outcomes", "amount"): "number",
}
# Operators that name whole values.
NAMING = ("equals", "in", "in_list")
TABLES: Mapping[str, str] = {"lead": "leads", "event": "events"}


@dataclass(frozen=True)
class RuleReads:
    """What rules read: by table and column, and by event type."""

    columns: Mapping[tuple[str, str], tuple[str, ...]]  # (table, column) -> rules
    types: Mapping[tuple[str, str], str]  # (table, column) -> type, as attributes declares it
    event_types: Mapping[str, tuple[str, ...]]  # event type -> rules
    known_event_types: tuple[str, ...]
    # (table, column) -> all values that rules name, where they do nothing else with it
    values: Mapping[tuple[str, str], tuple[str, ...]]

    def type_of(self, table: str, column: str) -> str:
        """Returns the type that a rule needs of a column: text where none says another."""
        declared = self.types.get((table, column))
        if declared is None and (table, column) in self.columns:
            return TYPES_OF_SOURCES.get(column, "text") if table == "leads" else "text"
        return declared or TYPES_OF_CONTRACT.get((table, column), "text")


def rule_reads(rules: RuleSet) -> RuleReads:
    """Returns what the rules that are on read."""
    sources = Project().macro("sources_of_derived_attributes")()
    columns: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    events: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for rule, of, attribute, event_types in _readings(rules):
        if attribute:
            for column in sources.get(attribute, [attribute]) if of == "lead" else (attribute,):
                columns[TABLES[of], column][rule] = None
        for event_type in event_types.split("|"):
            if event_type.strip():
                events[event_type.strip()][rule] = None
    return RuleReads(
        columns={key: tuple(found) for key, found in columns.items()},
        types={
            (TABLES[row["of"]], row["attribute"]): row["type"]
            for row in rules.tables["attributes"]
            if row["of"] in TABLES
        },
        event_types={name: tuple(found) for name, found in events.items()},
        known_event_types=tuple(row["event_type"] for row in rules.tables["event_types"]),
        values=_values(rules),
    )


def _values(rules: RuleSet) -> dict[tuple[str, str], tuple[str, ...]]:
    """Returns the values of each column that rules compare with whole values alone."""
    entries = defaultdict(list)
    for entry in rules.tables["lists"]:
        entries[entry["list"]].append(entry["entry"])
    named: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    others = set()
    for row, of in _conditions_on(rules):
        place = (TABLES[of], row["attribute"])
        if row["operator"] not in NAMING:
            others.add(place)
            continue
        is_list = row["operator"] == "in_list"
        values = entries[row["value"].strip().lower()] if is_list else row["value"].split("|")
        named[place].update(dict.fromkeys(value.strip().lower() for value in values))
    return {place: tuple(values) for place, values in named.items() if place not in others}


def _conditions_on(rules: RuleSet) -> Iterator[tuple[Cells, str]]:
    """Yields each row that compares an attribute, and of what it is one; those off count too."""
    for table, of in (
        ("fit_rules", "lead"),
        ("engagement_rules", "event"),
        ("audiences", "lead"),
        ("routing_rules", "lead"),
        ("buying_roles", "lead"),
    ):
        yield from ((row, of) for row in rules.tables[table] if row["attribute"])
    yield from (
        (row, row["of"])
        for row in rules.tables["rule_conditions"]
        if row["attribute"] and row["of"] in TABLES
    )


def _readings(rules: RuleSet) -> Iterator[tuple[str, str, str, str]]:
    """Yields rule, of, attribute and event types of every condition of a rule that is on."""
    scorecards_off = {
        row["scorecard"] for row in rules.tables["scorecards"] if row["status"] == "off"
    }
    rules_off = set()
    for table, of in (("fit_rules", "lead"), ("engagement_rules", "event")):
        for row in rules.tables[table]:
            if not row["points"] or row["scorecard"] in scorecards_off:
                rules_off.add((row["rule_id"], row["scorecard"]))
            else:
                yield row["rule_id"], of, row["attribute"], row.get("event_type", "")
    for row in rules.tables["rule_conditions"]:
        if (row["rule_id"], row["scorecard"]) not in rules_off:
            yield row["rule_id"], _of(row), row["attribute"], row["event_type"]
    for row in rules.tables["audiences"]:
        if row["scorecard"] not in scorecards_off:
            yield f"audience of {row['scorecard']}", "lead", row["attribute"], ""
    for row in rules.tables["routing_rules"]:
        if row["scorecard"] not in scorecards_off:
            yield row["rule_id"], "lead", row["attribute"], ""
    for row in rules.tables["buying_roles"]:
        if row["scorecard"] not in scorecards_off:
            yield f"buying role {row['role']}", "lead", row["attribute"], ""


def _of(row: Cells) -> str:
    return row["of"] if row["of"] in TABLES else "event"
