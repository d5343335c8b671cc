from dataclasses import replace
from datetime import date

from agendas.facts.account import Stage
from agendas.facts.signals import NotedSignal, Signal, SignalKind, SignalStrength
from agendas.pages import signals as signal_pages
from agendas.pages.signals import SignalsFacts, WebhookFacts, signal_noted_page, signals_page, webhook_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from tests.agendas.golden import check_messages, check_pages
from tests.agendas.pages.examples import ACCOUNT, ENGAGED, HOSTILE, LONG, NOW, ZONE

WORDS = Words()
VISIT = Signal(
    id=5,
    signal=SignalKind.WEB_VISIT,
    strength=SignalStrength.HIGH,
    text="Pricing page, twice",
    happened_at=NOW,
    recorded_at=NOW,
    actor="U0ANN1",
    source="command",
    points=10.0,
    url="https://notes.example.com/5",
    contact_id=61,
)
NOTED = NotedSignal(7, "Acme Corp", VISIT, "Rita Sample")
BY_WEBHOOK = replace(NOTED, signal=replace(VISIT, source="webhook", text="", url="", points=0.2), person="")
BY_A_STRANGER = replace(NOTED, person="", called="jo@acme.example")
BACK = replace(NOTED, is_taken_back=True)


def facts(*signals: NotedSignal, **changes) -> SignalsFacts:
    shown = SignalsFacts(ACCOUNT, ENGAGED, Stage.MQA, signals, ZONE, date(2026, 11, 30), more_value="7 5")
    return replace(shown, **changes)


def with_text(text: str) -> NotedSignal:
    return NotedSignal(7, text, replace(VISIT, text=text, url=f"https://x.example/?q=<{text[:40]}>"), text)


def called(text: str) -> NotedSignal:
    return replace(with_text(text), person="", called=text[:120])


def test_pages_of_signals() -> None:
    nothing = facts(engagement=None, hint=None, more_value="")
    pages = {
        "signals": signals_page(facts(NOTED, BY_A_STRANGER, BY_WEBHOOK, BACK), WORDS, can_record=True),
        "signals for reading": signals_page(facts(NOTED, hint=None), WORDS, can_record=False),
        "no signals": signals_page(nothing, WORDS, can_record=False),
        "hostile": signals_page(facts(with_text(HOSTILE), called(HOSTILE)), WORDS, can_record=True),
        "noted": signal_noted_page(NOTED, WORDS),
        "taken back": signal_noted_page(BACK, WORDS, can_undo=False),
        "in the thread": signal_pages.signal_line_page(NOTED, WORDS),
        "taken back, in the thread": signal_pages.signal_line_page(BACK, WORDS),
        "webhook": webhook_page(WebhookFacts("T0SAMPLE1", True, 3, NOW), WORDS, zone=ZONE),
        "webhook without a secret": webhook_page(WebhookFacts("T0SAMPLE1", False, 0, None), WORDS, zone=ZONE),
        "new secret": signal_pages.new_secret_page("sample-secret", "T0SAMPLE1", WORDS),
    }
    check_pages("pages/signals", pages)
    for page in pages.values():
        check_messages(messages(page))


def test_long_texts_are_shortened() -> None:
    check_messages(messages(signals_page(facts(*[with_text(LONG), called(LONG)] * 5), WORDS, can_record=True)))
    check_messages(messages(signal_noted_page(with_text(LONG), WORDS)))
