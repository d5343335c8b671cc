"""What a letter says and where it goes, read from the database at the moment of sending."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from agendas.rendering.blockkit import FALLBACK_CHARACTERS, Rendered
from agendas.rendering.mrkdwn import calling_nobody
from agendas.rendering.splitting import length, parted
from storage import people
from storage.delivery import leases, outbox
from storage.delivery.outbox import CONTINUATION
from storage.delivery.subjects import ContinuationSubject, addressee_of, subject_of
from storage.tables import Letter, LetterKind

Compose = Callable[[Session, Letter], list[Rendered]]
"""What a letter says now, as messages; none when there is nothing to say any more."""

NOTHING_MORE = Rendered("This goes on in the messages above.", [])
"""What stands in a message that carried on another one, once that one has become short enough."""

TS = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A letter ready to be sent. `thread_ts` is the thread it goes to, `ts` the message that an edit changes.

    `channel_id` is empty when a conversation with `user_id` has to be opened first. `is_for_nobody`: it is for one
    person, who is known to be deactivated.
    """

    letter: Letter
    kind: LetterKind
    channel_id: str
    user_id: str
    messages: tuple[Rendered, ...]
    thread_ts: str = ""
    ts: str = ""
    is_for_nobody: bool = False

    @property
    def place(self) -> str:
        """The channel or person, for pacing."""
        return self.channel_id or self.user_id


def pack(session: Session, letter: Letter, compose: Compose) -> Parcel:
    """The letter with what it says now and the ids of the messages it refers to."""
    target = session.get(Letter, letter.target) if letter.target else None
    parent = session.get(Letter, letter.parent) if letter.parent else None
    is_direct = letter.kind == LetterKind.DIRECT and not letter.channel_id.startswith("D")
    thread_ts = letter.thread_ts if TS.fullmatch(letter.thread_ts) and not is_direct else ""
    if parent is not None:
        thread_ts = thread_ts or _root_ts(session, parent)
    sent_before = target or (parent if letter.kind == LetterKind.POST else None)
    channel_id = (sent_before.sent_channel if sent_before else "") or ("" if is_direct else letter.channel_id)
    return Parcel(
        letter=letter,
        kind=letter.kind,
        channel_id=channel_id,
        user_id=letter.user_id,
        messages=tuple(_messages(session, letter, compose)),
        thread_ts=thread_ts,
        ts=target.sent_ts if target else "",
        is_for_nobody=_is_for_nobody(session, letter, parent, channel_id=channel_id),
    )


def record(session: Session, parcel: Parcel, *, channel_id: str, ts: str, at: datetime) -> None:
    """Records the letter as sent and, in the same transaction, queues the messages that carry it on."""
    carry_on(session, parcel, leases.record_sent(session, parcel.letter, channel_id=channel_id, ts=ts, at=at), at=at)


def carry_on(session: Session, parcel: Parcel, stored: Letter, *, at: datetime) -> None:
    """Queues the messages that carry on the parcel's stored letter and are not there; an edit also changes those."""
    origin = session.get_one(Letter, stored.target) if stored.target else stored
    if origin.page == CONTINUATION:
        return
    there = {subject_of(letter, ContinuationSubject).part: letter for letter in outbox.continuations(session, origin)}
    for part in range(2, len(parcel.messages) + 1):
        if part not in there:
            outbox.queue(session, outbox.continuation_of(origin, part=part, now=at))
    if stored.target:
        for letter in there.values():
            outbox.queue_edit(session, target=letter, now=at, delay=timedelta())


def text_only(rendered: Rendered) -> Rendered:
    """The message as plain text, for when Slack does not take its blocks: all its words, in one text."""
    lines = [rendered.text, *(line for block in rendered.blocks for line in _words(block))]
    text = "\n".join(dict.fromkeys(line for line in lines if line))
    is_whole = length(text) <= FALLBACK_CHARACTERS
    return Rendered(text if is_whole else parted(text, FALLBACK_CHARACTERS - 1)[0] + "…", [])


def _is_for_nobody(session: Session, letter: Letter, parent: Letter | None, *, channel_id: str) -> bool:
    """Whether the letter is new, for one person, and that person is deactivated as far as we know."""
    is_for_one = letter.kind in (LetterKind.DIRECT, LetterKind.EPHEMERAL) or (
        letter.kind == LetterKind.POST and channel_id.startswith("D")
    )
    user_id = addressee_of(letter) or (addressee_of(parent) if parent else "")
    person = people.find(session, letter.workspace_id, user_id) if is_for_one and user_id else None
    return person is not None and person.is_deleted


def _messages(session: Session, letter: Letter, compose: Compose) -> list[Rendered]:
    if letter.page != CONTINUATION:
        return compose(session, letter)
    subject = subject_of(letter, ContinuationSubject)
    parts = compose(session, session.get_one(Letter, subject.of))[subject.part - 1 : subject.part]
    return parts or ([NOTHING_MORE] if letter.kind == LetterKind.EDIT else [])


def _root_ts(session: Session, letter: Letter) -> str:
    """The ts of the message that starts the thread this letter is in: its own when it stands in the channel."""
    if letter.thread_ts:
        return letter.thread_ts
    parent = session.get(Letter, letter.parent) if letter.parent else None
    return _root_ts(session, parent) if parent else letter.sent_ts


def _words(part: Any) -> list[str]:
    """Every text to read in a block, in order; buttons do nothing without their block and are left out."""
    if isinstance(part, list):
        return [line for each in part for line in _words(each)]
    if not isinstance(part, dict) or part.get("type") in ("button", "actions"):
        return []
    text = part.get("text")
    # what Slack showed as it is becomes text in which it would read marks
    read_as_is = part.get("type") in ("plain_text", "raw_text")
    own = [] if not isinstance(text, str) else [calling_nobody(text) if read_as_is else text]
    return own + [line for value in part.values() if isinstance(value, dict | list) for line in _words(value)]
