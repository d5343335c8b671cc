"""The forms of plays on an account: which one to start, who does its steps by when, and how one ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.account import AccountState
from agendas.facts.evidence import Evidence
from agendas.facts.plays import Play, PlayEnd, PlayRun
from agendas.rendering.mrkdwn import escape
from agendas.rules.commands.plays import mark_of_steps
from agendas.rules.plays.running import owner_of_step
from agendas.text.days import day_said
from agendas.text.limits import TEXT_LIMIT_CHARACTERS
from agendas.text.who_acted import Sides
from agendas.verbs.updates.plays import PlayWish, StepWish
from handlers.edge.replies import View
from handlers.edge.request import number_in
from handlers.edge.views import Field, Values, values_of
from handlers.forms.actor_fields import actor_fields, with_choice
from handlers.forms.evidence_field import read_evidence
from handlers.forms.field_parsers import NO_DATE, choice_in, day_in
from handlers.forms.fields import account_line, day, line, person, select, text
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin, origin_of

CHOOSE = Frame("choose_play", "Start a play", "Next")
START = Frame("start_play", "Start a play", "Start", keeps=("outcome",))
END = Frame("end_play", "How the play ended", "Record", keeps=("text", "evidence"))


@dataclass(frozen=True, slots=True)
class EndEntry:
    """The end of a play, and its evidence."""

    play_id: int
    what: PlayEnd
    text: str
    evidence: tuple[Evidence, ...]


def build_choice(account: AccountState, origin: Origin, allowed: Sequence[Play]) -> View:
    """The form that asks which of the allowed plays."""
    pairs = [(play.name, play.key) for play in allowed]
    return form(CHOOSE, origin, [account_line(account), select("play", "Play", pairs)])


def read_choice(view: dict[str, Any]) -> str:
    """The key of the play that was chosen. Raises FieldProblems when none was."""
    key = values_of(view).get("play", "")
    if not key:
        raise FieldProblems({"play": "Choose a play."})
    return key


def build_start(account: AccountState, play: Play, origin: Origin, draft: Values, *, asker: str, today: date) -> View:
    """The form with each step's owner and date, and what is expected of the buyer."""
    blocks: list[Field] = [account_line(account), line(f"*{escape(play.name)}*")]
    for number, step in enumerate(play.steps):
        owner = owner_of_step(step, account.profile, asker)
        blocks.append(line(f"{number + 1}. {escape(step.text)} ({step.owner})"))
        blocks.append(person(f"owner/{number}", "Owner", initial=owner))
        blocks.append(day(f"due/{number}", "Due", initial=_later(today, step.due_in_days)))
    name = f"outcome/{play.key}"
    initial = draft.get(name) or play.outcome
    blocks.append(text(name, "What the buyer will have done", initial=initial, most=TEXT_LIMIT_CHARACTERS))
    blocks.append(day("outcome_due_on", "By", initial=_later(today, play.outcome_in_days)))
    mark = mark_of_steps(play)
    where = Origin(account_id=account.account_id, channel_id=origin.channel_id, subject=play.key, seen=mark)
    return form(START, where, blocks)


def read_start(view: dict[str, Any]) -> PlayWish:
    """The play to start, as entered. Raises FieldProblems where an owner or a date is missing."""
    entered, origin = values_of(view), origin_of(view)
    problems: dict[str, str] = {}
    steps = []
    for number in range(sum(name.startswith("owner/") for name in entered)):
        owner, due_on = entered.get(f"owner/{number}", ""), day_in(entered, f"due/{number}")
        if not owner:
            problems[f"owner/{number}"] = "Choose who does it."
        if due_on is None:
            problems[f"due/{number}"] = NO_DATE
        steps.append((owner, due_on))
    outcome_due_on = day_in(entered, "outcome_due_on")
    if outcome_due_on is None:
        problems["outcome_due_on"] = NO_DATE
    if problems or outcome_due_on is None:
        raise FieldProblems(problems)
    wishes = tuple(StepWish(owner, due_on) for owner, due_on in steps if due_on is not None)
    outcome = entered.get(f"outcome/{origin.subject}", "").strip()
    return PlayWish(origin.subject, outcome, outcome_due_on, wishes, origin.seen)


def build_end(account: AccountState, run: PlayRun, origin: Origin, draft: Values, *, sides: Sides) -> View:
    """The form that asks how the play ended; `origin.subject` is its id."""
    expected = f"{escape(run.name)}: expected by {day_said(run.outcome_due_on)}. {escape(run.outcome_expected)}"
    ends = (
        ("The buyer did something", PlayEnd.OUTCOME.value),
        (f"None by {day_said(run.outcome_due_on)}", PlayEnd.NONE.value),
        ("It was stopped", PlayEnd.STOPPED.value),
    )
    what, shows = f"text/{run.id}", f"evidence/{run.id}"
    stays = "Its open next actions stay open until somebody closes them."
    blocks = [
        account_line(account),
        line(expected),
        select("what", "How it ended", ends, hint=stays),
        text(
            what,
            "What the buyer did, or why it was stopped",
            initial=draft.get(what, ""),
            multiline=True,
            optional=True,
        ),
        text(
            shows,
            "What shows it",
            initial=draft.get(shows, ""),
            multiline=True,
            optional=True,
            hint="For what the buyer did: a link to the message, meeting or CRM record, or a sentence; one a line.",
        ),
        *actor_fields(account, draft, draft.get(what, ""), sides),
    ]
    where = Origin(account_id=account.account_id, channel_id=origin.channel_id, subject=str(run.id))
    return form(END, where, blocks)


def read_end(view: dict[str, Any], now: datetime) -> EndEntry:
    """How it ended, as entered. Raises FieldProblems where what was chosen needs more."""
    entered, origin = values_of(view), origin_of(view)
    play_id = number_in(origin.subject)
    what, words = choice_in(entered, "what", PlayEnd), entered.get(f"text/{play_id}", "").strip()
    shown = read_evidence({"evidence": entered.get(f"evidence/{play_id}", "")}, origin, now)
    evidence = with_choice(shown, entered)
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
    return (today + timedelta(days=days)).isoformat()
