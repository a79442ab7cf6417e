"""Settings: the only reader of the environment.

`Installation` is what an operator declares; `Settings` is what a serving process cannot do without.
`marketplace up` reads the first, starts what is missing, and hands the second to the processes it starts.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DEMO_PASSWORD: Final = "market-demo-2026"  # noqa: S105  the password of people who do not exist, printed at the start
SHORTEST_SECRET: Final = 32
PREFIX: Final = "MARKETPLACE_"
RUNNING: Final = "running.env"
"""The file of the data folder in which a running stack says where its servers are."""


class Profile(StrEnum):
    """Which country's marketplace this is."""

    SAUDI = "saudi"
    OKLAHOMA = "oklahoma"


class Environment(StrEnum):
    """Whether real people rely on this installation."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Clock(StrEnum):
    """Whether time may be moved."""

    REAL = "real"
    MOVABLE = "movable"


class ObjectStore(StrEnum):
    """Where pictures and files are kept."""

    FOLDER = "folder"
    GCS = "gcs"


class BadSetting(Exception):  # noqa: N818  it is a sentence for the operator, not a traceback
    """A setting is missing or malformed; says which and what it must be, never what it was."""


def _postgres_url(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    is_ours = scheme in {"postgres", "postgresql", "postgresql+psycopg"} and separator and "/" in rest
    if not is_ours or not _has_a_port_or_none(url):
        raise ValueError("must look like postgresql://user:password@host:5432/database")
    return f"postgresql+psycopg://{rest}"


def _redis_url(url: str) -> str:
    if not url.startswith(("redis://", "rediss://")) or not _has_a_port_or_none(url):
        raise ValueError("must look like redis://:password@host:6379/0")
    return url


def _web_url(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    origin = url.rstrip("/")
    host = urlsplit(origin).netloc
    if not host or origin.partition("://")[2] != host or not _has_a_port_or_none(origin):
        raise ValueError("must be an origin, such as https://shop.example: a host, a port at most, and no path")
    return origin


def _has_a_port_or_none(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _email(address: str) -> str:
    name, at, host = address.strip().partition("@")
    if not name or not at or "." not in host:
        raise ValueError("must look like help@example.com")
    return address.strip()


def _secret(key: str) -> str:
    if len(key) < SHORTEST_SECRET:
        raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
    return key


PostgresUrl = Annotated[str, AfterValidator(_postgres_url)]
RedisUrl = Annotated[str, AfterValidator(_redis_url)]
WebUrl = Annotated[str, AfterValidator(_web_url)]
EmailAddress = Annotated[str, AfterValidator(_email)]
SecretKey = Annotated[str, AfterValidator(_secret)]


def _plain(name: str) -> Any:  # noqa: ANN401  pydantic's own Field returns Any
    return Field(default=None, validation_alias=name, repr=False)


def default_data_dir() -> Path:
    """Where data lives unless somebody says otherwise: a system folder for root, the working folder for others."""
    return Path("/var/lib/marketplace") if os.geteuid() == 0 else Path(".data").absolute()


class Installation(BaseSettings):
    """What an operator declares of an installation; everything has a default or may be left out."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    profile: Profile = Profile.SAUDI
    environment: Environment = Environment.PRODUCTION
    clock: Clock = Clock.REAL
    data_dir: Path = Field(default_factory=default_data_dir)

    database_url: PostgresUrl | None = _plain("DATABASE_URL")
    database_read_url: PostgresUrl | None = _plain("DATABASE_READ_URL")
    database_owner_url: PostgresUrl | None = _plain("DATABASE_OWNER_URL")
    redis_url: RedisUrl | None = _plain("REDIS_URL")

    secret_key: SecretKey | None = Field(default=None, repr=False)
    public_url: WebUrl = "http://localhost:8000"
    other_origins: Annotated[tuple[WebUrl, ...], NoDecode] = ()
    proxy_hops: int = Field(default=0, ge=0, le=5)

    contact_email: EmailAddress | None = None

    demo: bool = False
    demo_password: str = Field(default=DEMO_PASSWORD, min_length=8, repr=False)

    objects: ObjectStore = ObjectStore.FOLDER
    objects_bucket: str | None = None
    frontend_dir: Path | None = None
    ready_file: Path | None = None

    web_workers: int = Field(default=2, ge=1, le=64)
    task_workers: int = Field(default=2, ge=1, le=64)
    threads: int = Field(default=10, ge=1, le=200)
    write_pool: int = Field(default=5, ge=1, le=100)
    read_pool: int = Field(default=5, ge=1, le=100)
    keeps_answers: bool = True
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    metrics_token: str | None = Field(default=None, min_length=16, repr=False)

    postgres_bin: Path | None = None
    chromium: Path | None = None

    @field_validator("other_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: object) -> object:
        return tuple(filter(None, (part.strip() for part in value.split(",")))) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _names_its_bucket(self) -> Self:
        if self.objects is ObjectStore.GCS and not self.objects_bucket:
            raise ValueError(f"{PREFIX}OBJECTS_BUCKET must name the bucket when {PREFIX}OBJECTS is gcs.")
        return self

    @property
    def origins(self) -> tuple[str, ...]:
        """The exact origins whose browsers may speak to us."""
        return (self.public_url, *self.other_origins)

    @property
    def objects_dir(self) -> Path:
        """Where the folder store keeps its files."""
        return self.data_dir / "objects"


class Settings(Installation):
    """What a serving process needs: nothing is guessed, so a missing setting stops it at boot."""

    database_url: PostgresUrl = Field(validation_alias="DATABASE_URL", repr=False)
    redis_url: RedisUrl = Field(validation_alias="REDIS_URL", repr=False)
    secret_key: SecretKey = Field(repr=False)

    @model_validator(mode="after")
    def _is_safe_in_production(self) -> Self:
        if self.environment is not Environment.PRODUCTION:
            return self
        if self.clock is Clock.MOVABLE:
            raise ValueError(f"{PREFIX}CLOCK cannot be movable in production: real people's deadlines hang on it.")
        if self.demo and self.demo_password == DEMO_PASSWORD:
            raise ValueError(
                f"{PREFIX}DEMO_PASSWORD must be set to one of your own before the demo runs in production."
            )
        return self

    @property
    def reading_url(self) -> str:
        """The database that answers questions: a replica, or the one that writes."""
        return self.database_read_url or self.database_url

    @property
    def owner_url(self) -> str:
        """The database as its owner, who migrates."""
        return self.database_owner_url or self.database_url


@cache
def settings() -> Settings:
    """Give the settings of this process, read once.

    A stack that runs leaves its addresses in its data folder, so that a command beside it finds it; who was told an
    address does not look there.
    """
    declared = installation()
    return _read(Settings, beside=None if declared.database_url else declared.data_dir / RUNNING)


@cache
def installation() -> Installation:
    """Give what is declared of this installation, read once."""
    return _read(Installation)


def completed(declared: Installation, **resolved: Any) -> Settings:  # noqa: ANN401  one value for each field
    """Add to what was declared what the start command has found out or made."""
    with _in_a_sentence():
        return Settings(**{**declared.model_dump(), **resolved})


def variables_of(chosen: Settings) -> dict[str, str]:
    """Write settings as the variables they are read from, for a process that we start."""
    values = ((variable_name(field), getattr(chosen, field)) for field in Settings.model_fields)
    return {name: _written(value) for name, value in values if value is not None}


def inherited_environment() -> dict[str, str]:
    """Copy the environment for a process that we start.

    Ours start many times and import much: compiled modules are kept, even where the caller's shell says otherwise.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def unknown_settings() -> tuple[str, ...]:
    """List the variables that begin like ours and mean nothing to us: most likely misspelt."""
    known = {variable_name(field) for field in Installation.model_fields}
    return tuple(sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known))


def variable_name(field: str) -> str:
    """Name the environment variable that a field is read from."""
    alias = Installation.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"{PREFIX}{field.upper()}"


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


_Declared = TypeVar("_Declared", bound=Installation)


def _read(kind: type[_Declared], *, beside: Path | None = None) -> _Declared:
    with _in_a_sentence():
        return kind(_env_file=(".env", beside) if beside else ".env")


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    try:
        yield
    except ValidationError as invalid:
        raise BadSetting(_sentence(invalid.errors(include_input=False, include_url=False)[0])) from None


def _sentence(problem: Any) -> str:  # noqa: ANN401  pydantic's ErrorDetails, a TypedDict with optional parts
    reason = problem["msg"].removeprefix("Value error, ")
    if not problem["loc"]:
        return str(reason)
    name = str(problem["loc"][0])
    variable = variable_name(name) if name in Installation.model_fields else name
    if problem["type"] == "missing":
        return f"The setting {variable} is missing."
    return f"The setting {variable} is malformed: {reason[:1].lower()}{reason[1:].rstrip('.')}."
