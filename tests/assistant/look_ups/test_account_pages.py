"""Answers about accounts as Slack gets them: with buttons in a direct message, without them elsewhere."""

from datetime import date

from agendas.facts.account import ListStatus
from agendas.facts.found import AccountStanding
from agendas.rendering.blockkit import messages
from assistant.query import Field, Form, Having, Per, Period, Query, Subject
from storage.database import Store
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.assistant.asking import CHANNEL, DM, found_by
from tests.assistant.look_ups.queries import LIST, NORA, of

ACCOUNTS, STALLED = Subject.ACCOUNTS, (AccountStanding.STALLED,)
SINCE_9_NOV = Period(first=date(2026, 11, 9))

PAGES: dict[str, tuple[str, Query, str]] = {
    "card": ("nora", Query(ACCOUNTS, Form.CARD, of=of("corvane")), DM),
    "card, in a channel": ("nora", Query(ACCOUNTS, Form.CARD, of=of("sable")), CHANNEL),
    "one fact": ("nora", Query(ACCOUNTS, Form.FIELD, of=of("kestrel"), fields=(Field.TIER,)), DM),
    "one fact, in a channel": ("lee", Query(ACCOUNTS, Form.FIELD, of=of("sable"), fields=(Field.VALUE,)), CHANNEL),
    "two facts": ("nora", Query(ACCOUNTS, Form.FIELD, of=of("maple"), fields=(Field.STAGE, Field.OWNER)), DM),
    "my accounts": ("nora", Query(ACCOUNTS, LIST, owners=(NORA,)), DM),
    "stalled": ("paula", Query(ACCOUNTS, LIST, states=STALLED, period=SINCE_9_NOV), CHANNEL),
    "by value": ("priya", Query(ACCOUNTS, LIST, by=Field.VALUE, limit=3), DM),
    "silent": ("tomas", Query(ACCOUNTS, LIST, without=(Having.TOUCH,), period=SINCE_9_NOV, tiers=(1,)), DM),
    "none": ("tomas", Query(ACCOUNTS, LIST, tiers=(3,), segments=("Energy",)), DM),
    "count": ("lee", Query(ACCOUNTS, Form.COUNT, per=Per.STATUS), DM),
    "sum": ("lee", Query(ACCOUNTS, Form.SUM, per=Per.TIER), DM),
    "yes": ("may", Query(ACCOUNTS, Form.YES_NO, of=of("kestrel"), states=STALLED), DM),
    "no": ("may", Query(ACCOUNTS, Form.YES_NO, of=of("maple"), tiers=(1,)), DM),
    "why": ("tomas", Query(ACCOUNTS, Form.WHY, of=of("halden"), states=STALLED), DM),
    "when": ("tomas", Query(ACCOUNTS, Form.WHEN, of=of("sable"), statuses=(ListStatus.PAUSED,)), CHANNEL),
    "who": ("tomas", Query(ACCOUNTS, Form.WHO, of=of("rusk"), statuses=(ListStatus.REJECTED,)), CHANNEL),
    "compared": ("nora", Query(ACCOUNTS, Form.COMPARE, of=of("corvane", "maple-insurance")), DM),
    "tiers compared": ("paula", Query(ACCOUNTS, Form.COMPARE, tiers=(1, 2)), CHANNEL),
}


def test_answers_about_accounts_look_as_in_their_golden_file(world: Store) -> None:
    pages = {name: found_by(world, asker, query, place).page for name, (asker, query, place) in PAGES.items()}
    for page in pages.values():
        check_messages(messages(page))
    check_golden("pages/asked_accounts", "\n".join(drawn(name, page) for name, page in pages.items()))
