"""Programs of past days: each is what was loaded on that day, whatever happened since."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

import pytest
from sqlmodel import Session, select

from agendas.errors import CadenceError
from agendas.facts.account import Stage
from agendas.facts.evidence import EvidenceActor
from agendas.facts.measures import Program as Loaded
from agendas.facts.signals import SignalGiven, SignalKind, SignalStrength
from agendas.rules.measures import last_instant, up_to
from agendas.verbs import account_list, updates
from agendas.verbs.corrections import correct
from agendas.verbs.jobs import DUE_JOBS, InRead
from agendas.verbs.measures import program as load
from agendas.verbs.settings import change_settings
from agendas.verbs.signals import store_matched
from storage.database import Store
from storage.models.events import Event
from tests.agendas.verbs.measures.differing import differences
from tests.builders import ANN, BOB, CLEO, EVE, NOW, WORKSPACE, evidence
from tests.program import Program, stored_program

ZONE = "UTC"
PEOPLE = (ANN, BOB, CLEO, EVE)
SKIPPED = ("bring_home",)


class Days:
    """Days of the sample program, on which people record, correct and decide at random."""

    def __init__(self, stored: Program, seed: int) -> None:
        self.stored, self.random, self.now = stored, Random(seed), NOW
        self.events: list[int] = []
        self.doings: tuple[Callable[[str, int], object], ...] = (
            *(self.moves,) * 4,
            *(self.corrects,) * 2,
            self.blocks,
            self.acts,
            self.lists,
            self.lists,
            self.signals,
            self.sets,
        )

    def pass_by(self, days: int) -> Iterator[datetime]:
        """Yield the last instant of each day, with all that was due by then done."""
        for _ in range(days):
            for hour in sorted(self.random.sample(range(8, 20), self.random.randint(0, 4))):
                self.now = datetime.combine(self.now.date(), time(hour, 30), self.now.tzinfo)
                doing, account_id = (
                    self.random.choice(self.doings),
                    self.random.choice([*self.stored.accounts.values()]),
                )
                with suppress(CadenceError):
                    doing(self.random.choice(PEOPLE), account_id)
            self.now = last_instant(self.now.date(), ZONE)
            self.ticks()
            yield self.now
            self.now += timedelta(hours=6)

    def ticks(self) -> None:
        """Do what is due."""
        store = self.stored.store
        for job in DUE_JOBS:
            while job.name not in SKIPPED and (due := store.read_now(job.find, self.now)):
                if isinstance(job.serve, InRead):
                    store.write_now(store.read_now(job.serve.work_out, due[0], self.now))
                else:
                    store.write_now(job.serve, due[0], self.now)

    def did(self, verb: Callable[..., object], who: str, *given: object, **values: object) -> None:
        self.stored.did(verb, who, self.now, *given, **values)

    def moves(self, who: str, account_id: int) -> None:
        shown = replace(evidence("Notes of the call"), actor=EvidenceActor.BUYER, dated_at=self.now)
        stage = self.random.choice([None, *Stage])
        pieces = (shown,) if self.random.random() < 0.5 else ()
        self.did(updates.move, who, account_id, text=f"News of {self.now}", to_stage=stage, evidence=pieces)

    def corrects(self, who: str, account_id: int) -> None:
        def ids(session: Session) -> list[int | None]:
            return list(session.exec(select(Event.id).where(Event.account_id == account_id)))

        event_id = self.random.choice(self.stored.store.read_now(ids))
        self.did(correct, who, event_id, "It was another", is_editor=True)

    def blocks(self, who: str, account_id: int) -> None:
        self.did(updates.open_blocker, who, account_id, text=f"Legal {self.now}", needs="executive")

    def acts(self, who: str, account_id: int) -> None:
        due_on = self.now.date() + timedelta(days=self.random.randint(0, 20))
        self.did(updates.add_action, who, account_id, text=f"Call {self.now}", due_on=due_on)

    def lists(self, _who: str, account_id: int) -> None:
        verb = self.random.choice([account_list.pause, account_list.remove, account_list.restore, None, None, None])
        if verb is not None:
            self.did(verb, EVE, account_id, because="Decided")
        else:
            self.did(account_list.put_on_list, EVE, account_id, tier=self.random.choice([1, 2, 3]), because="Decided")

    def signals(self, who: str, account_id: int) -> None:
        given = SignalGiven("a.example", SignalKind.EVENT, SignalStrength.HIGH, "Came", self.now, f"s-{self.now}")
        self.did(store_matched, who, [(given, account_id)])

    def sets(self, _who: str, _account_id: int) -> None:
        self.did(change_settings, EVE, {"tier.2.quiet.engaged": (30, self.random.randint(10, 40))})


def said_then(stored: Program, at: datetime, *, now: datetime) -> Loaded:
    """The program up to an instant, without what was recorded later, and as one that runs."""
    period = replace(up_to(at.date(), ZONE, now=now), ends_at=at, is_running=at == now)
    found = stored.store.read_now(load, WORKSPACE, period, now=now)
    accounts = tuple(replace(each, recorded_later=()) for each in found.accounts)
    return replace(found, accounts=accounts, period=replace(period, is_running=True))


def simulate(store: Store, seed: int, days: int) -> None:
    stored = stored_program(store)
    passing = Days(stored, seed)
    then = {at: said_then(stored, at, now=at) for at in passing.pass_by(days)}
    for at, said in then.items():
        found = said_then(stored, at, now=passing.now + timedelta(days=1))
        assert list(differences(found, said)) == [], f"seed {seed}, {at}"


@pytest.mark.parametrize("days", [10, pytest.param(180, marks=pytest.mark.proof)])
def test_each_day_is_for_ever_what_was_loaded_on_it(store: Store, days: int) -> None:
    simulate(store, seed=1, days=days)
