"""Readers that open the published files again and again while runs come and go."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from types import TracebackType

import duckdb

from lead_scoring_workshop.reliability.seen import NotWhole, look, look_by_name

PAUSE = 2.0  # seconds between two looks, on average


class Readers:
    """So many processes that read until the block ends, and what they found."""

    def __init__(self, database: Path, count: int, folder: Path) -> None:
        """folder: where they leave what they found."""
        self._files = [folder / f"reader{number}.json" for number in range(count)]
        self._stop = folder / "stop_readers"
        self._database = database
        self._processes: list[subprocess.Popen[bytes]] = []
        self.found: Counter[str] = Counter()

    def __enter__(self) -> Readers:
        self._stop.unlink(missing_ok=True)
        for file in self._files:
            command = [sys.executable, "-m", __name__, self._database, self._stop, file]
            self._processes.append(subprocess.Popen([str(part) for part in command]))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.touch()
        for process in self._processes:
            process.wait(60)
        for file in self._files:
            self.found.update(json.loads(file.read_text(encoding="utf-8")))


def read_until(database: Path, stop: Path) -> Counter[str]:
    """Looks until the file `stop` is there; counts looks, errors, mixes and steps back."""
    found: Counter[str] = Counter(looks=0, errors=0, mixes=0, steps_back=0)
    latest = ""
    while not stop.exists():
        try:
            seen = look(database)
            by_name = look_by_name(database)
        except NotWhole as error:
            found["mixes"] += 1
            found[f"mix: {error}"] += 1
        except (duckdb.Error, OSError) as error:
            found["errors"] += 1
            found[f"error: {str(error)[:200]}"] += 1
        else:
            run_id = max(seen.run_id if seen else "", by_name)
            found["looks"] += 1
            found["steps_back"] += run_id < latest
            latest = run_id
        time.sleep(random.uniform(0.2, 1.8) * PAUSE)
    return found


if __name__ == "__main__":
    given_database, given_stop, given_file = (Path(argument) for argument in sys.argv[1:])
    result = read_until(given_database, given_stop)
    given_file.write_text(json.dumps(result), encoding="utf-8")
