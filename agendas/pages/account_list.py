"""My accounts, and the program's list by tier."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from agendas.facts import Bucket, ListStatus
from agendas.pages.page import Heading, Item, Note, Page, Rows, Text
from agendas.pages.words import Words
from agendas.review_facts import AgendaItem
from agendas.rules.days import local_date

TIERS = (1, 2, 3, None)
TIER_CAPS: Mapping[int | None, int] = {1: 25, 2: 150, 3: 500}
"""How many accounts a tier may hold. Our defaults, at the upper end of common practice."""

_URGENT = (Bucket.NEEDS_INTERVENTION, Bucket.STALLED)


def my_accounts_page(
    items: Sequence[AgendaItem], words: Words, *, next_reviews: Mapping[int, datetime] | None = None
) -> Page:
    """One line per account: tier, stage and days, state, next action, next review; those in trouble first.

    Args:
        items: the asker's accounts.
        words: the sentences.
        next_reviews: when each account's next review meets, by account id.
    """
    heading = Heading(words.raw("account.mine_heading"))
    urgent = sum(_is_urgent(item) for item in items)
    title = words.raw("account.mine_title", count=len(items), urgent=urgent)
    if not items:
        return Page(title, (heading, Text(words.say("account.mine_nothing"))), key="mine")
    lines = account_lines(items, words, next_reviews=next_reviews or {})
    return Page(title, (heading, Rows(lines), Note(words.say("account.mine_note"))), key="mine")


def list_page(
    items: Sequence[AgendaItem],
    words: Words,
    *,
    tier: int | None = None,
    caps: Mapping[int | None, int] = TIER_CAPS,
) -> Page:
    """The named accounts by tier with counts against the caps, then candidates and paused ones.

    Args:
        items: the accounts to show; removed and rejected ones are left out.
        words: the sentences.
        tier: the tier that was asked for; it only changes the heading.
        caps: how many accounts each tier may hold.
    """
    by_status = {status: [i for i in items if i.facts.account.list_status is status] for status in ListStatus}
    named, candidates = by_status[ListStatus.NAMED], by_status[ListStatus.CANDIDATE]
    paused = by_status[ListStatus.PAUSED]
    parts: list[Item] = [Heading(words.raw("account.list_heading", tier=tier))]
    if not (named or candidates or paused):
        parts.append(Text(words.say("account.list_nothing")))
    parts += _tiers(named, words, caps)
    for label, group in (("candidates_label", candidates), ("paused_label", paused)):
        if group:
            lines = [line for i in group for line in words.lines("account.candidate", account=i.facts.account)]
            parts.append(Rows((words.say(f"account.{label}", count=len(group)), *lines)))
    title = words.raw("account.list_title", named=len(named), candidates=len(candidates), paused=len(paused))
    return Page(title, tuple(parts), key="list")


def account_lines(
    items: Sequence[AgendaItem],
    words: Words,
    *,
    next_reviews: Mapping[int, datetime] | None = None,
    with_owner: bool = False,
) -> tuple[str, ...]:
    """A line per account, those that need intervention or are stalled first, then by tier and name."""
    reviews = next_reviews or {}
    return tuple(
        line
        for item in sorted(items, key=_order)
        for line in words.lines(
            "account.line",
            item=item,
            review_at=reviews.get(item.facts.account.account_id),
            zone=item.facts.zone,
            today=_today(item),
            with_owner=with_owner,
        )
    )


def _tiers(named: Sequence[AgendaItem], words: Words, caps: Mapping[int | None, int]) -> Iterator[Item]:
    for tier in TIERS:
        group = [item for item in named if item.facts.account.tier == tier]
        if group:
            label = words.say("account.tier_label", tier=tier, count=len(group), cap=caps.get(tier, 0))
            yield Rows((label, *account_lines(group, words, with_owner=True)))


def _is_urgent(item: AgendaItem) -> bool:
    return item.facts.account.list_status is ListStatus.NAMED and item.placement.bucket in _URGENT


def _order(item: AgendaItem) -> tuple[int, int, str]:
    account = item.facts.account
    need = list(Bucket).index(item.placement.bucket) if _is_urgent(item) else len(Bucket)
    return (need, account.tier or 9, account.name.casefold())


def _today(item: AgendaItem) -> date:
    return local_date(item.facts.now, item.facts.zone)
