"""Plays: those of an account, and the workspace's library."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from sqlmodel import Session

from agendas.errors import FieldProblems, NotUnderstood
from agendas.facts.account import AccountState
from agendas.facts.evidence import Evidence
from agendas.facts.plays import Play, PlayEnd, PlayMotion, PlayRun, PlayStep
from agendas.facts.program import TIERS
from agendas.pages.account_list import library_page, play_saved_page
from agendas.pages.plays import account_plays_page
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import Page
from agendas.rules.access import Permission, may
from agendas.rules.plays import LibraryPlay, owner_of_step, play_called, refuse_start, startable
from agendas.rules.update_words import (
    EXAMPLE,
    STEP_CHARACTERS,
    STEPS,
    mark_of_steps,
    read_days,
    read_steps,
    written_steps,
)
from agendas.text.dates import day_text
from agendas.text.limits import NAME_LIMIT_CHARACTERS, TEXT_LIMIT_CHARACTERS
from agendas.text.who_acted import Sides
from agendas.verbs import card, loading, plays
from agendas.verbs.drafts import draft_of, forget_draft
from agendas.verbs.evidence import sides_of
from agendas.verbs.plays import PlayWish, StepWish
from agendas.verbs.updates import account_to_update
from handlers import forms
from handlers.command_words import read_tier
from handlers.edge.deps import Deps
from handlers.edge.incoming import Field, Values, message_view, values_of
from handlers.edge.replies import NextView, OpenModal, Reply, Say, View
from handlers.edge.request import Request, number_in
from handlers.subject import Subject

# The forms of the library: to add a play, and to change or retire one.

ADD_FRAME = forms.Frame("add_play", "Add a play", "Add", keeps=("name", "outcome", "days", "steps"))
CHANGE_FRAME = forms.Frame("change_play", "Change a play", "Save")

TIER_CHOICES = tuple((f"Tier {tier}", str(tier)) for tier in TIERS)
STATES = (("In the library", "kept"), ("Retired", "retired"))
MOTIONS = tuple((motion.value.capitalize(), motion.value) for motion in PlayMotion)
NOTHING = Play("", "", (), "", 0, ())


def build_add(origin: forms.Origin, draft: Values) -> View:
    return forms.form(ADD_FRAME, origin, _play_fields(NOTHING, draft))


def build_change(entry: LibraryPlay, origin: forms.Origin) -> View:
    """The form with the play as it is; in the view's origin `subject` is its key, and `seen` what it was then."""
    blocks = _play_fields(entry.play, {})
    had = _play_entries(entry)
    blocks.append(forms.select("state", "State", STATES, initial=had["state"]))
    where = forms.Origin(channel_id=origin.channel_id, subject=entry.play.key, seen=forms.marks_of(had))
    return forms.form(CHANGE_FRAME, where, blocks)


def read(view: dict[str, Any]) -> Play:
    """The play as entered. Raises FieldProblems for what cannot be read."""
    return _read_play(values_of(view), key="")


def read_merged(view: dict[str, Any], had: LibraryPlay) -> LibraryPlay:
    """The play entered over the present one. Raises FieldProblems for fields unreadable or changed by others."""
    entered = forms.merged_over(values_of(view), forms.origin_of(view).seen, _play_entries(had))
    return replace(had, play=_read_play(entered, key=had.play.key), is_retired=entered.get("state") == "retired")


def _read_play(entered: Values, *, key: str) -> Play:
    """The play entered, under this key. Raises FieldProblems for steps that cannot be read."""
    tiers = forms.several_in(entered, "tiers", forms.option_values(TIER_CHOICES))
    steps: tuple[PlayStep, ...] = ()
    try:
        steps = read_steps(entered.get("steps", ""))
    except NotUnderstood as wrong:
        raise FieldProblems({"steps": str(wrong)}) from None
    return Play(
        key=key,
        name=" ".join(entered.get("name", "").split()),
        motion=forms.choice_in(entered, "motion", PlayMotion),
        tiers=tuple(tier for tier in TIERS if str(tier) in tiers),
        outcome=" ".join(entered.get("outcome", "").split()),
        # 0 for what is no number: refused when the play is saved, as too few days
        outcome_in_days=read_days(entered.get("days", "")) or 0,
        steps=steps,
    )


def _play_entries(had: LibraryPlay) -> Values:
    """The play as the form's fields give it back."""
    return {
        "name": had.play.name,
        "tiers": ",".join(map(str, had.play.tiers)),
        "motion": had.play.motion or "",
        "outcome": had.play.outcome,
        "days": str(had.play.outcome_in_days),
        "steps": written_steps(had.play),
        "state": "retired" if had.is_retired else "kept",
    }


def _play_fields(had: Play, draft: Values) -> list[Field]:
    """The fields of a play, filled from the draft, else from `had`, the play as it is."""

    def line(name: str, label: str, initial: str, **others: Any) -> Field:
        """A field of text, filled from the draft if it has one, else with `initial`."""
        return forms.text(name, label, initial=draft.get(name) or initial, **others)

    how = f'One a line, {STEPS} at most: who, the day it is due, what. As in "{EXAMPLE}".'
    return [
        line("name", "Name", had.name, most=NAME_LIMIT_CHARACTERS),
        forms.several("tiers", "Tiers that allow it", TIER_CHOICES, initial=[str(tier) for tier in had.tiers]),
        forms.select("motion", "Motion", MOTIONS, initial=had.motion or "", hint="Who or what reaches the buyer."),
        line("outcome", "What the buyer is to do", had.outcome, most=STEP_CHARACTERS),
        line("days", "Within how many days", str(had.outcome_in_days or ""), most=10),
        line("steps", "Steps", written_steps(had), multiline=True, hint=how),
    ]


# The forms of plays on an account: which one to start, who does its steps by when, and how one ended.

CHOOSE_FRAME = forms.Frame("choose_play", "Start a play", "Next")
START_FRAME = forms.Frame("start_play", "Start a play", "Start", keeps=("outcome",))
END_FRAME = forms.Frame("end_play", "How the play ended", "Record", keeps=("text", "evidence"))


class EndEntry(NamedTuple):
    play_id: int
    what: PlayEnd
    text: str
    evidence: tuple[Evidence, ...]


def build_choice(account: AccountState, origin: forms.Origin, allowed: Sequence[Play]) -> View:
    pairs = [(play.name, play.key) for play in allowed]
    return forms.form(CHOOSE_FRAME, origin, [forms.account_line(account), forms.select("play", "Play", pairs)])


def read_choice(view: dict[str, Any]) -> str:
    """The key of the play that was chosen. Raises FieldProblems when none was."""
    key = values_of(view).get("play", "")
    if not key:
        raise FieldProblems({"play": "Choose a play."})
    return key


def build_start(
    account: AccountState, play: Play, origin: forms.Origin, draft: Values, *, asker: str, today: date
) -> View:
    """The form with each step's owner and date, and the outcome expected; `seen` marks the steps that it shows."""
    blocks: list[Field] = [forms.account_line(account), forms.line(f"*{escape(play.name)}*")]
    for number, step in enumerate(play.steps):
        owner = owner_of_step(step, account.profile, asker)
        blocks.append(forms.line(f"{number + 1}. {escape(step.text)} ({step.owner})"))
        blocks.append(forms.person(f"owner/{number}", "Owner", initial=owner))
        blocks.append(forms.day(f"due/{number}", "Due", initial=_later(today, step.due_in_days)))
    name = f"outcome/{play.key}"
    initial = draft.get(name) or play.outcome
    blocks.append(forms.text(name, "What the buyer will have done", initial=initial, most=TEXT_LIMIT_CHARACTERS))
    blocks.append(forms.day("outcome_due_on", "By", initial=_later(today, play.outcome_in_days)))
    steps_mark = mark_of_steps(play)
    where = forms.Origin(account_id=account.account_id, channel_id=origin.channel_id, subject=play.key, seen=steps_mark)
    return forms.form(START_FRAME, where, blocks)


def read_start(view: dict[str, Any]) -> PlayWish:
    """The play entered, its steps from `owner/0` and `due/0` on. Raises FieldProblems where one of them is missing."""
    entered, origin = values_of(view), forms.origin_of(view)
    problems: dict[str, str] = {}
    steps = []
    for number in range(sum(name.startswith("owner/") for name in entered)):
        owner, due_on = entered.get(f"owner/{number}", ""), forms.day_in(entered, f"due/{number}")
        if not owner:
            problems[f"owner/{number}"] = "Choose who does it."
        if due_on is None:
            problems[f"due/{number}"] = forms.NO_DATE
        steps.append((owner, due_on))
    outcome_due_on = forms.day_in(entered, "outcome_due_on")
    if outcome_due_on is None:
        problems["outcome_due_on"] = forms.NO_DATE
    if problems or outcome_due_on is None:
        raise FieldProblems(problems)
    wishes = tuple(StepWish(owner, due_on) for owner, due_on in steps if due_on is not None)
    outcome = entered.get(f"outcome/{origin.subject}", "").strip()
    return PlayWish(origin.subject, outcome, outcome_due_on, wishes, origin.seen)


def build_end(account: AccountState, run: PlayRun, origin: forms.Origin, draft: Values, *, sides: Sides) -> View:
    """The form that asks how the play ended; `origin.subject` is its id."""
    expected = f"{escape(run.name)}: expected by {day_text(run.outcome_due_on)}. {escape(run.outcome_expected)}"
    ends = (
        ("The buyer did something", PlayEnd.OUTCOME.value),
        (f"None by {day_text(run.outcome_due_on)}", PlayEnd.NONE.value),
        ("It was stopped", PlayEnd.STOPPED.value),
    )
    what, shows = f"text/{run.id}", f"evidence/{run.id}"
    stays = "Its open next actions stay open until somebody closes them."
    blocks = [
        forms.account_line(account),
        forms.line(expected),
        forms.select("what", "How it ended", ends, hint=stays),
        forms.text(
            what,
            "What the buyer did, or why it was stopped",
            initial=draft.get(what, ""),
            multiline=True,
            optional=True,
        ),
        forms.text(
            shows,
            "What shows it",
            initial=draft.get(shows, ""),
            multiline=True,
            optional=True,
            hint="For what the buyer did: a link to the message, meeting or CRM record, or a sentence; one a line.",
        ),
        *forms.actor_fields(account, draft, draft.get(what, ""), sides),
    ]
    where = forms.Origin(account_id=account.account_id, channel_id=origin.channel_id, subject=str(run.id))
    return forms.form(END_FRAME, where, blocks)


def read_end(view: dict[str, Any], now: datetime) -> EndEntry:
    """How it ended, as entered. Raises FieldProblems without a choice, or if it needs words or evidence."""
    entered, origin = values_of(view), forms.origin_of(view)
    play_id = number_in(origin.subject)
    what, words = forms.choice_in(entered, "what", PlayEnd), entered.get(f"text/{play_id}", "").strip()
    pieces = forms.read_evidence({"evidence": entered.get(f"evidence/{play_id}", "")}, origin, now)
    evidence = forms.with_choice(pieces, entered)
    problems = {} if what else {"what": "Choose how it ended."}
    if what is PlayEnd.OUTCOME and not words:
        problems[f"text/{play_id}"] = "Say what the buyer did."
    if what is PlayEnd.OUTCOME and not evidence:
        problems[f"evidence/{play_id}"] = "Say what shows it: a link, or a sentence."
    if what is PlayEnd.STOPPED and not words:
        problems[f"text/{play_id}"] = "Say why it was stopped."
    if what is None or problems:
        raise FieldProblems(problems)
    return EndEntry(play_id, what, words, evidence)


def _later(today: date, days: int) -> str:
    """The day so many days after today, as a form's field has it."""
    return (today + timedelta(days=days)).isoformat()


# Buttons and words that open the forms of plays.


async def start_typed(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """The form to start the play that the words name; the choice of one without words."""
    request.require(Permission.RECORD)
    return OpenModal(await deps.read(_start_form, request, account_id, name=rest.strip()))


async def start(request: Request, deps: Deps) -> Reply:
    """The form to choose which play to start on the account."""
    request.require(Permission.RECORD)
    return OpenModal(await deps.read(_start_form, request, request.number))


async def end(request: Request, deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    account_id, play_id = request.two_numbers
    return OpenModal(await deps.read(_end_form, request, account_id, play_id))


async def add(request: Request, deps: Deps) -> Reply:
    """The form to add a play to the library, with what was typed into it before."""
    request.require(Permission.DECIDE)
    draft = await forms.kept_draft(request, deps, ADD_FRAME.callback_id)
    view = build_add(forms.origin_here(request), draft)
    return OpenModal(forms.with_note(view) if draft else view)


async def change(request: Request, deps: Deps) -> Reply:
    request.require(Permission.DECIDE)
    entry = await deps.read(loading.play_of, request.workspace_id, request.value)
    return OpenModal(build_change(entry, forms.origin_here(request)))


def start_view(session: Session, request: Request, origin: forms.Origin, entry: LibraryPlay) -> View:
    """The form to start this play on the account. Raises Refused when it may not start there."""
    state = account_to_update(session, request.author, origin.account_id)
    refuse_start(entry, state, loading.library(session, request.workspace_id))
    draft = _draft(session, request, START_FRAME.callback_id, origin.account_id)
    return build_start(state, entry.play, origin, draft, asker=request.person.user_id, today=request.today)


def _start_form(session: Session, request: Request, account_id: int, *, name: str = "") -> View:
    """The form to start the play called `name`; without a name, the form to choose one."""
    state = account_to_update(session, request.author, account_id)
    known = loading.library(session, request.workspace_id)
    origin = forms.origin_here(request, account_id)
    if name:
        return start_view(session, request, origin, play_called(name, state, known))
    return build_choice(state, origin, startable(state, known))


def _end_form(session: Session, request: Request, account_id: int, play_id: int) -> View:
    """The form that asks how the running play ended, with what was typed into it before."""
    state = account_to_update(session, request.author, account_id)
    run = plays.running_play(state, play_id)
    draft = _draft(session, request, END_FRAME.callback_id, account_id)
    sides = sides_of(session, request.workspace_id, state)
    return build_end(state, run, forms.origin_here(request), draft, sides=sides)


def _draft(session: Session, request: Request, callback_id: str, account_id: int) -> Values:
    return draft_of(session, request.workspace_id, request.person.user_id, forms.draft_name(callback_id, account_id))


# /abm plays and /account ACCOUNT plays: the library, and the plays of an account.


async def library(request: Request, deps: Deps, rest: str) -> Reply:
    return Say(await _library(request, deps, tier=read_tier(rest, "/abm plays")))


async def more(request: Request, deps: Deps) -> Reply:
    """The next page of the library; the button carries where it starts, and the tier if one was asked for: `10 2`."""
    start, _, written = request.value.partition(" ")
    tier = read_tier(written, "/abm plays")
    return Say(await _library(request, deps, tier=tier, start=number_in(start)))


async def account_plays(request: Request, deps: Deps, account_id: int) -> Page:
    zone = request.person.time_zone
    facts = await deps.read(card.account_plays, request.workspace_id, account_id, now=request.now, zone=zone)
    return account_plays_page(facts, deps.words, can_record=may(request.person, Permission.RECORD))


async def _library(request: Request, deps: Deps, *, tier: int | None, start: int = 0) -> Page:
    known = await deps.read(loading.library, request.workspace_id)
    return library_page(known, deps.words, tier=tier, can_decide=may(request.person, Permission.DECIDE), start=start)


# Submissions of the forms of plays: of one on an account, or of the library.


async def chosen(request: Request, deps: Deps) -> Reply:
    """The form to start the play that was chosen."""
    request.require(Permission.RECORD)
    key, origin = read_choice(request.view), forms.origin_of(request.view)

    def view(session: Session) -> View:
        return start_view(session, request, origin, loading.play_of(session, request.workspace_id, key))

    return NextView(await deps.read(view))


async def started(request: Request, deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    wish = read_start(request.view)
    return await forms.submit(request, deps, plays.start_play, wish)


async def ended(request: Request, deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    play_id, what, text, evidence = read_end(request.view, request.now)
    return await forms.submit(request, deps, plays.end_play, play_id, what=what, text=text, evidence=evidence)


async def added(request: Request, deps: Deps) -> Reply:
    """Add the play to the library and forget its draft, in one transaction."""
    request.require(Permission.DECIDE)
    wanted, author = read(request.view), request.author

    def add(session: Session) -> LibraryPlay:
        forget_draft(session, author, forms.draft_name(ADD_FRAME.callback_id))
        return plays.add_play(session, author, wanted)

    return NextView(message_view(play_saved_page(await deps.write(request, add), deps.words)))


async def changed(request: Request, deps: Deps) -> Reply:
    """Save a play of the library, changed, retired or brought back."""
    request.require(Permission.DECIDE)
    key = forms.origin_of(request.view).subject
    change = partial(read_merged, request.view)
    saved = await deps.write(request, plays.change_play, request.author, key, change)
    return NextView(message_view(play_saved_page(saved, deps.words)))


CHOOSE_FORM = forms.Form(CHOOSE_FRAME, chosen)
START_FORM = forms.Form(START_FRAME, started)
END_FORM = forms.Form(END_FRAME, ended)
ADD_FORM = forms.Form(ADD_FRAME, added)
CHANGE_FORM = forms.Form(CHANGE_FRAME, changed)


PLAYS = Subject(
    abm_words={"plays": library},
    account_pages={"plays": account_plays},
    account_words={"plays start": start_typed},
    buttons={"plays.start": start, "plays.end": end, "plays.add": add, "plays.change": change, "plays.more": more},
    forms=(CHOOSE_FORM, START_FORM, END_FORM, ADD_FORM, CHANGE_FORM),
)
