"""Writes a preview as Markdown, for the description of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lead_scoring.preview import words
from lead_scoring.preview.comparison import Comparison
from lead_scoring.preview.movers import Mover

MOST_RULES = 50
MOST_REASONS = 5


def as_markdown(comparison: Comparison, most_movers: int) -> str:
    """Returns the preview; of the movers so many that rise, and so many that fall."""
    lines = [
        "## What these rules would change",
        "",
        f"{words.leads(comparison.leads)} as of {comparison.instants.now:%Y-%m-%d %H:%M} UTC. "
        f"Base: {_text(comparison.base)}. Edited: {_text(comparison.edited)}.",
        "",
        *_rules(comparison),
        f"**{words.what_changes(comparison)}**",
        "",
    ]
    if words.changes_something(comparison):
        lines += [*_figures(comparison), *_stages(comparison), *_grades(comparison)]
        lines += _outcomes(comparison)
        lines += [*_likelihoods(comparison), *_routes(comparison)]
        rising = [mover for mover in comparison.movers if mover.rises]
        falling = [mover for mover in comparison.movers if not mover.rises]
        lines += _movers("enter", rising, most_movers)
        lines += _movers("leave", falling, most_movers)
        lines += [f"{name}: {text}\n" for name, text in words.EXPLANATIONS.items()]
    return "\n".join(lines)


def _rules(comparison: Comparison) -> list[str]:
    if not comparison.rules:
        return ["The rule sets are equal.", ""]
    lines = []
    for rule in comparison.rules[:MOST_RULES]:
        cells = f": **{_text(words.cell_words(rule))}**" if rule.cells else ""
        lines.append(f"- {rule.change}: {_text(words.rule_words(rule))}{cells}")
    if len(comparison.rules) > MOST_RULES:
        lines.append(f"- and {len(comparison.rules) - MOST_RULES:,} more")
    return [*lines, ""]


def _figures(comparison: Comparison) -> list[str]:
    return _table(
        ["", "before", "after", "change", ""],
        (
            (figure.name, figure.before, figure.after, figure.change, figure.note)
            for figure in words.key_figures(comparison)
        ),
        "lrrll",
    )


def _stages(comparison: Comparison) -> list[str]:
    return _table(
        ["stage", "before", "after", "change"],
        (
            (
                stage,
                f"{change.before:,}",
                f"{change.after:,}",
                words.signed_count(change.difference),
            )
            for stage, change in comparison.stages.items()
        ),
        "lrrr",
    )


def _grades(comparison: Comparison) -> list[str]:
    return _table(
        ["grade", "before", "after", "change"],
        (
            (
                "".join(grade),
                f"{change.before:,}",
                f"{change.after:,}",
                words.signed_count(change.difference),
            )
            for grade, change in comparison.grades.items()
            if change.difference
        ),
        "lrrr",
    )


def _outcomes(comparison: Comparison) -> list[str]:
    outcomes = comparison.outcomes
    lines = [words.outcome_words(comparison), ""]
    if outcomes.auc_before is None:
        return lines
    sides = ("leads {}", "won {}", "rate {}")
    headings = [name.format(side) for side in ("before", "after") for name in sides]
    return lines + _table(
        ["grade", *headings],
        (
            (
                grade,
                *(
                    text
                    for side in both
                    for text in (f"{side.leads:,}", f"{side.won:,}", words.rate_text(side))
                ),
            )
            for grade, both in outcomes.grades.items()
        ),
        "lrrrrrr",
    )


def _likelihoods(comparison: Comparison) -> list[str]:
    lines = []
    for change in comparison.likelihoods:
        lines += [f"Likelihoods: {_text(words.likelihood_words(change))}", ""]
        rows = ((mover.lead_id, mover.words.replace("->", "→")) for mover in change.movers)
        lines += _table(["lead", "likelihood"], rows, "ll")
    return lines


def _routes(comparison: Comparison) -> list[str]:
    if not comparison.routes.leads:
        return []
    moves = (
        (before or "nowhere", after or "nowhere", f"{count:,}")
        for (before, after), count in comparison.routes.moves.items()
    )
    return [
        words.route_words(comparison),
        "",
        *_table(["from", "to", "hand-offs"], moves, "llr"),
    ]


def _movers(verb: str, movers: Sequence[Mover], most: int) -> list[str]:
    title = words.movers_title(verb, len(movers))
    if not movers or not most:
        return [f"{title}.", ""]
    if len(movers) > most:
        title += f", the first {most:,}"
    rows = (
        (
            mover.lead_id,
            f"{mover.before.stage} → {mover.after.stage}",
            f"{mover.before.total_score} → {mover.after.total_score}",
            "; ".join(mover.why[:MOST_REASONS]),
        )
        for mover in movers[:most]
    )
    return [
        "<details>",
        f"<summary>{title}</summary>",
        "",
        *_table(["lead", "stage", "score", "why"], rows, "llll"),
        "</details>",
        "",
    ]


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]], sides: str) -> list[str]:
    """Returns a table and a blank line; nothing where there are no rows. sides: l or r each."""
    body = [_row(cells) for cells in rows]
    if not body:
        return []
    rule = _row(["---:" if side == "r" else "---" for side in sides], is_text=False)
    return [_row(headings), rule, *body, ""]


def _row(cells: Sequence[str], *, is_text: bool = True) -> str:
    return "| " + " | ".join(_text(cell) if is_text else cell for cell in cells) + " |"


def _text(text: str) -> str:
    """Returns a text in which nothing is markup: ids and rules are other people's words."""
    return re.sub(r"([\\`*_{}\[\]<>#|~@])", r"\\\1", words.printable(text))
