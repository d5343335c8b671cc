from dataclasses import replace
from datetime import date, timedelta

import pytest

from agendas.facts.answered_items import AccountFilter, ScoreboardFilter
from agendas.facts.deals import OpportunityType, Phase
from agendas.facts.measures import PipelineQuality, PlannedReview, Program, Progression, TrendKind, TrendPoint
from agendas.facts.people import Function
from agendas.facts.plays import PlayStarted
from agendas.pages.scoreboard import scoreboard_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.scoreboard import scoreboard_of
from tests.agendas.golden import check_messages, check_pages
from tests.agendas.rules.histories import History, named, shown
from tests.agendas.rules.measured_programs import NOW, of
from tests.cases import cases
from tests.plain import plain

WORDS = Words()
TODAY = NOW.date()
PEOPLE = {"U1": "Ann Sample", "U2": "Bob Sample"}


def advanced(name: str, tier: int = 1) -> History:
    history = named(tier, "aware", name=name, since=60)
    history.move("engaged", 75, shown(75, "Their operations director asked for a plan"))
    history.add(PlayStarted("executive_meeting", "Executive meeting", "They met", TODAY + timedelta(days=9), 4), 76)
    return history


def blocked(name: str) -> History:
    history = named(1, "engaged", name=name, since=66)
    history.block(60, needs="executive")
    return history


def stalled(name: str) -> History:
    history = named(2, "engaged", name=name, since=20)
    history.promise(60, 30)
    return history


def selling(name: str, currency: str = "USD", amount: int | None = 4_800_000) -> History:
    history = named(2, "customer", name=name, since=66)
    sold = {"type": OpportunityType.EXISTING_BUSINESS, "amount_cents": amount, "currency": currency}
    history.deal(Phase.LATE, 68, opened_on=66, closes_on=date(2026, 3, 30), **sold)
    history.promise(74)
    return history


def paused(name: str) -> History:
    history = stalled(name)
    history.put("paused", 76)
    return history


def point(days_ago: int, advanced: int, **cents: int) -> TrendPoint:
    quality = {currency: PipelineQuality(value, value * 3 // 4, 0, 1) for currency, value in cents.items()}
    moved = {1: Progression(8, advanced, 1), 2: Progression(6, 1, 0)}
    return TrendPoint(TODAY - timedelta(days=days_ago), TrendKind.REVIEW, progression=moved, quality=quality)


def program(**values: object) -> Program:
    found = of(
        *(blocked("Corvane"), stalled("Osprey"), selling("Merrow"), advanced("Brightwater"), advanced("Juniper", 3)),
        *(selling("Halden", "EUR", None), paused("Quill")),
    )
    both = frozenset({Function.SALES, Function.MARKETING})
    reviews = (
        PlannedReview(1, "C1", NOW - timedelta(days=6), was_held=True, functions=both),
        PlannedReview(2, "C1", NOW - timedelta(days=3), was_held=None, was_missed=True),
    )
    trend = (point(14, 1, USD=5_000_000), point(7, 2, USD=6_000_000, EUR=1_000), point(0, 3, USD=4_800_000))
    return replace(found, people=PEOPLE, reviews=reviews, trend=trend, **values)


def page(found: Program, wanted: ScoreboardFilter | None = None, **values: object) -> Page:
    names, plays = {"U1": "Ann Sample"}, {"executive_meeting": "Executive meeting"}
    return scoreboard_page(scoreboard_of(found, wanted, names=names, plays=plays), WORDS, **values)


def many(count: int, name: str = "Sample account") -> Program:
    found = of(*(stalled(f"{name} {number:03}") for number in range(count)))
    return replace(found, people=PEOPLE)


STALLED_TIER_2 = ScoreboardFilter(AccountFilter(tiers=(2,), owners=("U1",)), ("executive_meeting",), True)


def test_the_scoreboard_says_what_its_golden_file_says() -> None:
    whole = program()
    ended = replace(whole, period=replace(whole.period, is_running=False), history_since=TODAY)
    gone = replace(of(), history_since=TODAY + timedelta(days=9))
    pages = {
        "running month": page(whole),
        "filtered": page(whole, ScoreboardFilter(AccountFilter(tiers=(1, 3)), ("executive_meeting",), True)),
        "no account fits": page(whole, STALLED_TIER_2),
        "month that ended": page(replace(ended, trend=())),
        "one account": page(of(advanced("Acme"))),
        "all paused": page(of(paused("Quill"), paused("Sable"))),
        "empty": page(of()),
        "before the history": page(gone),
        "for a file": page(whole, whole=True),
    }
    check_pages("pages/scoreboard", pages)


@cases("is_plain", [False, True])
@pytest.mark.again
def test_every_account_is_reached_by_pages_in_tables_and_in_lines(is_plain: bool) -> None:
    found, seen, start, pages = many(230), [], 0, 0
    while True:
        first = messages(page(found, start=start), plain=is_plain)
        check_messages(first)
        blocks = [block for message in first for block in message.blocks]
        seen += _names(blocks, is_plain=is_plain)
        pages += 1
        more = [
            button["value"]
            for block in blocks
            if block["type"] == "actions"
            for button in block["elements"]
            if button.get("action_id") == "scoreboard.more"
        ]
        if not more:
            break
        words, _, written = more[0].rpartition(" ")
        assert words == "2026-03"
        start = int(written)
    assert seen == [f"Sample account {number:03}" for number in range(230)]
    assert pages >= 2


def _names(blocks: list[dict], *, is_plain: bool) -> list[str]:
    if not is_plain:
        return [row[0]["text"] for block in blocks if block["type"] == "data_table" for row in block["rows"][1:]]
    texts = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    lines = [line for text in texts for line in text.splitlines()]
    return [line.split("*")[1] for line in lines if line.startswith("*Sample account")]


def test_a_file_has_every_account_and_nothing_to_click() -> None:
    text = plain(page(many(230), whole=True))
    assert text.count("Sample account") == 230
    assert "[" not in text


def test_amounts_of_two_currencies_do_not_sort_as_numbers() -> None:
    text = plain(page(of(selling("Merrow"), selling("Halden", "EUR"))))
    assert "USD 48k" in text
    assert "EUR 48k" in text
    assert "96k" not in text
    for found, kind in ((of(selling("Merrow"), selling("Halden")), "raw_number"), (program(), "raw_number")):
        table = next(block for block in messages(page(found))[0].blocks if block["type"] == "data_table")
        assert {row[8]["type"] for row in table["rows"][1:] if "USD" in row[8]["text"]} == {kind}
    mixed = of(selling("Merrow"), selling("Halden", "EUR"))
    table = next(block for block in messages(page(mixed))[0].blocks if block["type"] == "data_table")
    assert {row[8]["type"] for row in table["rows"][1:]} == {"raw_text"}
