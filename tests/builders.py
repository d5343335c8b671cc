"""Facts with defaults, for tests. Every name here is invented."""

from datetime import UTC, datetime, timedelta
from typing import Any

from agendas.facts.account import AccountState, EventFacts, ListStatus, Source, Stage
from agendas.facts.events import Change, NothingMoved, Profile
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.facts.group import Contact, ContactProfile
from agendas.facts.narrative import Justification
from agendas.facts.people import Author, Function, PersonFacts, Right
from agendas.facts.reviews import AgendaFacts, AgendaItem
from agendas.rules.reviews import place

WORKSPACE = "T0SAMPLE1"
CHANNEL = "C0WEEKLY1"
ZONE = "America/New_York"
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in New York; the day after a review."""

HOUR = timedelta(hours=1)

ANN, BOB, CLEO, DAN, EVE = "U0ANN0001", "U0BOB0001", "U0CLEO001", "U0DAN0001", "U0EVE0001"


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def profile(name: str = "Acme Corp", **values: Any) -> Profile:
    return Profile(**({"name": name, "domain": f"{name.split(maxsplit=1)[0].lower()}.example", "owner": ANN} | values))


def account(**values: Any) -> AccountState:
    defaults = {
        "account_id": 1,
        "profile": profile(),
        "list_status": ListStatus.NAMED,
        "tier": 1,
        "because": "Renews in spring",
        "justification": Justification("Renews in spring", "Their contract ends in April", "Our CFO calls theirs"),
        "named_at": ago(90),
        "stage": Stage.ENGAGED,
        "stage_since": ago(10),
        "stage_has_evidence": True,
        "last_buyer_touch_at": ago(3),
        "last_update_at": ago(3),
        "last_event_at": ago(3),
    }
    return AccountState(**(defaults | values))


def contact(contact_id: int = 1, name: str = "Rita Sample", **values: Any) -> Contact:
    return Contact(contact_id, ContactProfile(**({"name": name} | values)), ago(60), ago(60))


def event(change: Change | None = None, **values: Any) -> EventFacts:
    defaults = {
        "id": 1,
        "account_id": 1,
        "change": change or NothingMoved(),
        "happened_at": values.get("recorded_at", ago(1)),
        "recorded_at": ago(1),
        "actor": ANN,
        "source": Source.COMMAND,
    }
    return EventFacts(**(defaults | values))


def agenda_facts(**values: Any) -> AgendaFacts:
    """An account whose last held review closed a week ago and that stands as it stood then."""
    state = values.get("account", account())
    defaults = {
        "account": state,
        "before": state,
        "since": ago(7),
        "reviewed_on": ago(7).date(),
        "now": NOW,
        "zone": ZONE,
    }
    return AgendaFacts(**(defaults | values))


def agenda_item(facts: AgendaFacts | None = None, **values: Any) -> AgendaItem:
    facts = facts or agenda_facts()
    return AgendaItem(**({"position": 1, "facts": facts, "placement": place(facts), "review_item_id": 1} | values))


def person(user_id: str = ANN, **values: Any) -> PersonFacts:
    defaults = {"name": "Ann", "right": Right.EDITOR, "function": Function.SALES, "time_zone": ZONE}
    return PersonFacts(**({"user_id": user_id} | defaults | values))


def author(user_id: str = ANN, at: datetime = NOW, source: Source = Source.COMMAND) -> Author:
    return Author(WORKSPACE, user_id, source, at, ZONE)


def evidence(text: str = "Meeting notes", dated_at: datetime = NOW, url: str = "https://notes.example/1") -> Evidence:
    """A link that shows an act of the buyer, dated now unless said otherwise."""
    return Evidence(text, dated_at, url, actor=EvidenceActor.BUYER)
