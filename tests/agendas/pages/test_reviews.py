from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from agendas.facts import reviews
from agendas.facts.account import Decision, ListStatus, Movement, Stage
from agendas.facts.events import DecisionKind
from agendas.pages.recap import recap_page
from agendas.pages.reviews import asked_before_page, brief_page, leads_now_page, review_header_page, your_actions_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Buttons, Line, Menu, Page, Rows
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, check_pages, drawn
from tests.agendas.pages.examples import NORMAL, NOW, ZONE
from tests.agendas.pages.samples import HOSTILE, TOO_LONG, departed, item, review
from tests.cases import cases
from tests.plain import plain

WORDS = Words()
STILL = reviews.MovementAnswer(Movement.UNCHANGED, Stage.AWARE, Stage.AWARE, reviews.MovementReason.SAME_STAGE)
ATTENDED = (("U0ANN1", "sales"), ("U0BOB1", "marketing"), ("U0EVE1", "executive"), ("U0FAY1", ""))


DEPARTED = (
    departed(item("Cyberdyne", 8, reviews.Bucket.NEEDS_INTERVENTION), ListStatus.REMOVED, "acquired by Globex"),
    departed(
        item("Soylent", 9, reviews.Bucket.STALLED, part=reviews.ItemPart.LISTED),
        ListStatus.PAUSED,
        "merger until spring",
    ),
    departed(
        item("Tyrell", 10, reviews.Bucket.STALLED, part=reviews.ItemPart.LISTED), ListStatus.REMOVED, "closed down"
    ),
)
"""Accounts that were paused or left the list while their review is open."""


def test_a_review_header_says_what_its_golden_file_says() -> None:
    pages = {
        "open": review_header_page(review(), WORDS),
        "late": review_header_page(review(late_minutes=12), WORDS),
        "closed": review_header_page(review(closed_at=NOW + timedelta(hours=1), closed_by="U0DAN1"), WORDS),
        "empty": review_header_page(review(items=()), WORDS),
        "left the list": review_header_page(review(*DEPARTED), WORDS),
        "hostile": review_header_page(review(HOSTILE), WORDS),
    }
    check_pages("pages/review_header", pages)


def test_a_recap_says_what_its_golden_file_says() -> None:
    closed = NOW + timedelta(hours=1)
    pages = {
        "held": recap_page(review(closed_at=closed, was_held=True, attended=ATTENDED), WORDS),
        "without marketing": recap_page(review(closed_at=closed, was_held=True, attended=ATTENDED[:1]), WORDS),
        "not held": recap_page(review(closed_at=closed, was_held=False, decisions=()), WORDS),
        "empty": recap_page(review(items=(), closed_at=closed, was_held=False, decisions=(), next_at=None), WORDS),
    }
    check_pages("pages/recap", pages)


@cases(
    ("functions", "said"),
    [
        (("sales", "marketing", ""), "sales and marketing"),
        (("sales", "executive"), "without marketing"),
        (("executive",), "without sales and marketing"),
        (("sales", "", ""), "sales, no function recorded of 2"),
        (("", "executive"), "no function recorded of 1"),
    ],
)
def test_a_recap_says_which_side_was_there_and_guesses_none_of_whom_no_function_is_recorded(functions, said):
    attended = tuple((f"U0X{number}", function) for number, function in enumerate(functions))
    page = recap_page(review(closed_at=NOW, was_held=True, attended=attended), WORDS)
    assert f", {said}\n" in drawn("recap", page)


def test_long_and_hostile_reviews_stay_within_the_limits() -> None:
    facts = review(HOSTILE, *TOO_LONG, was_held=True, attended=tuple((f"U0P{n}", "sales") for n in range(300)))
    for page in (review_header_page(facts, WORDS), recap_page(facts, WORDS)):
        check_messages(messages(page))


def test_every_one_of_many_left_out_accounts_can_be_added_and_the_first_are_named() -> None:
    many = tuple(
        replace(item(f"Company {n}", n, reviews.Bucket.NEW, part=reviews.ItemPart.LEFT_OUT), review_item_id=n)
        for n in range(1, 251)
    )
    page = review_header_page(review(items=many), WORDS)
    menus = [each for each in page.items if isinstance(each, Menu)]
    assert [value for menu in menus for _, value in menu.entries] == [str(n) for n in range(1, 251)]
    assert max(len(menu.entries) for menu in menus) == 100
    assert [menu.label for menu in menus] == [
        "Add an account to this review (1 to 100 of 250)",
        "Add an account to this review (101 to 200 of 250)",
        "Add an account to this review (201 to 250 of 250)",
    ]
    for said in (plain(page), plain(recap_page(review(items=many, closed_at=NOW, was_held=True), WORDS))):
        assert "Company 5 (Tier 1, new, 3 min) and 245 more" in said
        assert "Company 6 (" not in said
    check_messages(messages(page))


def test_an_owner_gets_only_their_own_open_actions_and_nobody_an_empty_letter() -> None:
    facts = review(closed_at=NOW, was_held=True)
    page = your_actions_page(facts, "U0ANN1", WORDS, today=NOW.date())
    assert page is not None
    reads = your_actions_page(facts, "U0ANN1", WORDS, today=NOW.date(), can_record=False)
    assert reads is not None
    check_golden("pages/your_actions", "\n".join((drawn("ann", page), drawn("who may only read", reads))))
    assert your_actions_page(facts, "U0NOBODY", WORDS, today=NOW.date()) is None


def test_the_header_counts_who_updated_and_says_who_is_waited_for_and_who_is_away() -> None:
    heard = replace(NORMAL, facts=replace(NORMAL.facts, missing_updates_from=()), is_updated=True)
    silent = replace(NORMAL, facts=replace(NORMAL.facts, missing_updates_from=("U0ANN1", "U0BOB1")), review_item_id=5)
    of_away = {"missing_updates_from": ("U0ANN1",), "away": (("U0CAT1", date(2026, 12, 4)),)}
    items = (heard, silent, replace(NORMAL, facts=replace(NORMAL.facts, **of_away), review_item_id=6))
    said = plain(review_header_page(review(items=items), WORDS))
    assert "updated 1 of 3" in said
    assert "Waiting for <@U0ANN1> 2, <@U0BOB1> 1\nAway <@U0CAT1> until Fri 4 Dec\n" in said
    closed = plain(review_header_page(review(items=items, closed_at=NOW), WORDS))
    assert "Waiting for" not in closed
    assert "Start my updates" not in closed


def test_a_recap_counts_each_account_once_so_that_the_counts_add_up() -> None:
    won = reviews.MovementAnswer(
        Movement.ADVANCED,
        Stage.OPPORTUNITY,
        Stage.CUSTOMER,
        reviews.MovementReason.EVIDENCE,
        flags=frozenset({reviews.MovementFlag.EXPANDED}),
    )
    news = reviews.MovementAnswer(Movement.UNCHANGED, Stage.AWARE, Stage.AWARE, reviews.MovementReason.NEWS)
    items = tuple(replace(NORMAL, placement=replace(NORMAL.placement, movement=movement)) for movement in (won, news))
    other = replace(NORMAL.facts.account, account_id=8)
    silent = replace(NORMAL, facts=replace(NORMAL.facts, account=other, events=()))
    items += (replace(silent, placement=replace(NORMAL.placement, movement=STILL)),)
    said = plain(recap_page(review(items=items, decisions=(), was_held=True), WORDS))
    assert "\n1 expanded · 1 piece of news · 1 not moved\n" in said
    assert "1 advanced" not in said


def line_of(label: str, *items: reviews.AgendaItem) -> str:
    said = plain(review_header_page(review(items=items), WORDS)).splitlines()
    return next((line for line in said if line.startswith(label)), "")


def test_the_header_says_who_has_to_speak_by_the_numbers_of_the_accounts_and_who_was_asked() -> None:
    first, second, third = (
        item(name, number, reviews.Bucket.STALLED) for number, name in enumerate(("A", "B", "C"), start=1)
    )
    ask = Decision(9, DecisionKind.INTERVENE, "Call their COO", NOW, "U0ANN1", "U0PAULA")
    state = replace(second.facts.account, decision=ask, asks=(ask,))
    asked = replace(second, facts=replace(second.facts, account=state))
    assert (first.facts.account.profile.owner, asked.facts.account.profile.owner) == ("U0ANN1", "U0ANN1")
    assert line_of("To speak", first, asked, third) == "To speak <@U0ANN1> 1, 2, 3 · <@U0PAULA> 2 (asked)"
    gone = departed(replace(first), ListStatus.PAUSED, "merger")
    assert line_of("To speak", gone, asked, third) == "To speak <@U0ANN1> 1, 2 · <@U0PAULA> 1 (asked)"
    assert line_of("To speak", asked) == "", "the line of the only account says it"


# The facilitator's brief: sixteen lines at most, buttons for who may decide, and what others are asked.

DAY = NOW.date()
ITEMS = (
    *(item(f"Sample {n}", n, reviews.Bucket.NEEDS_INTERVENTION, minutes=8) for n in range(1, 9)),
    item("Globex", 9, reviews.Bucket.STALLED, part=reviews.ItemPart.LEFT_OUT, minutes=8),
    item("Hooli", 10, reviews.Bucket.ADVANCED, part=reviews.ItemPart.LEFT_OUT),
    item("Umbrella", 11, reviews.Bucket.STEADY, part=reviews.ItemPart.LISTED, minutes=0),
)
MATTERS = (
    (ITEMS[0], reviews.QuestionToDecide(reviews.QuestionCode.ASK_OVERDUE, 4, about="Call their COO")),
    (ITEMS[1], reviews.QuestionToDecide(reviews.QuestionCode.PUSHED_UNEXPLAINED, 2)),
    (ITEMS[8], reviews.QuestionToDecide(reviews.QuestionCode.SILENT, 20, 14)),
)
NOTHING = reviews.Brief(7, "C0ABM1", DAY, NOW, ZONE, 45, (ITEMS[0],), facilitator="U0EVE1")
FULL = replace(
    NOTHING,
    items=ITEMS,
    changes=dict.fromkeys(reviews.ChangeSinceReview, ("Corvane", "Halden", "Merrow", "Sable", "Tallow")),
    not_updated=tuple(reviews.NotUpdated(f"U0SAMPLE{n}", 6 - n, is_reminded=n == 1) for n in range(5)),
    away=tuple(reviews.Away(f"U0AWAY{n}", DAY, DAY) for n in range(7)),
    promised=tuple(reviews.Promise(f"Corvane {n}", "Call their COO", "U0PAULA1", 4) for n in range(4)),
    matters=MATTERS,
    chosen_by={101: "U0EVE1", 109: "U0EVE1"},
    instead=reviews.Instead.STANDS_IN,
)
ASKED = {"by": "U0EVE1", "channel_id": "C0ABM1", "at": NOW, "zone": ZONE, "words": WORDS}


def rows_of(page: Page) -> Iterator[str]:
    """Every line that the page takes, a row of buttons or a menu being one."""
    for each in page.items:
        if isinstance(each, Rows):
            yield from (line for line in each.lines if line.strip())
        elif isinstance(each, Menu | Buttons):
            yield type(each).__name__
        else:
            yield from each.mrkdwn.splitlines()  # type: ignore[union-attr]


def test_a_brief_has_sixteen_lines_at_most_and_no_empty_section() -> None:
    pages = {
        "everything": brief_page(FULL, WORDS),
        "nothing": brief_page(NOTHING, WORDS),
        "who may not decide": brief_page(FULL, WORDS, can_decide=False),
        **{str(each): brief_page(replace(NOTHING, instead=each), WORDS) for each in reviews.Instead},
        "question": asked_before_page(text="Did the CFO sign?", accounts=(), **ASKED),
        "reminder": asked_before_page(text="", accounts=[(n, f"Sample {n}") for n in range(7)], **ASKED),
        "new facilitator": leads_now_page(**ASKED),
    }
    check_pages("pages/brief", pages)
    for name, page in pages.items():
        assert len(list(rows_of(page))) <= 15, f"{name}: the button of the preferences is one more"
    assert len(list(rows_of(pages["nothing"]))) <= 4


def test_who_may_not_decide_gets_no_buttons_and_who_was_reminded_has_none() -> None:
    kinds = (Line, Menu, Buttons)
    assert not any(isinstance(each, kinds) for each in brief_page(FULL, WORDS, can_decide=False).items)
    lines = [each for each in brief_page(FULL, WORDS).items if isinstance(each, Line)]
    assert [each.button.action for each in lines] == ["brief.remind"]
