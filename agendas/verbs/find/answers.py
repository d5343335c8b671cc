"""Answers about things of accounts, in each form: a list, a number, a sum, yes or no, when, who, why, compared."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from agendas.facts.account import Blocker, Decision, NextAction
from agendas.facts.answered_items import AccountStanding, FoundItem
from agendas.facts.deals import Opportunity
from agendas.facts.group import Contact
from agendas.facts.plays import PlayRun
from agendas.facts.query import Field, Form, Having, Per, Progress, Query, Subject, Way
from agendas.facts.reviews import AgendaItem
from agendas.pages import matches
from agendas.pages.matches import MOST_SHOWN, DealSums, ItemKind, ItemsAsked
from agendas.pages.open_items import LINES
from agendas.pages.said_back import said_back
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Note, Page
from agendas.rendering.page import sentence_page as notice_said
from agendas.rendering.words import Words, spoken
from agendas.rules.access import NOBODY_LEADS
from agendas.verbs.find import things
from agendas.verbs.find.account_facts import names_in
from agendas.verbs.find.accounts import Forms, Found, QuestionContext, back_of
from agendas.verbs.find.things import LEFT_TOO, MOST_ENTRIES, Sought, find, found_for, sought
from agendas.verbs.loading import askable_leads, settings_of
from agendas.verbs.reads import place_rows
from agendas.verbs.review_reads import functions_of
from storage import accounts
from storage.find import MOST_READ as ITEMS_MOST_READ

# Order, numbers by part, and sums of things of accounts.


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


Parts = list[tuple[Mrkdwn, list[FoundItem]]]
"""Things by a property of theirs, each part with its label."""


def parts_of(context: QuestionContext, found: Sequence[FoundItem], per: Per) -> Parts:
    """Return the things part by part, tiers in their order, others the largest part first."""
    read = _reader(context, found, per)
    parts: dict[Hashable, list[FoundItem]] = defaultdict(list)
    for each in found:
        parts[read(each)].append(each)
    chosen = sorted(parts.items(), key=lambda pair: _place(per, pair[0], len(pair[1])))
    return [(context.words.say("items.part", per=per, value=value), some) for value, some in chosen]


def whole_sum(found: Iterable[FoundItem]) -> DealSums:
    """Return the sums of deals by currency, the largest first, and the number of those without an amount."""
    amounts: Counter[str] = Counter()
    unknown = 0
    for each in found:
        cents = _amount(each)
        if cents is None:
            unknown += 1
        elif isinstance(each.thing, Opportunity):
            amounts[each.thing.profile.currency] += cents
    return DealSums(tuple(amounts.most_common()), unknown)


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


# The words in which the answer to a query about things says back what was asked.

SHOWN_BY_A_LINE = ("about", "whose", "needs", "period", "progress", "decisions", "statuses", "tiers", "by", "limit")
"""Filters that a single line shows by itself, as it says the words, the person, the day."""

SAID_BY_NOUN = ("of", "which", "roles", "signals", "ways", "is_overdue")
"""Filters that the noun of the heading says, or the names beside it."""


def asked_of(asked: Sought, found: Sequence[FoundItem]) -> ItemsAsked:
    """Return the question as its answer says it; `found` are all things that were found."""
    context, query = asked.context, asked.query
    names = _names(asked)
    reader = back_of(context, query, dict(enumerate(names)))
    kind = kind_of(query)
    is_said = is_open(query) or kind is ItemKind.LEFT
    but = {*SAID_BY_NOUN, *(("without",) if is_missing(query) else ()), *(("progress",) if is_said else ())}
    order = _order(asked)
    but |= ({"by", "limit"} if order else set()) | ({"per"} if not found else set())
    return ItemsAsked(
        kind=kind,
        now=context.now,
        zone=context.zone,
        today=context.today,
        state=_state(query),
        order=order,
        said=said_back(query, reader, but=but),
        beyond=said_back(query, reader, but={*but, *SHOWN_BY_A_LINE}),
        names=names,
        accounts=len({each.account.account_id for each in found}),
        is_named=len(query.of) != 1,
        is_one_person=len(query.whose) == 1 and query.subject in (Subject.ACTIONS, Subject.ASKS),
        is_capped=len(found) >= (MOST_ENTRIES if query.subject in LEFT_TOO else ITEMS_MOST_READ),
        can_act=context.can_act,
        goes_on=_is_all_own(asked),
        reader=context.asker if context.can_act else None,
        leads=askable_leads(context.session, context.workspace_id) if kind is ItemKind.BLOCKERS else NOBODY_LEADS,
    )


def kind_of(query: Query) -> ItemKind:
    """Return the kind of the things that are shown."""
    if is_missing(query):
        return ItemKind.MISSING
    if query.subject is Subject.PEOPLE and Progress.LOST in query.progress:
        return ItemKind.LEFT
    if query.subject is Subject.MOVEMENT and query.ways == (Way.CLAIMED,) and not things.is_of_steps(query):
        return ItemKind.CLAIMS
    return ItemKind(query.subject.value)


def is_missing(query: Query) -> bool:
    """Return true for the roles that are missing."""
    return query.subject is Subject.PEOPLE and Having.ROLE in query.without


def is_open(query: Query) -> bool:
    """Return true where things that are open are asked for."""
    return not query.progress or query.progress == (Progress.OPEN,)


def _state(query: Query) -> str:
    """The word before the noun, or in its place."""
    match query.subject:
        case Subject.ACTIONS | Subject.ASKS | Subject.DEALS if query.is_overdue:
            return "overdue"
        case Subject.ACTIONS | Subject.BLOCKERS | Subject.ASKS | Subject.DEALS if is_open(query):
            return "open"
        case Subject.PLAYS if is_open(query):
            return "running"
        case Subject.PEOPLE:
            return " or ".join(map(spoken, query.roles))
        case Subject.SIGNALS:
            return " or ".join(map(spoken, query.signals))
        case Subject.MOVEMENT:
            return " or ".join(map(spoken, query.ways))
    return ""


def _order(asked: Sought) -> str:
    """The word for the first ones of an order, '' where the order or the number is said beside them."""
    query = asked.query
    if not (query.by and query.limit) or query.skip:
        return ""
    return asked.context.words.raw("said_back.superlative", by=query.by, is_lowest=query.is_lowest)


def _names(asked: Sought) -> tuple[str, ...]:
    """The names of the accounts in the question that the asker may see and that fit, in its order; all if none fits."""
    known = asked.scope.names if asked.scope else {}
    fitting = tuple(known[number] for number in asked.query.of if number in known)
    return fitting or tuple(names_in(asked.context, asked.query).values())


def _is_all_own(asked: Sought) -> bool:
    """True where exactly the asker's open actions are asked for: their list goes on page by page."""
    own = Query(Subject.ACTIONS, asked.query.form, whose=(asked.context.asker.user_id,))
    return asked.query == own


# Answers in each form.

WITH_SOURCES = (Subject.ACTIONS, Subject.BLOCKERS)
"""Subjects whose lines name the event that made them: the other things are events, or tell it themselves."""

WORK = (Subject.ACTIONS, Subject.BLOCKERS, Subject.ASKS)

NOT_EVENTS = (ItemKind.DEALS, ItemKind.SIGNALS, ItemKind.MISSING, ItemKind.CLAIMS)
"""Kinds of things whose numbers are not those of events."""


def list_forms(context: QuestionContext, query: Query) -> Found:
    """List the things; for accounts in the question that did not move, say so of each."""
    asked, found, shown = _found(context, query, MOST_SHOWN)
    if not found and (unmoved := _unmoved(asked)):
        shown = unmoved
        page = matches.placed_page(asked_of(asked, unmoved), unmoved, context.words)
        return _answer(page, shown, asked)
    said = asked_of(asked, found)
    if query.skip and not shown:
        return Found(notice_said(context.words.say("fields.no_more", count=len(found))))
    if said.goes_on and said.can_act:
        shown = shown[:LINES]
    page = matches.list_page(said, shown, context.words, total=_total(query, found))
    if note := _missing_note(asked, context.words):
        page = replace(page, items=(*page.items, note))
    return _answer(page, shown, asked)


def count(context: QuestionContext, query: Query) -> Found:
    """Say how many there are, or how many of each part."""
    asked = sought(context, query)
    found = find(asked)
    if query.per is not None:
        return _split(asked, found, parts_of(context, found, query.per))
    page = matches.count_page(asked_of(asked, found), context.words, total=_total(query, found))
    return Found(page, _accounts(found[:MOST_SHOWN]))


def sum_(context: QuestionContext, query: Query) -> Found:
    """Say what deals are worth together by currency, or those of each part."""
    asked = sought(context, query)
    found = find(asked)
    if query.per not in (None, Per.CURRENCY):
        return _split(asked, found, parts_of(context, found, query.per))
    page = matches.sum_page(asked_of(asked, found), whole_sum(found), context.words, total=len(found))
    return Found(page, _accounts(found))


def compare(context: QuestionContext, query: Query) -> Found:
    """Say how many each of the people, accounts or tiers in the question has, or what its deals are worth together."""
    whole = sought(context, query)
    everything = find(whole)
    if parts := _compared(context, query, everything):
        return _split(whole, everything, parts)
    return sum_(context, query) if query.subject is Subject.DEALS else count(context, query)


def _split(asked: Sought, found: Sequence[FoundItem], parts: Parts) -> Found:
    """The number of things of each part; of deals, but where their number is asked for, what they are worth."""
    said, words, total = asked_of(asked, found), asked.context.words, len(found)
    if asked.query.subject is Subject.DEALS and asked.query.form is not Form.COUNT:
        sums = [(label, whole_sum(some), len(some)) for label, some in parts]
        page = matches.sums_page(said, whole_sum(found), sums, words, total=total)
    else:
        page = matches.counts_page(said, [(label, len(some)) for label, some in parts], words, total=total)
    return Found(page, _accounts(found))


def _compared(context: QuestionContext, query: Query, everything: Sequence[FoundItem]) -> Parts:
    """The things of each value of the filter with several values, with its label; none without such a filter."""
    name = next((each for each in ("whose", "of", "tiers", "owners") if len(getattr(query, each)) > 1), "")
    names = {each.account.account_id: each.account.name for each in everything}
    parts: Parts = []
    for value in getattr(query, name) if name else ():
        narrowed: dict[str, Any] = {name: (value,)}
        label = matches.compared_label(name, value, names, context.words)
        parts.append((label, found_for(context, replace(query, **narrowed))))
    return parts


def yes_no(context: QuestionContext, query: Query) -> Found:
    """Say yes with what there is, or no; of what was to be done and is not, what is open."""
    asked, found, shown = _found(context, query, MOST_SHOWN)
    words = context.words
    if not found and (unmoved := _unmoved(asked)):
        return _answer(matches.no_page(asked_of(asked, unmoved), unmoved, words), unmoved, asked)
    said, total = asked_of(asked, found), _total(query, found)
    if query.subject is Subject.PEOPLE and not total and (others := shown or _others(context, query)):
        return _answer(matches.no_page(replace(said, is_named=True), others, words), others, asked)
    instead = _not_done(context, query) if not found else []
    page = matches.yes_no_page(said, shown, words, total=total, instead=instead)
    return _answer(page, shown or instead, asked)


def told(context: QuestionContext, query: Query) -> Found:
    """Say the day, the person or the reason first, in a line for each of the nearest things.

    Who has work of which nothing is named is how many of it each person has.
    """
    is_of_people = query.subject is Subject.PEOPLE
    if query.form is Form.WHO and query.subject in WORK and not (query.of or query.about):
        return count(context, replace(query, per=Per.OWNER))
    most = MOST_SHOWN if is_of_people and not query.about else matches.MOST_SENTENCES
    asked, found, shown = _found(context, or_over(context, query), most)
    said = asked_of(asked, found)
    said = replace(said, is_named=said.is_named or is_of_people or query.form is Form.WHY)
    page = matches.item_lines_page(said, shown, context.words, query.form, total=_total(query, found))
    return _answer(page, shown, asked)


def or_over(context: QuestionContext, query: Query) -> Query:
    """Return the query for what is over, where when, who or why is asked of work that is not open any more."""
    is_vague = query.subject in WORK and not query.progress and not query.is_overdue and (query.of or query.about)
    if not is_vague or found_for(context, query):
        return query
    over = replace(query, progress=(Progress.DONE,))
    return over if found_for(context, over) else query


def _found(
    context: QuestionContext, query: Query, most: int
) -> tuple[Sought, Sequence[FoundItem], Sequence[FoundItem]]:
    """The query, all that was found, and those that are shown, with what their lines need."""
    asked = sought(context, query)
    found = ordered(find(asked), query)
    shown: Sequence[FoundItem] = found[query.skip :][: query.limit or most][:most]
    if query.subject in WITH_SOURCES:
        shown = things.with_sources(context.session, shown)
    elif query.subject in (Subject.DECISIONS, Subject.LIST_CHANGES):
        shown = things.with_subjects(context.session, shown)
    return asked, found, shown


def _total(query: Query, found: Sequence[FoundItem]) -> int:
    """The number of things that are told: of people those who are there still, by role those confirmed in it."""
    if query.subject is Subject.PEOPLE and not is_missing(query):
        found = [each for each in found if isinstance(each.thing, Contact) and _counts(each.thing, query)]
    left = max(0, len(found) - query.skip)
    return min(left, query.limit) if query.limit else left


def _counts(person: Contact, query: Query) -> bool:
    is_confirmed = not query.roles or not set(person.profile.roles).isdisjoint(query.roles)
    has_left = person.profile.left_on is not None
    return has_left is (Progress.LOST in query.progress) and is_confirmed


def _others(context: QuestionContext, query: Query) -> list[FoundItem]:
    """The people of that name whatever their roles, where somebody was asked for by name and role."""
    if not (query.about and query.roles):
        return []
    return found_for(context, replace(query, roles=()))[: matches.MOST_SENTENCES]


def _answer(page: Page, shown: Sequence[FoundItem], asked: Sought) -> Found:
    is_events = kind_of(asked.query) not in NOT_EVENTS and not any(isinstance(each.thing, AgendaItem) for each in shown)
    rows = asked.scope.rows if asked.scope else ()
    owner = rows[0].owner or "" if len(asked.query.of) == len(rows) == 1 else None
    return Found(page, _accounts(shown), tuple(each.id for each in shown) if is_events else (), owner)


def _accounts(found: Sequence[FoundItem]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(each.account.account_id for each in found))


def _unmoved(asked: Sought) -> list[FoundItem]:
    """The accounts in the question as they stand since their last review, where movement since then was asked for."""
    query = asked.query
    if query.subject is not Subject.MOVEMENT or query.period is not None or not query.of or query.ways:
        return []
    return things.items_of(asked)


def _not_done(context: QuestionContext, query: Query) -> list[FoundItem]:
    """The open things that fit, where those that are over were asked for and there are none."""
    is_over = bool(query.progress) and Progress.OPEN not in query.progress
    if not is_over or query.subject is Subject.PEOPLE or not (query.about or query.of):
        return []
    found = found_for(context, replace(query, progress=(), period=None))[: matches.MOST_SENTENCES]
    if query.subject in WITH_SOURCES:
        return list(things.with_sources(context.session, found))
    return found


def _missing_note(asked: Sought, words: Words) -> Note | None:
    """The roles that are missing, below the people of one account."""
    query = asked.query
    narrowed = query.roles or query.about or query.without or query.progress
    if query.subject is not Subject.PEOPLE or len(query.of) != 1 or narrowed:
        return None
    found = things.missing_roles(asked)
    return Note(words.say("items.missing_note", found=found[0])) if found else None


FORMS: Forms = {
    Form.LIST: list_forms,
    Form.COUNT: count,
    Form.SUM: sum_,
    Form.YES_NO: yes_no,
    Form.COMPARE: compare,
    Form.WHEN: told,
    Form.WHO: told,
    Form.WHY: told,
}
