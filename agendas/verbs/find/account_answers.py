"""Look-ups of accounts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from agendas.errors import NoAccount, NotUnderstood
from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import AccountStanding
from agendas.facts.answers import FieldFact
from agendas.facts.deals import Opportunity
from agendas.facts.events import ListChanged, Moved, Nominated
from agendas.facts.narrative import Justification
from agendas.facts.query import Field, Form, Per, Query, Subject, Which
from agendas.facts.reviews import AgendaItem, Bucket, ReasonCode, StallKind
from agendas.pages.answers import Row, Telling, answer_page, cell_text, compared_page, fact_line, label_of
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.page import Note, Page, Rows, Text
from agendas.rules import history
from agendas.rules.history import state_since
from agendas.verbs import review_reads
from agendas.verbs.find.account_facts import (
    FEW,
    LONGEST,
    OF_ROW,
    OF_THE_LIST,
    Loaded,
    card,
    code_of,
    fact_of,
    filters_of,
    fits_part,
    having_ids,
    in_order,
    list_found,
    listing,
    load,
    load_rows,
    names_in,
    none_said,
    notes_of,
    order_of,
    part_said,
    parts_asked,
    period_of,
    placed,
    reader_of,
    role_fact,
    state_code,
    statuses,
)
from agendas.verbs.find.accounts import Forms, Found, QuestionContext, Scope, fitting
from agendas.verbs.find.reviews import reviews
from agendas.verbs.loading import names as load_facts_names
from storage import deals, people
from storage.models.accounts import Account

# Groups of accounts side by side: tiers, owners, segments, with their numbers and amounts.

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
    people = load_facts_names(context.session, context.workspace_id, [each for each in query.owners if each])
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
        Field.VALUE: ("value", [context.words.say("fields.sums_said", sums=_values(items)) for items in groups]),
        Field.PIPELINE: (
            "pipeline",
            [context.words.say("fields.sums_said", sums=_pipelines(items)) for items in groups],
        ),
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


# Accounts side by side, or groups of them: which is ahead first, then the facts in a table.

WHOLE = ("tier", "stage", "state", "owner", "value", "pipeline", "close_date", "last_touch", "next_action")
"""The facts that are compared where none is asked for."""

GROUPED = ("owners", "tiers", "segments", "stages", "statuses", "states")
"""The filters of which several values are groups to compare."""

EARLIEST = ("close_date", "next_review", "named_on")
"""Days of which the earliest is ahead."""

NOTHING_TO_COMPARE = "Name two accounts to compare, or two tiers, owners or segments."


def compare(context: QuestionContext, query: Query) -> Found:
    """Return the accounts named side by side, or the groups of a filter with several values.

    Raises NotUnderstood where there is only one.
    """
    if len(query.of) > 1:
        return _accounts(context, query)
    grouped = next((name for name in GROUPED if len(getattr(query, name)) > 1), "")
    if not grouped:
        raise NotUnderstood(NOTHING_TO_COMPARE)
    return compare_groups(context, query, grouped)


def _accounts(context: QuestionContext, query: Query) -> Found:
    codes = tuple(code_of(each) for each in query.fields) or WHOLE
    scope = fitting(context, Query(query.subject, query.form, of=query.of))
    loaded = load(context, scope, (*codes, "value", "stage"), of=query.of)
    items = loaded.items[:MOST]
    if len(items) < 2:
        raise NotUnderstood(NOTHING_TO_COMPARE)
    opens = [(item.facts.account.account_id, item.facts.account.name) for item in items]
    page = compared_page(
        _ahead(loaded, items, query),
        [context.words.raw("fields.name", account=item.facts.account) for item in items],
        [(code, [_said(loaded, item, code) for item in items]) for code in codes],
        context.words,
        people=_people(context, items),
        opens=opens if context.can_act else (),
        notes=list(notes_of(context, query)),
    )
    return Found(page, tuple(number for number, _ in opens))


def _ahead(loaded: Loaded, items: Sequence[AgendaItem], query: Query) -> Mrkdwn:
    """Which account is ahead by the field asked for; without one by value, and where that is not known by stage."""
    words = loaded.context.words
    code = code_of(query.fields[0]) if query.fields else "value"
    key = order_of(code, loaded)
    if not query.fields and (any(key(item) is None for item in items) or _currencies(items) > 1):
        code, key = "stage", order_of("stage", loaded)
    valued = [(value, item) for item in items if (value := key(item)) is not None]
    if len(valued) < len(items) or (code in ("value", "pipeline") and _currencies(items) > 1):
        lines = [fact_line(item, fact_of(code, loaded, item), words, Telling.BRIEF) for item in items]
        return Mrkdwn(" · ".join(lines))
    is_lowest = query.is_lowest or code in EARLIEST
    ordered = [item for _, item in sorted(valued, key=lambda pair: pair[0], reverse=not is_lowest)]
    if len({value for value, _ in valued}) == 1:
        return words.say("fields.equal", said=list(dict.fromkeys(_said(loaded, item, code) for item in items)))
    first, *others = ordered
    return words.say(
        "fields.ahead",
        code=code,
        is_lowest=is_lowest,
        name=first.facts.account.name,
        said=_said(loaded, first, code),
        others=[_said(loaded, item, code) for item in others],
    )


def _currencies(items: Sequence[AgendaItem]) -> int:
    """How many currencies the values and deals of these accounts have: amounts of two are not compared."""
    found = {item.facts.account.profile.currency for item in items}
    deals = (deal.profile for item in items for deal in item.facts.account.opportunities if deal.is_open)
    return len((found | {deal.currency for deal in deals}) - {""})


def _said(loaded: Loaded, item: AgendaItem, code: str) -> Mrkdwn:
    return cell_text(item, fact_of(code, loaded, item), loaded.context.words)


def _people(context: QuestionContext, items: Sequence[AgendaItem]) -> Mapping[str, str]:
    """The names of everybody whom the facts of these accounts mention."""
    profiles = [item.facts.account.profile for item in items]
    ids = {each for one in profiles for each in (one.owner, one.marketing_partner, one.our_executive) if each}
    ids |= {action.owner for item in items for action in item.facts.account.open_actions[:1]}
    ids |= {blocker.owner for item in items for blocker in item.facts.account.open_blockers if blocker.owner}
    return load_facts_names(context.session, context.workspace_id, ids)


# Numbers of accounts and sums of their values, whole or split by a property.

FEW_NAMES = 5
"""Accounts that a count names."""

Group = str | int | None


def count(context: QuestionContext, query: Query) -> Found:
    """Return how many accounts fit, the number first; which ones where they are few, or how many of each group."""
    scope = fitting(context, query)
    rows, is_few = scope.rows, len(scope.rows) <= FEW_NAMES and query.per is None
    label = _count_said(context, query, rows, names=[row.name for row in rows] if is_few else [])
    lines = [(group, str(len(each))) for group, each in _groups(context, query, scope).items()]
    also = [context.words.say("fields.also_stalled", names=scope.also_stalled)] if scope.also_stalled else []
    return Found(_page(context, query, label, lines, notes=also), scope.ids if is_few else ())


def _count_said(context: QuestionContext, query: Query, rows: Sequence[Account], *, names: Sequence[str]) -> Mrkdwn:
    if not rows:
        return none_said(context, query)
    return context.words.say(
        "fields.count_label",
        said=filters_of(context, query, names=names_in(context, query), but=("limit", "fields", "by")),
        count=len(rows),
        by_status=statuses(query, rows),
        names=names,
        is_split=query.per is not None,
    )


def total(context: QuestionContext, query: Query) -> Found:
    """Return what the accounts that fit are worth, or their open deals, by currency; whole and of each group.

    Raises NotUnderstood for fields that are no amounts.
    """
    field = query.fields[0] if query.fields else Field.VALUE
    if field not in (Field.VALUE, Field.PIPELINE, Field.AMOUNT):
        raise NotUnderstood("Only the values and the open deals of accounts can be summed.")
    scope = fitting(context, query)
    worth = _value_by_account(scope) if field is Field.VALUE else _pipeline_by_account(context, scope)
    sums, unknown = _worth_of(scope.rows, worth)
    label = context.words.say(
        "fields.total",
        sums=sums,
        what="value" if field is Field.VALUE else "open deals",
        noun="account" if query.of or query.statuses else "named account",
        said=filters_of(context, query, names=names_in(context, query), but=("limit", "fields", "by")),
        count=len(scope.rows),
        unknown=unknown,
        is_split=query.per is not None,
    )
    lines = [(group, _part(context, rows, worth)) for group, rows in _groups(context, query, scope).items()]
    return Found(_page(context, query, label, lines), scope.ids if len(scope.rows) <= FEW_NAMES else ())


Worth = Mapping[int, Sequence[tuple[str, int]]]
"""Amounts as (currency, cents) by account; an account without any is not there."""


def _part(context: QuestionContext, rows: Sequence[Account], worth: Worth) -> Mrkdwn:
    sums, unknown = _worth_of(rows, worth)
    return context.words.say("fields.part_total", sums=sums, count=len(rows), unknown=unknown)


def _value_by_account(scope: Scope) -> Worth:
    return {row.row_id: [(row.currency, row.value_cents)] for row in scope.rows if row.value_cents is not None}


def _pipeline_by_account(context: QuestionContext, scope: Scope) -> Worth:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for deal in deals.of_accounts(context.session, scope.ids):
        if deal.phase not in ("won", "lost") and deal.amount_cents is not None:
            found[deal.account_id].append((deal.currency, deal.amount_cents))
    return found


def _worth_of(rows: Sequence[Account], worth: Worth) -> tuple[Sums, int]:
    """The sum in each currency, the largest first, and the number of accounts without an amount."""
    amounts = (each for row in rows for each in worth.get(row.row_id, ()))
    return _summed(amounts), sum(row.row_id not in worth for row in rows)


def _groups(context: QuestionContext, query: Query, scope: Scope) -> dict[Group, list[Account]]:
    """The accounts by the property asked for, in its own order; nothing where none is."""
    if query.per is None:
        return {}
    group_of = _group_of(context, query.per, scope)
    found: dict[Group, list[Account]] = defaultdict(list)
    for row in scope.rows:
        found[group_of(row)].append(row)
    order = _order(query.per)
    return dict(sorted(found.items(), key=lambda pair: (pair[0] in (None, ""), order(pair[0]), -len(pair[1]))))


def _group_of(context: QuestionContext, per: Per, scope: Scope) -> Callable[[Account], Group]:
    if per is Per.STATE:
        states = {item.facts.account.account_id: item for item in placed(context, scope)}
        return lambda row: (
            AccountStanding.of(states[row.row_id].placement).value if row.list_status == "named" else row.list_status
        )
    if per is Per.FUNCTION:
        owners = {row.owner for row in scope.rows if row.owner}
        functions = {
            each.user_id: each.function for each in people.get_many(context.session, context.workspace_id, owners)
        }
        return lambda row: functions.get(row.owner or "")
    return COLUMNS[per]


COLUMNS: Mapping[Per, Callable[[Account], Group]] = {
    Per.TIER: lambda row: row.tier,
    Per.STAGE: lambda row: row.stage,
    Per.STATUS: lambda row: row.list_status,
    Per.SEGMENT: lambda row: row.segment,
    Per.OWNER: lambda row: row.owner,
    Per.CURRENCY: lambda row: row.currency,
}


def _order(per: Per) -> Callable[[Group], tuple[int, str]]:
    """Tiers and stages in their own order, states by need; people and segments by their number of accounts."""
    places: dict[Group, int] = {}
    if per is Per.STAGE:
        places = {stage.value: stage.rank for stage in Stage}
    elif per is Per.STATE:
        places = {state.value: place for place, state in enumerate(AccountStanding)}
    elif per is Per.TIER:
        return lambda group: (group if isinstance(group, int) else 0, "")
    return lambda group: (places.get(group, len(places)), "")


def _page(
    context: QuestionContext,
    query: Query,
    label: Mrkdwn,
    lines: Sequence[tuple[Group, str]],
    *,
    notes: Sequence[Mrkdwn] = (),
) -> Page:
    said = [context.words.say("fields.split", per=query.per, value=group, said=number) for group, number in lines]
    small = [Note(note) for note in (*notes, *notes_of(context, query))]
    return Page(read(label), (Text(label), *((Rows(tuple(said)),) if said else ()), *small), key="answer")


# The answer that tells facts of accounts: each account in a line, its further facts below the first.

Told = tuple[AgendaItem, Sequence[FieldFact]]
"""An account with the facts to tell of it, the one asked for first."""


def told_page(
    context: QuestionContext, query: Query, told: Sequence[Told], telling: Telling, *, premise: Mrkdwn | str = ""
) -> Found:
    """Return the facts of the accounts, each told this way; of many accounts in brief, below the filters and the count.

    `premise` are words of the question that are not so, said before the facts. Raises NoAccount for names of none.
    """
    if query.of and not told:
        raise NoAccount
    is_few = len(told) <= FEW
    shown = told[: min(query.limit or LONGEST, LONGEST)]
    way = telling if is_few else Telling.BRIEF
    lines = [(item, lines_of(context, item, facts, way, premise=premise)) for item, facts in shown]
    label = "" if is_few and told and query.of else _label(context, query, told, len(shown))
    page = answer_page(label, lines, context.words, reader=reader_of(context), notes=list(notes_of(context, query)))
    sources = (fact.source.id for _, facts in shown for fact in facts if fact.source)
    accounts = [item.facts.account for item, _ in shown]
    owner = accounts[0].profile.owner or "" if len(query.of) == len(accounts) == 1 else None
    return Found(page, tuple(each.account_id for each in accounts), tuple(dict.fromkeys(sources)), owner)


def lines_of(
    context: QuestionContext,
    item: AgendaItem,
    facts: Sequence[FieldFact],
    telling: Telling,
    *,
    premise: Mrkdwn | str = "",
    with_name: bool = True,
) -> Mrkdwn:
    """Return the facts of one account: the first after its name, the others in lines of their own, or beside it."""
    first, *others = facts
    # since when it is so is not asked of what is not so
    first = replace(first, since=None) if premise and first.code in ("state", "stalled") else first
    first_way = Telling.FACT if premise else telling
    said = [fact_line(item, first, context.words, first_way, with_name=with_name and not premise)]
    if premise:
        label = label_of(item, context.words) if with_name else ""
        said[0] = context.words.say("fields.premise", label=label, wanted=premise, said=said[0])
    way = Telling.BRIEF if telling is Telling.BRIEF else Telling.FACT
    said += [fact_line(item, fact, context.words, way, with_name=False) for fact in others]
    return Mrkdwn((" · " if telling is Telling.BRIEF else "\n• ").join(said))


def _label(context: QuestionContext, query: Query, told: Sequence[Told], shown: int) -> Mrkdwn:
    names = {item.facts.account.account_id: item.facts.account.name for item, _ in told}
    said = filters_of(context, query, names=names, but=("limit", "fields", "of"))
    return context.words.say("fields.list_label", said=said, count=len(told), by_status=(), shown=shown)


# Yes or no about accounts, with the fact that says so.

CODES: Mapping[str, str] = {
    "tiers": "tier",
    "stages": "stage",
    "states": "state",
    "statuses": "status",
    "segments": "segment",
    "owners": "owner",
}


def yes_or_no(context: QuestionContext, query: Query) -> Found:
    """Return whether each account named is so, with the fact; without a name whether any is, and which.

    Raises NoAccount for names of none.
    """
    if not query.of:
        return list_found(context, query, is_asked=True)
    scope = fitting(context, Query(query.subject, query.form, of=query.of))
    loaded = load(context, scope, _codes(query), of=query.of)
    if not loaded.items:
        raise NoAccount
    if not parts_asked(query):
        told = [(item, [fact_of(code, loaded, item) for code in _codes(query)]) for item in loaded.items]
        return told_page(context, query, told, Telling.FACT)
    having = having_ids(context, query, scope.rows)
    lines = [(item, _line(context, query, loaded, item, having=having)) for item in loaded.items]
    page = answer_page("", lines, context.words, reader=reader_of(context), notes=list(notes_of(context, query)))
    return Found(page, tuple(item.facts.account.account_id for item in loaded.items))


def _codes(query: Query) -> list[str]:
    codes = [CODES[name] for name in OF_THE_LIST if getattr(query, name)]
    codes += ["value"] if query.least_cents or query.most_cents else []
    codes += [code_of(each) for each in (*query.having, *query.without)]
    return list(dict.fromkeys(codes)) or [code_of(each) for each in query.fields or (Field.STATE,)]


def _line(
    context: QuestionContext, query: Query, loaded: Loaded, item: AgendaItem, *, having: Mapping[str, Collection[int]]
) -> Mrkdwn:
    """Yes or no and the facts; of a no first the words of the question that are not so."""
    account_id = item.facts.account.account_id
    wrong = [
        name
        for name in parts_asked(query)
        if not (fits_part(query, name, item) if name in OF_THE_LIST else account_id in having[name])
    ]
    facts = list(_facts(query, loaded, item))
    unmet = Mrkdwn(", ".join(part_said(context, query, name) for name in wrong if name in OF_THE_LIST))
    said = lines_of(context, item, facts, Telling.FACT, premise=unmet)
    days = period_of(context, query) if query.having or query.without else ""
    return context.words.say("fields.answered", is_yes=not wrong, said=said, days=days)


def _facts(query: Query, loaded: Loaded, item: AgendaItem) -> Iterator[FieldFact]:
    for code in _codes(query):
        of_role = role_fact(query, item) if code == "roles" else None
        yield of_role or fact_of(state_code(query, item) if code == "state" else code, loaded, item)


# Fields of one or several accounts, or of those that fit a filter: the fact first, then who told it and when.


def fields(context: QuestionContext, query: Query) -> Found:
    """Return the fields asked for, of each account in the order of the question, else those in trouble first.

    For accounts that are not as the question has them, say that instead: "the value of Osprey, tier 2".
    """
    codes = [code_of(each) for each in query.fields or (Field.STATE,)]
    scope = fitting(context, query)
    if query.of and not scope.rows:
        return yes_or_no(context, replace(query, form=Form.YES_NO, fields=()))
    is_of_next_review = query.fields == (Field.NEXT_REVIEW,) and query.of
    if is_of_next_review and review_reads.of_accounts(context.session, context.workspace_id, query.of):
        # a review that is open comes before the next date
        reviewed = replace(query, subject=Subject.REVIEWS, form=Form.WHEN, which=Which.NEXT, fields=())
        return reviews(context, reviewed)
    is_of_rows = query.of and OF_ROW.issuperset(codes)
    loaded = (load_rows if is_of_rows else load)(context, scope, codes, of=query.of)
    items = loaded.items if query.of else in_order(query, loaded)
    facts = [(item, [fact_of(code, loaded, item) for code in codes]) for item in items]
    return told_page(context, query, facts, Telling.FACT)


# Why, when and who: what a question presupposes of accounts, with its reason, its day or its author first.

SHOWN_BY: Mapping[ReasonCode, str] = {
    ReasonCode.REGRESSED: "last_movement",
    ReasonCode.BLOCKER_NEEDS_EXECUTIVE: "blocker",
    ReasonCode.BLOCKER_OLD: "blocker",
    ReasonCode.ASKED_FOR: "ask",
    ReasonCode.ASK_OVERDUE: "ask",
    ReasonCode.STALLED_TWICE: "last_touch",
    ReasonCode.FAR_OVER_AGED: "stage",
    ReasonCode.FAR_OVER_QUIET: "last_touch",
    ReasonCode.ACTION_OVERDUE: "overdue_action",
    ReasonCode.NO_EVIDENCE: "stage",
    ReasonCode.STALLED_AGED: "stage",
    ReasonCode.STALLED_QUIET: "last_touch",
    ReasonCode.CLOSE_DATE_PAST: "close_date",
    ReasonCode.CLOSE_DATE_PUSHED: "close_date",
    ReasonCode.CLOSES_SOON: "close_date",
    ReasonCode.ENGAGEMENT_FELL: "engagement",
    ReasonCode.NOT_REVIEWED: "last_review",
}
"""The fact that shows a reason, with its author and date; the others show themselves."""

MOST_SHOWN = 2

DEFAULTS: Mapping[Telling, Sequence[str]] = {
    Telling.WHY: ("state",),
    Telling.WHEN: ("last_update",),
    Telling.WHO: ("owner",),
}


def codes_asked(query: Query, telling: Telling) -> tuple[str, ...]:
    """Return the codes of the facts that the question is about, the first one first."""
    if query.fields:
        return tuple(code_of(each) for each in query.fields)
    if query.statuses:
        named = ("named_on", "justification") if telling is Telling.WHY else ("named_on",)
        return named if set(query.statuses) <= {ListStatus.NAMED} else ("status",)
    if query.states:
        return ("stage",) if set(query.states) <= {AccountStanding.CLAIMED} else ("state",)
    told = (("tiers", "tier"), ("stages", "stage"), ("owners", "owner"), ("segments", "segment"))
    found = [code for name, code in told if getattr(query, name)]
    found += [code_of(each) for each in (*query.having, *query.without)]
    return tuple(found) if found and (query.of or found != ["owner"]) else tuple(DEFAULTS[telling])


def _asked(context: QuestionContext, query: Query, *, telling: Telling) -> Found:
    """Return the reasons of what is asked, since when it is so, or who owns, recorded or decided it."""
    codes = codes_asked(query, telling)
    scope = fitting(context, Query(query.subject, query.form, of=query.of) if query.of else query)
    loaded = load(context, scope, (*codes, "status", *_shown(codes)), of=query.of)
    items = loaded.items if query.of else in_order(query, loaded)
    told = [(item, _facts_told(query, codes, loaded, item, telling=telling)) for item in items]
    # a state is said by nobody: it follows from what people recorded
    telling = Telling.WHY if telling is Telling.WHO and codes[0] == "state" else telling
    return told_page(context, query, told, telling, premise=_premise(context, query, told))


def _shown(codes: Sequence[str]) -> tuple[str, ...]:
    """The facts that may show a state; what tells them is read with the rest."""
    return (*dict.fromkeys(SHOWN_BY.values()), "last_movement", "named_on") if "state" in codes else ()


def _facts_told(
    query: Query, codes: Sequence[str], loaded: Loaded, item: AgendaItem, *, telling: Telling
) -> list[FieldFact]:
    found = [_fact(query, code, loaded, item, telling=telling) for code in codes]
    if telling is not Telling.WHEN and found[0].code in ("state", "state_why", "stalled"):
        found += [fact_of(code, loaded, item) for code in _shows_state(item, found[0].code)]
    if found[0].code == "proposal" and found[0].value is None:
        found.append(fact_of("status", loaded, item))
    return found[:1] if _says_the_same(found) else found


def _says_the_same(facts: Sequence[FieldFact]) -> bool:
    """True where the justification is no more than the reason of the naming, which is said already."""
    value = facts[-1].value
    is_whole = isinstance(value, Justification) and not (value.why_now or value.motion)
    return (
        len(facts) > 1 and is_whole and isinstance(value, Justification) and value.why_account in ("", facts[0].because)
    )


def _fact(query: Query, code: str, loaded: Loaded, item: AgendaItem, *, telling: Telling) -> FieldFact:
    """The fact as it stands; a stage, tier or status that is not the present one as it came about."""
    if code == "roles" and (of_role := role_fact(query, item)) is not None:
        return of_role
    code = state_code(query, item) if code == "state" else code
    fact = _earlier(query, code, loaded, item) or fact_of(code, loaded, item)
    if fact.code in ("state", "stalled") and telling is Telling.WHEN:
        return replace(fact, since=state_since(item))
    if fact.code == "state" and telling is not Telling.WHEN and len(loaded.items) == 1:
        return replace(fact, code="state_why")
    return fact


def _earlier(query: Query, code: str, loaded: Loaded, item: AgendaItem) -> FieldFact | None:
    """The fact of a stage, tier or status that the account had once, None where it has it now or never had it."""
    account, told = item.facts.account, loaded.told_of(item)
    match code:
        case "stage" if query.stages and account.stage not in query.stages:
            event = next((e for stage in query.stages if (e := history.stage_event(told, stage))), None)
            value: object = event.change.to_stage if event and isinstance(event.change, Moved) else None
        case "tier" if query.tiers and account.tier not in query.tiers:
            event = history.last_in_tier(told, query.tiers)
            value = event.change.tier if event and isinstance(event.change, ListChanged) else None
        case "status" if query.statuses and account.list_status not in query.statuses:
            event = history.status_event(told, *query.statuses)
            value = event.change.status if event and isinstance(event.change, ListChanged) else None
        case _:
            return None
    if event is None or value is None:
        return None
    because = event.change.because if isinstance(event.change, ListChanged | Nominated) else ""
    because = event.change.text if isinstance(event.change, Moved) else because
    return FieldFact(f"earlier_{code}", value, event.happened_at, is_moment=True, source=event, because=because)


def _shows_state(item: AgendaItem, code: str) -> tuple[str, ...]:
    """The codes of the facts that show the state, at most two."""
    if code == "stalled":
        kinds = [cause.kind for cause in item.placement.stall.causes]
        return tuple("last_touch" if kind is StallKind.QUIET else "stage" for kind in kinds)
    found = [SHOWN_BY[code] for code, _, _ in item.placement.reasons if code in SHOWN_BY]
    if not item.placement.reasons:
        by_bucket = {Bucket.NEW: "named_on", Bucket.ADVANCED: "last_movement", Bucket.EXPANDED: "last_movement"}
        claimed = ["stage"] if item.facts.account.claimed_from else []
        found = [by_bucket[item.placement.bucket]] if item.placement.bucket in by_bucket else claimed
    return tuple(dict.fromkeys(found))[:MOST_SHOWN]


def _premise(context: QuestionContext, query: Query, told: Sequence[Told]) -> Mrkdwn | str:
    """The words of the question that are not so of the one account it names, and never were; else none."""
    if len(told) != 1 or not query.of:
        return ""
    item, facts = told[0]
    if any(fact.code.startswith("earlier_") for fact in facts):
        return ""
    for name in parts_asked(query):
        is_said = name in ("tiers", "stages", "states", "statuses", "segments", "owners")
        if is_said and not _is_so(query, name, item):
            return part_said(context, query, name)
    return ""


def _is_so(query: Query, name: str, item: AgendaItem) -> bool:
    """True also for a paused account that is asked about as one of the list."""
    is_listed = name == "statuses" and set(query.statuses) == {ListStatus.NAMED}
    return fits_part(query, name, item) or (is_listed and item.facts.account.list_status.is_on_list)


FORMS: Forms = {
    Form.CARD: card,
    Form.FIELD: fields,
    Form.LIST: listing,
    Form.COUNT: count,
    Form.SUM: total,
    Form.COMPARE: compare,
    Form.YES_NO: yes_or_no,
    Form.WHY: partial(_asked, telling=Telling.WHY),
    Form.WHEN: partial(_asked, telling=Telling.WHEN),
    Form.WHO: partial(_asked, telling=Telling.WHO),
}
