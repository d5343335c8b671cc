from dataclasses import replace
from datetime import date

from agendas.facts.evidence import EvidenceActor
from agendas.facts.group import Contact, ContactProfile
from agendas.text.who_acted import PeopleActing, Sides, name_words, read_actor, read_day, read_no_day, read_people
from tests.builders import NOW
from tests.cases import cases, texts

PEOPLE = tuple(
    Contact(number, ContactProfile(name, email=f"{name.split()[0].lower()}@halden.example"), NOW, NOW)
    for number, name in enumerate(
        (
            *("Dana Weber", "Tom Sample", "Otto Weber", "Will Smith", "Mark Stone", "May Lund", "Zoë Müller"),
            *("Seán O'Brien", "Anna-Lena von Thun", "Nora Field", "Grace Hill", "Jean-Luc Picot"),
        ),
        start=1,
    )
)
SIDES = Sides(
    buyer_names=frozenset(
        word for name in ("Halden", *(each.profile.name for each in PEOPLE)) for word in name_words(name)
    ),
    our_names=frozenset({"nora", "ines", "weir"}),
    buyer_domains=frozenset({"halden.example"}),
    people=PEOPLE,
)


def read(text: str, sides: Sides = SIDES) -> PeopleActing:
    """Who acted, as far as the whole text is read as the buyer's act."""
    return read_people(text, sides) if read_actor(text, sides=sides) is EvidenceActor.BUYER else PeopleActing()


def credited(text: str) -> str:
    return ", ".join(each.profile.name for each in read(text).credited)


@texts("text", "who")
def test_who_did_something_towards_us_is_credited(text: str, who: str) -> None:
    assert credited(text) == who


@texts("text")
def test_what_we_did_what_is_not_done_and_words_of_the_language_credit_nobody(text: str) -> None:
    assert credited(text) == ""


@cases(
    ("text", "whom"),
    [
        ("Weber replied with numbers", ["Dana Weber", "Otto Weber"]),
        ("Call with Mr Weber: two depots", ["Dana Weber", "Otto Weber"]),
        ("Mark replied with numbers", ["Mark Stone"]),
        ("Will replied with numbers", ["Will Smith"]),
        ("mark replied with numbers", ["Mark Stone"]),
        ("Dana's joined the call", ["Dana Weber"]),
    ],
)
def test_a_name_that_may_be_two_or_something_else_is_asked_about(text: str, whom: list[str]) -> None:
    found = read(text)
    assert (found.credited, [each.profile.name for asked in found.asked for each in asked]) == ((), whom)


def test_of_two_with_a_name_the_one_who_is_still_there_is_meant_and_who_left_alone_is_asked_about() -> None:
    gone = tuple(
        replace(each, profile=replace(each.profile, left_on=date(2026, 11, 1))) if each.id in (1, 2) else each
        for each in PEOPLE
    )
    sides = replace(SIDES, people=gone)
    assert [each.profile.name for each in read("Weber replied with numbers", sides).credited] == ["Otto Weber"]
    assert [each.profile.name for each in read("Tom replied with numbers", sides).asked[0]] == ["Tom Sample"]


@texts("text", "name", "title")
def test_somebody_with_a_title_who_is_not_in_the_group_is_told(text: str, name: str, title: str) -> None:
    assert [(each.name, each.title) for each in read(text).strangers] == [(name, title)]


@texts("text")
def test_nobody_else_is_told_as_a_stranger(text: str) -> None:
    assert read(text).strangers == ()


@cases(
    ("text", "day"),
    [
        ("Ruth emailed yesterday that the freeze may end in December", date(2026, 11, 29)),
        ("Yesterday Dana signed the order", date(2026, 11, 29)),
        ("Greta called on 20 nov about the budget", date(2026, 11, 20)),
        ("Call with Dana on 20 Nov: two depots", date(2026, 11, 20)),
        ("On Friday Hugh told us that the board wants it", date(2026, 11, 27)),
        ("Dana replied on Friday with numbers", date(2026, 11, 27)),
        ("Dana joined the demo two days ago", date(2026, 11, 28)),
        ("Last night Dana signed the order", date(2026, 11, 29)),
        ("20 nov: Dana asked for a second demo", date(2026, 11, 20)),
        ("Nov 20 - Dana asked for a second demo", date(2026, 11, 20)),
        ("On 20.11. Dana asked for a second demo", date(2026, 11, 20)),
        ("Dana called on 20.11.2026", date(2026, 11, 20)),
        ("On Tuesday 17 November Dana called", date(2026, 11, 17)),
        ("20 dec: Dana takes the demo", None),
        ("Will Smith called yesterday", date(2026, 11, 29)),
        ("Dana replied with numbers", None),
        ("Dana asked for a call on 20 nov", None),
        ("Dana asked to meet on Friday", None),
        ("Dana agreed on Friday", None),
        ("Dana asked about yesterday's demo", None),
        ("Dana asked for the deck we sent yesterday", None),
        ("Dana said that yesterday they had an outage", None),
        ("Dana proposed a visit on 20 dec", None),
        ("Dana called yesterday and on 20 nov", None),
    ],
)
def test_the_day_on_which_it_happened_is_read_where_the_words_tell_it(text: str, day: date | None) -> None:
    assert read_day(text, date(2026, 11, 30)) == day


@texts("text", "words")
def test_a_time_that_is_no_day_is_named(text: str, words: str) -> None:
    assert read_no_day(text) == words
