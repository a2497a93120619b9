"""Writes a preview as one HTML page that needs nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path

from lead_scoring.preview import charts, words
from lead_scoring.preview.comparison import Change, Comparison
from lead_scoring.preview.movers import Mover
from lead_scoring.preview.outcomes import Conversion
from lead_scoring.preview.rule_differences import RuleDifference

STYLE = Path(__file__).with_name("page.css")
MOST_RULES = 200
MOST_REASONS = 5

HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,"><title>What these rules would change</title>
<style>{style}</style></head><body><main>
"""


def as_page(comparison: Comparison, minimums: Mapping[str, int], most_movers: int) -> str:
    """Returns the page; of the movers so many that rise, and so many that fall.

    minimums: stage -> the total score at which it begins, where that is the same for all leads.
    """
    parts = [
        HEAD.format(style=STYLE.read_text(encoding="utf-8")),
        _header(comparison),
        f'<p class="lead">{_text(words.what_changes(comparison))}</p>',
    ]
    if words.changes_something(comparison):
        parts += [
            _tiles(comparison),
            _rules(comparison),
            '<div class="columns">',
            _section("Leads per stage", charts.bars(comparison.stages), _moves(comparison)),
            _section("Distribution of total scores", charts.histogram(comparison.scores, minimums)),
            _grades(comparison),
            _handoffs(comparison),
            "</div>",
            _outcomes(comparison),
            _movers("enter", [one for one in comparison.movers if one.rises], most_movers),
            _movers("leave", [one for one in comparison.movers if not one.rises], most_movers),
        ]
    else:
        parts.append(_rules(comparison))
    return "".join([*parts, "</main></body></html>\n"])


def _header(comparison: Comparison) -> str:
    return (
        "<header><h1>What these rules would change</h1>"
        f'<p class="soft">{words.leads(comparison.leads)} as of '
        f"{comparison.instants.now:%Y-%m-%d %H:%M} UTC. Before: {_text(comparison.base)}. "
        f"After: {_text(comparison.edited)}.</p></header>"
    )


def _tiles(comparison: Comparison) -> str:
    tiles = []
    for figure in words.key_figures(comparison):
        colour = "" if figure.is_good is None else (" up" if figure.is_good else " down")
        note = f"<br><small>{_text(figure.note)}</small>" if figure.note else ""
        tiles.append(
            f'<div class="tile"><div class="name">{_text(figure.name)}</div>'
            f'<div class="value"><span>{_text(figure.before)} →</span> {_text(figure.after)}</div>'
            f'<div class="change{colour}">{_text(figure.change)}{note}</div></div>'
        )
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _rules(comparison: Comparison) -> str:
    if not comparison.rules:
        return _section("Rules", "<p>The rule sets are equal.</p>")
    items = [_rule(rule) for rule in comparison.rules[:MOST_RULES]]
    if len(comparison.rules) > MOST_RULES:
        items.append(f"<li>and {len(comparison.rules) - MOST_RULES:,} more</li>")
    return _section("Rules that differ", f'<ul class="rules">{"".join(items)}</ul>')


def _rule(rule: RuleDifference) -> str:
    cells = "; ".join(
        f"{_text(column)} <del>{_text(before)}</del> → <ins>{_text(after)}</ins>"
        for column, before, after in rule.cells
    )
    line = f'<span class="cells">{cells}</span>' if cells else ""
    return (
        f'<li><span class="tag {rule.change}">{rule.change}</span>'
        f"<div>{_text(words.rule_words(rule))}{line}</div></li>"
    )


def _moves(comparison: Comparison) -> str:
    """Returns which stage leads go from, and to which."""
    moves = sorted(
        ((leads, *move) for move, leads in comparison.moves.items() if move[0] != move[1]),
        reverse=True,
    )
    rows = [
        f'<tr><td>{_text(before)} → {_text(after)}</td><td class="number">{leads:,}</td></tr>'
        for leads, before, after in moves
    ]
    if not rows:
        return "<h3>Moves</h3><p>No lead changes its stage.</p>"
    return f"<h3>Moves</h3><table>{''.join(rows)}</table>"


def _grades(comparison: Comparison) -> str:
    if not comparison.grades:
        return ""
    return _section(
        "Leads per grade",
        '<p class="soft">After, and how many more or fewer. Fit downwards, A the best; '
        "engagement across, 1 the best.</p>",
        charts.grades(comparison.grades),
    )


def _handoffs(comparison: Comparison) -> str:
    capacity = comparison.weekly_capacity
    changes: dict[str, Change] = {"all": comparison.handoffs}
    changes |= {f"to {stage}": change for stage, change in comparison.handoffs_to.items()}
    name = f"capacity: {capacity:,} a week" if capacity is not None else ""
    return _section(
        "Hand-offs in a week",
        charts.bars(changes, capacity, name),
        f'<p class="soft" style="margin-top:.9rem">{_explanation(words.HANDOFFS)}</p>',
    )


def _outcomes(comparison: Comparison) -> str:
    outcomes = comparison.outcomes
    words_of_outcomes = f"<p>{_text(words.outcome_words(comparison))}</p>"
    if outcomes.auc_before is None or outcomes.auc_after is None:
        return _section("Outcomes", words_of_outcomes)
    best = max(
        (float(side.rate) for sides in outcomes.grades.values() for side in sides if side.rate),
        default=1.0,
    )
    rows = [
        f"<tr><td><b>{_text(grade)}</b></td>{_conversion(before, best, 'before')}"
        f"{_conversion(after, best, 'after')}</tr>"
        for grade, (before, after) in outcomes.grades.items()
    ]
    table = (
        '<table class="shares"><thead><tr><th>grade</th><th>won before</th><th>won after</th></tr>'
        f"</thead><tbody>{''.join(rows)}</tbody></table>"
    )
    auc = (
        f"<p>AUC {words.auc_text(outcomes.auc_before)} → "
        f"<b>{words.auc_text(outcomes.auc_after)}</b>. "
        f'<span class="soft">{_explanation(words.AUC)}</span></p>'
    )
    return _section("Outcomes", words_of_outcomes, auc, table if rows else "")


def _conversion(side: Conversion, best: float, name: str) -> str:
    width = 100 * float(side.rate or 0) / best
    return (
        f"<td>{words.rate_text(side)} <small>{side.won:,} of {side.leads:,}</small>"
        f'<div class="bar {name}" style="width:{width:.1f}%"></div></td>'
    )


def _movers(verb: str, movers: Sequence[Mover], most: int) -> str:
    title = words.movers_title(verb, len(movers))
    if not movers or not most:
        return _section(title)
    rows = [_mover(mover) for mover in movers[:most]]
    more = f'<p class="soft">The first {most:,}; --csv FILE lists them all.</p>'
    return _section(
        title,
        more if len(movers) > most else "",
        '<table class="movers"><thead><tr><th>lead</th><th>scorecard</th><th>stage</th>'
        "<th>score</th><th>why</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>",
    )


def _mover(mover: Mover) -> str:
    why = mover.why
    if len(why) > MOST_REASONS:
        why = [*why[:MOST_REASONS], f"and {len(why) - MOST_REASONS} more"]
    reasons = "".join(f"<li>{_text(reason.replace(' -> ', ' → '))}</li>" for reason in why)
    before, after = mover.before, mover.after
    return (
        f"<tr><td>{_text(mover.lead_id)}</td><td>{_text(mover.scored_by)}</td>"
        f'<td class="stage">{_text(before.stage)} → {_text(after.stage)}</td>'
        f'<td class="stage">{before.total_score} → {after.total_score}</td>'
        f"<td><ul>{reasons}</ul></td></tr>"
    )


def _explanation(name: str) -> str:
    words_of_it = words.EXPLANATIONS[name]
    return _text(words_of_it[0].upper() + words_of_it[1:])


def _section(title: str, *parts: str) -> str:
    return f"<section><h2>{_text(title)}</h2>{''.join(_filled(parts))}</section>"


def _filled(parts: Iterable[str]) -> Iterable[str]:
    return (part for part in parts if part)


def _text(text: str) -> str:
    """Returns a text as HTML: ids and rules are other people's words."""
    return escape(words.printable(text))
