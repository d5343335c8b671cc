"""Facts that tests build forms of: an account that holds more than a form shows, dates, plays, a full tier."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from agendas.facts.account import AccountState, ActionStatus, Blocker, Decision, EventFacts, NextAction, Rhythm, Stage
from agendas.facts.events import DecisionKind, Moved, Profile
from agendas.facts.evidence import Evidence
from agendas.facts.fit import Criterion, FitScore, WaitingAccount
from agendas.facts.group import BuyingRole, Contact, ContactProfile
from agendas.facts.plays import Play, PlayRun, PlayStep, StepOwner
from agendas.facts.reviews import CadenceFacts, Occurrence, Plan
from agendas.rules.account_list import Full, Leaver, NoRoom, Wish
from agendas.text.who_acted import Sides
from handlers import deals, executive, group, narrative, open_items, product, signals
from handlers.edge.incoming import Incoming, Values
from handlers.edge.request import Request
from handlers.fields import DeclaredForm
from handlers.forms import AccountFacts, Origin
from tests.builders import ANN, BOB, NOW, WORKSPACE, ZONE, account, ago, event, person
from tests.handlers.filling import filled

HOSTILE = "*bold* _it_ ~no~ <!channel> <@U0ANN0001> & \"q\" 'q' ```x``` שלום 🚀 \u202e\n\nline"
LONG = ("🚀 " + HOSTILE + " word " * 700)[:3_000]
TODAY = date(2026, 11, 24)
ORIGIN = Origin(account_id=7, channel_id="C0WEEKLY1", place="1795532400.000100", item_id=3)

DECLARED: dict[type[DeclaredForm], str] = {
    product.ProductForm: "",
    signals.SignalForm: "",
    group.AddContact: "",
    group.EditContact: "100",
    group.ContactLeft: "",
    narrative.NarrativeForm: "",
    executive.MetForm: "",
    deals.DeclineForm: "customer 9",
    open_items.MoveAction: "30",
    open_items.EditAction: "30",
    open_items.DropAction: "30",
    open_items.AnswerAsk: "5",
    open_items.AnswerBlocker: "7",
    open_items.ResolveBlocker: "7",
}
"""Forms that are declared as classes, with what else the form is about."""


def submitted(view: dict[str, Any], **values: Any) -> Request:
    """The form as Ann submits it with these fields filled in, everything else as it was opened."""
    incoming = Incoming("form", view["callback_id"], ANN, "", "form:V1")
    return Request(incoming, WORKSPACE, person(ANN), NOW, "1a2b3c4d", {"view": filled(view, **values)})


def facts(
    account: AccountState,
    origin: Origin = ORIGIN,
    draft: Values | None = None,
    *,
    asker: str = ANN,
    today: date = TODAY,
    due_on: date = TODAY,
) -> AccountFacts:
    return AccountFacts(account, origin, draft or {}, asker, today, due_on, Sides())


def full_account(text: str = LONG) -> AccountState:
    """More blockers and promises than a form shows, and an ask, event 5, each with that text."""
    blockers = tuple(Blocker(id=n, text=text, owner=ANN, needs="executive", opened_at=ago(n)) for n in range(1, 30))
    actions = tuple(
        NextAction(id=n, text=text, owner=ANN, due_on=TODAY, added_at=ago(n), status=ActionStatus.OPEN)
        for n in range(30, 60)
    )
    named = Profile(name=text[:120], domain="x" * 116 + ".com", aliases=(text[:120],) * 5, segment=text[:120])
    people = tuple(
        Contact(n, ContactProfile(text[:120], text[:120], "r@acme.example", (), tuple(BuyingRole)), ago(n), ago(n))
        for n in range(100, 250)
    )
    ask = Decision(5, DecisionKind.INTERVENE, text, NOW, ANN, ask_of=BOB, due_on=TODAY)
    return account(
        profile=named, blockers=blockers, actions=actions, stage=Stage.CUSTOMER, contacts=people, asks=(ask,)
    )


def claimed_account(text: str = LONG) -> AccountState:
    """An account with a step that nothing shows, and more people than a form shows."""
    return replace(full_account(text), stage_has_evidence=False, claimed_from=Stage.AWARE)


def undecided(text: str, count: int) -> tuple[EventFacts, ...]:
    """Entries in doubt with that text as what was told and in every piece of evidence."""
    shown = (Evidence(text, NOW, f"https://a.example/{'&' * 220}"),) * 4
    return tuple(event(Moved(text, Stage.CUSTOMER.value), id=10**15 + n, evidence=shown) for n in range(count))


def cadence(**changes: Any) -> CadenceFacts:
    plan = Plan(Rhythm.WEEKLY, date(2026, 11, 23), time(9), ZONE, frozenset({date(2026, 12, 25)}))
    dates = tuple(Occurrence(date(2026, 11, 30 - n), NOW) for n in range(3))
    facts = CadenceFacts(1, "C0WEEKLY1", plan, 45, ANN, False, dates, tiers=(1, 2), owners=(ANN, BOB))
    return replace(facts, **changes)


def waiting(text: str, count: int) -> tuple[WaitingAccount, ...]:
    """Accounts to score with that text as name, reason and every line of a score given before."""
    scores = tuple(FitScore(each, 4, text, "sales", ANN, NOW) for each in Criterion)
    return tuple(WaitingAccount(10**15 + n, text, text, scores, n) for n in range(1, count + 1))


LONGEST_PLAY = Play(
    "own-1",
    LONG[:120],
    (1, 2, 3),
    LONG[:300],
    365,
    tuple(PlayStep(LONG[:300], StepOwner.PRODUCT, n) for n in range(10)),
)
LONGEST_RUN = PlayRun(8, "own-1", LONG[:120], LONG, TODAY, NOW, ANN)


def no_room(name: str, tier: int = 1) -> NoRoom:
    """Three accounts of that name could leave the tier for another one."""
    reasons = (("stalled_aged", 900, 30), ("stalled_quiet", 900, 21), ("low_fit", 3, 80), ("not_moved", 900, 0))
    leavers = tuple(Leaver(number, name, reasons) for number in (8, 9, 10))
    return NoRoom(Wish(7, name, tier, LONG), Full(tier, 10, 10, ANN), leavers)
