"""The pages, built once for each state of what they depend on."""

from pathlib import Path

import pytest

from marketplace.settings import Environment, Profile
from marketplace.stack import frontend
from marketplace.stack.frontend import Frontend


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of a few files, in which nothing is built yet."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "home.py").write_text("home = 1\n")
    (tmp_path / "uv.lock").write_text("reflex 1\n")
    monkeypatch.setattr(frontend, "PROJECT", tmp_path)
    monkeypatch.setattr(frontend, "BUILDS", tmp_path / ".frontend")
    monkeypatch.setattr(frontend, "SOURCES", ("pages", "uv.lock"))
    return tmp_path


def pages_of(project: Path, profile: Profile = Profile.SAUDI) -> Frontend:
    return Frontend(profile, Environment.PRODUCTION, project / "pages.log")


class TestFrontend:
    def test_is_built_while_nothing_it_depends_on_changes(self, project: Path) -> None:
        pages = pages_of(project)
        assert not pages.is_built
        pages.folder.mkdir(parents=True)
        (pages.folder / "index.html").write_text("<html>")

        (project / "unrelated.py").write_text("anything")

        assert pages.is_built

    @pytest.mark.parametrize(
        ("file", "content"), [("pages/home.py", "home = 2\n"), ("pages/new.py", ""), ("uv.lock", "reflex 2\n")]
    )
    def test_is_built_anew_when_something_changes(self, project: Path, file: str, content: str) -> None:
        before = pages_of(project).folder

        (project / file).write_text(content)

        assert pages_of(project).folder != before

    def test_is_another_build_in_another_profile(self, project: Path) -> None:
        assert pages_of(project, Profile.SAUDI).folder.name.startswith("saudi-")
        assert pages_of(project, Profile.OKLAHOMA).folder.name.startswith("oklahoma-")

    def test_takes_no_notice_of_compiled_python(self, project: Path) -> None:
        before = pages_of(project).folder

        (project / "pages" / "__pycache__").mkdir()
        (project / "pages" / "__pycache__" / "home.pyc").write_bytes(b"\0")

        assert pages_of(project).folder == before
