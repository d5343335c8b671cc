"""The scope of a cadence as it stands now, and accounts in it that its author cannot see."""

from dataclasses import replace
from datetime import date, time

from sqlmodel import Session

from agendas.facts.account import Rhythm
from agendas.facts.reviews import CadenceWish, Plan
from agendas.verbs import cadences
from storage import reviews
from storage.database import Store, hiding
from storage.models.accounts import Account
from tests.builders import EVE, NOW, WORKSPACE, ZONE, author
from tests.program import stored_program

CHANNEL = "C0OTHER01"
WISH = CadenceWish(Plan(Rhythm.WEEKLY, date(2026, 11, 9), time(10), ZONE), minutes=45, facilitator=EVE)


def test_accounts_that_the_author_cannot_see_stay_in_the_scope_and_others_can_be_taken_out(store: Store) -> None:
    program = stored_program(store)
    acme, umber, larch = (program.accounts[name] for name in ("acme", "umber", "larch"))
    program.did(cadences.schedule, EVE, NOW, CHANNEL, replace(WISH, account_ids=(acme, umber, larch)))

    def without_larch(session: Session) -> list[int]:
        with hiding(session, [acme]):
            shown = cadences.chosen_names(session, WORKSPACE, (acme, umber, larch))
            assert [number for _, number in shown] == sorted(map(str, (umber, larch)), key=int)
            cadences.schedule(session, author(EVE, NOW), CHANNEL, replace(WISH, account_ids=(umber,)))
        row = reviews.cadence_of(session, WORKSPACE, CHANNEL)
        assert row is not None
        return sorted(row.scope["account_ids"])

    assert store.write_now(without_larch) == sorted([acme, umber])


def test_what_a_scope_has_now_is_counted_with_its_minutes(store: Store) -> None:
    stored_program(store)
    found = store.read_now(cadences.scope_now, WORKSPACE, cadences.Scope(), channel_id=CHANNEL, zone=ZONE, now=NOW)
    assert found.to_discuss is not None
    assert found.accounts >= found.to_discuss > 0
    none = cadences.Scope(segments=("None",))
    nobody = store.read_now(cadences.scope_now, WORKSPACE, none, channel_id=CHANNEL, zone=ZONE, now=NOW)
    assert (nobody.accounts, nobody.to_discuss, nobody.minutes) == (0, 0, 0)
    assert nobody.empty_segments == ("None",)


def test_an_account_private_to_another_channel_is_not_counted(store: Store) -> None:
    program = stored_program(store)
    here, there = "C0OTHER01", "C0OTHER02"

    def count(channel_id: str) -> int:
        found = store.read_now(
            cadences.scope_now, WORKSPACE, cadences.Scope(), channel_id=channel_id, zone=ZONE, now=NOW
        )
        return found.accounts

    def hide(session: Session) -> None:
        row = session.get(Account, program.accounts["acme"])
        assert row is not None
        row.private_channel = there
        session.add(row)

    everything = count(here)
    store.write_now(hide)
    assert (count(here), count(there)) == (everything - 1, everything)
