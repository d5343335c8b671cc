from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from agendas.errors import Outdated
from agendas.facts.account import ListStatus
from agendas.facts.answered_items import AccountFilter, AccountStanding
from agendas.facts.people import Function, PersonFacts, Right
from agendas.facts.reviews import AgendaItem, Bucket
from agendas.pages import account_list
from agendas.pages.account_list import CHANGES_SHOWN, LIST_ACCOUNTS, NAMES_SHOWN, list_page, read_swap, swap_value
from agendas.pages.people import PEOPLE_SHOWN, people_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Button, Buttons, Heading, Line, Page
from agendas.rendering.words import Words
from agendas.rules import account_list as account_list_rules
from agendas.rules.account_list import Full, Leaver, ListEntry, NoRoom, VersionFacts, Wish, counted_entries, version_at
from tests.agendas.golden import check_messages, check_pages, drawn
from tests.agendas.pages.examples import HOSTILE, ZONE
from tests.agendas.pages.samples import item, listed
from tests.agendas.rules.histories import day
from tests.cases import cases
from tests.plain import plain

# Lists that are longer than one answer: the most important first, the rest by a button.

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


def whole_list(items: Sequence[AgendaItem], tier: int | None = None) -> list[str]:
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
        seen += [line.button.value for line in page.items if isinstance(line, Line)]
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
    facts = account_list.ListFacts({(ListStatus.NAMED, 1): 2, (ListStatus.REMOVED, 1): 1}, tuple(items))
    for can_record, of_own in ((True, ["account.open", "account.update"]), (False, ["account.open"])):
        page = list_page(facts, WORDS, reader=account_list.ListReader("U0ANN1", can_record=can_record))
        lines = [each for each in page.items if isinstance(each, Line)]
        found = [[button.action for button in (each.button, *each.others)] for each in lines]
        assert found == [of_own, ["account.open"], ["account.open"]]
    assert not [each for each in list_page(facts, WORDS).items if isinstance(each, Line)]


def test_a_filter_is_said_with_its_count_and_no_cap_is_held_against_a_part_of_a_tier() -> None:
    items = accounts(LIST_ACCOUNTS + 1, ListStatus.NAMED)
    wanted = AccountFilter(
        tiers=(1,), states=(AccountStanding.NEEDS_INTERVENTION,), owners=("U0ANN1",), segments=("Retail & <b>",)
    )
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


# A tier that is full.

LEAVERS = (
    Leaver(
        1, "Globex", (("stalled_aged", 90, 30), ("stalled_quiet", 40, 21), ("low_fit", 35, 80), ("not_moved", 90, 0))
    ),
    Leaver(2, "Initrode", (("no_owner", 0, 0), ("never_moved", 1, 0))),
    Leaver(3, HOSTILE, (("not_moved", 0, 0),)),
)


def no_room(name: str = "Acme Corp", because: str = "They grew", owner: str | None = None) -> NoRoom:
    return NoRoom(Wish(7, name, 1, because), Full(1, 25, 25, owner), LEAVERS)


def test_the_page_says_what_its_golden_file_says() -> None:
    pages = {
        "the tier is full": account_list.no_room_page(no_room(), WORDS),
        "the owner's part is full": account_list.no_room_page(no_room(HOSTILE, owner="U0ANN1"), WORDS),
        "a reason too long for a button": account_list.no_room_page(no_room(because="word " * 500), WORDS),
    }
    alone = NoRoom(Wish(7, "Acme Corp", 1, "x"), Full(1, 1, 1), (Leaver(1, "Globex", (("never_moved", 0, 0),)),))
    pages["a tier of one account"] = account_list.no_room_page(alone, WORDS)
    check_pages("pages/no_room", pages)


def test_the_button_carries_what_was_wanted() -> None:
    assert read_swap(swap_value(no_room(because='"They" grew 🚀'))) == Wish(7, "", 1, '"They" grew 🚀')
    assert read_swap(swap_value(no_room(because="🚀" * 1_500))) == Wish(7, "", 1, "")
    whole = Wish(7, "Acme Corp", 1, "They grew", "Their contract ends", "Our CFO calls theirs")
    assert read_swap(swap_value(NoRoom(whole, Full(1, 25, 25)))) == replace(whole, name="")
    long = replace(whole, why_now="🚀" * 1_500)
    assert read_swap(swap_value(NoRoom(long, Full(1, 25, 25)))) == replace(whole, name="", why_now="")


@cases("value", ["", "7", "[]", '{"account_id": "7", "tier": 1, "because": ""}', '{"account_id": 7}'])
def test_a_button_of_another_version_is_refused(value: str) -> None:
    with pytest.raises(Outdated):
        read_swap(value)


# The list of a past date, and what changed since.

NAMES = {1: "Acme Corp", 2: "Globex", 3: HOSTILE, 4: "Initrode", 5: "Pinewood"}
FIRST, SECOND = date(2026, 1, 6), date(2026, 1, 20)


def entry(number: int, account: int, on_day: float, status: str = "candidate", tier: int | None = None) -> ListEntry:
    because = "" if status == "candidate" else HOSTILE if account == 3 else "Their board decided"
    return ListEntry(number, account, day(on_day), "U0ANN1", ListStatus(status), tier, because)


HISTORY = counted_entries(
    [
        *(entry(number, number, 0) for number in NAMES),
        entry(11, 1, 1, "named", 1),
        entry(12, 2, 1, "named", 1),
        entry(13, 3, 1, "named", 2),
        entry(14, 4, 1, "named", 3),
        entry(15, 2, 3, "named", 2),
        entry(16, 3, 4, "paused", 2),
        entry(17, 3, 6, "named", 2),
        entry(18, 4, 7, "removed"),
        entry(19, 4, 8),
        entry(20, 5, 9, "rejected"),
        entry(21, 2, 10, "paused", 2),
        entry(22, 4, 11, "named", None),
    ]
)


def changed(history=HISTORY, after: float = 2, until: float = 16) -> account_list_rules.ChangesFacts:
    return account_list_rules.ChangesFacts(
        FIRST,
        SECOND,
        version_at(history, day(after)),
        version_at(history, day(until)),
        account_list_rules.changes_between(history, day(after), day(until)),
        NAMES,
        ZONE,
    )


def test_the_versions_pages_say_what_their_golden_file_says() -> None:
    pages = {
        "the list on a date": account_list.version_page(
            VersionFacts(SECOND, version_at(HISTORY, day(16)), NAMES), WORDS
        ),
        "only candidates then": account_list.version_page(
            VersionFacts(FIRST, version_at(HISTORY, day(0.5)), NAMES), WORDS
        ),
        "what changed": account_list.changes_page(changed(), WORDS),
        "nothing changed": account_list.changes_page(changed(after=12), WORDS),
    }
    check_pages("pages/versions", pages)


def many(count: int, status: str = "named") -> tuple[ListEntry, ...]:
    entries = [entry(number, number, 0) for number in range(1, count + 1)]
    named = [
        replace(entry(count + each.id, each.id, 3, status, 1 + each.id % 2), because="x " * 1_400) for each in entries
    ]
    return counted_entries([*entries, *named])


def test_long_versions_are_shown_part_by_part_with_everything_once() -> None:
    count = 2 * NAMES_SHOWN + 5
    facts = VersionFacts(SECOND, version_at(many(count), day(4)), {n: f"Company {n:04}" for n in range(1, count + 1)})
    shown = [text(account_list.version_page(facts, WORDS, start=start)) for start in (0, NAMES_SHOWN, 2 * NAMES_SHOWN)]
    assert all("".join(shown).count(name) == 1 for name in facts.names.values())
    assert "151 to 300 of 305." in shown[1]
    assert f"abm.versions_more {NAMES_SHOWN} {SECOND}" in shown[0]
    assert "abm.versions_more" not in shown[2]


def test_long_lists_of_changes_with_long_reasons_fit_into_messages() -> None:
    history = many(CHANGES_SHOWN + 1)
    facts = replace(changed(history), names=dict.fromkeys(range(1, CHANGES_SHOWN + 2), "🚀" * 120))
    for start in (0, CHANGES_SHOWN):
        parts = messages(account_list.changes_page(facts, WORDS, start=start))
        check_messages(parts)
        assert len(parts) <= 2
    assert f"abm.versions_more {CHANGES_SHOWN} {FIRST} {SECOND}" in text(account_list.changes_page(facts, WORDS))


def text(page) -> str:
    check_messages(messages(page))
    return drawn("", page)
