"""Undo and corrections: entries that count nowhere any more; the history keeps both."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.account import EventFacts, Source
from agendas.facts.audience import PrivacySet
from agendas.facts.events import ActionAdded, Corrected, Decided, Edited, ItemEdited, ListChanged
from agendas.facts.people import Author
from agendas.facts.plays import PlayStarted
from agendas.rules.entries import built_on, corrections_of, uncorrected
from agendas.text.dates import local_date
from agendas.text.limits import shortened
from agendas.verbs.account_list import refuse_overfull, refuse_owner_beyond_cap, refuse_taken_channel, refuse_taken_keys
from agendas.verbs.card import get_event, recorded_facts
from agendas.verbs.loading import event_facts, names
from agendas.verbs.reads import admin_ids
from agendas.verbs.record import Recorded, mark_recaps, record_corrections, show_update
from storage import accounts, events, workspaces

# Corrections: with a reason, at any time, by the author of an entry and by editors.


def correct(session: Session, author: Author, event_id: int, because: str, *, is_editor: bool) -> list[Recorded]:
    """Record that an entry no longer counts, with the reason. Its author and editors may do so at any time.

    The answer begins with the correction; those of later entries that were about it follow. An imported entry is for
    editors alone. Raises Outdated if it was corrected already, Refused for others and for what is not corrected.
    """
    event = get_event(session, author.workspace_id, event_id)

    def refuse_others(later: Sequence[EventFacts]) -> None:
        """Raise Refused unless the author is an editor, or recorded the entry and all later ones about it."""
        if not is_editor:
            _refuse_unless_own(session, author, (event, *later))

    return take_out(session, author, event, because, may_follow=refuse_others)


def _refuse_unless_own(session: Session, author: Author, entries: Sequence[EventFacts]) -> None:
    """Raise Refused, with whom to ask, when one of the entries is somebody else's or came with an import."""
    others = tuple(dict.fromkeys(each.actor for each in entries if each.actor != author.user_id))
    ask = f"an admin: {_names_text(session, author, admin_ids(session, author.workspace_id))}"
    if any(each.source is Source.IMPORT for each in entries):
        raise Refused(f"It came with an import, so only an editor can correct it. Ask {ask}.")
    if entries[0].actor != author.user_id:
        recorder = _names_text(session, author, others[:1])
        raise Refused(f"Only {recorder}, who recorded it, and editors can correct it. Ask {recorder}, or {ask}.")
    if others:
        raise Refused(
            f"{_names_text(session, author, others)} recorded more about it since, so only an editor can correct it. "
            f"Ask {ask}."
        )


# Undo: a correction without a reason, by the author, within ten minutes.

UNDO_WINDOW = timedelta(minutes=10)


class TooLate(Refused):
    """The event cannot be undone any more; it can be corrected in the history of `account_id`."""

    def __init__(self, event: EventFacts) -> None:
        self.event_id, self.account_id = event.id, event.account_id
        super().__init__(
            "It was recorded more than ten minutes ago. Correct it instead, with a reason: the history keeps both."
        )


def take_back(session: Session, author: Author, event_id: int) -> Recorded:
    """Undo an event: record that it does not count any more. Only its author may, once, within ten minutes.

    The answer holds the event taken back, the account before that event, and as it is now. Raises TooLate after that
    time, Outdated if it was taken back already, Refused for others and where it cannot be taken back.
    """
    event = get_event(session, author.workspace_id, event_id)
    if event.actor != author.user_id:
        raise Refused(f"Only <@{event.actor}>, who recorded it, can take this back.")
    if author.at - event.recorded_at > UNDO_WINDOW:
        raise TooLate(event)
    recorded = take_out(session, author, event, may_follow=lambda later: _refuse_play_under_way(event, later))
    return Recorded(event, recorded_facts(session, event).before, recorded[0].after)


def _refuse_play_under_way(started: EventFacts, later: Sequence[EventFacts]) -> None:
    """Raise Refused when a step of the play was done, moved or dropped, or the play ended: it has a history then."""
    if isinstance(started.change, PlayStarted) and not all(isinstance(each.change, ActionAdded) for each in later):
        raise Refused(
            "A next action of the play was done, moved or dropped, or the play ended, so it is not taken back. "
            "Record its outcome instead: it was stopped, and why."
        )


# What both do: the entry and those about it are taken out, and its account folded without them.


def take_out(
    session: Session,
    author: Author,
    event: EventFacts,
    because: str = "",
    *,
    may_follow: Callable[[Sequence[EventFacts]], None],
) -> list[Recorded]:
    """Record the correction of an event and of the later events about it.

    `may_follow` raises Refused where these later events forbid it. Each answer has the account before and after all
    of them.
    """
    if isinstance(event.change, Corrected):
        raise Refused("A correction is not corrected. If the entry was right after all, record it anew.")
    if isinstance(event.change, PrivacySet):
        raise Refused("Who may see an account is not corrected: set it anew with /account private ACCOUNT.")
    if isinstance(event.change, ListChanged | Edited | Decided):
        # before the account's own lock, in the order of every naming and edit of an account: so there is no deadlock
        workspaces.lock(session, author.workspace_id)
    # locked before looking, so that of two corrections at once the second finds the first
    accounts.get(session, author.workspace_id, event.account_id, lock=True)
    history = [event_facts(row) for row in events.of_account(session, event.account_id)]
    _refuse_corrected(session, author, event, history)
    known = uncorrected(history)
    _refuse_when_edited_since(session, author, event, [each for each in known if each.id > event.id])
    about_it = built_on(event, known)
    may_follow(about_it)
    entries = (event, *about_it)
    corrections = [Corrected(each.id, because) for each in entries]
    first, *others = record_corrections(session, author, event.account_id, corrections)
    if any(isinstance(each.change, ListChanged) for each in entries):
        refuse_overfull(session, author, first.before, first.after)
    if isinstance(event.change, Edited):
        _refuse_taken_meanwhile(session, author, first)
    show_update(session, author, first)
    mark_recaps(session, author, entries)
    return [first, *others]


REASON_CHARACTERS = 200
"""Most of a reason that a refusal repeats."""


def _refuse_corrected(session: Session, author: Author, event: EventFacts, history: Sequence[EventFacts]) -> None:
    """Raise Outdated, with who did it and when, where the entry was corrected or taken back already."""
    correction = corrections_of(history).get(event.id)
    if correction is None or not isinstance(correction.change, Corrected):
        return
    corrected_by = _names_text(session, author, (correction.actor,))
    on = f"{local_date(correction.recorded_at, author.zone):%-d %b}"
    because = shortened(correction.change.because, REASON_CHARACTERS)
    raise Outdated(
        f"It was corrected already by {corrected_by} on {on}: {because}"
        if because
        else f"It was taken back already by {corrected_by} on {on}."
    )


def _refuse_when_edited_since(session: Session, author: Author, event: EventFacts, later: Sequence[EventFacts]) -> None:
    """Raise Refused when a later edit of the same is in force: it holds all fields, so nothing would change."""
    edited = _edited_by(event)
    edits = [each for each in later if edited and _edited_by(each) == edited]
    if edited and edits:
        editor = "an import" if edits[-1].source is Source.IMPORT else _names_text(session, author, (edits[-1].actor,))
        raise Refused(f"{edited[0]} was edited again since, by {editor}: edit it once more instead.")


def _edited_by(event: EventFacts) -> tuple[str, int] | None:
    """Return what the event edits, as (its name, id of the event that began it or 0 for an account); else None."""
    if isinstance(event.change, ItemEdited):
        return f"The {'next action' if event.change.what == 'action' else event.change.what}", event.change.item_id
    return ("The account", 0) if isinstance(event.change, Edited) else None


def _refuse_taken_meanwhile(session: Session, author: Author, recorded: Recorded) -> None:
    """Raise Refused if the former name or channel is now taken, or the former owner is at their cap."""
    after, instead = recorded.after, "Nothing was taken back: edit the account once more instead."
    try:
        refuse_taken_keys(session, author, after.profile, except_id=after.account_id)
        refuse_taken_channel(session, author, after.profile, except_id=after.account_id)
        refuse_owner_beyond_cap(session, author, recorded.before, after.profile.owner)
    except Refused as taken:
        raise Refused(f"{taken} {instead}") from None
    except FieldProblems:
        # raised for the cap alone
        owner = f"{_names_text(session, author, (after.profile.owner or '',))}, the owner from before,"
        raise Refused(f"{owner} has as many accounts in tier {after.tier} as one person may. {instead}") from None


def _names_text(session: Session, author: Author, user_ids: Sequence[str]) -> str:
    known = names(session, author.workspace_id, user_ids)
    return ", ".join(known.get(each, each) for each in user_ids)
