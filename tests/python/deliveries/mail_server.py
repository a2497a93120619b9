"""A small SMTP server on this machine, which refuses by a script."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Callable
from email.message import EmailMessage

Refusal = Callable[[str], str | None]  # a command, its word in capitals -> a reply in its place


class MailServer:
    """Keeps what it takes. A context manager."""

    def __init__(self) -> None:
        self.refuse: Refusal = lambda _: None
        self.messages: list[EmailMessage] = []
        self.commands: list[str] = []
        server = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                server._talk(self)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> MailServer:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _talk(self, handler: socketserver.StreamRequestHandler) -> None:
        def say(reply: str) -> None:
            handler.wfile.write(f"{reply}\r\n".encode())

        say("220 here")
        while line := handler.rfile.readline().decode().strip():
            word, space, others = line.partition(" ")
            word = word.upper()
            line = word + space + others
            self.commands.append(line)
            refusal = self.refuse(line)
            if refusal == "drop":
                return
            if refusal is not None:
                say(refusal)
            elif word == "EHLO":
                say("250-here\r\n250 AUTH PLAIN")
            elif word == "AUTH":
                say("235 known")
            elif word == "DATA":
                say("354 go on")
                self._read(handler)
                after = self.refuse("after DATA")
                if after == "drop":
                    return
                say(after or "250 taken")
            elif word == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")

    def _read(self, handler: socketserver.StreamRequestHandler) -> None:
        lines = []
        while (line := handler.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        made = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        assert isinstance(made, EmailMessage)
        self.messages.append(made)
