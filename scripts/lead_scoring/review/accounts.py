"""The section about who was looked at: every lead and every win has its place."""

from __future__ import annotations

import re

from lead_scoring.databases import Row
from lead_scoring.pages.charts import Bar, bars
from lead_scoring.review.figures import Figures
from lead_scoring.review.section import Mark, Section, count, percent, table

EVERYONE = "*"
LOOKED_AT = "looked at"
FATES = (
    *(LOOKED_AT, "too young", "won before the instant", "lost before the instant"),
    *("outcomes not recorded then", "other"),
)
MANY = 0.2  # of the wins, before the instant: too many for the rest to speak for all


def accounted(figures: Figures) -> Section:
    """Who was looked at, who was not, and why."""
    found = {row["fate"]: row for row in figures["leads_accounted_for"]}
    title = "Who was looked at?"
    explains = (
        "Every lead once. Too young: the horizon after its instant is not over, so nobody knows "
        "yet. Won or lost before the instant: nothing was left to foretell. Other: the instant "
        "does not exist for it, as where nobody ever spoke to it."
    )
    every = found.get(EVERYONE)
    if every is None or not every["leads"]:
        return Section("accounted", title, Mark.unknown, "Wait for leads.", explains)
    present = [found[fate] for fate in FATES if fate in found]
    chart = bars(
        [
            Bar(
                row["fate"],
                row["leads"],
                f"{count(row['leads'])}, {count(row['wins'])} of them won",
            )
            for row in present
        ],
        "leads",
    )
    lines = [(row["fate"], count(row["leads"]), count(row["wins"])) for row in [*present, every]]
    lines[-1] = ("all", *lines[-1][1:])
    mark, todo = _advice(found, every)
    columns = ("what became of the lead", "leads", "won so far")
    return Section("accounted", title, mark, todo, explains, (chart,), table(columns, lines))


def _advice(found: dict[str, Row], every: Row) -> tuple[Mark, str]:
    looked_at = found.get(LOOKED_AT)
    seen = (looked_at["leads"], looked_at["wins"]) if looked_at else (0, 0)
    said = (
        f"{count(seen[0])} of {count(every['leads'])} leads are looked at, with {count(seen[1])} "
        f"of {count(every['wins'])} wins"
    )
    parts = [part for part in (_early(found, every), _unrecorded(found)) if part]
    if parts:
        return Mark.act, " ".join([*parts, f"So {said}."])
    return Mark.fine, f"Nothing to do: {said}; the others are counted below."


def _early(found: dict[str, Row], every: Row) -> str:
    before = found.get("won before the instant")
    if before is None or not every["wins"] or before["wins"] <= MANY * every["wins"]:
        return ""
    share = f"{count(before['wins'])} of {count(every['wins'])} wins came before the instant"
    days = every["days_before_most_wins"]
    if every["wins_at_creation"] > MANY * every["wins"]:
        return (
            f"Find out when leads really began: {share}, and {count(every['wins_at_creation'])} "
            "wins bear the very instant at which their lead was created (or an earlier one). What "
            "is written down at once cannot be foretold at any instant."
        )
    stated = re.fullmatch(r"created_plus_(\d+)_days", str(before["purpose"]))
    if stated and days >= int(stated[1]):
        return ""
    return f"Look earlier, with --days {days}: {share}; four fifths of them come later than that."


def _unrecorded(found: dict[str, Row]) -> str:
    row = found.get("outcomes not recorded then")
    if row is None:
        return ""
    ends = [
        f"{word} {row[column]:%Y-%m-%d}"
        for word, column in (("from", "recorded_from"), ("until", "recorded_until"))
        if row[column] is not None
    ]
    return (
        f"Find out why wins are on record only {' '.join(ends)}: {count(row['leads'])} leads "
        "whose time lies outside of that are left out, since nobody knows what became of them."
    )


def why_nobody(figures: Figures) -> str:
    """Returns why there is no lead to say anything of, as a sentence that says what to do."""
    found = {row["fate"]: row for row in figures["leads_accounted_for"]}
    every = found.get(EVERYONE)
    if every is None or not every["leads"]:
        return "Wait: there are no leads yet."
    if LOOKED_AT in found and found[LOOKED_AT]["leads"]:
        return "Wait: none of the leads that are looked at was won."
    most = max((found[fate] for fate in FATES if fate in found), key=lambda row: row["leads"])
    if most["fate"] == "too young":
        return "Wait: no lead is old enough yet to say anything here."
    why = (
        f"of {count(every['leads'])} leads {count(most['leads'])} "
        f"({percent(most['leads'] / every['leads'])}) count as “{most['fate']}”"
    )
    return f"See who was looked at: {why}."
