"""The delivery log itself: what it keeps of a version before it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from lead_scoring.delivery.delivery_log import Channel, DeliveryLog, LogError, OpenFile

VERSION_1 = """
create table deliveries (
    handoff_id text not null, destination text not null, attempts integer not null,
    first_attempt_at text not null, last_attempt_at text not null,
    delivered_at text, last_error text, file text,
    primary key (handoff_id, destination)
);
create table open_files (
    destination text not null primary key, file text not null, is_complete integer not null
);
insert into deliveries values
    ('h1', 'crm', 2, '2026-06-01', '2026-06-02', '2026-06-02', null, null),
    ('h2', 'crm', 3, '2026-06-01', '2026-06-02', null, 'http 503', null),
    ('h3', 'out', 1, '2026-06-01', '2026-06-01', null, 'interrupted', 'a.csv');
insert into open_files values ('out', 'a.csv', 1);
pragma user_version = 1;
"""


def test_a_log_of_the_version_before_is_read_as_what_it_says(tmp_path: Path) -> None:
    file = tmp_path / "x.deliveries.sqlite"
    connection = sqlite3.connect(file)
    connection.executescript(VERSION_1)
    connection.close()
    crm, out = Channel("lead_handoffs", "crm"), Channel("lead_handoffs", "out")
    for _ in range(2):
        with DeliveryLog(file) as log:
            assert log.known(crm) == {"h1": "h1", "h2": None}
            assert log.attempts(crm) == {"h2": 3}
            assert log.open_file(out) == OpenFile("a.csv", True)
            (count, _) = log.counts("lead_handoffs")
            assert (count.delivered, count.tried, count.last_error) == (1, 1, "http 503")
    with DeliveryLog(file) as log:
        log.close_file(out)
        assert log.known(out) == {"h3": "h3"}
        assert log.known(Channel("lead_scores", "crm")) == {}


def test_a_log_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "x.deliveries.sqlite"
    connection = sqlite3.connect(file)
    connection.executescript("create table later (x text); pragma user_version = 3")
    connection.close()
    with pytest.raises(LogError, match="of another version"):
        DeliveryLog(file)
