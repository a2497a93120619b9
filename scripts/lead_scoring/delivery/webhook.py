"""Hand-offs and scores in the forms that any webhook can take."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from lead_scoring.delivery.contents import Item
from lead_scoring.delivery.http_calls import HttpReceiver, Request


class KeyedWebhook(HttpReceiver):
    """An address that takes requests with an idempotency key."""

    def __init__(self, url: str, token: str | None, timeout: float) -> None:
        """url, token, timeout: see HttpReceiver."""
        super().__init__(token, timeout)
        self._url = url

    def _post(self, key: str, body: object) -> Request:
        return Request("POST", self._url, body, {"Idempotency-Key": key})


class HandoffWebhook(KeyedWebhook):
    """One request per hand-off, by docs/reference/handoff.schema.json."""

    def request(self, batch: Sequence[Item]) -> Request:
        """Returns the request for the one hand-off of a batch."""
        (item,) = batch
        return self._post(item.key, {"schema": "lead_handoff/1", **item.row})


class ScoreWebhook(KeyedWebhook):
    """One request per 100 leads, by docs/reference/scores.schema.json.

    A batch that is cut short may come again together with other leads: so each has its own key.
    """

    largest = 100

    def request(self, batch: Sequence[Item]) -> Request:
        """Returns the request for a batch of leads."""
        keys = "\n".join(item.key for item in batch)
        leads = [{"key": item.key, **item.row} for item in batch]
        return self._post(
            hashlib.sha256(keys.encode()).hexdigest()[:32],
            {"schema": "lead_scores/1", "leads": leads},
        )
