"""Words that leave something out of what is asked for, which no query can say: "accounts outside food"."""

from collections.abc import Sequence

from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Subject
from assistant.reading.pieces import Piece, Said
from assistant.reading.vocabulary.cues import Cue

_EXCEPT_SAID = (
    "except|except for|excluding|other than|outside|outside of|apart from|everything but|all but|besides|"
    "leave out|leaving out"
)
EXCEPT = frozenset(_EXCEPT_SAID.split("|"))
NOT = EXCEPT | {"not", "but not", "not in", "arent in", "aren't in", "isnt in", "isn't in"}
"""Words that deny what follows them and not a whole sentence, as "aren't food accounts moving" does."""

FORMS_OF_BE = ("is", "are", "was", "were", "ain")
BETWEEN = (Cue.AT, Cue.FOR, Cue.FROM, Cue.WITH, Cue.BY)
ARTICLES = ("the", "any", "those", "ones", "accounts")


def without_exclusions(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], tuple[str, ...]]:
    """Return the pieces without those that leave something out, and the words of these, as typed."""
    said = Said(pieces)
    taken: set[int] = set()
    left: list[str] = []
    for position in said.where(Cue.NOT):
        end = _end_of_excluded(said, position)
        if end and position not in taken:
            span = range(position, end)
            taken.update(span)
            left.append(" ".join(pieces[each].typed for each in span))
    return [piece for position, piece in enumerate(pieces) if position not in taken], tuple(left)


def _end_of_excluded(said: Said, position: int) -> int:
    """Return where what "not" leaves out ends, 0 where it leaves nothing out that a query could not."""
    after = position + 1
    while after < len(said) and (said[after].means(*BETWEEN) or said[after].typed.casefold() in ARTICLES):
        after += 1
    return after + 1 if after < len(said) and _is_excluded(said, position, after) else 0


def _is_excluded(said: Said, position: int, after: int) -> bool:
    denial, piece = said[position].typed.casefold(), said[after]
    names_account = any(each.account is not None and each is not piece for each in said.pieces)
    if piece.account is not None:
        return denial in EXCEPT and not names_account
    if piece.segment:
        is_placed = any(said[each].means(Cue.AT) for each in range(position + 1, after))
        return (denial in NOT or is_placed) and not names_account
    if piece.persons or piece.means(Cue.MY):
        is_relative = position > 0 and said[position - 1].means(Cue.THAT, Cue.WHICH, Subject.ACCOUNTS)
        is_relative = is_relative and denial.startswith(FORMS_OF_BE)
        return denial in EXCEPT or ((denial in NOT or is_relative) and not names_account)
    kinds = (Subject, BuyingRole, SignalKind, Function)
    is_thing = any(piece.of_kind(kind) for kind in kinds) or piece.is_unknown or piece.means(Cue.OVERDUE)
    return denial in EXCEPT and is_thing and not piece.means(Subject.ACCOUNTS)
