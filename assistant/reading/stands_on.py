"""Decide whether a text stands on the answer before it, or asks something of its own."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date

from agendas.facts.account import ListStatus
from agendas.facts.events import DecisionKind
from agendas.facts.people import Function
from assistant.conversation import LastAnswer
from assistant.query import Field, Form, Having, Progress, Query, Subject
from assistant.reading.as_wanted import FOR_SOMEBODY, Asked, Names
from assistant.reading.filters import (
    ACCOUNT_FILTERS,
    ANSWERABLE,
    REASONS,
    accounts_meant,
    asked_alike,
    is_beyond_words,
    own_subject,
    told_of_one,
    turned,
    with_filters,
    without_filters,
)
from assistant.reading.held import head_noun, unread_of
from assistant.reading.lexicon import Piece, Said
from assistant.reading.name_places import COMPANY_WORDS, changed_by_a_word, having_one, ways_to_say, who_leads
from assistant.reading.read import Cue
from assistant.reading.read_pieces import NUMBERS, RIGHT_WORDS
from assistant.reading.tell import parts_of, query_of
from assistant.reading.ties import BARE, KINDS, UNDERSTOOD, Lift, Ties, ties_of, without_lifting
from assistant.reading.tokens import Assumed, Choice, Mark, Parts, Pronoun, Token, as_typed

# Functions named as those who have something to do: "what does product owe", "anything open for finance?".

DUTIES = (Subject.ACTIONS, Subject.ASKS, Cue.OWE)
"""Words for what somebody has to do."""

DEEDS = (Cue.DO, Cue.HAVE, Cue.OWN, Cue.NEED, Cue.RESOLVE, Cue.CLOSE, Cue.DECIDE, Cue.RECORD, Cue.DOING)
"""Words for what somebody does."""

HELPING = ("does", "do", "did", "has", "have", "is", "are", "will", "must", "should")
OF = ("for", "to", "by", "of", "from")
STATES_OF_WORK = (Cue.OVERDUE, Cue.DUE)


def with_functions(pieces: Sequence[Piece], names: Names) -> tuple[Piece, ...]:
    """Return the pieces, those that name a function as the one who acts or owes with the people of that function."""
    are_compared = any(each.means(Cue.COMPARE) for each in pieces) and any(each.means(*DUTIES) for each in pieces)
    return tuple(
        _as_people(piece, names)
        if piece.of_kind(Function) and not piece.segment and (are_compared or _acts(pieces, position))
        else piece
        for position, piece in enumerate(pieces)
    )


def as_people(pieces: Sequence[Piece], names: Names) -> tuple[Piece, ...]:
    """Return the pieces with the people of each function named, where nothing but people can be meant."""
    return tuple(
        replace(_as_people(piece, names), meanings=()) if piece.of_kind(Function) and not piece.segment else piece
        for piece in pieces
    )


def _as_people(piece: Piece, names: Names) -> Piece:
    """The piece with the people of its function; with the function's own code, which nobody has, where it has none."""
    functions = piece.of_kind(Function)
    members = tuple(each.user_id for each in names.members() if each.function in functions)
    return replace(piece, persons=members or tuple(each.value for each in functions))


def _acts(pieces: Sequence[Piece], position: int) -> bool:
    """Return true for a function that does or owes something, whose the work is, or that it is for."""
    after = next((each for each in pieces[position + 1 :] if not _is_light(each)), None)
    after = None if pieces[position].mark else after
    before = next(
        (each for each in reversed(pieces[:position]) if each.typed.casefold() not in ("the", "our", "a", "an")), None
    )
    word = before.typed.casefold().split()[-1] if before and not before.mark else ""
    if before is not None and (before.is_unknown or before.means(Cue.NEED, Cue.WAIT)):
        return False
    has_duties = after is not None and after.means(*DUTIES, Cue.OVERDUE)
    if word in HELPING or pieces[position].typed.casefold().endswith(("'s", "\u2019s")):
        return has_duties or (after is not None and (after.means(*DEEDS) or bool(after.of_kind(Progress))))
    if word in OF:
        is_end = after is None or after.when is not None or after.means(*STATES_OF_WORK, Cue.AT)
        has_work = any(each.means(*DUTIES, *STATES_OF_WORK) or _is_open(each) for each in pieces[:position])
        needs = any(each.means(Cue.NEED, Cue.WAIT, Subject.BLOCKERS) for each in pieces)
        return is_end and has_work and not needs
    return has_duties


def _is_light(piece: Piece) -> bool:
    """Return true for a word between a function and what it has to do: "marketing's three open actions"."""
    return (
        _is_open(piece)
        or piece.means(Cue.IS)
        or piece.number is not None
        or piece.typed.casefold() in ("still", "all", "now", "currently")
    )


def _is_open(piece: Piece) -> bool:
    return "open" in piece.typed.casefold().split()


# Accounts called by what tells them from the one before: "the insurance one", "the other Maple".

NO_BREAK = ("the", "a", "an", "only", "just")
"""Words after which a title follows rather than a name: "only the onboarding"."""

OF_DAYS = frozenset({"in", "since", "until", "till", "by", "during"})
"""Words after which the name of a month is days: "in march"."""

ONES = frozenset({"one", "company", "account", "guys", "firm", "people"})


def called_otherwise(tokens: Sequence[Token], parts: Parts, last: LastAnswer, names: Names) -> tuple[int, ...]:
    """Return the account that is called so, none where the words call none or several.

    Reads every name, and only for such words.
    """
    if Mark.OTHER in parts.marks and len(parts.of) == 1 and parts.of == last.query.of:
        return _of_same_name(parts.of[0], names)
    words = [each.word for each in tokens]
    if parts.of or not last.query.of:
        return ()
    if found := _called_as(words, parts, last, names):
        return found
    if "other" in words and "one" in words and len(last.query.of) == 1 and not last.offered:
        return _of_same_name(last.query.of[0], names)
    if Mark.CORRECTION in parts.marks and (said := [word for word in words if word in COMPANY_WORDS]):
        return _with_word(said[0], last, names, is_akin=True)
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        if before in ("the", "that") and word in COMPANY_WORDS and after in ONES:
            return _with_word(word, last, names)
    return ()


def one_of_several(pieces: Sequence[Piece], query: Query, names: Names) -> Choice | None:
    """Return the "it" that may be any of the accounts just spoken of, None where no word points at one of several."""
    pointers = [piece.typed.split()[-1] for piece in pieces if piece.means(Cue.IT)]
    is_clear = any(piece.account is not None or piece.means(Cue.THEY) for piece in pieces)
    if not pointers or len(query.of) < 2 or is_clear:
        return None
    called = {key.account_id: key.name for key in names.all_keys() if key.account_id in query.of}
    return Choice(pointers[0], tuple((each, called[each]) for each in query.of if each in called), is_ambiguous=True)


def unknown_account(pieces: Sequence[Piece], query: Query) -> Choice | None:
    """Return the name of an account that nobody has, for "and Hexley" after an answer about an account.

    None where the words may be a title or a person: said of people, after an article, or known from elsewhere.
    """
    if not query.of or query.subject in (Subject.PEOPLE, Subject.MEMBERS):
        return None
    named = [position for position, piece in enumerate(pieces) if _may_name(piece)]
    others = {word for each, piece in enumerate(pieces) if each not in named for word in piece.typed.casefold().split()}
    is_run = bool(named) and named[-1] - named[0] == len(named) - 1
    if not is_run or not named[0] or not others <= BARE or pieces[named[0] - 1].typed.casefold() in NO_BREAK:
        return None
    typed = " ".join(pieces[each].typed for each in named)
    return next((choice for each in named if (choice := pieces[each].choice)), Choice(typed))


def _may_name(piece: Piece) -> bool:
    """Return true for words that mean nothing, and for a name that no account has."""
    if piece.choice is not None:
        return not piece.choice.is_ambiguous
    return piece.is_unknown and not piece.meanings and piece.typed.casefold() not in RIGHT_WORDS


def _called_as(words: Sequence[str], parts: Parts, last: LastAnswer, names: Names) -> tuple[int, ...]:
    """Return the only account whose name begins with the word: that of a month, after an answer without days."""
    said = [word for word in words if word not in BARE]
    is_of_days = bool(OF_DAYS & set(words)) or last.query.period is not None
    if len(said) != 1 or is_of_days or parts.subject or not (parts.period or parts.unread):
        return ()
    found = {key.account_id for key in names.keys_beginning(said[0])}
    return tuple(found) if len(found) == 1 else ()


def _of_same_name(account_id: int, names: Names) -> tuple[int, ...]:
    """Return the only other account whose name begins with the same word."""
    keys = names.all_keys()
    firsts = {words[0] for key in keys if key.account_id == account_id for words in ways_to_say(key.key)}
    others = {key.account_id for key in keys for words in ways_to_say(key.key) if words[0] in firsts} - {account_id}
    return tuple(others) if len(others) == 1 else ()


def _with_word(word: str, last: LastAnswer, names: Names, *, is_akin: bool = False) -> tuple[int, ...]:
    """Return the only account that has the word in its name, of those that share a word with the last one if any do."""
    keys = names.all_keys()
    having = {key.account_id for key in keys for words in ways_to_say(key.key) if word in words[1:]}
    firsts = {words[0] for key in keys if key.account_id in last.query.of for words in ways_to_say(key.key)}
    akin = {key.account_id for key in keys for words in ways_to_say(key.key) if words[0] in firsts} & having
    found = (akin if is_akin else akin or having) - set(last.query.of)
    return tuple(found) if len(found) == 1 else ()


# Follow-ups that say their own subject: "its blockers?", "any evidence?", "and next actions".

OF_ACCOUNTS = (*ACCOUNT_FILTERS, "states")
"""Filters of accounts, which hold for every subject."""

OWN = ("subject", "form", "of", "fields", "by", "is_lowest", "limit", "per", "which", "about", "having", "without")
"""Parts of a query that another question of the subject does not take over."""

OF_HAPPENINGS = frozenset(
    {Subject.MOVEMENT, Subject.EVIDENCE, Subject.CHANGES, Subject.SIGNALS, Subject.DECISIONS, Subject.LIST_CHANGES}
)
"""Subjects whose days are those on which something happened: they are kept from one to another."""

DECISION_OF = {ListStatus.REMOVED: DecisionKind.REMOVE, ListStatus.PAUSED: DecisionKind.PAUSE}
"""Decisions by which an account comes to be what it is."""


def asked_beside(before: Query, parts: Parts, *, is_named: bool) -> Query:
    """Return the question that the parts ask, with what holds for it of the last query.

    `parts` have the accounts meant; `is_named` is true where the text itself names them.
    """
    own = query_of(parts) or Query(parts.subject or before.subject, Form.LIST, of=parts.of)
    if own.form is Form.SUM and own.subject is Subject.ACCOUNTS and len(own.of) == 1:
        own = replace(own, form=Form.FIELD)
    if own.form is Form.FIELD and before.form is Form.COMPARE and parts.form is None and len(own.of) > 1:
        return replace(own, form=Form.COMPARE)
    is_of_one = own.subject is Subject.ACCOUNTS and own.form is Form.YES_NO and len(own.of) == 1
    if (own.form in (Form.CARD, Form.FIELD) and own.of) or is_of_one:
        return own
    if own.subject is Subject.DECISIONS and before.subject is Subject.ACCOUNTS:
        return replace(own, decisions=own.decisions or _decisions(before))
    kept = {name: getattr(before, name) for name in _kept(before, own, parts)}
    if is_named:
        kept = {name: value for name, value in kept.items() if name not in OF_ACCOUNTS}
    if before.subject is Subject.MEMBERS and not (own.owners or own.whose):
        person = "owners" if own.subject is Subject.ACCOUNTS else "whose"
        kept = {person: before.whose}
    return replace(own, **{name: value for name, value in kept.items() if value and not getattr(own, name)})


def _kept(before: Query, own: Query, parts: Parts) -> tuple[str, ...]:
    """Return the names of the filters that are taken over where the text has none of the kind."""
    if own.subject is before.subject is Subject.ACCOUNTS:
        ordered = ("by", "is_lowest", "limit") if own.form is Form.LIST or parts.pronouns else ()
        return (*OF_ACCOUNTS, "having", "without", "roles", "ways", *ordered)
    if own.subject is before.subject:
        names = tuple(each.name for each in fields(Query) if each.name not in OWN)
        is_of_others = Mark.OTHERS in parts.marks or Having.ROLE in parts.without
        names = (*names, "which") if own.subject is Subject.REVIEWS else names
        left = {"roles"} if is_of_others else set()
        # who is there now, asked after who left
        left |= {"is_overdue"} if own.period else set()
        left |= {"progress", "period"} if own.subject is Subject.PEOPLE else set()
        return tuple(name for name in names if name not in left)
    happened = ("period",) if {before.subject, own.subject} <= OF_HAPPENINGS else ()
    if own.of:
        return happened
    answerable = ("whose",) if own.subject in (Subject.ACTIONS, Subject.ASKS, Subject.BLOCKERS) else ()
    return (*OF_ACCOUNTS, *happened, *answerable)


def _decisions(before: Query) -> tuple[DecisionKind, ...]:
    kinds = tuple(DECISION_OF[each] for each in before.statuses if each in DECISION_OF)
    is_of_tier = before.tiers and before.form in (Form.WHY, Form.WHEN)
    return (*kinds, DecisionKind.CHANGE_TIER) if is_of_tier else kinds


# Follow-ups that ask for those after the ones that were shown: "the next three", "more", "show the rest".

LINES = 15
"""Lines of a list of things that has no number of its own and does not say which ones it showed."""

SHOW = r"(?:and |ok )?(?:please )?(?:(?:show|list|give|see|get|tell)(?: me| us)? )?"
NEXT = re.compile(rf"{SHOW}(?:the )?next (?P<count>\d{{1,2}}|[a-z]+)(?: ones)?(?: please)?")
REST = re.compile(
    rf"{SHOW}(?:more|some more|the rest|the remaining ones|the remaining|whats left|the others)(?: of (?:them|it))?"
    r"(?: please)?"
)
FEW = frozenset({"few", "ones", "page"})
"""Words that ask for as many as before."""


def rest_of(tokens: Sequence[Token], last: LastAnswer) -> Query | None:
    """Return the last list from where it ended, None where the text does not ask for that."""
    before = last.query
    if before.form is not Form.LIST or before.subject in (Subject.REVIEWS, Subject.MEMBERS):
        return None
    said = " ".join(each.word for each in tokens)
    if before.of and (before.subject is Subject.ACCOUNTS or "others" in said):
        return None
    skip = before.skip + _shown(last)
    if REST.fullmatch(said):
        return replace(before, skip=skip, limit=0 if "rest" in said or "remaining" in said else before.limit)
    found = NEXT.fullmatch(said)
    count = _number(found["count"], before) if found else None
    return None if count is None else replace(before, skip=skip, limit=count)


def _shown(last: LastAnswer) -> int:
    """Return how many the last answer showed."""
    if last.query.limit:
        return last.query.limit
    return (len(last.listed) if last.query.subject is Subject.ACCOUNTS else len(last.items)) or LINES


def _number(word: str, before: Query) -> int | None:
    """Return the number that is said, 0 for as many as fit; None for a word that is none."""
    if word in FEW:
        return before.limit
    if word == "one":
        return 1 if before.limit else None
    return int(word) if word.isdecimal() else NUMBERS.get(word)


# Questions about the person just spoken of: "and her accounts?", "who is she", "its owner's other accounts".

OWNERS = "owner's"


def with_its_owner(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with "its owner's" of "its owner's other accounts" as a word for that person."""
    place = next((each for each, piece in enumerate(pieces[:-1]) if piece.typed.casefold() in (OWNERS, "owners")), None)
    if place is None or not place or pieces[place - 1].typed.casefold() not in ("its", "the", "their"):
        return tuple(pieces)
    person = replace(pieces[place], typed=OWNERS, meanings=(Cue.PERSON,))
    return (*pieces[: place - 1], person, *pieces[place + 1 :])


def of_somebody(said: Said, parts: Parts, last: LastAnswer) -> LastAnswer:
    """Return the answer with the person in place of the accounts where the text is about the person of that answer."""
    person = _spoken_of(said, parts, last)
    return LastAnswer(Query(Subject.MEMBERS, Form.CARD, whose=person)) if person else last


def asked_of_person(parts: Parts, before: Query) -> Query | None:
    """Return the question that words without a subject ask of the person: "who is she", "what else has she got"."""
    if before.subject is not Subject.MEMBERS or not before.whose:
        return None
    if _is_who_is_it(parts):
        return before
    is_of_more = parts.subject is None and Mark.OTHERS in parts.marks and Pronoun.PERSON in parts.pronouns
    return Query(Subject.ACCOUNTS, Form.LIST, owners=before.whose) if is_of_more else None


def _is_who_is_it(parts: Parts) -> bool:
    """Return true for "who is she", which asks for the person alone."""
    is_who = parts.form is Form.WHO and parts.pronouns == (Pronoun.PERSON,)
    return is_who and not (parts.fields or parts.of or parts.roles or parts.unread or parts.subject)


def _spoken_of(said: Said, parts: Parts, last: LastAnswer) -> tuple[str, ...]:
    """Return the person that "she" means where the question is about more than the answer before was."""
    query = last.query
    if parts.pronouns != (Pronoun.PERSON,) or parts.of or parts.whose or parts.owners or parts.persons:
        return ()
    named = query.owners if len(query.owners) == 1 else query.whose if len(query.whose) == 1 else ()
    if named:
        is_of_accounts = (query.subject is not Subject.ACCOUNTS or bool(query.of)) and said.has(
            Cue.OWN, Subject.ACCOUNTS
        )
        is_of_work = query.subject is Subject.ACCOUNTS and said.has(Subject.ACTIONS, Cue.OWE)
        return named if is_of_accounts or is_of_work or _is_who_is_it(parts) else ()
    if any(said[each].typed.casefold() == OWNERS for each in said.where(Cue.PERSON)):
        return (last.owner,) if last.owner else ()
    tells_owner = query.form is Form.CARD or Field.OWNER in query.fields
    return (last.owner,) if last.owner and tells_owner else ()


TYING = frozenset({Mark.FOLLOWING, Mark.ONLY, Mark.OTHER, Mark.OTHERS, Mark.CORRECTION, Mark.SAME})
WHOLE_WORDS = 4
"""Fewer words are rather said of what was just answered."""

SCOPE = (
    "of",
    "choices",
    "tiers",
    "stages",
    "states",
    "statuses",
    "segments",
    "owners",
    "whose",
    "persons",
    "needs",
    "without",
    "having",
    "per",
    "least_cents",
    "most_cents",
)
"""Parts that say of whom or what a question is asked: a full question has one of them or asks of all."""

WHOSE = ("of", "choices", "tiers", "segments", "owners", "whose", "persons")
"""Parts that say of whom a question is asked."""

NARROWED = (
    *("tiers", "segments", "states", "statuses", "stages", "having", "without", "period"),
    *("least_cents", "most_cents", "by", "per", "needs", "ways", "progress"),
)
"""Filters that make a whole question of a noun: "accounts in tier 1"."""

OF_ONE = frozenset(Subject) - {Subject.MEMBERS, Subject.LIST_CHANGES, Subject.ACCOUNTS}
"""Subjects that a word or two ask of the account just spoken of: "next actions?", "any evidence?"."""


def is_whole(said: Said, parts: Parts) -> bool:
    """Return true for a question that names whom it is about, or the kind of thing with a filter, and is not tied.

    It means the same whatever was answered before it.
    """
    is_tied = bool(parts.pronouns or (TYING | {Mark.YES}) & set(parts.marks))
    is_tied = is_tied or bool(parts.ordinal or parts.step or parts.not_of)
    words = sum(len(each.typed.split()) for each in said.pieces)
    begins = said.pieces[0].means(Cue.AT, Cue.FOR, Cue.WITH, Cue.WITHOUT, Cue.FROM) if said.pieces else False
    begins = begins or said.pieces[0].typed.casefold() == "on"
    if parts.subject is None or is_tied or words < WHOLE_WORDS or (begins and not parts.is_question):
        return False
    if any(getattr(parts, name) for name in ("of", "choices", "owners", "whose", "persons")):
        return True
    if head_noun(Said(said.pieces)) is None or parts.unread:
        return False
    is_of_all = parts.subject in (Subject.MEMBERS, Subject.LIST_CHANGES)
    return is_of_all or any(getattr(parts, name) for name in NARROWED)


def stands_on(parts: Parts, ties: Ties, said: Subject | None, last: LastAnswer) -> bool:
    """Return true if the text stands on the last answer.

    `said` is the subject told by a noun or verb of the text itself, None where only its values could tell one.
    """
    if ties.is_new or _is_of_nobody(parts, last.query) or _is_of_everything(parts, ties, said, last.query):
        return False
    if ties.is_referring or _is_of_missing_roles(parts, said or parts.subject, last.query):
        return True
    if said is None:
        is_own = _is_own_of_account(parts, ties) or _is_of_all(parts, last.query)
        return not is_own and (_is_tied(parts, ties, last) or _is_fragment(parts, ties, last))
    is_tied = _is_tied(parts, ties, last) and not ties.is_turn
    lifts_all = bool(ties.lifts & {Lift.ACCOUNTS, Lift.PERSONS, Lift.ALL})
    if not is_tied and (lifts_all or parts.about):
        return False
    if not (is_tied or ties.is_short):
        return _asks_field_of_one(parts, said, last.query)
    return _goes_with(parts, ties, said, last.query, is_tied=is_tied)


def _is_of_nobody(parts: Parts, query: Query) -> bool:
    """Return true for a question about "her" where nobody was spoken of."""
    has_person = query.owners or query.whose or query.subject is Subject.MEMBERS
    is_of_contact = query.subject is Subject.PEOPLE and bool(query.of)
    return Pronoun.PERSON in parts.pronouns and not (has_person or is_of_contact)


def _is_of_everything(parts: Parts, ties: Ties, said: Subject | None, query: Query) -> bool:
    """Return true for what is asked of all accounts after an answer about one: "all overdue actions", "top 3"."""
    if not query.of or parts.of or parts.choices or parts.pronouns or parts.ordinal:
        return False
    is_whole_list = said is not None and said is not query.subject and Mark.ALL in parts.marks
    is_ranking = query.subject is Subject.ACCOUNTS and len(query.of) == 1 and parts.limit > 1
    is_any = parts.is_overdue and (parts.form is Form.WHO or ties.has_lead) and not ties.is_plural
    is_of_tier = query.form is Form.FIELD and bool(parts.tiers or parts.segments) and not parts.fields
    if ties.is_tied and not ties.is_following:
        return False
    return is_whole_list or (
        not ties.is_tied and (is_ranking or is_of_tier or (is_any and parts.form is not Form.YES_NO))
    )


def _is_of_all(parts: Parts, query: Query) -> bool:
    """Return true for a list of all accounts of a kind after one account: "all in tier 1"."""
    names = ("tiers", "stages", "segments", "statuses")
    is_of_account = bool(query.of) and query.subject is Subject.ACCOUNTS
    return is_of_account and Mark.ALL in parts.marks and any(getattr(parts, name) for name in names)


def _is_own_of_account(parts: Parts, ties: Ties) -> bool:
    """Return true for a question about a named account that needs no other: "quill, still just a candidate?"."""
    if parts.form is Form.COMPARE and len(parts.of) == 1:
        return False
    is_place = ties.is_placed and not parts.fields
    return bool(parts.of) and not (ties.is_bare or is_place) and (bool(parts.fields) or _has_filter(parts))


def _is_tied(parts: Parts, ties: Ties, last: LastAnswer) -> bool:
    marks = TYING & set(parts.marks)
    if marks == {Mark.OTHER} and not (
        last.offered or len(last.listed) > 1 or parts.persons or parts.owners or parts.of
    ):
        marks = frozenset()
    if marks == {Mark.CORRECTION} and ties.has_lead:
        marks = frozenset()
    return ties.is_tied or bool(marks or parts.ordinal or parts.step or parts.not_of)


def _is_fragment(parts: Parts, ties: Ties, last: LastAnswer) -> bool:
    """Return true for a text that says no subject: a value alone, "why?", "how many is that"."""
    if (Mark.YES in parts.marks and last.offered) or _is_other_side(parts, last.query):
        return True
    unread = {word.casefold() for typed in parts.unread for word in typed.split()}
    is_unread = bool(unread - UNDERSTOOD or parts.about)
    if ties.is_whole_sentence or is_unread or not _says_something(parts, ties):
        return False
    if parts.of:
        return _is_fragment_of(parts, ties, last.query)
    if not ties.is_short or sum(bool(getattr(parts, name)) for name in KINDS) > 1 or parts.form is Form.COMPARE:
        return bool(ties.lifts) and not ties.has_lead and not _has_values(parts)
    if last.query.of and last.query.subject is Subject.ACCOUNTS and parts.form is None and ties.is_plural:
        return False
    if last.query.of and parts.form in (Form.LIST, Form.COUNT, Form.WHO) and _has_filter(parts):
        return parts.subject is not Subject.ACCOUNTS
    return not (ties.has_lead and _has_filter(parts) and parts.form in (None, Form.LIST))


def _is_other_side(parts: Parts, query: Query) -> bool:
    """Return true for "compare with tier 1" after tier 2."""
    is_of_one = any(len(getattr(parts, name)) == len(getattr(query, name)) == 1 for name in ("tiers", "segments"))
    return parts.form is Form.COMPARE and is_of_one and not parts.of


def _is_of_missing_roles(parts: Parts, said: Subject | None, query: Query) -> bool:
    """Return true for "which roles are we still missing" after an account was spoken of."""
    is_of_one = len(query.of) == 1 and not parts.of
    return said is Subject.PEOPLE and is_of_one and Having.ROLE in parts.without


def _asks_field_of_one(parts: Parts, said: Subject, query: Query) -> bool:
    """Return true for a field asked of the account just spoken of: "and when was it last reviewed"."""
    is_field = said is Subject.ACCOUNTS and bool(parts.fields) and parts.form is not Form.SUM
    return is_field and not _has_scope(parts) and bool(query.of)


def _goes_with(parts: Parts, ties: Ties, said: Subject, query: Query, *, is_tied: bool) -> bool:
    """Return true for a subject of a few words, or tied to the answer before, without a scope of its own."""
    if said is query.subject and said is not Subject.ACCOUNTS:
        is_of_same = is_tied or not (ties.has_noun or (parts.needs and ties.has_lead))
        return is_of_same and not any(getattr(parts, name) for name in WHOSE)
    if _has_scope(replace(parts, needs=()) if ties.is_tiny else parts):
        return False
    if said is Subject.ACCOUNTS:
        is_of_some = query.of or query.tiers or query.segments or query.owners
        return bool(parts.fields) and (bool(is_of_some) or is_tied or query.subject is Subject.ACCOUNTS)
    if (parts.period is not None and not is_tied) or (ties.is_plural and query.of):
        return False
    if query.subject is Subject.MEMBERS:
        return is_tied or not ties.has_noun
    is_of_accounts = query.subject is Subject.ACCOUNTS or any(getattr(query, name) for name in ACCOUNT_FILTERS)
    is_of_list = (is_of_accounts or (bool(query.whose) and said in ANSWERABLE)) and ties.is_tiny
    return said in OF_ONE if query.of or is_of_list else is_tied


def _is_fragment_of(parts: Parts, ties: Ties, query: Query) -> bool:
    """Return true for accounts named without a question of their own: "KST?", "why Brightwater?"."""
    if parts.form is Form.COMPARE:
        return len(parts.of) == 1
    if parts.form in REASONS:
        is_listed = query.subject is Subject.ACCOUNTS and query.form in (Form.LIST, Form.COUNT)
        return ties.is_bare and not (parts.form is Form.WHO and is_listed)
    is_place = ties.is_placed and not parts.fields
    return (ties.is_bare or is_place) and (bool(query.of) or query.subject is not Subject.ACCOUNTS)


def _says_something(parts: Parts, ties: Ties) -> bool:
    """Return false for "thanks", "ok" and words that mean nothing here."""
    is_near = any(choice.accounts for choice in parts.choices)
    return bool(ties.lifts or parts.form or is_near) or _has_values(parts)


def _has_values(parts: Parts) -> bool:
    names = (each.name for each in fields(Query) if each.name not in ("subject", "form"))
    return any(getattr(parts, name) for name in (*names, "coming", "persons", "not_of"))


def _has_filter(parts: Parts) -> bool:
    names = ("tiers", "stages", "states", "statuses", "segments", "owners", "having", "without", "period")
    return any(getattr(parts, name) for name in names)


def _has_scope(parts: Parts) -> bool:
    return any(getattr(parts, name) for name in SCOPE)


# Complete a text that stands on the answer before it to a query.


def is_about_last(tokens: Sequence[Token]) -> bool:
    """Return true for words that change the last list, whatever order or news they look like: "forget the tier"."""
    ties = ties_of(tokens)
    return bool(ties.lifts) or (ties.is_also and ties.is_short) or ties.is_said_again


def follow_up(
    tokens: Sequence[Token], read: tuple[Said, Parts], names: Names, *, last: LastAnswer, asked: Asked, today: date
) -> tuple[Query | None, Parts] | None:
    """Return the query that the text means after the last answer, with its parts; None for one of its own.

    `read` are the text's pieces, with those used that its parts were taken from. The query is None for words that no
    query can say after an answer about an account, which is not told again.

    Where the text says no subject, its words are read as said of the last one: "by Friday" of actions is when they
    are due, "Nora" of actions is who owes them.
    """
    if (changed := _by_words_alone(tokens, last, asked, today)) is not None:
        return changed, Parts()
    used, alone, is_called = _read_alone(tokens, read, names, last=last, asked=asked)
    unknown = None if is_called else unknown_account(used.pieces, last.query)
    last = of_somebody(used, alone, last)
    if (of_other := _asked_of_other(used, alone, last.query, unknown)) is not None:
        return of_other
    ties = ties_of(tokens, used.pieces)
    ties = replace(ties, is_bare=ties.is_bare or is_called, is_source=ties.is_source and not alone.of)
    is_corrected = ties.is_bare and bool(alone.of) and Mark.CORRECTION in alone.marks
    said = None if ties.is_source or is_called or is_corrected else own_subject(used, alone, last.query, ties.lifts)
    if not (ties.is_tied or ties.is_elliptic or ties.lifts or is_called) and is_whole(used, alone):
        return None
    if (alike := _asked_alike(alone, ties, last.query)) is not None:
        return alike, replace(alone, unread=_left_of(used, alike))
    is_scolding = used.has_left(Cue.VERDICT) and not ties.is_tied
    if is_scolding or not stands_on(alone, ties, said, last):
        return None
    if is_beyond_words(used.pieces, alone, ties, last):
        return (None if last.query.of or last.offered else last.query), replace(alone, unread=(as_typed(tokens),))
    query, parts = _completed(used, alone, ties, said, last=last, asked=asked)
    several = one_of_several(used.pieces, last.query, names) if query and query.of == last.query.of else None
    if query is None or several is None:
        return query, parts
    form = Form.CARD if query.form is Form.COMPARE else query.form
    return replace(query, of=(), form=form), replace(parts, choices=(several,))


def _read_alone(
    tokens: Sequence[Token], read: tuple[Said, Parts], names: Names, *, last: LastAnswer, asked: Asked
) -> tuple[Said, Parts, bool]:
    """Return the pieces and parts of the text by itself, true where it calls an account by what tells it apart."""
    used, alone = _after(last.query, tokens, read, names, user_id=asked.user_id)
    called = called_otherwise(tokens, alone, last, names)
    if called:
        used = Said([each for each in used.pieces if not each.is_unknown])
    unread = tuple(each for each in alone.unread if not called and each.casefold() not in UNDERSTOOD)
    about = "" if called else alone.about
    return used, replace(alone, of=called or alone.of, unread=unread, about=about), bool(called)


def _after(
    before: Query, tokens: Sequence[Token], read: tuple[Said, Parts], names: Names, *, user_id: str
) -> tuple[Said, Parts]:
    """Return the pieces without those that mean something else after the last answer, and what they say then."""
    said, parts = read
    pieces: Sequence[Piece] = said.pieces
    if before.subject in FOR_SOMEBODY and before.whose:
        pieces = as_people(pieces, names)
    pieces = without_lifting(with_its_owner(pieces), ties_of(tokens).lifts)
    if pieces == said.pieces:
        return said.copy(), parts
    said = Said(pieces)
    return said, parts_of(said, user_id)


def _asked_of_other(used: Said, alone: Parts, before: Query, unknown: Choice | None) -> tuple[Query, Parts] | None:
    """Return what was asked before of a name that no account has, or the question about the person spoken of."""
    if unknown is not None:
        return replace(before, of=()), replace(alone, choices=(unknown,), unread=())
    of_person = asked_of_person(alone, before)
    return None if of_person is None else (of_person, replace(alone, unread=_left_of(used, of_person)))


def _asked_alike(parts: Parts, ties: Ties, before: Query) -> Query | None:
    """Return what was asked before, asked of one that is named: "is Corvane among them", "does Kestrel have one"."""
    if not parts.of:
        return None
    if ties.is_member and before.subject is Subject.ACCOUNTS:
        return replace(before, form=Form.YES_NO, of=parts.of, by=None, limit=0, is_lowest=False)
    return asked_alike(before, parts.of) if ties.is_elliptic else None


def _by_words_alone(tokens: Sequence[Token], last: LastAnswer, asked: Asked, today: date) -> Query | None:
    """Return the query of a text whose few words have one meaning after the last answer."""
    query = last.query
    found = rest_of(tokens, last) or who_leads(tokens, query) or having_one(tokens, query)
    return found or changed_by_a_word(tokens, query, asked, today)


def _completed(
    used: Said, alone: Parts, ties: Ties, said: Subject | None, *, last: LastAnswer, asked: Asked
) -> tuple[Query | None, Parts]:
    """Return the query of a text that stands on the last answer, `said` its own subject if it says one.

    `used` are its pieces as they were used for `alone`.
    """
    meant = accounts_meant(alone, ties, last)
    text = Said(used.pieces, is_whole=False)
    if said is not None:
        parts = parts_of(text, asked.user_id, Assumed(of=meant.of))
        if not (parts.subject is Subject.ACCOUNTS and parts.fields):
            text = Said(used.pieces, is_whole=False)
            parts = parts_of(text, asked.user_id, Assumed(said, None, meant.of))
        query = asked_beside(last.query, parts, is_named=bool(alone.of) or meant.is_new)
    else:
        parts = parts_of(text, asked.user_id, Assumed(last.query.subject, last.query.form, meant.of))
        parts = replace(parts, roles=parts.roles or alone.roles)
        query = with_filters(turned(last.query, parts, meant, is_named=bool(alone.of)), parts, ties, asked)
    query = without_filters(query, parts, ties.lifts)
    text.use(*used.used)
    left = _left_of(text, query, last.query if ties.is_denied or ties.lifts else None)
    parts = replace(parts, unread=left)
    return (query if alone.of else told_of_one(query, last.query, parts)), parts


def _left_of(said: Said, query: Query, before: Query | None = None) -> tuple[str, ...]:
    """Return the words that the query does not hold, and that were not understood as a tie to the answer before."""
    return tuple(each for each in unread_of(said, query, before) if each.casefold() not in UNDERSTOOD)
