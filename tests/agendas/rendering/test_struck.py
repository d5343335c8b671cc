"""Texts struck out: whole, whatever marks are in them and however long they are."""

import re

from hypothesis import given

from agendas.rendering.mrkdwn import Mrkdwn, escape, link
from agendas.rendering.words import struck
from tests.agendas.pages.hostile import check_text, hostile, long_hostile

TILDE = "\N{TILDE OPERATOR}"


def test_a_text_is_struck_whole_though_it_has_the_marks_of_strokes_and_code() -> None:
    assert struck(escape("They ~signed~ `it` ~")) == f"~They {TILDE}signed{TILDE} 'it' {TILDE}~"


def test_the_address_of_a_link_leads_where_it_led() -> None:
    said = link("https://notes.example/~ann", "Ann's ~notes~")
    assert struck(said) == f"~<https://notes.example/%7Eann|Ann's {TILDE}notes{TILDE}>~"


def test_a_long_text_is_struck_line_by_line() -> None:
    lines = struck(Mrkdwn("word " * 500)).splitlines()
    assert len(lines) == 3
    assert all(re.fullmatch("~word( word)*~", line) for line in lines)


def test_nothing_is_struck_where_nothing_is_said() -> None:
    assert struck("") == ""


@given(hostile | long_hostile)
def test_no_text_ends_its_stroke_or_begins_another(text: str) -> None:
    said = struck(escape(text))
    check_text(said)
    for line in said.splitlines():
        assert line.count("~") == 2
        assert line[0] == line[-1] == "~"
        assert not line[1].isspace()
        assert not line[-2].isspace()
