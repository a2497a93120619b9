"""A real HTTP server that honours idempotency keys, and misbehaves by a script."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# What to do with a request: a status, a status with headers, one with headers and a body, or one
# of the words take, stall, drop_before and drop_after (the connection, before or after taking it).
Deed = str | int | tuple[int, dict[str, str]] | tuple[int, dict[str, str], object]
Script = Callable[[int, str], Deed]  # number of the request at its path, key -> what to do


class Server(ThreadingHTTPServer):
    """Says nothing of a client that hung up: it may do so at any time, and what a test reads of the
    standard error is that of the command."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Receiver:
    """Takes what is sent to any path; each path is a world of its own. A context manager."""

    def __init__(self) -> None:
        self.scripts: dict[str, Script] = {}  # by path; a path without one takes all
        self.requests: dict[str, list[tuple[str, dict[str, str], Any]]] = defaultdict(list)
        self.taken: dict[str, Counter[str]] = defaultdict(Counter)  # by path and key
        self.closing = threading.Event()
        self._lock = threading.Lock()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body of an answer go together: apart, they wait 40 ms

            def do_POST(self) -> None:
                receiver._answer(self)

            def do_PATCH(self) -> None:
                receiver._answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Receiver:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def keys(self, path: str) -> list[str]:
        """The keys of all requests at a path, in order."""
        return [key for key, _, _ in self.requests[path]]

    def bodies(self, path: str) -> list[Any]:
        """The bodies of all requests at a path, in order."""
        return [body for _, _, body in self.requests[path]]

    def take(
        self, method: str, path: str, headers: Mapping[str, str], body: Any
    ) -> tuple[int, object]:
        """Takes a request, alone among all; returns the status and the body of the answer."""
        del method, body
        key = headers["Idempotency-Key"]
        if key not in self.taken[path]:  # the key is honoured: a repeat does nothing
            self.taken[path][key] += 1
        return 200, {}

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        path, key = handler.path, handler.headers["Idempotency-Key"] or ""
        with self._lock:
            self.requests[path].append((key, dict(handler.headers), body))
            number = len(self.requests[path])
        deed = self.scripts[path](number, key) if path in self.scripts else "take"
        status = deed if isinstance(deed, int) else 200
        headers: dict[str, str] = {}
        said: object = {}
        if deed in ("take", "drop_after"):
            with self._lock:
                status, said = self.take(handler.command, path, dict(handler.headers), body)
        if deed == "stall":
            self.closing.wait(30)
        if deed in ("stall", "drop_before", "drop_after"):
            handler.close_connection = True
            handler.connection.shutdown(socket.SHUT_RDWR)
            return
        if isinstance(deed, tuple):
            status, headers = deed[:2]
            said = deed[2] if len(deed) == 3 else {}
        written = json.dumps(said).encode()
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(written)))
        handler.end_headers()
        handler.wfile.write(written)
