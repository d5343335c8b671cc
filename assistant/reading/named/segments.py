"""Find the segments of accounts in a text, as they are stored or by their stem."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Prefix

from assistant.reading.tokens import Token, words_of

SHORTEST_STEM = 4
"""Letters that a short form of a segment has in common with it: `health` for Healthcare."""

LONGEST_ENDING = 6
"""Letters in which the short form and the segment may differ at their ends."""

SHARED = 5
"""Letters that two forms of one word begin with alike: `finance` and `financial`."""

_ACCOUNT_WORDS_SAID = (
    "account accounts accts business candidates client clients companies company customer customers firms industry "
    "names ones people pipeline prospect prospects sector segment segments side space vertical"
)
ACCOUNT_WORDS = frozenset(_ACCOUNT_WORDS_SAID.split())
"""Words that make a segment of the word before them, even where it may be one of our functions."""

BEFORE_SEGMENTS = frozenset({"in", "segment", "sector", "industry", "across", "within"})


@dataclass(frozen=True, slots=True)
class SegmentSaid:
    """The tokens from `start` up to `end` that name a segment, as it is stored."""

    start: int
    end: int
    segment: str


def find_segments(tokens: Sequence[Token], segments: Sequence[str], taken: Collection[int]) -> tuple[SegmentSaid, ...]:
    """Return the segments that a text names, in its order, outside of the tokens taken.

    The whole name of a segment is one wherever it stands. A short form ("finance", "health", "transportation") is one
    before a word for accounts or after "in"; alone it may be something else: "finance" in "what needs finance" is our
    function, and stays what it is to the reader of functions.
    """
    named = [(segment, words_of(segment)) for segment in segments]
    found: list[SegmentSaid] = []
    position = 0
    while position < len(tokens):
        said = _segment_at(tokens, position, named) if position not in taken else None
        if said is not None and any(each in taken for each in range(said.start, said.end)):
            said = None
        if said is not None:
            found.append(said)
        position = said.end if said else position + 1
    return tuple(found)


def _segment_at(
    tokens: Sequence[Token], start: int, named: Sequence[tuple[str, tuple[str, ...]]]
) -> SegmentSaid | None:
    whole = [
        SegmentSaid(start, start + len(words), segment)
        for segment, words in named
        if words and tuple(each.word for each in tokens[start : start + len(words)]) == words
    ]
    if whole:
        return max(whole, key=lambda each: each.end)
    joined = "".join(each.word for each in tokens[start : start + 2])
    for segment, words in named:
        if len(words) == 1 and joined == words[0] and start + 1 < len(tokens):
            return SegmentSaid(start, start + 2, segment)
    stems = [segment for segment, words in named if words and _is_form_of(tokens[start].word, words[0])]
    if len(stems) != 1:
        return None
    end = start + 1
    second = next(words for segment, words in named if segment == stems[0])[1:]
    if second and end < len(tokens) and _is_form_of(tokens[end].word, second[0]):
        return SegmentSaid(start, end + 1, stems[0])
    before = tokens[start - 1].word if start else ""
    after = tokens[end].word if end < len(tokens) else ""
    is_meant = after in ACCOUNT_WORDS or before in BEFORE_SEGMENTS or tokens[start].word == f"{named_word(stems[0])}s"
    return SegmentSaid(start, end, stems[0]) if is_meant else None


def named_word(segment: str) -> str:
    """Return the first word of a segment in its normal form."""
    return words_of(segment)[0]


def _is_form_of(word: str, name: str) -> bool:
    """Return true if two words have one stem: `financial` and `finance`, `foods` and `food`."""
    shared = Prefix.similarity(word, name)
    is_alike = shared >= SHARED or (shared >= SHORTEST_STEM and shared == min(len(word), len(name)))
    return is_alike and len(word) - shared <= LONGEST_ENDING and len(name) - shared <= LONGEST_ENDING
