"""Answers about things of accounts, in each form: a list, a number, a sum, yes or no, when, who, why, compared."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from agendas.facts.account import Blocker, Decision, NextAction, Stage
from agendas.facts.answered_items import AccountStanding, FoundItem
from agendas.facts.deals import Opportunity
from agendas.facts.group import Contact
from agendas.facts.plays import PlayRun
from agendas.facts.query import Field, Form, Having, Per, Progress, Query, Subject, Way
from agendas.facts.reviews import AgendaItem
from agendas.pages import matches
from agendas.pages.matches import MOST_SENTENCES, MOST_SHOWN, ItemKind, ItemsAsked
from agendas.pages.open_items import LINES
from agendas.pages.said_back import said_back
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Note, Page, sentence_page
from agendas.rendering.words import spoken
from agendas.rules.deals import DealSum, sum_of
from agendas.verbs.find import things
from agendas.verbs.find.account_facts import names_in
from agendas.verbs.find.accounts import Forms, Found, QuestionContext, Scope, back_of, with_places
from agendas.verbs.find.things import LEFT_TOO, MOST_ENTRIES, Sought, find, found_for, sought
from agendas.verbs.reads import with_sources
from agendas.verbs.review_reads import functions_of
from storage import accounts
from storage.find import MOST_READ

# Order, numbers by part, and sums of things of accounts.

DAYS = (Field.DUE, Field.CLOSE_DATE)
AMOUNTS = (Field.AMOUNT, Field.VALUE, Field.PIPELINE)


def ordered(found: Sequence[FoundItem], query: Query) -> list[FoundItem]:
    """Return the things sorted by the field that the query asks for, those without a value last; else as they are.

    The highest comes first, by age the oldest; `is_lowest` turns every order round.
    """
    by = query.by
    if by is None or by not in (Field.AGE, *DAYS, *AMOUNTS):
        return list(found)[::-1] if query.is_lowest else list(found)
    known = [each for each in found if _value(each, by) is not None]
    # ages are compared by the day they began: the oldest is the smallest
    known.sort(key=lambda each: _value(each, by), reverse=query.is_lowest is (by is Field.AGE))
    return [*known, *(each for each in found if _value(each, by) is None)]


def _value(found: FoundItem, by: Field) -> Any:
    """What a thing is ordered by: when it began, when it is due, or its amount; None where it has none."""
    match found.thing:
        case Opportunity(profile=profile) if by in AMOUNTS:
            return profile.amount_cents
        case Opportunity(profile=profile) if by in DAYS:
            return profile.closes_on
        case NextAction(due_on=on) | Decision(due_on=on) | PlayRun(outcome_due_on=on) if by in DAYS:
            return on
        case Blocker(opened_at=at) | NextAction(added_at=at) | Decision(decided_at=at) if by is Field.AGE:
            return at
        case Opportunity(opened_at=at) | PlayRun(started_at=at) if by is Field.AGE:
            return at
    return None


RANKS: Mapping[Per, Mapping[Hashable, int]] = {
    Per.STAGE: {stage: stage.rank for stage in Stage},
    Per.STATE: {state.value: rank for rank, state in enumerate(AccountStanding)},
}


def parts_of(
    context: QuestionContext, found: Sequence[FoundItem], per: Per, scope: Scope | None
) -> list[tuple[Hashable, Sequence[FoundItem]]]:
    """Return the things part by part, what has none last: tiers, stages and states in their order, else the largest.

    Accounts whose places the scope has are not placed again for their states.
    """
    value_by_id: Mapping[Any, str] = {}
    if per is Per.FUNCTION:
        value_by_id = functions_of(context.session, context.workspace_id)
    elif per is Per.STATE:
        value_by_id = _states(context, found, scope.items if scope else {})
    parts: dict[Any, list[FoundItem]] = defaultdict(list)
    for each in found:
        parts[_part(each, per, value_by_id)].append(each)

    def sort_key(value: Any) -> tuple[Any, ...]:
        """Parts with a value first, by tier or rank; others all have one rank and come by size, then by name."""
        rank = value if isinstance(value, int) else RANKS.get(per, {}).get(value, len(Stage) + len(AccountStanding))
        return (value in (None, ""), rank, -len(parts[value]), str(value))

    return [(each, parts[each]) for each in sorted(parts, key=sort_key)]


def _part(found: FoundItem, per: Per, value_by_id: Mapping[Any, str]) -> Hashable:
    """The property of a thing by which numbers are split; `value_by_id`: functions by person, states by account."""
    thing, account = found.thing, found.account
    match per:
        case Per.FUNCTION if isinstance(thing, Blocker):
            return thing.needs or ""
        case Per.FUNCTION:
            return value_by_id.get(found.person or "", "")
        case Per.STATE:
            # only named accounts have a state: the status of any other stands in its place
            return value_by_id.get(account.account_id) or (account.status.value if thing is account else "")
        case Per.CURRENCY:
            return thing.profile.currency if isinstance(thing, Opportunity) else account.currency
        case Per.OWNER:
            return found.person or ""
        case _:
            value: Hashable = getattr(account, per.value)
            return value


def _states(context: QuestionContext, found: Sequence[FoundItem], placed: Mapping[int, AgendaItem]) -> dict[int, str]:
    """The state of each named account among the things, by account id; `placed` are accounts placed already."""
    ids = {each.account.account_id for each in found} - placed.keys()
    rows = [row for row in accounts.get_many(context.session, context.workspace_id, ids) if row.list_status == "named"]
    items = (*with_places(context, rows), *placed.values())
    return {item.facts.account.account_id: AccountStanding.of(item.placement).value for item in items}


def whole_sum(found: Iterable[FoundItem]) -> DealSum:
    """Return the sums of deals by currency, the largest first, and the number of those without an amount."""
    whole = sum_of(each.thing for each in found if isinstance(each.thing, Opportunity))
    return replace(whole, amounts=tuple(sorted(whole.amounts, key=lambda each: -each[1])))


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
    noun_says_progress = is_open(query) or kind is ItemKind.LEFT
    but = {*SAID_BY_NOUN, *(("without",) if is_missing(query) else ()), *(("progress",) if noun_says_progress else ())}
    order = _order(asked)
    but |= ({"by", "limit"} if order else set()) | ({"per"} if not found else set())
    return ItemsAsked(
        kind=kind,
        now=context.now,
        zone=context.zone,
        state=_state(query),
        order=order,
        said=said_back(query, reader, but=but),
        beyond=said_back(query, reader, but={*but, *SHOWN_BY_A_LINE}),
        names=names,
        accounts=len({each.account.account_id for each in found}),
        is_named=len(query.of) != 1,
        is_one_person=len(query.whose) == 1 and query.subject in (Subject.ACTIONS, Subject.ASKS),
        # as many as one read returns, so there may be more
        is_capped=len(found) >= (MOST_ENTRIES if query.subject in LEFT_TOO else MOST_READ),
        can_act=context.can_act,
        goes_on=_is_all_own(asked),
        reader=context.asker if context.can_act else None,
    )


def kind_of(query: Query) -> Subject | ItemKind:
    """Return the kind of the things that are shown."""
    if is_missing(query):
        return ItemKind.MISSING
    if query.subject is Subject.PEOPLE and Progress.LOST in query.progress:
        return ItemKind.LEFT
    if query.subject is Subject.MOVEMENT and query.ways == (Way.CLAIMED,) and not things.is_of_steps(query):
        return ItemKind.CLAIMS
    return query.subject


def is_missing(query: Query) -> bool:
    """Return true for the roles that are missing."""
    return query.subject is Subject.PEOPLE and Having.ROLE in query.without


def is_open(query: Query) -> bool:
    """Return true where things that are open are asked for."""
    return not query.progress or query.progress == (Progress.OPEN,)


def _state(query: Query) -> str:
    """The word before the noun of the heading, such as `overdue`; '' where there is none."""
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
    """The superlative of the heading, such as `oldest`; '' unless the first few by a field are asked for."""
    query = asked.query
    if not (query.by and query.limit) or query.skip:
        return ""
    return asked.context.words.raw("said_back.superlative", by=query.by, is_lowest=query.is_lowest)


def _names(asked: Sought) -> tuple[str, ...]:
    """The names of the accounts in the question that the asker may see and that fit, in its order; all if none fits."""
    known = asked.scope.names if asked.scope else {}
    fitting = tuple(known[account_id] for account_id in asked.query.of if account_id in known)
    return fitting or tuple(names_in(asked.context, asked.query).values())


def _is_all_own(asked: Sought) -> bool:
    """True where exactly the asker's open actions are asked for: their list goes on page by page."""
    own = Query(Subject.ACTIONS, asked.query.form, whose=(asked.context.asker.user_id,))
    return asked.query == own


# Answers in each form.

WITH_SOURCES = (Subject.ACTIONS, Subject.BLOCKERS)
"""Subjects whose lines name the event that made them: the other things are events, or tell it themselves."""

WORK = (Subject.ACTIONS, Subject.BLOCKERS, Subject.ASKS)

NOT_EVENTS = (Subject.DEALS, Subject.SIGNALS, ItemKind.MISSING, ItemKind.CLAIMS)
"""Kinds of things whose numbers are not those of events."""


def list_forms(context: QuestionContext, query: Query) -> Found:
    """Answer with a line for each thing: the form LIST.

    For accounts in the question that did not move, say so of each instead; past the last thing (`skip`), that there are
    no more. Below the things follow the asker's late work that their days leave out, and the roles that are missing.
    """
    asked, found, shown = _found(context, query, MOST_SHOWN)
    if not found and (unmoved := _unmoved(asked)):
        return _answer(matches.instead_page(asked_of(asked, unmoved), unmoved, context.words), unmoved, asked)
    if query.skip and not shown:
        return Found(sentence_page(context.words.say("fields.no_more", count=len(found))))
    said = asked_of(asked, found)
    # a button below goes on with the list of one's own actions: the answer is its first page, of `LINES` lines
    if said.goes_on and said.can_act:
        shown = shown[:LINES]
    page = matches.things_page(said, shown, context.words, total=_total(query, found))
    if late := _late_before(asked, found):
        late = with_lines(context, query.subject, late[:MOST_SENTENCES])
        page = matches.with_late(page, asked_of(asked, late), late, context.words)
    is_of_one = query.subject is Subject.PEOPLE and len(query.of) == 1
    if is_of_one and not (query.roles or query.about or query.without or query.progress):
        # below the people of one account the roles that are missing
        notes = (Note(context.words.say("items.missing_note", found=each)) for each in things.missing_roles(asked))
        page = replace(page, items=(*page.items, *notes))
    return _answer(page, shown, asked)


def _late_before(asked: Sought, found: Sequence[FoundItem]) -> Sequence[FoundItem]:
    """Return the asker's late work that is not in `found`, where they ask for their open work of a period with today.

    Work that was due before those days is open still, so it is shown below; of any other question nothing is.
    """
    query, context = asked.query, asked.context
    is_own = query.subject in (Subject.ACTIONS, Subject.ASKS) and query.whose == (context.asker.user_id,)
    if (
        not is_own
        or not is_open(query)
        or query.is_overdue
        or query.period is None
        or not asked.span.has(context.today)
    ):
        return ()
    ids = {each.id for each in found}
    late = found_for(context, replace(query, period=None, is_overdue=True, skip=0))
    return [each for each in late if each.id not in ids]


def number(context: QuestionContext, query: Query) -> Found:
    """Say how many there are, or what deals are worth together by currency; whole or those of each part."""
    asked = sought(context, query)
    found = find(asked)
    is_sum = query.form is Form.SUM
    # a sum is by currency anyway
    if query.per is not None and not (is_sum and query.per is Per.CURRENCY):
        say, parts = context.words.say, parts_of(context, found, query.per, asked.scope)
        return _split(asked, found, [(say("items.part", per=query.per, value=value), group) for value, group in parts])
    sums, total = (whole_sum(found), len(found)) if is_sum else (None, _total(query, found))
    page = matches.number_page(asked_of(asked, found), context.words, total=total, sums=sums)
    return Found(page, _accounts(found if is_sum else found[:MOST_SHOWN]))


def compare(context: QuestionContext, query: Query) -> Found:
    """Say how many each of the people, accounts or tiers in the question has, or what its deals are worth together.

    Where the question has no two of these, say the number, or the worth of deals, for all.
    """
    name = next((each for each in ("whose", "of", "tiers", "owners") if len(getattr(query, each)) > 1), "")
    if not name:
        return number(context, replace(query, form=Form.SUM) if query.subject is Subject.DEALS else query)
    asked = sought(context, query)
    everything = find(asked)
    names = {each.account.account_id: each.account.name for each in everything}
    parts = []
    for value in getattr(query, name):
        narrowed: dict[str, Any] = {name: (value,)}
        label = context.words.say("items.compared", name=name, value=names.get(value, "") if name == "of" else value)
        parts.append((label, found_for(context, replace(query, **narrowed))))
    return _split(asked, everything, parts)


def _split(asked: Sought, found: Sequence[FoundItem], parts: Sequence[tuple[Mrkdwn, Sequence[FoundItem]]]) -> Found:
    """The number of things of each part; of deals, but where their number is asked for, what they are worth."""
    is_sum = asked.query.subject is Subject.DEALS and asked.query.form is not Form.COUNT
    page = matches.number_page(
        asked_of(asked, found),
        asked.context.words,
        total=len(found),
        sums=whole_sum(found) if is_sum else None,
        parts=[(label, len(group), whole_sum(group) if is_sum else None) for label, group in parts],
    )
    return Found(page, _accounts(found))


def yes_no(context: QuestionContext, query: Query) -> Found:
    """Say yes with what there is, or no.

    A no comes with what shows it: the accounts that did not move, the people of that name who left or have other roles,
    or, where something was to be done and is not, what is open.
    """
    asked, found, shown = _found(context, query, MOST_SHOWN)
    words = context.words
    if not found and (unmoved := _unmoved(asked)):
        return _answer(matches.instead_page(asked_of(asked, unmoved), unmoved, words, "no_line"), unmoved, asked)
    said, total = asked_of(asked, found), _total(query, found)
    if query.subject is Subject.PEOPLE and not total and (others := shown or _others(context, query)):
        page = matches.instead_page(replace(said, is_named=True), others, words, "no_line")
        return _answer(page, others, asked)
    if not found and (instead := _not_done(context, query)):
        page = matches.instead_page(replace(said, state="open", is_named=True), instead, words, "not_yet")
        return _answer(page, instead, asked)
    return _answer(matches.things_page(said, shown, words, query.form, total=total), shown, asked)


def told(context: QuestionContext, query: Query) -> Found:
    """Say the day, the person or the reason first, in a line for each of the nearest things.

    "Who has overdue actions?", with no account and no words of the action, is answered by a count for each person.
    Where no work is open, work that is done is shown instead.
    """
    is_of_people, is_of_work = query.subject is Subject.PEOPLE, query.subject in WORK
    if query.form is Form.WHO and is_of_work and not (query.of or query.about):
        return number(context, replace(query, form=Form.COUNT, per=Per.OWNER))
    # people who are not asked for by name are a list, the rest are told in sentences
    most = MOST_SHOWN if is_of_people and not query.about else MOST_SENTENCES
    if is_of_work and not (query.progress or query.is_overdue) and (query.of or query.about):
        done_ones = replace(query, progress=(Progress.DONE,))
        query = done_ones if not found_for(context, query) and found_for(context, done_ones) else query
    asked, found, shown = _found(context, query, most)
    said = asked_of(asked, found)
    said = replace(said, is_named=said.is_named or is_of_people or query.form is Form.WHY)
    page = matches.things_page(said, shown, context.words, query.form, total=_total(query, found))
    return _answer(page, shown, asked)


def _found(
    context: QuestionContext, query: Query, most_shown: int
) -> tuple[Sought, Sequence[FoundItem], Sequence[FoundItem]]:
    """The query, all that was found, and those that are shown, with what their lines need."""
    asked = sought(context, query)
    found = ordered(find(asked), query)
    shown = found[query.skip :][: query.limit or most_shown][:most_shown]
    return asked, found, with_lines(context, query.subject, shown)


def with_lines(context: QuestionContext, subject: Subject, shown: Sequence[FoundItem]) -> Sequence[FoundItem]:
    """Return the things with what their lines need beside them: their sources, or the texts that they are about."""
    if subject in WITH_SOURCES:
        return with_sources(context.session, shown)
    if subject in (Subject.DECISIONS, Subject.LIST_CHANGES):
        return things.with_subjects(context.session, shown)
    return shown


def _total(query: Query, found: Sequence[FoundItem]) -> int:
    """The number of things from `skip` on, at most `limit`; of people only those whom `_counts` counts."""
    if query.subject is Subject.PEOPLE and not is_missing(query):
        found = [each for each in found if isinstance(each.thing, Contact) and _counts(each.thing, query)]
    remaining = max(0, len(found) - query.skip)
    return min(remaining, query.limit) if query.limit else remaining


def _counts(person: Contact, query: Query) -> bool:
    """True for a person confirmed in a role asked for who is still there; who left, if those are asked for."""
    is_confirmed = not query.roles or not set(person.profile.roles).isdisjoint(query.roles)
    has_left = person.profile.left_on is not None
    return has_left is (Progress.LOST in query.progress) and is_confirmed


def _others(context: QuestionContext, query: Query) -> list[FoundItem]:
    """The people of that name whatever their roles, where somebody was asked for by name and role."""
    if not (query.about and query.roles):
        return []
    return found_for(context, replace(query, roles=()))[:MOST_SENTENCES]


def _answer(page: Page, shown: Sequence[FoundItem], asked: Sought) -> Found:
    """The page with what follow-ups can stand on: its accounts, its events if the things are events, and the owner."""
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


def _not_done(context: QuestionContext, query: Query) -> Sequence[FoundItem]:
    """The open things that fit, of any day, where those that are over were asked for and there are none."""
    asks_for_closed = bool(query.progress) and Progress.OPEN not in query.progress
    if not asks_for_closed or query.subject is Subject.PEOPLE or not (query.about or query.of):
        return []
    found = found_for(context, replace(query, progress=(), period=None))[:MOST_SENTENCES]
    return with_lines(context, query.subject, found)


FORMS: Forms = {
    Form.LIST: list_forms,
    **dict.fromkeys((Form.COUNT, Form.SUM), number),
    Form.YES_NO: yes_no,
    Form.COMPARE: compare,
    **dict.fromkeys((Form.WHEN, Form.WHO, Form.WHY), told),
}
