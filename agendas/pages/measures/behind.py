"""The accounts behind a number of the program, each to be opened and explained."""

from agendas.facts.account import Movement
from agendas.facts.measures.behind import BehindFigure
from agendas.facts.measures.program import ProgramAccount
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Heading, Item, Line, Note, Page, Text
from agendas.rendering.words import Words
from agendas.rules.deals.moved_deal import moved_deal
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.measures.behind import Figure, FigureCode
from agendas.rules.measures.periods import month_said, written
from agendas.rules.measures.quality_tests import JudgedTest, judged_deals

ACCOUNTS_SHOWN = 10
"""Accounts on one page, as of the list."""


def behind_figure_page(found: BehindFigure, figure: Figure, words: Words, *, start: int = 0) -> Page:
    """The accounts behind the figure after the first `start`, and the button for more."""
    accounts, month = found.accounts, written(found.period)
    heading = words.raw(
        "measures.behind_heading",
        code=figure.code,
        of=figure.of,
        tier=figure.tier,
        month=month_said(found.period),
        count=len(accounts),
    )
    first = start if start < len(accounts) else 0
    following = min(first + ACCOUNTS_SHOWN, len(accounts))
    items: list[Item] = [Heading(heading), *(_line(each, figure, words, month) for each in accounts[first:following])]
    if found.gone:
        items.append(Text(words.say("measures.behind_gone", count=found.gone)))
    elif not accounts:
        items.append(Text(words.say("measures.behind_none")))
    if following - first < len(accounts):
        items.append(Note(words.say("account.span", first=first + 1, last=following, total=len(accounts))))
    if following < len(accounts):
        items.append(Buttons((labelled(words, "measures.more", f"{month} {following} {figure.text}"),)))
    return Page(heading, tuple(items), key="behind")


def _line(item: ProgramAccount, figure: Figure, words: Words, month: str) -> Line:
    answer, account = item.placement.movement, item.facts.account
    has_moved = answer.movement in (Movement.ADVANCED, Movement.ADVANCED_UNVERIFIED, Movement.REGRESSED)
    brought = (moved_deal(account, answer, since=item.facts.since),) if has_moved else ()
    said = words.say(
        "measures.behind_line", item=item, deal=furthest_deal(account), brought=brought, gaps=_gaps(item, figure)
    )
    value = str(item.account_id)
    # its bucket is that of the month: so Why explains it over that
    why = labelled(words, "account.explain", f"{value} {month}")
    return Line(said, labelled(words, "account.open", value), (why,))


def _gaps(item: ProgramAccount, figure: Figure) -> tuple[JudgedTest, ...]:
    """Return why the account's deals fail the test that the figure is of, each reason once; none for any other."""
    if figure.code is not FigureCode.PIPELINE_FAILS:
        return ()
    currency, _, test = figure.of.rpartition(":")
    facts = item.facts
    deals = judged_deals(facts.account, facts.settings, now=facts.now, zone=facts.zone)
    found = (one for deal in deals if deal.currency == currency for one in deal.failed if one.test == test)
    return tuple(dict.fromkeys(found))
