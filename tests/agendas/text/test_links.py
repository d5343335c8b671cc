"""Web addresses: hosts, and ways to write the address of one page."""

from agendas.text.evidence import host_of, page_of
from tests.cases import cases

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


@cases(
    "link",
    [
        "https://notes.example/m?id=2",
        "https://notes.example/M?id=1",
        "https://notes.example:8080/m?id=1",
        "https://notes.example/m?id=1&empty=",
        "https://notes.example/m?id=1#inbox/17f3",
        "https://docs.notes.example/m?id=1",
        "https://[::1/",
    ],
)
def test_another_page_is_another_page(link: str) -> None:
    assert page_of(link) != page_of(PAGE)
