"""Judgement of a reading against its labels."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any

from agendas.facts.account import ListStatus
from agendas.facts.answered_items import NOBODY, AccountStanding
from agendas.facts.query import Field, Form, Having, Measure, Per, Period, Progress, Query, Subject, Way, Which
from assistant.remark import Reading, Remark, RemarkKind
from tests.assistant.labels import Label, Named, Question
from tests.assistant.world import PEOPLE, TODAY


class Verdict(StrEnum):
    """What became of a question. The last five are wrong."""

    RIGHT = "right"
    OFFERED = "asked back, the right one offered"
    ASKED = "asked back without"
    OTHER = "another answer"
    BESIDE = "answered beside unread words"
    DROPPED = "dropped a word"
    WRONG_ACCOUNT = "another account"
    FAILED = "failed"


WRONG = frozenset(
    {Verdict.OTHER, Verdict.BESIDE, Verdict.DROPPED, Verdict.WRONG_ACCOUNT, Verdict.FAILED},
)

FILTERS = tuple(each.name for each in fields(Query) if each.name not in ("subject", "form", "fields", "is_lowest"))
WITH_DAYS_TO_COME = (Subject.ACTIONS, Subject.ASKS, Subject.DEALS, Subject.REVIEWS)
DAY_OF: Mapping[tuple[Field, ...], Mapping[str, Any]] = {
    (Field.LAST_TOUCH,): {"having": (Having.TOUCH,)},
    (Field.LAST_UPDATE,): {"having": (Having.UPDATE,)},
    (Field.NAMED_ON,): {"statuses": (ListStatus.NAMED,)},
}
"""Days of accounts that are fields of them, as questions when they had a thing or reached a status."""

OF_PROGRAM = (None, Per.OWNER, Per.SEGMENT, Per.TIER)
"""Ways in which figures of the program are split."""

SAYS_LITTLE = frozenset({"the", "a", "an", "our", "their", "with", "to", "for", "of", "s"})
STATE_OF_WAY = {
    Way.ADVANCED: AccountStanding.ADVANCED,
    Way.EXPANDED: AccountStanding.EXPANDED,
    Way.CLAIMED: AccountStanding.CLAIMED,
}
SUBJECT_OF_HAVING = {
    Having.BLOCKER: Subject.BLOCKERS,
    Having.NEXT_ACTION: Subject.ACTIONS,
    Having.DEAL: Subject.DEALS,
    Having.PLAY: Subject.PLAYS,
    Having.SIGNAL: Subject.SIGNALS,
    Having.EVIDENCE: Subject.EVIDENCE,
    Having.MOVEMENT: Subject.MOVEMENT,
    Having.ASK: Subject.ASKS,
    Having.DECISION: Subject.DECISIONS,
}


def judge(question: Question, reading: Reading) -> Verdict:
    found = reading.query
    if found is not None and not reading.choices:
        return _answered(question, found, is_whole=not reading.unread)
    if any(_is_right(label, reading) for label in question.right):
        return Verdict.RIGHT
    if not reading.choices and not _is_unread(reading):
        return Verdict.OTHER
    offered = [*reading.offers, *_chosen(reading)]
    return Verdict.OFFERED if any(_answers(question, each) for each in offered) else Verdict.ASKED


def is_for_the_model(reading: Reading) -> bool:
    """True where the rules did not read the text whole; a name that is not clear is asked of the person."""
    return not reading.choices and bool(
        reading.unread or reading.offers or (reading.query is None and _is_unread(reading)),
    )


def is_right_with_a_perfect_model(question: Question, reading: Reading) -> bool:
    """True where the rules are right, or a model that knows the labels is asked and a label is a reading."""
    if is_for_the_model(reading):
        return any(not isinstance(label, Named) for label in question.right)
    return judge(question, reading) is Verdict.RIGHT


def _answered(question: Question, found: Query, *, is_whole: bool) -> Verdict:
    meant = [label for label in question.right if isinstance(label, Query)]
    allowed = {account_id for label in question.right for account_id in _accounts(label)}
    if _answers(question, found):
        return Verdict.RIGHT if is_whole else Verdict.BESIDE
    if not set(found.of) <= allowed or set(found.of) & set(question.not_of):
        return Verdict.WRONG_ACCOUNT
    if not is_whole:
        return Verdict.BESIDE
    return Verdict.DROPPED if meant and all(_dropped(label, found) for label in meant) else Verdict.OTHER


def _answers(question: Question, found: Query) -> bool:
    plain = _plainly(found)
    meant = [label for label in question.right if isinstance(label, Query)]
    return any(not _plainly(each).isdisjoint(plain) for label in meant for each in (label, *_listed(label)))


def _listed(label: Query) -> Iterator[Query]:
    """Whether there is any is also answered by those that there are."""
    if label.form is Form.YES_NO and not (label.subject is Subject.ACCOUNTS and label.of):
        yield replace(label, form=Form.LIST)


def _chosen(reading: Reading) -> Iterator[Query]:
    """The query with each account that may be meant."""
    if reading.query is not None:
        for choice in reading.choices:
            for account_id, _ in choice.accounts:
                yield replace(reading.query, of=(*reading.query.of, account_id))


def _is_unread(reading: Reading) -> bool:
    return reading.remark is None or reading.remark.kind is RemarkKind.UNREAD


def _accounts(label: Label) -> frozenset[int]:
    return label.offered if isinstance(label, Named) else frozenset(label.of)


def _is_right(label: Label, reading: Reading) -> bool:
    if isinstance(label, Named):
        offered = {account_id for choice in reading.choices for account_id, _ in choice.accounts}
        is_taken_for_others = any(choice.is_ambiguous and choice.accounts for choice in reading.choices)
        return bool(reading.choices) and label.offered <= offered and (bool(label.offered) or not is_taken_for_others)
    found = reading.remark
    return (
        isinstance(label, Remark)
        and found is not None
        and not reading.choices
        and found.kind is label.kind
        and set(found.of) == set(label.of)
        and found.term == label.term
        and (not label.intents or label.intents[0] in found.intents)
    )


def _dropped(label: Query, found: Query) -> bool:
    """True if a filter of the label is asked by no part of what was found."""
    plain = _sorted(label)
    return bool(found.fields and set(label.fields) - set(found.fields)) or any(
        _value(plain, name) and not _value(found, name) for name in FILTERS
    )


def _value(query: Query, name: str) -> object:
    value: object = getattr(query, name)
    return value


def _plainly(query: Query) -> frozenset[Query]:
    return frozenset(map(_sorted, _ways(query)))


def _ways(query: Query) -> Iterator[Query]:
    yield query
    if (
        query.subject is Subject.MOVEMENT
        and query.ways
        and query.period is None
        and set(query.ways) <= STATE_OF_WAY.keys()
    ):
        states = tuple(STATE_OF_WAY[way] for way in query.ways)
        yield replace(query, subject=Subject.ACCOUNTS, states=states, ways=())
    if query.subject is Subject.ACCOUNTS and query.form is Form.FIELD and query.fields in DAY_OF:
        yield replace(query, form=Form.WHEN, fields=(), **DAY_OF[query.fields])
    if query.subject in (Subject.DEALS, Subject.MOVEMENT) and query == Query(query.subject, Form.WHEN, of=query.of):
        field = Field.CLOSE_DATE if query.subject is Subject.DEALS else Field.LAST_MOVEMENT
        yield Query(Subject.ACCOUNTS, Form.FIELD, of=query.of, fields=(field,))
    if query.subject is Subject.REVIEWS and query.of and query.form is Form.WHEN:
        field = Field.LAST_REVIEW if query.which is Which.LAST else Field.NEXT_REVIEW
        yield replace(query, subject=Subject.ACCOUNTS, form=Form.FIELD, fields=(field,), which=None)
    if query.subject is Subject.ACCOUNTS and query.form is Form.YES_NO and len(query.having) == 1:
        yield from _about_having(query)
    if query.form is Form.WHO and query.subject is Subject.PEOPLE:
        yield replace(query, form=Form.LIST)
    if query.subject is Subject.DEALS and query.form is Form.SUM:
        yield replace(query, subject=Subject.ACCOUNTS, fields=(Field.PIPELINE,))
        if query.per in OF_PROGRAM and query.tiers + query.segments + query.owners == _filters(query):
            yield replace(query, subject=Subject.PROGRAM, form=Form.FIELD, measures=(Measure.PIPELINE,))
    if query.form is Form.WHO and query.fields:
        yield replace(query, form=Form.FIELD)


def _filters(query: Query) -> tuple[object, ...]:
    """Every value by which the query is narrowed, in the order of its attributes."""
    values = (_value(query, name) for name in FILTERS if name != "per")
    return tuple(each for value in values if value for each in (value if isinstance(value, tuple) else (value,)))


def _about_having(query: Query) -> Iterator[Query]:
    [thing] = query.having
    if thing is Having.OVERDUE_ACTION:
        yield replace(query, subject=Subject.ACTIONS, having=(), is_overdue=True)
    elif thing in SUBJECT_OF_HAVING:
        yield replace(query, subject=SUBJECT_OF_HAVING[thing], having=())


def _sorted(query: Query) -> Query:
    """The query with its filters in one order and without what goes without saying."""
    if Having.OWNER in query.without:
        others = tuple(each for each in query.without if each is not Having.OWNER)
        query = replace(query, without=others, owners=(*query.owners, NOBODY))
    progress = () if query.progress == (Progress.OPEN,) else query.progress
    statuses = () if query.subject is Subject.ACCOUNTS and query.statuses == (ListStatus.NAMED,) else query.statuses
    if query.form in (Form.YES_NO, Form.WHY, Form.WHEN):
        statuses = query.statuses
    period = _without_open_end(query)
    whose = tuple(user_id for each in query.whose for user_id in _people(each))
    plain = replace(query, progress=progress, statuses=statuses, about=_about(query.about), period=period, whose=whose)
    ordered = {
        each.name: tuple(sorted(getattr(plain, each.name), key=str))
        for each in fields(Query)
        if isinstance(getattr(plain, each.name), tuple)
    }
    return replace(plain, **ordered)


def _people(whose: str) -> list[str]:
    """The people of a function, who are asked about by its name; else the one person."""
    return [each.user_id for each in PEOPLE.values() if each.function and each.function.value == whose] or [whose]


def _without_open_end(query: Query) -> Period | None:
    """The period; of what has happened already an end that is today or later says nothing."""
    period = query.period
    is_coming = query.subject in WITH_DAYS_TO_COME and Progress.DONE not in query.progress
    if period is None or period.first is None or period.last is None or period.last < TODAY or is_coming:
        return period
    return Period(period.first, None)


def _about(words: str) -> str:
    folded = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    kept = {word.strip("'\".,?!") for word in folded.replace("'s", "").split()} - SAYS_LITTLE
    return " ".join(sorted(kept))
