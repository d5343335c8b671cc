"""Orders: a verb that changes something at the beginning, and the deeds whose forms fit what it is said of."""

from collections.abc import Iterator, Mapping
from functools import cache

from agendas.facts.account import ListStatus, Stage
from agendas.facts.group import BuyingRole
from agendas.facts.signals import SignalKind
from assistant.query import Field, Having, Progress, Subject
from assistant.reading.pieces import Said
from assistant.reading.vocabulary.cues import Cue
from assistant.reading.vocabulary.lexicon import phrases
from assistant.reading.vocabulary.remarks import ORDERS
from assistant.remark import Deed

_POLITE_SAID = (
    "please pls plz kindly can could would will you u hey hi hello cadence bot ok okay now then and so just "
    "be so kind as also quickly i want need like to id wanna lets let us we should must thanks"
)
POLITE = frozenset(_POLITE_SAID.split())
_NOUNS_TOO_SAID = (
    "open close update change move plan name record note report step set email call post file draft start "
    "check get have let use push delay drop fix book lower complete clear message mail contact phone order "
    "switch shift ask propose raise park skip mark tier new schedule forward upload hide stop save register "
    "cancel finish accept increase decrease reduce write invite confirm decline"
)
NOUNS_TOO = frozenset(_NOUNS_TOO_SAID.split())
"""Verbs that are other words as well: something that is acted on must follow."""

_ACTED_ON_SAID = (
    "the a an my our their his her its this that these it them him me everything all another new to nora one"
)
ACTED_ON = frozenset(_ACTED_ON_SAID.split())
CREATING = (Deed.UPDATE, Deed.EDIT, Deed.NEXT_ACTION)
ENDING = (Deed.DONE, Deed.RESOLVE, Deed.REMOVE, Deed.REVIEW)
DEED_OF_SUBJECT: dict[Subject, Deed] = {
    Subject.BLOCKERS: Deed.BLOCKER,
    Subject.ACTIONS: Deed.NEXT_ACTION,
    Subject.EVIDENCE: Deed.EVIDENCE,
    Subject.SIGNALS: Deed.SIGNAL,
    Subject.PEOPLE: Deed.CONTACT,
    Subject.REVIEWS: Deed.REVIEW,
    Subject.DECISIONS: Deed.DECIDE,
    Subject.MOVEMENT: Deed.MOVE,
    Subject.CHANGES: Deed.UPDATE,
}
DEED_OF_END = {Subject.BLOCKERS: Deed.RESOLVE, Subject.ACTIONS: Deed.DONE}
"""Deeds where something is said to be over."""

NOT_EDITED = (Field.TIER, Field.STAGE, Field.DUE)
MOST_DEEDS = 3


def ordered(said: Said) -> tuple[Deed, ...]:
    """Return the deeds that the text orders, best first; empty where it orders nothing."""
    words = [word for piece in said.pieces for word in piece.typed.casefold().split()]
    start = next((each for each, word in enumerate(words) if word not in POLITE), len(words))
    is_polite = bool({"you", "u", "please", "pls", "lets"} & set(words[:start]))
    if start < len(words) and {"can", "could", "would", "will"} & set(words[:start]) and "you" not in words[:start]:
        return ()
    deed, count = _verb(words, start)
    if said.has(Cue.COMPARE, Cue.IF, Cue.WHICH, Cue.WHY, Cue.HOW_MANY) or _is_request(said) or _asks_when(said):
        return ()
    if deed is None or (said.pieces[-1].mark == "?" and not is_polite):
        return ()
    after = words[start + count] if start + count < len(words) else ""
    if count == 1 and words[start] in NOUNS_TOO and not _is_acted_on(said, words, start + count):
        return ()
    if words[start] in ("tell", "remind", "get", "give", "have", "let", "take", "pass") and not _is_for_somebody(
        said, words, start
    ):
        return ()
    if count > 1:
        return _deeds(said, deed)
    if not after or after in ("of", "on", "for", "at", "in", "about") or after in ("what", "who", "when", "which"):
        return ()
    return _deeds(said, deed)


def _asks_when(said: Said) -> bool:
    """Return true for a question word after a mark: "the deck - when is it due"."""
    return any(said[position - 1].mark for position in said.where(Cue.WHEN, Cue.WHO) if position)


def _is_request(said: Said) -> bool:
    """Return true for "send me the list": something to see, not to do."""
    first = next((piece for piece in said.pieces if piece.meanings != (Cue.FILLER,)), None)
    return first is not None and first.means(Cue.SHOW) and " " in first.typed


def _verb(words: list[str], start: int) -> tuple[Deed | None, int]:
    for count in (3, 2, 1):
        deed = _verbs().get(tuple(words[start : start + count]))
        if deed is not None and len(words) >= start + count:
            return deed, count
    return None, 0


def _is_acted_on(said: Said, words: list[str], position: int) -> bool:
    """Return true if an article, a pronoun or a name follows the verb."""
    if position >= len(words):
        return False
    if words[position] in ACTED_ON or words[position].rstrip("'s") in ACTED_ON:
        return True
    return any(
        (piece.is_name or piece.when) and piece.typed.casefold().split()[0] == words[position] for piece in said.pieces
    )


def _is_for_somebody(said: Said, words: list[str], position: int) -> bool:
    """Return true for "tell Nora to call" and "remind me to", false for "tell me" and "remind me who"."""
    rest = words[position + 1 : position + 5]
    if words[position] == "take":
        return bool({"off", "from", "out"} & set(rest))
    return "to" in rest or (any(piece.persons for piece in said.pieces) and "me" not in rest[:1])


def _deeds(said: Said, verb: Deed) -> tuple[Deed, ...]:
    """Return the deeds that the verb means, said of what it is said of."""
    found = [*_of_values(said, verb), *_of_nouns(said, verb), verb]
    if verb is Deed.REMOVE:
        found.append(Deed.OTHER)
    if verb in (Deed.EDIT, Deed.UPDATE) and len(found) == 1:
        found.append(Deed.EDIT if verb is Deed.UPDATE else Deed.UPDATE)
    return tuple(dict.fromkeys(found))[:MOST_DEEDS]


def _of_values(said: Said, verb: Deed) -> Iterator[Deed]:
    if verb is Deed.MOVE and any(piece.when for piece in said.pieces):
        yield from (Deed.REVIEW, Deed.NEXT_ACTION)
    changes = verb in (Deed.EDIT, Deed.MOVE, Deed.TIER, Deed.UPDATE, Deed.DONE)
    if not changes:
        return
    meanings = [meaning for piece in said.pieces for meaning in piece.meanings]
    is_of_fields = any(isinstance(each, Field) and each not in NOT_EDITED for each in meanings)
    wanted = (
        (Deed.TIER, any(isinstance(each, int) or each is Field.TIER for each in meanings)),
        (Deed.MOVE, any(isinstance(each, Stage) or each is Field.STAGE for each in meanings)),
        (Deed.PAUSE, said.has(ListStatus.PAUSED) or _has_word(said, "hold")),
        (Deed.REMOVE, said.has(ListStatus.REMOVED)),
        (Deed.NOMINATE, said.has(ListStatus.NAMED)),
        (Deed.DONE, said.has(Progress.DONE) and not said.has(Subject.BLOCKERS)),
        (Deed.EDIT, is_of_fields),
    )
    yield from (deed for deed, is_meant in wanted if is_meant)


def _has_word(said: Said, word: str) -> bool:
    return any(word in piece.typed.casefold().split() for piece in said.pieces)


def _of_nouns(said: Said, verb: Deed) -> Iterator[Deed]:
    is_end = verb in ENDING or said.has(Progress.DONE)
    deeds = {**DEED_OF_SUBJECT, **(DEED_OF_END if is_end else {})}
    if verb in CREATING:
        deeds[Subject.ACCOUNTS] = Deed.NOMINATE
    for piece in said.pieces:
        yield from (deeds[subject] for subject in piece.of_kind(Subject) if subject in deeds)
        if piece.of_kind(SignalKind) and verb in CREATING:
            yield Deed.SIGNAL
        if piece.of_kind(BuyingRole) and verb in CREATING:
            yield Deed.CONTACT
        if piece.means(Having.PROOF) and verb in CREATING:
            yield Deed.EVIDENCE
        if piece.means(Having.PROPOSAL) and verb in CREATING:
            yield Deed.TIER


@cache
def _verbs() -> Mapping[tuple[str, ...], Deed]:
    found: dict[tuple[str, ...], Deed] = {}
    for deed, text in ORDERS.items():
        for phrase in phrases(text):
            found.setdefault(phrase, deed)
    return found
