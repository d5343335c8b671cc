"""A busy day: what a card and the list cost with 2,000 events of one account since its last review, against 20."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from time import process_time

from agendas.facts.account import Source
from agendas.facts.events import Moved, Noted, NothingMoved
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor
from agendas.facts.people import Author
from agendas.pages.list.named import list_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from agendas.verbs.reads.account_list import account_list
from agendas.verbs.reads.card import full_card
from agendas.verbs.record.record_many import Entry, record_many
from bench.databases import sqlite
from bench.figures import Figure, in_turn
from bench.program import accounts, fill
from bench.workspace import PEOPLE, TEAM
from storage.database.engine import Store

QUIET, BUSY = 20, 2_000
NAMED = 10
DAYS = 9
READS = 20
"""Reads of one side in a round."""
REACH = 1.3
ZONE = "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class Day:
    """A program in which so much was recorded of its first account since the last review."""

    store: Store
    account_id: int
    now: datetime

    def card(self) -> None:
        """Read the account's card."""
        self.store.read_now(full_card, TEAM, self.account_id, now=self.now, zone=ZONE)

    def list(self) -> None:
        """Read the list and draw it."""
        facts = self.store.read_now(account_list, TEAM, now=self.now, zone=ZONE)
        messages(list_page(facts, Words()))


def figures() -> Iterator[Figure]:
    """Yield the processor time of a card and of the list after a busy day, against those after a quiet one."""
    with ExitStack() as stack:
        quiet, busy = (_day(stack, count) for count in (QUIET, BUSY))
        for name, of_quiet, of_busy in (
            ("card of an account", quiet.card, busy.card),
            ("list", quiet.list, busy.list),
        ):
            spent = in_turn({"quiet": partial(_milliseconds, of_quiet), "busy": partial(_milliseconds, of_busy)})
            measured, floor = median(spent["busy"]), median(spent["quiet"])
            yield Figure(f"{name}, {BUSY:,} events since the review / {QUIET}", measured, floor, "ms", REACH)


def _day(stack: ExitStack, count: int) -> Day:
    """Fill a database, and record so many events as people do: most are news, one in ten says nothing moved."""
    url = stack.enter_context(sqlite())
    fill(url, named=NAMED, days=DAYS)
    store = Store(url)
    stack.callback(store.close)
    [account_id, *_] = store.read_now(accounts)
    now = datetime.now(UTC)
    author = Author(TEAM, PEOPLE[1], Source.COMMAND, now - timedelta(minutes=1))
    store.write_now(record_many, author, {account_id: [_entry(number, now) for number in range(count)]})
    return Day(store, account_id, now)


def _entry(number: int, now: datetime) -> Entry:
    if number % 10 == 0:
        return Entry(NothingMoved("Waiting for their budget round"))
    if number % 10 == 1:
        return Entry(Noted(f"{number} visits after the campaign"))
    text, at = f"Their lawyer sent version {number}", now - timedelta(minutes=2)
    mail = Evidence(text, at, f"https://mail.example/{number}", actor=EvidenceActor.BUYER, act=BuyerAct.MAIL)
    return Entry(Moved(text), evidence=(mail,) if number % 2 else ())


def _milliseconds(read: Callable[[], None]) -> float:
    """The processor time of one read, by the mean of many."""
    began_at = process_time()
    for _ in range(READS):
        read()
    return (process_time() - began_at) * 1000 / READS
