"""What the doctor says of installations in which something is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace import bootstrap
from marketplace.settings import installation, settings, variable_name
from marketplace.stack.doctor import Finding, examine
from marketplace.stack.postgres import DATABASE, Cluster


@pytest.fixture(autouse=True)
def _read_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for field in ("database_url", "redis_url"):
        monkeypatch.delenv(variable_name(field), raising=False)
    monkeypatch.setenv("MARKETPLACE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    installation.cache_clear()
    settings.cache_clear()
    yield
    installation.cache_clear()
    settings.cache_clear()


def problems() -> dict[str, str]:
    return {finding.about: finding.problem for finding in examine() if finding.problem}


class TestExamine:
    def test_says_that_nothing_runs(self) -> None:
        assert problems()["processes"] == "The marketplace does not run: start it with `marketplace up`."

    def test_names_a_misspelt_setting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MARKETPLACE_PROFIEL", "saudi")

        assert problems()["settings"] == "MARKETPLACE_PROFIEL: no setting has this name, so it does nothing."

    def test_looks_no_further_than_a_malformed_setting(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MARKETPLACE_PROFILE", "mars")

        assert list(examine()) == [
            Finding("settings", "The setting MARKETPLACE_PROFILE is malformed: input should be 'saudi' or 'oklahoma'.")
        ]

    def test_minds_secrets_that_others_can_read(self, tmp_path: Path) -> None:
        (tmp_path / "data").mkdir()
        key = tmp_path / "data" / "secret-key"
        key.touch(mode=0o644)

        assert problems()["data folder"] == f"{key} can be read by other users: run `chmod 600 {key}`."

    def test_names_a_database_and_a_redis_that_do_not_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
        monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
        monkeypatch.setenv("MARKETPLACE_SECRET_KEY", "k" * 32)
        monkeypatch.setenv("MARKETPLACE_PUBLIC_URL", "http://127.0.0.1:1")

        found = problems()

        assert found["database"].startswith("The database refused to be asked: connection failed")
        assert found["redis"].startswith("Redis at REDIS_URL does not answer: Error 111 connecting to 127.0.0.1:1")
        assert found["web"].startswith("http://127.0.0.1:1/readyz does not answer as it should: ")
        assert "migrations" not in found

    def test_names_a_replica_that_does_not_answer(self, monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
        monkeypatch.setenv("DATABASE_URL", database_url)
        monkeypatch.setenv("DATABASE_READ_URL", "postgresql://nobody@127.0.0.1:1/none")
        monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
        monkeypatch.setenv("MARKETPLACE_SECRET_KEY", "k" * 32)
        monkeypatch.setenv("MARKETPLACE_PUBLIC_URL", "http://127.0.0.1:1")

        found = problems()

        assert found["replica"].startswith("The database refused to be asked: connection failed")
        assert "database" not in found

    def test_names_files_that_it_may_not_keep(
        self, monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path
    ) -> None:
        bootstrap.close()
        monkeypatch.setenv("DATABASE_URL", database_url)
        monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
        monkeypatch.setenv("MARKETPLACE_SECRET_KEY", "k" * 32)
        monkeypatch.setenv("MARKETPLACE_PUBLIC_URL", "http://127.0.0.1:1")
        monkeypatch.setenv("MARKETPLACE_OBJECTS", "gcs")
        monkeypatch.setenv("MARKETPLACE_OBJECTS_BUCKET", "pictures")
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "nothing.json"))

        found = problems()

        assert found["files"].startswith("This machine has no credentials for Google Cloud Storage: ")
        assert not {"events", "schedule"} & set(found)

    def test_goes_on_where_the_tables_are_not_there_yet(
        self, monkeypatch: pytest.MonkeyPatch, cluster: Cluster
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", f"{cluster.owner_url.removesuffix(DATABASE)}postgres")
        monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
        monkeypatch.setenv("MARKETPLACE_SECRET_KEY", "k" * 32)
        monkeypatch.setenv("MARKETPLACE_PUBLIC_URL", "http://127.0.0.1:1")

        found = problems()

        assert found["migrations"] == "The tables are those of an older release: run `marketplace migrate`."
        assert found["web"].startswith("http://127.0.0.1:1/readyz")
        assert not {"database", "roles", "events", "schedule"} & set(found)

    def test_names_a_folder_without_pages(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("MARKETPLACE_FRONTEND_DIR", str(tmp_path))

        assert problems()["pages"] == f"MARKETPLACE_FRONTEND_DIR names {tmp_path}, which holds no pages."
