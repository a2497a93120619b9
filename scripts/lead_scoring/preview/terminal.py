"""Prints a preview on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from lead_scoring.preview import words
from lead_scoring.preview.comparison import BIN_WIDTH, BINS, Change, Comparison
from lead_scoring.preview.movers import Mover
from lead_scoring.terminal import heading, shown, table

MOST_RULES = 30
MOST_REASONS = 3
BAR = 36  # columns of the longest bar


def print_preview(comparison: Comparison, console: Console, most_movers: int) -> None:
    """Prints what would change; of the movers so many that rise, and so many that fall."""
    now = shown(comparison.instants.now)
    console.print(f"Preview of {words.leads(comparison.leads)} as of {now}")
    console.print(f"Base: {comparison.base}. Edited: {comparison.edited}.\n", soft_wrap=True)
    _print_rules(comparison, console)
    console.print(words.what_changes(comparison), soft_wrap=True)
    if not words.changes_something(comparison):
        return
    console.print()
    for section in (
        *(_print_figures, _print_stages, _print_grades, _print_scores, _print_outcomes),
        *(_print_likelihoods, _print_routes),
    ):
        section(comparison, console)
    rising = [mover for mover in comparison.movers if mover.rises]
    falling = [mover for mover in comparison.movers if not mover.rises]
    _print_movers("enter", rising, console, most_movers)
    _print_movers("leave", falling, console, most_movers)
    for name, explanation in words.EXPLANATIONS.items():
        console.print(f"{name}: {explanation}", style="dim")


def _print_rules(comparison: Comparison, console: Console) -> None:
    if not comparison.rules:
        console.print("The rule sets are equal.")
        return
    console.print(heading("Rules"))
    for rule in comparison.rules[:MOST_RULES]:
        console.print(shown(f"  {rule.change:8} {words.rule_words(rule)}"), soft_wrap=True)
        if rule.cells:
            console.print(shown(f"  {'':8} {words.cell_words(rule)}"), soft_wrap=True)
    if len(comparison.rules) > MOST_RULES:
        more = len(comparison.rules) - MOST_RULES
        console.print(f"  and {more:,} more: --html FILE shows them")
    console.print()


def _print_figures(comparison: Comparison, console: Console) -> None:
    grid = table(["", "before", "after", "change", ""], numbers=["before", "after"])
    for figure in words.key_figures(comparison):
        cells = (figure.name, figure.before, figure.after, figure.change, figure.note)
        grid.add_row(*(shown(cell) for cell in cells))
    console.print(heading("Key figures"), grid, sep="\n")
    console.print()


def _print_stages(comparison: Comparison, console: Console) -> None:
    grid = table(["stage", "before", "after", "change"], numbers=["before", "after", "change"])
    for stage, change in comparison.stages.items():
        grid.add_row(shown(stage), *_numbers(change))
    console.print(heading("Leads per stage"), grid, sep="\n")
    console.print()


def _print_grades(comparison: Comparison, console: Console) -> None:
    if not comparison.grades:
        return
    fits = sorted({fit for fit, _ in comparison.grades})
    engagements = sorted({engagement for _, engagement in comparison.grades})
    grid = table(["fit \\ engagement", *engagements], numbers=engagements)
    for fit in fits:
        cells = []
        for engagement in engagements:
            change = comparison.grades.get((fit, engagement), Change(0, 0))
            difference = f" ({change.difference:+,})" if change.difference else ""
            cells.append(shown(f"{change.after:,}{difference}"))
        grid.add_row(shown(fit), *cells)
    console.print(heading("Leads per grade, after (and change)"), grid, sep="\n")
    console.print()


def _print_scores(comparison: Comparison, console: Console) -> None:
    scores = [_sum(comparison.scores[place : place + 2]) for place in range(0, BINS, 2)]
    most = max(1, *(max(change.before, change.after) for change in scores))
    grid = table(["score", "before", "after", ""], numbers=["before", "after"])
    for place, change in enumerate(scores):
        bar = "█" * round(BAR * change.after / most)
        numbers = (shown(change.before), shown(change.after))
        grid.add_row(shown(words.bin_name(place, width=2 * BIN_WIDTH)), *numbers, shown(bar))
    console.print(heading("Distribution of total scores"), grid, sep="\n")
    console.print()


def _print_outcomes(comparison: Comparison, console: Console) -> None:
    console.print(heading("Outcomes"))
    console.print(words.outcome_words(comparison))
    outcomes = comparison.outcomes
    if outcomes.auc_before is not None and outcomes.grades:
        names = [
            "leads before",
            "won before",
            "rate before",
            "leads after",
            "won after",
            "rate after",
        ]
        grid = table(["grade", *names], numbers=names)
        for grade, sides in outcomes.grades.items():
            cells = [
                text
                for side in sides
                for text in (f"{side.leads:,}", f"{side.won:,}", words.rate_text(side))
            ]
            grid.add_row(shown(grade), *(shown(cell) for cell in cells))
        console.print(grid)
    console.print()


def _print_likelihoods(comparison: Comparison, console: Console) -> None:
    if not comparison.likelihoods:
        return
    console.print(heading("Likelihoods"))
    for change in comparison.likelihoods:
        console.print(shown(words.likelihood_words(change)), soft_wrap=True)
        if change.movers:
            grid = table(["  lead", "likelihood"])
            for mover in change.movers:
                grid.add_row(shown(f"  {mover.lead_id}"), shown(mover.words))
            console.print(grid)
    console.print()


def _print_routes(comparison: Comparison, console: Console) -> None:
    if not comparison.routes.leads:
        return
    console.print(heading("Hand-offs that go elsewhere"))
    console.print(words.route_words(comparison))
    grid = table(["from", "to", "hand-offs"], numbers=["hand-offs"])
    for (before, after), count in comparison.routes.moves.items():
        grid.add_row(shown(before or "nowhere"), shown(after or "nowhere"), shown(count))
    console.print(grid)
    console.print()


def _print_movers(verb: str, movers: Sequence[Mover], console: Console, most: int) -> None:
    console.print(heading(words.movers_title(verb, len(movers))))
    if movers and most:
        grid = table(["lead", "scorecard", "stage", "score", "why"])
        for mover in movers[:most]:
            before, after = mover.before, mover.after
            why = mover.why
            if len(why) > MOST_REASONS:
                why = [*why[:MOST_REASONS], f"and {len(why) - MOST_REASONS} more"]
            grid.add_row(
                shown(mover.lead_id),
                shown(mover.scored_by),
                shown(f"{before.stage} -> {after.stage}"),
                shown(f"{before.total_score} -> {after.total_score}"),
                shown("; ".join(why)),
            )
        console.print(grid)
    if len(movers) > most:
        console.print(f"and {len(movers) - most:,} more: --csv FILE lists them all")
    console.print()


def _numbers(change: Change) -> tuple[Text, ...]:
    return shown(change.before), shown(change.after), shown(words.signed_count(change.difference))


def _sum(changes: Sequence[Change]) -> Change:
    return Change(sum(one.before for one in changes), sum(one.after for one in changes))
