"""Sessions of Spark in this process, with Delta Lake: dbt joins the one that is there."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from lead_scoring.project import PROJECT

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


def settings(folder: Path, *, few_rows: bool = True) -> dict[str, str]:
    """Returns what a session is started with: what the profile says, and where things lie.

    folder: where databases and their list lie. few_rows: that is what it is for.
    """
    profile = yaml.safe_load((PROJECT / "profiles.yml").read_text(encoding="utf-8"))
    own = profile["lead_scoring"]["outputs"]["spark"]["server_side_parameters"]
    in_java = f"-Dderby.system.home={folder} -Duser.timezone=UTC"
    return {
        **own,
        "spark.jars.ivy": str(PACKAGES),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.hadoop.javax.jdo.option.ConnectionURL": (
            f"jdbc:derby:;databaseName={folder / 'metastore'};create=true"
        ),
        "spark.driver.extraJavaOptions": f"{in_java} {FEW_ROWS_IN_JAVA if few_rows else ''}",
        "spark.executor.extraJavaOptions": "-Duser.timezone=UTC",
        # As dbt's adapter has it, whatever the profile says.
        "spark.sql.ansi.enabled": "false",
        "spark.driver.memory": "4g",
        "spark.executor.memory": EXECUTOR_MEMORY,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        **(FEW_ROWS if few_rows else {}),
    }


class NoSparkError(RuntimeError):
    """Spark is not installed; the message says what to do."""


def needs_spark() -> None:
    """Raises NoSparkError where Spark is not installed: it comes with dbt's adapter for it."""
    if find_spec("pyspark") is None:
        raise NoSparkError("Spark is not installed. Run ./scripts/setup spark first.")


@contextlib.contextmanager
def spark_session(
    folder: Path, master: str = IN_THIS_PROCESS, *, few_rows: bool = True
) -> Iterator[Any]:
    """Starts Spark, and ends it. Times come as naive ones in UTC.

    folder: of its databases. master: where its work is done; a cluster's address, or this process.
    few_rows: Spark is set for them. Raises NoSparkError where it is not installed.
    """
    needs_spark()
    from pyspark.sql import SparkSession

    zone = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"  # pyspark shows times in the zone of the process
    time.tzset()
    builder = SparkSession.builder.master(master).enableHiveSupport()
    for name, value in settings(folder, few_rows=few_rows).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()
        os.environ.pop("TZ")
        if zone is not None:
            os.environ["TZ"] = zone
        time.tzset()
