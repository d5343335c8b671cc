"""Recording of steps about the list and the reviews, each by its verb."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import singledispatch

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.audience import PrivacySet
from agendas.facts.events import DecisionKind, Profile
from agendas.facts.evidence import WaitingSet
from agendas.facts.people import Author
from agendas.rules.executive.met_words import MeetingTold
from agendas.verbs.fit import ask
from agendas.verbs.list import change
from agendas.verbs.record.record import record
from agendas.verbs.reviews.decide import EnteredDecision, decide
from agendas.verbs.undo.correct import correct
from agendas.verbs.updates import updates
from agendas.verbs.updates.answer import take_ask
from agendas.verbs.updates.meetings import record_meeting
from agendas.verbs.updates.waiting import wait
from sandbox.seed import steps
from sandbox.seed.calendar import ZONE, Calendar
from sandbox.seed.steps import Step, Story


@dataclass
class Recorder:
    """The state of the recording: `at` is the instant of the current step, `refs` are event ids by account and name.

    `narratives_at` is the time of the latest narrative by account.
    """

    session: Session
    workspace_id: str
    user_ids: dict[str, str]
    account_channel_id: str
    calendar: Calendar
    private_channel_id: str = ""
    at: datetime = field(init=False)
    account_ids: dict[str, int] = field(default_factory=dict)
    refs: dict[tuple[str, str], int] = field(default_factory=dict)
    narratives_at: dict[str, datetime] = field(default_factory=dict)

    def author(self, step: Step, source: Source = Source.COMMAND) -> Author:
        """Return the author of the step at its instant."""
        return Author(self.workspace_id, self.user_ids[step.who], source, self.at, ZONE)

    def profile(self, story: Story) -> Profile:
        """Return the profile of the account."""
        return Profile(
            name=story.name,
            domain=story.domain,
            segment=story.segment,
            owner=self.user_ids[story.owner],
            marketing_partner=self.user_ids[story.partner],
            our_executive=self.user_ids[story.executive] if story.executive else None,
            value_cents=story.value * 100,
            currency=story.currency,
            channel_id=self.account_channel_id if story.has_own_channel else "",
        )


@singledispatch
def record_step(step: Step, story: Story, _recorder: Recorder) -> None:
    """Record one step of an account's story."""
    raise TypeError(f"{type(step).__name__} of {story.name} is no known step")


@record_step.register
def _(step: steps.Nominate, story: Story, recorder: Recorder) -> None:
    author = recorder.author(step, Source.MODAL)
    nominated = ask.nominate_and_ask(recorder.session, author, recorder.profile(story), because=step.because)
    recorder.account_ids[story.name] = nominated.event.account_id


@record_step.register
def _(step: steps.PutOnList, story: Story, recorder: Recorder) -> None:
    account_id = recorder.account_ids[story.name]
    author = recorder.author(step)
    change.put_on_list(
        recorder.session,
        author,
        account_id,
        tier=step.tier,
        because=step.because,
        why_now=step.why_now,
        motion=step.motion,
    )


@record_step.register
def _(step: steps.MakePrivate, story: Story, recorder: Recorder) -> None:
    private = PrivacySet(recorder.private_channel_id)
    record(recorder.session, recorder.author(step, Source.MODAL), recorder.account_ids[story.name], private)


@record_step.register
def _(step: steps.Reject, story: Story, recorder: Recorder) -> None:
    change.reject(recorder.session, recorder.author(step), recorder.account_ids[story.name], because=step.because)


@record_step.register
def _(step: steps.Move, story: Story, recorder: Recorder) -> None:
    moved = updates.move(
        recorder.session,
        recorder.author(step),
        recorder.account_ids[story.name],
        text=step.text,
        to_stage=step.to,
        expansion=step.expansion,
        evidence=(step.proof.dated(recorder.at),) if step.proof else (),
    )
    recorder.refs[story.name, step.text] = moved.event.id


@record_step.register
def _(step: steps.Correct, story: Story, recorder: Recorder) -> None:
    author = recorder.author(step, Source.MODAL)
    correct(recorder.session, author, recorder.refs[story.name, step.text], step.because, is_editor=True)


@record_step.register
def _(step: steps.Wait, story: Story, recorder: Recorder) -> None:
    wanted = WaitingSet(recorder.calendar.day(step.until), step.text)
    account_id = recorder.account_ids[story.name]
    wait(recorder.session, recorder.author(step), account_id, wanted, evidence=(step.proof.dated(recorder.at),))


@record_step.register
def _(step: steps.NoChange, story: Story, recorder: Recorder) -> None:
    author = recorder.author(step, Source.BUTTON)
    updates.say_nothing_moved(recorder.session, author, recorder.account_ids[story.name])


@record_step.register
def _(step: steps.OpenBlocker, story: Story, recorder: Recorder) -> None:
    opened = updates.open_blocker(
        recorder.session, recorder.author(step), recorder.account_ids[story.name], text=step.text, needs=step.needs
    )
    recorder.refs[story.name, step.ref] = opened.event.id


@record_step.register
def _(step: steps.ResolveBlocker, story: Story, recorder: Recorder) -> None:
    updates.resolve_blocker(
        recorder.session,
        recorder.author(step),
        recorder.account_ids[story.name],
        recorder.refs[story.name, step.ref],
        text=step.text,
    )


@record_step.register
def _(step: steps.AddAction, story: Story, recorder: Recorder) -> None:
    added = updates.add_action(
        recorder.session,
        recorder.author(step, Source.MODAL),
        recorder.account_ids[story.name],
        text=step.text,
        due_on=recorder.calendar.day(step.by),
        owner=recorder.user_ids[step.owner or step.who],
    )
    recorder.refs[story.name, step.ref] = added.event.id


@record_step.register(steps.FinishAction)
@record_step.register(steps.DropAction)
def _(step: steps.FinishAction | steps.DropAction, story: Story, recorder: Recorder) -> None:
    updates.close_action(
        recorder.session,
        recorder.author(step, Source.MODAL),
        recorder.account_ids[story.name],
        recorder.refs[story.name, step.ref],
        done=isinstance(step, steps.FinishAction),
        text=step.text,
    )


@record_step.register
def _(step: steps.PostponeAction, story: Story, recorder: Recorder) -> None:
    updates.slip_action(
        recorder.session,
        recorder.author(step, Source.MODAL),
        recorder.account_ids[story.name],
        recorder.refs[story.name, step.ref],
        due_on=recorder.calendar.day(step.by),
        text=step.text,
    )


@record_step.register
def _(step: steps.Decide, story: Story, recorder: Recorder) -> None:
    session, account_id = recorder.session, recorder.account_ids[story.name]
    author = recorder.author(step, Source.MODAL)
    due_on = recorder.calendar.day(step.by) if step.by else None
    ask_of = recorder.user_ids[step.ask_of] if step.ask_of else ""
    decision = EnteredDecision(step.decision, step.text, step.tier, ask_of, due_on, step.motion)
    recorded = decide(session, author, account_id, decision)
    recorder.refs[story.name, step.text] = recorded[0].event.id
    if step.decision is DecisionKind.INTERVENE and due_on is not None:
        recorder.refs[story.name, step.ref] = recorded[-1].event.id


@record_step.register
def _(step: steps.TakeAsk, story: Story, recorder: Recorder) -> None:
    take_ask(recorder.session, recorder.author(step, Source.BUTTON), recorder.refs[story.name, step.text])


@record_step.register
def _(step: steps.Meet, story: Story, recorder: Recorder) -> None:
    told = MeetingTold(step.theirs, step.text, recorder.user_ids[step.ours])
    record_meeting(recorder.session, recorder.author(step, Source.MODAL), recorder.account_ids[story.name], told)
