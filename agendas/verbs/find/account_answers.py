"""Look-ups of accounts, in each form: cards, lists, facts, yes or no, numbers and sums, reasons, side by side."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from agendas.errors import NoAccount, NotUnderstood
from agendas.facts.account import ListStatus
from agendas.facts.answered_items import AccountStanding, FoundItem
from agendas.facts.answers import FieldFact
from agendas.facts.events import ListChanged, Moved
from agendas.facts.narrative import Justification
from agendas.facts.query import Field, Form, Having, Progress, Query, Subject, Which
from agendas.facts.reviews import AgendaItem, Bucket, ReasonCode, StallKind
from agendas.pages.account_list import ListReader, by_trouble
from agendas.pages.answers import (
    LAST_EVENTS,
    Row,
    Telling,
    answer_page,
    asked_card,
    compared_page,
    fact_line,
    label_of,
    list_line,
)
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.page import Note, Page, Rows, Text, sentence_page
from agendas.rendering.words import Words, labelled
from agendas.rules import history
from agendas.rules.commands import list_filter_written
from agendas.rules.history import state_since
from agendas.verbs import review_reads
from agendas.verbs.card import full_card
from agendas.verbs.find.account_facts import (
    FEW,
    OF_THE_LIST,
    Loaded,
    asks_of_accounts,
    code_of,
    fact_asked,
    fact_of,
    fact_since,
    filters_as_words,
    fits_part,
    load,
    names_in,
    notes_of,
    part_said,
    period_of,
    rank_of,
)
from agendas.verbs.find.accounts import Forms, Found, QuestionContext, Scope, fitting, listed
from agendas.verbs.find.answers import AMOUNTS, parts_of
from agendas.verbs.find.reviews import reviews
from agendas.verbs.loading import names as names_of
from agendas.verbs.reads import account_found
from storage import deals
from storage.models.accounts import Account

# Lists of accounts by a filter: those in trouble first, or in the order asked for.

LONGEST = 40
"""Lines of the longest answer; the list's own pages show the rest. Ours."""

SAYS_ENOUGH = (
    *(Having.OWNER, Having.PARTNER, Having.EXECUTIVE, Having.SEGMENT, Having.VALUE, Having.CONTACT, Having.DEAL),
    *(Having.NEXT_ACTION, Having.OVERDUE_ACTION, Having.BLOCKER, Having.ASK, Having.PROPOSAL, Having.PLAY),
    *(Having.NARRATIVE, Having.FIT, Having.PROOF, Having.JUSTIFICATION),
)
"""Things that leave nothing to show at an account without them, so that its line shows its state instead."""


def listing(context: QuestionContext, query: Query) -> Found:
    """Return a list of the accounts that fit, each with its state, tier, owner, and the fact that is asked for.

    "Are there any ...?" is answered with yes or no before the list. Past the last account (`skip`), say that there are
    no more.
    """
    scope = fitting(context, query)
    code = _fact_shown(query)
    loaded = load(context, scope, [code] if code else [], of=query.of)
    ordered = _in_order(query, loaded)
    shown = ordered[query.skip :][: min(query.limit or LONGEST, LONGEST)]
    if query.skip and not shown:
        return Found(sentence_page(context.words.say("fields.no_more", count=len(ordered))))
    # a button opens the list's own page with the same filter, unless the words of a list filter cannot say it
    has_no_page = query.of or query.having or query.without or query.by or query.limit or query.skip
    # the index of the first account, then the filter as it is typed after /abm list
    more = f"0 {list_filter_written(listed(query))}".strip()
    page = answer_page(
        _list_label(context, query, scope, len(shown)),
        [(item, _list_line(query, loaded, item, code)) for item in shown],
        context.words,
        reader=_reader(context),
        notes=list(_list_notes(context, query, scope, ordered)),
        buttons=() if has_no_page or len(shown) == len(ordered) else [labelled(context.words, "abm.list_more", more)],
    )
    return Found(page, tuple(item.facts.account.account_id for item in shown))


def _reader(context: QuestionContext) -> ListReader | None:
    """The reader of a page with buttons, None where others read it too or the asker may not record."""
    return ListReader(context.asker.user_id, can_record=True) if context.can_act else None


def _list_line(query: Query, loaded: Loaded, item: AgendaItem, code: str) -> Mrkdwn:
    """The line of an account, without the tier or owner that the heading names for all of them."""
    if code == "roles" and Progress.LOST in query.progress:
        # who left, in place of who is there
        fact: FieldFact | None = fact_asked(query, code, loaded, item)
    else:
        fact = fact_of(code, loaded, item) if code else None
    with_tier, with_owner = len(query.tiers) != 1, len(query.owners) != 1
    return list_line(item, loaded.context.words, fact=fact, with_tier=with_tier, with_owner=with_owner)


def _list_label(context: QuestionContext, query: Query, scope: Scope, shown_count: int) -> Mrkdwn:
    """The heading of a list: the filters, and how many accounts fit; '' where the question only names accounts.

    Where none fits, it is the sentence that says so. To a question for yes or no, the answer comes first, and all that
    fit are counted. Raises NoAccount if none of the named accounts is found.
    """
    is_yes_no, say, count = query.form is Form.YES_NO, context.words.say, len(scope.rows)
    if query.of and not asks_of_accounts(query):
        if not scope.rows:
            raise NoAccount
        return Mrkdwn("")
    if not count:
        none = _none_said(context, query)
        lowered = Mrkdwn(none[:1].lower() + none[1:])
        return say("fields.answered", is_yes=False, said=lowered, days="") if is_yes_no else none
    filters_text, by_status = filters_as_words(context, query, "fields", "per"), _statuses(query, scope.rows)
    label = say(
        "fields.list_label",
        said=filters_text,
        count=count,
        by_status=by_status,
        shown=count if is_yes_no else shown_count,
    )
    return say("fields.answered", is_yes=True, said=Mrkdwn(f"{label}."), days="") if is_yes_no else label


def _none_said(context: QuestionContext, query: Query) -> Mrkdwn:
    """The sentence that no account fits: `No account is without an owner`."""
    names = list(names_in(context, query).values())
    owner = query.owners[0] if len(query.owners) == 1 and not names else ""
    # the sentence says the names and the one owner itself
    filters_text = filters_as_words(context, query, "fields", "per", "by", "of", *(("owners",) if owner else ()))
    is_own = owner == context.asker.user_id
    return context.words.say("fields.no_account", said=filters_text, owner=owner, is_own=is_own, names=names)


def _statuses(query: Query, rows: Sequence[Account]) -> tuple[tuple[str, int], ...]:
    """The number of accounts by status, most first; empty where all have the one status that readers expect."""
    counted = Counter(row.list_status for row in rows)
    expected = {ListStatus.NAMED, *query.statuses} if len(query.statuses) < 2 else {ListStatus.NAMED}
    return () if len(counted) < 2 and set(counted) <= expected else tuple(counted.most_common())


def _fact_shown(query: Query) -> str:
    """The code of the fact that each line shows, '' where it shows the state of the account.

    It is the first of: what they are ordered by, what they have, what they lack, the fields asked for, the value.
    """
    # the line of an account shows its owner already
    had = query.having[:1] if query.having[:1] != (Having.OWNER,) else ()
    lacked = [each for each in query.without if each not in SAYS_ENOUGH]
    of_value = (Field.VALUE,) if query.least_cents or query.most_cents else ()
    candidates = (*((query.by,) if query.by else ()), *had, *lacked, *query.fields, *of_value)
    return code_of(candidates[0]) if candidates else ""


def _in_order(query: Query, loaded: Loaded) -> tuple[AgendaItem, ...]:
    """The accounts by the fact `query.by`, less those without it; else as the question names them, or by trouble."""
    if query.by is None:
        return loaded.items if query.of else tuple(sorted(loaded.items, key=by_trouble))
    ranks = ((rank_of(code_of(query.by), loaded, item), item) for item in loaded.items)
    valued = [(rank, item) for rank, item in ranks if rank is not None]
    return tuple(item for _, item in sorted(valued, key=lambda pair: pair[0], reverse=not query.is_lowest))


def _list_notes(
    context: QuestionContext, query: Query, scope: Scope, ordered: Sequence[AgendaItem]
) -> Iterator[Mrkdwn]:
    """The small print: accounts that are stalled too, lack the value sorted by, differ in currency, or are cut off."""
    say = context.words.say
    yield from notes_of(context, query)
    if scope.also_stalled:
        yield say("fields.also_stalled", names=scope.also_stalled)
    if query.by and len(ordered) < len(scope.rows):
        missing = say("fields.missing", field=code_of(query.by))
        yield say("fields.no_value", count=len(scope.rows) - len(ordered), missing=missing)
    if query.by in AMOUNTS:
        profiles = [item.facts.account.profile for item in ordered]
        if len({each.currency for each in profiles if each.value_cents is not None}) > 1:
            yield say("fields.not_converted")
    # cut off by the length of an answer, not since a later part or fewer were asked for
    if len(ordered) > LONGEST and not query.skip and not 0 < query.limit <= LONGEST:
        yield say("fields.too_many", shown=LONGEST, count=len(ordered))


# The card of one account in a few lines, and of several a line each.


def card(context: QuestionContext, query: Query) -> Found:
    """Return how the account does; of several, and of those that fit a filter, a line for each.

    A card is always as of today; where days are asked about, a note says how to ask about them.
    """
    if len(query.of) != 1:
        return listing(context, query)
    found = full_card(context.session, context.workspace_id, query.of[0], now=context.now, zone=context.zone)
    days, name = period_of(context, query), found.item.facts.account.name
    page = asked_card(
        found.item,
        context.words,
        next_review_at=found.next_review_at,
        last_events=found.last_events,
        can_act=context.can_act,
        note=context.words.say("fields.card_of_today", days=days, name=name) if days else "",
        away=found.away,
    )
    return Found(page, query.of, tuple(line.event.id for line in found.last_events[:LAST_EVENTS]))


# Accounts side by side, or groups of them: which is ahead first, then the facts in a table.

MOST = 4
"""Columns of a comparison that a phone still shows. Ours."""

WHOLE = ("tier", "stage", "state", "owner", "value", "pipeline", "close_date", "last_touch", "next_action")
"""The facts that are compared where none is asked for."""

EARLIEST = ("close_date", "next_review", "named_on")
"""Days of which the earliest is ahead."""

NOTHING_TO_COMPARE = "Name two accounts to compare, or two tiers, owners or segments."

COUNTED: Mapping[str, Callable[[AgendaItem], bool]] = {
    "needs_intervention": lambda item: item.placement.bucket is Bucket.NEEDS_INTERVENTION,
    "stalled": lambda item: item.placement.bucket is Bucket.STALLED,
    "advanced": lambda item: item.placement.bucket in (Bucket.ADVANCED, Bucket.EXPANDED),
    "without_next": lambda item: not item.facts.account.open_actions,
}
"""The numbers of named accounts that are compared."""

Groups = Sequence[Sequence[AgendaItem]]
Sums = tuple[tuple[str, int], ...]
Worth = Mapping[int, Sequence[tuple[str, int]]]
"""Amounts as (currency, cents) by account; an account without any is not there."""


def compare(context: QuestionContext, query: Query) -> Found:
    """Return named accounts or the groups of a filter side by side. Raises NotUnderstood where there is only one."""
    if len(query.of) > 1:
        return _accounts_compared(context, query)
    of_several = ("owners", "tiers", "segments", "stages", "statuses", "states")
    grouped = next((name for name in of_several if len(getattr(query, name)) > 1), "")
    if not grouped:
        raise NotUnderstood(NOTHING_TO_COMPARE)
    return _groups_compared(context, query, grouped)


def _groups_compared(context: QuestionContext, query: Query, grouped: str) -> Found:
    """A page with the groups that the values of the filter `grouped` make: a sum of each first, then a table."""
    scope, words = fitting(context, query), context.words
    names, groups = _grouped(context, query, grouped, load(context, scope, ()).items)
    sums: dict[Field, list[Sums]] = {}
    for field in (Field.VALUE, Field.PIPELINE):
        worth = _worth(context, field, scope)
        sums[field] = [_sum_of((item.facts.account.account_id for item in group), worth)[0] for group in groups]
    # the first line has one sum of each group: its value, or its open deals where nothing else is asked for
    summed = Field.PIPELINE if query.fields and {*query.fields} <= {Field.PIPELINE, Field.AMOUNT} else Field.VALUE
    first = words.say("fields.group_label", groups=list(zip(names, map(len, groups), sums[summed], strict=True)))
    rows = _rows_of_groups(words, query, groups, sums)
    # only amounts can be summed for a group
    not_compared = tuple(each for each in query.fields if each not in AMOUNTS)
    unused = part_said(context, replace(query, fields=not_compared), "fields")
    notes = [*notes_of(context, query), *([words.say("fields.not_used", said=unused)] if not_compared else ())]
    people = names_of(context.session, context.workspace_id, [each for each in query.owners if each])
    return Found(compared_page(first, [read(name, people) for name in names], rows, words, people=people, notes=notes))


def _grouped(
    context: QuestionContext, query: Query, grouped: str, items: Sequence[AgendaItem]
) -> tuple[list[Mrkdwn], Groups]:
    """The names of the groups, and the accounts of each; one with an owner and a partner may be in two."""
    filters: list[dict[str, Any]] = [{grouped: (value,)} for value in getattr(query, grouped)[:MOST]]
    queries = [replace(query, **each) for each in filters]
    labels = [part_said(context, each, grouped) for each in queries]
    names = [Mrkdwn(each[:1].upper() + each[1:]) for each in labels]
    return names, [[item for item in items if fits_part(each, grouped, item)] for each in queries]


def _rows_of_groups(words: Words, query: Query, groups: Groups, sums: Mapping[Field, Sequence[Sums]]) -> list[Row]:
    """How many accounts, then the numbers `COUNTED` and both sums; only the sums asked for where nothing else is."""
    sizes: Row = ("accounts", [str(len(group)) for group in groups])
    amounts: dict[Field, Row] = {
        field: (field.value, [words.say("fields.sums_said", sums=each) for each in sums[field]]) for field in sums
    }
    if query.fields and all(each in amounts for each in query.fields):
        return [sizes, *(amounts[each] for each in query.fields)]
    named = [[item for item in group if item.facts.account.list_status is ListStatus.NAMED] for group in groups]
    counted = ((code, [str(sum(map(is_one, group))) for group in named]) for code, is_one in COUNTED.items())
    return [sizes, *counted, *amounts.values()]


def _accounts_compared(context: QuestionContext, query: Query) -> Found:
    """A page with up to four named accounts side by side: which is ahead, then a table of the facts asked for."""
    codes = tuple(code_of(each) for each in query.fields) or WHOLE
    # accounts that are named are compared whether they fit the rest of the question or not
    scope = fitting(context, Query(query.subject, query.form, of=query.of))
    # without a field asked for, value or stage decides which account is ahead, also where the table lacks them
    loaded = load(context, scope, (*codes, "value", "stage"), of=query.of)
    items = loaded.items[:MOST]
    if len(items) < 2:
        raise NotUnderstood(NOTHING_TO_COMPARE)
    opens = [(item.facts.account.account_id, item.facts.account.name) for item in items]
    page = compared_page(
        _ahead(loaded, items, query),
        [context.words.raw("fields.name", account=item.facts.account) for item in items],
        [(code, [_cell(loaded, item, code) for item in items]) for code in codes],
        context.words,
        people=_people(context, items),
        opens=opens if context.can_act else (),
        notes=list(notes_of(context, query)),
    )
    return Found(page, tuple(account_id for account_id, _ in opens))


def _ahead(loaded: Loaded, items: Sequence[AgendaItem], query: Query) -> Mrkdwn:
    """Which account is ahead by the field asked for; without one by value, and where that is not known by stage.

    If the accounts are equal, that is said; if they cannot be compared by the field, what each has.
    """
    words, code = loaded.context.words, code_of(query.fields[0]) if query.fields else "value"
    ranks = [rank_of(code, loaded, item) for item in items]
    # amounts of two currencies are not compared
    is_mixed = code in ("value", "pipeline") and _currencies(items) > 1
    if not query.fields and (None in ranks or is_mixed):
        code, is_mixed = "stage", False
        ranks = [rank_of(code, loaded, item) for item in items]
    valued = [(rank, item) for rank, item in zip(ranks, items, strict=True) if rank is not None]
    if len(valued) < len(items) or is_mixed:
        lines = [fact_line(item, fact_of(code, loaded, item), words, Telling.BRIEF) for item in items]
        return Mrkdwn(" · ".join(lines))
    is_lowest = query.is_lowest or code in EARLIEST
    ordered = [item for _, item in sorted(valued, key=lambda pair: pair[0], reverse=not is_lowest)]
    cells = [_cell(loaded, item, code) for item in ordered]
    if len(set(ranks)) == 1:
        return words.say("fields.equal", said=list(dict.fromkeys(cells)))
    name = ordered[0].facts.account.name
    return words.say("fields.ahead", code=code, is_lowest=is_lowest, name=name, said=cells[0], others=cells[1:])


def _currencies(items: Sequence[AgendaItem]) -> int:
    """How many currencies the values and deals of these accounts have."""
    of_values = {item.facts.account.profile.currency for item in items}
    deals = (deal.profile for item in items for deal in item.facts.account.open_deals)
    return len((of_values | {deal.currency for deal in deals}) - {""})


def _cell(loaded: Loaded, item: AgendaItem, code: str) -> Mrkdwn:
    return fact_line(item, fact_of(code, loaded, item), loaded.context.words, Telling.CELL)


def _people(context: QuestionContext, items: Sequence[AgendaItem]) -> Mapping[str, str]:
    """The names of everybody whom the facts of these accounts mention."""
    accounts = [item.facts.account for item in items]
    profiles = [each.profile for each in accounts]
    ids = {each for one in profiles for each in (one.owner, one.marketing_partner, one.our_executive) if each}
    ids |= {action.owner for each in accounts for action in each.open_actions[:1]}
    ids |= {blocker.owner for each in accounts for blocker in each.open_blockers if blocker.owner}
    return names_of(context.session, context.workspace_id, ids)


# Numbers of accounts and sums of their values, whole or split by a property.

FEW_NAMES = 5
"""Accounts that a count names."""


def count(context: QuestionContext, query: Query) -> Found:
    """Return how many accounts fit, the number first; which ones where they are few, or how many of each group."""
    scope, say = fitting(context, query), context.words.say
    rows, is_few = scope.rows, len(scope.rows) <= FEW_NAMES and query.per is None
    label = _none_said(context, query)
    if rows:
        filters_text, by_status = filters_as_words(context, query, "fields", "by"), _statuses(query, rows)
        names, is_split = [row.name for row in rows] if is_few else [], query.per is not None
        counted = say("fields.list_label", said=filters_text, count=len(rows), by_status=by_status, shown=len(rows))
        label = say("fields.count_label", counted=counted, names=names, is_split=is_split)
    lines = [(group, str(len(accounts))) for group, accounts in _parts(context, query, scope)]
    also = [say("fields.also_stalled", names=scope.also_stalled)] if scope.also_stalled else []
    return Found(_number_page(context, query, label, lines, notes=also), scope.ids if is_few else ())


def total(context: QuestionContext, query: Query) -> Found:
    """Return what the accounts that fit are worth, or their open deals, by currency; whole and of each group.

    Raises NotUnderstood for fields that are no amounts.
    """
    field = query.fields[0] if query.fields else Field.VALUE
    if field not in AMOUNTS:
        raise NotUnderstood("Only the values and the open deals of accounts can be summed.")
    scope, say = fitting(context, query), context.words.say
    worth = _worth(context, field, scope)
    sums, unknown = _sum_of(scope.ids, worth)
    label = say(
        "fields.total",
        sums=sums,
        what="value" if field is Field.VALUE else "open deals",
        noun="account" if query.of or query.statuses else "named account",
        said=filters_as_words(context, query, "fields", "by"),
        count=len(scope.rows),
        unknown=unknown,
        is_split=query.per is not None,
    )
    lines = []
    for group, accounts in _parts(context, query, scope):
        group_sums, without = _sum_of((each.id for each in accounts), worth)
        lines.append((group, say("fields.part_total", sums=group_sums, count=len(accounts), unknown=without)))
    return Found(_number_page(context, query, label, lines), scope.ids if len(scope.rows) <= FEW_NAMES else ())


def _worth(context: QuestionContext, field: Field, scope: Scope) -> Worth:
    """The values of the accounts, or the amounts of their open deals, by account id."""
    if field is Field.VALUE:
        return {row.row_id: [(row.currency, row.value_cents)] for row in scope.rows if row.value_cents is not None}
    amounts: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for deal in deals.of_accounts(context.session, scope.ids):
        if deal.phase not in ("won", "lost") and deal.amount_cents is not None:
            amounts[deal.account_id].append((deal.currency, deal.amount_cents))
    return amounts


def _sum_of(ids: Iterable[int], worth: Worth) -> tuple[Sums, int]:
    """The sum in each currency, the largest first, and the number of accounts without an amount."""
    sums: Counter[str] = Counter()
    unknown = 0
    for account_id in ids:
        unknown += account_id not in worth
        for currency, cents in worth.get(account_id, ()):
            sums[currency] += cents
    return tuple(sums.most_common()), unknown


def _parts(context: QuestionContext, query: Query, scope: Scope) -> Sequence[tuple[Hashable, Sequence[FoundItem]]]:
    """The accounts grouped by the property `query.per`, as (its value, accounts); empty without one."""
    found = [FoundItem(account, account, account.account_id) for account in map(account_found, scope.rows)]
    return parts_of(context, found, query.per, scope) if query.per else ()


def _number_page(
    context: QuestionContext,
    query: Query,
    label: Mrkdwn,
    lines: Sequence[tuple[Hashable, str]],
    *,
    notes: Sequence[Mrkdwn] = (),
) -> Page:
    """A page with the number in a sentence, `label`, then a line for each group: its value and what to say of it."""
    rows = tuple(context.words.say("fields.split", per=query.per, value=group, said=text) for group, text in lines)
    small = [Note(note) for note in (*notes, *notes_of(context, query))]
    return Page(read(label), (Text(label), *((Rows(rows),) if rows else ()), *small), key="answer")


# The answer that shows facts of accounts: each account in a line, its further facts below the first.

ItemFacts = tuple[AgendaItem, Sequence[FieldFact]]
"""An account with the facts to show of it, the one asked for first."""


def _facts_page(
    context: QuestionContext, query: Query, found: Sequence[ItemFacts], telling: Telling, *, premise: Mrkdwn | str = ""
) -> Found:
    """A page with the facts of the accounts, in the style `telling`, of more than `FEW` in brief.

    It has a heading except over a few named accounts. `premise` are words of the question that are not true, said
    before the facts. Raises NoAccount if none of the named
    accounts is found.
    """
    if query.of and not found:
        raise NoAccount
    is_few = len(found) <= FEW
    shown = found[: min(query.limit or LONGEST, LONGEST)]
    line_telling = telling if is_few else Telling.BRIEF
    lines = [(item, _lines_of(context, item, facts, line_telling, premise=premise)) for item, facts in shown]
    label = Mrkdwn("")
    if not (is_few and found and query.of):
        filters_text = filters_as_words(context, query, "fields", "of")
        label = context.words.say(
            "fields.list_label", said=filters_text, count=len(found), by_status=(), shown=len(shown)
        )
    page = answer_page(label, lines, context.words, reader=_reader(context), notes=list(notes_of(context, query)))
    sources = (fact.source.id for _, facts in shown for fact in facts if fact.source)
    accounts = [item.facts.account for item, _ in shown]
    owner = accounts[0].profile.owner or "" if len(query.of) == len(accounts) == 1 else None
    return Found(page, tuple(each.account_id for each in accounts), tuple(dict.fromkeys(sources)), owner)


def _lines_of(
    context: QuestionContext,
    item: AgendaItem,
    facts: Sequence[FieldFact],
    telling: Telling,
    *,
    premise: Mrkdwn | str = "",
) -> Mrkdwn:
    """The facts of one account: the first after its name, the others in lines of their own, or beside it."""
    words, (first, *others) = context.words, facts
    if premise:
        # the question is about a state that the account is not in, so how long it is in its own does not matter
        first = replace(first, since=None) if first.code in ("state", "stalled") else first
        fact = fact_line(item, first, words, Telling.FACT, with_name=False)
        lines = [words.say("fields.premise", label=label_of(item, words), wanted=premise, said=fact)]
    else:
        lines = [fact_line(item, first, words, telling)]
    others_telling = Telling.BRIEF if telling is Telling.BRIEF else Telling.FACT
    lines += [fact_line(item, fact, words, others_telling, with_name=False) for fact in others]
    return Mrkdwn((" · " if telling is Telling.BRIEF else "\n• ").join(lines))


# Yes or no about accounts, with the fact that says so.


def yes_or_no(context: QuestionContext, query: Query) -> Found:
    """Return for each named account yes or no with the fact that shows it; without a name whether any fits, and which.

    A no begins with the words of the question that are not true. Raises NoAccount if no named account is found.
    """
    if not query.of:
        return listing(context, query)
    codes = [code for name, code in OF_THE_LIST.items() if getattr(query, name)]
    codes += ["value"] if query.least_cents or query.most_cents else []
    codes += [code_of(each) for each in (*query.having, *query.without)]
    codes = list(dict.fromkeys(codes)) or [code_of(each) for each in query.fields or (Field.STATE,)]
    # accounts that do not fit the rest of the question are loaded too: the answer about them is no
    loaded = load(context, fitting(context, Query(query.subject, query.form, of=query.of)), codes, of=query.of)
    if not loaded.items:
        raise NoAccount
    found = [(item, [fact_asked(query, code, loaded, item) for code in codes]) for item in loaded.items]
    if not asks_of_accounts(query):
        return _facts_page(context, query, found, Telling.FACT)
    # the filters of the list are compared one by one below, so that a no can name those that are untrue
    no_list_filters: dict[str, Any] = dict.fromkeys(OF_THE_LIST, ())
    fitting_other_filters = fitting(context, replace(query, **no_list_filters)).ids
    days = period_of(context, query) if query.having or query.without else ""
    lines = []
    for item, facts in found:
        untrue = [name for name in OF_THE_LIST if getattr(query, name) and not fits_part(query, name, item)]
        unmet = Mrkdwn(", ".join(part_said(context, query, name) for name in untrue))
        line = _lines_of(context, item, facts, Telling.FACT, premise=unmet)
        is_yes = not untrue and item.facts.account.account_id in fitting_other_filters
        lines.append((item, context.words.say("fields.answered", is_yes=is_yes, said=line, days=days)))
    page = answer_page("", lines, context.words, reader=_reader(context), notes=list(notes_of(context, query)))
    return Found(page, tuple(item.facts.account.account_id for item in loaded.items))


# Fields of one or several accounts, or of those that fit a filter: the fact first, then who recorded it and when.


def fields(context: QuestionContext, query: Query) -> Found:
    """Return the fields asked for, of each account in the order of the question, else those in trouble first.

    If the question describes the accounts wrongly, say that instead: "the value of Osprey, tier 2" when it is tier 1.
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
    loaded = load(context, scope, codes, of=query.of)
    items = loaded.items if query.of else _in_order(query, loaded)
    found = [(item, [fact_of(code, loaded, item) for code in codes]) for item in items]
    return _facts_page(context, query, found, Telling.FACT)


# Why, when and who: what a question presupposes of accounts, with its reason, its day or its author first.

SHOWN_BY: Mapping[ReasonCode, str] = {
    **dict.fromkeys((ReasonCode.STALLED_TWICE, ReasonCode.FAR_OVER_QUIET, ReasonCode.STALLED_QUIET), "last_touch"),
    **dict.fromkeys((ReasonCode.FAR_OVER_AGED, ReasonCode.NO_EVIDENCE, ReasonCode.STALLED_AGED), "stage"),
    **dict.fromkeys((ReasonCode.CLOSE_DATE_PAST, ReasonCode.CLOSE_DATE_PUSHED, ReasonCode.CLOSES_SOON), "close_date"),
    **dict.fromkeys((ReasonCode.BLOCKER_NEEDS_EXECUTIVE, ReasonCode.BLOCKER_OLD), "blocker"),
    ReasonCode.REGRESSED: "last_movement",
    ReasonCode.ACTION_OVERDUE: "overdue_action",
    ReasonCode.ASK_OVERDUE: "ask",
    ReasonCode.ENGAGEMENT_FELL: "engagement",
    ReasonCode.NOT_REVIEWED: "last_review",
}
"""The fact that shows a reason, with its author and date; the others show themselves."""

SHOWN_BY_BUCKET = {Bucket.NEW: "named_on", Bucket.ADVANCED: "last_movement", Bucket.EXPANDED: "last_movement"}

MOST_SHOWN = 2

DEFAULTS: Mapping[Telling, str] = {Telling.WHY: "state", Telling.WHEN: "last_update", Telling.WHO: "owner"}


def _codes_asked(query: Query, telling: Telling) -> tuple[str, ...]:
    """The codes of the facts that the question is about, the first one first."""
    if query.fields:
        return tuple(code_of(each) for each in query.fields)
    if query.statuses:
        named = ("named_on", "justification") if telling is Telling.WHY else ("named_on",)
        return named if set(query.statuses) <= {ListStatus.NAMED} else ("status",)
    if query.states:
        return ("stage",) if set(query.states) <= {AccountStanding.CLAIMED} else ("state",)
    found = [OF_THE_LIST[name] for name in ("tiers", "stages", "owners", "segments") if getattr(query, name)]
    found += [code_of(each) for each in (*query.having, *query.without)]
    # an owner alone, without a named account, only filters the accounts: the question is about the default fact
    return tuple(found) if found and (query.of or found != ["owner"]) else (DEFAULTS[telling],)


def _explained(context: QuestionContext, query: Query, *, telling: Telling) -> Found:
    """Answer why (the reasons), when (since when) or who (owner or author), as `telling` says, for what is asked."""
    codes = _codes_asked(query, telling)
    # accounts that are named are answered about whether they fit the rest or not: the premise says which do not
    scope = fitting(context, Query(query.subject, query.form, of=query.of) if query.of else query)
    # the facts that can explain a state are loaded with the rest
    explaining = (*SHOWN_BY.values(), *SHOWN_BY_BUCKET.values()) if "state" in codes else ()
    loaded = load(context, scope, (*codes, "status", *explaining), of=query.of)
    items = loaded.items if query.of else _in_order(query, loaded)
    found = [(item, _facts_to_show(query, codes, loaded, item, telling=telling)) for item in items]
    # a state has no author: it follows from what people recorded
    telling = Telling.WHY if telling is Telling.WHO and codes[0] == "state" else telling
    return _facts_page(context, query, found, telling, premise=_premise(context, query, found))


def _facts_to_show(
    query: Query, codes: Sequence[str], loaded: Loaded, item: AgendaItem, *, telling: Telling
) -> list[FieldFact]:
    """The facts asked for of one account, followed by those that explain them."""
    found = [_earlier(query, code, loaded, item) or fact_asked(query, code, loaded, item) for code in codes]
    for index, fact in enumerate(found):
        if fact.code in ("state", "stalled") and telling is Telling.WHEN:
            found[index] = replace(fact, since=state_since(item))
        elif fact.code == "state" and len(loaded.items) == 1:
            # asked why, all reasons that a message holds
            found[index] = replace(fact, code="state_why")
    first = found[0]
    if telling is not Telling.WHEN and first.code in ("state", "state_why", "stalled"):
        found += [fact_of(code, loaded, item) for code in _codes_behind_state(item, first.code)]
    if first.code == "proposal" and first.value is None:
        found.append(fact_of("status", loaded, item))
    why = found[-1].value
    # the justification may be no more than the reason of the naming, which is said already
    says_the_same = isinstance(why, Justification) and not (why.why_now or why.motion)
    if len(found) > 1 and says_the_same and isinstance(why, Justification) and why.why_account in ("", first.because):
        return found[:1]
    return found


def _earlier(query: Query, code: str, loaded: Loaded, item: AgendaItem) -> FieldFact | None:
    """The fact of the stage, tier or status asked for that the account had before; None if it has it or never did."""
    account = item.facts.account
    account_events = loaded.events.get(account.account_id, ())
    value: object = None
    match code:
        case "stage" if query.stages and account.stage not in query.stages:
            event = next((e for stage in query.stages if (e := history.stage_event(account_events, stage))), None)
            value = event.change.to_stage if event and isinstance(event.change, Moved) else None
        case "tier" if query.tiers and account.tier not in query.tiers:
            event = history.event_that_gave(account_events, history.tier_after, *query.tiers)
            value = event.change.tier if event and isinstance(event.change, ListChanged) else None
        case "status" if query.statuses and account.list_status not in query.statuses:
            event = history.event_that_gave(account_events, history.status_after, *query.statuses)
            value = event.change.status if event and isinstance(event.change, ListChanged) else None
        case _:
            return None
    if event is None or value is None:
        return None
    return replace(fact_since(f"earlier_{code}", value, event.happened_at, event), is_moment=True)


def _codes_behind_state(item: AgendaItem, code: str) -> tuple[str, ...]:
    """The codes of the facts that show why the account is in its state, at most two of its reasons.

    Without a reason, the fact by which its bucket or its claimed stage came about; of a stall, one for each cause.
    """
    if code == "stalled":
        kinds = [cause.kind for cause in item.placement.stall.causes]
        return tuple("last_touch" if kind is StallKind.QUIET else "stage" for kind in kinds)
    found = [SHOWN_BY[code] for code, _, _ in item.placement.reasons if code in SHOWN_BY]
    if not item.placement.reasons:
        claimed = "stage" if item.facts.account.claimed_from else ""
        found = [each for each in [SHOWN_BY_BUCKET.get(item.placement.bucket, claimed)] if each]
    return tuple(dict.fromkeys(found))[:MOST_SHOWN]


def _premise(context: QuestionContext, query: Query, found: Sequence[ItemFacts]) -> Mrkdwn | str:
    """The words of the question that are not true of the one account it names, and never were; else ''.

    A paused account is on the list too, so a question about named accounts is right about it.
    """
    if len(found) != 1 or not query.of:
        return ""
    item, facts = found[0]
    if any(fact.code.startswith("earlier_") for fact in facts):
        return ""
    for name in OF_THE_LIST:
        is_listed = name == "statuses" and {*query.statuses} == {ListStatus.NAMED}
        is_true = is_listed and item.facts.account.list_status.is_on_list
        if getattr(query, name) and not (is_true or fits_part(query, name, item)):
            return part_said(context, query, name)
    return ""


FORMS: Forms = {
    Form.CARD: card,
    Form.FIELD: fields,
    Form.LIST: listing,
    Form.COUNT: count,
    Form.SUM: total,
    Form.COMPARE: compare,
    Form.YES_NO: yes_or_no,
    Form.WHY: partial(_explained, telling=Telling.WHY),
    Form.WHEN: partial(_explained, telling=Telling.WHEN),
    Form.WHO: partial(_explained, telling=Telling.WHO),
}
