"""The last answer of a conversation, on which follow-ups stand, and the situation in which a text was written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session

from agendas.facts.query import Form, Query, Subject
from agendas.verbs.find.accounts import QuestionContext
from assistant.names import Asked, Names
from assistant.remark import Remark
from storage import asked, inbox
from storage.models.questions import Conversation

KEPT_FOR = timedelta(minutes=30)
"""Follow-ups refer to no older answer than this. Our own default."""

KEPT_IDS = 200
"""Accounts and events of one answer that are kept, the first ones: follow-ups speak of what can be read at a glance."""


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """The last answer to this person in this place.

    Attributes:
        query: the query that was answered, or that waits for one of the accounts `offered`.
        listed: ids of the accounts that the answer named, in its order.
        items: ids of the events that the answer showed, in its order.
        offered: ids of the accounts offered where a name was not clear, best first.
        owner: user id of the owner of the one account asked about, '' where it has none or there are several.
        is_waiting: it was asked which account is meant, and nothing is answered yet.
    """

    query: Query
    listed: tuple[int, ...] = ()
    items: tuple[int, ...] = ()
    offered: tuple[int, ...] = ()
    owner: str = ""
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What a text is read in: its writer and place, the names that they may see, and the last answer to them there."""

    context: QuestionContext
    names: Names
    asked: Asked
    last: LastAnswer | None = None

    @property
    def spoken_of(self) -> tuple[int, ...]:
        """The accounts that the last answer was about."""
        return self.last.query.of if self.last is not None else ()


STORED = TypeAdapter(LastAnswer)


def spoken_of(remark: Remark | None) -> LastAnswer | None:
    """Return what follow-ups stand on after news or an order about one account: "it" is that one from then on."""
    if remark is None or len(remark.of) != 1:
        return None
    return LastAnswer(Query(Subject.ACCOUNTS, Form.CARD, of=remark.of), listed=remark.of)


def recall(
    session: Session, workspace_id: str, user_id: str, places: Sequence[str], *, now: datetime
) -> LastAnswer | None:
    """Return the last answer to the person in the first of these places that has one of the last 30 minutes.

    None where something was asked back there since. Accounts and events that the session hides by now are left out of
    it; an answer about such accounts alone is forgotten, as one about all accounts would take its place.
    """
    for place in places:
        row = inbox.conversation(session, workspace_id, user_id, place)
        if row is not None and now - row.asked_at <= KEPT_FOR:
            return _still_seen(session, workspace_id, row.question)
    return None


def remember(
    session: Session, workspace_id: str, user_id: str, places: Sequence[str], *, last: LastAnswer | None, now: datetime
) -> None:
    """Store the answer as the last one to the person in each of these places, without the words of the question.

    None leaves nothing there that a follow-up can stand on.
    """
    stored = ""
    if last is not None:
        kept = replace(last, listed=last.listed[:KEPT_IDS], items=last.items[:KEPT_IDS])
        stored = STORED.dump_json(kept, exclude_defaults=True).decode()
    for place in places:
        row = Conversation(workspace_id=workspace_id, user_id=user_id, place=place, question=stored, asked_at=now)
        inbox.keep_conversation(session, row)


def _still_seen(session: Session, workspace_id: str, stored: str) -> LastAnswer | None:
    """Return the stored answer with what may still be seen of it; None without one, or with one of another version."""
    try:
        last = STORED.validate_json(stored)
    except ValidationError:
        return None
    seen = asked.accounts_seen(session, workspace_id, {*last.query.of, *last.listed, *last.offered})
    if last.query.of and not seen.intersection(last.query.of):
        return None
    items = asked.events_seen(session, last.items)

    def left(ids: Sequence[int], among: Collection[int] = seen) -> tuple[int, ...]:
        return tuple(each for each in ids if each in among)

    query, listed, offered = replace(last.query, of=left(last.query.of)), left(last.listed), left(last.offered)
    return replace(last, query=query, listed=listed, items=left(last.items, items), offered=offered)
