"""The accounts of a question with their places, and what else their facts are told by, each read once for all."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from agendas.facts.account import AccountState, EventFacts, Movement, Stage
from agendas.facts.answers import FieldFact
from agendas.facts.reviews.agenda import AgendaFacts, MovementReason
from agendas.facts.reviews.review import AgendaItem, Bucket, MovementAnswer, Placement, StallAnswer
from agendas.rules.history.corrections import standing
from agendas.rules.history.fold_changes import UPDATES
from agendas.verbs.loading.load_facts import settings_of
from agendas.verbs.loading.rows import account_state, event_facts
from agendas.verbs.reads.account_list import place_rows
from agendas.verbs.reads.news import next_review_at
from assistant.context import QuestionContext
from assistant.look_ups.happened import HEARD
from assistant.look_ups.scope import Scope
from storage import account_items, events, signals
from storage.account_items import AccountItems
from storage.tables import Account

FEW = 3
"""Accounts of which an answer says who told each fact; of more it says the facts alone."""

OF_LIST = ("nominated", "list_changed")
OF_PROFILE = ("nominated", "edited")

KINDS: Mapping[str, Collection[str]] = {
    **dict.fromkeys(("tier", "status", "named_on"), OF_LIST),
    **dict.fromkeys(("owner", "partner", "executive", "segment", "domain", "channel", "value"), OF_PROFILE),
    **dict.fromkeys(("stage", "last_movement"), ("moved",)),
    "days_in_stage": ("moved", "opportunity_changed"),
    "state": (*OF_LIST, *HEARD),
    **dict.fromkeys(("last_touch", "evidence"), HEARD),
    "last_update": UPDATES,
    "justification": (*OF_LIST, "justified"),
    **dict.fromkeys(("close_date", "pipeline"), ("opportunity_changed",)),
    "blocker": ("blocker_opened",),
    **dict.fromkeys(("next_action", "overdue_action"), ("action_added",)),
    **dict.fromkeys(("ask", "decision"), ("decided",)),
}
"""The kinds of events that tell a fact, by its code; a code without any is told by the account's own row."""

OF_ROW = frozenset(
    ("owner", "partner", "executive", "segment", "domain", "channel", "value", "tier", "status", "named_on")
)
"""Codes of facts that an account's own row and the events of its history tell, wherever it stands."""

NO_PLACE = Placement(
    Bucket.STEADY,
    MovementAnswer(Movement.UNCHANGED, None, Stage.TARGET, MovementReason.SAME_STAGE),
    StallAnswer(False, (), None, None, None, None),
)
"""Stands where no place was looked for, as nothing is told by it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Accounts in the order of the question or of the list, and what their facts need beside their places.

    `told` are the events that stand, by account; empty where there are too many accounts to say who told what.
    """

    context: QuestionContext
    items: tuple[AgendaItem, ...]
    told: Mapping[int, Sequence[EventFacts]] = field(default_factory=dict)
    next_reviews: Mapping[int, datetime] = field(default_factory=dict)
    signalled: Mapping[int, datetime] = field(default_factory=dict)

    def told_of(self, item: AgendaItem) -> Sequence[EventFacts]:
        """Return the events that told of the account."""
        return self.told.get(item.facts.account.account_id, ())


def load(context: QuestionContext, scope: Scope, codes: Iterable[str], *, of: Sequence[int] = ()) -> Loaded:
    """Return the accounts of the scope with what facts of these codes need, in the order of `of` or of the list."""
    wanted = set(codes)
    items = _in_order(placed(context, scope), of)
    if wanted & {"roles", "role", "contact", "play"}:
        items = _with_people(context, scope.rows, items)
    ids = scope.ids
    return Loaded(
        context,
        items,
        told=_told_of_few(context, ids, wanted),
        next_reviews=next_review_at(context.session, context.workspace_id, items) if "next_review" in wanted else {},
        signalled=signals.latest(context.session, ids) if "signal" in wanted else {},
    )


def load_rows(context: QuestionContext, scope: Scope, codes: Collection[str], *, of: Sequence[int]) -> Loaded:
    """Return the accounts in the order of `of` from their rows alone, for facts of OF_ROW."""
    states = [account_state(row) for row in scope.rows]
    facts = [AgendaFacts(state, before=None, since=None, now=context.now, zone=context.zone) for state in states]
    items = _in_order([AgendaItem(position=0, facts=one, placement=NO_PLACE) for one in facts], of)
    return Loaded(context, items, told=_told_of_few(context, scope.ids, set(codes)))


def _told_of_few(context: QuestionContext, ids: Sequence[int], codes: set[str]) -> dict[int, Sequence[EventFacts]]:
    return told_events(context, ids, codes) if len(ids) <= FEW else {}


def placed(context: QuestionContext, scope: Scope) -> tuple[AgendaItem, ...]:
    """Return the accounts of the scope with their places; those that are known already are not computed again."""
    rows = [row for row in scope.rows if row.row_id not in scope.items]
    settings = settings_of(context.session, context.workspace_id) if rows else None
    new = place_rows(context.session, rows, settings=settings, now=context.now, zone=context.zone) if settings else ()
    found = {**scope.items, **{item.facts.account.account_id: item for item in new}}
    return tuple(found[row.row_id] for row in scope.rows)


def _in_order(items: Sequence[AgendaItem], of: Sequence[int]) -> tuple[AgendaItem, ...]:
    """The accounts in the order of the question, else as they come."""
    if not of:
        return tuple(items)
    places = {number: place for place, number in enumerate(of)}
    return tuple(sorted(items, key=lambda item: places.get(item.facts.account.account_id, len(places))))


def told_events(context: QuestionContext, ids: Sequence[int], codes: set[str]) -> dict[int, Sequence[EventFacts]]:
    """Return the events that tell facts of these codes and that nobody took back, by account."""
    kinds = {kind for code in codes for kind in KINDS.get(code, ())}
    if not kinds:
        return {}
    rows = events.of_accounts(context.session, ids, (*sorted(kinds), "evidence_judged", "corrected"))
    counted = standing(map(event_facts, rows))
    return {number: tuple(each for each in counted if each.account_id == number) for number in ids}


def _with_people(
    context: QuestionContext, rows: Sequence[Account], items: Sequence[AgendaItem]
) -> tuple[AgendaItem, ...]:
    """The accounts with all of their people and plays, which no place needs."""
    ids = [row.row_id for row in rows]
    people, plays = account_items.contacts(context.session, ids), account_items.plays(context.session, ids)
    whole: dict[int, AccountState] = {}
    for row in rows:
        number = row.row_id
        own = AccountItems(
            contacts=[each for each in people if each.account_id == number],
            plays=[each for each in plays if each.account_id == number],
        )
        whole[number] = account_state(row, own)
    return tuple(_joined(item, whole[item.facts.account.account_id]) for item in items)


def _joined(item: AgendaItem, whole: AccountState) -> AgendaItem:
    account = replace(item.facts.account, contacts=whole.contacts, plays=whole.plays)
    return replace(item, facts=replace(item.facts, account=account))


FactOf = Callable[[Loaded, AgendaItem], FieldFact]
"""How a fact of one account is found among what was loaded."""
