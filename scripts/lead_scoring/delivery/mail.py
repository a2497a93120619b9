"""Tells people of hand-offs by e-mail, over a server that takes SMTP."""

from __future__ import annotations

import contextlib
import hashlib
import smtplib
import ssl
from collections.abc import Iterable, Mapping, Sequence
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from lead_scoring.delivery import notices
from lead_scoring.delivery.contents import Item
from lead_scoring.delivery.sending import GiveUp, NotDelivered, TryAgain

PORTS = {"smtps": 465, "smtp": 587}


class Mail:
    """Sends each message of hand-offs to one address, over a connection that is kept."""

    def __init__(
        self,
        server: str,
        recipient: str,
        sender: str,
        link: str | None,
        timeout: float,
        *,
        is_encrypted: bool = True,
    ) -> None:
        """server: smtp[s]://user:password@host:port, secret. link: see notices.notice_of.

        timeout: of each wait, in seconds. is_encrypted: False: without TLS, on this machine.
        """
        self._server = urlsplit(server)
        self._recipient = recipient
        self._sender = sender
        self._link = link
        self._timeout = timeout
        self._is_encrypted = is_encrypted
        self._connection: smtplib.SMTP | None = None

    def batches(self, items: Sequence[Item]) -> Iterable[Sequence[Item]]:
        """Returns the batches of which each is one message."""
        return notices.batches(items)

    def send(self, batch: Sequence[Item]) -> Mapping[str, str]:
        """Sends a message once. Raises NotDelivered where the server does not take it."""
        try:
            if self._connection is None:
                self._connection = self._connect()
            self._connection.send_message(self._message(batch), self._sender, self._recipient)
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            self.close()
            raise _failure(error) from None
        return {}

    def payload(self, batch: Sequence[Item]) -> str:
        """Returns the message, without the addresses."""
        return notices.notice_of(batch, self._link).text

    def close(self) -> None:
        """Ends the connection."""
        if self._connection is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._connection.quit()
            self._connection.close()
            self._connection = None

    def _connect(self) -> smtplib.SMTP:
        host, scheme = str(self._server.hostname), self._server.scheme
        port = self._server.port or PORTS[scheme]
        safe = ssl.create_default_context()
        if scheme == "smtps":
            made: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=self._timeout, context=safe)
        else:
            made = smtplib.SMTP(host, port, timeout=self._timeout)
        try:
            if scheme == "smtp" and self._is_encrypted:
                made.starttls(context=safe)
            if self._server.username:
                made.login(unquote(self._server.username), unquote(self._server.password or ""))
        except BaseException:
            made.close()
            raise
        return made

    def _message(self, batch: Sequence[Item]) -> EmailMessage:
        """A message that is sent again has the same id: mail programs show it once."""
        keys = "\n".join(sorted(item.key for item in batch))
        notice = notices.notice_of(batch, self._link)
        made = EmailMessage()
        made["Subject"] = notice.title
        made["From"] = self._sender
        made["To"] = self._recipient
        made["Date"] = formatdate()
        made["Message-ID"] = (
            f"<{hashlib.sha256(keys.encode()).hexdigest()[:32]}@lead-scoring.invalid>"
        )
        made["Auto-Submitted"] = "auto-generated"
        made.set_content(notice.text)
        return made


def _failure(error: Exception) -> NotDelivered:
    """Their words are not passed on: they quote addresses."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        (code, _) = next(iter(error.recipients.values()))
        return _of_code(code)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return GiveUp(f"smtp {error.smtp_code}")
    if isinstance(error, smtplib.SMTPResponseException):
        return _of_code(error.smtp_code)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return GiveUp("smtp without TLS or login")
    if isinstance(error, ssl.SSLCertVerificationError):
        return GiveUp("certificate")
    if isinstance(error, TimeoutError):
        return TryAgain("timeout")
    if isinstance(error, UnicodeError):
        return NotDelivered("address")
    return TryAgain("connection")


def _of_code(code: int) -> NotDelivered:
    return TryAgain(f"smtp {code}") if 400 <= code < 500 else NotDelivered(f"smtp {code}")
