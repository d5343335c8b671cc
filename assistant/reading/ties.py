"""Ties of a text to the answer before it: words that no part of a query keeps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Subject
from assistant.reading.lexicon import Piece, Said, phrases, word_key
from assistant.reading.read import Cue
from assistant.reading.tokens import ENDS, Token

# Courtesies around a question, and words that tell why it is asked.

OPENERS = """sorry to bother you|sorry to bother you but|sorry to bother|sorry to bother but|sorry to disturb|
    sorry to disturb you but|apologies for asking but|apologies but|hate to ask but|i hate to ask but|
    hate to nag but|sorry to nag but|sorry to ask but|sorry for asking but|not urgent but|no rush but|no hurry but|
    no pressure but|not a big deal but|when you have a sec|when you have a second|when you have a moment|
    when you have a minute|when you have a min|when you have time|when you get a sec|when you get a second|
    when you get a moment|when you get a minute|when you get a chance|when you get the chance|when you can|
    whenever you can|whenever you have a moment|whenever you get a chance|whenever you have time|
    once you have a minute|if you have a sec|if you have a second|if you have a moment|if you have a minute|
    if you get a chance|if you dont mind|if you do not mind|if i may|if i may ask|if possible|hope you are well|
    hope youre well|hope all is well|hope this finds you well|one more thing|one more question|one last thing|
    last question|may i ask|might i ask|can i ask|could i ask|can i just ask|let me ask|let me ask you|
    i have a question|ive a question|ive got a question|got a question|have a question|i had a question|
    just a quick question|just a question|a quick one|quick one|just a quick one|just quickly|real quick|
    out of curiosity|just out of curiosity|just curious|im just curious|im curious|to be honest|for context|
    stupid question but|silly question but|dumb question but|quick question but|this may be a silly question but|
    this might be a silly question but|might be a silly question but|maybe a silly question but|
    i know its late but|i know i should know this but|i should know this but|i know you told me but|
    you told me already but|help me out|could you help me out|can you help me out|remind me again|
    not sure if you know but|not sure you know but|not sure you can but|not sure if this is the right place but|
    not sure if i can ask this but|not sure whether you know but|i dont know if you know but|
    i dont know if you can tell but|maybe you know|perhaps you know|you might know|id appreciate it if you told me|
    i would be grateful if you told me|be so kind as to tell me|would you be so kind as to tell me|
    be so kind and tell me|please be so kind as to tell me|would you mind telling me|do you mind telling me|
    would you kindly tell me|can you kindly tell me|grateful if you could tell me|
    id be grateful if you could tell me|id appreciate knowing|id love to know|i would love to know|
    im trying to find out|trying to find out|im trying to work out|trying to work out|trying to figure out|
    im trying to figure out|trying to understand|i forgot|i forget|i cant remember|cant remember|dont remember|
    i dont remember|i have forgotten|ive forgotten|i keep forgetting"""
"""Words before a question that are left out wherever they begin one."""

CLOSERS = """if i may ask|if i may|if i might ask|if you dont mind|if you do not mind|if you dont mind me asking|
    if you can|if you could|if you would|if you please|if you know|if you have it|if you have that|
    if you have them|if you happen to know|if you have a moment|if you have a sec|if you have a minute|
    if you get a moment|if you get a chance|if u can|if u dont mind|if thats ok|if thats okay|if thats alright|
    if thats possible|if that is ok|if that is possible|if its possible|if it is possible|
    if its not too much trouble|if its not too much|if its no trouble|if its easy|if possible|if poss|when you can|
    when you get a chance|when you have a sec|when you have a moment|when you have a minute|when you have time|
    when you get a sec|when you get a moment|thanks in advance|thank you in advance|thx in advance|
    many thanks in advance|please and thank you|pls and thank you|pls and ta|off the top of your head|
    for the record|in your view|in your opinion|by any chance|as things stand|as it stands|as we stand|
    at this point|at this stage of things|at this moment in time|at the mo|at your earliest convenience|
    at your convenience|as far as you can tell|as far as you can see|as far as you are aware|to your knowledge|
    boss is asking|my boss is asking|the boss is asking|boss asks|my boss asks|my boss wants to know|
    boss wants to know|the boss wants to know|the ceo is asking|the ceo asks|ceo asks|ceo is asking|
    the cfo is asking|the cfo asks|they are asking|people are asking|much appreciated|would be appreciated|
    would be great|that would be great|would be helpful|that would help|would help|to be honest|tbh|so to speak|
    just curious|just wondering|just asking|just checking|just to be sure|to be sure|just to check|just so i know|
    so i know|so that i know|asking for a friend|out of curiosity|please advise|pls advise|kindly advise|
    please let me know|pls let me know|let me know|i forgot|i forget|i cant remember|cant remember|i cant recall|
    need it for a call|need this for a call|i need it for a call|need it for a meeting|need this for a meeting|
    need it for the board|need it asap|need this asap|i need it for a meeting|need it for my call|
    need it for my report|need to know asap|need to know now|its urgent|this is urgent|no rush|no hurry|
    take your time|in a hurry|im in a hurry|im in a meeting|im in a call|im on a call|im on my way to a meeting|
    before my call|before my meeting|before i call them|before i go in|before i ring them|old chap|old boy|
    my friend|my dear|love|pal|chap"""
"""Words after a question that are left out wherever they end one."""

ASIDES = """do we know|do you know|do you happen to know|you know|does anybody know|does anyone know|anybody know|
    anyone know|any idea|any ideas|any clue|any thoughts|remind me|tell me|can you tell me|could you tell me|
    can you say|can you check|could you check|can you look|could you look|please check|pls check|would you say|
    do you think|i wonder|i was wondering|im wondering|as i said|like i said|as you know|you see|mind you|
    for my call|for my meeting|for my boss|for my report|for my deck|for my notes|for my one on one|for the deck|
    for the board|for the board pack|for the board meeting|for the meeting|for the report|for a call|for a meeting|
    for a report|for a slide|for my slides|for context|sorry|if any|if at all|mate|bot|buddy|folks|guys|
    again please"""
"""Words after a question that are left out where a mark parts them from it."""

BEFORE_COLON = "question|q|query|ask|qq|quickie"
"""Words of a clause before a colon, comma or dash that says only that a question comes."""

TOPIC = """about regarding concerning on re for at of who whose what which when where why how is are does did has have
    do can will"""
"""Words by which such a clause says more than that."""


# Leave out the courtesies around a question: "sorry to bother you but", "if you don't mind", "for my call".

LONGEST = 12
"""Words of the longest courtesy."""

LONGEST_ANNOUNCEMENT = 7
"""Words of the longest clause that says only that a question comes."""

PAUSES = (",", "-", ":", ";")
ANNOUNCING = frozenset(BEFORE_COLON.split("|"))
COURTESY_TOPIC = frozenset(TOPIC.split())


def without_courtesies(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens without courtesies before and after the others; all of them where nothing else is said."""
    words = [word_key(each) for each in tokens]
    start, end = 0, len(tokens)
    while count := _opening(tokens[start:end], words[start:end]):
        start += count
    while count := _closing(tokens[start:end], words[start:end]):
        end -= count
    kept = list(tokens[start:end])
    if end < len(tokens) and tokens[-1].mark == "?":
        kept[-1] = replace(kept[-1], mark="?")
    elif end < len(tokens) and kept[-1].mark in PAUSES:
        kept[-1] = replace(kept[-1], mark=tokens[-1].mark if tokens[-1].mark in ENDS else "")
    return tuple(kept)


def _opening(tokens: Sequence[Token], words: Sequence[str]) -> int:
    """Return how many words before the question are a courtesy, 0 for none; one word at least is left."""
    announced = next((each + 1 for each, token in enumerate(tokens) if token.mark in PAUSES), 0)
    said = words[:announced]
    is_announcement = bool(ANNOUNCING & set(said)) and _says_no_more(said)
    if is_announcement and announced < len(tokens):
        return announced
    for count in range(min(LONGEST, len(words) - 1), 0, -1):
        if tuple(words[:count]) in _phrases(OPENERS):
            return count
    return 0


def _says_no_more(said: Sequence[str]) -> bool:
    """Return true for "quick question before my 3 o'clock", false for "a question about Maple"."""
    after = said[next(each for each, word in enumerate(said) if word in ANNOUNCING) :]
    return len(said) <= LONGEST_ANNOUNCEMENT and (COURTESY_TOPIC.isdisjoint(said) or list(after[1:3]) == ["for", "you"])


def _closing(tokens: Sequence[Token], words: Sequence[str]) -> int:
    """Return how many words after the question are a courtesy, 0 for none; one word at least is left."""
    for count in range(min(LONGEST, len(words) - 1), 0, -1):
        said = tuple(words[-count:])
        is_parted = bool(tokens[-count - 1].mark)
        if said in _phrases(CLOSERS) or (is_parted and said in _phrases(ASIDES)):
            return count
    return 0


@cache
def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(phrases(text))


# Words that leave something out of what is asked for, which no query can say: "accounts outside food".

_EXCEPT_SAID = (
    "except|except for|excluding|other than|outside|outside of|apart from|everything but|all but|besides|"
    "leave out|leaving out"
)
EXCEPT = frozenset(_EXCEPT_SAID.split("|"))
NOT = EXCEPT | {"not", "but not", "not in", "arent in", "aren't in", "isnt in", "isn't in"}
"""Words that deny what follows them and not a whole sentence, as "aren't food accounts moving" does."""

FORMS_OF_BE = ("is", "are", "was", "were", "ain")
BETWEEN = (Cue.AT, Cue.FOR, Cue.FROM, Cue.WITH, Cue.BY)
ARTICLES = ("the", "any", "those", "ones", "accounts")


def without_exclusions(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], tuple[str, ...]]:
    """Return the pieces without those that leave something out, and the words of these, as typed."""
    said = Said(pieces)
    taken: set[int] = set()
    left: list[str] = []
    for position in said.where(Cue.NOT):
        end = _end_of_excluded(said, position)
        if end and position not in taken:
            span = range(position, end)
            taken.update(span)
            left.append(" ".join(pieces[each].typed for each in span))
    return [piece for position, piece in enumerate(pieces) if position not in taken], tuple(left)


def _end_of_excluded(said: Said, position: int) -> int:
    """Return where what "not" leaves out ends, 0 where it leaves nothing out that a query could not."""
    after = position + 1
    while after < len(said) and (said[after].means(*BETWEEN) or said[after].typed.casefold() in ARTICLES):
        after += 1
    return after + 1 if after < len(said) and _is_excluded(said, position, after) else 0


def _is_excluded(said: Said, position: int, after: int) -> bool:
    denial, piece = said[position].typed.casefold(), said[after]
    names_account = any(each.account is not None and each is not piece for each in said.pieces)
    if piece.account is not None:
        return denial in EXCEPT and not names_account
    if piece.segment:
        is_placed = any(said[each].means(Cue.AT) for each in range(position + 1, after))
        return (denial in NOT or is_placed) and not names_account
    if piece.persons or piece.means(Cue.MY):
        is_relative = position > 0 and said[position - 1].means(Cue.THAT, Cue.WHICH, Subject.ACCOUNTS)
        is_relative = is_relative and denial.startswith(FORMS_OF_BE)
        return denial in EXCEPT or ((denial in NOT or is_relative) and not names_account)
    kinds = (Subject, BuyingRole, SignalKind, Function)
    is_thing = any(piece.of_kind(kind) for kind in kinds) or piece.is_unknown or piece.means(Cue.OVERDUE)
    return denial in EXCEPT and is_thing and not piece.means(Subject.ACCOUNTS)


# Words by which a text stands on the answer before it, or shows that it asks something of its own.

ALSO = frozenset({"also", "too", "plus", "add", "include", "including", "well"})
"""Words by which a filter becomes wider: "and paused ones too"."""

_EVERY_SAID = "across all any each entire every everything whatever whole"
EVERY = frozenset(_EVERY_SAID.split())
_EVERYBODY_SAID = "anybody anybodys anyone anyones everybody everybodys everyone everyones ours whoever"
WHOLLY = frozenset({"all", "every", "whole", "entire", "everything"})
EVERYBODY = frozenset(_EVERYBODY_SAID.split())
EVERYWHERE = frozenset({"everywhere", "anywhere", "elsewhere"})
AMONG = (
    " one of them ",
    " one of those ",
    " one of these ",
    " among them ",
    " among those ",
    " among these ",
    " in that list ",
)
ANYTHING = frozenset({"anybody", "anyone", "anything", "everybody", "everyone", "everything", "somebody", "someone"})
"""Words for accounts of any name."""

PLACES = frozenset({"at", "for", "from", "in", "on", "with"})
"""Words by which a text without a noun says of which account the same is asked."""

EVER = frozenset({"ever", "whenever", "alltime"})


_FORGOTTEN_SAID = "clear drop forget ignore lift regardless skip widen without"
FORGOTTEN = frozenset(_FORGOTTEN_SAID.split())
"""Words by which a filter named after them is taken away: "forget the tier", "regardless of tier"."""

NEW = (
    "different question",
    "another question",
    "new question",
    "something else",
    "unrelated",
    "in general",
    "overall",
    "other topic",
    "new topic",
)
SENTENCES = ("do we have", "have we", "we have", "did we", "are there", "do you have")
"""Words that make a whole question of one without a noun: "how many candidates do we have"."""

_STANDING_SAID = "any it of one ones that them there these those"
STANDING = frozenset(_STANDING_SAID.split())
_VERBS_SAID = (
    "moved are have is has were was close closes closed advanced slipped of ones need needs got did could can "
    "still also went regressed expanded do dont arent havent changed"
)
VERBS = frozenset(_VERBS_SAID.split())
"""Words after "which" where no noun follows it."""

MOVED = frozenset({"advanced", "expanded", "moved", "progressed", "regressed", "slipped"})
"""Verbs after which `who` stands for accounts."""

_NOUNS_SAID = "all anything everything one ones something stuff things those"
EXPLETIVE = (
    " is it correct ",
    " is it true ",
    " is it so ",
    " is it right ",
    " is it ok ",
    " is it possible ",
    " it that ",
    " it was that ",
    " it right ",
    " it was who ",
)
"""Phrases in which `it` stands for what follows."""

FOLLOWING = frozenset({"and", "or", "also", "plus", "n"})
_PLURALS_SAID = "accounts candidates companies customers everyone list ones opportunities prospects stuff"
POLITE = frozenset({"thanks", "thx", "hi", "hello", "hey", "great", "perfect", "cool", "cheers", "ty", "morning"})
PLURALS = frozenset(_PLURALS_SAID.split())
_GLUE_SAID = "a an and are at by for from in is of on please pls s the there tier to was with"
GLUE = frozenset(_GLUE_SAID.split())
"""Words that don't make a text longer."""

NOUNS = frozenset(_NOUNS_SAID.split())
_TURNS_SAID = "actually but now ok okay so sorry then well"
TURNS = frozenset(_TURNS_SAID.split())
NONE = frozenset({"none", "nobody"})
WHERE = frozenset({"where", "which", "who"})
SHORT = 4
"""Words up to which a text without a scope is taken to stand on what was said before."""


TINY = 2
STILL_SHORT = 6
"""Words up to which one is that has "ones", "any" or "there" in it."""

_SHOWING_SAID = "are can did display do does find get give has have how is list pull show tell what which will"
SHOWING = frozenset(_SHOWING_SAID.split())
"""Words that begin a whole question or request, unless it stands on the answer before by another word."""

_BARE_SAID = (
    "and or what about how for at on same sorry no i mean meant just only the please pls ok okay then now instead "
    "rather also too with to of in hows hm hmm well so but wait actually again thing question company account "
    "accounts s alone wrong try check said make that said why when who whos since long"
)
BARE = frozenset(_BARE_SAID.split())
"""Words around a name alone: "and what about Kestrel then"."""

_AUXILIARIES_SAID = "does do did has have had is are was"
AUXILIARIES = frozenset(_AUXILIARIES_SAID.split())
_STANDS_FOR_SAID = "have has one any some too also either as well got"
REPLACED_AGAIN_AFTER = frozenset(_STANDS_FOR_SAID.split())
"""Words that stand for what was said before: "does Kestrel have one"."""

SAID_AGAIN = (" i said ", " make that ", " no i said ")

DENYING = frozenset({"not", "exclude", "excluding", "except", "minus"})
ABOUT = frozenset({"about", "regarding", "concerning", "mentioning", "containing", "with"})
"""Words that begin a narrowing to a title: "about the contract"."""

SAYING = frozenset(
    [
        "said",
        "says",
        "say",
        "recorded",
        "reported",
        "told",
        "wrote",
        "entered",
        "noted",
        "logged",
        "confirmed",
        "claims",
    ]
)
"""Verbs of who told what was just answered: "who says so"."""

UNDERSTOOD = FORGOTTEN | NONE | DENYING | {"no", "not", "nothing", "nope", "hm", "hmm"}
"""Words that the readers of questions leave unread, and that are understood here."""

KINDS = (
    "tiers",
    "stages",
    "states",
    "statuses",
    "segments",
    "owners",
    "whose",
    "persons",
    "having",
    "without",
    "needs",
    "ways",
    "progress",
    "is_overdue",
    "signals",
    "decisions",
    "by",
    "per",
    "least_cents",
    "most_cents",
)
"""Parts of which a fragment has one, and a whole question often several."""


# Words by which a filter of the answer before is taken away.


class Lift(StrEnum):
    """Filters that "all ..." takes away."""

    PERSONS = "persons"
    TIERS = "tiers"
    SEGMENTS = "segments"
    STAGES = "stages"
    STATES = "states"
    ACCOUNTS = "accounts"
    PERIOD = "period"
    ALL = "all"
    """All of them: whatever made the list shorter."""


LIFTED_BY = {
    Lift.TIERS: frozenset({"tier", "tiers"}),
    Lift.SEGMENTS: frozenset({"segment", "segments", "industries", "sectors"}),
    Lift.STAGES: frozenset({"stage", "stages"}),
    Lift.STATES: frozenset({"state", "states"}),
    Lift.PERSONS: frozenset({"people", "owners", "persons", "team", "us"}),
    Lift.ACCOUNTS: frozenset({"accounts", "companies", "customers"}),
    Lift.PERIOD: frozenset({"time", "date", "period", "week", "month", "dates", "days", "weeks", "times", "periods"}),
}


def lifts_of(words: Sequence[str]) -> frozenset[Lift]:
    """Return the filters that the words take away: "everyone's", "forget the tier", "at any time"."""
    lifts = {Lift.PERSONS for each in words if each in EVERYBODY} | {Lift.PERIOD for each in words if each in EVER}
    if EVERYWHERE & set(words):
        lifts.add(Lift.ACCOUNTS)
    for position, word in enumerate(words):
        if word in EVERY:
            lifts |= _lifted(words[position + 1 : position + 4]) - (set() if word in WHOLLY else {Lift.ALL})
        elif word in FORGOTTEN:
            lifts |= _lifted(words[position + 1 : position + 4]) - {Lift.ALL}
    return frozenset(lifts)


def without_lifting(pieces: Sequence[Piece], lifts: Collection[Lift]) -> tuple[Piece, ...]:
    """Return the pieces without words that mean nothing but that a filter is taken away: "at any time"."""
    words = EVERYWHERE | EVERYBODY | EVER | {word for lift in lifts for word in LIFTED_BY.get(lift, ())}
    return tuple(each for each in pieces if not (lifts and _means_nothing(each) and each.typed.casefold() in words))


def _lifted(following: Sequence[str]) -> set[Lift]:
    for word in following:
        for lift, words in LIFTED_BY.items():
            if word in words:
                return {lift}
    return {Lift.ALL} if not following or following[0] in ("of", "them", "list", "please", "pls", "the") else set()


def _means_nothing(piece: Piece) -> bool:
    return piece.is_unknown or (piece.choice is not None and not piece.choice.accounts)


PRONOUNS = (Cue.IT, Cue.THEY, Cue.THAT, Cue.PERSON, Cue.HERE)


@dataclass(frozen=True, slots=True)
class Ties:
    """Words that tie a text to the answer before it.

    Attributes:
        is_also: a widening: "and paused ones too".
        lifts: the filters that are taken away.
        is_short: a few words.
        is_following: begins, or goes on after a word or two, with "and", "what about" and the like.
        is_plural: speaks of several accounts or things.
        has_noun: a noun names the subject.
        is_bare: nothing but names and the words around them.
        has_lead: begins as a whole question or request does: "show me", "does Nora".
        is_of_those: begins with "which" and no noun: "which moved this month" is said of those listed.
        is_referring: a pronoun stands for what was said before, and not for a name or noun of the same text.
        is_new: said to be another question.
        is_whole_sentence: a whole question, though no noun tells its subject.
        is_turn: begins with "so", "but", "ok" and the like, which may begin another question as well.
        begins_denied: begins with "not", "except" and the like.
        is_about: begins as a narrowing to a title does: "about the contract".
        is_member: asks for one of the list before: "is Corvane among them".
        is_tiny: one or two words.
        is_source: asks who said what was just answered, or when it happened.
        is_denied: says that something is not meant: "not stalled", "not only overdue".
        is_none: asks for those without: "where is there none".
        is_of_two: speaks of two: "both", "those two".
        is_in_it: "since when is Vantor in it".
        is_said_again: a correction: "I said Kestrel", "make that Kestrel".
        is_of_any: asks whether any account is so: "is anything paused", "everything stalled".
        is_placed: begins with "for", "at" and the like: "for Halden this week".
        is_of_ones: two or three words of which the last is "ones": "running ones".
        is_elliptic: leaves out what is asked of the name: "does Kestrel have one", "did Halden".
    """

    is_also: bool = False
    lifts: frozenset[Lift] = frozenset()
    is_short: bool = False
    is_following: bool = False
    is_plural: bool = False
    has_noun: bool = False
    is_bare: bool = False
    has_lead: bool = False
    is_of_those: bool = False
    is_referring: bool = False
    is_new: bool = False
    is_whole_sentence: bool = False
    is_turn: bool = False
    is_about: bool = False
    is_member: bool = False
    is_tiny: bool = False
    is_source: bool = False
    is_denied: bool = False
    begins_denied: bool = False
    is_none: bool = False
    is_of_two: bool = False
    is_elliptic: bool = False
    is_placed: bool = False
    is_of_ones: bool = False
    is_of_any: bool = False
    is_in_it: bool = False
    is_said_again: bool = False

    @property
    def is_tied(self) -> bool:
        """Return true where the words themselves say that they stand on the answer before."""
        widens = self.is_also or self.is_following
        narrows = self.is_of_ones or self.is_of_those or self.is_about or self.begins_denied or self.is_none
        return widens or narrows or self.is_source or self.is_member or self.is_in_it


def ties_of(tokens: Sequence[Token], pieces: Sequence[Piece] = ()) -> Ties:
    """Return the ties of a text's words."""
    words = [each.word for each in tokens]
    text = f" {' '.join(words)} "
    content = [word for word in words if word not in GLUE]
    named = {position for piece in pieces if piece.is_name for position in range(piece.start, piece.end)}
    is_standing = bool(STANDING & set(words))
    return Ties(
        is_also=bool(ALSO & set(words)),
        lifts=lifts_of(words),
        is_short=len(content) <= SHORT or (len(words) <= STILL_SHORT and is_standing),
        is_following=_is_following(tokens),
        is_plural=bool(PLURALS & set(words)),
        has_noun=any(piece.of_kind(Subject) for piece in pieces),
        is_bare=all(word in BARE for position, word in enumerate(words) if position not in named),
        has_lead=bool(SHOWING & set(words[:1])),
        is_of_those=_is_of_those(words),
        is_referring=not any(each in text for each in EXPLETIVE) and _is_referring(pieces),
        is_new=any(f" {each} " in text for each in NEW),
        is_whole_sentence=any(f" {each} " in text for each in SENTENCES) and not is_standing,
        is_turn=bool(TURNS & set(words[:1])),
        is_denied=bool(DENYING & set(words)) or " leave out " in text,
        begins_denied=_begins_denied(words, pieces),
        is_about=bool(ABOUT & set(words[:1])),
        is_member=words[:1] in (["is"], ["are"], ["was"]) and any(each in text for each in AMONG),
        is_tiny=len(words) <= TINY,
        is_source=_is_source(words),
        is_none=bool(NONE & set(words)) and bool(WHERE & set(words)),
        is_in_it=" in it " in text,
        is_said_again=len(content) <= SHORT and text.startswith(SAID_AGAIN),
        is_of_ones=words[-1:] == ["ones"] and TINY <= len(words) < SHORT,
        is_placed=bool(PLACES & set(words[:1])),
        is_of_any=bool(ANYTHING & set(words)),
        is_of_two=bool({"both", "two"} & set(words)),
        is_elliptic=bool(AUXILIARIES & set(words[:1])) and _is_rest_left_out(words, named),
    )


def _is_rest_left_out(words: Sequence[str], named: Collection[int]) -> bool:
    """Return true if nothing but words that stand for others is said beside a verb and names."""
    rest = [word for position, word in enumerate(words) if position and position not in named]
    return len(rest) < len(words) - 1 and set(rest) <= REPLACED_AGAIN_AFTER


def _is_of_those(words: Sequence[str]) -> bool:
    """Return true for "which moved", "and which are stalled" and "who advanced"."""
    start = next((position for position, word in enumerate(words) if word not in FOLLOWING | TURNS), 0)
    verbs = {"which": VERBS, "who": MOVED}.get(" ".join(words[start : start + 1]), frozenset())
    return bool(verbs & set(words[start + 1 : start + 2]))


def _begins_denied(words: Sequence[str], pieces: Sequence[Piece]) -> bool:
    """Return true for "not Corvane", "leave out tier 3" and "without Corvane"."""
    is_without = words[:1] == ["without"] and any(piece.account is not None for piece in pieces[1:2])
    return is_without or bool(DENYING & set(words[:1])) or words[:2] == ["leave", "out"]


def _is_source(words: Sequence[str]) -> bool:
    """Return true for "who says so", "says who", "when did that happen"."""
    is_who = "who" in words and bool(SAYING & set(words))
    is_when = (
        "when" in words and bool({"happen", "happened"} & set(words)) and bool({"that", "it", "this"} & set(words))
    )
    return len(words) <= STILL_SHORT and (is_who or is_when)


def _is_following(tokens: Sequence[Token]) -> bool:
    words = [each.word for each in tokens]
    if words[:2] in (["what", "about"], ["how", "about"], ["same", "for"], ["same", "with"]):
        return True
    first = next((position for position, word in enumerate(words[:3]) if word in FOLLOWING), None)
    if first is not None and POLITE & set(words[:first]):
        return False
    return first is not None and (first == 0 or tokens[first - 1].mark in (".", "?", "!", ","))


def _is_referring(pieces: Sequence[Piece]) -> bool:
    """Return true if a pronoun comes before every name, and `that` does not follow a noun ("accounts that moved")."""
    has_clause = has_person = False
    for position, piece in enumerate(pieces):
        if piece.account is not None or piece.choice or piece.is_unknown:
            return False
        has_person = has_person or bool(piece.persons)
        is_owed = position > 0 and pieces[position - 1].means(Cue.OWE)
        if has_person and not is_owed and piece.means(Cue.THEY, Cue.PERSON):
            return False
        if piece.means(Cue.THEY) and (has_clause or _is_bound(pieces, position)):
            return False
        has_clause = has_clause or (piece.mark in (",", "-", ":") and position > 0)
        if not piece.means(*PRONOUNS):
            continue
        before = pieces[position - 1] if position else None
        is_relative = piece.means(Cue.THAT) and before is not None and _is_noun(before)
        if not is_relative:
            return True
    return False


def _is_bound(pieces: Sequence[Piece], position: int) -> bool:
    """Return true for `them` after a noun: "moves, but nothing shows them"; not for "blockers of those"."""
    is_after = position > 0 and pieces[position - 1].means(Cue.AT, Cue.FOR, Cue.FROM, Cue.WITH, Cue.ABOUT)
    if is_after or (position > 0 and pieces[position - 1].of_kind(Subject)):
        return False
    return any(piece.of_kind(Subject) for piece in pieces[:position])


def _is_noun(piece: Piece) -> bool:
    return bool(piece.of_kind(Subject)) or piece.segment != "" or piece.typed.casefold() in NOUNS
