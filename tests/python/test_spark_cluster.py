"""A cluster and a server of Spark on this machine do the work of a session, and leave nothing."""

from __future__ import annotations

import socket
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from lead_scoring.spark.session import NoSparkError
from lead_scoring_workshop.engines import spark_session
from lead_scoring_workshop.engines.spark_cluster import spark_cluster
from lead_scoring_workshop.engines.spark_server import spark_server


@pytest.mark.skipif(find_spec("pyspark") is None, reason="Spark is not installed")
def test_two_workers_do_the_work(tmp_path: Path) -> None:
    with (
        spark_cluster(tmp_path / "cluster", 2, memory="1g") as address,
        pytest.MonkeyPatch.context() as patched,
    ):
        patched.setattr(spark_session, "EXECUTOR_MEMORY", "512m")
        with spark_session.spark_session(tmp_path / "spark", address) as session:
            session.range(0, 100, 1, 8).write.format("delta").saveAsTable("numbers")
            assert session.table("numbers").count() == 100
            assert session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() == 3, "driver"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))).close()


@pytest.mark.skipif(find_spec("pyspark") is None, reason="Spark is not installed")
def test_a_server_finds_what_a_session_has_written(tmp_path: Path) -> None:
    with (
        spark_session.metastore(tmp_path / "metastore") as address,
        spark_session.spark_session(tmp_path / "spark", "local[1]", address) as session,
        spark_server(tmp_path / "server", "local[1]", address) as found,
    ):
        session.range(0, 7).write.format("delta").saveAsTable("numbers")
        hive = import_module("pyhive.hive")  # comes with dbt's adapter
        place = {"host": found["SPARK_HOST"], "port": int(found["SPARK_PORT"])}
        with hive.connect(**place, username="lead_scoring") as connection:
            cursor = connection.cursor()
            cursor.execute("select count(*) from numbers")
            assert cursor.fetchall() == [(7,)]


def test_without_spark_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(NoSparkError, match=r"Run \./scripts/setup spark first"):
        spark_cluster(tmp_path, 2).__enter__()
