"""A partner's callback address, for tests."""

from __future__ import annotations

import contextlib
import http.server
import os
import queue
import socket
import socketserver
import threading
import weakref
from typing import TYPE_CHECKING, cast

from izly import Reply

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import TypeAlias

    _Answer: TypeAlias = "Reply | Callable[[bytes], Reply]"

__all__ = ["CallbackReceiver"]

_PATH = "/izly/callback"


class CallbackReceiver:
    """A small web server on a loopback address that receives callbacks as a partner's site would.

        with CallbackReceiver() as receiver, Sandbox(callback_url=receiver.url) as sandbox:
            ...
            callback = izly.Callback.parse(receiver.next())

    It answers with `reply`, which is a `Reply` or a function that is given the body and returns one. The function runs
    in a thread of the receiver; what it raises is answered with HTTP 500, and raised again by `next`.
    """

    def __init__(self, reply: _Answer | None = None) -> None:
        """Begins to listen; accepts every callback unless told otherwise."""
        self.reply: _Answer = Reply.accepted() if reply is None else reply
        self.received: list[bytes] = []
        self._arrived: queue.SimpleQueue[bytes | BaseException] = queue.SimpleQueue()
        self._server = _Server(weakref.WeakMethod(self._answer))
        self._close = weakref.finalize(self, self._server.stop)
        # At exit the process takes the socket with it.
        self._close.atexit = False

    @property
    def url(self) -> str:
        """The address to register as the callback URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}{_PATH}"

    def next(self, timeout: float = 5.0) -> bytes:
        """The body of the next callback, in the order of arrival; waits this many seconds for it.

        Raises the builtin `TimeoutError` when none comes, or whatever the reply function raised about it.
        """
        try:
            arrived = self._arrived.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError(f"no callback came within {timeout} seconds") from None
        if isinstance(arrived, BaseException):
            raise arrived
        return arrived

    def clear(self) -> None:
        """Forgets what was received so far."""
        self.received.clear()
        while True:
            try:
                self._arrived.get_nowait()
            except queue.Empty:
                return

    def close(self) -> None:
        """Stops listening. May be called twice."""
        self._close()

    def __enter__(self) -> CallbackReceiver:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stops listening."""
        self.close()

    def __repr__(self) -> str:
        """The address, and how much has arrived; never the callbacks, which name students."""
        return f"<CallbackReceiver {self.url}, {len(self.received)} received>"

    def _answer(self, body: bytes) -> Reply | None:
        """The reply, if one can be made. Only then may `next` have the body, and count on the reply function's work."""
        reply = self.reply
        self.received.append(body)
        try:
            answer = reply(body) if callable(reply) else reply
        # An assertion, or `pytest.fail`, belongs to the test, not to this thread.
        except BaseException as error:
            self._arrived.put(error)
            return None
        self._arrived.put(body)
        return answer


class _Server(socketserver.ThreadingTCPServer):
    """The listening half. It does not keep the receiver alive: one that is forgotten is closed."""

    # `http.server.HTTPServer` would ask the resolver for the name of this machine.
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, answer: weakref.WeakMethod[Callable[[bytes], Reply | None]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self._process = os.getpid()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._serve, name="izly-callbacks", daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        # `serve_forever` looks up only now and then whether it is to end: each test would wait for that.
        while not self._is_stopping:
            self.handle_request()

    def verify_request(self, request: object, client_address: object) -> bool:
        return not self._is_stopping

    def stop(self) -> None:
        # A forked child has the socket, but not the thread: it would wait for it for ever.
        if self._process == os.getpid():
            self._is_stopping = True
            # Wakes the thread. If nobody can connect any more, it is awake.
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.server_address[1]), timeout=1).close()
            self._thread.join()
        self.server_close()


class _Handler(http.server.BaseHTTPRequestHandler):
    """One callback, on a connection of its own."""

    timeout = 30

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        answer = cast("_Server", self.server).answer()
        reply = None if answer is None else answer(body)
        if reply is None:
            self.send_error(500)
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the query of a callback is the partner's own business."""
