"""Whether the score ranks leads at all: every other verdict stands behind this figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from lead_scoring.databases import Row
from lead_scoring.pages.charts import Bar, BarChart, bars
from lead_scoring.project import called
from lead_scoring.review.figures import Figures
from lead_scoring.review.leaks import read_leaks
from lead_scoring.review.section import (
    Mark,
    Section,
    count,
    decimals,
    of_all,
    table,
    words,
)

COIN = 0.5


class Ranks(Enum):
    """What the intervals of the rank figure allow to say."""

    yes = "it ranks"
    not_lately = "it ranked, and in the newest months that cannot be told from chance"
    like_a_coin = "it ranks no better than a coin as far as can be told"
    wrong = "it ranks the wrong way round"
    unknown = "too few outcomes are known to tell whether it ranks"
    by_answer = "it reads a column that seems to know the answer, so that its figures prove nothing"


@dataclass(frozen=True)
class Standing:
    """ranks: of all leads, each by its own live scorecard. words: the figure, the newest first."""

    ranks: Ranks
    words: str

    @property
    def is_good(self) -> bool:
        """Whether anything may be called fine that rests on the order of the scores."""
        return self.ranks is Ranks.yes


def standing_of(row: Row | None) -> Standing:
    """Returns the standing of a row of scorecard_comparison; None: there are no leads."""
    if row is None or row["auc_low"] is None or str(row["verdict"]).startswith("too few"):
        return Standing(Ranks.unknown, "no figure yet")
    newest_low, newest_high = row["newest_auc_low"], row["newest_auc_high"]
    if row["auc_high"] < COIN or (newest_high is not None and newest_high < COIN):
        ranks = Ranks.wrong
    elif row["auc_low"] <= COIN:
        ranks = Ranks.like_a_coin
    elif row["newest_auc"] is not None and (newest_low is None or newest_low <= COIN):
        ranks = Ranks.not_lately
    else:
        ranks = Ranks.yes
    return Standing(ranks, _figures(row))


def standing(figures: Figures) -> Standing:
    """Returns the standing of the live scorecards together."""
    stands = standing_of(next(iter(of_all(figures["scorecard_comparison"])), None))
    return replace(stands, ranks=Ranks.by_answer) if read_leaks(figures) else stands


def _figures(row: Row) -> str:
    whole = interval(row, "auc")
    if row["newest_auc"] is None:
        return f"AUC {whole}, all in one month"
    return (
        f"AUC {interval(row, 'newest_auc')} in the newest months (from "
        f"{row['newest_from']:%Y-%m} on), {whole} within all months"
    )


def interval(row: Row, figure: str) -> str:
    """Returns a figure of a row with its interval: .62 (.55 to .69)."""
    low, high = row[f"{figure}_low"], row[f"{figure}_high"]
    ends = "" if low is None else f" ({decimals(low, 3)} to {decimals(high, 3)})"
    return f"{decimals(row[figure], 3)}{ends}"


def ranking(figures: Figures) -> Section:
    """Whether the score ranks leads: the first question."""
    found = figures["scorecard_comparison"]
    every = next(iter(of_all(found)), None)
    stands = standing(figures)
    explains = (
        "AUC is the chance that of two leads of one month, one won and one not, the won one had "
        "the higher score: 0.5 is a coin, 1 is perfect. Leads are compared within months, so that "
        "a share of won leads that moves over time ranks nobody. The newest months hold the "
        "latest three of ten leads. Where points were fitted to outcomes, only other leads count."
    )
    todo, mark = {
        Ranks.yes: (f"Sort by the score: it ranks better than chance, {stands.words}.", Mark.fine),
        Ranks.not_lately: (
            f"Look again before you rely on it: over all months the score ranks better than "
            f"chance, in the newest that cannot be told: {stands.words}.",
            Mark.act,
        ),
        Ranks.like_a_coin: (
            f"Do not sort by this score: as far as can be told it is no better than a coin, "
            f"{stands.words}. Mend its rules, or let {called('suggest')} look for signals.",
            Mark.act,
        ),
        Ranks.wrong: (
            f"Stop sorting by this score: leads with low scores are won more often, "
            f"{stands.words}.",
            Mark.act,
        ),
        Ranks.unknown: (_too_few(every), Mark.unknown),
        Ranks.by_answer: (
            f"Do not trust the order: rules read {', '.join(read_leaks(figures))}, which seems to "
            f"know the answer, and so the figures prove nothing ({stands.words}).",
            Mark.act,
        ),
    }[stands.ranks]
    measured = [row for row in found if row["auc"] is not None]
    chart = area_chart([(label(row), row) for row in measured])
    lines = [
        (
            label(row),
            count(row["unseen_leads"]),
            count(row["unseen_conversions"]),
            interval(row, "newest_auc") if row["newest_auc"] is not None else "-",
            interval(row, "auc") if row["auc"] is not None else "-",
            decimals(row["top_decile_lift"], 1),
            str(row["verdict"]),
        )
        for row in found
    ]
    columns = (
        *("scorecard", "leads", "won", "AUC, newest months", "AUC, within all months"),
        *("best tenth, times average", "verdict"),
    )
    return Section(
        "ranking",
        "Does the score rank leads?",
        mark,
        todo,
        explains,
        (chart,) if measured else (),
        table(columns, lines) if lines else None,
    )


def _too_few(row: Row | None) -> str:
    if row is None:
        return "Wait: no lead can be looked at yet. Who was looked at says why."
    seen = " that the points were not fitted to" if row["fitted_until"] is not None else ""
    return (
        f"Wait for more outcomes: of {count(row['unseen_leads'])} leads{seen} "
        f"{count(row['unseen_conversions'])} were won, and ten of either kind are needed to say "
        "whether the score ranks."
    )


def area_chart(rows: Sequence[tuple[str, Row]]) -> BarChart:
    """Returns bars of AUC that begin at a coin's 0.5 and end at 1."""
    return bars(
        [
            Bar(
                name,
                float(row["auc"]),
                decimals(row["auc"], 3),
                _real(row, "low"),
                _real(row, "high"),
            )
            for name, row in rows
        ],
        "AUC; the scale goes from a coin's 0.5 to 1",
        interval="where the true AUC lies, 95 % sure",
        scale=(COIN, 1.0),
    )


def _real(row: Row, end: str) -> float | None:
    value = row[f"auc_{end}"]
    return None if value is None else float(value)


def label(row: Row) -> str:
    """Returns a scorecard as the page names it."""
    if row["scorecard"] == "*":
        return "all leads"
    kind = " (challenger)" if row["scorecard_status"] == "challenger" else ""
    return f"{words(row['scorecard'])}{kind}"


# Sections that would say something of the scores' order, and what they would speak of.
BEHIND: Mapping[str, str] = {
    "bands": "the bands of scores",
    "distribution": "the scale",
    "calibration": "what a score is worth",
    "thresholds": "where mql and sql begin",
    "missed": "won leads that scored low",
    "slices": "groups",
    "raise": "points to raise",
    "lower": "points to lower",
    "drop": "rules to drop",
    "advice": "advice about rules",
    "challengers": "scorecards",
}
# What is still worth doing where the score does not rank: to find out which rules are wrong.
MENDS = frozenset(("raise", "lower", "drop", "advice", "challengers"))


def held_back(section: Section, stands: Standing) -> Section:
    """Returns the section; where it rests on an order that the score does not have, it says so."""
    if stands.is_good or section.key not in BEHIND or section.mark is Mark.unknown:
        return section
    is_mend = section.mark is Mark.act and section.key in MENDS
    if is_mend and stands.ranks is not Ranks.by_answer:
        return section
    return Section(
        section.key,
        section.title,
        Mark.unknown,
        f"Leave {BEHIND[section.key]} aside for now: of the score itself one must say that "
        f"{stands.ranks.value}.",
        section.explains,
        section.charts,
        section.table,
    )


__all__ = ["Ranks", "Standing", "area_chart", "held_back", "interval", "label", "ranking"]
