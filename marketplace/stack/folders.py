"""Folders, secrets and ports that outlive a start."""

import os
import pwd
import secrets
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from marketplace.stack.problems import CannotStart

SERVICE_ACCOUNTS: Final = ("marketplace", "postgres", "nobody")
ROOM_TO_START: Final = 300 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the system, as whom a server may run."""

    uid: int
    gid: int

    @classmethod
    def owner_of(cls, path: Path) -> Self:
        """Name the account that a file or folder belongs to."""
        status = path.stat()
        return cls(uid=status.st_uid, gid=status.st_gid)

    @classmethod
    def of_service(cls) -> Self:
        """Choose whom servers run as that refuse to run as root."""
        for name in SERVICE_ACCOUNTS:
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(uid=entry.pw_uid, gid=entry.pw_gid)
        raise CannotStart(f"PostgreSQL will not run as root: add a user named {SERVICE_ACCOUNTS[0]}, or start as one.")

    def can_reach(self, folder: Path) -> bool:
        """Whether this account may walk down to a folder."""
        return all(self._may_enter(step) for step in (folder, *folder.parents))

    def _may_enter(self, folder: Path) -> bool:
        status = folder.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & 0o100)
        if status.st_gid == self.gid:
            return bool(status.st_mode & 0o010)
        return bool(status.st_mode & 0o001)


def is_root() -> bool:
    """Whether we run as root."""
    return os.geteuid() == 0


def make_data_dir(folder: Path) -> Path:
    """Make the data folder, or say in one sentence why it cannot be used."""
    folder = folder.expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o711)
        probe = folder / f".written-by-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except FileExistsError:
        raise CannotStart(f"The data folder {folder} is a file: choose another with --data-dir.") from None
    except PermissionError:
        raise CannotStart(
            f"The data folder {folder} cannot be written by this user: "
            "start as its owner or choose another with --data-dir."
        ) from None
    except OSError as failed:
        raise CannotStart(f"The data folder {folder} cannot be used: {failed.strerror}.") from None
    return folder


def refuse_a_full_disk(folder: Path, *, needed: int = ROOM_TO_START) -> None:
    """Refuse to start where the data could not grow."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise CannotStart(
            f"The disk of {folder} is full: {free // 2**20} MB are free and {needed // 2**20} MB are needed; "
            "make room or choose another --data-dir."
        )


def refuse_a_busy_port(port: int, *, host: str) -> None:
    """Refuse to serve where somebody serves already: the system would deal the callers out between both."""
    if not is_free(port, host=host):
        raise CannotStart(f"Port {port} is taken by another program: stop it, or choose another with --port.")


def kept_secret(file: Path) -> str:
    """Read a secret of this installation, making it the first time; only its owner may read it."""
    if not file.exists():
        write_private(file, secrets.token_urlsafe(32))
    return file.read_text().strip()


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text)
    draft.replace(file)


def kept_port(file: Path) -> int:
    """Take the port of last time while it is free, so that addresses stay valid; else another."""
    try:
        port = int(file.read_text())
    except (FileNotFoundError, ValueError):
        port = 0
    if not port or not is_free(port):
        port = free_port()
        file.write_text(str(port))
    return port


def free_port() -> int:
    """Let the system name a free port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def is_free(port: int, *, host: str = "127.0.0.1") -> bool:
    """Whether nobody listens on a port."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError:
            return False
    return True
