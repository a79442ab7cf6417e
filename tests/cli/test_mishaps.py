"""What goes wrong on the command line is said in one sentence, with a non-zero exit and no traceback."""

import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from marketplace import bootstrap, cli
from marketplace.kernel.work import UnitOfWork
from marketplace.settings import installation, settings
from marketplace.stack.folders import free_port
from marketplace.stack.postgres import DATABASE, Cluster
from tests.factories.houses import Do, done, house
from tests.factories.people import make_store, make_vendor

__all__ = ["done", "house"]

Fails = Callable[..., str]

AWAY = "postgresql://nobody@127.0.0.1:1/none"


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    """Let each test begin and end as a process that has read no settings and opened no house yet."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    bootstrap.close()
    installation.cache_clear()
    settings.cache_clear()


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Fails:
    """Run a command that must fail; gives its one sentence."""

    def run(*words: str) -> str:
        monkeypatch.setattr("sys.argv", ["marketplace", *words])
        with pytest.raises(SystemExit) as left:
            cli.run()
        assert left.value.code not in {0, None}
        return capsys.readouterr().err.strip()

    return run


class TestDatabaseThatIsAway:
    @pytest.mark.parametrize("command", [("migrate",), ("flags", "list"), ("ledger", "agreement"), ("demo", "first")])
    def test_is_named_with_what_the_driver_said(
        self, monkeypatch: pytest.MonkeyPatch, fails: Fails, command: tuple[str, ...]
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", AWAY)

        sentence = fails(*command)

        assert sentence.startswith("The database does not answer: ")
        assert 'connection to server at "127.0.0.1", port 1 failed' in sentence
        assert "\n" not in sentence

    def test_stops_a_start_beside_it(self, monkeypatch: pytest.MonkeyPatch, fails: Fails, tmp_path: Path) -> None:
        monkeypatch.setenv("DATABASE_URL", AWAY)
        monkeypatch.setenv("MARKETPLACE_FRONTEND_DIR", str(tmp_path))

        sentence = fails("up", "--data-dir", str(tmp_path / "data"), "--port", str(free_port()))

        assert "The database does not answer: " in sentence


class TestTablesThatAreNotThere:
    @pytest.mark.parametrize("command", [("flags", "list"), ("limits", "list"), ("ledger", "agreement")])
    def test_are_to_be_made_first(
        self, monkeypatch: pytest.MonkeyPatch, cluster: Cluster, fails: Fails, command: tuple[str, ...]
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", f"{cluster.owner_url.removesuffix(DATABASE)}postgres")

        assert fails(*command) == "The tables are those of an older release: run `marketplace migrate`."

    def test_are_not_made_by_the_role_that_serves(
        self, monkeypatch: pytest.MonkeyPatch, cluster: Cluster, fails: Fails
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", f"{cluster.serving_url.removesuffix(DATABASE)}postgres")

        sentence = fails("migrate")

        assert sentence.startswith("The role may not do this (permission denied for ")
        assert sentence.endswith("name the owner of the database in DATABASE_OWNER_URL.")


class TestPlacesThatCannotBeUsed:
    def test_are_named_before_pages_are_built(self, fails: Fails, tmp_path: Path) -> None:
        taken = tmp_path / "taken"
        taken.touch()

        assert fails("pages", str(taken)) == f"{taken} cannot be used: File exists."

    def test_are_named_before_a_file_is_brought_in(self, done: Do, fails: Fails, tmp_path: Path) -> None:
        vendor = done(_slug_of_vendor)
        goods = tmp_path / "goods.csv"
        goods.write_text("title,category,price,stock\n")

        sentence = fails("catalog", "import", str(goods), "--vendor", vendor, "--results", str(tmp_path))

        assert sentence == f"{tmp_path} cannot be used: Is a directory."

    def test_are_a_disk_that_is_full(self, done: Do, fails: Fails, tmp_path: Path) -> None:
        goods = tmp_path / "goods.csv"
        goods.write_text("title,category,price,stock\n" + "Kettle,none,1,1\n" * 2_000)
        into = ("--results", "/dev/full", "--dry-run")

        sentence = fails("catalog", "import", str(goods), "--vendor", done(_slug_of_vendor), *into)

        assert sentence == "The disk is full: a file could not be written; make room and start again."

    def test_are_named_where_a_folder_is_copied_to_them(self) -> None:
        failed = shutil.Error([("/from/a.js", "/to/a.js", "[Errno 28] No space left on device: '/from' -> '/to'")])

        assert cli.said_of_files(failed) == "/to/a.js cannot be used: No space left on device."

    def test_are_a_folder_without_pages(self, monkeypatch: pytest.MonkeyPatch, fails: Fails, tmp_path: Path) -> None:
        monkeypatch.setenv("MARKETPLACE_FRONTEND_DIR", str(tmp_path))

        sentence = fails("web", "--port", str(free_port()))

        assert sentence.startswith(f"There are no pages in {tmp_path}: build them with `marketplace pages FOLDER`")

    def test_are_no_ports_where_somebody_serves_already(self, fails: Fails) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]

            sentence = fails("web", "--port", str(port))

        assert sentence == f"Port {port} is taken by another program: stop it, or choose another with --port."


class TestWordsThatMeanNothing:
    def test_are_a_span_longer_than_a_clock_can_tell(self, fails: Fails) -> None:
        assert "Move it by 3650 days at most." in fails("clock", "advance", "99999999999999d")

    def test_are_a_revision_that_nobody_wrote(self, fails: Fails) -> None:
        assert fails("migration", "rebase", "abcdef").startswith("There is nothing to put abcdef on: the heads are ")

    def test_are_a_store_that_only_buys(self, done: Do, fails: Fails, tmp_path: Path) -> None:
        goods = tmp_path / "goods.csv"
        goods.write_text("title,category,price,stock\n")

        sentence = fails("catalog", "import", str(goods), "--vendor", done(_slug_of_buyer))

        assert sentence == "That store only buys: name one that sells."


def _slug_of_vendor(uow: UnitOfWork) -> str:
    return make_vendor(uow).slug


def _slug_of_buyer(uow: UnitOfWork) -> str:
    return make_store(uow)[1].slug
