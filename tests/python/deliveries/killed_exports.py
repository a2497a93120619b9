"""Runs exports in children of one process, and kills them at any line of code or at any time.

A process of its own (python -m deliveries.killed_exports): forks are safe in it, as it has no
threads and has opened nothing; and the packages are imported once. One JSON object per line.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

from typer.testing import CliRunner

import lead_scoring
from lead_scoring.commands.app import app

KILLED = -9
CODE = str(Path(lead_scoring.__file__).parent / "delivery")


class KilledExports:
    """The other end: asks the process for exports. A context manager."""

    def __enter__(self) -> KilledExports:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "deliveries.killed_exports"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(
        self,
        *arguments: object,
        line: int | None = None,
        seconds: float | None = None,
        content: str = "handoffs",
    ) -> dict[str, Any]:
        """Exports, to be killed before the line of that number, or after so many seconds.

        Returns code (of the exit; -9: killed), lines (that ran) and output.
        """
        given = [content, *(str(each) for each in arguments)]
        asked = {"arguments": given, "line": line, "seconds": seconds}
        assert self._process.stdin is not None and self._process.stdout is not None
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def sample(lines: int, kills: int) -> list[int]:
    """So many of the lines, spread evenly; all of them where there are not more."""
    return sorted({1 + place * lines // kills for place in range(kills)})


def export_in_child(arguments: list[str], line: int | None, seconds: float | None) -> Any:
    """Forks, exports in the child, and returns what `KilledExports.run` does."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _export(arguments, line, writing)
    os.close(writing)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)  # not waited for yet: the id is still the child's
    with open(reading, encoding="utf-8") as pipe:  # noqa: PTH123 (a descriptor, no path)
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return {"lines": 0, "output": "", **json.loads(said or "{}")} | {
        "code": os.waitstatus_to_exitcode(status)
    }


def _export(arguments: list[str], line: int | None, writing: int) -> None:
    lines = 0

    def count(frame: FrameType, event: str, _: object) -> Any:
        nonlocal lines
        if not frame.f_code.co_filename.startswith(CODE):
            return None
        if event == "line":
            lines += 1
            if lines == line:
                os.kill(os.getpid(), signal.SIGKILL)
        return count

    sys.settrace(count)
    result = CliRunner().invoke(app, ["export", *arguments])
    sys.settrace(None)
    said = {"lines": lines, "output": result.output + str(result.exception or "")}
    os.write(writing, json.dumps(said).encode())
    os._exit(result.exit_code)


if __name__ == "__main__":
    # Imports once what each child would import otherwise; DuckDB looks for the two by itself.
    for package in ("pandas", "pyarrow"):
        with contextlib.suppress(ImportError):
            importlib.import_module(package)
    for content in ("handoffs", "scores"):
        CliRunner().invoke(app, ["export", content, "--to", "x", "--database", "no such file"])
    for request in sys.stdin:
        print(json.dumps(export_in_child(**json.loads(request))), flush=True)
