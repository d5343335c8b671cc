"""The accounts that fail one check of the audit, each with what to do about it."""

from collections.abc import Sequence
from dataclasses import replace

from agendas.facts.account import AccountState
from agendas.facts.measures.audit import Check, CheckResult, NextThing
from agendas.facts.people import PersonFacts
from agendas.pages.audit.audit import AuditView
from agendas.pages.audit.steps import OF_ACCOUNT, step_button
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button, Buttons, Heading, Item, Line, Note, Page, Text
from agendas.rendering.words import Words
from agendas.rules.audit.because import Because
from agendas.rules.measures.periods import month_said

ACCOUNTS_SHOWN = 10
"""Accounts on one page, as of the list."""


def behind_page(
    view: AuditView,
    check: Check,
    accounts: Sequence[tuple[AccountState, Because | None]],
    words: Words,
    *,
    reader: PersonFacts,
    start: int = 0,
) -> Page:
    """The check's figure and the accounts that fail it, after the first `start`; with the form that mends it.

    Args:
        view: the audit.
        check: the check that is opened.
        accounts: those that fail it, in the order of the list, each with what was found there.
        words: the sentences.
        reader: the person who opened it.
        start: how many accounts come before.
    """
    result = next(each for each in view.checks if each.check is check)
    heading = words.raw("audit.behind_heading", check=check, month=month_said(view.period))
    items: list[Item] = [Heading(heading), *_figure(view, result, words)]
    first = start if start < len(accounts) else 0
    following = min(first + ACCOUNTS_SHOWN, len(accounts))
    thing = _thing(view, result)
    for account, found in accounts[first:following]:
        said = words.say("audit.behind_line", account=account, check=check, found_there=found)
        items.append(_line(account, said, words, _button(account, thing, words, reader)))
    if following - first < len(accounts):
        items.append(Note(words.say("account.span", first=first + 1, last=following, total=len(accounts))))
    if following < len(accounts):
        items.append(Buttons((labelled(words, "audit.more", f"{view.month} {check} {following}"),)))
    return Page(heading, tuple(items), key="audit-behind")


def _figure(view: AuditView, result: CheckResult, words: Words) -> tuple[Item, ...]:
    if result.passed is None:
        return (Text(words.say("audit.behind_open", result=result)),)
    return (Text(words.say("audit.behind_figure", result=result, reply_days=view.settings.number("audit.reply"))),)


def _thing(view: AuditView, result: CheckResult) -> NextThing | None:
    """The thing to do at each of the accounts; None where the audit is of a past month, or nothing is."""
    thing = result.next_thing
    return thing if thing is not None and thing.step in OF_ACCOUNT and view.period.is_running else None


def _button(account: AccountState, thing: NextThing | None, words: Words, reader: PersonFacts) -> Button | None:
    """The button for what is to be done at this account."""
    return step_button(replace(thing, account_id=account.account_id), words, reader) if thing else None


def _line(account: AccountState, said: str, words: Words, step: Button | None) -> Line:
    """An account with Open, why it is in its bucket, and the form for what is to be done."""
    number = str(account.account_id)
    opens, why = labelled(words, "account.open", number), labelled(words, "account.explain", number)
    return Line(said, opens, (*((step,) if step is not None and step.action != opens.action else ()), why))
