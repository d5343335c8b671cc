from dataclasses import replace
from datetime import date

from agendas.facts.evidence import EvidenceActor
from agendas.facts.group import Contact, ContactProfile
from agendas.text.who_acted import PeopleActing, Sides, name_words, read_actor, read_day, read_no_day, read_people
from tests.builders import NOW
from tests.cases import cases

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


@cases(
    ("text", "who"),
    [
        ("Dana Weber replied with numbers", "Dana Weber"),
        ("Ines met Dana Weber", "Dana Weber"),
        ("Ines spoke with Dana yesterday", "Dana Weber"),
        ("Ines had a call with Dana", "Dana Weber"),
        ("Dana replied with numbers", "Dana Weber"),
        ("dana replied with numbers", "Dana Weber"),
        ("DANA WEBER replied with numbers", "Dana Weber"),
        ("D. Weber replied with numbers", "Dana Weber"),
        ("Yesterday Dana called", "Dana Weber"),
        ("Dana called", "Dana Weber"),
        ("Dana shared the rollout plan", "Dana Weber"),
        ("Dana Weber, CFO, replied with numbers", "Dana Weber"),
        ("Dana (CFO) replied with numbers", "Dana Weber"),
        ("Dana, their CFO, replied with numbers", "Dana Weber"),
        ("CFO Dana Weber replied with numbers", "Dana Weber"),
        ("Their CFO Dana Weber asked for a cap", "Dana Weber"),
        ("Ms Müller joined the demo", "Zoë Müller"),
        ("zoe joined the demo", "Zoë Müller"),
        ("Mueller sent the order", "Zoë Müller"),
        ("O\u2019Brien asked for a demo", "Seán O'Brien"),
        ("Sean O'Brien\u2019s reply: they want two depots", "Seán O'Brien"),
        ("Anna-Lena von Thun signed the order", "Anna-Lena von Thun"),
        ("von Thun signed the order", "Anna-Lena von Thun"),
        ("Jean-Luc asked for a demo", "Jean-Luc Picot"),
        ("dana@halden.example asked for a demo", "Dana Weber"),
        ("Dana asked if we could move the demo", "Dana Weber"),
        ("Dana said that they might start in May", "Dana Weber"),
        ("Dana confirmed what we proposed", "Dana Weber"),
        ("Yesterday Dana asked for a demo", "Dana Weber"),
        ("Halden's CFO Dana Weber signed the pilot this morning", "Dana Weber"),
        ("Dana's joined the call", ""),
        ("Dana introduced Tom to us", "Dana Weber"),
        ("Dana replied by mail", "Dana Weber"),
        ("Contract signed by Dana", "Dana Weber"),
        ("Mail from Dana: they start in May", "Dana Weber"),
        ("From: Dana Weber <dana@halden.example>\nTo: Ines Weir\n\nHi Ines, I attached the numbers", "Dana Weber"),
        ("Call with Dana Weber: two depots to start", "Dana Weber"),
        ("We met Dana and Tom on site", "Dana Weber, Tom Sample"),
        ("Dana and Tom joined the demo", "Dana Weber, Tom Sample"),
        ("Dana, Tom and Zoë joined the demo", "Dana Weber, Tom Sample, Zoë Müller"),
        ("Dana replied, Tom signed the order", "Dana Weber, Tom Sample"),
        ("Dana, assistant to the COO, called to move the demo", "Dana Weber"),
        ("Dana, personal assistant of Tom Sample, finally sent the numbers", "Dana Weber"),
        ("On Friday Dana told us that the board wants it", "Dana Weber"),
        ("On 20 Nov Dana replied with numbers", "Dana Weber"),
        ("Both Dana and Tom replied", "Dana Weber, Tom Sample"),
        ("Dana and I met on site", "Dana Weber"),
        ("We heard from Dana: budget approved", "Dana Weber"),
        ("I got a reply from Dana", "Dana Weber"),
        ("Will Smith replied with numbers", "Will Smith"),
        ("Call with Mark: two depots", "Mark Stone"),
        ("Call with Grace: two depots", "Grace Hill"),
    ],
)
def test_who_did_something_towards_us_is_credited(text: str, who: str) -> None:
    assert credited(text) == who


@cases(
    "text",
    [
        "I emailed Dana",
        "We sent Dana the deck",
        "Sent Dana the deck again",
        "Sent the deck to Dana",
        "Emailed Dana about the demo",
        "We emailed Dana and Tom",
        "Dana was sent the deck",
        "Deck sent to Dana by Ines",
        "Dana emailed by Ines",
        "From: Ines Weir\nTo: Dana Weber\n\nHi Dana, I attached the deck\n\nFrom: Dana Weber\nPlease send it",
        "Waiting for Dana",
        "We have not heard from Dana",
        "We asked for a reply from Dana",
        "Dana will reply by Friday",
        "Dana has not replied",
        "Dana hasn't replied",
        "Dana might join the demo",
        "If Dana signed the order",
        "Call with Dana planned for Tuesday",
        "Dana's assistant replied with numbers",
        "Dana\u2019s team joined the demo",
        "Dana, finance call, sent her the deck",
        "Dana, no answer from finance, called Tom",
        "Dana, our legal lead, sent the deck",
        "They asked about Dana",
        "Their CFO asked us to call Dana",
        "Dana left the company",
        "Dana Miller replied with numbers",
        "Max Weber replied with numbers",
        "we will send the numbers",
        "They will mark the date, it may hold",
        "They signed in May",
        "mail from them in may",
        "They asked to hold the hill site with grace",
        "Nora sent the deck",
        "numbers",
    ],
)
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


@cases(
    ("text", "name", "title"),
    [
        ("Rita Kern, CTO, replied with numbers", "Rita Kern", "CTO"),
        ("Rita Kern, CTO replied with numbers", "Rita Kern", "CTO"),
        ("Rita Kern (VP Operations) joined the demo", "Rita Kern", "VP Operations"),
        ("Yesterday Rita Kern, their head of IT, asked for a demo", "Rita Kern", "head of IT"),
        ("Their head of IT Rita Kern asked for a demo", "Rita Kern", "head of IT"),
        ("Call with Rita van Kern, CTO: two depots", "Rita van Kern", "CTO"),
    ],
)
def test_somebody_with_a_title_who_is_not_in_the_group_is_told(text: str, name: str, title: str) -> None:
    assert [(each.name, each.title) for each in read(text).strangers] == [(name, title)]


@cases(
    "text",
    [
        "Rita Kern replied with numbers",
        "We sent Rita Kern, CTO, the deck",
        "Our CTO Rita Kern replied with numbers",
        "Ines Weir, VP Sales, replied with numbers",
        "Rita Kern, our CFO, sent the deck",
        "Dana Weber, CFO, replied with numbers",
        "The board asked for a pilot, procurement agreed",
    ],
)
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


@cases(
    ("text", "words"),
    [
        ("Dana wrote last week", "last week"),
        ("Otto called a few days ago about the budget", "a few days ago"),
        ("Dana wrote in October", "in October"),
        ("Dana replied on the 12th with numbers", "on the 12th"),
        ("Dana wrote on 12/11", "on 12/11"),
        ("Dana asked for last week's numbers", ""),
        ("Dana confirmed the start in May", ""),
        ("Dana said that last week they had an outage", ""),
        ("Dana wrote on 20 nov", ""),
    ],
)
def test_a_time_that_is_no_day_is_named(text: str, words: str) -> None:
    assert read_no_day(text) == words
