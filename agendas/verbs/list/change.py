"""The named list: nominate, edit, name, change tier, pause, remove, reject, restore - each with its reason."""

from dataclasses import replace

from sqlmodel import Session

from agendas.errors import CannotBeNominated, FieldRefused, NoAccount, Refused
from agendas.facts.account import AccountState, ListStatus
from agendas.facts.events import Edited, ListChanged, Nominated, Profile
from agendas.facts.people import Author
from agendas.rules.list.capacity import Wish
from agendas.rules.list.fit_proposals import short_of
from agendas.rules.list.transitions import what_is_against
from agendas.text.account_names import normal_key
from agendas.text.limits import NAME_LIMIT_CHARACTERS, shown
from agendas.verbs.list.capacity import refuse_owner_beyond_cap, require_room
from agendas.verbs.loading.load_facts import own_domains, settings_of
from agendas.verbs.notices.telling import tell_at_once
from agendas.verbs.record.record import Recorded, create, current_state, record
from agendas.verbs.record.show import show_update
from storage import accounts, people, workspaces
from storage.database.hidden_rows import hidden_in, showing_all

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
    # before the account's own lock: who names accounts takes the workspace's first, so that nobody waits in a ring
    workspaces.lock(session, author.workspace_id)
    state = _state(session, author, account_id)
    if profile == state.profile:
        raise Refused(f"Nothing differs from what {state.name} has already.")
    refuse_unusable_names(profile)
    refuse_taken_keys(session, author, profile, but=account_id)
    refuse_taken_channel(session, author, profile, but=account_id)
    refuse_owner_beyond_cap(session, author, state, profile.owner)
    return _shown(session, author, record(session, author, account_id, Edited(profile)))


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

    `why_now` and `motion` are parts of its justification, empty where nobody gave them. `making_room` is an account
    that leaves the tier in the same step, `decision_id` the event of the review's decision that leads to it, and
    `import_run_id` the import that names it.
    """
    workspaces.lock(session, author.workspace_id)
    state = _state(session, author, account_id)
    if state.list_status is ListStatus.NAMED and state.tier == tier:
        raise Refused(f"{state.name} is named in tier {tier} already.")
    had = state.justification
    wanted = ListChanged(
        ListStatus.NAMED.value,
        tier,
        because,
        why_now="" if why_now == had.why_now else why_now,
        motion="" if motion == had.motion else motion,
        decision_id=decision_id,
    )
    return _change(session, author, state, wanted, making_room=making_room, import_run_id=import_run_id)


def pause(
    session: Session, author: Author, account_id: int, *, because: str, decision_id: int | None = None
) -> Recorded:
    """Pause the account: it keeps its tier, and is left out of reviews and rates. `decision_id` as in `put_on_list`."""
    state = _state(session, author, account_id)
    paused = ListChanged(ListStatus.PAUSED.value, state.tier, because, decision_id=decision_id)
    return _change(session, author, state, paused)


def remove(
    session: Session, author: Author, account_id: int, *, because: str, decision_id: int | None = None
) -> Recorded:
    """Take the account off the list; its history stays. `decision_id` as in `put_on_list`."""
    state = _state(session, author, account_id)
    removed = ListChanged(ListStatus.REMOVED.value, None, because, decision_id=decision_id)
    return _change(session, author, state, removed)


def reject(session: Session, author: Author, account_id: int, *, because: str) -> Recorded:
    """Reject the candidate."""
    state = _state(session, author, account_id)
    return _change(session, author, state, ListChanged(ListStatus.REJECTED.value, None, because))


def restore(session: Session, author: Author, account_id: int, *, because: str) -> Recorded:
    """Name a paused account again, or make a removed or rejected one a candidate. Raises NoRoom for a full tier."""
    workspaces.lock(session, author.workspace_id)
    state = _state(session, author, account_id)
    if state.list_status is ListStatus.PAUSED and state.tier is not None:
        return _change(session, author, state, ListChanged(ListStatus.NAMED.value, state.tier, because))
    return _change(session, author, state, ListChanged(ListStatus.CANDIDATE.value, None, because))


def refuse_unusable_names(profile: Profile) -> None:
    """Raise Refused when the name or an alias is too long, or has nothing in it that can be typed."""
    for field, word in (("name", profile.name), *(("aliases", alias) for alias in profile.aliases)):
        if not normal_key(word):
            raise FieldRefused(field, "Give a name with letters or digits, so that people can type it.")
        if len(word) > NAME_LIMIT_CHARACTERS:
            what = "name" if field == "name" else "other name"
            raise FieldRefused(
                field, f"The {what} has {len(word):,} characters; write at most {NAME_LIMIT_CHARACTERS}."
            )


def refuse_taken_keys(session: Session, author: Author, profile: Profile, *, but: int | None = None) -> None:
    """Raise Refused when another account already answers to the profile's name, an alias or its domain.

    Raises CannotBeNominated for a word of an account that the author may not see, and for our own names and domains.

    Whoever takes names at the same moment waits, so that both cannot find the same one free.
    """
    workspaces.lock(session, author.workspace_id)
    words = (("name", profile.name), ("domain", profile.domain), *(("aliases", alias) for alias in profile.aliases))
    for field, word in words:
        with showing_all(session):
            holders = accounts.by_key(session, author.workspace_id, normal_key(word)) if word else []
        if not holders and normal_key(word) in our_words(session, author.workspace_id):
            raise CannotBeNominated(field, word, said=f"{shown(word)} {NOT_NOMINATED}.")
        for account_id, _kind in holders:
            if account_id in hidden_in(session):
                raise CannotBeNominated(field, word, account_id=account_id, said=f"{shown(word)} {NOT_NOMINATED}.")
            if account_id != but:
                other = _state(session, author, account_id, lock=False)
                raise FieldRefused(
                    field,
                    f"{other.name} already answers to {shown(word)} and is {other.list_status.value}. "
                    f"See it with /account {other.name}.",
                )


def our_words(session: Session, workspace_id: str) -> frozenset[str]:
    """Return our own domains and the names in them, normalised: of an account of ours an admin decides first."""
    domains = own_domains(session, workspace_id, people.own_members(session, workspace_id))
    names = (max(domain.split(".")[:-1], key=len, default="") for domain in domains)
    return frozenset(key for word in (*domains, *names) if (key := normal_key(word)))


def refuse_taken_channel(session: Session, author: Author, profile: Profile, *, but: int) -> None:
    """Raise FieldRefused when another account of the list has the profile's channel as its own."""
    with showing_all(session):
        other = accounts.of_channel(session, author.workspace_id, profile.channel_id) if profile.channel_id else None
    if other is None or other.id == but or ListStatus(other.list_status).is_closed:
        return
    # one sentence whoever has it, so that it tells of no hidden account
    raise FieldRefused(
        "channel",
        "That channel is another account's own already, or an admin has to look at it. Choose another one, or ask an "
        "admin.",
    )


def _change(
    session: Session,
    author: Author,
    state: AccountState,
    wanted: ListChanged,
    *,
    making_room: int | None = None,
    import_run_id: int | None = None,
) -> Recorded:
    against = what_is_against(state, ListStatus(wanted.status), wanted.because, author.zone)
    if against:
        raise Refused(against)
    if wanted.status == ListStatus.NAMED and wanted.tier is not None:
        parts = (wanted.because, wanted.why_now, wanted.motion)
        wish = Wish(state.account_id, state.name, wanted.tier, *parts)
        require_room(session, author, state, wish, making_room=making_room)
        wanted = replace(wanted, short=short_of(state, wanted.tier, settings_of(session, author.workspace_id)))
    changed = replace(wanted, from_status=state.list_status.value, from_tier=state.tier)
    recorded = record(session, author, state.account_id, changed, import_run_id=import_run_id)
    return _shown(session, author, recorded)


def _shown(session: Session, author: Author, recorded: Recorded) -> Recorded:
    show_update(session, author, recorded)
    tell_at_once(session, author, recorded.event, recorded.after)
    return recorded


def _state(session: Session, author: Author, account_id: int, *, lock: bool = True) -> AccountState:
    row = accounts.get(session, author.workspace_id, account_id, lock=lock)
    if row is None:
        raise NoAccount
    return current_state(session, row)
