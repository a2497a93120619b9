"""A cluster of Spark on this machine does the work of a session, and leaves nothing."""

from __future__ import annotations

import socket
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from lead_scoring.spark.session import NoSparkError
from lead_scoring_workshop.engines import spark_session
from lead_scoring_workshop.engines.spark_cluster import spark_cluster


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


def test_without_spark_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(NoSparkError, match=r"Run \./scripts/setup spark first"):
        spark_cluster(tmp_path, 2).__enter__()
