"""The fields of the schedule form that say what is reviewed: accounts, and which of them, or the program."""

from collections.abc import Sequence

from agendas.errors import FieldProblems
from agendas.facts.reviews.cadence import CadenceFacts, CadenceKind, ScopeNow
from agendas.rendering.words import Words
from agendas.verbs.reviews.scope import Scope
from handlers.edge.views import Field, Values
from handlers.forms.field_parsers import NOT_OFFERED, choice_in, offered, several_in
from handlers.forms.fields import TIERS, persons, select, several, several_searched, small

CHANGED = "schedule.scope"
SEGMENTS, ACCOUNTS = "schedule.segments", "schedule.accounts"
SCOPE_BLOCK = "scope_now"
VALUE_CHARACTERS = 150
"""Slack's limit for the value of an option."""

KIND = "kind"
KINDS = (("Account review", CadenceKind.ACCOUNTS.value), ("Executive review", CadenceKind.EXECUTIVE.value))
KIND_HINT = "An executive review posts the month on one page, most often monthly; the accounts below do not count."


def kind_field(kind: CadenceKind) -> Field:
    """The choice between a review of accounts and one of executives."""
    return select(KIND, "What is reviewed", KINDS, initial=kind.value, hint=KIND_HINT)


def read_kind(entered: Values) -> CadenceKind:
    """The kind chosen; of accounts in a form opened before there was a choice."""
    return choice_in(entered, KIND, CadenceKind) or CadenceKind.ACCOUNTS


def fields(had: CadenceFacts | None, chosen: Sequence[tuple[str, str]], lines: str) -> list[Field]:
    """The fields, with the scope of the channel's cadence, and below them what it has now.

    `chosen` are (name, id) of the accounts chosen by name, `lines` mrkdwn.
    """
    segments = had.segments if had else ()
    return [
        several("tiers", "Only tiers", TIERS, initial=[str(tier) for tier in had.tiers] if had else (), action=CHANGED),
        persons("owners", "Only accounts of", initial=had.owners if had else (), action=CHANGED),
        several_searched("segments", "Only segments", action=SEGMENTS, initial=segment_options(segments)),
        several_searched("accounts", "Only these accounts", action=ACCOUNTS, initial=chosen),
        small(lines, SCOPE_BLOCK),
    ]


def entries(had: CadenceFacts) -> Values:
    """The values that the fields open with for the channel's cadence."""
    return {
        "tiers": ",".join(map(str, had.tiers)),
        "owners": ",".join(had.owners),
        "segments": ",".join(value for _, value in segment_options(had.segments)),
        "accounts": ",".join(map(str, had.account_ids)),
    }


def read(entered: Values) -> Scope:
    """The scope as entered. Raises FieldProblems beside a choice that is not offered."""
    numbers = _several(entered, "accounts")
    if not all(number.isdecimal() for number in numbers):
        raise FieldProblems({"accounts": NOT_OFFERED})
    return Scope(
        tiers=tuple(int(tier) for tier in several_in(entered, "tiers", offered(TIERS))),
        owners=_several(entered, "owners"),
        segments=tuple(each.replace("%2C", ",").replace("%25", "%") for each in _several(entered, "segments")),
        account_ids=tuple(map(int, numbers)),
    )


def segment_options(segments: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(label, value) of segments: several values travel with commas between them, so those in a name are encoded."""
    pairs = ((segment, segment.replace("%", "%25").replace(",", "%2C")) for segment in segments)
    return tuple((label, value) for label, value in pairs if len(value) <= VALUE_CHARACTERS)


def lines_of(found: ScopeNow, words: Words, *, minutes: int) -> str:
    """Return what the scope has now, as mrkdwn."""
    return "\n".join(words.lines("cadence.scope_now", now=found, minutes=minutes))


def _several(entered: Values, name: str) -> tuple[str, ...]:
    return tuple(each for each in entered.get(name, "").split(",") if each)
