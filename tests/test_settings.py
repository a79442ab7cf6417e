"""Settings: read once, refused in one sentence that names the setting and never its value."""

from pathlib import Path

import pytest

from marketplace.settings import (
    BadSetting,
    Installation,
    Settings,
    _read,
    unknown_settings,
    variable_name,
    variables_of,
)

NEEDED = {
    "DATABASE_URL": "postgres://marketplace_app:word@db.example/marketplace",
    "REDIS_URL": "redis://cache.example/0",
    "MARKETPLACE_SECRET_KEY": "k" * 32,
}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for field in Installation.model_fields:
        monkeypatch.delenv(variable_name(field), raising=False)
    monkeypatch.chdir(tmp_path)


def declare(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


class TestInstallation:
    def test_is_a_saudi_production_without_demo_unless_told(self) -> None:
        declared = _read(Installation)

        assert (declared.profile, declared.environment, declared.demo) == ("saudi", "production", False)
        assert declared.database_url is None

    def test_reads_a_dot_env_file_of_the_working_folder(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("MARKETPLACE_PROFILE=oklahoma\nDATABASE_URL=postgresql://a:b@c/d\n")

        declared = _read(Installation)

        assert declared.profile == "oklahoma"
        assert declared.database_url == "postgresql+psycopg://a:b@c/d"

    def test_splits_other_origins_at_commas(self, monkeypatch: pytest.MonkeyPatch) -> None:
        declare(
            monkeypatch,
            MARKETPLACE_PUBLIC_URL="https://shop.example/",
            MARKETPLACE_OTHER_ORIGINS="http://a.example, http://b.example",
        )

        assert _read(Installation).origins == ("https://shop.example", "http://a.example", "http://b.example")

    @pytest.mark.parametrize(
        ("variables", "sentence"),
        [
            (
                {"MARKETPLACE_PROFILE": "mars-7"},
                "The setting MARKETPLACE_PROFILE is malformed: input should be 'saudi' or 'oklahoma'.",
            ),
            (
                {"DATABASE_URL": "mysql://mars-7/x"},
                "The setting DATABASE_URL is malformed: must look like postgresql://user:password@host:5432/database.",
            ),
            (
                {"REDIS_URL": "mars-7"},
                "The setting REDIS_URL is malformed: must look like redis://:password@host:6379/0.",
            ),
            (
                {"MARKETPLACE_SECRET_KEY": "mars-7"},
                "The setting MARKETPLACE_SECRET_KEY is malformed: must have at least 32 characters.",
            ),
            (
                {"MARKETPLACE_PUBLIC_URL": "mars-7"},
                "The setting MARKETPLACE_PUBLIC_URL is malformed: must begin with http:// or https://.",
            ),
            (
                {"DATABASE_URL": "postgresql://a:b@db.example:mars-7/x"},
                "The setting DATABASE_URL is malformed: must look like postgresql://user:password@host:5432/database.",
            ),
            (
                {"REDIS_URL": "redis://cache.example:mars-7/0"},
                "The setting REDIS_URL is malformed: must look like redis://:password@host:6379/0.",
            ),
            (
                {"MARKETPLACE_PUBLIC_URL": "https://shop.example/mars-7"},
                (
                    "The setting MARKETPLACE_PUBLIC_URL is malformed: must be an origin, such as https://shop.example: "
                    "a host, a port at most, and no path."
                ),
            ),
            (
                {"MARKETPLACE_PUBLIC_URL": "https://"},
                (
                    "The setting MARKETPLACE_PUBLIC_URL is malformed: must be an origin, such as https://shop.example: "
                    "a host, a port at most, and no path."
                ),
            ),
            (
                {"MARKETPLACE_OTHER_ORIGINS": "https://a.example, mars-7"},
                "The setting MARKETPLACE_OTHER_ORIGINS is malformed: must begin with http:// or https://.",
            ),
            (
                {"MARKETPLACE_WEB_WORKERS": "-7"},
                "The setting MARKETPLACE_WEB_WORKERS is malformed: input should be greater than or equal to 1.",
            ),
            (
                {"MARKETPLACE_OBJECTS": "gcs"},
                "MARKETPLACE_OBJECTS_BUCKET must name the bucket when MARKETPLACE_OBJECTS is gcs.",
            ),
        ],
    )
    def test_refuses_a_malformed_setting_by_its_name_alone(
        self, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], sentence: str
    ) -> None:
        declare(monkeypatch, **variables)

        with pytest.raises(BadSetting) as refused:
            _read(Installation)

        assert str(refused.value) == sentence
        assert "mars-7" not in str(refused.value)

    def test_never_prints_its_secrets(self, monkeypatch: pytest.MonkeyPatch) -> None:
        declare(monkeypatch, **NEEDED)

        printed = repr(_read(Settings))

        assert "word" not in printed
        assert "k" * 32 not in printed


class TestSettings:
    @pytest.mark.parametrize("missing", sorted(NEEDED))
    def test_stops_at_boot_without_what_it_needs(self, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
        declare(monkeypatch, **{name: value for name, value in NEEDED.items() if name != missing})

        with pytest.raises(BadSetting, match=f"^The setting {missing} is missing\\.$"):
            _read(Settings)

    @pytest.mark.parametrize(
        ("variables", "sentence"),
        [
            (
                {"MARKETPLACE_CLOCK": "movable"},
                "MARKETPLACE_CLOCK cannot be movable in production: real people's deadlines hang on it.",
            ),
            (
                {"MARKETPLACE_DEMO": "true"},
                "MARKETPLACE_DEMO_PASSWORD must be set to one of your own before the demo runs in production.",
            ),
        ],
    )
    def test_refuses_in_production_what_is_a_toy(
        self, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], sentence: str
    ) -> None:
        declare(monkeypatch, **NEEDED, **variables)

        with pytest.raises(BadSetting) as refused:
            _read(Settings)

        assert str(refused.value) == sentence

    def test_writes_itself_as_the_variables_it_is_read_from(self, monkeypatch: pytest.MonkeyPatch) -> None:
        declare(monkeypatch, **NEEDED, MARKETPLACE_OTHER_ORIGINS="http://a.example,http://b.example")
        read = _read(Settings)

        declare(monkeypatch, **variables_of(read))

        assert _read(Settings) == read

    def test_reads_and_migrates_where_it_writes_unless_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        declare(monkeypatch, **NEEDED)

        read = _read(Settings)

        assert read.reading_url == read.owner_url == "postgresql+psycopg://marketplace_app:word@db.example/marketplace"

    def test_reads_from_a_replica_and_migrates_as_the_owner(self, monkeypatch: pytest.MonkeyPatch) -> None:
        declare(monkeypatch, **NEEDED, DATABASE_READ_URL="postgres://r/m", DATABASE_OWNER_URL="postgresql://owner@db/m")

        read = _read(Settings)

        assert read.reading_url == "postgresql+psycopg://r/m"
        assert read.owner_url == "postgresql+psycopg://owner@db/m"


class TestUnknownSettings:
    def test_lists_what_is_misspelt(self, monkeypatch: pytest.MonkeyPatch) -> None:
        declare(monkeypatch, MARKETPLACE_PROFIEL="saudi", MARKETPLACE_PROFILE="saudi")

        assert unknown_settings() == ("MARKETPLACE_PROFIEL",)
