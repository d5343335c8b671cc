"""Order, numbers by part, and sums of things of accounts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from agendas.facts.account import Blocker, Decision, NextAction
from agendas.facts.deals import Opportunity
from agendas.facts.found.items import FoundItem
from agendas.facts.list_filter import AccountStanding
from agendas.facts.plays import PlayRun
from agendas.pages.answers.items.pages import Sums
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.reads.account_list import place_rows
from agendas.verbs.reads.reviews.facts import functions_of
from assistant.context import QuestionContext
from assistant.query import Field, Per, Query
from storage import accounts


def ordered(found: Sequence[FoundItem], query: Query) -> list[FoundItem]:
    """Return the things by the field that the query asks for, what has none last; else as they are.

    The oldest have the highest age. Lowest first means the other way round.
    """
    key = KEYS.get(query.by) if query.by else None
    if key is None:
        return list(found)[::-1] if query.is_lowest else list(found)
    known = [each for each in found if key(each) is not None]
    is_reversed = query.is_lowest is (query.by is Field.AGE)
    known.sort(key=key, reverse=is_reversed)
    return [*known, *(each for each in found if key(each) is None)]


def _began(found: FoundItem) -> Any:
    match found.thing:
        case Blocker(opened_at=at) | NextAction(added_at=at) | Decision(decided_at=at):
            return at
        case Opportunity(opened_at=at) | PlayRun(started_at=at):
            return at
    return None


def _due(found: FoundItem) -> Any:
    match found.thing:
        case NextAction(due_on=on) | Decision(due_on=on) | PlayRun(outcome_due_on=on):
            return on
        case Opportunity(profile=profile):
            return profile.closes_on
    return None


def _amount(found: FoundItem) -> Any:
    return found.thing.profile.amount_cents if isinstance(found.thing, Opportunity) else None


KEYS: Mapping[Field, Callable[[FoundItem], Any]] = {
    Field.AGE: _began,
    Field.DUE: _due,
    Field.CLOSE_DATE: _due,
    Field.AMOUNT: _amount,
    Field.VALUE: _amount,
    Field.PIPELINE: _amount,
}
"""The values that things are ordered by."""


def counts_of(context: QuestionContext, found: Sequence[FoundItem], per: Per) -> list[tuple[Mrkdwn, int]]:
    """Return the label and the number of each part, tiers in their order, others the largest first."""
    counts = Counter(map(_reader(context, found, per), found))
    parts = sorted(counts.items(), key=lambda pair: _place(per, pair[0], pair[1]))
    return [(label(context, per, value), number) for value, number in parts]


def sums_by(context: QuestionContext, found: Sequence[FoundItem], per: Per) -> list[tuple[Mrkdwn, Sums, int]]:
    """Return the label, the sum and the number of deals of each part."""
    read = _reader(context, found, per)
    parts: dict[Hashable, list[FoundItem]] = defaultdict(list)
    for each in found:
        parts[read(each)].append(each)
    chosen = sorted(parts.items(), key=lambda pair: _place(per, pair[0], len(pair[1])))
    return [(label(context, per, value), whole_sum(some), len(some)) for value, some in chosen]


def whole_sum(found: Iterable[FoundItem]) -> Sums:
    """Return the sums of deals by currency, the largest first, and the number of those without an amount."""
    amounts: Counter[str] = Counter()
    unknown = 0
    for each in found:
        cents = _amount(each)
        if cents is None:
            unknown += 1
        elif isinstance(each.thing, Opportunity):
            amounts[each.thing.profile.currency] += cents
    return Sums(tuple(amounts.most_common()), unknown)


def label(context: QuestionContext, per: Per, value: Hashable) -> Mrkdwn:
    """Return the words of a part."""
    return context.words.say("items.part", per=per, value=value)


def _place(per: Per, value: Any, number: int) -> tuple[Any, ...]:
    if per is Per.TIER:
        return (value or 99, "")
    return (-number, str(value))


def _reader(context: QuestionContext, found: Sequence[FoundItem], per: Per) -> Callable[[FoundItem], Hashable]:
    """The property of a thing by which numbers are split."""
    if per is Per.FUNCTION:
        functions = functions_of(context.session, context.workspace_id)
        return lambda each: _function(each, functions)
    if per is Per.STATE:
        states = _states(context, found)
        return lambda each: states.get(each.account.account_id, "")
    return READERS[per]


def _person(found: FoundItem) -> str:
    """The person answerable for the thing: of actions and blockers their owner, of asks who is asked."""
    match found.thing:
        case NextAction(owner=owner):
            return owner
        case Blocker(owner=owner):
            return owner or ""
        case Decision(ask_of=asked):
            return asked or ""
    return found.account.owner or ""


def _currency(found: FoundItem) -> str:
    return found.thing.profile.currency if isinstance(found.thing, Opportunity) else ""


READERS: Mapping[Per, Callable[[FoundItem], Hashable]] = {
    Per.TIER: lambda each: each.account.tier,
    Per.STAGE: lambda each: each.account.stage,
    Per.STATUS: lambda each: each.account.status,
    Per.SEGMENT: lambda each: each.account.segment,
    Per.CURRENCY: _currency,
    Per.OWNER: _person,
}
"""The properties that a thing tells by itself."""


def _function(found: FoundItem, functions: Mapping[str, str]) -> str:
    if isinstance(found.thing, Blocker):
        return found.thing.needs or ""
    return functions.get(_person(found), "")


def _states(context: QuestionContext, found: Sequence[FoundItem]) -> dict[int, str]:
    """The state of each named account of the things."""
    ids = {each.account.account_id for each in found}
    rows = [row for row in accounts.get_many(context.session, context.workspace_id, ids) if row.list_status == "named"]
    settings = settings_of(context.session, context.workspace_id)
    placed = place_rows(context.session, rows, settings=settings, now=context.now, zone=context.zone)
    return {item.facts.account.account_id: AccountStanding.of(item.placement).value for item in placed}
