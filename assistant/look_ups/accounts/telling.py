"""The answer that tells facts of accounts: each account in a line, its further facts below the first."""

from collections.abc import Sequence
from dataclasses import replace

from agendas.errors import NoAccount
from agendas.facts.answers import FieldFact
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.answers.fields import Telling, fact_line, label_of
from agendas.pages.answers.lines import answer_page
from agendas.rendering.mrkdwn import Mrkdwn
from assistant.context import QuestionContext
from assistant.look_ups.accounts.asked import filters_of, notes_of, reader_of
from assistant.look_ups.accounts.listing import LONGEST
from assistant.look_ups.accounts.loaded import FEW
from assistant.look_ups.found import Found
from assistant.query import Query

Told = tuple[AgendaItem, Sequence[FieldFact]]
"""An account with the facts to tell of it, the one asked for first."""


def told_page(
    context: QuestionContext, query: Query, told: Sequence[Told], telling: Telling, *, premise: Mrkdwn | str = ""
) -> Found:
    """Return the facts of the accounts, each told this way; of many accounts in brief, below the filters and the count.

    `premise` are words of the question that are not so, said before the facts. Raises NoAccount for names of none.
    """
    if query.of and not told:
        raise NoAccount
    is_few = len(told) <= FEW
    shown = told[: min(query.limit or LONGEST, LONGEST)]
    way = telling if is_few else Telling.BRIEF
    lines = [(item, lines_of(context, item, facts, way, premise=premise)) for item, facts in shown]
    label = "" if is_few and told and query.of else _label(context, query, told, len(shown))
    page = answer_page(label, lines, context.words, reader=reader_of(context), notes=list(notes_of(context, query)))
    sources = (fact.source.id for _, facts in shown for fact in facts if fact.source)
    accounts = [item.facts.account for item, _ in shown]
    owner = accounts[0].profile.owner or "" if len(query.of) == len(accounts) == 1 else None
    return Found(page, tuple(each.account_id for each in accounts), tuple(dict.fromkeys(sources)), owner)


def lines_of(
    context: QuestionContext,
    item: AgendaItem,
    facts: Sequence[FieldFact],
    telling: Telling,
    *,
    premise: Mrkdwn | str = "",
    with_name: bool = True,
) -> Mrkdwn:
    """Return the facts of one account: the first after its name, the others in lines of their own, or beside it."""
    first, *others = facts
    # since when it is so is not asked of what is not so
    first = replace(first, since=None) if premise and first.code in ("state", "stalled") else first
    first_way = Telling.FACT if premise else telling
    said = [fact_line(item, first, context.words, first_way, with_name=with_name and not premise)]
    if premise:
        label = label_of(item, context.words) if with_name else ""
        said[0] = context.words.say("fields.premise", label=label, wanted=premise, said=said[0])
    way = Telling.BRIEF if telling is Telling.BRIEF else Telling.FACT
    said += [fact_line(item, fact, context.words, way, with_name=False) for fact in others]
    return Mrkdwn((" · " if telling is Telling.BRIEF else "\n• ").join(said))


def _label(context: QuestionContext, query: Query, told: Sequence[Told], shown: int) -> Mrkdwn:
    names = {item.facts.account.account_id: item.facts.account.name for item, _ in told}
    said = filters_of(context, query, names=names, but=("limit", "fields", "of"))
    return context.words.say("fields.list_label", said=said, count=len(told), by_status=(), shown=shown)
