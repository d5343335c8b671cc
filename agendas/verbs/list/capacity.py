"""Capacity of the list: room for one more account, and accounts that could leave when there is none."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from agendas.errors import FieldProblems, NoAccount, Refused
from agendas.facts.account import AccountState, ListStatus
from agendas.facts.people import Author
from agendas.rendering.filters import plural
from agendas.rules.deals.stalled import excused_before
from agendas.rules.list.capacity import Full, Leaver, NoRoom, Wish, leavers, reached
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import account_state
from storage import account_items, accounts
from storage.account_items import NO_ITEMS
from storage.past_reviews import held_reviews


def require_room(
    session: Session, author: Author, account: AccountState, wish: Wish, *, making_room: int | None = None
) -> None:
    """Raise NoRoom, without those who could leave, when the tier or its owner's part of it is full already.

    Only accounts that the author may see are counted: a refusal because of others would tell that there are some.
    `making_room` is an account that is about to leave the tier in the same step. Begin with
    `workspaces.lock`, so that two cannot take the last place.
    """
    full = _full(session, author, account, wish.tier, making_room=making_room)
    if full is not None:
        raise NoRoom(wish, full)


def room_for(session: Session, author: Author, wish: Wish) -> NoRoom | str:
    """Return the accounts that could leave the tier for the one wished for, or its name where there is room for it.

    Raises Outdated when it does not exist.
    """
    row = accounts.get(session, author.workspace_id, wish.account_id)
    if row is None:
        raise NoAccount
    try:
        require_room(session, author, account_state(row), replace(wish, name=row.name))
    except NoRoom as error:
        error.leavers = find_leavers(session, author.workspace_id, error, now=author.at, zone=author.zone)
        return error
    return row.name


def find_leavers(session: Session, workspace_id: str, error: NoRoom, *, now: datetime, zone: str) -> tuple[Leaver, ...]:
    """Return the accounts that could leave for the one there was no room for, the best candidates first."""
    named = [
        row
        for row in accounts.on_list(session, workspace_id, tiers=(error.full.tier,))
        if row.id != error.wish.account_id and error.full.owner in (None, row.owner)
    ]
    found = account_items.of_accounts(session, [row.row_id for row in named], None)
    states = [account_state(row, found.get(row.row_id, NO_ITEMS)) for row in named]
    held = held_reviews.held(session, [row.held_item_id for row in named if row.held_item_id], with_states=False)
    excused = {
        state.account_id: excused_before(one.excused_reviews, state, one.opened_at)
        for state in states
        if (one := held.get(state.account_id)) is not None
    }
    return leavers(states, now=now, zone=zone, settings=settings_of(session, workspace_id), excused_before=excused)


def refuse_overfull(session: Session, author: Author, before: AccountState, after: AccountState) -> None:
    """Raise Refused when what was taken back puts the account where there is no room any more."""
    is_named = after.list_status is ListStatus.NAMED and after.tier is not None
    if not is_named or (before.list_status, before.tier) == (after.list_status, after.tier):
        return
    full = _full(session, author, after, after.tier or 0)
    if full is not None:
        raise Refused(
            f"{after.name} would be in tier {full.tier} again, which is full by now with {full.cap} accounts, "
            f"so nothing was taken back. {_way_back(before, full.tier)}"
        )


def refuse_owner_beyond_cap(session: Session, author: Author, account: AccountState, owner: str | None) -> None:
    """Raise FieldProblems when the owner has as many accounts in the named account's tier as one may have.

    Begin with `workspaces.lock`.
    """
    if account.list_status is not ListStatus.NAMED or account.tier is None or owner in (None, account.profile.owner):
        return
    theirs = replace(account, profile=replace(account.profile, owner=owner))
    full = _full(session, author, theirs, account.tier)
    if full is not None and full.owner is not None:
        said = f"They have {plural(full.cap, 'account')} in tier {full.tier}, as many as one person may. "
        raise FieldProblems({"owner": f"{said}Choose somebody else, or give one of theirs to somebody else first."})


def _way_back(account: AccountState, tier: int) -> str:
    """Return the command that swaps an account, as it stands, for another one of a full tier."""
    name = account.name
    if account.list_status is ListStatus.PAUSED:
        return f"To swap it for another one: /account restore {name} because TEXT."
    if account.list_status is ListStatus.NAMED:
        return f"To swap it for another one: /account tier {name} {tier} because TEXT."
    again = f"/account restore {name} because TEXT, and then " if account.has_left_list else ""
    return f"To swap it for another one: {again}/account name {name} tier {tier} because TEXT."


def _full(
    session: Session, author: Author, account: AccountState, tier: int, *, making_room: int | None = None
) -> Full | None:
    owner = account.profile.owner
    others = {account.account_id} | ({making_room} if making_room else set())
    in_tier, of_owner = accounts.named_in(session, author.workspace_id, tier, owner, but=others)
    return reached(tier, owner, settings_of(session, author.workspace_id), in_tier=in_tier, of_owner=of_owner)
