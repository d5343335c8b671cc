"""Each kind of step about fit, people, signals, narratives, product and plays, recorded by its verb."""

from dataclasses import replace

from agendas.facts.account import Source
from agendas.facts.author import Author
from agendas.facts.events import Evidence
from agendas.facts.fit import CriterionScore
from agendas.facts.group import ContactProfile
from agendas.facts.product import ProductInputGiven
from agendas.facts.signals import SignalGiven
from agendas.rules.commands.signals import SignalEntry
from agendas.verbs.fit import score
from agendas.verbs.reads import play_library
from agendas.verbs.signals.ingest import take_signals
from agendas.verbs.updates import contacts, plays, signals
from agendas.verbs.updates.narrative import write_narrative
from agendas.verbs.updates.plays import PlayWish, StepWish
from agendas.verbs.updates.product import give_product_input
from agendas.verbs.updates.updates import open_account
from bot.intake.signals import ACTOR
from sandbox.seed import play_steps, steps
from sandbox.seed.people import MEMBERS
from sandbox.seed.recording.recorder import Telling, tell
from sandbox.seed.steps import Story

__all__ = ["tell"]


@tell.register
def _(step: steps.Score, story: Story, telling: Telling) -> None:
    author, account_id = telling.author(step, Source.MODAL), telling.account_ids[story.name]
    function = next(member.function for member in MEMBERS if member.handle == step.who)
    scores = [CriterionScore(*each) for each in step.scores]
    score.score(telling.session, author, account_id, function=function, scores=scores)


@tell.register
def _(step: steps.Meet, story: Story, telling: Telling) -> None:
    met = ContactProfile(
        step.name,
        step.title,
        email=step.email,
        roles=step.roles,
        support=step.support,
        depth=step.depth,
        touched_on=None if step.is_heard_of else telling.calendar.day(step.when),
    )
    author = telling.author(step, Source.MODAL)
    added = contacts.add_contact(telling.session, author, telling.account_ids[story.name], met)
    telling.refs[story.name, step.ref] = added.event.id


@tell.register
def _(step: steps.Hear, story: Story, telling: Telling) -> None:
    session, author, account_id = telling.session, telling.author(step, Source.MODAL), telling.account_ids[story.name]
    number = telling.refs[story.name, step.ref]
    known = contacts.person_of(session, author, account_id, number)[1].profile
    heard = replace(
        known,
        touched_on=telling.calendar.day(step.when),
        support=step.support or known.support,
        depth=step.depth or known.depth,
    )
    contacts.edit_contact(session, author, account_id, number, profile=heard)


@tell.register
def _(step: steps.Confirm, story: Story, telling: Telling) -> None:
    author, account_id = telling.author(step, Source.BUTTON), telling.account_ids[story.name]
    contacts.confirm_roles(telling.session, author, account_id, telling.refs[story.name, step.ref])


@tell.register
def _(step: steps.Leave, story: Story, telling: Telling) -> None:
    author, account_id = telling.author(step, Source.MODAL), telling.account_ids[story.name]
    number, left_on = telling.refs[story.name, step.ref], telling.calendar.day(step.when)
    contacts.contact_left(telling.session, author, account_id, number, left_on=left_on)


@tell.register
def _(step: steps.See, story: Story, telling: Telling) -> None:
    if step.who:
        entry = SignalEntry(step.signal, step.strength, step.text)
        author = telling.author(step, Source.COMMAND)
        signals.note_signal(telling.session, author, telling.account_ids[story.name], entry)
        return
    sent = SignalGiven(
        story.domain,
        step.signal,
        step.strength,
        step.text,
        telling.at,
        f"visit-{story.name}-{step.when}",
        "",
        step.person,
    )
    take_signals(telling.session, Author(telling.workspace_id, ACTOR, Source.WEBHOOK, telling.at), [sent])


@tell.register
def _(step: steps.Write, story: Story, telling: Telling) -> None:
    author, account_id = telling.author(step, Source.MODAL), telling.account_ids[story.name]
    before = telling.narratives_at.get(story.name)
    write_narrative(telling.session, author, account_id, step.narrative, after=before)
    telling.narratives_at[story.name] = author.at


@tell.register
def _(step: steps.Add, story: Story, telling: Telling) -> None:
    author, account_id = telling.author(step, Source.MODAL), telling.account_ids[story.name]
    link = Evidence(step.text, telling.at, f"https://product.tarnbrook.example/{step.place}") if step.place else None
    given = ProductInputGiven(step.field, step.text, step.reference)
    give_product_input(telling.session, author, account_id, given, link=link)


@tell.register
def _(step: play_steps.Play, story: Story, telling: Telling) -> None:
    session, author, account_id = telling.session, telling.author(step, Source.MODAL), telling.account_ids[story.name]
    play = play_library.play_of(session, telling.workspace_id, step.key).play
    wishes = tuple(StepWish(telling.user_ids[who], telling.calendar.day(by)) for who, by in step.steps)
    wish = PlayWish(play.key, play.outcome, telling.calendar.day(step.by), wishes)
    started = plays.start_play(session, author, account_id, wish).event.id
    telling.refs[story.name, step.key] = started
    added = [each for each in open_account(session, author, account_id).actions if each.play_id == started]
    for number, action in enumerate(sorted(added, key=lambda each: each.id), start=1):
        telling.refs[story.name, f"{step.key} {number}"] = action.id


@tell.register
def _(step: play_steps.End, story: Story, telling: Telling) -> None:
    author, account_id = telling.author(step, Source.MODAL), telling.account_ids[story.name]
    shown = (Evidence(step.proof.text, telling.at, step.proof.url, step.proof.kind),) if step.proof else ()
    play_id = telling.refs[story.name, step.key]
    plays.end_play(telling.session, author, account_id, play_id, what=step.what, text=step.text, evidence=shown)
