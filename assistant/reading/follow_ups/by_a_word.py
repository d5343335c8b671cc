"""Follow-ups of a word or two that change one thing of the last query: its days, its tier, whose it is."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.query import Field, Form, Period, Query, Subject, Which
from assistant.reading.follow_ups.filters import with_persons
from assistant.reading.follow_ups.tie_words import BARE
from assistant.reading.names import Asked
from assistant.reading.parts import Parts
from assistant.reading.periods.days import Span, moved, shifted, unit_of
from assistant.reading.periods.forms import days_of
from assistant.reading.periods.units import COUNTED, counted
from assistant.reading.rules.as_wanted import WHICH_OF_FIELD
from assistant.reading.rules.days import TO_COME
from assistant.reading.tokens import Token

LONGER = re.compile(rf"(?:and |or |ok |what about |how about )?(?:the )?(?:last |past |for )?{COUNTED}")
FEW_DAYS = 20
LONE_MONTH = re.compile(
    r"(?:and |or |what about |how about )?(?P<month>march|mar|april|may|june|jun|august|jan)(?: then)?"
)
"""Months whose names are others' too: days only after days."""

STEP = re.compile(
    r"(?:and |or |what about |how about )?(?:the )?(?:last|previous|next|following)(?: one)?"
    r"|(?:and )?(?:the one )?before(?: that)?"
)
OTHER_REVIEW = re.compile(
    r"(?:and |or |what about |how about |when was |when is )*(?:the )?"
    r"(?:(?:last|previous|next|following)(?: one)?|one before(?: that)?)(?: when was it| when is it)?"
)
LEADS = re.compile(
    r"(?:and |ok |so )?(?:who|whos)(?: is| will)?"
    r" (?:runs?|running|leads?|leading|chairs?|hosts?|hosting|moderates?|facilitates?|in charge of)"
    r"(?: it| that| them| those| this| that one| this one| the reviews?)?"
)


def who_leads(tokens: Sequence[Token], before: Query) -> Query | None:
    """Return who leads the reviews just spoken of, for "who runs it"; None for other texts."""
    if not LEADS.fullmatch(" ".join(each.word for each in tokens)):
        return None
    if before.subject is Subject.REVIEWS:
        return replace(before, form=Form.WHO)
    found = WHICH_OF_FIELD.get(before.fields[0]) if len(before.fields) == 1 else None
    return Query(Subject.REVIEWS, Form.WHO, of=before.of, which=found) if found else None


def changed_by_a_word(tokens: Sequence[Token], before: Query, asked: Asked, today: date) -> Query | None:
    """Return the last query with the one thing changed, None where the text does not do that."""
    if (other := _other_review(tokens, before) or _of_other_days(tokens, before, today)) is not None:
        return other
    if tiers := _other_tiers(tokens, before):
        return replace(before, tiers=tiers)
    return with_persons(before, Parts(persons=(asked.user_id,)), asked) if _is_of_asker(tokens) else None


def _other_review(tokens: Sequence[Token], before: Query) -> Query | None:
    """Return the question about the next review asked of the last one, and the other way round."""
    said = " ".join(each.word for each in tokens)
    if not OTHER_REVIEW.fullmatch(said):
        return None
    is_next = "next" in said or "following" in said
    if len(before.fields) == 1 and before.fields[0] in WHICH_OF_FIELD:
        return replace(before, form=Form.FIELD, fields=(Field.NEXT_REVIEW if is_next else Field.LAST_REVIEW,))
    if before.subject is Subject.REVIEWS and before.which is not None:
        return replace(before, which=Which.NEXT if is_next else Which.LAST)
    return None


def _of_other_days(tokens: Sequence[Token], before: Query, today: date) -> Query | None:
    """Return the last query of other days: "60 days?" after the last 30, "and last?" after this week."""
    said = " ".join(each.word for each in tokens)
    found, period = LONGER.fullmatch(said), before.period
    if period is not None and (named := LONE_MONTH.fullmatch(said)) and not _is_of_few_days(period):
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


def _is_of_few_days(period: Period) -> bool:
    """Return true for days or a week: beside them the name of a month is rather somebody's."""
    return period.first is not None and period.last is not None and (period.last - period.first).days < FEW_DAYS


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


def _is_of_asker(tokens: Sequence[Token]) -> bool:
    """Return true for "for me", "and me?"."""
    words = {each.word for each in tokens}
    return "me" in words and words <= BARE | {"me", "myself"}
