"""The form that a question asks for: a number, yes or no, why, when, who, a list."""

from agendas.facts.group import BuyingRole
from assistant.query import Field, Form, Subject, Way
from assistant.reading.pieces import Piece, Said
from assistant.reading.vocabulary.cues import Cue

STRONG: dict[Cue, Form] = {
    Cue.HOW_MANY: Form.COUNT,
    Cue.TOTAL: Form.SUM,
    Cue.HOW_MUCH: Form.SUM,
    Cue.COMPARE: Form.COMPARE,
    Cue.MORE_THAN: Form.COMPARE,
    Cue.WHY: Form.WHY,
    Cue.SINCE_WHEN: Form.WHEN,
    Cue.HOW_LONG: Form.WHEN,
    Cue.WHEN: Form.WHEN,
    Cue.WHO: Form.WHO,
    Cue.WHOSE: Form.WHO,
}
"""Question words that say the form wherever they stand; the first counts."""

VERBS_FIRST = ("is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "will")
LISTING = (Cue.SHOW, Cue.WHICH, Cue.WHERE)
ASKING = (Cue.IS, Cue.DO, Cue.HAVE, Cue.THERE_IS)


RELATED = frozenset({"one", "ones", "person", "those", "people", "guy"})
"""Words of which `who` says more: "the one who owns it"."""

NOUNS_TOO = frozenset({"last time", "the last time", "most recent time", "date", "date of"})
"""Words for a day that ask by themselves: "date of the workshop", but not in "last time: who came"."""

ENDS_OF_WHO = frozenset({"by", "to"})
"""Words at the end after which a person is left out: "removed by?", "belongs to?"."""

TAGS = frozenset({"right", "correct", "yes", "yeah", "no", "true", "eh", "huh", "ok", "yep"})
"""Words that make a question of a sentence where they end it after a comma."""


def form_said(said: Said) -> Form | None:
    """Return the form that the words say, None where they leave it open."""
    strong = _strong(said)
    if strong is not None:
        return strong
    lead = lead_of(said)
    if lead is None:
        if len(said) > 1 and _last_word(said) in ENDS_OF_WHO:
            return Form.WHO
        is_asked = (
            ends_in_tag(said) or _is_told_with_mark(said) or (len(said) > 1 and said[len(said) - 1].means(Cue.IF))
        )
        is_so_far = any(set(piece.typed.casefold().split()) & {"yet", "already"} for piece in said.pieces)
        is_asked = is_asked or (is_so_far and not _is_fragment(said))
        return Form.YES_NO if is_asked else None
    is_verb_first = said[lead].typed.casefold().split()[0] in VERBS_FIRST
    after = said.next_of_weight(lead)
    if said[lead].means(Cue.SHOW) and after is not None and said[after].means(Cue.IS, Cue.DO, Cue.THERE_IS, Cue.IF):
        return Form.YES_NO
    if said[lead].means(*LISTING) or (said[lead].means(Cue.ANY) and not is_verb_first):
        return Form.LIST
    if said[lead].means(Cue.IF) and not any(said[each].means(*ASKING) for each in range(lead + 1, len(said))):
        return None
    if said[lead].means(*ASKING, Cue.ANY, Cue.IF):
        return Form.LIST if _asks_for_them_too(said) else Form.YES_NO
    return Form.CARD


def _is_fragment(said: Said) -> bool:
    """Return true for "accounts that have no deal yet" and "no narrative yet": things that are asked for."""
    has_account = any(piece.account is not None for piece in said.pieces)
    first = next((piece for position, piece in enumerate(said.pieces) if said.has_weight(position)), None)
    is_plural = first is not None and first.means(Subject.ACCOUNTS) and first.typed.casefold().endswith("s")
    return first is not None and not has_account and (is_plural or first.means(Cue.WITHOUT))


def _asks_for_them_too(said: Said) -> bool:
    """Return true for "do we have stalled accounts? which ones"."""
    return len(said) > 1 and said[len(said) - 1].means(Cue.WHICH) and bool(said[len(said) - 2].mark)


def _last_word(said: Said) -> str:
    return said[len(said) - 1].typed.casefold().split()[-1]


def _is_told_with_mark(said: Said) -> bool:
    """Return true for "so Tallow moved?": a name and then what became of it."""
    ends = said[len(said) - 1] if len(said) > 1 else None
    is_past = ends is not None and ends.mark == "?" and (ends.means(Cue.MOVE) or bool(ends.of_kind(Way)))
    return is_past and said[len(said) - 2].account is not None


def ends_in_tag(said: Said) -> bool:
    """Return true for "Hugo is the champion, right" and "Vantora is mine, no"."""
    last = said[len(said) - 1] if len(said) > 1 else None
    is_set_off = last is not None and bool(said[len(said) - 2].mark)
    return last is not None and is_set_off and last.typed.casefold() in TAGS


def lead_of(said: Said) -> int | None:
    """Return the position of the word that the question begins with: after names, days and fillers."""
    for position, piece in enumerate(said.pieces):
        if position < _end_of_aside(said):
            continue
        if piece.means(*LISTING, *ASKING, Cue.ANY, Cue.IF, Cue.HOW, Cue.CARD) or is_question_word(said, position):
            return position
        if piece.means(Cue.THAT) and position and said[position - 1].means(Cue.ALL):
            return None
        is_filler = piece.is_filler and not piece.of_kind(Subject)
        is_before = is_filler or piece.means(Cue.AND, Cue.HELLO, Cue.THANKS, Cue.AT, Cue.YES, Cue.ONLY)
        is_set_off = (piece.is_name or bool(piece.when)) and bool(piece.mark)
        if not (is_before or is_set_off or piece.means(Cue.CORRECTION)):
            return None
    return None


def _end_of_aside(said: Said) -> int:
    """Return where the question begins after "when I was away from 9 to 20 November", 0 without such words."""
    if not said.pieces or not said[0].means(Cue.WHEN) or is_question_word(said, 0):
        return 0
    return next((position + 1 for position, piece in enumerate(said.pieces) if piece.when or piece.mark), 0)


def is_question_word(said: Said, position: int) -> bool:
    """Return true for `who`, `when` and `why` that ask, false for "the one who" and "once when"."""
    piece = said[position]
    if _is_who_with_verb(piece):
        return True
    if not piece.means(*STRONG):
        return False
    if piece.means(Cue.WHOSE) and position and said[position - 1].of_kind(Subject):
        return False
    if piece.means(Cue.WHO) and position:
        before = said[position - 1]
        if before.typed.casefold() in RELATED or before.of_kind(Subject):
            return before.means(Subject.CHANGES) or bool(before.mark)
        return True
    after = position + 1
    if piece.means(Cue.WHEN) and after < len(said):
        return not said[after].means(Cue.ME, Cue.US)
    return True


def _is_who_with_verb(piece: Piece) -> bool:
    """Return true for `who` in one phrase with its verb: "who came", "who runs"."""
    is_said_of = piece.means(Cue.ATTEND, Cue.OWN, Cue.RECORD, Cue.ADD) or bool(piece.of_kind(BuyingRole))
    return piece.typed.casefold().startswith("who ") and is_said_of


def _strong(said: Said) -> Form | None:
    """Return the form of the first question word; one that is a noun as well counts where no other asks."""
    found = [_form_of(piece) for position, piece in enumerate(said.pieces) if _asks_there(said, position)]
    nouns = [_form_of(piece) for position, piece in enumerate(said.pieces) if _is_noun(piece)]
    sure = [form for form in found if form is not None]
    if Form.SUM in sure and not said.has(Cue.HOW_MUCH) and (Form.COUNT in sure or _is_total_of_things(said)):
        return Form.COUNT
    return sure[0] if sure else next((form for form in nouns if form is not None), None)


def _is_total_of_things(said: Said) -> bool:
    """Return true for "total accounts" and "accounts in total": a number of them where no money is named."""
    has_money = any(piece.of_kind(Field) for piece in said.pieces)
    beside = [said[at] for each in said.where(Cue.TOTAL) for at in (each - 1, each + 1) if 0 <= at < len(said)]
    return not has_money and any(piece.means(Subject.ACCOUNTS) for piece in beside)


def _asks_there(said: Said, position: int) -> bool:
    if said[position].typed.casefold() == "against" and not _is_between_names(said, position):
        return False
    return position not in said.used and is_question_word(said, position) and not _is_noun(said[position])


def _is_between_names(said: Said, position: int) -> bool:
    """Return true unless "against" is the end, or is said of "them" or "it"."""
    after = said.next_of_weight(position)
    has_first = any(piece.is_name or any(piece.of_kind(int)) for piece in said.pieces[:position])
    return has_first and after is not None and not said[after].means(Cue.THEY, Cue.IT)


def _is_noun(piece: Piece) -> bool:
    return piece.typed.casefold() in NOUNS_TOO


def _form_of(piece: Piece) -> Form | None:
    if _is_who_with_verb(piece):
        return Form.WHO
    return next((STRONG[cue] for cue in piece.of_kind(Cue) if cue in STRONG), None)
