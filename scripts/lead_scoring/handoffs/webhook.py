"""Delivers hand-offs to a webhook: one request each, tried again where that may help."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass

import requests
import urllib3
from requests.auth import AuthBase
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from lead_scoring.handoffs.delivery_log import DeliveryLog
from lead_scoring.handoffs.destination import Webhook
from lead_scoring.handoffs.rows import Handoff, as_json, handoff_id

_TRY_AGAIN = {408, 425, 429}
_READ_BYTES = 65_536  # read of an answer, once: mostly all, and its connection is used again


class NotDelivered(Exception):
    """The receiver did not take the hand-off in this run. `kind` says why, without any value."""

    def __init__(self, kind: str) -> None:
        """kind: the kind of error, as the delivery log keeps it."""
        super().__init__(kind)
        self.kind = kind


class TryAgain(NotDelivered):
    """It may take it later. `seconds`: how long it asks to be left alone."""

    def __init__(self, kind: str, seconds: float = 0) -> None:
        """seconds: from now on; 0 where the receiver asks for nothing."""
        super().__init__(kind)
        self.seconds = seconds


@dataclass(frozen=True)
class Patience:
    """How long a run waits for a receiver. All times are seconds."""

    timeout: float = 10  # for the connection, and for each wait on its answer
    attempts: int = 5  # per hand-off and run
    backoff: float = 1  # before the second attempt; doubled each time, plus up to as much by chance
    max_wait: float = 60  # between two attempts, whatever the receiver asks for


class _Bearer(AuthBase):
    """Without this, requests would send what it finds for the host in the user's .netrc."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def is_token(text: str) -> bool:
    """Returns whether `text` can be sent as a token: visible ASCII, nothing else."""
    return re.fullmatch(r"[\x21-\x7e]+", text) is not None


class Sender:
    """Sends hand-offs over connections that it keeps. A context manager."""

    def __init__(
        self, webhook: Webhook, log: DeliveryLog, patience: Patience, token: str | None = None
    ) -> None:
        """token: sent as bearer token, kept and shown nowhere."""
        self._webhook = webhook
        self._log = log
        self._patience = patience
        self._session = requests.Session()
        self._session.auth = _Bearer(token)
        self._backoff = wait_exponential_jitter(
            multiplier=patience.backoff, jitter=patience.backoff, max=patience.max_wait
        )

    def __enter__(self) -> Sender:
        """Returns itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the connections."""
        self._session.close()

    def deliver(self, handoff: Handoff) -> None:
        """Sends one hand-off until it is taken. Raises NotDelivered where it is not."""
        for attempt in Retrying(
            stop=stop_after_attempt(self._patience.attempts),
            wait=self._wait,
            retry=retry_if_exception_type(TryAgain),
            reraise=True,
        ):
            with attempt:
                self._try(handoff)

    def _try(self, handoff: Handoff) -> None:
        key, name = handoff_id(handoff), self._webhook.name
        self._log.begin(name, [key])
        try:
            self._post(key, as_json(handoff))
        except NotDelivered as failure:
            self._log.fail(name, key, failure.kind)
            raise
        self._log.deliver(name, key)

    def _post(self, key: str, body: bytes) -> None:
        headers = {"Idempotency-Key": key, "Content-Type": "application/json; charset=utf-8"}
        try:
            answer = self._session.post(
                self._webhook.url,
                data=body,
                headers=headers,
                timeout=self._patience.timeout,
                allow_redirects=False,  # a redirected POST may turn into a GET
                stream=True,  # an endless answer is no reason to wait: its status decides
            )
        # Their words are not passed on: they quote the address, with what is secret in it.
        except requests.exceptions.SSLError:
            raise NotDelivered("certificate") from None
        except requests.Timeout:
            raise TryAgain("timeout") from None
        except requests.ConnectionError:
            raise TryAgain("connection") from None
        except requests.RequestException:
            raise NotDelivered("request") from None
        with answer:
            self._judge(answer)

    def _judge(self, answer: requests.Response) -> None:
        with contextlib.suppress(urllib3.exceptions.HTTPError, OSError):
            answer.raw.read1(_READ_BYTES)
        status = answer.status_code
        if 200 <= status < 300:
            return
        if status in _TRY_AGAIN or status >= 500:
            raise TryAgain(f"http {status}", self._retry_after(answer))
        raise NotDelivered(f"http {status}")

    def _retry_after(self, answer: requests.Response) -> float:
        asked = answer.headers.get("Retry-After")
        if asked is None:
            return 0
        try:
            return urllib3.Retry().parse_retry_after(asked)
        except urllib3.exceptions.InvalidHeader:
            return 0

    def _wait(self, state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        asked = failure.seconds if isinstance(failure, TryAgain) else 0
        return min(max(self._backoff(state), asked), self._patience.max_wait)
