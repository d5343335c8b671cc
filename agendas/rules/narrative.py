"""Narratives: certain refusals and age."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from agendas.errors import FieldProblems
from agendas.facts.account import AccountState
from agendas.facts.narrative import Narrative
from agendas.facts.program import ProgramSettings
from agendas.text.dates import days_between
from agendas.text.limits import TEXT_LIMIT_CHARACTERS, shown

# Find accounts without a narrative, or with one that is too old.

OWN_NARRATIVE_TIERS = (1, 2)
"""Tiers worked one to one and one to few: each account has a pressure of its own. Tier 3 shares a message.

A narrative may stand in any tier, and gets old there.
"""


@dataclass(frozen=True, slots=True)
class NarrativeGap:
    """No narrative, where `written_at` is None; else one that is older than it may be."""

    written_at: datetime | None
    days: int
    limit_days: int


def narrative_gap(account: AccountState, settings: ProgramSettings, *, now: datetime, zone: str) -> NarrativeGap | None:
    """Return what is wrong with the narrative of the account: it is missing, or too old; None if it is well."""
    limit_days = settings.number("list.narrative")
    if account.narrative is None:
        return NarrativeGap(None, 0, limit_days) if account.tier in OWN_NARRATIVE_TIERS else None
    days = days_between(account.narrative.written_at, now, zone)
    return NarrativeGap(account.narrative.written_at, days, limit_days) if days > limit_days else None


# Refuse a narrative that is certainly none: a field empty or too long, a pressure too short or about us alone.

EXAMPLE = (
    "Their regulator wants every claim traceable by March 2027, and 40 of their 60 depots still keep them on paper."
)
"""An invented pressure, shown where one is missing."""

LABELS = {"pressure": "pressure", "point_of_view": "point of view", "proof": "proof", "ask": "ask"}
FEWEST_WORDS = 3

_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|\w*[^\W\d_]\w*")
"""A word with a letter in it; in scripts that put no spaces between words each sign counts as one."""

_CLAUSE = re.compile(r"[.,;!?\n]+")
_US = re.compile(
    r"\b(?:[Ww]e|[Oo]urs?|[Uu]s|[Mm]y|[Mm]ine|"
    r"I(?:'\w+| (?:am|can|could|have|help|must|offer|sell|should|want|will|would)))\b"
)
"""The first person. `US` is a country, and the I of "Phase I" a number."""

_THEM = re.compile(
    r"\b(?:they|their|theirs|them|themselves|its|the (?:new )?"
    r"(?:bank|board|business|ceo|cfo|cio|client|company|coo|customer|firm|government|group|owner|parent|regulator)s?)\b",
    re.IGNORECASE,
)
_HOW_WE_KNOW = re.compile(
    r"\b(?:we|i) (?:have )?(?:heard?|learn(?:ed|t)?|think|believe|know|understand|expect|see|saw|read)\b"
    r"|\b(?:told|tells|assured|asked|showed) (?:us|me)\b"
    r"|\b(?:my|our) (?:champion|colleague|contact|partner|reseller|source)s?\b",
    re.IGNORECASE,
)
"""Phrases in the first person that say how we know, and describe nobody."""

_COMPANY_FORM = re.compile(
    r"(?:[\s,]+(?:ag|co|corp|gmbh|hq|inc|limited|llc|ltd|marketing|plc|sales|se|slack|team|workspace)\.?)+$",
    re.IGNORECASE,
)


def refuse_wrong(narrative: Narrative, account: AccountState, *, us: str = "") -> None:
    """Raise FieldProblems with a sentence for each field that cannot stay so; `us` is the name of the workspace."""
    problems = dict(_problems(narrative, account.name))
    if "pressure" not in problems:
        problems |= _pressure_problem(narrative.pressure, account, us)
    if problems:
        raise FieldProblems(problems)


def _problems(narrative: Narrative, account_name: str) -> Iterator[tuple[str, str]]:
    """Yield each field that is wrong, with a sentence about it."""
    missing = {
        "pressure": f'Name the business pressure on {account_name}, as in: "{EXAMPLE}"',
        "point_of_view": "State our point of view in a sentence.",
        "ask": "State our ask in a sentence.",
    }
    for field, label in LABELS.items():
        written = getattr(narrative, field)
        if len(written) > TEXT_LIMIT_CHARACTERS:
            yield field, f"The {label} has {len(written):,} characters; write at most {TEXT_LIMIT_CHARACTERS:,}."
        elif not written.strip() and field in missing:
            yield field, missing[field]


def _pressure_problem(pressure: str, account: AccountState, us: str) -> dict[str, str]:
    """The refusal of a pressure that is too short or about us alone, by field; empty if it is well."""
    if len(_WORD.findall(pressure)) < FEWEST_WORDS:
        lacks = f"is too short to name the business pressure on {account.name}"
    elif _is_about_us_alone(pressure, account, us):
        lacks = f"speaks of us alone, not of {account.name}. What we offer belongs under our point of view"
    else:
        return {}
    return {"pressure": f'{shown(pressure)} {lacks}. Write what forces them to act, as in: "{EXAMPLE}"'}


def _is_about_us_alone(text: str, account: AccountState, us: str) -> bool:
    """Return true if every clause is about us, and none names the account, by its first word too, or speaks of them.

    Phrases that say how we know something, as `we heard that`, do not make a clause about us.
    """
    account_names = _any_of({account.name, *account.profile.aliases, *account.name.split(maxsplit=1)[:1]})
    our_name = _any_of({_COMPANY_FORM.sub("", us.strip())})
    without_sources = _HOW_WE_KNOW.sub(" ", text)
    clauses = [each for each in _CLAUSE.split(without_sources) if _WORD.search(each)]
    speaks_of_them = _THEM.search(without_sources) or account_names.search(without_sources)
    return bool(clauses) and not speaks_of_them and all(_US.search(each) or our_name.search(each) for each in clauses)


def _any_of(names: set[str]) -> re.Pattern[str]:
    """A pattern for these names as whole words, the longest that fits; without any of two letters it never matches."""
    longest_first = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    written = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)", re.IGNORECASE)
