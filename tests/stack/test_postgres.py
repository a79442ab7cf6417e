"""The PostgreSQL we bring along."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest

from marketplace.stack import postgres
from marketplace.stack.folders import is_root
from marketplace.stack.postgres import Cluster, home_of_cluster, running
from marketplace.stack.problems import CannotStart
from marketplace.stack.processes import launch, stop, wait_for

needs_root = pytest.mark.skipif(not is_root(), reason="root runs its server as another user; others cannot")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may walk into, unlike pytest's own."""
    folder = Path(mkdtemp(prefix="marketplace-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder that is closed to all but its owner."""
    folder = Path(mkdtemp(prefix="marketplace-"))
    yield folder
    shutil.rmtree(folder)


class TestRunning:
    def test_keeps_data_and_address_over_a_restart(self, open_folder: Path) -> None:
        with running(Cluster(open_folder / "postgres")) as first, psycopg.connect(first.owner_url) as db:
            db.execute("CREATE TABLE kept (word text)")
            db.execute("INSERT INTO kept VALUES ('still here')")

        with running(Cluster(open_folder / "postgres")) as second, psycopg.connect(second.owner_url) as db:
            assert db.execute("SELECT word FROM kept").fetchall() == [("still here",)]

        assert second.owner_url == first.owner_url

    def test_serves_by_a_role_that_is_no_superuser(self, open_folder: Path) -> None:
        with running(Cluster(open_folder / "postgres")) as cluster, psycopg.connect(cluster.serving_url) as db:
            role = db.execute("SELECT rolname, rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()

        assert role == ("marketplace_app", False)

    def test_commits_to_the_disk(self, open_folder: Path) -> None:
        with running(Cluster(open_folder / "postgres")) as cluster, psycopg.connect(cluster.serving_url) as db:
            assert db.execute("SHOW synchronous_commit").fetchone() == ("on",)
            assert db.execute("SHOW fsync").fetchone() == ("on",)

    def test_lets_nobody_in_without_the_password(self, open_folder: Path) -> None:
        with running(Cluster(open_folder / "postgres")) as cluster:
            address = cluster.owner_url.split("@")[1]

            with pytest.raises(psycopg.OperationalError, match="password"):
                psycopg.connect(f"postgresql://marketplace:guess@{address}")

    def test_hides_its_passwords_from_other_users(self, open_folder: Path) -> None:
        with running(Cluster(open_folder / "postgres")):
            passwords = sorted((open_folder / "postgres").glob("*-password"))

            assert [file.name for file in passwords] == ["owner-password", "serving-password"]
            assert {file.stat().st_mode & 0o777 for file in passwords} == {0o600}
            assert {file.stat().st_uid for file in passwords} == {os.geteuid()}

    def test_survives_a_kill_with_what_was_committed(self, open_folder: Path) -> None:
        cluster = Cluster(open_folder / "postgres")
        program = cluster.prepare()
        process = launch(program)
        assert wait_for(cluster.is_ready, process, within=30)
        cluster.settle()
        with psycopg.connect(cluster.owner_url) as db:
            db.execute("CREATE TABLE kept AS SELECT 7 AS seven")

        process.send_signal(signal.SIGKILL)
        process.wait()

        with running(Cluster(open_folder / "postgres")) as again, psycopg.connect(again.owner_url) as db:
            assert db.execute("SELECT seven FROM kept").fetchone() == (7,)

    def test_ends_a_server_whose_supervisor_is_gone(self, open_folder: Path) -> None:
        orphaned = Cluster(open_folder / "postgres")
        program = orphaned.prepare()
        process = launch(program)
        assert wait_for(orphaned.is_ready, process, within=30)

        with running(Cluster(open_folder / "postgres")) as cluster:
            assert cluster.is_ready()
            assert process.wait(5) == 0

        stop(process, program)

    def test_forgets_a_pid_that_belongs_to_somebody_else_by_now(self, open_folder: Path) -> None:
        with running(Cluster(open_folder / "postgres")) as cluster:
            note = cluster.data / "postmaster.pid"
            lines = note.read_text().splitlines()
        note.write_text("\n".join([str(os.getpid()), *lines[1:]]))

        with running(Cluster(open_folder / "postgres")) as cluster:
            assert cluster.is_ready()

    def test_wipes_a_cluster_that_was_only_half_made(self, open_folder: Path) -> None:
        half = open_folder / "postgres" / "data"
        half.mkdir(parents=True)
        (half / "PG_VERSION").write_text("18\n")

        with running(Cluster(open_folder / "postgres")) as cluster:
            assert cluster.is_ready()

    def test_refuses_data_of_another_major_version(self, open_folder: Path) -> None:
        with running(Cluster(open_folder / "postgres")) as cluster:
            pass
        (cluster.data / "PG_VERSION").write_text("21\n")

        with pytest.raises(CannotStart, match=r"was made by PostgreSQL 21 and this is 18: start the release"):
            Cluster(open_folder / "postgres").prepare()

    def test_says_in_a_sentence_that_the_binaries_are_missing(self, open_folder: Path) -> None:
        cluster = Cluster(open_folder / "postgres", binaries=open_folder)

        with pytest.raises(CannotStart, match=f"^There is no PostgreSQL in {open_folder}: initdb is missing"):
            cluster.prepare()


class TestHomeOfCluster:
    def test_is_inside_a_folder_that_its_server_can_reach(self, open_folder: Path) -> None:
        assert home_of_cluster(open_folder) == open_folder / "postgres"

    @needs_root
    def test_is_elsewhere_for_a_folder_closed_to_all_but_root_and_remembered(
        self, closed_folder: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(postgres, "CLUSTERS", open_folder / "clusters")

        home = home_of_cluster(closed_folder)

        assert home.parent == open_folder / "clusters"
        assert home_of_cluster(closed_folder) == home
        assert (home / "belongs-to").read_text().strip() == str(closed_folder)
        with running(Cluster(home)) as cluster:
            assert cluster.is_ready()
