"""The shape of the project: chains, lines, Jinja and callers, each on a few made-up texts."""

from __future__ import annotations

import json
from graphlib import CycleError

import pytest
from typer.testing import CliRunner

from lead_scoring.project import PROJECT
from lead_scoring.runs.failures import RunFailed
from lead_scoring_workshop.commands import measure_house
from lead_scoring_workshop.commands.app import app
from lead_scoring_workshop.house.chains import chain_between, chain_to, longest_chain
from lead_scoring_workshop.house.figures import Figure, figures_of
from lead_scoring_workshop.house.macros import callers_of, calls_of, macros_of
from lead_scoring_workshop.house.project import Models, Project, models_of
from lead_scoring_workshop.house.texts import has_materialization, jinja_percent, lines_of

GRAPH = {
    "stg_lead_scoring__events": ["inputs"],
    "leads": ["inputs"],
    "versions": ["leads"],
    "moments": ["versions", "stg_lead_scoring__events"],
    "lead_scores": ["stg_lead_scoring__events", "moments"],
    "handoffs": ["lead_scores"],
}
DISPATCH = """\
{#- Call: lead_scoring.commented(1). -#}
{% macro hash(text) -%}
    {{ return(adapter.dispatch('hash', 'lead_scoring')(text)) }}
{%- endmacro %}
{% macro default__hash(text) -%} md5({{ text }}) {%- endmacro %}
{% macro duckdb__hash(text) -%} md5({{ lead_scoring.inner(text) }}) {%- endmacro %}
"""
FILES = {
    "macros/adapters/hash.sql": DISPATCH,
    "macros/adapters/load.sql": "{% macro duckdb__load_csv_rows(model) %}{% endmacro %}",
    "macros/inner.sql": "{%- macro inner(x) -%}{{ lead_scoring.inner(x) }}{%- endmacro -%}",
    "macros/many.sql": "{% macro many() %}{% endmacro %}\n\n{% macro commented() %}{% endmacro %}",
    "macros/own.sql": "{% materialization own, default %}{% endmaterialization %}",
    "models/lead_scores.sql": "select\n  {{ lead_scoring.many() }},\n  {{ lead_scoring.hash(1) }}",
    "models/stg_lead_scoring__events.sql": "select 1\n",
    "models/evidence/ratio.sql": "{# x\n#}\nselect 2\n",
    "models/unit_tests.yml": "overrides: {macros: {lead_scoring.inner: 1}}",
    "tests/generic/own_test.sql": "{% test own(model) %}{{ lead_scoring.many() }}{% endtest %}",
}


def test_a_chain_is_of_models_only() -> None:
    assert longest_chain(GRAPH) == ("leads", "versions", "moments", "lead_scores", "handoffs")
    assert chain_to(GRAPH, "lead_scores") == ("leads", "versions", "moments", "lead_scores")
    assert chain_to(GRAPH, "inputs") == ()
    assert longest_chain({}) == ()


def test_a_chain_between_two_models_leaves_others_aside() -> None:
    way = ("stg_lead_scoring__events", "moments", "lead_scores")
    assert chain_between(GRAPH, way[0], "lead_scores") == way
    assert chain_between(GRAPH, "lead_scores", "lead_scores") == ("lead_scores",)
    assert chain_between(GRAPH, "handoffs", "lead_scores") == ()


def test_of_equal_chains_the_one_that_sorts_first_is_taken() -> None:
    assert longest_chain({"c": ["b", "a"], "b": [], "a": []}) == ("a", "c")
    with pytest.raises(CycleError):
        longest_chain({"a": ["b"], "b": ["a"]})


def test_a_line_with_a_mark_of_jinja_counts() -> None:
    text = "{{ config(\n    x=1\n) }}\n\nselect 1 {# y #}\n{% if x %}\nfrom t where a % 2 = 1\n{}\n"
    assert lines_of([text, "a\n\n", ""]) == 10
    assert jinja_percent([text]) == 50
    assert jinja_percent([text, "a\n\n"]) == 40
    assert jinja_percent([]) == 0


def test_forms_of_a_macro_count_as_one_name() -> None:
    macros = {macro.name: macro for macro in macros_of(FILES)}
    assert sorted(macros) == ["commented", "hash", "inner", "load_csv_rows", "many"]
    assert {name for name, macro in macros.items() if macro.is_dispatched} == {
        "hash",
        "load_csv_rows",
    }
    elsewhere = "{% macro day() %}{{ adapter.dispatch('day_elsewhere', 'x')() }}{% endmacro %}"
    assert [macro.is_dispatched for macro in macros_of({"day.sql": elsewhere})] == [True]
    assert has_materialization(FILES["macros/own.sql"])
    assert not has_materialization("{# {% materialization own, default %} #}")


def test_a_call_is_neither_a_comment_nor_an_override() -> None:
    assert calls_of(DISPATCH) == {"inner"}
    assert calls_of("lead_scoring.a: 1\nx.lead_scoring.b (1) lead_scoring.c") == {"b"}


def test_callers_are_the_other_files() -> None:
    assert callers_of(macros_of(FILES), FILES) == {
        "commented": [],
        "hash": ["models/lead_scores.sql"],
        "inner": ["macros/adapters/hash.sql"],
        "load_csv_rows": [],
        "many": ["models/lead_scores.sql", "tests/generic/own_test.sql"],
    }


def made_up() -> Project:
    daily = {"lead_scores": ["stg_lead_scoring__events"], "stg_lead_scoring__events": ["inputs"]}
    paths = {name: f"models/{name}.sql" for name in daily}
    return Project(
        daily=Models(daily, paths),
        evidence=Models(
            {**daily, "ratio": ["lead_scores"]}, {**paths, "ratio": "models/evidence/ratio.sql"}
        ),
        files=FILES,
    )


def test_figures_tell_daily_models_from_those_of_evidence() -> None:
    figures = {figure.key: figure for figure in figures_of(made_up())}
    values = {key: figure.value for key, figure in figures.items()}
    assert values == {
        "daily_models": 2,
        "evidence_models": 1,
        "longest_chain": 2,
        "step_of_lead_scores": 2,
        "lines_of_daily_models": 4,
        "lines_of_evidence_models": 3,
        "lines_of_macros": 12,
        "lines": 19,
        "median_lines_of_daily_model": 2,
        "most_lines_of_daily_model": 3,
        "jinja_percent": 50,
        "macros": 5,
        "macros_with_one_caller": 1,
        "macros_without_caller": 1,
        "materializations": 1,
        "models_from_event_to_lead_scores": 2,
        "macros_from_event_to_lead_scores": 1,
    }
    assert figures["macros_with_one_caller"].names == ("inner (macros/adapters/hash.sql)",)
    assert figures["macros_without_caller"].names == ("commented",)
    assert figures["macros_from_event_to_lead_scores"].names == ("many",)
    assert figures["jinja_percent"].is_reached is False
    assert figures["lines"].is_reached is True
    assert figures["evidence_models"].is_reached is None


def test_what_is_not_there_reaches_no_goal() -> None:
    nothing = Project(Models({}, {}), Models({}, {}), {})
    figures = {figure.key: figure for figure in figures_of(nothing)}
    assert figures["step_of_lead_scores"].is_reached is False
    assert figures["models_from_event_to_lead_scores"].value is None
    assert Figure("x", "x", 3, 3).is_reached is True


def test_models_are_those_of_the_project() -> None:
    def node(name: str, package: str, kind: str, *parents: str) -> dict[str, object]:
        return {
            "name": name,
            "package_name": package,
            "resource_type": kind,
            "original_file_path": f"models/{name}.sql",
            "depends_on": {"nodes": parents},
        }

    nodes = {
        "model.a": node("a", "lead_scoring", "model", "seed.s", "source.t"),
        "model.b": node("b", "lead_scoring", "model", "model.a", "model.other"),
        "model.other": node("other", "elsewhere", "model"),
        "seed.s": node("s", "lead_scoring", "seed"),
    }
    models = models_of({"nodes": nodes})
    assert models.graph == {"a": set(), "b": {"a"}}
    assert models.paths == {"a": "models/a.sql", "b": "models/b.sql"}


def test_the_project_itself_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    # As in other tests: what dbt reads under one name it need not read anew.
    monkeypatch.setenv("LEAD_SCORING_DATABASE", "../../scores.duckdb")
    result = CliRunner().invoke(app, ["measure", "house", "--json"])
    assert result.exit_code == 0, result.output
    figures = json.loads(result.output)
    assert figures.keys() == {figure.key for figure in figures_of(made_up())}
    for figure in figures.values():
        assert figure.keys() == {"words", "value", "goal", "is_reached", "names"}
        assert figure["value"] is not None
    of_evidence = len(list((PROJECT / "models" / "evidence").rglob("*.sql")))
    of_connectors = len(list((PROJECT / "models" / "connectors").rglob("*.sql")))
    of_metrics = len(list((PROJECT / "models" / "scores" / "days").rglob("*.sql")))
    of_all = len(list((PROJECT / "models").rglob("*.sql"))) - of_connectors - of_metrics
    assert figures["evidence_models"]["value"] == of_evidence
    assert figures["daily_models"]["value"] == of_all - of_evidence
    assert figures["step_of_lead_scores"]["names"][-1] == "lead_scores"


def test_a_project_that_dbt_cannot_read_is_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> Project:
        raise RunFailed("dbt could not start.")

    monkeypatch.setattr(measure_house, "read_project", fails)
    result = CliRunner().invoke(app, ["measure", "house"])
    assert result.exit_code == 1
    assert "dbt could not start." in result.output


def test_the_table_says_which_goals_are_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measure_house, "read_project", made_up)
    lines = CliRunner().invoke(app, ["measure", "house"]).output.splitlines()
    rows = [line.split() for line in lines]
    assert ["daily", "models", "2", "<=", "60", "yes"] in rows
    assert ["materializations", "of", "its", "own", "1", "<=", "0", "no"] in rows
    assert ["models", "of", "evidence", "1", "-", "-"] in rows
    assert "inner (macros/adapters/hash.sql)" in lines
