"""Lists, numbers and sums of accounts of the stored world."""

from datetime import date
from itertools import product
from typing import Any

import pytest

from agendas.errors import NotUnderstood
from agendas.facts.account import ListStatus, Stage
from agendas.facts.found import AccountStanding
from agendas.facts.group import BuyingRole
from assistant.query import Field, Form, Having, Per, Period, Query, Subject
from storage.database import Store
from tests.assistant.asking import CHANNEL, DM, found_by
from tests.assistant.look_ups.looking import ask
from tests.assistant.world import PEOPLE
from tests.cases import cases

NORA, TOMAS = PEOPLE["nora"].user_id, PEOPLE["tomas"].user_id
STALLED, INTERVENE = AccountStanding.STALLED, AccountStanding.NEEDS_INTERVENTION
SINCE_9_NOV = Period(first=date(2026, 11, 9))


def listed(store: Store, **asked: Any) -> list[str]:
    return ask(store, Form.LIST, **asked).splitlines()


def test_a_list_says_its_filter_and_number_and_each_state_owner_and_reason_in_numbers(world: Store) -> None:
    first, corvane, *_ = listed(world, tiers=(1,), owners=(NORA,))
    assert first == "2 accounts, Tier 1, yours"
    assert corvane == (
        ":red_circle: Corvane Logistics intervene · a blocker needs an executive, open for 24 days · Contract 6/21 d"
    )


def test_a_claimed_stage_is_called_claimed_in_a_list_and_found_whatever_else_is_the_matter(world: Store) -> None:
    first, line, *_ = listed(world, states=(AccountStanding.CLAIMED,))
    assert first == "1 account, claimed without evidence"
    assert line.startswith(":red_circle: Brightwater Energy intervene")
    assert line.endswith("MQA 6/14 d, claimed")


def test_stalled_ones_that_need_intervention_besides_are_named_below(world: Store) -> None:
    first, *lines, note = listed(world, states=(STALLED,), tiers=(1,))
    assert first == "1 account, Tier 1, stalled"
    assert len(lines) == 1
    assert note == "1 more account needs intervention and is over a limit too: Halden Pumpworks."


@cases(
    ("asked", "lines"),
    [
        (
            {"by": Field.VALUE, "limit": 2, "owners": (NORA,)},
            [
                "2 of 4 accounts, yours, highest value first",
                ":red_circle: Corvane Logistics intervene · Tier 1 · value USD 420,000",
                ":large_green_circle: Maple Insurance advanced · Tier 1 · value USD 310,000",
                "1 account: no value recorded.",
            ],
        ),
        (
            {"by": Field.LAST_TOUCH, "is_lowest": True, "limit": 1},
            [
                "1 of 22 accounts, longest silent first",
                ":red_circle: Halden Pumpworks intervene · Tier 1 · @Tomas · heard last on 28 Sep, 59 days ago",
            ],
        ),
        (
            {"having": (Having.OVERDUE_ACTION,), "owners": (TOMAS,)},
            [
                "2 accounts, @Tomas's, with an overdue action",
                ":red_circle: Brightwater Energy intervene · Tier 1 · "
                "overdue: Send the security questionnaire · @Tomas · 2 d late",
                ":red_circle: Halden Pumpworks intervene · Tier 1 · "
                "overdue: Rewrite the business case · @Tomas · 6 d late",
            ],
        ),
        (
            {"without": (Having.TOUCH,), "period": SINCE_9_NOV, "tiers": (1,)},
            [
                "2 accounts, Tier 1, without anything from the buyer, since 9 Nov",
                ":red_circle: Halden Pumpworks intervene · @Tomas · heard last on 28 Sep, 59 days ago, limit 21",
                ":large_yellow_circle: Kestrel Airways stalled · @Alex · heard last on 3 Nov, 23 days ago, limit 21",
            ],
        ),
        (
            {"statuses": (ListStatus.PAUSED,)},
            ["1 account, paused", ":white_circle: Sable Rail paused · Tier 2 · @Tomas · engaged 58/45 d"],
        ),
        (
            {"statuses": (ListStatus.REMOVED,), "period": Period(last=date(2026, 11, 1))},
            ["No account is removed, by 1 Nov."],
        ),
        ({"owners": ("",), "tiers": (1,)}, ["No account is in Tier 1, without an owner."]),
        ({"segments": ("Energy",), "tiers": (3,)}, ["No account is in Tier 3, segment Energy."]),
    ],
)
def test_a_list_tells_the_fact_that_it_was_asked_for(asked: dict[str, Any], lines: list[str], world: Store) -> None:
    said = listed(world, **asked)
    for line in lines[1:]:
        assert any(each.startswith(line) for each in said), said
    assert said[0] == lines[0]


def test_a_state_asked_with_a_period_is_answered_as_of_today_and_says_so(world: Store) -> None:
    first, *_, note = listed(world, states=(INTERVENE,), period=SINCE_9_NOV)
    assert first.endswith(" accounts, in need of intervention")
    assert note == "As of today: earlier and later days of a state, a stage or a tier are not looked up here."


def test_a_filter_of_other_things_is_said_not_to_be_looked_at(world: Store) -> None:
    first, *_, note = listed(world, tiers=(1,), is_overdue=True, about="pilot", roles=(BuyingRole.CHAMPION,))
    assert first == "6 accounts, Tier 1"
    assert note == 'Not looked at for accounts: about "pilot", overdue, champion.'


def test_a_card_with_days_says_how_to_ask_about_them(world: Store) -> None:
    said = ask(world, Form.CARD, "maple", period=SINCE_9_NOV).splitlines()[-1]
    assert said == "As of today. To hear of the days, ask: what changed at Maple since 9 Nov?"


def test_the_first_lines_of_a_list_have_buttons_where_the_asker_alone_reads_them(world: Store) -> None:
    query = Query(Subject.ACCOUNTS, Form.LIST, owners=(NORA,))
    acting, together = (found_by(world, "nora", query, each) for each in (DM, CHANNEL))
    assert [type(item).__name__ for item in acting.page.items] == ["Text", "Line", "Line", "Line", "Line"]
    assert [type(item).__name__ for item in together.page.items] == ["Text", "Rows"]
    assert acting.listed == together.listed


NUMBERS: list[tuple[Form, dict[str, Any], list[str]]] = [
    (Form.COUNT, {"tiers": (1,)}, ["6 accounts, Tier 1."]),
    (Form.COUNT, {"stages": (Stage.MQA,)}, ["2 accounts, MQA: Brightwater Energy and March Foods."]),
    (Form.COUNT, {"states": (STALLED,), "tiers": (3,)}, ["No account is in Tier 3, stalled."]),
    (
        Form.COUNT,
        {"per": Per.TIER, "segments": ("Food",)},
        ["4 accounts (3 named, 1 candidate), segment Food, per tier:", "Tier 2: 2", "Tier 3: 1", "No tier: 1"],
    ),
    (Form.SUM, {"tiers": (1,)}, ["USD 1,520,000 and EUR 390,000: value of 6 named accounts, Tier 1."]),
    (Form.SUM, {"owners": (NORA,)}, ["USD 820,000: value of 3 named accounts, yours; 1 without one."]),
    (
        Form.SUM,
        {"fields": (Field.PIPELINE,), "tiers": (1,), "per": Per.OWNER},
        ["USD 730,000 and EUR 390,000: open deals of 3 named accounts, Tier 1, per owner; 3 without one:"],
    ),
    (Form.SUM, {"statuses": (ListStatus.CANDIDATE,)}, ["Value of 2 accounts, candidate: none recorded."]),
]


@cases(("form", "asked", "lines"), NUMBERS)
def test_a_number_comes_first_and_says_what_it_is_of(
    form: Form, asked: dict[str, Any], lines: list[str], world: Store
) -> None:
    assert ask(world, form, **asked).splitlines()[: len(lines)] == lines


@cases(("per", "form"), product(Per, [Form.COUNT, Form.SUM]))
def test_every_split_adds_up(form: Form, per: Per, world: Store) -> None:
    first, *lines = ask(world, form, tiers=(1, 2, 3), per=per, statuses=(ListStatus.NAMED,)).splitlines()
    assert f"per {per.value}" in first
    assert lines
    assert form is Form.SUM or sum(int(line.rpartition(": ")[2]) for line in lines) == 22


def test_only_amounts_can_be_summed(world: Store) -> None:
    with pytest.raises(NotUnderstood, match="can be summed"):
        ask(world, Form.SUM, fields=(Field.OWNER,))


def test_the_next_ones_of_a_list_follow_until_there_are_no_more(world: Store) -> None:
    first = ask(world, Form.LIST, by=Field.VALUE, limit=3).splitlines()
    after = ask(world, Form.LIST, by=Field.VALUE, limit=2, skip=1).splitlines()
    assert after[0].endswith("highest value first, after the first 1")
    assert after[1:3] == first[2:4]
    assert "There are no more" in ask(world, Form.LIST, by=Field.VALUE, skip=40)
