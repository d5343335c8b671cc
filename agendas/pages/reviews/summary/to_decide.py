"""Open asks, decisions wanted that say more than "keep or change", and what this review decided."""

from collections.abc import Iterator

from agendas.facts.account import Decision
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.reviews.sections.decision import Wanted, has_decided, wanted
from agendas.pages.reviews.summary.standing import today_of
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Item, Line, Rows
from agendas.rendering.words import Words
from agendas.rules.deals.proposed_stage import proposed_stage
from agendas.rules.list.fit_proposals import pending

ANSWER = "ask.answer"
CONFIRM = "deal.confirm"


def to_decide(item: AgendaItem, words: Words, *, can_act: bool) -> Iterator[Item]:
    """Yield what was decided in this review unless it is an open ask, each open ask, and what fit and deals propose."""
    account = item.facts.account
    last, asked = account.decision, {ask.event_id for ask in account.open_asks}
    if has_decided(item) and last is not None and last.event_id not in asked:
        yield Rows((words.say("summary.decided", last=last),))
    if account.has_left_list:
        return
    asked_now = wanted(item) is Wanted.OUTCOME
    for number, ask in enumerate(account.open_asks):
        yield _ask(item, ask, words, can_act=can_act, is_to_decide=asked_now and number == 0)
    if wanted(item) is Wanted.ASK:
        yield Rows((words.say("summary.ask_wanted"),))
    proposal = pending(item.facts)
    if proposal is not None:
        yield Rows((words.say("summary.proposal", proposal=proposal),))
    yield from _stage(item, words, can_act=can_act)


def _ask(item: AgendaItem, ask: Decision, words: Words, *, can_act: bool, is_to_decide: bool) -> Item:
    said = words.say("summary.ask", ask=ask, today=today_of(item), is_to_decide=is_to_decide)
    return Line(said, labelled(words, ANSWER, str(ask.event_id))) if can_act else Rows((said,))


def _stage(item: AgendaItem, words: Words, *, can_act: bool) -> Iterator[Item]:
    """The stage that a deal of the CRM implies, with the button by which a person confirms it."""
    proposal = proposed_stage(item.facts.account)
    if proposal is None:
        return
    said = words.say("summary.stage_proposed", proposal=proposal, zone=item.facts.zone, today=today_of(item))
    value = f"{item.facts.account.account_id} {proposal.stage.value} {proposal.deal.key}"
    yield Line(said, labelled(words, CONFIRM, value)) if can_act else Rows((said,))
