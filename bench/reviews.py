"""Reviews of ten, a hundred and a thousand accounts: the statements they take, and the processor time to compose."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from time import process_time
from typing import Any

from sqlalchemy import Engine, event, update
from sqlmodel import Session, col

from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.rendering.words import Words
from agendas.verbs.delivery.compose import compose
from agendas.verbs.reviews.close import close_by_person
from agendas.verbs.reviews.start import open_now
from bench.databases import sqlite
from bench.figures import BenchFailed, Figure, in_turn
from bench.program import accounts, fill
from bench.workspace import ADMIN, CHANNEL, TEAM
from storage.database.engine import Store
from storage.delivery import outbox
from storage.tables import Letter, LetterKind

FEW, SOME, MANY = 10, 100, 1_000
DAYS = 9
"""How long the history of an account is: its length costs no statement."""
AGENDAS = 100
"""How many agendas at least are composed in a round."""


@dataclass(frozen=True, slots=True)
class Open:
    """An open review of so many accounts: its database, its id, its letters as they were queued, and when it opened."""

    store: Store
    count: int
    review_id: int
    letters: Sequence[Letter]
    now: datetime

    def compose(self, letters: Sequence[Letter]) -> None:
        """Compose letters, each in a transaction of its own as when it is sent. Raises BenchFailed for an empty one."""
        words, now = Words(), self.now + timedelta(minutes=1)
        for letter in letters:
            messages = self.store.read_now(partial(compose, words=words, now=now), letter)
            if not messages or not all(message.blocks for message in messages):
                raise BenchFailed(f"the letter {letter.key} ({letter.page}) was composed to nothing")

    def draw(self, page: str) -> None:
        """Compose the first letter that posts this page."""
        letters = self.store.read_now(outbox.of_review, self.review_id)
        self.compose([next(letter for letter in letters if letter.page == page and letter.kind == LetterKind.POST)])

    def close(self) -> None:
        """Close the review, once all of it was sent."""
        self.store.write_now(_mark_sent)
        self.store.write_now(close_by_person, _author(self.now), self.review_id)


def figures() -> Iterator[Figure]:
    """Yield the statements for more accounts against ten, and the processor time per account."""
    with ExitStack() as stack:
        statements, reviews = {}, {}
        for count in (FEW, SOME, MANY):
            url = stack.enter_context(sqlite())
            fill(url, named=count, days=DAYS)
            store = Store(url)
            stack.callback(store.close)
            with noted() as sent:
                reviews[count] = opened(store, count)
            statements[count] = {"open a review": len(sent)}
        yield _by_account(reviews[FEW], reviews[MANY])
        for count, review in reviews.items():
            statements[count] |= _statements(review)
        for what, least in statements[FEW].items():
            most = max(statements[SOME][what], statements[MANY][what])
            yield Figure(f"statements to {what}, 1,000 accounts to 10", most, least, "statements", 1.0)


def opened(store: Store, count: int) -> Open:
    """Open a review of all the accounts. Raises BenchFailed unless each has its letter."""
    now = datetime.now(UTC)
    ids = tuple(store.read_now(accounts))
    review = store.write_now(open_now, _author(now), CHANNEL, asked_by="today", today=now.date(), account_ids=ids)
    letters = store.read_now(outbox.of_review, review.row_id)
    found = sum(letter.page == "agenda" for letter in letters)
    if found != count:
        raise BenchFailed(f"a review of {count} accounts has {found} agendas")
    return Open(store, count, review.row_id, letters, now)


@contextmanager
def noted() -> Iterator[list[str]]:
    """The statements sent to any database, without BEGIN. One that is run for many rows at once counts once."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def _statements(review: Open) -> dict[str, int]:
    """Statements by what is done with the review, in the order of a review's life."""
    doings: dict[str, Callable[[], None]] = {
        "draw an account": partial(review.draw, "agenda"),
        "draw the header": partial(review.draw, "review_header"),
        "close a review": review.close,
        "draw the recap": partial(review.draw, "recap"),
    }
    found = {}
    for what, do in doings.items():
        with noted() as sent:
            do()
        found[what] = len(sent)
    return found


def _by_account(few: Open, many: Open) -> Figure:
    """Compare the processor time to compose everything of a review, by account."""
    found = in_turn({str(review.count): partial(_milliseconds, review) for review in (few, many)}, rounds=2)
    measured, least = (min(found[str(review.count)]) for review in (many, few))
    return Figure("composing by account, 1,000 accounts to 10", measured, least, "ms of CPU", 1.2)


def _milliseconds(review: Open) -> float:
    """Compose all letters of a large review once, those of a small one many times."""
    passes = max(1, AGENDAS // review.count)
    before = process_time()
    for _ in range(passes):
        review.compose(review.letters)
    return (process_time() - before) * 1_000 / (passes * review.count)


def _author(now: datetime) -> Author:
    return Author(TEAM, ADMIN, Source.COMMAND, now)


def _mark_sent(session: Session) -> None:
    sent = {"state": "sent", "sent_channel": CHANNEL, "sent_ts": "1764000000.000001"}
    session.execute(update(Letter).where(col(Letter.state) == "waiting").values(**sent))
