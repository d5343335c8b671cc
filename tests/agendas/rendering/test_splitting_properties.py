"""Whatever is on a page and however long: nothing is lost, the order is kept, and nothing is parted within."""

import re
import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agendas.rendering.blockkit import TEXT_CHARACTERS, Rendered, blocks, fallback, messages
from agendas.rendering.mrkdwn import escape, length, link, mention, parted
from agendas.rendering.page import Button, Buttons, Divider, Facts, Item, Line, Note, Page, Rows, Table, Text
from agendas.rendering.words import shortened
from tests.agendas.golden import check_messages
from tests.cases import cases

FAMILY = "👩\u200d👩\u200d👧\u200d👦"
CLUSTERS = ("e\u0301", FAMILY, "👍\U0001f3fd", "🇩🇪", "❤\ufe0f", "ก\u0e33", "न\u093f", "각", "1\ufe0f\u20e3", "🚀")
"""Characters that people see as one and Unicode writes as several."""

SPAN = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);")
words = st.one_of(
    st.text(min_size=1, max_size=12).map(escape),
    st.sampled_from(("&", "<", "A & B", "<!channel>", "R&D")).map(escape),
    st.sampled_from(CLUSTERS),
    st.builds(lambda path: link(f"https://a.example/{path}?x=1&y=2", "the minutes"), st.text("abc", max_size=40)),
    st.just(mention("U0ANN0001")),
)
long_words = st.tuples(words, st.integers(1, 250)).map(lambda found: found[0] * found[1])
lines = st.lists(words | long_words, min_size=1, max_size=5).map(" ".join)
texts = st.lists(lines, min_size=1, max_size=3).map("\n".join)
items = st.one_of(
    texts.map(Text),
    texts.map(Note),
    st.lists(lines, min_size=1, max_size=6).map(lambda found: Rows(tuple(found))),
    st.lists(st.tuples(st.just("Label"), lines), min_size=1, max_size=12).map(lambda pairs: Facts(tuple(pairs))),
    st.lists(st.tuples(st.text(max_size=2_000), st.text(max_size=9)), min_size=1, max_size=4).map(
        lambda rows: Table(("Account", "Days"), tuple(rows))
    ),
    lines.map(lambda found: Line(found, Button("Edit", "people.edit", "1"))),
    st.just(Divider()),
)


def bare(text: str) -> str:
    return "".join(text.split())


def in_order(parts: list[Rendered]) -> list[str]:
    """Every text that people read, as it stands in the blocks."""
    return [text for part in parts for block in part.blocks for text in read_in(block)]


def read_in(block: dict) -> list[str]:
    if block["type"] == "table":
        return [cell["text"] for row in block["rows"] for cell in row]
    found = (block.get("text"), *block.get("fields", ()), *block.get("elements", ()))
    return [each["text"] for each in found if isinstance(each, dict) and isinstance(each.get("text"), str)]


def is_within(before: str, after: str) -> bool:
    """Return true if both characters belong to one visible character."""
    joins = unicodedata.category(after[0]) in ("Mn", "Me", "Mc") or after[0] in "\u200d\ufe0f"
    return joins or before[-1] == "\u200d" or 0x1F3FB <= ord(after[0]) <= 0x1F3FF


@cases("limit", range(20, 50))
def test_a_word_stays_whole_where_it_fits_whatever_is_escaped_in_it(limit: int) -> None:
    text = escape(" ".join(f"R&D{number:03}<" for number in range(40)))
    parts = parted(text, limit)
    assert len(parts) > 10
    assert " ".join(parts) == text


@given(text=texts, limit=st.integers(120, 3_000))
def test_a_text_is_parted_within_nothing_that_belongs_together(text: str, limit: int) -> None:
    pieces = parted(text, limit)
    assert all(length(piece) <= limit for piece in pieces)
    assert bare("".join(pieces)) == bare(text)
    assert [span for piece in pieces for span in SPAN.findall(piece)] == SPAN.findall(text)
    assert all("&" not in SPAN.sub("", piece) and "<" not in SPAN.sub("", piece) for piece in pieces)
    assert not any(is_within(before, after) for before, after in pairwise(pieces) if before and after)
    assert all(piece.encode("utf-16", "strict") for piece in pieces)


@cases("cluster", CLUSTERS)
def test_what_people_see_as_one_character_stays_whole_in_a_word_longer_than_a_message(cluster: str) -> None:
    pieces = parted(f"x{cluster * 3_000}", TEXT_CHARACTERS)
    assert len(pieces) > 1
    assert all(piece.removeprefix("x").replace(cluster, "") == "" for piece in pieces)
    assert "".join(pieces) == f"x{cluster * 3_000}"


@cases("cluster", CLUSTERS)
def test_what_is_shortened_ends_with_a_whole_character(cluster: str) -> None:
    for start in range(4):
        text = "x" * start + cluster * 5_000
        for found in (fallback(text), str(shortened(text))):
            whole = found.split("…")[0].removeprefix("x" * start)
            assert whole.replace(cluster, "") == ""
        [drawn] = blocks(Page("t", (Buttons((Button(text, "do.it"),)),)))
        label = drawn["elements"][0]["text"]["text"]
        assert length(label) <= 75
        assert label.removesuffix("…").removeprefix("x" * start).replace(cluster, "") == ""


@given(found=st.lists(items, min_size=1, max_size=6))
def test_nothing_of_a_page_is_lost_or_moved_and_every_limit_is_kept(found: list[Item]) -> None:
    parts = messages(Page("A page", tuple(found), key="sample"))
    check_messages(parts)
    whole = [text for block in blocks(Page("", tuple(found), key="sample")) for text in read_in(block)]
    assert in_order(parts) == [*whole[: _first(parts)], *_notice(parts), *whole[_first(parts) :]]


def _notice(parts: list[Rendered]) -> list[str]:
    return ["Continued in the thread."] if len(parts) > 1 else []


def _first(parts: list[Rendered]) -> int:
    """How many texts stand in the first message, the note that the rest follows left out."""
    return len(in_order(parts[:1])) - len(_notice(parts))
