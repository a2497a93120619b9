"""Reads where items are to go, and the name under which the delivery log keeps that."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from lead_scoring.delivery import hubspot, mail, salesforce
from lead_scoring.delivery.crm_properties import PREFIX
from lead_scoring.delivery.notices import LEAD_ID

_URL = re.compile(r"[a-z][a-z0-9+.-]*://|https?:", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>|]+")
_MAIL_ADDRESS = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+")
_PROPERTY = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
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
    """An address that gets requests."""

    name: str  # as the delivery log keeps it: without anything secret
    url: str


@dataclass(frozen=True)
class Crm:
    """An account of a CRM, whose records get the scores as properties."""

    name: str  # as the delivery log keeps it
    tool: str  # one of CRMS
    address: str  # without a path
    id_property: str  # whose values are lead ids
    prefix: str  # of the names of the other properties


@dataclass(frozen=True)
class Notices:
    """Where people are told of hand-offs."""

    name: str  # as the delivery log keeps it: without an address
    tool: str  # slack, teams or mail
    address: str = field(repr=False)  # of the webhook, or of the mail server; secret
    recipient: str = ""  # of mail
    sender: str = ""  # of mail
    link: str | None = None  # to a lead, with notices.LEAD_ID in it
    is_encrypted: bool = True  # mail: False: to this machine, without TLS


CRMS = ("hubspot", "salesforce")
CHATS = ("slack", "teams")
MAIL = "mailto:"

Destination = Folder | Webhook | Crm | Notices


def read_destination(to: str, name: str | None = None, *, allow_http: bool = False) -> Destination:
    """Returns the destination that `to` means: an http(s) address, else a folder.

    name: what the delivery log is to call it; None: its address or path.
    Raises DestinationError.
    """
    _check_name(name)
    if to in (*CRMS, *CHATS) or to.startswith(MAIL):
        raise DestinationError(f"This content does not go there. A folder of that name: ./{to}")
    if not _URL.match(to):
        path = Path(to).absolute()
        if path.exists() and not path.is_dir():
            raise DestinationError(f"{path} is no folder.")
        return Folder(name or str(path.resolve()), path)
    return Webhook(name or _public_address(to), _checked_url(to, allow_http))


def read_crm(
    tool: str,
    name: str | None = None,
    *,
    address: str | None = None,
    id_property: str | None = None,
    prefix: str = PREFIX,
    allow_http: bool = False,
) -> Crm:
    """Returns the account of a CRM. None: its usual address and id property.

    Raises DestinationError, also where an address is needed and not given.
    """
    _check_name(name)
    usual, usual_id = {
        "hubspot": (hubspot.ADDRESS, hubspot.ID_PROPERTY),
        "salesforce": (None, salesforce.ID_FIELD),
    }[tool]
    address = address or usual
    if address is None:
        raise DestinationError(
            "Say which Salesforce: --address https://YOUR-DOMAIN.my.salesforce.com"
        )
    _checked_url(address, allow_http)
    parts = urlsplit(address)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise DestinationError("The address of a CRM has no path. Write https://host.")
    id_property = id_property or usual_id
    if not _PROPERTY.fullmatch(id_property) or not _PROPERTY.fullmatch(prefix):
        raise DestinationError("Names of properties have letters, digits and underscores only.")
    if tool == "hubspot" and prefix != prefix.lower():
        raise DestinationError("Names of HubSpot's properties have no capital letters.")
    public = _public_address(address)
    return Crm(name or f"{tool} {public}", tool, public.rstrip("/"), id_property, prefix)


def read_notices(
    to: str,
    address: str,
    name: str | None = None,
    *,
    sender: str | None = None,
    link: str | None = None,
    allow_http: bool = False,
) -> Notices:
    """Returns where `to` (slack, teams or mailto:...) tells people.

    address: of the webhook or the mail server. sender: of mail. link: a template with {lead_id}.
    Raises DestinationError.
    """
    _check_name(name)
    if link is not None and not (_LINK.match(link) and LEAD_ID in link):
        raise DestinationError(f"A link begins with https:// or http://, and holds {LEAD_ID}.")
    if to in CHATS:
        return Notices(name or to, to, _checked_url(address, allow_http), link=link)
    recipient = to.removeprefix(MAIL)
    if not _MAIL_ADDRESS.fullmatch(recipient) or not _MAIL_ADDRESS.fullmatch(sender or ""):
        raise DestinationError("Write --to mailto:NAME@HOST and --from NAME@HOST, one of each.")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in mail.PORTS:
        raise DestinationError("The mail server cannot be read. Write smtps://host:port.")
    return Notices(
        name or "mail",
        "mail",
        address,
        recipient,
        sender or "",
        link,
        is_encrypted=parts.scheme == "smtps" or not _is_this_machine(host),
    )


def _check_name(name: str | None) -> None:
    if name is not None and not _NAME.fullmatch(name):
        raise DestinationError("A name has letters, digits, dots, dashes and underscores only.")


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
            "Put a token into the environment instead."
        )
    if parts.scheme == "http" and not allow_http and not _is_this_machine(host):
        raise DestinationError(
            "http is not encrypted. Write https://, or allow it with --allow-http."
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
