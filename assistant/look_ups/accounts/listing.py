"""Lists of accounts by a filter: those in trouble first, or in the order asked for."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from agendas.errors import NoAccount
from agendas.facts.account import ListStatus
from agendas.facts.answers import FieldFact
from agendas.facts.list_filter import AccountStanding
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.answers.fields import list_line
from agendas.pages.answers.lines import answer_page
from agendas.pages.list.accounts import by_trouble
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.notice import said as sentence
from agendas.rendering.page import Button
from agendas.rules.commands.list_filter import written
from agendas.rules.deals.summary import sum_of
from agendas.rules.fit.score import fit_of
from assistant.context import QuestionContext
from assistant.look_ups.accounts.asked import filters_of, names_in, none_said, notes_of, reader_of
from assistant.look_ups.accounts.fitting_parts import parts_asked
from assistant.look_ups.accounts.loaded import Loaded, load
from assistant.look_ups.accounts.things import code_of, fact_of, role_fact
from assistant.look_ups.found import Found
from assistant.look_ups.scope import Scope, fitting, list_filter
from assistant.query import Field, Having, Progress, Query
from storage.tables import Account

LONGEST = 40
"""Lines of the longest answer; the list's own pages show the rest. Ours."""

SAYS_ENOUGH = (
    Having.OWNER,
    Having.PARTNER,
    Having.EXECUTIVE,
    Having.SEGMENT,
    Having.NEXT_ACTION,
    Having.OVERDUE_ACTION,
    Having.BLOCKER,
    Having.ASK,
    Having.CONTACT,
    Having.NARRATIVE,
    Having.FIT,
    Having.DEAL,
    Having.PLAY,
    Having.PROOF,
    Having.JUSTIFICATION,
    Having.PROPOSAL,
    Having.VALUE,
)
"""Things of which there is nothing to tell at an account that is without them."""


def listing(context: QuestionContext, query: Query) -> Found:
    """Return the accounts that fit, each with its state, tier, owner, and the fact that the list is asked for."""
    return list_found(context, query)


def list_found(context: QuestionContext, query: Query, *, is_asked: bool = False) -> Found:
    """Return the list of accounts; `is_asked` where the question is whether there are any, which is said first."""
    scope = fitting(context, query)
    code = fact_shown(query)
    loaded = load(context, scope, [code] if code else [], of=query.of)
    ordered = in_order(query, loaded)
    shown = ordered[query.skip :][: min(query.limit or LONGEST, LONGEST)]
    if query.skip and not shown:
        return Found(sentence(context.words.say("fields.no_more", count=len(ordered))))
    lines = [(item, _line(query, loaded, item, code)) for item in shown]
    label = _asked_label(context, query, scope) if is_asked else label_of(context, query, scope, len(shown))
    page = answer_page(
        label,
        lines,
        context.words,
        reader=reader_of(context),
        notes=list(_notes(context, query, scope, ordered)),
        buttons=list(_more(context, query, len(shown), len(ordered))),
    )
    return Found(page, tuple(item.facts.account.account_id for item in shown))


def _line(query: Query, loaded: Loaded, item: AgendaItem, code: str) -> Mrkdwn:
    """A line without what the heading says of all of them: a tier, an owner."""
    left = role_fact(query, item) if code == "roles" and Progress.LOST in query.progress else None
    fact = left or (fact_of(code, loaded, item) if code else None)
    with_tier, with_owner = len(query.tiers) != 1, len(query.owners) != 1
    return list_line(item, loaded.context.words, fact=fact, with_tier=with_tier, with_owner=with_owner)


def label_of(context: QuestionContext, query: Query, scope: Scope, shown: int) -> Mrkdwn:
    """Return the heading of a list: the filters, and how many accounts fit; none above accounts that were named.

    Raises NoAccount for names of none.
    """
    if query.of and not parts_asked(query):
        if not scope.rows:
            raise NoAccount
        return Mrkdwn("")
    if not scope.rows:
        return none_said(context, query)
    said = filters_of(context, query, names=names_in(context, query), but=("limit", "fields", "per"))
    count, by_status = len(scope.rows), statuses(query, scope.rows)
    return context.words.say("fields.list_label", said=said, count=count, by_status=by_status, shown=shown)


def _asked_label(context: QuestionContext, query: Query, scope: Scope) -> Mrkdwn:
    """Yes or no, and how many accounts fit."""
    said = filters_of(context, query, names=names_in(context, query), but=("limit", "fields", "per"))
    count, by_status = len(scope.rows), statuses(query, scope.rows)
    if count:
        label = context.words.say("fields.any_label", said=said, count=count, by_status=by_status)
    else:
        label = context.words.say("fields.any_none", sentence=none_said(context, query))
    return context.words.say("fields.answered", is_yes=count > 0, said=label, days="")


def statuses(query: Query, rows: Sequence[Account]) -> tuple[tuple[str, int], ...]:
    """Return the number of accounts of each status, nothing where all of them have one that goes without saying."""
    counted = Counter(row.list_status for row in rows)
    said = {ListStatus.NAMED, *query.statuses} if len(query.statuses) < 2 else {ListStatus.NAMED}
    return () if len(counted) < 2 and set(counted) <= said else tuple(counted.most_common())


def fact_shown(query: Query) -> str:
    """Return the code of the fact that the list is asked for, '' where the state of each account is."""
    if query.by:
        return code_of(query.by)
    if query.having and query.having[0] is not Having.OWNER:
        return code_of(query.having[0])
    told = [each for each in query.without if each not in SAYS_ENOUGH]
    if told:
        return code_of(told[0])
    of_value = "value" if query.least_cents or query.most_cents else ""
    return code_of(query.fields[0]) if query.fields else of_value


def in_order(query: Query, loaded: Loaded) -> tuple[AgendaItem, ...]:
    """Return the accounts in the order asked for, without those that lack its value; else those in trouble first."""
    if query.by is None:
        return loaded.items if query.of else tuple(sorted(loaded.items, key=by_trouble))
    key = order_of(code_of(query.by), loaded)
    valued = [(value, item) for item in loaded.items if (value := key(item)) is not None]
    return tuple(item for _, item in sorted(valued, key=lambda pair: pair[0], reverse=not query.is_lowest))


Key = Callable[[AgendaItem], float | None]


def order_of(code: str, loaded: Loaded) -> Key:
    """Return the key by which accounts are ordered by this fact: a number or a day, None where there is none."""
    return ORDERS.get(code) or _by_date(code, loaded)


def _pipeline(item: AgendaItem) -> float | None:
    amounts = sum_of(deal for deal in item.facts.account.opportunities if deal.is_open).amounts
    return sum(cents for _, cents in amounts) if amounts else None


ORDERS: Mapping[str, Key] = {
    "tier": lambda item: -item.facts.account.tier if item.facts.account.tier else None,
    "stage": lambda item: item.facts.account.stage.rank,
    "state": lambda item: -list(AccountStanding).index(AccountStanding.of(item.placement)),
    "value": lambda item: item.facts.account.profile.value_cents,
    "pipeline": _pipeline,
    "fit": lambda item: fit_of(item.facts.account.fit, item.facts.settings).fit,
    "engagement": lambda item: item.facts.engagement.last_30 if item.facts.engagement else None,
    "days_in_stage": lambda item: item.placement.stall.days_in_stage,
}
"""The number by which accounts are ordered; other facts are ordered by their day."""


def _by_date(code: str, loaded: Loaded) -> Key:
    def key(item: AgendaItem) -> float | None:
        since = _day_of(fact_of(code, loaded, item))
        return None if since is None else since.toordinal()

    return key


def _day_of(fact: FieldFact) -> date | None:
    closes_on = getattr(getattr(fact.value, "profile", None), "closes_on", None)
    return closes_on or fact.since


def _notes(context: QuestionContext, query: Query, scope: Scope, ordered: Sequence[AgendaItem]) -> Iterator[Mrkdwn]:
    yield from notes_of(context, query)
    if scope.also_stalled:
        yield context.words.say("fields.also_stalled", names=scope.also_stalled)
    if query.by and len(ordered) < len(scope.rows):
        missing = context.words.say("fields.missing", field=code_of(query.by))
        yield context.words.say("fields.no_value", count=len(scope.rows) - len(ordered), missing=missing)
    if query.by in (Field.VALUE, Field.PIPELINE, Field.AMOUNT):
        currencies = {item.facts.account.profile.currency for item in ordered if ORDERS["value"](item) is not None}
        if len(currencies) > 1:
            yield context.words.say("fields.not_converted")
    if len(ordered) > LONGEST and not query.skip and not 0 < query.limit <= LONGEST:
        yield context.words.say("fields.too_many", shown=LONGEST, count=len(ordered))


def _more(context: QuestionContext, query: Query, shown: int, total: int) -> Iterator[Button]:
    """The list's own page with the same filter, where its words can say it and the answer is not all."""
    is_said = not (query.of or query.having or query.without or query.by or query.limit or query.skip)
    if is_said and shown < total:
        yield labelled(context.words, "abm.list_more", f"0 {written(list_filter(query))}".strip())
