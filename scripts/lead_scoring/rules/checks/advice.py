"""Warnings: rule tables that can be used, and probably do not do what was meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lead_scoring.rules.checks.conditions import conditions
from lead_scoring.rules.checks.findings import Finding
from lead_scoring.rules.checks.idle_cells import idle_cells
from lead_scoring.rules.checks.odd_conditions import odd_conditions
from lead_scoring.rules.checks.references import RULES, WITH_EVENT_TYPES
from lead_scoring.rules.checks.relations import key_of, rules_of
from lead_scoring.rules.checks.schema import SEEDS
from lead_scoring.rules.checks.tables import Row, RuleTables, warning
from lead_scoring.rules.checks.text import event_types_of

MOST_SIGNALS = 15
MOST_RULES = 50
# Families in which points for opens, likes and the like are kept.
VANITY_FAMILIES = ("email", "social")
# What a row of a rule says besides its points: an override is taken whole, its blank cells too.
OF_A_RULE = (
    *("attribute", "disqualifies", "award", "per", "max_per_day", "min_count", "within_days"),
    *("decay", "every_days", "max_times"),
)
# What a blank cell of a rule means anyway.
MEANT_BY_BLANK = {"disqualifies": ("false", "no", "0"), "award": ("each",), "min_count": ("1", "0")}
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
# Words of rules that mean a visit, not each page of it; and of mails that programs open again.
VISITS = re.compile(r"(?<![a-z])(?:visits?|visited|sessions?)(?![a-z])")
OPENS = re.compile(
    r"(?<![a-z])e?-?mails?[ _-]?open(s|ed)?(?![a-z])|(?<![a-z])open(s|ed)? e?-?mails?"
)


def advise(tables: RuleTables) -> Iterator[Finding]:
    """Yields warnings about tables that hold no error."""
    yield from _sizes(tables)
    yield from _vanity(tables)
    yield from _known_too_late(tables)
    yield from _event_types_without_rule(tables)
    yield from odd_conditions(tables)
    yield from _overrides(tables)
    yield from _repeated_events(tables)
    yield from idle_cells(tables)
    yield from _odd_letters(tables)


def _scorecards(tables: RuleTables) -> list[Row]:
    return [row for row in tables.rows("scorecards") if row.name("status") != "off"]


def _sizes(tables: RuleTables) -> Iterator[Finding]:
    for scorecard in _scorecards(tables):
        rules = rules_of(tables, scorecard.name("scorecard"))
        signals = {row.name("signal") for row in rules} - {""}
        for count, most, what in (
            (len(signals), MOST_SIGNALS, "signals"),
            (len(rules), MOST_RULES, "rules"),
        ):
            if count > most:
                yield warning(
                    scorecard,
                    "scorecard",
                    f"has {count} {what}: with more than {most} nobody can tell what a score means",
                    f"Leave out {what} that seldom decide.",
                )


def _vanity(tables: RuleTables) -> Iterator[Finding]:
    """A rule of a vanity family should not give more than half of the intent rules do."""
    families = {row.name("signal"): row.name("family") for row in tables.rows("signals")}
    for scorecard in _scorecards(tables):
        rules = [
            (families.get(row.name("signal")), row.decimal("points") or 0, row)
            for row in rules_of(tables, scorecard.name("scorecard"))
            if row.table == "engagement_rules"
        ]
        intent = [points for family, points, _ in rules if family == "intent" and points > 0]
        for family, points, row in rules:
            fewer = sum(other < points for other in intent)
            if family in VANITY_FAMILIES and intent and 2 * fewer > len(intent):
                yield warning(
                    row,
                    "points",
                    f"a rule of the family {family} gives more than {fewer} of the {len(intent)} "
                    f"intent rules of {scorecard.text('scorecard')}",
                    "Give less for what costs a lead nothing, or more for intent.",
                )


def _known_too_late(tables: RuleTables) -> Iterator[Finding]:
    late = {
        (row.name("of"), row.name("attribute"))
        for row in tables.rows("attributes")
        if row.name("known") == "after_contact"
    }
    for condition in conditions(tables):
        if (condition.of, condition.attribute) in late:
            yield warning(
                condition.row,
                "attribute",
                "is known only after sales spoke with the lead: nobody has it before",
                "Use it for what sales works on already, not to choose whom to contact.",
            )


def _event_types_without_rule(tables: RuleTables) -> Iterator[Finding]:
    used = {
        name
        for table in WITH_EVENT_TYPES
        for row in tables.rows(table)
        for name in event_types_of(row.text("event_type"))
    }
    # Rules of somebody's own need not name all that the project knows.
    are_others = any(tables[table].file.parent != SEEDS for table in WITH_EVENT_TYPES)
    unused = [
        row
        for row in tables.rows("event_types")
        if row.name("event_type") not in used and not (are_others and row.file.parent == SEEDS)
    ]
    if not unused:
        return
    further = [row.text("event_type") for row in unused[1:]]
    more = f", {len(further) - 3} more" if len(further) > 3 else ""
    yield warning(
        unused[0],
        "event_type",
        "no rule looks at events of this type"
        + (f", nor at {', '.join(further[:3])}{more}" if further else ""),
        "Add a rule if they should count.",
    )


def _overrides(tables: RuleTables) -> Iterator[Finding]:
    rows = [row for table in RULES for row in tables.rows(table)]
    every = {row.name("rule_id"): row for row in rows if row.name("scorecard") == "*"}
    further = {key_of(row) for row in tables.rows("rule_conditions")}
    for row in rows:
        overridden = every.get(row.name("rule_id"))
        if overridden is None or overridden is row:
            continue
        if overridden.table != row.table:
            yield warning(
                row,
                "rule_id",
                f"takes the place of a rule of {overridden.table} (row {overridden.number})",
                "If that is not meant, give it another rule_id.",
            )
        elif row.text("points") and key_of(overridden) in further and key_of(row) not in further:
            yield warning(
                row,
                "rule_id",
                f"overrides row {overridden.number}, whose further conditions do not hold here",
                "Add its conditions to rule_conditions.csv for this scorecard too.",
            )
        blank = [
            column
            for column in OF_A_RULE
            if row.text("points")
            and overridden.name(column) not in ("", *MEANT_BY_BLANK.get(column, ()))
            and not row.text(column)
        ]
        if blank and overridden.table == row.table:
            yield warning(
                row,
                blank[0],
                f"{', '.join(blank)} blank here, filled in row {overridden.number}: an override is"
                " taken whole",
                "Fill them in here too, unless they are meant to be blank.",
            )


def _repeated_events(tables: RuleTables) -> Iterator[Finding]:
    """Rules that count each event though people mean something larger; bounds that bind nothing."""
    described = {
        row.name("event_type"): row.text("description") for row in tables.rows("event_types")
    }
    for row in tables.rows("engagement_rules"):
        is_once, least = row.name("award") == "once", row.decimal("min_count") or 1
        if row.name("per") and is_once and least <= 1:
            yield warning(
                row,
                "per",
                "changes nothing: with award once the latest event alone gives points",
                "Leave it blank, or write each as award.",
            )
        elif row.text("max_per_day") and is_once:
            yield warning(
                row,
                "max_per_day",
                "changes nothing: with award once the latest event alone gives points",
                "Leave it blank, or write each as award.",
            )
        elif row.name("per") == "day" and row.text("max_per_day"):
            yield warning(
                row, "max_per_day", "changes nothing: per day a day counts once", "Leave it blank."
            )
        if row.name("per") or row.text("max_per_day") or is_once or not row.decimal("points"):
            continue
        names = event_types_of(row.text("event_type"))
        said = " ".join([row.text("note"), *(described.get(name, "") for name in names)]).lower()
        if OPENS.search(" ".join([row.name("rule_id"), *names, said])):
            yield warning(
                row,
                "per",
                "is blank: a mail that is opened three times counts three times",
                "Write target if url or asset names the mail, or give max_per_day.",
            )
        elif VISITS.search(said):
            yield warning(
                row,
                "per",
                "is blank: three pages, or three reloads of one, count as three visits",
                "Write day, or session if events have a session_id, or give max_per_day.",
            )


def _odd_letters(tables: RuleTables) -> Iterator[Finding]:
    for table in tables.tables.values():
        for row in table.rows:
            for column, cell in row.cells.items():
                if cell.isascii() or column in ("note", "description"):
                    continue
                if unicodedata.normalize("NFC", cell) != cell:
                    yield warning(
                        row,
                        column,
                        "writes letters and their accents as two characters, as few inputs do",
                        "Type the cell anew.",
                    )
                elif any(_mixes_scripts(word) for word in re.findall(r"\w+", cell)):
                    yield warning(
                        row,
                        column,
                        "mixes letters of two scripts that look alike in one word",
                        "Type the cell anew.",
                    )


def _mixes_scripts(word: str) -> bool:
    names = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
    return len(names.intersection(SCRIPTS)) > 1
