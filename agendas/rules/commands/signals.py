"""The words after ACCOUNT in /signal, read into kind, strength and text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from agendas.errors import NotUnderstood
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.text.evidence import take_links
from agendas.text.limits import required_text, shown
from agendas.text.spelling import nearest
from agendas.text.word_stream import TypedWords

KIND_WORDS: Mapping[str, SignalKind] = {kind.value.replace("_", " "): kind for kind in SignalKind} | {
    "web": SignalKind.WEB_VISIT,
    "visit": SignalKind.WEB_VISIT,
    "content engagement": SignalKind.CONTENT,
    "competitor": SignalKind.COMPETITIVE_RESEARCH,
    "competitors": SignalKind.COMPETITIVE_RESEARCH,
    "tech": SignalKind.TECH_CHANGE,
    "technology change": SignalKind.TECH_CHANGE,
    "executive move": SignalKind.EXEC_MOVE,
    "exec": SignalKind.EXEC_MOVE,
    "usage": SignalKind.PRODUCT_USAGE,
}
KIND_NAMES = ", ".join(kind.value.replace("_", " ") for kind in SignalKind)
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
    """Read the words after `/signal ACCOUNT`. Raises NotUnderstood with the usage, or the nearest kind."""
    words = TypedWords(rest)
    signal = _take_kind(words)
    strength = SignalStrength.MEDIUM
    first = words.words[0].casefold().strip(".,:;") if words.words else ""
    if first in list(SignalStrength):
        strength = SignalStrength(first)
        words.drop_first(1)
    text, links = take_links(words.text, now)
    return SignalEntry(signal, strength, required_text(text.lstrip(":, "), USAGE), links[0].url if links else "")


def _take_kind(words: TypedWords) -> SignalKind:
    typed = [word.casefold().strip(".,:;").replace("_", " ") for word in words.words[:LONGEST_KIND_WORDS]]
    for count in range(len(typed), 0, -1):
        found = KIND_WORDS.get(" ".join(typed[:count]))
        if found is not None:
            words.drop_first(count)
            return found
    if not typed:
        raise NotUnderstood(USAGE)
    near = nearest(" ".join(typed), list(KIND_WORDS)) or nearest(typed[0], list(KIND_WORDS))
    hint = f" The nearest is {near}." if near else ""
    raise NotUnderstood(f"{shown(words.words[0])} is no kind of signal.{hint} {USAGE}")
