"""Reads where hand-offs are to go, and the name under which the delivery log keeps that."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

_URL = re.compile(r"[a-z][a-z0-9+.-]*://|https?:", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


class DestinationError(ValueError):
    """A destination cannot be used. The message says why, and never quotes the address."""


@dataclass(frozen=True)
class Folder:
    """A folder that gets a CSV file per export."""

    name: str  # as the delivery log keeps it
    path: Path


@dataclass(frozen=True)
class Webhook:
    """An address that gets one request per hand-off."""

    name: str  # as the delivery log keeps it: without anything secret
    url: str


Destination = Folder | Webhook


def read_destination(to: str, name: str | None = None, *, allow_http: bool = False) -> Destination:
    """Returns the destination that `to` means: an http(s) address, else a folder.

    name: what the delivery log is to call it; None: its address or path.
    Raises DestinationError.
    """
    if name is not None and not _NAME.fullmatch(name):
        raise DestinationError("A name has letters, digits, dots, dashes and underscores only.")
    if not _URL.match(to):
        path = Path(to).absolute()
        if path.exists() and not path.is_dir():
            raise DestinationError(f"{path} is no folder.")
        return Folder(name or str(path.resolve()), path)
    return Webhook(name or _public_address(to), _checked_url(to, allow_http))


def _checked_url(url: str, allow_http: bool) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or not url.isprintable() or " " in url:
        raise DestinationError("The address cannot be read. Write https://host/path.")
    if parts.scheme not in ("http", "https"):
        raise DestinationError(f"{parts.scheme} is no way to send. Write https://host/path.")
    if parts.username is not None or parts.password is not None:
        raise DestinationError(
            "The address holds a user or a password, which other users of this machine can read. "
            "Put a token into LEAD_SCORING_WEBHOOK_TOKEN instead."
        )
    if parts.scheme == "http" and not allow_http and not _is_this_machine(host):
        raise DestinationError(
            "http sends hand-offs unencrypted. Write https://, or allow it with --allow-http."
        )
    return url


def _public_address(url: str) -> str:
    """Two addresses that differ in their query alone would share one log: ask for a name."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""  # refused by the check of the address
    if parts.query:
        raise DestinationError(
            "The address has a query, which the delivery log does not keep, as it may hold a "
            "secret. Name the destination, and keep to that name: --name crm."
        )
    if ":" in host:
        host = f"[{host}]"
    is_default = port is None or port == {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.scheme}://{host}{'' if is_default else f':{port}'}{parts.path or '/'}"


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
