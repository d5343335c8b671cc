"""Words by which a text stands on the answer before it, or shows that it asks something of its own."""

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
STANDS_FOR = frozenset(_STANDS_FOR_SAID.split())
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
