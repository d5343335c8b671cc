"""The words after `/abm scoreboard`: a filter as of the list, a play, a narrative that is missing, a month."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from agendas.errors import AmbiguousDate, NotUnderstood, Offer, Unclear
from agendas.facts.account import ListStatus
from agendas.facts.list_filter import ScoreboardFilter
from agendas.rules.commands.list_filter import SEGMENT_BEFORE, read_filter, written
from agendas.rules.list.filter_refusal import LONGEST, FilterPlace
from agendas.rules.measures.periods import is_month
from agendas.text.account_names import QUOTED, normal_key
from agendas.text.dates import read_date
from agendas.text.limits import shown
from agendas.text.spelling import meant

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

ON_SCOREBOARD = (ListStatus.NAMED, ListStatus.PAUSED)


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
    """The words that the list's filter does not have, and the others as they stood."""

    plays: list[str] = field(default_factory=list)
    without_narrative: bool = False
    months: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def read_scoreboard(text: str, known: Known, *, today: date) -> ScoreboardWords:
    """Read the words, as Slack escapes them; a month may be one to come, which its reader refuses.

    A segment named like a month or a play stands in quotation marks or after `segment`.

    Raises:
        Unclear: naming the words that mean nothing, with the nearest ones.
        NotUnderstood: for several months, for accounts that are not on the list, and for too many words.
    """
    own = _Own()
    rest = text.lstrip(" ,")
    while rest:
        rest = _after_next(rest, own, known, today).lstrip(" ,")
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
        if status not in ON_SCOREBOARD:
            word = "candidates" if status is ListStatus.CANDIDATE else status.value
            raise NotUnderstood(f"Named and paused accounts are on the scoreboard; for others see /abm list {word}.")
    asked = ScoreboardWords(month, ScoreboardFilter(wanted, tuple(dict.fromkeys(own.plays)), own.without_narrative))
    if len(written_scoreboard(asked.month, asked.wanted)) > LONGEST:
        raise NotUnderstood("These are more words than a filter can have. Name fewer.")
    return asked


def written_scoreboard(month: str, wanted: ScoreboardFilter) -> str:
    """The month and the filter as words that `read_scoreboard` reads again."""
    words = (month, *_own_words(wanted.plays, without_narrative=wanted.without_narrative), written(wanted.accounts))
    return " ".join(each for each in words if each)


def _own_words(plays: Sequence[str], without_narrative: bool) -> Iterator[str]:
    yield from (f"play {key}" for key in plays)
    if without_narrative:
        yield NARRATIVE


def _after_next(rest: str, own: _Own, known: Known, today: date) -> str:
    """Take what stands first, and return the text after it."""
    quoted = QUOTED.fullmatch(rest)
    if quoted is not None:
        return _keep(rest, quoted[3], own)
    words = rest.split()
    first = _clean(words[0])
    if first in SEGMENT_BEFORE:
        own.others.append(words[0])
        after = _after(rest, 1)
        found = QUOTED.fullmatch(after)
        return _keep(after, found[3] if found else _after(after, 1), own)
    if first in PLAY_BEFORE:
        return _after_play(_after(rest, 1), own, known)
    if count := _narrative_words(words):
        own.without_narrative = True
        return _after(rest, count)
    if count := _month_words(words, own, today):
        return _after(rest, count)
    return _keep(rest, _after(rest, 1), own)


def _keep(text: str, after: str, own: _Own) -> str:
    """Leave the text before `after` to the list's filter."""
    own.others.append(text.removesuffix(after).strip())
    return after


def _narrative_words(words: Sequence[str]) -> int:
    runs = range(min(LONGEST_PHRASE, len(words)), 1, -1)
    return next((count for count in runs if _clean(" ".join(words[:count])) in NARRATIVE_PHRASES), 0)


def _month_words(words: Sequence[str], own: _Own, today: date) -> int:
    """Take the month that stands first; return how many words it is, 0 for none."""
    skipped = 1 if _clean(words[0]) in MONTH_BEFORE else 0
    for count in range(min(LONGEST_MONTH, len(words) - skipped), 0, -1):
        said = _clean(" ".join(words[skipped : skipped + count]))
        if is_month(said, today) or _is_day(said, today):
            own.months.append(said)
            return skipped + count
    return 0


def _is_day(said: str, today: date) -> bool:
    """Return true for a day, `2026-10-15` or `yesterday`: the scoreboard is then as of its end.

    A weekday may be somebody's name.
    """
    if said.rpartition(" ")[2] not in DAYS and not any(map(str.isdigit, said)):
        return False
    try:
        read_date(said, today)
    except AmbiguousDate:
        return True
    except NotUnderstood:
        return False
    return True


def _after_play(rest: str, own: _Own, known: Known) -> str:
    """Take the play whose name stands first, or that is meant by its beginning. Raises Unclear for none."""
    quoted = QUOTED.fullmatch(rest)
    words = [quoted[1] or quoted[2]] if quoted else rest.split()
    longest = max((name.count(" ") + 1 for name in known.plays.values()), default=1)
    runs = [" ".join(words[:count]) for count in range(min(longest, len(words)), 0, -1)]
    for run in runs:
        if key := _play_called(run, known.plays):
            own.plays.append(key)
            return quoted[3] if quoted else _after(rest, run.count(" ") + 1)
    raise _no_play(runs, known.plays)


def _play_called(typed: str, plays: Mapping[str, str]) -> str:
    """The key of the play of this name or key, or of the only one whose name begins so; empty for none."""
    typed = _clean(typed)
    wanted = normal_key(typed)
    exact = [key for key, name in plays.items() if typed == key or wanted == normal_key(name)]
    begun = [key for key, name in plays.items() if normal_key(name).startswith(wanted)]
    found = exact or (begun if len(wanted) >= SHORTEST_BEGINNING else [])
    return found[0] if len(found) == 1 else ""


def _no_play(runs: Sequence[str], plays: Mapping[str, str]) -> Unclear:
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


def _clean(words: str) -> str:
    return " ".join(words.split()).strip(" ,.:;").casefold()


def _after(text: str, count: int) -> str:
    parts = text.split(maxsplit=count)
    return parts[count] if len(parts) > count else ""
