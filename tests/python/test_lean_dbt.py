"""What runs leave out of dbt's work changes nothing of what it says and writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from dbt.adapters.base import BaseAdapter, BaseRelation
from dbt.adapters.exceptions.compilation import ApproximateMatchError
from dbt.artifacts.schemas import base
from dbt.context.macros import MacroNamespaceBuilder
from dbt.events.types import MainReportVersion
from dbt_common.clients import agate_helper
from dbt_common.clients.system import write_json
from dbt_common.events.base_types import msg_from_base_event

from lead_scoring.runs.lean_dbt import lean_dbt


@pytest.fixture
def lean() -> Iterator[None]:
    with lean_dbt():
        yield


def test_artifacts_are_what_dbt_writes(tmp_path: Path) -> None:
    content = {"é": [1, 0.1, None, True, {"key": 'a\n"b"'}], "number": Decimal("1.50")}
    write_json(str(tmp_path / "one" / "plain.json"), content)
    with lean_dbt():
        assert base.write_json is not write_json
        assert base.write_json(str(tmp_path / "other" / "lean.json"), content)
    plain, lean = (tmp_path / name for name in ("one/plain.json", "other/lean.json"))
    assert lean.read_bytes() == plain.read_bytes()
    assert json.loads(lean.read_text(encoding="utf-8"))["number"] == 1.5


def test_an_event_says_what_it_says_in_plain_dbt() -> None:
    def said() -> dict[str, Any]:
        event = MainReportVersion(version="1.2", log_version=3)
        event.version += ".4"
        message = msg_from_base_event(event)
        return {"dict": event.to_dict(), "text": event.message(), "info": message.info.msg}

    plain = said()
    with lean_dbt():
        assert said() == plain
        kept = MainReportVersion(version="5", log_version=3)
        assert "pb_msg" not in vars(kept), "made for nobody"
        assert kept.version == "5"
    assert kept.message() == plain["text"].replace("1.2.4", "5"), "read once, it stays"


def relations(*names: str) -> list[BaseRelation]:
    return [BaseRelation.create(database="d", schema="s", identifier=name) for name in names]


class Adapter:
    """As much of an adapter as the search for a relation needs."""

    def _make_match_kwargs(self, database: str, schema: str, identifier: str) -> dict[str, str]:
        return {"database": database, "schema": schema, "identifier": identifier}


@pytest.mark.usefixtures("lean")
def test_a_relation_is_found_by_its_name_as_dbt_finds_it() -> None:
    def found(name: str, schema: str = "s") -> list[str | None]:
        those = relations("leads", "lead", "leads_2")
        matches = BaseAdapter._make_match(Adapter(), those, "d", schema, name)
        return [one.identifier for one in matches]

    assert found("leads") == ["leads"]
    assert found("leads", "elsewhere") == []
    assert found("events") == []
    for near in ("LEADS", '"leads"'):
        with pytest.raises(ApproximateMatchError):
            found(near)


@pytest.mark.usefixtures("lean")
def test_a_statement_without_rows_gives_an_empty_table() -> None:
    table = agate_helper.empty_table()
    assert (len(table.rows), len(table.columns)) == (0, 0)
    assert table is agate_helper.empty_table()


@pytest.mark.parametrize("own_package", ["root", "installed", "dbt"])
def test_a_node_sees_the_macros_that_it_sees_in_plain_dbt(own_package: str) -> None:
    macros = {
        package: {
            name: SimpleNamespace(name=name, package_name=package, unique_id=f"{package}.{name}")
            for name in names.split()
        }
        for package, names in {
            "root": "own both everywhere",
            "installed": "theirs both everywhere",
            "dbt": "ref everywhere type_of",
            "dbt_duckdb": "type_of everywhere",
        }.items()
    }

    def seen() -> dict[str, str]:
        builder = MacroNamespaceBuilder("root", own_package, None, ["dbt_duckdb", "dbt"], None)
        names = builder.build_namespace(macros, {})
        found = {
            name: value.macro.unique_id if hasattr(value, "macro") else ",".join(sorted(value))
            for name, value in names.items()
        }
        for package in ("root", "installed", "dbt"):
            one = names.get_from_package(package, "everywhere")
            found[f"everywhere of {package}"] = one.macro.unique_id if one else "none"
        found["len"] = f"{len(names)} {sorted(names)}"
        return found

    plain = seen()
    with lean_dbt():
        assert seen() == plain
    assert plain["type_of"] == "dbt_duckdb.type_of"
