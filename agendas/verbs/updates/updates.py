"""Movement, blockers, next actions and decisions: what people report about an account."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from agendas.errors import NotAMember, Refused
from agendas.facts.account import AccountState, Blocker, NextAction, Stage
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Decided,
    ExpansionKind,
    Moved,
    Noted,
    NothingMoved,
)
from agendas.facts.evidence import Evidence
from agendas.facts.people import Author
from agendas.rules.history.asks import edit_of
from agendas.rules.history.news import news
from agendas.rules.signals.campaign_figures import note_text, only_campaign_figures
from agendas.text.days import day_said
from agendas.verbs.loading.recorded_since import telling_since_review
from agendas.verbs.loading.rows import is_member
from agendas.verbs.reads import accounts
from agendas.verbs.record.record import Recorded, current_state
from agendas.verbs.record.tell import tell
from agendas.verbs.updates.evidence import prove, with_actors, words_of_people
from agendas.verbs.updates.open_accounts import find_open, refuse_closed
from agendas.verbs.updates.settled import acknowledged_by, already_settled
from agendas.verbs.updates.tagged import SAY_HOW, is_tagged, require_asked
from storage import events, people
from storage.past_reviews import held_reviews


def move(
    session: Session,
    author: Author,
    account_id: int,
    *,
    text: str,
    to_stage: Stage | None = None,
    expansion: ExpansionKind | None = None,
    evidence: Sequence[Evidence] = (),
) -> Recorded:
    """Record movement: to a stage, an expansion, or news that changes no stage.

    A text and evidence that hold only campaign figures are recorded as a note, whatever stage they were told with.
    A stage that the account was claimed to be at takes the evidence as that of the step. Raises Refused when the
    account is at that stage with evidence, or is no longer on the list, and for evidence that cannot be.
    """
    found = find_open(session, author, account_id)
    state = found.state
    said = "\n".join((text, *(each.text for each in evidence if not each.url)))
    if only_campaign_figures(said, state.name):
        noted = Noted(note_text(text, tuple(each.url or each.text for each in evidence)))
        return tell(session, author, account_id, noted, found=found)
    if to_stage is not None and to_stage is state.stage:
        return prove(session, author, found, to_stage=to_stage, text=text, evidence=evidence)
    moved = Moved(text, to_stage.value if to_stage else None, expansion)
    pieces = with_actors(session, author, state, told=text, evidence=evidence, step=to_stage)
    pieces = pieces or words_of_people(session, author, state, text)
    return tell(session, author, account_id, moved, evidence=pieces, found=found)


def add_evidence(
    session: Session, author: Author, account_id: int, to_stage: Stage, *, evidence: Sequence[Evidence]
) -> Recorded:
    """Record evidence of the stage that the account was claimed to be at. Raises what `evidence.prove` raises."""
    found = find_open(session, author, account_id)
    return prove(session, author, found, to_stage=to_stage, text="", evidence=evidence)


def say_nothing_moved(session: Session, author: Author, account_id: int, *, text: str = "") -> Recorded:
    """Record that nothing moved, or nothing else after news of the same review.

    Raises Refused when the author said just that since the account's last review, and nothing happened since.
    """
    found = find_open(session, author, account_id)
    last = events.page(session, account_id, before_id=None, limit=1)
    is_mine = bool(last) and last[0].kind == "nothing_moved" and last[0].actor == author.user_id
    if is_mine and not text and not held_reviews.closings(session, [account_id], after=last[0].recorded_at):
        raise Refused(f"You said already that nothing moved at {found.state.name}, and nothing was recorded since.")
    besides_news = bool(news(telling_since_review(session, [account_id], author.at)))
    return tell(session, author, account_id, NothingMoved(text, besides_news), found=found)


def open_blocker(
    session: Session,
    author: Author,
    account_id: int,
    *,
    text: str,
    owner: str | None = None,
    needs: str | None = None,
    evidence: Sequence[Evidence] = (),
) -> Recorded:
    """Record a blocker; its owner is the author unless another is given."""
    found = find_open(session, author, account_id)
    owner = full_member(session, author, owner or author.user_id)
    pieces = with_actors(session, author, found.state, told=text, evidence=evidence)
    pieces = pieces or words_of_people(session, author, found.state, text)
    return tell(session, author, account_id, BlockerOpened(text, owner, needs), evidence=pieces, found=found)


def resolve_blocker(session: Session, author: Author, account_id: int, blocker_id: int, *, text: str = "") -> Recorded:
    """Record that the blocker is gone, and how.

    Raises AlreadySettled when it is not open, Refused when somebody whose help another one asked for says nothing.
    """
    found = find_open(session, author, account_id)
    blocker = _open_blocker(session, author, found.state, blocker_id)
    if not text and is_tagged(session, author, found.state, blocker):
        raise Refused(SAY_HOW)
    pieces = words_of_people(session, author, found.state, text)
    return tell(session, author, account_id, BlockerChanged(blocker_id, "resolved", text), evidence=pieces)


def answer_blocker(session: Session, author: Author, account_id: int, blocker_id: int, *, text: str) -> Recorded:
    """Record what whoever the blocker waits for says of it, and so has seen it. Raises as `acknowledge_blocker`."""
    found = find_open(session, author, account_id)
    require_asked(session, author, found.state, _open_blocker(session, author, found.state, blocker_id))
    return tell(session, author, account_id, BlockerChanged(blocker_id, "answered", text))


def acknowledge_blocker(session: Session, author: Author, account_id: int, blocker_id: int) -> Recorded:
    """Record that whoever the blocker waits for saw it. Raises AlreadySettled; Refused where it waits for another."""
    found = find_open(session, author, account_id)
    blocker = _open_blocker(session, author, found.state, blocker_id)
    if blocker.acknowledged_at is not None:
        raise acknowledged_by(session, author, account_id, blocker_id)
    require_asked(session, author, found.state, blocker)
    return tell(session, author, account_id, BlockerChanged(blocker_id, "acknowledged"))


def still_blocked(session: Session, author: Author, account_id: int, blocker_id: int) -> Recorded:
    """Record that the blocker is still there. Raises AlreadySettled when it is not open."""
    open_blocker_of(session, author, account_id, blocker_id)
    return tell(session, author, account_id, BlockerChanged(blocker_id, "updated"))


def add_action(
    session: Session,
    author: Author,
    account_id: int,
    *,
    text: str,
    due_on: date,
    owner: str | None = None,
    outcome_expected: str = "",
    evidence: Sequence[Evidence] = (),
    decision_id: int | None = None,
) -> Recorded:
    """Record a next action; its owner is the author unless another is given.

    `decision_id` is the event of the intervention that asks for it, if one does.
    """
    found = find_open(session, author, account_id)
    owner = full_member(session, author, owner or author.user_id)
    added = ActionAdded(text, owner, due_on, outcome_expected, decision_id=decision_id)
    pieces = with_actors(session, author, found.state, told=text, evidence=evidence)
    return tell(session, author, account_id, added, evidence=pieces, found=found)


def close_action(
    session: Session,
    author: Author,
    account_id: int,
    action_id: int,
    *,
    done: bool,
    text: str = "",
    evidence: Sequence[Evidence] = (),
) -> Recorded:
    """Record that a next action was done or dropped. Raises AlreadySettled when it is not open."""
    open_action_of(session, author, account_id, action_id)
    changed = ActionChanged(action_id, "done" if done else "dropped", None, text)
    state = account_to_update(session, author, account_id)
    pieces = with_actors(session, author, state, told=text, evidence=evidence)
    pieces = pieces or words_of_people(session, author, state, text)
    return tell(session, author, account_id, changed, evidence=pieces)


def slip_action(
    session: Session, author: Author, account_id: int, action_id: int, *, due_on: date, text: str = ""
) -> Recorded:
    """Record a later date for a next action.

    Raises AlreadySettled when it is not open, Refused when the date is not later.
    """
    action = open_action_of(session, author, account_id, action_id)
    if due_on <= action.due_on:
        raise Refused(f"It is due on {day_said(action.due_on)}; give a later date.")
    return tell(session, author, account_id, ActionChanged(action_id, "slipped", due_on, text))


def edit_action(
    session: Session, author: Author, account_id: int, action_id: int, *, text: str, owner: str, due_on: date
) -> list[Recorded]:
    """Record what is new of an open action's text, owner and day; a later day is a slip.

    Raises AlreadySettled when it is not open, Refused when nothing is new, CannotOwn for who cannot have it.
    """
    action = open_action_of(session, author, account_id, action_id)
    if (text, owner, due_on) == (action.text, action.owner, action.due_on):
        raise Refused("Nothing of it was changed. Give another owner, text or date, or press Cancel.")
    if owner != action.owner:
        full_member(session, author, owner)
    is_slip = due_on > action.due_on
    recorded = [slip_action(session, author, account_id, action_id, due_on=due_on)] if is_slip else []
    if (text, owner) != (action.text, action.owner) or due_on < action.due_on:
        found = find_open(session, author, account_id)
        edited = edit_of(found.state, action_id, owner=owner, text=text, due_on=due_on)
        recorded.append(tell(session, author, account_id, edited, found=found))
    return recorded


def decide(session: Session, author: Author, account_id: int, decided: Decided) -> Recorded:
    """Record what a review decided; changes of tier or list are verbs of their own (`list.change`)."""
    found = find_open(session, author, account_id)
    return tell(session, author, account_id, replace(decided, asks_stand=True), found=found)


def full_member(session: Session, author: Author, user_id: str) -> str:
    """Return the user id if it is a full and active member's. Raises NotAMember for anybody else."""
    person = people.find(session, author.workspace_id, user_id)
    if not is_member(person):
        raise NotAMember(user_id, (person.name if person else "") or "That person")
    return user_id


def open_account(session: Session, author: Author, account_id: int) -> AccountState:
    """Return the account's state, locked for a change.

    Raises Outdated when it does not exist, Refused when it left the list.
    """
    return find_open(session, author, account_id).state


def account_to_update(session: Session, author: Author, account_id: int, *, closed_too: bool = False) -> AccountState:
    """Return the account's state for a form, without a lock. Raises what `open_account` raises."""
    state = current_state(session, accounts.get_account(session, author.workspace_id, account_id))
    if not closed_too:
        refuse_closed(session, author, state)
    return state


def open_blocker_of(session: Session, author: Author, account_id: int, blocker_id: int) -> Blocker:
    """Return the account's open blocker of this id. Raises AlreadySettled when it is resolved or gone."""
    return _open_blocker(session, author, open_account(session, author, account_id), blocker_id)


def _open_blocker(session: Session, author: Author, account: AccountState, blocker_id: int) -> Blocker:
    for blocker in account.open_blockers:
        if blocker.id == blocker_id:
            return blocker
    raise already_settled(
        session, author, account.account_id, [blocker_id], otherwise="That blocker is resolved already."
    )


def open_action_of(session: Session, author: Author, account_id: int, action_id: int) -> NextAction:
    """Return the account's open next action of this id. Raises AlreadySettled when it is closed or gone."""
    for action in open_account(session, author, account_id).open_actions:
        if action.id == action_id:
            return action
    raise already_settled(session, author, account_id, [action_id], otherwise="That next action is closed already.")
