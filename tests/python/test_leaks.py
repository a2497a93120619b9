"""Columns that know the answer: each sign alone, and honest columns beside them."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest

from lead_scoring.data.leaks import find_leaks

LEADS = 1_200


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    """Leads of twelve months, a quarter of them won, half of the others closed; one column each."""
    dice = np.random.default_rng(3)
    label = dice.random(LEADS) < 0.25
    closed = label | (dice.random(LEADS) < 0.5)
    late = np.arange(LEADS) >= LEADS // 2
    connection = duckdb.connect()
    connection.execute(
        "create table leads (label boolean, is_closed boolean, month integer, filled varchar,"
        " telling varchar, exact double, status varchar, honest varchar, recent varchar,"
        " amount double, id varchar)"
    )
    rows = [
        (
            bool(label[n]),
            bool(closed[n]),
            n * 12 // LEADS,
            "contract" if label[n] and n % 3 else "",  # for two thirds of the won leads alone
            dice.choice(["hot", "warm"] if label[n] or dice.random() < 0.1 else ["cold", "cool"]),
            float(dice.normal() + (4 if label[n] else 0)),
            "done" if closed[n] else "running",
            dice.choice(["web", "fair"], p=[0.4, 0.6] if label[n] else [0.6, 0.4]),
            "autumn" if late[n] else "",  # a form that is new: for all leads of the later months
            float(dice.normal() + (1 if label[n] else 0)),
            f"id {n}",
        )
        for n in range(LEADS)
    ]
    connection.executemany(f"insert into leads values ({', '.join('?' * 11)})", rows)
    return connection


def words(connection: duckdb.DuckDBPyConnection, column: str) -> str:
    found = find_leaks(connection, "from leads", [column])
    return found[0].words if found else ""


@pytest.mark.parametrize(
    ("column", "sign"),
    [
        ("filled", "it is filled for "),
        ("telling", "alone it ranks 9"),
        ("exact", "alone it ranks 100 %"),
        ("status", "what it says of "),
    ],
)
def test_each_sign_is_found(connection: duckdb.DuckDBPyConnection, column: str, sign: str) -> None:
    said = words(connection, column)
    assert said.startswith(sign)
    for value in ("contract", "hot", "done", "running"):
        assert value not in said  # values may name somebody


@pytest.mark.parametrize("column", ["honest", "recent", "amount", "id"])
def test_honest_columns_are_left_alone(connection: duckdb.DuckDBPyConnection, column: str) -> None:
    """A column that tells, one that is new, a number, and one that differs for every lead."""
    assert words(connection, column) == ""


def test_values_that_appear_after_the_win_are_found(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute(
        "create or replace table versions as select number as lead_key, is_before,"
        " case when not is_before then 'x' end as honest, 'x' as recent"
        " from range(40) as leads (number), (values (true), (false)) as sides (is_before)"
    )
    found = find_leaks(connection, "from leads", ["honest", "recent"], "from versions")
    assert [leak.column for leak in found] == ["honest"]
    assert found[0].words == "of 40 won leads that have it 40 got it after they were won"
