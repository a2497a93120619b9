"""Finds the rule tables to compare: those of a git revision, of a folder, or of the project."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from lead_scoring.rules.files import PREFIX, SEEDS, RulesError, lay_out_rules, seed_columns


def lay_out_base(base: str, folder: Path) -> str:
    """Lays out the base rules in `folder`; returns what they are, in words.

    base: a folder of rule tables, else a git revision such as HEAD or main.
    Raises RulesError where there is no such revision, or its tables cannot be used.
    """
    try:
        if Path(base).is_dir():
            lay_out_rules(Path(base), folder)
            return base
        return _lay_out_revision(base, folder)
    except RulesError as error:
        raise RulesError(f"The base rules, {base}, cannot be used.\n{error}") from None


def lay_out_edited(rules: Path | None, folder: Path) -> str:
    """Lays out the edited rules in `folder`; returns what they are, in words.

    rules: a folder of rule tables; tables that are absent, and None: those of the project as they
    stand. Raises RulesError where they cannot be used.
    """
    lay_out_rules(rules, folder)
    return str(rules) if rules else f"{SEEDS.name}/ as it stands"


def changed_tables(base: Path, edited: Path) -> list[str]:
    """Returns the rule tables, by contract name, that differ between two laid out rule sets."""
    names = [f"{PREFIX}{name}.csv" for name in seed_columns()]
    return [
        name.removeprefix(PREFIX).removesuffix(".csv")
        for name in names
        if (base / name).read_bytes() != (edited / name).read_bytes()
    ]


def _lay_out_revision(revision: str, folder: Path) -> str:
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise RulesError(
            f"There is no folder and no git revision {revision}. Name a revision that "
            "`git log` knows, or a folder of rule tables."
        )
    name = commit.decode().strip()
    with tempfile.TemporaryDirectory() as found:
        for table in seed_columns():
            file = f"{PREFIX}{table}.csv"
            # A table that is younger than the revision is as it stands.
            if text := _git("show", f"{name}:./{SEEDS.name}/{file}"):
                (Path(found) / file).write_bytes(text)
        if not any(Path(found).iterdir()):
            raise RulesError(
                f"The revision has no rule tables in {SEEDS.name}/. Name a later one, or a folder."
            )
        lay_out_rules(Path(found), folder)
    short = name[:10]
    return f"commit {short}" if name.startswith(revision) else f"{revision} (commit {short})"


def _git(*arguments: str) -> bytes | None:
    """Returns what git prints; None where it fails."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=SEEDS.parent, capture_output=True, check=False
        )
    except OSError:
        raise RulesError("git is not installed. Give a folder of rule tables as base.") from None
    return done.stdout if done.returncode == 0 else None
