from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from sqlmodel import Session, col, delete, select, update

from agendas.errors import CadenceError
from agendas.facts.account import Stage
from agendas.facts.audience import PrivacySet
from agendas.facts.evidence import EvidenceActor
from agendas.facts.measures import Period
from agendas.facts.measures import Program as Loaded
from agendas.facts.signals import SignalGiven, SignalKind, SignalStrength
from agendas.rendering.words import Words
from agendas.rules.measures import last_instant, month_before, month_of, up_to
from agendas.verbs import account_list, updates
from agendas.verbs import months as months_verbs
from agendas.verbs.compose import compose
from agendas.verbs.corrections import correct
from agendas.verbs.jobs import DUE_JOBS, InRead, Together
from agendas.verbs.measures import load_program as load
from agendas.verbs.record import record
from agendas.verbs.settings import change_settings
from agendas.verbs.signals import store_matched
from storage.database import Store, hiding
from storage.models.delivery import Letter, LetterKind
from storage.models.events import Event
from storage.models.measures import AccountMonth, ProgramFigures, ProgramMonth, Progress
from tests.agendas.verbs.kept_months import keep_all
from tests.builders import ANN, BOB, CHANNEL, CLEO, DAN, EVE, NOW, WORKSPACE, evidence, profile
from tests.program import Program, stored_program


def differences(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """Yield a line for each of the innermost parts in which the values differ."""
    if one == other:
        return
    if is_dataclass(one) and type(one) is type(other):
        for each in fields(one):
            yield from differences(getattr(one, each.name), getattr(other, each.name), f"{path}.{each.name}")
    elif isinstance(one, Mapping) and isinstance(other, Mapping) and one.keys() == other.keys():
        for key in one:
            yield from differences(one[key], other[key], f"{path}[{key}]")
    elif (
        isinstance(one, Sequence)
        and isinstance(other, Sequence)
        and not isinstance(one, str)
        and len(one) == len(other)
    ):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{path}[{number}]")
    else:
        yield f"{path}: {one!r} is not {other!r}"


# Months that are kept: what was loaded of one is loaded of it for ever, kept or folded.

MONTH_END = datetime(2026, 11, 30, 23, 59, 59, 999999, tzinfo=UTC)
LATER = NOW + timedelta(days=45)
NOVEMBER = month_of(date(2026, 11, 1), "UTC", now=LATER)
DECEMBER = month_of(date(2026, 12, 1), "UTC", now=LATER)


def loaded(stored: Program, period: Period, *, now: datetime = LATER) -> Loaded:
    return stored.store.read_now(load, WORKSPACE, period, now=now)


def forget(session: Session) -> None:
    """Take away what is kept, so that all is folded."""
    session.exec(delete(AccountMonth))
    session.exec(update(ProgramMonth).values(progress=Progress.LEFT))


def months(session: Session) -> list[tuple[date, str]]:
    rows = session.exec(select(ProgramMonth).order_by(col(ProgramMonth.ended_at)))
    return [(row.first, row.progress.value) for row in rows]


def goes_on(stored: Program, error: int) -> None:
    """December: steps, a correction of November, an entry told late, a tier changed, a setting, one gone."""
    acme, umber = stored.accounts["acme"], stored.accounts["umber"]
    shown = replace(evidence("The contract"), actor=EvidenceActor.BUYER)
    stored.did(
        updates.move, ANN, NOW + timedelta(days=8), umber, text="Met", to_stage=Stage.OPPORTUNITY, evidence=(shown,)
    )
    stored.did(correct, ANN, NOW + timedelta(days=9), error, "It was Globex", is_editor=True)
    stored.did(account_list.put_on_list, EVE, NOW + timedelta(days=10), acme, tier=2, because="Smaller")
    stored.did(change_settings, EVE, NOW + timedelta(days=11), {"tier.1.cap": (25, 30)})
    stored.did(account_list.remove, EVE, NOW + timedelta(days=12), stored.accounts["initrode"], because="Sold")
    stored.did(
        account_list.put_on_list, EVE, NOW + timedelta(days=13), stored.accounts["pinewood"], tier=3, because="Fits"
    )
    stored.did(updates.open_blocker, BOB, NOW + timedelta(days=14), acme, text="Legal", needs="executive")


def test_months_are_kept_one_after_the_other_from_the_first_entry_on(stored: Program) -> None:
    assert stored.store.read_now(months) == [(date(2026, 9, 1), "open")]
    keep_all(stored.store, NOW)
    assert stored.store.read_now(months) == [
        (date(2026, 9, 1), "done"),
        (date(2026, 10, 1), "done"),
        (date(2026, 11, 1), "open"),
    ]
    assert keep_all(stored.store, MONTH_END + timedelta(minutes=59)) == 0
    assert keep_all(stored.store, MONTH_END + timedelta(minutes=60)) > 0


def test_a_kept_month_says_what_folding_says_and_what_was_said_then(stored: Program) -> None:
    acme = stored.accounts["acme"]
    error = stored.did(updates.move, ANN, NOW + timedelta(days=1), acme, text="They sent the papers").event.id
    then = loaded(stored, replace(NOVEMBER, is_running=True), now=MONTH_END)
    keep_all(stored.store, NOW + timedelta(days=7))
    goes_on(stored, error)
    keep_all(stored.store, LATER)
    days = [up_to(date(2026, month, day), "UTC", now=LATER) for month, day in ((10, 20), (11, 17), (12, 4), (12, 6))]
    periods = [NOVEMBER, month_before(NOVEMBER), DECEMBER, *days]
    kept = [loaded(stored, period) for period in periods]
    stored.store.write_now(forget)
    for period, before in zip(periods, kept, strict=True):
        assert list(differences(loaded(stored, period), before)) == []
    later = {"recorded_later": ()}
    accounts = tuple(replace(each, **later) for each in kept[0].accounts)
    assert list(differences(replace(kept[0], accounts=accounts, period=then.period, trend=then.trend), then)) == []
    assert any(each.recorded_later for each in kept[0].accounts)


def test_a_part_kept_twice_is_there_once_and_one_cut_off_is_kept_again(stored: Program) -> None:
    first = stored.store.read_now(lambda session: session.exec(select(ProgramMonth.id)).one())
    one = stored.store.read_now(months_verbs.keep_accounts, first, NOW, at_once=2)
    same = stored.store.read_now(months_verbs.keep_accounts, first, NOW, at_once=2)
    stored.store.write_now(one)
    stored.store.write_now(same)

    cut_off = stored.store.read_now(months_verbs.keep_accounts, first, NOW, at_once=2)

    def is_killed(session: Session) -> None:
        cut_off(session)
        raise RuntimeError("killed before the end")

    with pytest.raises(RuntimeError):
        stored.store.write_now(is_killed)
    keep_all(stored.store, NOW)
    rows = stored.store.read_now(
        lambda session: session.exec(select(AccountMonth.month_id, AccountMonth.account_id)).all()
    )
    assert len(rows) == len(set(rows)) == 10


def test_a_month_that_cannot_be_kept_is_left_and_the_next_one_is_kept(stored: Program) -> None:
    first = stored.store.read_now(lambda session: session.exec(select(ProgramMonth.id)).one())
    before = loaded(stored, month_before(NOVEMBER))
    stored.store.write_now(months_verbs.set_aside_month, first)
    keep_all(stored.store, NOW)
    assert [progress for _, progress in stored.store.read_now(months)] == ["left", "done", "open"]
    assert loaded(stored, month_before(NOVEMBER)) == before


def test_figures_are_kept_of_each_held_review_and_month(stored: Program) -> None:
    keep_all(stored.store, LATER)
    trend = loaded(stored, DECEMBER).trend
    assert [(point.kind.value, point.on) for point in trend] == [
        ("month", date(2026, 9, 30)),
        ("month", date(2026, 10, 31)),
        ("review", date(2026, 11, 9)),
        ("review", date(2026, 11, 16)),
        ("month", date(2026, 11, 30)),
    ]
    assert sum(sum(counts.values()) for counts in trend[-1].buckets.values()) == 4
    assert set(trend[-1].audit) == {"list", "marketing", "sales", "product", "measurement"}
    assert stored.store.read_now(lambda session: session.exec(select(ProgramFigures.others)).all()) == [None] * 6


def test_an_account_hidden_from_its_first_days_on_takes_no_figures_of_before_from_anybody(stored: Program) -> None:
    made = stored.did(account_list.nominate, ANN, NOW + timedelta(days=1), profile("Orrin", domain=""), because="x")
    orrin = made.event.account_id
    stored.did(account_list.put_on_list, EVE, NOW + timedelta(days=1, hours=1), orrin, tier=3, because="x")
    stored.did(record, ANN, NOW + timedelta(days=1, hours=2), orrin, PrivacySet("C0PRIVATE1"))
    keep_all(stored.store, LATER)
    with stored.store.reading() as session, hiding(session, (orrin,)):
        points = load(session, WORKSPACE, DECEMBER, now=LATER).trend
    assert [(point.kind.value, point.on.month) for point in points] == [
        ("month", 9),
        ("month", 10),
        ("review", 11),
        ("review", 11),
        ("month", 11),
    ]
    assert sum(sum(counts.values()) for counts in points[-1].buckets.values()) == 4


def test_a_reader_who_may_not_see_an_account_gets_a_trend_without_it(stored: Program) -> None:
    globex = stored.accounts["globex"]
    stored.did(record, ANN, NOW + timedelta(days=2), globex, PrivacySet("C0PRIVATE1"))
    keep_all(stored.store, LATER)

    def trend(hidden: tuple[int, ...]) -> list[tuple[str, date, int]]:
        with stored.store.reading() as session, hiding(session, hidden):
            found = load(session, WORKSPACE, DECEMBER, now=LATER)
        assert {each.account_id for each in found.accounts}.isdisjoint(hidden)
        assert found.before.keys().isdisjoint(hidden)
        points = found.trend
        return [
            (each.kind.value, each.on, sum(sum(counts.values()) for counts in each.buckets.values())) for each in points
        ]

    assert trend(())[-1] == ("month", date(2026, 11, 30), 4)
    assert trend((globex,)) == [("month", date(2026, 11, 30), 3)]


# Programs of past days: each is what was loaded on that day, whatever happened since.

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
        store = self.stored.store
        for job in DUE_JOBS:
            while job.name not in SKIPPED and (due := store.read_now(job.find, self.now)):
                if isinstance(job.serve, Together):
                    store.write_now(store.read_now(job.serve.work_out, due, self.now))
                elif isinstance(job.serve, InRead):
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


@pytest.mark.parametrize("days", [10, pytest.param(90, marks=pytest.mark.proof)])
def test_each_day_is_for_ever_what_was_loaded_on_it(store: Store, days: int) -> None:
    simulate(store, seed=1, days=days)


# The audit of a month is sent once it ended, to whom the settings name.

NEXT_MONTH = datetime(2026, 12, 1, tzinfo=UTC)
SOON = NEXT_MONTH + timedelta(hours=2)


def letters(session: Session) -> list[Letter]:
    return list(session.exec(select(Letter).where(Letter.page == "month_audit").order_by(col(Letter.id))))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("nobody", []),
        ("executives", [(LetterKind.DIRECT, "", DAN, {"month": "2026-11"})]),
        ("review_channels", [(LetterKind.POST, CHANNEL, "", {"month": "2026-11"})]),
    ],
)
def test_the_audit_of_the_month_that_ended_is_sent_to_whom_the_settings_name(stored: Program, wanted, expected):
    if wanted != "nobody":
        stored.did(change_settings, EVE, NOW, {"audit.sent": ("nobody", wanted)})
    keep_all(stored.store, SOON)
    found = stored.store.read_now(letters)
    assert [(each.kind, each.channel_id, each.user_id, each.subject) for each in found] == expected
    for letter in found:
        with stored.store.reading() as session:
            [message] = compose(session, letter, words=Words(), now=SOON)
            assert message.text.startswith("Audit, November 2026:")
            assert "menu.audit" in str(message.blocks)


def test_what_is_hidden_from_a_channel_is_not_counted_there(stored: Program) -> None:
    stored.did(change_settings, EVE, NOW, {"audit.sent": ("nobody", "review_channels")})
    keep_all(stored.store, SOON)
    [letter] = stored.store.read_now(letters)
    with stored.store.reading() as session, hiding(session, [stored.accounts["globex"]]):
        assert "Globex" not in str(compose(session, letter, words=Words(), now=SOON))
