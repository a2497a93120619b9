"""The git commit that the rule tables of a run come from, for the record of what they were."""

from __future__ import annotations

import subprocess
from pathlib import Path

from lead_scoring.rules.checks.folder import OTHER_FILES
from lead_scoring.rules.checks.schema import PREFIX, SEEDS

CSV_FILES = (":(glob,icase)*.csv", *(f":(exclude){name}" for name in OTHER_FILES))


def rules_commit(rules: Path | None) -> str:
    """Returns the commit of the repository that `rules` lies in; None: the project's own.

    Twelve or more hexadecimal digits, and a `+` behind them where a rule table that the run takes
    from that repository differs from the commit or is not in it. Empty where there is no git, no
    repository or no commit yet.
    """
    folder = (rules or SEEDS).resolve()
    commit = _git(folder, "rev-parse", "--short=12", "HEAD")
    if not commit:
        return ""
    differs = _differs(folder, CSV_FILES)
    if rules and _root(folder) == _root(SEEDS):
        differs = differs or _differs(SEEDS, _kept_seeds(folder))
    return f"{commit}+" if differs else commit


def _kept_seeds(rules: Path) -> list[str]:
    """Returns the names of our own files that no table of `rules` replaces."""
    replaced = {
        path.stem.lower().removeprefix(PREFIX)
        for path in rules.iterdir()
        if path.suffix.lower() == ".csv"
    }
    return [
        path.name for path in SEEDS.glob("*.csv") if path.stem.removeprefix(PREFIX) not in replaced
    ]


def _differs(folder: Path, files: list[str] | tuple[str, ...]) -> bool:
    if not files:  # git would take no names for all files
        return False
    changed = _git(folder, "diff", "--name-only", "HEAD", "--", *files)
    # No ignore rules are asked for: a table that git ignores is in no commit either.
    untracked = _git(folder, "ls-files", "--others", "--", *files)
    return changed != "" or untracked != ""


def _root(folder: Path) -> str | None:
    return _git(folder, "rev-parse", "--show-toplevel")


def _git(folder: Path, *arguments: str) -> str | None:
    """Returns what git prints, None where it fails or is not there."""
    command = ["git", "--no-optional-locks", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.decode(errors="replace").strip()
