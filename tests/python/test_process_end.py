"""A command's process ends at once, and loses nothing of what it has to say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# What Python does at its end is done: here it says so.
TIDIES = "import atexit; atexit.register(print, 'tidied')\n"
CALLS = "import sys; from lead_scoring.__main__ import main; sys.argv[1:] = {arguments}; main()"


@pytest.mark.parametrize(
    ("arguments", "code", "out", "err"),
    [
        (["check", "rules"], 0, "can be used: no errors", ""),
        (["check", "rules", "nowhere"], 2, "", "There is no folder nowhere"),
        (["no", "command"], 2, "", "No such command"),
    ],
)
def test_words_and_code_of_a_command_come_through(
    arguments: list[str], code: int, out: str, err: str, tmp_path: Path
) -> None:
    program = TIDIES + CALLS.format(arguments=arguments)
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert ended.returncode == code
    assert out in ended.stdout
    assert ended.stdout.endswith("tidied\n")
    assert err in ended.stderr
    assert bool(err) == bool(ended.stderr)


def test_a_closed_output_changes_no_code(tmp_path: Path) -> None:
    program = CALLS.format(arguments=["check", "rules", "nowhere"])
    ended = subprocess.run(
        ["sh", "-c", '"$0" -c "$1" >&-', sys.executable, program], check=False, cwd=tmp_path
    )
    assert ended.returncode == 2
