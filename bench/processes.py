"""The processes of a benchmark: started, waited for until they listen, measured, and ended."""

import dataclasses
import json
import os
import selectors
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.harness import BenchFailed
from bench.load import Found, Load
from bench.slack import APP_TOKEN, ASKER, BOT_TOKEN, SIGNING_SECRET

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "assistant", "agendas", "storage")
END_WITHIN_SECONDS = 5.0
START_WITHIN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Running:
    """A process and the port it listens on, 0 when it listens on none."""

    process: "subprocess.Popen[str]"
    port: int

    @property
    def resident_bytes(self) -> int:
        """How much memory it holds now, itself alone: none of these processes starts another."""
        asked = ["ps", "-o", "rss=", "-p", str(self.process.pid)]
        return 1024 * int(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)


@contextmanager
def slack() -> Iterator[str]:
    """The base address of a Web API."""
    with started("bench.slack") as process:
        yield f"http://127.0.0.1:{_printed_port(process)}/api/"


@contextmanager
def started_by_socket() -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Slack's side of Socket Mode, as `bench.socket_slack` says, and the base address of its Web API."""
    with started("bench.socket_slack") as process:
        yield process, f"http://127.0.0.1:{_printed_port(process)}/api/"


def compiled() -> None:
    """Compiles the bytecode of the program, as its set-up does."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", *ROOMS], cwd=ROOT, check=True)


@contextmanager
def floor(mode: str, api_url: str) -> Iterator[Running]:
    """Stock Bolt in this mode, listening."""
    with started("bench.floor", mode, api_url) as process:
        yield Running(process, _printed_port(process))


@contextmanager
def bot(database_url: str, api_url: str, *, by_socket: bool = False) -> Iterator[Running]:
    """The bot on this database, listening; it is killed at the end, because nobody needs what it would finish."""
    settings = {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": api_url,
        "DATABASE_URL": database_url,
        "CADENCE_ADMINS": ASKER,
        "LOG_FORMAT": "json",
        "PORT": "0",
    } | ({"SLACK_APP_TOKEN": APP_TOKEN} if by_socket else {})
    with started("bot", "run", settings=settings) as process:
        yield Running(process, _logged_port(process))


def send(load: Load) -> Found:
    """What came of the load, sent by a process of its own. Raises BenchFailed when an answer was no answer."""
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
    found = Found(**json.loads(done.stdout))
    if found.errors:
        raise BenchFailed(f"{found.errors} of {found.answered_in_all} requests failed")
    return found


@contextmanager
def started(
    module: str, *arguments: str, settings: Mapping[str, str] | None = None
) -> Iterator["subprocess.Popen[str]"]:
    """`python -m module` until the block ends, then killed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "CADENCE_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment | dict(settings or {}),
        stdin=subprocess.PIPE,
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
    return int(line_of(process, START_WITHIN_SECONDS))


def line_of(process: "subprocess.Popen[str]", within_seconds: float) -> str:
    """The next line that the process prints. Raises BenchFailed when none comes in time, or it has ended.

    Only for processes that print one line when they are asked: what came after it would wait in a buffer unseen.
    """
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        if not selector.select(within_seconds):
            raise BenchFailed(f"a process of the benchmark said nothing within {within_seconds:.0f} s")
    line = process.stdout.readline()
    if not line:
        raise BenchFailed("a process of the benchmark ended before it answered")
    return line


def _logged_port(process: "subprocess.Popen[str]") -> int:
    """The port in the bot's log of its start."""
    assert process.stderr is not None
    heard = []
    for line in process.stderr:
        heard.append(line.strip())
        if '"event": "started"' in line:
            # somebody must go on reading, or the bot would stand still once the pipe is full
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return int(json.loads(line)["port"] or 0)
    raise BenchFailed(f"the bot did not start: {' '.join(heard[-3:])}")
