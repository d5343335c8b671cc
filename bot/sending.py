"""Sending queued messages, once and in order, at Slack's pace."""

import asyncio
import logging
import re
import secrets
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlmodel import Session

from agendas.rendering.blockkit import FALLBACK_CHARACTERS, Rendered, has_mark, with_mark
from agendas.rendering.mrkdwn import calling_nobody, length, parted
from agendas.rules.access import lacks_permission
from agendas.verbs.delivery import ask_about_unsure, drop_if_overtaken, may_be_overtaken
from agendas.verbs.letters import SHARED, note_refusal, note_sharing, notify_lacking_permission, pause_channel
from agendas.verbs.notices import UNASKED, is_unasked, over_cap_until, quiet_until
from agendas.verbs.privacy import MembersUnread
from agendas.verbs.roster import with_channel_names
from bot.clock import Clock
from bot.pacing import SharedRateLimit
from bot.slack_api import (
    RETRY_SECONDS,
    UNREACHED,
    Degraded,
    JoinFirst,
    Later,
    Outcome,
    RefusalScope,
    Sent,
    SlackRefused,
    ToDirect,
    Unsure,
    WaitReason,
    is_shared,
    outcome_of,
)
from storage import inbox, outbox, people, workspaces
from storage.database import Store, problem_of
from storage.letter_subjects import ContinuationSubject, addressee_of, subject_of
from storage.models.delivery import Letter, LetterKind
from storage.models.workspaces import Person, Workspace
from storage.outbox import CONTINUATION, Attempts

# Calls of the Web API on behalf of a letter, within the rate limits, each answer turned into an outcome.

Call = Callable[..., Awaitable[AsyncSlackResponse]]
"""A method of the client, like `client.chat_update`."""
SECOND = timedelta(seconds=1)
PATIENCE = timedelta(seconds=5)
"""The longest that a letter being sent waits for its turn; with a later turn it goes back to the queue."""


@dataclass(frozen=True, slots=True)
class SlackCalls:
    """Calls for the letters of one workspace, through its client."""

    client: AsyncWebClient
    workspace_id: str
    rate_limit: SharedRateLimit
    clock: Clock

    async def send(self, call: Call, **arguments: object) -> AsyncSlackResponse | Outcome:
        """Make the call that sends a message; return Slack's answer if it is ok, else the outcome for the message."""
        try:
            return await call(**arguments)
        except (SlackApiError, *UNREACHED) as error:
            outcome = outcome_of(error)
        return replace(outcome, method=method_of(call)) if isinstance(outcome, Later) else outcome

    async def send_unless_held(self, call: Call, **arguments: object) -> AsyncSlackResponse | Outcome:
        """Send without a turn, unless Slack asked to wait with this method."""
        now, method = self.clock.now(), method_of(call)
        until = await self.rate_limit.held_until(self.workspace_id, method, now=now)
        if until > now:
            return Later((until - now) / SECOND, "ratelimited", holds_method=True, method=method)
        return await self.send(call, **arguments)

    async def ask(self, call: Call, **arguments: object) -> AsyncSlackResponse | Outcome:
        """Make a call that sends no message, at its method's turn in this workspace; skip it if that is too far off.

        Such a call posts nothing, so its outcome is never `may_be_sent`.
        """
        method = method_of(call)
        now = self.clock.now()
        turn = await self.rate_limit.take_call(self.workspace_id, method, now=now, patience=PATIENCE)
        wait = (turn - now) / SECOND
        if turn - now > PATIENCE and turn > await self.rate_limit.held_until(self.workspace_id, method, now=now):
            return Later(wait, WaitReason.WAITS_FOR_TURN, is_turn=True, method=method)
        if turn - now <= PATIENCE:
            await asyncio.sleep(wait)
        # late only because Slack holds the method: `send_unless_held` returns that wait with Slack's reason
        answer = await self.send_unless_held(call, **arguments)
        return replace(answer, may_be_sent=False) if isinstance(answer, Later) else answer


def method_of(call: Call) -> str:
    """Return the Web API's name of a client method: `chat.update` for `chat_update`."""
    return str(getattr(call, "__name__", "")).replace("_", ".", 1)


# A letter prepared for sending: its content and destination, read from the database at that moment.

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
        ts: the message that an edit changes.
        edits: the key of the letter whose message an edit changes.
        is_for_nobody: it is for one person, who is known to be deactivated.
        is_broadcast: it is posted in a thread and shown in the channel too.
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
    workspace: Workspace | None = None

    @property
    def place(self) -> str:
        """The channel, person or edited message that the rate limit counts."""
        if self.kind == LetterKind.EDIT:
            return f"{self.channel_id}:{self.ts}"
        return self.channel_id or self.conversation or self.user_id

    @classmethod
    def prepare(cls, session: Session, letter: Letter, compose: Compose) -> "PreparedMessage":
        """The letter with its present content and the ids of the messages it refers to.

        An edit or a reply goes to the channel where its message was posted, even if the letter names another by now.
        """
        workspace = workspaces.get(session, letter.workspace_id)
        target, parent = outbox.by_id(session, letter.target), outbox.by_id(session, letter.parent)
        # a direct letter that names its conversation is posted there like any other, any other in no thread
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
            workspace=workspace,
        )


def record_sent(session: Session, prepared: PreparedMessage, *, channel_id: str, ts: str, at: datetime) -> None:
    """Record the letter as sent, keep a direct conversation opened for it, queue its continuations: one transaction."""
    stored = outbox.record_sent(session, prepared.letter, channel_id=channel_id, ts=ts, at=at)
    is_post = prepared.kind != LetterKind.EDIT
    if is_post and stored.user_id and channel_id.startswith("D") and channel_id != prepared.place:
        outbox.keep_direct_channel(session, stored.workspace_id, stored.user_id, channel_id)
    queue_continuations(session, prepared, stored, at=at)


def queue_continuations(session: Session, prepared: PreparedMessage, stored: Letter, *, at: datetime) -> None:
    """Queue the continuation messages that the stored letter lacks; for an edit, also edits of those it has."""
    # a continuation, and an edit of one, has none of its own; a letter of one message lacks none, but an edit that has
    # become one message still has to edit those from before
    if stored.page == CONTINUATION or (len(prepared.messages) < 2 and stored.target is None):
        return
    origin = outbox.by_id(session, stored.target) or stored
    queued = {subject_of(letter, ContinuationSubject).part: letter for letter in outbox.continuations(session, origin)}
    # part 1 is the letter itself
    for part in range(2, len(prepared.messages) + 1):
        if part not in queued:
            outbox.queue(session, outbox.continuation_of(origin, part=part, now=at))
    if stored.target:
        for letter in queued.values():
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
    """Return the only person who reads the letter; None for an edit, and where others read it too.

    A reply in a direct conversation may name nobody: its reader is then that of `parent`, the letter it replies to.
    """
    is_for_one = letter.kind in (LetterKind.DIRECT, LetterKind.EPHEMERAL) or (
        letter.kind == LetterKind.POST and channel_id.startswith("D")
    )
    user_id = addressee_of(letter) or (addressee_of(parent) if parent else "")
    return people.find(session, letter.workspace_id, user_id) if is_for_one and user_id else None


def _messages(session: Session, letter: Letter, compose: Compose) -> list[Rendered]:
    """Compose the letter. A continuation is the one part of the letter it continues, composed again as things are now.

    It may have fewer parts by now: then nothing is posted, and an edit says that there is nothing more.
    """
    if letter.page != CONTINUATION:
        return compose(session, letter)
    subject = subject_of(letter, ContinuationSubject)
    origin = outbox.by_id(session, subject.of)
    parts = compose(session, origin)[subject.part - 1 : subject.part] if origin is not None else []
    return parts or ([NOTHING_MORE] if letter.kind == LetterKind.EDIT else [])


def _root_ts(session: Session, letter: Letter) -> str:
    """Return the ts of the message that starts the letter's thread, its own ts when it is in the channel itself."""
    if letter.thread_ts:
        return letter.thread_ts
    parent = outbox.by_id(session, letter.parent)
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


# Recording the result of an attempt to send a letter: sent, tried later, refused, unsure or dropped.

LONGEST_PAUSE_SECONDS = 300.0
TRIES = 20
TRIED_FOR = timedelta(hours=1)
"""A letter is given up after TRIES failed tries, once it has failed by errors of its own for TRIED_FOR.

A letter that cannot be composed is given up after TRIED_FOR, however often it was tried.
"""
TRIED_IN_OUTAGE_FOR = timedelta(days=7)
"""How long a letter is tried while Slack cannot be reached or fails as a whole."""

MAY_STILL_COME = timedelta(seconds=60)
"""Within this time of an unanswered attempt a missing message proves nothing: Slack may still post it.

Slack documents no limit. Our own timeout is 15 seconds; that of gateways and load balancers is usually a minute.
"""

METHODS = {
    LetterKind.POST: "chat.postMessage",
    LetterKind.DIRECT: "chat.postMessage",
    LetterKind.EDIT: "chat.update",
    LetterKind.EPHEMERAL: "chat.postEphemeral",
}
"""Web API method by kind of letter; Slack limits each method by itself."""

log = logging.getLogger("cadence.delivery")


class Result(StrEnum):
    """Results of an attempt, as the log and `cadence_letters_total` name them."""

    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    UNSURE = "unsure"
    DROPPED = "dropped"


RESULTS = {Sent: Result.SENT, Later: Result.LATER, SlackRefused: Result.REFUSED, Unsure: Result.UNSURE}


@dataclass(frozen=True, slots=True)
class ResultRecorder:
    """Records the result for one letter just claimed. `after` is called with its kind and the result."""

    store: Store
    clock: Clock
    rate_limit: SharedRateLimit
    letter: Letter
    after: Callable[[str, str], None] = lambda _kind, _outcome: None

    @property
    def unconfirmed(self) -> Attempts | None:
        """When earlier attempts may have sent the letter; None when they certainly did not."""
        return outbox.earlier_attempts(self.letter)

    async def record(self, prepared: PreparedMessage | None, outcome: Outcome) -> None:
        """Record the outcome: when the letter is tried again, and what else stops because of it."""
        now = self.clock.now()
        level = logging.WARNING if isinstance(outcome, SlackRefused | Unsure) else logging.INFO
        # the sender has followed the other kinds of outcome (join, go direct, drop blocks) to one of these
        result = RESULTS[type(outcome)]
        log.log(level, f"letter_{result}", extra=self._log_facts(outcome))
        self.after(self.letter.kind, result)
        if isinstance(outcome, Sent) and prepared is not None:
            # a message that was found, of an earlier attempt, was sent when its ts says, maybe hours ago
            is_known = self.unconfirmed is not None and TS.fullmatch(outcome.ts)
            at = min(now, datetime.fromtimestamp(float(outcome.ts), UTC)) if is_known else now
            await self.store.write(record_sent, prepared, channel_id=outcome.channel_id, ts=outcome.ts, at=at)
        elif isinstance(outcome, Later):
            await self._later(prepared, outcome, now)
        elif isinstance(outcome, SlackRefused):
            await self.store.write(self._refused, outcome, now)
        elif isinstance(outcome, Unsure):
            await self.store.write(self._unsure, prepared, outcome, now)

    async def drop(self, reason: str) -> None:
        await self.store.write(outbox.drop_letters, self.letter, reason=reason)
        self.after(self.letter.kind, Result.DROPPED)

    async def drop_if_expired(self) -> bool:
        """Drop a letter that has waited too long to be worth sending, and log why; return whether it was dropped.

        Only for a letter that was certainly not sent before.
        """
        now = self.clock.now()
        if not may_be_overtaken(self.letter, now):
            return False
        reason = await self.store.write(drop_if_overtaken, self.letter, now=now)
        if reason:
            log.warning("letter_dropped", extra=self._log_facts(SlackRefused(reason)))
            self.after(self.letter.kind, Result.DROPPED)
        return bool(reason)

    async def let_others_pass(self, until: datetime, reason: WaitReason) -> None:
        """Put the letter off until its reader may be disturbed; later ones to them, such as answers, may go first."""
        letter, tried, since = self.letter, self.unconfirmed, self.letter.failing_since
        # nothing failed, but it waits as after an error of our own: it counts as untried, and holds nobody up
        await self.store.write(
            outbox.put_off_failed, letter, until=until, error=reason, tried=tried, failing_since=since, is_ours=True
        )

    async def put_off_if_it_may_still_come(self) -> bool:
        """Put the letter off if Slack may still carry out an earlier attempt; return whether it was.

        Then its message is searched for again; an edit made again at once would be overwritten.
        """
        now = self.clock.now()
        if self.unconfirmed is None:
            return False
        # the clock may have been put back since, and the search may have missed messages posted after it began; an edit
        # is not searched for, so it has no such beginning
        ended_at, looked_at = min(self.unconfirmed.until, now), min(self.letter.look_began_at or now, now)
        if looked_at - ended_at >= MAY_STILL_COME:
            return False
        tried = Attempts(self.unconfirmed.since, ended_at)
        until, error = ended_at + MAY_STILL_COME, WaitReason.NOT_THERE_YET
        await self.store.write(outbox.put_off, self.letter, until=until, error=error, tried=tried)
        return True

    async def wait_until(self, instant: datetime, *, look_cursor: str = "") -> None:
        """Put the letter off until its turn; nothing was tried. An interrupted search goes on at `look_cursor`."""
        error, tried = WaitReason.WAITS_FOR_TURN, self.unconfirmed
        await self.store.write(
            outbox.put_off, self.letter, until=instant, error=error, tried=tried, look_cursor=look_cursor
        )

    async def _later(self, prepared: PreparedMessage | None, outcome: Later, now: datetime) -> None:
        """Put the letter off, or give it up after enough tries: unsure where it may have been sent, else refused."""
        letter = self.letter
        if outcome.is_turn:
            await self.wait_until(now + timedelta(seconds=outcome.seconds), look_cursor=outcome.cursor)
            return
        if self._is_hopeless(outcome, now):
            tries = "" if outcome.is_ours else f" after {letter.failures + 1} tries"
            error = f"given up{tries}: {outcome.error}"
            # an edit is idempotent, so nobody has to decide about it
            is_unconfirmed = letter.kind != LetterKind.EDIT and (outcome.may_be_sent or self.unconfirmed is not None)
            if is_unconfirmed:
                await self.store.write(self._unsure, prepared, Unsure(error), now)
            else:
                await self.store.write(outbox.refuse, letter, error=error)
            return
        until = now + timedelta(seconds=self._pause(outcome))
        if outcome.holds_method:
            await self.rate_limit.hold(letter.workspace_id, outcome.method, now=now, until=until)
        tried = Attempts(letter.first_tried_at or now, now) if outcome.may_be_sent else self.unconfirmed
        if outcome.holds_method:
            await self.store.write(
                outbox.put_off, letter, until=until, error=outcome.error, tried=tried, look_cursor=outcome.cursor
            )
            return
        since = None if outcome.is_outage else letter.failing_since or now
        error, is_ours = outcome.error, outcome.is_ours
        await self.store.write(
            outbox.put_off_failed, letter, until=until, error=error, tried=tried, failing_since=since, is_ours=is_ours
        )

    def _is_hopeless(self, outcome: Later, now: datetime) -> bool:
        """Return whether the letter has failed often and long enough to be given up."""
        if outcome.holds_method:
            return False
        is_tried_enough = outcome.is_ours or self.letter.failures + 1 >= TRIES
        if outcome.is_outage:
            return is_tried_enough and now - self.letter.created_at > TRIED_IN_OUTAGE_FOR
        # counted from its first own error: before that it may have waited for other reasons
        return is_tried_enough and now - (self.letter.failing_since or now) > TRIED_FOR

    def _pause(self, outcome: Later) -> float:
        """Return the seconds until the next try: as Slack asks, else longer with every try."""
        if outcome.holds_method:
            return outcome.seconds
        # with 2 to the 9th the pause is longer than LONGEST_PAUSE_SECONDS already
        return min(max(outcome.seconds, 2.0 ** min(self.letter.failures + 1, 9)), LONGEST_PAUSE_SECONDS)

    def _unsure(self, session: Session, prepared: PreparedMessage | None, outcome: Unsure, now: datetime) -> None:
        """Mark the letter as maybe sent, ask an admin to decide, and report a missing permission."""
        is_unsure = outbox.mark_unsure(session, self.letter, error=outcome.error)
        # where another worker has claimed the letter meanwhile, nothing was marked and nobody is asked
        if is_unsure:
            ask_about_unsure(session, self.letter, now)
        if is_unsure and prepared is not None and prepared.kind == LetterKind.EPHEMERAL:
            # the continuations need no thread, so they do not wait for an admin's decision about this part
            queue_continuations(session, prepared, self.letter, at=now)
        if outcome.lacks:
            notify_lacking_permission(session, self.letter.workspace_id, outcome.lacks, now)

    def _refused(self, session: Session, outcome: SlackRefused, now: datetime) -> None:
        """Refuse the letter for good, or stop its channel or workspace and let it wait, by the scope of the refusal."""
        letter = self.letter
        if outcome.lacks:
            notify_lacking_permission(session, letter.workspace_id, outcome.lacks, now)
        if outcome.scope in (RefusalScope.LETTER, RefusalScope.TARGET):
            outbox.refuse(session, letter, error=outcome.error)
            note_refusal(session, letter.workspace_id, letter.user_id, error=outcome.error, now=now)
            return
        # the channel or the workspace stops; the letter waits until it works again
        outbox.put_off(session, letter, until=now, error=outcome.error, tried=self.unconfirmed)
        if outcome.error == SHARED:
            note_sharing(session, letter.workspace_id, letter.channel_id, is_shared=True, now=now)
        if outcome.scope is RefusalScope.CHANNEL:
            pause_channel(session, letter.workspace_id, letter.channel_id, error=outcome.error, now=now)
        else:
            workspaces.deactivate(session, letter.workspace_id, gone_at=now)

    def _log_facts(self, outcome: Outcome) -> dict[str, object]:
        """Return what the log says of the letter and its outcome."""
        facts: dict[str, object] = {"letter": self.letter.id, "kind": self.letter.kind, "page": self.letter.page}
        if isinstance(outcome, SlackRefused | Unsure) and outcome.lacks:
            facts["lacks"] = outcome.lacks
        return facts if isinstance(outcome, Sent) else facts | {"error": outcome.error}


# Messages that nobody asked for wait for their reader: for quiet hours, Do Not Disturb in Slack and the weekly cap.

SCOPE = "dnd:read"
MOST_AT_ONCE = 50
"""People of one call of dnd.teamInfo."""
ASKED_AGAIN_AFTER = timedelta(hours=1)
"""How long Slack's answer about a person counts."""
FAILED_AGAIN_AFTER = timedelta(minutes=10)
"""How long Slack is not asked again in a workspace in which it refused to answer."""
LEAST_PAUSE = timedelta(minutes=1)
"""Pause after Slack failed or asked to wait, in which messages go as if nobody had Do Not Disturb."""
NOT_SEEN = ("user_not_visible", "user_not_found")
"""Errors that one person of a call causes."""
MOST_PEOPLE = 50_000
"""People remembered at once; forgetting them costs calls."""


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A person's current or next Do Not Disturb, as Slack reported it at `asked_at`; None without one."""

    asked_at: datetime
    begins_at: datetime | None = None
    ends_at: datetime | None = None

    def is_known(self, now: datetime) -> bool:
        """Return true while the answer counts."""
        return timedelta() <= now - self.asked_at < ASKED_AGAIN_AFTER

    def until(self, now: datetime) -> datetime | None:
        """Return the end of the Do Not Disturb that the instant lies in, None outside of it."""
        is_in = self.begins_at is not None and self.ends_at is not None and self.begins_at <= now < self.ends_at
        return self.ends_at if is_in else None


class Undisturbed:
    """Puts off what nobody asked for; asks Slack about up to fifty people at once who have such a message waiting.

    Where Slack cannot be asked, messages are sent as if nobody had Do Not Disturb. A snooze that a person sets by hand
    is not seen.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._people: dict[tuple[str, str], Scheduled] = {}
        self._not_before: dict[str, datetime] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def puts_off(self, calls: SlackCalls, recorder: ResultRecorder) -> bool:
        """Put the letter off until its reader may be disturbed and is below their weekly cap; return whether it was.

        A letter that would be of no use after Do Not Disturb ends is sent: Slack makes no sound then.
        """
        letter, now = recorder.letter, calls.clock.now()
        if letter.kind != LetterKind.DIRECT or not is_unasked(letter.page):
            return False
        # it was queued for a time outside of quiet hours, and comes into them only where it was held up
        has_waited = may_be_overtaken(letter, now)
        until, reason = await self._store.read(quiet_until, letter, now) if has_waited else None, WaitReason.QUIET_HOURS
        if until is None:
            until, reason = await self._scheduled_until(calls, letter), WaitReason.DO_NOT_DISTURB
        if until is None:
            # last, so that other letters to the reader that are being sent are counted
            now = calls.clock.now()
            until, reason = await self._store.read(over_cap_until, letter, now), WaitReason.OVER_CAP
        if until is None:
            return False
        await recorder.let_others_pass(until, reason)
        return True

    async def _scheduled_until(self, calls: SlackCalls, letter: Letter) -> datetime | None:
        """Return the end of the reader's Do Not Disturb; None outside of it, and where the letter expires before."""
        if not self._need_not_ask(letter, calls.clock.now()):
            # others wait for the same call, which asks about their readers too
            async with self._locks[letter.workspace_id]:
                if not self._need_not_ask(letter, calls.clock.now()):
                    await self._ask(calls, letter)
        now, found = calls.clock.now(), self._people.get((letter.workspace_id, letter.user_id))
        until = found.until(now) if found and found.is_known(now) else None
        return until if until is None or letter.not_after is None or until < letter.not_after else None

    def _need_not_ask(self, letter: Letter, now: datetime) -> bool:
        """Return true if Slack need not be asked about the reader, or cannot be during the pause after a failure."""
        # a time further off was set before the computer's clock was put back
        pause = self._not_before.get(letter.workspace_id, now) - now
        return self._is_known_person(letter.workspace_id, letter.user_id, now) or (
            timedelta() < pause <= FAILED_AGAIN_AFTER
        )

    async def _ask(self, calls: SlackCalls, letter: Letter) -> None:
        """Ask Slack about the reader and others with a message waiting; pause if it fails or nobody may be asked."""
        now = calls.clock.now()
        waiting = await self._store.read(_waiting_with, letter, now)
        unknown = [each for each in waiting if not self._is_known_person(letter.workspace_id, each, now)]
        answer = await calls.ask(calls.client.dnd_teamInfo, users=unknown) if unknown else None
        if isinstance(answer, SlackRefused) and answer.error in NOT_SEEN:
            # one person whom Slack does not show makes it refuse the answer for all others too
            unknown = [letter.user_id]
            answer = await calls.ask(calls.client.dnd_teamInfo, users=unknown)
        is_hidden = isinstance(answer, SlackRefused) and answer.error in NOT_SEEN
        if isinstance(answer, AsyncSlackResponse) or is_hidden:
            users = answer.get("users") if isinstance(answer, AsyncSlackResponse) else None
            self._remember(letter.workspace_id, unknown, users, now)
            return
        pause = max(timedelta(seconds=answer.seconds), LEAST_PAUSE) if isinstance(answer, Later) else FAILED_AGAIN_AFTER
        self._not_before[letter.workspace_id] = calls.clock.now() + min(pause, FAILED_AGAIN_AFTER)

    def _is_known_person(self, workspace_id: str, user_id: str, now: datetime) -> bool:
        """Return true while Slack's last answer about the person counts."""
        found = self._people.get((workspace_id, user_id))
        return found is not None and found.is_known(now)

    def _remember(self, workspace_id: str, user_ids: Sequence[str], users: Any, now: datetime) -> None:
        """Remember Slack's answer about these people, "no Do Not Disturb" for those it does not name."""
        if len(self._people) + len(user_ids) > MOST_PEOPLE:
            self._people.clear()
        found: Mapping[str, Any] = users if isinstance(users, dict) else {}
        for each in user_ids:
            self._people[workspace_id, each] = _scheduled(found.get(each), now)


def _waiting_with(session: Session, letter: Letter, now: datetime) -> list[str]:
    """Return the readers of this letter and of letters waiting behind it; none if the app lacks the permission."""
    workspace = workspaces.get(session, letter.workspace_id)
    if workspace is not None and lacks_permission(workspace.scopes, SCOPE):
        return []
    return inbox.waiting_from(session, letter, pages=UNASKED, now=now, limit=MOST_AT_ONCE)


def _scheduled(answer: Any, now: datetime) -> Scheduled:
    """Read Slack's answer about a person; a malformed one counts as no Do Not Disturb."""
    try:
        begins, ends = (datetime.fromtimestamp(answer[f"next_dnd_{edge}_ts"], UTC) for edge in ("start", "end"))
        return Scheduled(now, begins, ends) if answer["dnd_enabled"] is True else Scheduled(now)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return Scheduled(now)


# Errors of our own while a letter is sent, as the wait until it is tried again.


def failure_of(error: Exception, letter: Letter, *, is_composed: bool) -> Later:
    """Return the wait for a letter whose sending raised this error. The error is logged, except MembersUnread.

    Once the letter was composed (`is_composed`), it may have been sent.
    """
    is_ours = not is_composed and problem_of(error) is None and not isinstance(error, TimeoutError)
    seconds, problem = COMPOSE_AGAIN_SECONDS if is_ours else 1.0, str(WaitReason.MEMBERS_UNREAD)
    if not isinstance(error, MembersUnread):
        error_id = secrets.token_hex(4)
        problem = f"{type(error).__name__} {error_id}"
        log.error("letter_failed", extra={"error_id": error_id, "letter": letter.id}, exc_info=error)
    return Later(seconds, problem, may_be_sent=is_composed, is_ours=is_ours)


# Recipient check before sending: never into a channel shared with another company, never to a deactivated user.

RECIPIENTS_ASKED_AGAIN_AFTER = timedelta(minutes=5)
"""How long Slack's answer about a channel counts. An event also reports that a channel is shared, but may be lost.

A review of 25 accounts then costs one call. 200 channels in constant use cost 40 a minute; Slack accepts 50 of this
method.
"""
MOST_CHANNELS = 10_000
"""Channels remembered at once; forgetting one costs a call."""
DEACTIVATED = "user_disabled"
"""Slack's error when a conversation with a deactivated user is opened."""
CHANNEL_IDS = ("C", "G")
"""Prefixes of channel ids. Direct conversations have a D; an ephemeral message is shown to nobody else anyway."""


@dataclass(slots=True)
class RecipientCheck:
    """Asks Slack about channels, and remembers for a few minutes those that only our own company reads."""

    _asked_at: dict[tuple[str, str], datetime] = field(default_factory=dict)

    async def why_not(self, calls: SlackCalls, prepared: PreparedMessage) -> Outcome | None:
        """Return None if the message may be sent, else why not: others read it, nobody does, or Slack did not say."""
        if prepared.is_for_nobody:
            # Slack accepts messages to a deactivated user with whom there is a conversation
            return SlackRefused(DEACTIVATED)
        if prepared.kind == LetterKind.EPHEMERAL or not prepared.channel_id.startswith(CHANNEL_IDS):
            return None
        now, channel = calls.clock.now(), (calls.workspace_id, prepared.channel_id)
        asked_at = self._asked_at.get(channel)
        if asked_at is not None and timedelta() <= now - asked_at < RECIPIENTS_ASKED_AGAIN_AFTER:
            return None
        refusal = _refusal_in(await calls.ask(calls.client.conversations_info, channel=prepared.channel_id))
        if refusal is None:
            self._remember(channel, now)
        return refusal

    def note_outcome(self, calls: SlackCalls, prepared: PreparedMessage, outcome: Outcome) -> None:
        """Forget the channel after a failure other than a mere wait, so that the next attempt asks about it again."""
        is_wait = isinstance(outcome, Later) and (outcome.holds_method or outcome.is_turn)
        if not isinstance(outcome, Sent) and not is_wait:
            self._asked_at.pop((calls.workspace_id, prepared.channel_id), None)

    def _remember(self, channel: tuple[str, str], now: datetime) -> None:
        if len(self._asked_at) >= MOST_CHANNELS:
            self._asked_at.clear()
        self._asked_at[channel] = now


def _refusal_in(answer: AsyncSlackResponse | Outcome) -> Outcome | None:
    """Return why a channel with this answer of conversations.info is not posted to; None where posting is tried."""
    if isinstance(answer, AsyncSlackResponse):
        return SlackRefused(SHARED, RefusalScope.CHANNEL) if is_shared(answer.get("channel")) else None
    if not isinstance(answer, SlackRefused):
        return answer if isinstance(answer, Later) else None
    if answer.scope is RefusalScope.CHANNEL:
        # archived or invisible: sending fails with the same error, and deals with it
        return None
    if answer.lacks:
        return SlackRefused(answer.error, RefusalScope.CHANNEL, answer.lacks)
    return answer if answer.scope is RefusalScope.WORKSPACE else Later(RETRY_SECONDS, answer.error)


# Search for a message that an earlier attempt may have posted, by the letter's key in its metadata or block ids.

EVENT_TYPE = "cadence_letter"
MARGIN = timedelta(minutes=5)
"""How long before the first attempt the search begins.

The attempt's instant is Slack's own (`bot.slack_api.clock`), so an error of our clock does not count. Slack's machines
may differ by seconds, its Date headers have whole ones, and letters of an earlier version have instants of our clock.
"""
PAGE_MESSAGES = 200
FEW_MESSAGES = 15
"""Page size for an app distributed outside the Marketplace, once a minute: a busy channel would take hours."""
TOO_SLOW = f"the channel cannot be read to its end: Slack lets the app read {FEW_MESSAGES} messages a minute"


async def find_posted(
    calls: SlackCalls, prepared: PreparedMessage, *, channel_id: str, since: datetime
) -> Outcome | None:
    """Search the channel or thread for the letter's message, from `since` on by Slack's clock.

    Return Sent, None if the message is not there, or the outcome that says why this is not known (yet). A search that
    Slack interrupted continues at its cursor.
    """
    cursor, count_before = prepared.letter.look_cursor, PAGE_MESSAGES
    while True:
        page = await _messages_page(calls, channel_id, prepared.thread_ts, since=since, cursor=cursor)
        if isinstance(page, Later) and (page.holds_method or page.is_turn) and cursor:
            # held after a small page: an app that Slack lets read one such page a minute
            is_too_slow = page.holds_method and count_before <= FEW_MESSAGES
            return Unsure(TOO_SLOW) if is_too_slow else replace(page, cursor=cursor)
        if isinstance(page, SlackRefused) and page.error == "invalid_cursor":
            # without a cursor, so that the next search begins at the first page
            return Later(RETRY_SECONDS, page.error)
        if not isinstance(page, AsyncSlackResponse):
            return unsure_unless_refused(page)
        messages = page.get("messages") or []
        found = [each["ts"] for each in messages if _is_of(each, prepared.letter.key)]
        if found:
            return Sent(channel_id, found[0])
        count_before = len(messages)
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return None


def unsure_unless_refused(outcome: Outcome) -> Outcome:
    """Return the outcome for a letter when the search for its message failed: wait, stop the workspace, or unsure."""
    if isinstance(outcome, Later) or (isinstance(outcome, SlackRefused) and outcome.scope is RefusalScope.WORKSPACE):
        return outcome
    lacks = outcome.lacks if isinstance(outcome, SlackRefused) else ""
    return Unsure(f"the channel cannot be read: {outcome.error if not isinstance(outcome, Sent) else ''}", lacks)


async def _messages_page(
    calls: SlackCalls, channel_id: str, thread_ts: str, *, since: datetime, cursor: str
) -> AsyncSlackResponse | Outcome:
    """Ask for one page of the channel's or thread's messages since MARGIN before `since`."""
    oldest = f"{(since - MARGIN).timestamp():.6f}"
    options: dict[str, Any] = {"oldest": oldest, "include_all_metadata": True, "limit": PAGE_MESSAGES}
    if cursor:
        options["cursor"] = cursor
    if thread_ts:
        return await calls.ask(calls.client.conversations_replies, channel=channel_id, ts=thread_ts, **options)
    return await calls.ask(calls.client.conversations_history, channel=channel_id, **options)


def _is_of(message: dict[str, Any], key: str) -> bool:
    """Return whether Slack's message carries the letter's key, in its metadata or its block ids."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    is_named = metadata.get("event_type") == EVENT_TYPE and payload.get("key") == key
    return is_named or has_mark(message.get("blocks") or (), key)


# Sending one prepared message to Slack, with the fallbacks that its errors call for.

posting_log = logging.getLogger("cadence.posting")


@dataclass(frozen=True, slots=True)
class MessageSender:
    calls: SlackCalls

    async def send(self, prepared: PreparedMessage) -> Outcome:
        """Send the message and return the outcome; join the channel, go direct or drop blocks, each at most once.

        Newer blocks are dropped first, and all of them when Slack refuses the plain ones too.
        """
        outcome = await self._once(prepared)
        # a message that one person sees may belong in a conversation of which the bot is no member, and a stored direct
        # conversation may not exist any more: then a direct conversation with the person is opened
        is_known = prepared.channel_id or prepared.conversation
        if prepared.kind == LetterKind.EPHEMERAL or (prepared.kind == LetterKind.DIRECT and is_known):
            outcome = _or_direct(outcome)
        if isinstance(outcome, JoinFirst):
            outcome = await self._join_and_send(prepared, outcome)
        if isinstance(outcome, ToDirect):
            prepared = replace(prepared, kind=LetterKind.DIRECT, channel_id="", thread_ts="", conversation="")
            outcome = await self._once(prepared)
        if isinstance(outcome, Degraded) and any(each.plain for each in prepared.messages):
            posting_log.warning("newer_blocks_refused", extra={"letter": prepared.letter.id, "error": outcome.error})
            prepared = replace(prepared, messages=tuple(map(without_newer_blocks, prepared.messages)))
            outcome = await self._once(prepared)
        if isinstance(outcome, Degraded):
            posting_log.error("blocks_refused", extra={"letter": prepared.letter.id, "error": outcome.error})
            outcome = await self._once(replace(prepared, messages=tuple(map(text_only, prepared.messages))))
        outcome = self._as_recorded(prepared, outcome)
        if (
            isinstance(outcome, SlackRefused)
            and outcome.scope is RefusalScope.CHANNEL
            and outcome.error == "channel_not_found"
        ):
            outcome = await self._check_channel(prepared, outcome)
        return outcome

    async def find(self, prepared: PreparedMessage, since: datetime) -> Outcome | None:
        """The message, if it was sent since then; None if it was not; else why this is not known."""
        if prepared.kind == LetterKind.EPHEMERAL:
            return Unsure("a message that only one person sees cannot be looked for")
        # opened even if one is known, which may be another than that of the attempt
        channel = await self._channel(replace(prepared, conversation=""))
        if not isinstance(channel, str):
            return unsure_unless_refused(channel)
        return await find_posted(self.calls, prepared, channel_id=channel, since=since)

    async def _once(self, prepared: PreparedMessage) -> Outcome:
        """Send the message one time, by the method for its kind."""
        if prepared.kind == LetterKind.EDIT:
            update, content = self.calls.client.chat_update, _text_and_blocks(prepared)
            answer = await self.calls.send(update, channel=prepared.channel_id, ts=prepared.ts, **content)
            return Sent(prepared.channel_id, prepared.ts) if isinstance(answer, AsyncSlackResponse) else answer
        if prepared.kind == LetterKind.EPHEMERAL:
            return await self._ephemeral(prepared)
        channel = await self._channel(prepared)
        return await self._post(prepared, channel) if isinstance(channel, str) else channel

    async def _post(self, prepared: PreparedMessage, channel_id: str) -> Outcome:
        """Post the message in the channel or direct conversation, marked with its letter's key."""
        # the turn was taken for the method of the letter's own kind: an ephemeral message that goes direct after all
        # has none for chat.postMessage
        send = self.calls.send if prepared.kind == prepared.letter.kind else self.calls.send_unless_held
        answer = await send(
            self.calls.client.chat_postMessage,
            channel=channel_id,
            thread_ts=prepared.thread_ts or None,
            reply_broadcast=prepared.is_broadcast or None,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": prepared.letter.key}},
            unfurl_links=False,
            unfurl_media=False,
            **_text_and_blocks(prepared),
        )
        return Sent(answer["channel"], answer["ts"]) if isinstance(answer, AsyncSlackResponse) else answer

    async def _ephemeral(self, prepared: PreparedMessage) -> Outcome:
        """Show the message to its reader alone, in the channel."""
        answer = await self.calls.send(
            self.calls.client.chat_postEphemeral,
            channel=prepared.channel_id,
            user=prepared.user_id,
            thread_ts=prepared.thread_ts or None,
            **_text_and_blocks(prepared),
        )
        return Sent(prepared.channel_id, answer["message_ts"]) if isinstance(answer, AsyncSlackResponse) else answer

    async def _join_and_send(self, prepared: PreparedMessage, why: JoinFirst) -> Outcome:
        """Join the channel and send again; if that fails for good, refuse with the error that asked to join."""
        answer = await self.calls.ask(self.calls.client.conversations_join, channel=prepared.channel_id)
        if isinstance(answer, Later):
            return answer
        if not isinstance(answer, AsyncSlackResponse):
            lacks = answer.lacks if isinstance(answer, SlackRefused) else ""
            return SlackRefused(why.error, RefusalScope.CHANNEL, lacks)
        outcome = await self._once(prepared)
        return SlackRefused(why.error, RefusalScope.CHANNEL) if isinstance(outcome, JoinFirst) else outcome

    async def _check_channel(self, prepared: PreparedMessage, refused: SlackRefused) -> Outcome:
        """Ask Slack about a channel not found; return its outcome: archived, later if it is there, else `refused`."""
        answer = await self.calls.ask(self.calls.client.conversations_info, channel=prepared.channel_id)
        if isinstance(answer, AsyncSlackResponse):
            if (answer.get("channel") or {}).get("is_archived"):
                return SlackRefused("is_archived", RefusalScope.CHANNEL)
            return Later(RETRY_SECONDS, refused.error)
        if isinstance(answer, Later) or (isinstance(answer, SlackRefused) and answer.scope is RefusalScope.WORKSPACE):
            return answer
        return refused

    async def _channel(self, prepared: PreparedMessage) -> str | Outcome:
        """Return the channel to post to; open the conversation with the person if need be, or return why it failed."""
        if prepared.channel_id or prepared.conversation:
            return prepared.channel_id or prepared.conversation
        answer = await self.calls.ask(self.calls.client.conversations_open, users=[prepared.user_id])
        if not isinstance(answer, AsyncSlackResponse):
            return answer
        channel_id: str = answer["channel"]["id"]
        return channel_id

    def _as_recorded(self, prepared: PreparedMessage, outcome: Outcome) -> Outcome:
        """Return one of the outcomes in `RESULTS` for what is left after everything that `send` tries."""
        if isinstance(outcome, Degraded | ToDirect):
            # every fallback was tried; this says nothing about other letters
            return SlackRefused(outcome.error)
        if isinstance(outcome, JoinFirst):
            # without the bot in the channel no letter can be posted there
            return SlackRefused(outcome.error, RefusalScope.CHANNEL)
        # an ephemeral message cannot be looked for, so trying again might show it twice
        if isinstance(outcome, Later) and outcome.may_be_sent and prepared.kind == LetterKind.EPHEMERAL:
            return Unsure(outcome.error)
        # a person or a direct conversation is no channel that could be paused
        is_in_channel = prepared.place.startswith(CHANNEL_IDS)
        if isinstance(outcome, SlackRefused) and outcome.scope is RefusalScope.CHANNEL and not is_in_channel:
            return SlackRefused(outcome.error)
        return outcome


def _or_direct(outcome: Outcome) -> Outcome:
    """Make a message for one person go direct where its channel refused it or has to be joined; else leave it."""
    if isinstance(outcome, JoinFirst) or (isinstance(outcome, SlackRefused) and outcome.scope is RefusalScope.CHANNEL):
        return ToDirect(outcome.error)
    return outcome


def _text_and_blocks(prepared: PreparedMessage) -> dict[str, Any]:
    """Return the arguments of text and blocks; an edit without blocks removes the message's old ones."""
    message = prepared.messages[0]
    text = {"text": message.text}
    # marked by the letter that posted, or posts, the message
    mark = prepared.edits or prepared.letter.key
    return text | {"blocks": with_mark(message.blocks, mark)} if message.blocks else text
