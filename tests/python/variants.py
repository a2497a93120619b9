"""Changes of a pack whose effect on the tables is known beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from generate.dice import InputRow, SeedRow
from generate.packs import Case, Pack
from oracle.times import instant
from oracle.versions import winning_events
from runs import Cell, Key, Table

DAY = re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")


def shuffled(pack: Pack, source: Random) -> Pack:
    """The same rows of inputs and rules in another order."""

    def shuffle(rows: Sequence[InputRow]) -> list[InputRow]:
        return source.sample(list(rows), len(rows))

    cases = [
        replace(case, inputs={name: shuffle(rows) for name, rows in case.inputs.items()})
        for case in source.sample(list(pack.cases), len(pack.cases))
    ]
    seeds = {name: source.sample(list(rows), len(rows)) for name, rows in pack.world.seeds.items()}
    return replace(pack, world=replace(pack.world, seeds=seeds), cases=cases)


def change_events(pack: Pack, change: Callable[[Sequence[InputRow]], Sequence[InputRow]]) -> Pack:
    """The pack with the events of each case changed."""
    return pack.map_inputs(lambda name, rows: change(rows) if name == "events" else rows)


def with_copies(pack: Pack, source: Random) -> Pack:
    """Some events twice or three times, exactly alike."""
    return change_events(
        pack, lambda rows: [*rows, *(dict(source.choice(rows)) for _ in range(min(9, len(rows))))]
    )


def first_arrivals(pack: Pack, source: Random) -> Pack:
    """About half of the rows of every input table."""
    return pack.map_inputs(lambda _, rows: [row for row in rows if source.random() < 0.5])


def shift_days(text: str, days: int) -> str:
    """A text with every day in it that exists moved by so many days."""

    def move(match: re.Match[str]) -> str:
        try:
            return (date.fromisoformat(match[0]) + timedelta(days=days)).isoformat()
        except ValueError:
            return match[0]

    return DAY.sub(move, text)


def shifted(pack: Pack, days: int) -> Pack:
    """All times and dates of inputs and rules, and as_of, moved by so many days."""

    def shift_seeds(seeds: Mapping[str, Sequence[SeedRow]]) -> dict[str, list[SeedRow]]:
        return {
            name: [{key: shift_days(text, days) for key, text in row.items()} for row in rows]
            for name, rows in seeds.items()
        }

    def shift_input(row: InputRow) -> InputRow:
        return {key: text and shift_days(text, days) for key, text in row.items()}

    moved = pack.map_inputs(lambda _, rows: [shift_input(row) for row in rows])
    cases = [replace(case, seeds=shift_seeds(case.seeds)) for case in moved.cases]
    world = replace(
        pack.world,
        as_of=shift_days(pack.world.as_of, days),
        seeds=shift_seeds(pack.world.seeds),
    )
    return replace(pack, world=world, cases=cases)


def shift_cell(cell: Cell, days: int) -> Cell:
    """A cell of a public table moved by so many days, if it is a time or a date."""
    if isinstance(cell, datetime):
        return cell + timedelta(days=days)
    return shift_days(cell, days) if isinstance(cell, str) and DAY.fullmatch(cell) else cell


def shift_table(table: Table, days: int) -> Table:
    """A public table moved by so many days; left out is what names the rules' own dates: reasons
    in words, and the fingerprint of the rules."""
    return {
        tuple(shift_cell(part, days) for part in key): {
            column: shift_cell(cell, days)
            for column, cell in row.items()
            if not column.startswith(("reason", "disqualified_because", "rules_"))
        }
        for key, row in table.items()
    }


def without_future(pack: Pack) -> Pack:
    """Without events and outcomes that happen or are loaded after as_of.

    Of an event that has several versions all go, if the one that holds happens later.
    """
    now = pack.world.now
    winners = winning_events(pack.oracle().tables["events"], now)
    later = {row.values["event_id"] for row in winners if row.occurred_at > now}

    def is_past(row: InputRow) -> bool:
        occurred, loaded = (
            instant(row[name], pack.world.clock) for name in ("occurred_at", "loaded_at")
        )
        return row.get("event_id") not in later and (loaded or occurred or now) <= now

    return pack.map_inputs(
        lambda name, rows: (
            [row for row in rows if is_past(row)] if name in ("events", "outcomes") else rows
        )
    )


def without_coming_rows(pack: Pack) -> Pack:
    """Without rows of leads, events and outcomes that carry any time after as_of."""

    def is_past(row: InputRow) -> bool:
        times = [
            instant(text, pack.world.clock) for name, text in row.items() if name.endswith("_at")
        ]
        return all(moment is None or moment <= pack.world.now for moment in times)

    return pack.map_inputs(lambda _, rows: [row for row in rows if is_past(row)])


def with_harmless_events(pack: Pack, lead_ids: Sequence[str], source: Random) -> Pack:
    """With events of bots by user agent, and events of a type that no rule knows.

    The bots' are more than a year old: clicks beside a lead's own could make up a burst.
    """
    rows: list[InputRow] = []
    for number, lead_id in enumerate(lead_ids):
        old = pack.world.now - timedelta(days=400 + number)
        recent = pack.world.now - timedelta(days=source.randint(0, 30))
        bot, strange = f"bot-{number}", f"strange-{number}"
        rows.append(event(bot, lead_id, "email_click", old) | {"user_agent": "Googlebot/2"})
        rows.append(event(strange, lead_id, "strange", recent))
    first, *others = pack.cases
    more = {**first.inputs, "events": [*first.inputs["events"], *rows]}
    return pack.with_cases([replace(first, inputs=more), *others])


def event(event_id: str, lead_id: str, event_type: str, moment: datetime) -> InputRow:
    """An event with nothing but what is required."""
    return {
        "event_id": event_id,
        "lead_id": lead_id,
        "event_type": event_type,
        "occurred_at": moment.isoformat(),
    }


def erase_one_lead_of_each_case(pack: Pack, source: Random) -> tuple[Pack, set[str]]:
    """With `deleted_at` in one row of each case; returns the pack and the leads' ids."""
    erased: set[str] = set()

    def erase(name: str, rows: Sequence[InputRow]) -> Sequence[InputRow]:
        candidates = [row for row in rows if (row["lead_id"] or "").strip()]
        if name != "leads" or not candidates:
            return rows
        chosen = source.choice(candidates)
        erased.add(chosen["lead_id"] or "")
        deleted = pack.world.now.isoformat()
        return [row | {"deleted_at": deleted} if row is chosen else row for row in rows]

    return pack.map_inputs(erase), erased


def split_events(case: Case, source: Random) -> tuple[Case, Case]:
    """Two cases that share the events of one between them."""
    firsts = {id(row) for row in case.inputs["events"] if source.random() < 0.5}

    def part(keep: bool) -> Case:
        events = [row for row in case.inputs["events"] if (id(row) in firsts) is keep]
        return replace(case, inputs={**case.inputs, "events": events})

    return part(True), part(False)


def of_case(table: Table, case: Case, original: Case) -> Table:
    """The rows of a table that are about one case, under the names of its original."""

    def rename(cell: Cell) -> Cell:
        if not isinstance(cell, str):
            return cell
        small = cell.replace(case.token, original.token)
        return small.replace(case.token.upper(), original.token.upper())

    found: Table = {}
    for key, row in table.items():
        renamed: Key = tuple(rename(part) for part in key)
        if case.token in str(key[0]).lower():
            found[renamed] = {column: rename(cell) for column, cell in row.items()}
    return found
