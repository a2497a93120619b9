"""The words and figures that the terminal, the Markdown text and the page have in common."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from lead_scoring.preview.comparison import BIN_WIDTH, Change, Comparison
from lead_scoring.preview.fail_conditions import Figure, is_percentage
from lead_scoring.preview.outcomes import FEW, Conversion
from lead_scoring.preview.predictions import LikelihoodChange
from lead_scoring.preview.rule_differences import RuleDifference
from lead_scoring.preview.scratch import DAYS_OF_WEEK
from lead_scoring.terminal import shown

NOTHING_CHANGES = "Nothing changes: every lead keeps its scores, its stage and its grade."
HANDOFFS = "Hand-offs in a week"
AUC = "AUC"
EXPLANATIONS = {
    HANDOFFS: (
        f"open leads at mql or above that were not {DAYS_OF_WEEK} days before, and those at sql "
        "that were not at sql then; each lead once."
    ),
    AUC: (
        "the chance that of two leads, one won later and one not, the one that was won had the "
        "higher score. 0.5 is a coin, 1 is perfect."
    ),
}


@dataclass(frozen=True)
class KeyFigure:
    """A figure that everyone looks at first, as text."""

    name: str
    before: str
    after: str
    change: str
    note: str = ""
    is_good: bool | None = None  # None: neither good nor bad in itself


def key_figures(comparison: Comparison) -> list[KeyFigure]:
    """Returns the figures at the head of a preview."""
    handoffs = _count(HANDOFFS, comparison.handoffs, _capacity(comparison))
    found = [
        _count("mql or above", comparison.qualified("mql")),
        _count("sql", comparison.qualified("sql")),
        _count("disqualified", comparison.stages["disqualified"]),
        handoffs,
    ]
    outcomes = comparison.outcomes
    if outcomes.auc_before is not None and outcomes.auc_after is not None:
        change = outcomes.auc_after - outcomes.auc_before
        found.append(
            KeyFigure(
                AUC,
                auc_text(outcomes.auc_before),
                auc_text(outcomes.auc_after),
                signed_auc(change),
                f"{outcomes.won:,} of {outcomes.leads:,} leads won",
                is_good=None if outcomes.are_few or not _is_visible(change) else change > 0,
            )
        )
    return found


def changes_something(comparison: Comparison) -> bool:
    """Whether any lead is scored otherwise, now or at an earlier instant that is looked at."""
    outcomes = comparison.outcomes
    counts = (comparison.score_changes, comparison.stage_changes, comparison.grade_changes)
    return (
        any(counts)
        or comparison.handoffs.difference != 0
        or comparison.routes.leads != 0
        or bool(comparison.likelihoods)
        or outcomes.auc_before != outcomes.auc_after
        or any(before != after for before, after in outcomes.grades.values())
    )


def what_changes(comparison: Comparison) -> str:
    """Returns one sentence on how many leads are touched."""
    if not changes_something(comparison):
        return NOTHING_CHANGES
    return (
        f"Of {leads(comparison.leads)}, {comparison.score_changes:,} get another score, "
        f"{comparison.grade_changes:,} another grade, {comparison.stage_changes:,} another stage."
    )


def likelihood_words(change: LikelihoodChange) -> str:
    """Returns what a new or changed prediction says of today's open leads."""
    if change.standing_before is None:
        standing = f"new, {change.standing_after}"
    elif change.standing_before != change.standing_after:
        standing = f"{change.standing_before} -> {change.standing_after}"
    else:
        standing = f"trained anew, {change.standing_after}"
    promised = f"{change.expected_after:,.1f} are promised in all"
    if change.beside is None:
        said = f"{leads(change.leads)} get a likelihood; {promised}"
    elif change.beside == change.prediction:
        bands = "" if change.bands_moved is None else f", the band of {change.bands_moved:,}"
        said = (
            f"of {leads(change.leads)} the likelihood of {change.moved:,} moves by a percent or "
            f"more{bands}; {promised}, {change.expected_before:,.1f} before"
        )
    else:
        said = (
            f"of {leads(change.leads)} {change.moved:,} get a likelihood that differs from that of "
            f"{change.beside} by a percent or more; {promised}, {change.expected_before:,.1f} by it"
        )
    unknown = f"; of {change.unknown:,} it is unknown" if change.unknown else ""
    return f"{change.prediction} ({standing}): {said}{unknown}."


def route_words(comparison: Comparison) -> str:
    """Returns how many hand-offs of the week go elsewhere."""
    count = comparison.routes.leads
    if not count:
        return "No hand-off of the last week would go elsewhere."
    return (
        f"{count:,} {'hand-off' if count == 1 else 'hand-offs'} of the last week would go to "
        "another queue, or for another action."
    )


def outcome_words(comparison: Comparison) -> str:
    """Returns what the outcomes were compared with, or why they were not."""
    outcomes = comparison.outcomes
    days = (outcomes.until - outcomes.scored_at).days
    instant = f"{outcomes.scored_at:%Y-%m-%d}"
    if outcomes.auc_before is None:
        who = "every one was" if outcomes.won else "none was"
        return (
            f"Of {leads(outcomes.leads)} open on {instant}, {who} won within {days} days: "
            "there is nothing to tell the rules apart by."
        )
    words = (
        f"{leads(outcomes.leads)} open on {instant}, scored as of then; "
        f"{outcomes.won:,} were won within {days} days."
    )
    if outcomes.are_few:
        words += f" Fewer than {FEW} won leads: a difference may well be chance."
    return words


def rule_words(rule: RuleDifference) -> str:
    """Returns which row changed, and what it looks at."""
    name = f"{table_name(rule.table)} {rule.row}"
    return f"{name}: {rule.words}" if rule.words else name


def cell_words(rule: RuleDifference) -> str:
    """Returns the cells of a row that changed: 'points 20 -> 25'."""
    return "; ".join(f"{column} {before} -> {after}" for column, before, after in rule.cells)


def table_name(table: str) -> str:
    """Returns what a row of a rule table is called: 'fit rule', 'threshold'."""
    return table.removesuffix("s").replace("_", " ")


def bin_name(place: int, width: int = BIN_WIDTH) -> str:
    """Returns the total scores that a bin of the distribution holds: '50 to 54'."""
    low = place * width
    return f"{low} to {100 if low + width >= 100 else low + width - 1}"


def printable(text: object) -> str:
    """Returns a text of other people, an id say, without the characters that a terminal obeys."""
    return shown(text).plain


def leads(count: int) -> str:
    """Returns a number of leads: '1 lead', '1,200 leads'."""
    return f"{count:,} lead{'' if count == 1 else 's'}"


def movers_title(verb: str, count: int) -> str:
    """Returns how many leads do something: '1 lead enters mql or sql'."""
    return f"{leads(count)} {verb}{'s' if count == 1 else ''} mql or sql"


def signed_count(count: int) -> str:
    """Returns a difference with its sign; 0 has none."""
    return f"{count:+,}" if count else "0"


def signed_percent(figure: Figure) -> str:
    """Returns a change in percent with its sign: '+10.3 %'."""
    if figure is None:
        return "not known"
    if math.isinf(figure):
        return "from none"
    if 0 < abs(float(figure)) < 0.05:
        return "under 0.1 %"
    return f"{float(figure):+,.1f} %" if figure else "0 %"


def change_words(change: Change) -> str:
    """Returns a change of a count, absolute and in percent: '+32, +10.3 %'."""
    if not change.difference:
        return "no change"
    return f"{signed_count(change.difference)}, {signed_percent(change.percent)}"


def auc_text(value: Fraction) -> str:
    """Returns an AUC with three decimals."""
    return f"{float(value):.3f}"


def signed_auc(value: Fraction) -> str:
    """Returns a difference of AUCs with its sign."""
    if not value:
        return "no change"
    return f"{float(value):+.3f}" if _is_visible(value) else "under 0.001"


def _is_visible(value: Fraction) -> bool:
    return abs(value) >= Fraction(1, 2000)


def rate_text(conversion: Conversion) -> str:
    """Returns a conversion rate, '-' where there are no leads."""
    rate = conversion.rate
    return "-" if rate is None else f"{float(100 * rate):.1f} %"


def figure_text(metric: str, figure: Figure) -> str:
    """Returns a figure of a condition as the condition would write it."""
    if figure is None:
        return "not known"
    if math.isinf(figure):
        return "without bound: it was 0 before"
    if is_percentage(metric):
        return f"{float(figure):.1f}%"
    if isinstance(figure, Fraction) and figure.denominator > 1:
        return f"{float(figure):.4f}"
    return f"{int(figure):,}"


def _count(name: str, change: Change, note: str = "") -> KeyFigure:
    return KeyFigure(name, f"{change.before:,}", f"{change.after:,}", change_words(change), note)


def _capacity(comparison: Comparison) -> str:
    used = comparison.capacity_used
    if used is None or comparison.weekly_capacity is None:
        return ""
    return f"{float(used):.0f} % of the capacity of {comparison.weekly_capacity:,}"
