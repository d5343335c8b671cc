"""Signals: webhook payloads and engagement."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from agendas.facts.account import AccountState, ListStatus, Stage
from agendas.facts.program import ProgramSettings
from agendas.facts.signals import (
    Engagement,
    EngagementTrend,
    Signal,
    SignalGiven,
    SignalKind,
    SignalRefused,
    SignalStrength,
)
from agendas.rules.group import title_weight
from agendas.rules.history import AUTOMATIC, same_words
from agendas.text.limits import NAME_LIMIT_CHARACTERS, TEXT_LIMIT_CHARACTERS, shown

# Texts that only report figures of a campaign: impressions, MQLs, sends, clicks, opens, form fills.

FIGURES = frozenset(
    {
        *("impression", "impressions", "views", "mql", "mqls", "leads", "send", "sends", "click", "clicks"),
        *("opens", "fill", "fills", "ctr"),
    }
)
"""Words that are counted in campaign figures."""

LABELS = frozenset(
    {
        *("campaign", "campaigns", "ad", "ads", "banner", "banners", "display", "email", "emails", "mail", "mailing"),
        *("mailings", "newsletter", "newsletters", "webinar", "webinars", "post", "posts", "linkedin", "google"),
        *("meta", "facebook", "search", "social", "retargeting", "sequence", "landing", "page", "abm"),
        *("marketing", "digital", "inbound"),
    }
)
"""Words for a campaign, which may have its name next to it."""

FILLERS = frozenset(
    {
        *("a", "an", "the", "of", "on", "in", "for", "from", "by", "with", "at", "to", "via", "per", "our", "we", "us"),
        *("is", "are", "was", "were", "has", "have", "had", "got", "getting", "generated", "delivered", "reached"),
        *("brought", "made", "sent", "hit", "so", "far", "already", "now", "up", "down", "plus", "over", "about"),
        *("almost", "nearly", "around", "more", "than", "less", "only", "new", "unique", "total", "altogether"),
        *("form", "open", "paid", "organic", "this", "last", "past", "today", "yesterday", "since", "day", "days"),
        *("week", "weeks", "month", "months", "quarter", "year", "q", "k", "m", "great", "good", "strong", "nice"),
        *("results", "result", "numbers", "figures", "report", "update", "performance", "account", "as", "well"),
    }
)
"""Words that say nothing of the buyer next to a figure."""

BUYER = frozenset(
    {
        *("they", "them", "their", "he", "she", "his", "her", "who", "buyer", "buyers", "customer", "client", "team"),
        *("ceo", "cfo", "cio", "cto", "ciso", "coo", "cmo", "vp", "director", "head", "champion", "procurement"),
        *("legal", "finance", "board", "replied", "reply", "replies", "answered", "asked", "requested", "signed"),
        *("agreed", "booked", "meeting", "meetings", "met", "called", "joined", "attended", "accepted", "confirmed"),
        *("wants", "wanted", "wrote", "visited", "invited", "introduced", "forwarded", "shared", "chose", "bought"),
        *("opened", "clicked", "downloaded", "liked", "commented", "responded", "registered", "approved", "said"),
    }
)
"""Words that tell of the buyer: with one of them a text is no mere figure."""

MOST_NAME_WORDS = 3
"""Words of a campaign's name that may be next to a figure, as in "Spring Cloud campaign". Our own default."""

_MARKUP = re.compile(r"<[^<>]*>|https?://\S+")
_RATE = re.compile(r"\b(?:open|click(?:[ -]?through)?) rates?\b")
_CLAUSE_ENDS = re.compile(r"[;!?()\n\u2022|/&+]|(?<!\d)[.,]|[.,](?!\d)|\s[-\u2013\u2014]\s|\b(?:and|but)\b")
_NUMBER = r"\d[\d.,'\u2019]*(?:k|m|x)?\b%?"
_WORDS = re.compile(rf"{_NUMBER}|[^\W\d_]+")
_COUNTED = "|".join(sorted(FIGURES))
_JOINTS = "up|down|to|by|at|of|is|are|was|were|now"
_FIGURE = re.compile(rf"(?:^| )\d\S*(?: [^\W\d]+){{0,3}} (?:{_COUNTED})\b|\b(?:{_COUNTED})(?: (?:{_JOINTS})){{0,2}} \d")


def only_campaign_figures(text: str, account_name: str = "") -> bool:
    """True if the text is surely only campaign figures; the account may be named next to a figure."""
    plain = _RATE.sub("ctr", _MARKUP.sub(" ", text.casefold()))
    name = _WORDS.findall(account_name.casefold())
    word_lists = ([word for word in _WORDS.findall(clause) if word not in name] for clause in _CLAUSE_ENDS.split(plain))
    clauses = [words for words in word_lists if words]
    return any(_FIGURE.search(" ".join(words)) for words in clauses) and all(map(_says_no_more, clauses))


def _says_no_more(words: list[str]) -> bool:
    """True for a clause of figures, campaign words and fillers alone; next to a figure a campaign's name may stand."""
    if BUYER & set(words):
        return False
    others = [word for word in words if not word[0].isdigit() and word not in FIGURES | FILLERS | LABELS]
    is_named = _FIGURE.search(" ".join(words)) is not None and not LABELS.isdisjoint(words)
    return not others or (is_named and len(others) <= MOST_NAME_WORDS)


def note_text(text: str, links: tuple[str, ...]) -> str:
    """The text with the links that it does not hold yet, each on a line: a note has no evidence."""
    return "\n".join((text, *(link for link in links if link not in text)))


# Engagement points of signals: what each is worth, an account's sums and trend, and the stage that they hint at.

# Points by strength: high, medium, low. Published examples: a visit to a solution page 5, to a feature page 3, to a
# plain page 1; inbound mail 1; high intent 0.2, medium 0.1; CRM activity 0.1. A meeting counts its minutes: an event
# with a conversation counts as one of half an hour. The rest is our own, in proportion.
POINTS: Mapping[SignalKind, tuple[float, float, float]] = {
    SignalKind.WEB_VISIT: (5.0, 3.0, 1.0),
    SignalKind.CONTENT: (3.0, 1.0, 0.1),
    SignalKind.INTENT: (0.2, 0.1, 0.0),
    SignalKind.COMPETITIVE_RESEARCH: (0.2, 0.1, 0.0),
    SignalKind.HIRING: (0.2, 0.1, 0.0),
    SignalKind.TECH_CHANGE: (0.2, 0.1, 0.0),
    SignalKind.EXEC_MOVE: (0.2, 0.1, 0.0),
    SignalKind.EVENT: (30.0, 10.0, 1.0),
    SignalKind.PRODUCT_USAGE: (3.0, 1.0, 0.1),
    SignalKind.OTHER: (0.1, 0.1, 0.0),
}

NOBODY_KNOWN = 1.0

BY_THE_PERSON = frozenset({SignalKind.WEB_VISIT, SignalKind.CONTENT, SignalKind.EVENT, SignalKind.PRODUCT_USAGE})
"""Signals that a known person gave. The others tell of somebody, such as that an executive leaves."""

DAY_CAP = 20
"""Most signals of one kind that count for one person and day."""

WEEKS_OF_BASELINE = 4
"""A published baseline: the mean of the four weeks before the last one."""

TREND_BAND = 0.25
"""By how much of the baseline the last week has to differ to be a trend. Our own."""


def points(kind: SignalKind, strength: SignalStrength, title: str | None, *, seen_that_day: int = 0) -> float:
    """The engagement points of one signal; `title` is the person's, None when nobody is known.

    Beyond the cap of a person's signals of this kind that day it counts nothing; `seen_that_day` are those before it.
    """
    if title is not None and seen_that_day >= DAY_CAP:
        return 0.0
    worth = POINTS[kind][list(SignalStrength).index(strength)]
    return round(worth * (NOBODY_KNOWN if title is None else title_weight(title)), 3)


def trend(last_7: float, weekly_baseline: float) -> EngagementTrend | None:
    """The last seven days against the mean of the four weeks before, stable within TREND_BAND; None for a mean of 0."""
    if not weekly_baseline:
        return None
    change = last_7 / weekly_baseline - 1
    if abs(change) < TREND_BAND:
        return EngagementTrend.STABLE
    return EngagementTrend.INCREASING if change > 0 else EngagementTrend.DECREASING


def has_fallen(engagement: Engagement) -> bool:
    """Return true if the trend is down and the last 30 days are below half of the mean of the three windows before."""
    return engagement.trend is EngagementTrend.DECREASING and engagement.last_30 < engagement.usual_30 / 2


def stage_hint(account: AccountState, engagement: Engagement, settings: ProgramSettings) -> Stage | None:
    """The stage that the points of 90 days speak for, when it is above the account's: a person confirms it, or not."""
    if account.list_status is not ListStatus.NAMED:
        return None
    reached = None
    if engagement.last_90 >= settings.number("signals.engaged"):
        reached = Stage.ENGAGED
    if engagement.last_90 >= settings.number("signals.mqa"):
        reached = Stage.MQA
    return reached if reached is not None and reached.rank > account.stage.rank else None


# Signals as programs send them: each read, or refused with a sentence.

FIELDS = ("account", "kind", "strength", "text", "url", "occurred_at", "id", "person")
NEEDED = ("account", "kind", "occurred_at", "id")
ID_CHARACTERS = 200
URL_CHARACTERS = 2_000
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""Characters that no database takes."""

SENDERS_AHEAD = timedelta(hours=1)
"""Furthest that a program's signal may lie in the future, since the clocks of senders differ."""


def read_signal(sent: object, *, now: datetime) -> SignalGiven | SignalRefused:
    """The signal in a JSON object, of medium strength where none is given, or why it is refused."""
    if not isinstance(sent, Mapping):
        return SignalRefused("", "A signal is an object with account, kind, strength, text, url, occurred_at and id.")
    sent_id = sent.get("id")
    sender_id = str(sent_id)[:ID_CHARACTERS] if isinstance(sent_id, str | int) else ""
    problem = _why_refused(sent)
    if problem:
        return SignalRefused(sender_id, problem)
    occurred_at = _read_instant(sent["occurred_at"])
    if occurred_at is None:
        return SignalRefused(sender_id, "occurred_at has to be an ISO instant with a zone, like 2026-11-24T15:00:00Z.")
    if occurred_at > now + SENDERS_AHEAD:
        return SignalRefused(sender_id, f"occurred_at {sent['occurred_at']} lies in the future.")
    return SignalGiven(
        account=str(sent["account"]).strip(),
        signal=SignalKind(sent["kind"]),
        strength=SignalStrength(sent.get("strength") or SignalStrength.MEDIUM),
        text=(sent.get("text") or "").strip(),
        occurred_at=occurred_at,
        id=sender_id,
        url=(sent.get("url") or "").strip(),
        person=(sent.get("person") or "").strip().casefold(),
    )


def _why_refused(sent: Mapping[Any, Any]) -> str:
    """Return the problem with the fields, '' when there is none."""
    missing = [name for name in NEEDED if sent.get(name) is None or not str(sent[name]).strip()]
    if missing:
        return f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing."
    wrong = [name for name in FIELDS if not isinstance(sent.get(name), str | None) and name not in ("id", "account")]
    # true and false are numbers to Python, and no text
    wrong += [
        name for name in ("id", "account") if isinstance(sent[name], bool) or not isinstance(sent[name], str | int)
    ]
    if wrong:
        return f"{' and '.join(wrong)} must be text."
    if sent["kind"] not in list(SignalKind):
        return f"{shown(sent['kind'])} is no kind of signal; send one of {', '.join(SignalKind)}."
    if sent.get("strength") and sent["strength"] not in list(SignalStrength):
        return f"{shown(sent['strength'])} is no strength; send one of {', '.join(SignalStrength)}."
    url = sent.get("url") or ""
    if url and not url.strip().startswith(("https://", "http://")):
        return "url has to begin with https:// or http://."
    return _unstorable(sent) or _too_long(sent)


def _unstorable(sent: Mapping[Any, Any]) -> str:
    """Return the problem with the characters, '' when there is none."""
    wrong = [name for name in FIELDS if UNSTORABLE.search(str(sent.get(name) or ""))]
    return f"{' and '.join(wrong)} must not hold NUL or half of a pair of UTF-16." if wrong else ""


def _too_long(sent: Mapping[Any, Any]) -> str:
    """The problem with the first value that is too long, or ''."""
    limits = {
        "id": ID_CHARACTERS,
        "url": URL_CHARACTERS,
        "text": TEXT_LIMIT_CHARACTERS,
        "account": NAME_LIMIT_CHARACTERS,
        "person": NAME_LIMIT_CHARACTERS,
    }
    for name, most in limits.items():
        length = len(str(sent.get(name) or ""))
        if length > most:
            return f"{name} has {length:,} characters; send at most {most:,}."
    return ""


def _read_instant(written: str) -> datetime | None:
    """The instant written, in UTC; None where it is none, or has no zone."""
    try:
        instant = datetime.fromisoformat(written.strip())
        return None if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


# Strong signals: somebody is notified of each, once.

NEWS_FOR = timedelta(days=14)
"""What happened longer ago, such as in the first file of a year, is history. Within this time a signal that comes again
is no news either. Ours."""


def is_strong(kind: SignalKind, strength: SignalStrength) -> bool:
    """Return true for an executive's move and research of competitors, unless low, and for high intent."""
    if kind is SignalKind.INTENT:
        return strength is SignalStrength.HIGH
    return kind in (SignalKind.EXEC_MOVE, SignalKind.COMPETITIVE_RESEARCH) and strength is not SignalStrength.LOW


def is_news(signal: Signal, now: datetime) -> bool:
    """Return true for a strong signal noted by a person, or by a program or a file soon after it happened."""
    if not is_strong(signal.signal, signal.strength):
        return False
    return signal.source not in AUTOMATIC or now - signal.happened_at <= NEWS_FOR


def says_again(signal: Signal, earlier: Signal) -> bool:
    """Return true if a strong signal repeats an earlier strong one of the account, of the same kind.

    Intent always does: while it goes on it is sent daily, each time with other figures. A known person's move does if
    it is the same person's, since several people report it. Anything else needs the same link or the same words.
    """
    if signal.signal is not earlier.signal or not is_strong(earlier.signal, earlier.strength):
        return False
    if signal.signal is SignalKind.INTENT:
        return True
    if signal.signal is SignalKind.EXEC_MOVE and signal.contact_id is not None:
        return signal.contact_id == earlier.contact_id
    same_link = bool(signal.url) and signal.url == earlier.url
    return same_link or same_words(signal.text, earlier.text)
