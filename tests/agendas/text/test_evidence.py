from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from agendas.facts.evidence import Evidence
from agendas.text.evidence import host_of, page_of, readable, take_links, unescape, without_links
from tests.cases import cases, texts

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@cases(
    ("text", "words", "links"),
    [
        ("CFO agreed", "CFO agreed", []),
        (
            "see <https://docs.example/notes?a=1&amp;b=2|the notes> now",
            "see the notes now",
            [("the notes", "https://docs.example/notes?a=1&b=2")],
        ),
        (
            "see <https://www.docs.example/notes/>",
            "see https://www.docs.example/notes/",
            [("docs.example/notes", "https://www.docs.example/notes/")],
        ),
        ("at <http://acme.example|acme.example>", "at acme.example", [("acme.example", "http://acme.example")]),
        (
            "see https://docs.example/a?b=c&amp;d.",
            "see https://docs.example/a?b=c&d.",
            [("docs.example/a", "https://docs.example/a?b=c&d")],
        ),
        (
            "(https://docs.example/a_(b))",
            "(https://docs.example/a_(b))",
            [("docs.example/a_(b)", "https://docs.example/a_(b)")],
        ),
        ("*https://docs.example*", "*https://docs.example*", [("docs.example", "https://docs.example")]),
        ("&lt;https://docs.example&gt;", "<https://docs.example>", [("docs.example", "https://docs.example")]),
        ("HTTPS://Docs.example", "HTTPS://Docs.example", [("Docs.example", "HTTPS://Docs.example")]),
    ],
)
def test_web_addresses_become_evidence_and_the_text_stays_readable(text, words, links):
    assert take_links(text, NOW) == (words, tuple(Evidence(label, NOW, url) for label, url in links))


@texts("text", "words")
def test_other_markup_is_made_readable_and_is_no_evidence(text, words):
    assert take_links(text, NOW) == (words, ())
    assert readable(text) == words


def test_an_address_given_twice_is_one_piece_of_evidence_with_its_first_label():
    text = "<https://docs.example|notes> and https://docs.example"
    assert take_links(text, NOW)[1] == (Evidence("notes", NOW, "https://docs.example"),)


def test_a_long_label_is_shortened_and_its_address_is_not():
    url = f"https://docs.example/{'a' * 200}"
    (evidence,) = take_links(url, NOW)[1]
    assert len(evidence.text) == 80
    assert evidence.text.endswith("…")
    assert evidence.url == url


@given(text=st.text(max_size=200))
def test_escaped_text_without_links_reads_as_it_was_typed(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert readable(escaped) == unescape(escaped) == text


@given(text=st.text(st.sampled_from("<>|@#!&;:/ahtps.()[] "), max_size=60))
def test_only_web_addresses_are_ever_evidence(text):
    for evidence in take_links(text, NOW)[1]:
        assert evidence.url.casefold().startswith(("http://", "https://"))
        assert evidence.text


@texts("text", "words")
def test_a_sentence_beside_its_evidence_is_told_without_the_address_and_the_marks_before_it(text: str, words: str):
    assert without_links(text) == words


# Web addresses: hosts, and ways to write the address of one page.

PAGE = "https://notes.example/m?id=1"


def test_the_host_of_a_link_is_said_without_www() -> None:
    assert host_of("https://www.News.acme.example:8080/a?b=c") == "news.acme.example"
    assert host_of("https://[::1/") == ""


@cases(
    "link",
    [
        "http://www.Notes.example/m/?id=1",
        "https://notes.example/m?utm_source=mail&id=1&utm_medium=",
        "https://notes.example/m?id=1#heading=h.2",
    ],
)
def test_one_page_written_in_several_ways_is_one_page(link: str) -> None:
    assert page_of(link) == page_of(PAGE)


@texts("link")
def test_another_page_is_another_page(link: str) -> None:
    assert page_of(link) != page_of(PAGE)
