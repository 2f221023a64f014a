"""Procrastinate on PostgreSQL: a job is written with the row it is about, and the database calls a worker at once.

A job says only what to look at, never whose mail or what is in it. Besides, every worker looks at everything twice a
minute, so a job that is lost delays and a job too many does nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import procrastinate
from django.db import connections

from vouchsafe.adapters.wake.engine import Round, What

log = logging.getLogger("vouchsafe.worker")
QUEUE = "vouchsafe"
TASK = "vouchsafe.look"
EVERY_SECONDS = 30.0
"""Every worker looks at everything this often."""

POLL_SECONDS = 1.0
"""A job for later, such as a mail that can still be taken back, is called this late at most."""

SILENT_SECONDS = 30.0
"""A worker that says nothing for so long is dead, and its jobs are another's."""

TROUBLE_SECONDS = 5.0
ENDING_SECONDS = 0.2


class Procrastinated:
    """Jobs in the database that holds the rows."""

    def wake(self, what: What, at: datetime) -> None:
        from procrastinate.contrib.django import app

        app.configure_task(TASK, queue=QUEUE, schedule_at=at).defer(what=what.value, at=at.isoformat())

    def work(self, name: str, rounds: Mapping[What, Round], over: Event) -> None:
        while not over.is_set():
            try:
                asyncio.run(_work(name, rounds, over))
            except procrastinate.exceptions.ProcrastinateException:
                log.warning("the database does not answer; trying again", exc_info=True)
            if not over.is_set():  # its connections were lost
                over.wait(TROUBLE_SECONDS)


async def _work(name: str, rounds: Mapping[What, Round], over: Event) -> None:
    from procrastinate.contrib.django.utils import connector_params

    app = procrastinate.App(connector=procrastinate.PsycopgConnector(kwargs=connector_params()))
    loop = asyncio.get_running_loop()
    # One thread does all the work, so that one connection of Django's serves it.
    with ThreadPoolExecutor(1, thread_name_prefix="rounds") as hand:

        @app.task(name=TASK, queue=QUEUE)
        async def look(what: str, at: str) -> None:
            # Whoever asked may have a clock that is a little ahead of ours.
            moment = max(datetime.now(UTC), datetime.fromisoformat(at))
            await loop.run_in_executor(hand, rounds[What(what)], moment)

        async def look_at_everything() -> None:
            while True:
                await loop.run_in_executor(hand, rounds[What.EVERYTHING], datetime.now(UTC))
                for job in await app.job_manager.get_stalled_jobs(
                    queue=QUEUE, seconds_since_heartbeat=SILENT_SECONDS
                ):
                    await app.job_manager.retry_job(job)
                await asyncio.sleep(EVERY_SECONDS)

        async with app.open_async():
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=[QUEUE], name=name, fetch_job_polling_interval=POLL_SECONDS, delete_jobs="always",
                    stalled_worker_timeout=SILENT_SECONDS, install_signal_handlers=False,
                )
            )  # fmt: skip
            looking = asyncio.create_task(look_at_everything())
            while not over.is_set() and not worker.done() and not looking.done():
                await asyncio.sleep(ENDING_SECONDS)
            for task in (looking, worker):
                task.cancel()
            ends = await asyncio.gather(looking, worker, return_exceptions=True)
            await loop.run_in_executor(hand, connections.close_all)
            for end in ends:
                if isinstance(end, Exception):
                    raise end
