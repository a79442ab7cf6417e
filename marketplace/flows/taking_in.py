"""How consumers take facts in: claimed in batches, each in a savepoint, receipted with its effect."""

import traceback
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import groupby
from typing import Final

import structlog
from sqlalchemy.exc import DBAPIError

from marketplace import events
from marketplace.events import Envelope, Failure, Parcel
from marketplace.flows.reaction import Heard, Reaction
from marketplace.kernel.actor import system
from marketplace.kernel.errors import Unavailable
from marketplace.kernel.logs import working_on
from marketplace.kernel.text import storable
from marketplace.kernel.work import Database, UnitOfWork, may_pass

MOST_OF_A_TRACE: Final = 8_000

log = structlog.get_logger()


def consumers(reactions: Iterable[Reaction]) -> dict[str, tuple[str, ...]]:
    """Name the consumers of each topic, as units of work want to know them."""
    found: dict[str, list[str]] = {}
    for reaction in reactions:
        name = f"{events.UNORDERED}{reaction.consumer}" if reaction.unordered else reaction.consumer
        listed = found.setdefault(reaction.event.topic, [])
        if name not in listed:
            listed.append(name)
    return {topic: tuple(names) for topic, names in found.items()}


def take_in_batch(db: Database, reactions: Sequence[Reaction], *, consumer: str) -> bool:
    """Let one consumer take in what is due for it, up to a hundred facts; say whether there may be more by now.

    Of an aggregate whose facts come in order, one fact at a time is due.
    """
    actor = system(f"consumer:{consumer}")
    mine = [reaction for reaction in reactions if reaction.consumer == consumer]
    with db.unit(actor) as uow:
        parcels = events.claim(uow, consumer=consumer)
        failures = _take_in(uow, mine, parcels)
        failed = {failure.parcel.envelope.id for failure in failures}
        taken = [parcel.envelope.id for parcel in parcels if parcel.envelope.id not in failed]
        events.note_taken(uow, consumer=consumer, event_ids=taken)
    for envelope in (parcel.envelope for parcel in parcels if parcel.envelope.id not in failed):
        names = {"request_id": envelope.request_id, "event_id": str(envelope.id), "consumer": consumer}
        log.debug("taken in", topic=envelope.topic, **names)
    for failure in failures:
        with _named(failure.parcel.envelope, consumer):
            log.error("reaction failed", topic=failure.parcel.envelope.topic, error=failure.error)
        with db.unit(actor) as uow:
            events.note_failure(uow, failure=failure)
    in_any_order = all(reaction.unordered for reaction in mine)
    return len(parcels) == events.BATCH if in_any_order else bool(parcels)


def _take_in(uow: UnitOfWork, mine: Sequence[Reaction], parcels: Sequence[Parcel]) -> list[Failure]:
    by_topic = sorted(parcels, key=lambda parcel: parcel.envelope.topic)
    failures: list[Failure] = []
    coalesced: set[str] = set()
    for topic, group in groupby(by_topic, key=lambda parcel: parcel.envelope.topic):
        alike = list(group)
        together = [reaction for reaction in mine if reaction.event.topic == topic and reaction.together]
        if together and len(alike) > 1 and _try(uow, together, alike) is None:
            coalesced.add(topic)
    for parcel in parcels:
        if parcel.envelope.topic in coalesced:
            continue
        reactions = [reaction for reaction in mine if reaction.event.topic == parcel.envelope.topic]
        failure = _try(uow, reactions, [parcel])
        if failure is not None:
            failures.append(failure)
    return failures


def _try(uow: UnitOfWork, reactions: Sequence[Reaction], parcels: Sequence[Parcel]) -> Failure | None:
    """Run reactions in a savepoint. Whatever goes wrong counts a try; only the database may ask to start over."""
    first = parcels[0]
    unit = replace(uow, request_id=first.envelope.request_id)
    try:
        with _named(first.envelope, reactions[0].consumer if reactions else ""), uow.session.begin_nested():
            for reaction in reactions:
                facts = tuple(_fact(reaction, parcel.envelope) for parcel in parcels)
                reaction.run(unit, facts if reaction.together else facts[0])
            uow.session.flush()
    except DBAPIError as error:
        if may_pass(error):
            raise
        return _failure(first, error)
    except Exception as error:  # noqa: BLE001 (counted, kept with its trace, and shown on the desk of dead letters)
        return _failure(first, error)
    return None


def _named(envelope: Envelope, consumer: str) -> AbstractContextManager[None]:
    """Name in the log what is being worked on: who began it, the fact, and who hears it."""
    return working_on(envelope.request_id, event_id=str(envelope.id), consumer=consumer)


def _fact(reaction: Reaction, envelope: Envelope) -> events.Event | Heard:
    fact = events.read_body(reaction.event, envelope.body)
    return Heard(envelope.id, envelope.made_at, fact) if reaction.by_name else fact


def _failure(parcel: Parcel, error: Exception) -> Failure:
    trace = storable("".join(traceback.format_exception(error)))[-MOST_OF_A_TRACE:]
    wait = events.next_try(parcel.tries + 1, is_outage=isinstance(error, Unavailable))
    return Failure(parcel, trace, wait)
