"""The command workshop lock requirements: pins every package, with hashes."""

from __future__ import annotations

import subprocess
from typing import Annotated

import typer

from lead_scoring.commands.endings import ending
from lead_scoring.project import PROJECT
from lead_scoring_workshop.consumer import UV

# What each set is made by: its oldest version of Python, and further arguments of uv. A set holds
# the versions of those before it that it is constrained by.
SETS: dict[str, tuple[str, ...]] = {
    "setup": ("3.10",),
    "scoring": ("3.10",),
    "suggest": ("3.10", "--constraint", "requirements.txt"),
    "postgres": ("3.10", "--constraint", "requirements.txt"),
    "spark": ("3.10", "--constraint", "requirements.txt"),
    "adapters": ("3.11", "--no-deps"),
    "dev": (
        *("3.11", "--constraint", "requirements-suggest.txt"),
        *("--constraint", "requirements-postgres.txt"),
    ),
}

EXAMPLES = {
    "": "everything, to the newest versions",
    "dev --keep": "a set after a change of its .in file; the other pins stay",
}


def main(
    sets: Annotated[
        list[str] | None,
        typer.Argument(metavar="SET", help="Such as dev; without any: all of them."),
    ] = None,
    keep: Annotated[
        bool, typer.Option("--keep", help="Leave versions as they are, where they still fit.")
    ] = False,
) -> None:
    """For all supported versions of Python; it needs the package registry."""
    for name in sets or SETS:
        if name not in SETS:
            raise typer.BadParameter(f"There is no set {name}. There are: {', '.join(SETS)}.")
        with ending({subprocess.CalledProcessError: 1}):
            lock(name, keep=keep)


def lock(name: str, *, keep: bool = False) -> None:
    """Writes requirements-NAME.txt of requirements-NAME.in.

    Raises CalledProcessError where uv fails; it has said why.
    """
    file = "requirements" if name == "scoring" else f"requirements-{name}"
    python, *further = SETS[name]
    arguments = ["--universal", "--python-version", python, "--generate-hashes"]
    arguments += ["--no-strip-extras", "--no-annotate", "--no-header", "--quiet"]
    arguments += ["--no-emit-index-url", "--no-emit-find-links", *further]
    arguments += [] if keep else ["--upgrade"]
    command = [str(UV), "pip", "compile", f"{file}.in", "--output-file", f"{file}.txt", *arguments]
    subprocess.run(command, check=True, cwd=PROJECT)
