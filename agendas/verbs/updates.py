"""Updates: what people report about an account, by forms, buttons, commands and replies."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import CannotOwn, FieldProblems, NotAMember, NothingShows, Outdated, Refused
from agendas.facts.account import AccountState, ActionStatus, Blocker, Decision, EventFacts, NextAction, Stage
from agendas.facts.answered_items import OfAccount
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Corrected,
    Decided,
    ExpansionKind,
    Moved,
    Noted,
    NothingMoved,
)
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor, WaitingSet
from agendas.facts.group import Contact
from agendas.facts.interventions import AskAnswered, AskTaken, ExecutiveMet
from agendas.facts.people import Author
from agendas.rules.access import asked_of
from agendas.rules.entries import uncorrected
from agendas.rules.executive import MeetingReport
from agendas.rules.fold import CLOSING, action_of, edit_of, settling_event
from agendas.rules.group import contact_named
from agendas.rules.history import AUTOMATIC, counted_news
from agendas.rules.movement import problems_of, refusal_of
from agendas.rules.nudging import is_asked, item_of
from agendas.rules.signals import note_text, only_campaign_figures
from agendas.rules.update_words import (
    ActionUpdate,
    ActionWords,
    BlockerWords,
    MoveWords,
    ResolvedWords,
    SettledWords,
    WaitWords,
    named_by,
)
from agendas.text.dates import day_text, local_date
from agendas.text.evidence import take_links
from agendas.text.limits import shown
from agendas.text.vocabulary import STAGE_LABELS
from agendas.verbs import reads
from agendas.verbs.evidence import find_open, note_of_buyers_act, prove, refuse_closed, with_actors
from agendas.verbs.letters import confirm
from agendas.verbs.loading import event_facts, is_member, names, needed_by, relevant_since_review
from agendas.verbs.measures import note_ask_taken
from agendas.verbs.record import Recorded, current_state, record_and_show
from agendas.verbs.roster import acts_for
from storage import accounts, events, nudging, past_reviews, people, reviews
from storage.models.following import FollowUp

# Movement, blockers, next actions and decisions: what people report about an account.


def move(
    session: Session,
    author: Author,
    account_id: int,
    *,
    text: str,
    to_stage: Stage | None = None,
    expansion: ExpansionKind | None = None,
    evidence: Sequence[Evidence] = (),
    happened_on: date | None = None,
) -> Recorded:
    """Record movement: to a stage, an expansion, or news that changes no stage, on the day `happened_on`, else today.

    A text and evidence that hold only campaign figures are recorded as a note, whatever stage they were given with.
    If the account was only claimed to be at that stage, the evidence proves the earlier step. Raises Refused if the
    account is at that stage with evidence, reached its stage after that day, or left the list, and for evidence that
    `with_actors` refuses; FieldProblems for a day to come.
    """
    found = find_open(session, author, account_id)
    state, happened_at = found.state, instant_of(author, happened_on)
    all_text = "\n".join((text, *(each.text for each in evidence if not each.url)))
    if only_campaign_figures(all_text, state.name):
        noted = Noted(note_text(text, tuple(each.url or each.text for each in evidence)))
        return record_and_show(session, author, account_id, noted, happened_at=happened_at, found=found)
    if to_stage is not None and to_stage is state.stage:
        return prove(session, author, found, to_stage=to_stage, text=text, evidence=evidence)
    if to_stage is not None and state.stage_since is not None and happened_at < state.stage_since:
        since = local_date(state.stage_since, author.zone)
        raise Refused(
            f"{state.name} is at {STAGE_LABELS[state.stage]} since {day_text(since)}: a step of "
            f"{day_text(local_date(happened_at, author.zone))} would not be its last. Give a later day, or leave the "
            "stage out."
        )
    moved = Moved(text, to_stage.value if to_stage else None, expansion)
    pieces = with_actors(session, author, state, text=text, evidence=evidence, step=to_stage)
    # without evidence the text itself is evidence, of no step, if it says what somebody on the buyer's side did
    pieces = pieces or note_of_buyers_act(session, author, state, text)
    return record_and_show(session, author, account_id, moved, evidence=pieces, happened_at=happened_at, found=found)


def add_evidence(
    session: Session, author: Author, account_id: int, to_stage: Stage, *, evidence: Sequence[Evidence]
) -> Recorded:
    """Record evidence of the stage that the account was claimed to be at. Raises what `evidence.prove` raises."""
    found = find_open(session, author, account_id)
    return prove(session, author, found, to_stage=to_stage, text="", evidence=evidence)


def say_nothing_moved(session: Session, author: Author, account_id: int, *, text: str = "") -> Recorded:
    """Record that nothing moved, or nothing beyond the news recorded for the same review.

    Raises Refused when the author said just that since the account's last review, and nothing was recorded since,
    unless they add a text.
    """
    found = find_open(session, author, account_id)
    last = events.page(session, account_id, before_id=None, limit=1)
    is_mine = bool(last) and last[0].kind == "nothing_moved" and last[0].actor == author.user_id
    if is_mine and not text and not past_reviews.closings(session, [account_id], after=last[0].recorded_at):
        raise Refused(f"You said already that nothing moved at {found.state.name}, and nothing was recorded since.")
    besides_news = bool(counted_news(relevant_since_review(session, [account_id], author.at)))
    return record_and_show(session, author, account_id, NothingMoved(text, besides_news), found=found)


def open_blocker(
    session: Session,
    author: Author,
    account_id: int,
    *,
    text: str,
    owner: str | None = None,
    needs: str | None = None,
    evidence: Sequence[Evidence] = (),
    happened_on: date | None = None,
) -> Recorded:
    """Record a blocker, since `happened_on` or today; its owner is the author unless another is given.

    Without evidence the text itself is evidence, if it says what somebody on the buyer's side did.
    """
    found, happened_at = find_open(session, author, account_id), instant_of(author, happened_on)
    owner = full_member(session, author, owner or author.user_id)
    pieces = with_actors(session, author, found.state, text=text, evidence=evidence)
    pieces = pieces or note_of_buyers_act(session, author, found.state, text)
    opened = BlockerOpened(text, owner, needs)
    return record_and_show(session, author, account_id, opened, evidence=pieces, happened_at=happened_at, found=found)


def resolve_blocker(
    session: Session,
    author: Author,
    account_id: int,
    blocker_id: int,
    *,
    text: str = "",
    evidence: Sequence[Evidence] = (),
) -> Recorded:
    """Record that the blocker is gone, and how.

    Without evidence the text itself is evidence, if it says what somebody on the buyer's side did. Raises
    AlreadySettled when it is not open, Refused without a text if somebody else asked the author for help.
    """
    found = find_open(session, author, account_id)
    blocker = _open_blocker(session, author, found.state, blocker_id)
    if not text and is_tagged(session, author, found.state, blocker):
        raise Refused(
            "Say how it was resolved, as those who waited for you are told: by Resolve beside it in your Home, or by "
            "`/blocker ACCOUNT resolve TEXT`."
        )
    pieces = with_actors(session, author, found.state, text=text, evidence=evidence)
    pieces = pieces or note_of_buyers_act(session, author, found.state, text)
    return record_and_show(session, author, account_id, BlockerChanged(blocker_id, "resolved", text), evidence=pieces)


def answer_blocker(session: Session, author: Author, account_id: int, blocker_id: int, *, text: str) -> Recorded:
    """Record the answer of whom the blocker waits for. Raises AlreadySettled if it is not open, Refused for others."""
    found = find_open(session, author, account_id)
    require_asked(session, author, found.state, _open_blocker(session, author, found.state, blocker_id))
    return record_and_show(session, author, account_id, BlockerChanged(blocker_id, "answered", text))


def acknowledge_blocker(session: Session, author: Author, account_id: int, blocker_id: int) -> Recorded:
    """Record that whom the blocker waits for saw it. Raises AlreadySettled if not open or seen, Refused for others."""
    found = find_open(session, author, account_id)
    blocker = _open_blocker(session, author, found.state, blocker_id)
    if blocker.acknowledged_at is not None:
        raise _acknowledged_by(session, author, account_id, blocker_id)
    require_asked(session, author, found.state, blocker)
    return record_and_show(session, author, account_id, BlockerChanged(blocker_id, "acknowledged"))


def still_blocked(session: Session, author: Author, account_id: int, blocker_id: int) -> Recorded:
    """Record that the blocker is still there. Raises AlreadySettled when it is not open."""
    _open_blocker(session, author, open_account(session, author, account_id), blocker_id)
    return record_and_show(session, author, account_id, BlockerChanged(blocker_id, "updated"))


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
    """Record a next action, owned by the author unless another is given; `decision_id`: the intervention it is for."""
    found = find_open(session, author, account_id)
    owner = full_member(session, author, owner or author.user_id)
    added = ActionAdded(text, owner, due_on, outcome_expected, decision_id=decision_id)
    pieces = with_actors(session, author, found.state, text=text, evidence=evidence)
    return record_and_show(session, author, account_id, added, evidence=pieces, found=found)


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
    """Record that a next action was done or dropped. Raises AlreadySettled when it is not open.

    Without evidence the text itself is evidence, if it says what somebody on the buyer's side did.
    """
    open_action_of(session, author, account_id, action_id)
    changed = ActionChanged(action_id, "done" if done else "dropped", None, text)
    state = account_to_update(session, author, account_id)
    pieces = with_actors(session, author, state, text=text, evidence=evidence)
    pieces = pieces or note_of_buyers_act(session, author, state, text)
    return record_and_show(session, author, account_id, changed, evidence=pieces)


def slip_action(
    session: Session, author: Author, account_id: int, action_id: int, *, due_on: date, text: str = ""
) -> Recorded:
    """Record a later date for a next action. Raises AlreadySettled, and Refused when the date is not later."""
    action = open_action_of(session, author, account_id, action_id)
    if due_on <= action.due_on:
        raise Refused(f"It is due on {day_text(action.due_on)}; give a later date.")
    return record_and_show(session, author, account_id, ActionChanged(action_id, "slipped", due_on, text))


def edit_action(
    session: Session, author: Author, account_id: int, action_id: int, *, text: str, owner: str, due_on: date
) -> list[Recorded]:
    """Record the changes of an open action's text, owner and day; a later day is a slip.

    Raises AlreadySettled when it is not open, Refused when nothing changes, CannotOwn for somebody who cannot own it.
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
        recorded.append(record_and_show(session, author, account_id, edited, found=found))
    return recorded


def decide(session: Session, author: Author, account_id: int, decided: Decided) -> Recorded:
    """Record what a review decided, and nothing else: `account_list` changes the tier or the list itself."""
    found = find_open(session, author, account_id)
    return record_and_show(session, author, account_id, decided, found=found)


# The account, blocker or next action that an update is about: open still, or the refusal says who settled it and when.


def open_account(session: Session, author: Author, account_id: int) -> AccountState:
    """Return the account's state, locked for a change. Raises Outdated without it, Refused once it left the list."""
    return find_open(session, author, account_id).state


def account_to_update(session: Session, author: Author, account_id: int, *, closed_too: bool = False) -> AccountState:
    """Return the account's state for a form, without a lock. Raises what `open_account` raises.

    With `closed_too` an account that left the list is returned as well, and not refused.
    """
    state = current_state(session, reads.get_account(session, author.workspace_id, account_id))
    if not closed_too:
        refuse_closed(session, author, state)
    return state


def _open_blocker(session: Session, author: Author, account: AccountState, blocker_id: int) -> Blocker:
    """Return the account's open blocker of this id. Raises AlreadySettled when it is resolved or gone."""
    for blocker in account.open_blockers:
        if blocker.id == blocker_id:
            return blocker
    was_there = any(each.id == blocker_id for each in account.blockers)
    sentence = "That blocker is resolved already." if was_there else f"{account.name} has no such blocker."
    raise already_settled(session, author, account.account_id, [blocker_id], otherwise=sentence)


def open_action_of(session: Session, author: Author, account_id: int, action_id: int) -> NextAction:
    """Return the account's open next action of this id. Raises AlreadySettled when it is closed or gone."""
    return _open_action(session, author, open_account(session, author, account_id), action_id)


def _open_action(session: Session, author: Author, account: AccountState, action_id: int) -> NextAction:
    """Return the account's open next action of this id. Raises AlreadySettled when it is closed or gone."""
    for action in account.open_actions:
        if action.id == action_id:
            return action
    was_there = any(each.id == action_id for each in account.actions)
    sentence = "That next action is closed already." if was_there else f"{account.name} has no such next action."
    raise already_settled(session, author, account.account_id, [action_id], otherwise=sentence)


def full_member(session: Session, author: Author, user_id: str) -> str:
    """Return the user id if it is a full and active member's. Raises NotAMember for anybody else."""
    person = people.find(session, author.workspace_id, user_id)
    if not is_member(person):
        raise NotAMember(user_id, (person.name if person else "") or "That person")
    return user_id


SETTLED = {"done": "marked it as done", "dropped": "dropped it", "resolved": "resolved it"}


class AlreadySettled(Outdated):
    """The action, blocker or ask is not open any more; the sentence says who settled it, and when."""


def already_settled(
    session: Session, author: Author, account_id: int, numbers: Collection[int], *, otherwise: str
) -> AlreadySettled:
    """Return the refusal to close again the item that the events `numbers` opened.

    Times are in the author's zone. `otherwise` is the sentence if the history does not show who settled it.
    """
    closed = map(event_facts, events.of_accounts(session, [account_id], CLOSING, after_id=min(numbers)))
    event = settling_event(closed, numbers)
    if event is None:
        return AlreadySettled(otherwise)
    who, when = _who(session, author, event.actor), _when(event.recorded_at, author)
    return AlreadySettled(f"{who} {_how_settled(event)} {when}.")


def _acknowledged_by(session: Session, author: Author, account_id: int, blocker_id: int) -> AlreadySettled:
    """Return the refusal for a blocker that somebody acknowledged before."""
    for event in map(event_facts, events.of_accounts(session, [account_id], ["blocker_changed"], after_id=blocker_id)):
        change = event.change
        if isinstance(change, BlockerChanged) and (change.blocker_id, change.what) == (blocker_id, "acknowledged"):
            when = _when(event.recorded_at, author)
            return AlreadySettled(f"{_who(session, author, event.actor)} acknowledged it {when}.")
    return AlreadySettled("That blocker is acknowledged already.")


def _who(session: Session, author: Author, user_id: str) -> str:
    if user_id == author.user_id:
        return "You"
    return names(session, author.workspace_id, [user_id]).get(user_id) or "Somebody"


def _how_settled(event: EventFacts) -> str:
    """What the event did to settle the item, in words that follow a name."""
    match event.change:
        case ActionChanged(what=what) | BlockerChanged(what=what):
            return SETTLED.get(what, "changed it")
        case Corrected(because=because):
            return "corrected its entry" if because else "took its entry back"
    return "answered it"


def _when(at: datetime, author: Author) -> str:
    """The instant in words and in the author's zone, the day only if it is not today."""
    local = at.astimezone(ZoneInfo(author.zone))
    if local.date() == local_date(author.at, author.zone):
        return f"at {local:%H:%M}"
    year = "" if local.year == local_date(author.at, author.zone).year else f" {local.year}"
    return f"on {day_text(local.date())}{year} at {local:%H:%M}"


# Blockers for which a person's help was asked: that person says how they were resolved; nobody else acknowledges them.

WAITS_FOR_ANOTHER = (
    "That blocker waits for {who}: they alone acknowledge or answer it. What you know of it goes into Update; press "
    "Resolve once it is gone."
)


def is_tagged(session: Session, author: Author, account: AccountState, blocker: Blocker) -> bool:
    """Return true if somebody else asked for the author's help by opening the blocker: as its owner, or by function."""
    leads = needed_by(session, author.workspace_id, (blocker.needs,))
    if author.user_id not in (blocker.owner, asked_of(blocker.needs, account.profile, leads)):
        return False
    opened = events.get(session, author.workspace_id, blocker.id)
    return opened is not None and opened.actor != author.user_id and opened.source not in AUTOMATIC


def require_asked(session: Session, author: Author, account: AccountState, blocker: Blocker) -> None:
    """Raise Refused where the blocker waits for somebody else, who would not be nudged any more once it is answered."""
    if blocker.id in answerable_blockers(session, author, account):
        return
    # a blocker that nobody is nudged about may be answered by anybody, so there is a row for the one refused here
    [followed] = nudging.of_events(session, author.workspace_id, (blocker.id,))
    leads = needed_by(session, author.workspace_id, (blocker.needs,))
    # who is nudged now; before the first nudge who will be asked, the owner where no help is needed
    whom = followed.user_id or asked_of(blocker.needs, account.profile, leads) or blocker.owner or ""
    found = names(session, author.workspace_id, [whom])
    raise Refused(WAITS_FOR_ANOTHER.format(who=found.get(whom) or "somebody else"))


def answerable_blockers(session: Session, author: Author, account: AccountState) -> frozenset[int]:
    """Return the ids of the account's open blockers that the author may acknowledge or answer.

    They need the help of the author or of somebody for whom the author stands in; or nobody is nudged about them, since
    they were escalated or came with an import.
    """
    blockers = account.open_blockers
    if not blockers:
        return frozenset()
    rows = nudging.of_events(session, author.workspace_id, [each.id for each in blockers])
    nudged = {row.event_id: row for row in rows if row.escalated_at is None}
    leads = needed_by(session, author.workspace_id, (each.needs for each in blockers))
    person = people.find(session, author.workspace_id, author.user_id)
    function, zone = (person.function, person.time_zone) if person is not None else (None, "UTC")
    represented = acts_for(session, author.workspace_id, author.user_id, now=author.at, zone=zone)
    of_account = OfAccount.of(account)

    def may_answer(blocker: Blocker, row: FollowUp | None) -> bool:
        """True where nobody is nudged (no `row`), or the author or whom they stand in for is nudged or asked."""
        asked = item_of(of_account, blocker, leads)
        return row is None or row.user_id in represented or any(is_asked(asked, each, function) for each in represented)

    return frozenset(each.id for each in blockers if may_answer(each, nudged.get(each.id)))


# Asks of interventions: answered, or taken by somebody other than the person asked.


def answer_ask(session: Session, author: Author, decision_id: int, *, answer: str = "") -> Recorded:
    """Record that the ask of this decision is answered: by closing the open action that the decision made, if any.

    `answer` is the text of the answer, if given. Raises Outdated when there is no such decision,
    AlreadySettled when the ask is answered already, Refused when the account left the list.
    """
    state = open_account(session, author, account_of_ask(session, author, decision_id))
    ask = _open_ask(session, author, state, decision_id)
    action = action_of(ask, state.actions)
    if action is not None and action.status is ActionStatus.OPEN:
        return close_action(session, author, state.account_id, action.id, done=True, text=answer)
    return record_and_show(session, author, state.account_id, AskAnswered(decision_id, ask.text, answer))


def take_ask(session: Session, author: Author, decision_id: int) -> Recorded:
    """Record that the author takes what this decision asked for, with the next action that it made.

    Raises Refused if it is theirs or the account left the list, Outdated without a decision, AlreadySettled if done.
    """
    state = open_account(session, author, account_of_ask(session, author, decision_id))
    ask = _open_ask(session, author, state, decision_id)
    if ask.ask_of == author.user_id:
        raise Refused(f"What was asked for {state.name} is yours already: {shown(ask.text)}.")
    # also noted as an act on the executive page of this month
    note_ask_taken(session, author, local_date(author.at, author.zone))
    return record_and_show(session, author, state.account_id, AskTaken(decision_id, ask.text))


def account_of_ask(session: Session, author: Author, decision_id: int) -> int:
    """Return the id of the account that the decision is about. Raises Outdated without the decision."""
    decided = events.get(session, author.workspace_id, decision_id)
    if decided is None:
        raise Outdated("That decision is not in the history.")
    return decided.account_id


def _open_ask(session: Session, author: Author, state: AccountState, decision_id: int) -> Decision:
    """Return the account's open ask of this decision. Raises AlreadySettled when it is answered or gone."""
    for ask in state.open_asks:
        if ask.event_id == decision_id:
            return ask
    # an ask is answered too when the action that the decision made is done
    added = map(event_facts, events.of_accounts(session, [state.account_id], ["action_added"], after_id=decision_id))
    action_ids = [
        each.id for each in added if isinstance(each.change, ActionAdded) and each.change.decision_id == decision_id
    ]
    sentence = f"What was asked for {state.name} is answered already."
    raise already_settled(session, author, state.account_id, [decision_id, *action_ids], otherwise=sentence)


# Meetings of our executives with the buyer's.


def record_meeting(session: Session, author: Author, account_id: int, report: MeetingReport) -> Recorded:
    """Record a meeting of one of our people with one of the account's, on the day it took place.

    A meeting is an act of the buyer too, so it ends their silence. Raises FieldProblems for a day to come, NotAMember
    for somebody of ours who is no active full member, Refused when the account left the list.
    """
    found = find_open(session, author, account_id)
    ours = full_member(session, author, report.ours or author.user_id)
    happened_at = instant_of(author, report.on)
    contact = contact_named(report.theirs, found.state.contacts)
    met = ExecutiveMet(ours, _with_title(report.theirs, contact), report.text, contact.id if contact else None)
    url = next((link.url for link in take_links(met.text, happened_at)[1]), "")
    evidence = Evidence(
        "meeting",
        happened_at,
        url=url,
        kind="meeting",
        actor=EvidenceActor.BUYER,
        act=BuyerAct.MEETING,
        contact_ids=(met.contact_id,) if met.contact_id else (),
    )
    return record_and_show(session, author, account_id, met, evidence=(evidence,), happened_at=happened_at, found=found)


def instant_of(author: Author, on: date | None) -> datetime:
    """Return the instant for something that happened that day: now, or noon of an earlier day in the author's zone."""
    today = local_date(author.at, author.zone)
    if on is None or on == today:
        return author.at
    if on > today:
        raise FieldProblems({"on": f"{day_text(on, today)} has not come yet. Record it once it happened."})
    return datetime.combine(on, time(12), ZoneInfo(author.zone)).astimezone(UTC)


def _with_title(written: str, contact: Contact | None) -> str:
    """`NAME, TITLE` of the contact, title as written (`Dana, CFO`) if none is stored; all as written for nobody."""
    if contact is None:
        return " ".join(written.split())
    title = contact.profile.title or written.partition(",")[2].strip()
    return f"{contact.profile.name}, {title}" if title else contact.profile.name


# Dates that the buyer confirmed, for which an account waits.


def wait_for(
    session: Session, author: Author, account_id: int, wanted: WaitingSet, *, evidence: Sequence[Evidence]
) -> Recorded:
    """Record a date to wait for; it replaces the one before. The actor of the evidence is chosen or read.

    Raises:
        FieldProblems: for a date that has passed or is too far ahead, and without evidence of its own that the buyer
            confirmed it.
        Refused: for an account that is not named, or was excused at two held reviews in a row, and for evidence that
            cannot be.
    """
    account = open_account(session, author, account_id)
    if refusal := refusal_of(account, _excused_before(session, author.workspace_id, account_id)):
        raise Refused(refusal)
    pieces = with_actors(session, author, account, text=wanted.text, evidence=evidence)
    today, shown = local_date(author.at, author.zone), _shown_before(session, account_id)
    if problems := problems_of(wanted.until, pieces, today=today, shown=shown):
        raise FieldProblems(problems)
    return record_and_show(session, author, account_id, wanted, evidence=pieces)


def _excused_before(session: Session, workspace_id: str, account_id: int) -> int:
    """The number of held reviews in a row, up to its last one, at which a confirmed date excused the account."""
    row = accounts.get(session, workspace_id, account_id)
    held_item_id = row.held_item_id if row else None
    found = past_reviews.held(session, [held_item_id] if held_item_id else [], with_states=False)
    return found[account_id].excused_reviews if account_id in found else 0


def _shown_before(session: Session, account_id: int) -> dict[str, date]:
    """The dates that the account waited for, without corrected ones, by each link given as evidence."""
    counting = uncorrected(map(event_facts, events.of_accounts(session, [account_id], ["waiting_set", "corrected"])))
    return {
        piece.url: event.change.until
        for event in counting
        if isinstance(event.change, WaitingSet)
        for piece in event.evidence
        if piece.url
    }


# Reports of several things at once: open blockers or promises that changed, and a new one.


@dataclass(frozen=True, slots=True)
class BlockerReport:
    """Changes of open blockers as (blocker id, acknowledged or resolved), and a new one if there is a text."""

    changed: tuple[tuple[int, str], ...]
    text: str
    owner: str
    needs: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PromiseReport:
    """The change of one promise: `change` is done, slipped (to `due_on`) or dropped, `text` why."""

    action_id: int
    change: str
    due_on: date | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ActionReport:
    """Changes of promises, and a new next action if `text` is not empty."""

    promises: tuple[PromiseReport, ...]
    text: str
    owner: str
    due_on: date
    outcome_expected: str


@dataclass(frozen=True, slots=True)
class MovementReport:
    """Movement: to a stage, an expansion, or news that changes no stage, with what shows it."""

    text: str
    to_stage: Stage | None
    expansion: ExpansionKind | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class AccountReport:
    """Everything that a person reports of one account at once; `nothing_moved` where they say that nothing moved."""

    movement: MovementReport | None
    nothing_moved: bool
    actions: ActionReport
    changed_blockers: tuple[tuple[int, str], ...]

    @property
    def numbers(self) -> frozenset[int]:
        """The ids of the actions and blockers that it is about."""
        actions = (promise.action_id for promise in self.actions.promises)
        return frozenset((*actions, *(number for number, _ in self.changed_blockers)))

    @property
    def is_empty(self) -> bool:
        content = self.movement or self.actions.text or self.actions.promises or self.changed_blockers
        return not content and not self.nothing_moved


class ClosedMeanwhile(Outdated):
    """Actions or blockers of a report are not open any more; `numbers` are their ids."""

    def __init__(self, numbers: Collection[int]) -> None:
        self.numbers = frozenset(numbers)
        super().__init__("Somebody closed a part of this meanwhile.")


def report_account(session: Session, author: Author, account_id: int, report: AccountReport) -> list[Recorded]:
    """Record all of it, movement first.

    Raises:
        Refused, Outdated: when the account takes no updates.
        ClosedMeanwhile: when actions or blockers are not open any more.
        FieldProblems: with a sentence for the part that cannot be recorded, by the name of its field.
    """
    state = open_account(session, author, account_id)
    open_ids = {action.id for action in state.open_actions} | {blocker.id for blocker in state.open_blockers}
    if closed := report.numbers - open_ids:
        raise ClosedMeanwhile(closed)
    recorded: list[Recorded] = []
    if report.movement is not None:
        with _as_problem_of("text", shows="evidence"):
            recorded.append(report_movement(session, author, account_id, report.movement))
    for promise in report.actions.promises:
        with _as_problem_of(f"{'later' if promise.change == 'slipped' else 'was'}/{promise.action_id}"):
            recorded.append(_close_or_slip(session, author, account_id, promise))
    for blocker_id, change in report.changed_blockers:
        with _as_problem_of(f"open/{blocker_id}"):
            how = report.movement.text if report.movement is not None else ""
            recorded.append(_change_blocker(session, author, account_id, (blocker_id, change), how=how))
    with _as_problem_of("next", member="owner"):
        recorded += report_actions(session, author, account_id, replace(report.actions, promises=()))
    if report.nothing_moved:
        # after the rest: repeating that nothing moved is refused unless something was recorded since
        with _as_problem_of("nothing"):
            recorded.append(say_nothing_moved(session, author, account_id))
    return recorded


@contextmanager
def _as_problem_of(field: str, *, shows: str = "", member: str = "") -> Iterator[None]:
    """Raise a refusal as a problem of this form field: of `shows` for missing evidence, of `member` for a person."""
    try:
        yield
    except NothingShows as error:
        raise FieldProblems({shows or field: str(error)}) from error
    except CannotOwn as error:
        raise FieldProblems({member or field: str(error)}) from error
    except (Refused, Outdated) as error:
        raise FieldProblems({field: str(error)}) from error


def report_movement(session: Session, author: Author, account_id: int, report: MovementReport) -> Recorded:
    return move(
        session,
        author,
        account_id,
        text=report.text,
        to_stage=report.to_stage,
        expansion=report.expansion,
        evidence=report.evidence,
    )


def report_blockers(session: Session, author: Author, account_id: int, report: BlockerReport) -> list[Recorded]:
    """Record the changes of open blockers, then the new one. Raises Outdated for a blocker that is not open."""
    recorded = [_change_blocker(session, author, account_id, changed) for changed in report.changed]
    if report.text:
        opened = open_blocker(
            session,
            author,
            account_id,
            text=report.text,
            owner=report.owner or None,
            needs=report.needs or None,
            evidence=report.evidence,
        )
        recorded.append(opened)
    return recorded


def _change_blocker(
    session: Session, author: Author, account_id: int, changed: tuple[int, str], *, how: str = ""
) -> Recorded:
    """Record that the blocker was resolved or acknowledged; `how` it was resolved is the text of the same report."""
    blocker_id, change = changed
    if change == "resolved":
        return resolve_blocker(session, author, account_id, blocker_id, text=how)
    return acknowledge_blocker(session, author, account_id, blocker_id)


def report_actions(session: Session, author: Author, account_id: int, report: ActionReport) -> list[Recorded]:
    """Record the changes of promises, then the new next action. Raises Outdated for an action that is not open."""
    recorded = [_close_or_slip(session, author, account_id, promise) for promise in report.promises]
    if report.text:
        added = add_action(
            session,
            author,
            account_id,
            text=report.text,
            due_on=report.due_on,
            owner=report.owner or None,
            outcome_expected=report.outcome_expected,
        )
        recorded.append(added)
    return recorded


def _close_or_slip(session: Session, author: Author, account_id: int, promise: PromiseReport) -> Recorded:
    """Record the promise as slipped to its day, done or dropped."""
    action_id = promise.action_id
    if promise.change == "slipped" and promise.due_on is not None:
        return slip_action(session, author, account_id, action_id, due_on=promise.due_on, text=promise.text)
    return close_action(session, author, account_id, action_id, done=promise.change == "done", text=promise.text)


# Updates as typed after a command: /move, /blocker and /next, or as written in an account's thread.

ASKED = {
    ActionUpdate.DONE: "Which one is done?",
    ActionUpdate.SLIPPED: "Which one slipped?",
    ActionUpdate.DROPPED: "Which one is dropped?",
    ActionUpdate.GIVEN: "Which one is given away?",
}
IS_IT = {
    ActionUpdate.DONE: "Is it done?",
    ActionUpdate.SLIPPED: "Did it slip?",
    ActionUpdate.DROPPED: "Is it dropped?",
    ActionUpdate.GIVEN: "Is it given away?",
}


class WhichAction(Refused):
    """The next action that is meant has to be asked; `actions` are the open ones, which may be none."""

    def __init__(self, sentence: str, actions: tuple[NextAction, ...]) -> None:
        self.actions = actions
        super().__init__(sentence)


class WhichBlocker(Refused):
    """The blocker that is meant has to be asked; `blockers` are the open ones, which may be none."""

    def __init__(self, sentence: str, blockers: tuple[Blocker, ...]) -> None:
        self.blockers = blockers
        super().__init__(sentence)


def move_typed(session: Session, author: Author, account_id: int, words: MoveWords) -> Recorded:
    """Record movement, or that nothing moved."""
    if words.nothing:
        return _confirmed(session, author, say_nothing_moved(session, author, account_id, text=words.text))
    evidence = (*words.evidence, *author.evidence)
    recorded = move(session, author, account_id, text=words.text, to_stage=words.to_stage, evidence=evidence)
    return _confirmed(session, author, recorded)


def wait_typed(session: Session, author: Author, account_id: int, words: WaitWords) -> Recorded:
    """Record the date that the account waits for. Raises as `wait_for`."""
    evidence = (*words.evidence, *author.evidence)
    return _confirmed(session, author, wait_for(session, author, account_id, words.wanted, evidence=evidence))


def blocker_typed(session: Session, author: Author, account_id: int, words: BlockerWords) -> Recorded:
    """Record a new blocker. Raises as `open_blocker`."""
    recorded = open_blocker(
        session,
        author,
        account_id,
        text=words.text,
        owner=words.owner,
        needs=words.needs.value if words.needs else None,
        evidence=words.evidence,
    )
    return _confirmed(session, author, recorded)


def resolve_typed(session: Session, author: Author, account_id: int, words: ResolvedWords) -> Recorded:
    """Record that a blocker is resolved: the one that the words name, without words the only open one.

    Raises:
        WhichBlocker: when there is none, or they name none of those that there are.
        AlreadySettled: when the one named is not open any more.
    """
    blocker_id, text = words.blocker_id, words.text
    if blocker_id is None:
        state = open_account(session, author, account_id)
        blockers = state.open_blockers
        if named := named_by(text, blockers):
            blocker_id, text = named[0].id, named[1]
        elif not blockers:
            raise WhichBlocker(f"{state.name} has no open blocker.", ())
        elif len(blockers) > 1:
            raise WhichBlocker(f"{state.name} has {len(blockers)} open blockers. Which one is resolved?", blockers)
        elif text:
            raise WhichBlocker(f"Your words do not name the open blocker of {state.name}. Is it resolved?", blockers)
        else:
            blocker_id = blockers[0].id
    evidence = take_links(text, author.at)[1]
    resolved = resolve_blocker(session, author, account_id, blocker_id, text=text, evidence=evidence)
    return _confirmed(session, author, resolved)


def settle_typed(
    session: Session, author: Author, account_id: int, words: SettledWords, *, own_alone: bool = False
) -> Recorded:
    """Record what became of a next action of an account: done, dropped, put off or given to somebody.

    It is the action that the words name by its id or its text, else the account's only open one, which must be the
    author's. Words that come with `done` must name the action. With `own_alone` only the author's actions count.

    Raises:
        WhichAction: when there is none, none that is named, or the only one is somebody else's.
        AlreadySettled: when the one named is not open any more.
        Refused: when the date is not later than the one it had.
    """
    action_id, text = words.action_id, words.text
    if action_id is None:
        action_id, text = _only_action(session, author, account_id, words, own_alone=own_alone)
    if words.change is ActionUpdate.GIVEN:
        action = open_action_of(session, author, account_id, action_id)
        [given] = edit_action(
            session, author, account_id, action_id, text=action.text, owner=words.to, due_on=action.due_on
        )
        return _confirmed(session, author, given)
    if words.due_on is not None:
        slipped = slip_action(session, author, account_id, action_id, due_on=words.due_on, text=text)
        return _confirmed(session, author, slipped)
    is_done = words.change is ActionUpdate.DONE
    closed = close_action(session, author, account_id, action_id, done=is_done, text=text, evidence=words.evidence)
    return _confirmed(session, author, closed)


def _only_action(
    session: Session, author: Author, account_id: int, words: SettledWords, *, own_alone: bool
) -> tuple[int, str]:
    """(id of the action meant, what the text says of it beside its name). Raises WhichAction where that is unsure."""
    state, change = open_account(session, author, account_id), words.change
    candidates = tuple(sorted(state.open_actions, key=lambda each: (each.owner != author.user_id, each.due_on)))
    if own_alone:
        candidates = tuple(each for each in candidates if each.owner == author.user_id)
    of_whom = " of yours" if own_alone else ""
    if not candidates:
        raise WhichAction(f"{state.name} has no open next action{of_whom}.", ())
    # anybody's action can be given away by naming it, but only the author's own is closed by naming it
    is_given = words.change is ActionUpdate.GIVEN
    nameable = [each for each in candidates if is_given or each.owner == author.user_id]
    if match := named_by(words.text, nameable):
        return match[0].id, match[1]
    if is_given and words.text:
        raise WhichAction(f"{state.name} has no open next action that begins so. {ASKED[change]}", candidates)
    if len(candidates) > 1:
        raise WhichAction(f"{state.name} has {len(candidates)} open next actions{of_whom}. {ASKED[change]}", candidates)
    if candidates[0].owner != author.user_id:
        raise WhichAction(f"The open next action of {state.name} is somebody else's. {IS_IT[change]}", candidates)
    if change is ActionUpdate.DONE and words.text:
        unnamed = f"Your words do not name the open next action of {state.name}. {IS_IT[change]}"
        raise WhichAction(unnamed, candidates)
    return candidates[0].id, words.text


def next_action(
    session: Session, author: Author, account_id: int, words: ActionWords, *, channel_id: str, today: date
) -> Recorded:
    """Record a next action; without a date it is due as `due_by_default` says."""
    recorded = add_action(
        session,
        author,
        account_id,
        text=words.text,
        due_on=words.due_on or due_by_default(session, author.workspace_id, channel_id, today=today),
        owner=words.owner,
        evidence=words.evidence,
    )
    return _confirmed(session, author, recorded)


DEFAULT_DAYS = 7
"""Days until a next action is due in a channel without a next review. Our own default."""


def due_by_default(session: Session, workspace_id: str, channel_id: str, *, today: date) -> date:
    """The date of the channel's next review in its zone; a week after `today` if none is planned."""
    cadence = reviews.cadence_of(session, workspace_id, channel_id)
    if cadence is not None and cadence.next_at is not None:
        return cadence.next_at.astimezone(ZoneInfo(cadence.zone)).date()
    return today + timedelta(days=DEFAULT_DAYS)


def _confirmed(session: Session, author: Author, recorded: Recorded) -> Recorded:
    """Return the entry; queue its confirmation if it came from a message that is answered by letter."""
    reply = author.thread_message
    if reply is not None and reply.by_letter:
        confirm(session, author, [recorded], channel_id=reply.channel_id, place=reply.thread_ts)
    return recorded


# Open items that a form is about to be opened for, and whether they wait for the person.


def require_open_action(session: Session, author: Author, account_id: int, action_id: int) -> None:
    """Raise AlreadySettled unless the next action is open, and what `account_to_update` raises. Writes nothing."""
    _open_action(session, author, account_to_update(session, author, account_id), action_id)


def require_open_ask(session: Session, author: Author, account_id: int, decision_id: int) -> None:
    """Raise AlreadySettled unless the ask is open, and what `account_to_update` raises. Writes nothing."""
    _open_ask(session, author, account_to_update(session, author, account_id), decision_id)


def require_open_blocker(session: Session, author: Author, account_id: int, blocker_id: int) -> None:
    """Raise AlreadySettled unless the blocker is open, and what `account_to_update` raises. Writes nothing."""
    _open_blocker(session, author, account_to_update(session, author, account_id), blocker_id)


def require_asked_blocker(session: Session, author: Author, account_id: int, blocker_id: int) -> None:
    """Raise AlreadySettled unless the blocker is open, Refused where it waits for somebody else. Writes nothing."""
    state = account_to_update(session, author, account_id)
    require_asked(session, author, state, _open_blocker(session, author, state, blocker_id))


def must_say_how(session: Session, author: Author, account_id: int, blocker_id: int) -> bool:
    """Return true if the blocker is open and somebody else asked the author for help: they say how it was resolved."""
    state = account_to_update(session, author, account_id)
    blocker = next((each for each in state.open_blockers if each.id == blocker_id), None)
    return blocker is not None and is_tagged(session, author, state, blocker)


def waits_for(session: Session, author: Author, account_id: int, event_id: int) -> bool:
    """Return true if the action, blocker or ask of this event is the author's, asks them or was escalated to them.

    A blocker that needs a function asks everybody of it. Raises what `account_to_update` raises.
    """
    state = account_to_update(session, author, account_id)
    actions = {each.id for each in state.actions if each.owner == author.user_id}
    blockers = {each.id for each in state.blockers if each.owner == author.user_id}
    asks = {each.event_id for each in state.asks if each.ask_of == author.user_id}
    if event_id in actions | blockers | asks:
        return True
    blocker = next((each for each in state.blockers if each.id == event_id), None)
    if blocker is None:
        return False
    person = people.find(session, author.workspace_id, author.user_id)
    if person is not None and person.function is not None and person.function == blocker.needs:
        return True
    leads = needed_by(session, author.workspace_id, (blocker.needs,))
    followed = nudging.of_events(session, author.workspace_id, (event_id,))
    asked = {asked_of(blocker.needs, state.profile, leads)}
    return author.user_id in asked.union(*((each.user_id, each.escalated_to) for each in followed))
