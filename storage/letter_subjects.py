"""What each letter is about, so that it is composed when it is sent."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, NotRequired, TypedDict, TypeVar

from sqlmodel import Session, col, select

from storage import events, reviews, signals
from storage.models.delivery import Letter, LetterKind
from storage.models.events import Event
from storage.models.reviews import ReviewItem
from storage.models.subjects import SignalRow
from storage.models.types import JsonValue

# Subjects of letters: what the page of a letter is composed from, as typed values and as the JSON that is stored.


@dataclass(frozen=True, slots=True)
class LetterSubject:
    """The base of all subjects, and the subject of a page that needs none."""


@dataclass(frozen=True, slots=True)
class ReviewSubject(LetterSubject):
    """A review: its header, its recap, or the offer to hold it after all."""

    review_id: int


@dataclass(frozen=True, slots=True)
class MeetingSubject(LetterSubject):
    """A date of a cadence that is still to come; `at` is its instant."""

    cadence_id: int
    at: str


@dataclass(frozen=True, slots=True)
class PreparationSubject(LetterSubject):
    """The reviews that a person was asked to prepare, by the key of the letter that did."""

    letter_key: str


@dataclass(frozen=True, slots=True)
class MonthSubject(LetterSubject):
    """A month of the program, as `2026-10`."""

    month: str


@dataclass(frozen=True, slots=True)
class AgendaSubject(LetterSubject):
    review_id: int
    item_id: int


@dataclass(frozen=True, slots=True)
class OwnActionsSubject(LetterSubject):
    review_id: int
    user_id: str


@dataclass(frozen=True, slots=True)
class UpdateSubject(LetterSubject):
    """An update in an account's thread; `is_late` where it came after the review had closed."""

    event_id: int
    review_id: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class ThreadReceiptSubject(LetterSubject):
    """Replies in an account's thread that were recorded, in their order; `event_id` is the first of them."""

    event_id: int
    event_ids: Sequence[int]
    review_id: int


@dataclass(frozen=True, slots=True)
class RecordedSubject(LetterSubject):
    event_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class UnansweredSubject(LetterSubject):
    """The events and signals that a person recorded and got no answer about."""

    event_ids: Sequence[int]
    signal_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class EventSubject(LetterSubject):
    """An event that one person is notified of: what it asks of `of_user_id`, '' for the reader themself."""

    event_id: int
    of_user_id: str = ""


@dataclass(frozen=True, slots=True)
class SignalNoticeSubject(LetterSubject):
    """A strong signal for one person's attention, as the stand-in of `of_user_id`, '' for nobody."""

    signal_id: int
    of_user_id: str = ""


@dataclass(frozen=True, slots=True)
class SignalSubject(LetterSubject):
    signal_id: int


class ComposedMessage(TypedDict):
    """A message as Slack takes it, and its blocks where Slack refuses newer ones."""

    text: str
    blocks: list[dict[str, Any]]
    plain: NotRequired[list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class ComposedSubject(LetterSubject):
    """Messages composed when they were queued; `to` is the user id of the person they answer in a thread.

    Once they were sent or given up, `messages` is empty, and the stored subject has a `digest` of them instead.
    """

    messages: Sequence[ComposedMessage]
    to: str = ""


@dataclass(frozen=True, slots=True)
class WantedSubject(LetterSubject):
    """A name or domain (`word`) of a private account that the person `by` tried to give to another account."""

    account_id: int
    by: str
    word: str


@dataclass(frozen=True, slots=True)
class FitQuestionSubject(LetterSubject):
    """A question for scores, asked for the first time or as a reminder."""

    is_reminder: bool


@dataclass(frozen=True, slots=True)
class ChannelTroubleSubject(LetterSubject):
    channel_id: str
    error: str


@dataclass(frozen=True, slots=True)
class OwnChannelSubject(LetterSubject):
    """An account whose agendas are not posted in its own channel any more, and the error of that channel."""

    account_id: int
    channel_id: str
    error: str


@dataclass(frozen=True, slots=True)
class PermissionSubject(LetterSubject):
    permission: str


@dataclass(frozen=True, slots=True)
class PersonSubject(LetterSubject):
    user_id: str


@dataclass(frozen=True, slots=True)
class ChannelSubject(LetterSubject):
    """A channel with a message in doubt, and the day (ISO) that its review is held for."""

    channel_id: str
    review_on: str


@dataclass(frozen=True, slots=True)
class FailureSubject(LetterSubject):
    """A review that did not open or close in a channel; `reference` finds the error in the log.

    `review_on` is the day (ISO) that it is held for, '' where none is planned.
    """

    channel_id: str
    reference: str
    review_on: str


@dataclass(frozen=True, slots=True)
class CadenceChangeSubject(LetterSubject):
    """A change of a channel's reviews: `what` is moved, skipped, held, paused or resumed, `by` who did it, by user id.

    `planned_on` (ISO) is the date changed, `moved_to` (ISO, UTC) its new instant; '' where there is none. `next_at`
    (ISO, UTC) is the next review, '' for none.
    """

    what: str
    by: str
    zone: str
    planned_on: str = ""
    moved_to: str = ""
    because: str = ""
    next_at: str = ""


@dataclass(frozen=True, slots=True)
class ContinuationSubject(LetterSubject):
    """A later part of a message too long for one: `of` is the letter that it carries on, `part` counts from 2."""

    of: int
    part: int


Kind = TypeVar("Kind", bound=LetterSubject)


def to_json(subject: LetterSubject) -> JsonValue:
    """Return the subject as it is stored; an empty `to` is left out."""
    stored = asdict(subject)
    if stored.get("to") == "":
        del stored["to"]
    return stored


def new_letter(
    kind: LetterKind, workspace_id: str, page: str, subject: LetterSubject, *, key: str, at: datetime, **columns: Any
) -> Letter:
    """Return the letter to queue, made and due at this instant unless `columns` have another `due_at`."""
    values = {"workspace_id": workspace_id, "key": key, "kind": kind, "page": page, "subject": to_json(subject)}
    return Letter(**values | {"created_at": at, "due_at": at} | columns)


def letter_to(
    workspace_id: str, user_id: str, page: str, subject: LetterSubject, *, key: str, at: datetime, **columns: Any
) -> Letter:
    """Return the direct message to queue, made and due at this instant unless `columns` have another `due_at`."""
    return new_letter(LetterKind.DIRECT, workspace_id, page, subject, key=key, at=at, user_id=user_id, **columns)


def subject_of(letter: Letter, kind: type[Kind]) -> Kind:
    """Return the letter's subject. Raises TypeError when something of it is missing."""
    return kind(**{each.name: letter.subject[each.name] for each in fields(kind) if each.name in letter.subject})


def item_id_of(letter: Letter) -> int | None:
    """Return the review item whose agenda the letter posts, None for any other letter."""
    found: int | None = letter.subject.get("item_id")
    return found


def addressee_of(letter: Letter) -> str:
    """Return the user id of the person that the letter goes to or answers, or ''."""
    return letter.user_id or str(letter.subject.get("to", ""))


# Subjects of the letters to and from the facilitator of a review that is still to come.


@dataclass(frozen=True, slots=True)
class BriefSubject(LetterSubject):
    """A review to come, by its planned day and instant; `instead` is why the reader is not the facilitator, or ''."""

    cadence_id: int
    planned_on: str
    at: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class AskedBeforeSubject(LetterSubject):
    """A person's question to another before a review; `text` is '' for a reminder of their updates."""

    cadence_id: int
    planned_on: str
    by: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class LeadsSubject(LetterSubject):
    """A cadence whose facilitator somebody changed."""

    cadence_id: int
    by: str


# The account that a letter is about, if it is about a single one.

OF_EVENT = ("update_line", "thread_receipt")
"""Pages in channels whose subject names an event of the account."""

OF_ACCOUNT = ("agenda", "signal_line", *OF_EVENT)
"""Pages in channels that are about one account."""


def account_of(session: Session, letter: Letter) -> int | None:
    """The account that an agenda or a line in a thread is about; None for any other letter, or if its row is gone."""
    if letter.page in OF_EVENT:
        event = events.get(session, letter.workspace_id, letter.subject["event_id"])
        return event.account_id if event is not None else None
    if letter.page == "signal_line":
        signal = signals.get(session, letter.workspace_id, subject_of(letter, SignalSubject).signal_id)
        return signal.account_id if signal is not None else None
    item_id = item_id_of(letter) if letter.page == "agenda" else None
    item = reviews.item(session, letter.workspace_id, item_id) if item_id is not None else None
    return item.account_id if item is not None else None


def seen_among(session: Session, letters: Iterable[Letter]) -> list[Letter]:
    """The letters without those about one account that is hidden from the session, in a fixed number of statements."""
    found = list(letters)
    seen = {
        "agenda": _visible(session, ReviewItem, [each.subject.get("item_id") for each in found]),
        **dict.fromkeys(OF_EVENT, _visible(session, Event, [each.subject.get("event_id") for each in found])),
        "signal_line": _visible(session, SignalRow, [each.subject.get("signal_id") for each in found]),
    }
    id_names = {"agenda": "item_id", "signal_line": "signal_id"} | dict.fromkeys(OF_EVENT, "event_id")
    return [
        each
        for each in found
        if each.page not in OF_ACCOUNT or each.subject.get(id_names[each.page]) in seen[each.page]
    ]


def _visible(
    session: Session, kind: type[ReviewItem] | type[Event] | type[SignalRow], ids: Iterable[int | None]
) -> set[int | None]:
    """The ids among these of rows that the session may see."""
    wanted = {each for each in ids if each}
    return set(session.exec(select(kind.id).where(col(kind.id).in_(wanted)))) if wanted else set()


# Keys of the letters of a review, before it and in it: each is queued once under its key, and found again by it.


def of_review(review_id: int, part: str) -> str:
    """Return the key of one letter of a review; `part` says which, such as `recap`."""
    return f"review:{review_id}:{part}"


def of_header(review_id: int) -> str:
    return of_review(review_id, "header")


def of_replies(posted: str) -> str:
    """Return the key of the receipt for replies to a message; `posted` is the key of the letter that posted it."""
    return f"{posted}:replies"


def of_item(review_id: int, item_id: int) -> str:
    return of_review(review_id, f"item:{item_id}")


def of_preparation(cadence_id: int, planned_on: date, user_id: str) -> str:
    """Return the key of the message that asks a person to prepare a planned review; it may ask about others too."""
    return f"prepare:{cadence_id}:{planned_on}:{user_id}"


def of_brief(cadence_id: int, meets_on: date, part: str) -> str:
    """Return the key of a message of the brief before the review that meets on a local day.

    `part` is the user id of the person briefed, or identifies a request that they made.
    """
    return f"brief:{cadence_id}:{meets_on}:{part}"


# Subjects of the letters that nudge somebody.


@dataclass(frozen=True, slots=True)
class MorningSubject(LetterSubject):
    """Work that a person owes this morning, and the blockers and asks that it shows, by the events that opened them."""

    of_user_id: str
    event_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class EscalatedSubject(LetterSubject):
    """A blocker by the event that opened it; `has_it` is the person whose help it needs, '' where nobody is.

    `of_user_id` is who is away and whose stand-in gets it, '' where its reader gets it themself.
    """

    event_id: int
    has_it: str
    to_admins: bool
    of_user_id: str = ""


@dataclass(frozen=True, slots=True)
class NotHeldSubject(LetterSubject):
    """The latest review of a cadence that was not held, and how many in a row there are."""

    review_id: int
    in_a_row: int
