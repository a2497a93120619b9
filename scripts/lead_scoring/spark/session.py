"""A session of Spark in this process, with Delta Lake, which dbt joins."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from lead_scoring.private_files import private_files
from lead_scoring.project import PROJECT
from lead_scoring.runs.failures import RunFailed


class NoSparkError(RunFailed):
    """Spark is not installed; the message says what to do."""


def profile_settings() -> dict[str, str]:
    """Returns what the profile of the project sets for Spark."""
    profile = yaml.safe_load((PROJECT / "profiles.yml").read_text(encoding="utf-8"))
    settings: dict[str, str] = profile["lead_scoring"]["outputs"]["spark"]["server_side_parameters"]
    return settings


def spark_home() -> Path:
    """Returns where Spark lies, as dbt's adapter for it brings it. Raises NoSparkError."""
    try:
        import pyspark
    except ImportError:
        raise NoSparkError("Spark is not installed. Run ./scripts/setup spark first.") from None
    return Path(pyspark.__file__).parent


@contextlib.contextmanager
def spark_session(log: Path, settings: Mapping[str, str] | None = None) -> Iterator[Any]:
    """Starts Spark as the profile says, and ends it; all else Spark's own configuration says.

    log: takes what Spark itself says. settings: beside those of the profile. Times come as naive
    ones in UTC. Raises NoSparkError where it is not installed, RunFailed where it does not start.
    """
    spark_home()
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.enableHiveSupport()
    for name, value in {**profile_settings(), **(settings or {})}.items():
        builder = builder.config(name, value)
    with _utc():
        try:
            with _standard_error_in(log):
                session = builder.getOrCreate()
        except (PySparkException, OSError) as error:
            words = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise RunFailed(f"Spark did not start: {words} More is in {log}.") from None
        try:
            yield session
        finally:
            session.stop()


@contextlib.contextmanager
def _utc() -> Iterator[None]:
    """pyspark shows times in the zone of the process."""
    zone = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ")
        if zone is not None:
            os.environ["TZ"] = zone
        time.tzset()


@contextlib.contextmanager
def _standard_error_in(log: Path) -> Iterator[None]:
    """Java's process, which begins here, keeps the file for as long as it lives."""
    with private_files():  # parents too
        log.parent.mkdir(parents=True, exist_ok=True)
    sys.stderr.flush()
    before = os.dup(2)
    with log.open("w", encoding="utf-8") as file:
        os.dup2(file.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(before, 2)
            os.close(before)
