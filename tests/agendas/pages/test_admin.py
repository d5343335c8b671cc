from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from agendas.facts import program
from agendas.facts.account import Rhythm
from agendas.facts.audience import NotReadable, UnreadChannel
from agendas.facts.people import Function, LeftBehind, Promised
from agendas.facts.program import SETTINGS, LedgerState, MailFacts, MailKind, MailTrouble, PausedChannel, UnsureMessage
from agendas.pages import admin
from agendas.pages.admin import NAMES_SHOWN, SettingChange, deactivated_page, settings_page, settings_saved_page
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.access import MAY_BE_LEFT_OUT, MEMBER_REASONS, OPTIONAL, SLACK_SCOPES, delivery_reason, open_steps
from tests.agendas.golden import check_golden, check_messages, check_pages, drawn
from tests.agendas.pages.examples import HOSTILE, LONG, NOW, ZONE
from tests.agendas.pages.home_days import HEALTHY
from tests.cases import cases
from tests.plain import plain

# The checklist of admins: a line for each step that is still to be taken, and nothing once all is done.

WORDS = Words()
NOTHING_SET_UP = program.SetupFacts(
    cadences=0,
    named=0,
    ownerless=tuple(program.OwnerlessAccount(number, f"Company {number}") for number in (7, 8, 9, 10)),
    without_function=3,
    empty_functions=(Function.PRODUCT, Function.FINANCE, Function.EXECUTIVE),
    admins=1,
    has_imported=False,
    missing_permissions=("im:write", "users:read"),
    without_lead=(Function.PRODUCT, Function.CUSTOMER_SUCCESS),
)
ONE_OF_EACH = replace(
    NOTHING_SET_UP,
    ownerless=NOTHING_SET_UP.ownerless[:1],
    without_function=1,
    empty_functions=(Function.FINANCE,),
    admins=0,
    missing_permissions=("im:write",),
    without_lead=(Function.FINANCE,),
)


def page(facts: program.SetupFacts) -> Page:
    return Page("To set up", admin.setup_lines(facts, WORDS), key="setup")


def test_the_checklist_says_what_its_golden_file_says() -> None:
    check_pages("pages/setup", {"nothing is set up": page(NOTHING_SET_UP), "one of each": page(ONE_OF_EACH)})


@cases("step", program.SetupStep)
def test_a_step_can_be_left_out_only_where_a_company_may_do_without_it(step: program.SetupStep) -> None:
    assert step in open_steps(NOTHING_SET_UP)
    left = open_steps(replace(NOTHING_SET_UP, left_out=frozenset({step})))
    assert (step in left) is (step not in MAY_BE_LEFT_OUT)


# The pages of settings.

OWN = program.ProgramSettings(
    (("tier.1.cap", 12), ("tier.1.owner_cap", 0), ("tier.2.roles.mqa", ()), ("tier.2.rhythm", "weekly"))
)
CALIBRATED = program.ProgramSettings(
    (("measures.target", ("EUR 500000", "USD 1200000")), ("tier.1.aged.mqa", 14)),
    program.Calibration(
        (program.CalibratedLimit("tier.1.aged.engaged", 42, 14), program.CalibratedLimit("tier.1.aged.mqa", 21, 10)),
        date(2026, 11, 1),
    ),
)
SWITCHED_OFF = CALIBRATED.with_own({"measures.calibration": "off"})
ALL_OWN = program.ProgramSettings(
    tuple(
        (
            key,
            each.choices
            if each.unit is program.SettingUnit.CHOICES
            else each.choices[-1]
            if each.choices
            else each.most,
        )
        for key, each in SETTINGS.items()
    )
)
CHANGES = (
    SettingChange(SETTINGS["tier.1.cap"], 25, 12),
    SettingChange(SETTINGS["tier.1.owner_cap"], 10, 0),
    SettingChange(SETTINGS["tier.2.roles.mqa"], ("economic_buyer", "champion"), ()),
    SettingChange(SETTINGS["measures.target"], (), ("EUR 500000", "USD 1200000")),
)


def test_the_settings_pages_are_as_they_were_read() -> None:
    pages = {
        "all, for an admin": settings_page(OWN, WORDS, can_edit=True),
        "all, for a reader": settings_page(CALIBRATED, WORDS, can_edit=False),
        "a group": settings_page(OWN, WORDS, can_edit=True, word="Tier 1"),
        "by a word": settings_page(OWN, WORDS, can_edit=False, word="tier 1 cap"),
        "plays are none of them": settings_page(program.DEFAULTS, WORDS, can_edit=False, word="allowed plays"),
        "calibrated": settings_page(CALIBRATED, WORDS, can_edit=True, word="tier 1 stage"),
        "calibrated, switched off": settings_page(SWITCHED_OFF, WORDS, can_edit=False, word="stage engaged tier 1"),
        "nothing found": settings_page(program.DEFAULTS, WORDS, can_edit=False, word=HOSTILE),
        "saved": settings_saved_page(CHANGES, WORDS),
        "nothing changed": settings_saved_page((), WORDS),
    }
    check_pages("pages/settings", pages)


def test_settings_that_are_all_a_teams_own_fit_into_messages() -> None:
    for word in ("", *program.GROUPS.values()):
        parts = messages(settings_page(ALL_OWN, WORDS, can_edit=True, word=word))
        check_messages(parts)
        assert len(parts) == 1


# The page of the addresses that the executive review is mailed to.

MAILED_AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
FACTS = MailFacts(
    (
        program.MailAddressFacts(
            1, "dana@acme.example", "U0EVE1", MAILED_AT - timedelta(days=20), MAILED_AT - timedelta(days=19)
        ),
        program.MailAddressFacts(2, "coo@acme.example", "U0EVE1", MAILED_AT - timedelta(hours=2), None),
    ),
    (
        MailTrouble(
            8, "dana@acme.example", MailKind.EXECUTIVE, "2026-11", True, "Connection unexpectedly closed", MAILED_AT
        ),
        MailTrouble(7, "coo@acme.example", MailKind.CODE, "", False, "550 <!here> no such person", MAILED_AT),
    ),
)


def mail(facts: MailFacts, *, has_server: bool = True) -> Page:
    return admin.mail_page(facts, Words(), has_server=has_server, zone="Europe/London", today=MAILED_AT.date())


def test_the_page_of_mail_looks_like_this() -> None:
    pages = {"normal": mail(FACTS), "empty": mail(MailFacts()), "no server": mail(FACTS, has_server=False)}
    check_pages("pages/mail", pages)


# How the bot is, as its admins see it.

WEEKLY = program.CadenceHealth(
    "C0ABM1",
    ZONE,
    Rhythm.WEEKLY,
    False,
    "U0ANN1",
    NOW - timedelta(days=1),
    program.SlotEnd.HELD,
    NOW + timedelta(days=6),
    False,
)
LOST = replace(WEEKLY, channel_id="C0OLD1", next_at=None, is_paused=True, paused_because=program.PauseReason.LEFT)
UNLED = replace(WEEKLY, channel_id="C0EXEC1", rhythm=Rhythm.MONTHLY, is_executive=True, facilitator="", last_at=None)
COVERAGE = (program.ReviewCoverage(1, Rhythm.WEEKLY, 4, 5), program.ReviewCoverage(2, Rhythm.BIWEEKLY, 5, 5))
WELL = replace(HEALTHY, last_posted_at=NOW - timedelta(days=1), cadences=(WEEKLY,), coverage=COVERAGE)
IN_TROUBLE = replace(
    WELL,
    database="PostgreSQL",
    cadences=(
        *(replace(WEEKLY, channel_id=f"C0ENDED{number}", last_end=end) for number, end in enumerate(program.SlotEnd)),
        LOST,
        UNLED,
        *(replace(WEEKLY, channel_id=f"C0MORE{number}") for number in range(10)),
    ),
    waiting=12,
    overdue=3,
    overdue_since=NOW - timedelta(hours=2),
    slack_waits_until=NOW + timedelta(minutes=10),
    refused=1,
    unsure=program.UnsureMessages(
        2,
        (
            UnsureMessage(12, "Answer", NOW - timedelta(hours=1), user_id="U0ANN1"),
            UnsureMessage(11, "Agenda of <!here> & Co", NOW - timedelta(days=9), channel_id="C0ABM1"),
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
ASKED = replace(WELL, model_days=((NOW.date(), 12, 3_400), ((NOW - timedelta(days=1)).date(), 1, 280)))
DECLINED = replace(WELL, declined_permissions=tuple(OPTIONAL))
NEW = replace(WELL, last_posted_at=None, last_posted_in="", admins=1, cadences=(), coverage=())
ALL_MISSING = replace(
    WELL, missing_permissions=tuple(SLACK_SCOPES), paused=IN_TROUBLE.paused * 60, deactivated=("U0BOB1",) * 60
)


def health(facts: program.HealthFacts) -> Page:
    has_model = bool(facts.model_days)
    return admin.health_page(
        facts, WORDS, version="0.1.0", answered_in_milliseconds=3, zone=ZONE, now=NOW, has_model=has_model
    )


def test_the_page_of_health_looks_like_this() -> None:
    pages = {"well": WELL, "in trouble": IN_TROUBLE, "new": NEW, "some permissions declined": DECLINED, "model": ASKED}
    check_golden("pages/health", "\n".join(drawn(kind, health(facts)) for kind, facts in pages.items()))


def test_a_cadence_whose_channel_takes_no_messages_is_paused_and_has_no_next_date() -> None:
    held_up = PausedChannel(WEEKLY.channel_id, delivery_reason("is_archived", state=LedgerState.REFUSED), NOW)
    text = drawn("held up", health(replace(WELL, paused=(held_up,), waiting=1, waiting_since=NOW)))
    [line] = [each for each in text.splitlines() if "Reviews of" in each]
    assert "*paused* until its channel takes messages again" in line
    assert "next" not in line
    assert "1 waiting, the oldest since" in text


def test_each_reason_for_which_members_are_not_known_has_its_words() -> None:
    assert set(MEMBER_REASONS) == set(NotReadable)


def test_what_is_in_doubt_looks_like_this() -> None:
    doubts = {
        "two": IN_TROUBLE.unsure,
        "more than are shown": replace(IN_TROUBLE.unsure, count=12),
        "nothing any more": WELL.unsure,
        "too long": program.UnsureMessages(1, (UnsureMessage(1, "A" * 4_000, NOW, channel_id="D0ANN1"),)),
    }
    pages = {kind: admin.unsure_list_page(each, WORDS, zone=ZONE, now=NOW) for kind, each in doubts.items()}
    del pages["too long"]
    check_pages("pages/doubts", pages)


def test_slack_takes_it_however_much_is_wrong() -> None:
    for facts in (WELL, IN_TROUBLE, NEW, ALL_MISSING):
        check_messages(messages(health(facts)))


def test_nobody_is_called_by_what_slack_said() -> None:
    assert "<!here>" not in drawn("in trouble", health(IN_TROUBLE))


# Notice about a deactivated person: the work that needs a new owner, and how to hand it over.

MUCH = LeftBehind(
    "U0BOB1",
    "Bob",
    owned=("Acme Corp", "Globex"),
    partnered=("Initrode",),
    promised=(Promised("Globex", 2), Promised("Umber Foods", 1)),
    facilitates=("C0ABM1", "C0ABM2"),
)
EXAMPLES = {
    "normal": MUCH,
    "one thing": LeftBehind("U0BOB1", "Bob", promised=(Promised("Globex", 1),)),
    "hostile": replace(MUCH, name=HOSTILE, owned=(HOSTILE,), partnered=(), promised=(Promised(HOSTILE, 1),)),
    "too long": replace(
        MUCH, name=LONG, owned=(LONG,) * 60, partnered=(LONG,) * 60, promised=(Promised(LONG, 3),) * 60
    ),
}


def test_the_page_of_what_somebody_left_looks_like_this() -> None:
    pages = {kind: deactivated_page(left, WORDS) for kind, left in EXAMPLES.items()}
    check_pages("pages/deactivated", pages)
    for page in pages.values():
        check_messages(messages(page))


def test_of_many_accounts_some_are_named_and_all_are_counted() -> None:
    many = tuple(f"Sample {number}" for number in range(NAMES_SHOWN + 7))
    text = plain(deactivated_page(replace(MUCH, owned=many), WORDS))
    assert f"Owner of {NAMES_SHOWN + 7} accounts: Sample 0, Sample 1," in text
    assert f"Sample {NAMES_SHOWN - 1} and 7 more. Choose another owner" in text
