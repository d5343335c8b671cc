"""Accounts side by side, or groups of them: which is ahead first, then the facts in a table."""

from collections.abc import Mapping, Sequence

from agendas.errors import NotUnderstood
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.answers.compared import compared_page
from agendas.pages.answers.fields import Telling, cell_said, fact_line
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.verbs.loading.load_facts import names as names_of
from assistant.context import QuestionContext
from assistant.look_ups.accounts.asked import notes_of
from assistant.look_ups.accounts.compare_groups import MOST, compare_groups
from assistant.look_ups.accounts.listing import order_of
from assistant.look_ups.accounts.loaded import Loaded, load
from assistant.look_ups.accounts.things import code_of, fact_of
from assistant.look_ups.found import Found
from assistant.look_ups.scope import fitting
from assistant.query import Query

WHOLE = ("tier", "stage", "state", "owner", "value", "pipeline", "close_date", "last_touch", "next_action")
"""The facts that are compared where none is asked for."""

GROUPED = ("owners", "tiers", "segments", "stages", "statuses", "states")
"""The filters of which several values are groups to compare."""

EARLIEST = ("close_date", "next_review", "named_on")
"""Days of which the earliest is ahead."""

NOTHING_TO_COMPARE = "Name two accounts to compare, or two tiers, owners or segments."


def compare(context: QuestionContext, query: Query) -> Found:
    """Return the accounts named side by side, or the groups of a filter with several values.

    Raises NotUnderstood where there is only one.
    """
    if len(query.of) > 1:
        return _accounts(context, query)
    grouped = next((name for name in GROUPED if len(getattr(query, name)) > 1), "")
    if not grouped:
        raise NotUnderstood(NOTHING_TO_COMPARE)
    return compare_groups(context, query, grouped)


def _accounts(context: QuestionContext, query: Query) -> Found:
    codes = tuple(code_of(each) for each in query.fields) or WHOLE
    scope = fitting(context, Query(query.subject, query.form, of=query.of))
    loaded = load(context, scope, (*codes, "value", "stage"), of=query.of)
    items = loaded.items[:MOST]
    if len(items) < 2:
        raise NotUnderstood(NOTHING_TO_COMPARE)
    opens = [(item.facts.account.account_id, item.facts.account.name) for item in items]
    page = compared_page(
        _ahead(loaded, items, query),
        [context.words.raw("fields.name", account=item.facts.account) for item in items],
        [(code, [_said(loaded, item, code) for item in items]) for code in codes],
        context.words,
        people=_people(context, items),
        opens=opens if context.can_act else (),
        notes=list(notes_of(context, query)),
    )
    return Found(page, tuple(number for number, _ in opens))


def _ahead(loaded: Loaded, items: Sequence[AgendaItem], query: Query) -> Mrkdwn:
    """Which account is ahead by the field asked for; without one by value, and where that is not known by stage."""
    words = loaded.context.words
    code = code_of(query.fields[0]) if query.fields else "value"
    key = order_of(code, loaded)
    if not query.fields and (any(key(item) is None for item in items) or _currencies(items) > 1):
        code, key = "stage", order_of("stage", loaded)
    valued = [(value, item) for item in items if (value := key(item)) is not None]
    if len(valued) < len(items) or (code in ("value", "pipeline") and _currencies(items) > 1):
        lines = [fact_line(item, fact_of(code, loaded, item), words, Telling.BRIEF) for item in items]
        return Mrkdwn(" · ".join(lines))
    is_lowest = query.is_lowest or code in EARLIEST
    ordered = [item for _, item in sorted(valued, key=lambda pair: pair[0], reverse=not is_lowest)]
    if len({value for value, _ in valued}) == 1:
        return words.say("fields.equal", said=list(dict.fromkeys(_said(loaded, item, code) for item in items)))
    first, *others = ordered
    return words.say(
        "fields.ahead",
        code=code,
        is_lowest=is_lowest,
        name=first.facts.account.name,
        said=_said(loaded, first, code),
        others=[_said(loaded, item, code) for item in others],
    )


def _currencies(items: Sequence[AgendaItem]) -> int:
    """How many currencies the values and deals of these accounts have: amounts of two are not compared."""
    found = {item.facts.account.profile.currency for item in items}
    deals = (deal.profile for item in items for deal in item.facts.account.opportunities if deal.is_open)
    return len((found | {deal.currency for deal in deals}) - {""})


def _said(loaded: Loaded, item: AgendaItem, code: str) -> Mrkdwn:
    return cell_said(item, fact_of(code, loaded, item), loaded.context.words)


def _people(context: QuestionContext, items: Sequence[AgendaItem]) -> Mapping[str, str]:
    """The names of everybody whom the facts of these accounts mention."""
    profiles = [item.facts.account.profile for item in items]
    ids = {each for one in profiles for each in (one.owner, one.marketing_partner, one.our_executive) if each}
    ids |= {action.owner for item in items for action in item.facts.account.open_actions[:1]}
    ids |= {blocker.owner for item in items for blocker in item.facts.account.open_blockers if blocker.owner}
    return names_of(context.session, context.workspace_id, ids)
