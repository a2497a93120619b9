"""Tells of a suggestion: the rules, how well they sort, and how sure that is."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from lead_scoring.project import called
from lead_scoring.suggest.card import Decayed, Signal, When
from lead_scoring.suggest.labels import FATES, UNRECORDED
from lead_scoring.suggest.measures import Area
from lead_scoring.suggest.suggestion import Request, Suggestion
from lead_scoring.suggest.verdict import Forward, Judged, Verdict, words_of
from lead_scoring.terminal import heading, shown, table

BROKEN_RATES = 1.5  # so many times as many conversions, or as few, break what a score means


def print_suggestion(
    suggestion: Suggestion, request: Request, target: Path, screen: Console
) -> None:
    """Prints the suggestion."""
    sample = suggestion.sample
    screen.print(
        f"Asked: {request.question.in_words()}. {sample.size_in_words()}, "
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
                f"that was chosen: its total score has an AUC of {suggestion.with_curve.value:.3f} "
                "on the leads by which it was chosen."
            )
    if suggestion.candidates.refused:
        screen.print()
        screen.print(heading("Not looked at"))
        for refused in suggestion.candidates.refused:
            screen.print(f"  {shown(refused).plain}")
    screen.print()
    folder = shlex.quote(str(target))
    lines = [
        f"Rule tables with the challenger {request.challenger}: {target}",
        f"See how it scores: {called('score')} --rules {folder}{_data(request)}",
    ]
    if suggestion.verdict is Verdict.better:
        lines.append(
            f"Make it live: {called('promote')} {request.challenger} --rules {folder}"
            f"{_data(request)} --to NEW_FOLDER (shows what that changes, and writes the tables)"
        )
    screen.print("\n".join(lines), soft_wrap=True)


def suggestion_values(suggestion: Suggestion, request: Request, target: Path) -> dict[str, object]:
    """Returns what a machine may want of a suggestion: areas with the ends of their 95 % intervals.

    Of what cannot be known (no pair of leads to compare, no newer leads) the value is None.
    """
    sample, forward = suggestion.sample, suggestion.forward
    return {
        "scorecard": request.base,
        "challenger": request.challenger,
        "rules": target,
        "asked": request.question.in_words(),
        "verdict": suggestion.verdict.name,
        "sentences": list(sentences(suggestion, request)),
        "moments": len(sample.label),
        "leads_with_outcome": sample.leads_with,
        "leads_without_outcome": sample.leads_without,
        "is_certain": sample.is_certain,
        "left_out": {name: sample.counts[name] for name in FATES[1:]},
        "refused": list(suggestion.candidates.refused),
        "leaks": {leak.column: leak.words for leak in suggestion.leaks},
        "points": [
            dict(zip(("rule", "points", "moments", "share_yes"), cells, strict=True))
            for signal in suggestion.card.signals
            for cells in _lines(signal)
        ],
        "unseen_leads": _areas(suggestion.folds),
        "newest_leads": forward
        and {
            "since": forward.since,
            "moments": forward.rows_after,
            "rate_before": forward.rate_before,
            "rate_after": forward.rate_after,
            "areas": _areas(forward.judged),
        },
        "half_lives": [
            {"words": one.curve.words, "auc": one.value, "is_chosen": one.is_chosen}
            for one in suggestion.decays
        ],
    }


def _areas(judged: Judged) -> dict[str, object] | None:
    if not judged.is_known:
        return None
    sides = {"challenger": judged.card, "scorecard": judged.base}
    return {
        name: dict(
            zip(("auc", "low", "high"), (one.value, *one.interval(judged.leads)), strict=True)
        )
        for name, one in sides.items()
    }


def _data(request: Request) -> str:
    return f" --data {shlex.quote(str(request.data))}" if request.data else ""


def sentences(suggestion: Suggestion, request: Request) -> Iterator[str]:
    """Returns how well the card sorts, in words: the verdict, then what it rests on."""
    sample, forward = suggestion.sample, suggestion.forward
    yield _verdict_words(suggestion, request)
    if forward is not None:
        yield _forward_words(forward, request.base)
    else:
        yield (
            "How it would rank later leads cannot be told: the newest 30 % of the leads have fewer "
            "than 20 of either answer, or all lie at one instant."
        )
    folds = suggestion.folds
    if folds.is_known:
        yield (
            f"Five cards, each scoring the fifth of the leads that it had not seen, have a mean "
            f"AUC of {_area(folds.card, folds)} ("
            + ", ".join(f"{value:.3f}" for value in suggestion.fold_values)
            + f"), {request.base} on the same leads {_area(folds.base, folds)}; on those it was "
            f"fitted to, the card has {suggestion.on_all.value:.3f}. "
            f"{len(suggestion.tables['signals'])} signals. All AUC are within months."
        )
    if sample.record:
        yield (
            f"Outcomes are on record only {sample.record}: {sample.counts[UNRECORDED]:,} moments "
            "outside of that are left out, since nobody knows what became of them."
        )


def _verdict_words(suggestion: Suggestion, request: Request) -> str:
    found = suggestion.verdict
    if found is Verdict.leaks:
        named = "; ".join(f"{leak.column} ({leak.words})" for leak in suggestion.leaks)
        return (
            f"Do not use {request.challenger}: it rests on what seems to know the answer: {named}. "
            "If that is written once the outcome is there, give it known = after_contact in "
            f"attributes.csv, or leave it out: --without {suggestion.leaks[0].column}."
        )
    if found is Verdict.no_order:
        return (
            f"Do not use {request.challenger}: on leads that it had not seen it ranks no better "
            "than a coin, as far as can be told."
        )
    said = words_of(found, request.base, suggestion.folds, suggestion.forward)
    what = {
        Verdict.better: "Preview it, and make it live",
        Verdict.worse: f"Keep {request.base}",
        Verdict.alike: f"Keep {request.base}, or take the simpler of the two",
    }[found]
    return f"{what}: on leads that {request.challenger} had not seen, {said}."


def _area(one: Area, judged: Judged) -> str:
    return f"{one.value:.3f} ± {one.error(judged.leads):.3f}"


def _forward_words(forward: Forward, base: str) -> str:
    before, after = forward.rate_before, forward.rate_after
    judged = forward.judged
    words = (
        f"Fitted to the older 70 % of the leads alone, the points sort the newest "
        f"{forward.rows_after:,} moments, from {forward.since:%Y-%m-%d} on, "
    )
    if judged.is_known:
        words += (
            f"with an AUC of {_area(judged.card, judged)}; {base} has {_area(judged.base, judged)}."
        )
    else:
        words += "and no month among them has both answers: nothing can be said."
    if not 1 / BROKEN_RATES <= after / before <= BROKEN_RATES:
        words += (
            f" The base rate moved: {100 * before:.1f} % of the older ones had the outcome and "
            f"{100 * after:.1f} % of the newer ones. What share of a score converts must be learnt "
            "anew."
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
