"""What is said that is no question: greetings, news, orders, judgements, other languages, and what a word means."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, pairwise
from pathlib import Path

from rapidfuzz.distance import OSA

from agendas.facts.query import Form
from assistant.conversation import LastAnswer
from assistant.lexicon import single_words
from assistant.names import EVERYDAY_WORDS, Asked
from assistant.pieces import Piece
from assistant.remark import Intent, Remark, RemarkKind
from assistant.slots import Fitted
from assistant.words import Token, word_key

FILE = Path(__file__).with_name("remarks.txt")
MOST_INTENTS = 4
"""Forms that are offered for news and orders."""


@cache
def groups() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the phrases of each kind by their value, the longest first; '' for kinds without values."""
    found: dict[str, dict[str, list[str]]] = {}
    into: list[str] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            heading, _, phrases = line[2:].partition(":")
            kind, _, value = heading.partition(" ")
            into = found.setdefault(kind, {}).setdefault(value, [])
            into.append(phrases)
        elif line.strip() and not line.startswith("#"):
            into.append(line.strip())
    return {
        kind: {
            value: tuple(sorted(filter(None, map(str.strip, " ".join(lines).split(","))), key=lambda each: -len(each)))
            for value, lines in values.items()
        }
        for kind, values in found.items()
    }


def _values(kind: str, said: str) -> Iterator[str]:
    """Yield the values of a kind of which a phrase stands in the text, in the order of the file."""
    for value, known in groups()[kind].items():
        if any(f" {each} " in said for each in known):
            yield value


_QUESTION_SENSES_SAID = (
    "which who whose what why when where how how_many how_much how_long since_when is do any there_is show if card "
    "brief"
)
QUESTION_SENSES = frozenset(_QUESTION_SENSES_SAID.split())
_POLITE_SAID = (
    "please pls plz can could would you u we i id like to want kindly just now lets let us be so kind as and ok hi "
    "hey hello then need"
)
POLITE = frozenset(_POLITE_SAID.split())


def remark_of(
    tokens: Sequence[Token], pieces: Sequence[Piece], whole: Fitted | None, asked: Asked, last: LastAnswer | None
) -> Remark | None:
    """Return what the text is if it is no question; None for a question."""
    words = [word_key(each) for each in tokens if each.word]
    if not words:
        return Remark(RemarkKind.UNREAD)
    said = f" {' '.join(words)} "
    senses = {sense for each in pieces for sense in each.senses}
    if _is_foreign(tokens, pieces):
        return Remark(RemarkKind.LANGUAGE)
    if not any(each.is_name for each in pieces) and (kind := _small_talk(said, has_query=whole is not None)):
        return Remark(kind)
    content = [
        each for each in pieces if not each.is_soft and not set(each.senses) & {"hello", "thanks", "help", "yes"}
    ]
    if not content and not any(each.is_name for each in pieces):
        for sense, kind in (("help", RemarkKind.HELP), ("thanks", RemarkKind.THANKS), ("hello", RemarkKind.HELLO)):
            if sense in senses:
                return Remark(kind)
    of = tuple(dict.fromkeys(each.account for each in pieces if each.account is not None))
    if (term := _term(tokens, pieces, whole, last)) is not None:
        return Remark(RemarkKind.TERM, term=term, other_term=_other_term(tokens, term))
    if _is_verdict(said, pieces):
        return Remark(RemarkKind.VERDICT, of)
    if whole is None and not any(each.is_name for each in pieces) and (topic := next(_values("outside", said), "")):
        return Remark(RemarkKind.UNREAD, outside=topic)
    here = of or ((asked.channel_account,) if asked.channel_account is not None else ())
    spoken_of = last.query.of if last is not None and len(last.query.of) == 1 else ()
    is_compared = (whole is not None and whole.query.form is Form.COMPARE) or (
        last is not None and last.query.form is Form.COMPARE and "add" in senses
    )
    if not is_compared and (ordered := _order(words, tokens, pieces)) is not None:
        points = bool(senses & {"it", "they"} or "that" in senses)
        also = tuple(dict.fromkeys((*ordered, *_said_in(senses))))[:MOST_INTENTS]
        return Remark(RemarkKind.ORDER, here or (spoken_of if points else ()), also)
    if _is_statement(words, tokens, pieces, has_query=whole is not None):
        told = _news(said, tokens, pieces) or (Intent.UPDATE, Intent.EVIDENCE, Intent.BLOCKER, Intent.NEXT_ACTION)
        return Remark(RemarkKind.NEWS, here or spoken_of, told)
    is_of_things = any(each.startswith(("noun.", "field.")) for each in pieces[0].senses)
    if whole is None and here and not is_of_things and not senses & (QUESTION_SENSES - {"is", "do", "any"}):
        intents = _news(said, tokens, pieces)
        if intents:
            return Remark(RemarkKind.NEWS, here, intents)
    return None


SMALL_TALK = {"help": RemarkKind.HELP, "thanks": RemarkKind.THANKS, "hello": RemarkKind.HELLO}
WITH_GREETINGS = frozenset(("bot", "all", "team", "there", "very", "much", "lot"))
LONG_PHRASE = 3
"""Words of a phrase that asks for help whatever is said beside it."""


def _small_talk(said: str, *, has_query: bool) -> RemarkKind | None:
    """Return the kind of a text of greetings, thanks and calls for help alone."""
    rest = _pattern("filler").sub("", f"{said}$ ")
    if rest.strip() in groups()["help"][""]:
        return RemarkKind.HELP
    if has_query:
        return None
    if any(f" {each} " in f"{said}${rest}" for each in groups()["help"][""] if len(each.split()) >= LONG_PHRASE):
        return RemarkKind.HELP
    kinds = []
    for name, kind in SMALL_TALK.items():
        left = _pattern(name).sub("", rest)
        kinds += [kind] if left != rest else []
        rest = left
    return kinds[0] if kinds and set(rest.split()) - {"$"} <= BARE | POLITE | WITH_GREETINGS else None


def _is_foreign(tokens: Sequence[Token], pieces: Sequence[Piece]) -> bool:
    """Return true if the words outside of names are of another language than English."""
    known = (each for each in pieces if each.is_name and (each.choice is None or each.choice.accounts))
    named = {i for each in known for i in range(each.start, each.end)}
    named.update(i for each in pieces if each.senses and " " in each.word for i in range(each.start, each.end))
    free = [each for i, each in enumerate(tokens) if i not in named and each.word]
    letters = [letter for each in free for letter in each.word if letter.isalpha()]
    if letters and sum("LATIN" not in unicodedata.name(each, "") for each in letters) * 2 > len(letters):
        return True
    foreign, shared = (frozenset(groups()["foreign"][each]) for each in ("", "too"))
    strange = {i for each in pieces if each.is_unknown or each.choice for i in range(each.start, each.end)}
    hits = sum(each.word in foreign for each in free)
    marked = sum(each.word not in foreign and not each.typed.isascii() for each in free)
    both = sum(each.word in shared for each in free)
    english = sum(
        each.word not in foreign | shared and i not in strange
        for i, each in enumerate(tokens)
        if i not in named and each.word
    )
    return hits > 0 and hits + marked + both >= 2 and hits + marked + both > english


@dataclass(frozen=True, slots=True)
class TermSaid:
    """A word, mark or figure of the screen in a text: its term, the phrase, and whether it is in quotation marks."""

    value: str
    phrase: str
    is_quoted: bool = False


FIGURE = re.compile(r"\d+/\d+")
"""Days against their limit, as in 34/30 d, or some of all."""

FIGURES_OF = {"quiet": "quiet", "coverage": "coverage", "buying_group": "coverage", "tier": "cap", "cap": "cap"}
"""Terms beside which such a figure is another one than the days in a stage."""

WIDE = frozenset({"account", "stage", "roles"})
"""Terms that also say of what the other one is: "when is an account stalled"."""

_BARE_SAID = (
    "what is are s an a the exactly actually really again so and then please pls sorry hi hello here now word term "
    "thing this that it in your our on earth by with one"
)
_FRAME_SAID = (
    "how when who where which can could would should will we you they does do did has have was were to for of from at "
    "as about or if not any all there these those their its me my us be been being because but more very number figure "
    "mark sign symbol count counted counts company companies out day days name called bot screen tool system page line "
    "letter letters abbreviation acronym full form percent percentage formula calculation scale range unit buyer team"
)
BARE = frozenset(_BARE_SAID.split())
"""Words that stand with a term where nothing but its meaning can be asked."""


ASKING = frozenset(("what", "how", "why", "when", "where"))
_NARROWING_SAID = "my our your we i their there have has had no not any are which do if day days company companies"
NARROWING = frozenset(_NARROWING_SAID.split())
"""Words that ask of some things rather than for what the word means."""


@cache
def _frame() -> frozenset[str]:
    """Words that say nothing else beside a term whose meaning may be asked."""
    asking = " ".join((*groups()["meaning"]["plain"], *groups()["meaning"]["weak"])).split()
    return BARE | frozenset(_FRAME_SAID.split()) | frozenset(asking)


@cache
def _pattern(kind: str, value: str = "") -> re.Pattern[str]:
    """Any phrase of the kind: `T` is a term, `*` any words, `$` the end of the text."""
    known = (re.escape(each).replace(r"\*", ".*") for each in groups()[kind][value])
    return re.compile(f" (?:{'|'.join(known)})(?= )")


@cache
def _term_phrases() -> dict[tuple[str, ...], str]:
    return {tuple(each.split()): value for value, known in groups()["term"].items() for each in known}


LONGEST_TERM = 5


def _term(
    tokens: Sequence[Token], pieces: Sequence[Piece], whole: Fitted | None, last: LastAnswer | None
) -> str | None:
    """Return the term of which the meaning is asked, in the whole text or in a part of it; None where none is."""
    named = {i for each in pieces if each.account is not None for i in range(each.start, each.end)}
    free = [each for i, each in enumerate(tokens) if i not in named]
    narrows = any(each.account is not None or each.persons or _is_when(each) for each in pieces)
    found = _term_asked(free, whole, last, narrows=narrows)
    if found is None and whole is None and last is None and not narrows:
        parts = [list(part) for _, part in groupby(free, key=_counter_of_parts())]
        found = next(
            filter(None, (_term_asked(part, None, None, narrows=False, is_part=len(parts) > 1) for part in parts)), None
        )
    return found


def _other_term(tokens: Sequence[Token], term: str) -> str:
    """Return the term that stands beside this one as its like, as in "stalled vs steady"; '' for none."""
    shape, said = _shape(tokens)
    places = [i for i, each in enumerate(shape) if each == "T"]
    for (start, one), (stop, other) in pairwise(zip(places, said, strict=True)):
        between = set(shape[start + 1 : stop])
        if term in (one.value, other.value) and between & JOINING and between <= JOINING | {"a", "an", "the"}:
            return other.value if one.value == term else one.value
    return ""


JOINING = frozenset(("and", "or", "vs", "versus", "from"))


def _counter_of_parts() -> Callable[[Token], int]:
    """Return the number of the part between marks in which each token stands, asked in their order."""
    number = 0

    def part(token: Token) -> int:
        nonlocal number
        now = number
        number += token.mark in PARTING
        return now

    return part


PARTING = (",", "?", ":", ";", "-", ".")


def _term_asked(
    tokens: Sequence[Token], whole: Fitted | None, last: LastAnswer | None, *, narrows: bool, is_part: bool = False
) -> str | None:
    shape, said = _shape(tokens)
    if not said:
        return None
    text = _pattern("filler").sub("", MEANT.sub(" ", f" {' '.join(shape)} $ "))
    lean = re.sub(" (?:the|a|an) (?=T )", " ", text)
    if MEANING.search(text):
        return _nearest_to_cue(shape, said)
    if narrows or " this T " in text:
        return None
    asks_for = text.startswith((" which ", " how many ", " how much ", " show ", " list ")) or " explain why " in text
    if not asks_for and any(_pattern("meaning").search(each) for each in (text, lean)):
        return _nearest_to_cue(shape, said)
    others = set(text.split()) - {"T", "$"}
    if asks_for or not others <= _frame():
        return None
    asks_about = last is None and bool(ASKING & others) and not NARROWING & others
    if _pattern("meaning", "plain").search(lean) or (
        whole is None and (asks_about or _pattern("meaning", "weak").search(lean))
    ):
        return _nearest_to_cue(shape, said)
    is_of_one = bool(whole and (whole.query.of or "our" in others)) or bool(last and last.query.of and " the " in text)
    if not others <= BARE or is_of_one or text.startswith((" is ", " are ")):
        return None
    first = said[0]
    asks_what = text.startswith((" what is ", " what are ")) and (
        first.phrase not in groups()["things"][""] or first.is_quoted
    )
    is_alone = (
        not others and not is_part and (first.phrase in groups()["alone"][""] or (whole is None and last is None))
    )
    return _nearest_to_cue(shape, said) if asks_what or is_alone else None


MEANING = re.compile(" (?:means?|meaning|meant by) ")
MEANT = re.compile(" i meant? ")
"""What corrects what was said before."""


def _shape(tokens: Sequence[Token]) -> tuple[list[str], list[TermSaid]]:
    """Return the words of the text with `T` for each term, and these terms."""
    free = [(word, each) for each in tokens if each.word for word in _spelt_out(each)]
    words = [word for word, _ in free]
    shape: list[str] = []
    said: list[TermSaid] = []
    i = 0
    while i < len(words):
        ends = range(min(len(words), i + LONGEST_TERM), i, -1)
        end = next((each for each in ends if tuple(words[i:each]) in _term_phrases()), i)
        value = _term_phrases().get(tuple(words[i:end]), "")
        if not value and (slip := _term_misspelt(words[i])):
            value, end = slip, i + 1
        if FIGURE.fullmatch(words[i]):
            end = i + 1 + (words[i + 1 : i + 2] == ["d"])
            value = next((FIGURES_OF[each.value] for each in said if each.value in FIGURES_OF), "days_in_stage")
        if value:
            said.append(TermSaid(value, " ".join(words[i:end]), is_quoted=bool(free[i][1].quote)))
        if value or not words[i].isdecimal():
            shape.append("T" if value else words[i])
        i = max(end, i + 1)
    return shape, said


@lru_cache(maxsize=4096)
def _term_misspelt(word: str) -> str:
    """Return the term of one word that this one, which says nothing else, is a slip of; '' for none."""
    if len(word) < SHORTEST_MISSPELT or word in single_words() or word in EVERYDAY_WORDS:
        return ""
    near = (value for [*said], value in _term_phrases().items() if len(said) == 1 and OSA.distance(word, said[0]) == 1)
    return next(near, "")


SHORTEST_MISSPELT = 6
"""Letters of a word that is taken for another."""


def _spelt_out(token: Token) -> tuple[str, ...]:
    """The word as it is looked up, with the "is" of `what's` and `whats`."""
    word = word_key(token)
    is_short = word in ("what", "how", "who", "where", "when", "why") and (
        token.suffix == "s" or token.word == f"{word}s"
    )
    return (word, "is") if is_short else (word,)


def _is_when(piece: Piece) -> bool:
    return piece.when is not None and not FIGURE.search(piece.word)


def _nearest_to_cue(shape: Sequence[str], said: Sequence[TermSaid]) -> str:
    """Return the term beside the words that ask, else the first one."""
    places = [i for i, each in enumerate(shape) if each == "T"]

    def distance(numbered: tuple[int, TermSaid]) -> tuple[bool, int, int]:
        number, each = numbered
        before, after = shape[: places[number]], shape[places[number] + 1 :]
        is_named = after[:1] in (["mean"], ["means"], ["stand"], ["stands"], ["meaning"])
        is_singled = before[-1:] in (["a"], ["an"], ["explain"], ["define"], ["as"], ["by"])
        return each.value in WIDE, 0 if is_named else 1 if is_singled else 2, number

    found = min(enumerate(said), key=distance)[1].value
    figures = [each.value for each in said if each.value in ("quiet", "coverage", "cap")]
    return figures[0] if found == "days_in_stage" and figures else found


ASKING_FIRST = re.compile(
    " (?:(?:hey|hi|ok|so|and|but|honestly|please|tell me) )*"
    "(?:am|are|can|could|did|do|does|have|how|is|may|shall|should|what|when|where|which|who|whom|why|will|would) "
)


def _is_verdict(said: str, pieces: Sequence[Piece]) -> bool:
    """Return true for a judgement of our people: a word that judges, of one of us, or of who of us.

    "Best" and "good" judge of a person alone, of a noun for one, or of nobody but "who"; as "the best contact at X".
    """
    senses = {sense for each in pieces for sense in each.senses}
    names_one = any(each.persons for each in pieces) or any(f" {each} " in said for each in groups()["people"][""])
    judges = set(_values("verdict", f" ^{said}"))
    if "" in judges:
        # "our agency replaces the deck, i send a summary" is news
        asks_of_me = " i " in said and bool(ASKING_FIRST.match(said))
        is_of_us = names_one or bool(senses & {"who", "field.owner", "noun.members"}) or " whose " in said or asks_of_me
        return is_of_us or any(each.startswith("function.") for each in senses)
    is_who = " who " in said and not any(each.account or "role." in " ".join(each.senses) for each in pieces)
    return "best" in judges and (is_who or any(f" {each} " in said for each in groups()["people"][""]))


ON_LIST = re.compile(r" (off|on|onto) (?:(?:the|our|your) )?(?:named |account )?list (?:please )?$")


def _order(words: Sequence[str], tokens: Sequence[Token], pieces: Sequence[Piece]) -> tuple[Intent, ...] | None:
    """Return the intents of an order, None for another text."""
    start = 0
    while start < len(words) and words[start] in POLITE:
        start += 1
    if start == len(words) or (start and words[start - 1] == "i"):
        return None
    rest = f" {' '.join(words[start:])} "
    verb = next(
        (value for value, known in groups()["order"].items() for each in known if rest.startswith(f" {each} ")), None
    )
    if rest.startswith((" take ", " put ")) and (place := ON_LIST.search(rest)):
        return (Intent.REMOVE,) if place[1] == "off" else (Intent.NOMINATE,)
    if verb is None or (start == 0 and len(words) == 1):
        return None
    if start and not {"please", "pls", "plz", "you", "u", "kind", "lets", "to", "just", "ok", "and", "need"} & set(
        words[:start]
    ):
        return None
    if not start and tokens[-1].mark == "?":
        return None
    if any(each.persons and each.start == start for each in pieces) or (
        start < len(tokens) and tokens[start].mark in ("-", ":", ",")
    ):
        return None
    if rest.startswith(" remind me ") and {"what", "who", "which", "why", "how", "when", "where"} & set(
        words[start + 2 : start + 4]
    ):
        return None
    if rest.startswith(" remind me ") and not rest.startswith(" remind me to "):
        return None
    if verb == "other" and words[start + 1 : start + 2] and words[start + 1] in ASKING | {"which", "who"}:
        return None
    if verb in ("other", "edit", "update", "review", "resolve", "done") and rest.startswith(NOT_ORDERS):
        return None
    objects = list(_values("object", rest))
    senses = {sense for each in pieces for sense in each.senses}
    has_tier, has_stage = (
        any(each.startswith("tier.") for each in senses),
        any(each.startswith("stage.") for each in senses),
    )
    if verb in ("tier",):
        return (Intent.TIER,)
    if verb == "move":
        if "review" in objects:
            return (Intent.REVIEW,)
        if " off hold " in rest or " on hold " in rest:
            return (Intent.PAUSE,)
        first = (
            Intent.TIER if has_tier else Intent.MOVE if has_stage else Intent.EDIT if "edit" in objects else Intent.MOVE
        )
        return tuple(dict.fromkeys((first, Intent.REVIEW)))[:MOST_INTENTS]
    if verb in ("update", "evidence", "done", "resolve", "edit"):
        preferred = {"done": Intent.DONE, "resolve": Intent.RESOLVE}.get(verb)
        if verb == "resolve" and not objects:
            preferred = Intent.RESOLVE
        if preferred is None:
            order = (
                "evidence",
                "signal",
                "contact",
                "blocker",
                "next_action",
                "edit",
                "tier",
                "decide",
                "update",
                "review",
            )
            preferred = next((Intent(each) for each in order if each in objects), None)
        if preferred is None and verb == "update" and has_stage:
            preferred = Intent.MOVE
        if preferred is None:
            preferred = (
                Intent.NOMINATE
                if verb == "update" and " list " in rest
                else Intent.EDIT
                if verb == "edit"
                else Intent.UPDATE
            )
        return tuple(dict.fromkeys((preferred, Intent.EDIT if verb == "edit" else Intent.UPDATE)))[:MOST_INTENTS]
    if verb == "other":
        return (Intent.NEXT_ACTION, Intent.OTHER)
    if verb == "review" and not ({"review"} & set(objects) or not objects):
        return (Intent.NEXT_ACTION, Intent.REVIEW)
    return (Intent(verb),)


def _said_in(senses: Set[str]) -> Iterator[Intent]:
    """Yield the forms that words of an order speak of, besides that of its verb."""
    if senses & {"resolve", "progress.done"} and "noun.blockers" in senses:
        yield Intent.RESOLVE
    if senses & {"block", "blocked", "noun.blockers"}:
        yield Intent.BLOCKER
    for kind, intent in (("role.", Intent.CONTACT), ("state.", Intent.STATE), ("noun.actions", Intent.NEXT_ACTION)):
        if any(each.startswith(kind) for each in senses):
            yield intent


NOT_ORDERS = tuple(
    f" {each} "
    for each in (
        "make it",
        "tell me",
        "tell us",
        "give me",
        "give us",
        "send me",
        "get me",
        "open actions",
        "open blockers",
        "open deals",
        "close date",
        "ask me",
        "update on",
        "open opps",
        "open pipeline",
        "open asks",
        "open items",
        "end users",
        "end user",
        "start of",
        "note of",
        "get the",
    )
)


_PAST_FIRST_SAID = (
    "finished sent called mailed completed wrapped delivered emailed spoke met saw told got had lost won signed heard "
    "visited presented"
)
PAST_FIRST = frozenset(_PAST_FIRST_SAID.split())
_BEFORE_ACTORS_SAID = "so the ok well fyi also a an our my hi hello"
BEFORE_ACTORS = frozenset(_BEFORE_ACTORS_SAID.split())
_DOING_SAID = (
    "is have move decide attend touch record promote demote leave progress.done progress.won progress.lost own need "
    "wait block resolve close start raise know buyer_did discuss silent progress.slipped progress.dropped"
)
DOING = frozenset(_DOING_SAID.split())
OPENING = (
    "had a ",
    "had the ",
    "got a ",
    "got the ",
    "sent ",
    "lost ",
    "met ",
    "saw ",
    "spoke ",
    "told ",
    "called ",
    "just ",
    "so ",
    *("good news", "bad news", "fyi", "heads up", "quick update", "update "),
)


TAG = re.compile(
    r" (?:(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could)nt (?:it|they|we|she|he)|correct|right)$"
)
"""What asks whether that is so at the end of a statement."""


def _is_statement(words: Sequence[str], tokens: Sequence[Token], pieces: Sequence[Piece], *, has_query: bool) -> bool:
    """Return true where somebody or something comes first, then what it did, and nothing asks."""
    if any(each.mark == "?" for each in tokens) or TAG.search(" ".join(words)):
        return False
    senses = [each.senses[0] if each.senses else "" for each in pieces]
    if QUESTION_SENSES & set(senses) - {"is", "do", "any"}:
        return False
    content = [i for i, each in enumerate(pieces) if not (each.is_soft and not each.senses)]
    if {"what", "who", "how", "when", "why", "which", "where"} & set(words):
        return False
    if not content:
        return False
    if not has_query and " ".join(words).startswith(OPENING) and len(words) > 3:
        return any(senses[i] in DOING or pieces[i].is_unknown or senses[i] in ("text", "doing") for i in content)
    if any(each.word not in BEFORE_ACTORS for each in pieces[: content[0]]):
        return False
    if words[0] in PAST_FIRST and any(each.account is not None for each in pieces):
        return not any(each.startswith("noun.") for each in senses[1:2])
    if " ".join(words).startswith(("no change", "nothing moved", "nothing new", "nothing happened", "no news")) and any(
        each.account is not None for each in pieces
    ):
        return True
    first = pieces[content[0]]
    after = content[1] if len(content) > 1 else content[0]
    is_done = senses[after] == "doing" or senses[after] in DOING - {"is", "have", "own", "need"}
    is_past = pieces[after].word.endswith(("ed", "sent", "met", "spoke", "told", "did", "wrote"))
    is_one_of_us = is_past and (first.persons or senses[content[0]] in ("me", "us"))
    if len(content) > 2 and is_done and not first.is_possessive and (first.word == "i'll" or is_one_of_us):
        return True
    is_actor = first.account is not None or first.contact or senses[content[0]] in ("us", "me", "they", "it", "text")
    is_actor = is_actor or senses[content[0]].startswith(("role.", "function.", "noun.blockers", "stage.customer"))
    if not is_actor or len(content) < 3:
        return False
    second = next(
        (i for i in content[1:] if not (pieces[i].is_name or senses[i] in ("text", "doing", "only", "now"))), None
    )
    if second is None or pieces[second - 1].mark in (":", "-", ","):
        return False
    word = pieces[second].word
    if (
        senses[content[0]].startswith(("noun.", "stage.", "role.", "function."))
        and senses[second] not in ("is", "have")
        and not pieces[second].is_unknown
    ):
        return False
    return (
        senses[second] in DOING
        or senses[second].startswith("way.")
        or (pieces[second].is_unknown and word.endswith(("ed", "s", "t")))
    )


def _news(said: str, tokens: Sequence[Token], pieces: Sequence[Piece]) -> tuple[Intent, ...] | None:
    """Return the intents of a statement of what happened, None for another text."""
    if any(each.mark == "?" for each in tokens) or TAG.search(said.strip()):
        return None
    leading = [sense for each in pieces[:3] for sense in each.senses]
    if {"which", "who", "when", "why", "where", "how_many", "how_long", "show", "if", "card", "there_is"} & set(
        leading
    ):
        return None
    if pieces and set(pieces[0].senses[:1]) & {"is", "do", "have", "any", "how"}:
        return None
    intents = [Intent(each) for each in _values("news", said)]
    if not intents:
        return None
    also = [Intent.MOVE] if intents[0] is Intent.EVIDENCE else [Intent.EVIDENCE] if intents[0] is Intent.MOVE else []
    others = (Intent.UPDATE, Intent.BLOCKER, Intent.NEXT_ACTION, Intent.EVIDENCE)
    return tuple(dict.fromkeys((*intents[:2], *also, *intents[2:], *others)))[:MOST_INTENTS]
