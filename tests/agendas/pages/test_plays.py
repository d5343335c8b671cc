from dataclasses import replace
from datetime import date

from agendas.facts.account import ActionStatus, NextAction
from agendas.facts.plays import Play, PlayEnd, PlayMotion, PlayRun, PlayStep, StepOwner
from agendas.pages.account_list import PLAYS_SHOWN, library_page, play_saved_page
from agendas.pages.plays import AccountPlays, account_plays_page
from agendas.rendering.page import Button, Line, Page
from agendas.rendering.words import Words
from agendas.rules.plays import LIBRARY, LibraryPlay, PlayOrigin, library_with
from tests.agendas.golden import check_pages
from tests.agendas.pages.examples import HOSTILE, LONG
from tests.builders import ANN, BOB, ZONE, account, ago, profile

WORDS = Words()
TODAY = date(2026, 11, 24)
KNOWN = library_with([(replace(LIBRARY[4], outcome_in_days=50), False), (LIBRARY[8], True)])
RUNS = (
    PlayRun(
        8,
        "pilot",
        "Pilot with a measure",
        "They signed a pilot",
        date(2026, 12, 15),
        ago(10),
        ANN,
        steps=4,
        motion=PlayMotion.PRODUCT,
    ),
    PlayRun(9, "second_thread", "Second thread", "A second person came", date(2026, 11, 20), ago(25), BOB),
    PlayRun(5, "watch", "Watch and help", "They asked", date(2026, 9, 1), ago(400), ANN, PlayEnd.NONE, ago(80)),
    PlayRun(
        6, "expansion", "Expansion", "They asked", date(2026, 9, 1), ago(90), ANN, PlayEnd.STOPPED, ago(80), "Merger"
    ),
    PlayRun(
        7,
        "expansion",
        "Expansion",
        "An offer",
        date(2026, 9, 1),
        ago(70),
        ANN,
        PlayEnd.OUTCOME,
        ago(60),
        "Plant 2 asked",
    ),
)
STEPS = (
    NextAction(31, "Agree on the measure", ANN, date(2026, 11, 20), ago(10), ActionStatus.DONE, play_id=8),
    NextAction(32, "Write the plan", BOB, date(2026, 11, 23), ago(10), play_id=8),
    NextAction(33, "Ask their executive", ANN, date(2026, 12, 8), ago(10), play_id=8),
    NextAction(34, "Something else", ANN, date(2026, 12, 8), ago(10)),
)


def facts(*runs: PlayRun, name: str = "Acme Corp", **values) -> AccountPlays:
    return AccountPlays(account(profile=profile(name), plays=runs, **values), KNOWN, ZONE, TODAY)


SOME_PLAYS = facts(*RUNS, actions=STEPS)


def full(text: str, copies: int) -> AccountPlays:
    runs = tuple(
        replace(
            each, id=each.id + 10 * n, name=text[:120], outcome=text and each.outcome and text, outcome_expected=text
        )
        for n in range(copies)
        for each in RUNS
    )
    return facts(*runs, name=text[:120], actions=tuple(replace(each, text=text) for each in STEPS))


def own(text: str, number: int) -> LibraryPlay:
    steps = tuple(PlayStep(text[:300], StepOwner.SALES, n) for n in range(10))
    return LibraryPlay(Play(f"own-{number}", text[:120], (1, 2), text[:300], 365, steps), PlayOrigin.OWN)


def test_the_pages_of_an_account_say_what_their_golden_file_says() -> None:
    pages = {
        "normal": account_plays_page(SOME_PLAYS, WORDS, can_record=True),
        "for a viewer": account_plays_page(SOME_PLAYS, WORDS, can_record=False),
        "empty": account_plays_page(facts(), WORDS, can_record=True),
        "without a tier": account_plays_page(facts(tier=None), WORDS, can_record=True),
        "hostile": account_plays_page(full(HOSTILE, 1), WORDS, can_record=True),
        "too long": account_plays_page(full(LONG[:3_000], 4), WORDS, can_record=True),
    }
    check_pages("pages/account_plays", pages)


def test_the_pages_of_the_library_say_what_their_golden_file_says() -> None:
    pages = {
        "for editors": library_page(KNOWN, WORDS, can_decide=True),
        "tier 3": library_page(KNOWN, WORDS, tier=3, can_decide=False),
        "empty": library_page([replace(each, is_retired=True) for each in KNOWN], WORDS, can_decide=False),
        "hostile": library_page([own(HOSTILE, 1)], WORDS, can_decide=True),
        "too long": library_page([own(LONG, n) for n in range(12)], WORDS, can_decide=True),
        "too long, further on": library_page([own(LONG, n) for n in range(12)], WORDS, can_decide=True, start=10),
        "saved": play_saved_page(own("Site visit", 1), WORDS),
        "retired": play_saved_page(replace(KNOWN[0], is_retired=True), WORDS),
    }
    check_pages("pages/play_library", pages)


def changes(page: Page) -> list[Button]:
    return [item.button for item in page.items if isinstance(item, Line)]


def test_every_play_can_be_changed_on_one_of_the_pages_and_by_nobody_who_may_not() -> None:
    many = [own("Site visit", n) for n in range(25)]
    starts = range(0, 25, PLAYS_SHOWN)
    pages = [library_page(many, WORDS, can_decide=True, start=start) for start in starts]
    assert [each.value for page in pages for each in changes(page)] == [f"own-{n}" for n in range(25)]
    assert changes(library_page(many, WORDS, can_decide=False)) == []
