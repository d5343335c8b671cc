"""The history of 2,200 deals of 500 accounts, imported by the command as people type it."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, text

from agendas.rules.imports.reading.values import read_salesforce_id
from bench import loading
from bench.harness import BenchFailed
from bench.processes import ROOT
from bench.slack import TEAM
from storage.tables import Workspace

ACCOUNTS, DEALS = 500, 2_200
BEGAN_AT = datetime(2025, 1, 6, 9, tzinfo=UTC)
STAGES = {
    "Prospecting": "early",
    "Needs Analysis": "middle",
    "Proposal/Price Quote": "late",
    "Negotiation/Review": "late",
}
"""What each stage of the CRM means; a deal goes through all of them."""
LAST_STAGE = list(STAGES)[-1]
ROWS = DEALS * len(STAGES)


def seconds_to_import() -> float:
    """What importing the history takes, from typing the command until it ends. The deals themselves are known."""
    with tempfile.TemporaryDirectory(prefix="cadence-bench-") as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'deals.db'}"
        _new_workspace(url)
        _import(url, _file(folder, "accounts.csv", _accounts()))
        _import(url, _file(folder, "deals.csv", _deals()), [LAST_STAGE])
        history, before = _file(folder, "history.csv", _history()), _steps_in(url)
        began_at = time.perf_counter()
        _import(url, history, list(STAGES))
        took = time.perf_counter() - began_at
        written = _steps_in(url) - before
    if written != ROWS:
        raise BenchFailed(f"{ROWS} rows of history made {written} entries")
    return took


def _new_workspace(url: str) -> None:
    store = loading.empty(url)
    with store.writing() as session:
        session.add(Workspace(id=TEAM, name="Bench", installed_at=BEGAN_AT))
    store.close()


def _import(url: str, file: Path, stages: Sequence[str] = ()) -> None:
    meanings = [word for stage in stages for word in ("--stage", f"{stage}={STAGES[stage]}")]
    done = subprocess.run(
        [sys.executable, "-m", "bot", "import", str(file), "--apply", *meanings],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchFailed(f"{file.name} was not imported: {(done.stderr or done.stdout).strip().splitlines()[-1]}")


def _file(folder: Path, name: str, rows: Iterator[Sequence[object]]) -> Path:
    path = folder / name
    path.write_text("".join(",".join(map(str, row)) + "\n" for row in rows))
    return path


def _accounts() -> Iterator[Sequence[object]]:
    yield "name", "crm_system", "crm_id"
    for number in range(ACCOUNTS):
        yield f"Sample {number}", "salesforce", _salesforce_id("001", number)


def _deals() -> Iterator[Sequence[object]]:
    yield "Id", "AccountId", "Name", "StageName", "Amount", "CurrencyIsoCode", "CloseDate", "Type", "CreatedDate"
    for number in range(DEALS):
        created_at, closes_at = _at(number, 0), _at(number, len(STAGES) - 1) + timedelta(days=60)
        last = (
            list(STAGES)[-1],
            4_000 + number % 50,
            "USD",
            closes_at.date(),
            "New Business",
            f"{created_at:%Y-%m-%d %H:%M:%S}",
        )
        yield _salesforce_id("006", number), _salesforce_id("001", number % ACCOUNTS), f"Deal {number}", *last


def _history() -> Iterator[Sequence[object]]:
    yield "Id", "OpportunityId", "CreatedDate", "StageName", "Amount", "CloseDate"
    for number in range(DEALS):
        for step, stage in enumerate(STAGES):
            at = _at(number, step)
            closes_on = (at + timedelta(days=60)).date()
            amount = 1_000 * (step + 1) + number % 50
            yield (
                f"008{number}{step}",
                _salesforce_id("006", number),
                f"{at:%Y-%m-%d %H:%M:%S}",
                stage,
                amount,
                closes_on,
            )


def _at(deal: int, step: int) -> datetime:
    """When a deal entered a stage: each on another day, with another pace."""
    return BEGAN_AT + timedelta(days=deal * 7 % 400 + step * (5 + deal % 25), minutes=deal)


def _salesforce_id(kind: str, number: int) -> str:
    return read_salesforce_id(f"{kind}D{number:011d}") or ""


def _steps_in(url: str) -> int:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            asked = text("select count(*) from event where kind = 'opportunity_changed'")
            return int(connection.execute(asked).scalar_one())
    finally:
        engine.dispose()
