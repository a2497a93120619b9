"""Lays out the rule tables of one run: the project's seeds, replaced by those of a rules folder.

dbt may load the cells of a seed by their position. So every table is written anew, as UTF-8 with
commas and with its columns in the order of the seed's properties: no swap of columns can pass.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import yaml

PREFIX = "lead_scoring__"
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
# What may lie beside the rule tables without being one.
OTHER_ENDINGS = (".md", ".txt", ".yml", ".yaml")


class RulesError(RuntimeError):
    """A rules folder cannot be used. The message names the file and the mend."""


def lay_out_rules(rules: Path | None, target: Path) -> None:
    """Fills the folder `target` with every seed and the seeds' properties, ready for dbt.

    A file of `rules`, named as the contract names the table (`fit_rules.csv`) or as the seed,
    replaces the project's own. Raises RulesError where a file cannot be used.
    """
    columns = seed_columns()
    sources = {name: SEEDS / f"{PREFIX}{name}.csv" for name in columns}
    if rules is not None:
        sources |= _replacements(rules, columns)
    target.mkdir(parents=True, exist_ok=True)
    wanted = {f"{PREFIX}{name}.csv": _table(path, columns[name]) for name, path in sources.items()}
    wanted |= {path.name: path.read_text(encoding="utf-8") for path in SEEDS.glob("*.yml")}
    for path in target.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (target / name).write_text(text, encoding="utf-8", newline="")


def seed_columns() -> dict[str, list[str]]:
    """Returns the columns of each rule table, both by the contract's names, in their order."""
    columns = {}
    for path in sorted(SEEDS.glob("*.yml")):
        properties = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for seed in properties.get("seeds", []):
            name = str(seed["name"]).removeprefix(PREFIX)
            columns[name] = [str(column["name"]) for column in seed["columns"]]
    return columns


def _replacements(rules: Path, columns: Mapping[str, list[str]]) -> dict[str, Path]:
    if not rules.is_dir():
        raise RulesError(
            f"There is no folder {rules}. Give the folder that holds your rule tables."
        )
    found: dict[str, Path] = {}
    for path in sorted(rules.iterdir()):
        if path.name.startswith(".") or path.suffix in OTHER_ENDINGS:
            continue
        name = path.name.removesuffix(".csv").removeprefix(PREFIX)
        if path.suffix != ".csv" or name not in columns:
            known = ", ".join(f"{name}.csv" for name in sorted(columns))
            raise RulesError(f"{path} is no rule table. Remove or rename it. Known are {known}.")
        if name in found:
            raise RulesError(f"{rules} holds {found[name].name} and {path.name}. Keep one of them.")
        found[name] = path
    if not found:
        raise RulesError(f"{rules} holds no rule table, such as fit_rules.csv.")
    return found


def _table(path: Path, columns: list[str]) -> str:
    try:
        reader = csv.reader(
            io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True
        )
        header = _header(path, next(reader, []), columns)
        rows = [_cells(path, reader.line_num, header, row) for row in reader if row]
    except UnicodeDecodeError:
        raise RulesError(f"{path} is not UTF-8 text. Save it as CSV in UTF-8.") from None
    except csv.Error as error:
        raise RulesError(
            f"{path}, line {reader.line_num}: {error}. Are all quotes closed?"
        ) from None
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cells.get(column, "") for column in columns] for cells in rows)
    return text.getvalue()


def _header(path: Path, row: list[str], columns: list[str]) -> list[str]:
    header = [name.strip().lower() for name in row]
    if not header:
        raise RulesError(
            f"{path} is empty. Its first line must name the columns {_names(columns)}."
        )
    if len(header) == 1 and len(columns) > 1:
        raise RulesError(
            f"{path} has one column only, {row[0]!r}. Save it with commas between the columns."
        )
    for number, name in enumerate(header, 1):
        if name not in columns:
            raise RulesError(
                f"{path}: column {number} is named {name!r}; the table has the columns "
                f"{_names(columns)}. Rename or remove it."
            )
        if header.count(name) > 1:
            raise RulesError(f"{path} has several columns named {name}. Keep one of them.")
    missing = [name for name in columns if name not in header and name != "note"]
    if missing:
        raise RulesError(f"{path} has no column {_names(missing)}. Add it; its cells may be blank.")
    return header


def _cells(path: Path, line: int, header: list[str], row: list[str]) -> dict[str, str]:
    if len(row) != len(header):
        raise RulesError(
            f"{path}, line {line}: it has {len(row)} cells, the header names {len(header)} "
            "columns. A cell with a comma in it needs quotes."
        )
    return dict(zip(header, row, strict=True))


def _names(names: list[str]) -> str:
    return ", ".join(names)
