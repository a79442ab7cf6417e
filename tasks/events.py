"""Wake-ups for consumers of events."""

from celery.signals import worker_process_init

from marketplace import bootstrap, flows
from tasks.app import app

WAKE_LIVES_SECONDS = 30


@worker_process_init.connect
def settle(**_signal: object) -> None:
    """Make a new process of the worker ready: all that it needs was loaded before it was forked off."""
    bootstrap.settle()


@app.task(name="events.deliver", queue="events")
def deliver(*, consumer: str, **_from_newer_senders: object) -> None:
    """Let one consumer take in what is due for it; go on while there was any."""
    while flows.take_in_batch(bootstrap.database(), consumer=consumer):
        pass


def wake(consumer: str) -> None:
    """Knock: there is something to take in. A knock that nobody heard in time is not worth hearing any more."""
    deliver.apply_async(kwargs={"consumer": consumer}, expires=WAKE_LIVES_SECONDS)
