"""The last decision, and the question to decide now."""

from agendas.facts.reviews.question import Question
from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Item, Text
from agendas.rendering.words import Words
from agendas.rules.list.fit_proposals import pending
from agendas.rules.reviews.question.asked import asked


def decision_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """The last decision, what the fit proposes, and what is to be decided; nothing where there is none of them."""
    facts, last, proposal, question = item.facts, item.facts.account.decision, pending(item.facts), asked(item)
    if last is None and proposal is None and question is None:
        return ()
    said = question_said(question, item, words) if question is not None else ""
    return (Text(words.say("agenda.decision", last=last, proposal=proposal, question=said, zone=facts.zone)),)


def question_said(question: Question, item: AgendaItem, words: Words) -> Mrkdwn:
    """The question as a sentence that goes on after a label."""
    proposal = pending(item.facts)
    return words.say("question.sentence", question=question, account=item.facts.account, proposal=proposal)
