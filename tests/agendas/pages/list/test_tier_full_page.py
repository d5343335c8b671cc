from dataclasses import replace

import pytest

from agendas.errors import Outdated
from agendas.pages.account_list import no_room_page, read_swap, swap_value
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from agendas.rules.account_list import Full, Leaver, NoRoom, Wish
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.reviews.sections.examples import HOSTILE
from tests.cases import cases

WORDS = Words()
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
        "the tier is full": no_room_page(no_room(), WORDS),
        "the owner's part is full": no_room_page(no_room(HOSTILE, owner="U0ANN1"), WORDS),
        "a reason too long for a button": no_room_page(no_room(because="word " * 500), WORDS),
    }
    alone = NoRoom(Wish(7, "Acme Corp", 1, "x"), Full(1, 1, 1), (Leaver(1, "Globex", (("never_moved", 0, 0),)),))
    pages["a tier of one account"] = no_room_page(alone, WORDS)
    for page in pages.values():
        check_messages(messages(page))
    check_golden("pages/no_room", "\n".join(drawn(kind, page) for kind, page in pages.items()))


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
