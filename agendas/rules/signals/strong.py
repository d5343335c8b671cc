"""Strong signals: those of which somebody is told, each once."""

from datetime import datetime, timedelta

from agendas.facts.signals import Signal, SignalKind, SignalStrength
from agendas.rules.history.repeats import same_words
from agendas.rules.history.weight import AUTOMATIC

NEWS_FOR = timedelta(days=14)
"""What happened longer ago, such as in the first file of a year, is history. Within this time a signal that comes again
is no news either. Ours."""


def is_strong(kind: SignalKind, strength: SignalStrength) -> bool:
    """Return true for an executive's move and research of competitors, unless low, and for high intent."""
    if kind is SignalKind.INTENT:
        return strength is SignalStrength.HIGH
    return kind in (SignalKind.EXEC_MOVE, SignalKind.COMPETITIVE_RESEARCH) and strength is not SignalStrength.LOW


def is_news(signal: Signal, now: datetime) -> bool:
    """Return true for a strong signal that somebody noted, or that a program or a file tells soon after it happened."""
    if not is_strong(signal.signal, signal.strength):
        return False
    return signal.source not in AUTOMATIC or now - signal.happened_at <= NEWS_FOR


def says_again(signal: Signal, earlier: Signal) -> bool:
    """Return true if a strong signal tells what an earlier one of the account told.

    Intent that goes on is sent daily, each time with other figures; somebody's move is told by whoever hears of it.
    """
    if signal.signal is not earlier.signal or not is_strong(earlier.signal, earlier.strength):
        return False
    if signal.signal is SignalKind.INTENT:
        return True
    if signal.signal is SignalKind.EXEC_MOVE and signal.contact_id is not None:
        return signal.contact_id == earlier.contact_id
    same_link = bool(signal.url) and signal.url == earlier.url
    return same_link or same_words(signal.text, earlier.text)
