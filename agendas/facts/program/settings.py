"""The program's settings: every limit and threshold a team may change, with its default and unit.

A key names one of them, as `tier.1.cap` or `tier.2.quiet.engaged`. Defaults are our own unless said otherwise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from agendas.facts.account import Rhythm
from agendas.facts.fit import Criterion
from agendas.facts.group import BuyingRole
from agendas.facts.program.calibration import NONE, Calibration
from agendas.facts.program.setting import Setting, Unit, Value
from agendas.facts.program.stall_limits import AGED, NEVER_STALLED, QUIET, STAGE_LIMITS, WATCHED

TIERS = (1, 2, 3)

MODEL, MODEL_PERSON, MODEL_WORKSPACE = "questions.model", "questions.person", "questions.workspace"
"""The keys of the settings for questions that a language model reads."""

TARGET, CALIBRATION = "measures.target", "measures.calibration"
"""The keys of the settings for measures: the target of a quarter, and whether calibrated limits are in force."""
HOLIDAYS, AUDIT_SENT, WEEKLY_CAP = "work.holidays", "audit.sent", "notices.week"
"""Keys of the settings for holidays on which nobody works, readers of the audit, and the messages of one person."""

CALIBRATED = "calibrated"
"""The key under which calibrated limits are stored beside the settings."""


class AuditReaders(StrEnum):
    """Readers to whom the audit of each month is sent once it ended."""

    NOBODY = "nobody"
    EXECUTIVES = "executives"
    REVIEW_CHANNELS = "review_channels"


class LimitFrom(StrEnum):
    """Origin of the value in force of a setting."""

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
    def of(cls, stored: Mapping[str, object]) -> "ProgramSettings":
        """The settings as they are stored, by key. What is no setting of ours, or not a value of it, is left out."""
        read = ((key, SETTINGS[key].accepted(value)) for key, value in sorted(stored.items()) if key in SETTINGS)
        calibration = Calibration.of(stored.get(CALIBRATED), CALIBRATABLE)
        return cls(tuple((key, value) for key, value in read if value is not None), calibration)

    def to_store(self) -> dict[str, object]:
        """Return the settings as they are stored."""
        own: dict[str, object] = {key: list(value) if isinstance(value, tuple) else value for key, value in self.own}
        return own | ({CALIBRATED: self.calibration.to_store()} if self.calibration != NONE else {})

    def value(self, key: str) -> Value:
        """The value in force. Raises KeyError for a key that is none of ours."""
        for own_key, value in self.own:
            if own_key == key:
                return value
        return self.unset(key)

    def unset(self, key: str) -> Value:
        """The value in force where nobody set one: the calibrated one, else the default."""
        found = self.calibration.days(key) if key in CALIBRATABLE else None
        return SETTINGS[key].default if found is None or self.value(CALIBRATION) == "off" else found

    def origin(self, key: str) -> LimitFrom:
        """Return where the value in force comes from."""
        if any(own_key == key for own_key, _ in self.own):
            return LimitFrom.OWN
        return LimitFrom.DEFAULT if self.unset(key) == SETTINGS[key].default else LimitFrom.CALIBRATED

    def with_own(self, own: Mapping[str, Value]) -> "ProgramSettings":
        """These settings with other values of somebody's own; what would be in force without them is none.

        One that differs from a calibrated limit is kept while those are switched off.
        """
        said = replace(self, own=tuple(sorted(own.items())))
        kept = (
            (key, value)
            for key, value in said.own
            if value != said.unset(key) or self.calibration.days(key) not in (None, value)
        )
        return replace(said, own=tuple(kept))

    def number(self, key: str) -> int:
        """Return the value of a setting that is a number; 0 where it is no limit."""
        value = self.value(key)
        return value if isinstance(value, int) else 0

    def limit(self, key: str) -> int | None:
        """Return the value of a setting that is a limit, None where there is no limit."""
        return self.number(key) or None

    def chosen(self, key: str) -> tuple[str, ...]:
        """Return the value of a setting that is a choice of several."""
        value = self.value(key)
        return value if isinstance(value, tuple) else ()


def of_tier(tier: int | None, name: str) -> str:
    """The key of a tier's setting; an account without a tier goes by those of tier 3."""
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
    return {"mqa": "MQA", "acv": "ACV"}.get(name, name.replace("_", " "))


def _tier_settings(tier: int) -> Iterator[Setting]:
    def of(values: tuple[int, int, int]) -> int:
        return values[tier - 1]

    def setting(
        name: str,
        label: str,
        unit: Unit,
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
    yield setting("cap", "Accounts in the tier", Unit.ACCOUNTS, of((25, 150, 500)), least=1, most=10_000)
    yield setting("owner_cap", "Accounts of one owner", Unit.ACCOUNTS, of((10, 0, 0)), most=10_000, may_be_none=True)
    rhythms = tuple(Rhythm)
    yield setting("rhythm", "Review rhythm", Unit.CHOICE, rhythms[tier - 1], choices=rhythms)
    yield setting("minutes", "Minutes on the agenda", Unit.MINUTES, of((8, 3, 2)), least=1, most=60)
    yield setting("blocker", "A blocker may stay open", Unit.DAYS, of((14, 21, 0)), most=365, may_be_none=True)
    # four hours for tier 1 is published; a business day has eight hours
    yield setting("response", "First touch of an MQA", Unit.HOURS, of((4, 8, 24)), least=1, most=200)
    yield setting("roles_active", "Roles to be active", Unit.PEOPLE, of((3, 2, 0)), most=5, may_be_none=True)
    for step in ROLE_STEPS:
        roles = _ROLES[step][tier - 1]
        yield setting(f"roles.{step}", f"Roles from {_spoken(step)}", Unit.CHOICES, roles, choices=REQUIRABLE)
    for name, label, days in (("aged", "In stage", AGED), ("quiet", "Silence in", QUIET)):
        for stage in STAGE_LIMITS:
            if f"tier.{tier}.{name}.{stage}" in NEVER_STALLED:
                continue
            words = f"{label} {_spoken(stage)}"
            yield setting(f"{name}.{stage}", words, Unit.DAYS, of(days[stage]), most=730, may_be_none=True)


def _program_settings() -> Iterator[Setting]:
    def setting(name: str, label: str, unit: Unit, default: int, *, most: int = 1_000) -> Setting:
        return Setting(name, name.partition(".")[0], label, unit, default, least=1, most=most)

    for criterion, weight in _WEIGHTS.items():
        yield setting(f"fit.weight.{criterion}", f"Weight of {_spoken(criterion)}", Unit.POINTS, weight, most=100)
    for tier, cut in zip(TIERS, (80, 60, 40), strict=True):
        yield setting(f"fit.tier.{tier}", f"Fit for tier {tier}", Unit.POINTS, cut, most=100)
    yield setting("fit.confidence", "Confidence for tier 1", Unit.PERCENT, 80, most=100)
    yield setting("fit.reminder", "Reminder of a score not given after", Unit.DAYS, 3, most=60)
    yield setting("fit.keep", "A decision to keep silences a proposal for", Unit.DAYS, 30, most=365)
    yield setting("group.engaged", "A role counts as engaged for", Unit.DAYS, 90, most=365)
    yield setting("group.thread", "A contact counts as active for", Unit.DAYS, 30, most=365)
    yield setting("list.narrative", "A narrative is current for", Unit.DAYS, 100, most=730)
    yield setting("list.overdue", "A next action may be overdue", Unit.DAYS, 7, most=365)
    yield setting("list.pushes", "Pushes of a close date that count", Unit.TIMES, 2, most=50)
    yield setting("list.renewal", "Renewal or close is near within", Unit.DAYS, 30, most=365)
    yield setting("list.expansion", "Open amount grows by", Unit.PERCENT, 20)
    yield Setting(AUDIT_SENT, "audit", "Sent each month to", Unit.CHOICE, "nobody", choices=tuple(AuditReaders))
    yield setting("audit.reply", "The buyer follows a play within", Unit.DAYS, 14, most=90)
    yield setting(
        "audit.implementation_fit", "Product's score of the implementation counts for", Unit.DAYS, 180, most=730
    )
    yield Setting(HOLIDAYS, "work", "Nobody works on the public holidays of", Unit.PLACE, "")
    yield Setting(WEEKLY_CAP, "notices", "By itself to one person a week", Unit.MESSAGES, 20, least=10, most=200)
    yield Setting("signals.our_domains", "signals", "Domains of our own", Unit.DOMAINS, (), most=50)
    yield setting("signals.engaged", "Points of 90 days for engaged", Unit.POINTS, 10, most=100_000)
    yield setting("signals.mqa", "Points of 90 days for MQA", Unit.POINTS, 100, most=100_000)
    yield Setting(TARGET, "measures", "Target of a quarter to win", Unit.AMOUNTS, (), most=20)
    yield Setting(CALIBRATION, "measures", "Calibrated stage limits", Unit.CHOICE, "on", choices=("on", "off"))
    # "on" does nothing where whoever runs Cadence gave no key
    yield Setting(MODEL, "questions", "Language model", Unit.CHOICE, "on", choices=("on", "off"))
    yield setting(MODEL_PERSON, "Given to it a day by one person", Unit.QUESTIONS, 100, most=10_000)
    yield setting(MODEL_WORKSPACE, "Given to it a day by everybody", Unit.QUESTIONS, 1_000, most=100_000)


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
