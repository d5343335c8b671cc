import json
from dataclasses import replace

from agendas.facts.program import SetupStep
from agendas.facts.reviews import Bucket, ReasonCode, StallAnswer
from agendas.pages.home import ACCOUNTS, HomeFacts, HomeView, home_page
from agendas.rendering.blockkit import blocks
from agendas.rendering.page import Button, Line, Text
from agendas.rendering.words import Words
from agendas.rules.account_list import HomeFilter
from sandbox.limits import view_problems, view_too_large
from tests.agendas.golden import check_golden, check_pages
from tests.agendas.pages import home_days as days
from tests.builders import agenda_item
from tests.cases import cases
from tests.plain import plain

WORDS = Words()
FIVE = {
    "an executive without an account": days.executive(),
    "an owner": days.owner(),
    "an admin": days.admin(),
    "a viewer": days.viewer(),
    "somebody without a function": days.nobody(),
}


def said(facts: HomeFacts, shown: HomeView = HomeView()) -> str:  # noqa: B008
    return plain(home_page(facts, WORDS, shown=shown))


def test_home_of_five_persons_in_blocks_and_in_plain_text() -> None:
    pages = {who: home_page(facts, WORDS, shown=HomeView()) for who, facts in FIVE.items()}
    check_pages("pages/home", pages)
    check_golden("pages/home_plain", "\n".join(f"=== {who}\n{plain(page)}\n" for who, page in pages.items()))


def test_home_fits_whatever_there_is() -> None:
    setup = tuple(
        Line("x", Button("Do", f"setup.{step}"), (Button("Leave out", "setup.leave_out"),)) for step in SetupStep
    )
    changed = (Line("x" * 900, Button("Undo", "undo", "1")), Text("x"))
    page = home_page(days.full_day("W" * 3_000), WORDS, shown=HomeView(), changed=changed, to_set_up=setup)
    view = {"type": "home", "blocks": blocks(page)}
    assert view_problems(view, surface="home") == []
    assert not view_too_large(view)
    assert len(view["blocks"]) <= 100
    assert len(json.dumps(view)) < 250_000


@cases(
    ("choice", "names"),
    [
        (HomeFilter.ALL, ["Corvane", "Merrow", "Brightwater", "Juniper", "Sable"]),
        (HomeFilter.STALLED, ["Corvane"]),
        (HomeFilter.INTERVENE, []),
        (HomeFilter.TIER_1, ["Corvane", "Merrow", "Brightwater", "Juniper"]),
        (HomeFilter.TIER_2, []),
        (HomeFilter.OWNED, ["Corvane", "Merrow", "Brightwater", "Juniper", "Sable"]),
    ],
)
def test_accounts_are_chosen_by_state_tier_and_owner(choice: HomeFilter, names: list[str]) -> None:
    shown = said(days.owner(), HomeView(choice))
    below = shown[shown.index("Your accounts") : shown.index("Program")]
    every = ("Corvane", "Merrow", "Brightwater", "Juniper", "Sable")
    assert [name for name in every if f"*{name}* " in below] == names
    assert ("None of your accounts is among these now." in below) == (not names)


def test_a_long_list_of_accounts_goes_on_page_by_page_and_begins_again() -> None:
    facts = days.full_day(count=30)
    first, last = said(facts), said(facts, HomeView(start=2 * ACCOUNTS))
    assert "1 to 12 of 30." in first
    assert "*Company 12*" in first
    assert "*Company 13*" not in first
    assert "25 to 30 of 30." in last
    assert "1 to 12 of 30." in said(facts, HomeView(start=5_000))


def test_the_greeting_follows_the_persons_own_clock() -> None:
    greetings = {
        hour: said(replace(days.executive(), now=days.NOW.replace(hour=hour))).splitlines()[0]
        for hour in (9, 14, 20, 23)
    }
    assert greetings == {
        9: "Good evening, Paula",
        14: "Good morning, Paula",
        20: "Good afternoon, Paula",
        23: "Good evening, Paula",
    }


def test_an_account_in_trouble_says_why_in_numbers_against_their_limits() -> None:
    stall = StallAnswer(True, (), 34, 30, 0, 14)
    reason = ((ReasonCode.STALLED_AGED, 34, 30),)
    stalled = agenda_item(
        placement=replace(agenda_item().placement, bucket=Bucket.STALLED, stall=stall, reasons=reason)
    )
    shown = said(replace(days.executive(), accounts=(stalled,)))
    assert ":large_yellow_circle: *Acme Corp* stalled · Tier 1 · Engaged 34/30 d" in shown
