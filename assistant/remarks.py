"""What is said that is no question: greetings, news, orders, judgements, other languages, and what a word means."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from agendas.facts.query import Form
from assistant.conversation import LastAnswer
from assistant.names import Asked
from assistant.pieces import Piece
from assistant.remark import Intent, Remark, RemarkKind
from assistant.slots import Fitted
from assistant.words import Token, word_key

FILE = Path(__file__).with_name("remarks.txt")
MOST_INTENTS = 3
"""Forms that are offered for news and orders."""


@cache
def groups() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the phrases of each kind by their value, the longest first; '' for kinds without values."""
    found: dict[str, dict[str, list[str]]] = {}
    into: list[str] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            kind, _, value = line[2:].partition(" ")
            into = found.setdefault(kind, {}).setdefault(value, [])
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
    "which who whose what why when where how how_many how_much how_long since_when is do any there_is show if card"
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
    content = [
        each for each in pieces if not each.is_soft and not set(each.senses) & {"hello", "thanks", "help", "yes"}
    ]
    if not content and not any(each.is_name for each in pieces):
        for sense, kind in (("help", RemarkKind.HELP), ("thanks", RemarkKind.THANKS), ("hello", RemarkKind.HELLO)):
            if sense in senses:
                return Remark(kind)
    of = tuple(dict.fromkeys(each.account for each in pieces if each.account is not None))
    if (term := _term(words, said, pieces)) is not None:
        return Remark(RemarkKind.TERM, term=term)
    if _is_verdict(said, pieces):
        return Remark(RemarkKind.VERDICT, of)
    here = of or ((asked.channel_account,) if asked.channel_account is not None else ())
    spoken_of = last.query.of if last is not None and len(last.query.of) == 1 else ()
    is_compared = whole is not None and whole.query.form is Form.COMPARE
    if not is_compared and (ordered := _order(words, tokens, pieces)) is not None:
        points = bool(senses & {"it", "they"} or "that" in senses)
        return Remark(RemarkKind.ORDER, here or (spoken_of if points else ()), ordered)
    if _is_statement(words, tokens, pieces, has_query=whole is not None):
        told = _news(said, tokens, pieces) or (Intent.UPDATE, Intent.EVIDENCE, Intent.BLOCKER)
        return Remark(RemarkKind.NEWS, here or spoken_of, told)
    if whole is None and here and not senses & (QUESTION_SENSES - {"is", "do", "any"}):
        intents = _news(said, tokens, pieces)
        if intents:
            return Remark(RemarkKind.NEWS, here, intents)
    return None


def _is_foreign(tokens: Sequence[Token], pieces: Sequence[Piece]) -> bool:
    """Return true if the words outside of names are of another language than English."""
    named = {i for each in pieces if each.is_name for i in range(each.start, each.end)}
    free = [each for i, each in enumerate(tokens) if i not in named and each.word]
    letters = [letter for each in free for letter in each.word if letter.isalpha()]
    if letters and sum("LATIN" not in unicodedata.name(each, "") for each in letters) * 2 > len(letters):
        return True
    foreign = frozenset(groups()["foreign"][""])
    strange = {i for each in pieces if each.is_unknown or each.choice for i in range(each.start, each.end)}
    hits = sum(each.word in foreign for each in free)
    english = sum(
        each.word not in foreign for i, each in enumerate(tokens) if i not in named and i not in strange and each.word
    )
    marked = sum(not each.typed.isascii() for each in free)
    return hits + marked >= 2 and hits + marked > english and hits > 0


def _term(words: Sequence[str], said: str, pieces: Sequence[Piece]) -> str | None:
    """Return the term of which the meaning is asked."""
    if re.search(r" \d+/\d+ ", said) and said.startswith((" what ", " explain ", " meaning ")):
        return "days_in_stage"
    if any(each.persons or each.when for each in pieces):
        return None
    plain = said.replace(" i mean ", " ").replace(" i meant ", " ")
    asks = any(f" {each} " in plain for each in groups()["meaning"][""])
    terms = [
        (said.index(f" {each} "), -len(each), value)
        for value, known in groups()["term"].items()
        for each in known
        if f" {each} " in said
    ]
    if not terms:
        return None
    if asks:
        longest = [
            each
            for each in terms
            if not any(
                o[0] <= each[0] and o[0] - o[1] >= each[0] - each[1] and o != each and -o[1] > -each[1] for o in terms
            )
        ]
        return min(longest)[2]
    if any(each.account is not None for each in pieces):
        return None
    bare = [word for word in words if word not in TERM_FRAME]
    is_asked = said.startswith((" what is ", " what are ", " what ", " whats ")) and " about " not in said
    return next(
        (
            value
            for _, _, value in sorted(terms, key=lambda t: t[1])
            if is_asked and value not in OF_STATE and " ".join(bare) in groups()["term"][value]
        ),
        None,
    )


_OF_STATE_SAID = (
    "needs_intervention stalled advanced expanded steady regressed claimed paused removed quiet slipped blocker "
    "account customer next_action signal deal play update strong_weak candidate owner value pipeline"
)
OF_STATE = frozenset(_OF_STATE_SAID.split())
"""Terms that "what is X" asks the accounts or things of; their meaning is asked with "mean" or "a"."""

_TERM_FRAME_SAID = "what is are an a the exactly actually again about so and word"
TERM_FRAME = frozenset(_TERM_FRAME_SAID.split())


def _is_verdict(said: str, pieces: Sequence[Piece]) -> bool:
    """Return true for a judgement of our people."""
    if not any(f" {each} " in said for each in groups()["verdict"][""]):
        return False
    senses = {sense for each in pieces for sense in each.senses}
    return (
        any(each.persons for each in pieces) or bool(senses & {"who", "field.owner", "noun.members"}) or " rep" in said
    )


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
    "wait block resolve close start raise know buyer_did discuss silent"
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


def _is_statement(words: Sequence[str], tokens: Sequence[Token], pieces: Sequence[Piece], *, has_query: bool) -> bool:
    """Return true where somebody or something comes first, then what it did, and nothing asks."""
    if any(each.mark == "?" for each in tokens):
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
        return True
    if " ".join(words).startswith(("no change", "nothing moved", "nothing new", "nothing happened", "no news")) and any(
        each.account is not None for each in pieces
    ):
        return True
    first = pieces[content[0]]
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
    if any(each.mark == "?" for each in tokens):
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
    return tuple(dict.fromkeys((*intents[:2], *also, *intents[2:], Intent.UPDATE)))[:MOST_INTENTS]
