"""People asked about accounts private to a channel whose members Slack did not tell for a while."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col

from storage import privacy
from storage.models.accounts import Account
from storage.models.delivery import LetterKind
from tests.agendas.verbs.preparing.preparing import ASKED_AT, MEETS, PREPARE, ask, asked, find, letters, said, send
from tests.builders import ANN, CHANNEL, CLEO, HOUR, WORKSPACE
from tests.program import Program

CUTOFF = MEETS - 2 * HOUR
MINUTE = timedelta(minutes=1)


def hide(program: Program, *names: str) -> None:
    """Let Ann own these accounts, private to the channel of the review."""
    ids = [program.accounts[name] for name in names]
    change = update(Account).where(col(Account.id).in_(ids)).values(private_channel=CHANNEL, owner=ANN)
    program.store.write_now(lambda session: session.execute(change))


def tell_members(program: Program, at: datetime) -> None:
    program.store.write_now(privacy.set_members, WORKSPACE, CHANNEL, [ANN], read_at=at)


def asked_people(program: Program) -> set[str]:
    return {each.user_id for each in asked(program)}


def test_owners_of_private_accounts_are_asked_once_their_members_are_known_and_nobody_else_twice(
    program: Program,
) -> None:
    hide(program, "acme", "globex", "initrode")
    ask(program)
    before = asked_people(program)
    assert ANN not in before
    assert CLEO in before
    send(program)
    ask(program, ASKED_AT + MINUTE / 2)
    assert program.store.read_now(PREPARE.next_at, ASKED_AT + MINUTE / 2) == ASKED_AT + MINUTE, "looked at no sooner"
    ask(program, ASKED_AT + MINUTE)
    assert asked_people(program) == before
    tell_members(program, ASKED_AT + HOUR)
    ask(program, ASKED_AT + HOUR)
    assert asked_people(program) == {*before, ANN}
    assert len(asked(program)) == len({each.user_id for each in asked(program)})
    assert "Acme Corp" in said(program, ANN, ASKED_AT + HOUR)
    assert find(program, ASKED_AT + 2 * HOUR) == []


def test_who_was_asked_about_other_accounts_sees_the_private_ones_in_the_same_message(program: Program) -> None:
    hide(program, "acme")
    other = update(Account).where(col(Account.id) == program.accounts["globex"]).values(owner=ANN)
    program.store.write_now(lambda session: session.execute(other))
    ask(program)
    send(program)
    tell_members(program, ASKED_AT + HOUR)
    ask(program, ASKED_AT + HOUR)
    assert [each.kind for each in letters(program) if each.user_id == ANN] == [LetterKind.DIRECT, LetterKind.EDIT]
    assert {each.kind for each in letters(program) if each.user_id == CLEO} == {LetterKind.DIRECT}
    assert len([each for each in asked(program) if each.user_id == ANN]) == 1


def test_members_who_stay_unknown_are_waited_for_until_updates_end(program: Program) -> None:
    hide(program, "acme", "globex", "initrode")
    ask(program)
    ask(program, CUTOFF - MINUTE / 2)
    assert program.store.read_now(PREPARE.next_at, CUTOFF - MINUTE / 2) == CUTOFF
    ask(program, CUTOFF)
    assert ANN not in asked_people(program)
    assert find(program, CUTOFF + MINUTE) == []
