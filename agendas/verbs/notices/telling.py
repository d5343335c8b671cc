"""What an event asks of people, and strong signals: told at once, in their digest, or as far as their week has room."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import ActionAdded, BlockerOpened, Decided, ItemEdited
from agendas.facts.people import Author, Choice
from agendas.facts.reviews.preparing import Reminding
from agendas.facts.signals import Signal
from agendas.rules.notices.budget import Rank
from agendas.rules.notices.profiles import tells_the_same_day, waits_for_digest
from agendas.rules.notices.sending import Reason, when_to_tell
from agendas.rules.notices.told import also_told, people_to_tell
from agendas.rules.notices.working_hours import next_working_instant
from agendas.rules.signals.strong import NEWS_FOR, is_news, says_again
from agendas.text.days import local_date
from agendas.verbs.loading.days_away import absent_among
from agendas.verbs.loading.item_rows import signal_facts
from agendas.verbs.notices.begun import begun_by, leads_for
from agendas.verbs.notices.budget import Budget
from agendas.verbs.notices.kinds import KIND_OF_PAGE, ONE_SIGNAL, ONE_TOLD, TOLD
from agendas.verbs.notices.plan_reminders import hours_of
from agendas.verbs.notices.preferences import EVERYTHING_AT_ONCE, Reader, readers
from agendas.verbs.notices.queue import collect_for_digest, undisturbed_at, went_at, who_may_act
from storage import accounts, signals
from storage.delivery import collecting
from storage.delivery.subjects import EventSubject, ToldSignalSubject, to_json
from storage.preparing import profiles
from storage.privacy import private_accounts
from storage.privacy.channel_members import MEMBERS_KNOWN_FOR
from storage.tables import Account, Letter, LetterKind, SignalRow

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
    ranks = {each: Rank.FIRST if _asks(event, each) else Rank.USUAL for each in told}
    letters = _letters(session, author, account.account_id, EventSubject(event.id), ranks, away)
    _tell(session, author, letters, found)


def tell_of_signals(session: Session, author: Author, stored: Sequence[SignalRow]) -> None:
    """Queue the strong signals among these, stored just now, for those who may act and did not note them.

    The account's owner and marketing partner are told at once, our executive in the digest; of who is away, as above.
    """
    news = _news(session, author, stored)
    concerned = {each.row_id: each for each in accounts.get_many(session, author.workspace_id, _accounts_of(news))}
    wanted = {each for row in concerned.values() for each in _ranks(row)} - {author.user_id}
    able = who_may_act(session, author.workspace_id, wanted) if wanted else ()
    if not able:
        return
    away = {each.user_id: each.stand_in for each in absent_among(session, author.workspace_id, able, author.at)}
    letters = []
    for row in news:
        ranks = {each: rank for each, rank in _ranks(concerned[row.account_id]).items() if each in able}
        letters += _letters(session, author, row.account_id, ToldSignalSubject(row.row_id), ranks, away)
    found = profiles_of(session, author.workspace_id, {*able, *away.values()} - {""}, at=author.at)
    _tell(session, author, letters, found)


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
    session: Session,
    author: Author,
    letters: Sequence[tuple[Letter, Rank]],
    found: Mapping[str, frozenset[Reminding]],
) -> None:
    """Queue each letter by its rank, one of rank DIGEST for the digest; `found` are the profiles of their readers."""
    if not letters:
        return
    workspace_id, user_ids = author.workspace_id, {each.user_id for each, _ in letters}
    known = readers(session, workspace_id, user_ids)
    budget = Budget(session, workspace_id, user_ids, letters[0][0].due_at)
    last = collecting.latest_of_people(session, workspace_id, user_ids, page=TOLD)
    at_once: list[Letter] = []
    waiting: list[Letter] = []
    for letter, rank in letters:
        reader = known.get(letter.user_id, EVERYTHING_AT_ONCE)
        choice = _choice(letter, reader, found[letter.user_id])
        if choice is Choice.AT_ONCE and rank is Rank.DIGEST:
            choice = Choice.DIGEST
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
    chosen = dict(reader.preferences.choices).get(KIND_OF_PAGE[letter.page])
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
    if isinstance(change, ItemEdited):
        return change.owner == user_id
    return isinstance(change, ActionAdded | BlockerOpened)


def _news(session: Session, author: Author, stored: Sequence[SignalRow]) -> list[SignalRow]:
    """Return the rows of strong signals worth a message that say something else than those before them."""
    new = {row.row_id: row for row in stored if is_news(signal_facts(row), author.at)}
    if not new:
        return []
    kinds, since = {row.kind for row in new.values()}, author.at - NEWS_FOR
    rows = signals.of_kinds_since(session, _accounts_of(new.values()), kinds, since)
    said: dict[int, list[Signal]] = defaultdict(list)
    news = []
    for _, row in sorted({row.row_id: row for row in (*rows, *new.values())}.items()):
        signal, before = signal_facts(row), said[row.account_id]
        if row.row_id in new and not any(says_again(signal, each) for each in before):
            news.append(row)
        before.append(signal)
    return news


def _accounts_of(rows: Iterable[SignalRow]) -> set[int]:
    return {row.account_id for row in rows}


def _ranks(account: Account) -> dict[str, Rank]:
    """Return who is told of a strong signal of the account, and by which message."""
    at_once = filter(None, (account.owner, account.marketing_partner))
    in_digest = filter(None, (account.our_executive,))
    return dict.fromkeys(in_digest, Rank.DIGEST) | dict.fromkeys(at_once, Rank.USUAL)


def _letters(
    session: Session,
    author: Author,
    account_id: int,
    subject: EventSubject | ToldSignalSubject,
    ranks: Mapping[str, Rank],
    away: Mapping[str, str],
) -> list[tuple[Letter, Rank]]:
    """Return the letter to each person, or to the stand-in of one who is `away` unless that one knows of it already.

    A stand-in who may not see the account cannot be told of it.
    """
    if isinstance(subject, EventSubject):
        page, about = ONE_TOLD, f"event:{subject.event_id}"
    else:
        page, about = ONE_SIGNAL, f"signal:{subject.signal_id}"
    workspace_id, known, letters = author.workspace_id, {*ranks, author.user_id}, []
    # who stands in for somebody told at once is not told of it in their own digest alone
    at_once = {away.get(user_id, "") for user_id, rank in ranks.items() if rank is not Rank.DIGEST}
    for user_id, rank in ranks.items():
        stand_in = away.get(user_id, "")
        if stand_in and account_id in private_accounts.hidden(
            session, workspace_id, user_id=stand_in, channel_id="", known_since=author.at - MEMBERS_KNOWN_FOR
        ):
            stand_in = ""
        if stand_in in known:
            continue
        is_waiting = user_id in away and not stand_in
        letter = Letter(
            workspace_id=workspace_id,
            key=f"{about}:told:{user_id}",
            kind=LetterKind.DIRECT,
            page=page,
            subject=to_json(replace(subject, of_user_id=user_id if stand_in else "")),
            user_id=stand_in or user_id,
            created_at=author.at,
            due_at=back_at(session, workspace_id, user_id, author.at) if is_waiting else author.at,
        )
        letters.append((letter, Rank.USUAL if rank is Rank.DIGEST and user_id in at_once else rank))
    return letters
