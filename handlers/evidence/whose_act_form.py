"""The form that asks of several entries whose act their evidence is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from agendas.facts.account import EventFacts
from agendas.facts.evidence import EvidenceActor
from agendas.rendering.words import Words
from handlers.edge.replies import View
from handlers.edge.request import number_in
from handlers.edge.views import Values, values_of
from handlers.forms.fields import line, select
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin

FRAME = Frame("whose_act", "Whose act was it", "Record", keeps=("whose",))

BLOCKS = 98
"""A form takes 100; one is for a note about a draft, one for what was left out."""

ENTRIES = BLOCKS // 2

UNKNOWN = "unknown"
CHOICES = (
    ("Don't know", UNKNOWN),
    ("Theirs", EvidenceActor.BUYER.value),
    ("Ours", EvidenceActor.US.value),
)


@dataclass(frozen=True, slots=True)
class Asker:
    """The person who is asked, as the form shows entries to them."""

    zone: str
    today: date
    draft: Values


def build(account_name: str, entries: Sequence[EventFacts], origin: Origin, asker: Asker, words: Words) -> View:
    """The form for these entries of an account, as many as fit."""
    blocks = []
    for event in entries[:ENTRIES]:
        name = f"whose/{event.id}"
        said = words.say("whose_act.entry", name=account_name, event=event, zone=asker.zone, today=asker.today)
        blocks += [line(said), select(name, "Whose act", CHOICES, initial=asker.draft.get(name) or UNKNOWN)]
    return form(FRAME, origin, blocks)


def read(view: dict[str, Any]) -> dict[int, EvidenceActor]:
    """The answers by event id, without those who do not know."""
    entered = {name: chosen for name, chosen in values_of(view).items() if name.startswith("whose/")}
    return {_event_in(name): EvidenceActor(chosen) for name, chosen in entered.items() if chosen != UNKNOWN}


def last_in(view: dict[str, Any]) -> int:
    """The event id of the form's last entry, 0 for a form without any."""
    return max((_event_in(name) for name in values_of(view) if name.startswith("whose/")), default=0)


def _event_in(name: str) -> int:
    return number_in(name.removeprefix("whose/"))
