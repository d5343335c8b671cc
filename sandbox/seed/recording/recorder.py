"""Each kind of step about the list and the reviews, recorded by its verb."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import singledispatch

from sqlmodel import Session

from agendas.facts.account import Source
from agendas.facts.author import Author
from agendas.facts.events import Decided, DecisionKind, Evidence, Profile
from agendas.verbs.fit import ask
from agendas.verbs.list import change
from agendas.verbs.updates import updates
from sandbox.seed import steps
from sandbox.seed.calendar import ZONE, Calendar
from sandbox.seed.steps import Step, Story


@dataclass
class Telling:
    """Where the telling stands: `at` is the instant of the step under way, `refs` are event ids by account and name.

    `narratives_at` holds when the latest narrative was written, by account.
    """

    session: Session
    workspace_id: str
    user_ids: dict[str, str]
    account_channel_id: str
    calendar: Calendar
    at: datetime = field(init=False)
    account_ids: dict[str, int] = field(default_factory=dict)
    refs: dict[tuple[str, str], int] = field(default_factory=dict)
    narratives_at: dict[str, datetime] = field(default_factory=dict)

    def author(self, step: Step, source: Source = Source.COMMAND) -> Author:
        """Whoever does the step, when it happened."""
        return Author(self.workspace_id, self.user_ids[step.who], source, self.at, ZONE)

    def profile(self, story: Story) -> Profile:
        """Who the account is."""
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
def tell(step: Step, story: Story, _telling: Telling) -> None:
    """Records the step of the account's story."""
    raise TypeError(f"{type(step).__name__} of {story.name} is no step that can be told")


@tell.register
def _(step: steps.Nominate, story: Story, telling: Telling) -> None:
    author = telling.author(step, Source.MODAL)
    nominated = ask.nominate_and_ask(telling.session, author, telling.profile(story), because=step.because)
    telling.account_ids[story.name] = nominated.event.account_id


@tell.register
def _(step: steps.Name, story: Story, telling: Telling) -> None:
    account_id = telling.account_ids[story.name]
    author = telling.author(step)
    change.put_on_list(telling.session, author, account_id, tier=step.tier, because=step.because)


@tell.register
def _(step: steps.Reject, story: Story, telling: Telling) -> None:
    change.reject(telling.session, telling.author(step), telling.account_ids[story.name], because=step.because)


@tell.register
def _(step: steps.Move, story: Story, telling: Telling) -> None:
    proof = step.proof
    updates.move(
        telling.session,
        telling.author(step),
        telling.account_ids[story.name],
        text=step.text,
        to_stage=step.to,
        expansion=step.expansion,
        evidence=(Evidence(proof.text, telling.at, proof.url, proof.kind),) if proof else (),
    )


@tell.register
def _(step: steps.Nothing, story: Story, telling: Telling) -> None:
    author = telling.author(step, Source.BUTTON)
    updates.say_nothing_moved(telling.session, author, telling.account_ids[story.name])


@tell.register
def _(step: steps.Block, story: Story, telling: Telling) -> None:
    opened = updates.open_blocker(
        telling.session, telling.author(step), telling.account_ids[story.name], text=step.text, needs=step.needs
    )
    telling.refs[story.name, step.ref] = opened.event.id


@tell.register
def _(step: steps.Unblock, story: Story, telling: Telling) -> None:
    updates.resolve_blocker(
        telling.session,
        telling.author(step),
        telling.account_ids[story.name],
        telling.refs[story.name, step.ref],
        text=step.text,
    )


@tell.register
def _(step: steps.Promise, story: Story, telling: Telling) -> None:
    added = updates.add_action(
        telling.session,
        telling.author(step, Source.MODAL),
        telling.account_ids[story.name],
        text=step.text,
        due_on=telling.calendar.day(step.by),
        owner=telling.user_ids[step.owner or step.who],
    )
    telling.refs[story.name, step.ref] = added.event.id


@tell.register(steps.Keep)
@tell.register(steps.Drop)
def _(step: steps.Keep | steps.Drop, story: Story, telling: Telling) -> None:
    updates.close_action(
        telling.session,
        telling.author(step, Source.MODAL),
        telling.account_ids[story.name],
        telling.refs[story.name, step.ref],
        done=isinstance(step, steps.Keep),
        text=step.text,
    )


@tell.register
def _(step: steps.Slip, story: Story, telling: Telling) -> None:
    updates.slip_action(
        telling.session,
        telling.author(step, Source.MODAL),
        telling.account_ids[story.name],
        telling.refs[story.name, step.ref],
        due_on=telling.calendar.day(step.by),
        text=step.text,
    )


@tell.register
def _(step: steps.Decide, story: Story, telling: Telling) -> None:
    session, author, account_id = telling.session, telling.author(step, Source.MODAL), telling.account_ids[story.name]
    due_on = telling.calendar.day(step.by) if step.by else None
    ask_of = telling.user_ids[step.ask_of] if step.ask_of else None
    updates.decide(session, author, account_id, Decided(step.decision, step.text, ask_of, due_on))
    if step.decision is DecisionKind.INTERVENE and due_on is not None:
        asked = updates.add_action(session, author, account_id, text=step.text, due_on=due_on, owner=ask_of)
        telling.refs[story.name, step.ref] = asked.event.id
    elif step.decision is DecisionKind.CHANGE_TIER and step.tier is not None:
        change.put_on_list(session, author, account_id, tier=step.tier, because=step.text)
    elif step.decision is DecisionKind.PAUSE:
        change.pause(session, author, account_id, because=step.text)
    elif step.decision is DecisionKind.REMOVE:
        change.remove(session, author, account_id, because=step.text)
