"""The fit of an account, explained to its parts; and the direct message that asks for scores."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.fit import AskedForFit, Criterion, WaitingAccount
from agendas.facts.narrative import ProductField
from agendas.facts.people import Function, Owners
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.rendering.page import Button, Buttons, Divider, Heading, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.account_list import Proposal, proposal_of
from agendas.rules.fit import FitAnswer, criteria_of_all, fit_of, latest_input
from agendas.text.dates import local_date

SCORED_APART = 10
"""Accounts with a button of their own in the message that asks for scores."""


@dataclass(frozen=True, slots=True)
class FitFacts:
    """An account, who was asked about it, and the owners of the accounts named in tier 1 where they matter."""

    account: AccountState
    asked: tuple[AskedForFit, ...]
    now: datetime
    zone: str
    settings: ProgramSettings = DEFAULTS
    tier_1_owners: Owners | None = None


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    functions: tuple[Function, ...]
    accounts: tuple[WaitingAccount, ...]
    reminder_days: int
    is_reminder: bool = False


@dataclass(frozen=True, slots=True)
class AskedTogether:
    """People (user ids) asked on the same local day, and reminded on the same; `is_open` until they answered."""

    people: tuple[str, ...]
    asked_on: date
    reminded_on: date | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class Missing:
    """A function whose part is missing: the criteria nobody of it scored, and who was asked."""

    function: Function
    criteria: tuple[Criterion, ...]
    asked: tuple[AskedTogether, ...]


def fit_page(
    facts: FitFacts, words: Words, *, can_decide: bool = False, can_score: bool = False, note: str = ""
) -> Page:
    """Fit and confidence, each criterion to its parts, what rules it out, what to settle, who is missing, the proposal.

    Args:
        facts: the account and who was asked.
        can_decide: gives the buttons that name, reject and ask.
        can_score: gives the button that opens the form of scores.
        note: mrkdwn of what was just done, above everything else.
    """
    account, answer = facts.account, fit_of(facts.account.fit, facts.settings)
    proposal = proposal_of(account, now=facts.now, settings=facts.settings, tier_1_owners=facts.tier_1_owners)
    buttons = tuple(_decision_buttons(facts, proposal, words, can_decide=can_decide, can_score=can_score))
    return words.page(
        "fit",
        facts,
        key=f"fit-{account.account_id}",
        parts={"buttons": [Divider(), Buttons(buttons)] if buttons else []},
        answer=answer,
        noted=latest_input(account, ProductField.IMPLEMENTATION_FIT),
        missing=missing_of(facts, answer),
        proposal=proposal,
        note=note,
    )


def score_button(waiting: Sequence[WaitingAccount], words: Words) -> Button:
    """The button that opens the form of scores; for a single account with the label that scores just it."""
    button = labelled(words, "fit.open")
    return button if len(waiting) > 1 else replace(button, label=words.label("fit.score"))


def question_page(facts: QuestionFacts, words: Words) -> Page:
    """Return the accounts that wait for the person's scores, with buttons for the form and for ending the questions."""
    count = len(facts.accounts)
    lines = [words.say("fit.waiting", account=each) for each in facts.accounts]
    # a single account is scored by the button below; of several the first have buttons of their own
    scored_apart = SCORED_APART if count > 1 else 0
    with_button = tuple(
        Line(line, labelled(words, "fit.score", str(account.account_id)))
        for line, account in list(zip(lines, facts.accounts, strict=True))[:scored_apart]
    )
    rest = (Rows(tuple(lines[scored_apart:])),) if scored_apart < count else ()
    intro = words.say("fit.question", facts=facts, count=count, criteria=criteria_of_all(facts.functions))
    buttons = Buttons((replace(score_button(facts.accounts, words), style="primary"), labelled(words, "fit.stop")))
    note = Note(words.say("fit.question_note", facts=facts))
    title = words.raw("fit.question_title", count=count, is_reminder=facts.is_reminder)
    return Page(title, (Heading(title), Text(intro), *with_button, *rest, buttons, note), key="fit-question")


def missing_of(facts: FitFacts, answer: FitAnswer) -> tuple[Missing, ...]:
    """The functions with criteria that nobody of them scored."""
    found = []
    for function in Function:
        criteria = tuple(each.criterion for each in answer.criteria if function in each.silent)
        if criteria:
            asked = tuple(each for each in facts.asked if each.function == function)
            found.append(Missing(function, criteria, _by_dates(asked, facts.zone)))
    return tuple(found)


def _by_dates(asked: Iterable[AskedForFit], zone: str) -> tuple[AskedTogether, ...]:
    """The people asked, in groups of those who were asked and reminded on the same days."""
    people: dict[tuple[date, date | None, bool], list[str]] = {}
    for each in asked:
        reminded_on = local_date(each.reminded_at, zone) if each.reminded_at else None
        people.setdefault((local_date(each.asked_at, zone), reminded_on, each.is_open), []).append(each.user_id)
    return tuple(AskedTogether(tuple(ids), *when) for when, ids in people.items())


def _decision_buttons(
    facts: FitFacts, proposal: Proposal | None, words: Words, *, can_decide: bool, can_score: bool
) -> Iterator[Button]:
    """The buttons to name or reject, for who may decide, and to score or to ask, while the account is on the list.

    A named account changes its tier or is removed instead; a paused one has neither button.
    """
    account = facts.account
    account_id, tier = account.account_id, proposal.tier if proposal else None
    is_open = not account.list_status.is_closed
    if can_decide and is_open and account.list_status is not ListStatus.PAUSED:
        is_candidate = account.list_status is ListStatus.CANDIDATE
        label = words.raw("fit.name_label", tier=tier, is_named=not is_candidate)
        action = "fit.name" if is_candidate else "fit.tier"
        yield Button(label, action, f"{account_id} {tier or ''}".strip(), "primary" if tier else "")
        yield labelled(words, "fit.reject" if is_candidate else "fit.remove", str(account_id))
    if can_score and is_open:
        yield labelled(words, "fit.score", str(account_id))
    if can_decide and is_open:
        yield labelled(words, "fit.ask", str(account_id))
