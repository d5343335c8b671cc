"""Labelled questions, read from the files of `questions/`; their notation is described in `questions/README.md`."""

import hashlib
import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import NOBODY, AccountStanding
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.query import Field, Form, Having, Measure, Per, Period, Progress, Query, Subject, Way, Which
from agendas.facts.signals import SignalKind
from assistant.remark import Intent, Remark, RemarkKind
from tests.assistant.world import ACCOUNTS, PEOPLE

FOLDER = Path(__file__).parent / "questions"
ENUMS: dict[str, type[StrEnum]] = {
    "fields": Field,
    "stages": Stage,
    "states": AccountStanding,
    "statuses": ListStatus,
    "having": Having,
    "without": Having,
    "needs": Function,
    "roles": BuyingRole,
    "ways": Way,
    "progress": Progress,
    "signals": SignalKind,
    "decisions": DecisionKind,
    "measures": Measure,
}
SINGLE: dict[str, type[StrEnum]] = {"by": Field, "per": Per, "which": Which}
TERMS = frozenset(
    {
        "abm",
        "account",
        "tier",
        "stage",
        "target_stage",
        "aware",
        "engaged",
        "mqa",
        "opportunity",
        "customer",
        "claimed",
        "movement",
        "evidence",
        "blocker",
        "next_action",
        "ask",
        "needs_intervention",
        "stalled",
        "advanced",
        "expanded",
        "steady",
        "regressed",
        "narrative",
        "justification",
        "fit",
        "engagement",
        "signal",
        "play",
        "buying_group",
        "champion",
        "economic_buyer",
        "deal",
        "pipeline",
        "value",
        "review",
        "cadence",
        "agenda",
        "recap",
        "digest",
        "reminder",
        "escalation",
        "owner",
        "partner",
        "executive",
        "candidate",
        "paused",
        "removed",
        "cap",
        "days_in_stage",
        "target",
        "coverage",
        "momentum",
        "win_rate",
        "cycle",
        "velocity",
        "audit",
        "strong_weak",
        "private_account",
        "first_touch",
        "no_change",
        "update",
        "quiet",
        "slipped",
        "marks",
        "new",
        "in_doubt",
        "waiting",
        "motion",
        "segment",
        "criteria",
        "known",
        "proposal",
        "single_threaded",
        "roles",
        "support",
        "touch",
        "product_input",
        "phase",
        "pushed",
        "held",
        "left_out",
        "facilitator",
        "minutes",
        "prepare",
        "executive_review",
        "rights",
        "lead",
        "rejected",
        "progression",
        "conversion",
        "scoreboard",
        "measures",
        "decision",
        "details",
        "undo",
        "share",
        "corrected",
        "trail",
        "versions",
        "away",
        "crm",
        "dm",
    }
)
"""Words, marks and figures of the screen whose meaning can be asked."""

FLAGS = ("is_overdue", "is_lowest")
AMOUNTS = {"least": "least_cents", "most": "most_cents"}
"""Keys of amounts in whole units."""

TURN = re.compile(r"@ (?P<shape>[a-z_-]+) (?P<asker>[a-z-]+)(?P<rest>.*)")


class Half(StrEnum):
    """Halves of the set: one to build with, one that is only measured."""

    BUILDING = "building"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Named:
    """A name that has to be asked about, with the ids of the accounts that must be offered."""

    offered: frozenset[int]


Label = Query | Remark | Named


@dataclass(slots=True)
class Question:
    """One labelled question.

    `said` are the turns, the last one is labelled; any label in `right` is right; `not_of` are accounts that must
    not be answered about.
    """

    shape: str
    asker: str
    where: str
    said: list[str] = field(default_factory=list)
    right: list[Label] = field(default_factory=list)
    not_of: tuple[int, ...] = ()

    @property
    def half(self) -> Half:
        """The half by a hash of who asks what, so that it stays there for good."""
        key = f"{self.asker}:{self.where}:{' / '.join(self.said)}".casefold()
        return Half.MEASURED if hashlib.sha256(key.encode()).digest()[0] % 2 else Half.BUILDING


@cache
def all_questions() -> list[Question]:
    """Return every labelled question, in the order of the files. Raises ValueError naming the line of a bad label."""
    return [question for path in sorted(FOLDER.glob("*.txt")) for question in _of_file(path)]


def _of_file(path: Path) -> Iterator[Question]:
    current: Question | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            if line.startswith("@ "):
                if current:
                    yield _checked(current)
                current = _begun(line)
            elif current and line.startswith("= "):
                current.right.append(read_label(line[2:].strip()))
            elif current and line.strip() and not line.startswith("# "):
                current.said.append(line.strip())
        except (ValueError, KeyError) as error:
            raise ValueError(f"{path.name}:{number}: {line}: {error!r}") from error
    if current:
        yield _checked(current)


def _begun(line: str) -> Question:
    found = TURN.fullmatch(line)
    if found is None:
        raise ValueError("write @ SHAPE ASKER")
    rest = dict(pair.split("=", 1) for pair in found["rest"].split())
    PEOPLE[found["asker"]]
    not_of = tuple(ACCOUNTS[key].account_id for key in rest.get("not", "").split(",") if key)
    if where := rest.get("in", ""):
        ACCOUNTS[where]
    return Question(found["shape"], found["asker"], where, not_of=not_of)


def _checked(question: Question) -> Question:
    if not question.said or not question.right:
        raise ValueError(f"a question without words or label: {question}")
    return question


def read_label(text: str) -> Label:
    """Return the label written in one line. Raises ValueError or KeyError."""
    kind, *words = shlex.split(text)
    if kind == "?":
        keys = words[0].split(",")
        return Named(frozenset() if keys == ["none"] else frozenset(ACCOUNTS[key].account_id for key in keys))
    if kind == "!":
        pairs = dict(word.split("=", 1) for word in words[1:])
        intents = tuple(Intent(each) for each in pairs.get("deeds", "").split(",") if each)
        return Remark(RemarkKind(words[0]), _accounts(pairs.get("of", "")), intents, _term(pairs.get("term", "")))
    values: dict[str, Any] = {}
    for word in words[1:]:
        key, _, value = word.partition("=")
        key = AMOUNTS.get(key, key)
        values[key] = _value(key, value)
    return Query(Subject(kind), Form(words[0]), **values)


def _value(key: str, value: str) -> object:
    if key in FLAGS:
        return True
    if key in ENUMS:
        return tuple(ENUMS[key](each) for each in value.split(","))
    return SINGLE[key](value) if key in SINGLE else READERS[key](value)


def _term(slug: str) -> str:
    if slug and slug not in TERMS:
        raise ValueError(f"terms are {sorted(TERMS)}")
    return slug


def _people(value: str) -> tuple[str, ...]:
    known = {"nobody": NOBODY} | {key: each.user_id for key, each in PEOPLE.items()}
    return tuple(known[each] if each in known else Function(each).value for each in value.split(","))


def _segments(value: str) -> tuple[str, ...]:
    known = {row.segment for row in ACCOUNTS.values()}
    if not set(value.split(",")) <= known:
        raise ValueError(f"segments are {sorted(known)}")
    return tuple(value.split(","))


def _period(value: str) -> Period:
    first, _, last = value.partition("..")
    return Period(*(date.fromisoformat(each) if each else None for each in (first, last)))


def _cents(value: str) -> int:
    return int(value) * 100


def _accounts(value: str) -> tuple[int, ...]:
    return tuple(ACCOUNTS[key].account_id for key in value.split(",") if key)


READERS: dict[str, Callable[[str], object]] = {
    "of": _accounts,
    "owners": _people,
    "whose": _people,
    "tiers": lambda value: tuple(int(each) for each in value.split(",")),
    "segments": _segments,
    "period": _period,
    "limit": int,
    "skip": int,
    "least_cents": _cents,
    "most_cents": _cents,
    "currency": str,
    "about": str,
}
