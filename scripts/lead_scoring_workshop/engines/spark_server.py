"""A Thrift server of Spark on this machine, which dbt reaches as those of companies."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from lead_scoring.spark.session import profile_settings, spark_home
from lead_scoring_workshop.engines.ports import HOST, free_port
from lead_scoring_workshop.engines.spark_cluster import awaited
from lead_scoring_workshop.engines.spark_session import PACKAGES, settings

CLASS = "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"
STARTED = re.compile(r"HiveThriftServer2 started")


@contextlib.contextmanager
def spark_server(
    folder: Path, master: str, metastore: str, *, few_rows: bool = True
) -> Iterator[Mapping[str, str]]:
    """Runs a server; gives the variables by which the profile's target spark_server finds it.

    folder: of its log. master, metastore, few_rows: as of `spark_session`, by which Delta Lake has
    been fetched before.
    Raises NoSparkError where Spark is not installed, or where it does not start.
    """
    home = spark_home()
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    given = {
        **profile_settings(),
        **settings(folder, metastore, few_rows=few_rows),
        "spark.log.level": "INFO",
        # Its threads do not see what Spark itself has fetched.
        "spark.driver.extraClassPath": ":".join(map(str, PACKAGES.glob("jars/io.delta_*.jar"))),
    }
    configured = [f"--conf={name}={value}" for name, value in given.items()]
    command = [
        *(str(home / "bin" / "spark-submit"), "--class", CLASS, "--master", master, *configured),
        *("spark-internal", "--hiveconf", f"hive.server2.thrift.port={port}"),
        *("--hiveconf", f"hive.server2.thrift.bind.host={HOST}"),
    ]
    log = folder / "server.log"
    with log.open("w") as written:
        process = subprocess.Popen(
            command,
            stdout=written,
            stderr=subprocess.STDOUT,
            env={**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST},
            cwd=folder,
        )
    try:
        awaited(STARTED, 1, process, log)
        yield {"SPARK_HOST": HOST, "SPARK_PORT": str(port)}
    finally:
        process.terminate()
        process.wait()
