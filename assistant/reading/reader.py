"""Read a text by rules: a question into a query, anything else into a remark."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.conversation import LastAnswer
from assistant.query import Form, Having, Period, Query, Subject
from assistant.reading.away import asked_who_is_away
from assistant.reading.compose import parts_of, query_of
from assistant.reading.courtesy import without_courtesies
from assistant.reading.excluded import without_exclusions
from assistant.reading.follow_ups.read import follow_up, is_about_last
from assistant.reading.long_texts import part_to_read
from assistant.reading.named.functions import with_functions
from assistant.reading.names import Asked, Names
from assistant.reading.parts import Parts, Pronoun
from assistant.reading.pieces import Piece, Said
from assistant.reading.preamble import without_preamble
from assistant.reading.read_pieces import read_pieces
from assistant.reading.remarks.news import UNCLEAR
from assistant.reading.remarks.read import remark_of
from assistant.reading.result import Reading
from assistant.reading.rules.absent import denied_owner
from assistant.reading.rules.days import since_review
from assistant.reading.rules.guessed_names import names_taken, of_somebody, pointing
from assistant.reading.rules.held import unread_of
from assistant.reading.tokens import Token, read_tokens
from assistant.remark import Deed, Remark, RemarkKind

OF_MANY = (Form.LIST, Form.COUNT, Form.SUM, Form.COMPARE)

LEAST_TOLD = 4
"""Words from which on a text that is not understood may tell something of the account at hand: ours."""


def read_question(text: str, names: Names, asked: Asked, *, today: date, last: LastAnswer | None) -> Reading:
    """Return the text as it is read by rules; pure."""
    tokens, left_out = part_to_read(without_courtesies(read_tokens(text, bot_user_id=asked.bot_user_id)))
    reading = _since_last_review(_read(tokens, names, asked, today=today, last=last), asked)
    return replace(reading, unread=(left_out, *reading.unread), is_sure=False) if left_out else reading


def _since_last_review(reading: Reading, asked: Asked) -> Reading:
    """Return "who has no update yet" as asked about the time since the last review: each account had one once."""
    query = reading.query
    if query is None or Having.UPDATE not in query.without or query.period is not None:
        return reading
    reviewed_on = asked.last_review_on()
    return replace(reading, query=replace(query, period=Period(reviewed_on))) if reviewed_on else reading


def _read(tokens: Sequence[Token], names: Names, asked: Asked, *, today: date, last: LastAnswer | None) -> Reading:
    found = with_functions(without_preamble(read_pieces(tokens, names, today)), names)
    pieces = since_review(found, asked)
    said = Said(pieces)
    parts = parts_of(said, asked.user_id)
    named = () if parts.of else parts.persons or parts.owners or parts.whose
    if absent := asked_who_is_away(tokens, named):
        return Reading(absent)
    remark = remark_of(Said(pieces), tokens, parts)
    if remark is not None and not (last is not None and is_about_last(tokens)):
        if remark.deeds and not remark.of and asked.channel_account is not None:
            remark = replace(remark, of=(asked.channel_account,))
        choices = () if remark.of else parts.choices
        return Reading(remark=_of_last(remark, parts, last), choices=choices, is_sure=not choices)
    if last is not None:
        followed = follow_up(tokens, (said, parts), names, last=last, asked=asked, today=today)
        if followed is not None:
            meant, told = followed
            return replace(_reading(meant, told, pieces) if meant else _unread(told), is_follow_up=True)
    if denied := denied_owner(Said(pieces)):
        return Reading(remark=Remark(RemarkKind.UNREAD), unread=(denied,), is_sure=False)
    kept, left_out = without_exclusions(pieces)
    if left_out:
        said = Said(kept)
        parts = parts_of(said, asked.user_id)
    return _told_here(_asked_alone(said, parts, asked, left_out), parts, tokens, asked)


def _told_here(found: Reading, parts: Parts, tokens: Sequence[Token], asked: Asked) -> Reading:
    """Return words that ask nothing and are not understood, said where an account is at hand, as news of it."""
    here = asked.channel_account
    if here is None or found.is_sure or parts.is_question or parts.of or len(tokens) < LEAST_TOLD:
        return found
    return Reading(remark=Remark(RemarkKind.NEWS, (here,), UNCLEAR), is_sure=False)


def _asked_alone(said: Said, parts: Parts, asked: Asked, left_out: tuple[str, ...]) -> Reading:
    """Return the reading of a text that stands on itself; `left_out` are words that no query can say."""
    query = None if _is_of_unknown_person(parts) else query_of(_in_channel(parts, asked))
    query = query or of_somebody(parts, said.pieces, asked.user_id)
    if query is None and any(each.is_ambiguous for each in parts.choices):
        query = Query(Subject.ACCOUNTS, Form.CARD)
    if query is None:
        return _unread(replace(parts, unread=(*left_out, *parts.unread)))
    reading = _reading(query, replace(parts, unread=(*left_out, *unread_of(said, query))), said.pieces)
    asked_about = () if query.of or query.by or reading.choices else pointing(said)
    return replace(reading, choices=asked_about, is_sure=False) if asked_about else reading


def _unread(parts: Parts) -> Reading:
    """Return the reading of a text that is not understood: the accounts named, and the words that were not read."""
    return Reading(remark=Remark(RemarkKind.UNREAD, parts.of), unread=parts.unread, is_sure=False)


def _is_of_unknown_person(parts: Parts) -> bool:
    """Return true for "what else does she own" where nobody was spoken of."""
    return Pronoun.PERSON in parts.pronouns and not (parts.owners or parts.whose or parts.persons or parts.about)


def _of_last(remark: Remark, parts: Parts, last: LastAnswer | None) -> Remark:
    """Return news or an order about "them" or "it" as said of the account just spoken of."""
    if last is None or remark.of or not parts.pronouns or remark.kind not in (RemarkKind.NEWS, RemarkKind.ORDER):
        return remark
    is_review = last.query.subject is Subject.REVIEWS and Deed.MOVE in remark.deeds
    deeds = (Deed.REVIEW, *remark.deeds) if is_review else remark.deeds
    return replace(remark, of=last.query.of if len(last.query.of) == 1 else (), deeds=deeds)


def _reading(query: Query, parts: Parts, pieces: Sequence[Piece]) -> Reading:
    is_sure = not (parts.unread or parts.is_guessed or parts.choices)
    taken = names_taken(pieces, query)
    return Reading(query, choices=parts.choices, taken=taken, unread=parts.unread, is_sure=is_sure)


def _in_channel(parts: Parts, asked: Asked) -> Parts:
    """Return the parts with the account of the channel where they name none and can be about one."""
    if parts.of or asked.channel_account is None or parts.subject in (None, Subject.MEMBERS, Subject.LIST_CHANGES):
        return parts
    is_list = parts.subject is Subject.ACCOUNTS and parts.form in OF_MANY and not parts.fields
    of_others = parts.tiers or parts.segments or parts.owners or parts.stages or parts.per or parts.by
    return parts if is_list or of_others else replace(parts, of=(asked.channel_account,))
