"""Signals: noted by people, shown by account, and sent by programs to a webhook."""

import secrets
from datetime import UTC, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.facts.signals import SignalKind, SignalStrength
from agendas.pages.evidence import FILL
from agendas.pages.signals import new_secret_page, signal_noted_page, signals_page, webhook_page
from agendas.rendering.page import Page, sentence_page
from agendas.rules.access import Permission, may
from agendas.rules.commands import UnclearPart
from agendas.rules.update_words import SignalEntry, read_signal_words, take_link
from agendas.text.dates import day_text
from agendas.verbs import card
from agendas.verbs.card import account_signals
from agendas.verbs.drafts import forget_draft
from agendas.verbs.letters import confirm_signal
from agendas.verbs.reads import account_of_message
from agendas.verbs.signals import note_signal, replace_secret_once, take_back_signal
from handlers import fields, forms
from handlers.command_words import account_to_record
from handlers.edge.deps import Deps
from handlers.edge.replies import Close, OpenModal, Reply, Say
from handlers.edge.request import Request, number_in
from handlers.group import people_there
from handlers.subject import Subject
from handlers.updates import MOVEMENT

# The form for a signal: kind, strength, words, day and person.

NOON = time(12)
"""A day without a time is taken at noon, so that it is the same day in nearly every zone."""


class SignalForm(fields.DeclaredForm):
    """Dated today in the person's zone, or as the message that the form was opened on."""

    frame = forms.Frame("signal", "Signal", "Note", keeps=("text",))

    kind = fields.Choice("What was seen", SignalKind).required(forms.NOT_OFFERED)
    strength = fields.Choice("How strong", SignalStrength).otherwise(SignalStrength.MEDIUM)
    text = fields.Text(
        "In a sentence",
        multiline=True,
        initial=lambda facts: facts.origin.text,
        hint="What they did or what happened. A link in it is kept with the signal.",
    ).required("Say in a sentence what was seen.")
    seen_on = fields.Day("When", initial=lambda facts: facts.origin.evidence_at[:10] or facts.today.isoformat())
    person = fields.Pick("Who", lambda facts: people_there(facts.account), optional=True)

    def wrong(self, request: Request, /) -> dict[str, str]:
        """A sentence at the day if it is still ahead."""
        is_ahead = self.seen_on is not None and self.seen_on > request.today
        return {"seen_on": f"Choose today, {day_text(request.today)}, or an earlier day."} if is_ahead else {}

    def entry(self, request: Request) -> SignalEntry:
        """The signal: at noon of a day before today, else at the time of the message that the form is about, or now."""
        words, url = take_link(self.text, request.now)
        happened_at = request.now
        if self.seen_on not in (None, request.today):
            happened_at = datetime.combine(self.seen_on, NOON, ZoneInfo(request.person.time_zone))
        elif self.origin.evidence_at:
            happened_at = datetime.fromisoformat(self.origin.evidence_at)
        return SignalEntry(
            signal=self.kind,
            strength=self.strength,
            text=words,
            url=self.origin.evidence_url or url,  # that of the message, else the link in the words
            happened_at=happened_at.astimezone(UTC),
            contact_id=self.person,
        )

    async def submitted(self, request: Request, deps: Deps) -> Reply:
        """Note the signal, forget the draft and queue the confirmation, in one transaction."""
        origin, author, entry = self.origin, request.author, self.entry(request)

        def note(session: Session) -> None:
            noted = note_signal(session, author, origin.account_id, entry)
            forget_draft(session, author, forms.draft_name(self.frame.callback_id, origin.account_id))
            confirm_signal(session, author, noted.signal.id, channel_id=origin.channel_id, place=origin.place)

        await deps.write(request, note)
        return Close(all_views=True)


# /signal, and the page of an account's signals.


async def command_signal(request: Request, deps: Deps) -> Reply:
    """Note a signal in words; without them the form, without an account too the form that asks for it first."""
    request.require(Permission.RECORD)
    if not request.text:
        of_channel = await deps.read(account_of_message, request.workspace_id, "", channel_id=request.channel_id)
        return OpenModal(forms.build(forms.origin_here(request), kind="signal", account=of_channel))
    account_id, rest = await account_to_record(request, deps)
    if not rest:
        return await forms.open_form(request, deps, SignalForm.form, forms.origin_here(request, account_id))
    try:
        entry = read_signal_words(rest, request.now)
    except UnclearPart as error:
        return await forms.ask_about_part(request, deps, account_id, error, form=SignalForm.form)
    noted = await deps.write(request, note_signal, request.author, account_id, entry)
    return Say(signal_noted_page(noted, deps.words))


async def signals(request: Request, deps: Deps, account_id: int, before_id: int | None = None) -> Page:
    """The account's signals, newest first, before the signal `before_id`."""
    zone = request.person.time_zone
    facts = await deps.read(
        account_signals, request.workspace_id, account_id, now=request.now, zone=zone, before_id=before_id
    )
    return signals_page(facts, deps.words, can_record=may(request.person, Permission.RECORD))


# Buttons of signals.


async def more(request: Request, deps: Deps) -> Reply:
    account_id, _, before_id = request.value.partition(" ")
    return Say(await signals(request, deps, number_in(account_id), number_in(before_id)))


async def record_step(request: Request, deps: Deps) -> Reply:
    """The form for movement with the stage that the signals hint at; the button carries `ACCOUNT STAGE`."""
    request.require(Permission.RECORD)
    account_id, _, stage = request.value.partition(" ")
    origin = forms.origin_here(request, number_in(account_id))
    return await forms.open_form(request, deps, MOVEMENT, origin, prefilled={"stage": stage})


async def undo(request: Request, deps: Deps) -> Reply:
    """Take the signal back, and replace the message that confirmed it."""
    request.require(Permission.RECORD)
    noted = await deps.write(request, take_back_signal, request.author, request.number)
    return Say(signal_noted_page(noted, deps.words, can_undo=False), replace=True)


# /abm signals: the webhook for programs that send signals, and its secret.


async def webhook(request: Request, deps: Deps, _rest: str = "") -> Reply:
    """The address for signals and the state of its secret, for admins."""
    request.require(Permission.ADMINISTER)
    facts = await deps.read(card.signals_webhook, request.workspace_id, now=request.now)
    return Say(webhook_page(facts, deps.words, zone=request.person.time_zone))


async def new_secret(request: Request, deps: Deps) -> Reply:
    """A new secret, shown once to the admin who asked; a sentence if one was made by a click just before."""
    request.require(Permission.ADMINISTER)
    secret = secrets.token_urlsafe(32)
    if not await deps.write(request, replace_secret_once, request.author, deps.seal(secret)):
        return Say(sentence_page(deps.words.say("signals.secret_just_made")))
    return Say(new_secret_page(secret, request.workspace_id, deps.words))


SIGNALS = Subject(
    commands={"/signal": command_signal},
    account_pages={"signals": signals},
    abm_words={"signals": webhook},
    buttons={
        "signals.add": partial(forms.open_about, form=SignalForm.form),
        "signals.more": more,
        "signals.record": record_step,
        "signals.undo": undo,
        f"{FILL}/{SignalForm.frame.callback_id}": partial(forms.fill_in, form=SignalForm.form),
        "signals.secret": new_secret,
    },
    forms=(SignalForm.form,),
)
