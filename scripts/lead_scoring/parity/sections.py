"""Says in words how the CRM's number stands beside ours: sections of a page, and of a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from lead_scoring.databases import Row
from lead_scoring.pages.charts import Bar, bars
from lead_scoring.pages.rendering import render
from lead_scoring.parity.parity import Parity
from lead_scoring.parity.ranks import APART, Agreement
from lead_scoring.parity.screen import FEWEST_LEADS, Finding
from lead_scoring.parity.traits import FEWEST
from lead_scoring.review.pages import MOST_OPEN_ROWS, Tile, summary
from lead_scoring.review.section import (
    Mark,
    Section,
    Table,
    count,
    decimals,
    listed,
    percent,
    table,
)
from lead_scoring.terminal import shown

TITLE = "The CRM's score beside ours"
# From which correlation on what is said of the two orders.
DEGREES = ((0.9, "nearly the same"), (0.7, "much alike"), (0.4, "partly alike"))
WEAK = "little alike"
FEWEST_FOR_ORDER = 30  # leads in both, for a correlation to be spoken of
MOST_IN_PERCENT = 100
STAGES = ("sql", "mql", "lead", "disqualified")


def sections(parity: Parity) -> list[Section]:
    """Returns every section, in the order of the page."""
    return [
        _standing(parity),
        _agreement(parity),
        _contents(parity),
        _stages(parity),
        _different(parity, is_higher=True),
        _different(parity, is_higher=False),
    ]


def introduction(parity: Parity) -> str:
    """Returns the sentences that say what is compared."""
    return (
        f"The CRM's {_plain(parity.file.score_column)} beside our {parity.part.value} score. Both "
        "are put on ranks: what counts is who stands before whom, not the size of the numbers. A "
        "place is given in percent: 0 is the end of the order, 100 its top."
    )


def tiles(parity: Parity) -> list[Tile]:
    """Returns the figures at the top of the page."""
    found, is_known = parity.agreement, parity.agreement.leads >= FEWEST_FOR_ORDER
    return [
        Tile(
            "Leads in both",
            count(parity.standing.in_both),
            f"{count(sum(parity.standing.only_theirs.values()))} only with the CRM, "
            f"{count(parity.standing.only_ours)} only here",
        ),
        Tile(
            "The orders agree",
            decimals(found.correlation if is_known else None),
            "rank correlation: 1 is one order, 0 none in common, -1 the reverse",
        ),
        Tile(
            "Top fifth in common",
            percent(_top(found)) if is_known else "-",
            f"of the CRM's top fifth; unrelated orders: {percent(found.top_by_chance)}",
        ),
    ]


def as_page(parity: Parity) -> str:
    """Returns the page."""
    found = sections(parity)
    return render(
        "review.html.jinja",
        layout="base.html.jinja",
        title=TITLE,
        introduction=introduction(parity),
        tiles=tiles(parity),
        summary=summary(found),
        sections=found,
        most_open_rows=MOST_OPEN_ROWS,
    )


def _standing(parity: Parity) -> Section:
    standing, file = parity.standing, parity.file
    left_out = {
        "row without an id or a score": file.without_score,
        "row whose score cannot be read": file.unreadable,
        "row of an id that stands there several times": file.doubled,
    }
    lines = [("in both", count(standing.in_both))]
    lines += [(f"only with the CRM: {fate}", count(n)) for fate, n in standing.only_theirs.items()]
    lines.append(("only here", count(standing.only_ours)))
    lines += [(f"not read: {what}", count(rows)) for what, rows in left_out.items() if rows]
    missing = sum(standing.only_theirs.values())
    if not standing.in_both:
        mark, todo = Mark.act, "Nothing can be compared: no lead of the file has one of our ids."
    elif missing + standing.only_ours > standing.in_both:
        mark, todo = Mark.act, "Look at the ids first: most leads are in one of the two alone."
    else:
        mark, todo = Mark.fine, f"{count(standing.in_both)} leads are in both."
    if standing.written_otherwise:
        mark = Mark.act
        near = listed([f"{count(ids)} in {way}" for way, ids in standing.written_otherwise.items()])
        todo += f" Ids that differ from one of ours only in how they are written: {near}."
    others = ""
    if file.other_columns:
        others = (
            " Other columns that may hold a score (--score-column): "
            f"{listed([_plain(name) for name in file.other_columns])}."
        )
    explains = (
        f"Read from the columns {_plain(file.id_column)} and {_plain(file.score_column)}"
        f"{' (grades)' if file.is_graded else ''}. Ids compare exactly.{others}"
    )
    return Section(
        "standing", "Which leads are in both?", mark, todo, explains,
        table=table(("leads", "number"), lines),
    )  # fmt: skip


def _agreement(parity: Parity) -> Section:
    found = parity.agreement
    title, explains = (
        "How far do they agree?",
        "Rank correlation (Spearman's), equal values at their middle place, and where the true one "
        "lies, 95 % sure. The top fifth are the leads with at least four fifths of the order below "
        "them.",
    )
    if found.leads < FEWEST_FOR_ORDER:
        todo = (
            f"Too few leads to say: {count(found.leads)} are in both, and {FEWEST_FOR_ORDER} are "
            "needed to speak of an order."
        )
        return Section("agreement", title, Mark.unknown, todo, explains)
    if found.correlation is None:
        todo = "One of the two numbers is the same for every lead: it has no order."
        return Section("agreement", title, Mark.act, todo, explains)
    mark, todo = _degree(found)
    lines = [
        ("rank correlation", decimals(found.correlation)),
        ("lies between", f"{_two_decimals(found.low)} and {_two_decimals(found.high)}"),
        ("leads in the CRM's top fifth", count(found.top_theirs)),
        ("of them in ours", f"{count(found.top_both)} ({percent(_top(found))})"),
        ("unrelated orders would have", percent(found.top_by_chance)),
    ]
    return Section(
        "agreement", title, mark, todo, explains, table=table(("what", "how much"), lines)
    )


def _degree(found: Agreement) -> tuple[Mark, str]:
    correlation = found.correlation or 0.0
    if found.is_full:
        return Mark.fine, "Full agreement: both put the leads in one order."
    if found.is_by_chance:
        return (
            Mark.act,
            "They have nothing in common to speak of: who stands high with one says nothing about "
            "the other.",
        )
    if correlation < 0:
        return (
            Mark.act,
            "They are opposed: who stands high with one stands rather low with the other. Is the "
            "CRM's number one that is good when low?",
        )
    degree = next((said for least, said in DEGREES if correlation >= least), WEAK)
    top = f" Of the CRM's top fifth {percent(_top(found))} are in ours." if found.top_theirs else ""
    return (
        Mark.fine if correlation >= DEGREES[0][0] else Mark.act,
        f"The two orders are {degree} (rank correlation {decimals(correlation)}).{top}",
    )


def _contents(parity: Parity) -> Section:
    findings, leads = parity.findings, parity.agreement.leads
    title = "What must the CRM's number contain that our rules do not?"
    explains = (
        f"Looked at: {parity.traits} event types, attribute values and reasons of ours that at "
        f"least {FEWEST} leads have and {FEWEST} have not. Leads with the same score of ours are "
        "compared, those with it and those without: the effect is by how many places in a hundred "
        "the former stand higher in the CRM's order. The strongest comes first; from then on only "
        "leads alike in it are compared, so that the next one tells something of its own. This "
        "shows what goes along with the CRM's number, not how it is made; how often and how lately "
        f"something happened is not looked at. Higher and lower: by {APART} places or more with "
        "the CRM; others are the leads without it."
    )
    if leads < FEWEST_LEADS:
        todo = (
            f"Too few leads to say: {count(leads)} are in both, and {FEWEST_LEADS} are needed to "
            "look for this."
        )
        return Section("contents", title, Mark.unknown, todo, explains)
    if not findings:
        return Section("contents", title, *_nothing(parity), explains)
    unnamed = [finding for finding in findings if not finding.is_named]
    parts = []
    if unnamed:
        names = listed([said(finding) for finding in unnamed], len(unnamed))
        parts.append(f"Look at what no rule of ours names: {names}.")
    named = [finding for finding in findings if finding.is_named]
    if named:
        names = listed([said(finding) for finding in named], len(named))
        parts.append(f"Rules of ours name these, and weigh them otherwise: {names}.")
    chart = bars(
        [
            Bar(_name(finding), abs(finding.effect), f"{finding.effect:+.0f} places in 100")
            for finding in findings
        ],
        "places in a hundred that leads with it stand higher (+) or lower (-) with the CRM",
    )
    lines = [
        (
            _name(finding),
            "yes" if finding.is_named else "no",
            f"{finding.effect:+.0f}",
            count(finding.leads),
            _of(finding.higher, finding.leads),
            _of(finding.lower, finding.leads),
            _of(finding.others_higher, finding.others),
            _of(finding.others_lower, finding.others),
        )
        for finding in findings
    ]
    columns = (
        *("what", "in a rule", "effect", "leads with it"),
        *("higher", "lower", "others higher", "others lower"),
    )
    return Section(
        "contents", title, Mark.act, " ".join(parts), explains, (chart,), table(columns, lines)
    )


def _nothing(parity: Parity) -> tuple[Mark, str]:
    if parity.agreement.is_full:
        return Mark.fine, "Nothing: the two orders are the same."
    if parity.agreement.is_by_chance or (parity.agreement.correlation or 0) <= 0:
        return (
            Mark.unknown,
            "Nothing that we know of the leads tells how the CRM's number comes about. Ask what it "
            "is made of.",
        )
    return (
        Mark.unknown,
        "Nothing that this screen can see: no event type, attribute value or reason of ours "
        "stands out among leads with the same score of ours.",
    )


def said(finding: Finding) -> str:
    """Returns a finding as part of a sentence."""
    return (
        f"{_name(finding)} ({count(finding.leads)} leads, {finding.effect:+.0f} places in 100 with "
        "the CRM)"
    )


def _name(finding: Finding) -> str:
    return f"{finding.kind.value} {_plain(finding.name)}"


def _of(part: int, whole: int) -> str:
    return f"{count(part)}, {percent(part / whole if whole else None)}"


def _stages(parity: Parity) -> Section:
    what = "grades" if parity.file.is_graded else "fifths of their order"
    stages = [
        stage
        for stage in (*STAGES, "none")
        if any(stage in leads for leads in parity.bands.values())
    ]
    lines = [
        (band, *(count(leads.get(stage, 0)) for stage in stages), count(sum(leads.values())))
        for band, leads in parity.bands.items()
    ]
    high = [sum(leads.get(stage, 0) for stage in ("mql", "sql")) for leads in parity.bands.values()]
    todo = "There are no leads to compare."
    if lines:
        todo = (
            f"Of our {count(sum(high))} mql and sql, {count(high[0])} are in the CRM's best band "
            f"({_plain(lines[0][0])})."
        )
    return Section(
        "stages", "Which of our stages are in which of their bands?",
        Mark.fine if lines else Mark.unknown, todo,
        f"Bands are {what}, the best first.",
        table=table(("band", *stages, "leads"), lines, most=MOST_IN_PERCENT),
    )  # fmt: skip


def _different(parity: Parity, is_higher: bool) -> Section:
    leads: Sequence[Row] = parity.higher if is_higher else parity.lower
    side = "higher" if is_higher else "lower"
    reasons = "what counts against it here" if is_higher else "what counts for it here"
    lines = [
        (
            _plain(row["lead_id"]),
            count(row["ours"]),
            _plain(row["label"]),
            decimals(row["our_place"], 0),
            decimals(row["their_place"], 0),
            _plain(row["reasons"]) or "-",
        )
        for row in leads
    ]
    title = f"Who stands {side} with the CRM than here?"
    if not lines:
        return Section(
            f"{side}_there", title, Mark.fine, f"Nobody does, by {APART} places in 100 or more."
        )
    first = leads[0]
    todo = (
        f"Look at these with a salesperson: {_plain(first['lead_id'])} stands at "
        f"{decimals(first['their_place'], 0)} of 100 with the CRM, at "
        f"{decimals(first['our_place'], 0)} here."
    )
    columns = ("lead", "our score", "CRM's", "our place", "CRM's place", reasons)
    return Section(
        f"{side}_there", title, Mark.act, todo,
        f"Those that differ most, by {APART} places in 100 or more. Reasons quote rules, never "
        "what a lead's row says.",
        table=Table(columns, tuple(lines), frozenset(columns[1:5])),
    )  # fmt: skip


def _two_decimals(value: float | None) -> str:
    """Returns two decimals, and never -0.00."""
    return decimals(None if value is None else round(value, 2) + 0.0)


def _top(found: Agreement) -> float | None:
    return found.top_both / found.top_theirs if found.top_theirs else None


def _plain(value: object) -> str:
    return shown(value if value is not None else "").plain
