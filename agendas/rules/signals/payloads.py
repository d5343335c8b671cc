"""Signals as programs send them: each read, or refused with a sentence."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from agendas.facts.signals import SignalGiven, SignalKind, SignalRefused, SignalStrength
from agendas.text.limits import NAME_LIMIT_CHARACTERS, TEXT_LIMIT_CHARACTERS, shown

FIELDS = ("account", "kind", "strength", "text", "url", "occurred_at", "id", "person")
NEEDED = ("account", "kind", "occurred_at", "id")
ID_CHARACTERS = 200
URL_CHARACTERS = 2_000
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""Characters that no database takes."""

SENDERS_AHEAD = timedelta(hours=1)
"""Furthest that a program's signal may lie in the future, since the clocks of senders differ."""


def read_signal(sent: object, *, now: datetime) -> SignalGiven | SignalRefused:
    """The signal in a JSON object, or why it is refused."""
    if not isinstance(sent, Mapping):
        return SignalRefused("", "A signal is an object with account, kind, strength, text, url, occurred_at and id.")
    number = sent.get("id")
    known_as = str(number)[:ID_CHARACTERS] if isinstance(number, str | int) else ""
    why = _why_refused(sent)
    if why:
        return SignalRefused(known_as, why)
    occurred_at = _instant(sent["occurred_at"])
    if occurred_at is None:
        return SignalRefused(known_as, "occurred_at has to be an ISO instant with a zone, like 2026-11-24T15:00:00Z.")
    if occurred_at > now + SENDERS_AHEAD:
        return SignalRefused(known_as, f"occurred_at {sent['occurred_at']} lies in the future.")
    return SignalGiven(
        account=str(sent["account"]).strip(),
        signal=SignalKind(sent["kind"]),
        strength=SignalStrength(sent.get("strength") or SignalStrength.MEDIUM),
        text=(sent.get("text") or "").strip(),
        occurred_at=occurred_at,
        id=known_as,
        url=(sent.get("url") or "").strip(),
        person=(sent.get("person") or "").strip().casefold(),
    )


def _why_refused(sent: Mapping[Any, Any]) -> str:
    """Return the problem with the fields, '' when there is none."""
    missing = [name for name in NEEDED if sent.get(name) is None or not str(sent[name]).strip()]
    if missing:
        return f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing."
    wrong = [name for name in FIELDS if not isinstance(sent.get(name), str | None) and name not in ("id", "account")]
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


def _instant(written: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(written.strip())
        return None if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
