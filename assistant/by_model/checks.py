"""Decisions on whether a model's reading is taken: never where it would be worse than that of the rules."""

import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import timedelta

from agendas.text.account_names import normal_key
from assistant.by_model.question import ModelQuestion
from assistant.by_model.schema import Heard
from assistant.look_ups.run import LOOK_UPS
from assistant.query import Form, Period, Query
from assistant.reading.parts import Parts
from assistant.remark import Remark, RemarkKind

FURTHEST = timedelta(days=5 * 366)
"""Days further away than this are a mistake of the model."""

TELLING = (RemarkKind.NEWS, RemarkKind.ORDER, RemarkKind.VERDICT, RemarkKind.LANGUAGE, RemarkKind.HELP)
"""Kinds of remarks that a model may find; what it cannot read stays as the rules read it."""

MAY_CHANGE = ("subject", "form", "fields")
"""Parts of a whole card that a model may put another in the place of: rules give a card for want of a better word."""

PERSONS = ("owners", "whose")
FILTERS = tuple(each.name for each in fields(Query) if each.name not in (*MAY_CHANGE, *PERSONS, "period", "about"))


def is_taken(heard: Heard, question: ModelQuestion) -> bool:
    """Return whether the model's reading is answered instead of the rules'."""
    reading = heard.reading
    if not (_is_quoted(heard.because, question) and _is_about_the_named(reading, question)):
        return False
    before = question.by_rules.query
    if isinstance(reading, Remark):
        return before is None and reading.kind in TELLING
    return (
        reading.form in LOOK_UPS.get(reading.subject, {})
        and _is_near(reading.period, question)
        and _is_said(reading.about, question.text)
        and _is_of_figures(reading, question.text)
        and _has_all_parts(question.parts, reading)
        and (before is None or _keeps(before, reading))
    )


def _is_quoted(because: str, question: ModelQuestion) -> bool:
    """Return whether the words it was read by stand in the question, one among them that the rules did not understand.

    A model that answers something else than this question has no such words.
    """
    quoted, unread = set(_words(because)), set(_words(" ".join(question.by_rules.unread)))
    return bool(quoted) and _is_said(because, question.text) and (not unread or bool(quoted & unread))


def _is_about_the_named(reading: Query | Remark, question: ModelQuestion) -> bool:
    """Return whether it is about the accounts that the rules read, or where there are none, about such as may be meant.

    Those of the last answer may be meant where a word of the text stands on what was said before.
    """
    before, parts = question.by_rules, question.parts
    named = {*parts.of, *(before.query.of if before.query else ()), *(before.remark.of if before.remark else ())}
    if named:
        return set(reading.of) == named
    said_before = {*question.last.query.of, *question.last.listed} if question.last is not None else set()
    if parts.pronouns or parts.marks or parts.is_bare:
        return True
    return not set(reading.of) & said_before


def _has_all_parts(parts: Parts, reading: Query) -> bool:
    """Return whether every filter, day and person that single words say is in the reading, a person in any part."""
    said = [name for name in FILTERS if getattr(parts, name)]
    if any(not _same(getattr(parts, name), getattr(reading, name)) for name in said):
        return False
    if parts.period is not None and reading.period not in (parts.period, parts.coming):
        return False
    return {*parts.persons, *parts.owners, *parts.whose} <= {*reading.owners, *reading.whose}


def _keeps(before: Query, after: Query) -> bool:
    """Return whether everything that the rules read stands unchanged; only a whole card may become a part of it."""
    changeable: Iterable[str] = MAY_CHANGE if before.form is Form.CARD else ()
    kept = [each.name for each in fields(Query) if each.name not in changeable]
    empty = Query(before.subject, before.form)
    read = [name for name in kept if name in ("subject", "form") or getattr(before, name) != getattr(empty, name)]
    return all(_same(getattr(before, name), getattr(after, name)) for name in read)


def _same(before: object, after: object) -> bool:
    if isinstance(before, tuple) and isinstance(after, tuple):
        return set(before) == set(after)
    return before == after


def _is_near(period: Period | None, question: ModelQuestion) -> bool:
    days = (period.first, period.last) if period is not None else ()
    return all(abs(day - question.today) <= FURTHEST for day in days if day is not None)


def _is_said(about: str, text: str) -> bool:
    """Return whether each of these words stands in the question: a model adds none of its own."""
    said = set(_words(text))
    return all(word in said for word in _words(about))


def _is_of_figures(reading: Query, text: str) -> bool:
    """Return whether bounds of amounts stand on figures of the question."""
    return not (reading.least_cents or reading.most_cents) or any(each.isdigit() for each in text)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", normal_key(text))
