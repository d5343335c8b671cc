"""People of an account where a text names them: the text with each in a mark of one word, for whoever reads who acted.

Rather nobody than the wrong one: a name is found by whole words, a word that means something else too only where it is
written as a name, and a first name with a surname that is another's is another person.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from agendas.facts.evidence import BuyerAct
from agendas.facts.group import Contact, RoleStatus
from agendas.text.names import plain, plain_words

# Words by which an update tells who acted and how.


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PRONOUNS = words("he she they")
THEIRS = words("her his its their")
THEM = words("her him his their them")

TITLES = words(
    """
    architect buyer buyers cdo ceo cfo chairman champion cio ciso client cmo coo council counsel cpo cro cto
    customer customers director directors evaluator evp founder head lawyer lawyers lead leads manager nurse owners
    planner president procurement prospect purchasing sponsor svp vp
    """
)
"""People who are the buyer's where nothing says otherwise."""

DEPARTMENTS = words(
    """
    assistant board committee company engineer engineers executives finance it legal management office operations
    people secretary security side team users
    """
)
"""Parts of a company that are the buyer's with "their" before them alone: we have them too."""

US = words("i we")
OURS = words("internal internally me my our ours us")
OUR_PARTS = words("ae bdr csm marketing presales product rep sales sdr se success")
"""Parts of a company that sell: they are never the buyer's."""

OTHERS = words("another my other our ours")
"""Words next to a title that is not the buyer's."""

THIRD_PARTY = words(
    """
    analyst analysts article auditor auditors filing filings integrator journalist magazine newspaper press registry
    regulator reseller
    """
)
"""Words for a source that is neither side."""

ACTS = words(
    """
    accepted accepts added agreed agrees announced answered answers appointed approved approves asked asks attended
    booked bought brought called calls came changed chose cleared commented committed completed confirmed confirms
    contacted corrected countersigned decided declined delivered downloaded drafted emailed expanded extended filled
    followed forwarded gave gives handed held hired hosted introduced introduces invited invites invoiced joined
    launched left mailed messaged met moved named offered offers opened ordered paid passed phoned picked pinged
    pitched posted prepared presented prolonged proposed published quoted ran rang reached redlined registered
    rejected renewed replied replies reported reports requested requests returned reviewed said says scheduled
    selected sends sent shared shares showed signed signs spoke started stopped submitted subscribed talked tells
    tested texted told took toured trialled tried uploaded used visited visits writes wrote
    """
)
"""Verbs of what was done; wishes and plans are not among them."""

CONTACTING = words("called contacted emailed invited mailed pinged pitched quoted reached")
"""Verbs that do not tell who did it where no object follows a name: "Acme called"."""

SETTLING = words("agreed agrees booked confirmed confirms decided offered proposed scheduled")
"""Verbs after which a day may be the one that was settled, and not the one on which it was."""

SIGNED = words("countersigned signed")

BE = words("are be been being got is received was were")
"""Words that make a verb passive: it was done to its subject."""

THINGS = words(
    """
    agenda answer call case competitor contract deck demo docs document email invite link mail meeting newsletter
    offer out-of-office paper presentation pricing proposal questionnaire questions quote reply site slides terms
    webinar website
    """
)
"""Nouns that do not act: with one before the verb, the clause is about a thing."""

NOT_DONE = words(
    """
    awaiting canceled cancelled cannot could expect expecting going guess hope hopes hoping if may maybe might need
    needs never no nobody none not nothing perhaps plan plans postponed probably promised shall should supposedly
    think unless until wait waiting want wanted wants will without would
    """
)
"""Words that leave open whether the thing was done."""

PLANS = words("plan plans")
"""Words of those that are a thing in "shared the rollout plan" and no fact yet in "they plan to sign"."""

BEFORE_A_THING = THEIRS | words("a an our the this your")

PLANNED = words(
    """
    about agreed arrange arranged asked before book booked booking fri friday get invitation invite link mon monday
    next offered planned planning prepare prepared preparing propose proposed request requested scheduled set
    setting thu thursday tomorrow tried try trying tue tuesday upcoming wed wednesday
    """
)
"""Words next to a meeting or a call that was not held yet, or was about them and not with them."""

BEFORE_VERBS = words("all already also both finally had has have herself himself just now then")
"""Words that may stand between a subject and its verb."""

GETTING = words("got heard received")
"""Verbs of what came to us from somebody."""

TELLING = words(
    """
    added agreed answered asked asks committed confirmed confirms decided emailed mailed messaged promised proposed
    replied replies reported requested said says suggested tells told writes wrote
    """
)
"""Verbs after which comes what somebody said, which says nothing of who acted."""

REPORTED_SPEECH = words("how if that until what whether which who why")

LEAVING = words("left moved")

EMPLOYERS = words("business company employer firm job organisation organization role")
"""What somebody who goes leaves or moves to."""

GOING = words("appointed hired left moved named resigned started stopped")
"""Verbs of what became of somebody, which is nothing they did towards us."""

IN_DATES = words(
    """
    april aug august dec december feb february jan january jul july jun june mar march nov november oct october sep sept
    september
    """
)
"""Months that stand in a date before a name: "On 3 Nov Dana called"."""

BEFORE_A_SUBJECT = IN_DATES | words(
    """
    earlier finally friday fyi good great last monday morning news night saturday sunday this thursday today tuesday
    update wednesday week yesterday
    on
    """
)
"""Words with which a sentence about somebody may begin, besides the number of a day."""

JOINT_ACTS = words("met spoke talked")
"""Verbs of what both sides do together."""

JOINT_NOUNS = words(
    """
    call conversation demo dinner interview kick-off kickoff lunch meeting meetings session visit workshop
    """
)
"""Occasions at which both sides are there."""

NOUNS_FROM = words(
    """
    answer approval call comments confirmation e-mail email heard inbound letter mail message numbers order po redlines
    reply request rfp signature verbal yes
    """
)
"""Things that come from somebody."""

LINKING = words("a an both her his interim its new one some the their three to two with")
"""Words that may stand between a meeting and the people it was with."""

GENERIC = words(
    """
    and best blue company digital east first for general global green group holding holdings international labs
    national new next north one open partners services smart software solutions south systems the united west works
    """
)
"""Words of names that texts use for other things too."""

NO_NAMES = GENERIC | ACTS | THINGS | OUR_PARTS | TITLES | DEPARTMENTS | OURS | US
"""Words that no text is taken to call somebody by."""

ACT_OF_VERB: dict[str, BuyerAct] = {
    **dict.fromkeys(("mailed", "emailed", "e-mailed"), BuyerAct.MAIL),
    **dict.fromkeys(("called", "phoned", "rang"), BuyerAct.CALL),
    **dict.fromkeys(("messaged", "texted"), BuyerAct.MESSAGE),
    **dict.fromkeys(("visited", "visits", "downloaded"), BuyerAct.VISIT),
    **dict.fromkeys(("signed", "countersigned", "redlined"), BuyerAct.DOCUMENT),
    "met": BuyerAct.MEETING,
    "registered": BuyerAct.FORM,
    "won": BuyerAct.DEAL,
    "closed-won": BuyerAct.DEAL,
}
"""Verbs that tell by themselves how somebody acted."""

OTHERWISE: dict[str, frozenset[str]] = {
    "called": words("for it off out"),
    "signed": words("in off on up"),
    "met": words("all conditions criteria every expectations goal goals requirements target targets these"),
    "won": words("a an award prize the"),
    "phone": words("number numbers"),
}
"""Words after those verbs with which they tell something else: "signed up", "met all requirements"."""

WRITTEN = words("replied wrote")
"""Verbs of what was probably a mail, unless the clause tells another way."""

PUBLISHED = words("article blog book code column paper post report review")
"""What is written and no mail."""

GIVING = words(
    """
    completed countersigned delivered filled forwarded gave handed issued mailed placed redlined returned sent shared
    signed submitted uploaded
    """
)
"""Verbs by which the thing named after them came from who did it."""

GIVEN: dict[str, BuyerAct] = {
    **dict.fromkeys(("mail", "email", "e-mail"), BuyerAct.MAIL),
    "reply": BuyerAct.MAIL,
    **dict.fromkeys(("message", "chat", "linkedin"), BuyerAct.MESSAGE),
    "form": BuyerAct.FORM,
    **dict.fromkeys(
        ("agreement", "contract", "document", "letter", "loi", "minutes", "nda", "order", "po", "redlines", "rfp"),
        BuyerAct.DOCUMENT,
    ),
}
"""Things that came from somebody, by the kind of act that they are."""

CHANNELS = words("by in on over through via")
"""Words before the way in which something was sent: "by mail", "on LinkedIn"."""

OCCASIONS: dict[str, BuyerAct] = {
    **dict.fromkeys(sorted(JOINT_NOUNS - {"call", "conversation", "visit"}), BuyerAct.MEETING),
    "call": BuyerAct.CALL,
}
"""Occasions that tell how both sides met; a conversation or a visit may be of several kinds."""

HOLDING = words("attended came did had held hosted joined ran took")
"""Verbs of an occasion that took place."""

AT = words("at during in on")
"""Words before an occasion at which something was said or done."""

INCLINED = {"in": words("interested"), "on": words("agree agreed decide decided insisted keen off")}
"""Words with which "in" and "on" begin what somebody wants: "interested in a demo"."""

DAYS = words("fri friday mon monday thu thursday tue tuesday wed wednesday")

_WORD = re.compile(r"[\w.+-]+@[\w.-]+\w|[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+|'(?!s\b)[^\W\d_]+)*\.?")
_MARK = re.compile(r"__(\d+(?:_\d+)*)__")
_LIST = re.compile(r"__[\d_]+__(?:(?:\s*,\s*(?:and\s+)?|\s*[&+/]\s*|\s+and\s+)__[\d_]+__)+")
_WITH_US = re.compile(r"(__[\d_]+__) and (I|we) (met|spoke|talked)\b")
_OWNER = re.compile(r"'s?(?=\s|$)")
_THING_OF = re.compile(rf"'s?\s+(?P<thing>{'|'.join(sorted(NOUNS_FROM))})\b", re.IGNORECASE)
_NOT_TITLE = ACTS | BE | BEFORE_VERBS | NOT_DONE | words("and at but in on or to who with")
_NO_ROLE = ACTS | BE | NOT_DONE | THINGS | JOINT_NOUNS | US | OUR_PARTS | OTHERS
_AFTER = re.compile(
    r"\s*(?:,\s*(?:(?:their|the|its|new|interim)\s+)*(?P<title>[^,;:.!?\n()]+)|\((?P<aside>[^()\n]{1,60})\))",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_a-z][\w'-]+(?: (?:[A-Z]\.|von|van|zu|de|der|den|di|da|del|la|le|el|bin|[^\W\d_a-z][\w'-]+)){1,4}"
_TITLED = re.compile(rf"(?<![\w'-])(?P<name>{_NAME})(?=\s*[,(])")
_CALLED = re.compile(rf"\b(?:[Tt]heir|[Tt]he) (?P<title>[\w ]{{2,40}}?) (?P<name>{_NAME})")
LONGEST_TITLE_WORDS = 6
"""Most words of a title that is given with a name."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody with a title whom the text names and who is not in the group."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names somebody: the people who may be meant, or a stranger.

    `is_sure` is false for a word that may mean something else, `is_owner` true where it is theirs, as in "Dana's team".
    """

    people: tuple[Contact, ...] = ()
    stranger: Stranger | None = None
    is_sure: bool = True
    is_owner: bool = False


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text in which each mention of a person is a mark of one word, and what the marks mean, by their numbers."""

    text: str
    mentions: tuple[Mention, ...] = ()

    def of(self, word: str) -> tuple[Mention, ...]:
        """The mentions of a word of the text, none for a word that is no mark."""
        match = _MARK.fullmatch(word)
        return tuple(self.mentions[int(number)] for number in match[1].split("_")) if match else ()


def is_mark(word: str) -> bool:
    return _MARK.fullmatch(word) is not None


def mark_people(written: str, people: Sequence[Contact], *, ours: frozenset[str] = frozenset()) -> MarkedText:
    """Mark where the text names these people, and strangers with a title.

    `ours` are the words in lower case by which people of ours are called: one of them alone marks nobody.
    """
    text = _plain_quotes(written)
    mentions: list[Mention] = []
    parts: list[str] = []
    marked_until = 0
    for named_from, named_until, mention in _mentions(text, people, ours):
        start = _title_start(text, named_from)
        if start < marked_until:  # it is within the mention before
            continue
        end, thing = _mention_end(text, named_until)
        mark = f"__{len(mentions)}__"
        parts += [text[marked_until:start], f"{thing} from {mark}" if thing else mark]
        owner = _OWNER.match(text, end)
        # "Dana's joined" may be what Dana did, or something of hers: it is not sure, but no owner either
        is_act = owner is not None and _next_word(text, owner.end()) in ACTS
        mentions.append(replace(mention, is_owner=bool(owner) and not is_act, is_sure=mention.is_sure and not is_act))
        marked_until = owner.end() if owner else end
    return MarkedText(_listed("".join((*parts, text[marked_until:]))), tuple(mentions))


def _mentions(text: str, people: Sequence[Contact], ours: frozenset[str]) -> list[tuple[int, int, Mention]]:
    """The mentions in order, with where each name begins and ends; a stranger is none where a known name stands."""
    known = [*_known_mentions(text, people, ours)]
    strangers = (
        (start, end, mention)
        for start, end, mention in _stranger_mentions(text, ours)
        if not any(start < known_end and known_start < end for known_start, known_end, _ in known)
    )
    return sorted((*known, *strangers), key=lambda each: (each[0], -each[1]))


def _known_mentions(text: str, people: Sequence[Contact], ours: frozenset[str]) -> Iterator[tuple[int, int, Mention]]:
    """The mentions of people of the account, by name or e-mail address, with where each begins and ends.

    Of several people whom a name may mean, those who left are not meant while another is there.
    """
    named = [(each, _name_words(each.profile.name)) for each in people]
    calling = frozenset(word for _, words in named for word in words)
    tokens = list(_WORD.finditer(text))
    at = 0
    while at < len(tokens):
        first = tokens[at]
        at += 1
        if "@" in first[0]:
            written = tuple(each for each in people if each.profile.email.casefold() == first[0].casefold())
            if written:
                yield first.start(), first.end(), Mention(_still_there(written))
        elif _is_called(first[0], calling):
            run = _name_around(text, tokens, at - 1, calling)
            at = max(at, tokens.index(run[-1]) + 1)
            mention = _mention_of(text, run, named, ours)
            if mention is not None:
                yield run[0].start(), run[-1].end() - run[-1][0].endswith("."), mention


def _name_words(name: str) -> frozenset[str]:
    """The words of a name as texts call somebody by them, and the parts of one with a hyphen."""
    written = _WORD.findall(_plain_quotes(name))
    parts = {word for each in written for word in (each, *re.split(r"[-\u2010\u2011]", each))}
    return frozenset(
        word
        for each in parts
        if len(each.rstrip(".")) > 1
        for word in _variants(each)
        if word not in OTHER_WORDS | PARTICLES
    )


def _name_around(text: str, tokens: Sequence[re.Match[str]], at: int, calling: frozenset[str]) -> list[re.Match[str]]:
    """The words written as one name with the one at `at`: one before it at most, and all that go on after it."""
    run = [tokens[at]]
    before = tokens[at - 1] if at else None
    if before and _is_next(text, before, run[0]) and (_is_initial(before[0]) or _is_capital(before[0])):
        run.insert(0, before)
    for each in tokens[at + 1 :]:
        is_part = (
            _is_called(each[0], calling) or _is_capital(each[0]) or plain(each[0]) in PARTICLES or _is_initial(each[0])
        )
        if not _is_next(text, run[-1], each) or not is_part:
            break
        run.append(each)
    while len(run) > 1 and plain(run[-1][0]) in PARTICLES:
        run.pop()
    return run


def _is_next(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """True if one space parts the two words, and no full stop that ends a sentence."""
    return text[one.end() : other.start()] == " " and (_is_initial(one[0]) or not one[0].endswith("."))


def _mention_of(
    text: str, run: Sequence[re.Match[str]], named: Sequence[tuple[Contact, frozenset[str]]], ours: frozenset[str]
) -> Mention | None:
    """The mention that the words of one name make; None if they mean none of these people, or are no name here.

    One word alone that is a name of `ours` too is none. Somebody who has left is never sure.
    """
    words = [each[0] for each in run if plain(each[0]) not in PARTICLES]
    meant = tuple(each for each, name in named if all(_is_word_of(word, name) for word in words))
    full = [word for word in words if not _is_initial(word)]
    if not meant or (len(full) == 1 and plain(full[0]) in ours):
        return None
    is_name = len(full) > 1 or _is_name_alone(text, run[-1])
    if is_name is None:
        return None
    return Mention(_still_there(meant), is_sure=is_name and any(each.status is not RoleStatus.LEFT for each in meant))


def _is_word_of(word: str, name: frozenset[str]) -> bool:
    """True if the word is one of a name, or the initial of one."""
    if _is_initial(word):
        return any(each.startswith(plain(word[0])) for each in name)
    return _is_called(word, name)


def _is_name_alone(text: str, token: re.Match[str]) -> bool | None:
    """Whether one word alone is a name: None for a word of the language such as "will", False where it may be both."""
    word = plain(token[0]).rstrip(".")
    if word not in COMMON:
        return True
    # at the beginning of a sentence every word has a capital
    if re.search(r"(?:^|[.!?:;\n(]|\s[-\u2013\u2014]\s)\s*$", text[: token.start()]):
        return False if _next_word(text, token.end()) in ACTS else None
    return None if token[0].islower() else word not in MONTHS


def _stranger_mentions(text: str, ours: frozenset[str]) -> Iterator[tuple[int, int, Mention]]:
    """The mentions of unknown people, known by a title next to their name, with where each begins and ends."""
    for match in (*_TITLED.finditer(text), *_CALLED.finditer(text)):
        name = match["name"]
        # a sentence begins with a capital too: "Yesterday Max Weber"
        while " " in name and not _is_capital(name.partition(" ")[0]):
            name = name.partition(" ")[2]
        start = match.end("name") - len(name)
        if match.re is _CALLED:
            title = _title_in(text[match.start("title") : start])
        else:
            after = _AFTER.match(text, match.end())
            title = _title_in(after["title"] or after["aside"]) if after else ""
        if title and " " in name and not set(plain_words(name)) <= ours:
            yield start, match.end("name"), Mention(stranger=Stranger(name, title))


def _title_start(text: str, start: int) -> int:
    """Where the mention begins with the title or form of address before the name: "their head of IT Dana"."""
    before = re.search(r"(?:[^\s,;:.!?()]+\.? ){0,4}$", text[:start])
    words = before[0].split() if before else []
    for place in range(len(words)):
        leading = [plain(each).rstrip(".") for each in words[place:]]
        is_title = leading[0] in TITLES and not _NOT_TITLE & set(leading)
        if is_title or set(leading) <= HONORIFICS | PARTICLES:
            return start - len(" ".join(words[place:])) - 1
    return start


def _mention_end(text: str, end: int) -> tuple[int, str]:
    """Where the mention ends, after a title behind the name; and "reply" where the text has "Dana's reply", else ''."""
    if thing := _THING_OF.match(text, end):
        return thing.end(), thing["thing"]
    after = _AFTER.match(text, end)
    if after is None:
        return end, ""
    if after["aside"]:
        return after.end(), ""
    title = _title_in(after["title"]) or _role_in(text, after)
    closed = after.start("title") + len(title)
    return (closed + (text[closed : closed + 1] == ","), "") if title else (end, "")


def _role_in(text: str, after: re.Match[str]) -> str:
    """The role of somebody, given before what they did, as in "Dana, assistant to the COO, called"; else ''."""
    title_words = set(plain_words(after["title"]))
    is_role = bool(title_words & (TITLES | DEPARTMENTS)) and not title_words & _NO_ROLE
    has_comma = text[after.end("title") : after.end("title") + 1] == ","
    act_follows = _next_word(text, after.end("title") + 1) in ACTS | BEFORE_VERBS
    return after["title"] if is_role and has_comma and act_follows else ""


def _listed(text: str) -> str:
    """The text with people who are named together, as in "Dana, Tom and Rita", as one mark: `__0_1_2__`."""

    def joined(match: re.Match[str]) -> str:
        """One mark for the people of the list; the list as it stands where they did not act together."""
        before = re.split(r"[,;:.!?\n(]|\band\b", text[: match.start()])[-1].casefold().split()
        is_with = before[-1:] in (["with"], ["from"], ["by"], ["met"])
        # "we called Dana and Tom replied" tells of two people who did two things
        is_two = set(before) & (ACTS | US) and not is_with
        if not re.search(r" and |[&+/]", match[0]) or (is_two and _next_word(text, match.end()) in ACTS):
            return match[0]
        return f"__{'_'.join(_MARK.findall(match[0]))}__"

    return _WITH_US.sub(r"\2 \3 with \1", _LIST.sub(joined, text))


def _plain_quotes(text: str) -> str:
    """The text with one form of apostrophe and of accented letters."""
    return unicodedata.normalize("NFC", text).replace("\u2019", "'").replace("\u02bc", "'")


def _is_capital(word: str) -> bool:
    """Return true for a word written as a name: not in capitals throughout, and no title, act or form of address."""
    folded = plain(word).rstrip(".")
    no_names = OTHER_WORDS | NO_NAMES | NOT_DONE | (IN_DATES - MONTHS_AND_NAMES)
    return word[0].isupper() and not (len(word) > 1 and word.isupper()) and folded not in no_names


def _is_initial(word: str) -> bool:
    """True for a letter with a full stop, as in "M. Weber"."""
    return len(word) == 2 and word[0].isupper() and word[1] == "."


def _is_called(word: str, calling: frozenset[str]) -> bool:
    """True if the word, however it is accented, is among `calling`: the words of names."""
    return any(each in calling for each in _variants(word))


def _next_word(text: str, end: int) -> str:
    """The next word in lower case, '' where there is none."""
    match = re.match(r"\s+([^\W\d_]+)", text[end:])
    return match[1].casefold() if match else ""


def _title_in(words: str) -> str:
    """The title that the words begin with, as they are written; '' where they are none."""
    leading = [*takewhile(lambda word: plain(word) not in _NOT_TITLE, words.split()[:LONGEST_TITLE_WORDS])]
    title_words = set(plain_words(" ".join(leading)))
    is_theirs = title_words & TITLES and not title_words & (OUR_PARTS | OTHERS)
    return " ".join(leading) if is_theirs else ""


def _still_there(people: tuple[Contact, ...]) -> tuple[Contact, ...]:
    """Those who are still there; all of them where everybody has left."""
    return tuple(each for each in people if each.status is not RoleStatus.LEFT) or people


def _variants(word: str) -> tuple[str, ...]:
    """The word without accents, and as umlauts are spelled out."""
    return plain(word).rstrip("."), plain(word.casefold().translate(_SPELLED_OUT)).rstrip(".")


_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})

PARTICLES = words("von van zu de der den di da del la le el bin")

HONORIFICS = words(
    "dr frau herr m madam madame mme monsieur mr mrs ms miss mx prof professor senor senora signor signora sir"
)

OTHER_WORDS = HONORIFICS | words(
    """
    a after also and apparently as at because before both but by fyi finally for from good great hello hey hi in it
    just last news now of on our per re meanwhile since so still thanks that the their then they this to today tonight
    tomorrow update we when while with yesterday you jr sr monday tuesday wednesday thursday friday saturday sunday
    """
)
"""Words next to a name that are no part of it."""

MONTHS = words("january february march april may june july august september october november december")

MONTHS_AND_NAMES = words("april august jan june")

COMMON = MONTHS | words(
    """
    abbot amber archer art autumn baker banks basil bay bell best bill bishop black blue bond booth bright brook brooks
    brown buck bush butler buyer call carter case cash chance chase chip christian church clay cliff cloud coach cook
    cooper cross daisy dale dawn day deal dean dick digit drew duke earl early east eve ever faith field fields fisher
    flint ford forest fox frank gale gardener gay gene general german gold golden good grace grant gray green grey guy
    hall hank hardy harmony hart hazel heath heather holly honor hope hill house hunt hunter ice iris ivory ivy jack
    jade jet jewel joy justice key king kit knight lance land lane lark law lily link little long love low luck major
    mark marks marsh mason master max mercy merit mile miles miller moody moon moor more moss night noble north norm
    old olive order page park parker parks pat patience pearl penny piper pit pitt pool pope porter post potter power
    powers precious price prince prior queen quick rain ray read reason red rich richer ring rivers rob robin rock rod
    rose rosemary rowan royal ruby rush rusty sage sale sales sandy savage scout sharp shepherd short silver singer skip
    sky smart snow sol south spencer spring star stark steel stern stone storm strange street strong sue summer summers
    swift temple tile tiny trainer trip turner violet wade walker wall walls ward waters way weaver webb weeks wells
    west white whole will willow wills win winter wise wolf wood woods worth wright young
    """
)
"""Words of the language that are names too: alone they are a name only where they are written as one."""
