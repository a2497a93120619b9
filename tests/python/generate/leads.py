"""Leads, events, outcomes and merges of one case, with the corners that are easy to get wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from generate import vocabulary
from generate.bursts import draw_burst
from generate.dice import Dice, InputRow
from generate.merges import draw_merges
from generate.times import (
    MICROSECOND,
    ODD_TIMES,
    UNREADABLE,
    draw_date,
    draw_moment,
    moment_of_age,
    write_time,
    write_time_or_day,
)
from generate.world import World

# The types that rules name come more often; "strange" is in no table.
EVENT_TYPES = (*vocabulary.EVENT_TYPES, *vocabulary.RULED_EVENT_TYPES * 3, "strange")
# From an event to when it was loaded; below zero its clock was ahead.
LAGS = (
    timedelta(0), MICROSECOND, timedelta(hours=3), timedelta(days=1), timedelta(days=40),
    -MICROSECOND, -timedelta(hours=3), -timedelta(days=1),
)  # fmt: skip
OUTCOMES = ("won", "lost", "disqualified", "reopened", "Won ", "contacted", "qualified")


@dataclass
class Inputs:
    """The input rows of one case by table."""

    tables: dict[str, list[InputRow]] = field(
        default_factory=lambda: {name: [] for name in vocabulary.INPUT_COLUMNS}
    )

    def add(self, table: str, row: InputRow) -> None:
        """Add one row."""
        self.tables[table].append(row)


def draw_ids(dice: Dice, token: str) -> list[str]:
    """Three to seven lead ids that only exact comparison keeps apart."""
    forms = (
        f"{token}-1", f"{token}-2", f"{token}-3", f"{token}-4", f"{token}-a", f"{token}-A",
        f"{token}-a ", f" {token}-b", f'{token}-"q",é', f"{token}-{token.upper()}",
    )  # fmt: skip
    return dice.some(forms, 3, 7)


def draw_lead_row(
    dice: Dice, world: World, token: str, lead_id: str, ages: Sequence[int]
) -> InputRow:
    """One row (version) of a lead."""
    domain = dice.pick((f"firm.{token}.example", *vocabulary.FREE_DOMAINS))
    email = dice.pick((None, f"{dice.pick(vocabulary.MAIL_NAMES)}@{domain}"))
    if dice.one_in(8):
        email = dice.pick(vocabulary.BROKEN_MAILS)
    row: InputRow = {
        "lead_id": lead_id,
        "created_at": write_time_or_day(dice, world, draw_moment(dice, world, ages)),
        "email": email,
        "first_name": dice.pick((None, *vocabulary.NAMES)),
        "last_name": dice.pick((None, *vocabulary.NAMES)),
        "job_title": dice.pick((None, *vocabulary.JOB_TITLES)),
        "company_name": dice.pick((None, *vocabulary.COMPANIES)),
        "company_domain": dice.pick(
            (None, None, f"firm.{token}.example", f" FIRM.{token}.Example", f"rival.{token}")
        ),
        "account_id": dice.pick((None, None, f"{token}-acc", f"{token}-ACC")),
        "industry": dice.pick((None, *vocabulary.INDUSTRIES)),
        "employee_count": dice.pick((None, *vocabulary.WHOLES)),
        "annual_revenue": dice.pick((None, *vocabulary.NUMBERS)),
        "country": dice.pick((None, *vocabulary.COUNTRIES)),
        "technologies": dice.pick((None, *vocabulary.LISTS)),
        "lead_source": dice.pick((None, *vocabulary.TEXTS)),
        "updated_at": None,
        "deleted_at": None,
        "case_id": dice.messy(token),
        "X_Text": dice.pick((None, *vocabulary.TEXTS)),
        "x_number": dice.pick((None, *vocabulary.NUMBERS)),
        "x_whole": dice.pick((None, *vocabulary.WHOLES)),
        "x_flag": dice.pick((None, *vocabulary.FLAGS)),
        "x_date": draw_date(dice, world),
        "x_list": dice.pick((None, *vocabulary.LISTS)),
        # A column with the name of a derived attribute is ignored.
        "seniority": "c_level",
    }
    return row


def draw_lead(dice: Dice, world: World, inputs: Inputs, lead_id: str, ages: Sequence[int]) -> None:
    """One to three rows of a lead; later ones differ in some columns."""
    token = lead_id.strip()[:6]
    first = draw_lead_row(dice, world, token, lead_id, ages)
    inputs.add("leads", first)
    for _ in range(dice.pick((0, 0, 0, 1, 2))):
        other = draw_lead_row(dice, world, token, lead_id, ages)
        version = {name: dice.pick((text, other[name])) for name, text in first.items()}
        version["updated_at"] = write_time_or_day(dice, world, draw_moment(dice, world, ages))
        if dice.one_in(4):
            version["updated_at"] = inputs.tables["leads"][-1]["updated_at"]
        inputs.add("leads", version)
    if dice.one_in(12):
        first["updated_at"] = write_time_or_day(dice, world, draw_moment(dice, world, ages))


def draw_event(dice: Dice, world: World, event_id: str, lead_id: str, moment: datetime) -> InputRow:
    """One event at an instant."""
    row: InputRow = {
        "event_id": event_id,
        "lead_id": lead_id,
        "event_type": dice.messy(dice.pick(EVENT_TYPES)),
        "occurred_at": write_time_or_day(dice, world, moment),
        "loaded_at": None,
        "channel": dice.pick((None, *vocabulary.CHANNELS)),
        "url": dice.pick((None, None, None, *vocabulary.URLS)),
        "asset": dice.pick((None, *vocabulary.ASSETS)),
        "session_id": dice.pick((None, *vocabulary.SESSIONS)),
        "user_agent": "Mozilla/5.0",
        "is_bot": None,
        "quantity": dice.pick((None, "1", "2", "10", " 10.0", "many")),
        "Y_Flag": dice.pick((None, *vocabulary.FLAGS)),
        "y_date": draw_date(dice, world),
        "y_list": dice.pick((None, *vocabulary.LISTS)),
    }
    if dice.features.bots:
        row["user_agent"] = dice.pick((None, *vocabulary.USER_AGENTS, *["Safari"] * 8))
        row["is_bot"] = dice.pick((*vocabulary.BOT_MARKS, *[None] * 33))
    if dice.one_in(4):
        row["loaded_at"] = write_time(dice, world, moment + dice.pick(LAGS))
    elif dice.one_in(10):
        # Now and then from a clock that is ahead of as_of itself.
        row["loaded_at"] = write_time(dice, world, world.now - dice.pick(LAGS[:4]))
    elif dice.one_in(8):
        later = dice.pick((timedelta(0), MICROSECOND))
        row["loaded_at"] = write_time(dice, world, world.now + later)
    if dice.features.zones and dice.one_in(30):
        row["occurred_at"] = dice.pick(ODD_TIMES)
    return row


def draw_events(
    dice: Dice, world: World, inputs: Inputs, lead_ids: Sequence[str], ages: Sequence[int]
) -> None:
    """Events of some leads, several on one day, some in bursts, some corrected later."""
    events: list[InputRow] = []
    token = lead_ids[0].strip()[:6]

    def add(lead_id: str, moment: datetime) -> InputRow:
        events.append(draw_event(dice, world, f"{token}-e{len(events)}", lead_id, moment))
        return events[-1]

    for lead_id in lead_ids:
        days = dice.some(ages, 1, 4)
        for _ in range(dice.number(0, 9)):
            moment = moment_of_age(dice, world, dice.pick(days))
            add(lead_id, draw_moment(dice, world, ages) if dice.one_in(3) else moment)
    if dice.features.bots and dice.one_in(2):
        draw_burst(dice, world, add, lead_ids, draw_moment(dice, world, ages))
    if dice.features.event_versions:
        draw_versions(dice, world, events, lead_ids, ages)
    for row in events:
        if dice.one_in(40):
            column = dice.pick(("event_id", "lead_id", "event_type", "occurred_at", "loaded_at"))
            row[column] = dice.pick(UNREADABLE) if column.endswith("_at") else "  "
        inputs.add("events", row)


def draw_versions(
    dice: Dice,
    world: World,
    events: list[InputRow],
    lead_ids: Sequence[str],
    ages: Sequence[int],
) -> None:
    """Copies, corrections and ties of some events."""
    for row in dice.some(events, 0, 4):
        version = dict(row)
        change = dice.pick(("copy", "tie", "later", "later", "other lead", "future"))
        if change in ("tie", "later", "future"):
            version["event_type"] = dice.pick(vocabulary.EVENT_TYPES)
            version["quantity"] = dice.pick((None, "1", "2"))
            version["url"] = dice.pick((None, *vocabulary.URLS))
        if change == "later":
            version["loaded_at"] = write_time(dice, world, draw_moment(dice, world, ages))
            version["occurred_at"] = write_time(dice, world, draw_moment(dice, world, ages))
        if change == "future":
            version["loaded_at"] = write_time(dice, world, world.now + timedelta(days=1))
        if change == "other lead":
            version["lead_id"] = dice.pick((*lead_ids, "nobody"))
            version["loaded_at"] = write_time(dice, world, draw_moment(dice, world, ages))
        events.insert(dice.number(0, len(events)), version)


def draw_outcomes(
    dice: Dice, world: World, inputs: Inputs, lead_ids: Sequence[str], ages: Sequence[int]
) -> None:
    """A few outcomes, often at the same instant."""
    token = lead_ids[0].strip()[:6]
    same = draw_moment(dice, world, ages)
    for number in range(dice.number(0, 5)):
        moment = same if dice.one_in(2) else draw_moment(dice, world, ages)
        row: InputRow = {
            "lead_id": dice.pick(lead_ids),
            "outcome": dice.pick(OUTCOMES),
            "occurred_at": write_time(dice, world, moment),
            "loaded_at": None,
            "outcome_id": dice.pick((None, f"{token}-o{number}")),
            "amount": dice.pick((None, "100.50")),
        }
        if dice.one_in(4):
            row["loaded_at"] = write_time(
                dice, world, world.now + dice.pick((MICROSECOND, -MICROSECOND))
            )
        if dice.one_in(20):
            wrong = (("outcome", "maybe"), ("outcome", " "), ("occurred_at", dice.pick(UNREADABLE)))
            column, text = dice.pick(wrong)
            row[column] = text
        inputs.add("outcomes", row)


def draw_inputs(dice: Dice, world: World, token: str, ages: Sequence[int]) -> Inputs:
    """All input rows of one case."""
    inputs = Inputs()
    lead_ids = draw_ids(dice, token)
    # One lead that the CRM removed when it was merged, and one that nobody knows.
    absent, unknown = f"{token}-gone", f"{token}-nobody"
    for lead_id in lead_ids:
        draw_lead(dice, world, inputs, lead_id, ages)
    for row in inputs.tables["leads"]:
        if dice.one_in(30):
            row["deleted_at"] = write_time(dice, world, world.now - timedelta(days=1))
        if dice.one_in(50):
            column = dice.pick(("lead_id", "created_at", "updated_at", "deleted_at"))
            row[column] = " " if column == "lead_id" else dice.pick(UNREADABLE)
    others = [absent] if dice.one_in(3) else []
    if dice.one_in(6):
        others.append(unknown)
    draw_events(dice, world, inputs, [*lead_ids, *others], ages)
    draw_outcomes(dice, world, inputs, [*lead_ids, *others], ages)
    absents = [absent, unknown] if others else []
    inputs.tables["lead_merges"] += draw_merges(dice, inputs.tables["leads"], lead_ids, absents)
    return inputs
