"""A socket and nothing around it: what a read costs when nobody looks after anything."""

from __future__ import annotations

import socket
import struct

import wire

HOST_AND_PORT = wire.base_url().rpartition("//")[2]


class Connection:
    """One connection, kept alive."""

    def __init__(self) -> None:
        host, _, port = HOST_AND_PORT.partition(":")
        self.socket = socket.create_connection((host, int(port)), wire.CONNECT_TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # The system watches the time. Python's own way would ask before each read whether there is anything to read.
        self.socket.settimeout(None)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", wire.DEADLINE, 0))
        if wire.is_tls():
            self.socket = over_tls(self.socket, host)
        self.request = request()

    def read(self) -> int:
        """One request, one answer; the length of the body."""
        receive = self.socket.recv
        self.socket.sendall(self.request)
        head, _, body = receive(65536).partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200 "):
            raise RuntimeError(f"answered with {head!r}")
        length = int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])
        while len(body) < length:
            part = receive(65536)
            if not part:
                raise RuntimeError("the connection ended early")
            body += part
        return len(body)


def over_tls(connection: socket.socket, host: str) -> socket.socket:
    """The same, encrypted."""
    import ssl

    return ssl.create_default_context(cafile=wire.ca_file()).wrap_socket(connection, server_hostname=host)


def request() -> bytes:
    """All of it, in one piece."""
    lines = [f"{name}: {value}\r\n" for name, value in wire.headers().items()]
    path = wire.read_url().removeprefix(wire.base_url())
    return f"GET {path} HTTP/1.1\r\nhost: {HOST_AND_PORT}\r\n{''.join(lines)}\r\n".encode()
