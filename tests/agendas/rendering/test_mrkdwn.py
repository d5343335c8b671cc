import re
import unicodedata
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agendas.rendering.blockkit import TEXT_CHARACTERS, Rendered, blocks, fallback, messages
from agendas.rendering.mrkdwn import escape, length, link, mention, parted, read
from agendas.rendering.page import Button, Buttons, Divider, Facts, Item, Line, Note, Page, Rows, Table, Text
from agendas.rendering.words import clock, shortened
from agendas.text.evidence import unescape
from tests.agendas.golden import check_messages
from tests.cases import cases


def test_a_time_in_the_readers_own_zone_is_read_as_its_fallback() -> None:
    said = clock(datetime(2026, 12, 1, 14, tzinfo=UTC), "America/New_York")
    assert said == "Tue <!date^1796133600^{time}|09:00 EST>"
    assert read(said) == "Tue 09:00 EST"


def test_no_channel_group_or_fake_link_survives_escaping() -> None:
    hostile = "<!channel> <!here> <!subteam^S1> <https://evil.example|acme.example> & <#C012345>"
    assert "<" not in escape(hostile)
    assert unescape(escape(hostile)) == hostile


def test_a_mention_of_one_person_stays_one_and_its_label_goes() -> None:
    assert escape("ask <@U0ANN1> or <@W0BOB22|bob>") == "ask <@U0ANN1> or <@W0BOB22>"


def test_text_of_people_is_on_one_line_without_controls_overrides_and_fences() -> None:
    assert escape("first\nsecond\t\u202eabc\u2066 ```code``` \x00end") == "first second abc '''code''' end"


def test_formatting_characters_right_to_left_letters_and_emoji_stay() -> None:
    assert escape("*Acme*_~ שלום 👩‍🔬") == "*Acme*_~ שלום 👩‍🔬"


@given(st.text())
def test_reading_back_gives_what_was_escaped(text: str) -> None:
    once = escape(text)
    assert "<!" not in once
    assert escape(unescape(once)) == once


def test_a_link_keeps_its_address_and_cannot_be_closed_by_its_label() -> None:
    assert link("https://example.com/a?b=1&c=2", "R&D <x>|y") == (
        "<https://example.com/a?b=1&amp;c=2|R&amp;D &lt;x&gt;|y>"
    )
    assert (
        link("https://example.com/a>b c|d", "") == "<https://example.com/a%3Eb%20c%7Cd|https://example.com/a&gt;b c|d>"
    )


def test_an_address_that_is_no_web_page_is_only_named() -> None:
    assert link("javascript:alert(1)", "the <minutes>") == "the &lt;minutes&gt;"
    assert link("https://example.com", "a" * 501) == "a" * 501 + " (<https://example.com|link>)"
    assert link("", "spoken in the meeting") == "spoken in the meeting"
    assert link("https://example.com/```x", "a") == "<https://example.com/%60%60%60x|a>"
    assert link("https://example.com/" + "a" * 3_000, "minutes") == "minutes (address too long to link)"


def test_a_person_without_an_id_is_a_name_and_nobody_is_said() -> None:
    assert mention("U0ANN1") == "<@U0ANN1>"
    assert mention("Ann <Lee>") == "Ann &lt;Lee&gt;"
    assert mention(None) == "nobody"


def test_plain_reading_names_people_and_channels() -> None:
    assert (
        read("<@U0ANN1> in <#C01|abm> &amp; <https://a.example>", {"U0ANN1": "Ann"})
        == "@Ann in #abm & https://a.example"
    )


def test_a_file_that_an_operator_imported_is_the_author_of_its_entries() -> None:
    assert mention("command line") == "CRM import"
    assert mention("Rita Sample") == "Rita Sample"


def test_an_address_is_read_in_brackets_of_its_own_only_where_none_are_open() -> None:
    site = "<https://a.example/x_(1)|a.example>"
    assert read(f"{site} (mail)") == "a.example (https://a.example/x_(1)) (mail)"
    assert read(f"(met) they agreed ({site}, {site})") == (
        "(met) they agreed (a.example: https://a.example/x_(1), a.example: https://a.example/x_(1))"
    )


# Whatever is on a page and however long: nothing is lost, the order is kept, and nothing is parted within.

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
            assert found.split("…")[0].removeprefix("x" * start).replace(cluster, "") == ""
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
