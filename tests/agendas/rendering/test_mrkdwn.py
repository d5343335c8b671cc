from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from agendas.rendering.mrkdwn import escape, link, mention, read
from agendas.rendering.words import clock
from agendas.text.evidence import unescape


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
