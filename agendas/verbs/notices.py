"""Unasked messages: queued as each person wants them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlmodel import Session

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import ActionAdded, ActionChanged, BlockerChanged, BlockerOpened, Change, Decided, ItemEdited
from agendas.facts.interventions import AskAnswered
from agendas.facts.people import (
    DIGEST_AT,
    Author,
    Leads,
    MessageWeek,
    NoticeChoice,
    NoticeKind,
    Preferences,
    QuietHours,
    Right,
)
from agendas.facts.program import HOLIDAYS, WEEKLY_CAP, TrailSubject
from agendas.facts.reviews import Participation, Reminding
from agendas.facts.signals import Signal
from agendas.rules.access import NOTHING_TO_SAY
from agendas.rules.notices import (
    Rank,
    Reason,
    Spent,
    WorkingHours,
    after_quiet_hours,
    also_notified,
    has_room,
    next_digest,
    next_working_instant,
    next_working_morning,
    people_to_tell,
    reminder_at,
    reminds,
    spread_reminders,
    tells_the_same_day,
    waits_for_digest,
    week_after,
    week_of,
    when_to_send,
    when_to_tell,
)
from agendas.rules.signals import NEWS_FOR, is_news, says_again
from agendas.text.dates import local_date
from agendas.verbs.loading import (
    absent_among,
    event_facts,
    is_member,
    needed_by,
    ranges_from,
    settings_of,
    signal_facts,
)
from agendas.verbs.roster import cutoff_of, preparation_of
from agendas.verbs.trail import note_change
from storage import accounts, events, inbox, nudging, outbox, people, preparing, privacy, reviews, signals, workspaces
from storage.letter_subjects import EventSubject, LeadsSubject, SignalNoticeSubject, letter_to
from storage.models.accounts import Account
from storage.models.delivery import Letter, LetterKind, LetterState
from storage.models.following import PrepRequest
from storage.models.reviews import Cadence
from storage.models.subjects import SignalRow
from storage.models.types import JsonValue
from storage.models.workspaces import Person, Preference
from storage.privacy import MEMBERS_KNOWN_FOR

# The blocker or ask that an event settles or answers, by the event that opened it.


def begun_by(session: Session, workspace_id: str, change: Change) -> EventFacts | None:
    """Return the event that opened the blocker that is resolved or answered, or the ask that is answered.

    None for every other change: what is acknowledged or said otherwise is told to nobody.
    """
    match change:
        case BlockerChanged(blocker_id=number, what="resolved" | "answered") | AskAnswered(decision_id=number):
            return _event(session, workspace_id, number)
        case ActionChanged(action_id=number, what="done"):
            added = _event(session, workspace_id, number)
            if added is None or not isinstance(added.change, ActionAdded) or added.change.decision_id is None:
                return None
            return _event(session, workspace_id, added.change.decision_id)
    return None


def leads_for(session: Session, workspace_id: str, event: EventFacts, begun: EventFacts | None) -> Leads:
    """Return the leads who can be asked where the event opens or settles a blocker that needs a function."""
    opened = (begun or event).change
    return needed_by(session, workspace_id, (opened.needs if isinstance(opened, BlockerOpened) else None,))


def _event(session: Session, workspace_id: str, event_id: int) -> EventFacts | None:
    row = events.get(session, workspace_id, event_id)
    return event_facts(row) if row is not None else None


# Kinds of messages that nobody asked for, by the pages of their letters.

TOLD = "told"
"""The page of the message that tells a person of what others asked of them."""
ONE_TOLD = "one_told"
"""The page of one event in such a message, or in the digest."""
ONE_SIGNAL = "one_signal"
"""The page of one strong signal in such a message, or in the digest."""
DIGEST = "digest"
"""The page of the message that tells of a day."""
MORNING = "morning"
"""The page of what is overdue and what waits for a person, always told in the digest of a working morning."""
ESCALATED = "escalated"
"""The page of a blocker that nobody resolved within its limit, for whoever gets it then."""
PREPARATION = "preparation"
"""The page of what a person is asked to prepare."""
REMINDER = "reminder"
"""The page of the reminder of reviews that a person has not prepared."""
NOT_HELD = "not_held"
"""The page of reviews of a cadence that were not held, for its facilitator and the program's admins."""
BRIEF = "brief"
"""The page of what a facilitator should know an hour before a review."""
ASKED_BEFORE = "asked_before"
"""The page of what a facilitator asks of a person before a review."""
LEADS_NOW = "leads_now"
"""The page that tells a person that somebody made them the facilitator of a cadence."""

ACTIONS = "your_actions"
"""The page of a person's actions on the accounts of a review that has closed."""
OBSERVED = "recap_observed"
"""The page of the recap for somebody who observes the reviews of a cadence."""

KIND_OF_PAGE: dict[str, NoticeKind] = {
    ONE_TOLD: NoticeKind.NEWS,
    ONE_SIGNAL: NoticeKind.SIGNALS,
    ACTIONS: NoticeKind.ACTIONS,
    OBSERVED: NoticeKind.ACTIONS,
    "fit_question": NoticeKind.QUESTIONS,
    "executive_before": NoticeKind.EXECUTIVE,
    REMINDER: NoticeKind.PREPARATION,
    MORNING: NoticeKind.NUDGES,
    ESCALATED: NoticeKind.NUDGES,
    NOT_HELD: NoticeKind.HEALTH,
    PREPARATION: NoticeKind.PREPARATION,
    BRIEF: NoticeKind.PREPARATION,
    ASKED_BEFORE: NoticeKind.PREPARATION,
    LEADS_NOW: NoticeKind.PREPARATION,
    **dict.fromkeys(
        ("trouble", "lacking", "deactivated", "doubt", "doubts", "not_opened", "not_closed", "own_channel"),
        NoticeKind.HEALTH,
    ),
}
"""Kinds of messages by their page; a page that is not here is sent at once, whatever its reader prefers."""


DIGESTS = frozenset({DIGEST})
"""Pages of messages that come at most once a day, and gather what others would tell apart."""

TOLD_IN_OTHERS = frozenset({ONE_TOLD, ONE_SIGNAL, MORNING})
"""Pages whose content another message always includes."""

UNASKED = frozenset({*KIND_OF_PAGE, TOLD, DIGEST}) - TOLD_IN_OTHERS
"""Pages of messages that nobody asked for, all of which count towards the weekly cap of a person."""

GO_FIRST = frozenset({TOLD, ESCALATED, ASKED_BEFORE})
"""Pages of asks and blockers, which have a reserve of the weekly cap."""


def rank_of(page: str) -> Rank:
    """Return the rank of a message with this page among those of a week."""
    if page in DIGESTS:
        return Rank.DIGEST
    return Rank.FIRST if page in GO_FIRST else Rank.USUAL


def is_unasked(page: str) -> bool:
    """Return true for the page of a message that nobody asked for: it does not come in its reader's quiet hours."""
    return page in UNASKED or page in TOLD_IN_OTHERS


# How a person wants the messages that nobody asked for: read, and changed by the person.


@dataclass(frozen=True, slots=True)
class Reader:
    """The preferences of a person, and their zone."""

    preferences: Preferences
    zone: str


EVERYTHING_AT_ONCE = Reader(Preferences(), "UTC")
"""Whoever set no preferences; there are no times to read in a zone."""


def readers(session: Session, workspace_id: str, user_ids: Collection[str]) -> dict[str, Reader]:
    """Return the preferences that these people have set, by user id."""
    rows = people.of_people(session, workspace_id, user_ids) if user_ids else {}
    known = people.get_many(session, workspace_id, rows) if rows else ()
    return {each.user_id: Reader(preferences_of(rows[each.user_id]), each.time_zone) for each in known}


def preferences_to_change(session: Session, workspace_id: str, user_id: str) -> tuple[Preferences, bool]:
    """Return the person's preferences, and whether notices of trouble are sent to them."""
    row = people.of_people(session, workspace_id, (user_id,)).get(user_id)
    return preferences_of(row), _is_helper(session, workspace_id, user_id)


def change_preferences(session: Session, author: Author, wanted: Preferences) -> tuple[Preferences, Preferences]:
    """Save what the author wants and return it before and after; kinds that `wanted` does not name stay as they are.

    What waits for the author is sent by the new choices; those of a later version of this program are kept.
    """
    new = Preference(
        workspace_id=author.workspace_id, user_id=author.user_id, digest_at=DIGEST_AT, changed_at=author.at
    )
    row = people.lock(session, new)
    before, stored = preferences_of(row), dict(row.choices or {})
    row.choices = stored | {kind.value: choice.value for kind, choice in wanted.choices}
    row.digest_at, row.changed_at = wanted.digest_at, author.at
    row.quiet_from = wanted.quiet.begins if wanted.quiet else None
    row.quiet_to = wanted.quiet.ends if wanted.quiet else None
    row.hears_threads = wanted.hears_threads
    session.add(row)
    session.flush()
    after = preferences_of(row)
    if _written(after) != _written(before):
        note_change(
            session, author, TrailSubject.PREFERENCES, author.user_id, before=_written(before), after=_written(after)
        )
        _send_by(session, author, after)
        nudging.plan_again(session, author.workspace_id, (author.user_id,), author.at)
    return before, after


def stop_hearing(session: Session, author: Author) -> None:
    """Offer the author nothing any more to record of what they write in accounts' threads."""
    wanted, _ = preferences_to_change(session, author.workspace_id, author.user_id)
    change_preferences(session, author, replace(wanted, hears_threads=False))


def preferences_of(row: Preference | None) -> Preferences:
    if row is None:
        return Preferences()
    choices = ((NoticeKind(kind), NoticeChoice(how)) for kind, how in row.choices.items())
    quiet = None
    if row.quiet_from is not None and row.quiet_to is not None and row.quiet_from != row.quiet_to:
        quiet = QuietHours(row.quiet_from, row.quiet_to)
    return Preferences(tuple(sorted(choices)), row.digest_at, quiet, row.hears_threads)


def _is_helper(session: Session, workspace_id: str, user_id: str) -> bool:
    person = people.find(session, workspace_id, user_id)
    if person is not None and person.right == Right.ADMIN:
        return True
    return any(each.facilitator == user_id for each in reviews.cadences(session, workspace_id))


def _written(preferences: Preferences) -> JsonValue:
    quiet = preferences.quiet
    return {kind.value: preferences.of(kind).value for kind in NoticeKind} | {
        "digest_at": _clock(preferences.digest_at),
        "quiet_hours": f"{_clock(quiet.begins)}-{_clock(quiet.ends)}" if quiet else "none",
        "threads": "heard" if preferences.hears_threads else "not heard",
    }


def _clock(wall: time) -> str:
    return f"{wall:%H:%M}"


def _send_by(session: Session, author: Author, after: Preferences) -> None:
    """Move what waits for the author and nobody asked for to the new time of the digest, out of the quiet hours."""
    has_digest = NoticeChoice.DIGEST in dict(after.choices).values()
    for letter in outbox.waiting_to(session, author.workspace_id, author.user_id):
        if not is_unasked(letter.page):
            continue
        due_at = letter.due_at
        if letter.page == DIGEST:
            due_at = next_digest(after, author.zone, author.at) if has_digest else author.at
        due_at = after_quiet_hours(after.quiet, author.zone, due_at)
        if due_at != letter.due_at:
            outbox.reschedule(session, letter, due_at)


# The rest of the week's messages to people, counted while letters are queued and again as each is sent.

UNTIL_OTHERS_WENT = timedelta(minutes=2)
"""Pause of a message while another one being sent may take the last place of its reader's week."""


class Budget:
    """The messages of two weeks to these people, beginning with the week of `at` in the workspace's zone.

    It counts what `take` gives away, so it is used up within one transaction.
    """

    def __init__(self, session: Session, workspace_id: str, user_ids: Collection[str], at: datetime) -> None:
        self.cap = settings_of(session, workspace_id).number(WEEKLY_CAP)
        self._zone = workspaces.zone(session, workspace_id)
        self.begins_at = week_of(at, self._zone)
        next_at = week_after(self.begins_at, self._zone)
        weeks = inbox.Weeks(self.begins_at, next_at, week_after(next_at, self._zone))
        found = inbox.count_unasked(session, workspace_id, user_ids, weeks, pages=UNASKED, digests=DIGESTS)
        self._spent = {
            (each.user_id, next_at if each.is_next_week else self.begins_at): Spent(
                each.messages - each.digests, each.digests
            )
            for each in found
        }

    def spent(self, user_id: str, at: datetime) -> Spent:
        """Return what the person got, or will get, in the week that holds the instant."""
        return self._spent.get((user_id, week_of(at, self._zone)), Spent())

    def has_room(self, user_id: str, at: datetime, rank: Rank) -> bool:
        return has_room(self.cap, self.spent(user_id, at), rank)

    def take(self, user_id: str, at: datetime, rank: Rank) -> bool:
        """Count one more message to the person; return false, with nothing counted, if it were too many."""
        if not self.has_room(user_id, at, rank):
            return False
        self._spent[user_id, week_of(at, self._zone)] = self.spent(user_id, at).plus(rank)
        return True

    def digest_at(self, user_id: str, wanted_at: datetime, preferences: Preferences, zone: str) -> datetime:
        """Return when a new digest of the person is sent, and count it: in a later week where this one is used up."""
        due_at = wanted_at
        while not self.take(user_id, due_at, Rank.DIGEST):
            # from the first instant of the week after
            due_at = next_digest(preferences, zone, week_after(week_of(due_at, self._zone), self._zone))
        return due_at


def over_cap_until(session: Session, letter: Letter, now: datetime) -> datetime | None:
    """Return until when a letter in hand waits for its reader's weekly cap, None where it may be sent now.

    What was queued counted what was there then: transactions at once do not see each other, and a letter may have
    waited for another week. Of two in hand for one reader at least one sees the other here.
    """
    if letter.page not in UNASKED:
        return None
    zone = workspaces.zone(session, letter.workspace_id)
    begins_at = week_of(now, zone)
    cap = settings_of(session, letter.workspace_id).number(WEEKLY_CAP)
    gone, in_hand = inbox.count_sent_since(session, letter, begins_at, pages=UNASKED)
    if gone >= cap:
        reader = readers(session, letter.workspace_id, (letter.user_id,)).get(letter.user_id, EVERYTHING_AT_ONCE)
        return next_digest(reader.preferences, reader.zone, week_after(begins_at, zone))
    if gone + in_hand >= cap:
        return now + UNTIL_OTHERS_WENT
    # due now, it counts in this week
    return now if letter.due_at < begins_at else None


# Plan when people who were asked to prepare a review are reminded of it.

BEFORE = timedelta(days=30)
"""Days away that ended longer ago matter to no reminder."""


def hours_of(
    session: Session, workspace_id: str, user_ids: Collection[str], now: datetime
) -> Mapping[str, WorkingHours]:
    """Return the working hours of the known people among these, in a fixed number of statements."""
    holidays_of = str(settings_of(session, workspace_id).value(HOLIDAYS))
    away = ranges_from(session, workspace_id, user_ids, local_date(now - BEFORE, "UTC"))
    return {
        row.user_id: WorkingHours(row.time_zone, tuple(away.get(row.user_id, ())), holidays_of)
        for row in people.get_many(session, workspace_id, user_ids)
    }


def plan_reminders(session: Session, row: Cadence, asked: Sequence[PrepRequest], now: datetime) -> None:
    """Write when each of these people, asked to prepare the next review of the cadence, is reminded; None for never."""
    cutoff = cutoff_of(row)
    waited_for = [each for each in asked if each.part == Participation.MANDATORY.value]
    if cutoff is None or not waited_for or not reminds(preparation_of(row).reminding):
        return
    hours = hours_of(session, row.workspace_id, {each.user_id for each in waited_for}, now)
    at_once: dict[datetime, dict[str, list[PrepRequest]]] = {}
    for each in sorted(waited_for, key=lambda each: each.user_id):
        found = hours.get(each.user_id)
        each.remind_at = reminder_at(found, asked_at=each.asked_at, cutoff=cutoff) if found else None
        if each.remind_at is not None:
            at_once.setdefault(each.remind_at, {}).setdefault(each.user_id, []).append(each)
    for at, rows in at_once.items():
        _spread(at, rows, hours)


def _spread(at: datetime, rows: Mapping[str, Sequence[PrepRequest]], hours: Mapping[str, WorkingHours]) -> None:
    """Schedule reminders for these people, each with their own rows, at a pace that Slack allows."""
    people = [(hours[user_id], max(each.asked_at for each in theirs)) for user_id, theirs in rows.items()]
    for theirs, remind_at in zip(rows.values(), spread_reminders(at, people), strict=True):
        for each in theirs:
            each.remind_at = remind_at


def follow_move(session: Session, row: Cadence, now: datetime) -> None:
    """Let the reminders of the next review follow its time, of people who were not reminded yet and did not stop it."""
    if row.next_on is None:
        return
    asked = preparing.unreminded(session, row.row_id, row.next_on)
    for each in asked:
        each.remind_at = None
    plan_reminders(session, row, asked, now)
    session.add_all(asked)


# Direct messages that nobody asked for, queued as their readers want them and as far as their week has room.

KEPT = {"workspace_id", "key", "kind", "page", "subject", "user_id"}
"""Columns of a direct message that are kept when it is queued again."""

A_DAY = timedelta(days=1)


def queue_notices(session: Session, letters: Sequence[Letter]) -> None:
    """Queue direct messages of one workspace, each once, in a fixed number of statements.

    Each is sent at once, after quiet hours, in the digest, or not at all. What is more than its reader gets in a week
    waits for the digest too.
    """
    outbox.queue_many(session, [each for each in letters if each.page not in KIND_OF_PAGE])
    unasked = [each for each in letters if each.page in KIND_OF_PAGE]
    stored = outbox.by_keys(session, unasked[0].workspace_id, [each.key for each in unasked]) if unasked else {}
    new = [each for each in sorted(unasked, key=lambda each: each.user_id) if each.key not in stored]
    if new:
        _queue_as_wanted(session, new)


def requeue(session: Session, letters: Iterable[Letter], now: datetime, *, not_after: datetime) -> None:
    """Queue letters of one workspace again if they were dropped because there was nothing to say."""
    unsaid = [each for each in letters if each.state == LetterState.DROPPED and each.last_error == NOTHING_TO_SAY]
    if not unsaid:
        return
    again = [
        Letter(**each.model_dump(include=KEPT), created_at=now, due_at=now, not_after=not_after) for each in unsaid
    ]
    outbox.discard(session, unsaid)
    queue_notices(session, again)


def collect_for_digest(
    session: Session, letters: Sequence[Letter], budget: Budget, known: Mapping[str, Reader]
) -> None:
    """Collect letters of one workspace for their readers' next digests; `known` are readers who set preferences.

    Letters for a working morning go into that morning's digest, or the next one if it has been sent.
    """
    unknown = {each.user_id for each in letters} - known.keys()
    rows = people.get_many(session, letters[0].workspace_id, unknown) if unknown else ()
    found = {row.user_id: Reader(Preferences(), row.time_zone) for row in rows} | dict(known)
    mornings = {each.user_id for each in letters if each.page == MORNING}
    hours = hours_of(session, letters[0].workspace_id, mornings, letters[0].due_at) if mornings else {}

    def due_at(letter: Letter, last: Letter | None) -> datetime:
        reader, last_at = found.get(letter.user_id, EVERYTHING_AT_ONCE), went_at(last)
        if letter.page == MORNING:
            working = hours.get(letter.user_id, WorkingHours(reader.zone))
            wanted_at = _morning_at(letter.due_at, reader, last_at, working)
        else:
            wanted_at = next_digest(reader.preferences, reader.zone, letter.due_at, last_at=last_at)
        return budget.digest_at(letter.user_id, wanted_at, reader.preferences, reader.zone)

    outbox.collect_many(session, letters, page=DIGEST, due_at=due_at)


def went_at(last: Letter | None) -> datetime | None:
    return (last.sent_at or last.due_at) if last is not None else None


def quiet_until(session: Session, letter: Letter, now: datetime) -> datetime | None:
    """Return the end of its reader's quiet hours for a message that nobody asked for, None where it may be sent now."""
    if not is_unasked(letter.page):
        return None
    ends_at = undisturbed_at(session, letter.workspace_id, letter.user_id, now)
    return ends_at if ends_at > now else None


def undisturbed_at(session: Session, workspace_id: str, user_id: str, now: datetime) -> datetime:
    """Return `now`, or the end of the person's quiet hours that it lies in."""
    reader = readers(session, workspace_id, (user_id,)).get(user_id, EVERYTHING_AT_ONCE)
    return after_quiet_hours(reader.preferences.quiet, reader.zone, now)


def is_switched_off(session: Session, letter: Letter) -> bool:
    """Return true if the reader of the letter wants no messages of its kind."""
    kind = KIND_OF_PAGE.get(letter.page)
    if kind is None or letter.kind != LetterKind.DIRECT:
        return False
    return kind in switched_off(session, letter.workspace_id, letter.user_id)


def switched_off(session: Session, workspace_id: str, user_id: str) -> frozenset[NoticeKind]:
    """Return the kinds of messages that the person does not want."""
    chosen = readers(session, workspace_id, (user_id,)).get(user_id, EVERYTHING_AT_ONCE).preferences
    return frozenset(kind for kind in NoticeKind if chosen.of(kind) is NoticeChoice.OFF)


def who_may_act(session: Session, workspace_id: str, user_ids: Iterable[str]) -> tuple[str, ...]:
    """Return these people without observers, guests, outsiders, bots and people who are deactivated or unknown.

    In one order, so that of two that tell the same people at once one waits for the other.
    """
    return tuple(each.user_id for each in _members(session, workspace_id, user_ids) if each.right != Right.OBSERVER)


def who_is_there(session: Session, workspace_id: str, user_ids: Iterable[str]) -> tuple[str, ...]:
    """Return these people, observers too, in one order without guests, outsiders, bots and those who are gone."""
    return tuple(each.user_id for each in _members(session, workspace_id, user_ids))


def _members(session: Session, workspace_id: str, user_ids: Iterable[str]) -> list[Person]:
    found = people.get_many(session, workspace_id, set(user_ids))
    return sorted(filter(is_member, found), key=lambda each: each.user_id)


def _queue_as_wanted(session: Session, letters: Sequence[Letter]) -> None:
    workspace_id, user_ids = letters[0].workspace_id, {each.user_id for each in letters}
    known = readers(session, workspace_id, user_ids)
    budget = Budget(session, workspace_id, user_ids, min(each.due_at for each in letters))
    escalated = _had_escalated(session, letters)
    at_once: list[Letter] = []
    waiting: list[Letter] = []
    for letter in letters:
        reader = known.get(letter.user_id, EVERYTHING_AT_ONCE)
        sending = when_to_send(KIND_OF_PAGE[letter.page], reader.preferences, reader.zone, letter.due_at)
        if sending is None:
            continue
        is_another = letter.page == ESCALATED and letter.user_id in escalated
        waits = sending.reason is Reason.DIGEST or letter.page == MORNING or is_another
        if waits or not budget.take(letter.user_id, sending.at, rank_of(letter.page)):
            letter.last_error = "" if waits else Reason.OVER_CAP
            waiting.append(letter)
            continue
        # created then too, so that it is not taken for late
        letter.created_at = letter.due_at = sending.at
        at_once.append(letter)
    outbox.queue_many(session, at_once)
    if waiting:
        collect_for_digest(session, waiting, budget, known)


def _had_escalated(session: Session, letters: Sequence[Letter]) -> set[str]:
    """Return who of the letters' readers got a blocker past its limit within a day: others wait for the digest."""
    readers_of = {each.user_id: each.due_at for each in letters if each.page == ESCALATED}
    if not readers_of:
        return set()
    since = min(readers_of.values()) - A_DAY
    return inbox.readers(session, letters[0].workspace_id, readers_of.keys(), page=ESCALATED, since=since)


def _morning_at(at: datetime, reader: Reader, last_at: datetime | None, hours: WorkingHours) -> datetime:
    if last_at is None or local_date(last_at, reader.zone) != local_date(at, reader.zone):
        return at
    return next_working_morning(hours, at, reader.preferences.digest_at) or at


# Tell a person that somebody made them the facilitator of a cadence.


def tell_facilitator(session: Session, author: Author, row: Cadence, before: str) -> None:
    """Queue the message where the facilitator is another person than before, and not the author.

    Whoever leads it now is briefed of the next review, whoever was briefed before.
    """
    if row.facilitator == before:
        return
    row.briefed_on = None
    session.add(row)
    if row.facilitator in ("", author.user_id):
        return
    to, key = row.facilitator, f"leads:{row.row_id}:{row.facilitator}:{author.at.timestamp()}"
    subject = LeadsSubject(row.row_id, author.user_id)
    queue_notices(session, [letter_to(author.workspace_id, to, LEADS_NOW, subject, key=key, at=author.at)])


# What an event asks of people, and strong signals: told at once, in their digest, or as far as their week has room.

ASKED_WITHIN = timedelta(days=35)
"""A person takes part in the cadences that asked them within this time: a month and some days."""


def tell_at_once(session: Session, author: Author, event: EventFacts, account: AccountState) -> None:
    """Queue what the event asks of people who may act: sent within seconds, at most once per quarter of an hour.

    Of who is away their stand-in is told; without one it waits until they are back.
    """
    begun = begun_by(session, author.workspace_id, event.change)
    asked = people_to_tell(event, account, leads_for(session, author.workspace_id, event, begun), begun=begun)
    wanted = (*asked, *also_notified(event, account, asked))
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
    """Queue the strong ones of these new signals for people who may act and did not record them themselves.

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
        letters += _letters(session, author, row.account_id, SignalNoticeSubject(row.row_id), ranks, away)
    found = profiles_of(session, author.workspace_id, {*able, *away.values()} - {""}, at=author.at)
    _tell(session, author, letters, found)


def back_at(session: Session, workspace_id: str, user_id: str, now: datetime) -> datetime:
    """Return when the person, who is away, works next."""
    hours = hours_of(session, workspace_id, (user_id,), now).get(user_id)
    return (next_working_instant(hours, now) if hours is not None else None) or now


def tell_when_back(session: Session, workspace_id: str, user_id: str, now: datetime) -> None:
    """Reschedule what waits for the person after their days away changed, for when they are back."""
    is_away = bool(absent_among(session, workspace_id, (user_id,), now))
    at = back_at(session, workspace_id, user_id, now) if is_away else now
    at = undisturbed_at(session, workspace_id, user_id, at)
    for letter in outbox.waiting_to(session, workspace_id, user_id):
        if letter.page == TOLD:
            outbox.reschedule(session, letter, at)


def profiles_of(
    session: Session, workspace_id: str, user_ids: Collection[str], *, at: datetime
) -> Mapping[str, frozenset[Reminding]]:
    """Return the profiles of the cadences that each of these people takes part in, none for one of no cadence."""
    since = local_date(at - ASKED_WITHIN, "UTC")
    known, found = set(Reminding), {}
    stored = preparing.of_people(session, workspace_id, user_ids, since=since)
    for user_id in user_ids:
        mine = stored.get(user_id, ())
        found[user_id] = frozenset(Reminding(each) if each in known else Reminding.STANDARD for each in mine)
    return found


def _tell(
    session: Session, author: Author, letters: Sequence[tuple[Letter, Rank]], found: Mapping[str, frozenset[Reminding]]
) -> None:
    """Queue each letter by its rank, one of rank DIGEST for the digest; `found` are the profiles of their readers."""
    if not letters:
        return
    workspace_id, user_ids = author.workspace_id, {each.user_id for each, _ in letters}
    known = readers(session, workspace_id, user_ids)
    budget = Budget(session, workspace_id, user_ids, letters[0][0].due_at)
    last = outbox.latest_of_people(session, workspace_id, user_ids, page=TOLD)
    at_once: list[Letter] = []
    waiting: list[Letter] = []
    for letter, rank in letters:
        reader = known.get(letter.user_id, EVERYTHING_AT_ONCE)
        choice = _choice(letter, reader, found[letter.user_id])
        if choice is NoticeChoice.AT_ONCE and rank is Rank.DIGEST:
            choice = NoticeChoice.DIGEST
        before = last.get(letter.user_id)
        if choice is NoticeChoice.AT_ONCE and not _has_room(letter, before, reader, rank=rank, budget=budget):
            choice, letter.last_error = NoticeChoice.DIGEST, Reason.OVER_CAP
        if choice is not NoticeChoice.OFF:
            (at_once if choice is NoticeChoice.AT_ONCE else waiting).append(letter)
    outbox.collect_many(
        session,
        at_once,
        page=TOLD,
        due_at=lambda letter, before: _notified_at(letter, known.get(letter.user_id, EVERYTHING_AT_ONCE), before),
    )
    if waiting:
        collect_for_digest(session, waiting, budget, known)


def _choice(letter: Letter, reader: Reader, found: Collection[Reminding]) -> NoticeChoice:
    """Return how to notify the person: as they chose, else by their cadences; in a separate digest after an absence."""
    chosen = dict(reader.preferences.choices).get(KIND_OF_PAGE[letter.page])
    if letter.due_at > letter.created_at and chosen is not NoticeChoice.OFF:
        return NoticeChoice.AT_ONCE
    if chosen is None and waits_for_digest(found):
        letter.last_error = Reason.LIGHT
        return NoticeChoice.DIGEST
    return chosen or NoticeChoice.AT_ONCE


def _has_room(letter: Letter, last: Letter | None, reader: Reader, *, rank: Rank, budget: Budget) -> bool:
    """Return true if a message waits that can tell it too, or the week has room for a new one."""
    if last is not None and outbox.is_untried(last):
        return True
    return budget.take(letter.user_id, _notified_at(letter, reader, last), rank)


def _notified_at(letter: Letter, reader: Reader, last: Letter | None) -> datetime:
    went = last if last is not None and last.state in outbox.WENT else None
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
    """Return who is notified of a strong signal on the account, and by which message."""
    at_once = filter(None, (account.owner, account.marketing_partner))
    in_digest = filter(None, (account.our_executive,))
    return dict.fromkeys(in_digest, Rank.DIGEST) | dict.fromkeys(at_once, Rank.USUAL)


def _letters(
    session: Session,
    author: Author,
    account_id: int,
    subject: EventSubject | SignalNoticeSubject,
    ranks: Mapping[str, Rank],
    away: Mapping[str, str],
) -> list[tuple[Letter, Rank]]:
    """Return a letter per person, or to the stand-in of a person in `away` unless the stand-in has one already.

    A stand-in who may not see the account cannot be told of it.
    """
    if isinstance(subject, EventSubject):
        page, about = ONE_TOLD, f"event:{subject.event_id}"
    else:
        page, about = ONE_SIGNAL, f"signal:{subject.signal_id}"
    workspace_id, known, letters = author.workspace_id, {*ranks, author.user_id}, []
    # a stand-in for somebody notified at once is notified at once too, not only in their own digest
    at_once = {away.get(user_id, "") for user_id, rank in ranks.items() if rank is not Rank.DIGEST}
    for user_id, rank in ranks.items():
        stand_in = away.get(user_id, "")
        if stand_in and account_id in privacy.hidden(
            session, workspace_id, user_id=stand_in, channel_id="", known_since=author.at - MEMBERS_KNOWN_FOR
        ):
            stand_in = ""
        if stand_in in known:
            continue
        is_waiting = user_id in away and not stand_in
        due_at = back_at(session, workspace_id, user_id, author.at) if is_waiting else author.at
        about_whom, key = replace(subject, of_user_id=user_id if stand_in else ""), f"{about}:told:{user_id}"
        to = stand_in or user_id
        letter = letter_to(workspace_id, to, page, about_whom, key=key, at=author.at, due_at=due_at)
        letters.append((letter, Rank.USUAL if rank is Rank.DIGEST and user_id in at_once else rank))
    return letters


# How many messages the bot sends a person by itself this week, and what it held back.

DO_NOT_DISTURB = "do not disturb"
"""The note of the delivery on a message whose reader has Do Not Disturb in Slack."""
HELD = (Reason.OVER_CAP, Reason.LIGHT, DO_NOT_DISTURB)


def message_week(session: Session, workspace_id: str, user_id: str, now: datetime) -> MessageWeek:
    """Return the person's messages of the week that holds the instant."""
    budget = Budget(session, workspace_id, (user_id,), now)
    found = dict(inbox.held_back(session, workspace_id, user_id, since=budget.begins_at, reasons=HELD))
    held = tuple((str(reason), found[reason]) for reason in HELD if reason in found)
    return MessageWeek(budget.cap, budget.spent(user_id, now).total, held)
