"""The words after ACCOUNT in /signal, read into kind, strength and text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from agendas.errors import NotUnderstood
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.rules.commands.quotes import refuse_open_quote
from agendas.rules.commands.unclear import NONE, Choice, UnclearPart, first_kept
from agendas.text.evidence import readable, take_links, without_links
from agendas.text.limits import required_text, shown
from agendas.text.spelling import nearest
from agendas.text.word_stream import TypedWords, is_kept, kept, without_marks

SAID = {SignalKind.TECH_CHANGE: "technology change", SignalKind.EXEC_MOVE: "executive move"}
"""Kinds that messages and the form call otherwise than their code."""

KIND_WORDS: Mapping[str, SignalKind] = {kind.value.replace("_", " "): kind for kind in SignalKind} | {
    "web": SignalKind.WEB_VISIT,
    "visit": SignalKind.WEB_VISIT,
    "content engagement": SignalKind.CONTENT,
    "competitor": SignalKind.COMPETITIVE_RESEARCH,
    "competitors": SignalKind.COMPETITIVE_RESEARCH,
    "tech": SignalKind.TECH_CHANGE,
    **{said: kind for kind, said in SAID.items()},
    "exec": SignalKind.EXEC_MOVE,
    "usage": SignalKind.PRODUCT_USAGE,
}
KIND_NAMES = ", ".join(SAID.get(kind, kind.value.replace("_", " ")) for kind in SignalKind)
USAGE = f"Say what was seen: /signal ACCOUNT KIND [STRENGTH] TEXT. The kinds are {KIND_NAMES}."
LONGEST_KIND_WORDS = 2


@dataclass(frozen=True, slots=True)
class SignalEntry:
    """A signal that a person noted. `happened_at` None is now; `contact_id` None where nobody is known."""

    signal: SignalKind
    strength: SignalStrength
    text: str
    url: str = ""
    happened_at: datetime | None = None
    contact_id: int | None = None


def read_signal_words(rest: str, now: datetime) -> SignalEntry:
    """Read the words after `/signal ACCOUNT`.

    Raises:
        UnclearPart: for a first word that is no kind, and a kind without a text.
        NotUnderstood: with the usage, or for a text that is too long.
    """
    words = TypedWords(rest)
    signal = _take_kind(words)
    strength = SignalStrength.MEDIUM
    first = words.words[0].casefold().strip(".,:;") if words.words else ""
    if first in list(SignalStrength):
        strength = SignalStrength(first)
        words.drop_first(1)
    text, url = take_link(words.text.lstrip(":, "), now)
    entered = {"kind": signal.value, "strength": strength.value}
    if not text:
        raise UnclearPart(USAGE, entered=entered)
    if not (words.words and is_kept(words.words[0])) and text.rstrip(" .!").casefold() in NONE:
        as_text = f"{signal.value} {strength.value} {first_kept(words.text)}"
        raise UnclearPart(f"What was seen? {USAGE}", as_text=as_text, entered=entered)
    return SignalEntry(signal, strength, required_text(text, USAGE), url)


def take_link(typed: str, now: datetime) -> tuple[str, str]:
    """Return the sentence, and the address that it is told with, '' for none.

    An address is not repeated in the sentence; of several the first is kept with the signal, and all stay in it.
    """
    text, links = take_links(typed, now)
    words = without_links(text) if len(links) == 1 else text
    return words.strip() or text.strip(), links[0].url if links else ""


def _take_kind(words: TypedWords) -> SignalKind:
    typed = [word.casefold().strip(".,:;").replace("_", " ") for word in words.words[:LONGEST_KIND_WORDS]]
    for count in range(len(typed), 0, -1):
        found = KIND_WORDS.get(" ".join(typed[:count]))
        if found is not None:
            words.drop_first(count)
            return found
    if not typed:
        raise NotUnderstood(USAGE)
    refuse_open_quote(words, words.text)
    raise _unknown_kind(words, typed)


def _unknown_kind(words: TypedWords, typed: list[str]) -> UnclearPart:
    """The question about a first word that is no kind; kept as text, all of it is that of another signal."""
    choices: tuple[Choice, ...] = ()
    for count in range(len(typed), 0, -1):
        near = None if is_kept(words.words[0]) else nearest(" ".join(typed[:count]), KIND_WORDS)
        if near is not None:
            kind = KIND_WORDS[near].value.replace("_", " ")
            choices = (Choice(kind.capitalize(), words.first_again(count, kind)),)
            break
    hint = f"Did you mean {choices[0].label.casefold()}?" if choices else USAGE
    said = f"{shown(without_marks(words.words[0]))} is no kind of signal. {hint}"
    as_text = words.first_again(1, f"{SignalKind.OTHER} {kept(words.words[0])}")
    return UnclearPart(said, choices, as_text=as_text, entered={"text": readable(words.text)})
