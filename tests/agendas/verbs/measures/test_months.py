"""Months that are kept: what was loaded of one is loaded of it for ever, kept or folded."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, col, delete, select, update

from agendas.facts.account import Stage
from agendas.facts.audience import PrivacySet
from agendas.facts.evidence import EvidenceActor
from agendas.facts.measures import Period
from agendas.facts.measures import Program as Loaded
from agendas.rules.measures import month_before, month_of, up_to
from agendas.verbs import account_list, updates
from agendas.verbs import months as months_verbs
from agendas.verbs.corrections import correct
from agendas.verbs.measures import program as load
from agendas.verbs.record import record
from agendas.verbs.settings import change_settings
from storage.database import hiding
from storage.models.measures import AccountMonth, ProgramFigures, ProgramMonth, Progress
from tests.agendas.verbs.measures.differing import differences
from tests.agendas.verbs.measures.kept import keep_all
from tests.builders import ANN, BOB, EVE, NOW, WORKSPACE, evidence, profile
from tests.program import Program

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
    stored.store.write_now(months_verbs.leave_month, first)
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
