"""Complete a text that stands on the answer before it to a query."""

from collections.abc import Sequence

from assistant.conversation import LastAnswer
from assistant.query import Query
from assistant.reading.compose import parts_of
from assistant.reading.follow_ups.filters import with_filters, without_filters
from assistant.reading.follow_ups.forms import turned
from assistant.reading.follow_ups.meant_accounts import accounts_meant
from assistant.reading.follow_ups.own_subject import own_subject
from assistant.reading.follow_ups.stands_on import stands_on
from assistant.reading.follow_ups.ties import ties_of
from assistant.reading.names import Asked
from assistant.reading.parts import Assumed, Parts
from assistant.reading.pieces import Piece, Said
from assistant.reading.tokens import Token


def follow_up(
    tokens: Sequence[Token], pieces: Sequence[Piece], *, last: LastAnswer, asked: Asked
) -> tuple[Query, Parts] | None:
    """Return the query that the text means after the last answer, with its parts; None for one of its own.

    Where the text says no subject, its words are read as said of the last one: "by Friday" of actions is when they
    are due, "Nora" of actions is who owes them.
    """
    alone = parts_of(Said(pieces), asked.user_id)
    said = own_subject(Said(pieces), alone, last.query)
    ties = ties_of(tokens)
    if not stands_on(alone, ties, said, last):
        return None
    meant = accounts_meant(alone, last)
    form = None if said else last.query.form
    parts = parts_of(Said(pieces), asked.user_id, Assumed(said or last.query.subject, form, meant.of))
    query = turned(last.query, parts, said, meant)
    query = without_filters(query, ties.lifts)
    return with_filters(query, parts, ties, asked), parts
