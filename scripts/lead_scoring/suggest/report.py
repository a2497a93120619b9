"""Prints a suggestion: the rules, how well they sort, and how sure that is."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from lead_scoring.suggest.card import Decayed, Signal, When
from lead_scoring.suggest.sample import FATES
from lead_scoring.suggest.suggestion import Forward, Request, Suggestion
from lead_scoring.tables import heading, shown, table

BROKEN_RATES = 1.5  # so many times as many conversions, or as few, break what a score means


def print_suggestion(
    suggestion: Suggestion, request: Request, target: Path, screen: Console
) -> None:
    """Prints the suggestion."""
    sample = suggestion.sample
    screen.print(
        f"Asked: {request.question.in_words()}. {len(sample.label):,} moments, "
        f"{100 * sample.label.mean():.1f} % yes. Left out: "
        + ", ".join(f"{name} {sample.counts[name]:,}" for name in FATES[1:])
        + "."
    )
    if not sample.is_certain:
        screen.print(
            f"Low confidence: {sample.leads_with:,} leads with the outcome and "
            f"{sample.leads_without:,} without. Under 120 of either, points may well be chance."
        )
    screen.print()
    screen.print(heading(f"Suggested points of {request.challenger}"))
    # A lead that is looked at once is one moment.
    grid = table(["rule", "points", "moments", "yes"], ["points", "moments", "yes"])
    for signal in suggestion.card.signals:
        for cells in _lines(signal):
            grid.add_row(*(shown(cell) for cell in cells))
    screen.print(grid)
    screen.print()
    for line in sentences(suggestion, request):
        screen.print(line)
    if suggestion.decays:
        screen.print()
        screen.print(heading(f"The rules of {request.base} with other half-lives"))
        grid = table(["half-life", "AUC", "behind the best", ""], ["AUC", "behind the best"])
        for one in suggestion.decays:
            grid.add_row(
                shown(one.curve.words),
                shown(f"{one.value:.3f}"),
                shown(f"{one.behind:.4f} ± {one.behind_error:.4f}"),
                shown("chosen" if one.is_chosen else ""),
            )
        screen.print(grid)
        if suggestion.with_curve is not None:
            screen.print(
                f"The challenger {request.challenger}_decay has these rules with the half-life "
                f"that was chosen: its total score has an AUC of {suggestion.with_curve.value:.3f}."
            )
    if suggestion.candidates.refused:
        screen.print()
        screen.print(heading("Not looked at"))
        for refused in suggestion.candidates.refused:
            screen.print(f"  {shown(refused).plain}")
    screen.print()
    screen.print(
        f"Rule tables with the challenger {request.challenger}: {target}\n"
        f"See how it scores: ./scripts/score --rules {shlex.quote(str(target))}{_data(request)}\n"
        f"Make it live: ./scripts/promote {request.challenger}"
        f" --rules {shlex.quote(str(target))}{_data(request)} --to NEW_FOLDER"
        " (it shows what that changes, and writes the tables)",
        soft_wrap=True,
    )


def _data(request: Request) -> str:
    return f" --data {shlex.quote(str(request.data))}" if request.data else ""


def sentences(suggestion: Suggestion, request: Request) -> Iterator[str]:
    """Returns how well the card sorts, in words."""
    sample = suggestion.sample
    unseen = suggestion.across_folds
    yield (
        f"On leads that the points had not seen, the database's scores sort with an AUC of "
        f"{unseen.value:.3f} ± {unseen.error(sample.leads):.3f} (five folds: "
        + ", ".join(f"{value:.3f}" for value in suggestion.fold_values)
        + f"); on those they were fitted to, {suggestion.on_all.value:.3f}. "
        f"{len(suggestion.tables['signals'])} signals."
    )
    difference, error = unseen.difference(suggestion.base, sample.leads)
    verdict = "no difference that is more than chance"
    if abs(difference) > 1.96 * error:
        verdict = "the suggestion ranks better" if difference > 0 else "the suggestion ranks worse"
    yield (
        f"{request.base} has {suggestion.base.value:.3f} on the same leads: {verdict} "
        f"({difference:+.3f} ± {error:.3f})."
    )
    if suggestion.forward is not None:
        yield _forward_words(suggestion.forward)


def _forward_words(forward: Forward) -> str:
    before, after = forward.rate_before, forward.rate_after
    words = (
        f"Fitted to the older 70 % alone, the points sort the newest {forward.rows_after:,} "
        f"moments with an AUC of {forward.area.value:.3f}."
    )
    if not 1 / BROKEN_RATES <= after / before <= BROKEN_RATES:
        words += (
            f" Calibration is broken: {100 * before:.1f} % of the older ones had the outcome and "
            f"{100 * after:.1f} % of the newer ones. The points still rank leads; what share of a "
            "score converts must be learnt anew."
        )
    return words


def _lines(signal: Signal) -> Iterator[tuple[str, str, str, str]]:
    if isinstance(signal, Decayed):
        yield (
            f"{signal.source.words}, half-life {signal.half_life} d, at most {signal.most_points}",
            f"{signal.points_per_day:+} a day",
            f"{signal.active_rows:,}",
            "",
        )
        return
    for one in signal.bins:
        if one.rows:
            words = one.words
            if one.when is When.no_event:
                words = f"{signal.source.words}: not done"
            yield words, f"{one.points:+}", f"{one.rows:,}", f"{100 * one.rate:.1f} %"
