"""Everything that a person answers for, handed over to one person or several, and taken back."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlmodel import Session

from agendas.errors import FieldProblems, Refused
from agendas.facts.account import AccountState
from agendas.facts.events import IN_CHARGE
from agendas.facts.people import Author
from agendas.facts.program.trail import TrailSubject
from agendas.rules.history.asks import action_of, edit_of
from agendas.verbs.list import change
from agendas.verbs.loading.rows import event_facts
from agendas.verbs.profiles.profile import with_people
from agendas.verbs.record.record import Recorded, current_state, find, record
from agendas.verbs.record.show import show_update
from agendas.verbs.trail.note import note_change
from agendas.verbs.undo.correct import take_out
from agendas.verbs.undo.undo import UNDO_WINDOW
from agendas.verbs.updates.updates import full_member
from storage import account_items, accounts, events, responsibilities, workspaces


@dataclass(frozen=True, slots=True)
class Held:
    """What a person answers for of one account: fields of its profile, and open items by the events that began them."""

    account: AccountState
    roles: tuple[str, ...]
    actions: tuple[int, ...]
    blockers: tuple[int, ...]
    asks: tuple[int, ...]

    @property
    def items(self) -> tuple[int, ...]:
        """All open items."""
        return (*self.actions, *self.blockers, *self.asks)


def held_by(session: Session, workspace_id: str, user_id: str) -> tuple[Held, ...]:
    """What the person answers for of each account that did not leave the list, by name.

    Of accounts that the session hides nothing. An action that stands for an ask goes with the ask.
    """
    rows = {row.row_id: row for row in accounts.of_owner(session, workspace_id, user_id, or_executive=True)}
    rows |= {row.row_id: row for row in responsibilities.decided(session, workspace_id)}
    owned = {each.account_id for each in account_items.actions_of_owner(session, workspace_id, user_id)}
    blocked = account_items.open_blockers_for(session, workspace_id, owner=user_id, needs=(), limit=10_000)
    owned |= {row.row_id for _, row in blocked}
    rows |= {row.row_id: row for row in accounts.get_many(session, workspace_id, owned - rows.keys())}
    states = (current_state(session, row) for row in rows.values())
    found = (_held(state, user_id) for state in states if not state.list_status.is_closed)
    return tuple(sorted((each for each in found if each.roles or each.items), key=lambda each: each.account.name))


def _held(state: AccountState, user_id: str) -> Held:
    asks = [each for each in state.open_asks if each.ask_of == user_id]
    of_asks = {made.id for ask in asks if (made := action_of(ask, state.open_actions)) is not None}
    return Held(
        account=state,
        roles=tuple(role for role in IN_CHARGE if getattr(state.profile, role) == user_id),
        actions=tuple(each.id for each in state.open_actions if each.owner == user_id and each.id not in of_asks),
        blockers=tuple(each.id for each in state.open_blockers if each.owner == user_id),
        asks=tuple(each.event_id for each in asks),
    )


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Who got what, by user id, and the events that tell it."""

    given: Mapping[str, Sequence[Held]]
    event_ids: Sequence[int]


def give_all(session: Session, author: Author, user_id: str, receivers: Mapping[int, str], others: str) -> HandedOver:
    """Give all that the author sees of the person's to others.

    `receivers` are the people by account, `others` who gets what none of these is named for. Whoever is concerned is
    told by the caller, once. Raises Refused, with the account, for a person who may not have it or has as many
    accounts as one may: then nothing is handed over.
    """
    # before the accounts' own locks, as whoever edits one
    workspaces.lock(session, author.workspace_id)
    given: dict[str, list[Held]] = {}
    numbers: list[int] = []
    for held in held_by(session, author.workspace_id, user_id):
        receiver = receivers.get(held.account.account_id, others)
        with _named(held.account.name):
            numbers += [each.event.id for each in _give(session, author, held, receiver)]
        given.setdefault(receiver, []).append(held)
    if not given:
        raise Refused("Nothing of theirs is left to hand over.")
    note_change(session, author, TrailSubject.HAND_OVER, user_id, after={"to": sorted(given)})
    return HandedOver(given, numbers)


def take_back(session: Session, author: Author, user_id: str, event_ids: Sequence[int]) -> None:
    """Take back what the author handed over by these events, within ten minutes.

    Raises Refused later, where nothing of it is left to take back, and where something of it was edited since or who
    had it has as many accounts as one may: then all stays.
    """
    workspaces.lock(session, author.workspace_id)
    rows = [row for row in events.get_many(session, list(event_ids)) if row.workspace_id == author.workspace_id]
    own = [row for row in rows if row.actor == author.user_id and row.kind in ("edited", "item_edited")]
    if any(author.at - row.recorded_at > UNDO_WINDOW for row in own):
        raise Refused("It was handed over more than ten minutes ago. Hand it over again instead.")
    since = author.at - UNDO_WINDOW
    corrections = events.recorded_since(session, author.workspace_id, since, ("corrected",))
    gone = {row.change["event_id"] for row in corrections}
    left = [row for row in own if row.row_id not in gone]
    if not left:
        raise Refused("It was taken back already.")
    known = {
        row.row_id: row.name
        for row in accounts.get_many(session, author.workspace_id, {row.account_id for row in left})
    }
    for row in left:
        with _named(known[row.account_id]):
            take_out(session, author, event_facts(row), may_follow=lambda _: None)
    note_change(session, author, TrailSubject.HAND_OVER, user_id, after={"undone": True})


def _give(session: Session, author: Author, held: Held, receiver: str) -> Iterator[Recorded]:
    account_id = held.account.account_id
    full_member(session, author, receiver)
    if held.roles:
        profile = with_people(held.account.profile, dict.fromkeys(held.roles, receiver))
        yield change.edit(session, author, account_id, profile)
    for number in held.items:
        found = find(session, author.workspace_id, account_id)
        given = record(session, author, account_id, edit_of(found.state, number, owner=receiver), found=found)
        show_update(session, author, given)
        yield given


@contextmanager
def _named(account_name: str) -> Iterator[None]:
    """Put the account's name before the sentence of a refusal."""
    try:
        yield
    except FieldProblems as wrong:
        raise Refused(f"{account_name}: {' '.join(wrong.fields.values())}") from None
    except Refused as error:
        raise Refused(f"{account_name}: {error}") from None
