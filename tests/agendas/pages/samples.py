"""Reviews of sample accounts for the tests of pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import ListStatus, Movement, Stage
from agendas.facts.program import DEFAULTS
from agendas.facts.reviews import AgendaItem, Bucket, ItemPart, MovementAnswer, MovementReason, ReviewFacts
from agendas.pages.account_list import LIST_ACCOUNTS, ListFacts
from agendas.rules.account_list import ON_VIEW, on_view
from agendas.rules.fit import fit_of
from tests.agendas.pages.examples import EMPTY, EXAMPLES, NORMAL, NOW, ZONE


def item(
    name: str, number: int, bucket: Bucket, *, part: ItemPart = ItemPart.DISCUSSED, minutes: int = 3
) -> AgendaItem:
    account = replace(NORMAL.facts.account, account_id=100 + number, blockers=(), actions=(), decision=None)
    account = replace(account, profile=replace(account.profile, name=name))
    placement = replace(
        NORMAL.placement,
        bucket=bucket,
        reasons=(("stalled_aged", 34, 30),) if bucket is Bucket.STALLED else (),
        movement=MovementAnswer(Movement.UNCHANGED, Stage.ENGAGED, Stage.ENGAGED, MovementReason.SAME_STAGE),
    )
    return replace(
        NORMAL,
        position=number,
        facts=replace(NORMAL.facts, account=account, before=account, events=()),
        placement=placement,
        part=part,
        minutes=minutes,
        permalink="" if number % 2 else f"https://example.slack.com/archives/C01/p{number}",
        review_item_id=200 + number,
        no_change_reported_by=(),
    )


def departed(one: AgendaItem, status: ListStatus, because: str) -> AgendaItem:
    account = replace(
        one.facts.account, list_status=status, because=because, list_changed_at=NOW - timedelta(hours=1), tier=None
    )
    return replace(one, facts=replace(one.facts, account=account))


def review(*more: AgendaItem, **changes) -> ReviewFacts:
    items = (
        NORMAL,
        item("Globex", 2, Bucket.STALLED),
        replace(EMPTY, position=3, minutes=3),
        item("Hooli", 4, Bucket.STALLED, part=ItemPart.LISTED, minutes=0),
        item("Umbrella", 5, Bucket.STEADY, part=ItemPart.LISTED, minutes=0),
        item("Stark & Sons <!here>", 6, Bucket.STEADY, part=ItemPart.LISTED, minutes=0),
        item("Wonka", 7, Bucket.STALLED, part=ItemPart.LEFT_OUT, minutes=8),
        *more,
    )
    decision = NORMAL.facts.account.decision
    facts = ReviewFacts(
        id=9,
        channel_id="C0ABM1",
        zone=ZONE,
        planned_at=NOW,
        opened_at=NOW,
        minutes=45,
        facilitator="U0DAN1",
        items=items,
        decisions=((7, decision),) if decision else (),
        next_at=NOW + timedelta(days=7),
    )
    return replace(facts, **changes)


TOO_LONG = tuple(replace(EXAMPLES["too long"], review_item_id=300 + n) for n in range(3))
HOSTILE = EXAMPLES["hostile"]


def listed(items: Sequence[AgendaItem], *, start: int = 0) -> ListFacts:
    """The page of the list after the first `start` of these accounts."""
    counts = on_view(Counter((item.facts.account.list_status, item.facts.account.tier) for item in items))
    groups, shown = list(counts), [item for item in items if item.facts.account.list_status in ON_VIEW]

    def place(item: AgendaItem) -> tuple[int, float, str]:
        account = item.facts.account
        fit = fit_of(account.fit).fit or 0 if account.list_status is ListStatus.CANDIDATE else 0
        return (groups.index((account.list_status, account.tier)), -fit, account.name.lower())

    ordered = sorted(shown, key=place)
    first = start if start < len(shown) else 0
    settings = items[0].facts.settings if items else DEFAULTS
    return ListFacts(counts, tuple(ordered[first : first + LIST_ACCOUNTS]), first, settings)
