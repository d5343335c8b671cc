"""Reviews of ten, a hundred and a thousand accounts: the statements they take, and the time to compose each agenda."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event, update
from sqlmodel import Session, col

from agendas.facts.account import Source
from agendas.facts.author import Author
from agendas.rendering.words import Words
from agendas.verbs.delivery.compose import compose
from agendas.verbs.reads import account_list, ledger
from agendas.verbs.reads.reviews import open_review_id
from agendas.verbs.reviews.close import close_by_person
from agendas.verbs.reviews.start import open_now
from bench.databases import NewDatabase, files, postgres
from bench.harness import BenchFailed, Figure, in_turn, middle
from bench.program import cached, fill
from bench.slack import ASKER, TEAM
from storage.database.engine import Store
from storage.delivery import outbox
from storage.tables import Letter, LetterState

FEW, SOME, MANY = 10, 100, 1_000
ENTRIES = 20
"""How long the history of an account is where its length does not matter."""
FEW_EVENTS, MANY_EVENTS = 10_000, 1_000_000
AGENDAS = 100
"""How many agendas are composed in a round."""
CHANNEL = "C1BENCH001"


@dataclass(frozen=True, slots=True)
class Review:
    """A review that is open: its database, its id and its letters as they were queued."""

    store: Store
    review_id: int
    letters: Sequence[Letter]
    now: datetime

    def compose(self, letters: Sequence[Letter]) -> None:
        """Composes these letters, each in a transaction of its own as when it is sent.

        Raises BenchFailed when one has nothing to say: such a letter costs nearly nothing.
        """
        for letter in letters:
            messages = self.store.read_now(partial(compose, words=WORDS, now=self.now), letter)
            if not messages or not all(message.blocks for message in messages):
                raise BenchFailed(f"the letter {letter.key} ({letter.page}) was composed to nothing")

    def of_page(self, page: str) -> Letter:
        """The letter that posts this page, the first agenda among the agendas."""
        letters = self.store.read_now(outbox.of_review, self.review_id)
        return next(letter for letter in letters if letter.page == page and letter.kind == "post")


WORDS = Words()


def figures() -> Iterator[Figure]:
    """Statements for more accounts against ten, and the time per agenda with more accounts and more events."""
    for name, databases in (("SQLite", files), ("PostgreSQL", postgres)):
        with databases() as new:
            yield from _all_statements(name, new)
    yield _by_accounts()
    yield _by_events()


def _all_statements(name: str, new: NewDatabase) -> Iterator[Figure]:
    """Whatever is done with a review: the most statements that a hundred or a thousand accounts take, against ten."""
    few, *more = (_statements(new(), count) for count in (FEW, SOME, MANY))
    for what, least in few.items():
        most = max(statements[what] for statements in more)
        yield Figure(f"statements to {what}, 100 and 1,000 accounts to 10, {name}", most, least, "statements", 1.0)


def _statements(url: str, count: int) -> dict[str, float]:
    """How many statements each thing takes that is done with one review of so many accounts."""
    fill(url, accounts=count, events=count * ENTRIES)
    store = Store(url)
    now = datetime.now(UTC)
    author = Author(TEAM, ASKER, Source.COMMAND, now)
    found: dict[str, float] = {}

    def counted(what: str, do: Callable[[], Any]) -> None:
        with _noted() as sent:
            do()
        found[what] = len(sent)

    counted("open a review", lambda: _opened(store, count, now))
    review = _review(store, now)
    counted("compose an agenda", lambda: review.compose([review.of_page("agenda")]))
    counted("draw the header", lambda: review.compose([review.of_page("review_header")]))
    counted("show the list", lambda: store.read_now(account_list.account_list, TEAM, now=now, zone="UTC"))
    counted("show the ledger", lambda: store.read_now(ledger.ledger, TEAM, CHANNEL, now=now))
    store.write_now(_all_sent)
    counted("close a review", lambda: store.write_now(close_by_person, author, review.review_id))
    counted("make the recap", lambda: review.compose([review.of_page("recap")]))
    store.close()
    return found


def _by_accounts() -> Figure:
    """The time to compose everything of a review, by account."""
    with files() as new:
        reviews = {}
        for count in (FEW, MANY):
            url = new()
            fill(url, accounts=count, events=count * ENTRIES)
            reviews[count] = _open(url, count)
        found = in_turn({str(count): partial(_by_account_ms, review, count) for count, review in reviews.items()})
        for review in reviews.values():
            review.store.close()
    many, few = (middle(found[str(count)]) for count in (MANY, FEW))
    return Figure("composing a review by account, 1,000 accounts to 10", many, few, "ms", 1.2)


def _by_account_ms(review: Review, count: int) -> float:
    """One pass over the letters of a large review, many over those of a small one: a hundred agendas at least."""
    passes = max(1, AGENDAS // count)
    began_at = perf_counter()
    for _ in range(passes):
        review.compose(review.letters)
    return (perf_counter() - began_at) * 1_000 / (passes * count)


def _by_events() -> Figure:
    """The time to compose an agenda of a program with a long history, and with a short one."""
    with files() as new:
        reviews = {}
        for events in (FEW_EVENTS, MANY_EVENTS):
            url = new()
            shutil.copy(cached(accounts=MANY, events=events), url.removeprefix("sqlite:///"))
            reviews[events] = _open(url, MANY)
        sides = {str(events): partial(_agendas_ms, review) for events, review in reviews.items()}
        found = in_turn(sides)
        for review in reviews.values():
            review.store.close()
    many, few = (middle(found[str(events)]) for events in (MANY_EVENTS, FEW_EVENTS))
    return Figure("composing an agenda, 1,000,000 events to 10,000", many, few, "ms", 1.5)


def _agendas_ms(review: Review) -> float:
    agendas = [letter for letter in review.letters if letter.page == "agenda"][:AGENDAS]
    began_at = perf_counter()
    review.compose(agendas)
    return (perf_counter() - began_at) * 1_000 / len(agendas)


def _open(url: str, count: int) -> Review:
    store, now = Store(url), datetime.now(UTC)
    _opened(store, count, now)
    return _review(store, now)


def _opened(store: Store, count: int, now: datetime) -> None:
    """Opens a review of all the accounts, all discussed."""
    author = Author(TEAM, ASKER, Source.COMMAND, now)
    ids = tuple(range(1, count + 1))
    store.write_now(open_now, author, CHANNEL, asked_by="bench", today=now.date(), account_ids=ids)


def _review(store: Store, now: datetime) -> Review:
    review_id = store.read_now(_open_review_id)
    letters = store.read_now(outbox.of_review, review_id)
    return Review(store, review_id, letters, now + timedelta(minutes=1))


def _open_review_id(session: Session) -> int:
    found = open_review_id(session, TEAM, CHANNEL)
    assert found is not None
    return found


def _all_sent(session: Session) -> None:
    sent = {"state": LetterState.SENT, "sent_channel": CHANNEL, "sent_ts": "1764000000.000001"}
    session.execute(update(Letter).where(col(Letter.state) == LetterState.WAITING).values(**sent))


@contextmanager
def _noted() -> Iterator[list[str]]:
    """The statements that are sent to any database."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)
