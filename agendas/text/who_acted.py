"""The actor of an update, read from its words: the buyer, we, or a third party, and the kind of the act."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from agendas.errors import AmbiguousDate, NotUnderstood
from agendas.facts.evidence import BuyerAct, EvidenceActor
from agendas.facts.group import Contact
from agendas.text import people_named
from agendas.text.dates import MONTHS, WEEKDAYS, add_months, past_date
from agendas.text.evidence import host_of
from agendas.text.people_named import MarkedText, Mention, Stranger, is_mark, mark_people

SHORTEST_NAME_LETTERS = 4

_WORD = re.compile(r"<@[a-z0-9]+>|[\w@.+-]*[\w@+]")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_SENDER = re.compile(r"^[ \t]*(?:from|von):[ \t]*", re.IGNORECASE | re.MULTILINE)
_CLAUSE = re.compile(r"[,;:!?\n()]|\.(?=\s|$)|\s[-\u2013\u2014]\s|\b(?:and|but|then|so|because|after|while|when)\b")

_MAIL_OPENED = re.compile(
    r"\b(?:re-?)?open(?:ed|s) (?:(?:a|all|an|both|every|first|her|his|last|latest|my|new|of|our|that|the|this|your) )*"
    r"(?:e-?mails?|mails?|newsletters?)\b(?: and\b)?"
)
"""What a mail program reports, and no act of the reader; what they did follows it."""

_REPORTED_SPEECH = re.compile(
    r"[:;\n(]|\b(?:that|if|whether|what|which|who|how|why|we|i|(?-i:will)|would|wants?)\b", re.IGNORECASE
)
_WHAT_FOR = re.compile(r"\b(?:about|for|of|to)\b", re.IGNORECASE)
_WEEKDAY = "|".join(sorted(WEEKDAYS))
_MONTH = "|".join(sorted(MONTHS))
_AGO = re.compile(
    rf"(?<!from )(?<!of )\b(?P<day>(?:the day before )?yesterday|last night|\w+ (?:day|week)s? ago|last (?:{_WEEKDAY}))"
    r"\b(?!'s)",
    re.IGNORECASE,
)
_DATE = (
    rf"(?:(?:{_WEEKDAY}),? (?:the )?)?"
    rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})\b(?: \d{{4}})?|(?:{_MONTH}) \d{{1,2}}\b"
    r"|\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.(?:\d{4})?)"
)
_ON = re.compile(rf"\bon {_DATE}", re.IGNORECASE)
_IN_FRONT = re.compile(rf"^\s*(?:on {_DATE}|{_DATE.replace('P<day>', 'P<dated>')}\s*[:,\u2013\u2014-])", re.IGNORECASE)
# "agreed on Friday" may be a Friday to come
_JUST_AFTER_AN_ACT = rf"(?:^\s*|\b(?:{'|'.join(sorted(people_named.ACTS - people_named.SETTLING))}) (?:(?:me|us) )?)"
_ON_WEEKDAY = re.compile(rf"{_JUST_AFTER_AN_ACT}on (?P<day>{_WEEKDAY})\b(?!,? (?:the )?\d)", re.IGNORECASE)
_NO_DAY = re.compile(
    r"(?<!from )(?<!of )\b(?P<time>last (?:week|weekend|month|quarter|year)|(?:over|at) the weekend|the other day"
    r"|earlier this (?:week|month|quarter|year)|a (?:few|couple of) (?:days|weeks|months) (?:ago|back)"
    r"|(?:some|several|many) (?:days|weeks|months) ago|\w+ months? ago|a while ago)\b(?!'s)"
    rf"|{_JUST_AFTER_AN_ACT}(?P<period>in (?:early |mid |late )?(?:{_MONTH})\b"
    r"|on the \d{1,2}(?:st|nd|rd|th)\b|on \d{1,2}/\d{1,2}\b)",
    re.IGNORECASE,
)
MONTHS_BACK = 9
"""A day longer ago than this is no news of a week."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Names by which the two sides are known: the buyer's (account and people), members of ours, and domains.

    `people` are those of the account's group.
    """

    buyer_names: frozenset[str] = frozenset()
    our_names: frozenset[str] = frozenset()
    buyer_domains: frozenset[str] = frozenset()
    our_domains: frozenset[str] = frozenset()
    people: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class PeopleActing:
    """Who of the account's people acted by a text.

    `credited` surely did. Each tuple in `asked` holds the people whom one name may mean: a user is asked which of them
    it was. `strangers` are not in the group. `mentioned` are all whom clauses name that are not about an act of ours.
    """

    credited: tuple[Contact, ...] = ()
    asked: tuple[tuple[Contact, ...], ...] = ()
    strangers: tuple[Stranger, ...] = ()
    mentioned: tuple[Contact, ...] = ()


def read_actor(text: str, links: Iterable[str] = (), sides: Sides = Sides()) -> EvidenceActor:
    """Return who acted according to `text`; left open unless the words make it plain.

    The buyer acted where a clause names them as the one who did something, a meeting or call with them that was held,
    or something that came from them; and no clause before it names an act of ours. Plans, wishes, what did not happen
    and what was done to them are no acts of theirs. Where no word says who acted, links that all lead to domains of
    ours are our own act; a link alone is never taken for the buyer's.
    """
    clauses = _clauses(_marked(text, sides).text)
    actors = [actor for clause in clauses if (actor := _actor(clause, sides)) is not None]
    has_source = any(word in people_named.THIRD_PARTY for clause in clauses for word in clause)
    if actors and actors[0] is EvidenceActor.BUYER and has_source:
        return EvidenceActor.THIRD_PARTY
    if actors:
        # after an act of ours, an act of theirs leaves open which of the two the text is evidence of
        is_mixed = actors[0] is EvidenceActor.US and set(actors) != {EvidenceActor.US}
        return EvidenceActor.IN_DOUBT if is_mixed else actors[0]
    hosts = [host_of(link) for link in links]
    if hosts and all(_is_in_domains(host, sides.our_domains) for host in hosts):
        return EvidenceActor.US
    return EvidenceActor.IN_DOUBT


def read_people(text: str, sides: Sides) -> PeopleActing:
    """Return who of the account's people acted by the words of `text`, clause by clause.

    Only what they did counts, and meetings and calls with them that were held; what we did to them, what became of them
    and what is theirs ("Dana's assistant replied") credits nobody. A name of several people is to be asked about.
    """
    marked = _marked(text, sides)
    acting: list[Mention] = []
    named: list[Mention] = []
    for clause in _clauses(marked.text):
        actor = _actor(clause, sides)
        if actor is EvidenceActor.BUYER:
            acting += _acting(clause, marked, sides)
        if actor is not EvidenceActor.US:
            named += [mention for word in clause for mention in marked.of(word) if not mention.is_owner]
    credited = dict.fromkeys(each.people[0] for each in acting if each.is_sure and len(each.people) == 1)
    asked = dict.fromkeys(each.people for each in acting if each.people and not set(each.people) & credited.keys())
    strangers = dict.fromkeys(each.stranger for each in acting if each.stranger is not None)
    mentioned = dict.fromkeys(person for each in named for person in each.people)
    return PeopleActing(tuple(credited), tuple(asked), tuple(strangers), tuple(mentioned))


def _acting(clause: Sequence[str], marked: MarkedText, sides: Sides) -> list[Mention]:
    """The mentions of those who acted in a clause about an act of the buyer.

    They are its subject, else the people named within six words after "by", "from" or a meeting. Somebody who was only
    hired or left did not act.
    """
    words = _own_words(clause)
    if _is_by(words, sides, ours=False):
        starts = [words.index("by") + 1]
    elif (subject := _subject_length(words, sides)) and _they_acted(words, sides):
        verb_at = next(at for at, word in enumerate(words) if at >= subject and word in people_named.ACTS)
        return [] if words[verb_at] in people_named.GOING else _first_named(words[:verb_at], marked)
    else:
        occasions = people_named.JOINT_ACTS | people_named.JOINT_NOUNS | {"from"}
        starts = [start + 1 for start, word in enumerate(words) if word in occasions]
    return [mention for start in starts for mention in _first_named(words[start : start + 6], marked)]


def _first_named(words: Sequence[str], marked: MarkedText) -> list[Mention]:
    """The first people that these words name; nobody where something of theirs is named, as in "Dana's team"."""
    named = next((marked.of(word) for word in words if is_mark(word)), ())
    return [mention for mention in named if not mention.is_owner]


def read_act(text: str) -> BuyerAct | None:
    """Return the kind of the first act that the text plainly names; None if it names none or may mean another.

    Mentioning a thing is no act of that kind: "asked for a demo" is no meeting, "no reply to our mail" no mail. Nor is
    something planned, or something that did not happen.
    """
    for words in _clauses(text):
        if _is_not_done(words):
            continue
        if act_found := next((act for place in range(len(words)) if (act := _act_at(words, place))), None):
            return act_found
        if people_named.WRITTEN & set(words) and not people_named.PUBLISHED & set(words):
            return BuyerAct.MAIL
    return None


def _act_at(words: Sequence[str], position: int) -> BuyerAct | None:
    """Return the kind of act that the word at this position means in its clause, or None."""
    word, before, after = words[position], words[:position], words[position + 1 :]
    if people_named.OTHERWISE.get(word, frozenset()) & set(after[:2]) or {"be", "being"} & set(before[-1:]):
        return None
    if word == "phone":
        return BuyerAct.CALL
    if word in people_named.ACT_OF_VERB:
        return people_named.ACT_OF_VERB[word]
    # the word before the noun and its article: "at" of "at the demo"
    article = 1 if before and before[-1] in people_named.LINKING | people_named.OURS else 0
    word_before = before[-1 - article] if len(before) > article else ""
    is_ours = article == 1 and before[-1] in people_named.OURS
    if word in people_named.OCCASIONS:
        return people_named.OCCASIONS[word] if _took_place(words, position, word_before) else None
    if word not in people_named.GIVEN or is_ours or (word == "order" and word_before == "in" and after[:1] == ["to"]):
        return None
    # "by mail", but not "in the contract"
    is_channel = word_before in people_named.CHANNELS and people_named.GIVEN[word] is not BuyerAct.DOCUMENT
    is_given = bool(people_named.GIVING & set(before)) and not {"about", "for", "on", "to"} & set(before[-3:])
    return people_named.GIVEN[word] if is_channel or is_given or after[:1] == ["from"] else None


def _took_place(words: Sequence[str], position: int, word_before: str) -> bool:
    """True if the clause says that the meeting or call it names was held, and not only planned or talked about.

    The occasion is the word at `position`; `word_before` stands before it and its article, "at" of "at the demo".
    """
    before, after = words[:position], words[position + 1 :]
    if word_before in people_named.AT and (word_before != "on" or words[position] == "call"):
        return not people_named.INCLINED.get(word_before, frozenset()) & set(before)
    # a weekday beside such a verb is the day on which it was held; without one it may be still to come
    verbs = [number for number, word in enumerate(before) if word in people_named.HOLDING]
    if any(before[number + 1 : number + 2] != ["to"] for number in verbs) or "held" in after[:2]:
        return not (people_named.PLANNED - people_named.DAYS) & set(words)
    return "with" in after[:2] and not people_named.PLANNED & set(words)


def read_day(text: str, today: date) -> date | None:
    """Return the past day on which it happened according to `text`; None unless exactly one day is plain.

    Days of things said, asked for or done by us do not count: "asked for a call on 3 Nov".
    """
    plain = _ADDRESS.sub(" ", text.replace("\u2019", "'"))
    if (front := _IN_FRONT.match(plain)) is not None:  # a date in front is that of the whole text
        return _past_day(front["day"] or front["dated"], today)
    before = _REPORTED_SPEECH.split(plain, maxsplit=1)[0]
    matches = [
        *_AGO.finditer(before),
        *_ON_WEEKDAY.finditer(before),
        *_ON.finditer(_WHAT_FOR.split(before, maxsplit=1)[0]),
    ]
    days = {_past_day(each["day"], today) for each in matches}
    return days.pop() if len(days) == 1 else None


def read_no_day(text: str) -> str:
    """Return the words of `text` that date it to an earlier time but to no single day ("last week"), '' without any."""
    before = _REPORTED_SPEECH.split(_ADDRESS.sub(" ", text.replace("\u2019", "'")), maxsplit=1)[0]
    match = _NO_DAY.search(before)
    return (match["time"] or match["period"]) if match else ""


def _past_day(words: str, today: date) -> date | None:
    """The date of these words if it has passed, no more than MONTHS_BACK months ago; else None."""
    try:
        on = past_date(words, today)
    except (AmbiguousDate, NotUnderstood):
        return None
    return on if add_months(today, -MONTHS_BACK) < on < today else None


def name_words(name: str) -> list[str]:
    """Return the words of a person's or an account's name by which texts call them.

    Generic words are left out, and short ones unless the name is a single word.
    """
    words = _words(name)
    special = [word for word in words if word not in people_named.NO_NAMES]
    long = [word for word in special if len(word) >= SHORTEST_NAME_LETTERS]
    return long or (special if len(words) == 1 else [])


def _clauses(text: str) -> list[list[str]]:
    """The words of each clause, in lower case, without web addresses and without opened mails."""
    plain = _ADDRESS.sub(" ", text.casefold().replace("\u2019", "'").replace("n't", " not").replace("'ve", " have"))
    return [words for part in _CLAUSE.split(_MAIL_OPENED.sub(" ", plain)) if (words := _words(part))]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _is_not_done(words: Sequence[str]) -> bool:
    """True for a clause of a plan, a wish or what did not happen."""
    doubts = (place for place, word in enumerate(words) if word in people_named.NOT_DONE)
    return any(words[place] not in people_named.PLANS or not _is_thing(words, place) for place in doubts)


def _is_thing(words: Sequence[str], position: int) -> bool:
    """True if the word there, plan or plans, is a thing, as in "shared the rollout plan", and nothing planned."""
    before, after = words[:position], words[position + 1 :]
    if people_named.BEFORE_A_THING & set(before[-1:]):
        return True
    if "to" in after[:1] or people_named.PRONOUNS & set(before[-1:]):
        return False
    is_named = words[position] == "plan" and people_named.BEFORE_A_THING & set(before[-2:])
    return bool(is_named or (people_named.ACTS - people_named.TELLING) & set(before))


def _actor(words: Sequence[str], sides: Sides) -> EvidenceActor | None:
    """Return who acted according to one clause; None where it does not say so plainly, or nothing was done.

    What we did, also "sent by us", is ours, whoever is named with us; a meeting with them, a reply from them and what
    they did is the buyer's: "met Dana", "reply from Dana", "Dana signed".
    """
    words = _own_words(words)
    if any(word in people_named.US or word.startswith("<@") for word in words):
        return _ours_or_joint(words, sides)
    if _is_not_done(words):
        return None
    if _is_by(words, sides, ours=True) or _is_sent_to_them(words, sides):
        return EvidenceActor.US
    if _is_by(words, sides, ours=False):
        return EvidenceActor.BUYER
    is_joint = _is_joint(words, sides)
    is_our_name = words[0] in sides.our_names and words[0] not in sides.buyer_names
    if words[0] in people_named.OURS or (is_our_name and not is_joint):
        return EvidenceActor.US if people_named.ACTS & set(words) else None
    is_theirs = is_joint or _came_from(words, sides)
    # a third party's report names the act after its own words
    begins = range(len(words)) if people_named.THIRD_PARTY & set(words) else (0,)
    did = any(_they_acted(words[place:], sides) for place in begins)
    return EvidenceActor.BUYER if is_theirs or did or _is_signed(words) else None


def _ours_or_joint(words: Sequence[str], sides: Sides) -> EvidenceActor | None:
    """Return who acted by a clause about us: the buyer in what was done together or came from them, else we.

    None for what was done to us or not done, and where "he", "she" or "they" stands in it.
    """
    if _is_not_done(words):
        return None
    if _is_joint(words, sides) or (people_named.GETTING & set(words) and _came_from(words, sides)):
        return EvidenceActor.BUYER
    us_at = next(number for number, word in enumerate(words) if word in people_named.US or word.startswith("<@"))
    after = words[us_at + 1 :]
    verb_at = next((number for number, word in enumerate(after[:5]) if word in people_named.ACTS), None)
    if verb_at is None or people_named.BE & set(after[: verb_at + 1]) or people_named.PRONOUNS & set(words):
        return None
    return EvidenceActor.US


def _is_sent_to_them(words: Sequence[str], sides: Sides) -> bool:
    """True for what begins with a verb, without a subject, and goes to the buyer: "sent them the deck"."""
    if words[0] not in people_named.ACTS - people_named.JOINT_ACTS - people_named.SIGNED:
        return False
    near = words[1:5]
    return "them" in near or any(_is_name(word, sides) and not word.endswith("'s") for word in near)


def _is_signed(words: Sequence[str]) -> bool:
    """True for a clause that begins like "signed this morning", without a subject or another act: the buyer signed."""
    others = people_named.ACTS & set(words[1:])
    # "signed up to" and "signed off" are no signature; one that names us or them leaves open who signed
    elsewhere = {"to", "off", *people_named.THEM, *people_named.OURS}
    return words[0] in people_named.SIGNED and not others and not elsewhere & set(words)


def _marked(text: str, sides: Sides) -> MarkedText:
    """The text with the people whom it names as marks, without web addresses."""
    # of a pasted mail the first sender counts: the others are of the mails that it answers
    plain = _SENDER.sub("mail from ", _ADDRESS.sub(" ", text), count=1)
    return mark_people(plain, sides.people, ours=sides.our_names)


def _own_words(words: Sequence[str]) -> Sequence[str]:
    """The words of a clause about a person, without what they said: "Dana asked" of "Dana asked if we could meet"."""
    start = next(
        (at for at, word in enumerate(words) if word not in people_named.BEFORE_A_SUBJECT and not word.isdigit()), 0
    )
    if not is_mark(words[start]):
        return words
    own = words[start:]
    verb_at = next((at for at, word in enumerate(own[:5]) if word in people_named.TELLING), None)
    if verb_at is None:
        return own
    end_words = people_named.REPORTED_SPEECH | people_named.US
    return own[: next((at for at, word in enumerate(own) if at > verb_at and word in end_words), len(own))]


def _they_acted(words: Sequence[str], sides: Sides) -> bool:
    """True if the clause begins with somebody of the buyer's and says what they did."""
    subject = _subject_length(words, sides)
    if not subject:
        return False
    predicate = [word for word in words[subject:] if word not in people_named.BEFORE_VERBS]
    verb_at = next((number for number, word in enumerate(predicate[:4]) if word in people_named.ACTS), None)
    if verb_at is None or (people_named.BE | people_named.THINGS | people_named.OUR_PARTS) & set(predicate[:verb_at]):
        return False
    after = predicate[verb_at + 1 :]
    is_surely_theirs = words[0] in people_named.PRONOUNS | people_named.THEIRS or is_mark(words[0])
    # an act towards the buyer was somebody else's
    if not is_surely_theirs and (people_named.THEM & set(after) or any(_is_name(word, sides) for word in after)):
        return False
    if _left_the_company(predicate[verb_at], after, sides):
        return False
    # "Dana called" is plain without an object, "Acme called" is not
    if is_mark(words[0]) and predicate[verb_at] == "called":
        return True
    return bool(after) or predicate[verb_at] not in people_named.CONTACTING


def _left_the_company(verb: str, after: Sequence[str], sides: Sides) -> bool:
    """True for somebody who went, which is news of the account and nothing that was done towards us."""
    if verb not in people_named.LEAVING:
        return False
    is_named = any(_is_name(word, sides) for word in after[:1])
    return (verb == "left" and not after) or is_named or bool(people_named.EMPLOYERS & set(after[:4]))


def _subject_length(words: Sequence[str], sides: Sides) -> int:
    """Return how many leading words name somebody on the buyer's side, "the new CFO" or "Dana's team", or 0.

    A title counts without "their" unless a word near it is about us or another side; a department does not.
    """
    start = 1 if words[0] in ("the", "a", "an", "both", "two", "three", "new", "interim") and len(words) > 1 else 0
    first = words[start]
    if first in people_named.PRONOUNS:
        return start + 1
    people = people_named.TITLES | people_named.DEPARTMENTS
    if first in people_named.THEIRS or (_is_name(first, sides) and first.endswith("'s")):
        near = list(words[start + 1 : start + 4])
        named_at = next((number for number, word in enumerate(near) if word in people or _is_name(word, sides)), None)
        return (
            start + named_at + 2 if named_at is not None and not people_named.THINGS & set(near[: named_at + 1]) else 0
        )
    if _is_name(first, sides):
        return start + 1
    near = list(words[start : start + 3])
    if people_named.OTHERS & set(words[:5]):
        return 0
    title_at = next((number for number, word in enumerate(near) if word in people_named.TITLES), None)
    return start + title_at + 1 if title_at is not None and not people_named.OUR_PARTS & set(words[:6]) else 0


def _is_joint(words: Sequence[str], sides: Sides) -> bool:
    """True for a meeting or call with somebody of the buyer's that was held."""
    for place, word in enumerate(words):
        with_them = _buyer_follows(words[place + 1 :], sides)
        if word in people_named.JOINT_ACTS and with_them:
            return True
        next_words = words[place + 1 : place + 3]
        is_held = word in people_named.JOINT_NOUNS and not people_named.PLANNED & set(words)
        if is_held and "with" in next_words and _buyer_follows(words[place + 1 + next_words.index("with") :], sides):
            return True
    return False


def _buyer_follows(words: Sequence[str], sides: Sides) -> bool:
    """True if the words begin with somebody on the buyer's side, after linking words such as "the new" at most."""
    for word in words[:5]:
        if word in people_named.LINKING:
            continue
        return (
            word in people_named.TITLES
            or word in ("them", "procurement")
            or _is_name(word, sides)
            or (word in people_named.DEPARTMENTS and people_named.THEIRS & set(words[:4]) != set())
        )
    return False


def _came_from(words: Sequence[str], sides: Sides) -> bool:
    """True for words such as `reply from Dana`, where Dana is on the buyer's side."""
    return any(
        word in people_named.NOUNS_FROM
        and words[place + 1 : place + 2] == ["from"]
        and _buyer_follows(words[place + 2 :], sides)
        for place, word in enumerate(words)
    )


def _is_by(words: Sequence[str], sides: Sides, *, ours: bool) -> bool:
    """True if the clause says that something was done "by" us, with `ours`, or "by" somebody of the buyer's."""
    if "by" not in words or not people_named.ACTS & set(words):
        return False
    after = words[words.index("by") + 1 :]
    is_ours = bool(after) and (
        after[0] in people_named.OURS or after[0].startswith("<@") or after[0] in sides.our_names
    )
    return is_ours if ours else _buyer_follows(after, sides)


def _is_name(word: str, sides: Sides) -> bool:
    """True for the mark, name or e-mail address of somebody on the buyer's side; a name of ours too is not theirs."""
    if is_mark(word):
        return True
    name, _, domain = word.removesuffix("'s").partition("@")
    if domain:
        return _is_in_domains(domain, sides.buyer_domains)
    return name in sides.buyer_names and name not in sides.our_names


def _is_in_domains(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains if domain)
