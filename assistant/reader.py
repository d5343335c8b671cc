"""The small reader: a question becomes a query when every word of weight is used and one reading alone fits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, groupby

from agendas.facts.query import Form, Query, Subject
from assistant.combinations import is_allowed
from assistant.conversation import LastAnswer
from assistant.dropped import without_drops
from assistant.examples import nearest
from assistant.follow_up import ATTRIBUTES, follow, is_part, merged, says_its_subject
from assistant.names import Asked, Choice, Names
from assistant.pieces import Piece, pieces_of
from assistant.remark import Reading, Remark, RemarkKind
from assistant.remarks import remark_of
from assistant.slots import PRONOUNS, UNCLEAR, WITH_TEXT, Fitted, Slots, senses_tried
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
    return sorted(found.values(), key=_nearness)


def unknown(pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield the words that mean nothing here, as typed."""
    yield from (each.typed for each in pieces if each.is_unknown)


# Reading whole texts

OFFERED, READ_IN_PART = 3, 2
"""Readings that are offered as buttons, and those of them at most that leave words unread."""

SHORT = 20
"""Pieces of a text of which two at once are left out for an offer; of a longer one it is one."""

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

    def read(left: Sequence[Piece], senses: Sequence[str]) -> Fitted | None:
        return Slots(left, senses, asked, names, today).fit()

    before = whole[0] if whole else None
    found = sorted((without_drops(pieces, each, read) for each in found), key=_nearness)
    whole = [each for each in found if not each.unused]
    alone = whole[0] if whole else None
    followed = None
    if last is not None and (followed := follow(pieces, last, asked, names, today, alone=before)):

        def go_on(left: Sequence[Piece], senses: Sequence[str]) -> Fitted | None:
            return merged(left, senses, last, asked, names, today, before)

        followed = without_drops(pieces, followed, go_on)
    taken = tuple((each.typed, each.account) for each in pieces if each.account and each.is_guessed)
    if choices := tuple(each.choice for each in pieces if each.choice):
        return Reading(query=_without_unclear(_asked_of(pieces, followed, found)), choices=choices, taken=taken)
    if followed is not None and not followed.unused:
        return Reading(query=followed.query, taken=taken, is_follow_up=True)
    stands_alone = alone is None or (says_its_subject(pieces, alone) if last else not is_part(pieces, alone))
    if alone is not None and stands_alone and _is_clear(alone, whole, pieces):
        if UNCLEAR in alone.query.of:
            said = next(each.typed for each in pieces if "it" in each.senses).split()
            pointing = next((word for word in said if word.casefold() in PRONOUNS), said[-1])
            return Reading(query=_without_unclear(alone.query), choices=(Choice(pointing, (), is_ambiguous=True),))
        return Reading(query=alone.query, taken=taken)
    if last is not None and not stands_alone:
        followed = follow(pieces, last, asked, names, today, alone=None)
    # what names its account is more likely to stand on nothing
    named = [each for each in found[:1] if each.query.of]
    partly = sorted(
        [*named, *filter(None, [followed]), *found, *_without_some(pieces, asked, names, today)], key=_nearness
    )
    offers = _offered(pieces, (each.query for each in partly), nearest(pieces, asked, names, last))
    unread = tuple(unknown(pieces)) or tuple(pieces[i].typed for each in found[:1] for i in each.unused)
    return Reading(remark=Remark(RemarkKind.UNREAD), unread=unread, offers=offers)


def _nearness(fitted: Fitted) -> tuple[int, int]:
    return len(fitted.unused), fitted.cost


def _offered(pieces: Sequence[Piece], partly: Iterable[Query], alike: Iterable[Query]) -> tuple[Query, ...]:
    """Return the readings to offer: the nearest of what was read in part, also with a text, then sentences alike."""
    read, others = (list(dict.fromkeys(map(_listed, filter(_is_near, some)))) for some in (partly, alike))
    titled = _titled(pieces, read[0]) if read else ()
    return tuple(dict.fromkeys((*read[:1], *titled, *read[1:READ_IN_PART], *others, *read)))[:OFFERED]


def _is_near(query: Query) -> bool:
    return UNCLEAR not in query.of and query != Query(Subject.ACCOUNTS, query.form)


def _listed(query: Query) -> Query:
    """Return the list of things in the place of whether there is any, which it shows as well."""
    is_whether = query.form is Form.YES_NO and not (query.subject is Subject.ACCOUNTS and query.of)
    return replace(query, form=Form.LIST) if is_whether else query


def _titled(pieces: Sequence[Piece], query: Query) -> Iterator[Query]:
    """Yield the query with the longest run of words that mean nothing here as the text of what is asked for."""
    runs = [list(run) for is_text, run in groupby(pieces, _may_be_text) if is_text]
    longest = max((run for run in runs if any(each.number is None for each in run)), key=len, default=[])
    titled = replace(query, about=" ".join(each.word for each in longest))
    values = {name: getattr(titled, name) for name in ATTRIBUTES}
    if titled.about and query.subject in WITH_TEXT and is_allowed(query.subject, query.form, values):
        yield titled


def _may_be_text(piece: Piece) -> bool:
    return piece.is_unknown or "text" in piece.senses or piece.number is not None


def _without_some(pieces: Sequence[Piece], asked: Asked, names: Names, today: date) -> Iterator[Fitted]:
    """Yield what is read where one or two words that name nothing are left out, and so count as unused."""
    may_go = [i for i, each in enumerate(pieces) if not each.is_name and (each.senses or each.is_unknown)]
    for count in range(1, min(2 if len(pieces) <= SHORT else 1, len(pieces) - 1) + 1):
        for out in combinations(may_go, count):
            weighty = tuple(i for i in out if not pieces[i].is_soft)
            for each in readings([each for i, each in enumerate(pieces) if i not in out], asked, names, today)[:1]:
                yield replace(each, unused=(*each.unused, *weighty), cost=each.cost + 10 * len(weighty))


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
    # a brief of everything is one of the program
    is_all = alone.query == Query(Subject.ACCOUNTS, alone.query.form) and alone.query.form is not Form.BRIEF
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
