"""Small cases, each of one thing that may come late, change or go again.

All share four runs and simple rules: at 08:00, at 12:00, at the next midnight, and at that same
instant again with other rules.
"""

from __future__ import annotations

from collections.abc import Mapping

from generate.directed_rows import (
    AT_ELEVEN,
    AT_TEN,
    COLLEAGUES,
    OF_SECOND,
    OF_THIRD,
    PEOPLE,
    THIS_MORNING,
    TWELVE_DAYS_AGO,
    TWO_AT_ONCE,
    TWO_LEADS,
    WAITING,
    Directed,
    clicks,
    event,
    lead,
    merge,
    outcome,
    rows,
)

FIRST, NOON, MIDNIGHT, OTHER_RULES = range(4)
ENGAGEMENT, LEADS, ACCOUNTS = "lead_engagement_scores", "lead_scores", "account_scores"

DIRECTED: Mapping[str, Directed] = {
    "a late event without loaded_at counts": Directed(
        [rows([lead()], [event(1)]), rows([lead()], [event(1), event(2)])], (NOON, ENGAGEMENT)
    ),
    "a correction takes the place of its event": Directed(
        [
            rows([lead()], [event(1)]),
            rows([lead()], [event(1), event(1, event_type="page_view", loaded_at=AT_ELEVEN)]),
        ],
        (NOON, ENGAGEMENT),
    ),
    "a correction that was loaded before its event changes nothing": Directed(
        [
            rows([lead()], [event(1)]),
            rows([lead()], [event(1), event(1, "2026-06-17", event_type="page_view")]),
        ],
        None,
    ),
    "of two rows loaded at once the same one counts on while a correction waits": Directed(
        [rows([lead()], TWO_AT_ONCE), rows([lead()], [*TWO_AT_ONCE, WAITING])], None
    ),
    "of two rows loaded at once the same one counts on, however they stand in the input": Directed(
        [rows([lead()], TWO_AT_ONCE[::-1]), rows([lead()], [WAITING, *TWO_AT_ONCE[::-1]])], None
    ),
    "an exact copy changes nothing": Directed(
        [rows([lead()], [event(1)]), rows([lead()], [event(1), event(1)])], None
    ),
    "an event of today is edited in place": Directed(
        [
            rows([lead()], [event(1, THIS_MORNING)]),
            rows([lead()], [event(1, THIS_MORNING, event_type="page_view")]),
        ],
        (NOON, ENGAGEMENT),
    ),
    "an event of today moves to another lead": Directed(
        [
            rows(PEOPLE, [event(1, THIS_MORNING)]),
            rows(PEOPLE, [event(1, THIS_MORNING, lead_id="{t}-2")]),
        ],
        (NOON, ENGAGEMENT),
    ),
    "a deleted event row no longer counts": Directed(
        [rows([lead()], [event(1), event(2)]), rows([lead()], [event(1)])], (NOON, ENGAGEMENT)
    ),
    "the deletion of a correction brings the event back": Directed(
        [
            rows([lead()], [event(1), event(1, event_type="page_view", loaded_at=THIS_MORNING)]),
            rows([lead()], [event(1)]),
        ],
        (NOON, ENGAGEMENT),
    ),
    "a future event becomes due within the same day": Directed(
        [rows([lead()], [event(1, AT_TEN)])], (NOON, ENGAGEMENT)
    ),
    "an event that is loaded later becomes due": Directed(
        [rows([lead()], [event(1, loaded_at=AT_TEN)])], (NOON, ENGAGEMENT)
    ),
    "a correction becomes due": Directed(
        [rows([lead()], [event(1), event(1, event_type="page_view", loaded_at=AT_TEN)])],
        (NOON, ENGAGEMENT),
    ),
    "a new day ages an event, though nothing arrives": Directed(
        [rows([lead()], [event(1)])], (MIDNIGHT, ENGAGEMENT)
    ),
    "a new day brings the penalty for inactivity": Directed(
        [rows([lead()], [event(1, "2026-06-24", event_type="page_view")])], (MIDNIGHT, LEADS)
    ),
    "a late click completes a burst": Directed(
        [rows([lead()], clicks("/a", "/b")), rows([lead()], clicks("/a", "/b", "/c"))],
        (NOON, ENGAGEMENT),
    ),
    "a correction dissolves a burst": Directed(
        [
            rows([lead()], clicks("/a", "/b", "/c")),
            rows(
                [lead()],
                [
                    *clicks("/a", "/b", "/c"),
                    clicks("/a", "/b", "/a")[2] | {"loaded_at": AT_ELEVEN},
                ],
            ),
        ],
        (NOON, ENGAGEMENT),
    ),
    "a merge makes a burst of two leads' clicks": Directed(
        [
            rows(PEOPLE, [*clicks("/a", "/b"), clicks("", "", "/c")[2] | {"lead_id": "{t}-2"}]),
            rows(
                PEOPLE,
                [*clicks("/a", "/b"), clicks("", "", "/c")[2] | {"lead_id": "{t}-2"}],
                merges=[merge(2, 1)],
            ),
        ],
        (NOON, ENGAGEMENT),
    ),
    "a late merge brings its events to the survivor": Directed(
        [rows(PEOPLE, [OF_SECOND]), rows(PEOPLE, [OF_SECOND], merges=[merge(2, 1)])],
        (NOON, ENGAGEMENT),
    ),
    "a merge that is taken back brings the lead back": Directed(
        [
            rows(PEOPLE, [OF_SECOND]),
            rows(PEOPLE, [OF_SECOND], merges=[merge(2, 1)]),
            rows(PEOPLE, [OF_SECOND]),
        ],
        (MIDNIGHT, LEADS),
    ),
    "a later merge makes a chain": Directed(
        [
            rows(PEOPLE, [OF_SECOND, OF_THIRD], merges=[merge(3, 2)]),
            rows(PEOPLE, [OF_SECOND, OF_THIRD], merges=[merge(3, 2), merge(2, 1)]),
        ],
        (NOON, ENGAGEMENT),
    ),
    "the survivor is erased, and with it who was merged into it": Directed(
        [
            rows(PEOPLE, [OF_SECOND], merges=[merge(2, 1)]),
            rows(
                [lead(1, deleted_at=AT_ELEVEN), *PEOPLE[1:]], [OF_SECOND], merges=[merge(2, 1)]
            ),
        ],
        (NOON, LEADS),
    ),
    "a lead is erased, its events stay in the input": Directed(
        [
            rows([lead()], [event(1)]),
            rows([lead(deleted_at=AT_ELEVEN)], [event(1)], [outcome("won")]),
        ],
        (NOON, LEADS),
    ),
    "a lead comes after its events": Directed(
        [rows(events=[event(1)]), rows([lead()], [event(1)])], (NOON, ENGAGEMENT)
    ),
    "a lead row is removed, its events become those of an unknown lead": Directed(
        [rows([lead()], [event(1)]), rows(events=[event(1)])], (NOON, "quarantined_rows")
    ),
    "a lead of the future begins to exist": Directed(
        [rows([lead(created_at=AT_TEN)], [event(1)])], (NOON, LEADS)
    ),
    "a version of a lead arrives late": Directed(
        [
            rows([lead(job_title="Intern")], [event(1)]),
            rows(
                [lead(job_title="Intern"), lead(job_title="VP", updated_at=TWELVE_DAYS_AGO)],
                [event(1)],
            ),
        ],
        (NOON, "lead_fit_scores"),
    ),
    "a version of a lead becomes due": Directed(
        [
            rows(
                [lead(job_title="Intern"), lead(job_title="VP", updated_at=AT_TEN)], [event(1)]
            )
        ],
        (NOON, "lead_fit_scores"),
    ),
    "a lead row is edited in place": Directed(
        [rows([lead(job_title="Intern")]), rows([lead(job_title="VP")])],
        (NOON, "lead_fit_scores"),
    ),
    "an event of a colleague touches the account": Directed(
        [
            rows(COLLEAGUES, [event(1)]),
            rows(COLLEAGUES, [event(1), event(2, lead_id="{t}-2")]),
        ],
        (NOON, ACCOUNTS),
    ),
    "a lead moves to another account and leaves the old one": Directed(
        [rows(COLLEAGUES), rows([lead(1, account_id="{t}-other"), COLLEAGUES[1]])],
        (NOON, ACCOUNTS),
    ),
    "an erased colleague leaves the account": Directed(
        [rows(COLLEAGUES), rows([COLLEAGUES[0], COLLEAGUES[1] | {"deleted_at": AT_ELEVEN}])],
        (NOON, ACCOUNTS),
    ),
    "an outcome arrives late": Directed(
        [rows([lead()]), rows([lead()], outcomes=[outcome("lost")])], (NOON, LEADS)
    ),
    "an outcome is edited in place": Directed(
        [rows([lead()], outcomes=[outcome("lost")]), rows([lead()], outcomes=[outcome("won")])],
        (NOON, LEADS),
    ),
    "an event arrives while its lead is erased, and the erasure is taken back": Directed(
        [
            rows([lead()], [event(1, "2026-05-01")]),
            rows([lead(deleted_at=AT_TEN)], [event(1, "2026-05-01"), event(2, "2026-05-02")]),
            rows([lead()], [event(1, "2026-05-01"), event(2, "2026-05-02")]),
        ],
        (MIDNIGHT, ENGAGEMENT),
    ),
    "a day is read again while the lead of its event is erased, and the erasure is taken back":
    Directed(
        [
            rows(PEOPLE, [event(1, "2026-05-03")]),
            rows(
                [lead(1, deleted_at=AT_TEN), *PEOPLE[1:]],
                [event(1, "2026-05-03"), event(2, "2026-05-03", lead_id="{t}-2")],
            ),
            rows(PEOPLE, [event(1, "2026-05-03"), event(2, "2026-05-03", lead_id="{t}-2")]),
        ],
        (MIDNIGHT, ENGAGEMENT),
    ),
    "the older version of an event names a lead that comes later": Directed(
        [rows(PEOPLE[1:], TWO_LEADS), rows(PEOPLE, TWO_LEADS)], (NOON, LEADS)
    ),
    "the newer version of an event names a lead that comes later": Directed(
        [rows(PEOPLE[:1], TWO_LEADS), rows(PEOPLE, TWO_LEADS)], (NOON, ENGAGEMENT)
    ),
    "both versions of an event name leads that come later": Directed(
        [rows([lead(3)], TWO_LEADS), rows(PEOPLE, TWO_LEADS)], (NOON, ENGAGEMENT)
    ),
    "a row that cannot be read gets a good one beside it": Directed(
        [
            rows([lead()], [event(1, "2026-05-04", loaded_at="1e9")]),
            rows([lead()], [event(1, "2026-05-04", loaded_at="1e9"), event(1, "2026-05-04")]),
        ],
        (NOON, ENGAGEMENT),
    ),
    "a row that cannot be read becomes readable": Directed(
        [
            rows([lead()], [event(1, "2026-05-05", loaded_at="soon")]),
            rows([lead()], [event(1, "2026-05-05")]),
        ],
        (NOON, ENGAGEMENT),
    ),
    "the row of an erased lead is purged, its event is of an unknown lead": Directed(
        [
            rows(PEOPLE, [event(1, "2026-05-06"), OF_SECOND]),
            rows([lead(1, deleted_at=AT_TEN), *PEOPLE[1:]], [event(1, "2026-05-06"), OF_SECOND]),
            rows(PEOPLE[1:], [event(1, "2026-05-06"), OF_SECOND]),
        ],
        (MIDNIGHT, "quarantined_rows"),
    ),
    "a deleted_at that cannot be read erases": Directed(
        [rows([lead()], [event(1)]), rows([lead(deleted_at="31/12/2025")], [event(1)])],
        (NOON, LEADS),
    ),
    "an event of long ago is edited in place": Directed(
        [
            rows([lead()], [event(1, "2026-05-07")]),
            rows([lead()], [event(1, "2026-05-07", event_type="page_view")]),
        ],
        (NOON, ENGAGEMENT),
    ),
    "of one day one event goes and another comes": Directed(
        [
            rows([lead()], [event(1, "2026-05-08")]),
            rows([lead()], [event(2, "2026-05-08", event_type="page_view")]),
        ],
        (NOON, ENGAGEMENT),
    ),
    "the last event of a day goes": Directed(
        [rows([lead()], [event(1, "2026-05-09")]), rows([lead()])], (NOON, LEADS)
    ),
    "a rule names a column of events that no rule named before": Directed(
        [rows([lead()], [event(1, Y_Flag="yes")])], (OTHER_RULES, ENGAGEMENT)
    ),
    "a user agent becomes a bot's": Directed(
        [rows([lead()], [event(1, user_agent="Crawler/9")])], (OTHER_RULES, ENGAGEMENT)
    ),
    "a type of event becomes an activity": Directed(
        [rows([lead()], [event(1, event_type="demo")])], (OTHER_RULES, LEADS)
    ),
    "a title becomes a senior one": Directed(
        [rows([lead(job_title="Chief Gardener")])], (OTHER_RULES, "lead_fit_scores")
    ),
}  # fmt: skip
