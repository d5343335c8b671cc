from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from agendas.errors import Offer, Unclear, UnknownAccount
from agendas.facts.account import Rhythm
from agendas.facts.people import Function, Right
from agendas.facts.program import DEFAULTS, LedgerLine, LedgerState
from agendas.facts.reviews import CadenceFacts, DayOff, Occurrence, OccurrenceChange, OpenReview, Plan, ScopeNow
from agendas.pages import command_help
from agendas.pages.account_list import menu_page
from agendas.pages.accounts import nearest_page
from agendas.pages.admin import failure_page, ledger_page
from agendas.pages.command_help import (
    COMMANDS,
    HelpPart,
    commands_of,
    help_page,
    offers_page,
    outsider_page,
    part_of,
    refused_page,
)
from agendas.pages.reviews import CadenceChanged, cadence_changed_page, cadence_page, no_cadence_page, started_page
from agendas.rendering.page import Buttons, Rows, notice, sentence_page
from agendas.rendering.words import Words
from agendas.rules.access import Permission
from tests.agendas.golden import check_pages
from tests.agendas.pages.examples import HOSTILE, NOW, ZONE
from tests.agendas.pages.test_people import PEOPLE
from tests.cases import cases
from tests.plain import plain

WORDS = Words()
FIRST = datetime(2026, 12, 7, 14, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
CADENCE = CadenceFacts(
    id=3,
    channel_id="C0ABM1",
    plan=Plan(Rhythm.WEEKLY, date(2026, 9, 7), time(9, 0), ZONE, frozenset({date(2026, 12, 25)})),
    minutes=45,
    facilitator="U0DAN1",
    is_paused=False,
    upcoming=(
        Occurrence(date(2026, 12, 7), FIRST + timedelta(days=1, hours=1), was_moved=True),
        Occurrence(date(2026, 12, 21), FIRST + 2 * WEEK),
        Occurrence(date(2027, 1, 4), FIRST + 4 * WEEK, held_forward=True),
    ),
    tiers=(1, 2),
    owners=("U0ANN1", "U0BOB1"),
    segments=("Retail & <Food>",),
    days_left_out=(DayOff(date(2026, 12, 25), "Christmas & <Boxing> Day"), DayOff(date(2026, 12, 18), "")),
    changes=(
        OccurrenceChange(date(2026, 12, 7), FIRST + timedelta(days=1), "Board meeting"),
        OccurrenceChange(date(2026, 12, 14), None, "Offsite"),
        OccurrenceChange(date(2026, 12, 28), None),
        OccurrenceChange(date(2026, 10, 5), None, "long past"),
    ),
)
SLIP = Unclear('"histroy" is not <a> word. Did you mean history?', (Offer("History", "/account acme history"),))
TOO_LONG = Unclear('"puase" has no meaning here.', (Offer("Pause", "/account acme pause because " + "x" * 2_000),))
FULL = ScopeNow(12, 5, 52, chosen=("Acme & <Co>", "B", "C", "D", "E", "F", "G"), gone=("Hooli <3",))
NOTHING = ScopeNow(0, 0, 0, deactivated=("U0ANN1",), empty_segments=("Retail & <Food>",))
LIST = {"candidates": 1, "paused": 2, "settings": DEFAULTS}


def test_a_cadence_says_what_its_golden_file_says() -> None:
    everything = replace(CADENCE, tiers=(), owners=(), segments=(), changes=())
    biweekly = replace(CADENCE.plan, rhythm=Rhythm.BIWEEKLY, zone="Asia/Kathmandu")
    monthly = replace(CADENCE.plan, rhythm=Rhythm.MONTHLY, anchor_on=date(2026, 12, 8))
    last = replace(CADENCE.plan, rhythm=Rhythm.MONTHLY, anchor_on=date(2026, 11, 30))
    pages = {
        "weekly": cadence_page(CADENCE, WORDS, now=NOW),
        "paused": cadence_page(replace(CADENCE, is_paused=True), WORDS, now=NOW),
        "open review": cadence_page(everything, WORDS, now=NOW, running=OpenReview(9, "C0ABM1", NOW, ZONE, NOW)),
        "biweekly": cadence_page(replace(everything, plan=biweekly), WORDS, now=NOW),
        "monthly": cadence_page(replace(everything, plan=monthly, close_after_minutes=90), WORDS, now=NOW),
        "too rare": cadence_page(
            replace(everything, plan=monthly, wanted_more_often=((1, Rhythm.WEEKLY), (2, Rhythm.BIWEEKLY))),
            WORDS,
            now=NOW,
        ),
        "last of a month": cadence_page(replace(everything, plan=last, account_ids=(1, 2)), WORDS, now=NOW),
        "more than fits": cadence_page(replace(CADENCE, account_ids=(1, 2), scope_now=FULL), WORDS, now=NOW),
        "very many": cadence_page(replace(CADENCE, scope_now=ScopeNow(490, None, 980)), WORDS, now=NOW),
        "nothing in scope": cadence_page(replace(CADENCE, scope_now=NOTHING), WORDS, now=NOW),
        "for a reader": cadence_page(everything, WORDS, now=NOW, can_decide=False),
        "for a reader, without dates": cadence_page(replace(everything, upcoming=()), WORDS, now=NOW, can_decide=False),
        "moved": cadence_changed_page(
            CadenceChanged("moved", "U0ANN1", ZONE, date(2026, 11, 30), NOW, "travel", NOW), WORDS
        ),
        "without dates": cadence_page(replace(everything, upcoming=()), WORDS, now=NOW),
        "review at once": started_page("The review of Tue 24 Nov is being posted.", CADENCE, WORDS),
        "review at once, without dates": started_page("Posted.", replace(CADENCE, upcoming=()), WORDS),
        "resumed": cadence_changed_page(CadenceChanged("resumed", "U0ANN1", ZONE, next_at=NOW), WORDS),
        "none": no_cadence_page(WORDS),
        "none, for a reader": no_cadence_page(WORDS, can_decide=False),
    }
    check_pages("pages/cadence", pages)


def test_a_ledger_says_what_its_golden_file_says() -> None:
    lines = (
        LedgerLine("Review", FIRST, LedgerState.WAITING),
        LedgerLine("Review", NOW, LedgerState.MISSED, reason="The bot was not running for 3 hours."),
        LedgerLine(
            "Review", NOW - WEEK, LedgerState.LATE, NOW - WEEK + timedelta(minutes=12), permalink="https://a.example/p1"
        ),
        LedgerLine("Review", NOW - 2 * WEEK, LedgerState.POSTED, NOW - 2 * WEEK + timedelta(seconds=3)),
        LedgerLine("Review", NOW - 3 * WEEK, LedgerState.SKIPPED, reason="Offsite <!here>"),
        LedgerLine("Agenda of Acme Corp", NOW - 4 * WEEK, LedgerState.REFUSED, reason="The channel was archived."),
    )
    pages = {
        "missed": ledger_page(lines, WORDS, zone=ZONE, now=NOW),
        "posted": ledger_page(lines[2:], WORDS, zone=ZONE, now=NOW),
        "none": ledger_page((), WORDS, zone=ZONE, now=NOW),
    }
    check_pages("pages/ledger", pages)
    assert [isinstance(page.items[-1], Buttons) for page in pages.values()] == [True, False, False]


@cases("state", LedgerState)
def test_every_state_of_a_planned_post_has_its_word_in_the_ledger(state: LedgerState) -> None:
    page = ledger_page([LedgerLine("Review", NOW, state)], WORDS, zone=ZONE, now=NOW)
    assert state.value in page.title
    assert any(f"Review · {state.value}" in line for one in page.items if isinstance(one, Rows) for line in one.lines)


def test_people_menu_help_refusals_and_nearest_say_what_their_golden_file_says() -> None:
    several = UnknownAccount("acme", ((7, "Acme Corp"), (8, "Acme Labs")), ambiguous=True)
    pages = {
        "menu, for an admin": menu_page({1: 12, 2: 40, None: 1}, WORDS, person=PEOPLE[0], **LIST),
        "menu, for an observer": menu_page({1: 12}, WORDS, person=replace(PEOPLE[2], right=Right.OBSERVER), **LIST),
        "help": help_page(WORDS),
        **{f"help, {part}": help_page(WORDS, part=part) for part in HelpPart},
        "help move": help_page(WORDS, "move", ("Larch & Sons",)),
        "help now": help_page(WORDS, "review now", ("Larch & Sons", "Pinewood")),
        "help signal, with an empty list": help_page(WORDS, "signal"),
        "help unknown": help_page(WORDS, HOSTILE),
        "nearest": nearest_page(UnknownAccount("amce", ((7, "Acme Corp"),)), WORDS, original="/move amce nothing"),
        "ambiguous": nearest_page(several, WORDS, original="/account acme"),
        "nothing near": nearest_page(UnknownAccount(HOSTILE), WORDS, original="/account x"),
        "too long to carry": nearest_page(several, WORDS, original="/move acme " + "x" * 2_000),
        "notice": notice("Ask <@U0ANN1> & <!channel>."),
        "words that may have been meant": offers_page(SLIP, WORDS),
        "too long for a button": offers_page(TOO_LONG, WORDS),
        "an account that is gone": command_help.no_account_page(WORDS),
        **{
            f"refused {permission}": refused_page(permission, Right.OBSERVER, WORDS, admins=("U0ANN1", "U0BOB1"))
            for permission in Permission
        },
        "refused, no admin": refused_page(Permission.RECORD, Right.VIEWER, WORDS, admins=()),
        **{k: outsider_page(k, WORDS, admins=("U0ANN1",)) for k in ("guest", "external", "deactivated", "unknown")},
    }
    check_pages("pages/program", pages)


@cases(
    ("typed", "found"),
    [
        ("skip", ["review skip"]),
        ("/review skip", ["review skip"]),
        ("NEXT", ["next", "next done", "next slipped", "next dropped", "next give"]),
        ("blocker", ["blocker", "blocker resolve"]),
        ("resolve", ["blocker resolve"]),
        ("dance", []),
    ],
)
def test_help_finds_commands_by_any_of_their_words(typed: str, found: list[str]) -> None:
    assert [command.word for command in commands_of(typed)] == found


MOST_WORDS = 50


@cases("part", HelpPart)
def test_the_help_of_a_function_is_as_short_as_a_glance(part: HelpPart) -> None:
    shown = plain(help_page(WORDS, part=part)).splitlines()
    common = plain(help_page(WORDS)).splitlines()
    own = [line for line in shown if line not in common and line.startswith("•")]
    assert 0 < sum(len(line.split()) for line in own) <= MOST_WORDS


@cases("function", Function)
def test_every_function_has_its_part_of_the_help_and_admins_without_one_theirs(function: Function) -> None:
    assert part_of(replace(PEOPLE[0], function=function)) is not None
    assert part_of(replace(PEOPLE[0], function=None, right=Right.ADMIN)) is HelpPart.ADMIN
    assert part_of(replace(PEOPLE[0], function=None, right=Right.EDITOR)) is None


@cases("command", COMMANDS, ids=lambda command: command.word)
def test_the_usage_of_a_command_begins_as_it_is_typed_and_examples_too(command) -> None:
    first = f"/{command.word.split()[0]}"
    assert all(text.split()[0] == first for text in (command.usage, *command.examples))
    assert command.meaning[1:] in plain(help_page(WORDS, command.word))


@cases(
    ("error", "why", "what_to_do"),
    [
        ("not_in_channel", "not a member", "Invite Cadence"),
        ("channel_not_found", "does not exist", "Invite Cadence"),
        ("is_archived", "archived", "Unarchive it"),
        ("is_ext_shared", "another company", "channel of your own"),
        ("restricted_action_read_only_channel", "restricted", "manages it"),
        ("ekm_access_denied", "Slack refused", "app settings"),
    ],
)
def test_a_channel_in_trouble_says_why_and_what_to_do(error: str, why: str, what_to_do: str) -> None:
    text = plain(sentence_page(WORDS.say("trouble.channel", channel_id="C0ABM1", error=error)))
    assert "#C0ABM1" in text
    assert why in text
    assert what_to_do in text
    assert error in text


def test_a_failure_of_ours_names_the_reference_and_what_to_do() -> None:
    assert plain(failure_page("r-42", WORDS)) == (
        "Something went wrong here and nothing was recorded. Try again; if it happens again, "
        "tell an admin this reference: r-42."
    )
