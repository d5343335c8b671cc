"""Days of five persons, and one with more of everything than Home shows."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from agendas.facts.account import AccountState, Blocker, Decision, ListStatus, NextAction
from agendas.facts.answered_items import FoundItem, OfAccount
from agendas.facts.events import DecisionKind
from agendas.facts.fit import WaitingAccount
from agendas.facts.people import Function, PersonFacts, Right
from agendas.facts.program import HealthFacts, UnsureMessage, UnsureMessages
from agendas.facts.reviews import AgendaItem, Bucket, OpenReview
from agendas.pages.home import HomeFacts
from agendas.rules.nudging import item_of
from tests.agendas.pages.samples import item

ZONE = "America/New_York"
NOW = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
"""A Monday, 09:00 in New York."""
LINK = "https://example.slack.com/archives/C0ABM1/p1"
REVIEW = OpenReview(7, "C0ABM1", NOW, ZONE, NOW + timedelta(days=1), LINK)
NAMED = {1: 4, 2: 5, 3: 90}


def person(name: str, function: Function | None, right: Right = Right.EDITOR) -> PersonFacts:
    return PersonFacts(f"U0{name.upper()}1", name, right, function, ZONE)


PAULA = person("Paula", Function.EXECUTIVE)
NORA = person("Nora", Function.SALES)
INES = person("Ines", Function.MARKETING, Right.ADMIN)
VERA = person("Vera", Function.PRODUCT, Right.VIEWER)


def owed(number: int, text: str, due_on: date, *, by: PersonFacts, name: str = "Corvane") -> FoundItem:
    action = NextAction(number, text, by.user_id, due_on, NOW - timedelta(days=9))
    return item_of(OfAccount(100 + number, name), action)


def blocked(number: int, text: str, *, owner: PersonFacts = NORA, needs: str = "executive") -> FoundItem:
    blocker = Blocker(number, text, owner.user_id, needs, NOW - timedelta(days=24))
    return item_of(OfAccount(100 + number, "Corvane"), blocker)


def asked(number: int, text: str, *, of: PersonFacts = PAULA, name: str = "Halden") -> FoundItem:
    due_on = date(2026, 12, 4)
    ask = Decision(number, DecisionKind.INTERVENE, text, NOW, INES.user_id, ask_of=of.user_id, due_on=due_on)
    return item_of(OfAccount(100 + number, name), ask)


def owned(one: AgendaItem, owner: PersonFacts, status: ListStatus = ListStatus.NAMED) -> AgendaItem:
    account: AccountState = replace(
        one.facts.account, profile=replace(one.facts.account.profile, owner=owner.user_id), list_status=status
    )
    return replace(one, facts=replace(one.facts, account=account))


HEALTHY = HealthFacts(
    database="SQLite",
    last_posted_at=NOW,
    last_posted_in="C0ABM1",
    waiting=0,
    overdue=0,
    overdue_since=None,
    slack_waits_until=None,
    refused=0,
    unsure=UnsureMessages(0, ()),
    paused=(),
    missing_permissions=(),
    admins=2,
    deactivated=(),
    has_stopped=False,
)
IN_DOUBT = replace(
    HEALTHY, unsure=UnsureMessages(3, tuple(UnsureMessage(n, "agenda of Corvane", NOW, "C0ABM1") for n in (1, 2, 3)))
)


def executive() -> HomeFacts:
    """Paula owns no account, and owes an answer."""
    return HomeFacts(
        PAULA,
        NOW,
        running=(REVIEW,),
        actions=(owed(1, "Call their COO", date(2026, 11, 26), by=PAULA),),
        asks=(asked(5, "Call Halden's COO"),),
        scores=(WaitingAccount(9, "Nimbus"),),
        blockers=(blocked(2, "Liability cap"),),
        named=NAMED,
        stuck=(2, 3),
    )


def owner() -> HomeFacts:
    """Nora owns five accounts."""
    accounts = (
        item("Corvane", 1, Bucket.STALLED),
        item("Merrow", 2, Bucket.EXPANDED),
        item("Brightwater", 3, Bucket.ADVANCED),
        item("Juniper", 4, Bucket.NEW),
    )
    return HomeFacts(
        NORA,
        NOW,
        running=(REVIEW,),
        actions=(
            owed(1, "Third contract round", date(2026, 12, 2), by=NORA),
            owed(2, "Renew", date(2027, 3, 1), by=NORA, name="Merrow"),
        ),
        accounts=(
            *(owned(each, NORA) for each in accounts),
            owned(item("Sable", 5, Bucket.STEADY), NORA, ListStatus.PAUSED),
        ),
        named=NAMED,
        stuck=(2, 3),
    )


def admin() -> HomeFacts:
    """Ines has nothing of her own to do, but looks after the bot."""
    return HomeFacts(INES, NOW.replace(hour=23), named=NAMED, stuck=(0, 0), health=IN_DOUBT)


def viewer() -> HomeFacts:
    """Vera may read and score, and owns an action all the same."""
    action = owed(1, "Send the proof", date(2026, 11, 30), by=VERA)
    one = owned(item("Corvane", 1, Bucket.STALLED), VERA)
    return HomeFacts(
        VERA, NOW, actions=(action,), scores=(WaitingAccount(9, "Nimbus"),), accounts=(one,), named=NAMED, stuck=(2, 3)
    )


def nobody() -> HomeFacts:
    """Otis has no function, no account and nothing to do; the list is too long to place."""
    return HomeFacts(person("Otis", None, Right.OBSERVER), NOW.replace(hour=19), named={3: 900})


def full_day(text: str = "Company", count: int = 500) -> HomeFacts:
    """More of everything than Home shows, with that text in it."""
    few = range(1, 31)
    accounts = tuple(owned(item(f"{text} {n}"[:200], n, Bucket.STALLED), INES) for n in range(1, count + 1))
    late = date(2026, 11, 20)
    return HomeFacts(
        replace(INES, name=text[:80]),
        NOW,
        running=tuple(replace(REVIEW, id=n) for n in (1, 2, 3)),
        actions=tuple(owed(n, text, late, by=INES, name=text[:120]) for n in few),
        scores=tuple(WaitingAccount(n, text[:120]) for n in few),
        asks=tuple(asked(n, text, name=text[:120]) for n in few),
        blockers=tuple(replace(blocked(n, text), account=OfAccount(n, text[:120])) for n in few),
        accounts=accounts,
        named=NAMED,
        stuck=(200, 300),
        health=IN_DOUBT,
    )
