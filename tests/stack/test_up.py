"""`marketplace up`: one command starts everything, and leaves nothing."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from marketplace.settings import Profile
from marketplace.stack import postgres
from marketplace.stack.folders import refuse_a_full_disk
from marketplace.stack.postgres import Cluster, home_of_cluster
from marketplace.stack.problems import CannotStart
from tests.stacks import PROJECT, RunningStack, clear, plain_environment, stack, up

pytestmark = [pytest.mark.stack, pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def running() -> Iterator[RunningStack]:
    """A stack without a demo world, shared by these tests."""
    started = stack(Profile.SAUDI, "--no-demo", variables={"MARKETPLACE_CLOCK": "movable"})
    yield started.start()
    clear(started)


def refusal(*command: str, **variables: str) -> str:
    """Run a start that must fail; gives its one sentence."""
    ran = subprocess.run(  # noqa: S603  our own command
        command, check=False, capture_output=True, text=True, env=plain_environment() | variables, cwd=PROJECT
    )
    assert ran.returncode == 1
    assert "Traceback" not in ran.stdout + ran.stderr
    return ran.stderr.strip()


def eventually(is_so: Callable[[], bool], *, within: float = 60.0) -> bool:
    end = time.monotonic() + within
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


class TestUp:
    def test_answers_on_one_port_and_says_where(self, running: RunningStack) -> None:
        assert running.get("/ping") == (200, '"pong"')
        assert "<html" in running.get("/")[1]
        assert f"Ready: http://localhost:{running.port}" in running.output

    def test_serves_as_a_role_that_cannot_change_tables(self, running: RunningStack) -> None:
        lines = (running.data_dir / "running.env").read_text().splitlines()
        urls = {line.partition("=")[0]: line.partition("=")[2] for line in lines}

        assert urls["DATABASE_URL"].startswith("postgresql+psycopg://marketplace_app:")
        assert urls["DATABASE_OWNER_URL"].startswith("postgresql+psycopg://marketplace:")
        assert (running.data_dir / "running.env").stat().st_mode & 0o777 == 0o600

    @pytest.mark.parametrize("words", ["granian", "marketplace.relay", "tasks.app worker", "tasks.app beat"])
    def test_tells_no_serving_process_the_address_of_the_owner(self, running: RunningStack, words: str) -> None:
        variables = Path(f"/proc/{running.pid_of(words)}/environ").read_text()

        assert "DATABASE_URL=postgresql+psycopg://marketplace_app:" in variables
        assert "DATABASE_OWNER_URL" not in variables

    @pytest.mark.parametrize(
        "words",
        ["granian", "marketplace.relay", "tasks.app worker", "tasks.app beat", "bin/postgres", "valkey-server"],
    )
    def test_starts_again_what_is_killed(self, running: RunningStack, words: str) -> None:
        killed = running.pid_of(words)

        running.kill(words)

        assert running.pid_of(words) != killed

    def test_moves_the_clock_from_beside(self, running: RunningStack) -> None:
        running.move_clock("1d12h")

        assert _scalar(running, "SELECT clock_offset_seconds FROM installations") == 36 * 60 * 60
        assert "✗" not in running.run("doctor")

    def test_is_found_healthy_by_the_doctor(self, running: RunningStack) -> None:
        told = running.run("doctor")

        assert [line[0] for line in told.splitlines()] == ["✓"] * 12

    def test_refuses_a_second_start_on_the_same_data(self, running: RunningStack) -> None:
        sentence = refusal(*up(running.port + 1, running.data_dir))

        assert sentence == (
            f"A marketplace already runs on {running.data_dir}: stop it first, or choose another --data-dir."
        )

    def test_refuses_a_port_that_is_taken(self, running: RunningStack, tmp_path: Path) -> None:
        sentence = refusal(*up(running.port, tmp_path / "data"))

        assert sentence == (f"Port {running.port} is taken by another program: stop it, or choose another with --port.")

    def test_leaves_no_process_and_starts_again_with_its_data(self) -> None:
        mine = stack(Profile.OKLAHOMA, "--no-demo")
        try:
            mine.start()
            _execute(mine, "CREATE TABLE kept AS SELECT 7 AS seven")

            assert mine.stop(by=signal.SIGINT) == 0
            assert mine.processes() == {}
            assert not (mine.data_dir / "running.env").exists()

            mine.start()
            assert _scalar(mine, "SELECT seven FROM kept") == 7
            assert mine.process is not None
            mine.process.kill()
            mine.process.wait()
            assert eventually(lambda: mine.processes() == {})
            assert_refuses_strange_data(mine)
        finally:
            clear(mine)


def assert_refuses_strange_data(finished: RunningStack) -> None:
    assert refusal(*up(finished.port, finished.data_dir, "--profile", "saudi")) == (
        f"The data in {finished.data_dir} is a marketplace of the profile oklahoma: "
        "start it with --profile oklahoma, or choose another --data-dir."
    )
    with (
        postgres.running(Cluster(home_of_cluster(finished.data_dir))) as cluster,
        psycopg.connect(cluster.owner_url) as db,
    ):
        db.execute("UPDATE alembic_version SET version_num = 'of_tomorrow'")
    assert refusal(*up(finished.port, finished.data_dir, "--profile", "oklahoma")) == (
        "The data was left by a newer release (its revision of_tomorrow is unknown here): "
        "start that release, or choose another --data-dir."
    )


class TestRefusals:
    def test_name_a_malformed_setting(self, tmp_path: Path) -> None:
        assert refusal(*up(1024, tmp_path), MARKETPLACE_PROFILE="mars") == (
            "The setting MARKETPLACE_PROFILE is malformed: input should be 'saudi' or 'oklahoma'."
        )

    def test_name_a_data_folder_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "data").touch()

        assert refusal(*up(1024, tmp_path / "data")) == (
            f"The data folder {tmp_path / 'data'} is a file: choose another with --data-dir."
        )

    def test_name_a_full_disk(self, tmp_path: Path) -> None:
        with pytest.raises(
            CannotStart, match=rf"^The disk of {tmp_path} is full: \d+ MB are free and \d+ MB are needed"
        ):
            refuse_a_full_disk(tmp_path, needed=2**60)


def _owner_url(running: RunningStack) -> str:
    lines = (running.data_dir / "running.env").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith("DATABASE_OWNER_URL="))
    return line.partition("=")[2].replace("+psycopg", "")


def _scalar(running: RunningStack, question: str) -> object:
    with psycopg.connect(_owner_url(running)) as db:
        row = db.execute(question.encode()).fetchone()
    return row[0] if row else None


def _execute(running: RunningStack, statement: str) -> None:
    with psycopg.connect(_owner_url(running)) as db:
        db.execute(statement.encode())
