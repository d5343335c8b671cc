"""Signals: hints that an account moves. They count only for accounts on the list and never move a stage."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SignalKind(StrEnum):
    WEB_VISIT = "web_visit"
    CONTENT = "content"
    INTENT = "intent"
    COMPETITIVE_RESEARCH = "competitive_research"
    HIRING = "hiring"
    TECH_CHANGE = "tech_change"
    EXEC_MOVE = "exec_move"
    EVENT = "event"
    PRODUCT_USAGE = "product_usage"
    OTHER = "other"


class SignalStrength(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class EngagementTrend(StrEnum):
    """The last seven days against the four weeks before."""

    INCREASING = "increasing"
    STABLE = "stable"
    DECREASING = "decreasing"


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal of an account; `points` are its engagement points when it came, the person's weight included."""

    id: int
    signal: SignalKind
    strength: SignalStrength
    text: str
    happened_at: datetime
    recorded_at: datetime
    actor: str
    source: str
    points: float = 0.0
    url: str = ""
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class NotedSignal:
    """A signal with the account's name, and the name of the person it is about, '' when nobody is known.

    Then `called` is what its sender calls the person, an address as a rule, '' when nobody was named.
    """

    account_id: int
    account_name: str
    signal: Signal
    person: str = ""
    called: str = ""
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class SignalGiven:
    """A signal as its sender gave it. `account` is a domain or an id in the CRM, `id` the sender's own and counts once.

    `person` is an e-mail address, empty when nobody is known.
    """

    account: str
    signal: SignalKind
    strength: SignalStrength
    text: str
    occurred_at: datetime
    id: str
    url: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class SignalRefused:
    """A signal that cannot be taken, and why, in a sentence; `id` is empty where its sender gave none."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class SignalsTaken:
    """Outcome of sent signals, by their senders' ids: taken, repeated, refused, or of no account on the list."""

    taken: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    refused: tuple[SignalRefused, ...] = ()
    unmatched: tuple[SignalRefused, ...] = ()


@dataclass(frozen=True, slots=True)
class Engagement:
    """An account's engagement points of the last 90 days, of the last 30, and of the three windows of 30 before.

    `last_7` and `weekly_baseline` (mean of the four weeks before) make the trend, which is None without a point in
    those weeks.
    """

    last_90: float = 0.0
    last_30: float = 0.0
    earlier_30s: tuple[float, float, float] = (0.0, 0.0, 0.0)
    last_7: float = 0.0
    weekly_baseline: float = 0.0
    trend: EngagementTrend | None = None
    last_signal_at: datetime | None = None

    @property
    def usual_30(self) -> float:
        """Mean of the three windows before: what the points of the last 30 days are compared with, wherever shown."""
        return sum(self.earlier_30s) / len(self.earlier_30s)

    @property
    def is_any(self) -> bool:
        return self.trend is not None or bool(round(self.last_30) or round(self.usual_30))
