"""A stored sample program made through the verbs. Every name here is invented."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from agendas.facts.account import Rhythm, Stage
from agendas.facts.events import Decided, DecisionKind, Noted, Profile
from agendas.facts.people import Function, Right
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import account_list, closing, people, record, reviews, updates
from agendas.verbs.cadences import schedule
from storage import people as stored_people
from storage import reviews as stored_reviews
from storage.database import Store
from storage.models.following import DaysAway
from storage.models.workspaces import Workspace
from storage.people import SlackUser
from tests.builders import ANN, BOB, CHANNEL, CLEO, DAN, EVE, HOUR, WORKSPACE, ZONE, ago, author, evidence, profile
from tests.rows import Copy

PEOPLE = (
    (ANN, "Ann", Function.SALES, Right.EDITOR, ZONE),
    (BOB, "Bob", Function.MARKETING, Right.EDITOR, "Europe/London"),
    (CLEO, "Cleo", Function.CUSTOMER_SUCCESS, Right.EDITOR, ZONE),
    (DAN, "Dan", Function.EXECUTIVE, Right.VIEWER, ZONE),
    (EVE, "Eve", None, Right.ADMIN, ZONE),
)


@dataclass(frozen=True, slots=True)
class Program:
    """A stored program: account ids and review ids by short name, event ids as they were recorded."""

    store: Store
    accounts: dict[str, int] = field(default_factory=dict)
    reviews: list[int] = field(default_factory=list)
    cadence_id: int = 0

    def did(self, verb: Callable[..., Any], user_id: str, at: datetime, *args: Any, **values: Any) -> Any:
        return self.store.write_now(verb, author(user_id, at), *args, **values)

    def read(self, verb: Callable[..., Any], *args: Any, **values: Any) -> Any:
        return self.store.read_now(verb, WORKSPACE, *args, **values)

    def opens_review(self, at: datetime) -> int:
        before = {row.row_id for row in self.read(stored_reviews.get_all)}
        self.store.write_now(reviews.open_due, self.cadence_id, now=at)
        opened = next(row.row_id for row in self.read(stored_reviews.get_all) if row.row_id not in before)
        self.reviews.append(opened)
        return opened

    def closes_review(self, at: datetime) -> None:
        """Eve closes the latest review and says that Ann and Bob were there; where nobody wrote in it, she notes so."""
        if not self.read(closing.closing_of, self.reviews[-1], now=at).can_be_held:
            account_id = self.store.read_now(stored_reviews.account_ids, self.reviews[-1])[0]
            self.did(record.record, EVE, at, account_id, Noted("Nothing to add"))
        self.did(closing.close_by_person, EVE, at, self.reviews[-1], attended=(ANN, BOB, EVE))


def learn_people(store: Store) -> None:
    """The workspace, its five people with functions and rights, who have met the bot."""
    installed = ago(100)
    with store.writing() as session:
        session.add(Workspace(id=WORKSPACE, name="Sample", url="https://sample.example/", installed_at=installed))
        users = [SlackUser(user_id, WORKSPACE, name, time_zone=zone) for user_id, name, _, _, zone in PEOPLE]
        stored_people.save_users(session, WORKSPACE, users, installed)
        people.first_admins(session, WORKSPACE, [EVE], now=installed)
        for user_id, _, function, right, _ in PEOPLE:
            people.give(session, author(EVE, installed), user_id, function=function, right=right)
            stored_people.meet(session, WORKSPACE, user_id, installed)


def people_alone(store: Store) -> Program:
    """The five people and no account."""
    return _copied(_met, store)


def days_away(user_id: str, first: date, last: date, *, stand_in: str = "", name: str = "") -> DaysAway:
    """Days on which the person is away, to be stored; of everybody where `user_id` is ''."""
    said = {"said_by": user_id or EVE, "said_at": ago(1)}
    return DaysAway(
        workspace_id=WORKSPACE, user_id=user_id, from_on=first, until_on=last, stand_in=stand_in, name=name, **said
    )


def stored_program(store: Store) -> Program:
    """Six accounts over three tiers, a weekly cadence, two held reviews and one still open since yesterday.

    Acme Corp advanced with evidence, Globex is blocked and late with an action, Initrode fell back, Umber Foods only
    claims a step, Larch & Sons is paused, Pinewood is a candidate.
    """
    return _copied(_told, store)


def _copied(make: Callable[[Store], Program], store: Store) -> Program:
    """In an empty database what this makes: it is made once a process, and copied from then on."""
    if make in _MADE:
        program, copy = _MADE[make]
        copy.put_into(store)
    else:
        program = make(store)
        _MADE[make] = program, Copy(store)
    return replace(program, store=store, accounts=dict(program.accounts), reviews=list(program.reviews))


_MADE: dict[Callable[[Store], Program], tuple[Program, Copy]] = {}


def _met(store: Store) -> Program:
    learn_people(store)
    return Program(store)


def _told(store: Store) -> Program:
    learn_people(store)
    program = _listed(Program(store))
    _first_weeks(program)
    program.opens_review(_monday(date(2026, 11, 9)))
    program.closes_review(_monday(date(2026, 11, 9)) + HOUR)
    _middle_weeks(program)
    program.opens_review(_monday(date(2026, 11, 16)))
    _second_review(program)
    program.closes_review(_monday(date(2026, 11, 16)) + HOUR)
    _last_week(program)
    program.opens_review(_monday(date(2026, 11, 23)))
    _since_yesterday(program)
    return program


def _listed(program: Program) -> Program:
    named: Sequence[tuple[str, Profile, int | None]] = (
        ("acme", profile("Acme Corp", segment="Retail", value_cents=12_000_000, currency="USD"), 1),
        ("globex", profile("Globex", owner=BOB, marketing_partner=ANN), 1),
        ("initrode", profile("Initrode"), 2),
        ("umber", profile("Umber Foods", owner=CLEO, aliases=("UF",)), 2),
        ("larch", profile("Larch & Sons", owner=CLEO), 3),
        ("pinewood", profile("Pinewood", owner=None), None),
    )
    for short, each, tier in named:
        nominated = program.did(account_list.nominate, ANN, ago(70), each, because="Fits the segment")
        program.accounts[short] = nominated.event.account_id
        if tier is not None:
            program.did(account_list.put_on_list, EVE, ago(69), nominated.event.account_id, tier=tier, because="Agreed")
    wish = CadenceWish(Plan(Rhythm.WEEKLY, date(2026, 11, 9), time(10), ZONE), minutes=45, facilitator=EVE)
    cadence = program.did(schedule, EVE, _monday(date(2026, 11, 9)) - timedelta(days=3), CHANNEL, wish)
    return replace(program, cadence_id=cadence.id)


def _first_weeks(program: Program) -> None:
    ids = program.accounts
    notes = (evidence("First call", ago(40)),)
    program.did(updates.move, ANN, ago(40), ids["acme"], text="First call", to_stage=Stage.AWARE, evidence=notes)
    program.did(updates.move, ANN, ago(39), ids["initrode"], text="Demo", to_stage=Stage.ENGAGED, evidence=notes)
    program.did(updates.move, BOB, ago(38), ids["globex"], text="Event", to_stage=Stage.MQA, evidence=notes)
    program.did(account_list.pause, EVE, ago(30), ids["larch"], because="Merger until spring")
    program.did(
        updates.add_action, BOB, ago(25), ids["globex"], text="Send the security answers", due_on=date(2026, 11, 6)
    )


def _middle_weeks(program: Program) -> None:
    globex, umber = program.accounts["globex"], program.accounts["umber"]
    program.did(updates.open_blocker, BOB, ago(13), globex, text="Legal review is stuck", needs="executive")
    program.did(updates.say_nothing_moved, CLEO, ago(12), umber)


def _second_review(program: Program) -> None:
    decided = Decided(DecisionKind.INTERVENE, "Call their general counsel", ask_of=DAN, due_on=date(2026, 11, 20))
    during = _monday(date(2026, 11, 16)) + HOUR / 2
    program.did(updates.decide, EVE, during, program.accounts["globex"], decided)


def _last_week(program: Program) -> None:
    ids = program.accounts
    pilot = {"to_stage": Stage.ENGAGED, "evidence": (evidence("Pilot agreed", ago(5), "https://notes.example/pilot"),)}
    program.did(updates.move, ANN, ago(5), ids["acme"], text="CFO agreed to a pilot", **pilot)
    program.did(updates.move, ANN, ago(4), ids["initrode"], text="Champion left", to_stage=Stage.AWARE)
    program.did(updates.move, CLEO, ago(3), ids["umber"], text="They sound keen", to_stage=Stage.AWARE)


def _since_yesterday(program: Program) -> None:
    ids = program.accounts
    program.did(updates.add_action, ANN, ago(0.9), ids["acme"], text="Draft the pilot plan", due_on=date(2026, 11, 27))
    program.did(updates.open_blocker, ANN, ago(0.8), ids["acme"], text="No budget code yet", needs="finance")


def _monday(on: date) -> datetime:
    """10:00 in New York in November."""
    return datetime.combine(on, time(15), tzinfo=UTC)
