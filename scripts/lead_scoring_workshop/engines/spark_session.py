"""Sessions of Spark in this process, with Delta Lake: dbt joins the one that is there."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from lead_scoring.project import PROJECT

# Where Spark keeps the packages that it has fetched.
PACKAGES = PROJECT / "build" / "spark"


def settings(folder: Path) -> dict[str, str]:
    """Returns what a session is started with: what the profile says, and what few rows need.

    folder: where databases and their list lie.
    """
    profile = yaml.safe_load((PROJECT / "profiles.yml").read_text(encoding="utf-8"))
    own = profile["lead_scoring"]["outputs"]["spark"]["server_side_parameters"]
    return {
        **own,
        "spark.jars.ivy": str(PACKAGES),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.hadoop.javax.jdo.option.ConnectionURL": (
            f"jdbc:derby:;databaseName={folder / 'metastore'};create=true"
        ),
        # Of few rows most time goes into code that Spark and Java make for many.
        "spark.driver.extraJavaOptions": (
            f"-Dderby.system.home={folder} -Duser.timezone=UTC -XX:TieredStopAtLevel=1"
            " -XX:ReservedCodeCacheSize=512m"
        ),
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.shuffle.partitions": "2",
        # Else each step of a query is planned anew as soon as the ones before it have ended.
        "spark.sql.adaptive.enabled": "false",
        # As dbt's adapter has it, whatever the profile says.
        "spark.sql.ansi.enabled": "false",
        "spark.driver.memory": "4g",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }


class NoSparkError(RuntimeError):
    """Spark is not installed; the message says what to do."""


@contextlib.contextmanager
def spark_session(folder: Path, master: str = "local[2]") -> Iterator[Any]:
    """Starts Spark, and ends it. folder: of its databases. Times come as naive ones in UTC.

    Raises NoSparkError where it is not installed.
    """
    try:
        from pyspark.sql import SparkSession  # comes with dbt's adapter, which only Spark needs
    except ImportError:
        raise NoSparkError("Spark is not installed. Run ./scripts/setup spark first.") from None
    zone = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"  # pyspark shows times in the zone of the process
    time.tzset()
    builder = SparkSession.builder.master(master).enableHiveSupport()
    for name, value in settings(folder).items():
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
