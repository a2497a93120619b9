"""Warnings about cells that are not read, or that hardly mean what they say."""

from __future__ import annotations

from collections.abc import Iterator

from lead_scoring.rules.checks.conditions import conditions
from lead_scoring.rules.checks.findings import Finding, Level
from lead_scoring.rules.checks.schema import SEEDS
from lead_scoring.rules.checks.tables import RuleTables, warning
from lead_scoring.rules.checks.text import flag_of

# Of 100: a share of one would be less than a hundredth of it.
OF_100 = {
    "decay_curves": ("percent", "floor_percent"),
    "thresholds": ("min_total", "min_fit"),
}
TAKE_OVER = "Take its rows over from the project's own lists.csv, which this file replaces."
MAIL = ("accounts and kinds of addresses are told", None, TAKE_OVER)
# Lists that are read by name -> what is told by them, the attribute without which nobody asks
# (None: every run does), and the mend.
READ_LISTS = {
    "bot_user_agent": ("bots are known", None, TAKE_OVER),
    "free_mail": MAIL,
    "disposable_mail": MAIL,
    "keyboard_run": ("name_has_keyboard_run is derived", "name_has_keyboard_run", TAKE_OVER),
    "competitor": (
        "is_competitor is derived",
        "is_competitor",
        "Add the domains and names of your competitors.",
    ),
}
# What a method of decay does not look at (contract, decay factor).
NOT_READ_BY_METHOD = {
    "none": ("days", "percent", "grace_days", "floor_percent"),
    "window": ("percent", "grace_days"),
    "linear": ("percent",),
    "half_life": ("percent",),
}


def idle_cells(tables: RuleTables) -> Iterator[Finding]:
    """Yields warnings about cells that change nothing, or nearly nothing."""
    yield from _odd_numbers(tables)
    yield from _unread_cells(tables)
    yield from _absent_lists(tables)


def _odd_numbers(tables: RuleTables) -> Iterator[Finding]:
    for table, columns in OF_100.items():
        for row in tables.rows(table):
            for column in columns:
                if 0 < (row.decimal(column) or 0) < 1:
                    yield warning(
                        row,
                        column,
                        "is of 100, so that this is less than a hundredth",
                        "If a half is meant, write 50.",
                    )
    for row in tables.rows("thresholds"):
        minimums = [row.decimal(column) for column in ("min_total", "min_fit", "min_engagement")]
        most = max((one for one in minimums if one), default=None)
        if most and 5 * (row.decimal("exit_margin") or 0) >= 4 * most:
            yield warning(
                row,
                "exit_margin",
                "is nearly all that the label asks for: it is hardly ever left",
                "Write by how much a lead may fall below it.",
            )
    for row in tables.rows("decay_curves"):
        if row.name("method").startswith("step_") and not row.decimal("percent"):
            yield warning(
                row, "percent", "takes nothing at a step: the points never fade", "Give percents."
            )
        if row.text("expire_days") and not row.decimal("expire_days"):
            yield warning(
                row, "expire_days", "lets every event expire at once", "Write 1 or more, or none."
            )
    for row in tables.rows("title_keywords"):
        if not row.text("seniority") and not row.text("department"):
            yield warning(
                row, "keyword", "tells neither seniority nor department", "Fill in one of them."
            )
    for row in tables.rows("fit_rules"):
        if flag_of(row.text("disqualifies")) and not row.text("points"):
            yield warning(
                row,
                "disqualifies",
                "is switched off with the rule, since its points are blank",
                "Write 0 points to disqualify without points.",
            )


def _unread_cells(tables: RuleTables) -> Iterator[Finding]:
    for row in tables.rows("decay_curves"):
        for column in NOT_READ_BY_METHOD.get(row.name("method"), ()):
            if row.decimal(column):
                yield warning(
                    row,
                    column,
                    f"is not looked at by the method {row.text('method')}",
                    "Leave it blank, or choose another method.",
                )
    for row in tables.rows("inactivity_rules"):
        if row.text("max_times") and not row.text("every_days"):
            yield warning(
                row,
                "max_times",
                "is not looked at: without every_days the penalty comes once",
                "Fill in every_days, or leave this blank.",
            )


def _absent_lists(tables: RuleTables) -> Iterator[Finding]:
    used = {condition.attribute for condition in conditions(tables)}
    used |= {row.name("attribute") for row in tables.rows("prediction_features")}
    known = tables.names("lists", "list")
    for name, (told, attribute, mend) in READ_LISTS.items():
        if name not in known and (attribute is None or attribute in used):
            yield tables["lists"].finding(
                f"has no entry of the list {name}, by which {told}",
                mend if tables["lists"].file.parent != SEEDS else "Add its entries.",
                column="list",
                level=Level.WARNING,
            )
