"""How the bot is, as its admins see it."""

from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import Rhythm
from agendas.facts.audience import NotReadable, UnreadChannel
from agendas.facts.program import (
    CadenceHealth,
    Doubt,
    Doubts,
    HealthFacts,
    LedgerState,
    MailKind,
    MailTrouble,
    PausedChannel,
    PauseReason,
    SlotEnd,
    TierCoverage,
)
from agendas.pages.admin import doubts_page, health_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.access import MEMBER_REASONS, OPTIONAL, PERMISSIONS, delivery_reason
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.home.days import HEALTHY
from tests.agendas.pages.reviews.sections.examples import NOW, ZONE

WORDS = Words()
WEEKLY = CadenceHealth(
    "C0ABM1",
    ZONE,
    Rhythm.WEEKLY,
    False,
    "U0ANN1",
    NOW - timedelta(days=1),
    SlotEnd.HELD,
    NOW + timedelta(days=6),
    False,
)
LOST = replace(WEEKLY, channel_id="C0OLD1", next_at=None, is_paused=True, paused_because=PauseReason.LEFT)
UNLED = replace(WEEKLY, channel_id="C0EXEC1", rhythm=Rhythm.MONTHLY, is_executive=True, facilitator="", last_at=None)
COVERAGE = (TierCoverage(1, Rhythm.WEEKLY, 4, 5), TierCoverage(2, Rhythm.BIWEEKLY, 5, 5))
WELL = replace(HEALTHY, last_posted_at=NOW - timedelta(days=1), cadences=(WEEKLY,), coverage=COVERAGE)
IN_TROUBLE = replace(
    WELL,
    database="PostgreSQL",
    cadences=(
        *(replace(WEEKLY, channel_id=f"C0ENDED{number}", last_end=end) for number, end in enumerate(SlotEnd)),
        LOST,
        UNLED,
        *(replace(WEEKLY, channel_id=f"C0MORE{number}") for number in range(10)),
    ),
    waiting=12,
    overdue=3,
    overdue_since=NOW - timedelta(hours=2),
    slack_waits_until=NOW + timedelta(minutes=10),
    refused=1,
    doubts=Doubts(
        2,
        (
            Doubt(12, "Answer", NOW - timedelta(hours=1), user_id="U0ANN1"),
            Doubt(11, "Agenda of <!here> & Co", NOW - timedelta(days=9), channel_id="C0ABM1"),
        ),
    ),
    paused=(
        PausedChannel("C0OLD1", delivery_reason("is_archived", state=LedgerState.REFUSED), NOW - timedelta(days=3)),
        PausedChannel("C0ODD1", delivery_reason("<!here> made up", state=LedgerState.REFUSED), None),
    ),
    missing_permissions=("im:write", "users:read.email"),
    admins=1,
    deactivated=("U0BOB1",),
    has_stopped=True,
    unread=(
        UnreadChannel("C0SECRET1", NotReadable.ARCHIVED, NOW - timedelta(days=3)),
        UnreadChannel("C0SECRET2", NotReadable.NOT_INVITED, None),
    ),
    dropped=2,
    mails=(
        MailTrouble(2, "dana@acme.example", MailKind.EXECUTIVE, "2026-10", True, "connection closed", NOW),
        MailTrouble(1, "coo@acme.example", MailKind.CODE, "", False, "550 <!here> no such person", NOW),
    ),
)
DECLINED = replace(WELL, declined_permissions=tuple(OPTIONAL))
NEW = replace(WELL, last_posted_at=None, last_posted_in="", admins=1, cadences=(), coverage=())
ALL_MISSING = replace(
    WELL, missing_permissions=tuple(PERMISSIONS), paused=IN_TROUBLE.paused * 60, deactivated=("U0BOB1",) * 60
)


def page_of(facts: HealthFacts) -> Page:
    return health_page(facts, WORDS, version="0.1.0", answered_in_milliseconds=3, zone=ZONE, now=NOW)


def test_the_page_looks_like_this() -> None:
    pages = {"well": WELL, "in trouble": IN_TROUBLE, "new": NEW, "some permissions declined": DECLINED}
    check_golden("pages/health", "\n".join(drawn(kind, page_of(facts)) for kind, facts in pages.items()))


def test_a_cadence_whose_channel_takes_no_messages_is_paused_and_has_no_next_date() -> None:
    held_up = PausedChannel(WEEKLY.channel_id, delivery_reason("is_archived", state=LedgerState.REFUSED), NOW)
    text = drawn("held up", page_of(replace(WELL, paused=(held_up,), waiting=1, waiting_since=NOW)))
    [line] = [each for each in text.splitlines() if "Reviews of" in each]
    assert "*paused* until its channel takes messages again" in line
    assert "next" not in line
    assert "1 waiting, the oldest since" in text


def test_each_reason_for_which_members_are_not_known_has_its_words() -> None:
    assert set(MEMBER_REASONS) == set(NotReadable)


def test_what_is_in_doubt_looks_like_this() -> None:
    doubts = {
        "two": IN_TROUBLE.doubts,
        "more than are shown": replace(IN_TROUBLE.doubts, count=12),
        "nothing any more": WELL.doubts,
        "too long": Doubts(1, (Doubt(1, "A" * 4_000, NOW, channel_id="D0ANN1"),)),
    }
    pages = {kind: doubts_page(each, WORDS, zone=ZONE, now=NOW) for kind, each in doubts.items()}
    for page in pages.values():
        check_messages(messages(page))
    del pages["too long"]
    check_golden("pages/doubts", "\n".join(drawn(kind, page) for kind, page in pages.items()))


def test_slack_takes_it_however_much_is_wrong() -> None:
    for facts in (WELL, IN_TROUBLE, NEW, ALL_MISSING):
        check_messages(messages(page_of(facts)))


def test_nobody_is_called_by_what_slack_said() -> None:
    assert "<!here>" not in drawn("in trouble", page_of(IN_TROUBLE))
