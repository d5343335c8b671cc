"""Read a text by rules: a question into a query, anything else into a remark."""

from dataclasses import replace
from datetime import date

from assistant.conversation import LastAnswer
from assistant.query import Form, Query, Subject
from assistant.reading.compose import parts_of, query_of
from assistant.reading.names import Asked, Names
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.read_pieces import read_pieces
from assistant.reading.result import Reading
from assistant.reading.tokens import read_tokens
from assistant.remark import Remark, RemarkKind

OF_MANY = (Form.LIST, Form.COUNT, Form.SUM, Form.COMPARE)


def read_question(text: str, names: Names, asked: Asked, *, today: date, last: LastAnswer | None) -> Reading:
    """Return the text as it is read by rules; pure."""
    tokens = read_tokens(text, bot_user_id=asked.bot_user_id)
    said = Said(read_pieces(tokens, names, today))
    parts = parts_of(said, asked.user_id)
    query = query_of(parts)
    if query is None:
        return Reading(remark=Remark(RemarkKind.UNREAD, parts.of), unread=parts.unread, is_sure=False)
    return _reading(_in_channel(query, asked), parts)


def _reading(query: Query, parts: Parts) -> Reading:
    is_sure = not (parts.unread or parts.is_guessed or parts.choices)
    return Reading(query, choices=parts.choices, unread=parts.unread, is_sure=is_sure)


def _in_channel(query: Query, asked: Asked) -> Query:
    """Return the query about the account of the channel where it names none and can be about one."""
    if query.of or asked.channel_account is None:
        return query
    is_list = query.subject is Subject.ACCOUNTS and query.form in OF_MANY and not query.fields
    of_others = query.tiers or query.segments or query.owners or query.stages or query.per
    if is_list or of_others or query.subject in (Subject.MEMBERS, Subject.LIST_CHANGES):
        return query
    return replace(query, of=(asked.channel_account,))
