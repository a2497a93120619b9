"""Sessions of Spark for few rows, in this process or in others that share a list of tables."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lead_scoring.project import PROJECT
from lead_scoring.runs.failures import RunFailed
from lead_scoring.spark import session
from lead_scoring.spark.session import spark_home
from lead_scoring_workshop.engines.ports import free_port

# Where Spark keeps the packages that it has fetched.
PACKAGES = PROJECT / "build" / "spark"
EXECUTOR_MEMORY = "3g"  # in a cluster, of each worker
IN_THIS_PROCESS = "local[2]"
# Of few rows most time goes into code that Spark and Java make for many.
FEW_ROWS = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.shuffle.partitions": "2",
    # Else each step of a query is planned anew as soon as the ones before it have ended.
    "spark.sql.adaptive.enabled": "false",
}
FEW_ROWS_IN_JAVA = "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=512m"
LONGEST_START = 120  # seconds until a list of tables answers


def settings(
    folder: Path, metastore: str | None = None, *, few_rows: bool = True
) -> dict[str, str]:
    """Returns what a session is started with beside what the profile says.

    folder: where databases and their list lie. metastore: the address of a list that processes
    share; None: a list of this process alone. few_rows: that is what it is for.
    """
    in_java = f"-Dderby.system.home={folder} -Duser.timezone=UTC"
    listed = (
        {"spark.hadoop.hive.metastore.uris": metastore}
        if metastore
        else {"spark.hadoop.javax.jdo.option.ConnectionURL": _derby(folder)}
    )
    return {
        **listed,
        "spark.jars.ivy": str(PACKAGES),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.driver.extraJavaOptions": f"{in_java} {FEW_ROWS_IN_JAVA if few_rows else ''}",
        "spark.executor.extraJavaOptions": "-Duser.timezone=UTC",
        # As dbt's adapter has it, whatever the profile says.
        "spark.sql.ansi.enabled": "false",
        # One session for many runs: with 4 GB the unit tests after them were out of memory, a third
        # of which the parser's caches held.
        "spark.driver.memory": "6g",
        "spark.sql.parser.manageParserCaches": "true",
        "spark.sql.parser.parserDfaCacheFlushRatio": "5",
        "spark.executor.memory": EXECUTOR_MEMORY,
        **(FEW_ROWS if few_rows else {}),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }


def spark_session(
    folder: Path,
    master: str = IN_THIS_PROCESS,
    metastore: str | None = None,
    *,
    few_rows: bool = True,
) -> contextlib.AbstractContextManager[Any]:
    """Starts Spark, and ends it. folder, metastore, few_rows: as for `settings`.

    master: where its work is done, a cluster's address or this process.
    Raises NoSparkError where it is not installed.
    """
    given = {**settings(folder, metastore, few_rows=few_rows), "spark.master": master}
    return session.spark_session(folder / "spark.log", given)


def write_configuration(folder: Path, metastore: str, place: Path) -> None:
    """Writes the configuration of Spark that other processes find by SPARK_CONF_DIR.

    folder: its place. place: of databases.
    """
    folder.mkdir(parents=True)
    given = {**settings(place, metastore), "spark.master": IN_THIS_PROCESS}
    lines = [f"{name} {value}" for name, value in given.items()]
    (folder / "spark-defaults.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


@contextlib.contextmanager
def metastore(folder: Path) -> Iterator[str]:
    """Starts a list of tables that processes share, of what Spark brings; gives its address.

    Raises NoSparkError where Spark is not installed, RunFailed where it does not start.
    """
    jars = spark_home() / "jars" / "*"
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    opened = ("java.net", "java.lang", "java.util", "sun.nio.ch")
    set_up = {
        "javax.jdo.option.ConnectionURL": _derby(folder),
        "datanucleus.schema.autoCreateAll": "true",
        "hive.metastore.schema.verification": "false",
        "hive.metastore.warehouse.dir": str(folder / "warehouse"),
        "hive.async.log.enabled": "false",
        "datanucleus.connectionPoolingType": "none",  # Spark brings no pool
    }
    command = ["java", "-cp", str(jars), "-Xmx512m"]
    command += [f"-Dderby.system.home={folder}"]
    command += [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in opened]
    command += ["org.apache.hadoop.hive.metastore.HiveMetaStore", "-p", str(port)]
    for name, value in set_up.items():
        command += ["--hiveconf", f"{name}={value}"]
    log = folder / "metastore.log"
    with log.open("w") as file:
        process = subprocess.Popen(
            command, cwd=folder, stdout=file, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        deadline = time.monotonic() + LONGEST_START
        while not _answers(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RunFailed(f"The list of tables did not start; {log} says why.")
            time.sleep(0.2)
        yield f"thrift://localhost:{port}"
    finally:
        process.kill()
        process.wait()


def _derby(folder: Path) -> str:
    return f"jdbc:derby:;databaseName={folder / 'metastore'};create=true"


def _answers(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("localhost", port)) == 0
