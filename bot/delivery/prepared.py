"""A letter prepared for sending: its content and destination, read from the database at that moment."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from agendas.rendering.blockkit import FALLBACK_CHARACTERS, Rendered
from agendas.rendering.mrkdwn import calling_nobody
from agendas.rendering.splitting import length, parted
from agendas.verbs.loading.channel_names import with_channel_names
from storage import people
from storage.delivery import direct_channels, leases, outbox
from storage.delivery.outbox import CONTINUATION
from storage.delivery.subjects import ContinuationSubject, addressee_of, subject_of
from storage.tables import Letter, LetterKind, Person

Compose = Callable[[Session, Letter], list[Rendered]]
"""Compose a letter's present content as messages; none when there is nothing to say any more."""

COMPOSE_AGAIN_SECONDS = 60.0
"""Pause before a letter that could not be composed is tried again; other letters of its place go meanwhile."""
STOPPED = "the work of its workspace has stopped, or its token cannot be read"
NOTHING_MORE = Rendered("This goes on in the messages above.", [])
"""The text of a continuation message once the message before has become short enough."""

TS = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class PreparedMessage:
    """A letter ready to be sent.

    Attributes:
        channel_id: "" for a message into the direct conversation with `user_id`.
        conversation: the direct conversation that is known of `user_id`; "" when it has to be opened first.
        thread_ts: the thread it goes to.
        ts: the message that an edit changes.
        edits: the key of the letter whose message an edit changes.
        is_for_nobody: it is for one person, who is known to be deactivated.
        is_broadcast: it stands in a thread and is shown in the channel too.
    """

    letter: Letter
    kind: LetterKind
    channel_id: str
    user_id: str
    messages: tuple[Rendered, ...]
    thread_ts: str = ""
    ts: str = ""
    edits: str = ""
    is_for_nobody: bool = False
    is_broadcast: bool = False
    conversation: str = ""

    @property
    def place(self) -> str:
        """The channel, person or edited message that the rate limit counts."""
        if self.kind == LetterKind.EDIT:
            return f"{self.channel_id}:{self.ts}"
        return self.channel_id or self.conversation or self.user_id

    @property
    def marked_by(self) -> str:
        """The key of the letter that posted, or posts, the message."""
        return self.edits or self.letter.key

    @classmethod
    def prepare(cls, session: Session, letter: Letter, compose: Compose) -> "PreparedMessage":
        """The letter with what it says now and the ids of the messages it refers to."""
        target = session.get(Letter, letter.target) if letter.target else None
        parent = session.get(Letter, letter.parent) if letter.parent else None
        is_direct = letter.kind == LetterKind.DIRECT and not letter.channel_id.startswith("D")
        thread_ts = letter.thread_ts if TS.fullmatch(letter.thread_ts) and not is_direct else ""
        if parent is not None:
            thread_ts = thread_ts or _root_ts(session, parent)
        sent_before = target or (parent if letter.kind == LetterKind.POST else None)
        channel_id = (sent_before.sent_channel if sent_before else "") or ("" if is_direct else letter.channel_id)
        person = _only_reader(session, letter, parent, channel_id=channel_id)
        return cls(
            letter=letter,
            kind=letter.kind,
            channel_id=channel_id,
            user_id=letter.user_id,
            messages=tuple(
                replace(each, text=with_channel_names(session, letter.workspace_id, each.text, in_channel=channel_id))
                for each in _messages(session, letter, compose)
            ),
            thread_ts=thread_ts,
            ts=target.sent_ts if target else "",
            edits=target.key if target else "",
            is_for_nobody=person is not None and person.is_deleted,
            is_broadcast=bool(thread_ts) and letter.page in outbox.ALSO_TO_CHANNEL,
            conversation=person.direct_channel if person is not None and is_direct and not channel_id else "",
        )


def record_sent(session: Session, prepared: PreparedMessage, *, channel_id: str, ts: str, at: datetime) -> None:
    """Record the letter as sent and queue its continuation messages, in one transaction."""
    stored = leases.record_sent(session, prepared.letter, channel_id=channel_id, ts=ts, at=at)
    is_post = prepared.kind != LetterKind.EDIT
    if is_post and stored.user_id and channel_id.startswith("D") and channel_id != prepared.place:
        direct_channels.keep(session, stored.workspace_id, stored.user_id, channel_id)
    queue_continuations(session, prepared, stored, at=at)


def queue_continuations(session: Session, prepared: PreparedMessage, stored: Letter, *, at: datetime) -> None:
    """Queue the continuation messages that the stored letter lacks; for an edit, also edits of those it has."""
    origin = session.get_one(Letter, stored.target) if stored.target else stored
    if origin.page == CONTINUATION:
        return
    there = {subject_of(letter, ContinuationSubject).part: letter for letter in outbox.continuations(session, origin)}
    for part in range(2, len(prepared.messages) + 1):
        if part not in there:
            outbox.queue(session, outbox.continuation_of(origin, part=part, now=at))
    if stored.target:
        for letter in there.values():
            outbox.queue_edit(session, target=letter, now=at, delay=timedelta())


def without_newer_blocks(rendered: Rendered) -> Rendered:
    """Return the message with its plain blocks, for when Slack refuses newer ones."""
    return Rendered(rendered.text, rendered.plain) if rendered.plain else rendered


def text_only(rendered: Rendered) -> Rendered:
    """Return the message without blocks, all their words in its text, for when Slack refuses the blocks."""
    lines = [rendered.text, *(line for block in rendered.plain or rendered.blocks for line in _words(block))]
    text = "\n".join(dict.fromkeys(line for line in lines if line))
    is_whole = length(text) <= FALLBACK_CHARACTERS
    return Rendered(text if is_whole else parted(text, FALLBACK_CHARACTERS - 1)[0] + "…", [])


def _only_reader(session: Session, letter: Letter, parent: Letter | None, *, channel_id: str) -> Person | None:
    """Return the person whom the letter is for alone; None for an edit and where others read it too."""
    is_for_one = letter.kind in (LetterKind.DIRECT, LetterKind.EPHEMERAL) or (
        letter.kind == LetterKind.POST and channel_id.startswith("D")
    )
    user_id = addressee_of(letter) or (addressee_of(parent) if parent else "")
    return people.find(session, letter.workspace_id, user_id) if is_for_one and user_id else None


def _messages(session: Session, letter: Letter, compose: Compose) -> list[Rendered]:
    if letter.page != CONTINUATION:
        return compose(session, letter)
    subject = subject_of(letter, ContinuationSubject)
    parts = compose(session, session.get_one(Letter, subject.of))[subject.part - 1 : subject.part]
    return parts or ([NOTHING_MORE] if letter.kind == LetterKind.EDIT else [])


def _root_ts(session: Session, letter: Letter) -> str:
    """Return the ts of the message that starts the letter's thread, its own ts when it is in the channel itself."""
    if letter.thread_ts:
        return letter.thread_ts
    parent = session.get(Letter, letter.parent) if letter.parent else None
    return _root_ts(session, parent) if parent else letter.sent_ts


def _words(part: Any) -> list[str]:
    """Return the texts of a block in order, without buttons, which do nothing without their block."""
    if isinstance(part, list):
        return [line for each in part for line in _words(each)]
    if not isinstance(part, dict) or part.get("type") in ("button", "actions"):
        return []
    text = part.get("text")
    # plain text becomes mrkdwn, in which Slack would read marks
    read_as_is = part.get("type") in ("plain_text", "raw_text")
    own = [] if not isinstance(text, str) else [calling_nobody(text) if read_as_is else text]
    return own + [line for value in part.values() if isinstance(value, dict | list) for line in _words(value)]
