"""Complete a text that stands on the answer before it to a query."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from assistant.conversation import LastAnswer
from assistant.query import Period, Query, Subject
from assistant.reading.compose import parts_of
from assistant.reading.follow_ups.filters import with_filters, without_filters
from assistant.reading.follow_ups.forms import turned
from assistant.reading.follow_ups.meant_accounts import accounts_meant
from assistant.reading.follow_ups.other_names import called_otherwise
from assistant.reading.follow_ups.own_question import asked_beside
from assistant.reading.follow_ups.own_subject import own_subject
from assistant.reading.follow_ups.stands_on import stands_on
from assistant.reading.follow_ups.tie_words import BARE, UNDERSTOOD
from assistant.reading.follow_ups.ties import ties_of
from assistant.reading.names import Asked, Names
from assistant.reading.parts import Assumed, Parts
from assistant.reading.periods.days import Span, moved, shifted, unit_of
from assistant.reading.periods.forms import days_of
from assistant.reading.periods.units import COUNTED, counted
from assistant.reading.pieces import Piece, Said
from assistant.reading.rules.days import TO_COME
from assistant.reading.tokens import Token

LONGER = re.compile(rf"(?:and |or |ok |what about |how about )?(?:the )?(?:last |past |for )?{COUNTED}")


LONE_MONTH = re.compile(
    r"(?:and |or |what about |how about )?(?P<month>march|mar|april|may|june|jun|august|jan)(?: then)?"
)
"""Months whose names are others' too: days only after days."""

STEP = re.compile(
    r"(?:and |or |what about |how about )?(?:the )?(?:last|previous|next|following)(?: one)?"
    r"|(?:and )?(?:the one )?before(?: that)?"
)


def is_about_last(tokens: Sequence[Token]) -> bool:
    """Return true for words that change the last list, whatever order or news they look like: "forget the tier"."""
    ties = ties_of(tokens)
    return bool(ties.lifts) or (ties.is_also and ties.is_short)


def follow_up(
    tokens: Sequence[Token], pieces: Sequence[Piece], names: Names, *, last: LastAnswer, asked: Asked, today: date
) -> tuple[Query, Parts] | None:
    """Return the query that the text means after the last answer, with its parts; None for one of its own.

    Where the text says no subject, its words are read as said of the last one: "by Friday" of actions is when they
    are due, "Nora" of actions is who owes them.
    """
    if (other := _of_other_days(tokens, last.query, today)) is not None:
        return other, Parts()
    if tiers := _other_tiers(tokens, last.query):
        return replace(last.query, tiers=tiers), Parts()
    used = Said(pieces)
    alone = parts_of(used, asked.user_id)
    called = called_otherwise(tokens, alone, last, names)
    unread = tuple(each for each in alone.unread if not called and each.casefold() not in UNDERSTOOD)
    alone = replace(alone, of=called or alone.of, unread=unread)
    ties = ties_of(tokens, pieces)
    ties = replace(ties, is_bare=ties.is_bare or bool(called), is_source=ties.is_source and not alone.of)
    said = None if ties.is_source else own_subject(used, alone, last.query, ties.lifts)
    if not stands_on(alone, ties, said, last):
        return None
    meant = accounts_meant(alone, ties, last)
    if said is not None:
        parts = parts_of(Said(pieces, is_whole=False), asked.user_id, Assumed(of=meant.of))
        if not (parts.subject is Subject.ACCOUNTS and parts.fields):
            parts = parts_of(Said(pieces, is_whole=False), asked.user_id, Assumed(said, None, meant.of))
        query = asked_beside(last.query, parts, is_named=bool(alone.of) or meant.is_new)
        return without_filters(query, parts, ties.lifts), _understood(parts, unread)
    parts = parts_of(
        Said(pieces, is_whole=False), asked.user_id, Assumed(last.query.subject, last.query.form, meant.of)
    )
    parts = _understood(parts, unread)
    query = turned(last.query, parts, meant, is_named=bool(alone.of))
    return without_filters(with_filters(query, parts, ties, asked), parts, ties.lifts), parts


def _understood(parts: Parts, unread: Collection[str]) -> Parts:
    """Return the parts without the words that were understood: as part of this answer, or of the one before."""
    return replace(parts, unread=tuple(each for each in parts.unread if each in unread))


def _of_other_days(tokens: Sequence[Token], before: Query, today: date) -> Query | None:
    """Return the last query of other days: "60 days?" after the last 30, "and last?" after this week."""
    said = " ".join(each.word for each in tokens)
    found, period = LONGER.fullmatch(said), before.period
    if period is not None and (named := LONE_MONTH.fullmatch(said)):
        return _in_month(before, named["month"], today)
    if period is None or not (found or STEP.fullmatch(said)):
        return None
    if found is None:
        unit = unit_of(Span(period.first, period.last)) if period.first and period.last else None
        return replace(before, period=shifted(period, unit, 1 if "next" in said else -1)) if unit else None
    number, unit = counted(found["count"], found["unit"])
    if period.first is None:
        return replace(before, period=Period(None, moved(today, unit, -number)))
    if period.first >= today:
        return replace(before, period=Period(today, moved(today, unit, number)))
    return replace(before, period=Period(moved(today, unit, -number), period.last and today))


def _in_month(before: Query, name: str, today: date) -> Query | None:
    days = days_of(name, today)
    if days is None:
        return None
    span = days.coming if before.subject in TO_COME and not before.progress else days.past
    return replace(before, period=Period(span.first, span.last))


def _other_tiers(tokens: Sequence[Token], before: Query) -> tuple[int, ...]:
    """Return the tiers meant by mere numbers after a question about tiers: "and 2?", "tiers 2 and 3"."""
    words = [each.word for each in tokens]
    numbers = tuple(int(word) for word in words if word in ("1", "2", "3"))
    is_bare = all(word in BARE or word in ("1", "2", "3", "tier", "tiers", "t") for word in words)
    return numbers if before.tiers and is_bare else ()
