"""The script that makes the Python environment: quick when done, clear when it cannot."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lead_scoring.project import PROJECT

SETS = tuple(
    f"requirements{name}.txt"
    for name in ("-setup", "", "-suggest", "-postgres", "-adapters", "-dev")
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A checkout with nothing but what the script reads."""
    (tmp_path / "scripts").mkdir()
    shutil.copy(PROJECT / "scripts" / "setup", tmp_path / "scripts")
    for name in SETS:
        shutil.copy(PROJECT / name, tmp_path)
    return tmp_path


def executable(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def run(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [project / "scripts" / "setup", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


# The commands that cannot be loaded without the packages of the set suggest.
WITHOUT_SUGGEST = """
import pkgutil, sys
from importlib import import_module
sys.modules["scipy"] = sys.modules["sklearn"] = None
from lead_scoring import commands
for module in pkgutil.iter_modules(commands.__path__):
    try:
        import_module(f"lead_scoring.commands.{module.name}")
    except ImportError:
        print(module.name)
"""


def test_commands_that_fit_have_their_packages_set_up() -> None:
    found = subprocess.run(
        [sys.executable, "-c", WITHOUT_SUGGEST], capture_output=True, text=True, check=True
    )
    script = (PROJECT / "scripts" / "lead-scoring").read_text(encoding="utf-8")
    named = re.search(r"case .* in (.*?)\) \S+ suggest ;;", script)
    assert named and set(named[1].split(" | ")) == set(found.stdout.split()) >= {"train"}


def test_a_finished_environment_is_found_quickly_and_silently(project: Path) -> None:
    executable(project / ".venv" / "bin" / "python", "exit 1")
    (project / ".venv" / "installed").mkdir()
    for name in SETS:
        shutil.copy(project / name, project / ".venv" / "installed")
    started = time.monotonic()
    for arguments in ((), ("suggest",), ("postgres",), ("dev",)):
        done = run(project, *arguments, PYTHON="none")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert time.monotonic() - started < 1  # a tenth of it on a machine with nothing else to do


def test_the_command_is_linked_into_the_environment(project: Path) -> None:
    for name in ("lead-scoring", "python"):
        shutil.copy(PROJECT / "scripts" / name, project / "scripts")
    test_a_finished_environment_is_found_quickly_and_silently(project)
    executable(project / ".venv" / "bin" / "python", 'echo "$PYTHONPATH" "$@"')
    done = subprocess.run(
        [project / ".venv" / "bin" / "lead-scoring", "explain", "L1"],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{project / 'scripts'} -m lead_scoring explain L1\n"


def test_changed_requirements_are_seen(project: Path) -> None:
    test_a_finished_environment_is_found_quickly_and_silently(project)
    with (project / "requirements-dev.txt").open("a") as requirements:
        requirements.write("# one more\n")
    assert run(project, PYTHON="none").returncode == 0
    assert run(project, "dev", PYTHON="none").returncode == 1


def test_an_old_python_is_named(project: Path) -> None:
    old = executable(
        project / "old-python", 'test "$1" = --version && echo Python 3.9.2 && exit\nexit 1'
    )
    for arguments, needed in (((), "3.10"), (("suggest",), "3.10"), (("dev",), "3.11")):
        done = run(project, *arguments, PYTHON=str(old))
        assert done.returncode == 1
        assert f"Python {needed} or newer is needed; {old} is: Python 3.9.2" in done.stderr


def test_a_python_without_venv_is_named(project: Path) -> None:
    python = executable(project / "python", 'test "$1" = -m && echo no ensurepip && exit 1\nexit 0')
    done = run(project, PYTHON=str(python))
    assert done.returncode == 1
    assert "install the package python3-venv" in done.stderr
    assert not (project / ".venv" / "installed").exists()


def test_only_known_arguments(project: Path) -> None:
    done = run(project, "developer")
    assert done.returncode == 2
    assert "usage: ./scripts/setup [suggest|postgres|spark|dev]" in done.stderr


def test_the_pinned_sets_hold_no_address_and_every_hash() -> None:
    for name in SETS:
        text = (PROJECT / name).read_text()
        assert "://" not in text
        for requirement in text.replace("\\\n", " ").splitlines():
            assert "==" in requirement
            assert "--hash=sha256:" in requirement
