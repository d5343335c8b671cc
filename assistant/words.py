"""A text as Slack escapes it, in its words: as typed, in their normal form, and what stands around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from agendas.text.evidence import MENTION, unescape
from agendas.text.names import plain

LONGEST_TEXT = 4_000
"""Characters that are read; Slack sends no longer message."""

APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"))
SHORTENED = frozenset({"no", "nr", "vs", "approx", "incl", "excl"})
"""Words whose full stop says that they are short, and closes nothing, where a small letter follows."""

EDGES = ".,;:!?()[]{}*_~'\"`\u201c\u201d\u201e\u00ab\u00bb\u2026@#$\u20ac\u00a3%+=/|\\^-\u2013\u2014\u2022"
ENDS = (".", "!", "?")
"""Marks that end a sentence."""

CLOSING = ".,;:!?\u2026"
DASHES = ("-", "--", "\u2013", "\u2014", "->", "|", "\u2022")
SUFFIX = re.compile(r"(?<=[a-z0-9])'(s|re|ll|ve|d|m)$|(?<=s)'$")
SPOKEN = {"&": "and", ">": ">", "<": "<"}
"""Marks that are words of their own."""

MONEY = frozenset({"$", "$$", "$$$", "\u20ac", "\u20ac\u20ac", "\u20ac\u20ac\u20ac", "\u00a3", "\u00a3\u00a3"})
"""Signs that say "money" where they stand alone."""

EMOJI = re.compile(r":[a-z+-][a-z0-9_+'-]*:", re.IGNORECASE)
ENTITY = re.compile(r"<(?P<target>[@#!][^\s<>|]+|[a-z][a-z0-9+.-]*:[^\s<>|]*)(?:\|(?P<label>[^<>]*))?>", re.IGNORECASE)
PIECE = re.compile(r"<[@#!a-z][^<>]*>(?:['\u2019]s)?|\S+", re.IGNORECASE)
# A hyphen or slash parts words, but not figures (`2026-12-04`, `4/12`) and not what is written so alone (`w/o`).
PARTED = re.compile(
    r"(?<=[^\W\d_])-(?=\w)|(?<=\w)-(?=[^\W\d_])|(?<=[^\W\d_]{2})/(?=\w)|(?<=\w)/(?=[^\W\d_]{2})|[&<>\u2014]"
)
QUOTED = re.compile(
    r"(?:^|(?<=[\s(\[:,]))(?:[\"\u201c\u201e\u00ab]([^\"\u201c\u201d\u201e\u00ab\u00bb]+)[\"\u201c\u201d\u00bb]|['\u2018]([^'\u2018\u2019]+)['\u2019](?=[\s.,;:!?)\]]|$))"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    Attributes:
        typed: the word as a person typed it, without marks at its edges.
        word: its normal form: lower case, without accents, marks at its edges, apostrophes or a contraction's end
            (`what's` and `we're` are `what` and `we`, `O'Brien's` is `obrien`, `don't` is `dont`, `&` is `and`).
            '' for a mention.
        suffix: the end that was split off, without its apostrophe: 's' of `maple's` and `what's`, 're' of `we're`;
            `s'` gives 's' as well.
        mark: the first mark that closes the word (`,`, `?`, `:`, or `-` for a dash after it), '' for none.
        is_glued: true where only a hyphen or slash parts it from the word before (`to-do`, `legal/finance`).
        is_capital: true where it begins with a capital letter.
        user_id: of a mention.
        channel_id: of a channel's mention; `typed` is its name.
        link: the address that it links to; `typed` and `word` are of its label, or of the host.
        sign: sign of a currency at its edge, '' for none.
        quote: number of the quoted span that it is in, from 1; 0 outside of one.
    """

    typed: str
    word: str
    suffix: str = ""
    mark: str = ""
    is_glued: bool = False
    is_capital: bool = False
    user_id: str = ""
    channel_id: str = ""
    link: str = ""
    quote: int = 0
    sign: str = ""

    @property
    def is_possessive(self) -> bool:
        """Return true where an apostrophe says so: `maple's`, `Signal Works'`; also for `what's`."""
        return self.suffix == "s"

    @property
    def stem(self) -> str:
        """Return the word without an `s` that may be a possessive without apostrophe (`maples`), else the word."""
        is_bare = not self.suffix and len(self.word) > 3 and self.word.endswith("s")
        return self.word[:-1] if is_bare else self.word


def read_tokens(text: str, *, bot_user_id: str = "") -> tuple[Token, ...]:
    """Return the words of a text as Slack escapes it, without emoji, calls and mentions of the bot itself."""
    found: list[Token] = []
    for quote, part in _quoted_parts(EMOJI.sub(" ", text[:LONGEST_TEXT])):
        for piece in PIECE.findall(part):
            tokens = list(_tokens_of(piece, quote))
            if found and not tokens and not found[-1].mark:
                found[-1] = replace(found[-1], mark="-" if piece in DASHES else _closing_mark(piece))
            if found and tokens and _is_shortened(found[-1], tokens[0]):
                found[-1] = replace(found[-1], mark="")
            found += tokens
    return tuple(each for each in found if not (bot_user_id and each.user_id == bot_user_id))


def as_typed(tokens: Sequence[Token]) -> str:
    """Return the words as a person typed them, without the marks at their edges; mentions as `<@U123>`."""
    said = "".join(f"{'-' if each.is_glued else ' '}{each.typed}" for each in tokens)
    return said[1:]


@lru_cache(maxsize=4096)
def words_of(name: str) -> tuple[str, ...]:
    """Return the normal forms of the words of a name, to compare with those of a text."""
    return tuple(each.word for each in read_tokens(name) if each.word)


def _is_shortened(token: Token, after: Token) -> bool:
    return token.mark == "." and token.word in SHORTENED and not after.is_capital


def _quoted_parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the pieces of the text with the number of their quoted span, 0 outside."""
    end = 0
    for number, quoted in enumerate(QUOTED.finditer(text), start=1):
        yield 0, text[end : quoted.start()]
        yield number, quoted[1] or quoted[2]
        end = quoted.end()
    yield 0, text[end:]


def _tokens_of(piece: str, quote: int) -> Iterator[Token]:
    """Yield the words of a piece of text without spaces; none for marks alone."""
    entity = ENTITY.match(piece)
    if entity is not None:
        suffix = "s" if piece[entity.end() :].translate(APOSTROPHES) == "'s" else ""
        yield from _of_entity(entity["target"], unescape(entity["label"] or ""), suffix, quote)
        return
    start, said = 0, unescape(piece)
    if said.casefold().startswith(("http://", "https://")):
        yield from _of_entity(said.rstrip(EDGES), "", "", quote)
        return
    if said.rstrip(CLOSING) in MONEY:
        yield Token(piece, "money", mark=_closing_mark(said), quote=quote)
        return
    bounds = [(each.start(), each.end(), each[0]) for each in PARTED.finditer(said)]
    for left, right, parting in [*bounds, (len(said), len(said), "")]:
        yield from _word(said[start:left], quote, is_glued=start > 0 and said[start - 1] in "-/")
        if parting in SPOKEN:
            yield Token(parting, SPOKEN[parting], quote=quote)
        start = right


def _of_entity(target: str, label: str, suffix: str, quote: int) -> Iterator[Token]:
    if target.startswith("@"):
        mention = MENTION.fullmatch(f"<{target}>")
        if mention:
            yield Token(f"<{target}>", "", suffix, user_id=mention[1], quote=quote)
    elif target.startswith("#"):
        yield Token(f"#{label or target[1:]}", "", suffix, channel_id=target[1:], quote=quote)
    elif not target.startswith("!"):
        address = unescape(target)
        host = re.sub(r"^(?:https?://(?:www\.)?|mailto:)", "", address).split("/")[0]
        said = label if label and label != address else host
        for piece in said.split():
            yield from (replace(each, link=address, suffix=each.suffix or suffix) for each in _word(piece, quote))


def _word(piece: str, quote: int, *, is_glued: bool = False) -> Iterator[Token]:
    straight = piece.translate(APOSTROPHES)
    typed = straight.strip(EDGES)
    if straight.endswith("s'") and not quote and typed:
        typed += "'"
    if not typed:
        return
    closing = straight[straight.rfind(typed) + len(typed) :]
    folded = plain(typed)
    ending = SUFFIX.search(folded)
    suffix = (ending[1] or "s") if ending else ""
    word = folded[: ending.start()] if ending else folded
    yield Token(
        typed.removesuffix("'"),
        word.replace("'", ""),
        suffix,
        _closing_mark(closing),
        is_glued,
        typed[0].isupper(),
        quote=quote,
        sign=next((each for each in straight if each in "$\u20ac\u00a3"), ""),
    )


def _closing_mark(marks: str) -> str:
    return next((each for each in marks if each in CLOSING), "")


# The form in which words are looked up.

_MEANING = (
    "ive=i im=i weve=we theyve=they theyre=they youre=you youve=you hes=he shes=she ill=i'll wots=what wat=what "
    "whts=what wht=what"
)
SHORT_FORMS = {
    **{f"{word}s": word for word in ("what", "how", "who", "where", "when", "why", "there", "that", "here", "let")},
    **dict(each.split("=") for each in _MEANING.split()),
}
"""Words that mean what others mean."""


def word_key(token: Token) -> str:
    """Return the form in which a word is looked up: `what's` and `whats` are `what`, `I'll` and `ill` are `i'll`."""
    is_will = token.suffix == "ll" and token.word in ("i", "we", "they", "you", "he", "she")
    word = f"{token.word}'ll" if is_will else token.word
    return SHORT_FORMS.get(word, word)


_COUNTING = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
NUMBERS = {word: number for number, word in enumerate(_COUNTING.split(), start=1)}
NUMBERS |= {"twenty": 20, "dozen": 12, "couple": 2}
"""Numbers that are words."""


# Lists of words that the reading tells apart: `common.txt` has them by heading.


def _lists() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in Path(__file__).with_name("common.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            words.update(line.split())
    return {heading: frozenset(each) for heading, each in found.items()}


WORD_LISTS = _lists()
