from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import Decision, ListStatus
from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.events import Decided, DecisionKind
from agendas.facts.interventions import ExecutiveTouch
from agendas.facts.measures import Bridge, ClosedDeal, ListMove, Practice, Program
from agendas.facts.reviews import Bucket, CadenceKind, ReviewFacts
from agendas.pages import executive
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from agendas.rules.executive import ExecutiveReport, executive_report
from tests.agendas.golden import check_pages
from tests.agendas.pages.test_scoreboard import stalled
from tests.agendas.rules.histories import History, day, named, shown
from tests.agendas.rules.measured_programs import NOW, PERIOD, deal, of
from tests.cases import cases
from tests.plain import plain

WORDS = Words()
TODAY = NOW.date()

TOUCHES = (
    ExecutiveTouch(32, 1, TODAY - timedelta(days=2), "U2", "Dana Weber, CFO", "agreed on a pilot in two depots"),
    ExecutiveTouch(31, 5, TODAY - timedelta(days=11), "U2", "Omar Reyes, COO", "wants a plan by May"),
    ExecutiveTouch(30, 1, TODAY - timedelta(days=90), "U1", "Dana Weber, CFO", "first dinner"),
    ExecutiveTouch(29, 5, TODAY - timedelta(days=101), "U1", "Omar Reyes, COO", "too long ago"),
)


def advanced(name: str, tier: int = 1) -> History:
    history = named(tier, "aware", name=name, since=60)
    history.move("engaged", 75, shown(75, "Their operations director asked for a plan"))
    return history


def blocked(name: str, *, is_asked: bool = True) -> History:
    history = named(1, "engaged", name=name, since=66)
    history.block(60, needs="executive")
    if is_asked:
        history.add(Decided(DecisionKind.INTERVENE, "Call their COO", "U2", (day(75)).date()), 71)
    return history


def grown(name: str) -> History:
    history = named(2, "customer", name=name, since=66)
    sold = {"type": OpportunityType.EXISTING_BUSINESS, "amount_cents": 4_800_000, "currency": "USD"}
    history.deal(Phase.LATE, 68, opened_on=66, **sold)
    history.deal(Phase.WON, 74, **sold)
    history.promise(74)
    return history


def claimed(name: str) -> History:
    history = named(3, "aware", name=name, since=60)
    history.move("engaged", 75)
    return history


def program() -> Program:
    found = of(blocked("Corvane"), blocked("Halden", is_asked=False), stalled("Osprey"), grown("Merrow"))
    more = of(advanced("Brightwater"), advanced("Juniper", 2), claimed("Sable"))
    moved = [
        replace(each, facts=replace(each.facts, account=replace(each.facts.account, account_id=number)))
        for number, each in enumerate((*found.accounts, *more.accounts), start=1)
    ]
    asked = Decision(5, DecisionKind.INTERVENE, "Call their COO", day(30), "U1", "U2", TODAY - timedelta(days=4))
    done = Decision(6, DecisionKind.CHANGE_TIER, "Two depots asked", day(31), "U1", from_tier=3, to_tier=2)
    keep = Decision(7, DecisionKind.KEEP, "Go on", day(31), "U1")
    named_, status = ListStatus.NAMED, ListStatus
    late, later = PERIOD.first - timedelta(days=20), PERIOD.ends_at + timedelta(days=2)
    closed = (
        ClosedDeal(moved[0].facts.account, deal(Phase.LOST, 390_000, currency="USD"), late, known_at=NOW),
        ClosedDeal(moved[1].facts.account, deal(Phase.WON, None), PERIOD.last, known_at=later),
    )
    return replace(
        found,
        accounts=tuple(moved),
        decisions=((1, asked), (4, done), (90, replace(asked, event_id=4, text="Meet their CFO")), (5, keep)),
        decided=((3, replace(done, event_id=9)), (1, replace(asked, event_id=8, due_on=TODAY)), (5, keep)),
        names={90: "Quill"},
        practice=Practice(touches=TOUCHES),
        closed=closed,
        bridges=(
            Bridge(
                "EUR",
                120_000_00,
                30_000_00,
                5_000_00,
                9_000_00,
                1_000_00,
                2_000_00,
                40_000_00,
                8_000_00,
                700_00,
                6_000_00,
            ),
            Bridge("USD", 50_000_00, lost=50_000_00),
        ),
        before={1: Bucket.STEADY, 2: Bucket.STALLED, 5: Bucket.NEW},
        list_moves=(
            ListMove(7, "Sable", status.CANDIDATE, named_, NOW, "U1", "Two sites opened", to_tier=3),
            ListMove(3, "Osprey", named_, named_, NOW, "U1", "Two depots asked", 3, 2, decision_id=9),
            ListMove(90, "Quill", named_, status.REMOVED, NOW, "U1", "Chose a free tool", 2),
            ListMove(91, "Tarn", status.REMOVED, status.CANDIDATE, NOW, "U1", "Asked for us again"),
        ),
    )


def test_the_details_say_what_their_golden_file_says() -> None:
    whole = executive_report(program())
    pages = {
        "details": executive.executive_details_page(whole, WORDS),
        "details for an observer": executive.executive_details_page(whole, WORDS, can_act=False),
    }
    check_pages("pages/executive_details", pages)


def report(**values: object) -> ExecutiveReport:
    return replace(executive_report(program()), **values)


def test_the_executive_page_says_what_its_golden_file_says() -> None:
    whole = executive_report(program())
    empty = executive_report(replace(program(), accounts=(), list_moves=(), before={}, decisions=(), decided=()))
    ended = replace(whole, period=replace(whole.period, is_running=False))
    pages = {
        "running month": executive.executive_page(whole, WORDS),
        "for the one asked": executive.executive_page(whole, WORDS, reader="U2"),
        "month that ended, for an observer": executive.executive_page(ended, WORDS, can_act=False),
        "history since this month": executive.executive_page(replace(whole, since=TODAY), WORDS),
        "one account": executive.executive_page(executive_report(of(advanced("Acme"))), WORDS),
        "all paused": executive.executive_page(replace(empty, paused=whole.advanced), WORDS),
        "empty": executive.executive_page(empty, WORDS),
    }
    check_pages("pages/executive", pages)


@cases("times", [1, 60])
def test_the_page_has_at_most_forty_lines_however_large_the_program(times: int) -> None:
    whole = report()
    many = replace(
        whole,
        past=whole.past * times,
        interventions=whole.interventions * times,
        stalled={group: accounts * times for group, accounts in whole.stalled.items()},
        expanded=whole.expanded * times,
        advanced=whole.advanced * times,
        claimed=whole.claimed * times,
        list_moves=whole.list_moves * times,
        decided=whole.decided * times,
        touches=whole.touches * times,
    )
    page = executive.executive_page(many, WORDS)
    lines = [line for line in plain(page, {}).splitlines() if line.strip()]
    assert len(lines) <= 40
    assert times == 1 or {"and 57 more expanded", "and 116 more advanced"} <= set(lines)
    assert len(messages(page)) == 1


def test_amounts_are_told_by_currency_and_a_missing_one_is_said_and_never_taken_for_nothing() -> None:
    def selling(name: str, on_day: float, amount: int | None, currency: str) -> History:
        history = named(3, "customer", name=name, since=66)
        sold = {"type": OpportunityType.EXISTING_BUSINESS, "amount_cents": amount, "currency": currency}
        history.deal(Phase.EARLY, on_day, opened_on=on_day, **sold)
        history.promise(on_day)
        return history

    found = of(
        selling("Merrow", 72, 4_800_000, "USD"),
        selling("Halden", 73, 1_000_000, "EUR"),
        selling("Tern", 74, None, "EUR"),
    )
    said = plain(executive.executive_page(executive_report(found), WORDS)).replace("*", "")
    for told in (
        "Merrow · expanded · +USD 48k in pipeline",
        "Halden · expanded · +EUR 10k in pipeline",
        "Tern · expanded · 1 deal of unknown amount",
        "of USD 48k open",
        "of EUR 10k open",
        "1 deal without an amount",
    ):
        assert told in said
    assert "58k" not in said


# Reviews of executives.

REVIEW = ReviewFacts(
    id=9,
    channel_id="C0BOARD01",
    zone="UTC",
    planned_at=NOW,
    opened_at=NOW,
    minutes=60,
    facilitator="U1",
    items=(),
    next_at=NOW + timedelta(days=28),
    kind=CadenceKind.EXECUTIVE,
)
CLOSED = replace(REVIEW, closed_at=NOW + timedelta(hours=1), closed_by="U1", was_held=True, attended=(("U1", "sales"),))
ASKED = Decision(5, DecisionKind.INTERVENE, "Call their COO", NOW, "U1", "U2", NOW.date() + timedelta(days=4))


def test_the_pages_of_an_executive_review_say_what_their_golden_file_says() -> None:
    report = executive_report(of(blocked("Corvane"), advanced("Brightwater")))
    outcome = executive.ExecutiveOutcome([("Corvane", ASKED)], [("Corvane", "Call their COO", "U3")])
    pages = {
        "in the channel": executive.executive_review_page(report, REVIEW, executive.ExecutiveOutcome(), WORDS),
        "posted late, closed": executive.executive_review_page(
            report, replace(CLOSED, late_minutes=30), outcome, WORDS
        ),
        "a day before": executive.executive_before_page(
            report, executive.ExecutiveMeeting("C0BOARD01", NOW, "UTC"), WORDS, can_act=True, reader="U2"
        ),
        "recap": executive.executive_recap_page(CLOSED, NOW.date(), outcome, WORDS),
        "recap of one not held": executive.executive_recap_page(
            replace(CLOSED, was_held=False, attended=(), next_at=None), NOW.date(), executive.ExecutiveOutcome(), WORDS
        ),
    }
    check_pages("pages/executive_review", pages)
