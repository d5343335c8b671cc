"""Requests that an event makes of people, told to them at once, in their digest, or as far as their week has room."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import ActionAdded, BlockerOpened, Decided
from agendas.facts.people import Author, Choice, NoticeKind
from agendas.facts.reviews.preparing import Reminding
from agendas.rules.notices.budget import Rank
from agendas.rules.notices.profiles import tells_the_same_day, waits_for_digest
from agendas.rules.notices.sending import Reason, when_to_tell
from agendas.rules.notices.told import also_told, people_to_tell
from agendas.rules.notices.working_hours import next_working_instant
from agendas.text.days import local_date
from agendas.verbs.loading.days_away import absent_among
from agendas.verbs.notices.begun import begun_by, leads_for
from agendas.verbs.notices.budget import Budget
from agendas.verbs.notices.kinds import ONE_TOLD, TOLD
from agendas.verbs.notices.plan_reminders import hours_of
from agendas.verbs.notices.preferences import EVERYTHING_AT_ONCE, Reader, readers
from agendas.verbs.notices.queue import collect_for_digest, undisturbed_at, went_at, who_may_act
from storage.delivery import collecting
from storage.delivery.subjects import EventSubject, subject_of, to_json
from storage.preparing import profiles
from storage.tables import Letter, LetterKind

ASKED_WITHIN = timedelta(days=35)
"""A person takes part in the cadences that asked them within this time: a month and some days."""


def tell_at_once(session: Session, author: Author, event: EventFacts, account: AccountState) -> None:
    """Queue what the event asks of people for those who may act: within seconds, and once in a quarter of an hour.

    Of who is away their stand-in is told; without one it waits until they are back.
    """
    begun = begun_by(session, author.workspace_id, event.change)
    asked = people_to_tell(event, account, leads_for(session, author.workspace_id, event, begun), begun=begun)
    wanted = (*asked, *also_told(event, account, asked))
    able = who_may_act(session, author.workspace_id, wanted) if wanted else ()
    if not able:
        return
    away = {each.user_id: each.stand_in for each in absent_among(session, author.workspace_id, able, author.at)}
    found = profiles_of(session, author.workspace_id, {*able, *away.values()} - {""}, at=author.at)
    told = [each for each in able if each in asked or tells_the_same_day(found[each])]
    known = {*told, event.actor}
    letters = [
        _letter(author, event, user_id, stand_in=away.get(user_id, ""))
        for user_id in told
        if away.get(user_id) not in known
    ]
    for letter in letters:
        if letter.user_id in away:
            letter.due_at = back_at(session, author.workspace_id, letter.user_id, author.at)
    if letters:
        _tell(session, letters, event, found)


def back_at(session: Session, workspace_id: str, user_id: str, now: datetime) -> datetime:
    """Return when the person, who is away, works next."""
    hours = hours_of(session, workspace_id, (user_id,), now).get(user_id)
    return (next_working_instant(hours, now) if hours is not None else None) or now


def tell_when_back(session: Session, workspace_id: str, user_id: str, now: datetime) -> None:
    """Let what waits for the person, whose days away changed, be told once they are back by the new days."""
    is_away = bool(absent_among(session, workspace_id, (user_id,), now))
    at = back_at(session, workspace_id, user_id, now) if is_away else now
    at = undisturbed_at(session, workspace_id, user_id, at)
    for letter in collecting.waiting_to(session, workspace_id, user_id):
        if letter.page == TOLD:
            collecting.due_anew(session, letter, at)


def profiles_of(
    session: Session, workspace_id: str, user_ids: Collection[str], *, at: datetime
) -> Mapping[str, frozenset[Reminding]]:
    """Return the profiles of the cadences that each of these people takes part in, none for one of no cadence."""
    since = local_date(at - ASKED_WITHIN, "UTC")
    known, found = set(Reminding), {}
    stored = profiles.of_people(session, workspace_id, user_ids, since=since)
    for user_id in user_ids:
        mine = stored.get(user_id, ())
        found[user_id] = frozenset(Reminding(each) if each in known else Reminding.STANDARD for each in mine)
    return found


def _tell(
    session: Session, letters: list[Letter], event: EventFacts, found: Mapping[str, frozenset[Reminding]]
) -> None:
    workspace_id, user_ids = letters[0].workspace_id, [each.user_id for each in letters]
    known = readers(session, workspace_id, user_ids)
    budget = Budget(session, workspace_id, user_ids, letters[0].due_at)
    last = collecting.latest_of_people(session, workspace_id, user_ids, page=TOLD)
    at_once: list[Letter] = []
    waiting: list[Letter] = []
    for letter in letters:
        reader = known.get(letter.user_id, EVERYTHING_AT_ONCE)
        choice = _choice(letter, reader, found[letter.user_id])
        concerned = subject_of(letter, EventSubject).of_user_id or letter.user_id
        rank = Rank.FIRST if _asks(event, concerned) else Rank.USUAL
        before = last.get(letter.user_id)
        if choice is Choice.AT_ONCE and not _has_room(letter, before, reader, rank=rank, budget=budget):
            choice, letter.last_error = Choice.DIGEST, Reason.OVER_CAP
        if choice is not Choice.OFF:
            (at_once if choice is Choice.AT_ONCE else waiting).append(letter)
    collecting.collect_many(
        session,
        at_once,
        page=TOLD,
        due_at=lambda letter, before: _told_at(letter, known.get(letter.user_id, EVERYTHING_AT_ONCE), before),
    )
    if waiting:
        collect_for_digest(session, waiting, budget, known)


def _choice(letter: Letter, reader: Reader, found: Collection[Reminding]) -> Choice:
    """Return how the person is told: as they chose, else by their cadences; apart from a digest when they are back."""
    chosen = dict(reader.preferences.choices).get(NoticeKind.TOLD)
    if letter.due_at > letter.created_at and chosen is not Choice.OFF:
        return Choice.AT_ONCE
    if chosen is None and waits_for_digest(found):
        letter.last_error = Reason.LIGHT
        return Choice.DIGEST
    return chosen or Choice.AT_ONCE


def _has_room(letter: Letter, last: Letter | None, reader: Reader, *, rank: Rank, budget: Budget) -> bool:
    """Return true if a message waits that can tell it too, or the week has room for a new one."""
    if last is not None and collecting.is_untried(last):
        return True
    return budget.take(letter.user_id, _told_at(letter, reader, last), rank)


def _told_at(letter: Letter, reader: Reader, last: Letter | None) -> datetime:
    went = last if last is not None and last.state in collecting.WENT else None
    return when_to_tell(reader.preferences, reader.zone, letter.due_at, last_at=went_at(went)).at


def _asks(event: EventFacts, user_id: str) -> bool:
    """Return true if the event asks the person for something, rather than telling of a decision."""
    change = event.change
    if isinstance(change, Decided):
        return change.ask_of == user_id
    return isinstance(change, ActionAdded | BlockerOpened)


def _letter(author: Author, event: EventFacts, user_id: str, *, stand_in: str) -> Letter:
    return Letter(
        workspace_id=author.workspace_id,
        key=f"event:{event.id}:told:{user_id}",
        kind=LetterKind.DIRECT,
        page=ONE_TOLD,
        subject=to_json(EventSubject(event.id, user_id if stand_in else "")),
        user_id=stand_in or user_id,
        created_at=author.at,
        due_at=author.at,
    )
