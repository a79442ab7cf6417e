"""Units of work: the one place where a transaction begins and ends."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from random import Random, SystemRandom
from typing import Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlmodel import Session

from marketplace.kernel.actor import Actor
from marketplace.kernel.clock import Clock, utc_now
from marketplace.kernel.errors import Broken, Constraints, Invalid, OutcomeUnknown, Unavailable
from marketplace.kernel.kept import KEPT, Memory
from marketplace.kernel.last import LAST, Pending, write_pending

P = ParamSpec("P")
T = TypeVar("T")

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The name of the request, event or task that is being worked on; it goes into the outbox, the audit and the logs."""

ASK_AGAIN: Final = frozenset({"40001", "40P01", "55P03"})
"""SQLSTATEs of serialization failure, deadlock and lock time-out: nothing happened, the same again may pass."""

CANCELED: Final = frozenset({"57014", "25P03"})
"""SQLSTATEs of a statement or a transaction that took too long."""


UNWRITABLE: Final = frozenset({"", "22021", "22P05"})
"""SQLSTATEs of text that no column takes; the driver itself refuses NUL, and says no state."""


class TryAgain(Unavailable):
    """Nothing was written; the same unit may pass when run again."""

    code = "try_again"


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """One transaction: its session, the single instant it happens at, who asked, and where chance comes from."""

    session: Session
    now: datetime
    asked_by: str
    request_id: str = ""
    consumers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    random: Random = field(default_factory=SystemRandom)

    def start_over(self) -> None:
        """Take back all that was done so far, its locks too, and go on in a new transaction: it is still one unit."""
        self.session.rollback()


def repeatable(command: Callable[P, T]) -> Callable[P, T]:
    """Mark a command that claims its wish first: it may be run again even when the answer to COMMIT was lost."""
    command.is_repeatable = True  # type: ignore[attr-defined]  # a mark on the function itself
    return command


@dataclass(frozen=True, slots=True)
class Wiring:
    """What units of work are given: who consumes which topic, what broken constraints mean, and whose clock runs."""

    consumers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    constraints: Constraints = field(default_factory=dict)
    clock: Clock = utc_now
    random: Random = field(default_factory=SystemRandom)


class Database:
    """Opens units of work. Two engines: one writes; one can only read, and commits every statement by itself."""

    def __init__(self, write: Engine, read: Engine, *, wiring: Wiring | None = None) -> None:
        self._write, self._read = write, read
        self._wiring = wiring or Wiring()
        self._info: dict[str, Memory] = {KEPT: {}}

    def at(self, clock: Clock, *, chance: Random, is_quiet: bool = False) -> "Database":
        """Open the same database by another clock, and with chance that repeats itself: for days that are made up.

        Quiet, no consumer is given what happens: who is told today of what was over months ago?
        """
        consumers = {} if is_quiet else self._wiring.consumers
        wiring = replace(self._wiring, clock=clock, random=chance, consumers=consumers)
        return Database(self._write, self._read, wiring=wiring)

    def now(self) -> datetime:
        """What the house's clock says: for queries that must know which day it is."""
        return self._wiring.clock()

    def transact(
        self,
        command: Callable[Concatenate[Actor, UnitOfWork, P], T],
        actor: Actor,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a command in a transaction of its own: all of it, or none of it.

        Once more where the database asked for it, or was lost before COMMIT; where it was lost during COMMIT,
        only for a command that is repeatable: else OutcomeUnknown is raised.
        """
        try:
            return self._attempt(command, actor, *args, **kwargs)
        except TryAgain:
            return self._attempt(command, actor, *args, **kwargs)
        except OutcomeUnknown:
            if not getattr(command, "is_repeatable", False):
                raise
            return self._attempt(command, actor, *args, **kwargs)

    def read(
        self, query: Callable[Concatenate[Actor, Session, P], T], actor: Actor, /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query that cannot write: the connection itself is read-only. Once more where the database was lost."""
        opened = partial(Session, self._read, info=self._info)
        return self._look(opened, lambda session: query(actor, session, *args, **kwargs))

    def read_together(
        self, query: Callable[Concatenate[Actor, Session, P], T], actor: Actor, /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a query whose statements must all see the same moment."""
        snapshot = self._read.execution_options(isolation_level="REPEATABLE READ")
        return self._look(partial(Session, snapshot), lambda session: query(actor, session, *args, **kwargs))

    def close(self) -> None:
        """Let every idle connection go."""
        self._write.dispose()
        self._read.dispose()

    @contextmanager
    def unit(self, actor: Actor) -> Iterator[UnitOfWork]:
        """Open one unit for a batch that catches its own refusals; commands go through `transact`."""
        opened = Session(self._write, expire_on_commit=False, info=self._info | {LAST: Pending()})
        with _explained(self._wiring.constraints), opened as session:
            yield self._begin(session, actor)
            _commit(session)

    def _look(self, opened: Callable[[], Session], query: Callable[[Session], T], *, is_last: bool = False) -> T:
        try:
            with _explained(self._wiring.constraints), opened() as session:
                return query(session)
        except TryAgain:
            if is_last:
                raise
        return self._look(opened, query, is_last=True)

    def _attempt(
        self,
        command: Callable[Concatenate[Actor, UnitOfWork, P], T],
        actor: Actor,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        with self.unit(actor) as uow:
            return command(actor, uow, *args, **kwargs)

    def _begin(self, session: Session, actor: Actor) -> UnitOfWork:
        return UnitOfWork(
            session=session,
            now=self._wiring.clock(),
            asked_by=actor.name,
            request_id=request_id.get(),
            consumers=self._wiring.consumers,
            random=self._wiring.random,
        )


def _commit(session: Session) -> None:
    session.flush()
    write_pending(session)
    try:
        session.commit()
    except DBAPIError as error:
        if is_lost(error):
            message = "We do not know yet whether this was saved: look before you ask again."
            raise OutcomeUnknown(message) from error
        raise


@contextmanager
def _explained(constraints: Constraints) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise explained(error, constraints) from error
    except NoConnectionLeft as error:
        raise Unavailable("Every connection to the database is in use.") from error


def is_lost(error: DBAPIError) -> bool:
    """Whether the database went away, or could not be reached at all: then the driver knows no SQLSTATE."""
    state = getattr(error.orig, "sqlstate", None) or ""
    if error.connection_invalidated or (not state and isinstance(error, OperationalError)):
        return True
    return state[:2] in {"08", "53"} or state in {"57P01", "57P02", "57P03"}


def may_pass(error: DBAPIError) -> bool:
    """Whether the same may pass when the whole unit is run again."""
    return getattr(error.orig, "sqlstate", None) in ASK_AGAIN or is_lost(error)


def explained(error: DBAPIError, constraints: Constraints) -> Exception:
    """Say in our words what the database refused, by SQLSTATE and by the constraint's name."""
    state = getattr(error.orig, "sqlstate", None) or ""
    if may_pass(error):
        return TryAgain("The database does not answer." if is_lost(error) else "The database asked us to try again.")
    if state in CANCELED:
        return Unavailable("The database took too long to answer.")
    if isinstance(error, DataError) and state in UNWRITABLE:
        return Invalid("A text was sent that holds characters nobody can write: take them out.", code="text.unwritable")
    if isinstance(error, IntegrityError):
        broken: Broken | None = constraints.get(_constraint(error))
        if broken is not None:
            return broken.kind(broken.message, code=broken.code)
    return error


def _constraint(error: IntegrityError) -> str:
    diagnostics = getattr(error.orig, "diag", None)
    return getattr(diagnostics, "constraint_name", None) or ""
