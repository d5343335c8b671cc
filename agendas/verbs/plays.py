"""Plays on an account, the workspace's own plays, and how they end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.account import AccountState
from agendas.facts.events import ActionAdded
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.facts.people import Author
from agendas.facts.plays import Play, PlayEnd, PlayEnded, PlayRun, PlayStarted
from agendas.facts.program import TrailSubject
from agendas.rules.plays import LibraryPlay, PlayOrigin, refuse_start
from agendas.rules.update_words import mark_of_steps, refuse_wrong
from agendas.text.dates import day_text, local_date
from agendas.text.limits import TEXT_LIMIT_CHARACTERS
from agendas.verbs.evidence import with_actors
from agendas.verbs.loading import PLAYS, library, play_of
from agendas.verbs.notices import tell_at_once
from agendas.verbs.record import Recorded, record, record_and_show
from agendas.verbs.trail import note_change
from agendas.verbs.updates import full_member, open_account
from storage import account_items, workspaces

# Plays of the workspace's own: added to its library, changed, retired.


def add_play(session: Session, author: Author, play: Play) -> LibraryPlay:
    """Add a play to the library, with a key of its own. Raises FieldProblems for values that a play cannot have."""
    workspaces.lock(session, author.workspace_id)
    known = library(session, author.workspace_id)
    number = sum(each.origin is PlayOrigin.OWN for each in known) + 1
    added = LibraryPlay(replace(play, key=f"own-{number}"), PlayOrigin.OWN)
    refuse_wrong(added.play, known)
    _save_play(session, author, added, before=None)
    return added


def change_play(
    session: Session, author: Author, key: str, changed: Callable[[LibraryPlay], LibraryPlay]
) -> LibraryPlay:
    """Change, retire or bring back the play of this key; running plays go on as they are.

    `changed` returns the new play for the current one, which nobody else changes before this transaction ends.
    Raises FieldProblems for values that a play cannot have, Outdated when there is no such play, Refused when nothing
    differs, and what `changed` raises.
    """
    workspaces.lock(session, author.workspace_id)
    before = play_of(session, author.workspace_id, key)
    after = changed(before)
    if after == before:
        raise Refused(f"Nothing is different about {before.play.name}, so nothing was saved.")
    refuse_wrong(after.play, library(session, author.workspace_id))
    _save_play(session, author, after, before=before)
    return after


def _save_play(session: Session, author: Author, after: LibraryPlay, *, before: LibraryPlay | None) -> None:
    """Store the play and note the change in the audit trail; `before` is None for a new play."""
    play = after.play
    definition = PLAYS.dump_python(play, mode="json")
    account_items.save_own_plays(
        session, author.workspace_id, play.key, name=play.name, definition=definition, is_retired=after.is_retired
    )
    note_change(session, author, TrailSubject.PLAY, before=_to_note(before) if before else {}, after=_to_note(after))


def _to_note(entry: LibraryPlay) -> dict[str, object]:
    return {**PLAYS.dump_python(entry.play, mode="json"), "is_retired": entry.is_retired}


# Plays on an account: starting one with its steps as next actions, and recording how it ended.


@dataclass(frozen=True, slots=True)
class StepWish:
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True)
class PlayWish:
    """A play to start: its key, the outcome expected from the buyer with its date, and a wish for each of its steps.

    `seen` is the `mark_of_steps` of the steps that the author saw, empty if nobody looked at them.
    """

    key: str
    outcome_expected: str
    outcome_due_on: date
    steps: tuple[StepWish, ...]
    seen: str = ""


def start_play(session: Session, author: Author, account_id: int, wish: PlayWish) -> Recorded:
    """Record that the play started, and each of its steps as a next action; return the start.

    Raises Refused when it may not start there, Outdated when its steps were changed meanwhile, FieldProblems for dates
    that have passed, NotAMember for somebody who can own no step.
    """
    state = open_account(session, author, account_id)
    entry = play_of(session, author.workspace_id, wish.key)
    refuse_start(entry, state, library(session, author.workspace_id))
    play = entry.play
    if wish.seen not in ("", mark_of_steps(play)) or len(play.steps) != len(wish.steps):
        raise Outdated(
            f"The steps of {play.name} were changed while this form was open, so nothing was started. "
            "Close it and start the play anew."
        )
    _require_valid_wish(wish, local_date(author.at, author.zone))
    for owner in dict.fromkeys(wanted.owner for wanted in wish.steps):
        full_member(session, author, owner)
    started = PlayStarted(play.key, play.name, wish.outcome_expected, wish.outcome_due_on, len(play.steps), play.motion)
    recorded = record_and_show(session, author, account_id, started)
    steps: list[tuple[str, Recorded]] = []
    for step, wanted in zip(play.steps, wish.steps, strict=True):
        # recorded without a line in the account's thread for each step: the line about the play has their number
        added = ActionAdded(step.text, wanted.owner, wanted.due_on, play_id=recorded.event.id)
        steps.append((wanted.owner, record(session, author, account_id, added)))
    # by person, so that all transactions that notify several people lock their messages in one order
    for _, step_added in sorted(steps, key=lambda pair: pair[0]):
        tell_at_once(session, author, step_added.event, step_added.after)
    return recorded


def end_play(
    session: Session,
    author: Author,
    account_id: int,
    play_id: int,
    *,
    what: PlayEnd,
    text: str,
    evidence: Sequence[Evidence] = (),
) -> Recorded:
    """Record the play's outcome, that none came by the date, or why it was stopped; its next actions stay.

    Raises Outdated when it does not run any more, FieldProblems for "no outcome" before the outcome is due, and for a
    text that is too long.
    """
    state = open_account(session, author, account_id)
    run = running_play(state, play_id)
    if what is PlayEnd.NONE and local_date(author.at, author.zone) <= run.outcome_due_on:
        raise FieldProblems(
            {
                "what": f"The outcome may come until {day_text(run.outcome_due_on)}. Record what the buyer did, "
                "or that the play was stopped and why."
            }
        )
    if len(text) > TEXT_LIMIT_CHARACTERS:
        raise FieldProblems({f"text/{play_id}": _too_long(text)})
    # the form asks what the buyer did, so its evidence is of their act
    shown = [replace(each, actor=EvidenceActor.BUYER) for each in evidence] if what is PlayEnd.OUTCOME else evidence
    pieces = with_actors(session, author, state, text=text, evidence=shown)
    return record_and_show(session, author, account_id, PlayEnded(play_id, what, text), evidence=pieces)


def running_play(state: AccountState, play_id: int) -> PlayRun:
    """Return the account's running play of this id. Raises Outdated when it ended or was taken back."""
    found = next((each for each in state.plays if each.id == play_id and each.end is None), None)
    if found is None:
        raise Outdated(f"That play does not run any more. See /account {state.name} plays.")
    return found


def _require_valid_wish(wish: PlayWish, today: date) -> None:
    """Raise FieldProblems for dates that have passed, and for an expected outcome that is missing or too long."""
    problems = {
        f"due/{index}": f"{day_text(step.due_on, today)} has passed. Choose today or a later date."
        for index, step in enumerate(wish.steps)
        if step.due_on < today
    }
    if wish.outcome_due_on < today:
        problems["outcome_due_on"] = f"{day_text(wish.outcome_due_on, today)} has passed. Choose today or a later date."
    if not wish.outcome_expected:
        problems[f"outcome/{wish.key}"] = "Say what the buyer will have done."
    elif len(wish.outcome_expected) > TEXT_LIMIT_CHARACTERS:
        problems[f"outcome/{wish.key}"] = _too_long(wish.outcome_expected)
    if problems:
        raise FieldProblems(problems)


def _too_long(text: str) -> str:
    return f"It has {len(text):,} characters; write at most {TEXT_LIMIT_CHARACTERS:,}."
