"""Answers about our own people: function and right, and what is theirs, in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from agendas.facts.found.members import MemberFacts
from agendas.facts.people import PersonFacts
from agendas.pages.answers.items.asked import NOTHING
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.notice import said as sentence
from agendas.rendering.page import Note, Page, Rows, Text
from agendas.rendering.words import Words

MOST_MEMBERS = 30
"""People on one page."""


@dataclass(frozen=True, slots=True)
class MembersAsked:
    """A question about our own people in words, or who of them is away."""

    said: Mrkdwn = NOTHING
    is_away: bool = False


def members_page(asked: MembersAsked, found: Sequence[PersonFacts], words: Words) -> Page:
    """A line for each person, by name."""
    if not found:
        return sentence(words.say("asked_people.no_member", at=asked))
    heading = words.say("asked_people.members_heading", at=asked, count=len(found))
    shown = found[:MOST_MEMBERS]
    lines = tuple(words.say("asked_people.line", text=words.say("asked_people.person", person=each)) for each in shown)
    rest = (
        (Note(words.say("asked_people.span", shown=len(shown), total=len(found))),) if len(found) > len(shown) else ()
    )
    return Page(read(heading), (Text(heading), Rows(lines), *rest), key="members")


def members_count_page(asked: MembersAsked, words: Words, *, total: int) -> Page:
    """The number of people in one line."""
    name = "asked_people.members_heading" if total else "asked_people.no_member"
    return sentence(words.say(name, **{"at": asked} | ({"count": total} if total else {})))


def member_page(found: Sequence[MemberFacts], words: Words) -> Page:
    """The facts of one person, or of several one after the other."""
    said = [words.say("asked_people.member", member=each) for each in found]
    return Page(read(said[0]).split("\n", 1)[0], tuple(map(Text, said)), key="member")
