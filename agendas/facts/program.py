"""The program: its settings, the trail of changes and the health of the bot."""

import re
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from agendas.facts.account import EventFacts, Rhythm, Stage
from agendas.facts.audience import UnreadChannel
from agendas.facts.deals import Phase
from agendas.facts.events import Profile
from agendas.facts.fit import Criterion
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function

# Limits of stages that follow from how long accounts stayed in them.


@dataclass(frozen=True, slots=True)
class CalibratedLimit:
    """A limit in days by the key of its setting, and the number of completed stays that it follows from."""

    key: str
    days: int
    stays: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """Limits as they were worked out on a local day, by key; without any before the first time."""

    limits: tuple[CalibratedLimit, ...] = ()
    on: date | None = None

    @classmethod
    def of(cls, stored: Mapping[str, Any] | None) -> "Calibration":
        """The limits as `to_store` wrote them."""
        if not stored:
            return NONE
        limits = tuple(CalibratedLimit(key, days, stays) for key, (days, stays) in sorted(stored["limits"].items()))
        return cls(limits, date.fromisoformat(stored["on"]) if stored["on"] else None)

    def to_store(self) -> dict[str, object]:
        limits = {limit.key: [limit.days, limit.stays] for limit in self.limits}
        return {"on": self.on.isoformat() if self.on else None, "limits": limits}

    def of_key(self, key: str) -> CalibratedLimit | None:
        return next((limit for limit in self.limits if limit.key == key), None)

    def days(self, key: str) -> int | None:
        found = self.of_key(key)
        return found.days if found else None


NONE = Calibration()


# Addresses that pages are mailed to, and the mails.


class MailKind(StrEnum):
    CODE = "code"
    EXECUTIVE = "executive"


class MailOutcome(StrEnum):
    SENT = "sent"
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"
    """The mail server did not say whether it took it: it is not sent again by itself."""
    LATER = "later"
    """It certainly was not taken, and is tried again."""


@dataclass(frozen=True, slots=True)
class MailAddressFacts:
    id: int
    address: str
    added_by: str
    added_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class MailTrouble:
    """A mail that is not sent again by itself: its content, month (`2026-10`, empty for a code), why and since when.

    `is_in_doubt`: the mail server did not say whether it took it; it refused any other.
    """

    id: int
    address: str
    kind: MailKind
    month: str
    is_in_doubt: bool
    error: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MailFacts:
    """Addresses of a workspace, oldest first, and mails of the last month in trouble, newest first."""

    addresses: tuple[MailAddressFacts, ...] = ()
    troubles: tuple[MailTrouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content: str


@dataclass(frozen=True, slots=True)
class MailContent:
    """A mail ready to be sent: raw text throughout. `key` is the same each time that it is sent."""

    to: str
    subject: str
    text: str
    key: str
    attachments: tuple[Attachment, ...] = ()


# Health of the bot in one workspace as its admins see it, planned posts, and steps of setting up.


class PauseReason(StrEnum):
    LEFT = "channel_left"
    DELETED = "channel_deleted"


@dataclass(frozen=True, slots=True)
class PausedChannel:
    """A channel that nothing is posted in, since when, and why as a clause."""

    channel_id: str
    reason: str
    since: datetime | None


class SlotEnd(StrEnum):
    """The end of a cadence's last planned date, or its state while the review is open."""

    OPEN = "open"
    HELD = "held"
    NOT_HELD = "not_held"
    MISSED = "missed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class CadenceHealth:
    """A cadence with its last date and what came of it, both None before the first, and the instant of the next.

    `facilitator` is '' where nobody is named or who was has left Slack. `next_at` is None while it is paused, with
    `paused_because` where it paused by itself.
    """

    channel_id: str
    zone: str
    rhythm: Rhythm
    is_executive: bool
    facilitator: str
    last_at: datetime | None
    last_end: SlotEnd | None
    next_at: datetime | None
    is_paused: bool
    paused_because: PauseReason | None = None


@dataclass(frozen=True, slots=True)
class ReviewCoverage:
    """Named accounts of a tier, and how many of them were reviewed on time: as often as the tier asks for."""

    tier: int
    rhythm: Rhythm
    on_time: int
    accounts: int


@dataclass(frozen=True, slots=True)
class UnsureMessage:
    """A message that may be there or not: what it is, since when, and where or for whom it was."""

    letter_id: int
    what: str
    since: datetime
    channel_id: str = ""
    user_id: str = ""


@dataclass(frozen=True, slots=True)
class UnsureMessages:
    """Number of messages that may have been sent or not, and the newest of them."""

    count: int
    shown: tuple[UnsureMessage, ...]


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """Health as seen from inside the bot.

    `database` names its kind. `waiting` counts every message still to be sent, the oldest of those whose time has come
    since `waiting_since`; `overdue` those that should be gone, the oldest since `overdue_since`. Until
    `slack_waits_until` Slack asks to wait with some of them. `refused` and `dropped`, which could not be sent while
    they were of use, are of the last seven days. `missing_permissions` are Slack's scopes, `declined_permissions`
    those that the app works without. `deactivated` are people whom Slack deactivated and who still answer for
    something. `has_stopped`: Slack refused the bot's token, and nothing is sent until it takes it again. `unread` are
    channels that accounts are private to, whose members cannot be read. `thread_heard_at` is when the first reply in
    an account's thread arrived, None before. `model_days` are (day, questions, tokens) given to a language model in the
    last seven days, newest first.
    """

    database: str
    last_posted_at: datetime | None
    last_posted_in: str
    waiting: int
    overdue: int
    overdue_since: datetime | None
    slack_waits_until: datetime | None
    refused: int
    unsure: UnsureMessages
    paused: tuple[PausedChannel, ...]
    missing_permissions: tuple[str, ...]
    admins: int
    deactivated: tuple[str, ...]
    has_stopped: bool
    declined_permissions: tuple[str, ...] = ()
    unread: tuple[UnreadChannel, ...] = ()
    mails: tuple[MailTrouble, ...] = ()
    cadences: tuple[CadenceHealth, ...] = ()
    coverage: tuple[ReviewCoverage, ...] = ()
    dropped: int = 0
    thread_heard_at: datetime | None = None
    waiting_since: datetime | None = None
    model_days: tuple[tuple[date, int, int], ...] = ()


class LedgerState(StrEnum):
    WAITING = "waiting"
    DELAYED = "delayed"
    POSTED = "posted"
    LATE = "late"
    MISSED = "missed"
    SKIPPED = "skipped"
    MOVED = "moved"
    REFUSED = "refused"
    UNSURE = "unsure"
    DROPPED = "dropped"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A planned post and what became of it. A delayed one is tried again at `retry_at`.

    Whether an unsure one was posted is decided by an admin or the `facilitator`: its message is `letter_id`.
    """

    what: str
    due_at: datetime
    state: LedgerState
    done_at: datetime | None = None
    reason: str = ""
    permalink: str = ""
    review_id: int | None = None
    retry_at: datetime | None = None
    letter_id: int | None = None
    facilitator: str = ""


class SetupStep(StrEnum):
    """A step of setting up, in the order in which they are taken."""

    PERMISSIONS = "permissions"
    """Slack gave the app what it cannot work without."""
    ADMINS = "admins"
    IMPORT = "import"
    NAMED = "named"
    OWNERS = "owners"
    PEOPLE = "people"
    """Everybody who takes part has a function."""
    FUNCTIONS = "functions"
    """Each function has somebody."""
    LEADS = "leads"
    """Each function has a lead who can be asked."""
    CADENCE = "cadence"


@dataclass(frozen=True, slots=True)
class OwnerlessAccount:
    account_id: int
    name: str


@dataclass(frozen=True, slots=True)
class SetupFacts:
    """State of the program's set-up.

    Args:
        cadences: channels with a cadence.
        named: number of accounts on the list.
        ownerless: those of them that nobody owns, by tier and name.
        without_function: number of people who take part and have no function.
        empty_functions: functions that nobody has.
        missing_permissions: Slack's scopes that the app cannot work without and does not have.
        left_out: steps that an admin decided not to take.
        without_lead: functions that nobody leads who can be asked.
    """

    cadences: int
    named: int
    ownerless: tuple[OwnerlessAccount, ...]
    without_function: int
    empty_functions: tuple[Function, ...]
    admins: int
    has_imported: bool
    missing_permissions: tuple[str, ...] = ()
    left_out: frozenset[SetupStep] = frozenset()
    without_lead: tuple[Function, ...] = ()


# Fields of every log line while one thing is worked on: the id of the request, or of the letter.

_facts: ContextVar[Mapping[str, object]] = ContextVar("log_facts", default=MappingProxyType({}))


def log_with(**facts: object) -> None:
    """From here on these facts are on every log line of this task, of tasks it begins, and of its database work."""
    _facts.set(facts)


def log_facts() -> Mapping[str, object]:
    return _facts.get()


# The pages of the whole program that there are as files.


class ReportKind(StrEnum):
    EXECUTIVE = "executive"
    SCOREBOARD = "scoreboard"
    AUDIT = "audit"


# One setting of the program: its unit, its default, and the values it may have.

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
"""A domain in lower case, without a scheme or a path."""

PLACE = re.compile(r"(?:[A-Z]{2}(?:-[A-Z0-9]{1,6})?)?")
"""The code of a country and of one of its parts, `DE-BY`; empty for none."""

AMOUNT = re.compile(r"[A-Z]{3} [1-9][0-9]{0,12}")
"""A currency and a whole amount of it."""

TAUGHT = re.compile(r"[^=,]{1,60} = [^=,]{1,60}")
"""A word and what it means."""

Value = int | str | tuple[str, ...]
"""A number, one of the choices, or several of them."""


class SettingUnit(StrEnum):
    ACCOUNTS = "accounts"
    DAYS = "days"
    HOURS = "business hours"
    MINUTES = "minutes"
    POINTS = "points"
    PERCENT = "percent"
    TIMES = "times"
    PEOPLE = "people"
    QUESTIONS = "questions"
    MESSAGES = "messages"
    CHOICE = "choice"
    CHOICES = "choices"
    DOMAINS = "domains"
    AMOUNTS = "amounts"
    PLACE = "place"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. A number lies between `least` and `most`; 0 is no limit where `may_be_none`.

    Domains, amounts and words are as many as `most`: domains in lower case, amounts as `EUR 500000`, one of a currency,
    words as `word = what it means`.
    """

    key: str
    group: str
    label: str
    unit: SettingUnit
    default: Value
    least: int = 0
    most: int = 1_000
    may_be_none: bool = False
    choices: tuple[str, ...] = ()

    def accepted(self, value: object) -> Value | None:
        """The value if this setting accepts it, else None; several choices, a list of any order, in the usual order."""
        if self.unit is SettingUnit.DOMAINS:
            return self._written(value, DOMAIN)
        if self.unit is SettingUnit.WORDS:
            return self._written(value, TAUGHT)
        if self.unit is SettingUnit.AMOUNTS:
            amounts = self._written(value, AMOUNT)
            currencies = [each[:3] for each in amounts or ()]
            return amounts if len(set(currencies)) == len(currencies) else None
        if self.unit is SettingUnit.CHOICES:
            if not isinstance(value, list | tuple) or not set(map(str, value)) <= set(self.choices):
                return None
            return tuple(choice for choice in self.choices if choice in value)
        if self.unit is SettingUnit.PLACE:
            return value if isinstance(value, str) and PLACE.fullmatch(value) else None
        if self.unit is SettingUnit.CHOICE:
            return value if isinstance(value, str) and value in self.choices else None
        if not isinstance(value, int) or isinstance(value, bool):
            return None
        return value if self.least <= value <= self.most or (value == 0 and self.may_be_none) else None

    def _written(self, value: object, form: re.Pattern[str]) -> tuple[str, ...] | None:
        """Return a list of texts that all have this form; None for anything else."""
        if not isinstance(value, list | tuple) or len(value) > self.most:
            return None
        texts = tuple(str(each) for each in value)
        return texts if all(form.fullmatch(each) for each in texts) else None


# Default limits of stalls, in days by tier, and where there are none.

STAGE_LIMITS = (
    Stage.TARGET.value,
    Stage.AWARE.value,
    Stage.ENGAGED.value,
    Stage.MQA.value,
    *(f"{Stage.OPPORTUNITY.value}_{phase.value}" for phase in (Phase.EARLY, Phase.MIDDLE, Phase.LATE)),
    Stage.CUSTOMER.value,
)
"""The stages with limits of their own; an opportunity has them by the phase of its furthest open deal, a customer while
an expansion is open."""

# Days in a stage, by tier. Published limits lie around them: 14 days for a qualified account, 30 for an opportunity,
# 21 without any step. Tier 1 has larger committees, so it gets more time. Tier 3 is only watched until it is engaged.
AGED: Mapping[str, tuple[int, int, int]] = {
    "target": (60, 90, 0),
    "aware": (45, 60, 180),
    "engaged": (30, 45, 90),
    "mqa": (14, 21, 30),
    "opportunity_early": (30, 21, 14),
    "opportunity_middle": (30, 21, 21),
    "opportunity_late": (21, 21, 14),
    "customer": (60, 90, 120),
}

# Days without anything from the buyer, by tier. Published limits lie around them: 14 days of silence for middle-sized
# companies, 30 to 45 for large ones. Tier 1 is promised attention, so its silence is noticed sooner.
QUIET: Mapping[str, tuple[int, int, int]] = {
    "target": (0, 0, 0),
    "aware": (45, 60, 0),
    "engaged": (21, 30, 60),
    "mqa": (14, 21, 30),
    "opportunity_early": (14, 14, 21),
    "opportunity_middle": (14, 14, 21),
    "opportunity_late": (10, 14, 14),
    "customer": (30, 60, 90),
}

NEVER_STALLED = ("tier.3.aged.target", "tier.3.quiet.target", "tier.3.quiet.aware")
"""An account of tier 3 is only watched until it is engaged, so it has no such limits; in aware it times out."""

WATCHED = frozenset({(3, Stage.TARGET.value), (3, Stage.AWARE.value)})
"""(tier, stage) of accounts that are only watched: a limit there is where they time out, not where they stall."""


# The program's settings: every limit and threshold a team may change, with its default and unit.

TIERS = (1, 2, 3)

MODEL, MODEL_BRIEFS, MODEL_NEWS = "questions.model", "questions.briefs", "questions.news"
"""The keys of the settings for what a language model may do: read questions, write briefs, draft news."""
FEEDBACK, OWN_WORDS = "questions.feedback", "questions.words"
"""The keys of the settings for thumbs below answers, and for the words that a workspace taught."""
MODEL_PERSON, MODEL_WORKSPACE = "questions.person", "questions.workspace"
"""The keys of the settings for how often it is asked."""

TARGET, CALIBRATION = "measures.target", "measures.calibration"
"""The keys of the settings for measures: the target of a quarter, and whether calibrated limits are in force."""
HOLIDAYS, AUDIT_SENT, WEEKLY_CAP = "work.holidays", "audit.sent", "notices.week"
"""Keys of the settings for holidays on which nobody works, readers of the audit, and the messages of one person."""

CALIBRATED = "calibrated"
"""The key under which calibrated limits are stored with the settings."""


class AuditReaders(StrEnum):
    NOBODY = "nobody"
    EXECUTIVES = "executives"
    REVIEW_CHANNELS = "review_channels"


class LimitFrom(StrEnum):
    DEFAULT = "default"
    CALIBRATED = "calibrated"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class ProgramSettings:
    """The settings of one workspace: `own` are the values that somebody set, by key.

    Limits of stalls that nobody set are those of the `calibration`, where it has them and is not switched off; all
    others are the defaults.
    """

    own: tuple[tuple[str, Value], ...] = ()
    calibration: Calibration = NONE

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "ProgramSettings":
        """The settings as they are stored, by key. What is no setting of ours, or not a value of it, is left out."""
        read = ((key, SETTINGS[key].accepted(value)) for key, value in sorted(stored.items()) if key in SETTINGS)
        calibration = Calibration.of(stored.get(CALIBRATED))
        return cls(tuple((key, value) for key, value in read if value is not None), calibration)

    def to_store(self) -> dict[str, object]:
        own: dict[str, object] = {key: list(value) if isinstance(value, tuple) else value for key, value in self.own}
        return own | ({CALIBRATED: self.calibration.to_store()} if self.calibration != NONE else {})

    def value(self, key: str) -> Value:
        """The value in force. Raises KeyError for a key that is none of ours."""
        for own_key, value in self.own:
            if own_key == key:
                return value
        return self.unset(key)

    def unset(self, key: str) -> Value:
        """The value in force where nobody set one: the calibrated one if calibration is on, else the default."""
        found = self.calibration.days(key) if key in CALIBRATABLE else None
        return SETTINGS[key].default if found is None or self.value(CALIBRATION) == "off" else found

    def origin(self, key: str) -> LimitFrom:
        """Where the value in force comes from."""
        if any(own_key == key for own_key, _ in self.own):
            return LimitFrom.OWN
        return LimitFrom.DEFAULT if self.unset(key) == SETTINGS[key].default else LimitFrom.CALIBRATED

    def with_own(self, own: Mapping[str, Value]) -> "ProgramSettings":
        """These settings with other values set by people; a value that would be in force anyway is not stored.

        One that differs from a calibrated limit is stored also while these are switched off: switched on again, they
        would else override what people set.
        """
        # the switch may be among the new values, so `merged` tells what would be in force
        merged = replace(self, own=tuple(sorted(own.items())))
        kept = (
            (key, value)
            for key, value in merged.own
            if value != merged.unset(key) or self.calibration.days(key) not in (None, value)
        )
        return replace(merged, own=tuple(kept))

    def number(self, key: str) -> int:
        """Return the value of a setting that is a number; 0 where it is no limit."""
        value = self.value(key)
        return value if isinstance(value, int) else 0

    def limit(self, key: str) -> int | None:
        return self.number(key) or None

    def chosen(self, key: str) -> tuple[str, ...]:
        value = self.value(key)
        return value if isinstance(value, tuple) else ()


def of_tier(tier: int | None, name: str) -> str:
    """The key of a tier's setting; an account without a tier has the settings of the last one."""
    return f"tier.{tier or TIERS[-1]}.{name}"


ROLE_STEPS = ("engaged", "mqa", "opportunity", "opportunity_late")
"""From where on buying roles are required: each step asks for its own and for those before it."""

REQUIRABLE = tuple(role.value for role in tuple(BuyingRole)[:5])

# The base set is champion, economic buyer and technical evaluator; tier 1 asks for all five once there is a deal.
_ROLES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "engaged": (("economic_buyer", "technical_evaluator", "champion"), (), ()),
    "mqa": ((), ("economic_buyer", "champion"), ("champion",)),
    "opportunity": (("procurement", "executive_sponsor"), ("technical_evaluator",), ()),
    "opportunity_late": ((), ("procurement",), ()),
}

_WEIGHTS: Mapping[Criterion, int] = {
    Criterion.ACV: 25,
    Criterion.EXPANSION: 15,
    Criterion.URGENCY: 15,
    Criterion.SALES_MOTION: 15,
    Criterion.IMPLEMENTATION_FIT: 20,
    Criterion.STRATEGIC_VALUE: 10,
}


def _spoken(name: str) -> str:
    """The name as labels have it: `MQA`, `opportunity late`."""
    return {"mqa": "MQA", "acv": "ACV"}.get(name, name.replace("_", " "))


def _tier_settings(tier: int) -> Iterator[Setting]:
    """The settings of one tier; `of` picks its value out of those of the three tiers."""

    def of(values: tuple[int, int, int]) -> int:
        return values[tier - 1]

    def setting(
        name: str,
        label: str,
        unit: SettingUnit,
        default: Value,
        *,
        least: int = 0,
        most: int = 1_000,
        may_be_none: bool = False,
        choices: tuple[str, ...] = (),
    ) -> Setting:
        key, group = f"tier.{tier}.{name}", f"tier.{tier}"
        return Setting(key, group, label, unit, default, least, most, may_be_none, choices)

    # at the upper end of common practice: 10 to 25, 50 to 150, 200 to 500
    yield setting("cap", "Accounts in the tier", SettingUnit.ACCOUNTS, of((25, 150, 500)), least=1, most=10_000)
    yield setting(
        "owner_cap", "Accounts of one owner", SettingUnit.ACCOUNTS, of((10, 0, 0)), most=10_000, may_be_none=True
    )
    rhythms = tuple(Rhythm)
    yield setting("rhythm", "Review rhythm", SettingUnit.CHOICE, rhythms[tier - 1], choices=rhythms)
    yield setting("minutes", "Minutes on the agenda", SettingUnit.MINUTES, of((8, 3, 2)), least=1, most=60)
    yield setting("blocker", "A blocker may stay open", SettingUnit.DAYS, of((14, 21, 0)), most=365, may_be_none=True)
    # four hours for tier 1 is published; a business day has eight hours
    yield setting("response", "First touch of an MQA", SettingUnit.HOURS, of((4, 8, 24)), least=1, most=200)
    yield setting("roles_active", "Roles to be active", SettingUnit.PEOPLE, of((3, 2, 0)), most=5, may_be_none=True)
    for step in ROLE_STEPS:
        roles = _ROLES[step][tier - 1]
        yield setting(f"roles.{step}", f"Roles from {_spoken(step)}", SettingUnit.CHOICES, roles, choices=REQUIRABLE)
    for name, label, days in (("aged", "In stage", AGED), ("quiet", "Silence in", QUIET)):
        for stage in STAGE_LIMITS:
            if f"tier.{tier}.{name}.{stage}" in NEVER_STALLED:
                continue
            words = f"{label} {_spoken(stage)}"
            yield setting(f"{name}.{stage}", words, SettingUnit.DAYS, of(days[stage]), most=730, may_be_none=True)


def _program_settings() -> Iterator[Setting]:
    """The settings that are the same for all tiers."""

    def setting(name: str, label: str, unit: SettingUnit, default: int, *, most: int = 1_000) -> Setting:
        return Setting(name, name.partition(".")[0], label, unit, default, least=1, most=most)

    for criterion, weight in _WEIGHTS.items():
        yield setting(
            f"fit.weight.{criterion}", f"Weight of {_spoken(criterion)}", SettingUnit.POINTS, weight, most=100
        )
    for tier, cut in zip(TIERS, (80, 60, 40), strict=True):
        yield setting(f"fit.tier.{tier}", f"Fit for tier {tier}", SettingUnit.POINTS, cut, most=100)
    yield setting("fit.confidence", "Confidence for tier 1", SettingUnit.PERCENT, 80, most=100)
    yield setting("fit.reminder", "Reminder of a score not given after", SettingUnit.DAYS, 3, most=60)
    yield setting("fit.keep", "A decision to keep silences a proposal for", SettingUnit.DAYS, 30, most=365)
    yield setting("group.engaged", "A role counts as engaged for", SettingUnit.DAYS, 90, most=365)
    yield setting("group.thread", "A contact counts as active for", SettingUnit.DAYS, 30, most=365)
    yield setting("list.narrative", "A narrative is current for", SettingUnit.DAYS, 100, most=730)
    yield setting("list.overdue", "A next action may be overdue", SettingUnit.DAYS, 7, most=365)
    yield setting("list.pushes", "Pushes of a close date that count", SettingUnit.TIMES, 2, most=50)
    yield setting("list.renewal", "Renewal or close is near within", SettingUnit.DAYS, 30, most=365)
    yield setting("list.expansion", "Open amount grows by", SettingUnit.PERCENT, 20)
    yield Setting(AUDIT_SENT, "audit", "Sent each month to", SettingUnit.CHOICE, "nobody", choices=tuple(AuditReaders))
    yield setting("audit.reply", "The buyer follows a play within", SettingUnit.DAYS, 14, most=90)
    yield setting(
        "audit.implementation_fit", "Product's score of the implementation counts for", SettingUnit.DAYS, 180, most=730
    )
    yield Setting(HOLIDAYS, "work", "Nobody works on the public holidays of", SettingUnit.PLACE, "")
    yield Setting(WEEKLY_CAP, "notices", "By itself to one person a week", SettingUnit.MESSAGES, 20, least=10, most=200)
    yield Setting("signals.our_domains", "signals", "Domains of our own", SettingUnit.DOMAINS, (), most=50)
    yield setting("signals.engaged", "Points of 90 days for engaged", SettingUnit.POINTS, 10, most=100_000)
    yield setting("signals.mqa", "Points of 90 days for MQA", SettingUnit.POINTS, 100, most=100_000)
    yield Setting(TARGET, "measures", "Target of a quarter to win", SettingUnit.AMOUNTS, (), most=20)
    yield Setting(CALIBRATION, "measures", "Calibrated stage limits", SettingUnit.CHOICE, "on", choices=("on", "off"))
    # "on" does nothing where whoever runs Cadence gave no key
    yield Setting(MODEL, "questions", "Language model reads", SettingUnit.CHOICE, "on", choices=("on", "off"))
    yield Setting(MODEL_BRIEFS, "questions", "It writes briefs", SettingUnit.CHOICE, "on", choices=("on", "off"))
    yield Setting(MODEL_NEWS, "questions", "It drafts news", SettingUnit.CHOICE, "on", choices=("on", "off"))
    yield Setting(FEEDBACK, "questions", "Thumbs below answers", SettingUnit.CHOICE, "on", choices=("on", "off"))
    yield Setting(OWN_WORDS, "questions", "Words of your own", SettingUnit.WORDS, (), most=50)
    yield setting(MODEL_PERSON, "Given to it a day by one person", SettingUnit.QUESTIONS, 100, most=10_000)
    yield setting(MODEL_WORKSPACE, "Given to it a day by everybody", SettingUnit.QUESTIONS, 1_000, most=100_000)


GROUPS: Mapping[str, str] = {
    **{f"tier.{tier}": f"Tier {tier}" for tier in TIERS},
    "fit": "Fit",
    "group": "Buying group",
    "list": "List",
    "audit": "Audit",
    "work": "Working days",
    "notices": "Messages",
    "signals": "Signals",
    "measures": "Measures",
    "questions": "Questions",
}
"""Names of the groups of settings, in the order shown."""

SETTINGS: Mapping[str, Setting] = {
    setting.key: setting for settings in (*map(_tier_settings, TIERS), _program_settings()) for setting in settings
}
"""Every setting by its key, in the order in which they are shown. The plays a tier allows are part of the library."""

CALIBRATABLE = frozenset(
    f"tier.{tier}.aged.{stage}"
    for tier in TIERS
    for stage in STAGE_LIMITS
    if AGED[stage][tier - 1] and (tier, stage) not in WATCHED
)
"""Keys of the limits of stages that stays can calibrate: those with a default that is one of a stall."""

DEFAULTS = ProgramSettings()


# The audit trail: subjects of its entries, and a page of them as it was read.


class TrailSubject(StrEnum):
    """Subject of an entry of the audit trail, stored before the id of the one meant: `person:U123`."""

    PERSON = "person"
    SETTINGS = "settings"
    CADENCE = "cadence"
    REVIEW = "review"
    CHANNEL = "channel"
    LETTER = "letter"
    SETUP = "setup"
    PLAY = "play"
    PREFERENCES = "preferences"
    SIGNATURE = "signals secret"
    IMPORT = "import"
    EXPORT = "export"
    REPORT = "report"
    MAIL = "mail address"
    RESTORE = "restore"
    DAYS_AWAY = "days away"
    CALENDAR = "calendar"
    HAND_OVER = "handed over"


class UnsureDecision(StrEnum):
    """Decision about a message that Slack may or may not have posted."""

    POST_AGAIN = "post again"
    IT_IS_THERE = "it is there"


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """A stored entry: its subject; `of` is the id of the one meant, '' for none."""

    subject: TrailSubject
    of: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class AccountChange:
    """An event that is part of the audit trail, with what its sentence needs from before it.

    `before` is the profile that an edit replaced, `corrected` the entry that a correction takes back.
    """

    event: EventFacts
    before: Profile | None = None
    corrected: EventFacts | None = None


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry: when, the user id or name of who did it, '' for the program itself, and what changed."""

    at: datetime
    actor: str
    change: AuditFacts | AccountChange


@dataclass(frozen=True, slots=True)
class TrailNames:
    """Names of what entries are about, by id; deleted and hidden ones are missing."""

    people: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[int, str] = field(default_factory=dict)
    channels: Mapping[int, str] = field(default_factory=dict)
    reviews: Mapping[int, tuple[str, date]] = field(default_factory=dict)
    """(channel id, day it is held for) of each review."""
    runs: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    """Numbers of rows of each import, by what was done with them."""


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """The entries asked for: of one account, of one person, on local dates from `first` to `last`; all without these.

    `of_accounts`: only what is about accounts.
    """

    account_id: int | None = None
    user_id: str = ""
    first: date | None = None
    last: date | None = None
    of_accounts: bool = False


@dataclass(frozen=True, slots=True)
class TrailFacts:
    """One page of the audit trail, newest first.

    `more_value` is carried by the button for older entries, empty when there are none; `is_first` is false for a page
    that continues another. `admins` can tell more to a reader who sees only what is about accounts.
    """

    lines: tuple[TrailLine, ...]
    named: TrailNames
    wanted: TrailFilter
    zone: str
    today: date
    more_value: str = ""
    is_first: bool = True
    admins: tuple[str, ...] = ()
