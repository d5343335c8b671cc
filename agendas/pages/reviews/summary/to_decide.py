"""The question to decide in one line; open asks, what fit and deals propose, and what this review decided."""

from collections.abc import Iterator

from agendas.facts.account import Decision
from agendas.facts.reviews.agenda import ItemPart
from agendas.facts.reviews.question import Question, QuestionCode
from agendas.facts.reviews.review import AgendaItem, Bucket
from agendas.pages.reviews.sections.deal_stage import with_buttons
from agendas.pages.reviews.sections.decision import question_said
from agendas.pages.reviews.summary.standing import today_of
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Item, Line, Rows
from agendas.rendering.words import Words
from agendas.rules.deals.proposed_stage import proposed_stage
from agendas.rules.deals.summary import other_close_date
from agendas.rules.list.fit_proposals import pending
from agendas.rules.reviews.question.asked import asked, has_decided

ANSWER = "ask.answer"

OF_ASKS = (QuestionCode.ASK_OVERDUE, QuestionCode.ASK_OPEN)
"""Questions that the line of an open ask puts itself, with its button."""

OF_LINES = (*OF_ASKS, QuestionCode.STAGE_UNCONFIRMED)
"""Questions that have a line of their own without these."""


def to_decide(item: AgendaItem, words: Words, *, can_act: bool) -> Iterator[Item]:
    """Yield what this review decided unless it is an open ask, asks, the question, and what fit and deals propose."""
    account, question = item.facts.account, asked(item)
    last, asks = account.decision, {ask.event_id for ask in account.open_asks}
    if has_decided(item) and last is not None and last.event_id not in asks:
        yield Rows((words.say("summary.decided", last=last),))
    if account.has_left_list:
        return
    code = question.code if question else None
    for number, ask in enumerate(account.open_asks):
        yield _ask(item, ask, words, can_act=can_act, is_to_decide=code in OF_ASKS and number == 0)
    yield from _question(item, question, words)
    yield from _stage(item, words, can_act=can_act, is_to_decide=code in (None, QuestionCode.STAGE_UNCONFIRMED))


def _question(item: AgendaItem, question: Question | None, words: Words) -> Iterator[Item]:
    """The question in one line with the proposal by fit, or that proposal alone."""
    proposal = pending(item.facts)
    if question is not None and question.code not in OF_LINES:
        said = question_said(question, item, words)
        other = None if question.code is QuestionCode.TIER_UNFIT else proposal
        yield Rows((words.say("question.to_decide", said=said, lacks_ask=_lacks_ask(item), proposal=other),))
        return
    if question is None and _lacks_ask(item):
        yield Rows((words.say("summary.ask_wanted"),))
    if proposal is not None:
        yield Rows((words.say("summary.proposal", proposal=proposal, is_to_decide=question is None),))


def _lacks_ask(item: AgendaItem) -> bool:
    """True for an account that needs intervention and of which nobody was asked for anything, nor decided otherwise."""
    needs_one = item.placement.bucket is Bucket.NEEDS_INTERVENTION and item.part is ItemPart.DISCUSSED
    return needs_one and not item.facts.account.open_asks and not has_decided(item)


def _ask(item: AgendaItem, ask: Decision, words: Words, *, can_act: bool, is_to_decide: bool) -> Item:
    said = words.say("summary.ask", ask=ask, today=today_of(item), is_to_decide=is_to_decide)
    return Line(said, labelled(words, ANSWER, str(ask.event_id))) if can_act else Rows((said,))


def _stage(item: AgendaItem, words: Words, *, can_act: bool, is_to_decide: bool) -> Iterator[Item]:
    """The stage that a deal of the CRM implies, with the buttons that confirm and decline it."""
    proposal = proposed_stage(item.facts.account)
    if proposal is None:
        return
    said = words.say(
        "summary.stage_proposed",
        proposal=proposal,
        zone=item.facts.zone,
        today=today_of(item),
        is_to_decide=is_to_decide,
        close_date=other_close_date(proposal.deal, item.facts.zone),
    )
    number = item.facts.account.account_id
    yield with_buttons(said, number, proposal, words) if can_act else Rows((said,))
