"""Carrying out what is due for measures, as the ticks do."""

from datetime import datetime

from agendas.verbs.jobs import DUE_JOBS, DueJob, InRead
from storage.database import Store


def keep_all(store: Store, now: datetime) -> int:
    writes = 0
    jobs = [job for job in DUE_JOBS if job.name in ("keep_month", "keep_figures")]
    while sum(keep_next(store, job, now) for job in jobs):
        writes += 1
    return writes


def keep_next(store: Store, job: DueJob, now: datetime) -> bool:
    """Do a part of the first work of this kind that is due; False where nothing is."""
    due = store.read_now(job.find, now)
    if due and isinstance(job.serve, InRead):
        store.write_now(store.read_now(job.serve.work_out, due[0], now))
    return bool(due)
