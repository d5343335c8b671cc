"""Habits of people in the simulated months, drawn from a seed: what they do after a message, and when."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from random import Random

from sqlmodel import Session, col, select

from agendas.errors import CadenceError
from agendas.facts.people import Author
from agendas.verbs import updates
from agendas.verbs.cadences import move_one, skip
from agendas.verbs.closing import close_by_person
from sandbox.server import Sandbox
from storage import reviews
from storage.database import Store
from storage.models.delivery import Letter, LetterState
from tests.months.program import BEGINS_AT, CADENCES, Members, author

Act = Callable[[datetime], None]
HOUR = timedelta(hours=1)
ANSWERS, HOLDS, CHANGES_PLANS = 0.6, 0.7, 0.06
"""How many of those asked answer, of reviews somebody closes, and of hours of planning change a date."""
SEEN = ("preparation", "review_header", "morning")


@dataclass
class Habits:
    """Acts to come, in the order of their moments; `next_at` is the first."""

    store: Store
    sandbox: Sandbox
    members: Members
    chance: Random
    texts: count = field(default_factory=count)
    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _numbers: count = field(default_factory=count)
    _seen: set[int] = field(default_factory=set)
    _looked_at: datetime = BEGINS_AT

    @property
    def next_at(self) -> datetime | None:
        """The moment of the next act."""
        return self._acts[0][0] if self._acts else None

    def plan(self, at: datetime, act: Act) -> None:
        heapq.heappush(self._acts, (at, next(self._numbers), act))

    def act(self, now: datetime) -> None:
        """Do what is due, and plan what follows from the messages that came."""
        while self._acts and self._acts[0][0] <= now:
            heapq.heappop(self._acts)[2](now)
        for letter in self.store.read_now(_sent_since, self._looked_at):
            if letter.row_id not in self._seen:
                self._seen.add(letter.row_id)
                self._follow(letter, now)
        self._looked_at = now - HOUR

    def plan_weeks(self, first: datetime, until: datetime) -> None:
        """Once a week somebody may skip or move a date."""
        at = first
        while at < until:
            if self.chance.random() < 5 * CHANGES_PLANS:
                self.plan(at, self._change_a_date)
            at += timedelta(days=7)

    def _follow(self, letter: Letter, now: datetime) -> None:
        later = now + self.chance.uniform(0.1, 20) * HOUR
        if letter.page == "review_header" and self.chance.random() < HOLDS:
            self.plan(now + HOUR, partial(self._hold, letter.review_id or 0))
        elif letter.user_id and self.chance.random() < ANSWERS:
            name = next((name for name, user_id in self.members.ids.items() if user_id == letter.user_id), "")
            if name:
                self.plan(later, partial(self._tell, name))

    def _do(self, verb: Callable[..., object], who: Author, *arguments: object, **values: object) -> None:
        try:
            self.store.write_now(verb, who, *arguments, **values)
        except CadenceError:
            return  # somebody was first, or it cannot be done any more: the person reads so

    def _tell(self, name: str, now: datetime) -> None:
        """Tell what happened at some of the accounts, now and then with something to do or in the way."""
        who = author(self.sandbox, name, now)
        accounts = self.members.accounts.get(name) or self.members.accounts["ann"]
        for account_id in self.chance.sample(accounts, 2):
            number, what = next(self.texts), self.chance.random()
            if what < 0.3:
                self._do(updates.say_nothing_moved, who, account_id)
            elif what < 0.75:
                self._do(updates.move, who, account_id, text=f"They sent version {number} of their list")
            elif what < 0.9:
                due_on = (now + timedelta(days=self.chance.randint(1, 10))).date()
                self._do(updates.add_action, who, account_id, text=f"Call them about list {number}", due_on=due_on)
            else:
                self._do(
                    updates.open_blocker, who, account_id, text=f"Legal waits for list {number}", needs="executive"
                )
        self.store.write_now(self._settle, who, accounts)

    def _settle(self, session: Session, who: Author, accounts: list[int]) -> None:
        """Half of what is open at the accounts is done."""
        for account_id in accounts:
            state = updates.open_account(session, who, account_id)
            for action in state.actions:
                if self.chance.random() < 0.5:
                    updates.close_action(session, who, account_id, action.id, done=True)
            for blocker in state.blockers:
                if self.chance.random() < 0.5:
                    updates.resolve_blocker(session, who, account_id, blocker.id, text="They signed")

    def _hold(self, review_id: int, now: datetime) -> None:
        self._tell("ann", now)
        self._do(
            close_by_person, author(self.sandbox, "ann", now), review_id, attended=tuple(self.members.ids.values())
        )

    def _change_a_date(self, now: datetime) -> None:
        channel = self.sandbox.channel_state(self.chance.choice(CADENCES)[0]).id
        who = author(self.sandbox, "ann", now)
        row = self.store.read_now(reviews.cadence_of, who.workspace_id, channel)
        if row is None or row.next_at is None:
            return
        if self.chance.random() < 0.5:
            self._do(skip, who, channel, because="Trade fair")
        else:
            moved_to = max(now, row.next_at) + self.chance.randint(2, 40) * HOUR
            self._do(move_one, who, channel, moved_to=moved_to, because="Trade fair")


def _sent_since(session: Session, at: datetime) -> list[Letter]:
    """Messages of the pages that people follow, sent since then."""
    is_there = Letter.state == LetterState.SENT, col(Letter.target).is_(None), col(Letter.sent_at) >= at
    return list(session.exec(select(Letter).where(*is_there, col(Letter.page).in_(SEEN)).order_by(col(Letter.id))))
