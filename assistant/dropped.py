"""Words that a reading would drop: each word of weight changes what is asked, or says again what is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from agendas.facts.account import ListStatus
from agendas.facts.answered_items import AccountStanding
from agendas.facts.query import Form, Having, Progress, Query, Subject, Which
from assistant.pieces import Piece
from assistant.slots import FREE, OVER, VERBS, Fitted

T = TypeVar("T")
Read = Callable[[Sequence[Piece], Sequence[str]], Fitted | None]
"""Reads pieces in the senses chosen for them; None where these make no query."""

_SAID_AGAIN: Mapping[Subject, str] = {
    Subject.ACCOUNTS: "brief compare decide field.engagement field.fit field.justification field.owner field.partner "
    "field.segment field.stage field.state field.value function.marketing highest how_many "
    "how_much know lowest move news noun.actions noun.decisions other owe own ownerless "
    "progress.open record same stage.aware stage.engaged stage.opportunity status.candidate "
    "status.named status.rejected total when who whose without",
    Subject.ACTIONS: "doing field.owner function.finance how_many my own same",
    Subject.ASKS: "due",
    Subject.BLOCKERS: "how_many noun.accounts own progress.done raise same state.new",
    Subject.DEALS: "field.amount field.close_date field.owner field.pipeline field.value "
    "how_many how_much own total whose",
    Subject.DECISIONS: "last",
    Subject.EVIDENCE: "last record",
    Subject.MEMBERS: "any when who",
    Subject.LIST_CHANGES: "noun.accounts status.named who",
    Subject.MOVEMENT: "having.proof how_many noun.accounts noun.evidence record state.claimed way.claimed "
    "way.regressed who why without",
    Subject.PEOPLE: "field.roles how_many not noun.accounts role.blocker role.end_user role.executive_sponsor "
    "same touch who",
    Subject.PLAYS: "own start",
    Subject.PROGRAM: "how_much measure.target",
    Subject.REVIEWS: "field.last_review last next when who",
    Subject.SIGNALS: "how_many last news signal.content signal.event state.new who",
}
"""Senses of words that say no more than what is asked for already, beside the nouns and verbs of each subject."""


def _again() -> Mapping[Subject, frozenset[str]]:
    """Return the senses that say each subject: its noun, its verbs, and words that go with it."""
    found = {each: {f"noun.{each.value}", *_SAID_AGAIN.get(each, "").split()} for each in Subject}
    for senses, subject in VERBS:
        found[subject].update(senses)
    return {subject: frozenset(senses) for subject, senses in found.items()}


AGAIN = _again()


NO_QUERY_SAYS: tuple[tuple[str, Callable[[Query], bool]], ...] = (
    ("we us", lambda query: Having.TOUCH in (*query.having, *query.without)),
    ("anyone anybody someone somebody", lambda query: AccountStanding.NEW in query.states and bool(query.of)),
    (
        "should",
        lambda query: (
            ListStatus.REMOVED in query.statuses or bool({Progress.DROPPED, Progress.DONE} & {*query.progress})
        ),
    ),
    ("approve approved approves", lambda query: query.subject is Subject.DECISIONS and not query.decisions),
    ("take takes lasts", lambda query: query.form is Form.WHEN and query.which is None),
    (
        "talk talked talking spoke spoken met",
        lambda query: query.subject is Subject.PEOPLE and query.period is not None,
    ),
    ("will wont", lambda query: bool(OVER & {*query.progress})),
    ("they them", lambda query: query.subject is Subject.ASKS and not query.of),
    ("write written wrote", lambda query: query.subject is Subject.CHANGES and query.form is Form.YES_NO),
    ("supposed", lambda query: query.subject is Subject.DEALS and query.form is Form.LIST and not query.is_overdue),
    ("after", lambda query: query.which is Which.NEXT),
)
"""Words with the queries in which they would go lost: a touch is the buyer's, what should be is not what is, what is
approved is an ask as well, how long something takes is no day, and what will be is not what was."""


TO_DO = frozenset({"to", "must", "can", "could", "should", "will", "would"})
"""Words after which a verb says what is still to be done."""


def without_drops(pieces: Sequence[Piece], fitted: Fitted, read: Read) -> Fitted:
    """Return the reading with those words of weight unused without which the very same would be read."""
    if fitted.unused:
        return fitted
    idle = tuple(sorted({*_idle(pieces, fitted, read), *_unsayable(pieces, fitted)}))
    return replace(fitted, unused=idle, cost=fitted.cost + len(idle))


def _idle(pieces: Sequence[Piece], fitted: Fitted, read: Read) -> Iterator[int]:
    again = AGAIN[fitted.query.subject]
    for i, piece in enumerate(pieces):
        sense = fitted.senses[i]
        is_since_review = piece.when is not None and piece.when.is_since_review
        if len(pieces) == 1 or piece.is_soft or is_since_review or sense in FREE or sense in again:
            continue
        other = read(_without(pieces, i), _without(fitted.senses, i))
        if other is not None and other.query == fitted.query:
            yield i


def _unsayable(pieces: Sequence[Piece], fitted: Fitted) -> Iterator[int]:
    lost = {word for words, is_lost in NO_QUERY_SAYS if is_lost(fitted.query) for word in words.split()}
    for i, piece in enumerate(pieces):
        is_only_one = fitted.senses[i] == "only" and [each.word for each in pieces[i + 1 : i + 2]] == ["one"]
        # who has to fix it is not who fixed it
        before = pieces[i - 1] if i and not pieces[i - 1].is_name else None
        is_done = Progress.DONE in fitted.query.progress and fitted.senses[i] == "progress.done"
        is_to_do = is_done and before is not None and before.word.split()[-1] in TO_DO
        is_length = any(each.startswith("brief.") for each in piece.senses) and fitted.query.form is not Form.BRIEF
        is_lost = not piece.is_name and bool(lost.intersection(piece.word.split()))
        # what a buyer asks for is none of the asks of ours
        is_of_buyer = fitted.senses[i] == "noun.asks" and i > 0 and pieces[i - 1].account is not None
        is_of_buyer = is_of_buyer and piece.word in ("ask", "asked") and not pieces[i - 1].is_possessive
        if is_only_one or is_to_do or is_length or is_lost or is_of_buyer:
            yield i


def _without(values: Sequence[T], at: int) -> tuple[T, ...]:
    return (*values[:at], *values[at + 1 :])
