"""No text of a person, in any field of any page, can ping, link, format our words or break a block."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agendas.answer_facts import AccountAction, AccountBlocker, AccountEvent, NextReview
from agendas.changes import Nominated
from agendas.errors import UnknownAccount
from agendas.facts import AccountState, Bucket, EventFacts, ListStatus, PersonFacts, Right, Source
from agendas.pages.account_list import list_page, my_accounts_page
from agendas.pages.agenda import agenda_page
from agendas.pages.asked import accounts_of_page, moved_page, owner_page, stalled_page, status_page
from agendas.pages.asked_open import actions_page, blockers_page, changes_page, decisions_page, next_reviews_page
from agendas.pages.blockkit import Rendered, messages, without_tables
from agendas.pages.cadence import cadence_page
from agendas.pages.card import account_card
from agendas.pages.help import help_page
from agendas.pages.history import HistoryFacts, HistoryLine, history_page
from agendas.pages.ledger import ledger_page
from agendas.pages.nearest import nearest_page
from agendas.pages.notice import notice
from agendas.pages.page import Page
from agendas.pages.past_reviews import past_reviews_page
from agendas.pages.people import people_page
from agendas.pages.recap import recap_page
from agendas.pages.recorded import (
    RecordedFacts,
    recorded_page,
    recorded_several_page,
    thread_line_page,
    thread_undone_page,
    undone_page,
)
from agendas.pages.review_header import review_header_page
from agendas.pages.trouble import channel_trouble_page, failure_page
from agendas.pages.unpinged import without_pings
from agendas.pages.words import Words
from agendas.pages.your_actions import your_actions_page
from agendas.review_facts import AgendaItem, LedgerLine
from agendas.sections.examples import NORMAL, NOW, ZONE
from bot.parcels import text_only
from tests.agendas.golden import check_messages
from tests.agendas.pages.samples import departed, item, review
from tests.agendas.pages.test_account_pages import CHANGES
from tests.agendas.pages.test_program_pages import CADENCE

T = TypeVar("T")
WORDS = Words()
TODAY = NOW.date()
WHEN = {"zone": ZONE, "today": TODAY}

TYPED = {
    *("name", "account_name", "aliases", "segment", "segments", "domain", "owner_name", "currency", "because", "text"),
    *("resolution", "outcome", "outcome_expected", "reason", "what", "subject", "decided"),
}
"""The fields that hold what people typed."""

PIECES = (
    *("<!channel>", "<!here|here>", "<!everyone>", "<!subteam^S0EVIL1|team>", "<!date^0^{date}|x>", "<@U0EVIL001>"),
    *(
        "<@U0EVIL001|ann>",
        "<#C0EVIL001>",
        "<#C0EVIL001|general>",
        "<https://evil.example|acme.example>",
        "<mailto:a@b|x>",
    ),
    *(
        "https://evil.example",
        "evil.example",
        "@channel",
        "@here",
        "#general",
        "&lt;!channel&gt;",
        "&amp;lt;!here&amp;gt;",
    ),
    *("&", "<", ">", "|", "<<!channel>>", "<!chan", "nel>", "&#60;!channel&#62;", "```", "`", "*", "_", "~", "*b*"),
    *("\n", "\r\n", "\u2028", "\n> quote", "\n• item", "\x00", "\x1b[31m", "\u202e", "\u2066", "\ud800", "\udc00"),
    *(
        "🚀",
        "👩\u200d🔬",
        "e\u0301",
        "🇩🇪",
        "שלום",
        ":tada:",
        "{{ 7 * 7 }}",
        "{% raw %}",
        '"',
        "'",
        "\\",
        "%s",
        "{0}",
        " ",
    ),
)
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), min_size=1, max_size=8).map("".join)
long_hostile = st.tuples(hostile, st.integers(50, 400)).map(lambda found: found[0] * found[1])


def poisoned(value: T, text: str) -> T:
    """The same facts with `text` in every field that people fill."""
    if isinstance(value, tuple):
        return tuple(poisoned(each, text) for each in value)  # type: ignore[return-value]
    if not is_dataclass(value):
        return value
    changed = {}
    for field in fields(value):
        found = getattr(value, field.name)
        if field.name in TYPED and isinstance(found, str):
            changed[field.name] = text
        elif field.name in TYPED and isinstance(found, tuple) and all(isinstance(each, str) for each in found):
            changed[field.name] = (text, text)
        else:
            changed[field.name] = poisoned(found, text)
    return replace(value, **changed)  # type: ignore[type-var, return-value]


def an_item(text: str) -> AgendaItem:
    found = poisoned(NORMAL, text)
    account = replace(found.facts.account, profile=replace(found.facts.account.profile, owner=None))
    return replace(found, facts=replace(found.facts, account=account))


def an_account(text: str) -> AccountState:
    return poisoned(NORMAL.facts.account, text)


def events(text: str) -> tuple[EventFacts, ...]:
    """An event of every kind, with evidence."""
    return tuple(
        EventFacts(
            n,
            7,
            poisoned(change, text),
            NOW,
            NOW,
            "U0ANN1",
            Source.COMMAND,
            poisoned(NORMAL.facts.events[0].evidence, text),
        )
        for n, change in enumerate(CHANGES, start=1)
    )


def history(text: str) -> Page:
    lines = tuple(HistoryLine(event, subject=text) for event in events(text))
    return history_page(HistoryFacts(7, text, lines, ZONE, TODAY), WORDS)


def recorded(text: str) -> list[RecordedFacts]:
    before = an_account(text)
    return [RecordedFacts(event, before, before) for event in events(text)]


def a_review(text: str, **changes: Any):
    gone = departed(item("Gone", 9, Bucket.STALLED), ListStatus.REMOVED, text)
    return poisoned(review(gone, **changes), text)


PAGES: dict[str, Callable[[str], list[Page]]] = {
    "agenda": lambda text: [agenda_page(an_item(text), WORDS, is_open=is_open) for is_open in (True, False)],
    "card": lambda text: [
        account_card(an_item(text), WORDS, last_events=tuple(HistoryLine(e, subject=text) for e in events(text)[:3]))
    ],
    "history": lambda text: [history(text)],
    "recorded": lambda text: [recorded_page(each, WORDS) for each in recorded(text)],
    "several": lambda text: [recorded_several_page(recorded(text), WORDS)],
    "thread": lambda text: [thread_line_page(each, WORDS, is_late=True) for each in recorded(text)],
    "undone": lambda text: [
        draw(each, WORDS)
        for each in recorded(text)
        for draw in (undone_page, thread_undone_page)
        if not isinstance(each.event.change, Nominated)
    ],
    "header": lambda text: [review_header_page(a_review(text), WORDS)],
    "recap": lambda text: [
        recap_page(a_review(text, closed_at=NOW, was_held=True, attended=(("U0ANN1", "sales"),)), WORDS)
    ],
    "past": lambda text: [past_reviews_page((a_review(text, closed_at=NOW, was_held=False),), WORDS)],
    "yours": lambda text: [page for page in [your_actions_page(a_review(text), "U0ANN1", WORDS)] if page],
    "list": lambda text: [list_page((an_item(text),), WORDS), my_accounts_page((an_item(text),), WORDS)],
    "status": lambda text: [status_page(an_item(text), WORDS, last_event=events(text)[4])],
    "asked": lambda text: [
        moved_page((an_item(text),), WORDS),
        owner_page(an_account(text), WORDS, source=events(text)[0], **WHEN),
        stalled_page((an_item(text),), WORDS, about=text),
        accounts_of_page((an_item(text),), WORDS, about=text, next_reviews={}),
    ],
    "asked open": lambda text: [
        blockers_page(
            [AccountBlocker(7, text, b) for b in an_account(text).blockers], WORDS, now=NOW, zone=ZONE, about=text
        ),
        actions_page([AccountAction(7, text, a) for a in an_account(text).actions], WORDS, about=text, **WHEN),
        decisions_page([AccountEvent(text, e, text) for e in events(text)], WORDS, about=text, **WHEN),
        changes_page([AccountEvent(text, e, text) for e in events(text)], WORDS, about=text, **WHEN),
        next_reviews_page([NextReview("C0ABM1", NOW, ZONE)], WORDS, about=text, **WHEN),
    ],
    "cadence": lambda text: [cadence_page(poisoned(CADENCE, text), WORDS, now=NOW)],
    "ledger": lambda text: [
        ledger_page(
            [
                LedgerLine(text, NOW - timedelta(days=n), state, reason=text)
                for n, state in enumerate(("missed", "refused"))
            ],
            WORDS,
            zone=ZONE,
            now=NOW,
        )
    ],
    "people": lambda text: [
        people_page((PersonFacts("U0ANN1", text, Right.ADMIN),), WORDS, can_edit=True, name=text[:20])
    ],
    "nearest": lambda text: [
        nearest_page(UnknownAccount(text, ((7, text),), ambiguous=flag), WORDS, original=f"move {text[:500]}")
        for flag in (True, False)
    ],
    "not found": lambda text: [nearest_page(UnknownAccount(text), WORDS, original=text)],
    "help": lambda text: [help_page(WORDS, text)],
    "notice": lambda text: [notice(text), channel_trouble_page("C0ABM1", text, WORDS), failure_page(text, WORDS)],
}

OURS = re.compile(
    r"@[UW][A-Z0-9]{2,20}|#C[A-Z0-9]+|https://(notes\.example\.com|example\.slack\.com|a\.example)/[^|]*(\|.*)?"
)
SPAN = re.compile(r"<([^<>]*)>")
ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def mrkdwn_of(part: Any) -> Iterator[dict[str, Any]]:
    """Every text object of a block that Slack reads marks in."""
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part
        for each in part.values():
            yield from mrkdwn_of(each)
    elif isinstance(part, list):
        for each in part:
            yield from mrkdwn_of(each)


def check_text(text: str) -> None:
    """Nothing in it does what its writer was not to do."""
    assert [span for span in SPAN.findall(text) if OURS.fullmatch(span) is None] == []
    assert "<" not in SPAN.sub("", text)
    assert ">" not in SPAN.sub("", text)
    assert ENTITY.search(text) is None
    assert "```" not in text
    assert CONTROLS.search(text) is None


def check(page: Page) -> None:
    for drawn in (page, without_tables(page)):
        parts = messages(drawn)
        check_messages(parts)
        for part in parts:
            check_part(part)


def check_part(part: Rendered) -> None:
    json.dumps(part.blocks, ensure_ascii=False, allow_nan=False).encode()
    check_text(part.text)
    for found in mrkdwn_of(part.blocks):
        assert found["verbatim"] is True
        check_text(found["text"])
    check_text(text_only(part).text)
    in_channel = without_pings(part, {"U0ANN1": "Ann <!channel> <@U0EVIL001>"})
    for text in (in_channel.text, *(found["text"] for found in mrkdwn_of(in_channel.blocks))):
        assert "<@" not in text
        check_text(text)


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_of_everything_hostile_does_no_harm(kind: str) -> None:
    for text in (" ".join(PIECES), "".join(PIECES) * 8):
        for page in PAGES[kind](text):
            check(page)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(kind=st.sampled_from(sorted(PAGES)), text=hostile)
def test_no_text_of_a_person_harms_any_page(kind: str, text: str) -> None:
    for page in PAGES[kind](text):
        check(page)
