"""A cluster of Spark on this machine: a master and workers, each a process, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from lead_scoring.spark.session import NoSparkError, spark_home
from lead_scoring_workshop.engines.ports import HOST

PATIENCE = 120  # seconds until master and workers have to answer
Process = subprocess.Popen[bytes]
LISTENS = re.compile(r"Starting Spark master at (spark://\S+)")
JOINED = re.compile(r"Registering worker ")


@contextlib.contextmanager
def spark_cluster(folder: Path, workers: int, memory: str = "4g") -> Iterator[str]:
    """Runs a master and so many workers of one core each; gives the master's address.

    folder: for their files. memory: of each worker, as Java writes it.
    Raises NoSparkError where Spark is not installed, or where they do not start.
    """
    home = spark_home()
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": HOST}
    with contextlib.ExitStack() as stack:

        def start(role: str, *arguments: str) -> tuple[Process, Path]:
            log = folder / f"{role}.log"
            name = role.split("_")[0]
            kind = f"org.apache.spark.deploy.{name}.{name.capitalize()}"
            places = ["--host", HOST, "--port", "0", "--webui-port", "0"]
            process = subprocess.Popen(
                [str(home / "bin" / "spark-class"), kind, *places, *arguments],
                stdout=stack.enter_context(log.open("w")),
                stderr=subprocess.STDOUT,
                env=environment,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)  # a worker ends what it has started
            return process, log

        master = start("master")
        address = awaited(LISTENS, 1, *master)[0]
        for number in range(workers):
            place = ["--work-dir", str(folder / f"work_{number}")]
            start(f"worker_{number}", "--cores", "1", "--memory", memory, *place, address)
        awaited(JOINED, workers, *master)
        yield address


def awaited(words: re.Pattern[str], times: int, process: Process, log: Path) -> list[str]:
    """Returns what a log says of some words, once it has said them so many times."""
    ends = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < ends:
        found = words.findall(log.read_text(encoding="utf-8", errors="replace"))
        if len(found) >= times:
            return found
        time.sleep(0.05)
    raise NoSparkError(f"Spark does not start:\n{log.read_text()[-2000:]}")
