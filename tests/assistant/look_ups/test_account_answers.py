"""Lists, numbers, sums, comparisons, yes or no, and reasons of accounts of the stored world."""

from datetime import date
from typing import Any

import pytest

from agendas.errors import NotUnderstood
from agendas.facts.account import ListStatus, Stage
from agendas.facts.group import BuyingRole
from agendas.facts.list_filter import AccountStanding
from assistant.query import Field, Form, Having, Per, Period, Query, Subject
from storage.database.engine import Store
from tests.assistant.look_ups.looking import DIRECT, ask, asking_in_world, found_in_world
from tests.assistant.world import ACCOUNTS, PEOPLE

NORA, TOMAS = PEOPLE["nora"].user_id, PEOPLE["tomas"].user_id
STALLED, INTERVENE = AccountStanding.STALLED, AccountStanding.NEEDS_INTERVENTION
SINCE_9_NOV = Period(first=date(2026, 11, 9))


def listed(store: Store, **asked: Any) -> list[str]:
    return ask(store, Form.LIST, **asked).splitlines()


def test_a_list_says_its_filter_and_number_and_each_state_owner_and_reason_in_numbers(world: Store) -> None:
    first, corvane, *_ = listed(world, tiers=(1,), owners=(NORA,))
    assert first == "Tier 1, yours: 2 accounts"
    assert corvane == (
        ":red_circle: Corvane Logistics intervene · a blocker needs an executive, open for 24 days · Contract 6/21 d"
    )


def test_a_claimed_stage_is_called_claimed_in_a_list_and_found_whatever_else_is_the_matter(world: Store) -> None:
    first, line, *_ = listed(world, states=(AccountStanding.CLAIMED,))
    assert first == "Claimed without evidence: 1 account"
    assert line.startswith(":red_circle: Brightwater Energy intervene")
    assert line.endswith("MQA 6/14 d, claimed")


def test_stalled_ones_that_need_intervention_besides_are_named_below(world: Store) -> None:
    first, *lines, note = listed(world, states=(STALLED,), tiers=(1,))
    assert first == "Tier 1, stalled: 1 account"
    assert len(lines) == 1
    assert note == "1 more account needs intervention and is over a limit too: Halden Pumpworks."


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        (
            {"by": Field.VALUE, "limit": 2, "owners": (NORA,)},
            [
                "Yours, by value, highest first: 4 accounts, the first 2",
                ":red_circle: Corvane Logistics intervene · Tier 1 · value USD 420,000",
                ":large_green_circle: Maple Insurance advanced · Tier 1 · value USD 310,000",
                "1 account: no value recorded.",
            ],
        ),
        (
            {"by": Field.LAST_TOUCH, "is_lowest": True, "limit": 1},
            [
                "By last act of the buyer, earliest first: 23 accounts, the first one",
                ":red_circle: Halden Pumpworks intervene · Tier 1 · @Tomas · buyer silent 59/21 d, heard last on 28 Sep",
            ],
        ),
        (
            {"having": (Having.OVERDUE_ACTION,), "owners": (TOMAS,)},
            [
                "@Tomas's, with an overdue action: 2 accounts",
                ":red_circle: Brightwater Energy intervene · Tier 1 · "
                "overdue: Send the security questionnaire · @Tomas · 2 d late",
                ":red_circle: Halden Pumpworks intervene · Tier 1 · "
                "overdue: Rewrite the business case · @Tomas · 6 d late",
            ],
        ),
        (
            {"without": (Having.TOUCH,), "period": SINCE_9_NOV, "tiers": (1,)},
            [
                "Tier 1, without anything from the buyer, since 9 Nov: 2 accounts",
                ":red_circle: Halden Pumpworks intervene · @Tomas · buyer silent 59/21 d, heard last on 28 Sep",
                ":large_yellow_circle: Kestrel Airways stalled · @Alex · buyer silent 23/21 d, heard last on 3 Nov",
            ],
        ),
        (
            {"statuses": (ListStatus.PAUSED,)},
            ["Paused: 1 account (1 paused)", ":white_circle: Sable Rail paused · Tier 2 · @Tomas · engaged 58/45 d"],
        ),
        ({"segments": ("Energy",), "tiers": (3,)}, ["Tier 3, segment Energy: no account."]),
    ],
)
def test_a_list_tells_the_fact_that_it_was_asked_for(asked: dict[str, Any], lines: list[str], world: Store) -> None:
    said = listed(world, **asked)
    for line in lines[1:]:
        assert any(each.startswith(line) for each in said), said
    assert said[0] == lines[0]


def test_a_state_asked_with_a_period_is_answered_as_of_today_and_says_so(world: Store) -> None:
    first, *_, note = listed(world, states=(INTERVENE,), period=SINCE_9_NOV)
    assert first.startswith("In need of intervention: ")
    assert note == "As of today: earlier and later days of a state, a stage or a tier are not looked up here."


def test_the_first_lines_of_a_list_have_buttons_where_the_asker_alone_reads_them(world: Store) -> None:
    query = Query(Subject.ACCOUNTS, Form.LIST, owners=(NORA,))
    acting, together = (found_in_world(world, query, channel_id=each) for each in (DIRECT, "C0WEEKLY1"))
    assert [type(item).__name__ for item in acting.page.items] == ["Text", "Line", "Line", "Line", "Line"]
    assert [type(item).__name__ for item in together.page.items] == ["Text", "Rows"]
    assert acting.listed == together.listed


NUMBERS: list[tuple[Form, dict[str, Any], list[str]]] = [
    (Form.COUNT, {"tiers": (1,)}, ["6 accounts, Tier 1."]),
    (Form.COUNT, {"stages": (Stage.MQA,)}, ["2 accounts, MQA: Brightwater Energy and March Foods."]),
    (Form.COUNT, {"states": (STALLED,), "tiers": (3,)}, ["0 accounts, Tier 3, stalled."]),
    (
        Form.COUNT,
        {"per": Per.TIER, "segments": ("Food",)},
        ["4 accounts (3 named, 1 candidate), segment Food, per tier.", "Tier 2: 2", "Tier 3: 1", "No tier: 1"],
    ),
    (Form.SUM, {"tiers": (1,)}, ["USD 1,520,000 and EUR 390,000: value of 6 named accounts, Tier 1."]),
    (Form.SUM, {"owners": (NORA,)}, ["USD 820,000: value of 3 named accounts, yours; 1 without one."]),
    (
        Form.SUM,
        {"fields": (Field.PIPELINE,), "tiers": (1,), "per": Per.OWNER},
        ["USD 730,000 and EUR 390,000: open deals of 3 named accounts, Tier 1, per owner; 3 without one."],
    ),
    (Form.SUM, {"statuses": (ListStatus.CANDIDATE,)}, ["Value of 2 accounts, candidate: none recorded."]),
]


@pytest.mark.parametrize(("form", "asked", "lines"), NUMBERS)
def test_a_number_comes_first_and_says_what_it_is_of(
    form: Form, asked: dict[str, Any], lines: list[str], world: Store
) -> None:
    assert ask(world, form, **asked).splitlines()[: len(lines)] == lines


@pytest.mark.parametrize("per", Per)
@pytest.mark.parametrize("form", [Form.COUNT, Form.SUM])
def test_every_split_adds_up(form: Form, per: Per, world: Store) -> None:
    first, *lines = ask(world, form, tiers=(1, 2, 3), per=per, statuses=(ListStatus.NAMED,)).splitlines()
    assert f"per {per.value}" in first
    assert lines
    assert form is Form.SUM or sum(int(line.rpartition(": ")[2]) for line in lines) == 23


def test_only_amounts_can_be_summed(world: Store) -> None:
    with pytest.raises(NotUnderstood, match="can be summed"):
        ask(world, Form.SUM, fields=(Field.OWNER,))


YES_OR_NO: list[tuple[str, dict[str, Any], str]] = [
    ("kestrel", {"states": (STALLED,)}, "Yes: Kestrel Airways: :large_yellow_circle: stalled: buyer silent 23/21 d"),
    (
        "halden",
        {"states": (STALLED,)},
        "Yes: Halden Pumpworks: :red_circle: needs intervention and is stalled: engaged 59/30 d, buyer silent 59/21 d",
    ),
    ("merrow", {"states": (STALLED,)}, "No: Merrow Health: not stalled but :star: expanded: booked USD 48,000"),
    ("sable", {"states": (STALLED,)}, "No: Sable Rail (paused): not stalled but paused since 16 Nov (@Priya: Merger"),
    ("brightwater", {"stages": (Stage.MQA,)}, "Yes: Brightwater Energy: MQA since Fri 20 Nov, claimed, no evidence"),
    ("maple", {"stages": (Stage.OPPORTUNITY,)}, "No: Maple: not opportunity but engaged since 12 Oct, 45/45 d (@Nora"),
    ("maple", {"tiers": (1,)}, "No: Maple: not Tier 1 but Tier 2 since 7 Sep (@Priya: Fits the segment)"),
    ("maple", {"owners": (NORA,)}, "Yes: Maple: owner @Nora, marketing @Inês (@Priya, 1 Sep)"),
    ("maple", {"owners": (TOMAS,)}, "No: Maple: not @Tomas's but owner @Nora"),
    ("corvane", {"having": (Having.BLOCKER,)}, "Yes: Corvane Logistics: blocked: Liability cap is not agreed · @Nora"),
    ("maple", {"having": (Having.BLOCKER,)}, "No: Maple: no open blocker recorded."),
    ("maple", {"without": (Having.BLOCKER,)}, "Yes: Maple: no open blocker recorded."),
    (
        "corvane",
        {"having": (Having.TOUCH,), "period": SINCE_9_NOV},
        "Yes: Corvane Logistics: buyer silent 2/10 d, heard",
    ),
    ("halden", {"having": (Having.TOUCH,), "period": SINCE_9_NOV}, "No: Halden Pumpworks: buyer silent 59/21 d, heard"),
    (
        "maple-insurance",
        {"having": (Having.ROLE,), "roles": (BuyingRole.CHAMPION,)},
        "Yes: Maple Insurance: champion Hugo Blanc",
    ),
    (
        "corvane",
        {"having": (Having.ROLE,), "roles": (BuyingRole.CHAMPION,)},
        "No: Corvane Logistics: no champion recorded",
    ),
    (
        "juniper",
        {"statuses": (ListStatus.NAMED,)},
        "No: Juniper Foods (removed): not named on the list but removed from",
    ),
]


@pytest.mark.parametrize(("key", "asked", "said"), YES_OR_NO)
def test_yes_or_no_comes_first_with_the_fact_that_says_so(
    key: str, asked: dict[str, Any], said: str, world: Store
) -> None:
    assert ask(world, Form.YES_NO, key, **asked).startswith(said)


def test_yes_or_no_without_a_name_says_whether_there_is_any_and_which(world: Store) -> None:
    said = ask(world, Form.YES_NO, states=(STALLED,), owners=(NORA,)).splitlines()
    assert said[0] == "Yes: 1 account, stalled, yours."
    assert said[1].startswith(":large_yellow_circle: Maple stalled")
    assert ask(world, Form.YES_NO, tiers=(1,), without=(Having.OWNER,)) == "No: no account, Tier 1, without an owner."


REASONS: list[tuple[Form, str, dict[str, Any], list[str]]] = [
    (
        Form.WHY,
        "kestrel",
        {"states": (STALLED,)},
        [
            "Kestrel Airways: :large_yellow_circle: stalled: buyer silent 23/21 d",
            "• buyer silent 23/21 d, heard last on 3 Nov (@Alex; Crew planners met us (https://notes.example/kestrel))",
        ],
    ),
    (Form.WHY, "merrow", {"states": (STALLED,)}, ["Merrow Health: not stalled but :star: expanded: booked USD 48,000"]),
    (Form.WHY, "sable", {"statuses": (ListStatus.PAUSED,)}, ["Sable Rail (paused): paused since 16 Nov: Merger until"]),
    (
        Form.WHY,
        "rusk",
        {"statuses": (ListStatus.REJECTED,)},
        ["Rusk Retail (rejected): rejected since Fri 20 Nov: Too"],
    ),
    (Form.WHY, "juniper", {}, ["Juniper Foods (removed): removed from the list since 2 Nov: Bought"]),
    (
        Form.WHY,
        "kestrel",
        {"tiers": (1,)},
        ["Kestrel Airways: Tier 1 since 12 Nov: Their COO asked for a plan (@Priya)"],
    ),
    (Form.WHY, "maple", {"tiers": (1,)}, ["Maple: not Tier 1 but Tier 2 since 7 Sep (@Priya: Fits the segment)"]),
    (
        Form.WHY,
        "corvane",
        {"statuses": (ListStatus.NAMED,)},
        ["Corvane Logistics: on the list, Tier 1 since 7 Sep: Runs 31 depots"],
    ),
    (
        Form.WHY,
        "brightwater",
        {"states": (AccountStanding.CLAIMED,)},
        ["Brightwater Energy: MQA since Fri 20 Nov, claimed, no evidence, 6/14 d: They sound ready"],
    ),
    (
        Form.WHY,
        "pilot-grove",
        {"having": (Having.PROPOSAL,)},
        ["Pilot Grove (candidate): no proposal stands.", "• candidate since Thu 19 Nov (@Priya: Asked for a price"],
    ),
    (
        Form.WHEN,
        "sable",
        {"statuses": (ListStatus.PAUSED,)},
        ["Sable Rail (paused): since 16 Nov: paused (@Priya: Merger until spring)"],
    ),
    (
        Form.WHEN,
        "kestrel",
        {"tiers": (2,)},
        ["Kestrel Airways: 7 Sep: to Tier 2, now Tier 1 (@Priya: Fits the segment)"],
    ),
    (
        Form.WHEN,
        "kestrel",
        {"states": (STALLED,)},
        ["Kestrel Airways: since Wed 25 Nov: :large_yellow_circle: stalled: buyer silent 23/21 d"],
    ),
    (
        Form.WHEN,
        "corvane",
        {"stages": (Stage.ENGAGED,)},
        ["Corvane Logistics: 14 Sep: to engaged (@Nora: Depot visit with their operations"],
    ),
    (
        Form.WHEN,
        "brightwater",
        {"stages": (Stage.MQA,)},
        ["Brightwater Energy: since Fri 20 Nov: MQA, claimed, no evidence"],
    ),
    (
        Form.WHEN,
        "halden",
        {"having": (Having.TOUCH,)},
        ["Halden Pumpworks: 28 Sep: buyer silent 59/21 d, heard last (@Tomas"],
    ),
    (Form.WHEN, "nordhavn", {"having": (Having.UPDATE,)}, ["Nørdhavn Shipping: no update recorded."]),
    (
        Form.WHO,
        "sable",
        {"statuses": (ListStatus.PAUSED,)},
        ["Sable Rail (paused): @Priya, 16 Nov: paused: Merger until spring"],
    ),
    (Form.WHO, "maple", {}, ["Maple: owner @Nora, marketing @Inês (@Priya, 1 Sep)"]),
    (
        Form.WHO,
        "tallow",
        {"stages": (Stage.AWARE,)},
        ["Tallow & Finch: @May, Mon 23 Nov: aware, 3/60 d: Their buyer left"],
    ),
]


@pytest.mark.parametrize(("form", "key", "asked", "lines"), REASONS)
def test_reasons_days_and_authors_are_told_of_what_was_asked(
    form: Form, key: str, asked: dict[str, Any], lines: list[str], world: Store
) -> None:
    said = ask(world, form, key, **asked).splitlines()
    assert [line for line, right in zip(said, lines, strict=False) if not line.startswith(right)] == []


def test_a_comparison_says_which_is_ahead_first_and_then_each_fact_side_by_side(world: Store) -> None:
    first, header, *rows = ask(world, Form.COMPARE, "corvane", "maple-insurance").splitlines()
    assert first == "Corvane Logistics is bigger: USD 420,000 against USD 310,000."
    assert header.split("  ")[-1].strip() == "Maple Insurance"
    assert [row.split("  ")[0] for row in rows][:4] == ["Tier", "Stage", "State", "Owner"]
    of_stage = ask(world, Form.COMPARE, "brightwater", "maple", fields=(Field.STAGE,)).splitlines()
    assert of_stage[0] == "Brightwater Energy is further: MQA, claimed, no evidence, 6/14 d against engaged, 45/45 d."
    assert len(of_stage) == 3


def test_amounts_of_two_currencies_are_not_called_bigger(world: Store) -> None:
    first = ask(world, Form.COMPARE, "corvane", "kestrel", fields=(Field.VALUE,)).splitlines()[0]
    assert first == "Corvane Logistics: value USD 420,000 · Kestrel Airways: value EUR 390,000"


def test_groups_are_compared_by_their_numbers_and_amounts(world: Store) -> None:
    first, header, accounts, *_ = ask(world, Form.COMPARE, tiers=(1, 2)).splitlines()
    assert first.startswith("Tier 1: 6 accounts, USD 1,520,000 and EUR 390,000 · Tier 2: 10 accounts, ")
    assert header.split() == ["Tier", "1", "Tier", "2"]
    assert accounts.split() == ["Accounts", "6", "10"]
    assert ask(world, Form.COMPARE, owners=(NORA, TOMAS)).startswith("Yours: 4 accounts, USD 820,000 · @Tomas's: 6")


def test_one_account_is_compared_with_none(world: Store) -> None:
    with pytest.raises(NotUnderstood, match="Name two accounts"):
        ask(world, Form.COMPARE, "corvane")


def test_a_card_of_one_account_is_short_and_of_several_a_line_each_in_the_order_asked(world: Store) -> None:
    assert "Tier 1" in ask(world, Form.CARD, "corvane")
    said = ask(world, Form.CARD, "maple-insurance", "corvane").splitlines()
    assert [line.split(" ")[1] for line in said] == ["Maple", "Corvane"]


def test_every_account_of_the_world_can_be_asked_about_in_every_form(world: Store) -> None:
    with asking_in_world(world) as context:
        assert context.today == date(2026, 11, 26)
    for key in ACCOUNTS:
        for form in (Form.CARD, Form.LIST, Form.COUNT, Form.SUM, Form.YES_NO, Form.WHY, Form.WHEN, Form.WHO):
            assert ACCOUNTS[key].name in ask(world, form, key) or form is Form.SUM
