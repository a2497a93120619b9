"""The card of a likelihood as Markdown, for a repository or a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lead_scoring.prediction.card import Values
from lead_scoring.prediction.card_words import sections, summary
from lead_scoring.review.section import Table


def card_markdown(values: Values, approvals: Sequence[Mapping[str, str]]) -> str:
    """Returns the text. approvals: of the likelihood as it stands, the latest last."""
    return "\n".join(_lines(values, approvals)) + "\n"


def _lines(values: Values, approvals: Sequence[Mapping[str, str]]) -> Iterator[str]:
    yield f"# The likelihood {_plain(values['prediction'])}"
    yield ""
    yield f"**{_plain(summary(values, approvals)[0])}**"
    for one in sections(values, approvals):
        yield ""
        yield f"## {one.title}"
        for sentence in one.sentences:
            yield ""
            yield _plain(sentence)
        if one.key == "map":
            yield from _features(values)
        for name, table in one.tables:
            yield ""
            yield f"### {name}"
            yield ""
            yield from _table(table)


def _features(values: Values) -> Iterator[str]:
    yield ""
    yield "### What it looks at"
    yield ""
    columns = ("feature", "weight", "from", "to")
    rows = []
    for feature in values["features"]:
        ordered = sorted(feature["bins"], key=lambda one: float(one["log_odds"]))
        low, high = ordered[0], ordered[-1]
        rows.append(
            (
                feature["words"],
                f"{100 * feature['share']:.0f} %",
                f"{low['log_odds']:+.2f} ({low['words']})",
                f"{high['log_odds']:+.2f} ({high['words']})",
            )
        )
    yield from _table(Table(columns, tuple(rows), frozenset(["weight"])))


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(table.columns)} |"
    yield f"|{'|'.join(' ---: ' if one in table.numbers else ' --- ' for one in table.columns)}|"
    for row in table.rows:
        yield f"| {' | '.join(_plain(cell) for cell in row)} |"


def _plain(text: str) -> str:
    """Text that is Markdown's no more: other people's words."""
    for sign in ("\\", "|", "`", "*", "_", "<", "[", "#"):
        text = text.replace(sign, f"\\{sign}")
    return text
