from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import AccountState, EventFacts, ListStatus, Source, Stage
from agendas.facts.events import Change, ListChanged
from agendas.facts.fit import Criterion, FitScore
from agendas.facts.narrative import Justification, JustificationPart, Justified, WhyPart
from agendas.facts.program import CalibratedLimit, Calibration, ProgramSettings
from agendas.facts.reviews import AgendaItem, Bucket, ReasonCode
from agendas.facts.signals import Engagement, EngagementTrend
from agendas.pages.accounts import (
    HistoryLine,
    WhyFacts,
    account_card,
    details_terms_page,
    explained_page,
    why_page,
)
from agendas.pages.updates import RecordedFacts, recorded_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Line, Page, Rows
from agendas.rendering.words import Words
from agendas.rules.movement import source_of
from agendas.rules.reviews import explain, place
from tests.agendas.golden import check_golden, check_messages, check_pages
from tests.agendas.pages.examples import ACCOUNT, EMPTY, EXAMPLES, HOSTILE, LONG, NORMAL, NOW, ZONE
from tests.agendas.pages.test_updates import CANDIDATE, CHANGES, recorded_now
from tests.builders import account, agenda_facts, agenda_item, ago
from tests.plain import plain

# The card of an account: its few lines, why, what is open, and its buttons by what the reader may do.

WORDS = Words()


def test_a_card_carries_the_account_on_its_buttons_and_only_those_the_person_may_use() -> None:
    recording = account_card(NORMAL, WORDS).items[-1]
    assert [b.action.removeprefix("account.") for b in recording.items] == ["update", "details", "history", "explain"]
    assert [b.action.removeprefix("account.") for b in recording.menu] == [
        "move",
        "blocker",
        "next",
        "waiting",
        "share",
    ]
    assert {b.value for b in (*recording.items, *recording.menu)} == {"7"}
    reading = account_card(NORMAL, WORDS, can_record=False).items[-1]
    assert [b.action for b in (*reading.items, *reading.menu)] == [
        "account.details",
        "account.history",
        "account.explain",
    ]


def test_a_card_has_the_open_items_with_their_buttons_for_who_may_record_and_five_of_them() -> None:
    page = account_card(EXAMPLES["too long"], WORDS)
    lines = [each for each in page.items if isinstance(each, Line) and each.others]
    buttons = [[b.action for b in (each.button, *each.others)] for each in lines]
    wanted = ["action.done", "action.move", "action.edit", "action.drop"]
    assert [each for each in buttons if each[0] == "action.done"] == [wanted] * 5
    assert "more open items: see Details." in plain(page)
    reading = account_card(NORMAL, WORDS, can_record=False)
    assert not any(isinstance(each, Line) for each in reading.items)
    assert "Due Draft the pilot plan · <@U0ANN1> · 3 d late; " in plain(reading)


def test_a_card_says_what_its_golden_file_says() -> None:
    lines = tuple(HistoryLine(recorded_now(change, n)) for n, change in enumerate(CHANGES[4:9]))
    pages = {
        "normal": account_card(NORMAL, WORDS, next_review_at=NOW + timedelta(days=7), last_events=lines),
        "empty": account_card(EMPTY, WORDS),
        "candidate": account_card(CANDIDATE, WORDS),
        "with something to correct": account_card(EMPTY, WORDS, last_events=lines, can_correct=True),
    }
    check_pages("pages/card", pages)
    check_golden("pages/card_plain", "\n".join(f"=== {kind}\n{plain(page)}\n" for kind, page in pages.items()))
    for kind in EXAMPLES:
        check_messages(messages(account_card(EXAMPLES[kind], WORDS, last_events=lines)))


def test_the_words_of_details_are_explained_each_in_a_line_the_accounts_own_state_first() -> None:
    pages = {"normal": details_terms_page(NORMAL, WORDS), "candidate": details_terms_page(CANDIDATE, WORDS)}
    check_pages("pages/details_terms", pages)


# The part of a card with what was recorded last.
def test_what_was_recorded_twice_in_the_same_words_is_one_line_of_a_card() -> None:
    twice = tuple(HistoryLine(recorded_now(CHANGES[6], number)) for number in (1, 1, 2))
    last = next(one for one in reversed(account_card(NORMAL, WORDS, last_events=twice).items) if isinstance(one, Rows))
    assert len(last.lines) == 2


# The page that says why an account is on the list, and the receipt that names what is missing.

THEN = NOW - timedelta(days=60)
WHOLE = (
    JustificationPart(WhyPart.WHY_ACCOUNT, "Renewing its stack in spring, 400 seats, one-to-one", "U0ANN1", THEN),
    JustificationPart(WhyPart.WHY_NOW, "Their contract ends in April", "U0BOB1", NOW),
    JustificationPart(WhyPart.MOTION, "Our CFO calls theirs, then a pilot", "U0BOB1", NOW),
)
NAMED = replace(ACCOUNT, tier=1, justification=Justification("They grew"))


def why(*parts: JustificationPart, account: AccountState = ACCOUNT, can_change: bool = True) -> Page:
    return why_page(WhyFacts(account, parts, ZONE), WORDS, can_change=can_change)


def said(change: Change, after: AccountState = NAMED) -> RecordedFacts:
    return RecordedFacts(EventFacts(9, 7, change, NOW, NOW, "U0ANN1", Source.COMMAND), NAMED, after)


def receipt(change: Change, after: AccountState = NAMED) -> Page:
    return recorded_page(said(change, after), WORDS)


def test_why_an_account_is_on_the_list_says_what_its_golden_file_says() -> None:
    paused = replace(ACCOUNT, list_status=ListStatus.PAUSED, list_changed_at=NOW, because="They merge")
    pages = {
        "whole": why(*WHOLE),
        "a gap": why(WHOLE[0], JustificationPart(WhyPart.WHY_NOW), JustificationPart(WhyPart.MOTION)),
        "paused, may not change": why(*WHOLE, account=paused, can_change=False),
        "hostile": why(*(replace(each, text=HOSTILE) for each in WHOLE)),
        "too long": why(*(replace(each, text=LONG) for each in WHOLE)),
    }
    check_pages("pages/why", pages)


def test_the_receipt_of_a_change_says_from_what_to_what_each_part_went() -> None:
    before = Justification("They grew", "In April")
    change = Justified(Justification("They grew", "In May", "A pilot"), before)
    assert "Recorded for Acme Corp: why now: In April → In May; motion: A pilot." in plain(receipt(change))
    emptied = Justified(replace(before, why_now=""), before)
    assert "Recorded for Acme Corp: why now: In April → none." in plain(receipt(emptied))
    given = ListChanged("named", 1, "They grew", "candidate", why_now="In April", motion="A pilot")
    assert "named, tier 1: They grew · now: In April · motion: A pilot." in plain(receipt(given))


# Why an account is in its bucket, as people read it.

SCORES = (
    FitScore(Criterion.ACV, 3, "Large", "finance", "U0ANN1", NOW),
    FitScore(Criterion.URGENCY, 2, "Soon", "sales", "U0ANN1", NOW),
)


def explained(item: AgendaItem, month: str = "") -> Page:
    return explained_page(item.facts, item.placement, WORDS, month=month)


def scored() -> AgendaItem:
    engaged = Engagement(60.0, 31.0, (25.0, 20.0, 30.0), 9.2, 6.2, EngagementTrend.INCREASING, ago(1))
    return agenda_item(agenda_facts(account=account(fit=SCORES), engagement=engaged))


def test_why_an_account_is_in_its_bucket_says_what_its_golden_file_says() -> None:
    paused = replace(account(), list_status=ListStatus.PAUSED)
    pages = {
        **{kind: explained(item) for kind, item in EXAMPLES.items()},
        "with scores": explained(scored()),
        "over a month": explained(scored(), "October 2026"),
        "paused": explained(agenda_item(agenda_facts(account=paused))),
    }
    check_pages("pages/explained", pages)


def test_the_first_bucket_that_holds_is_the_accounts_own() -> None:
    for item in (*EXAMPLES.values(), agenda_item(), scored()):
        if item.facts.account.list_status is not ListStatus.NAMED:
            continue
        placement = place(item.facts)
        held = [each.bucket for each in explain(item.facts, placement).tests if each.holds]
        assert (held or [Bucket.STEADY])[0] is placement.bucket


def stalled(settings: ProgramSettings) -> str:
    """The page of an account of tier 2 that is engaged for 50 days."""
    state = account(tier=2, stage_since=ago(50))
    return plain(explained(agenda_item(agenda_facts(account=state, settings=settings))))


def test_a_limit_is_told_with_where_it_comes_from() -> None:
    key = "tier.2.aged.engaged"
    calibrated = Calibration((CalibratedLimit(key, 40, 12),), NOW.date())
    assert "limit 45 (default limit) · since 5 Oct" in stalled(ProgramSettings())
    assert "limit 40 (limit from 12 completed stays)" in stalled(ProgramSettings(calibration=calibrated))
    assert "limit 20 (limit of your own)" in stalled(ProgramSettings(((key, 20),)))


def test_the_fit_is_told_by_its_formula_and_what_is_not_recorded_is_left_out() -> None:
    # 25 x 3/4 + 15 x 2/4 = 26.25 of 40
    said = plain(explained(scored())).replace("\N{MULTIPLICATION SIGN}", "x")
    assert "Fit 65.6 = 100 x (ACV 25 x 3/4 + Urgency 15 x 2/4) / 40, 40% of the weights known" in said
    assert "Fit" not in plain(explained(agenda_item()))


def test_every_reason_finds_what_it_rests_on_or_nothing_in_every_example() -> None:
    for item in EXAMPLES.values():
        for code in ReasonCode:
            source_of(code, item.facts)
    gone = agenda_facts(account=account(stage=Stage.AWARE, stage_since=ago(10), named_at=ago(12)))
    found = source_of(ReasonCode.NO_EVIDENCE, gone)
    assert found is not None
    assert found.on == (ago(10) - timedelta(hours=5)).date()
