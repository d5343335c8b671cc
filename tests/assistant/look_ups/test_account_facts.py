from datetime import date
from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest

from agendas.errors import NoAccount, NotUnderstood
from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import AccountStanding
from agendas.facts.group import BuyingRole
from agendas.facts.query import Field, Form, Having, Per, Period, Query, Subject
from agendas.rendering.blockkit import messages
from storage.database import Store
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.assistant.asking import CHANNEL, DM, found_by
from tests.assistant.look_ups.looking import ask
from tests.assistant.look_ups.queries import LIST, NORA, TOMAS, of
from tests.assistant.world import ACCOUNTS
from tests.cases import cases
from tests.plain import plain

# One fact of an account in one line: the fact first, then since when, who said so, why, and what shows it.

LINES = (Path(__file__).parent / "facts.txt").read_text(encoding="utf-8").splitlines()
FACTS = [line.partition(": ") for line in LINES if not line.startswith("#")]
STATUSES = {
    "sable": "paused",
    "juniper": "removed",
    "rusk": "rejected",
    "quill": "candidate",
    "pilot-grove": "candidate",
}


@cases(("asked", "fact"), [(asked, fact) for asked, _, fact in FACTS])
def test_a_field_is_told_in_one_line(asked: str, fact: str, world: Store) -> None:
    key, field = asked.split()
    status = f" ({STATUSES[key]})" if key in STATUSES else ""
    assert ask(world, Form.FIELD, key, fields=(Field(field),)) == f"{ACCOUNTS[key].name}{status}: {fact}"


@cases(("field", "key"), zip(Field, cycle(["corvane", "sable", "rusk", "quill", "next-labs"]), strict=False))
def test_every_field_of_any_account_has_an_answer_of_one_line(field: Field, key: str, world: Store) -> None:
    said = ask(world, Form.FIELD, key, fields=(field,))
    assert "\n" not in said
    assert "None" not in said
    assert "unknown" not in said


def test_several_fields_come_in_the_order_asked_below_the_name(world: Store) -> None:
    assert ask(world, Form.FIELD, "maple", fields=(Field.VALUE, Field.TIER)).splitlines() == [
        "Maple: value USD 90,000 (@Priya, 1 Sep)",
        "• Tier 2 since 7 Sep (@Priya: Fits the segment)",
    ]


def test_several_accounts_come_in_the_order_asked_each_in_a_line(world: Store) -> None:
    assert ask(world, Form.FIELD, "maple-insurance", "maple", fields=(Field.VALUE,)).splitlines() == [
        "Maple Insurance: value USD 310,000 (@Priya, 1 Sep)",
        "Maple: value USD 90,000 (@Priya, 1 Sep)",
    ]


def test_a_field_of_a_filtered_set_says_the_filter_the_number_and_each_fact_in_brief(world: Store) -> None:
    first, *lines = ask(world, Form.FIELD, tiers=(1,), fields=(Field.CLOSE_DATE,)).splitlines()
    assert first == "6 accounts, Tier 1"
    assert "Corvane Logistics: closes 25 Dec (pushed twice): 31 depots, Contract, USD 420,000" in lines
    assert "Halden Pumpworks: no close date recorded" in lines


def test_a_line_has_a_button_only_where_the_asker_alone_reads_it_and_may_record(world: Store) -> None:
    query = Query(Subject.ACCOUNTS, Form.FIELD, of=(4,), fields=(Field.OWNER,))
    assert plain(found_by(world, "nora", query, DM).page).endswith("[Open]")
    assert "[" not in plain(found_by(world, "lee", query, DM).page)
    assert "[" not in plain(found_by(world, "nora", query).page)


def test_what_was_shown_is_kept_for_follow_ups(world: Store) -> None:
    found = found_by(world, "nora", Query(Subject.ACCOUNTS, Form.FIELD, of=(4, 1), fields=(Field.TIER,)))
    assert found.listed == (4, 1)
    assert len(found.items) == 2


def test_of_an_account_that_is_not_as_the_question_has_it_that_is_said(world: Store) -> None:
    said = ask(world, Form.FIELD, "maple", fields=(Field.VALUE,), tiers=(1,))
    assert said.startswith("No: Maple: not Tier 1 but Tier 2 since 7 Sep")


# Accounts of the stored world side by side, and their cards.
def test_a_comparison_says_which_is_ahead_first_and_then_each_fact_side_by_side(world: Store) -> None:
    first, header, *rows = ask(world, Form.COMPARE, "corvane", "maple-insurance").splitlines()
    assert first == "Corvane Logistics is bigger: USD 420,000 against USD 310,000."
    assert header.split("  ")[-1].strip() == "Maple Insurance"
    assert [row.split("  ")[0] for row in rows][:4] == ["Tier", "Stage", "State", "Owner"]
    of_stage = ask(world, Form.COMPARE, "brightwater", "maple", fields=(Field.STAGE,)).splitlines()
    assert of_stage[0] == "Brightwater Energy is further: MQA, claimed, no evidence, 6/14 d against engaged, 45/45 d."
    assert len(of_stage) == 3
    of_days = ask(world, Form.COMPARE, "fennimore", "corvane", fields=(Field.CLOSE_DATE,)).splitlines()
    assert of_days[0] == "Corvane Logistics closes first: 25 Dec against 29 Jan 2027."
    smaller = ask(world, Form.COMPARE, "corvane", "maple", fields=(Field.VALUE,), is_lowest=True).splitlines()
    assert smaller[0] == "Maple is smaller: USD 90,000 against USD 420,000."
    equal = ask(world, Form.COMPARE, "vantor", "etoile", fields=(Field.STAGE,)).splitlines()
    assert equal[0] == "Equal: engaged, 8/45 d and engaged, 17/45 d."


def test_amounts_of_two_currencies_are_not_called_bigger(world: Store) -> None:
    first = ask(world, Form.COMPARE, "corvane", "kestrel", fields=(Field.VALUE,)).splitlines()[0]
    assert first == "Corvane Logistics: value USD 420,000 · Kestrel Airways: value EUR 390,000"
    assert ask(world, Form.COMPARE, "corvane", "kestrel").startswith("Corvane Logistics is further: opportunity, ")


def test_groups_are_compared_by_their_numbers_and_amounts(world: Store) -> None:
    first, header, accounts, *_ = ask(world, Form.COMPARE, tiers=(1, 2)).splitlines()
    assert first.startswith("Tier 1: 6 accounts, USD 1,520,000 and EUR 390,000 · Tier 2: 9 accounts, ")
    assert header.split() == ["Tier", "1", "Tier", "2"]
    assert accounts.split() == ["Accounts", "6", "9"]
    by_pipeline = ask(world, Form.COMPARE, tiers=(1, 2), fields=(Field.PIPELINE, Field.FIT)).splitlines()
    assert by_pipeline[-1] == "Not looked at for accounts: fit."
    assert ask(world, Form.COMPARE, owners=(NORA, TOMAS)).startswith("Yours: 4 accounts, USD 820,000 · @Tomas's: 6")


def test_one_account_is_compared_with_none(world: Store) -> None:
    with pytest.raises(NotUnderstood, match="Name two accounts"):
        ask(world, Form.COMPARE, "corvane")


def test_a_card_of_one_account_is_short_and_of_several_a_line_each_in_the_order_asked(world: Store) -> None:
    first, *lines = ask(world, Form.CARD, "corvane").splitlines()
    assert first == ":red_circle: *Corvane Logistics* needs intervention · Tier 1 · USD 420k · @Nora, @Inês"
    assert (
        "Contract 6/21 d · buyer silent 2/10 d · closes 25 Dec (pushed twice) · engagement 3 (was 0, no trend)" in lines
    )
    assert len(lines) < 14
    assert "Paused 16 Nov: Merger until spring" in ask(world, Form.CARD, "sable")
    assert "claimed" in ask(world, Form.CARD, "brightwater")
    said = ask(world, Form.CARD, "maple-insurance", "corvane").splitlines()
    assert [line.split(" ")[1] for line in said] == ["Maple", "Corvane"]


@cases("key", ["corvane", "brightwater", "sable", "juniper", "rusk", "pilot-grove", "next-labs"])
def test_an_account_of_any_status_is_answered_about_in_every_form(key: str, world: Store) -> None:
    for form in (Form.CARD, Form.LIST, Form.COUNT, Form.YES_NO, Form.WHY, Form.WHEN, Form.WHO):
        assert ACCOUNTS[key].name in ask(world, form, key)


@cases("form", [Form.CARD, Form.FIELD, Form.LIST, Form.YES_NO, Form.WHY, Form.WHEN, Form.WHO])
def test_an_account_that_the_asker_may_not_see_is_none(form: Form, world: Store) -> None:
    with pytest.raises(NoAccount):
        ask(world, form, "orrin", asker="nora")
    assert "Orrin Rail" in ask(world, form, "orrin", asker="priya")


def test_an_account_that_the_asker_may_not_see_is_in_no_list_number_or_sum(world: Store) -> None:
    asked = {"segments": ("Transport",), "tiers": (2,), "statuses": (ListStatus.NAMED,)}
    for form, seen, hidden in ((Form.COUNT, "2 accounts", "1 account"), (Form.LIST, "Orrin", "1 account")):
        assert seen in ask(world, form, asker="priya", **asked)
        assert hidden in ask(world, form, asker="nora", **asked)
        assert "Orrin" not in ask(world, form, asker="nora", **asked)


# Lists, numbers and sums of accounts of the stored world.

STALLED = AccountStanding.STALLED
INTERVENE = AccountStanding.NEEDS_INTERVENTION
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
        ({"owners": ("",), "tiers": (1,)}, ["No account is in Tier 1 without an owner."]),
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
def test_a_number_comes_first_and_says_what_it_is_of(form: Form, asked: dict[str, Any], lines: list[str], world: Store):
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


# Answers about accounts as Slack gets them: with buttons in a direct message, without them elsewhere.

STALLED_ONES = (AccountStanding.STALLED,)

PAGES: dict[str, tuple[str, Query, str]] = {
    "card": ("nora", Query(Subject.ACCOUNTS, Form.CARD, of=of("corvane")), DM),
    "card, in a channel": ("nora", Query(Subject.ACCOUNTS, Form.CARD, of=of("sable")), CHANNEL),
    "one fact": ("nora", Query(Subject.ACCOUNTS, Form.FIELD, of=of("kestrel"), fields=(Field.TIER,)), DM),
    "one fact, in a channel": (
        "lee",
        Query(Subject.ACCOUNTS, Form.FIELD, of=of("sable"), fields=(Field.VALUE,)),
        CHANNEL,
    ),
    "two facts": ("nora", Query(Subject.ACCOUNTS, Form.FIELD, of=of("maple"), fields=(Field.STAGE, Field.OWNER)), DM),
    "my accounts": ("nora", Query(Subject.ACCOUNTS, LIST, owners=(NORA,)), DM),
    "stalled": ("paula", Query(Subject.ACCOUNTS, LIST, states=STALLED_ONES, period=SINCE_9_NOV), CHANNEL),
    "by value": ("priya", Query(Subject.ACCOUNTS, LIST, by=Field.VALUE, limit=3), DM),
    "silent": ("tomas", Query(Subject.ACCOUNTS, LIST, without=(Having.TOUCH,), period=SINCE_9_NOV, tiers=(1,)), DM),
    "none": ("tomas", Query(Subject.ACCOUNTS, LIST, tiers=(3,), segments=("Energy",)), DM),
    "count": ("lee", Query(Subject.ACCOUNTS, Form.COUNT, per=Per.STATUS), DM),
    "sum": ("lee", Query(Subject.ACCOUNTS, Form.SUM, per=Per.TIER), DM),
    "yes": ("may", Query(Subject.ACCOUNTS, Form.YES_NO, of=of("kestrel"), states=STALLED_ONES), DM),
    "no": ("may", Query(Subject.ACCOUNTS, Form.YES_NO, of=of("maple"), tiers=(1,)), DM),
    "why": ("tomas", Query(Subject.ACCOUNTS, Form.WHY, of=of("halden"), states=STALLED_ONES), DM),
    "when": ("tomas", Query(Subject.ACCOUNTS, Form.WHEN, of=of("sable"), statuses=(ListStatus.PAUSED,)), CHANNEL),
    "who": ("tomas", Query(Subject.ACCOUNTS, Form.WHO, of=of("rusk"), statuses=(ListStatus.REJECTED,)), CHANNEL),
    "compared": ("nora", Query(Subject.ACCOUNTS, Form.COMPARE, of=of("corvane", "maple-insurance")), DM),
    "tiers compared": ("paula", Query(Subject.ACCOUNTS, Form.COMPARE, tiers=(1, 2)), CHANNEL),
}


def test_answers_about_accounts_look_as_in_their_golden_file(world: Store) -> None:
    pages = {name: found_by(world, asker, query, place).page for name, (asker, query, place) in PAGES.items()}
    for page in pages.values():
        check_messages(messages(page))
    check_golden("pages/asked_accounts", "\n".join(drawn(name, page) for name, page in pages.items()))
