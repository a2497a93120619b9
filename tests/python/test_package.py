"""The project as a package: integration_tests/ installs it, and scores tables of its own."""

from __future__ import annotations

import functools
import http.server
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from lead_scoring.project import PROJECT
from lead_scoring_workshop.consumer import lay_out, run_dbt

NAMES = {"lead_scoring", "beside"}


def installed(folder: Path) -> set[str]:
    """The names of the packages that dbt has installed in a project."""
    lock = yaml.safe_load((folder / "package-lock.yml").read_text(encoding="utf-8"))
    assert lock["packages"]
    return {path.name for path in (folder / "dbt_packages").iterdir()}


@pytest.fixture(scope="module")
def consumer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = lay_out(tmp_path_factory.mktemp("package") / "consumer", [{"local": str(PROJECT)}])
    done = run_dbt(folder, "deps")
    assert done.returncode == 0, done.stdout
    return folder


def test_a_consumer_scores_its_own_tables(consumer: Path) -> None:
    # The package's unit tests are those of the project itself, and take longer than all the rest.
    # What is expected of the tables stands in the consumer's own tests.
    built = run_dbt(consumer, "build", "--exclude-resource-type", "unit_test")
    assert built.returncode == 0, built.stdout[-4000:]
    for test in (consumer / "tests").glob("*.sql"):
        assert f"PASS {test.stem}" in built.stdout
    assert installed(consumer) == NAMES


def test_a_consumer_cannot_build_on_private_models(consumer: Path) -> None:
    model = consumer / "models" / "too_close.sql"
    model.write_text("select * from {{ ref('int_lead_scoring__reasons') }}", encoding="utf-8")
    parsed = run_dbt(consumer, "parse")
    model.unlink()
    assert parsed.returncode != 0
    assert "int_lead_scoring__reasons" in parsed.stdout


@pytest.fixture
def tarball(tmp_path: Path) -> Iterator[str]:
    """The address of a tarball of what git has of the project, on this machine."""
    archive = ["git", "archive", "--prefix", "lead_scoring-main/", "HEAD"]
    archive += ["--output", str(tmp_path / "main.tar.gz")]
    subprocess.run(archive, cwd=PROJECT, check=True)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/main.tar.gz"
        server.shutdown()


def test_it_is_installed_from_git_and_from_a_tarball(tmp_path: Path, tarball: str) -> None:
    if not (PROJECT / ".git").exists():
        pytest.skip("this copy of the project is no git repository")
    for way, package in {
        "git": {"git": str(PROJECT), "revision": "HEAD"},
        "tarball": {"tarball": tarball, "name": "lead_scoring"},
    }.items():
        folder = lay_out(tmp_path / way, [package])
        done = run_dbt(folder, "deps")
        assert done.returncode == 0, done.stdout
        assert installed(folder) == NAMES
        assert (folder / "dbt_packages" / "lead_scoring" / "dbt_project.yml").exists()
