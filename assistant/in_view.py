"""The account of the place of a question: of its own channel or agenda, or of what its asker looks at meanwhile."""

from dataclasses import replace
from datetime import date

from agendas.verbs import review_reads
from agendas.verbs.find.accounts import QuestionContext
from assistant.names import Asked, Choice, Names
from assistant.pieces import pieces_of
from assistant.remark import Reading
from assistant.words import read_tokens
from storage import accounts

POINTING = frozenset({"this", "here"})
POINTING_SENSES = frozenset({"it", "here", "that"})
MOST = 5
"""Accounts of one channel that are offered."""


def account_here(context: QuestionContext) -> int | None:
    """Return the account in whose own channel, or below whose agenda, it is asked."""
    if not context.channel_id or context.channel_id.startswith("D"):
        return None
    own = accounts.of_channel(context.session, context.workspace_id, context.channel_id)
    if own is not None or not context.place:
        return own.row_id if own is not None else None
    return review_reads.account_of(context.session, context.workspace_id, context.channel_id, context.place)


def points_there(text: str, names: Names, asked: Asked, today: date, *, words: frozenset[str] = POINTING) -> bool:
    """Return true where "this" or "here" stands for an account: "what blocks this?", unlike "what moved this week?"."""
    if not any(word in text.casefold() for word in words):
        return False
    pieces = pieces_of(read_tokens(text, bot_user_id=asked.bot_user_id), names, today)
    points = any(words & set(each.word.split()) and POINTING_SENSES & set(each.senses) for each in pieces)
    return points and not any(each.account or each.choice for each in pieces)


def accounts_in_view(context: QuestionContext, viewed: str) -> tuple[tuple[int, str], ...]:
    """Return (id, name) of what the asker looks at: the account of an agenda, else those at home in the channel.

    `viewed` is as in `Incoming`. Accounts that the session hides are none.
    """
    channel_id, _, ts = viewed.partition(" ")
    of_agenda = review_reads.account_of(context.session, context.workspace_id, channel_id, ts) if ts else None
    if of_agenda is not None:
        found = accounts.get_many(context.session, context.workspace_id, [of_agenda])
        return tuple((row.row_id, row.name) for row in found)
    return tuple(accounts.at_home_in(context.session, context.workspace_id, channel_id, most=MOST))


def which_of(reading: Reading, several: tuple[tuple[int, str], ...]) -> Reading:
    """Return the reading that asks which of several accounts "this" is, where it took the first of them for it."""
    remark, query = reading.remark, reading.query
    if remark is not None:
        return replace(reading, remark=replace(remark, of=()))
    if query is None or query.of != (several[0][0],):
        return reading
    return Reading(query=replace(query, of=()), choices=(Choice("this", several, is_ambiguous=True),))


def which_this(reading: Reading, text: str, names: Names, asked: Asked, today: date) -> Reading:
    """Return the reading that asks which account "this" is, where it was read as if it were not said."""
    is_of_all = reading.query is not None and not reading.query.of and not reading.choices
    if not is_of_all or not points_there(text, names, asked, today, words=frozenset({"this"})):
        return reading
    return replace(reading, choices=(Choice("this", (), is_ambiguous=True),))
