"""Subjects of letters: what the page of a letter is composed from, as typed values and as the JSON that is stored."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, NotRequired, TypedDict, TypeVar

from storage.tables import Letter
from storage.tables.types import JsonValue


@dataclass(frozen=True, slots=True)
class Subject:
    """The base of all subjects, and the subject of a page that needs none."""


@dataclass(frozen=True, slots=True)
class ReviewSubject(Subject):
    """A review: its header, its recap, or the offer to hold it after all."""

    review_id: int


@dataclass(frozen=True, slots=True)
class MeetingSubject(Subject):
    """A date of a cadence that is still to come; `at` is its instant."""

    cadence_id: int
    at: str


@dataclass(frozen=True, slots=True)
class PreparationSubject(Subject):
    """The reviews that a person was asked to prepare, by the key of the letter that did."""

    letter_key: str


@dataclass(frozen=True, slots=True)
class MonthSubject(Subject):
    """A month of the program, as `2026-10`."""

    month: str


@dataclass(frozen=True, slots=True)
class AgendaSubject(Subject):
    """One account of a review."""

    review_id: int
    item_id: int


@dataclass(frozen=True, slots=True)
class OwnActionsSubject(Subject):
    """A person's open actions in a review."""

    review_id: int
    user_id: str


@dataclass(frozen=True, slots=True)
class UpdateSubject(Subject):
    """An update in an account's thread; `is_late` where it came after the review had closed."""

    event_id: int
    review_id: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class ThreadReceiptSubject(Subject):
    """Replies in an account's thread that were recorded, in their order; `event_id` is the first of them."""

    event_id: int
    event_ids: Sequence[int]
    review_id: int


@dataclass(frozen=True, slots=True)
class RecordedSubject(Subject):
    """The events that a form recorded."""

    event_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class UnansweredSubject(Subject):
    """The events and signals that a person recorded and was not told of."""

    event_ids: Sequence[int]
    signal_ids: Sequence[int]


@dataclass(frozen=True, slots=True)
class EventSubject(Subject):
    """An event of which one person is told: what it asks of `of_user_id`, '' for the reader themself."""

    event_id: int
    of_user_id: str = ""


@dataclass(frozen=True, slots=True)
class ToldSignalSubject(Subject):
    """A strong signal of which one person is told, in the place of `of_user_id`, '' for nobody."""

    signal_id: int
    of_user_id: str = ""


@dataclass(frozen=True, slots=True)
class SignalSubject(Subject):
    """A signal."""

    signal_id: int


class ComposedMessage(TypedDict):
    """A message as Slack takes it, and its blocks where Slack refuses newer ones."""

    text: str
    blocks: list[dict[str, Any]]
    plain: NotRequired[list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class ComposedSubject(Subject):
    """Messages composed when they were queued; `to` is the user id of the person they answer in a thread."""

    messages: Sequence[ComposedMessage]
    to: str = ""


@dataclass(frozen=True, slots=True)
class WantedSubject(Subject):
    """A word of a private account that the person `by` wanted for another one."""

    account_id: int
    by: str
    word: str


@dataclass(frozen=True, slots=True)
class FitQuestionSubject(Subject):
    """A question for scores, asked for the first time or as a reminder."""

    is_reminder: bool


@dataclass(frozen=True, slots=True)
class ChannelTroubleSubject(Subject):
    """A channel and the error for which nothing is posted there."""

    channel_id: str
    error: str


@dataclass(frozen=True, slots=True)
class OwnChannelSubject(Subject):
    """An account whose agendas are not posted in its own channel any more, and the error of that channel."""

    account_id: int
    channel_id: str
    error: str


@dataclass(frozen=True, slots=True)
class PermissionSubject(Subject):
    """A permission that the app lacks."""

    permission: str


@dataclass(frozen=True, slots=True)
class AppChangesSubject(Subject):
    """Changes of app.yaml after the version `told`."""

    told: int


@dataclass(frozen=True, slots=True)
class PersonSubject(Subject):
    """A person who was deactivated."""

    user_id: str


@dataclass(frozen=True, slots=True)
class ChannelSubject(Subject):
    """A channel with a message in doubt, and the day (ISO) that its review is held for, '' in older letters."""

    channel_id: str
    review_on: str = ""


@dataclass(frozen=True, slots=True)
class FailureSubject(Subject):
    """A review that did not open or close in a channel; `reference` finds the error in the log.

    `review_on` is the day (ISO) that it is held for, '' in older letters.
    """

    channel_id: str
    reference: str
    review_on: str = ""


@dataclass(frozen=True, slots=True)
class CadenceChangeSubject(Subject):
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
class ContinuationSubject(Subject):
    """A later part of a message too long for one: `of` is the letter that it carries on, `part` counts from 2."""

    of: int
    part: int


Kind = TypeVar("Kind", bound=Subject)


def to_json(subject: Subject) -> JsonValue:
    """Return the subject as it is stored."""
    stored = asdict(subject)
    if stored.get("to") == "":
        del stored["to"]
    return stored


def subject_of(letter: Letter, kind: type[Kind]) -> Kind:
    """Return the letter's subject. Raises TypeError when something of it is missing."""
    return kind(**{each.name: letter.subject[each.name] for each in fields(kind) if each.name in letter.subject})


def item_id_of(letter: Letter) -> int | None:
    """Return the review item whose agenda the letter posts, None for any other letter."""
    found: int | None = letter.subject.get("item_id")
    return found


def addressee_of(letter: Letter) -> str:
    """Return the user id of the one person whom the letter tells or answers something, '' for none."""
    return letter.user_id or str(letter.subject.get("to", ""))
