"""The processes of a benchmark: started, waited for until they listen, measured, and ended."""

import dataclasses
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.figures import BenchFailed
from bench.load import Found, Load
from bench.workspace import ADMIN, BOT_TOKEN, SIGNING_SECRET

ROOT = Path(__file__).parent.parent
END_WITHIN_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Running:
    """A process and the port it listens on."""

    pid: int
    port: int


def processor_seconds(pid: int) -> float:
    """Processor time so far of a process and of those that it started."""
    root = psutil.Process(pid)
    own = root.cpu_times()
    times = [own, *(each.cpu_times() for each in root.children(recursive=True))]
    return float(own.children_user + own.children_system + sum(each.user + each.system for each in times))


@contextmanager
def slack() -> Iterator[str]:
    """The base address of a Web API."""
    with _started("bench.slack") as process:
        yield f"http://127.0.0.1:{_printed_port(process)}/api/"


@contextmanager
def floor(api_url: str) -> Iterator[Running]:
    """Bolt alone, listening."""
    with _started("bench.floor", api_url) as process:
        yield Running(process.pid, _printed_port(process))


@contextmanager
def bot(database_url: str, api_url: str) -> Iterator[Running]:
    """The bot on this database, listening."""
    settings = {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": api_url,
        "DATABASE_URL": database_url,
        "CADENCE_ADMINS": ADMIN,
        "LOG_FORMAT": "json",
        "PORT": "0",
    }
    with _started("bot", "run", settings=settings) as process:
        yield Running(process.pid, _logged_port(process))


def send(load: Load) -> Found:
    """Send a load from a process of its own. Raises BenchFailed when it cannot be sent."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"],
        input=json.dumps(dataclasses.asdict(load)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchFailed(f"the load could not be sent: {done.stderr.strip().splitlines()[-1]}")
    return Found(**json.loads(done.stdout))


@contextmanager
def _started(
    module: str, *arguments: str, settings: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[str]"]:
    """`python -m module` until the block ends; then it is killed, as nobody needs what it would finish."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "CADENCE_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment | dict(settings or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if settings else None,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=END_WITHIN_SECONDS)


def _printed_port(process: "subprocess.Popen[str]") -> int:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise BenchFailed("a process of the benchmark ended before it listened")
    return int(line)


def _logged_port(process: "subprocess.Popen[str]") -> int:
    """The port in the bot's log of its start."""
    assert process.stderr is not None
    heard = []
    for line in process.stderr:
        heard.append(line.strip())
        if '"event": "started"' in line:
            # somebody must go on reading, or the bot would stand still once the pipe is full
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return int(json.loads(line)["port"])
    raise BenchFailed(f"the bot did not start: {' '.join(heard[-3:])}")
