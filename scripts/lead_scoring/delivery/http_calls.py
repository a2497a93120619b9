"""One HTTP request and its answer; receivers that are spoken to by HTTP."""

from __future__ import annotations

import contextlib
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import requests
import urllib3
from requests.auth import AuthBase

from lead_scoring.delivery.contents import Item
from lead_scoring.delivery.sending import NotDelivered, TryAgain

_TRY_AGAIN = {408, 425, 429}
_READ_BYTES = 65_536  # read of an answer, once: mostly all, and its connection is used again
_LONGEST_BYTES = 1 << 24  # read of an answer that matters
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,63}")


@dataclass(frozen=True)
class Request:
    """A request with a body of JSON."""

    method: str
    url: str
    body: object
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What came back. The body is empty where the receiver's is not read."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def json(self) -> Any:
        """The body, read as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def kind(self, code: object = None) -> str:
        """Returns the kind of error. code: the receiver's word for it, kept if it is a plain one:
        a sentence of another system may quote values.
        """
        return f"http {self.status}{word(code, ' ')}"


def word(code: object, before: str = "") -> str:
    """Returns a receiver's code for an error, with something before it; empty if it is none."""
    return before + code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def check(answer: Answer) -> None:
    """Raises TryAgain or NotDelivered where a status says that nothing was taken."""
    if 200 <= answer.status < 300:
        return
    if answer.status in _TRY_AGAIN or answer.status >= 500:
        raise TryAgain(answer.kind(), retry_after(answer))
    raise NotDelivered(answer.kind())


def retry_after(answer: Answer) -> float:
    """Returns for how many seconds the receiver asks to be left alone; 0: it does not say."""
    asked = answer.headers.get("Retry-After")
    if asked is None:
        return 0
    try:
        return urllib3.Retry().parse_retry_after(asked)
    except urllib3.exceptions.InvalidHeader:
        return 0


def chunks(items: Sequence[Item], size: int) -> Iterable[Sequence[Item]]:
    """Returns the items in runs of so many."""
    return (items[start : start + size] for start in range(0, len(items), size))


class HttpReceiver(ABC):
    """Takes each batch by one request, over connections that are kept."""

    largest: ClassVar[int] = 1  # items of a batch
    reads_answers: ClassVar[bool] = False  # False: the status says it all

    def __init__(self, token: str | None, timeout: float) -> None:
        """token: sent as bearer token, kept and shown nowhere. timeout: seconds, of each wait."""
        self._session = requests.Session()
        self._session.auth = _Bearer(token)
        self._timeout = timeout

    @abstractmethod
    def request(self, batch: Sequence[Item]) -> Request:
        """Returns the request that delivers a batch."""

    def judge(self, batch: Sequence[Item], answer: Answer) -> Mapping[str, str]:
        """Returns what of a batch was not taken, by its answer. Raises NotDelivered."""
        check(answer)
        return {}

    def batches(self, items: Sequence[Item]) -> Iterable[Sequence[Item]]:
        """Returns the items in batches."""
        return chunks(items, self.largest)

    def send(self, batch: Sequence[Item]) -> Mapping[str, str]:
        """Sends a batch once and returns what was not taken. Raises NotDelivered."""
        return self.judge(batch, self._exchange(self.request(batch)))

    def payload(self, batch: Sequence[Item]) -> str:
        """Returns the request in words: method, address without its query, body."""
        request = self.request(batch)
        body = json.dumps(request.body, ensure_ascii=False, indent=2)
        return f"{request.method} {request.url.partition('?')[0]}\n{body}"

    def close(self) -> None:
        """Closes the connections."""
        self._session.close()

    def _exchange(self, request: Request) -> Answer:
        content_type = {"Content-Type": "application/json; charset=utf-8"}
        try:
            answer = self._session.request(
                request.method,
                request.url,
                data=json.dumps(request.body, ensure_ascii=False).encode(),
                headers={**request.headers, **content_type},
                timeout=self._timeout,
                allow_redirects=False,  # a redirected POST may turn into a GET
                stream=True,  # an endless answer is no reason to wait
            )
            with answer:
                return Answer(answer.status_code, answer.headers, self._read(answer))
        # Their words are not passed on: they quote the address, with what is secret in it.
        except requests.exceptions.SSLError:
            raise NotDelivered("certificate") from None
        except requests.Timeout:
            raise TryAgain("timeout") from None
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
            raise TryAgain("connection") from None
        except requests.RequestException:
            raise NotDelivered("request") from None
        except (urllib3.exceptions.HTTPError, OSError):  # while the answer is read
            raise TryAgain("connection") from None

    def _read(self, answer: requests.Response) -> bytes:
        if self.reads_answers:
            return bytes(answer.raw.read(_LONGEST_BYTES, decode_content=True))
        with contextlib.suppress(urllib3.exceptions.HTTPError, OSError):
            answer.raw.read1(_READ_BYTES)
        return b""


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
