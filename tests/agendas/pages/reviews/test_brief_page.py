"""The facilitator's brief: sixteen lines at most, buttons for who may decide, and what others are asked."""

from collections.abc import Iterator
from dataclasses import replace

from agendas.facts.reviews import (
    Away,
    Brief,
    Bucket,
    Change,
    Instead,
    ItemPart,
    NotUpdated,
    Promise,
    QuestionCode,
    QuestionToDecide,
)
from agendas.pages.reviews import asked_before_page, brief_page, leads_now_page
from agendas.rendering.page import Buttons, Line, Menu, Page, Rows
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, drawn
from tests.agendas.pages.reviews.sections.examples import NOW, ZONE
from tests.agendas.pages.samples import item

WORDS, DAY = Words(), NOW.date()
ITEMS = (
    *(item(f"Sample {n}", n, Bucket.NEEDS_INTERVENTION, minutes=8) for n in range(1, 9)),
    item("Globex", 9, Bucket.STALLED, part=ItemPart.LEFT_OUT, minutes=8),
    item("Hooli", 10, Bucket.ADVANCED, part=ItemPart.LEFT_OUT),
    item("Umbrella", 11, Bucket.STEADY, part=ItemPart.LISTED, minutes=0),
)
MATTERS = (
    (ITEMS[0], QuestionToDecide(QuestionCode.ASK_OVERDUE, 4, about="Call their COO")),
    (ITEMS[1], QuestionToDecide(QuestionCode.PUSHED_UNEXPLAINED, 2)),
    (ITEMS[8], QuestionToDecide(QuestionCode.SILENT, 20, 14)),
)
NOTHING = Brief(7, "C0ABM1", DAY, NOW, ZONE, 45, (ITEMS[0],), facilitator="U0EVE1")
FULL = replace(
    NOTHING,
    items=ITEMS,
    changes=dict.fromkeys(Change, ("Corvane", "Halden", "Merrow", "Sable", "Tallow")),
    not_updated=tuple(NotUpdated(f"U0SAMPLE{n}", 6 - n, is_reminded=n == 1) for n in range(5)),
    away=tuple(Away(f"U0AWAY{n}", DAY, DAY) for n in range(7)),
    promised=tuple(Promise(f"Corvane {n}", "Call their COO", "U0PAULA1", 4) for n in range(4)),
    matters=MATTERS,
    chosen_by={101: "U0EVE1", 109: "U0EVE1"},
    instead=Instead.STANDS_IN,
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
        **{str(each): brief_page(replace(NOTHING, instead=each), WORDS) for each in Instead},
        "question": asked_before_page(text="Did the CFO sign?", accounts=(), **ASKED),
        "reminder": asked_before_page(text="", accounts=[(n, f"Sample {n}") for n in range(7)], **ASKED),
        "new facilitator": leads_now_page(**ASKED),
    }
    check_golden("pages/brief", "\n".join(drawn(kind, page) for kind, page in pages.items()))
    for name, page in pages.items():
        assert len(list(rows_of(page))) <= 15, f"{name}: the button of the preferences is one more"
    assert len(list(rows_of(pages["nothing"]))) <= 4


def test_who_may_not_decide_gets_no_buttons_and_who_was_reminded_has_none() -> None:
    kinds = (Line, Menu, Buttons)
    assert not any(isinstance(each, kinds) for each in brief_page(FULL, WORDS, can_decide=False).items)
    lines = [each for each in brief_page(FULL, WORDS).items if isinstance(each, Line)]
    assert [each.button.action for each in lines] == ["brief.remind"]
