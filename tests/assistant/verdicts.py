"""Judgement of a reading against its labels."""

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, replace
from enum import StrEnum

from agendas.facts.account import ListStatus
from agendas.facts.answered_items import NOBODY, AccountStanding
from assistant.query import Field, Form, Having, Period, Progress, Query, Subject, Way, Which
from assistant.reading.tokens import Reading
from assistant.remark import Remark, RemarkKind
from tests.assistant.labels import Label, Named, Question
from tests.assistant.world import TODAY


class Verdict(StrEnum):
    RIGHT = "right"
    ASKED = "asked back"
    OTHER = "another answer"
    LEFT_OUT = "left a filter out and said so"
    DROPPED = "dropped a filter or period"
    WRONG_ACCOUNT = "wrong account"
    FAILED = "failed"


FILTERS = tuple(
    each.name
    for each in fields(Query)
    if each.name not in ("subject", "form", "of", "fields", "by", "is_lowest", "per")
)
WITH_DAYS_TO_COME = (Subject.ACTIONS, Subject.ASKS, Subject.DEALS, Subject.REVIEWS)
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
    if any(_is_right(label, reading) for label in question.right):
        return Verdict.RIGHT
    found = reading.query
    if found is None or reading.choices:
        return Verdict.ASKED if _asks(reading) else Verdict.OTHER
    meant = [label for label in question.right if isinstance(label, Query)]
    allowed = {account_id for label in question.right for account_id in _accounts(label)}
    if not set(found.of) <= allowed or set(found.of) & set(question.not_of):
        return Verdict.WRONG_ACCOUNT
    if meant and all(_dropped(label, found) for label in meant):
        return Verdict.LEFT_OUT if reading.unread else Verdict.DROPPED
    return Verdict.OTHER


def _asks(reading: Reading) -> bool:
    return bool(reading.choices) or reading.remark is None or reading.remark.kind is RemarkKind.UNREAD


def _accounts(label: Label) -> frozenset[int]:
    return label.offered if isinstance(label, Named) else frozenset(label.of)


def _is_right(label: Label, reading: Reading) -> bool:
    if isinstance(label, Named):
        offered = {account_id for choice in reading.choices for account_id, _ in choice.accounts}
        is_asked = bool(reading.choices) or (not label.offered and _asks(reading))
        return is_asked and label.offered <= offered
    if isinstance(label, Remark):
        found = reading.remark
        return (
            found is not None
            and found.kind is label.kind
            and set(found.of) == set(label.of)
            and (not label.intents or label.intents[0] in found.intents)
        )
    if reading.query is None or reading.choices:
        return False
    return not _plainly(label).isdisjoint(_plainly(reading.query))


def _dropped(label: Query, found: Query) -> bool:
    """True if a filter of the label is asked by no part of what was found."""
    plain = _sorted(label)
    return any(_value(plain, name) and not _value(found, name) for name in FILTERS)


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
    if query.subject is Subject.REVIEWS and query.of and query.form is Form.WHEN:
        field = Field.LAST_REVIEW if query.which is Which.LAST else Field.NEXT_REVIEW
        yield replace(query, subject=Subject.ACCOUNTS, form=Form.FIELD, fields=(field,), which=None)
    if query.subject is Subject.ACCOUNTS and query.form is Form.YES_NO and len(query.having) == 1:
        yield from _about_having(query)
    if query.form is Form.WHO and query.subject is Subject.PEOPLE:
        yield replace(query, form=Form.LIST)
    if query.subject is Subject.DEALS and query.form is Form.SUM:
        yield replace(query, subject=Subject.ACCOUNTS, fields=(Field.PIPELINE,))
    if query.form is Form.WHO and query.fields:
        yield replace(query, form=Form.FIELD)


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
    plain = replace(query, progress=progress, statuses=statuses, about=_about(query.about), period=period)
    ordered = {
        each.name: tuple(sorted(getattr(plain, each.name), key=str))
        for each in fields(Query)
        if isinstance(getattr(plain, each.name), tuple)
    }
    return replace(plain, **ordered)


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
