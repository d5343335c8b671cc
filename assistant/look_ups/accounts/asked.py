"""Parts that the look-ups of accounts share: the reader of a page, the words said back, the small print."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from agendas.pages.list.named import Reader
from agendas.rendering.mrkdwn import Mrkdwn
from assistant.context import QuestionContext
from assistant.query import Query
from assistant.said_back import SaidBack, period_said, said_back
from storage import accounts

DATED = ("having", "without", "statuses")
"""Filters that a period belongs to: when it happened, or since when it is so. Of others only the present is known."""


def reader_of(context: QuestionContext) -> Reader | None:
    """Return the reader of a page with buttons, None where others read it too or the asker may not record."""
    return Reader(context.asker.user_id, can_record=True) if context.can_act else None


def filters_of(
    context: QuestionContext, query: Query, *, names: Mapping[int, str], but: Collection[str] = ()
) -> Mrkdwn:
    """Return the filters as a part of a sentence."""
    return said_back(_told(query), _back(context, names), but=but)


def names_in(context: QuestionContext, query: Query) -> dict[int, str]:
    """Return the names of the accounts that the question names, whether they fit or not."""
    rows = accounts.get_many(context.session, context.workspace_id, query.of) if query.of else ()
    return {row.row_id: row.name for row in rows}


def part_said(context: QuestionContext, query: Query, attribute: str) -> Mrkdwn:
    """Return one filter alone in words."""
    asked = replace(Query(query.subject, query.form), **{attribute: getattr(query, attribute), "roles": query.roles})
    return said_back(asked, _back(context, {}), but=("roles",))


def period_of(context: QuestionContext, query: Query) -> Mrkdwn:
    """Return the period in words, empty without one."""
    return period_said(query, _back(context, {}))


def notes_of(context: QuestionContext, query: Query) -> Iterator[Mrkdwn]:
    """Yield the small print: a period of what only the present is known of is not answered for that period."""
    if query.period is not None and not any(getattr(query, name) for name in DATED):
        yield context.words.say("fields.as_of_today")


def _told(query: Query) -> Query:
    """The query without a period that the answer does not keep to, which a note says."""
    is_kept = any(getattr(query, name) for name in DATED)
    return query if is_kept else replace(query, period=None)


def _back(context: QuestionContext, names: Mapping[int, str]) -> SaidBack:
    return SaidBack(context.words, context.asker.user_id, context.today, names)
