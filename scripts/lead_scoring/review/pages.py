"""Writes the review as one HTML page that needs nothing else, and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lead_scoring.pages.rendering import render
from lead_scoring.preview.words import printable
from lead_scoring.review import leads, leaks, likelihoods, operations, rules, scorecards, scores
from lead_scoring.review.accounts import accounted
from lead_scoring.review.figures import Figures
from lead_scoring.review.section import (
    Mark,
    Section,
    Table,
    by_urgency,
    count,
    decimals,
    of_all,
    percent,
    words,
)
from lead_scoring.review.standing import held_back, ranking, standing
from lead_scoring.review.trial import trials

ORDER = (
    *(
        "ranking",
        "accounted",
        "leaks",
        "bands",
        "challengers",
        "likelihood",
        "predictions",
        "distribution",
        "funnel",
        "calibration",
        "drift",
    ),
    *("raise", "lower", "drop", "dead", "advice", "thresholds"),
    *("missed", "rejected", "sources", "slices", "coverage", "data", "responses"),
)
TITLE = "Does the lead score work?"
MOST_OPEN_ROWS = 15  # of a table that stands alone; larger ones are opened by the reader


@dataclass(frozen=True)
class Tile:
    """One figure at the top: what it is, how large, and what that means."""

    name: str
    value: str
    meaning: str


def all_sections(figures: Figures) -> list[Section]:
    """Returns every section of the review, in the order of the page; those about predictions where
    there are any."""
    found = [ranking(figures), accounted(figures), leaks.leaks(figures)]
    found += [
        section
        for part in (scores, likelihoods, rules, scorecards, leads, operations)
        for section in part.sections(figures)
    ]
    found.append(trials(figures))
    stands = standing(figures)
    found = [held_back(section, stands) for section in found]
    return sorted(found, key=lambda section: ORDER.index(section.key))


def tiles(figures: Figures) -> list[Tile]:
    """Returns the figures at the top."""
    every = next(iter(of_all(figures["scorecard_comparison"])), None)
    if every is None:
        return []
    accounts = {row["fate"]: row["leads"] for row in figures["leads_accounted_for"]}
    stands = standing(figures)
    newest = every["newest_auc"] if every["newest_auc"] is not None else every["auc"]
    return [
        Tile(
            "Leads looked at",
            count(every["leads"]),
            f"of {count(accounts.get('*'))}; {count(accounts.get('too young', 0))} are too young "
            "to tell",
        ),
        Tile(
            f"Won within {every['horizon_days']} days",
            count(every["conversions"]),
            f"{percent(every['conversion_rate'])} of them",
        ),
        Tile(
            "The score ranks right, newest months"
            if every["newest_auc"] is not None
            else "The score ranks right",
            "-" if newest is None else percent(newest),
            f"of pairs of a won lead and another; a coin has 50 %. Within all months "
            f"{percent(every['auc'])}",
        ),
        Tile(
            "The best tenth of a month",
            f"{decimals(every['top_decile_lift'], 1)} times",
            "as many wins as leads picked at random",
        ),
        Tile(
            "A score's meaning",
            str(every["calibration_verdict"]).split(":")[0] if stands.is_good else "-",
            _meaning(str(every["calibration_verdict"])) if stands.is_good else stands.ranks.value,
        ),
    ]


def _meaning(verdict: str) -> str:
    return verdict.partition(":")[2].strip() or "from the past to now"


def introduction(figures: Figures) -> str:
    """Returns the sentences that say what the page is about."""
    every = next(iter(of_all(figures["scorecard_comparison"])), None)
    horizon = every["horizon_days"] if every else "some"
    purpose = words(every["purpose"]) if every else "an honest instant"
    purpose = re.sub(r"created plus (\d+) days", r"\1 days after it was created", purpose)
    return (
        "Every lead has a score from 0 to 100 that says how likely it is to buy. This page sets "
        "the scores beside what really happened. Each lead is looked at once, at an instant in "
        f"its past ({purpose}), with what was known then and nothing later; it counts as won if "
        f"it was won within {horizon} days of that. Outcomes are known until "
        f"{figures.known_until}. A lead whose score is high enough becomes an mql (worth the "
        "attention of sales) and, higher still, an sql (worth calling first)."
    )


def as_page(figures: Figures, layout: str = "base.html.jinja", **values: object) -> str:
    """Returns the page. layout: the template that it is a page of, values: what that one needs."""
    sections = all_sections(figures)
    return render(
        "review.html.jinja",
        layout=layout,
        title=TITLE,
        introduction=introduction(figures),
        tiles=tiles(figures),
        summary=summary(by_urgency(sections)),
        sections=sections,
        most_open_rows=MOST_OPEN_ROWS,
        **values,
    )


def summary(sections: Sequence[Section]) -> list[tuple[Mark, str, list[Section]]]:
    """Returns what is to be done and what is not, each with its heading and its sections."""
    groups = []
    for mark, heading in (
        (Mark.act, "What to do"),
        (Mark.fine, "What to leave as it is"),
        (Mark.unknown, "What cannot be told yet"),
    ):
        found = [section for section in sections if section.mark is mark]
        if found:
            groups.append((mark, heading, found))
    return groups


def as_markdown(figures: Figures) -> str:
    """Returns the review as Markdown: sentences and figures, without charts."""
    lines = [f"# {TITLE}", "", _plain(introduction(figures)), ""]
    lines += ["| | | |", "| --- | ---: | --- |"]
    lines += [
        f"| {_plain(tile.name)} | {_plain(tile.value)} | {_plain(tile.meaning)} |"
        for tile in tiles(figures)
    ]
    for section in all_sections(figures):
        lines += [
            "",
            f"## {section.title}",
            "",
            f"**{section.mark.value}.** {_plain(section.todo)}",
        ]
        if section.explains:
            lines += ["", _plain(section.explains)]
        if section.table is not None and section.table.rows:
            lines += ["", *_markdown_table(section.table)]
    return "\n".join([*lines, ""])


def _markdown_table(table: Table) -> list[str]:
    rules = ["---:" if name in table.numbers else "---" for name in table.columns]
    lines = [list(table.columns), rules, *([_plain(cell) for cell in row] for row in table.rows)]
    found = [f"| {' | '.join(line)} |" for line in lines]
    return [*found, "", f"and {table.more:,} more"] if table.more else found


def _plain(text: str) -> str:
    """Returns a text in which Markdown sees no markup."""
    kept = printable(text).replace("\\", "\\\\")
    for sign in "|<>`*_[]#":
        kept = kept.replace(sign, f"\\{sign}")
    return kept
