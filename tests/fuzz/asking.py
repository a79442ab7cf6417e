"""Asks every operation of the document, by everybody, with what is made up and with what is real."""

import uuid
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from typing import Any, Final

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from marketplace.rest.access import keys
from tests.factories.houses import forget_rates
from tests.fuzz.knowing import CREDENTIALS, Item, Knowing, Speaker
from tests.fuzz.world import World

CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
LAST: Final = ("DELETE", "suspend", "cancel", "logout")
"""What takes away what others ask about, in the order in which that hurts least."""

REAL: Final = 0.7
"""How often an id or a value is a real one."""

ALLOWED: Final = 0.7
"""How often somebody asks whose role includes it."""

VISITOR: Final = "visitor"


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer that breaks the contract."""

    operation: str
    title: str
    who: str
    said: str

    def __str__(self) -> str:
        return f"{self.operation} as {self.who}: {self.title}: {self.said}"


@dataclass
class Findings:
    """What came back."""

    answers: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    asked_by: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    faults: dict[tuple[str, str], Fault] = field(default_factory=dict)

    def note(self, fault: Fault) -> None:
        """Keep the first fault of its kind."""
        self.faults.setdefault((fault.operation, fault.title), fault)

    @property
    def unreached(self) -> list[str]:
        """Operations that never said yes."""
        return [name for name, statuses in self.answers.items() if not any(200 <= status < 300 for status in statuses)]


@dataclass
class Asking:
    """One walk over all operations of an application."""

    client: TestClient
    world: World
    cases: int
    seed: int = 1
    found: Findings = field(default_factory=Findings)
    read: dict[tuple[str, str], list[Item]] = field(default_factory=dict)
    chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)  # noqa: S311 (the same walk every time)

    def walk(self) -> Findings:
        """Ask everything."""
        load_all_checks()
        document = schemathesis.openapi.from_asgi("/openapi.json", self.client.app)
        operations: list[Any] = [result.ok() for result in document.get_all_operations()]  # type: ignore[union-attr]  # our document is sound
        for operation in sorted(operations, key=lambda one: _rank(one.label)):
            for mode in GenerationMode:
                self._try(operation, mode)
        return self.found

    def _try(self, operation: Any, mode: GenerationMode) -> None:  # noqa: ANN401 (Schemathesis's)
        @seed(self.seed)
        @settings(
            max_examples=self.cases,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:  # noqa: ANN401 (Schemathesis's)
            self._ask(case)

        self.read.clear()
        with suppress(Unsatisfiable):  # where there is nothing that the operation would not take
            ask()

    def _ask(self, case: Any) -> None:  # noqa: ANN401 (Schemathesis's)
        forget_rates()
        label, who = case.operation.label, self._who(case.operation)
        knowing = Knowing.of(Speaker(self.client, self.world, who, self.read), case.path, self.chance)
        self._know_better(case, knowing)
        headers = self.world.headers(who)
        if self.chance.random() < REAL:
            headers["Idempotency-Key"] = str(uuid.UUID(int=self.chance.getrandbits(128)))
        forget_rates()
        self.found.asked_by[who] += 1
        try:
            answer = case.call(headers=headers)
        except Exception as error:  # noqa: BLE001  (whatever escapes the application is what we are looking for)
            self.found.note(Fault(label, "Server error", who, f"{error!r} to {case!r:.600}"))
            self.found.answers[label][HTTPStatus.INTERNAL_SERVER_ERROR] += 1
        else:
            self.found.answers[label][answer.status_code] += 1
            self._judge(case, answer, who)

    def _who(self, operation: Any) -> str:  # noqa: ANN401 (Schemathesis's)
        everybody = [*self.world.people, VISITOR]
        access = operation.definition.raw.get("x-access", "")
        allowed = [who for who, standing in self.world.people.items() if access in _may(standing)] or everybody
        return self.chance.choice(allowed if self.chance.random() < ALLOWED else everybody)

    def _know_better(self, case: Any, knowing: Knowing) -> None:  # noqa: ANN401 (Schemathesis's)
        for name in case.path_parameters:
            real = knowing.named(name)
            if real is not None and self.chance.random() < REAL:
                case.path_parameters[name] = real
        if isinstance(case.body, dict) and self.chance.random() < REAL:
            known = CREDENTIALS.get(case.operation.label)
            case.body = knowing.filled(case.body) | (dict(known(self.chance)) if known else {})

    def _judge(self, case: Any, answer: Any, who: str) -> None:  # noqa: ANN401 (Schemathesis's)
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            for failure in group.exceptions:
                title = str(getattr(failure, "title", type(failure).__name__))
                said = f"{answer.status_code} {answer.text[:300]} to {case!r:.600}"
                self.found.note(Fault(case.operation.label, title, who, said))


def _rank(label: str) -> int:
    return next((number for number, word in enumerate(LAST, 1) if word in label), 0)


def _may(standing: Any) -> list[str]:  # noqa: ANN401 (a standing)
    return keys(standing.actor, catalog_is_public=True)
