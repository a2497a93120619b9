"""Writes the folder of a site whole or not at all."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

CONTENTS = "site.txt"  # the names of all files of the site, one a line: what a later one replaces


class NoSite(RuntimeError):
    """A folder holds something else than an earlier site. The message says what."""


def check_folder(target: Path) -> None:
    """Raises NoSite where a folder that is there is neither empty nor an earlier site."""
    if not target.exists() and not target.is_symlink():
        return
    if target.is_symlink() or not target.is_dir():
        raise NoSite(f"{target} is no folder. Name a new one for the site.")
    found = {path.relative_to(target).as_posix() for path in target.rglob("*")}
    known: set[str] = set()
    with contextlib.suppress(OSError, UnicodeDecodeError):
        known = set((target / CONTENTS).read_text(encoding="utf-8").splitlines())
    if others := sorted(found - known):
        raise NoSite(
            f"{target} holds {others[0]}, which no earlier site wrote. Name a new folder, or one "
            "with nothing but an earlier site."
        )


@contextlib.contextmanager
def new_site(target: Path) -> Iterator[Path]:
    """An empty folder beside `target` that takes its place once all is written.

    Where something fails, `target` stays as it was and what was written is removed.
    Raises NoSite as `check_folder`, OSError where the disk refuses.
    """
    target = target.absolute()
    check_folder(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as scratch:
        made, earlier = Path(scratch) / "made", Path(scratch) / "earlier"
        made.mkdir()
        yield made
        names = sorted(path.relative_to(made).as_posix() for path in made.rglob("*"))
        (made / CONTENTS).write_text("\n".join([*names, CONTENTS, ""]), encoding="utf-8")
        check_folder(target)  # what came into it meanwhile would be lost
        is_first = not target.exists()
        if not is_first:
            target.rename(earlier)
        try:
            made.rename(target)
        except OSError:
            if not is_first:
                earlier.rename(target)
            raise


def copy_scripts(source: Path, site: Path) -> None:
    """Copies the scripts of the pages into a site."""
    for path in sorted(source.glob("*.js")):
        shutil.copyfile(path, site / path.name)
