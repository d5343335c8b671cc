"""Parts that the look-ups of accounts share: the reader of a page, the words said back, the small print."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from agendas.pages.list.named import Reader
from agendas.rendering.mrkdwn import Mrkdwn
from assistant.context import QuestionContext
from assistant.look_ups.having import is_dated
from assistant.look_ups.teams import back_of
from assistant.query import Having, Progress, Query
from assistant.said_back import period_said, said_back
from storage import accounts

OF_OTHER_THINGS = ("whose", "needs", "ways", "is_overdue", "signals", "decisions", "about", "which")
"""Filters of actions, blockers, movement and so on, which accounts do not have."""


def reader_of(context: QuestionContext) -> Reader | None:
    """Return the reader of a page with buttons, None where others read it too or the asker may not record."""
    return Reader(context.asker.user_id, can_record=True) if context.can_act else None


def filters_of(
    context: QuestionContext, query: Query, *, names: Mapping[int, str], but: Collection[str] = ()
) -> Mrkdwn:
    """Return the filters as a part of a sentence."""
    return said_back(_told(query), back_of(context, query, names), but=but)


def none_said(context: QuestionContext, query: Query) -> Mrkdwn:
    """Return the sentence that no account fits: `No account is without an owner`."""
    named = names_in(context, query)
    owner = query.owners[0] if len(query.owners) == 1 and not named else ""
    but = ("limit", "fields", "per", "by", "of", *(("owners",) if owner else ()))
    return context.words.say(
        "fields.no_account",
        said=filters_of(context, query, names=named, but=but),
        owner=owner,
        is_own=owner == context.asker.user_id,
        names=list(named.values()),
    )


def names_in(context: QuestionContext, query: Query) -> dict[int, str]:
    """Return the names of the accounts that the question names, whether they fit or not."""
    rows = accounts.get_many(context.session, context.workspace_id, query.of) if query.of else ()
    return {row.row_id: row.name for row in rows}


def part_said(context: QuestionContext, query: Query, attribute: str) -> Mrkdwn:
    """Return one filter alone in words."""
    asked = replace(Query(query.subject, query.form), **{attribute: getattr(query, attribute), "roles": query.roles})
    return said_back(asked, back_of(context, query, {}), but=("roles",))


def period_of(context: QuestionContext, query: Query) -> Mrkdwn:
    """Return the period in words, empty without one."""
    return period_said(query, back_of(context, query, {}))


def notes_of(context: QuestionContext, query: Query) -> Iterator[Mrkdwn]:
    """Yield the small print: a period, or a filter of other things, that an answer about accounts does not keep to."""
    if query.period is not None and not _is_dated(query):
        yield context.words.say("fields.as_of_today")
    if unused := _unused(query):
        asked: dict[str, Any] = {name: getattr(query, name) for name in unused}
        said = said_back(replace(Query(query.subject, query.form), **asked), back_of(context, query, {}))
        yield context.words.say("fields.not_used", said=said)


def _is_dated(query: Query) -> bool:
    """Return true if the period belongs to a part of the query."""
    return bool(query.statuses) or any(is_dated(each) for each in (*query.having, *query.without))


def _unused(query: Query) -> tuple[str, ...]:
    """The names of filters that the query has and that are none of accounts."""
    things = (*query.having, *query.without)
    unused = [name for name in OF_OTHER_THINGS if getattr(query, name)]
    is_of_role = Having.ROLE in things and query.progress == (Progress.LOST,)
    unused += ["progress"] if query.progress and Having.DEAL not in things and not is_of_role else []
    return (*unused, "roles") if query.roles and Having.ROLE not in things else tuple(unused)


def _told(query: Query) -> Query:
    """The query without what the answer does not keep to, which a note says."""
    kept = query if _is_dated(query) else replace(query, period=None)
    empty: dict[str, Any] = {name: getattr(Query(query.subject, query.form), name) for name in _unused(query)}
    return replace(kept, **empty)
