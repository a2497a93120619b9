"""The command benchmark at a tiny size: its data, its rules, and that all ways agree."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest

from lead_scoring.rules.checks import read_folder
from lead_scoring_workshop.benchmark import session
from lead_scoring_workshop.benchmark.data import make_data
from lead_scoring_workshop.benchmark.groups import (
    ENGAGEMENT_POINTS,
    EVENT_MODELS,
    Group,
    models_of_groups,
)
from lead_scoring_workshop.benchmark.report import write_report
from lead_scoring_workshop.benchmark.results import Cell, Results, Sample, read
from lead_scoring_workshop.benchmark.rule_sets import write_rules
from lead_scoring_workshop.benchmark.rules import engagement_rules, floor_rules
from lead_scoring_workshop.benchmark.session import Part, Plan

EVENTS = 20_000
FACTS = ("cores", "memory", "memory_limit", "duckdb", "dbt", "pandas")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("benchmark")


@pytest.fixture(scope="module")
def data(folder: Path) -> Path:
    made = folder / f"events_{EVENTS}"
    make_data(made, EVENTS)
    return made


def one_row(query: str, data: Path) -> tuple[object, ...]:
    return duckdb.sql(query.format(data=data)).fetchall()[0]


def test_the_data_has_all_that_costs(data: Path) -> None:
    events = "from read_parquet('{data}/base/events/*.parquet')"
    rows, ids, types = one_row(
        f"select count(*), count(distinct event_id), count(distinct event_type) {events}", data
    )
    assert isinstance(rows, int) and isinstance(ids, int)
    assert EVENTS - 50 <= ids <= EVENTS  # some of the last are not loaded yet
    assert 0.003 < rows / ids - 1 < 0.007
    assert types == 40
    assert one_row(f"select max(loaded_at) <= '2026-06-30 00:30:00' {events}", data) == (True,)
    late = f"select count(*) filter (where loaded_at - occurred_at > interval 1 hour) {events}"
    assert 100 < int(str(one_row(late, data)[0])) < 400
    assert one_row(f"select count(*) > 50 {events} where user_agent like '%bot%'", data) == (True,)
    bytes_of_kinds = "typeof(any_value(occurred_at)), typeof(any_value(loaded_at))"
    assert one_row(f"select {bytes_of_kinds} {events}", data) == ("TIMESTAMP", "TIMESTAMP")


def test_equal_numbers_of_events_give_equal_data(data: Path, tmp_path: Path) -> None:
    make_data(tmp_path, EVENTS)
    for table in ("leads", "events", "outcomes", "lead_merges"):
        files = f"/next_day/{table}/*.parquet"
        for query in (
            "from '{one}' except all from '{two}'",
            "from '{two}' except all from '{one}'",
        ):
            words = query.format(one=f"{data}{files}", two=f"{tmp_path}{files}")
            assert duckdb.sql(words).fetchall() == []


def test_a_batch_is_the_old_files_and_what_arrived(data: Path) -> None:
    for name, until in (("same_day", "2026-06-30 23:30:00"), ("next_day", "2026-07-01 00:30:00")):
        first = data / name / "events" / "part-1.parquet"
        assert first.samefile(data / "base" / "events" / "part-1.parquet")
        arrived = f"from '{{data}}/{name}/events/part-2.parquet'"
        rows = one_row(f"select count(*), count(distinct event_id) {arrived}", data)
        assert rows == (EVENTS // 365, EVENTS // 365)
        assert one_row(
            f"select min(loaded_at) >= '2026-06-30 00:30:00' and max(loaded_at) <= '{until}'"
            f" {arrived}",
            data,
        ) == (True,)


@pytest.mark.parametrize("count", [15, 60, 200])
def test_every_rule_set_can_be_used(tmp_path: Path, count: int) -> None:
    for plain in (False, True):
        rules = engagement_rules(count, without_activity=plain)
        tables, errors = read_folder(write_rules(tmp_path / str(plain), rules, plain=plain))
        assert errors == []
        assert len({row.text("rule_id") for row in tables.tables["engagement_rules"].rows}) == count
        assert len({row.text("rule_id") for row in tables.tables["fit_rules"].rows}) == 40
    assert read_folder(write_rules(tmp_path / "floor", floor_rules(), plain=True))[1] == []


def test_all_ways_agree_and_are_measured(
    folder: Path, data: Path, request: pytest.FixtureRequest
) -> None:
    if not request.config.getoption("--benchmark"):
        pytest.skip("It takes over a minute: --benchmark asks for it.")
    plan = Plan(folder, EVENTS, 15, 1, (Part.WAYS, Part.FULL, Part.AGREEMENT))
    results = Results()
    session.run(plan, results, print)
    assert set(results.agreement) == {"floor", "case_when", "pandas"}
    for leads, differing, _ in results.agreement.values():
        assert leads > 900
        assert differing == 0
    full = results.of(Cell("project", EVENTS, 15))[0]
    seconds = {group: full.seconds[group.value] for group in Group}
    assert 0 < seconds[Group.EVENTS] < seconds[Group.ENGAGEMENT] < seconds[Group.EVERYTHING]
    assert full.rows["lead_scores"] > 900
    assert full.memory > 50_000_000
    later = session.measure(folder, Cell("same_day", EVENTS, 15), 0)
    assert later is not None
    assert later.rows["lead_scores"] >= full.rows["lead_scores"] - 10
    assert read(folder / "results.json") == results
    page = folder / "page.md"
    write_report(plan, results, page)
    assert "$" not in page.read_text()
    assert page.with_suffix(".svg").is_file()


def write_manifest(folder: Path, names: Iterable[str]) -> None:
    """A manifest in which each model reads the one before it."""
    keys = [f"model.lead_scoring.{name}" for name in names]
    parents = {key: keys[max(place - 1, 0) : place] for place, key in enumerate(keys)}
    (folder / "manifest.json").write_text(json.dumps({"parent_map": parents}))


def test_groups_are_read_from_the_graph(tmp_path: Path) -> None:
    before = ["stg_lead_scoring__lead_identities", *EVENT_MODELS, ENGAGEMENT_POINTS]
    write_manifest(tmp_path, [*before, "lead_scores"])
    assert models_of_groups(tmp_path) == {
        Group.IDENTITIES: {"stg_lead_scoring__lead_identities"},
        Group.EVENTS: set(EVENT_MODELS),
        Group.ENGAGEMENT: set(before),
        Group.EVERYTHING: {*before, "lead_scores"},
    }


def test_a_group_whose_model_has_another_name_is_an_error(tmp_path: Path) -> None:
    write_manifest(tmp_path, ["stg_lead_scoring__lead_identities", ENGAGEMENT_POINTS])
    with pytest.raises(KeyError, match="stg_lead_scoring__events"):
        models_of_groups(tmp_path)


def test_a_ratio_is_the_median_of_the_rounds() -> None:
    cells = Cell("project", 1, 1), Cell("floor", 1, 1)
    results = Results()
    for number, pair in enumerate([(10.0, 1.0), (30.0, 10.0), (8.0, 2.0)]):
        for cell, seconds in zip(cells, pair, strict=True):
            results.replace(Sample(cell, number, 7 * number, {"all": seconds}))
    assert results.ratio((cells[0], "all"), (cells[1], "all")) == 4
    assert results.seconds(cells[0]) == 10
    assert results.memory(cells[0]) == 14
    assert results.ratio((cells[0], "all"), (Cell("pandas", 1, 1), "all")) is None


def test_the_page_says_what_was_measured_less_often(tmp_path: Path) -> None:
    plan = Plan(tmp_path, EVENTS, 60, 2, ())
    seconds = {group.value: 1.0 for group in Group}
    full = [Sample(Cell("project", EVENTS, 60), number, 0, seconds) for number in range(2)]
    history = Sample(Cell("history", EVENTS // 10, 60), 0, 0, {"all": 1.0})
    large = Sample(Cell("project", 5 * EVENTS, 60), 0, 0, seconds)
    results = Results([*full, history, large], facts=dict.fromkeys(FACTS, ""))
    page = tmp_path / "page.md"
    write_report(plan, results, page)
    text = " ".join(page.read_text().split())
    assert "; 2 rounds, in each" in text
    assert "Measured less often: 100,000 events (1 round), the history (1 round)." in text
