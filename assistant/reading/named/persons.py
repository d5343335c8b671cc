"""Find our people in a text: by mention, full name, or the first or last name that one of them alone has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from agendas.facts.people import PersonFacts
from assistant.reading.named.common_words import COMMON_WORDS
from assistant.reading.named.name_places import has_sign, is_set_apart
from assistant.reading.tokens import Token, words_of

SHORTEST_SLIP = 4
"""Letters of a first name below which a slip makes another word of it."""

_BEFORE_PERSONS_SAID = (
    "about and are ask at by did does doesnt for from has hasnt hows is isnt mr mrs of on or than to versus vs whos "
    "with will can should would could"
)
BEFORE_PERSONS = frozenset(_BEFORE_PERSONS_SAID.split())
"""Words after which a name that is a word too (`will`, `may`, `mark`) is one."""

_AFTER_PERSONS_SAID = (
    "and did do does finish finished got had has have is on or owe owed owes own owns promised s said was vs versus "
    "against"
)
AFTER_PERSONS = frozenset(_AFTER_PERSONS_SAID.split())
"""Words that follow such a name where it begins a text or stands alone."""

OBJECTS = frozenset({"it", "this", "that", "them", "as", "the", "a"})
"""Words after a verb, not after a person: "can you mark it"."""

HELPING = frozenset({"will", "may"})
"""Names that are helping verbs too: a thing or an account before or after them makes a verb of them."""

ASKING = frozenset({"who", "what", "where", "how", "when"})
"""Words of which "is" may be a part: "what's May up to"."""

THIRD_PERSON = frozenset(
    [
        "owns",
        "owes",
        "has",
        "is",
        "was",
        "does",
        "did",
        "had",
        "works",
        "looks",
        "runs",
        "covers",
        "handles",
        "manages",
        "should",
        "would",
        "could",
        "can",
        "must",
    ]
)
"""Verbs that no helping verb stands before: "may owns"."""

_SUBJECTS_SAID = "he how i it she that there these they this those we what when which who why you"
SUBJECTS = frozenset(_SUBJECTS_SAID.split())


@dataclass(frozen=True, slots=True)
class PersonSaid:
    """The tokens from `start` up to `end` that name a person.

    `user_ids` is the person, or those who all have that name; `is_guessed` where the name was misspelt.
    """

    start: int
    end: int
    user_ids: tuple[str, ...]
    is_guessed: bool = False

    @property
    def is_one(self) -> bool:
        """Return true if one person alone can be meant."""
        return len(self.user_ids) == 1


def find_persons(
    tokens: Sequence[Token], members: Sequence[PersonFacts], taken: Collection[int]
) -> tuple[PersonSaid, ...]:
    """Return the people mentioned or named in a text, in its order, outside of the tokens taken."""
    named = [(each.user_id, words_of(each.name)) for each in members]
    found: list[PersonSaid] = []
    position = 0
    while position < len(tokens):
        said = None
        if tokens[position].user_id:
            said = PersonSaid(position, position + 1, (tokens[position].user_id,))
        elif position not in taken and tokens[position].word:
            said = _person_at(tokens, position, named)
        if said is not None:
            found.append(said)
        position = said.end if said else position + 1
    return tuple(found)


def find_near_persons(
    tokens: Sequence[Token], members: Sequence[PersonFacts], taken: Collection[int]
) -> tuple[PersonSaid, ...]:
    """Return people whose first name is one slip away from a word that is nothing else."""
    named = [(each.user_id, words_of(each.name)) for each in members]
    found = []
    for position, token in enumerate(tokens):
        if position in taken or len(token.word) < SHORTEST_SLIP or {token.word, token.stem} & COMMON_WORDS:
            continue
        near = tuple(user_id for user_id, words in named if words and _is_slip(token, words[0]))
        if near:
            end = position + 1
            beyond = [user_id for user_id, words in named if user_id in near and _goes_on(tokens, end, words)]
            found.append(PersonSaid(position, end + bool(beyond), tuple(beyond) or near, is_guessed=True))
    return tuple(found)


_Named = Sequence[tuple[str, tuple[str, ...]]]
"""User ids with the words of their names."""


def _person_at(tokens: Sequence[Token], start: int, named: _Named) -> PersonSaid | None:
    token = tokens[start]
    said = _names_said(token)
    first = [(user_id, words) for user_id, words in named if words and words[0] in said]
    if first and not (token.is_possessive or token.word != first[0][1][0]) and start + 1 < len(tokens):
        whole = tuple(user_id for user_id, words in first if _goes_on(tokens, start + 1, words))
        if whole:
            return PersonSaid(start, start + 2, whole)
    if first and _may_stand(tokens, start):
        return PersonSaid(start, start + 1, tuple(user_id for user_id, _ in first))
    last = tuple([user_id for user_id, words in named if len(words) > 1 and words[-1] in said])
    if len(last) == 1 and _may_stand(tokens, start):
        return PersonSaid(start, start + 1, last)
    return None


def _goes_on(tokens: Sequence[Token], position: int, words: Sequence[str]) -> bool:
    """Return true if the token is the person's last name, or its first letter."""
    if position >= len(tokens) or len(words) < 2:
        return False
    token = tokens[position]
    is_initial = len(token.word) == 1 and words[-1].startswith(token.word) and token.word not in ("a", "i", "s")
    return _is_said(token, words[-1]) or is_initial


def _is_said(token: Token, name: str) -> bool:
    return name in _names_said(token)


def _names_said(token: Token) -> Collection[str]:
    """Return the names that a word may say: itself, and that of which it is a possessive, as `mays` and `lees` are."""
    if token.word in COMMON_WORDS:
        return (token.word,)
    is_plural = not token.suffix and token.word.endswith("s")
    return (token.word, token.stem, *((token.word[:-1],) if is_plural else ()))


def _may_stand(tokens: Sequence[Token], start: int) -> bool:
    """Return true if a name that may be another word can stand there; any other name can."""
    token = tokens[start]
    if token.word not in COMMON_WORDS and token.stem not in COMMON_WORDS:
        return True
    end = start + 1
    if (token.word not in COMMON_WORDS and token.stem in COMMON_WORDS) or token.is_possessive or token.quote:
        return True
    before = tokens[start - 1].word if start else ""
    if before in ASKING and tokens[start - 1].suffix == "s":
        before = "is"
    after = tokens[end].word if end < len(tokens) else ""
    if token.word in HELPING and after in THIRD_PERSON:
        return True
    if token.word in HELPING and (before in SUBJECTS or after in SUBJECTS):
        return False
    if has_sign(tokens, start, end) or is_set_apart(tokens, start, end):
        return True
    if start and tokens[start - 1].mark == "," and after in ("and", "or"):
        return True
    return (before in BEFORE_PERSONS and before != "to") or (not before and after in AFTER_PERSONS)


def _is_slip(token: Token, name: str) -> bool:
    allowed = 1 if len(name) >= SHORTEST_SLIP else 0
    return any(OSA.distance(word, name, score_cutoff=allowed) <= allowed for word in {token.word, token.stem})
