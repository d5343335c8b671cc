"""Evidence: of a claimed step, and whose act it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import AccountState, EventFacts, Stage
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.facts.people import Author
from agendas.pages.updates import read_event, recorded_page
from agendas.rendering.page import sentence_page
from agendas.rendering.words import Words
from agendas.rules.access import Permission
from agendas.rules.group import credited_by
from agendas.text.dates import day_text
from agendas.text.vocabulary import STAGE_LABELS
from agendas.verbs import evidence, reads, updates
from agendas.verbs.card import recorded_facts
from agendas.verbs.drafts import forget_draft
from agendas.verbs.evidence import answer
from agendas.verbs.letters import confirm_events
from agendas.verbs.record import Recorded
from handlers import forms
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.incoming import Values, message_view, values_of
from handlers.edge.replies import Close, NextView, OpenModal, Reply, Say, View
from handlers.edge.request import OTHER_VERSION, Request, number_in
from handlers.subject import Subject

# Evidence of a claimed step: its form, and the buttons that open it.

EVIDENCE_FRAME = forms.Frame("evidence", "Add evidence", "Add", keeps=("evidence",))
NOON = time(12)


def build(facts: forms.AccountFacts) -> View:
    """The form for the claimed stage, kept in `origin.subject`. Raises Outdated when it is not a claim any more."""
    account, origin, draft = facts.account, facts.origin, facts.draft
    if account.stage_has_evidence:
        raise Outdated(f"{account.name} is at {STAGE_LABELS[account.stage]} with evidence: nothing is claimed.")
    blocks = [
        forms.account_line(account),
        forms.line(_claim(account)),
        forms.evidence_field(draft, origin, consequence="It counts for this step alone.", optional=False),
        forms.day("on", "When it happened", initial=draft.get("on") or facts.today.isoformat()),
        *forms.actor_fields(account, draft, draft.get("evidence") or origin.text, facts.sides),
    ]
    return forms.form(EVIDENCE_FRAME, replace(origin, subject=account.stage.value), blocks)


def _claim(account: AccountState) -> str:
    """The line about the claimed step: both stages, or the present one alone where no other is known."""
    to_stage = STAGE_LABELS[account.stage]
    if account.claimed_from in (None, account.stage):
        return f"At {to_stage}, and nothing shows it yet."
    return f"{STAGE_LABELS[account.claimed_from]} → {to_stage} is claimed, and nothing shows it yet."


def read(view: dict[str, Any], now: datetime, today: date, zone: str) -> tuple[Stage, tuple[Evidence, ...]]:
    """The stage that was claimed, and the evidence with the day and the actor that were chosen.

    Raises FieldProblems for the field that is wrong, and Outdated for a form of another version.
    """
    entered, origin = values_of(view), forms.origin_of(view)
    on = forms.day_in(entered, "on") or today
    if on > today:
        raise FieldProblems({"on": f"{day_text(on)} has not come yet. Give the day on which the buyer acted."})
    pieces = forms.read_evidence(entered, origin, now)
    if not pieces:
        raise FieldProblems({"evidence": "Give a link to what shows the step, or a sentence."})
    # noon, so that it is the same day in nearly every zone
    at = now if on == today else datetime.combine(on, NOON, tzinfo=ZoneInfo(zone))
    # a message keeps its own date
    dated = [piece if piece.kind == "message" else replace(piece, dated_at=at) for piece in pieces]
    to_stage = forms.choice_in({"stage": origin.subject}, "stage", Stage)
    if to_stage is None:
        raise Outdated("This form is of another version of Cadence. Open it again from the card.")
    return to_stage, forms.with_choice(dated, entered)


async def added(request: Request, deps: Deps) -> Reply:
    """Record the evidence for the stage that was claimed when the form was opened."""
    request.require(Permission.RECORD)
    to_stage, pieces = read(request.view, request.now, request.today, request.author.zone)
    return await forms.submit(request, deps, updates.add_evidence, to_stage, evidence=pieces)


EVIDENCE_FORM = forms.AccountForm(EVIDENCE_FRAME, added, build)


# Who of the account's people acted: their form, and the buttons on a receipt.

PEOPLE_FRAME = forms.Frame("evidence_people", "Who acted", "Record")


def build_people(facts: forms.AccountFacts) -> View:
    """The form that asks who acted: who is credited first, then who has not left. Raises Outdated for nobody."""
    account = facts.account
    credited = facts.draft.get("who", "").split(",")
    offered = [each for each in account.contacts if each.profile.left_on is None or str(each.id) in credited]
    if not offered:
        raise Outdated(
            f"Nobody is in the group of {account.name} yet. Add them with /account {account.name} group add."
        )
    offered.sort(key=lambda each: (str(each.id) not in credited, each.profile.name.casefold()))
    pairs = [(each.profile.name, str(each.id)) for each in offered]
    hint = "It is their last touch. Left empty, it is nobody's of them." + (
        f" The first {forms.OPTIONS} of {len(pairs)}." if len(pairs) > forms.OPTIONS else ""
    )
    return forms.form(
        PEOPLE_FRAME,
        facts.origin,
        [forms.account_line(account), forms.several("who", "Who of them", pairs, initial=credited, hint=hint)],
    )


async def people_chosen(request: Request, deps: Deps) -> Reply:
    """Record whose act the evidence was, as the people chosen in the form; with none chosen, nobody is credited."""
    request.require(Permission.RECORD)
    event_id = number_in(forms.origin_of(request.view).subject)
    chosen = tuple(number_in(each) for each in values_of(request.view).get("who", "").split(",") if each)

    def verb(session: Session, author: Author, _account_id: int) -> Recorded:
        return evidence.credit(session, author, event_id, chosen)

    return await forms.submit(request, deps, verb)


PEOPLE_FORM = forms.AccountForm(PEOPLE_FRAME, people_chosen, build_people)


async def choose_people(request: Request, deps: Deps) -> Reply:
    """The form that asks which of the account's people are behind an entry's evidence."""
    request.require(Permission.RECORD)
    account_id, event_id = request.two_numbers
    event = await deps.read(evidence.current_entry, request.workspace_id, event_id)
    origin = forms.origin_here(request, account_id, subject=str(event_id))
    prefilled = {"who": ",".join(map(str, credited_by(event)))}
    return await forms.open_form(request, deps, PEOPLE_FORM, origin, prefilled=prefilled)


async def credit_person(request: Request, deps: Deps) -> Reply:
    """Credit the person whom the button names with an entry's evidence, in addition to those credited already."""
    request.require(Permission.RECORD)
    receipt, _, contact_id = request.value.rpartition(" ")
    event_id, is_alone = read_event(receipt)
    person = (number_in(contact_id),)
    recorded = await deps.write(request, evidence.credit, request.author, event_id, person, besides_known=True)
    return Say(confirmation(request, deps, recorded), replace=is_alone)


# Buttons that say whose act the evidence of one entry is, and which step it shows.


async def judge_actor(request: Request, deps: Deps, *, actor: EvidenceActor) -> Reply:
    """Record whose act the evidence of an entry is; the receipt, if it is of this entry alone, is replaced."""
    request.require(Permission.RECORD)
    event_id, is_alone = read_event(request.value)
    recorded = await deps.write(request, evidence.judge, request.author, event_id, actor)
    # read again with the judged words, as these may name people to ask about
    facts = await deps.read(recorded_facts, recorded.event)
    return Say(recorded_page(replace(facts, zone=request.person.time_zone), deps.words), replace=is_alone)


async def shows_step(request: Request, deps: Deps) -> Reply:
    """Record that the buyer's act shows the step that was claimed then: the stage at the end of the button's value."""
    request.require(Permission.RECORD)
    event, _, stage = request.value.rpartition(" ")
    if stage not in set(Stage):
        raise Outdated(OTHER_VERSION)
    event_id, is_alone = read_event(event)
    recorded = await deps.write(request, evidence.say_it_shows_the_step, request.author, event_id, Stage(stage))
    return Say(confirmation(request, deps, recorded), replace=is_alone)


# Whose act the evidence of several entries is, asked in one form.

WHOSE_ACT_FRAME = forms.Frame("whose_act", "Whose act was it", "Record", keeps=("whose",))

ENTRIES = 49
"""Two blocks each. A form takes 100; one is for a note about a draft, one for what was left out."""

UNKNOWN = "unknown"
CHOICES = (("Don't know", UNKNOWN), ("Theirs", EvidenceActor.BUYER.value), ("Ours", EvidenceActor.US.value))


async def open_account(request: Request, deps: Deps) -> Reply:
    """The form for an account's entries whose evidence nobody attributed yet; a sentence where there are none."""
    request.require(Permission.RECORD)
    account_id = request.number
    name, entries = await deps.read(reads.of_account, request.workspace_id, account_id, now=request.now)
    if not entries:
        return Say(sentence_page(deps.words.say("items.nothing_open")))
    draft = await forms.kept_draft(request, deps, WHOSE_ACT_FRAME.callback_id, account_id)
    origin = forms.origin_here(request, account_id)
    person = request.person
    view = build_whose_act(name, entries, origin, draft, deps.words, zone=person.time_zone, today=request.today)
    return OpenModal(forms.with_note(view) if draft else view)


def build_whose_act(
    account_name: str,
    entries: Sequence[EventFacts],
    origin: forms.Origin,
    draft: Values,
    words: Words,
    *,
    zone: str,
    today: date,
) -> View:
    """The form for these entries, as many as fit."""
    blocks = []
    for event in entries[:ENTRIES]:
        name = f"whose/{event.id}"
        entry = words.say("items.whose_act_entry", name=account_name, event=event, zone=zone, today=today)
        blocks += [forms.line(entry), forms.select(name, "Whose act", CHOICES, initial=draft.get(name) or UNKNOWN)]
    return forms.form(WHOSE_ACT_FRAME, origin, blocks)


def read_whose_act(view: dict[str, Any]) -> dict[int, EvidenceActor | None]:
    """The answers by event id, None where nobody is chosen. Raises FieldProblems for one that is not offered."""
    entered = {name: chosen for name, chosen in values_of(view).items() if chosen != UNKNOWN}
    return {
        number_in(name.removeprefix("whose/")): forms.choice_in(entered, name, EvidenceActor)
        for name in values_of(view)
        if name.startswith("whose/")
    }


async def answered(request: Request, deps: Deps) -> Reply:
    """Record the answers; then show the form for the entries that did not fit into this one, if there are any.

    Entries that were settled or taken back meanwhile are left out, and the answer says how many.
    """
    request.require(Permission.RECORD)
    author, origin = request.author, forms.origin_of(request.view)
    answers = read_whose_act(request.view)
    judged = {event_id: actor for event_id, actor in answers.items() if actor is not None}

    def record(session: Session) -> tuple[int, str, tuple[EventFacts, ...]]:
        """How many entries were left out, the account's name, and the entries after those of this form that wait."""
        result = answer(session, author, judged)
        forget_draft(session, author, forms.draft_name(WHOSE_ACT_FRAME.callback_id, origin.account_id))
        confirm_events(session, author, result.recorded, channel_id=origin.channel_id, place=origin.place)
        last = max(answers, default=0)
        waiting = reads.of_account(session, request.workspace_id, origin.account_id, now=request.now, after_id=last)
        return result.left_out, *waiting

    left_out, account_name, waiting = await deps.write(request, record)
    note = deps.words.say("items.left_out", count=left_out) if left_out else ""
    if waiting:
        zone, today = request.person.time_zone, request.today
        view = build_whose_act(account_name, waiting, origin, {}, deps.words, zone=zone, today=today)
        return NextView(view | {"blocks": [forms.small(note), *view["blocks"]]} if note else view)
    return NextView(message_view(sentence_page(note))) if note else Close(all_views=True)


WHOSE_ACT_FORM = forms.Form(WHOSE_ACT_FRAME, answered)


EVIDENCE = Subject(
    buttons={
        "evidence.add": partial(forms.open_about, form=EVIDENCE_FORM),
        "agenda.evidence": partial(forms.open_on_agenda, form=EVIDENCE_FORM),
        "evidence.theirs": partial(judge_actor, actor=EvidenceActor.BUYER),
        "evidence.ours": partial(judge_actor, actor=EvidenceActor.US),
        "evidence.shows": shows_step,
        "evidence.person": credit_person,
        "evidence.people": choose_people,
        "whose_act.account": open_account,
    },
    forms=(EVIDENCE_FORM, PEOPLE_FORM, WHOSE_ACT_FORM),
)
