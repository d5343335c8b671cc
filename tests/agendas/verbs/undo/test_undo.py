"""Undo: only by the author, within ten minutes, once; whatever depended on it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session

from agendas.errors import Outdated, Refused
from agendas.facts.account import Stage
from agendas.verbs import account_list, updates
from agendas.verbs import corrections as corrections_verbs
from agendas.verbs.record import Recorded
from agendas.verbs.settings import change_settings
from storage import accounts, events
from tests.builders import ANN, BOB, EVE, NOW, evidence, profile
from tests.program import Program

LATER = NOW + timedelta(minutes=10)


def moved(program: Program) -> Recorded:
    """Acme is said to be an opportunity now."""
    done: Recorded = program.did(
        updates.move,
        ANN,
        NOW,
        program.accounts["acme"],
        text="They signed",
        to_stage=Stage.OPPORTUNITY,
        evidence=(evidence(),),
    )
    return done


def test_only_its_author_may_and_only_for_ten_minutes_and_once(program: Program) -> None:
    done = moved(program)
    with pytest.raises(Refused, match=f"Only <@{ANN}>, who recorded it"):
        program.did(corrections_verbs.take_back, BOB, NOW, done.event.id)
    with pytest.raises(Refused, match="more than ten minutes ago"):
        program.did(corrections_verbs.take_back, ANN, LATER + timedelta(seconds=1), done.event.id)
    program.did(corrections_verbs.take_back, ANN, LATER, done.event.id)
    with pytest.raises(Outdated, match="taken back already"):
        program.did(corrections_verbs.take_back, ANN, LATER, done.event.id)


def test_what_is_not_in_the_history_is_outdated(program: Program) -> None:
    with pytest.raises(Outdated):
        program.did(corrections_verbs.take_back, ANN, NOW, 9_999)


def test_a_nomination_with_a_history_after_it_stays(program: Program) -> None:
    done = program.did(account_list.nominate, ANN, NOW, profile("Foo"), because="x")
    program.did(updates.move, BOB, NOW, done.event.account_id, text="News")
    with pytest.raises(Outdated):
        program.did(corrections_verbs.take_back, ANN, NOW, done.event.id)


def test_a_removal_taken_back_lets_the_account_take_updates_again(program: Program) -> None:
    acme = program.accounts["acme"]
    removed = program.did(account_list.remove, ANN, NOW, acme, because="By mistake")
    program.did(corrections_verbs.take_back, ANN, LATER, removed.event.id)
    assert program.did(updates.move, ANN, LATER, acme, text="News").after.tier == 1


def test_a_profile_edited_again_since_keeps_the_later_edit_and_says_whose_it_is(program: Program) -> None:
    acme = program.accounts["acme"]
    first = program.did(account_list.edit, ANN, NOW, acme, profile(segment="Retail"))
    second = program.did(account_list.edit, BOB, NOW, acme, profile(segment="Banks"))
    with pytest.raises(Refused, match="edited again since, by Bob: edit it once more instead"):
        program.did(corrections_verbs.take_back, ANN, LATER, first.event.id)
    program.did(corrections_verbs.take_back, BOB, LATER, second.event.id)
    back = program.did(corrections_verbs.take_back, ANN, LATER, first.event.id)
    assert back.after.profile == first.before.profile


def test_an_owner_who_has_as_many_accounts_as_one_may_by_now_does_not_come_back(program: Program) -> None:
    acme = program.accounts["acme"]
    owner = program.read(accounts.get, acme).owner
    assert owner == ANN
    given = program.did(account_list.edit, ANN, NOW, acme, profile(owner=EVE))
    program.did(change_settings, EVE, NOW, {"tier.1.owner_cap": (10, 1)})
    other = program.did(account_list.nominate, BOB, NOW, profile("Foo", domain="", owner=owner), because="x")
    program.did(account_list.put_on_list, BOB, NOW, other.event.account_id, tier=1, because="x")
    with pytest.raises(Refused, match=r"^Ann, the owner .* in tier 1 as one person may\. Nothing was"):
        program.did(corrections_verbs.take_back, ANN, LATER, given.event.id)
    assert program.read(accounts.get, acme).owner == EVE


def test_an_undo_clicked_twice_at_once_is_recorded_once(program: Program) -> None:
    done = moved(program)
    with ThreadPoolExecutor(4) as threads:
        clicks = [threads.submit(program.did, corrections_verbs.take_back, ANN, LATER, done.event.id) for _ in range(4)]
        refused = [each for each in clicks if isinstance(each.exception(), Outdated)]
    assert len(refused) == 3

    def corrections(session: Session) -> int:
        return len(events.of_kind(session, done.event.account_id, "corrected"))

    assert program.store.read_now(corrections) == 1
