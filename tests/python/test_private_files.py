"""What holds inputs for a while is the owner's alone, and goes with the process."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from lead_scoring.private_files import copy_file, scratch_folder
from lead_scoring.project import PROJECT
from lead_scoring.rules.files import lay_out_rules
from lead_scoring.runs import runner

AT_WORK = """
import time
from lead_scoring.private_files import scratch_folder
with scratch_folder("test") as folder:
    (folder / "leads.csv").write_text("anna@x.example")
    print(folder, flush=True)
    time.sleep(60)
"""


def test_a_scratch_folder_goes_where_the_process_is_told_to_end() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", AT_WORK], cwd=PROJECT / "scripts", stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        folder = Path(process.stdout.readline().strip())
        assert (folder / "leads.csv").exists()
        process.terminate()
        assert process.wait() == 1
    assert not folder.exists()


def test_a_run_that_is_told_to_end_does_not_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """dbt catches what ends a process, and hands it over as what went wrong."""

    class Told:
        def __init__(self, *_: object) -> None:
            """As dbt's."""

        def invoke(self, _: object) -> object:
            return SimpleNamespace(exception=SystemExit(1), result=None)

    monkeypatch.setattr(runner, "dbtRunner", Told)
    lay_out_rules(None, tmp_path / "project" / "seeds")
    with pytest.raises(SystemExit):
        runner.read_project(tmp_path, {})


def test_what_a_signal_does_afterwards_is_what_it_did_before() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with scratch_folder("test") as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_copy_is_its_owners(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("anna@x.example")
    (tmp_path / "a").chmod(0o644)
    copy_file(tmp_path / "a", tmp_path / "b")
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600
