from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

from agendas.facts import program
from agendas.facts.account import EventFacts, Source
from agendas.facts.audience import PrivacySet
from agendas.facts.events import Change, Corrected, Edited, ListChanged, Nominated, Profile
from agendas.facts.narrative import Justification, Justified
from agendas.facts.program import AccountChange, AuditFacts, TrailFacts, TrailFilter, TrailSubject, UnsureDecision
from agendas.pages.trail import FIELDS, KINDS, TrailEntry, TrailWhat, entry_text, program_entry, trail_page
from agendas.rendering.mrkdwn import OPERATOR
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, drawn

WORDS = Words()
NOW = datetime(2026, 11, 24, 15, 2, tzinfo=UTC)
NAMED = program.TrailNames(
    people={"U0ANN1": "Ann", "U0BOB1": "Bob", "U0EVE1": "Eve"},
    accounts={7: "Corvane Logistics", 8: "Halden & <!here> Sons"},
    channels={3: "C0WEEKLY"},
    reviews={5: ("C0WEEKLY", date(2026, 11, 23))},
    runs={9: {"create": 120, "update": 3, "unchanged": 0, "skip": 2}},
)
CADENCE: Mapping[str, object] = {
    "rhythm": "weekly",
    "anchor_on": "2026-11-23",
    "local_time": "09:00:00",
    "zone": "Europe/London",
    "minutes": 45,
    "facilitator": "U0ANN1",
    "scope": {"tiers": [1, 2], "owners": ["U0BOB1"], "segments": ["Nordics"], "account_ids": [7, 8]},
    "is_paused": False,
    "next_on": "2026-11-30",
}
PREPARED = {
    "prep_minutes": 0,
    "cutoff_minutes": 90,
    "reminding": "light",
    "optional": ["U0BOB1"],
    "observing": ["U0ANN1"],
}
MOVED = {"planned_on": "2026-11-30", "moved_to": "2026-12-01T09:00:00+00:00", "because": "of the fair"}
PLAY: Mapping[str, object] = {"name": "Value workshop", "tiers": [1], "steps": [1, 2], "is_retired": False}
PROFILE = Profile("Corvane Logistics", "corvane.example", owner="U0ANN1", value_cents=42_000_000, currency="USD")


def entry(subject: TrailSubject, of: str = "", *, before: object = None, after: object = None) -> AuditFacts:
    return AuditFacts(
        subject, of, before if isinstance(before, Mapping) else {}, after if isinstance(after, Mapping) else {}
    )


VIEWER: Mapping[str, object] = {"function": None, "right": "viewer"}
ADMIN: Mapping[str, object] = {"function": "sales", "right": "admin"}
LIMITS = {"on": "2026-10-01", "limits": {"tier.1.aged.engaged": [42, 14], "tier.1.aged.mqa": [20, 10]}}
RENEWED = {"on": "2026-11-01", "limits": {"tier.1.aged.engaged": [45, 15]}}
DAYS_OFF = [f"2026-12-{number}" for number in range(21, 28)]
BY_SETTING = {"right": "admin", "because": "named in CADENCE_ADMINS"}
DIGEST = {"told": "digest", "quiet_hours": "20:00-07:00"}
S = TrailSubject
ENTRIES = (
    entry(S.PERSON, "U0BOB1", before=VIEWER, after={**VIEWER, "right": "editor"}),
    entry(S.PERSON, "U0BOB1", before=VIEWER, after=ADMIN),
    entry(S.PERSON, "U0BOB1", before=ADMIN, after=ADMIN),
    entry(S.PERSON, "U0GONE", before={"right": "viewer"}, after=BY_SETTING),
    entry(S.PERSON, "U0BOB1", before={"leads": ""}, after={"leads": "marketing, sales"}),
    entry(S.PERSON, "U0ANN1", before={"leads": "sales"}, after={"leads": ""}),
    entry(S.SETTINGS, before={"tier.1.cap": 5, "gone.key": 3}, after={"tier.1.cap": 6, "gone.key": 4}),
    entry(S.CADENCE, "3", after=CADENCE),
    entry(S.CADENCE, "3", before=CADENCE, after={**CADENCE, "local_time": "10:00:00", "scope": {}}),
    entry(S.CADENCE, "3", before=CADENCE, after=CADENCE),
    entry(S.CADENCE, "3", before=CADENCE, after={**CADENCE, "holidays_of": "DE-BY", "days_off": DAYS_OFF}),
    entry(S.CADENCE, "3", before=CADENCE, after={**CADENCE, "is_paused": True, "paused_because": "channel_left"}),
    entry(S.CADENCE, "3", before={"is_paused": False}, after={"is_paused": True, "because": "opening failed again"}),
    entry(S.CADENCE, "3", before={**CADENCE, "is_paused": True}, after=CADENCE),
    entry(S.CADENCE, "3", before=CADENCE, after={**CADENCE, "occurrence": MOVED}),
    entry(S.CADENCE, "4", before=CADENCE, after={**CADENCE, "occurrence": {**MOVED, "moved_to": None, "because": ""}}),
    entry(S.CADENCE, "3", before=CADENCE, after={**CADENCE, **PREPARED}),
    entry(S.REVIEW, "5", after={"opened": True}),
    entry(S.REVIEW, "5", after={"closed": True, "was_held": True}),
    entry(S.REVIEW, "6", after={"closed": True, "was_held": False}),
    entry(S.REVIEW, "5", before={"attended": ["U0BOB1"]}, after={"attended": ["U0ANN1", "U0BOB1"]}),
    replace(entry(S.REVIEW, "5", after={"account_id": 7, "part": "discussed"}), account_id=7),
    entry(S.CHANNEL, "C0WEEKLY", before={"trouble": "is_archived"}, after={"trouble": ""}),
    entry(S.LETTER, "12", after={"decision": UnsureDecision.POST_AGAIN.value}),
    entry(S.LETTER, "12", after={"decision": UnsureDecision.IT_IS_THERE.value}),
    entry(S.SETUP, "import", after={"left_out": True}),
    entry(S.PLAY, after=PLAY),
    entry(S.PLAY, before=PLAY, after={**PLAY, "tiers": [1, 2], "steps": [1, 2, 3]}),
    entry(S.PLAY, before=PLAY, after={**PLAY, "is_retired": True}),
    entry(S.PLAY, before={**PLAY, "is_retired": True}, after=PLAY),
    entry(S.PREFERENCES, "U0BOB1", before={"told": "at_once", "quiet_hours": "none"}, after=DIGEST),
    entry(S.SIGNATURE, before="set", after="new"),
    entry(S.IMPORT, "9", after={"file_name": "accounts.csv", "what": "accounts"}),
    entry(S.IMPORT, "9", after={"file_name": "accounts.csv", "what": "accounts", "undone": True}),
    entry(S.EXPORT),
    *(entry(S.MAIL, "cfo@acme.example", after={"state": state}) for state in ("added", "confirmed", "removed")),
    entry(S.REPORT, "executive", after={"file_name": "cadence-executive-2026-10.html"}),
    entry(S.RESTORE, after={"file_name": "monday.backup"}),
    entry(S.DAYS_AWAY, "U0BOB1", after={"days": "2026-12-01 to 2026-12-04", "stand_in": "U0ANN1"}),
    entry(S.DAYS_AWAY, before={"days": "2026-12-24 to 2027-01-01", "name": "Winter break"}),
    entry(S.HAND_OVER, "U0BOB1", after={"to": ["U0ANN1"]}),
    entry(S.HAND_OVER, "U0BOB1", after={"undone": True}),
    entry(S.CALENDAR, after={"address": "made"}),
    entry(S.CALENDAR, "C0WEEKLY1", after={"address": "revoked"}),
    entry(S.SETTINGS, before={"tier.1.aged.mqa": None}, after={"tier.1.aged.mqa": 20}),
    entry(S.SETTINGS, before={"calibrated": LIMITS}, after={"calibrated": RENEWED}),
)
"""One entry of each kind at least; each is told in a sentence of its own."""


def event(change: Change, *, actor: str = "U0ANN1", number: int = 50) -> EventFacts:
    return EventFacts(number, 7, change, NOW, NOW, actor, Source.COMMAND)


MISTAKEN = event(ListChanged("paused", 1, "On hold"), number=40)
CHANGES = (
    AccountChange(event(Nominated(PROFILE, "Renews in spring"))),
    AccountChange(event(Edited(replace(PROFILE, owner="U0BOB1", value_cents=50_000_000))), before=PROFILE),
    AccountChange(event(Edited(PROFILE))),
    AccountChange(event(ListChanged("named", 3, "Doubled their team", from_status="named", from_tier=2))),
    AccountChange(event(ListChanged("removed", None, "Acquired", from_status="named", from_tier=2))),
    AccountChange(event(ListChanged("named", 1, "They grow", from_status="candidate"))),
    AccountChange(event(ListChanged("paused", 1, "", from_status="named", from_tier=1))),
    AccountChange(event(ListChanged("candidate", None, ""), actor=OPERATOR)),
    AccountChange(event(PrivacySet("C0DEAL"))),
    AccountChange(event(PrivacySet(""))),
    AccountChange(event(Justified(Justification("Fits", "Now"), Justification("Fits", "Later")))),
    AccountChange(event(Corrected(40, "It was Halden"), actor="U0BOB1"), corrected=MISTAKEN),
    AccountChange(event(Corrected(40), actor="U0BOB1"), corrected=MISTAKEN),
    AccountChange(event(Corrected(40))),
)


def page_of(*told: AuditFacts | AccountChange, actor: str = "U0EVE1", **changes: object) -> TrailFacts:
    lines = tuple(
        program.TrailLine(
            NOW - timedelta(minutes=each), one.event.actor if isinstance(one, AccountChange) else actor, one
        )
        for each, one in enumerate(told)
    )
    facts = TrailFacts(lines, NAMED, TrailFilter(), "Europe/London", NOW.date())
    return replace(facts, **changes)  # type: ignore[arg-type]


def test_each_kind_of_entry_and_event_has_its_sentence() -> None:
    pages = {
        "entries": page_of(*ENTRIES),
        "accounts": page_of(*CHANGES, wanted=TrailFilter(of_accounts=True), admins=("U0EVE1", "U0ANN1")),
        "by the program": page_of(ENTRIES[3], actor=""),
        "by an operator": page_of(next(each for each in ENTRIES if each.subject is S.IMPORT), actor=OPERATOR),
        "by somebody gone": page_of(ENTRIES[0], actor="U0GONE"),
        "asked for": page_of(
            CHANGES[0],
            wanted=TrailFilter(7, "U0BOB1", date(2026, 11, 16), date(2026, 11, 22)),
            more_value="1 a 2 7 U0BOB1 2026-11-16 2026-11-22",
        ),
        "since": page_of(CHANGES[0], wanted=TrailFilter(first=date(2026, 11, 1))),
        "of a day": page_of(CHANGES[0], wanted=TrailFilter(first=date(2026, 11, 1), last=date(2026, 11, 1))),
        "nothing": page_of(),
        "nothing older": page_of(is_first=False),
    }
    check_golden("pages/trail", "\n".join(drawn(kind, trail_page(facts, WORDS)) for kind, facts in pages.items()))


def test_every_subject_that_is_noted_is_told_and_every_kind_has_a_sentence() -> None:
    assert {each.subject for each in ENTRIES} >= set(TrailSubject)
    for what in TrailWhat:
        assert entry_text(TrailEntry(what, "Corvane", on=NOW.date(), moved_to=NOW, channel_id="C1"), WORDS)


def test_nothing_of_a_secret_or_of_a_field_that_is_not_known_is_shown() -> None:
    for subject in TrailSubject:
        told = AuditFacts(subject, "1", {"secret": "s3cr3t"}, {"secret": "n3w", "token": "xoxb-1", "text": "private"})
        said = entry_text(program_entry(told, NAMED), WORDS)
        assert not {"s3cr3t", "n3w", "xoxb-1", "private"} & set(said.split()), said


def test_a_correction_names_every_kind_of_event_and_an_edit_every_field_of_a_profile() -> None:
    kinds = {each.__dataclass_fields__["kind"].default for each in get_args(get_args(Change)[0])}
    assert set(KINDS) == kinds
    in_pairs = {"value_cents", "currency", "owner_name", "crm_system"}
    assert set(Profile.__dataclass_fields__) - set(FIELDS) == in_pairs
