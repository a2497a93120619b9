"""Tells people of hand-offs: one message per queue and run, in Slack, in Teams or by e-mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import quote

from lead_scoring.delivery.contents import Item, Value
from lead_scoring.delivery.http_calls import Answer, HttpReceiver, Request, check, chunks
from lead_scoring.delivery.sending import GiveUp

LARGEST = 20  # hand-offs of a message: Slack takes 50 blocks, Teams 28 KB
LONGEST = 300  # characters of the reasons
LEAD_ID = "{lead_id}"  # in a template of links


@dataclass(frozen=True)
class Line:
    """What a message says of one hand-off. Nothing of it says who the lead is but its id."""

    lead: str
    link: str | None
    words: str  # score, stage, what to do until when
    reasons: str


@dataclass(frozen=True)
class Notice:
    """A message on hand-offs of one queue and run."""

    title: str
    lines: Sequence[Line]

    @property
    def text(self) -> str:
        """The message as plain text."""
        return "\n\n".join([self.title, *("\n".join(_parts(line)) for line in self.lines)])


def batches(items: Sequence[Item]) -> Iterable[Sequence[Item]]:
    """Returns hand-offs in the batches of which each is one message."""
    groups: dict[tuple[Value, Value], list[Item]] = {}
    for item in items:
        groups.setdefault((item.row["queue"], item.row["handed_off_at"]), []).append(item)
    return chain.from_iterable(chunks(group, LARGEST) for group in groups.values())


def notice_of(batch: Sequence[Item], link: str | None) -> Notice:
    """Returns the message on a batch. link: an address that holds LEAD_ID; None: no links."""
    queue = _clean(batch[0].row["queue"] or "no queue")
    count = "1 hand-off" if len(batch) == 1 else f"{len(batch)} hand-offs"
    return Notice(f"{count} for {queue}", [_line(item, link) for item in batch])


class Slack(HttpReceiver):
    """An incoming webhook of Slack: a block for each hand-off."""

    def __init__(self, url: str, link: str | None, timeout: float) -> None:
        """url: secret as a whole. link: see notice_of. timeout: seconds."""
        super().__init__(None, timeout)
        self._url = url
        self._link = link

    def batches(self, items: Sequence[Item]) -> Iterable[Sequence[Item]]:
        """Returns the batches of which each is one message."""
        return batches(items)

    def request(self, batch: Sequence[Item]) -> Request:
        """Returns the request with a message."""
        return Request("POST", self._url, self._body(notice_of(batch, self._link)))

    def judge(self, batch: Sequence[Item], answer: Answer) -> dict[str, str]:
        """A channel that is gone takes no other message either. Raises NotDelivered."""
        if answer.status in (401, 403, 404, 410):
            raise GiveUp(answer.kind())
        check(answer)
        return {}

    def payload(self, batch: Sequence[Item]) -> str:
        """Returns the message without its address, which is secret."""
        return notice_of(batch, self._link).text

    def _body(self, notice: Notice) -> dict[str, object]:
        blocks = [_slack_block(f"*{_slack_text(notice.title)}*")]
        for line in notice.lines:
            lead, *others = map(_slack_text, (line.lead, line.words, line.reasons))
            name = f"<{_slack_text(line.link)}|{lead}>" if line.link else lead
            blocks.append(_slack_block("\n".join(filter(None, [f"*{name}*", *others]))))
        return {"text": _slack_text(notice.title), "blocks": blocks}


class Teams(Slack):
    """A webhook of a Teams workflow: an adaptive card. Its texts know no Markdown, so that nobody's
    id can be taken for it.
    """

    def _body(self, notice: Notice) -> dict[str, object]:
        blocks = [_card_block([{"text": notice.title, "weight": "Bolder", "size": "Medium"}])]
        for line in notice.lines:
            name: dict[str, object] = {"text": line.lead, "weight": "Bolder"}
            if line.link:
                name["selectAction"] = {"type": "Action.OpenUrl", "url": line.link}
            blocks.append(_card_block([name, {"text": f"  {line.words}"}]))
            if line.reasons:
                blocks.append(_card_block([{"text": line.reasons, "isSubtle": True}]))
        card = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "body": blocks,
        }
        kind = "application/vnd.microsoft.card.adaptive"
        attachment = {"contentType": kind, "contentUrl": None, "content": card}
        return {"type": "message", "attachments": [attachment]}


def _line(item: Item, link: str | None) -> Line:
    row = item.row
    until = str(row["respond_by"] or "")[:16].replace("T", " ")
    words = (
        f"score {_clean(row['total_score'])}, {_clean(row['stage'])}",
        f"likelihood {percent} %" if (percent := row.get("likelihood_percent")) is not None else "",
        _clean(row["action"]) if row["action"] else "",
        f"respond by {until} UTC" if until else "",
    )
    lead = str(row["lead_id"])
    reasons = _clean(row["reasons"]) if row["reasons"] else ""
    if len(reasons) > LONGEST:
        reasons = f"{reasons[: LONGEST - 3]}..."
    return Line(
        _clean(lead),
        link.replace(LEAD_ID, quote(lead, safe="")) if link else None,
        "; ".join(filter(None, words)),
        reasons,
    )


def _parts(line: Line) -> Iterable[str]:
    return filter(None, (f"{line.lead}: {line.words}", line.reasons, line.link))


def _clean(value: Value) -> str:
    """Ids and words are other people's text: no line of theirs begins another line here."""
    return "".join(sign if sign.isprintable() else "?" for sign in str(value))


def _slack_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _slack_block(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def _card_block(runs: Sequence[dict[str, object]]) -> dict[str, object]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", **run} for run in runs]}
