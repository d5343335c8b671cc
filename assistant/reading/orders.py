"""Orders: a verb that changes something at the beginning, and the intents whose forms fit what it is said of."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import AccountStanding
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.conversation import LastAnswer
from assistant.query import Field, Form, Having, Period, Progress, Query, Subject, Way
from assistant.reading.as_wanted import Asked, Names, since_review
from assistant.reading.forms import STRONG, denied_owner
from assistant.reading.held import head_noun, unread_of
from assistant.reading.kinds import ORDERS, PEOPLE_JUDGED, POLITE_PHRASES
from assistant.reading.lexicon import Piece, Said, phrases, word_key
from assistant.reading.read import Cue
from assistant.reading.read_pieces import read_pieces
from assistant.reading.stands_on import follow_up, is_about_last, with_functions
from assistant.reading.statements import UNCLEAR, is_foreign, part_to_read, told, without_preamble
from assistant.reading.tell import parts_of, query_of
from assistant.reading.ties import without_courtesies, without_exclusions
from assistant.reading.tokens import Choice, Mark, Parts, Pronoun, Reading, Token, asked_who_is_away, read_tokens
from assistant.remark import Intent, Remark, RemarkKind

# The intents whose forms fit what an order is said of.

CHANGING = (Intent.EDIT, Intent.MOVE, Intent.TIER, Intent.UPDATE, Intent.DONE, Intent.NOMINATE)
CREATING = (Intent.UPDATE, Intent.EDIT, Intent.NEXT_ACTION)
ENDING = (Intent.DONE, Intent.RESOLVE, Intent.REMOVE, Intent.REVIEW)
INTENT_OF_SUBJECT: dict[Subject, Intent] = {
    Subject.BLOCKERS: Intent.BLOCKER,
    Subject.ACTIONS: Intent.NEXT_ACTION,
    Subject.EVIDENCE: Intent.EVIDENCE,
    Subject.SIGNALS: Intent.SIGNAL,
    Subject.PEOPLE: Intent.CONTACT,
    Subject.REVIEWS: Intent.REVIEW,
    Subject.DECISIONS: Intent.DECIDE,
    Subject.MOVEMENT: Intent.MOVE,
    Subject.CHANGES: Intent.UPDATE,
}
INTENT_OF_END = {Subject.BLOCKERS: Intent.RESOLVE, Subject.ACTIONS: Intent.DONE}
"""Intents where something is said to be over."""

NOT_EDITED = (Field.TIER, Field.STAGE, Field.DUE)
MOST_INTENTS = 3
INTENT_OF_DECISION = {
    DecisionKind.CHANGE_TIER: Intent.TIER,
    DecisionKind.CHANGE_MOTION: Intent.DECIDE,
    DecisionKind.KEEP: Intent.DECIDE,
    DecisionKind.INTERVENE: Intent.DECIDE,
    DecisionKind.PAUSE: Intent.PAUSE,
    DecisionKind.REMOVE: Intent.REMOVE,
}


def intents_of(said: Said, verb: Intent) -> tuple[Intent, ...]:
    """Return the intents that the verb means, said of what it is said of."""
    if verb in CHANGING and said.has(Cue.RIGHT) and any(piece.persons for piece in said.pieces):
        return (Intent.OTHER,)
    if verb in CHANGING and _is_to_state(said):
        return (Intent.STATE, Intent.UPDATE, Intent.MOVE)
    found = [*_of_values(said, verb), *_of_nouns(said, verb), verb]
    if verb is Intent.REMOVE:
        found.append(Intent.OTHER)
    if verb in (Intent.EDIT, Intent.UPDATE) and len(found) == 1:
        found.append(Intent.EDIT if verb is Intent.UPDATE else Intent.UPDATE)
    return tuple(dict.fromkeys(found))[:MOST_INTENTS]


def _is_to_state(said: Said) -> bool:
    """Return true for an account that a state is to be set of: "mark Corvane as stalled", "set Halden red"."""
    named = next((each for each, piece in enumerate(said.pieces) if piece.account is not None), len(said))
    for position in range(named + 1, len(said)):
        before, state = said[position - 1], said[position]
        is_set = before.account is not None or before.typed.casefold() in ("as", "to", "being", "is")
        is_value = any(isinstance(each, Stage | ListStatus | int) for each in state.meanings)
        is_state = any(isinstance(each, AccountStanding | Way) for each in state.meanings)
        if is_set and is_state and not is_value:
            return True
    return False


def _of_values(said: Said, verb: Intent) -> Iterator[Intent]:
    if verb is Intent.MOVE and any(piece.when for piece in said.pieces):
        yield from (Intent.REVIEW, Intent.NEXT_ACTION)
    if verb not in CHANGING:
        return
    meanings = [meaning for piece in said.pieces for meaning in piece.meanings]
    is_of_fields = any(isinstance(each, Field) and each not in NOT_EDITED for each in meanings)
    wanted = (
        (Intent.TIER, any(isinstance(each, int) or each is Field.TIER for each in meanings)),
        (Intent.MOVE, any(isinstance(each, Stage) or each is Field.STAGE for each in meanings)),
        (Intent.PAUSE, said.has(ListStatus.PAUSED) or _has_word(said, "hold")),
        (Intent.REMOVE, said.has(ListStatus.REMOVED)),
        (Intent.NOMINATE, said.has(ListStatus.NAMED)),
        (Intent.DONE, said.has(Progress.DONE) and not said.has(Subject.BLOCKERS)),
        (Intent.EDIT, is_of_fields),
    )
    yield from (intent for intent, is_meant in wanted if is_meant)
    yield from (INTENT_OF_DECISION[each] for each in meanings if isinstance(each, DecisionKind))


def _has_word(said: Said, word: str) -> bool:
    return any(word in piece.typed.casefold().split() for piece in said.pieces)


def _of_nouns(said: Said, verb: Intent) -> Iterator[Intent]:
    is_end = verb in ENDING or said.has(Progress.DONE)
    intents = {**INTENT_OF_SUBJECT, **(INTENT_OF_END if is_end else {})}
    if verb in CREATING:
        intents[Subject.ACCOUNTS] = Intent.NOMINATE
    if verb in CREATING and len(said) > 1 and _is_of_somebody_new(said):
        yield Intent.CONTACT
    for piece in said.pieces:
        yield from (intents[subject] for subject in piece.of_kind(Subject) if subject in intents)
        if verb in CREATING:
            yield from _created(piece)


def _created(piece: Piece) -> Iterator[Intent]:
    """Yield the intents by which the thing that a piece names comes into being."""
    if piece.of_kind(SignalKind):
        yield Intent.SIGNAL
    if piece.of_kind(BuyingRole):
        yield Intent.CONTACT
    if piece.means(AccountStanding.NEW) and "account" in piece.typed.casefold():
        yield Intent.NOMINATE
    if piece.means(Having.PROOF):
        yield Intent.EVIDENCE
    if piece.means(Having.PROPOSAL):
        yield Intent.TIER


def _is_of_somebody_new(said: Said) -> bool:
    """Return true for a name that we don't know right after the verb, and an account: "add Hugo Blanc to Maple"."""
    first = next((each for each, piece in enumerate(said.pieces) if piece.is_unknown or piece.choice), None)
    is_after_verb = first is not None and first > 0 and bool(said[first - 1].typed.casefold() in ("add", "save", "put"))
    return is_after_verb and any(piece.account is not None for piece in said.pieces)


# Accounts that a text does not name as they are called: misspelt, or by a word such as "it" or "mine".


def names_taken(pieces: Sequence[Piece], query: Query) -> tuple[tuple[str, int], ...]:
    """Return the misspelt names that stand for an account of the query, each with the account's id."""
    taken = [(each.typed, each.account) for each in pieces if each.is_guessed and each.account is not None]
    return tuple((typed, account) for typed, account in taken if account in query.of)


def pointing(said: Said) -> tuple[Choice, ...]:
    """Return the word that stands for an account of which nothing was said: "who owns it", "its blockers"."""
    pointers = [said[position].typed for position in said.where(Cue.IT)]
    # some verbs are known with the word: "owns it"
    typed = [each[-2:] if each.casefold().endswith(" it") else each for each in pointers]
    is_of_it = head_noun(said) is None or any(each.casefold() == "its" for each in typed)
    return (Choice(typed[0], is_ambiguous=True),) if typed and is_of_it else ()


def of_somebody(parts: Parts, pieces: Sequence[Piece], user_id: str) -> Query | None:
    """Return the question for the asker's accounts that "what is mine?" is, and for one of us where no more is said."""
    if parts.persons and all(piece.persons for piece in pieces):
        return Query(Subject.MEMBERS, Form.CARD, whose=parts.persons)
    is_mine = parts.is_question and Mark.MINE in parts.marks and parts.persons == (user_id,) and not parts.unread
    return Query(Subject.ACCOUNTS, Form.LIST, owners=parts.persons) if is_mine else None


# Words around the verb of an order: what it is done to, and for whom.

_NOUNS_TOO_SAID = (
    "open close update change move plan name record note report step set email call post file draft start "
    "check get have let use push delay drop fix book lower complete clear message mail contact phone order "
    "switch shift ask propose raise park skip mark tier new schedule forward upload hide stop save register "
    "cancel finish accept progress advance increase decrease reduce write invite confirm decline"
)
NOUNS_TOO = frozenset(_NOUNS_TOO_SAID.split())
"""Verbs that are other words as well: something that is acted on must follow."""

_ACTED_ON_SAID = (
    "the a an my our their his her its this that these it them him me everything all another new to nora one sending "
    "posting telling bothering"
)
ACTED_ON = frozenset(_ACTED_ON_SAID.split())
FOR_SOMEBODY = frozenset({"tell", "remind", "get", "give", "have", "let", "take", "pass", "bring"})
TO_SOMEBODY = frozenset({"assign", "give", "hand", "pass", "transfer", "reassign", "delegate"})
NO_OBJECTS = frozenset({"of", "on", "for", "at", "in", "about", "what", "who", "when", "which"})


# Words of politeness before an order.

_POLITE_SAID = (
    "please pls plz kindly can could would will you u hey hi hello cadence bot ok okay now then and so just "
    "be so kind as also quickly i want need like to id wanna lets let us we should must thanks"
)
POLITE = frozenset(_POLITE_SAID.split())
_HOW_SAID = (
    "how do i|how do we|how can i|how can we|how to|how would i|how should i|where do i|where can i|how does one"
)
HOW = frozenset(_HOW_SAID.split("|"))


def words_of_how(words: Sequence[str]) -> int:
    """Return how many words ask how something is done, which is by its form as if it were ordered; 0 for none."""
    counts = (count for count in (3, 2) if " ".join(words[:count]) in HOW and len(words) > count)
    return next(counts, 0)


def start_of_order(words: Sequence[str]) -> int:
    """Return the position of the first word that is no mere politeness."""
    position = 0
    while position < len(words):
        asked = next((each for each in _polite() if tuple(words[position : position + len(each)]) == each), ())
        if not asked and words[position] not in POLITE:
            return position
        position += len(asked) or 1
    return position


@cache
def _polite() -> Sequence[tuple[str, ...]]:
    return tuple(tuple(each.split()) for each in POLITE_PHRASES.split("|") if each.strip())


# Orders that say how an account should be: "Sable should be paused", "Tallow into tier 1 please".

SHOULD = ("should", "must", "ought to", "needs to", "has to", "is to")
"""Words before "be" and what is to be done."""

BECOMING = {"go": "moved", "move": "moved", "become": "moved", "belong": "changed"}
WANTING = frozenset({"want", "like", "need", "have", "get", "please", "pls", "plz", "see", "prefer"})
INTO = frozenset({"to", "into", ">", "->", "in", "for", "off", "be", "as", "a", "the", "now", "at", "stage"})
_LIGHT_SAID = "i we id i'd would could can you us lets let it now then and want like to please pls plz have get be need"
LIGHT = frozenset(_LIGHT_SAID.split())
INTENT_OF_STATUS: Mapping[ListStatus, Intent] = {
    ListStatus.PAUSED: Intent.PAUSE,
    ListStatus.REMOVED: Intent.REMOVE,
    ListStatus.NAMED: Intent.NOMINATE,
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


def value_wanted(said: Said) -> Intent | None:
    """Return the intent of an account and the value that it shall have, and nothing else; None for a question."""
    values = [intent for piece in said.pieces if (intent := _intent_of(piece)) is not None]
    has_account = sum(piece.account is not None for piece in said.pieces) == 1
    if len(values) != 1 or not has_account or said.pieces[-1].mark == "?":
        return None
    words = {word for piece in said.pieces for word in _words(piece)}
    others = [piece for piece in said.pieces if piece.account is None and _intent_of(piece) is None]
    is_plain = all(set(_words(piece)) <= LIGHT | INTO for piece in others)
    account = next(position for position, piece in enumerate(said.pieces) if piece.account is not None)
    after = said[account + 1] if account + 1 < len(said) else None
    is_moved = after is not None and after.typed.casefold() in ("to", "into", "->", ">") and account == 0
    return values[0] if is_plain and (is_moved or WANTING & words) else None


def _words(piece: Piece) -> Sequence[str]:
    return piece.typed.casefold().replace("'", "").split()


def _intent_of(piece: Piece) -> Intent | None:
    if piece.of_kind(Subject) or piece.means(Cue.HOW_MANY):
        return None
    status = next((INTENT_OF_STATUS[each] for each in piece.of_kind(ListStatus) if each in INTENT_OF_STATUS), None)
    tier = Intent.TIER if piece.of_kind(int) else None
    return status or tier or (Intent.MOVE if piece.of_kind(Stage) else None)


QUESTIONS = (Cue.WHICH, Cue.WHY, Cue.WHEN, Cue.WHO, Cue.IF, Cue.HOW)
TOLD_WITH_TEXT = frozenset({Subject.BLOCKERS, Subject.ACTIONS, Subject.EVIDENCE, Subject.SIGNALS, Subject.DECISIONS})


def ordered(said: Said) -> tuple[Intent, ...]:
    """Return the intents that the text orders, best first; empty where it orders nothing."""
    words = [word for piece in said.pieces for word in piece.typed.casefold().replace("'", "").split()]
    how = words_of_how(words)
    start = how + start_of_order(words[how:])
    is_polite = how > 0 or bool({"you", "u", "please", "pls", "lets", "possible"} & set(words[:start]))
    words = [*words[:start], *(_plain(word) for word in words[start : start + 1]), *words[start + 1 :]]
    if thing := _thing_with_text(said):
        return (thing, Intent.UPDATE)
    if wished := _wished(said, words):
        return wished
    if (
        not how
        and start < len(words)
        and {"can", "could", "would", "will"} & set(words[:start])
        and "you" not in words[:start]
    ):
        return ()
    intent, count = _verb(words, start)
    if intent is None or _is_asked(said, start):
        return ()
    if said.pieces[-1].mark == "?" and not is_polite:
        return ()
    if words[start] in TO_SOMEBODY and _is_handed_over(said, words, start + 1):
        return (Intent.EDIT, intent)
    return intents_of(said, intent) if _is_of_something(said, words, start, count) else ()


def _wished(said: Said, words: list[str]) -> tuple[Intent, ...]:
    """Return the intents of what an account should be or become; empty for a question, and where none is named."""
    if wanted := value_wanted(said):
        return (wanted, Intent.UPDATE)
    has_account = any(piece.account is not None for piece in said.pieces[:3])
    if not has_account or said.pieces[-1].mark == "?" or said.has(*QUESTIONS):
        return ()
    verb = _verbs().get((_base_of(verb_wanted(words)),))
    return intents_of(said, verb) if verb is not None else ()


def _is_of_something(said: Said, words: list[str], start: int, count: int) -> bool:
    """Return true if the verb of so many words is said of a thing or a person that follows it."""
    if count == 1 and words[start] in NOUNS_TOO and not _is_acted_on(said, words, start + 1):
        return False
    if words[start] in FOR_SOMEBODY and not _is_for_somebody(said, words, start):
        return False
    after = words[start + count] if start + count < len(words) else ""
    return count > 1 or bool(after and after not in NO_OBJECTS)


def _is_asked(said: Said, start: int) -> bool:
    """Return true for a question, also after a pause: "the deck - when is it due", "send me the list"."""
    if said[0].means(Cue.TOTAL):
        return True
    is_after_pause = any(said[position - 1].mark for position in said.where(Cue.WHEN, Cue.WHO) if position)
    has_word = said.has(Cue.COMPARE, Cue.IF, Cue.WHICH, Cue.WHY, Cue.HOW_MANY)
    return is_after_pause or has_word or _is_request(said, start)


def _base_of(participle: str) -> str:
    """Return the verb of "paused" and "closed", of "put" itself."""
    stem = participle.removesuffix("ed")
    return next((each for each in (participle, stem, f"{stem}e", stem[:-1]) if (each,) in _verbs()), participle)


def _plain(word: str) -> str:
    """Return the verb of "would you mind adding", any other word as it is."""
    if not word.endswith("ing"):
        return word
    stem = word[:-3]
    return next((each for each in (stem, f"{stem}e", stem[:-1]) if (each,) in _verbs()), word)


def _thing_with_text(said: Said) -> Intent | None:
    """Return the intent of a thing named with its text after a colon: "new action at Maple: send the pricing"."""
    first = next((each for each in range(len(said)) if said[each].typed.casefold() not in ("a", "new", "add")), None)
    subject = None if first is None else next(iter(said[first].of_kind(Subject)), None)
    colon = next((each for each, piece in enumerate(said.pieces[:-2]) if piece.mark == ":"), None)
    if (
        first is None
        or subject not in TOLD_WITH_TEXT
        or colon is None
        or colon < first
        or _orders_asks(said, colon + 1)
    ):
        return None
    is_named = any(piece.account is not None or piece.persons for piece in said.pieces[first : colon + 1])
    is_one = not said[first].typed.casefold().endswith("s")
    return INTENT_OF_SUBJECT[subject] if is_one and (is_named or first > 0) else None


def _orders_asks(said: Said, position: int) -> bool:
    return said[position].means(*STRONG, Cue.WHICH, Cue.HOW, Cue.SHOW, Cue.IS, Cue.DO, Cue.HAVE, Cue.ANY)


def _is_handed_over(said: Said, words: list[str], position: int) -> bool:
    """Return true if an account follows the verb, and then a person: "assign Kestrel to me"."""
    starts = {_first_word(piece) for piece in said.pieces if piece.account is not None}
    is_to = any(piece.persons for piece in said.pieces) or "me" in words[position:]
    return words[position : position + 1] != [] and words[position] in starts and "to" in words[position:] and is_to


def _is_request(said: Said, start: int) -> bool:
    """Return true for "send me the list": something to see, not to do."""
    position = 0
    for piece in said.pieces:
        position += len(piece.typed.split())
        if piece.meanings != (Cue.FILLER,) and position > start:
            return piece.means(Cue.SHOW) and " " in piece.typed
    return False


def _verb(words: list[str], start: int) -> tuple[Intent | None, int]:
    for count in (3, 2, 1):
        intent = _verbs().get(tuple(words[start : start + count]))
        if intent is not None and len(words) >= start + count:
            return intent, count
    return None, 0


def _is_acted_on(said: Said, words: list[str], position: int) -> bool:
    """Return true if an article, a pronoun or a name follows the verb."""
    if position >= len(words):
        return False
    if words[position] in ACTED_ON or words[position].rstrip("'s") in ACTED_ON:
        return True
    if any((piece.is_name or piece.when) and _first_word(piece) == words[position] for piece in said.pieces):
        return True
    # a name that nobody knows takes the verb with it: "set Lena Fuchs as ..."
    first = next((piece for piece in said.pieces if _first_word(piece) == words[position - 1]), None)
    is_role = any(piece.of_kind(BuyingRole) for piece in said.pieces) and "as" in words
    return is_role and first is not None and not first.meanings and " " in first.typed


def _first_word(piece: Piece) -> str:
    return piece.typed.casefold().replace("'", "").split()[0]


def _is_for_somebody(said: Said, words: list[str], position: int) -> bool:
    """Return true for "tell Nora to call" and "remind me to", false for "tell me" and "remind me who"."""
    rest = words[position + 1 : position + 5]
    if words[position] == "take":
        return bool({"off", "from", "out"} & set(rest))
    return "to" in rest or (any(piece.persons for piece in said.pieces) and "me" not in rest[:1])


@cache
def _verbs() -> Mapping[tuple[str, ...], Intent]:
    found: dict[tuple[str, ...], Intent] = {}
    for intent, text in ORDERS.items():
        for phrase in phrases(text):
            found.setdefault(phrase, intent)
    return found


# Questions about a word of the trade: "what is an MQA", "what does claimed mean".

_TERM = r"(?:tiers?|mqas?|claimed|plays?|reviews?)"
MEANING = re.compile(
    rf"what (?:is|does|do)?\s?(?:an? |the (?:word|term) )?{_TERM}(?: [123])?(?: even| actually)? (?:means?|stands? for)"
    rf"|what (?:is |are )?an? {_TERM}(?: [123])?(?: (?:account|step|stage))?"
    rf"|(?:please )?(?:define|explain) (?:an? |the (?:word|term) )?{_TERM}"
    rf"|what (?:is |are )?(?:the )?(?:meaning|definition) of (?:an? )?{_TERM}(?: [123])?"
)


def asks_for_meaning(tokens: Sequence[Token]) -> bool:
    """Return true if the whole text asks what a word of the trade means."""
    return MEANING.fullmatch(" ".join(word_key(each) for each in tokens)) is not None


# Read what is no question: the kind of remark, the accounts that it names, and the intents that fit.

TALK: dict[Cue, RemarkKind] = {Cue.HELP: RemarkKind.HELP, Cue.THANKS: RemarkKind.THANKS, Cue.HELLO: RemarkKind.HELLO}
"""Kinds of small talk; of several in one text the first of these counts."""

JUDGED_BY = (
    *(frozenset({"let", "go"}), frozenset({"you", "like"}), frozenset({"promoted"}), frozenset({"promotion"})),
    *(frozenset({"demoted"}), frozenset({"knows", "doing"}), frozenset({"know", "doing"}), frozenset({"replace"})),
)
"""Words that judge one of us where he is named with them."""

BESIDE_TALK = (
    *(Cue.FILLER, Cue.HELLO, Cue.THANKS, Cue.HELP, Cue.YES, Cue.CORRECTION, Cue.ME, Cue.US, Cue.HERE, Cue.THAT),
    *(Cue.IT, Cue.ALL, Cue.NOW, Cue.HIGHEST, Cue.AND, Cue.FOR, Cue.MY, Cue.THEY),
)


def remark_of(said: Said, tokens: Sequence[Token], parts: Parts) -> Remark | None:
    """Return the remark that a text is, None where it may be a question. The parts give the accounts that it names."""
    named = {each for piece in said.pieces if _is_named(piece) for each in range(piece.start, piece.end)}
    if is_foreign(tokens, named):
        return Remark(RemarkKind.LANGUAGE)
    if kind := _talk(said, tokens):
        return Remark(kind)
    if _is_verdict(said, parts):
        return Remark(RemarkKind.VERDICT, parts.of)
    if (said.has(Cue.COMPARE) and len(parts.of) > 1) or any(position > 0 for position in said.where(Cue.IF)):
        return None
    if parts.progress == (Progress.LOST,) and parts.subject in (Subject.PEOPLE, Subject.ACCOUNTS):
        return None
    if intents := ordered(said):
        return Remark(RemarkKind.ORDER, parts.of, intents)
    if intents := told(said, tokens):
        return Remark(RemarkKind.NEWS, parts.of, intents)
    return None


def _is_named(piece: Piece) -> bool:
    return (piece.is_name and piece.choice is None) or piece.when is not None


def _talk(said: Said, tokens: Sequence[Token]) -> RemarkKind | None:
    if asks_for_meaning(tokens):
        return RemarkKind.TERM
    if not len(said):
        return RemarkKind.HELP
    if any(piece.means(Cue.HELP) and " " in piece.typed for piece in said.pieces) and not _asks(said):
        return RemarkKind.HELP
    if all(piece.means(*BESIDE_TALK) or (piece.when and said.has(Cue.HELLO)) for piece in said.pieces):
        kind = next((kind for cue, kind in TALK.items() if said.has(cue)), None)
        return None if kind is RemarkKind.HELP and _asks(said) else kind
    return None


def _asks(said: Said) -> bool:
    return any(piece.is_name or piece.when or piece.of_kind(Subject) for piece in said.pieces)


def _is_verdict(said: Said, parts: Parts) -> bool:
    """Return true if one of our people is judged, or the best or worst of them is asked for."""
    is_of_ours = any(piece.persons for piece in said.pieces)
    asks_who = said.has(Cue.WHO, Cue.WHOSE) or said[0].typed.casefold().startswith("who")
    if parts.of and not (said.has(Cue.VERDICT) and (is_of_ours or asks_who)):
        return False
    if any(piece.of_kind(Subject) and not _is_of_people(piece) for piece in said.pieces):
        return False
    if not (is_of_ours or asks_who or said.has(Cue.PERSON) or any(map(_is_of_people, said.pieces))):
        return False
    words = {word for piece in said.pieces for word in piece.typed.casefold().split()}
    is_for_person = is_of_ours and not parts.tiers and any(each <= words for each in JUDGED_BY)
    if said.has(Cue.VERDICT) or is_for_person:
        return True
    measures = [piece for piece in said.pieces if any(piece.of_kind(Progress)) or piece.of_kind(Field)]
    is_measured = any(not _is_of_people(piece) for piece in measures)
    is_of_group = any(_is_of_people(piece) or piece.of_kind(Function) for piece in said.pieces)
    is_judged = is_of_group or (is_of_ours and said.has(Cue.IS, Cue.WHO, Cue.HOW, Cue.WHICH))
    return said.has(Cue.HIGHEST, Cue.LOWEST) and is_judged and not is_measured


def _is_of_people(piece: Piece) -> bool:
    words = tuple(piece.typed.casefold().split())
    return words in _people() or words[-1:] in _people() or piece.means(Subject.MEMBERS, Subject.PEOPLE)


@cache
def _people() -> frozenset[tuple[str, ...]]:
    return frozenset(phrases(PEOPLE_JUDGED))


# Read a text by rules: a question into a query, anything else into a remark.

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
        if remark.intents and not remark.of and asked.channel_account is not None:
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
    is_review = last.query.subject is Subject.REVIEWS and Intent.MOVE in remark.intents
    intents = (Intent.REVIEW, *remark.intents) if is_review else remark.intents
    return replace(remark, of=last.query.of if len(last.query.of) == 1 else (), intents=intents)


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
