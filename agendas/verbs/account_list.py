"""The named list: nominate, edit, name, change tier, pause, remove, reject, restore, swap - each with its reason."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from agendas.errors import CannotBeNominated, FieldProblems, FieldRefused, NoAccount, Outdated, Refused
from agendas.facts.account import AccountState, ListStatus
from agendas.facts.events import Edited, ListChanged, Nominated, Profile
from agendas.facts.people import Author
from agendas.facts.program import TIERS
from agendas.rendering.words import plural
from agendas.rules.account_list import Full, Leaver, NoRoom, Wish, cap_reached, leavers, short_of, what_is_against
from agendas.rules.deals import excused_before
from agendas.text.dates import day_text, local_date
from agendas.text.limits import NAME_LIMIT_CHARACTERS, shown
from agendas.text.names import normal_key
from agendas.verbs.loading import account_state, own_domains, settings_of
from agendas.verbs.notices import tell_at_once
from agendas.verbs.record import Recorded, create, current_state, record, show_update
from storage import account_items, accounts, past_reviews, people, workspaces
from storage.account_items import NO_ITEMS
from storage.database import hidden_in, showing_all

NOT_NOMINATED = "cannot be nominated, ask an admin"
"""The end of the one sentence about every word that an admin has to look at, so that it tells of no hidden account."""


def nominate(
    session: Session, author: Author, profile: Profile, *, because: str = "", why_now: str = "", motion: str = ""
) -> Recorded:
    """Add a candidate. Raises Refused for a name nobody can type, and when an account already answers to it."""
    refuse_unusable_names(profile)
    refuse_taken_keys(session, author, profile)
    return create(session, author, Nominated(profile, because, why_now, motion))


def edit(session: Session, author: Author, account_id: int, profile: Profile) -> Recorded:
    """Change the profile of the account.

    Raises Refused when nothing differs or a name, domain or channel is taken, and FieldProblems when a new owner has
    as many accounts of its tier as one person may have.
    """
    # before the account's own lock: who names accounts takes the workspace's first, so that no two wait for each other
    workspaces.lock(session, author.workspace_id)
    state = _state_of(session, author, account_id)
    if profile == state.profile:
        raise Refused(f"Nothing differs from what {state.name} has already.")
    refuse_unusable_names(profile)
    refuse_taken_keys(session, author, profile, except_id=account_id)
    refuse_taken_channel(session, author, profile, except_id=account_id)
    refuse_owner_beyond_cap(session, author, state, profile.owner)
    return _show_and_notify(session, author, record(session, author, account_id, Edited(profile)))


def put_on_list(
    session: Session,
    author: Author,
    account_id: int,
    *,
    tier: int,
    because: str,
    why_now: str = "",
    motion: str = "",
    making_room: int | None = None,
    decision_id: int | None = None,
    import_run_id: int | None = None,
) -> Recorded:
    """Name the account in this tier, or move it there. Raises Refused when it is there already, NoRoom for a full tier.

    `why_now` and `motion` are parts of its justification, empty if not given. `making_room` is an account
    that leaves the tier in the same step, `decision_id` the event of the review's decision that leads to it, and
    `import_run_id` the import that names it.
    """
    workspaces.lock(session, author.workspace_id)
    state = _state_of(session, author, account_id)
    if state.list_status is ListStatus.NAMED and state.tier == tier:
        raise Refused(f"{state.name} is named in tier {tier} already.")
    justification = state.justification
    # only the parts that differ are recorded
    wanted = ListChanged(
        ListStatus.NAMED.value,
        tier,
        because,
        why_now="" if why_now == justification.why_now else why_now,
        motion="" if motion == justification.motion else motion,
        decision_id=decision_id,
    )
    return _change(session, author, state, wanted, making_room=making_room, import_run_id=import_run_id)


def pause(
    session: Session, author: Author, account_id: int, *, because: str, decision_id: int | None = None
) -> Recorded:
    """Pause the account: it keeps its tier, without reviews and rates. `decision_id`: the decision that leads to it."""
    state = _state_of(session, author, account_id)
    paused = ListChanged(ListStatus.PAUSED.value, state.tier, because, decision_id=decision_id)
    return _change(session, author, state, paused)


def remove(
    session: Session, author: Author, account_id: int, *, because: str, decision_id: int | None = None
) -> Recorded:
    """Take the account off the list; its history stays. `decision_id`: the event of the decision that leads to it."""
    state = _state_of(session, author, account_id)
    removed = ListChanged(ListStatus.REMOVED.value, None, because, decision_id=decision_id)
    return _change(session, author, state, removed)


def reject(session: Session, author: Author, account_id: int, *, because: str) -> Recorded:
    state = _state_of(session, author, account_id)
    return _change(session, author, state, ListChanged(ListStatus.REJECTED.value, None, because))


def restore(session: Session, author: Author, account_id: int, *, because: str) -> Recorded:
    """Name a paused account again, or make a removed or rejected one a candidate. Raises NoRoom for a full tier."""
    workspaces.lock(session, author.workspace_id)
    state = _state_of(session, author, account_id)
    if state.list_status is ListStatus.PAUSED and state.tier is not None:
        return _change(session, author, state, ListChanged(ListStatus.NAMED.value, state.tier, because))
    return _change(session, author, state, ListChanged(ListStatus.CANDIDATE.value, None, because))


def _change(
    session: Session,
    author: Author,
    state: AccountState,
    wanted: ListChanged,
    *,
    making_room: int | None = None,
    import_run_id: int | None = None,
) -> Recorded:
    """Record the change of the list, if its rules allow it. Raises Refused, and NoRoom for a full tier.

    A naming is recorded with how the account's fit falls short of the tier, if it does (`short`).
    """
    if objection := what_is_against(state, ListStatus(wanted.status), wanted.because, author.zone):
        raise Refused(objection)
    if wanted.status == ListStatus.NAMED and wanted.tier is not None:
        wish = Wish(state.account_id, state.name, wanted.tier, wanted.because, wanted.why_now, wanted.motion)
        require_room(session, author, state, wish, making_room=making_room)
        wanted = replace(wanted, short=short_of(state, wanted.tier, settings_of(session, author.workspace_id)))
    changed = replace(wanted, from_status=state.list_status.value, from_tier=state.tier)
    recorded = record(session, author, state.account_id, changed, import_run_id=import_run_id)
    return _show_and_notify(session, author, recorded)


def _show_and_notify(session: Session, author: Author, recorded: Recorded) -> Recorded:
    show_update(session, author, recorded)
    tell_at_once(session, author, recorded.event, recorded.after)
    return recorded


def _state_of(session: Session, author: Author, account_id: int, *, lock: bool = True) -> AccountState:
    """The account's state, locked unless `lock` is false. Raises NoAccount."""
    row = accounts.get(session, author.workspace_id, account_id, lock=lock)
    if row is None:
        raise NoAccount
    return current_state(session, row)


# Changes of the list by their word: name, tier, pause, remove, reject or restore.


class ListWord(StrEnum):
    """A change of the list, by the word that people type for it."""

    NAME = "name"
    TIER = "tier"
    PAUSE = "pause"
    REMOVE = "remove"
    REJECT = "reject"
    RESTORE = "restore"

    @property
    def needs_tier(self) -> bool:
        return self in (ListWord.NAME, ListWord.TIER)


CHANGES = {ListWord.PAUSE: pause, ListWord.REMOVE: remove, ListWord.REJECT: reject, ListWord.RESTORE: restore}


def change_list(
    session: Session,
    author: Author,
    account_id: int,
    word: ListWord,
    *,
    tier: int | None,
    because: str,
    why_now: str = "",
    motion: str = "",
) -> Recorded:
    """Record the change of the list; one that needs a tier is given it, and takes `why_now` and `motion` too.

    Raises what `put_on_list` or the function of the word in CHANGES raises.
    """
    if word.needs_tier:
        return put_on_list(session, author, account_id, tier=tier or 0, because=because, why_now=why_now, motion=motion)
    return CHANGES[word](session, author, account_id, because=because)


# One account for another in a full tier, both in one step.


@dataclass(frozen=True, slots=True)
class Swap:
    """Account that comes to a tier and the one that leaves, with reasons; `becomes` is paused, removed or next_tier.

    `why_now` and `motion` are parts of the justification of the one that comes, where somebody gave them.
    """

    account_id: int
    tier: int
    because: str
    leaver_id: int
    becomes: str
    leaver_because: str
    why_now: str = ""
    motion: str = ""


def swap(
    session: Session, author: Author, wanted: Swap, *, decision_id: int | None = None
) -> tuple[Recorded, Recorded]:
    """Take one account off a full tier, as `wanted` says, and name the other in its place.

    Of two people who swap out the same account only the first can.
    `decision_id` is the event of the review's decision to name the other, if there is one.
    Raises Outdated when the leaver is not in the tier any more, FieldProblems when the tier below is full too, and
    what naming an account raises; then nothing is changed.
    """
    leaver = lock_both(session, author, wanted)[wanted.leaver_id]
    if leaver.list_status is not ListStatus.NAMED or leaver.tier != wanted.tier:
        where = f"in tier {leaver.tier}" if leaver.list_status is ListStatus.NAMED else leaver.list_status.value
        since = day_text(local_date(leaver.list_changed_at, author.zone)) if leaver.list_changed_at else "a while"
        raise Outdated(
            f"{leaver.name} is {where} since {since}: somebody was quicker, so nothing was "
            f"swapped. Name the account again to see who could leave tier {wanted.tier} now."
        )
    return _move_leaver(session, author, wanted), put_on_list(
        session,
        author,
        wanted.account_id,
        tier=wanted.tier,
        because=wanted.because,
        why_now=wanted.why_now,
        motion=wanted.motion,
        decision_id=decision_id,
    )


def _move_leaver(session: Session, author: Author, wanted: Swap) -> Recorded:
    """Pause or remove the account that makes room, or move it to the tier below; from the last tier it is removed.

    Raises FieldProblems when the tier below is full too.
    """
    if wanted.becomes == "paused":
        return pause(session, author, wanted.leaver_id, because=wanted.leaver_because)
    if wanted.becomes == "removed" or wanted.tier >= TIERS[-1]:
        return remove(session, author, wanted.leaver_id, because=wanted.leaver_because)
    below = wanted.tier + 1
    try:
        # the account that comes may be in the tier below itself, and then makes room there
        return put_on_list(
            session, author, wanted.leaver_id, tier=below, because=wanted.leaver_because, making_room=wanted.account_id
        )
    except NoRoom as none:
        full = none.full
        raise FieldProblems(
            {"becomes": f"Tier {below} is full too, with {full.cap} accounts. Pause or remove it instead."}
        ) from None


def lock_both(session: Session, author: Author, wanted: Swap) -> dict[int, AccountState]:
    """Return both accounts, locked after the workspace and by id, as opening a review locks them.

    Raises Outdated when one of them does not exist any more, and when both are the same account.
    """
    workspaces.lock(session, author.workspace_id)
    ids = {wanted.account_id, wanted.leaver_id}
    rows = accounts.get_many(session, author.workspace_id, ids, lock=True)
    if len(rows) < len(ids) or len(ids) == 1:
        raise NoAccount
    return {row.row_id: current_state(session, row) for row in rows}


# Capacity of the list: room for one more account, and accounts that could leave when there is none.


def require_room(
    session: Session, author: Author, account: AccountState, wish: Wish, *, making_room: int | None = None
) -> None:
    """Raise NoRoom when the tier, or its owner's part of it, is full; its `leavers` are not filled in yet.

    Only accounts that the author may see are counted: a refusal because of others would reveal them. `making_room` is
    an account that is about to leave the tier in the same step. Call `workspaces.lock` before, so that two cannot take
    the last place.
    """
    full = _full(session, author, account, wish.tier, making_room=making_room)
    if full is not None:
        raise NoRoom(wish, full)


def _full(
    session: Session, author: Author, account: AccountState, tier: int, *, making_room: int | None = None
) -> Full | None:
    """The cap that the tier or its owner has reached, counted without `making_room`; None while there is room."""
    owner = account.profile.owner
    not_counted = {account.account_id} | ({making_room} if making_room else set())
    in_tier, of_owner = accounts.named_in(session, author.workspace_id, tier, owner, excluded=not_counted)
    return cap_reached(tier, owner, settings_of(session, author.workspace_id), in_tier=in_tier, of_owner=of_owner)


def room_for(session: Session, author: Author, wish: Wish) -> NoRoom | str:
    """Return NoRoom with the accounts that could leave the tier, or the wished account's name if there is room for it.

    Raises Outdated when the wished account does not exist.
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
    """Return the accounts that could leave for the one there was no room for, the best candidates first.

    Where it is the owner who has as many as one person may, only that owner's accounts of the tier could.
    """
    named = [
        row
        for row in accounts.fitting(session, workspace_id, wanted=accounts.filters(tiers=(error.full.tier,)))
        if row.id != error.wish.account_id and error.full.owner in (None, row.owner)
    ]
    found = account_items.of_accounts(session, [row.row_id for row in named], None)  # None: the open items alone
    states = [account_state(row, found.get(row.row_id, NO_ITEMS)) for row in named]
    held_ids = [row.held_item_id for row in named if row.held_item_id]
    last_reviews = past_reviews.held(session, held_ids, with_states=False)
    excused = {
        state.account_id: excused_before(last.excused_reviews, state, last.opened_at)
        for state in states
        if (last := last_reviews.get(state.account_id)) is not None
    }
    return leavers(states, now=now, zone=zone, settings=settings_of(session, workspace_id), excused_before=excused)


def refuse_overfull(session: Session, author: Author, before: AccountState, after: AccountState) -> None:
    """Raise Refused when taking an entry back would return the account to a tier that is full by now.

    `before` is the account as it is now, `after` as it would be without the entry. One that stays in its tier passes.
    """
    is_same_place = (before.list_status, before.tier) == (after.list_status, after.tier)
    if after.list_status is not ListStatus.NAMED or after.tier is None or is_same_place:
        return
    full = _full(session, author, after, after.tier)
    if full is not None:
        raise Refused(
            f"{after.name} would be in tier {full.tier} again, which is full by now with {full.cap} accounts, "
            f"so nothing was taken back. {_way_back(before, full.tier)}"
        )


def _way_back(account: AccountState, tier: int) -> str:
    """Return the command that swaps an account, as it is now, for another one of a full tier."""
    name = account.name
    if account.list_status is ListStatus.PAUSED:
        return f"To swap it for another one: /account restore {name} because TEXT."
    if account.list_status is ListStatus.NAMED:
        return f"To swap it for another one: /account tier {name} {tier} because TEXT."
    again = f"/account restore {name} because TEXT, and then " if account.has_left_list else ""
    return f"To swap it for another one: {again}/account name {name} tier {tier} because TEXT."


def refuse_owner_beyond_cap(session: Session, author: Author, account: AccountState, owner: str | None) -> None:
    """Raise FieldProblems if the owner has reached the cap of accounts in the named account's tier.

    An owner who has the account already passes, as does any owner of an account that is not named.
    Call `workspaces.lock` before, so that two cannot take the last place.
    """
    if account.list_status is not ListStatus.NAMED or account.tier is None or owner in (None, account.profile.owner):
        return
    with_owner = replace(account, profile=replace(account.profile, owner=owner))
    full = _full(session, author, with_owner, account.tier)
    # the cap of the tier itself does not matter: the account is in it already
    if full is not None and full.owner is not None:
        sentence = f"They have {plural(full.cap, 'account')} in tier {full.tier}, as many as one person may. "
        raise FieldProblems({"owner": f"{sentence}Choose somebody else, or give one of theirs to somebody else first."})


# Names, domains and channels that an account may have.


def refuse_unusable_names(profile: Profile) -> None:
    """Raise Refused when the name or an alias is too long, or has nothing in it that can be typed."""
    for field, word in (("name", profile.name), *(("aliases", alias) for alias in profile.aliases)):
        if not normal_key(word):
            raise FieldRefused(field, "Give a name with letters or digits, so that people can type it.")
        if len(word) > NAME_LIMIT_CHARACTERS:
            what = "name" if field == "name" else "other name"
            problem = f"The {what} has {len(word):,} characters; write at most {NAME_LIMIT_CHARACTERS}."
            raise FieldRefused(field, problem)


def refuse_taken_keys(session: Session, author: Author, profile: Profile, *, except_id: int | None = None) -> None:
    """Raise Refused when another account already answers to the profile's name, an alias or its domain.

    Raises CannotBeNominated for a word of an account that the author may not see, and for our own names and domains.
    Others who take names at the same moment wait, so that no two find the same name free.
    """
    workspaces.lock(session, author.workspace_id)
    words = (("name", profile.name), ("domain", profile.domain), *(("aliases", alias) for alias in profile.aliases))
    for field, word in words:
        with showing_all(session):
            holders = accounts.by_key(session, author.workspace_id, normal_key(word)) if word else []
        if not holders and normal_key(word) in our_words(session, author.workspace_id):
            raise CannotBeNominated(field, word, sentence=f"{shown(word)} {NOT_NOMINATED}.")
        for account_id, _kind in holders:
            if account_id in hidden_in(session):
                raise CannotBeNominated(field, word, account_id=account_id, sentence=f"{shown(word)} {NOT_NOMINATED}.")
            if account_id != except_id:
                other = _state_of(session, author, account_id, lock=False)
                raise FieldRefused(
                    field,
                    f"{other.name} already answers to {shown(word)} and is {other.list_status.value}. "
                    f"See it with /account {other.name}.",
                )


def our_words(session: Session, workspace_id: str) -> frozenset[str]:
    """Return our own domains and the names in them, normalised: no account is nominated by these without an admin."""
    domains = own_domains(session, workspace_id, people.own_members(session, workspace_id))
    # the longest part but the last is the name: "acme" of `acme.co.uk`
    names = (max(domain.split(".")[:-1], key=len, default="") for domain in domains)
    return frozenset(key for word in (*domains, *names) if (key := normal_key(word)))


def refuse_taken_channel(session: Session, author: Author, profile: Profile, *, except_id: int) -> None:
    """Raise FieldRefused when another account of the list has the profile's channel as its own."""
    with showing_all(session):
        other = accounts.of_channel(session, author.workspace_id, profile.channel_id) if profile.channel_id else None
    if other is None or other.id == except_id or ListStatus(other.list_status).is_closed:
        return
    # the same sentence whichever account has it, so that it reveals no hidden account
    raise FieldRefused(
        "channel",
        "That channel is another account's own already, or an admin has to look at it. Choose another one, or ask an "
        "admin.",
    )
