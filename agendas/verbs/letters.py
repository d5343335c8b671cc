"""Messages queued for people and channels, and the channels that they cannot be posted in."""

import hashlib
import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.account import Source
from agendas.facts.audience import PrivacySet
from agendas.facts.events import Edited
from agendas.facts.people import Author, Function, LeftBehind, Promised, Right
from agendas.facts.program import TrailSubject
from agendas.pages.people import MENTION, without_pings
from agendas.rendering.blockkit import Rendered
from agendas.rules.reviews import in_scope
from agendas.text.names import normal_key
from agendas.verbs.loading import account_state, names
from agendas.verbs.notices import queue_notices
from agendas.verbs.record import Recorded, current_state, record
from agendas.verbs.trail import note_change
from storage import (
    accounts,
    channels,
    find,
    imports,
    inbox,
    letter_subjects,
    outbox,
    people,
    privacy,
    reviews,
    workspaces,
)
from storage.account_items import NO_ITEMS
from storage.database import showing_all
from storage.find import Among
from storage.letter_subjects import (
    ChannelTroubleSubject,
    ComposedMessage,
    ComposedSubject,
    LetterSubject,
    OwnChannelSubject,
    PermissionSubject,
    PersonSubject,
    RecordedSubject,
    SignalSubject,
    UnansweredSubject,
    WantedSubject,
    letter_to,
    new_letter,
    subject_of,
)
from storage.models.accounts import Account
from storage.models.delivery import Letter, LetterKind, LetterState
from storage.models.reviews import Review
from storage.people import SlackUser

# Letters to people: confirmations that only they see, direct messages, and answers in threads.


def confirm(session: Session, author: Author, recorded: Sequence[Recorded], *, channel_id: str, place: str) -> None:
    """Queue the confirmation, with Undo, of what the author recorded in a form: where it was opened, else as a DM."""
    confirm_events(session, author, [each.event.id for each in recorded], channel_id=channel_id, place=place)


def confirm_events(session: Session, author: Author, event_ids: Sequence[int], *, channel_id: str, place: str) -> None:
    """Queue the confirmation of events by their ids; nothing where there are none."""
    if event_ids:
        key, subject = f"event:{event_ids[0]}:confirmation", RecordedSubject(event_ids)
        _queue_confirmation(session, author, "recorded", subject, key=key, channel_id=channel_id, place=place)


def confirm_signal(session: Session, author: Author, signal_id: int, *, channel_id: str, place: str) -> None:
    """Queue the confirmation of a signal. Arguments are as in `confirm`."""
    key, subject = f"signal:{signal_id}:confirmation", SignalSubject(signal_id)
    _queue_confirmation(session, author, "signal_noted", subject, key=key, channel_id=channel_id, place=place)


def _queue_confirmation(
    session: Session, author: Author, page: str, subject: LetterSubject, *, key: str, channel_id: str, place: str
) -> None:
    """Queue a letter to the author alone: where the form was opened, else as a direct message."""
    kind = LetterKind.EPHEMERAL if channel_id and not channel_id.startswith("D") else LetterKind.DIRECT
    where = {"channel_id": channel_id, "user_id": author.user_id, "thread_ts": place}
    letter = new_letter(kind, author.workspace_id, page, subject, key=key, at=author.at, **where)
    outbox.queue(session, letter)
    inbox.forget_noted(session)


def queue_direct(
    session: Session, workspace_id: str, user_id: str, *, page: str, subject: LetterSubject, key: str, at: datetime
) -> None:
    """Queue a direct message for this instant, or for when the person chose to get such; it is composed when sent."""
    queue_notices(session, [letter_to(workspace_id, user_id, page, subject, key=key, at=at)])


def queue_page_to(
    session: Session, workspace_id: str, user_id: str, rendered: Sequence[Rendered], *, key: str, now: datetime
) -> None:
    """Queue a direct message that is composed already."""
    letter = _composed(workspace_id, rendered, key=key, now=now)
    letter.kind, letter.user_id = LetterKind.DIRECT, user_id
    outbox.queue(session, letter)


def queue_reply(
    session: Session,
    workspace_id: str,
    rendered: Sequence[Rendered],
    *,
    channel_id: str,
    thread_ts: str,
    user_id: str,
    key: str,
    now: datetime,
) -> None:
    """Queue an answer to somebody, composed already, in the thread of a message."""
    letter = _composed(workspace_id, rendered, key=key, now=now, to=user_id)
    letter.kind, letter.channel_id, letter.thread_ts = LetterKind.POST, channel_id, thread_ts
    outbox.queue(session, letter)


def whisper(
    session: Session, author: Author, rendered: Sequence[Rendered], *, channel_id: str, thread_ts: str, key: str
) -> None:
    """Queue what only the author sees in a thread, composed already."""
    letter = _composed(author.workspace_id, rendered, key=key, now=author.at)
    letter.kind, letter.user_id = LetterKind.EPHEMERAL, author.user_id
    letter.channel_id, letter.thread_ts = channel_id, thread_ts
    outbox.queue(session, letter)


def _composed(workspace_id: str, rendered: Sequence[Rendered], *, key: str, now: datetime, to: str = "") -> Letter:
    messages = [ComposedMessage(text=each.text, blocks=each.blocks, plain=each.plain) for each in rendered]
    return new_letter(LetterKind.POST, workspace_id, outbox.COMPOSED, ComposedSubject(messages, to), key=key, at=now)


# Direct messages that gather what is asked of one person within minutes, at most one a day.

JOINED_WITHIN = timedelta(minutes=3)
"""Time that a question waits for more of them, so that nominations of one meeting make one message."""

APART = timedelta(days=1)
"""Nobody gets two such messages closer together, however much is asked."""


def queue_unless_waiting(
    session: Session, workspace_id: str, user_id: str, *, page: str, subject: LetterSubject, about: str, now: datetime
) -> None:
    """Queue the message, unless one waits already: it is composed when it is sent, and will show this too.

    `about` begins the keys of all messages of this kind.
    """
    # keys have the day on which they are due, at most a day before or after now
    days = (now + timedelta(days=offset) for offset in (-1, 0, 1))
    last = outbox.latest_of(session, workspace_id, [_joined_key(about, user_id, day) for day in days])
    in_digest_to_come = last is not None and last.state == LetterState.COLLECTED and last.due_at > now
    if last is not None and (last.state == LetterState.WAITING or in_digest_to_come):
        return
    due_at = now + JOINED_WITHIN
    if last is not None and last.state == LetterState.DROPPED:
        # there was nothing to say when it was to be sent, so nobody was written to that day
        last.state, last.created_at, last.due_at = LetterState.WAITING, due_at, due_at
        session.add(last)
        return
    if last is not None:
        due_at = max(due_at, (last.sent_at or last.due_at) + APART)
    queue_direct(
        session, workspace_id, user_id, page=page, subject=subject, key=_joined_key(about, user_id, due_at), at=due_at
    )


def _joined_key(about: str, user_id: str, due_at: datetime) -> str:
    return f"{about}:{user_id}:{due_at.date()}"


# In messages to a channel people are named instead of mentioned, so that nobody is notified.


def named_people(session: Session, workspace_id: str, rendered: Sequence[Rendered]) -> list[Rendered]:
    """Return the messages without mentions: people by their names, others by their ids."""
    mentioned = {user_id for each in rendered for user_id in MENTION.findall(f"{each.text} {each.blocks} {each.plain}")}
    known = names(session, workspace_id, mentioned)
    return [without_pings(each, known) for each in rendered]


# Trouble that keeps the bot from posting: the channel is paused, and those who can help are notified once.

OWN_CHANNEL = "This channel is shared with another company: use a channel of your own."

SHARED = "is_ext_shared"
"""The trouble of a channel that people of another company read."""

POLICY = "restricted_action"
"""Beginning of Slack's errors by which posting in a channel is restricted to some people."""

TRIED_AFTER = timedelta(minutes=10)
"""A channel in trouble is tried again after this, then after as long as it was in trouble, at most after an hour.

The shortest is longer than Slack's last answer about who reads a channel counts.
"""
TRIED_WITHIN = timedelta(hours=1)

NOTIFIED_AGAIN_AFTER = timedelta(days=1)
"""Time before which nobody is notified again of a trouble that had seemed to be over."""


def pause_channel(session: Session, workspace_id: str, channel_id: str, *, error: str, now: datetime) -> None:
    """Pause the channel and queue one direct message to its facilitator and each admin, unless it was paused.

    They are also notified where the channel was tried again and Slack gives another reason now.
    """
    channel = people.get_or_add_channel(session, workspace_id, channel_id)
    is_other = channel.trial is not None and channel.trouble != error
    channel.trial = None
    session.add(channel)
    if channel.trouble and not is_other:
        return
    if not channel.trouble:
        channel.trouble_at, channel.try_at = now, now + TRIED_AFTER
    channel.trouble = error
    if has_agendas_alone(session, workspace_id, channel_id):
        # the next tick posts its agendas in the review's channel again (`bring_home`), and notifies people of that
        return
    what = POLICY if error.startswith(POLICY) else error
    if channel.told_of == what and channel.told_at is not None and now - channel.told_at < NOTIFIED_AGAIN_AFTER:
        return
    # part of the key, so that several processes that do this at once queue one message
    notified_before = channel.told_at.timestamp() if channel.told_at else 0
    channel.told_of, channel.told_at = what, now
    for user_id in people_who_help(session, workspace_id, channel_id):
        key, subject = f"trouble:{channel_id}:{notified_before}:{user_id}", ChannelTroubleSubject(channel_id, error)
        queue_direct(session, workspace_id, user_id, page="trouble", subject=subject, key=key, at=now)


def people_who_help(session: Session, workspace_id: str, channel_id: str) -> list[str]:
    """Return the facilitator of the channel's cadence first, then the admins, each once."""
    cadence = reviews.cadence_of(session, workspace_id, channel_id)
    facilitator = [cadence.facilitator] if cadence is not None and cadence.facilitator else []
    admins = [admin.user_id for admin in people.admins(session, workspace_id)]
    return list(dict.fromkeys([*facilitator, *admins]))


def note_archived(session: Session, workspace_id: str, channel_id: str, *, now: datetime) -> None:
    """Pause an archived channel if it has reviews or agendas; nobody has to act on any other."""
    if is_posted_in(session, workspace_id, channel_id):
        pause_channel(session, workspace_id, channel_id, error="is_archived", now=now)


def note_sharing(session: Session, workspace_id: str, channel_id: str, *, is_shared: bool, now: datetime) -> None:
    """Note whether people of another company read the channel, and pause one with reviews while they do."""
    channel = people.get_or_add_channel(session, workspace_id, channel_id)
    was_shared, channel.is_shared = channel.is_shared, is_shared
    session.add(channel)
    if is_shared and has_reviews(session, workspace_id, channel_id):
        pause_channel(session, workspace_id, channel_id, error=SHARED, now=now)
    elif was_shared and not is_shared:
        resume_channel(session, workspace_id, channel_id)


def note_channel_name(session: Session, workspace_id: str, channel_id: str, *, name: str, is_private: bool) -> None:
    """Note what Slack calls the channel, for texts in which it draws no mention."""
    channel = people.get_or_add_channel(session, workspace_id, channel_id, name=name)
    channel.is_private = is_private
    session.add(channel)


def resume_channel(session: Session, workspace_id: str, channel_id: str) -> bool:
    """Resume a paused channel with its waiting letters, and return whether it was resumed. Shared ones stay paused."""
    channel = people.find_channel(session, workspace_id, channel_id)
    if channel is None or not channel.trouble or channel.is_shared:
        return False
    channel.trouble, channel.trouble_at, channel.told_of = "", None, ""
    channel.try_at, channel.trial = None, None
    session.add(channel)
    return True


def channel_works_again(session: Session, workspace_id: str, channel_id: str) -> None:
    """Resume the channel after Slack answered that the bot may post in it and that no other company reads it."""
    channel = people.get_or_add_channel(session, workspace_id, channel_id)
    channel.is_shared = False
    session.add(channel)
    resume_channel(session, workspace_id, channel_id)


def end_trouble(session: Session, author: Author, channel_id: str, *, is_shared: bool | None) -> bool:
    """Resume posting to the channel, note it in the audit trail, and return whether it was in trouble.

    `is_shared` is true if Slack says that another company reads it, None if it does not say. Raises Refused for true.
    """
    channel = people.find_channel(session, author.workspace_id, channel_id)
    if channel is not None and is_shared is not None:
        channel.is_shared = is_shared
    if is_shared or (channel is not None and channel.is_shared):
        raise Refused(OWN_CHANNEL)
    before = {"trouble": channel.trouble} if channel is not None else None
    if not resume_channel(session, author.workspace_id, channel_id):
        return False
    note_change(session, author, TrailSubject.CHANNEL, channel_id, before=before, after={"trouble": ""})
    return True


def try_again(session: Session, channel_row_id: int, *, now: datetime) -> None:
    """Let one letter through to a channel in trouble; if it is posted, all others follow.

    Needed since Slack does not report every end of a trouble by an event: none of a posting policy's, and none while
    the bot is not running. Does nothing when another process did it, or when no letter can go now.
    """
    channel = outbox.lock_due(session, channel_row_id, now)
    trial = outbox.next_letter(session, channel, now) if channel is not None else None
    if channel is None or trial is None:
        return
    lasts = now - (channel.trouble_at or now)
    channel.trial, channel.try_at = trial, now + min(max(lasts, TRIED_AFTER), TRIED_WITHIN)
    session.add(channel)


def try_later(session: Session, channel_row_id: int, *, now: datetime) -> None:
    """Try the channel again in an hour: something failed on our side."""
    channel = outbox.lock_due(session, channel_row_id, now)
    if channel is not None:
        channel.try_at = now + TRIED_WITHIN
        session.add(channel)


def stop_trying(session: Session, workspace_id: str, channel_id: str, *, error: str) -> None:
    """Keep this as the reason of the channel's trouble, and try it again only when a person asks for that."""
    channel = people.get_or_add_channel(session, workspace_id, channel_id)
    channel.trouble, channel.try_at, channel.trial = error, None, None
    session.add(channel)


def is_posted_in(session: Session, workspace_id: str, channel_id: str) -> bool:
    """Return whether the channel has a cadence, an open review, or an account's agendas."""
    own = accounts.of_channel(session, workspace_id, channel_id)
    return (own is not None and own.posts_agenda) or has_reviews(session, workspace_id, channel_id)


def has_agendas_alone(session: Session, workspace_id: str, channel_id: str) -> bool:
    """Return whether an account's agendas are posted in its own channel here, and no review is."""
    own = accounts.of_channel(session, workspace_id, channel_id)
    return own is not None and own.posts_agenda and not has_reviews(session, workspace_id, channel_id)


def has_reviews(session: Session, workspace_id: str, channel_id: str) -> bool:
    """Return whether the channel has a cadence or an open review."""
    has_cadence = reviews.cadence_of(session, workspace_id, channel_id) is not None
    return has_cadence or reviews.open_in(session, workspace_id, channel_id) is not None


# A private channel that is shared with another company has a new id by then.


def follow_channel(session: Session, workspace_id: str, old_id: str, new_id: str, *, now: datetime) -> None:
    """Move all that belongs to the channel to its new id: cadence, reviews, letters, private accounts, its own account.

    If another company is known to read the new channel, its reviews are paused, as in any such channel.
    """
    own = accounts.of_channel(session, workspace_id, old_id)
    private = privacy.private_to(session, workspace_id, old_id)
    channel = channels.change_id(session, workspace_id, old_id, new_id)
    if channel is not None and channel.is_shared:
        note_sharing(session, workspace_id, new_id, is_shared=True, now=now)
    workspace = workspaces.get(session, workspace_id)
    author = Author(workspace_id, workspace.bot_user_id if workspace else "", Source.SYSTEM, now)
    for account_id in private:
        record(session, author, account_id, PrivacySet(new_id))
    privacy.change_id(session, workspace_id, old_id, new_id)
    if own is not None:
        profile = replace(current_state(session, own).profile, channel_id=new_id)
        record(session, author, own.row_id, Edited(profile))


# An account's own channel that is lost: its agendas go back to the review's channel, and people are notified once.


def move_own_channel_back(session: Session, account_id: int, *, now: datetime) -> None:
    """Post the account's agendas in the channels of its reviews again, and tell its owner and the admins why.

    Does nothing when its own channel can be posted in again, or when another process did it.
    """
    found = accounts.by_id(session, account_id)
    row = accounts.get(session, found.workspace_id, account_id, lock=True) if found else None
    channel = people.find_channel(session, row.workspace_id, row.channel_id) if row else None
    if row is None or channel is None or not row.posts_agenda or not (channel.trouble or channel.is_shared):
        return
    workspace = workspaces.get(session, row.workspace_id)
    author = Author(row.workspace_id, workspace.bot_user_id if workspace else "", Source.SYSTEM, now)
    profile = replace(current_state(session, row).profile, posts_agenda=False)
    recorded = record(session, author, account_id, Edited(profile))
    for item_id, review in reviews.open_items_of(session, account_id):
        _move_to_review(session, review, item_id, now)
    subject = OwnChannelSubject(account_id, row.channel_id, channel.trouble or SHARED)
    admins = [admin.user_id for admin in people.admins(session, row.workspace_id)]
    for user_id in dict.fromkeys([*([row.owner] if row.owner else []), *admins]):
        key = f"event:{recorded.event.id}:own_channel:{user_id}"
        queue_direct(session, row.workspace_id, user_id, page="own_channel", subject=subject, key=key, at=now)


def _move_to_review(session: Session, review: Review, item_id: int, now: datetime) -> None:
    """Move the agenda into the review's channel, and show its new place in the header."""
    keys = letter_subjects.of_item(review.row_id, item_id), letter_subjects.of_header(review.row_id)
    letters = outbox.by_keys(session, review.workspace_id, keys)
    agenda, header = (letters.get(key) for key in keys)
    if agenda is None or agenda.channel_id == review.channel_id:
        return
    outbox.move_to(session, agenda, review.channel_id, now=now)
    if header is not None:
        outbox.queue_edit(session, target=header, now=now, delay=timedelta(), after=agenda)


def leave_there(session: Session, account_id: int) -> None:
    """Stop looking after an account that could not be brought home several times; its next review posts as usual."""
    row = accounts.by_id(session, account_id)
    if row is not None:
        row.posts_agenda = False
        session.add(row)


# People deactivated in Slack: those who can hand over their work are notified once.

NOT_THERE = ("user_disabled", "user_not_found")
"""Errors of Slack for a conversation with somebody who is not there any more."""
DEACTIVATED_PAGE = "deactivated"
log = logging.getLogger("cadence.people")


def learn(
    session: Session, workspace_id: str, users: Sequence[SlackUser], now: datetime, *, asked_at: datetime | None = None
) -> None:
    """Store Slack's facts about these users, and notify admins of newly deactivated ones who left work behind.

    Admins are notified once each time that somebody is deactivated. `asked_at` is when Slack was asked for a list of
    people: facts about somebody that were stored after that are newer, and stay.
    """
    had_admin = people.has_admin(session, workspace_id)
    left = people.save_users(session, workspace_id, users, now, asked_at=asked_at)
    for user_id in sorted(people.responsible_among(session, workspace_id, left)):
        _notify_deactivated(session, workspace_id, user_id, now)
    if not had_admin:
        notify_first_admins(session, workspace_id, now)


def note_refusal(session: Session, workspace_id: str, user_id: str, *, error: str, now: datetime) -> None:
    """Mark the person as deactivated when Slack's error about a letter says so, and notify admins likewise."""
    if error in NOT_THERE and user_id and people.deactivate(session, workspace_id, user_id, now):
        _notify_deactivated(session, workspace_id, user_id, now)


def notify_first_admins(session: Session, workspace_id: str, now: datetime) -> None:
    """Notify the first admins of all deactivated people who still answer for something.

    Who was notified of somebody already, as a facilitator, is not notified again.
    """
    admins = people.admins(session, workspace_id)
    deactivated = people.responsible_deactivated(session, workspace_id) if admins else set()
    for admin in admins:
        letters = outbox.to_person(session, workspace_id, admin.user_id, page=DEACTIVATED_PAGE)
        known = {subject_of(letter, PersonSubject).user_id for letter in letters}
        for user_id in sorted(deactivated - known):
            _queue_deactivated(session, workspace_id, admin.user_id, of=user_id, occasion="first", now=now)


def _notify_deactivated(session: Session, workspace_id: str, user_id: str, now: datetime) -> None:
    """Notify those who can hand over the work that the person left behind, if any is left."""
    if left_behind(session, workspace_id, user_id) is None:
        return
    recipients = _who_can_hand_over(session, workspace_id, user_id)
    if not recipients:
        to_do = "name an admin in CADENCE_ADMINS, who is told then"
        log.warning("deactivated_untold", extra={"workspace": workspace_id, "user": user_id, "to_do": to_do})
    for recipient in recipients:
        _queue_deactivated(session, workspace_id, recipient, of=user_id, occasion=f"{now:%Y%m%dT%H%M%S%f}", now=now)


def _queue_deactivated(
    session: Session, workspace_id: str, recipient: str, *, of: str, occasion: str, now: datetime
) -> None:
    """Queue the notice, once for each occasion."""
    key = f"{DEACTIVATED_PAGE}:{of}:{occasion}:{recipient}"
    queue_direct(session, workspace_id, recipient, page=DEACTIVATED_PAGE, subject=PersonSubject(of), key=key, at=now)


def _who_can_hand_over(session: Session, workspace_id: str, user_id: str) -> list[str]:
    """Return the facilitators of the cadences that review the person's accounts first, then the admins, each once.

    Where there are none, the facilitators of all cadences.
    """
    rows, cadences = accounts.of_person(session, workspace_id, user_id), reviews.cadences(session, workspace_id)
    states = [account_state(row, NO_ITEMS) for row in rows]
    reviewing = [each for each in cadences if any(in_scope(state, each.scope) for state in states)]
    facilitators = _present(session, workspace_id, [each.facilitator for each in reviewing])
    helpers = [*facilitators, *(admin.user_id for admin in people.admins(session, workspace_id))]
    helpers = helpers or _present(session, workspace_id, [each.facilitator for each in cadences])
    return list(dict.fromkeys(helpers))


def _present(session: Session, workspace_id: str, user_ids: Sequence[str]) -> list[str]:
    """These people in their order, without those who are deactivated or not known."""
    present = {each.user_id for each in people.get_many(session, workspace_id, user_ids) if not each.is_deleted}
    return [user_id for user_id in user_ids if user_id in present]


def left_behind(session: Session, workspace_id: str, user_id: str) -> LeftBehind | None:
    """Return the work the person left behind; None when they are not deactivated, or nothing is left."""
    person = people.find(session, workspace_id, user_id)
    if person is None or not person.is_deleted:
        return None
    rows = accounts.of_person(session, workspace_id, user_id)
    found = LeftBehind(
        user_id=user_id,
        name=person.name,
        owned=tuple(row.name for row in rows if row.owner == user_id),
        partnered=tuple(row.name for row in rows if row.marketing_partner == user_id),
        promised=_promised(session, workspace_id, user_id),
        facilitates=tuple(
            each.channel_id for each in reviews.cadences(session, workspace_id) if each.facilitator == user_id
        ),
        leads=tuple(map(Function, people.led_by(session, workspace_id, user_id))),
    )
    return None if found.is_nothing else found


def _promised(session: Session, workspace_id: str, user_id: str) -> tuple[Promised, ...]:
    """The accounts with open next actions of the person, the soonest due first, and how many each has."""
    found = find.actions(session, Among.listed(workspace_id), owners=(user_id,))
    counts = Counter(account for _, account in found)
    return tuple(Promised(account.name, count) for account, count in counts.items())


# What the app in Slack lacks: admins hear of permissions that it was not given.


def notify_lacking_permission(session: Session, workspace_id: str, permission: str, now: datetime) -> None:
    """Queue one direct message to each admin: Slack did not give the app this permission.

    They get it once for each permission, and again only if the app was installed with others since and still lacks it.
    """
    workspace = workspaces.get(session, workspace_id)
    given = workspace.scopes if workspace else ""
    mark = hashlib.sha256(f"{permission} beyond {given}".encode()).hexdigest()[:16]
    for user_id in (admin.user_id for admin in people.admins(session, workspace_id)):
        subject = PermissionSubject(permission)
        queue_direct(
            session, workspace_id, user_id, page="lacking", subject=subject, key=f"lacking:{mark}:{user_id}", at=now
        )


# People hear of what they recorded without an answer, because the process that owed it ended before.

UNANSWERED_PAGE = "unanswered"


def note_shown(session: Session, author: Author, *, event_id: int = 0, signal_id: int = 0) -> None:
    """Note that the author was shown this entry of theirs, so that no message has to confirm it later."""
    inbox.settle_shown(session, author.workspace_id, author.user_id, event_id=event_id, signal_id=signal_id)


def confirm_unanswered(session: Session, row_id: int, now: datetime) -> None:
    """Queue one direct message for the person of this row about all that they recorded without an answer."""
    taken = inbox.take_overdue(session, row_id, now)
    if taken is None:
        return
    first, recorded = taken
    subject, key = UnansweredSubject(recorded.events, recorded.signals), f"unanswered:{first.row_id}"
    outbox.queue(session, letter_to(first.workspace_id, first.user_id, UNANSWERED_PAGE, subject, key=key, at=now))


# Somebody tried to use a name or domain of a private account that they may not see: its owner is notified.

WANTED_PAGE = "wanted"
EDITORS = {Right.EDITOR, Right.ADMIN}


def notify_of_wish(session: Session, workspace_id: str, account_id: int, *, by: str, word: str, now: datetime) -> None:
    """Notify the account's owner, or the first editor in its channel, that `by` tried to use `word`; once a day."""
    with showing_all(session):
        row = accounts.get(session, workspace_id, account_id)
    reader = _who_may_know(session, row) if row is not None and row.private_channel else None
    if reader is None:
        return
    key, subject = f"{WANTED_PAGE}:{account_id}:{by}:{now.date()}", WantedSubject(account_id, by, word)
    queue_direct(session, workspace_id, reader, page=WANTED_PAGE, subject=subject, key=key, at=now)


def notify_of_wishes(session: Session, workspace_id: str, words: Iterable[str], *, by: str, now: datetime) -> None:
    """Call `notify_of_wish` for each of these words that is a name, alias or domain of a private account."""
    wanted = {normal_key(word): word for word in words if word}
    found = imports.answering_to(session, workspace_id, wanted)
    for key, account_ids in sorted(found.items()):
        for account_id in sorted(account_ids):
            notify_of_wish(session, workspace_id, account_id, by=by, word=wanted[key], now=now)


def _who_may_know(session: Session, row: Account) -> str | None:
    """Return the owner if they are in the account's channel, else the first editor who is, or None."""
    inside = privacy.members(session, row.workspace_id, row.private_channel)
    if row.owner in inside:
        return row.owner
    known = (people.find(session, row.workspace_id, user_id) for user_id in inside)
    return next((each.user_id for each in known if each and not each.is_deleted and Right(each.right) in EDITORS), None)
