"""Recording of steps about fit, contacts, signals, narratives, product input and plays, each by its verb."""

from dataclasses import replace

from agendas.facts.account import Source
from agendas.facts.evidence import Evidence
from agendas.facts.fit import CriterionScore
from agendas.facts.group import ContactProfile
from agendas.facts.people import Author
from agendas.facts.product import ProductInputGiven
from agendas.facts.signals import SignalGiven
from agendas.rules.commands.signals import SignalEntry
from agendas.verbs.fit import score
from agendas.verbs.loading import play_library
from agendas.verbs.signals.ingest import take_signals
from agendas.verbs.updates import contacts, plays, signals
from agendas.verbs.updates.narrative import write_narrative
from agendas.verbs.updates.plays import PlayWish, StepWish
from agendas.verbs.updates.product import give_product_input
from agendas.verbs.updates.updates import open_account
from bot.intake.signals import ACTOR
from sandbox.seed import subject_steps
from sandbox.seed.people import MEMBERS
from sandbox.seed.recording.recorder import Recorder, record_step
from sandbox.seed.steps import Story

__all__ = ["record_step"]


@record_step.register
def _(step: subject_steps.Score, story: Story, recorder: Recorder) -> None:
    author, account_id = recorder.author(step, Source.MODAL), recorder.account_ids[story.name]
    function = next(member.function for member in MEMBERS if member.handle == step.who)
    scores = [CriterionScore(*each) for each in step.scores]
    score.score(recorder.session, author, account_id, function=function, scores=scores)


@record_step.register
def _(step: subject_steps.AddContact, story: Story, recorder: Recorder) -> None:
    met = ContactProfile(
        step.name,
        step.title,
        email=step.email,
        roles=step.roles,
        support=step.support,
        depth=step.depth,
        touched_on=None if step.is_heard_of else recorder.calendar.day(step.when),
    )
    author = recorder.author(step, Source.MODAL)
    added = contacts.add_contact(recorder.session, author, recorder.account_ids[story.name], met)
    recorder.refs[story.name, step.ref] = added.event.id


@record_step.register
def _(step: subject_steps.UpdateContact, story: Story, recorder: Recorder) -> None:
    session, account_id = recorder.session, recorder.account_ids[story.name]
    author = recorder.author(step, Source.MODAL)
    number = recorder.refs[story.name, step.ref]
    known = contacts.person_of(session, author, account_id, number)[1].profile
    heard = replace(
        known,
        touched_on=recorder.calendar.day(step.when),
        support=step.support or known.support,
        depth=step.depth or known.depth,
    )
    contacts.edit_contact(session, author, account_id, number, profile=heard)


@record_step.register
def _(step: subject_steps.ConfirmRoles, story: Story, recorder: Recorder) -> None:
    author, account_id = recorder.author(step, Source.BUTTON), recorder.account_ids[story.name]
    contacts.confirm_roles(recorder.session, author, account_id, recorder.refs[story.name, step.ref])


@record_step.register
def _(step: subject_steps.ContactLeft, story: Story, recorder: Recorder) -> None:
    author, account_id = recorder.author(step, Source.MODAL), recorder.account_ids[story.name]
    number, left_on = recorder.refs[story.name, step.ref], recorder.calendar.day(step.when)
    contacts.contact_left(recorder.session, author, account_id, number, left_on=left_on)


@record_step.register
def _(step: subject_steps.AddSignal, story: Story, recorder: Recorder) -> None:
    if step.who:
        entry = SignalEntry(step.signal, step.strength, step.text)
        author = recorder.author(step, Source.COMMAND)
        signals.note_signal(recorder.session, author, recorder.account_ids[story.name], entry)
        return
    sent = SignalGiven(
        story.domain,
        step.signal,
        step.strength,
        step.text,
        recorder.at,
        f"visit-{story.name}-{step.when}",
        "",
        step.person,
    )
    take_signals(recorder.session, Author(recorder.workspace_id, ACTOR, Source.WEBHOOK, recorder.at), [sent])


@record_step.register
def _(step: subject_steps.WriteNarrative, story: Story, recorder: Recorder) -> None:
    author, account_id = recorder.author(step, Source.MODAL), recorder.account_ids[story.name]
    before = recorder.narratives_at.get(story.name)
    write_narrative(recorder.session, author, account_id, step.narrative, after=before)
    recorder.narratives_at[story.name] = author.at


@record_step.register
def _(step: subject_steps.AddProductInput, story: Story, recorder: Recorder) -> None:
    author, account_id = recorder.author(step, Source.MODAL), recorder.account_ids[story.name]
    link = Evidence(step.text, recorder.at, f"https://product.tarnbrook.example/{step.place}") if step.place else None
    given = ProductInputGiven(step.field, step.text, step.reference)
    give_product_input(recorder.session, author, account_id, given, link=link)


@record_step.register
def _(step: subject_steps.StartPlay, story: Story, recorder: Recorder) -> None:
    session, account_id = recorder.session, recorder.account_ids[story.name]
    author = recorder.author(step, Source.MODAL)
    play = play_library.play_of(session, recorder.workspace_id, step.key).play
    wishes = tuple(StepWish(recorder.user_ids[who], recorder.calendar.day(by)) for who, by in step.steps)
    wish = PlayWish(play.key, play.outcome, recorder.calendar.day(step.by), wishes)
    started = plays.start_play(session, author, account_id, wish).event.id
    recorder.refs[story.name, step.key] = started
    added = [each for each in open_account(session, author, account_id).actions if each.play_id == started]
    for number, action in enumerate(sorted(added, key=lambda each: each.id), start=1):
        recorder.refs[story.name, f"{step.key} {number}"] = action.id


@record_step.register
def _(step: subject_steps.EndPlay, story: Story, recorder: Recorder) -> None:
    author, account_id = recorder.author(step, Source.MODAL), recorder.account_ids[story.name]
    shown = (step.proof.dated(recorder.at),) if step.proof else ()
    play_id = recorder.refs[story.name, step.key]
    plays.end_play(recorder.session, author, account_id, play_id, what=step.what, text=step.text, evidence=shown)
