"""People and their rights."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.account import AccountState, Source
from agendas.facts.events import IN_CHARGE
from agendas.facts.people import Author, Function, PersonFacts, Right
from agendas.facts.program import TrailSubject
from agendas.facts.reviews import Away
from agendas.rules import preparing
from agendas.rules.access import Permission, may
from agendas.rules.fold import action_of, edit_of
from agendas.text.dates import day_text, local_date
from agendas.verbs import account_list
from agendas.verbs.corrections import UNDO_WINDOW, take_out
from agendas.verbs.letters import notify_first_admins, queue_direct
from agendas.verbs.loading import A_DAY, away_facts, event_facts, is_member, person_at, person_facts
from agendas.verbs.notices import tell_when_back
from agendas.verbs.profiles import with_people
from agendas.verbs.reads import UNKNOWN_PERSON
from agendas.verbs.record import Recorded, current_state, find, record, show_update
from agendas.verbs.reviews import follow_everyone_away
from agendas.verbs.trail import note_change
from agendas.verbs.updates import full_member
from storage import accounts, events, people, reviews, workspaces
from storage import find as stored
from storage import preparing as stored_preparing
from storage.find import Among
from storage.letter_subjects import LetterSubject
from storage.models.following import DaysAway

# Days on which people are away: stored, changed and ended.

GONE = "Those days were taken back already. See who is away with /abm away."


@dataclass(frozen=True, slots=True)
class Kept:
    """Days away as they are kept now, and how many planned reviews they leave out for everybody.

    `stood_in` is the user id of another person who stood in on the same days before, '' for none.
    """

    away: Away
    left_out: int = 0
    stood_in: str = ""


def say_away(session: Session, author: Author, wish: Away) -> Kept:
    """Store days away, replacing those with the wish's id or on the same days. Admins do it for others too.

    Raises:
        FieldProblems: for days that are over, reversed or too long, and for a stand-in who cannot be asked, or who
            would be the second one on a day.
        Refused: for days of somebody else, or too many ranges.
        Outdated: when the days to change were taken back, or nobody knows the person.
    """
    workspaces.lock(session, author.workspace_id)
    _require_own(session, author, wish.user_id)
    today = _today(session, author, wish.user_id)
    row = _row_for(session, author, wish, today)
    if problems := preparing.away_problems(wish.from_on, wish.until_on, today):
        raise FieldProblems(dict(problems))
    if len(wish.name) > preparing.NAME_CHARACTERS:
        raise FieldProblems({"name": f"Write at most {preparing.NAME_CHARACTERS} characters."})
    if wish.stand_in:
        _require_stand_in(session, author.workspace_id, wish, today)
        _require_one_stand_in(session, author.workspace_id, wish, replaces=row, today=today)
    before, stood_in = (_for_trail(row), row.stand_in) if row else ({}, "")
    row = row or DaysAway(
        workspace_id=author.workspace_id,
        user_id=wish.user_id,
        from_on=wish.from_on,
        until_on=wish.until_on,
        said_by=author.user_id,
        said_at=author.at,
    )
    row.from_on, row.until_on, row.stand_in, row.name = wish.from_on, wish.until_on, wish.stand_in, wish.name.strip()
    row.said_by, row.said_at = author.user_id, author.at
    stored_preparing.save_days_away(session, row)
    _note(session, author, away_facts(row), before=before, after=_for_trail(row))
    is_everybody = row.user_id == stored_preparing.EVERYBODY
    left_out = follow_everyone_away(session, author, away_facts(row)) if is_everybody else 0
    tell_when_back(session, author.workspace_id, row.user_id, author.at)
    return Kept(away_facts(row), left_out, stood_in if stood_in != row.stand_in else "")


def take_back(session: Session, author: Author, days_id: int) -> Away:
    """End these days away: those that began before today end yesterday, others are forgotten. Return them as they were.

    Raises Outdated when they were taken back already, Refused for somebody else's.
    """
    workspaces.lock(session, author.workspace_id)
    row = stored_preparing.get_days_away(session, author.workspace_id, days_id, lock=True)
    if row is None:
        raise Outdated(GONE)
    _require_own(session, author, row.user_id)
    was, before = away_facts(row), _for_trail(row)
    today = _today(session, author, row.user_id)
    if row.until_on < today:
        raise Outdated(GONE)
    if row.from_on < today:
        row.until_on = today - A_DAY
        stored_preparing.save_days_away(session, row)
        after = _for_trail(row)
    else:
        stored_preparing.take_back(session, row)
        after = {}
    _note(session, author, was, before=before, after=after)
    if was.user_id == stored_preparing.EVERYBODY:
        follow_everyone_away(session, author, was, is_back=True)
    tell_when_back(session, author.workspace_id, was.user_id, author.at)
    return was


def is_back(session: Session, author: Author) -> tuple[Away, ...]:
    """End everything for which the author is away today, and return it as it was; none where they are not away."""
    today = local_date(author.at, author.zone)
    rows = stored_preparing.between(session, author.workspace_id, today, today, user_ids=(author.user_id,))
    return tuple(take_back(session, author, row.row_id) for row in rows)


def _row_for(session: Session, author: Author, wish: Away, today: date) -> DaysAway | None:
    """Return the stored days that the wish changes, by its id or by the same dates; None if it adds new ones."""
    if wish.id:
        row = stored_preparing.get_days_away(session, author.workspace_id, wish.id, lock=True)
        if row is None or row.user_id != wish.user_id:
            raise Outdated(GONE)
        return row
    known = stored_preparing.days_away_from(session, author.workspace_id, today, user_ids=(wish.user_id,))
    same = [row for row in known if (row.from_on, row.until_on) == (wish.from_on, wish.until_on)]
    if not same and len(known) >= preparing.MOST_RANGES:
        raise Refused(preparing.TOO_MANY)
    return same[0] if same else None


def _require_own(session: Session, author: Author, user_id: str) -> None:
    """Raise Refused for others' days ('' is everybody) unless the author is an admin, FieldProblems for no member."""
    if user_id == author.user_id:
        return
    asker = people.find(session, author.workspace_id, author.user_id)
    if asker is None or not may(person_facts(asker), Permission.ADMINISTER):
        raise Refused("Only admins say when somebody else is away, or everybody.")
    if user_id and not is_member(people.find(session, author.workspace_id, user_id)):
        raise FieldProblems({"user_id": UNKNOWN_PERSON})


def _require_stand_in(session: Session, workspace_id: str, wish: Away, today: date) -> None:
    """Raise FieldProblems for somebody who cannot be asked on all of these days."""
    row = people.find(session, workspace_id, wish.stand_in)
    if wish.stand_in == wish.user_id:
        raise _no_stand_in("Nobody stands in for themselves. Name somebody else, or nobody.")
    if row is None:
        raise _no_stand_in(UNKNOWN_PERSON)
    if not is_member(row):
        raise _no_stand_in(f"{row.name} is a guest, a bot, deactivated or from another company. Name somebody else.")
    if not may(person_facts(row), Permission.RECORD):
        article = "a viewer" if row.right == Right.VIEWER else "an observer"
        raise _no_stand_in(f"{row.name} is {article}, so cannot record. Name an editor, or let an admin change that.")
    first = max(wish.from_on, today)
    meanwhile = stored_preparing.between(session, workspace_id, first, wish.until_on, user_ids=(wish.stand_in,))
    if meanwhile:
        raise _no_stand_in(f"{row.name} is away too, {_span_text(meanwhile[0], today)}. Name somebody else.")


def _require_one_stand_in(
    session: Session, workspace_id: str, wish: Away, *, replaces: DaysAway | None, today: date
) -> None:
    """Raise FieldProblems where other days of the person name another stand-in for one of these days."""
    known = stored_preparing.days_away_from(session, workspace_id, today, user_ids=(wish.user_id,))
    others = {each.row_id: each for each in known if each is not replaces}
    conflict = preparing.conflicting_days(wish, map(away_facts, others.values()))
    if conflict is None:
        return
    row = people.find(session, workspace_id, conflict.stand_in)
    name = row.name if row else "somebody else"
    raise _no_stand_in(
        f"{name} is the stand-in for {_span_text(others[conflict.id], today)} already, so two would stand in on one "
        f"day. Name {name} here too, choose other days, or change those first: /abm away."
    )


def _span_text(row: DaysAway, today: date) -> str:
    first, last = (day_text(on, today) for on in (row.from_on, row.until_on))
    return first if first == last else f"{first} to {last}"


def _no_stand_in(sentence: str) -> FieldProblems:
    return FieldProblems({"stand_in": sentence})


def _today(session: Session, author: Author, user_id: str) -> date:
    """Return the day where the person is; for everybody, where the author is."""
    row = people.find(session, author.workspace_id, user_id) if user_id else None
    return local_date(author.at, row.time_zone if row else author.zone)


def _for_trail(row: DaysAway) -> dict[str, object]:
    """The days as the audit trail keeps them."""
    found = {"days": f"{row.from_on.isoformat()} to {row.until_on.isoformat()}"}
    return {**found, **{key: value for key in ("stand_in", "name") if (value := getattr(row, key))}}


def _note(session: Session, author: Author, away: Away, *, before: dict[str, object], after: dict[str, object]) -> None:
    """Note the change of these days in the audit trail, if anything differs."""
    if before != after:
        note_change(session, author, TrailSubject.DAYS_AWAY, away.user_id, before=before, after=after)


# First words to whoever meets the bot: once per person ever.

PAGE = "first_words"


def is_new(session: Session, workspace_id: str, user_id: str) -> bool:
    """Return whether the person has not met the bot yet."""
    person = people.find(session, workspace_id, user_id)
    return person is not None and person.met_at is None


def joins_review(session: Session, workspace_id: str, user_id: str, channel_id: str) -> bool:
    """Return whether somebody who joined this channel has not met the bot yet, and the channel has a cadence."""
    return is_new(session, workspace_id, user_id) and reviews.cadence_of(session, workspace_id, channel_id) is not None


def greet(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> bool:
    """Queue the first words, and return whether they were: of two processes that greet at once, one does.

    Nobody is greeted who is a bot, a guest, of another company or deactivated.
    """
    is_met = people.meet(session, workspace_id, user_id, now)
    if is_met:
        key = f"{PAGE}:{user_id}"
        queue_direct(session, workspace_id, user_id, page=PAGE, subject=LetterSubject(), key=key, at=now)
    return is_met


# Everything that a person answers for, handed over to one person or several, and taken back.


@dataclass(frozen=True, slots=True)
class Responsibilities:
    """What a person answers for of one account: fields of its profile, and open items by the events that began them."""

    account: AccountState
    roles: tuple[str, ...]
    actions: tuple[int, ...]
    blockers: tuple[int, ...]
    asks: tuple[int, ...]

    @property
    def items(self) -> tuple[int, ...]:
        return (*self.actions, *self.blockers, *self.asks)


def held_by(session: Session, workspace_id: str, user_id: str) -> tuple[Responsibilities, ...]:
    """What the person answers for of each account that did not leave the list, by name.

    Accounts that the session hides are left out. An action that an ask made is not listed next to the ask.
    """
    rows = {row.row_id: row for row in accounts.of_person(session, workspace_id, user_id, or_executive=True)}
    rows |= {row.row_id: row for row in people.accounts_that_may_have_asks(session, workspace_id)}
    owned = {account.id for _, account in stored.actions(session, Among.listed(workspace_id), owners=(user_id,))}
    owned |= {account.id for _, account in stored.blockers(session, Among.listed(workspace_id), owner=user_id)}
    rows |= {row.row_id: row for row in accounts.get_many(session, workspace_id, owned - rows.keys())}
    states = (current_state(session, row) for row in rows.values())
    found = (_responsibilities(state, user_id) for state in states if not state.list_status.is_closed)
    return tuple(sorted((each for each in found if each.roles or each.items), key=lambda each: each.account.name))


def _responsibilities(state: AccountState, user_id: str) -> Responsibilities:
    """What the person answers for at the account."""
    asks = [each for each in state.open_asks if each.ask_of == user_id]
    of_asks = {action.id for ask in asks if (action := action_of(ask, state.open_actions)) is not None}
    return Responsibilities(
        account=state,
        roles=tuple(role for role in IN_CHARGE if getattr(state.profile, role) == user_id),
        actions=tuple(each.id for each in state.open_actions if each.owner == user_id and each.id not in of_asks),
        blockers=tuple(each.id for each in state.open_blockers if each.owner == user_id),
        asks=tuple(each.event_id for each in asks),
    )


class HandedOver(NamedTuple):
    """Who got what, by user id, and the events that recorded it."""

    given: Mapping[str, Sequence[Responsibilities]]
    event_ids: Sequence[int]


def give_all(session: Session, author: Author, user_id: str, receivers: Mapping[int, str], others: str) -> HandedOver:
    """Hand over to others everything of the person's that the author can see.

    `receivers` are the people by account, `others` gets the accounts that are not among these. The caller notifies
    everybody concerned, once. Raises Refused, with the account, for a person who may not have it or has as many
    accounts as one may: then nothing is handed over.
    """
    # before the accounts' own locks, in the order of every edit of an account: so there is no deadlock
    workspaces.lock(session, author.workspace_id)
    given: dict[str, list[Responsibilities]] = {}
    event_ids: list[int] = []
    for responsibilities in held_by(session, author.workspace_id, user_id):
        receiver = receivers.get(responsibilities.account.account_id, others)
        with _naming_account(responsibilities.account.name):
            event_ids += [each.event.id for each in _give(session, author, responsibilities, receiver)]
        given.setdefault(receiver, []).append(responsibilities)
    if not given:
        raise Refused("Nothing of theirs is left to hand over.")
    note_change(session, author, TrailSubject.HAND_OVER, user_id, after={"to": sorted(given)})
    return HandedOver(given, event_ids)


def take_back_hand_over(session: Session, author: Author, user_id: str, event_ids: Sequence[int]) -> None:
    """Take back what the author handed over by these events, within ten minutes.

    Raises Refused after that time, if it was taken back already, if something of it was edited since, and if the one
    who had it owns as many accounts as allowed; then nothing is taken back.
    """
    workspaces.lock(session, author.workspace_id)
    rows = [row for row in events.get_many(session, list(event_ids)) if row.workspace_id == author.workspace_id]
    own = [row for row in rows if row.actor == author.user_id and row.kind in ("edited", "item_edited")]
    if any(author.at - row.recorded_at > UNDO_WINDOW for row in own):
        raise Refused("It was handed over more than ten minutes ago. Hand it over again instead.")
    # the entries are no older than that, so neither are their corrections
    since = author.at - UNDO_WINDOW
    corrections = events.recorded_since(session, author.workspace_id, since, ("corrected",))
    corrected_ids = {row.change["event_id"] for row in corrections}
    remaining = [row for row in own if row.row_id not in corrected_ids]
    if not remaining:
        raise Refused("It was taken back already.")
    found = accounts.get_many(session, author.workspace_id, {row.account_id for row in remaining})
    names_by_id = {row.row_id: row.name for row in found}
    for row in remaining:
        with _naming_account(names_by_id[row.account_id]):
            take_out(session, author, event_facts(row), may_follow=lambda _: None)
    note_change(session, author, TrailSubject.HAND_OVER, user_id, after={"undone": True})


def _give(session: Session, author: Author, responsibilities: Responsibilities, receiver: str) -> Iterator[Recorded]:
    """Record, one by one, that the receiver has these roles and open items of the account."""
    account_id = responsibilities.account.account_id
    full_member(session, author, receiver)
    if responsibilities.roles:
        profile = with_people(responsibilities.account.profile, dict.fromkeys(responsibilities.roles, receiver))
        yield account_list.edit(session, author, account_id, profile)
    for item_id in responsibilities.items:
        found = find(session, author.workspace_id, account_id)
        given = record(session, author, account_id, edit_of(found.state, item_id, owner=receiver), found=found)
        show_update(session, author, given)
        yield given


@contextmanager
def _naming_account(account_name: str) -> Iterator[None]:
    """Put the account's name before the sentence of a refusal."""
    try:
        yield
    except FieldProblems as problems:
        raise Refused(f"{account_name}: {' '.join(problems.fields.values())}") from None
    except Refused as error:
        raise Refused(f"{account_name}: {error}") from None


# Leads of functions: who is asked where a function is.


def lead(session: Session, author: Author, user_id: str, functions: Collection[Function]) -> None:
    """Make the person the lead of these functions and of no others, in the place of who led them.

    Whoever led one of them has an entry of the audit trail too. Lock the workspace before.
    """
    wanted = sorted(function.value for function in functions)
    current_leads = people.leads(session, author.workspace_id)
    led_before: dict[str, list[str]] = {user_id: []}
    for function, person in sorted(current_leads.items()):
        led_before.setdefault(person.user_id, []).append(function)
    people.give_leads(session, author.workspace_id, user_id, wanted)
    for each, before in led_before.items():
        after = wanted if each == user_id else [function for function in before if function not in wanted]
        if after != before:
            before_noted, after_noted = ({"leads": ", ".join(functions)} for functions in (before, after))
            note_change(session, author, TrailSubject.PERSON, each, before=before_noted, after=after_noted)


# Functions and rights given to people, and the first admins.


def give(
    session: Session,
    author: Author,
    user_id: str,
    *,
    function: Function | None,
    right: Right,
    leads: Collection[Function] | None = None,
) -> PersonFacts:
    """Give the person this function and right, and return the person.

    With `leads` the person leads these functions and no others from now on, in the place of who led them.
    Raises Outdated for somebody unknown, Refused for guests and outsiders, for an observer who is to lead, and when no
    admin would be left.
    """
    # locked, so that of two admins who take the right from each other at once the second is refused
    workspaces.lock(session, author.workspace_id)
    row = people.find(session, author.workspace_id, user_id)
    if row is None or row.is_bot:
        raise Outdated(UNKNOWN_PERSON)
    if row.is_guest or row.is_external or row.is_deleted:
        raise Refused(f"{row.name} is a guest, from another company or deactivated, and cannot be given rights.")
    others = [each for each in people.admins(session, author.workspace_id) if each.user_id != user_id]
    if row.right == Right.ADMIN and right is not Right.ADMIN and not others:
        raise Refused(f"{row.name} is the only admin. Make somebody else an admin first.")
    if leads and right is Right.OBSERVER:
        raise Refused(f"{row.name} would be an observer, who answers nothing, so cannot lead. Give another right.")
    before = {"function": row.function, "right": row.right}
    row.function, row.right = function.value if function else None, right.value
    session.add(row)
    after = {"function": row.function, "right": row.right}
    if after != before:
        note_change(session, author, TrailSubject.PERSON, user_id, before=before, after=after)
    if leads is not None:
        lead(session, author, user_id, leads)
    return person_at(session, row, author.at)


def first_admins(
    session: Session, workspace_id: str, user_ids: Collection[str], *, now: datetime, because: str = ""
) -> None:
    """Make these people admins, adding unknown ones until Slack supplies their profiles.

    `because` goes to the audit trail. If there was no admin before, they get messages about the people deactivated.
    """
    had_admin, system = people.has_admin(session, workspace_id), Author(workspace_id, "", Source.SYSTEM, now)
    people.add_unknown(session, workspace_id, user_ids, now)
    found = {row.user_id: row for row in people.get_many(session, workspace_id, user_ids)}
    for user_id in user_ids:
        row = found[user_id]
        if row.right != Right.ADMIN:
            after = {"right": Right.ADMIN.value} | ({"because": because} if because else {})
            note_change(session, system, TrailSubject.PERSON, user_id, before={"right": row.right}, after=after)
        row.right = Right.ADMIN.value
        session.add(row)
    session.flush()
    if not had_admin:
        notify_first_admins(session, workspace_id, now)


def ensure_admins(session: Session, workspace_id: str, *, named: Collection[str], now: datetime) -> int:
    """Make the people `named` in the settings admins and return the number of admins."""
    first_admins(session, workspace_id, named, now=now, because="named in CADENCE_ADMINS")
    return len(people.admins(session, workspace_id))
