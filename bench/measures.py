"""Pages of the whole program: over 5,000 accounts, 700 of them named, and a million events."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from statistics import median
from threading import Thread
from time import process_time

from sqlalchemy import text
from sqlmodel import Session

from agendas.pages.executive.page import executive_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from agendas.rules.executive.report import executive_report
from agendas.rules.measures.periods import month_of
from agendas.verbs.measures.keeping.figures import keep_figures
from agendas.verbs.measures.keeping.months import keep_accounts
from agendas.verbs.measures.load import program
from bench import payloads
from bench.databases import sqlite
from bench.figures import Figure, in_turn
from bench.load import Load
from bench.processes import Running, bot, send, slack
from bench.program import accounts, fill
from bench.requests import Kind, figures_in
from bench.workspace import PEOPLE, SIGNING_SECRET, TEAM
from storage.database.engine import Store
from storage.measures import figures as stored_figures
from storage.measures import months

ACCOUNTS, NAMED, FEW = 5_000, 700, 70
EVENTS = 1_000_000
DAYS = 6
"""Days of the last month on which people record through the verbs; the other events are put beside them at once."""
ROUNDS = 3
GROWTH = 12.0
MEANWHILE = 2.0
MOVES = 40

KINDS = (
    Kind("executive page over 700 named accounts", 1_500.0, payloads.command("/abm", "executive"), 6, 500),
    Kind("scoreboard's first page over 700 named accounts", 1_500.0, payloads.command("/abm", "scoreboard"), 6, 60),
    Kind("audit over 700 named accounts", 3_000.0, payloads.command("/abm", "audit"), 6, 500),
)
MOVE = payloads.command("/move", "firm@M@.example They asked for references, call @N@")
PAGE = KINDS[0].body

A_YEAR_OF_EVENTS = """
INSERT INTO event (workspace_id, account_id, kind, change, evidence, happened_at, recorded_at, actor, source, weight)
WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < :last)
SELECT :team, account.id, 'nothing_moved', :change, '[]', {day}, {day}, :actor, 'command', 'told'
FROM account CROSS JOIN number
""".format(day="strftime('%Y-%m-%d %H:%M:%S.000000', :began_at, '+' || (n * 365.0 / (:last + 1)) || ' days')")

_numbers = count(500_000, 10_000)


def figures() -> Iterator[Figure]:
    """Yield what pages cost, `/move` while one is drawn, and how drawing one grows with the named accounts."""
    with sqlite() as url:
        fill_year(url)
        yield from figures_in(url, KINDS, rounds=ROUNDS, is_warm=True)
        yield _meanwhile(url)
        yield _growth(url)


def fill_year(url: str) -> None:
    """Put the program into an empty database: of a year, in which most of what people tell is that nothing moved."""
    fill(url, named=NAMED, candidates=ACCOUNTS - NAMED, days=DAYS)
    store = Store(url)
    try:
        _keep_all(store)
        store.write_now(_add_events)
    finally:
        store.close()


def _keep_all(store: Store) -> None:
    """Keep the months that are over, and the figures, as the ticks do."""
    now = datetime.now(UTC)
    while due := store.read_now(months.due, now, 1):
        store.write_now(store.read_now(keep_accounts, due[0], now))
    while due := store.read_now(stored_figures.due, 1):
        store.write_now(store.read_now(keep_figures, due[0], now))


def _add_events(session: Session) -> None:
    values = {
        "team": TEAM,
        "last": EVENTS // ACCOUNTS - 1,
        "change": '{"text": "Waiting for their budget round", "besides_news": false, "kind": "nothing_moved"}',
        "actor": PEOPLE[1],
        "began_at": f"{datetime.now(UTC) - timedelta(days=365):%Y-%m-%d %H:%M:%S}",
    }
    session.execute(text(A_YEAR_OF_EVENTS), values)


def _meanwhile(url: str) -> Figure:
    """The wall time of a /move while the executive page is drawn anew all the time, against that without."""
    with slack() as api, bot(url, api) as ours:
        sides = {"alone": partial(_moves, ours), "meanwhile": partial(_moves_while_drawn, ours)}
        spent = in_turn(sides, ROUNDS)
    measured, floor = median(spent["meanwhile"]), median(spent["alone"])
    return Figure("/move while the executive page is drawn", measured, floor, "ms", MEANWHILE)


def _moves(ours: Running) -> float:
    load = Load((ours.port,), MOVE, SIGNING_SECRET, MOVES, spread=NAMED, first_number=next(_numbers))
    return send(load).p50


def _moves_while_drawn(ours: Running) -> float:
    """The median of moves, each of which has the page loaded anew, as long as pages are asked for."""
    pages = Load((ours.port,), PAGE, SIGNING_SECRET, 3, first_number=next(_numbers))
    drawing = Thread(target=send, args=(pages,))
    drawing.start()
    try:
        return _moves(ours)
    finally:
        drawing.join()


def _growth(url: str) -> Figure:
    """The processor time of loading and drawing the page anew with 700 named accounts, against that with 70."""
    store = Store(url)
    try:
        drawn = partial(_draw, store, datetime.now(UTC))
        many = median(_milliseconds(drawn) for _ in range(ROUNDS))
        store.write_now(_leave_few)
        few = median(_milliseconds(drawn) for _ in range(ROUNDS))
    finally:
        store.close()
    return Figure("executive page loaded anew, 700 named accounts to 70", many, few, "ms of CPU", GROWTH)


def _draw(store: Store, now: datetime) -> None:
    found = store.read_now(program, TEAM, month_of(now.date(), "UTC", now=now), now=now)
    messages(executive_page(executive_report(found), Words()))


def _milliseconds(work: Callable[[], None]) -> float:
    began_at = process_time()
    work()
    return (process_time() - began_at) * 1_000


def _leave_few(session: Session) -> None:
    """Make candidates of all named accounts but a few."""
    last = accounts(session)[FEW - 1]
    session.execute(text("UPDATE account SET list_status = 'candidate' WHERE id > :last"), {"last": last})
    session.execute(text("DELETE FROM account_month WHERE account_id > :last"), {"last": last})
