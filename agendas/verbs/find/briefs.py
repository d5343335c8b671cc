"""Briefs: one account, or what happened in some days to the accounts that fit, on one screen."""

from dataclasses import replace
from datetime import timedelta
from itertools import islice

from agendas.facts.answered_items import AccountStanding
from agendas.facts.query import Form, Period, Query, Subject
from agendas.pages.answers import fact_line, list_line
from agendas.pages.briefs import Part, days_page, lines_page
from agendas.pages.matches import item_line
from agendas.pages.said_back import said_back
from agendas.verbs.find.account_answers import card
from agendas.verbs.find.account_facts import fact_of, load, names_in
from agendas.verbs.find.accounts import Found, QuestionContext, back_of, fitting
from agendas.verbs.find.answers import asked_of, list_forms, with_lines
from agendas.verbs.find.things import find, sought

OF_ACCOUNT = ("blocker", "next_action", "last_movement", "last_touch", "close_date")
"""Facts that follow how the account stands, where only a few lines of it are wanted."""

SHOWN = 3
"""Lines of one part: four parts of them fill a screen."""


def brief(context: QuestionContext, query: Query) -> Found:
    """Tell how one account stands, or with a period what was recorded of it.

    A `limit` is the number of lines wanted. For no account or several, tell what happened in the period, this week
    where none is given.
    """
    if len(query.of) != 1:
        return _of_days(context, query)
    if query.period is not None:
        return list_forms(context, replace(query, subject=Subject.CHANGES, form=Form.LIST))
    plain = replace(query, form=Form.CARD, limit=0)
    return _of_account(context, query) if query.limit else card(context, plain)


def _of_account(context: QuestionContext, query: Query) -> Found:
    """Tell an account in as many lines as `query.limit` asks for: how it stands, then what matters most."""
    loaded = load(context, fitting(context, replace(query, limit=0)), OF_ACCOUNT, of=query.of)
    words, lines = context.words, []
    for item in loaded.items[:1]:
        facts = (fact_of(code, loaded, item) for code in OF_ACCOUNT)
        fact_lines = (fact_line(item, each, words, with_name=False) for each in facts if each.value is not None)
        lines = [list_line(item, words), *islice(fact_lines, query.limit - 1)]
    return Found(lines_page(lines, words), query.of)


PARTS = {
    "needs": Query(Subject.ACCOUNTS, Form.LIST, states=(AccountStanding.NEEDS_INTERVENTION,)),
    "moved": Query(Subject.MOVEMENT, Form.LIST),
    "blocked": Query(Subject.BLOCKERS, Form.LIST),
    "decided": Query(Subject.DECISIONS, Form.LIST),
    "late": Query(Subject.ACTIONS, Form.LIST, is_overdue=True),
}
"""What the parts of a brief look for: of the days asked for, but what needs intervention or is late is so today."""

OF_TODAY = ("needs", "late")


def _of_days(context: QuestionContext, query: Query) -> Found:
    """What happened in the period, part by part; what holds only today is left out where the period is over."""
    today = context.today
    period = query.period or Period(today - timedelta(days=today.weekday()), today)
    query = replace(query, period=period)
    is_running = period.last is None or period.last >= today
    wanted = {name: each for name, each in PARTS.items() if is_running or name not in OF_TODAY}
    found_parts = (_part(context, query, name, looks_for) for name, looks_for in wanted.items())
    parts = [part for part in found_parts if part.count]
    reader = back_of(context, query, names_in(context, query))
    said = said_back(replace(query, subject=Subject.CHANGES), reader, but=("limit",))
    page = days_page(said, parts, context.words, most=query.limit)
    return Found(page, tuple(dict.fromkeys(account_id for part in parts for account_id in part.accounts)))


def _part(context: QuestionContext, query: Query, name: str, looks_for: Query) -> Part:
    """Return the part called `name`: what the query `looks_for` finds with the filters of the question."""
    # only these filters narrow a part: it has states of its own, and what holds today has no period
    filters = {each: getattr(query, each) for each in ("of", "tiers", "segments", "owners")}
    wanted = replace(looks_for, **filters, period=None if name in OF_TODAY else query.period)
    if looks_for.subject is Subject.ACCOUNTS:
        items = load(context, fitting(context, wanted), ()).items
        listed = tuple(list_line(each, context.words) for each in items[:SHOWN])
        accounts = [each.facts.account for each in items]
        names, ids = zip(*((each.name, each.account_id) for each in accounts), strict=True) if accounts else ((), ())
        return Part(name, len(items), listed, names, ids)
    asked = sought(context, wanted)
    found = find(asked)
    shown, said = with_lines(context, looks_for.subject, found[:SHOWN]), replace(asked_of(asked, found), is_named=True)
    lines = tuple(item_line(each, said, context.words) for each in shown)
    named = dict.fromkeys(each.account.name for each in found)
    return Part(name, len(found), lines, tuple(named), tuple(each.account.account_id for each in found))
