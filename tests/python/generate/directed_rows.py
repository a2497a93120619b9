"""Rows of the directed cases, and the instants of their runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generate.dice import InputRow

Rows = dict[str, list[InputRow]]
INSTANTS = (
    "2026-06-30T08:00:00Z", "2026-06-30T12:00:00Z", "2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z",
)  # fmt: skip
TWELVE_DAYS_AGO = "2026-06-18T09:00:00Z"
THIS_MORNING = "2026-06-30T07:00:00Z"
AT_TEN = "2026-06-30T10:00:00Z"
AT_ELEVEN = "2026-06-30T11:00:00Z"


@dataclass(frozen=True)
class Directed:
    """A case: rows of each run by table, `{t}` in place of its token; later runs repeat the last.

    changes: run and table in which the case must have other rows than after the run before; None:
    in no run may a public row of it change but with the age of things.
    """

    runs: Sequence[Rows]
    changes: tuple[int, str] | None


def lead(number: int = 1, **cells: str | None) -> InputRow:
    """A lead of a company of its own."""
    row: InputRow = {"lead_id": f"{{t}}-{number}", "created_at": "2026-05-01T00:00:00Z"}
    return row | {"company_domain": f"firm{number}.{{t}}.example", "case_id": "{t}"} | cells


def event(number: int, occurred_at: str = TWELVE_DAYS_AGO, **cells: str | None) -> InputRow:
    """A visit of the first lead."""
    row: InputRow = {"event_id": f"{{t}}-e{number}", "lead_id": "{t}-1", "event_type": "webinar"}
    return row | {"occurred_at": occurred_at} | cells


def clicks(*targets: str) -> list[InputRow]:
    """Clicks of the first lead within two seconds."""
    return [
        event(number, f"2026-06-20T09:00:0{number}Z", event_type="email_click", url=target)
        for number, target in enumerate(targets)
    ]


def rows(
    leads: Sequence[InputRow] = (),
    events: Sequence[InputRow] = (),
    outcomes: Sequence[InputRow] = (),
    merges: Sequence[InputRow] = (),
) -> Rows:
    """The input tables of a case at one run."""
    return {
        "leads": [*leads], "events": [*events], "outcomes": [*outcomes], "lead_merges": [*merges],
    }  # fmt: skip


def merge(lead_id: int, into: int) -> InputRow:
    """A merge of two leads of the case."""
    return {"lead_id": f"{{t}}-{lead_id}", "merged_into_lead_id": f"{{t}}-{into}",
            "merged_at": "2026-06-01"}  # fmt: skip


def outcome(word: str) -> InputRow:
    """An outcome of the first lead."""
    return {"lead_id": "{t}-1", "outcome": word, "occurred_at": TWELVE_DAYS_AGO,
            "outcome_id": "{t}-o1"}  # fmt: skip


COLLEAGUES = [lead(1, account_id="{t}-acc"), lead(2, account_id="{t}-acc")]
PEOPLE = [lead(1), lead(2), lead(3)]
OF_SECOND = event(1, lead_id="{t}-2")
OF_THIRD = event(2, lead_id="{t}-3")
TWO_AT_ONCE = [event(1), event(1, event_type="page_view")]
TWO_LEADS = [
    event(1, "2026-05-01", loaded_at="2026-05-01"),
    event(1, "2026-05-01", loaded_at="2026-05-02", lead_id="{t}-2"),
]
WAITING = event(1, event_type="demo", loaded_at="2026-08-01T00:00:00Z")
