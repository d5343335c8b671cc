"""Lists that are longer than one answer: the most important first, the rest by a button."""

from collections.abc import Sequence
from dataclasses import replace

from agendas.facts.account import ListStatus
from agendas.facts.found import AccountFilter, AccountStanding
from agendas.facts.people import Function, PersonFacts, Right
from agendas.facts.reviews import AgendaItem, Bucket
from agendas.pages.account_list import (
    LIST_ACCOUNTS,
    ListFacts,
    Reader,
    list_page,
)
from agendas.pages.people import PEOPLE_SHOWN, people_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Button, Buttons, Heading, Line, Page
from agendas.rendering.words import Words
from tests.agendas.golden import check_messages
from tests.agendas.pages.samples import item, listed
from tests.plain import plain

WORDS = Words()
EVERYBODY = (
    *(PersonFacts(f"U0P{number:04}", f"Sample {number:03}", Right.VIEWER) for number in range(298)),
    PersonFacts("U0YAN1", "Yann", Right.ADMIN),
    PersonFacts("U0ZOE1", "Zoe Sample", Right.VIEWER, Function.SALES),
)


def accounts(count: int, status: ListStatus, tier: int | None = 1) -> list[AgendaItem]:
    found = []
    for number in range(count):
        one = item(f"{status.value} {tier} {number:03}", number, Bucket.STEADY)
        account = replace(one.facts.account, list_status=status, tier=tier)
        found.append(replace(one, facts=replace(one.facts, account=account)))
    return found


def more(page: Page) -> Button | None:
    last = page.items[-1]
    buttons = last.items if isinstance(last, Buttons) else ()
    return next((button for button in buttons if button.action.endswith("_more")), None)


def editable(page: Page) -> list[str]:
    return [line.button.value for line in page.items if isinstance(line, Line)]


def whole_list(items: Sequence[AgendaItem], tier: int | None = None) -> list[str]:
    """The texts of all pages, each within one message."""
    texts, start = [], 0
    while True:
        wanted = AccountFilter(tiers=(tier,) if tier else ())
        page = list_page(replace(listed(items, start=start), wanted=wanted), WORDS)
        parts = messages(page)
        check_messages(parts)
        assert len(parts) <= 2
        texts.append(plain(page))
        button = more(page)
        if button is None:
            return texts
        assert button.action == "abm.list_more"
        position, _, carried = button.value.partition(" ")
        assert (int(position), carried) == (start + LIST_ACCOUNTS, f"tier {tier}" if tier else "")
        start = int(position)


def test_a_list_of_hundreds_comes_page_by_page_tiers_first_then_paused_then_candidates() -> None:
    named, paused = accounts(65, ListStatus.NAMED), accounts(11, ListStatus.PAUSED)
    candidates = accounts(404, ListStatus.CANDIDATE, None)
    texts = whole_list([*candidates, *paused, *named])
    assert len(texts) == 480 / LIST_ACCOUNTS
    shown = [[text.count(word) for word in ("named 1 ", "paused 1 ", "candidate None ")] for text in texts]
    assert shown[:8] == [*[[10, 0, 0]] * 6, [5, 5, 0], [0, 6, 4]]
    assert "1 to 10 of 480, by tier and name." in texts[0]
    assert "Candidates 404" in texts[0].replace("*", "")
    assert sum(text.count("candidate None ") for text in texts) == 404


def test_those_in_trouble_come_first_of_their_tier_on_their_page_and_the_page_says_so() -> None:
    items = accounts(LIST_ACCOUNTS + 2, ListStatus.NAMED)
    for number in (5, LIST_ACCOUNTS + 1):
        placement = replace(items[number].placement, bucket=Bucket.STALLED)
        items[number] = replace(items[number], placement=placement)
    first, second = whole_list(items)
    assert first.index("named 1 005") < first.index("named 1 000")
    assert second.index(f"named 1 {LIST_ACCOUNTS + 1:03}") < second.index(f"named 1 {LIST_ACCOUNTS:03}")
    assert all("Those in trouble come first on each page." in text for text in (first, second))


def test_people_with_a_function_or_right_come_first_and_the_others_page_by_page() -> None:
    seen, start = list[str](), 0
    while True:
        page = people_page(EVERYBODY, WORDS, can_edit=True, start=start)
        assert len(messages(page)) == 1
        seen += editable(page)
        button = more(page)
        if button is None:
            break
        assert (button.action, int(button.value)) == ("abm.people_more", start + PEOPLE_SHOWN)
        start = int(button.value)
    assert seen[:3] == ["U0YAN1", "U0ZOE1", "U0P0000"]
    assert sorted(seen) == sorted(person.user_id for person in EVERYBODY)


def test_every_account_can_be_opened_and_the_readers_own_updated() -> None:
    items = accounts(3, ListStatus.NAMED)
    others = replace(items[1].facts.account.profile, owner="U0BOB1", marketing_partner=None)
    account = replace(items[1].facts.account, profile=others)
    items[1] = replace(items[1], facts=replace(items[1].facts, account=account))
    gone = replace(items[2].facts.account, list_status=ListStatus.REMOVED)
    items[2] = replace(items[2], facts=replace(items[2].facts, account=gone))
    facts = ListFacts({(ListStatus.NAMED, 1): 2, (ListStatus.REMOVED, 1): 1}, tuple(items))
    for can_record, of_own in ((True, ["account.open", "account.update"]), (False, ["account.open"])):
        page = list_page(facts, WORDS, reader=Reader("U0ANN1", can_record=can_record))
        lines = [each for each in page.items if isinstance(each, Line)]
        found = [[button.action for button in (each.button, *each.others)] for each in lines]
        assert found == [of_own, ["account.open"], ["account.open"]]
    assert not [each for each in list_page(facts, WORDS).items if isinstance(each, Line)]


def test_a_filter_is_said_with_its_count_and_no_cap_is_held_against_a_part_of_a_tier() -> None:
    items = accounts(LIST_ACCOUNTS + 1, ListStatus.NAMED)
    wanted = AccountFilter((1,), (AccountStanding.NEEDS_INTERVENTION,), people=("U0ANN1",), segments=("Retail & <b>",))
    facts = replace(listed(items), wanted=wanted, names={"U0ANN1": "Ann"})
    page = list_page(facts, WORDS)
    said = "The list: tier 1, needs intervention, Ann, segment Retail & <b> · 11 accounts"
    assert (page.items[0], page.title) == (Heading(said), said)
    assert page.items[1].lines[0] == "*Tier 1* 11"
    assert [(each.action, each.value) for each in page.items[-1].items] == [
        ("abm.list_more", '10 tier 1 needs intervention <@U0ANN1> segment "Retail & <b>"'),
        ("abm.list", ""),
    ]
    none = list_page(replace(facts, counts={}, items=()), WORDS)
    assert "No account fits this filter." in plain(none)
    assert [each.action for each in none.items[-1].items] == ["abm.list"]
    long = replace(wanted, segments=tuple(f"Segment number {number}" for number in range(20)))
    assert "segment Segment number 19" in plain(list_page(replace(facts, wanted=long), WORDS))
    check_messages(messages(list_page(replace(facts, wanted=long), WORDS)))
