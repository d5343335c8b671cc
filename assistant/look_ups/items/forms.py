"""Answers about things of accounts in each form: a list, a number, yes or no, when, who, why, compared, summed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from agendas.facts.found.items import FoundItem
from agendas.facts.group import Contact
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.answers.items import pages
from agendas.pages.answers.items.asked import ItemKind
from agendas.pages.open_items.lists import LINES as MOST_WITH_BUTTONS
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.notice import said as sentence
from agendas.rendering.page import Note, Page
from agendas.rendering.words import Words
from agendas.verbs.reads.found import happened, loading, moves, subjects
from assistant.context import QuestionContext
from assistant.look_ups.found import Found
from assistant.look_ups.items.finding import Asking, asking, find
from assistant.look_ups.items.numbers import counts_of, ordered, sums_by, whole_sum
from assistant.look_ups.items.said import asked_of, is_missing, kind_of
from assistant.query import Per, Progress, Query, Subject

WITH_SOURCES = (Subject.ACTIONS, Subject.BLOCKERS)
"""Subjects whose lines name the event that made them: the other things are events, or tell it themselves."""

WORK = (Subject.ACTIONS, Subject.BLOCKERS, Subject.ASKS)

NOT_EVENTS = (ItemKind.DEALS, ItemKind.SIGNALS, ItemKind.MISSING, ItemKind.CLAIMS)
"""Kinds of things whose numbers are not those of events."""


def list_(context: QuestionContext, query: Query) -> Found:
    """List the things; for accounts in the question that did not move, say so of each."""
    asked, found, shown = _found(context, query, pages.MOST_SHOWN)
    if not found and (unmoved := _unmoved(asked)):
        shown = unmoved
        page = pages.placed_page(asked_of(asked, unmoved), unmoved, context.words)
        return _answer(page, shown, asked)
    said = asked_of(asked, found)
    if query.skip and not shown:
        return Found(sentence(context.words.say("fields.no_more", count=len(found))))
    if said.goes_on and said.can_act:
        shown = shown[:MOST_WITH_BUTTONS]
    page = pages.list_page(said, shown, context.words, total=_total(query, found))
    if note := _missing_note(asked, context.words):
        page = replace(page, items=(*page.items, note))
    return _answer(page, shown, asked)


def count(context: QuestionContext, query: Query) -> Found:
    """Say how many there are, or how many of each part."""
    asked = asking(context, query)
    found = find(asked)
    said = asked_of(asked, found)
    if query.per is None:
        page = pages.count_page(said, context.words, total=_total(query, found))
        return Found(page, _accounts(found[: pages.MOST_SHOWN]), ())
    counts = counts_of(context, found, query.per)
    return Found(pages.counts_page(said, counts, context.words, total=len(found)), _accounts(found))


def yes_no(context: QuestionContext, query: Query) -> Found:
    """Say yes with what there is, or no; of what was to be done and is not, what is open."""
    asked, found, shown = _found(context, query, pages.MOST_SHOWN)
    words = context.words
    if not found and (unmoved := _unmoved(asked)):
        return _answer(pages.no_page(asked_of(asked, unmoved), unmoved, words), unmoved, asked)
    said, total = asked_of(asked, found), _total(query, found)
    if query.subject is Subject.PEOPLE and not total and (others := shown or _others(context, query)):
        return _answer(pages.no_page(replace(said, is_named=True), others, words), others, asked)
    instead = _not_done(context, query) if not found else []
    page = pages.yes_no_page(said, shown, words, total=total, instead=instead)
    return _answer(page, shown or instead, asked)


def when(context: QuestionContext, query: Query) -> Found:
    """Say the day first."""
    asked, found, shown = _found(context, or_over(context, query), pages.MOST_SENTENCES)
    page = pages.when_page(asked_of(asked, found), shown, context.words, total=_total(query, found))
    return _answer(page, shown, asked)


def who(context: QuestionContext, query: Query) -> Found:
    """Say the person first; where no thing is named, how many each person has."""
    is_of_one = query.of or query.about or query.subject not in WORK
    if not is_of_one:
        return count(context, replace(query, per=Per.OWNER))
    is_of_group = query.subject is Subject.PEOPLE and not query.about
    most = pages.MOST_SHOWN if is_of_group else pages.MOST_SENTENCES
    asked, found, shown = _found(context, or_over(context, query), most)
    said = asked_of(asked, found)
    if query.subject is Subject.PEOPLE:
        said = replace(said, is_named=True)
    page = pages.who_page(said, shown, context.words, total=_total(query, found))
    return _answer(page, shown, asked)


def why(context: QuestionContext, query: Query) -> Found:
    """Say the reason that was recorded."""
    asked, found, shown = _found(context, or_over(context, query), pages.MOST_SENTENCES)
    said = replace(asked_of(asked, found), is_named=True)
    page = pages.why_page(said, shown, context.words, total=_total(query, found))
    return _answer(page, shown, asked)


def compare(context: QuestionContext, query: Query) -> Found:
    """Say how many each of the people, accounts or tiers in the question has."""
    whole = asking(context, query)
    everything = find(whole)
    parts = _compared(context, query, everything)
    if not parts:
        return count(context, query)
    counts = [(label, len(found)) for label, found in parts]
    said = asked_of(whole, everything)
    return Found(pages.counts_page(said, counts, context.words, total=len(everything)), _accounts(everything))


def compare_sums(context: QuestionContext, query: Query) -> Found:
    """Say what the deals of each of the accounts, tiers or people in the question are worth together."""
    whole = asking(context, query)
    everything = find(whole)
    parts = _compared(context, query, everything)
    if not parts:
        return sum_(context, query)
    sums = [(label, whole_sum(found), len(found)) for label, found in parts]
    said, total = asked_of(whole, everything), len(everything)
    return Found(pages.sums_page(said, whole_sum(everything), sums, context.words, total=total), _accounts(everything))


def _compared(
    context: QuestionContext, query: Query, everything: Sequence[FoundItem]
) -> list[tuple[Mrkdwn, Sequence[FoundItem]]]:
    """The things of each value of the filter with several values, with its label; none without such a filter."""
    name = next((each for each in ("whose", "of", "tiers", "owners") if len(getattr(query, each)) > 1), "")
    parts: list[tuple[Mrkdwn, Sequence[FoundItem]]] = []
    for value in getattr(query, name) if name else ():
        narrowed: Any = {name: (value,)}
        label = pages.compared_label(name, value, dict(_names(everything)), context.words)
        parts.append((label, find(asking(context, replace(query, **narrowed)))))
    return parts


def sum_(context: QuestionContext, query: Query) -> Found:
    """Say what deals are worth together, by currency."""
    asked = asking(context, query)
    found = find(asked)
    said = asked_of(asked, found)
    whole = whole_sum(found)
    if query.per is None or query.per is Per.CURRENCY:
        page = pages.sum_page(said, whole, context.words, total=len(found))
    else:
        page = pages.sums_page(said, whole, sums_by(context, found, query.per), context.words, total=len(found))
    return Found(page, _accounts(found))


def or_over(context: QuestionContext, query: Query) -> Query:
    """Return the query for what is over, where when, who or why is asked of work that is not open any more."""
    is_vague = query.subject in WORK and not query.progress and not query.is_overdue and (query.of or query.about)
    if not is_vague or find(asking(context, query)):
        return query
    over = replace(query, progress=(Progress.DONE,))
    return over if find(asking(context, over)) else query


def _found(
    context: QuestionContext, query: Query, most: int
) -> tuple[Asking, Sequence[FoundItem], Sequence[FoundItem]]:
    """The query, all that was found, and those that are shown, with what their lines need."""
    asked = asking(context, query)
    found = ordered(find(asked), query)
    shown: Sequence[FoundItem] = found[query.skip :][: query.limit or most][:most]
    if query.subject in WITH_SOURCES:
        shown = loading.with_sources(context.session, shown)
    elif query.subject in (Subject.DECISIONS, Subject.LIST_CHANGES):
        shown = happened.with_subjects(context.session, shown)
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
    return find(asking(context, replace(query, roles=())))[: pages.MOST_SENTENCES]


def _answer(page: Page, shown: Sequence[FoundItem], asked: Asking) -> Found:
    is_events = kind_of(asked.query) not in NOT_EVENTS and not any(isinstance(each.thing, AgendaItem) for each in shown)
    rows = asked.scope.rows if asked.scope else ()
    owner = rows[0].owner or "" if len(asked.query.of) == len(rows) == 1 else None
    return Found(page, _accounts(shown), tuple(each.id for each in shown) if is_events else (), owner)


def _accounts(found: Sequence[FoundItem]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(each.account.account_id for each in found))


def _names(found: Sequence[FoundItem]) -> list[tuple[int, str]]:
    return [(each.account.account_id, each.account.name) for each in found]


def _unmoved(asked: Asking) -> list[FoundItem]:
    """The accounts in the question as they stand since their last review, where movement since then was asked for."""
    query, context = asked.query, asked.context
    if query.subject is not Subject.MOVEMENT or query.period is not None or not query.of or query.ways:
        return []
    return moves.standing_of(context.session, asked.among, now=context.now, zone=context.zone)


def _not_done(context: QuestionContext, query: Query) -> list[FoundItem]:
    """The open things that fit, where those that are over were asked for and there are none."""
    is_over = bool(query.progress) and Progress.OPEN not in query.progress
    if not is_over or query.subject is Subject.PEOPLE or not (query.about or query.of):
        return []
    found = find(asking(context, replace(query, progress=(), period=None)))[: pages.MOST_SENTENCES]
    if query.subject in WITH_SOURCES:
        return list(loading.with_sources(context.session, found))
    return found


def _missing_note(asked: Asking, words: Words) -> Note | None:
    """The roles that are missing, below the people of one account."""
    query, context = asked.query, asked.context
    narrowed = query.roles or query.about or query.without or query.progress
    if query.subject is not Subject.PEOPLE or len(query.of) != 1 or narrowed:
        return None
    found = subjects.missing_roles(context.session, asked.among, now=context.now, zone=context.zone)
    return Note(words.say("items.missing_note", found=found[0])) if found else None
