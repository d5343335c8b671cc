"""Invented sample accounts that sections are drawn with: normal, empty, hostile, too long. All names are samples."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from agendas.facts import account as account_facts
from agendas.facts import reviews
from agendas.facts.account import AccountState, Blocker, EventFacts, ListStatus, Movement, NextAction, Source, Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, OpportunityType, Phase
from agendas.facts.events import DecisionKind, Moved, NothingMoved, Profile
from agendas.facts.evidence import Evidence, EvidenceActor, Waiting
from agendas.facts.group import BuyingRole, Contact, ContactProfile
from agendas.facts.narrative import Justification, Narrative, NarrativeVersion
from agendas.facts.plays import PlayMotion, PlayRun
from agendas.facts.signals import Engagement, EngagementTrend

NOW = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
SINCE = datetime(2026, 11, 16, 15, 0, tzinfo=UTC)
ZONE = "America/New_York"
HOSTILE = "<!channel> *bold _and ~ `code` ``` & <https://evil.example|acme.example>\n\u202e1. new line"
LONG = "They asked for a longer pilot before the board meets. " * 60


def _ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


BUYER = EvidenceActor.BUYER
NOTES = Evidence(
    "Minutes of the demo", _ago(5), "https://notes.example.com/demo?a=1&b=2", "meeting", BUYER, step="engaged"
)

BEFORE = AccountState(
    account_id=7,
    profile=Profile(
        name="Acme Corp",
        domain="acme.example",
        owner="U0ANN1",
        marketing_partner="U0BOB1",
        value_cents=12_000_000,
        currency="USD",
    ),
    list_status=ListStatus.NAMED,
    tier=1,
    because="Renewing its stack in spring, 400 seats, one-to-one",
    justification=Justification(
        "Renewing its stack in spring, 400 seats, one-to-one",
        "Their contract ends in April",
        "Our CFO calls theirs, then a pilot",
    ),
    named_at=_ago(90),
    stage=Stage.AWARE,
    stage_since=_ago(60),
    actions=(
        NextAction(21, "Send the security questionnaire", "U0ANN1", date(2026, 11, 20), _ago(20)),
        NextAction(22, "Invite the CFO to the demo", "U0BOB1", date(2026, 11, 25), _ago(20)),
        NextAction(23, "Draft the pilot plan", "U0ANN1", date(2026, 11, 27), _ago(20)),
    ),
)

_BUYER = ContactProfile("Rita Sample", "CFO", roles=(BuyingRole.ECONOMIC_BUYER,), touched_on=date(2026, 11, 25))
_EVALUATOR = ContactProfile(
    "Tom Sample", "Head of IT", roles=(BuyingRole.TECHNICAL_EVALUATOR,), touched_on=date(2026, 8, 3)
)
_CHAMPION = ContactProfile("Una Sample", "Operations", roles=(BuyingRole.CHAMPION,), left_on=date(2026, 11, 20))

PLAYS = (
    PlayRun(
        81,
        "pilot",
        "Pilot with a measure",
        "They signed a pilot",
        date(2026, 12, 18),
        _ago(9),
        "U0ANN1",
        steps=4,
        motion=PlayMotion.PRODUCT,
    ),
    PlayRun(82, "second_thread", "Second thread", "Their COO took a call", date(2026, 11, 26), _ago(25), "U0BOB1"),
)

PEOPLE = (
    Contact(61, _BUYER, _ago(50), _ago(5)),
    Contact(62, _EVALUATOR, _ago(50), _ago(50)),
    Contact(63, _CHAMPION, _ago(50), _ago(10)),
)

_PILOT = OpportunityProfile(
    "salesforce:006D000000IRFmaIAH",
    "Pilot for 400 seats",
    "Proposal/Price Quote",
    Phase.LATE,
    OpportunityType.NEW_BUSINESS,
    9_000_000,
    "USD",
    date(2026, 12, 18),
    "Send the order form",
)

_SUPPORT = OpportunityProfile("salesforce:006D000000IRFmbIAH", "Support", "Prospecting", Phase.EARLY, currency="EUR")
_TRIAL = OpportunityProfile("salesforce:006D000000IRFmcIAH", "Trial", "Closed Won", Phase.WON, currency="USD")

DEALS = (
    Opportunity(_PILOT, _ago(70), _ago(6), pushes=2),
    Opportunity(replace(_SUPPORT, amount_cents=3_000_000), _ago(20), _ago(20)),
    Opportunity(replace(_TRIAL, amount_cents=1_200_000), _ago(300), _ago(200), closed_at=_ago(200)),
)

ACCOUNT = replace(
    BEFORE,
    stage=Stage.ENGAGED,
    stage_since=_ago(6),
    stage_has_evidence=True,
    last_buyer_touch_at=_ago(5),
    last_event_at=_ago(1),
    blockers=(
        Blocker(31, "Legal has the data agreement", "U0BOB1", "finance", _ago(16)),
        Blocker(32, "No sponsor above the director", None, "executive", _ago(3)),
        Blocker(33, "Security review", "U0ANN1", None, _ago(30), resolved_at=_ago(4), resolution="Report accepted"),
    ),
    actions=(
        replace(
            BEFORE.actions[0], status=account_facts.ActionStatus.DONE, closed_at=_ago(9), outcome="Sent and confirmed"
        ),
        replace(BEFORE.actions[1], due_on=date(2026, 12, 4), slips=1, slipped_at=_ago(5)),
        BEFORE.actions[2],
        NextAction(24, "Call the CFO", "U0CAT1", date(2026, 12, 2), _ago(2), play_id=81),
    ),
    contacts=PEOPLE,
    opportunities=DEALS,
    plays=PLAYS,
    narrative=NarrativeVersion(Narrative("Their lease ends in March", "", "", ""), 2, _ago(40), "U0BOB1"),
    decision=account_facts.Decision(
        41, DecisionKind.INTERVENE, "Ask their CFO for a meeting", _ago(14), "U0DAN1", "U0EVE1", date(2026, 11, 27)
    ),
)


def _events(moved: str, nothing: str, evidence: tuple[Evidence, ...]) -> tuple[EventFacts, ...]:
    step = Moved(moved, Stage.ENGAGED)
    return (
        EventFacts(51, 7, step, _ago(6), _ago(6), "U0ANN1", Source.COMMAND, evidence),
        EventFacts(52, 7, NothingMoved(nothing), _ago(1), _ago(1), "U0BOB1", Source.BUTTON),
    )


EVENTS = _events("CFO joined the demo", "Waiting for legal", (NOTES,))

ENGAGED = Engagement(
    last_90=14.2,
    last_30=3.5,
    earlier_30s=(6.0, 4.7, 9.0),
    last_7=0.5,
    weekly_baseline=1.2,
    trend=EngagementTrend.DECREASING,
    last_signal_at=_ago(3),
)

NORMAL = reviews.AgendaItem(
    position=1,
    facts=reviews.AgendaFacts(
        *(ACCOUNT, BEFORE, SINCE, NOW, ZONE, EVENTS),
        missing_updates_from=("U0CAT1",),
        engagement=ENGAGED,
        reviewed_on=SINCE.date(),
    ),
    placement=reviews.Placement(
        reviews.Bucket.NEEDS_INTERVENTION,
        reviews.MovementAnswer(
            Movement.ADVANCED, Stage.AWARE, Stage.ENGAGED, reviews.MovementReason.EVIDENCE, evidence=(NOTES,)
        ),
        reviews.StallAnswer(False, (), 6, 30, 5, 21, heard_on=date(2026, 11, 25)),
        ((reviews.ReasonCode.BLOCKER_NEEDS_EXECUTIVE, 1, 0), (reviews.ReasonCode.BLOCKER_OLD, 16, 14)),
    ),
    minutes=8,
    permalink="https://example.slack.com/archives/C01/p1",
    review_item_id=71,
    review_on=NOW.date(),
    no_change_reported_by=("U0DAN1",),
)

_NEW = AccountState(account_id=8, profile=Profile(name="Initrode"), list_status=ListStatus.NAMED)

EMPTY = reviews.AgendaItem(
    position=2,
    facts=reviews.AgendaFacts(_NEW, None, None, NOW, ZONE),
    placement=reviews.Placement(
        reviews.Bucket.NEW,
        reviews.MovementAnswer(Movement.NEW, None, Stage.TARGET, reviews.MovementReason.FIRST_REVIEW, is_new=True),
        reviews.StallAnswer(False, (), None, None, None, None),
    ),
    review_item_id=72,
    review_on=NOW.date(),
)


def _with_text(text: str, *, copies: int = 1) -> reviews.AgendaItem:
    """The normal item with `text` for everything that people type, and its lists repeated."""
    account = replace(
        ACCOUNT,
        profile=replace(ACCOUNT.profile, name=text, owner=None, owner_name=text, currency=text[:3]),
        because=text,
        justification=Justification(text, text, text),
        blockers=tuple(
            replace(b, id=b.id + 100 * n, text=text, resolution=text) for n in range(copies) for b in ACCOUNT.blockers
        ),
        actions=tuple(
            replace(a, id=a.id + 100 * n, text=text, outcome=text) for n in range(copies) for a in ACCOUNT.actions
        ),
        plays=tuple(
            replace(play, id=play.id + 100 * n, name=text, outcome_expected=text)
            for n in range(copies)
            for play in PLAYS
        ),
        decision=replace(ACCOUNT.decision, text=text) if ACCOUNT.decision else None,
        contacts=tuple(
            replace(each, id=each.id + 100 * n, profile=replace(each.profile, name=text, title=text))
            for n in range(copies)
            for each in PEOPLE
        ),
        opportunities=tuple(
            replace(each, profile=replace(each.profile, name=text, stage_name=text, next_step=text)) for each in DEALS
        ),
    )
    seen = tuple(
        Evidence(text, _ago(5 + n), f"https://notes.example.com/{n}?q=<{text[:40]}>", actor=BUYER, step="engaged")
        for n in range(copies)
    )
    events = _events(text, text, seen)
    excuse = reviews.Excuse(
        Waiting(date(2026, 12, 14), text, _ago(3)), (reviews.StallCause(reviews.StallKind.AGED, 34, 30),)
    )
    placement = replace(
        NORMAL.placement,
        movement=replace(NORMAL.placement.movement, evidence=seen),
        stall=replace(NORMAL.placement.stall, excuse=excuse),
    )
    return replace(NORMAL, facts=replace(NORMAL.facts, account=account, events=events), placement=placement)


EXAMPLES: dict[str, reviews.AgendaItem] = {
    "normal": NORMAL,
    "empty": EMPTY,
    "hostile": _with_text(HOSTILE),
    "too long": _with_text(LONG, copies=15),
}
