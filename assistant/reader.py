"""The small reader: a question becomes a query when every word of weight is used and one reading alone fits."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from agendas.facts.query import Form, Query, Subject
from assistant.conversation import LastAnswer
from assistant.follow_up import follow
from assistant.names import Asked, Choice, Names
from assistant.pieces import Piece, pieces_of
from assistant.remark import Reading, Remark, RemarkKind
from assistant.remarks import remark_of
from assistant.slots import PRONOUNS, UNCLEAR, Fitted, Slots, senses_tried
from assistant.words import ENDS, Token, read_tokens


def readings(pieces: Sequence[Piece], asked: Asked, names: Names, today: date) -> list[Fitted]:
    """Return the queries that the pieces fit, each combination of their senses tried, the best first."""
    found: dict[Query, Fitted] = {}
    for chosen, cost in senses_tried(pieces):
        fitted = Slots(pieces, chosen, asked, names, today).fit()
        if fitted is None:
            continue
        fitted = replace(fitted, cost=cost + 10 * len(fitted.unused))
        before = found.get(fitted.query)
        if before is None or (len(fitted.unused), fitted.cost) < (len(before.unused), before.cost):
            found[fitted.query] = fitted
    return sorted(found.values(), key=lambda each: (len(each.unused), each.cost))


def unknown(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield the words that mean nothing here, as typed."""
    yield from (each.typed for each in pieces if each.is_unknown)


# Reading whole texts

OFFERED = 3
"""Readings that are offered as buttons."""

LONGEST_READ = 80
"""Words of a text that are read, as each of its senses is tried with every other. A message may have two thousand."""


def read_question(text: str, names: Names, asked: Asked, *, today: date, last: LastAnswer | None) -> Reading:
    """Return the reading of a text: a query that uses every word of weight, a remark, or readings to choose from."""
    tokens = part_to_read(read_tokens(text, bot_user_id=asked.bot_user_id))
    if not tokens:
        return Reading(remark=Remark(RemarkKind.UNREAD))
    pieces = pieces_of(tokens, names, today)
    found = readings(pieces, asked, names, today)
    whole = [each for each in found if not each.unused]
    remark = remark_of(tokens, pieces, whole[0] if whole else None, asked, last)
    if remark is not None:
        return Reading(remark=remark)
    alone = whole[0] if whole else None
    followed = follow(pieces, last, asked, names, today, alone=alone) if last is not None else None
    taken = tuple((each.typed, each.account) for each in pieces if each.account and each.is_guessed)
    if choices := tuple(each.choice for each in pieces if each.choice):
        return Reading(query=_without_unclear(_asked_of(pieces, followed, found)), choices=choices, taken=taken)
    if followed is not None and not followed.unused:
        return Reading(query=followed.query, taken=taken, is_follow_up=True)
    if alone is not None and _is_clear(alone, whole, pieces):
        if UNCLEAR in alone.query.of:
            said = next(each.typed for each in pieces if "it" in each.senses).split()
            pointing = next((word for word in said if word.casefold() in PRONOUNS), said[-1])
            return Reading(query=_without_unclear(alone.query), choices=(Choice(pointing, (), is_ambiguous=True),))
        return Reading(query=alone.query, taken=taken)
    nearest = [each for each in ([followed] if followed else []) + found if UNCLEAR not in each.query.of]
    offers = tuple(dict.fromkeys(each.query for each in nearest))[:OFFERED]
    unread = tuple(unknown(pieces)) or tuple(pieces[i].typed for each in found[:1] for i in each.unused)
    return Reading(remark=Remark(RemarkKind.UNREAD), unread=unread, offers=offers)


def part_to_read(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the words of a long text that are read: its sentences with a question mark, else its beginning."""
    if len(tokens) <= LONGEST_READ:
        return tokens
    asking: list[Token] = []
    begin = 0
    for i, each in enumerate(tokens):
        if each.mark in ENDS:
            asking += tokens[begin : i + 1] if each.mark == "?" else ()
            begin = i + 1
    return (asking or tokens)[:LONGEST_READ]


def _is_clear(alone: Fitted, whole: Sequence[Fitted], pieces: Sequence[Piece]) -> bool:
    """Return true for the one nearest reading, unless it is the whole list and nothing says that accounts are meant."""
    is_nearest = [each.cost for each in whole].count(alone.cost) == 1
    is_all = alone.query == Query(Subject.ACCOUNTS, alone.query.form)
    return is_nearest and (not is_all or any("noun.accounts" in each.senses for each in pieces))


def _asked_of(pieces: Sequence[Piece], followed: Fitted | None, found: Sequence[Fitted]) -> Query:
    """Return what is asked of a name that is not clear; "who is Dana Weber" asks for a person."""
    senses = {sense for each in pieces for sense in each.senses}
    if "who" in senses and senses <= {"who", "is", "that"}:
        return Query(Subject.MEMBERS, Form.CARD)
    nearest = followed or next(iter(found), None)
    return nearest.query if nearest is not None else Query(Subject.ACCOUNTS, Form.CARD)


def _without_unclear(query: Query) -> Query:
    return replace(query, of=tuple(each for each in query.of if each != UNCLEAR))
