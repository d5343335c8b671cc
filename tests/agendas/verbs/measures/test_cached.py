"""A program that is kept for the pages of a process, until anything changes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from agendas.facts.account import Stage
from agendas.facts.measures import Program as Loaded
from agendas.facts.people import Function, Right
from agendas.facts.signals import SignalGiven, SignalKind, SignalStrength
from agendas.rules.measures import month_of
from agendas.verbs import cadences, closing, people, updates
from agendas.verbs.measures import VALID_FOR, known_program, note_opened, with_practice
from agendas.verbs.measures import program as load
from agendas.verbs.settings import change_settings
from agendas.verbs.signals import store_matched
from storage.backups import back_up_file, restore_file
from storage.database import hiding
from tests.agendas.verbs.measures.kept import keep_all
from tests.builders import ANN, CHANNEL, EVE, NOW, WORKSPACE, ZONE, ago
from tests.program import Program
from tests.statements import statements

MINUTE = timedelta(minutes=1)


def untold(_done: int, _total: int) -> None:
    """Report nothing."""


def known(stored: Program, now: datetime = NOW, *, hidden: Sequence[int] = ()) -> Loaded:
    with stored.store.reading() as session, hiding(session, hidden):
        return known_program(session, WORKSPACE, month_of(now.date(), ZONE, now=now), now=now)


def test_it_is_loaded_once_for_all_that_is_asked_of_it_and_again_after_a_while(stored: Program) -> None:
    first = known(stored)
    with stored.store.reading() as session, statements(session) as sent:
        again = known_program(session, WORKSPACE, month_of(NOW.date(), ZONE, now=NOW + MINUTE), now=NOW + MINUTE)
    assert again is first
    assert len([each for each in sent if each.startswith("SELECT")]) == 2
    assert known(stored, NOW + VALID_FOR) is not first
    assert known(stored, NOW - MINUTE) is not first


def moved(stored: Program) -> None:
    stored.did(updates.move, ANN, NOW, stored.accounts["acme"], text="Met", to_stage=Stage.OPPORTUNITY)


def set_otherwise(stored: Program) -> None:
    stored.did(change_settings, EVE, NOW, {"tier.1.cap": (25, 30)})


def closed(stored: Program) -> None:
    stored.did(closing.close_by_person, EVE, NOW, stored.reviews[-1], attended=(ANN,))


def signalled(stored: Program) -> None:
    given = SignalGiven("acme.example", SignalKind.EVENT, SignalStrength.HIGH, "Came", ago(1), "s-1")
    stored.did(store_matched, ANN, NOW, [(given, stored.accounts["acme"])])


def given_a_function(stored: Program) -> None:
    stored.did(people.give, EVE, NOW, ANN, function=Function.PRODUCT, right=Right.EDITOR)


def month_kept(stored: Program) -> None:
    keep_all(stored.store, NOW)


def opened(stored: Program) -> None:
    stored.did(note_opened, EVE, NOW, NOW.date())


CHANGES = (moved, set_otherwise, closed, signalled, given_a_function, month_kept, opened)


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_it_is_the_one_that_loading_anew_gives(
    stored: Program, change: Callable[[Program], None]
) -> None:
    before = known(stored)
    change(stored)
    after = known(stored, NOW + MINUTE)
    assert after is not before
    period = month_of(NOW.date(), ZONE, now=NOW + MINUTE)
    with stored.store.reading() as session:
        assert after == with_practice(session, WORKSPACE, load(session, WORKSPACE, period, now=NOW + MINUTE))


def test_after_a_restore_numbers_that_are_given_again_tell_of_other_rows(stored: Program, tmp_path: Path) -> None:
    database, backup = Path(stored.store.url.removeprefix("sqlite:///")), tmp_path / "cadence.backup"
    back_up_file(database, backup, untold)
    moved(stored)
    before = known(stored)
    restore_file(database, backup, untold)
    stored.did(updates.move, ANN, NOW - MINUTE, stored.accounts["initrode"], text="Met", to_stage=Stage.OPPORTUNITY)
    after = known(stored)
    accounts = [each.facts.account for found in (before, after) for each in found.accounts]
    assert [each.stage is Stage.OPPORTUNITY for each in accounts if each.name == "Acme Corp"] == [True, False]


def test_a_date_that_is_skipped_is_seen(stored: Program) -> None:
    later = NOW + timedelta(hours=2)
    before = known(stored, later)
    stored.did(cadences.skip, EVE, later, CHANNEL, because="Holidays")
    assert known(stored, later + MINUTE) is not before


def test_whoever_may_not_see_an_account_and_another_month_have_their_own(stored: Program) -> None:
    globex = stored.accounts["globex"]
    whole = known(stored)
    partly = known(stored, hidden=[globex])
    assert globex in {each.account_id for each in whole.accounts}
    assert globex not in {each.account_id for each in partly.accounts}
    october = month_of(date(2026, 10, 1), ZONE, now=NOW)
    past = partial(stored.store.read_now, known_program, WORKSPACE, october)
    assert past(now=NOW) is past(now=NOW + MINUTE)
    assert past(now=NOW) is not past(now=NOW + timedelta(days=1))
    assert replace(known(stored), period=whole.period) == whole
