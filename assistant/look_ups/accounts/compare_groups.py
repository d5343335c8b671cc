"""Groups of accounts side by side: tiers, owners, segments, with their numbers and amounts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from agendas.facts.account import ListStatus
from agendas.facts.deals import Opportunity
from agendas.facts.reviews.review import AgendaItem, Bucket
from agendas.pages.answers.compared import Row, compared_page
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.verbs.loading.load_facts import names as names_of
from assistant.context import QuestionContext
from assistant.look_ups.accounts.asked import notes_of, part_said
from assistant.look_ups.accounts.fitting_parts import fits_part
from assistant.look_ups.accounts.loaded import load
from assistant.look_ups.found import Found
from assistant.look_ups.scope import fitting
from assistant.query import Field, Query

MOST = 4
"""Columns of a comparison that a phone still shows. Ours."""

Sums = tuple[tuple[str, int], ...]

COUNTED: Mapping[str, Callable[[AgendaItem], bool]] = {
    "needs_intervention": lambda item: item.placement.bucket is Bucket.NEEDS_INTERVENTION,
    "stalled": lambda item: item.placement.bucket is Bucket.STALLED,
    "advanced": lambda item: item.placement.bucket in (Bucket.ADVANCED, Bucket.EXPANDED),
    "without_next": lambda item: not item.facts.account.open_actions,
}
"""The numbers of named accounts that are compared."""


def compare_groups(context: QuestionContext, query: Query, grouped: str) -> Found:
    """Return the accounts by the values of one filter; an account with an owner and a partner may be in two groups."""
    loaded = load(context, fitting(context, query), ())
    one_of: list[dict[str, Any]] = [{grouped: (value,)} for value in getattr(query, grouped)[:MOST]]
    alone = [replace(query, **one) for one in one_of]
    groups = [[item for item in loaded.items if fits_part(one, grouped, item)] for one in alone]
    said = [part_said(context, one, grouped) for one in alone]
    names = [Mrkdwn(each[:1].upper() + each[1:]) for each in said]
    summed = _pipelines if query.fields and set(query.fields) <= {Field.PIPELINE, Field.AMOUNT} else _values
    first = context.words.say(
        "fields.group_label",
        groups=[(name, len(items), summed(items)) for name, items in zip(names, groups, strict=True)],
    )
    people = names_of(context.session, context.workspace_id, [each for each in query.owners if each])
    page = compared_page(
        first,
        [read(name, people) for name in names],
        _rows(context, query, groups),
        context.words,
        people=people,
        notes=[*notes_of(context, query), *_fields_unused(context, query)],
    )
    return Found(page)


def _fields_unused(context: QuestionContext, query: Query) -> Iterator[Mrkdwn]:
    """Yield that some fields have no number for groups: accounts alone are compared by them."""
    summed = (Field.VALUE, Field.PIPELINE, Field.AMOUNT)
    if left := tuple(each for each in query.fields if each not in summed):
        yield context.words.say("fields.not_used", said=part_said(context, replace(query, fields=left), "fields"))


def _rows(context: QuestionContext, query: Query, groups: Sequence[Sequence[AgendaItem]]) -> list[Row]:
    """The numbers and amounts; of amounts asked for by name only these."""
    amounts: dict[Field, Row] = {
        Field.VALUE: ("value", [_said(context, _values(items)) for items in groups]),
        Field.PIPELINE: ("pipeline", [_said(context, _pipelines(items)) for items in groups]),
    }
    counted: Row = ("accounts", [str(len(items)) for items in groups])
    if query.fields and all(each in amounts for each in query.fields):
        return [counted, *(amounts[each] for each in query.fields)]
    named = [[item for item in items if item.facts.account.list_status is ListStatus.NAMED] for items in groups]
    return [
        counted,
        *((code, [str(sum(map(is_one, items))) for items in named]) for code, is_one in COUNTED.items()),
        *amounts.values(),
    ]


def _said(context: QuestionContext, sums: Sums) -> Mrkdwn:
    return context.words.say("fields.sums_said", sums=sums)


def _values(items: Sequence[AgendaItem]) -> Sums:
    profiles = [item.facts.account.profile for item in items]
    return _summed((each.currency, each.value_cents) for each in profiles if each.value_cents is not None)


def _pipelines(items: Sequence[AgendaItem]) -> Sums:
    deals: list[Opportunity] = [deal for item in items for deal in item.facts.account.opportunities if deal.is_open]
    known = ((deal.profile.currency, deal.profile.amount_cents) for deal in deals)
    return _summed((currency, cents) for currency, cents in known if cents is not None)


def _summed(amounts: Iterable[tuple[str, int]]) -> Sums:
    """The sum in each currency, the largest first."""
    sums: Counter[str] = Counter()
    for currency, cents in amounts:
        sums[currency] += cents
    return tuple(sums.most_common())
