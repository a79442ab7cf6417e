"""The Celery application."""

import logging
from typing import Any, Final

from celery import Celery
from celery.signals import beat_init, setup_logging, task_postrun, task_prerun, worker_ready
from structlog.contextvars import bind_contextvars, unbind_contextvars

from marketplace.kernel import logs
from marketplace.settings import settings
from tasks.schedule_table import TABLE

QUIET: Final = ("celery.worker.strategy", "celery.app.trace", "celery.beat")
"""Libraries that would write a line for each knock."""


def make_app() -> Celery:
    """Make the application from the settings of this process."""
    made = Celery("marketplace", broker=settings().redis_url, include=["tasks.events", "tasks.schedule"])
    made.conf.update(
        task_acks_late=True,
        task_default_queue="work",
        task_ignore_result=True,
        task_routes={"events.*": {"queue": "events"}, "schedule.*": {"queue": "schedule"}},
        task_reject_on_worker_lost=True,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        worker_cancel_long_running_tasks_on_connection_loss=True,
        broker_connection_retry_on_startup=True,
        broker_transport_options={"visibility_timeout": 600, "global_keyprefix": "celery:"},
        timezone="UTC",
        beat_schedule=TABLE,
        beat_max_loop_interval=1,
        redbeat_redis_url=settings().redis_url,
        redbeat_lock_timeout=30,
    )
    return made


@setup_logging.connect
def _log_as_we_do(**_signal: Any) -> None:  # noqa: ANN401 (Celery's signals carry whatever they like)
    logs.configure(settings().log_level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


@task_prerun.connect
def _name_the_task(task_id: str, **_signal: Any) -> None:  # noqa: ANN401 (likewise)
    bind_contextvars(task_id=task_id)


@task_postrun.connect
def _name_it_no_more(**_signal: Any) -> None:  # noqa: ANN401 (likewise)
    unbind_contextvars("task_id")


@worker_ready.connect
@beat_init.connect
def _say_ready(**_signal: Any) -> None:  # noqa: ANN401 (likewise)
    ready_file = settings().ready_file
    if ready_file:
        ready_file.touch()


app = make_app()
