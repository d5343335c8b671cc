"""The scoreboard: its accounts by need, what narrows it, and the deals and trends next to them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from agendas.errors import AmbiguousDate, NotUnderstood, Offer, Unclear
from agendas.facts.account import AccountState, ListStatus, NextAction, Stage
from agendas.facts.answered_items import ScoreboardFilter
from agendas.facts.measures import PipelineQuality, Program, ProgramAccount, TrendKind, TrendPoint
from agendas.facts.plays import PlayRun
from agendas.facts.program import TIERS
from agendas.facts.reviews import Bucket
from agendas.rules.account_list import LONGEST, FilterPlace, fits
from agendas.rules.commands import SEGMENT_BEFORE, list_filter_written, plain_words, read_filter, words_after
from agendas.rules.deals import DealSum, sum_of
from agendas.rules.executive import sum_over_tiers
from agendas.rules.fit import fit_of
from agendas.rules.group import buying_group
from agendas.rules.measures import (
    Discipline,
    Figure,
    FigureCode,
    Results,
    TierCoverage,
    buckets,
    discipline,
    is_month,
    written_period,
)
from agendas.rules.money import CurrencyDeals, deals_by_currency
from agendas.rules.narrative import NarrativeGap, narrative_gap
from agendas.rules.pipeline import CurrencyQuality, QualityTest, StageVelocity, TierProgression, named_in, paused
from agendas.text.dates import read_date
from agendas.text.limits import shown
from agendas.text.names import QUOTED, meant, normal_key

# The rows of the scoreboard: each account with its fit, engagement, position, value, coverage and next action.

ORDER = {bucket: number for number, bucket in enumerate(Bucket)}


class NarrativeState(StrEnum):
    """State of an account's narrative; not_asked where there is none and the tier asks for none."""

    CURRENT = "current"
    OLD = "old"
    MISSING = "missing"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class ScoreboardRow:
    """One account at the end of the period.

    Args:
        account: the account with its place and reasons.
        fit: from 0 to 100, None where nothing is scored; `percent_known` of its weights are scored.
        pipeline: its open deals by currency.
        engaged, required: roles of the buying group with somebody active, and roles asked for, 0 where none are.
        narrative: its state; `narrative_days` is the age of one that is too old.
        plays: those that run, the outcome due first on top.
        next_action: the open one that is due first, None without any; `days_late` is 0 while it is not due.
    """

    account: ProgramAccount
    fit: float | None
    percent_known: int
    pipeline: DealSum
    engaged: int
    required: int
    narrative: NarrativeState
    narrative_days: int
    plays: tuple[PlayRun, ...]
    next_action: NextAction | None
    days_late: int

    @property
    def state(self) -> AccountState:
        return self.account.facts.account

    @property
    def is_paused(self) -> bool:
        return self.state.list_status is ListStatus.PAUSED


def fitting(program: Program, wanted: ScoreboardFilter) -> tuple[ProgramAccount, ...]:
    """Return the accounts of the list that fit the filter, those in most need first, paused ones last."""
    found = (each for each in program.accounts if _fits(each, wanted, program))
    return tuple(sorted(found, key=_need))


def _fits(each: ProgramAccount, wanted: ScoreboardFilter, program: Program) -> bool:
    account = each.facts.account
    if not fits(wanted.accounts, account, each.placement):
        return False
    if wanted.plays and not any(run.play in wanted.plays for run in _running(account)):
        return False
    return not wanted.without_narrative or _gap(account, program) is not None


def _need(each: ProgramAccount) -> tuple[bool, int, int, int, str]:
    """Order by bucket, then tier, then the number of reasons."""
    account, placement = each.facts.account, each.placement
    is_paused = account.list_status is ListStatus.PAUSED
    bucket = 0 if is_paused else ORDER[placement.bucket]
    return is_paused, bucket, account.tier or TIERS[-1] + 1, -len(placement.reasons), account.name.casefold()


def scoreboard_row(each: ProgramAccount, program: Program) -> ScoreboardRow:
    period, settings, account = program.period, program.settings, each.facts.account
    today = period.last
    fit = fit_of(account.fit, settings)
    group = buying_group(account, settings, today=today)
    narrative, narrative_days = _narrative(account, _gap(account, program))
    action = next(iter(account.open_actions), None)
    return ScoreboardRow(
        account=each,
        fit=fit.fit,
        percent_known=fit.percent_known,
        pipeline=sum_of(deal for deal in account.opportunities if deal.is_open),
        engaged=group.engaged,
        required=group.required,
        narrative=narrative,
        narrative_days=narrative_days,
        plays=_running(account),
        next_action=action,
        days_late=max(0, (today - action.due_on).days) if action else 0,
    )


def _narrative(account: AccountState, gap: NarrativeGap | None) -> tuple[NarrativeState, int]:
    if gap is None:
        return (NarrativeState.NOT_ASKED if account.narrative is None else NarrativeState.CURRENT), 0
    return (NarrativeState.MISSING, 0) if gap.written_at is None else (NarrativeState.OLD, gap.days)


def _running(account: AccountState) -> tuple[PlayRun, ...]:
    runs = (each for each in account.plays if each.end is None)
    return tuple(sorted(runs, key=lambda each: (each.outcome_due_on, each.id)))


def _gap(account: AccountState, program: Program) -> NarrativeGap | None:
    return narrative_gap(account, program.settings, now=program.period.ends_at, zone=program.period.zone)


# The words after `/abm scoreboard`: a filter as of the list, a play, a narrative that is missing, a month.

COMMAND, NAME = "/abm scoreboard", "the scoreboard"
USAGE = (
    "Write a tier, a state (intervention, stalled, advanced, expanded, new, steady, claimed), a stage, @who, mine or "
    "nobody, a segment, paused, play NAME, narrative missing, a month, or a day like 2026-10-15"
)
NARRATIVE = "narrative missing"
NARRATIVE_PHRASES = frozenset(
    {NARRATIVE, "missing narrative", "no narrative", "without narrative", "without a narrative", "narrative too old"}
)
SUGGESTED: Mapping[str, str] = {"narrative": NARRATIVE, "narratives": NARRATIVE, "missing": NARRATIVE}
PLAY_BEFORE = ("play", "plays")
MONTH_BEFORE = ("in", "month", "for", "on")
DAYS = ("today", "yesterday")
LONGEST_PHRASE = 3
LONGEST_MONTH = 4
SHORTEST_BEGINNING = 3
"""Letters that may stand for the name of a play."""


@dataclass(frozen=True, slots=True)
class ScoreboardWords:
    """A scoreboard that was asked for: `month` as it was typed, empty for the running one."""

    month: str = ""
    wanted: ScoreboardFilter = field(default_factory=ScoreboardFilter)


@dataclass(frozen=True, slots=True)
class Known:
    """Names that the words can have: the asker's user id, segments, and names of people and of plays by their ids."""

    asker: str
    segments: Sequence[str] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    plays: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Own:
    """The words that the list's filter does not have, and the other words in their order."""

    plays: list[str] = field(default_factory=list)
    without_narrative: bool = False
    months: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def read_scoreboard(text: str, known: Known, *, today: date) -> ScoreboardWords:
    """Read the words as Slack escapes them; a future month is accepted here and refused by the caller.

    A segment named like a month or a play stands in quotation marks or after `segment`.

    Raises:
        Unclear: naming the words that mean nothing, with the nearest ones.
        NotUnderstood: for several months, for accounts that are not on the list, and for too many words.
    """
    own = _Own()
    rest = text.lstrip(" ,")
    while rest:
        rest = _take_next(rest, own, known, today).lstrip(" ,")
    if len(own.months) > 1:
        raise NotUnderstood(f"The scoreboard is of one month: {' or '.join(map(shown, own.months))}.")
    month = own.months[0] if own.months else ""
    place = FilterPlace(
        COMMAND,
        NAME,
        USAGE,
        SUGGESTED,
        " ".join((month, *_own_words(own.plays, without_narrative=own.without_narrative))),
    )
    wanted = read_filter(
        " ".join(own.others), asker=known.asker, segments=known.segments, people=known.people, place=place
    )
    for status in wanted.statuses:
        if status not in (ListStatus.NAMED, ListStatus.PAUSED):
            word = "candidates" if status is ListStatus.CANDIDATE else status.value
            raise NotUnderstood(f"Named and paused accounts are on the scoreboard; for others see /abm list {word}.")
    asked = ScoreboardWords(month, ScoreboardFilter(wanted, tuple(dict.fromkeys(own.plays)), own.without_narrative))
    if len(written_scoreboard(asked.month, asked.wanted)) > LONGEST:
        raise NotUnderstood("These are more words than a filter can have. Name fewer.")
    return asked


def _take_next(rest: str, own: _Own, known: Known, today: date) -> str:
    """Take a month, play or phrase about narratives from the start, else one word of a filter; return the rest."""
    quoted = QUOTED.fullmatch(rest)
    if quoted is not None:
        return _keep(rest, quoted[3], own)
    words = rest.split()
    first = plain_words(words[0])
    if first in SEGMENT_BEFORE:
        own.others.append(words[0])
        after = words_after(rest, 1)
        found = QUOTED.fullmatch(after)
        return _keep(after, found[3] if found else words_after(after, 1), own)
    if first in PLAY_BEFORE:
        return _after_play(words_after(rest, 1), own, known)
    runs = range(min(LONGEST_PHRASE, len(words)), 1, -1)
    if count := next((count for count in runs if plain_words(" ".join(words[:count])) in NARRATIVE_PHRASES), 0):
        own.without_narrative = True
        return words_after(rest, count)
    if count := _month_words(words, own, today):
        return words_after(rest, count)
    return _keep(rest, words_after(rest, 1), own)


def _keep(text: str, after: str, own: _Own) -> str:
    """Leave the text before `after` to the list's filter."""
    own.others.append(text.removesuffix(after).strip())
    return after


def _after_play(rest: str, own: _Own, known: Known) -> str:
    """Take the play at the start of the words, by its name or the beginning of it. Raises Unclear if there is none."""
    quoted = QUOTED.fullmatch(rest)
    words = [quoted[1] or quoted[2]] if quoted else rest.split()
    longest = max((name.count(" ") + 1 for name in known.plays.values()), default=1)
    runs = [" ".join(words[:count]) for count in range(min(longest, len(words)), 0, -1)]
    for run in runs:
        if key := _play_called(run, known.plays):
            own.plays.append(key)
            return quoted[3] if quoted else words_after(rest, run.count(" ") + 1)
    raise _no_play(runs, known.plays)


def _play_called(typed: str, plays: Mapping[str, str]) -> str:
    """The key of the play with this name, key or unique beginning of a name, or ''."""
    typed = plain_words(typed)
    wanted = normal_key(typed)
    exact = [key for key, name in plays.items() if typed == key or wanted == normal_key(name)]
    begun = [key for key, name in plays.items() if normal_key(name).startswith(wanted)]
    found = exact or (begun if len(wanted) >= SHORTEST_BEGINNING else [])
    return found[0] if len(found) == 1 else ""


def _no_play(runs: Sequence[str], plays: Mapping[str, str]) -> Unclear:
    """The refusal of words that name no play, with the nearest one to choose."""
    whole = Offer("The whole scoreboard", COMMAND)
    if not runs:
        return Unclear("A play has to be named, as in: play executive meeting. See them with /abm plays.", (whole,))
    keys = {normal_key(name): key for key, name in plays.items()}
    near = next((found for run in runs if (found := meant(normal_key(run), keys))), None)
    if near is None:
        return Unclear(f"{shown(runs[-1])} is no play of the library. See them with /abm plays.", (whole,))
    key = keys[near]
    offer = Offer(plays[key], f"{COMMAND} play {key}")
    return Unclear(f"{shown(runs[0])} is no play of the library. Did you mean {plays[key]}?", (offer, whole))


def _month_words(words: Sequence[str], own: _Own, today: date) -> int:
    """Take a month at the start; return how many words it used, or 0."""
    skipped = 1 if plain_words(words[0]) in MONTH_BEFORE else 0
    for count in range(min(LONGEST_MONTH, len(words) - skipped), 0, -1):
        text = plain_words(" ".join(words[skipped : skipped + count]))
        if is_month(text, today) or _is_day(text, today):
            own.months.append(text)
            return skipped + count
    return 0


def _is_day(text: str, today: date) -> bool:
    """True for a day, `2026-10-15` or `yesterday`, as of whose end the board is; a weekday may be a person's name."""
    if text.rpartition(" ")[2] not in DAYS and not any(map(str.isdigit, text)):
        return False
    try:
        read_date(text, today)
    except AmbiguousDate:
        return True
    except NotUnderstood:
        return False
    return True


def written_scoreboard(month: str, wanted: ScoreboardFilter) -> str:
    """The month and the filter as words that `read_scoreboard` reads again."""
    words = (
        month,
        *_own_words(wanted.plays, without_narrative=wanted.without_narrative),
        list_filter_written(wanted.accounts),
    )
    return " ".join(each for each in words if each)


def _own_words(plays: Sequence[str], without_narrative: bool) -> Iterator[str]:
    yield from (f"play {key}" for key in plays)
    if without_narrative:
        yield NARRATIVE


# The scoreboard of a period: the accounts that fit a filter, and the program that they are part of.


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """The accounts that fit `wanted`, in the order of need; `names` are those of the people in it, by user id.

    `plays` are names of plays by key.
    """

    program: Program
    wanted: ScoreboardFilter
    accounts: tuple[ProgramAccount, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    plays: Mapping[str, str] = field(default_factory=dict)

    @property
    def month(self) -> str:
        """The month as buttons carry it: `2026-10`."""
        return written_period(self.program.period)

    @property
    def words(self) -> str:
        return written_scoreboard(self.month, self.wanted)


def scoreboard_of(
    program: Program,
    wanted: ScoreboardFilter | None = None,
    *,
    names: Mapping[str, str] | None = None,
    plays: Mapping[str, str] | None = None,
) -> Scoreboard:
    """Return the scoreboard of a program, whole without a filter."""
    asked = wanted or ScoreboardFilter()
    return Scoreboard(program, asked, fitting(program, asked), names or {}, plays or {})


# The program's measures over a period, worked out once for the lines below the scoreboard and for its numbers.

_OF_PROGRESSION = (
    FigureCode.PAUSED,
    FigureCode.COMPARABLE,
    FigureCode.REGRESSED,
    FigureCode.ADVANCED,
    FigureCode.CLAIMED,
    FigureCode.BOUNCED,
    FigureCode.MOMENTUM,
    FigureCode.CUSTOMERS,
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Measures of the whole list, of these results; velocities are of the stages with a stay."""

    results: Results
    named: int
    paused: int
    buckets: Mapping[Bucket, int]
    progression: TierProgression
    coverage: TierCoverage
    velocities: tuple[StageVelocity, ...]
    quality: Mapping[str, CurrencyQuality]
    deals: tuple[CurrencyDeals, ...]
    discipline: Discipline

    @property
    def completed(self) -> tuple[StageVelocity, ...]:
        return tuple(each for each in self.velocities if each.completed)


def measured(program: Program) -> Measured:
    results = Results(program)
    stays = (results.velocity(stage, None) for stage in Stage)
    return Measured(
        results=results,
        named=len(named_in(program)),
        paused=len(paused(program)),
        buckets=buckets(program),
        progression=results.progression(None),
        coverage=results.coverage(None),
        velocities=tuple(each for each in stays if each.completed or each.open),
        quality=results.quality(),
        deals=deals_by_currency(program),
        discipline=discipline(program),
    )


def failing_most(found: CurrencyQuality) -> tuple[tuple[QualityTest, int, int], ...]:
    """Return (test, deals that fail it, deals judged) of the tests that deals fail, those failed most first."""
    counts = [(test, len(found.failing(test)), len(found.due(test))) for test in QualityTest]
    return tuple(sorted((each for each in counts if each[1]), key=lambda each: -each[1]))


def figures_shown(found: Measured) -> Iterator[Figure]:
    """The figures of the whole list that can be opened to their accounts, in the order in which they are shown."""
    yield from (Figure(FigureCode.BUCKET, of=each.value) for each in found.buckets)
    yield from map(Figure, _OF_PROGRESSION)
    for currency, each in found.quality.items():
        yield Figure(FigureCode.PIPELINE, of=currency)
        yield Figure(FigureCode.PIPELINE_CLEAN, of=currency)
        for test, _, _ in failing_most(each):
            yield Figure(FigureCode.PIPELINE_FAILS, of=f"{currency}:{test.value}")
        yield Figure(FigureCode.WITHOUT_AMOUNT, of=currency)
    yield Figure(FigureCode.COVERED)
    yield Figure(FigureCode.COVERED_FULLY)
    yield from (Figure(FigureCode.ROLE_OPEN, of=role.value) for role, _ in found.coverage.gaps)
    yield Figure(FigureCode.TOO_FEW_ACTIVE)
    for stays in found.velocities:
        yield Figure(FigureCode.STAYED, of=stays.stage.value)
        yield Figure(FigureCode.STAYING, of=stays.stage.value)


# Progression and pipeline quality at the last reviews, for charts.

REVIEWS = 12
"""Reviews that a chart goes back."""

LEAST_POINTS = 2
"""A chart of fewer shows no trend."""


@dataclass(frozen=True, slots=True)
class QualityTrend:
    """Pipeline quality by currency over the same `points`; `left_out` are currencies with no open value at one."""

    points: tuple[TrendPoint, ...] = ()
    currencies: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def last_reviews(program: Program) -> tuple[TrendPoint, ...]:
    """Return the figures of the last reviews, oldest first; of several held on one day the last one's."""
    by_day = {point.on: point for point in program.trend if point.kind is TrendKind.REVIEW}
    return tuple(by_day[on] for on in sorted(by_day))[-REVIEWS:]


def advanced_and_back(point: TrendPoint) -> tuple[int, int, int]:
    """Return how many accounts advanced and went back until that review, and of how many."""
    found = sum_over_tiers(point.progression)
    return found.advanced, found.regressed, found.comparable


def quality_trend(points: Sequence[TrendPoint]) -> QualityTrend:
    """The points at which the chosen currency had open value, the one with the most such points.

    `currencies` are all that had open value at each of them, the others with any open value are `left_out`.
    """
    valued = {
        currency: tuple(point for point in points if point.quality.get(currency, PipelineQuality()).value_cents)
        for currency in sorted({each for point in points for each in point.quality})
    }
    chosen = max(valued.values(), key=len, default=())
    if not chosen:
        return QualityTrend()
    drawn_days = {point.on for point in chosen}
    drawn = tuple(each for each, own in valued.items() if drawn_days <= {point.on for point in own})
    return QualityTrend(chosen, drawn, tuple(each for each in valued if each not in drawn and valued[each]))
