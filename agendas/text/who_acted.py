"""The actor of an update, read from its words: the buyer, we, or a third party, and the kind of the act."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from agendas.facts.evidence import BuyerAct, EvidenceActor
from agendas.text.actor_words import (
    ACT_KINDS,
    ACTS,
    BUYER,
    BUYER_ALONE,
    JOINT_ACTS,
    JOINT_NOUNS,
    NOT_DONE,
    NOUNS_FROM,
    OUR_PEOPLE,
    THIRD_PARTY,
    US,
)

SHORTEST_NAME_LETTERS = 3

REACH = 5
"""Words after a subject among which its verb is looked for."""

_WORD = re.compile(r"<@[a-z0-9]+>|[\w@.+-]*[\w@+]")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[,;:!?\n()]|\.(?=\s|$)|\s[-\u2013\u2014]\s|\b(?:and|but|then|so|because|after|before|while|when)\b"
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Names by which the two sides are known: the buyer's (account and people), and domains of both."""

    buyer_names: frozenset[str] = frozenset()
    buyer_domains: frozenset[str] = frozenset()
    our_domains: frozenset[str] = frozenset()


def read_actor(text: str, links: Iterable[str] = (), sides: Sides = Sides()) -> EvidenceActor:
    """Return who acted by the words of `text`; in doubt where they do not tell.

    The buyer acted where the text names an act of theirs first, or a meeting or call with them; an act of ours before
    one of theirs is in doubt. Plans, wishes and what did not happen are no acts. Without a word that tells, links that
    all lead to domains of ours are our own act; a link alone is never taken for the buyer's.
    """
    found = [actor for clause in _clauses(text) for actor in _acts(clause, sides)]
    if found:
        return found[0] if found[0] is not EvidenceActor.US or set(found) == {found[0]} else EvidenceActor.IN_DOUBT
    hosts = [_host(link) for link in links]
    if hosts and all(_is_of(host, sides.our_domains) for host in hosts):
        return EvidenceActor.US
    return EvidenceActor.IN_DOUBT


def read_act(text: str) -> BuyerAct | None:
    """Return the kind of the first act that the text names, None where it names none."""
    return next((ACT_KINDS[word] for word in _words(text) if word in ACT_KINDS), None)


def name_words(name: str) -> list[str]:
    """Return the words of a person's or an account's name by which texts call them."""
    return [word for word in _words(name) if len(word) >= SHORTEST_NAME_LETTERS and word not in ACTS]


def domains_of(link: str) -> tuple[str, ...]:
    """Return the host of a link and the domains above it: `news.acme.example` and `acme.example`."""
    parts = _host(link).split(".")
    return tuple(".".join(parts[number:]) for number in range(len(parts) - 1))


def _clauses(text: str) -> list[list[str]]:
    plain = _ADDRESS.sub(" ", text.casefold().replace("\u2019", "'").replace("n't", " not"))
    parts = _CLAUSE.split(plain)
    return [words for part in parts if (words := _words(part))]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _acts(words: list[str], sides: Sides) -> list[EvidenceActor]:
    """The actors of the acts that one clause names, in order."""
    if _joint(words, sides):
        return [EvidenceActor.BUYER]
    for place in range(len(words)):
        actor = _subject(words, place, sides)
        if actor is None:
            continue
        after = words[place + 1 : place + 1 + REACH]
        verb = next((number for number, each in enumerate(after) if each in ACTS), None)
        if verb is None or NOT_DONE & {*words[:place], *after[:verb]}:
            continue
        agent = _agent(after[verb + 1 :], sides)
        return [agent or actor]
    is_theirs = words[0] in BUYER_ALONE or _agent(words, sides) is not None
    return [EvidenceActor.BUYER] if is_theirs and not NOT_DONE & set(words) else []


def _subject(words: list[str], place: int, sides: Sides) -> EvidenceActor | None:
    word = words[place]
    if word in US or word.startswith("<@") or (word == "our" and set(words[place + 1 : place + 3]) & OUR_PEOPLE):
        return EvidenceActor.US
    if word in THIRD_PARTY:
        return EvidenceActor.THIRD_PARTY
    is_ours = "our" in words[max(0, place - 2) : place]
    return EvidenceActor.BUYER if _is_buyer(word, sides) and not is_ours else None


def _is_buyer(word: str, sides: Sides) -> bool:
    name = word.removesuffix("'s")
    domain = word.partition("@")[2]
    return word in BUYER or name in sides.buyer_names or (bool(domain) and _is_of(domain, sides.buyer_domains))


def _agent(words: list[str], sides: Sides) -> EvidenceActor | None:
    """The buyer, where the clause says "by them" after its verb."""
    if "by" not in words:
        return None
    after = words[words.index("by") + 1 :][:3]
    return EvidenceActor.BUYER if any(_is_buyer(word, sides) for word in after) else None


def _joint(words: list[str], sides: Sides) -> bool:
    """True for what both sides did together, and for what came from the buyer: "a call with", "a mail from"."""
    if NOT_DONE & set(words):
        return False
    for place, word in enumerate(words):
        after = words[place + 1 : place + 1 + REACH]
        named = any(_is_buyer(each, sides) for each in after)
        if named and word in JOINT_ACTS:
            return True
        if named and ((word in JOINT_NOUNS and "with" in after) or (word in NOUNS_FROM and "from" in after)):
            return True
    return False


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _is_of(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in domains if domain)
