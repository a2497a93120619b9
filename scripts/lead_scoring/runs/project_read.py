"""What dbt reads of the project: links to its parts, and what it has read of them before."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from lead_scoring.project import PROJECT

# What makes a dbt project, seeds aside.
PARTS = ("dbt_project.yml", "profiles.yml", "macros", "tests", "analyses")
MODELS = "models"
UNIT_TESTS = "unit_tests_*.yml"
# What dbt has read of the project, in a run's target; and copies of it, the newest few.
READ_PROJECT = "partial_parse.msgpack"
READ_BEFORE = PROJECT / "build" / "read"
KEPT = 40
# Vars whose values come to stand in the SQL alone: what dbt reads of the project, the graph and the
# configuration, is the same whatever they say, and need not be read anew (a test compares).
OF_SQL_ALONE = {
    "lead_scoring_account_method",
    "lead_scoring_account_minimum_active_leads",
    "lead_scoring_account_minimum_buying_roles",
    "lead_scoring_account_sum_limit",
    "lead_scoring_active_days",
    "lead_scoring_announce_rule_changes",
    "lead_scoring_bot_bursts",
    "lead_scoring_date_order",
    "lead_scoring_evidence_days",
    "lead_scoring_evidence_purpose",
    "lead_scoring_evidence_weeks",
    "lead_scoring_holdout_percent",
    "lead_scoring_horizon_days",
    "lead_scoring_input_time_zone",
    "lead_scoring_merges_in_a_row",
    "lead_scoring_minimum_dwell_days",
    "lead_scoring_time_zone",
    "lead_scoring_weekly_capacity",
}
# Only whether it is given decides what dbt reads.
MOMENTS = "lead_scoring_moments"


def read_variables(variables: Mapping[str, object]) -> dict[str, object]:
    """Returns the vars that dbt has to know when it reads the project."""
    return {
        name: "given" if name == MOMENTS and value else value
        for name, value in variables.items()
        if name not in OF_SQL_ALONE
    }


@contextlib.contextmanager
def reading(work_folder: Path, name: str) -> Iterator[None]:
    """Lends a new work folder what dbt has read of the project before, and keeps what it reads.

    Reading takes longer than scoring few leads. dbt itself sees which files have changed since.
    """
    own = work_folder / "target" / READ_PROJECT
    kept = READ_BEFORE / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.msgpack"
    with contextlib.suppress(OSError):
        if not own.exists():
            own.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(kept, own)
    yield
    with contextlib.suppress(OSError):
        if not kept.exists() or own.stat().st_mtime_ns > kept.stat().st_mtime_ns:
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(own, partly := kept.with_suffix(f".{os.getpid()}"))
            partly.replace(kept)
            for old in sorted(READ_BEFORE.iterdir(), key=lambda each: each.stat().st_mtime_ns)[
                :-KEPT
            ]:
                old.unlink()


def link_project(folder: Path) -> Path:
    """Makes `folder` a dbt project: links to the parts of this one, except for its seeds.

    dbt takes seeds from inside a project only, and each run has its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        link, part = folder / name, PROJECT / name
        if link.resolve() != part.resolve():
            link.unlink(missing_ok=True)  # it may lead to another checkout, or nowhere any more
            link.symlink_to(part)
    _link_models(folder / MODELS)
    return folder


def _link_models(folder: Path) -> None:
    """Fills `folder` with links to the files of the models, but for their unit tests.

    A run that scores has no use for them, and dbt would take a fifth of its reading for them.
    """
    models = PROJECT / MODELS
    wanted = {
        folder / part.relative_to(models): part
        for part in _files_in(models)
        if not part.match(UNIT_TESTS)
    }
    # Every run asks for them, and most find them as they are to be.
    if {link: link.readlink() for link in _files_in(folder) if link.is_symlink()} == wanted:
        return
    if folder.is_symlink():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)
    for link, part in wanted.items():
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(part)


def _files_in(folder: Path) -> list[Path]:
    """The files of a folder and of those in it, and what leads to files."""
    return [Path(place, name) for place, _, names in os.walk(folder) for name in sorted(names)]
