"""Orders that say how an account should be: "Sable should be paused", "Tallow into tier 1 please"."""

from collections.abc import Mapping, Sequence

from agendas.facts.account import ListStatus, Stage
from assistant.query import Subject
from assistant.reading.pieces import Piece, Said
from assistant.reading.vocabulary.cues import Cue
from assistant.remark import Deed

SHOULD = ("should", "must", "ought to", "needs to", "has to", "is to")
"""Words before "be" and what is to be done."""

BECOMING = {"go": "moved", "move": "moved", "become": "moved", "belong": "changed"}
WANTING = frozenset({"want", "like", "need", "have", "get", "please", "pls", "plz", "see", "prefer"})
INTO = frozenset({"to", "into", ">", "->", "in", "for", "off", "be", "as", "a", "the", "now", "at", "stage"})
_LIGHT_SAID = "i we id i'd would could can you us lets let it now then and want like to please pls plz have get be need"
LIGHT = frozenset(_LIGHT_SAID.split())
DEED_OF_STATUS: Mapping[ListStatus, Deed] = {
    ListStatus.PAUSED: Deed.PAUSE,
    ListStatus.REMOVED: Deed.REMOVE,
    ListStatus.NAMED: Deed.NOMINATE,
}


def verb_wanted(words: Sequence[str]) -> str:
    """Return the participle after "should be", of "should go to" the verb; '' without one."""
    for position in range(1, len(words) - 1):
        for modal in SHOULD:
            count = len(modal.split())
            if " ".join(words[position : position + count]) != modal:
                continue
            rest = words[position + count :]
            if len(rest) > 1 and rest[0] == "be":
                return rest[1]
            if len(rest) > 1 and rest[0] in BECOMING:
                return BECOMING[rest[0]]
    return ""


def value_wanted(said: Said) -> Deed | None:
    """Return the deed of an account and the value that it shall have, and nothing else; None for a question."""
    values = [deed for piece in said.pieces if (deed := _deed_of(piece)) is not None]
    has_account = sum(piece.account is not None for piece in said.pieces) == 1
    if len(values) != 1 or not has_account or said.pieces[-1].mark == "?":
        return None
    words = {word for piece in said.pieces for word in _words(piece)}
    others = [piece for piece in said.pieces if piece.account is None and _deed_of(piece) is None]
    is_plain = all(set(_words(piece)) <= LIGHT | INTO for piece in others)
    account = next(position for position, piece in enumerate(said.pieces) if piece.account is not None)
    after = said[account + 1] if account + 1 < len(said) else None
    is_moved = after is not None and after.typed.casefold() in ("to", "into", "->", ">") and account == 0
    return values[0] if is_plain and (is_moved or WANTING & words) else None


def _words(piece: Piece) -> Sequence[str]:
    return piece.typed.casefold().replace("'", "").split()


def _deed_of(piece: Piece) -> Deed | None:
    if piece.of_kind(Subject) or piece.means(Cue.HOW_MANY):
        return None
    status = next((DEED_OF_STATUS[each] for each in piece.of_kind(ListStatus) if each in DEED_OF_STATUS), None)
    tier = Deed.TIER if piece.of_kind(int) else None
    return status or tier or (Deed.MOVE if piece.of_kind(Stage) else None)
