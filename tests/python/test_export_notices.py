"""Notices of hand-offs for people: in the forms of Slack and Teams, and by SMTP."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import duckdb
import pytest

from deliveries.calls import FAST, call, last_errors
from deliveries.mail_server import MailServer
from deliveries.receiver import Receiver
from deliveries.sample import identifier, write_database
from lead_scoring.delivery.receivers import NOTICE_ADDRESSES

LINK = ("--link", "https://crm.example/leads/{lead_id}")
MAIL = ("--to", "mailto:sales@acme.example", "--from", "scores@acme.example")
SECRET = "/services/T0/B0/s3cret"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Five hand-offs of two runs: three and one of a queue, one of another."""
    database = tmp_path / "x.duckdb"
    write_database(database, range(5), owner="Ann Canary", account="canary.example", action="call")
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "update lead_handoffs set handed_off_at = timestamp '2026-06-30 12:00:00'"
            " where lead_id <> 'lead-4'"
        )
        connection.execute("update lead_handoffs set queue = 'field' where lead_id = 'lead-3'")
    return database


@pytest.fixture
def chat(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> Receiver:
    receiver.take = lambda *_: (200, {})  # type: ignore[method-assign]  # no chat knows keys
    for tool in ("slack", "teams"):
        monkeypatch.setenv(NOTICE_ADDRESSES[tool], receiver.address + SECRET)
    return receiver


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with MailServer() as running:
        monkeypatch.setenv(NOTICE_ADDRESSES["mail"], f"smtp://bob:s3cret@{running.address}")
        yield running


def texts(body: Any) -> str:
    """All texts of a message, one a line, whatever its form."""
    if isinstance(body, dict):
        own = [body["text"]] if isinstance(body.get("text"), str) else []
        return "\n".join([*own, *filter(None, map(texts, body.values()))])
    return "\n".join(filter(None, map(texts, body))) if isinstance(body, list) else ""


def content(message: EmailMessage) -> str:
    return str(message.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("tool", ["slack", "teams"])
def test_a_chat_gets_a_message_per_queue_and_run(database: Path, chat: Receiver, tool: str) -> None:
    assert call(database, "--to", tool, *LINK, *FAST) == (0, f"5 hand-offs sent to {tool}.")
    first, second, third = map(texts, chat.bodies(SECRET))
    assert first.startswith("3 hand-offs for inside_sales")
    assert second.startswith("1 hand-off for field")
    assert third.startswith("1 hand-off for inside_sales")
    said = "\n".join((first, second, third))
    assert [said.count(f"lead-{number}") for number in range(5)] == (
        [2] * 5 if tool == "slack" else [1] * 5  # Slack has the link in the text
    )
    assert "score 71, mql; call; respond by 2026-06-30 13:00 UTC" in first
    assert "Demo request (+24.4); Größe (-3)" in first
    assert "https://crm.example/leads/lead-0" in str(chat.bodies(SECRET)[0])
    assert "anary" not in str(chat.bodies(SECRET))
    assert call(database, "--to", tool, *FAST)[1].startswith("0 hand-offs sent")
    assert len(chat.bodies(SECRET)) == 3


def test_the_forms_of_slack_and_teams(database: Path, chat: Receiver) -> None:
    for tool in ("slack", "teams"):
        call(database, "--to", tool, "--limit", 1, *LINK, *FAST)
    slack, teams = chat.bodies(SECRET)
    assert list(slack) == ["text", "blocks"]
    assert {block["type"] for block in slack["blocks"]} == {"section"}
    assert slack["blocks"][1]["text"]["text"].startswith(
        "*<https://crm.example/leads/lead-0|lead-0>*\nscore 71"
    )
    (card,) = teams["attachments"]
    assert (teams["type"], card["contentType"]) == (
        "message",
        "application/vnd.microsoft.card.adaptive",
    )
    assert card["content"]["type"] == "AdaptiveCard"
    assert {block["type"] for block in card["content"]["body"]} == {"RichTextBlock"}
    (lead, _) = card["content"]["body"][1]["inlines"]
    assert lead["selectAction"]["url"] == "https://crm.example/leads/lead-0"


def test_many_hand_offs_are_several_messages(database: Path, chat: Receiver) -> None:
    write_database(database, range(45), handed_off_at="2026-06-30", reasons="x" * 5000)
    assert call(database, "--to", "slack", *FAST)[0] == 0
    assert [len(body["blocks"]) for body in chat.bodies(SECRET)] == [21, 21, 6]
    assert max(len(texts(body)) for body in chat.bodies(SECRET)) < 12_000


def test_ids_cannot_pass_for_commands_of_a_chat(database: Path, chat: Receiver) -> None:
    write_database(database, range(1), lead_id="<!channel>\n&", queue="a\nb")
    call(database, "--to", "slack", *LINK, *FAST)
    said = texts(chat.bodies(SECRET)[0])
    assert "<!channel>" not in said
    assert "leads/%3C%21channel%3E%0A%26|&lt;!channel&gt;?&amp;>" in said
    assert "1 hand-off for a?b" in said


@pytest.mark.parametrize(("status", "requests"), [(404, 1), (400, 3), (503, 6)])
def test_what_a_chat_refuses_stays_unsent(
    database: Path, chat: Receiver, status: int, requests: int
) -> None:
    chat.scripts[SECRET] = lambda *_: status
    code, output = call(database, "--to", "slack", "--attempts", 2, *FAST)
    assert code == 1
    assert f"http {status}" in output
    assert len(chat.bodies(SECRET)) == requests
    chat.scripts.clear()
    assert call(database, "--to", "slack", *FAST)[1].startswith("5 hand-offs sent")


def test_a_chat_that_is_asked_too_often_is_waited_for(
    database: Path, chat: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    chat.scripts[SECRET] = lambda number, _: (429, {"Retry-After": "30"}) if number == 1 else "take"
    assert call(database, "--to", "slack")[0] == 0
    assert waits == [30]


def test_addresses_are_shown_nowhere(database: Path, chat: Receiver, server: MailServer) -> None:
    chat.scripts[SECRET] = lambda *_: 503
    server.refuse = lambda command: "535 s3cret" if command.startswith("AUTH") else None
    said = [call(database, "--to", "slack", "--dry-run"), call(database, *MAIL, "--dry-run")]
    said += [call(database, "--to", "teams", *FAST), call(database, *MAIL, *FAST)]
    said.append(call(database, "--status"))
    assert "3 hand-offs for inside_sales lead-0: score 71" in said[0][1]
    assert "smtp 535" in said[3][1]
    assert "s3cret" not in str(said)
    assert "acme" not in str(said)
    for file in database.parent.glob("*.deliveries.*"):
        assert b"s3cret" not in file.read_bytes()
        assert b"acme" not in file.read_bytes()


def test_an_e_mail_per_queue_and_run(database: Path, server: MailServer) -> None:
    assert call(database, *MAIL, *LINK, *FAST) == (0, "5 hand-offs sent to mail.")
    first, second, third = server.messages
    assert [str(each["Subject"]) for each in server.messages] == [
        "3 hand-offs for inside_sales",
        "1 hand-off for field",
        "1 hand-off for inside_sales",
    ]
    assert (first["From"], first["To"]) == ("scores@acme.example", "sales@acme.example")
    assert content(first).split("\n\n")[1].strip() == (
        "lead-0: score 71, mql; call; respond by 2026-06-30 13:00 UTC\n"
        "Demo request (+24.4); Größe (-3)\nhttps://crm.example/leads/lead-0"
    )
    said = "".join(map(content, (first, second, third)))
    assert [said.count(f"lead-{number}:") for number in range(5)] == [1] * 5
    assert "anary" not in said
    assert sum(command.startswith("EHLO") for command in server.commands) == 1
    assert "AUTH PLAIN AGJvYgBzM2NyZXQ=" in server.commands
    assert call(database, *MAIL, *FAST)[1].startswith("0 hand-offs sent")


def test_an_e_mail_that_is_sent_again_has_the_same_id(database: Path, server: MailServer) -> None:
    write_database(database, range(1))
    replies = iter(["drop", None])
    server.refuse = lambda command: next(replies) if command == "after DATA" else None
    assert call(database, *MAIL, *FAST)[0] == 0
    first, second = server.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert str(first["Message-ID"]).endswith("@lead-scoring.invalid>")


@pytest.mark.parametrize(
    ("refused", "reply", "kind", "tries"),
    [
        ("RCPT", "450 later", "smtp 450", 2),
        ("RCPT", "550 ann.canary@acme.example unknown", "smtp 550", 1),
        ("MAIL", "552 full", "smtp 552", 1),
        ("EHLO", "drop", "connection", 2),
        ("after", "451 later", "smtp 451", 2),
    ],
)
def test_what_a_mail_server_refuses_stays_unsent(
    database: Path, server: MailServer, refused: str, reply: str, kind: str, tries: int
) -> None:
    write_database(database, range(1))
    server.refuse = lambda command: reply if command.startswith(refused) else None
    code, output = call(database, *MAIL, "--attempts", 2, *FAST)
    assert code == 1
    assert "anary" not in output
    assert last_errors(database) == {identifier(0): kind}
    assert sum(command.startswith("EHLO") for command in server.commands) == tries
    server.refuse = lambda _: None
    assert call(database, *MAIL, *FAST)[0] == 0


def test_other_machines_get_mail_by_tls_alone(
    database: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_database(database, range(1))
    monkeypatch.setattr("lead_scoring.delivery.destination._is_this_machine", lambda _: False)
    code, output = call(database, *MAIL, *FAST)
    assert code == 1
    assert "smtp without TLS or login" in output
    assert not any(command.startswith(("AUTH", "MAIL")) for command in server.commands)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--to", "slack"), "LEAD_SCORING_SLACK_URL is to hold an address"),
        (("--to", "teams", "--link", "https://crm.example"), "holds {lead_id}"),
        (("--to", "teams", "--link", "javascript:{lead_id}"), "begins with https://"),
        (("--to", "mailto:sales@acme.example"), "--from NAME@HOST"),
        ((*MAIL, "--name", "a b"), "A name has letters"),
        (("--to", "hubspot"), "A folder of that name: ./hubspot"),
    ],
)
def test_wrong_calls(
    database: Path, arguments: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(NOTICE_ADDRESSES["slack"], raising=False)
    monkeypatch.setenv(NOTICE_ADDRESSES["teams"], "https://teams.example/s3cret")
    monkeypatch.setenv(NOTICE_ADDRESSES["mail"], "smtps://mail.example")
    code, output = call(database, *arguments)
    assert code == 2
    assert words in output
