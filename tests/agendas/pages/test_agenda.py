from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from agendas.facts import reviews
from agendas.facts.account import Decision, EventFacts, NextAction, Source, Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, OpportunityType, Phase
from agendas.facts.events import ActionAdded, BlockerOpened, Corrected, Decided, DecisionKind, Moved, NothingMoved
from agendas.facts.evidence import Evidence, EvidenceActor, Waiting
from agendas.facts.fit import Criterion
from agendas.facts.narrative import ProductField
from agendas.facts.reviews import AgendaItem, Bucket, Excuse, ItemPart, ReasonCode, StallAnswer, StallCause, StallKind
from agendas.pages.agenda import agenda_page
from agendas.rendering.page import Line
from agendas.rendering.words import Words
from agendas.rules.access import Permission
from agendas.rules.account_list import LeaverCode, ListChangeKind, ProposalReason, Why
from agendas.rules.deals import STALLED
from agendas.rules.history import LastingEffect
from agendas.rules.preparing import Gap
from agendas.rules.reviews import FAR_OVER
from tests.agendas.pages.examples import ACCOUNT
from tests.builders import ANN, NOW, account, agenda_facts, agenda_item, ago, event
from tests.cases import cases
from tests.plain import plain

# The few lines of an account: one thing said once, in the words of the trade, and nothing that there is none of.

WORDS = Words()


def said(item: AgendaItem, *, is_open: bool = True) -> list[str]:
    """Return the lines of the agenda that are no buttons."""
    shown = plain(agenda_page(item, WORDS, is_open=is_open)).splitlines()
    return [line for line in shown if line and not line.startswith("[")]


def line_of(item: AgendaItem, label: str) -> str:
    """Return what stands behind the label, '' where no line has it."""
    return next((line.removeprefix(f"{label} ") for line in said(item) if line.startswith(f"{label} ")), "")


def told(*events: EventFacts, **values: object) -> AgendaItem:
    return agenda_item(agenda_facts(events=events), **values)


@cases("code", ReasonCode)
def test_every_reason_is_said_in_few_words(code: ReasonCode) -> None:
    placement = replace(agenda_item().placement, bucket=Bucket.NEEDS_INTERVENTION, reasons=((code, 3, 2),))
    label, _, reason = said(agenda_item(placement=placement))[1].partition(": ")
    assert label == ("Needs an executive" if code is ReasonCode.BLOCKER_NEEDS_EXECUTIVE else "Why")
    assert 0 < len(reason) <= 60


def test_two_reasons_are_said_and_a_number_that_is_a_reason_is_said_once() -> None:
    stall = StallAnswer(True, (), 34, 30, 18, 14, heard_on=ago(18).date())
    reasons = ((ReasonCode.STALLED_AGED, 34, 30), (ReasonCode.STALLED_QUIET, 18, 14), (ReasonCode.NO_EVIDENCE, 0, 0))
    placement = reviews.Placement(Bucket.STALLED, agenda_item().placement.movement, stall, reasons)
    lines = said(agenda_item(placement=placement))
    assert lines[1] == "Why: Engaged 34/30 d · buyer silent 18/14 d"
    assert not any("buyer silent" in line for line in lines[2:])


def test_movement_is_newest_first_in_two_lines_with_the_site_of_its_evidence_once_and_who_told_it() -> None:
    mail = Evidence("Their mail", ago(1), "https://www.mail.example/1?q=2", actor=EvidenceActor.BUYER)
    item = told(
        event(Moved("They visited"), id=1, happened_at=ago(5)),
        event(Moved("They called"), id=2, happened_at=ago(3)),
        event(Moved("Their lawyer wrote"), id=3, happened_at=ago(1), evidence=(mail,)),
        event(NothingMoved(), id=4, happened_at=ago(1)),
    )
    shown = plain(agenda_page(item, WORDS, is_open=True))
    assert f"Their lawyer wrote (mail.example: {mail.url}) · <@{ANN}>" in shown
    assert shown.index("Their lawyer wrote") < shown.index("They called")
    assert "They visited" not in shown
    assert "nothing moved" not in shown


def test_a_step_that_is_claimed_comes_first_with_its_button() -> None:
    state = account(stage=Stage.ENGAGED, claimed_from=Stage.AWARE)
    facts = agenda_facts(
        account=state,
        before=account(stage=Stage.AWARE),
        events=(event(Moved("Sounded keen", "engaged"), id=1), event(Moved("We sent a deck"), id=2)),
    )
    [line] = [each for each in agenda_page(agenda_item(facts), WORDS, is_open=True).items if isinstance(each, Line)]
    assert "aware → engaged, claimed: Sounded keen" in line.mrkdwn
    assert (line.button.label, line.button.action) == ("Add evidence", "agenda.evidence")
    earlier = agenda_item(agenda_facts(account=state, before=state))
    assert "Claimed engaged: nothing shows it yet [Add evidence]" in said(earlier)
    assert "Claimed engaged: nothing shows it yet" in said(replace(earlier, review_on=NOW.date()), is_open=False)


def test_a_deal_that_was_won_is_closed_won_by_its_name() -> None:
    profile = OpportunityProfile("crm:1", "60 seats", "Closed Won", Phase.WON, OpportunityType.EXISTING_BUSINESS)
    won = Opportunity(profile, ago(40), ago(2), closed_at=ago(2))
    facts = agenda_facts(account=account(stage=Stage.CUSTOMER, opportunities=(won,)))
    grown = (reviews.Expansion("booked", "USD", 4_800_000, 1),)
    answer = reviews.MovementAnswer(
        *(agenda_item().placement.movement.movement, Stage.CUSTOMER, Stage.CUSTOMER, reviews.MovementReason.EXPANDED),
        expansions=grown,
    )
    item = agenda_item(facts)
    item = replace(item, placement=replace(item.placement, movement=answer))
    assert line_of(item, "Moved").startswith("Closed won: 60 seats, ")
    assert line_of(item, "Moved").endswith("(CRM) · USD 48k more")


def test_open_actions_are_one_line_by_their_days_without_the_one_that_an_ask_made() -> None:
    today = NOW.date()
    actions = (
        NextAction(1, "Send the plan", ANN, today + timedelta(days=1), ago(9), slips=2),
        NextAction(2, "Call them", "U0BOB1", today - timedelta(days=4), ago(9)),
        NextAction(3, "Call their COO", "U0DAN1", today, ago(9)),
    )
    ask = Decision(9, DecisionKind.INTERVENE, "Call their COO", ago(9), ANN, "U0DAN1", today)
    item = agenda_item(agenda_facts(account=account(actions=actions, decision=ask, asks=(ask,))))
    assert line_of(item, "Due") == (
        f"Call them · <@U0BOB1> · 4 d late; Send the plan · <@{ANN}> · Wed 25 Nov, slipped twice [Edit]"
    )
    assert "did it happen? Call their COO · <@U0DAN1> · today" in line_of(item, "To decide")
    steady = replace(item, part=ItemPart.LISTED)
    assert line_of(steady, "Asked").startswith("Call their COO · <@U0DAN1> · today")


def test_receipts_are_the_latest_three_a_minute_of_a_person_together_and_without_what_was_taken_back() -> None:
    at = [NOW - timedelta(minutes=n) for n in range(50, 0, -10)]

    def recorded(number: int, minute: datetime, change, actor: str = ANN, **values) -> EventFacts:
        return event(change, id=number, happened_at=minute, recorded_at=minute, actor=actor, **values)

    item = told(
        recorded(1, at[0], Moved("The oldest")),
        recorded(2, at[1], BlockerOpened("Legal is slow"), "U0BOB1"),
        recorded(3, at[2], ActionAdded("Call them", ANN, date(2026, 12, 2))),
        recorded(4, at[2] + timedelta(seconds=20), Moved("They called")),
        recorded(5, at[2], NothingMoved()),
        recorded(6, at[3], Moved("A mistake")),
        recorded(7, at[3], Corrected(6)),
        recorded(8, at[4], Moved("From a file"), source=Source.IMPORT),
        opened_at=ago(1),
    )
    [receipt] = [line for line in said(item) if line.startswith("✓")]
    assert "A mistake" not in receipt
    assert "From a file" not in receipt
    assert f"✓ <@{ANN}>, " in receipt
    assert "next action; moved; nothing else moved" in receipt
    assert receipt.startswith(f"✓ <@{ANN}>, Tue 09:30 EST: next action")
    assert receipt.index("blocker") > receipt.index("nothing else moved")
    assert receipt.endswith(f"✓ <@{ANN}>, Tue 09:10 EST: moved")
    assert [one for one in said(replace(item, review_on=NOW.date()), is_open=False) if one.startswith("✓")] == [receipt]


# The line about a date that an account waits for.

BOARD = Waiting(date(2026, 12, 14), "Their board decides", ago(2))
AGED, QUIET = StallCause(StallKind.AGED, 34, 30), StallCause(StallKind.QUIET, 25, 21)
LEAST = StallCause(StallKind.AGED, 34, 30, at_least=True)
UNTIL = "Waits until 14 Dec, confirmed by the buyer: Their board decides."


def line(excuse: Excuse, *causes: StallCause, **values: Any) -> str:
    answer = StallAnswer(bool(causes), causes, 34, 30, 25, 21, excuse=excuse, **values)
    return Words().say("agenda.waiting", stall=answer, stage="engaged", today=date(2026, 11, 30))


@cases(
    ("said", "then"),
    [
        (line(Excuse(BOARD)), ""),
        (line(Excuse(BOARD, (AGED,))), " Would be stalled: engaged 34/30 d."),
        (line(Excuse(BOARD, (LEAST, QUIET))), " Would be stalled: engaged at least 34/30 d, buyer silent 25/21 d."),
        (line(Excuse(BOARD, (AGED,)), phase=Phase.LATE), " Would be stalled: late deal 34/30 d."),
        (line(Excuse(BOARD, (AGED,)), QUIET), " It excuses: engaged 34/30 d."),
        (line(Excuse(BOARD, is_spent=True), AGED), " It excused two reviews in a row and does not excuse a third."),
    ],
)
def test_a_date_is_said_with_who_confirmed_it_and_what_it_excuses(said: str, then: str) -> None:
    assert said == f"{UNTIL}{then}"


def test_a_third_party_is_named_as_such() -> None:
    third = Waiting(BOARD.until, BOARD.text, BOARD.set_at, EvidenceActor.THIRD_PARTY)
    assert "confirmed by a third party" in line(Excuse(third))


# Every code by which a rule or a fact says something has a sentence of its own.

OTHER_GAPS = {"gone": None, "silent": (), "narrative": None, "touch": None, "zone": "UTC"}

ASKED = Decided(DecisionKind.INTERVENE, "Call them", "U0EVE1", date(2026, 11, 27), 2, 1, "Globex")

SENTENCES: dict[type[StrEnum], Callable[[StrEnum], str]] = {
    ReasonCode: lambda code: WORDS.say("agenda.reason", code=code, number=3, limit=2),
    reviews.MovementFlag: lambda flag: WORDS.say("agenda.flag", name=flag),
    LeaverCode: lambda code: WORDS.say("versions.reason", code=code, number=3, limit=2, tier=1),
    LastingEffect: lambda left: WORDS.say("history.still_so", left=left, change=ASKED, after=ACCOUNT),
    Gap: lambda gap: WORDS.say("agenda.missing", gaps=(gap,), account=ACCOUNT, **OTHER_GAPS),
    Bucket: lambda bucket: WORDS.say("agenda.bucket", bucket=bucket),
    DecisionKind: lambda decision: WORDS.say("agenda.decision_kind", decision=decision),
    Permission: lambda permission: WORDS.say("program.permitted", permission=permission),
    ListChangeKind: lambda change: WORDS.say("versions.what", what=change, count=1),
    ProductField: lambda field: WORDS.say("narrative.product_name", field=field),
    Why: lambda why: WORDS.say("fit.reason", one=ProposalReason(Why(why), 1, 3, 2, Criterion.URGENCY)),
}


@cases("codes", SENTENCES, ids=lambda codes: codes.__name__)
def test_each_code_has_a_sentence_that_no_other_has(codes: type[StrEnum]) -> None:
    # momentum is told by its cause
    said = {code: SENTENCES[codes](code) for code in codes if code is not reviews.MovementFlag.MOMENTUM}
    assert all(said.values())
    assert len(set(said.values())) == len(said)


def test_each_kind_of_stall_has_its_codes() -> None:
    assert set(STALLED) == set(FAR_OVER) == set(StallKind)


def test_each_part_of_a_review_is_stored_by_its_name() -> None:
    assert [part.value for part in ItemPart] == ["discussed", "listed", "left_out"]
