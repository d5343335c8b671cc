"""The form for a signal: kind, strength, words, day and person."""

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from agendas.errors import FieldProblems
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.rendering.filters import spoken
from agendas.rules.commands.signals import SignalEntry, take_link
from agendas.text.days import day_said
from handlers.edge.replies import View
from handlers.edge.request import number_in
from handlers.edge.views import Field, values_of
from handlers.forms.field_parsers import NOT_OFFERED, choice_in, day_in
from handlers.forms.fields import OPTIONS, account_line, day, select, text
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.origin import Origin, origin_of

FRAME = Frame("signal", "Signal", "Note", keeps=("text",))
KINDS = tuple((spoken(kind).capitalize(), kind.value) for kind in SignalKind)
STRENGTHS = tuple((strength.value.capitalize(), strength.value) for strength in SignalStrength)
NOON = time(12)
"""A day without a time is taken at noon, so that it is the same day in nearly every zone."""


def build(facts: AccountFacts) -> View:
    """The form, dated today in the person's zone, or as the message it is about."""
    account, origin, draft = facts.account, facts.origin, facts.draft
    people = [
        (_name(each.profile.name, each.profile.title), str(each.id))
        for each in sorted(account.contacts, key=lambda each: each.profile.name.casefold())
        if each.profile.left_on is None
    ]
    seen = origin.evidence_at[:10] or facts.today.isoformat()
    blocks: list[Field] = [
        account_line(account),
        select("kind", "What was seen", KINDS, initial=draft.get("kind", "")),
        select("strength", "How strong", STRENGTHS, initial=draft.get("strength") or SignalStrength.MEDIUM.value),
        text(
            "text",
            "In a sentence",
            initial=draft.get("text") or origin.text,
            multiline=True,
            hint="What they did or what happened. A link in it is kept with the signal.",
        ),
        day("seen_on", "When", initial=draft.get("seen_on") or seen),
    ]
    if people:
        blocks.append(select("person", "Who", people[:OPTIONS], optional=True))
    return form(FRAME, origin, blocks)


def read(view: dict[str, Any], *, zone: str, now: datetime) -> SignalEntry:
    """The signal entered. Raises FieldProblems beside what is wrong."""
    entered, origin = values_of(view), origin_of(view)
    kind = choice_in(entered, "kind", SignalKind)
    strength = choice_in(entered, "strength", SignalStrength) or SignalStrength.MEDIUM
    words, url = take_link(entered.get("text", ""), now)
    problems: dict[str, str] = {}
    if kind is None:
        problems["kind"] = NOT_OFFERED
    if not words:
        problems["text"] = "Say in a sentence what was seen."
    seen_on = day_in(entered, "seen_on")
    happened_at = _instant(origin, zone, now) if seen_on is None else datetime.combine(seen_on, NOON, ZoneInfo(zone))
    today = now.astimezone(ZoneInfo(zone)).date()
    if seen_on is not None and seen_on > today:
        problems["seen_on"] = f"Choose today, {day_said(today)}, or an earlier day."
    if problems or kind is None:
        raise FieldProblems(problems)
    if seen_on in (None, today):
        happened_at = _instant(origin, zone, now)
    return SignalEntry(
        signal=kind,
        strength=strength,
        text=words,
        url=origin.evidence_url or url,
        happened_at=happened_at.astimezone(UTC),
        contact_id=number_in(entered["person"]) if entered.get("person") else None,
    )


def _instant(origin: Origin, zone: str, now: datetime) -> datetime:
    """The instant of the message that the form is about, else now."""
    written = datetime.fromisoformat(origin.evidence_at) if origin.evidence_at else now
    return written.astimezone(ZoneInfo(zone))


def _name(name: str, title: str) -> str:
    return f"{name}, {title}" if title else name
