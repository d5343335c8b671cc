"""Web addresses: hosts."""

from agendas.text.links import host_of


def test_the_host_of_a_link_is_said_without_www() -> None:
    assert host_of("https://www.News.acme.example:8080/a?b=c") == "news.acme.example"
    assert host_of("https://[::1/") == ""
