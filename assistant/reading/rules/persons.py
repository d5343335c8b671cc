"""The part that our people have in a question: whose accounts, or who is answerable for the things asked for."""

from dataclasses import replace

from agendas.facts.account import ListStatus, Stage
from agendas.facts.list_filter import AccountStanding
from agendas.facts.people import Function
from assistant.query import Field, Form, Subject
from assistant.reading.parts import Parts
from assistant.reading.pieces import Piece, Said
from assistant.reading.vocabulary.cues import Cue

OF_ACCOUNTS = frozenset(
    {Subject.ACCOUNTS, Subject.MOVEMENT, Subject.SIGNALS, Subject.PEOPLE, Subject.DEALS, Subject.REVIEWS}
)
"""Subjects with nobody answerable but the owner of the account."""

FOR_SOMEBODY = (Subject.ACTIONS, Subject.ASKS)
"""Subjects that are for somebody to do."""

RIGHTS = {"admin": "admin", "edit": "editor", "view": "viewer", "observ": "observer"}
"""Beginnings of words for a right, with its name."""

HELPING = frozenset({"should", "can", "could", "must", "shall", "would", "may", "might"})
TO_ME = (Cue.MY, Cue.ME)


def with_persons(said: Said, parts: Parts, subject: Subject | None, user_id: str) -> Parts:
    """Return the parts with people as owners of accounts, as answerable ones, or as named alone."""
    owners, whose, alone = list(parts.owners), list(parts.whose), list(parts.persons)
    said_of = [said[position].typed for position in said.where(Cue.OWE, Cue.ASKED, Cue.HAVE_GOT)]
    says_me = any(map(_says_me, (*said_of, *(piece.typed for piece in said.pieces if piece.when))))
    if says_me and subject not in (None, Subject.MEMBERS):
        (owners if subject in OF_ACCOUNTS else whose).append(user_id)
    if subject in FOR_SOMEBODY and not said.has(Cue.SHOW) and any(_is_for_me(each) for each in said.pieces):
        whose.append(user_id)
    for position, piece in enumerate(said.pieces):
        named = piece.persons or ((user_id,) if piece.means(*TO_ME) else ())
        is_meant = bool(piece.persons) or _is_beside_others(said, position) or _counts(said, position, subject)
        if not named or position in said.used or not is_meant:
            continue
        said.use(position)
        if subject is None:
            owners += named if _is_of_accounts(said, position) else ()
            alone += () if _is_of_accounts(said, position) else named
        elif _is_owner(said, position, subject):
            owners += named
        else:
            whose += named
    return replace(parts, owners=_once(owners), whose=_once(whose), persons=_once(alone))


def _is_beside_others(said: Said, position: int) -> bool:
    """Return true for the asker of "me or Tomas"."""
    others = any(piece.persons for piece in said.pieces)
    return said[position].means(Cue.ME) and others and said.has(Cue.OR, Cue.THAN)


def of_members(said: Said, parts: Parts) -> Parts:
    """Return the parts with the function or right that our people have as words about them."""
    if parts.form in (None, Form.LIST, Form.SUM) and said.has(Field.VALUE):
        parts = replace(parts, form=Form.COUNT)
    parts = replace(parts, form=Form.LIST) if parts.form is Form.YES_NO and not parts.whose else parts
    if parts.whose:
        return parts
    functions = [(position, each) for position, piece in enumerate(said.pieces) for each in piece.of_kind(Function)]
    wanted = [(position, function.replace("_", " ")) for position, function in functions]
    wanted += [(position, _right(said[position].typed)) for position in said.where(Cue.RIGHT)]
    said.use(*(position for position, _ in wanted))
    about = " ".join(dict.fromkeys((parts.about, *(words for _, words in sorted(wanted))))).strip()
    # "finance" names a segment too
    return replace(parts, about=about, segments=() if functions else parts.segments)


def _right(typed: str) -> str:
    """Return the right that a word says, as it is called: "admin rights" and "administrators" are admin."""
    first = typed.casefold().split()[0]
    return next((right for begin, right in RIGHTS.items() if first.startswith(begin)), typed)


def _is_of_one(said: Said) -> bool:
    """Return true for a field of an account that is named: "my counterpart at Kestrel"."""
    return any(piece.account is not None for piece in said.pieces) and any(
        piece.of_kind(Field) for piece in said.pieces
    )


def _is_for_me(piece: Piece) -> bool:
    """Return true for "due this week for me"; in "show me ... for me" it is mere politeness."""
    return piece.typed.casefold() == "for me"


def _is_who_do_i(said: Said, position: int) -> bool:
    """Return true for "who do I chase": the asker is not the one who is asked for."""
    is_asker = position > 0 and (said[position - 1].means(Cue.DO) or said[position - 1].typed.casefold() in HELPING)
    return is_asker and any(each < position for each in said.where(Cue.WHO))


def _says_me(typed: str) -> bool:
    """Return true for "on my plate" and "have I got"."""
    return not {"i", "my", "me"}.isdisjoint(typed.casefold().replace("'", " ").split())


def _counts(said: Said, position: int, subject: Subject | None) -> bool:
    """Return true where `my` or `I` narrows what is asked for: "my accounts", not "I have a question"."""
    piece = said[position]
    if subject is Subject.MEMBERS and said.has(Subject.MEMBERS):
        return False
    if piece.means(Cue.ME) and (said.has(Cue.ON_OUR_SIDE) or _is_who_do_i(said, position)):
        return False
    if piece.means(Cue.ME) and position + 1 < len(said) and said[position + 1].typed.casefold() in ("am", "was", "'m"):
        return False
    if subject is Subject.ACCOUNTS and piece.means(Cue.ME) and _is_told_as_owner(said, position):
        return True
    if subject is Subject.ACCOUNTS and said.has(Field.OWNER) and said.has(Cue.IS):
        return not piece.means(Cue.MY)
    if piece.means(Cue.MY):
        return not (subject is Subject.ACCOUNTS and _is_of_one(said))
    if subject in (None, Subject.ACCOUNTS, Subject.PEOPLE, Subject.SIGNALS, Subject.MOVEMENT, Subject.REVIEWS):
        is_where = position > 0 and said[position - 1].means(Cue.IS) and said.has(Cue.WHERE)
        is_with_me = position > 0 and said[position - 1].means(Cue.WITH) and said[0].means(Cue.IS)
        return (
            said.has(Cue.OWN) or is_where or is_with_me or (position > 0 and said[position - 1].means(Cue.HAVE, Cue.DO))
        )
    return True


def _is_told_as_owner(said: Said, position: int) -> bool:
    """Return true for "where I'm the owner", "with me as owner", "which am I on" and "accounts under me"."""
    after = said.next_of_weight(position)
    if after is not None and said[after].means(Cue.IS):
        after = said.next_of_weight(after)
    is_owner = after is not None and said[after].means(Field.OWNER, Cue.OWN)
    ends_on = position == len(said) - 2 and said[position + 1].typed.casefold() == "on" and said.has(Cue.IS)
    before = said[position - 1].typed.casefold() if position else ""
    return is_owner or ends_on or (before in ("under", "with", "on") and said[position - 2].means(Subject.ACCOUNTS))


def _is_owner(said: Said, position: int, subject: Subject) -> bool:
    if _is_of_accounts(said, position):
        return True
    return subject in OF_ACCOUNTS


def _is_of_accounts(said: Said, position: int) -> bool:
    """Return true for "on Nora's accounts", "accounts owned by Nora", "Will's customers"."""
    if said[position].is_possessive and position + 1 < len(said) and said[position + 1].of_kind(int):
        return True
    for each in range(position + 1, len(said)):
        piece = said[each]
        if piece.means(Subject.ACCOUNTS) or piece.of_kind(Stage):
            return True
        if not _may_stand_between(piece):
            break
    before = said.before_of_weight(position)
    if before is not None and said[before].means(Cue.OWN):
        return not said.has(Subject.ACTIONS) or said.has(Subject.ACCOUNTS)
    return before is not None and said[before].means(Subject.ACCOUNTS)


def _may_stand_between(piece: Piece) -> bool:
    if piece.persons or piece.segment or piece.when or piece.number is not None:
        return True
    kinds = (Stage, AccountStanding, ListStatus, int)
    return (
        piece.is_filler
        or piece.means(Cue.AND, Cue.OR, Cue.BIGGEST, Cue.SMALLEST, Cue.BLOCKED)
        or any(piece.of_kind(kind) for kind in kinds)
    )


def _once(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
