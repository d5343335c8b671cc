"""What is said that is no question: greetings, news, orders, judgements, other languages, and what a word means."""

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from rapidfuzz.distance import OSA

from agendas.facts.query import Form
from assistant.conversation import LastAnswer
from assistant.lexicon import single_words
from assistant.names import EVERYDAY_WORDS, Asked
from assistant.pieces import Piece
from assistant.remark import Intent, Remark, RemarkKind
from assistant.slots import Fitted
from assistant.words import WORD_LISTS, Token, word_key

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


def _begins(kind: str, value: str, said: str) -> bool:
    """Return true if the text begins with a phrase of the kind."""
    return said.startswith(tuple(f" {each} " for each in groups()[kind][value]))


INTERROGATIVES = frozenset(("what", "who", "how", "when", "why", "which", "where"))
ASKING_SENSES = WORD_LISTS["asking senses"]


def remark_of(
    tokens: Sequence[Token], pieces: Sequence[Piece], whole: Fitted | None, asked: Asked, last: LastAnswer | None
) -> Remark | None:
    """Return what the text is if it is no question; None for a question."""
    words = [word_key(each) for each in tokens if each.word]
    if not words:
        return Remark(RemarkKind.UNREAD)
    said = f" {' '.join(words)} "
    senses = {sense for each in pieces for sense in each.senses}
    names_any = any(each.is_name for each in pieces)
    if _is_foreign(tokens, pieces):
        return Remark(RemarkKind.LANGUAGE)
    if not names_any and (kind := _small_talk(said, has_query=whole is not None)):
        return Remark(kind)
    talks = [kind for sense, kind in SMALL_TALK.items() if sense in senses]
    if (
        talks
        and not names_any
        and all(each.is_soft or {*SMALL_TALK, "yes"}.intersection(each.senses) for each in pieces)
    ):
        return Remark(talks[0])
    of = tuple(dict.fromkeys(each.account for each in pieces if each.account is not None))
    if (term := _term(tokens, pieces, whole, last)) is not None:
        return Remark(RemarkKind.TERM, term=term, other_term=_other_term(tokens, term))
    if _is_verdict(said, pieces, senses):
        return Remark(RemarkKind.VERDICT, of)
    if whole is None and not names_any and (topic := next(_values("outside", said), "")):
        return Remark(RemarkKind.UNREAD, outside=topic)
    here = of or ((asked.channel_account,) if asked.channel_account is not None else ())
    spoken_of = last.query.of if last is not None and len(last.query.of) == 1 else ()
    is_compared = (whole is not None and whole.query.form is Form.COMPARE) or (
        last is not None and last.query.form is Form.COMPARE and "add" in senses
    )
    if not is_compared and (ordered := _order(words, tokens, pieces, senses)):
        points = bool(senses & {"it", "they", "that"})
        objects = [Intent(each) for each in _values("object", said)]
        done = [Intent.DONE] if Intent.RESOLVE in ordered and Intent.NEXT_ACTION in objects else []
        others = (Intent.NEXT_ACTION, Intent.EDIT) if Intent.MOVE in ordered else ()
        also = tuple(dict.fromkeys((*ordered, *_said_in(senses), *done, *objects, *others)))[:MOST_INTENTS]
        return Remark(RemarkKind.ORDER, here or (spoken_of if points else ()), also)
    told = _news(said, tokens, pieces)
    if _is_statement(words, tokens, pieces, has_query=whole is not None):
        told = told or (Intent.UPDATE, Intent.EVIDENCE, Intent.BLOCKER, Intent.NEXT_ACTION)
        return Remark(RemarkKind.NEWS, here or spoken_of, told)
    is_of_things = any(each.startswith(("noun.", "field.")) for each in pieces[0].senses)
    if told and whole is None and here and not is_of_things and not senses & (ASKING_SENSES - {"is", "do", "any"}):
        return Remark(RemarkKind.NEWS, here, told)
    return None


# Greetings, thanks and calls for help, and other languages.

SMALL_TALK = {"help": RemarkKind.HELP, "thanks": RemarkKind.THANKS, "hello": RemarkKind.HELLO}
LONG_PHRASE = 3
"""Words of a phrase that asks for help whatever is said beside it."""


def _small_talk(said: str, *, has_query: bool) -> RemarkKind | None:
    """Return the kind of a text of greetings, thanks and calls for help alone."""
    rest, calls = _pattern("filler").sub("", f"{said}$ "), groups()["help"][""]
    if rest.strip() in calls:
        return RemarkKind.HELP
    if has_query:
        return None
    if any(f" {each} " in f"{said}${rest}" for each in calls if len(each.split()) >= LONG_PHRASE):
        return RemarkKind.HELP
    kinds = []
    for name, kind in SMALL_TALK.items():
        left = _pattern(name).sub("", rest)
        kinds += [kind] if left != rest else []
        rest = left
    idle = {"$"} | WORD_LISTS["bare"] | WORD_LISTS["polite"] | WORD_LISTS["with greetings"]
    return kinds[0] if kinds and idle.issuperset(rest.split()) else None


def _is_foreign(tokens: Sequence[Token], pieces: Sequence[Piece]) -> bool:
    """Return true if the words outside of names are of another language than English."""
    known = (each for each in pieces if each.is_name and (each.choice is None or each.choice.accounts))
    named = {i for each in known for i in range(each.start, each.end)}
    named.update(i for each in pieces if each.senses and " " in each.word for i in range(each.start, each.end))
    strange = {i for each in pieces if each.is_unknown or each.choice for i in range(each.start, each.end)}
    free = [(i, each) for i, each in enumerate(tokens) if i not in named and each.word]
    letters = [letter for _, each in free for letter in each.word if letter.isalpha()]
    if letters and sum("LATIN" not in unicodedata.name(each, "") for each in letters) * 2 > len(letters):
        return True
    foreign, shared = (frozenset(groups()["foreign"][each]) for each in ("", "too"))
    hits = sum(each.word in foreign for _, each in free)
    others = sum(each.word in shared or (each.word not in foreign and not each.typed.isascii()) for _, each in free)
    english = sum(each.word not in foreign | shared and i not in strange for i, each in free)
    return hits > 0 and hits + others >= 2 and hits + others > english


# What a word, mark or figure of the screen means.


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

LONGEST_TERM = 5
SHORTEST_MISSPELT = 6
"""Letters of a word that is taken for another."""

JOINING = frozenset(("and", "or", "vs", "versus", "from"))
PARTING = (",", "?", ":", ";", "-", ".")
MEANING = re.compile(" (?:means?|meaning|meant by) ")
MEANT = re.compile(" i meant? ")
"""What corrects what was said before."""


@cache
def _frame() -> frozenset[str]:
    """Words that say nothing else beside a term whose meaning may be asked."""
    asking = " ".join((*groups()["meaning"]["plain"], *groups()["meaning"]["weak"])).split()
    return WORD_LISTS["bare"] | WORD_LISTS["frame"] | frozenset(asking)


@cache
def _pattern(kind: str, value: str = "") -> re.Pattern[str]:
    """Any phrase of the kind: `T` is a term, `*` any words, `$` the end of the text."""
    known = (re.escape(each).replace(r"\*", ".*") for each in groups()[kind][value])
    return re.compile(f" (?:{'|'.join(known)})(?= )")


@cache
def _term_phrases() -> dict[tuple[str, ...], str]:
    return {tuple(each.split()): value for value, known in groups()["term"].items() for each in known}


def _term(
    tokens: Sequence[Token], pieces: Sequence[Piece], whole: Fitted | None, last: LastAnswer | None
) -> str | None:
    """Return the term of which the meaning is asked, in the whole text or in a part of it; None where none is."""
    named = {i for each in pieces if each.account is not None for i in range(each.start, each.end)}
    free = [each for i, each in enumerate(tokens) if i not in named]
    narrows = any(
        each.account is not None or each.persons or (each.when is not None and not FIGURE.search(each.word))
        for each in pieces
    )
    found = _term_asked(free, whole, last, narrows=narrows)
    if found is None and whole is None and last is None and not narrows:
        parts: list[list[Token]] = [[]]
        for token in free:
            parts[-1].append(token)
            parts += [[]] if token.mark in PARTING else []
        parts = [each for each in parts if each]
        asked = (_term_asked(each, None, None, narrows=False, is_part=len(parts) > 1) for each in parts)
        found = next(filter(None, asked), None)
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


def _term_asked(
    tokens: Sequence[Token], whole: Fitted | None, last: LastAnswer | None, *, narrows: bool, is_part: bool = False
) -> str | None:
    shape, said = _shape(tokens)
    if not said:
        return None
    text = _pattern("filler").sub("", MEANT.sub(" ", f" {' '.join(shape)} $ "))
    lean = re.sub(" (?:the|a|an) (?=T )", " ", text)
    others = set(text.split()) - {"T", "$"}
    asks_for = text.startswith((" which ", " how many ", " how much ", " show ", " list ")) or " explain why " in text
    is_asked = bool(MEANING.search(text))
    if not is_asked and (narrows or " this T " in text or asks_for):
        return None
    is_asked = is_asked or any(_pattern("meaning").search(each) for each in (text, lean))
    if not is_asked and others <= _frame():
        asks_about = bool((INTERROGATIVES - {"who", "which"}) & others) and not WORD_LISTS["narrowing"] & others
        asks_about = (asks_about and last is None) or bool(_pattern("meaning", "weak").search(lean))
        is_asked = bool(_pattern("meaning", "plain").search(lean)) or (asks_about and whole is None)
        is_asked = is_asked or (not (is_part and not others) and _is_bare_term(text, others, said[0], whole, last))
    return _nearest_to_cue(shape, said) if is_asked else None


def _is_bare_term(text: str, others: Set[str], first: TermSaid, whole: Fitted | None, last: LastAnswer | None) -> bool:
    """Return true for "what is T" and a term alone, where no things of that kind are meant."""
    is_of_one = bool(whole and (whole.query.of or "our" in others)) or bool(last and last.query.of and " the " in text)
    if not others <= WORD_LISTS["bare"] or is_of_one or text.startswith((" is ", " are ")):
        return False
    if not others:
        return first.phrase in groups()["alone"][""] or (whole is None and last is None)
    is_thing = first.phrase in groups()["things"][""] and not first.is_quoted
    return text.startswith((" what is ", " what are ")) and not is_thing


def _shape(tokens: Sequence[Token]) -> tuple[list[str], list[TermSaid]]:
    """Return the words of the text with `T` for each term, and these terms."""
    free = [(word, each) for each in tokens if each.word for word in _spelt_out(each)]
    words = [word for word, _ in free]
    shape: list[str] = []
    said: list[TermSaid] = []
    i = 0
    while i < len(words):
        ends = range(min(len(words), i + LONGEST_TERM), i, -1)
        end = next((each for each in ends if tuple(words[i:each]) in _term_phrases()), i + 1)
        value = _term_phrases().get(tuple(words[i:end]), "") or _term_misspelt(words[i])
        if FIGURE.fullmatch(words[i]):
            end = i + 1 + (words[i + 1 : i + 2] == ["d"])
            value = next((FIGURES_OF[each.value] for each in said if each.value in FIGURES_OF), "days_in_stage")
        if value:
            said.append(TermSaid(value, " ".join(words[i:end]), is_quoted=bool(free[i][1].quote)))
        if value or not words[i].isdecimal():
            shape.append("T" if value else words[i])
        i = end
    return shape, said


@lru_cache(maxsize=4096)
def _term_misspelt(word: str) -> str:
    """Return the term of one word that this one, which says nothing else, is a slip of; '' for none."""
    if len(word) < SHORTEST_MISSPELT or word in single_words() or word in EVERYDAY_WORDS:
        return ""
    near = (value for [*said], value in _term_phrases().items() if len(said) == 1 and OSA.distance(word, said[0]) == 1)
    return next(near, "")


def _spelt_out(token: Token) -> tuple[str, ...]:
    """The word as it is looked up, with the "is" of `what's` and `whats`."""
    word = word_key(token)
    is_short = word in INTERROGATIVES - {"which"} and (token.suffix == "s" or token.word == f"{word}s")
    return (word, "is") if is_short else (word,)


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


# Judgements of people.

ASKING_FIRST = re.compile(
    " (?:(?:hey|hi|ok|so|and|but|honestly|please|tell me) )*"
    "(?:am|are|can|could|did|do|does|have|how|is|may|shall|should|what|when|where|which|who|whom|why|will|would) "
)


def _is_verdict(said: str, pieces: Sequence[Piece], senses: Set[str]) -> bool:
    """Return true for a judgement of our people: a word that judges, of one of us, or of who of us.

    "Best" and "good" judge of a person alone, of a noun for one, or of nobody but "who"; as "the best contact at X".
    """
    of_people = any(f" {each} " in said for each in groups()["people"][""])
    judges = set(_values("verdict", f" ^{said}"))
    if any(each.startswith("tier.") for each in senses) and senses & {"promote", "demote"}:
        return False
    if "" in judges:
        # "our agency replaces the deck, i send a summary" is news
        asks_of_me = " i " in said and bool(ASKING_FIRST.match(said))
        is_of_us = of_people or " whose " in said or asks_of_me or any(each.persons for each in pieces)
        return is_of_us or any(each.startswith(("function.", "who", "field.owner", "noun.members")) for each in senses)
    is_who = " who " in said and not any(each.account or "role." in " ".join(each.senses) for each in pieces)
    return "best" in judges and (is_who or of_people)


# Orders, each with the forms that fit it.

ON_LIST = re.compile(r" (off|on|onto) (?:(?:the|our|your) )?(?:named |account )?list (?:please )?$")


def _order(
    words: Sequence[str], tokens: Sequence[Token], pieces: Sequence[Piece], senses: Set[str]
) -> tuple[Intent, ...]:
    """Return the intents of an order, none for another text."""
    start = next((i for i, each in enumerate(words) if each not in WORD_LISTS["polite"]), len(words))
    if start == len(words) or (start and words[start - 1] == "i"):
        return ()
    rest = f" {' '.join(words[start:])} "
    if rest.startswith((" take ", " put ")) and (place := ON_LIST.search(rest)):
        return (Intent.REMOVE,) if place[1] == "off" else (Intent.NOMINATE,)
    verb = next((value for value in groups()["order"] if _begins("order", value, rest)), None)
    if verb is None or len(words) == 1:
        return ()
    if WORD_LISTS["order follows"].isdisjoint(words[:start]) if start else tokens[-1].mark == "?":
        return ()
    is_called = start < len(tokens) and tokens[start].mark in ("-", ":", ",")
    if is_called or any(each.persons and each.start == start for each in pieces):
        return ()
    if rest.startswith(" remind me ") and (
        not rest.startswith(" remind me to ") or INTERROGATIVES.intersection(words[start + 2 : start + 4])
    ):
        return ()
    if verb == "other" and INTERROGATIVES.intersection(words[start + 1 : start + 2]):
        return ()
    if verb in ("other", "edit", "update", "review", "resolve", "done") and _begins("no", "order", rest):
        return ()
    return tuple(dict.fromkeys(_ordered(verb, rest, senses)))


def _ordered(verb: str, rest: str, senses: Set[str]) -> tuple[Intent, ...]:
    """Return the intents of an order by its verb, and what it is about."""
    objects = list(_values("object", rest))
    has_stage = any(each.startswith("stage.") for each in senses)
    if verb == "move":
        if "review" in objects:
            return (Intent.REVIEW,)
        if " off hold " in rest or " on hold " in rest:
            return (Intent.PAUSE,)
        if any(each.startswith("tier.") for each in senses):
            return (Intent.TIER, Intent.REVIEW)
        return (Intent.EDIT if "edit" in objects and not has_stage else Intent.MOVE, Intent.REVIEW)
    if verb in ("done", "resolve"):
        return (Intent(verb), Intent.UPDATE)
    if verb in ("update", "evidence", "edit"):
        other = Intent.EDIT if verb == "edit" else Intent.UPDATE
        if objects:
            return (Intent(objects[0]), other)
        is_move, is_listed = verb == "update" and has_stage, verb == "update" and " list " in rest
        return (Intent.MOVE if is_move else Intent.NOMINATE if is_listed else other, other)
    if verb == "review" and objects and "review" not in objects:
        return (Intent.NEXT_ACTION, Intent.REVIEW)
    return (Intent.NEXT_ACTION, Intent.OTHER) if verb == "other" else (Intent(verb),)


def _said_in(senses: Set[str]) -> Iterator[Intent]:
    """Yield the forms that words of an order speak of, besides that of its verb."""
    if senses & {"resolve", "progress.done"} and "noun.blockers" in senses:
        yield Intent.RESOLVE
    if senses & {"block", "blocked", "noun.blockers"}:
        yield Intent.BLOCKER
    for kind, intent in (("role.", Intent.CONTACT), ("state.", Intent.STATE), ("noun.actions", Intent.NEXT_ACTION)):
        if any(each.startswith(kind) for each in senses):
            yield intent


# News: somebody or something did something.

DOING = WORD_LISTS["doing"]
TAG = re.compile(
    r" (?:(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could)nt (?:it|they|we|she|he)|correct|right) $"
)
"""What asks whether that is so at the end of a statement."""

ACTORS = ("role.", "function.", "noun.blockers", "stage.customer")
"""Beginnings of senses of those that do something, besides us, them and accounts."""

PAST = ("ed", "sent", "met", "spoke", "told", "did", "wrote")


def _is_statement(words: Sequence[str], tokens: Sequence[Token], pieces: Sequence[Piece], *, has_query: bool) -> bool:
    """Return true where somebody or something comes first, then what it did, and nothing asks."""
    senses = [each.senses[0] if each.senses else "" for each in pieces]
    said = f" {' '.join(words)} "
    if (
        _asks(said, tokens)
        or (ASKING_SENSES - {"is", "do", "any"}).intersection(senses)
        or INTERROGATIVES.intersection(words)
    ):
        return False
    content = [i for i, each in enumerate(pieces) if not each.is_soft or each.senses]
    if not content:
        return False
    if not has_query and len(words) > 3 and _begins("begins", "news", said):
        return any(senses[i] in DOING or pieces[i].is_unknown or senses[i] in ("text", "doing") for i in content)
    if any(each.word not in WORD_LISTS["before actors"] for each in pieces[: content[0]]):
        return False
    if any(each.account is not None for each in pieces):
        if words[0] in WORD_LISTS["past first"]:
            return not any(each.startswith("noun.") for each in senses[1:2])
        if _begins("no", "news", said):
            return True
    if len(content) < 3:
        return False
    first, sense, after = pieces[content[0]], senses[content[0]], content[1]
    is_done = senses[after] == "doing" or senses[after] in DOING - {"is", "have", "own", "need"}
    is_one_of_us = pieces[after].word.endswith(PAST) and (first.persons or sense in ("me", "us"))
    if is_done and not first.is_possessive and (first.word == "i'll" or is_one_of_us):
        return True
    is_actor = first.account is not None or first.contact or sense in ("us", "me", "they", "it", "text")
    if not is_actor and not sense.startswith(ACTORS):
        return False
    idle = ("text", "doing", "only", "now")
    second = next((i for i in content[1:] if not (pieces[i].is_name or senses[i] in idle)), None)
    if second is None or pieces[second - 1].mark in (":", "-", ","):
        return False
    does = senses[second]
    is_thing = sense.startswith(("noun.", "stage.", "role.", "function."))
    if is_thing and does not in ("is", "have") and not pieces[second].is_unknown:
        return False
    is_strange_verb = pieces[second].is_unknown and pieces[second].word.endswith(("ed", "s", "t"))
    return does in DOING or does.startswith("way.") or is_strange_verb


def _asks(said: str, tokens: Sequence[Token]) -> bool:
    return any(each.mark == "?" for each in tokens) or bool(TAG.search(said))


def _news(said: str, tokens: Sequence[Token], pieces: Sequence[Piece]) -> tuple[Intent, ...] | None:
    """Return the intents of a statement of what happened, None for another text."""
    leading = {sense for each in pieces[:3] for sense in each.senses} & (ASKING_SENSES - {"is", "do", "any"})
    asks = leading - {"whose", "what", "how", "how_much", "since_when", "brief"}
    first = pieces[0].senses[:1]
    if asks or {"is", "do", "have", "any", "how"}.intersection(first) or _asks(said, tokens):
        return None
    intents = [Intent(each) for each in _values("news", said)]
    if not intents:
        return None
    also = [Intent.MOVE] if intents[0] is Intent.EVIDENCE else [Intent.EVIDENCE] if intents[0] is Intent.MOVE else []
    others = (Intent.UPDATE, Intent.BLOCKER, Intent.NEXT_ACTION, Intent.EVIDENCE)
    return tuple(dict.fromkeys((*intents[:2], *also, *intents[2:], *others)))[:MOST_INTENTS]
