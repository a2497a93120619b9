"""Fills the page about performance with figures. What was not measured is said to be so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from string import Template

from lead_scoring_workshop.benchmark.groups import Group
from lead_scoring_workshop.benchmark.plot import Point, plot_description
from lead_scoring_workshop.benchmark.results import Cell, Results
from lead_scoring_workshop.benchmark.session import FEW_RULES, MANY_RULES, Plan
from lead_scoring_workshop.benchmark.targets import targets
from lead_scoring_workshop.rule_pages.curve_plot import drawn

NOT_MEASURED = "not measured"
WAYS = {"floor": "floor", "case_when": "CASE WHEN", "pandas": "pandas"}
GROUPS = [group.value for group in Group]
ENGAGEMENT, EVERYTHING = Group.ENGAGEMENT.value, Group.EVERYTHING.value
SLOWEST_MODELS = 15


def write_report(plan: Plan, results: Results, page: Path) -> None:
    """Writes the page, and the plot beside it as SVG."""
    template = Template(Path(__file__).with_name("report.md").read_text(encoding="utf-8"))
    full = Cell("project", plan.events, plan.rules)
    rounds = len(results.of(full)) or plan.rounds
    text = template.substitute(
        results.facts,
        plot=page.with_suffix(".svg").name,
        rounds=_rounds(rounds),
        fewer_rounds=_fewer_rounds(plan, results, rounds),
        events=f"{plan.events:,}",
        leads=f"{plan.events // 20:,}",
        rules=plan.rules,
        targets=_targets(plan, results),
        ways=_ways(plan, results),
        agreement=_agreement(results),
        by_rules=_by_rules(plan, results),
        by_events=_by_events(plan, results),
        later_runs=_later_runs(plan, results),
        models=_models(results, full),
        rows=_rows(results, full),
    )
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, encoding="utf-8", newline="")
    page.with_suffix(".svg").write_text(drawn(_plot(plan, results)), encoding="utf-8")


def _rounds(count: int) -> str:
    return "1 round" if count == 1 else f"{count} rounds"


def _fewer_rounds(plan: Plan, results: Results, rounds: int) -> str:
    """Says of what stands in the tables too, and was measured less often, how often it was."""
    cells = {f"{count} rules": Cell("project", plan.events, count) for count in _rule_counts(plan)}
    cells |= {f"{events:,} events": Cell("project", events, plan.rules) for events in _sizes(plan)}
    cells["the history"] = Cell("history", plan.events // 10, plan.rules)
    fewer = [
        f"{words} ({_rounds(measured)})"
        for words, cell in cells.items()
        if 0 < (measured := len(results.of(cell))) < rounds
    ]
    return f" Measured less often: {', '.join(fewer)}." if fewer else ""


def _sizes(plan: Plan) -> tuple[int, ...]:
    return (*plan.sizes, 5 * plan.events)


def _targets(plan: Plan, results: Results) -> str:
    rows = []
    for target in targets(plan):
        figure = target.figure(results)
        verdict = "" if figure is None else ("yes" if figure <= target.limit else "no")
        rows.append(
            (target.words, f"{target.limit:g} {target.unit}", _shown(figure, target.unit), verdict)
        )
    return _table(("figure", "at most", "measured", "kept"), rows, numbers=(1, 2))


def _ways(plan: Plan, results: Results) -> str:
    floor = (Cell("floor", plan.events, plan.rules), "all")
    parts = [(words, Cell(way, plan.events, plan.rules), "all") for way, words in WAYS.items()]
    full = Cell("project", plan.events, plan.rules)
    parts += [(f"this project: {group}", full, group) for group in GROUPS]
    rows = [
        (
            words,
            _shown(results.seconds(cell, part), "s"),
            _shown(results.ratio((cell, part), floor), "x"),
            _memory(results, cell),
        )
        for words, cell, part in parts
    ]
    return _table(("way", "seconds", "of the floor", "peak memory"), rows, numbers=(1, 2, 3))


def _agreement(results: Results) -> str:
    if not results.agreement:
        return f"Whether their totals agree with the project's: {NOT_MEASURED}."
    rows = [
        (WAYS[way], f"{leads:,}", f"{differing:,}", f"{difference:.4f}")
        for way, (leads, differing, difference) in results.agreement.items()
    ]
    return (
        "By rules that ask for nothing else, each lead's total was compared with the project's "
        "engagement points:\n\n"
        + _table(
            ("way", "leads", "differ beyond rounding", "greatest difference in points"),
            rows,
            numbers=(1, 2, 3),
        )
    )


def _by_rules(plan: Plan, results: Results) -> str:
    rows = []
    for count in _rule_counts(plan):
        project = Cell("project", plan.events, count)
        rows.append(
            (
                str(count),
                _shown(results.seconds(Cell("case_when", plan.events, count)), "s"),
                _shown(results.seconds(project, ENGAGEMENT), "s"),
                _shown(results.seconds(project, EVERYTHING), "s"),
                _memory(results, project),
            )
        )
    columns = ("engagement rules", "CASE WHEN", ENGAGEMENT, EVERYTHING, "peak memory")
    return _table(columns, rows, numbers=range(5))


def _by_events(plan: Plan, results: Results) -> str:
    rows = []
    for events in _sizes(plan):
        project, floor = (Cell(way, events, plan.rules) for way in ("project", "floor"))
        if events > plan.events and not results.of(project):
            continue
        rows.append(
            (
                f"{events:,}",
                _shown(results.seconds(floor), "s"),
                *(_shown(results.seconds(project, part), "s") for part in GROUPS),
                _shown(results.ratio((project, EVERYTHING), (floor, "all")), "x"),
                _memory(results, project),
            )
        )
    columns = ("events", "floor", *GROUPS, "everything / floor", "peak memory")
    return _table(columns, rows, numbers=range(len(columns)))


def _later_runs(plan: Plan, results: Results) -> str:
    rows = []
    for events in plan.sizes[1:]:
        for way, words in (
            ("project", "full run"),
            ("same_day", "later on the same day"),
            ("next_day", "across midnight"),
        ):
            cell = Cell(way, events, plan.rules)
            shown = (_shown(results.seconds(cell, part), "s") for part in GROUPS)
            rows.append((f"{events:,}", words, *shown, _memory(results, cell)))
    columns = ("events", "run", *GROUPS, "peak memory")
    return _table(columns, rows, numbers=(0, *range(2, len(columns))))


def _models(results: Results, full: Cell) -> str:
    samples = results.of(full)
    if not samples:
        return f"{NOT_MEASURED.capitalize()}."
    seconds = {
        name: median(sample.models.get(name, 0.0) for sample in samples)
        for name in samples[-1].models
    }
    slowest = sorted(seconds, key=lambda name: -seconds[name])[:SLOWEST_MODELS]
    return _table(
        ("model", "seconds"), [(f"`{name}`", f"{seconds[name]:.1f}") for name in slowest], (1,)
    )


def _rows(results: Results, full: Cell) -> str:
    samples = results.of(full)
    if not samples:
        return f"{NOT_MEASURED.capitalize()}."
    counts = samples[-1].rows
    return _table(
        ("table", "rows"), [(f"`{name}`", f"{counts[name]:,}") for name in sorted(counts)], (1,)
    )


def _plot(plan: Plan, results: Results) -> dict[str, object]:
    full = Cell("project", plan.events, plan.rules)
    ways = [
        _point(words, results.seconds(Cell(way, plan.events, plan.rules)))
        for way, words in WAYS.items()
    ]
    ways += [_point(part, results.seconds(full, part)) for part in (ENGAGEMENT, EVERYTHING)]
    by_rules = [
        _point(words, results.seconds(Cell(way, plan.events, count), part), rules=count)
        for count in _rule_counts(plan)
        for words, way, part in (
            ("CASE WHEN", "case_when", "all"),
            (ENGAGEMENT, "project", ENGAGEMENT),
            (EVERYTHING, "project", EVERYTHING),
        )
    ]
    by_events = [
        _point(words, results.seconds(Cell(way, events, plan.rules), part), events=events / 1e6)
        for events in plan.sizes
        for words, way, part in (
            ("floor", "floor", "all"),
            (ENGAGEMENT, "project", ENGAGEMENT),
            (EVERYTHING, "project", EVERYTHING),
        )
    ]
    measured = [
        [point for point in points if point["seconds"] is not None]
        for points in (ways, by_rules, by_events)
    ]
    return plot_description(*measured)


def _point(way: str, seconds: float | None, **place: float) -> Point:
    rounded = None if seconds is None else round(seconds, 3)
    return {"way": way, "seconds": rounded, **place}


def _rule_counts(plan: Plan) -> list[int]:
    return sorted({FEW_RULES, plan.rules, MANY_RULES})


def _memory(results: Results, cell: Cell) -> str:
    found = results.memory(cell)
    return _shown(None if found is None else found / 1e9, "GB")


def _shown(figure: float | None, unit: str) -> str:
    if figure is None:
        return NOT_MEASURED
    return f"{figure:.1f} {unit}" if unit in ("%", "GB", "s") else f"{figure:.2f} {unit}"


def _table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] | range
) -> str:
    rule = ["---:" if place in numbers else "---" for place in range(len(columns))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (columns, rule, *rows))
