"""My accounts, and the program's list by tier."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from agendas.agenda_facts import AgendaFacts
from agendas.facts import Bucket, ListStatus
from agendas.pages.buttons import labelled
from agendas.pages.page import Buttons, Heading, Item, Note, Page, Rows, Text
from agendas.pages.words import Words
from agendas.review_facts import AgendaItem
from agendas.rules.capacity import caps
from agendas.rules.days import local_date
from agendas.rules.fit import fit_of
from agendas.rules.fit_proposals import pending

TIERS = (1, 2, 3, None)

LIST_ACCOUNTS = 60
"""How many accounts of the list are shown at once: about what one message holds."""

Group = tuple[str, Sequence[AgendaItem]]
"""A label and what is under it."""

_URGENT = (Bucket.NEEDS_INTERVENTION, Bucket.STALLED)


def my_accounts_page(
    items: Sequence[AgendaItem],
    words: Words,
    *,
    next_reviews: Mapping[int, datetime] | None = None,
    most: int | None = None,
    start: int = 0,
) -> Page:
    """One line per account: tier, stage and days, state, next action, next review; those in trouble first.

    Args:
        items: the asker's accounts.
        words: the sentences.
        next_reviews: when each account's next review meets, by account id.
        most: how many accounts to show, with a note of how many more there are; page by page when None.
        start: how many accounts come before the first one to show; the button for more carries where to go on.
    """
    heading = Heading(words.raw("account.mine_heading"))
    urgent = sum(_is_urgent(item) for item in items)
    title = words.raw("account.mine_title", count=len(items), urgent=urgent)
    if not items:
        return Page(title, (heading, Text(words.say("account.mine_nothing"))), key="mine")
    first = start if start < len(items) else 0
    following = min(first + (most or LIST_ACCOUNTS), len(items))
    lines = account_lines(sorted(items, key=_order)[first:following], words, next_reviews=next_reviews or {})
    foot = _rest_of_mine(words, first, following, len(items), is_short=most is not None)
    return Page(title, (heading, Rows(lines), *foot), key="mine")


def list_page(
    items: Sequence[AgendaItem],
    words: Words,
    *,
    tier: int | None = None,
    start: int = 0,
) -> Page:
    """The named accounts by tier with counts against the caps, then paused ones and candidates; a part of a long list.

    The button for more carries where to go on, and the tier if one was asked for.

    Args:
        items: the accounts to show; removed and rejected ones are left out.
        words: the sentences.
        tier: the tier that was asked for; it only changes the heading.
        start: how many accounts come before the first one to show.
    """
    counts = Counter(item.facts.account.list_status for item in items)
    groups = tuple(_groups(items, words, caps(items[0].facts.settings))) if items else ()
    total = sum(len(group) for _, group in groups)
    first = start if start < total else 0
    following = first + LIST_ACCOUNTS
    parts: list[Item] = [Heading(words.raw("account.list_heading", tier=tier))]
    parts += _shown(groups, words, first, following) if groups else (Text(words.say("account.list_nothing")),)
    if total > LIST_ACCOUNTS:
        last = min(following, total)
        parts.append(Note(words.say("program.span", first=first + 1, last=last, total=total)))
    if following < total:
        parts.append(Buttons((labelled(words, "abm.list_more", f"{following} {tier or ''}".strip()),)))
    title = words.raw(
        "account.list_title",
        named=counts[ListStatus.NAMED],
        candidates=counts[ListStatus.CANDIDATE],
        paused=counts[ListStatus.PAUSED],
    )
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
            proposal=pending(item.facts),
        )
    )


def _rest_of_mine(words: Words, first: int, following: int, total: int, *, is_short: bool) -> Iterator[Item]:
    """What is said below my accounts: how many more there are, and how to see them."""
    if is_short and following < total:
        yield Note(words.say("program.mine_more", count=total - following))
        return
    if following - first < total:
        yield Note(words.say("program.span", first=first + 1, last=following, total=total))
    yield Note(words.say("account.mine_note"))
    if following < total:
        yield Buttons((labelled(words, "account.list_more", str(following)),))


def _groups(items: Sequence[AgendaItem], words: Words, cap_of: Mapping[int | None, int]) -> Iterator[Group]:
    """The groups that have accounts, the most important first."""
    by_status = {status: [i for i in items if i.facts.account.list_status is status] for status in ListStatus}
    for tier in TIERS:
        group = sorted((i for i in by_status[ListStatus.NAMED] if i.facts.account.tier == tier), key=_order)
        if group:
            yield words.say("account.tier_label", tier=tier, count=len(group), cap=cap_of.get(tier, 0)), group
    for label, status in (("paused_label", ListStatus.PAUSED), ("candidates_label", ListStatus.CANDIDATE)):
        if by_status[status]:
            yield words.say(f"account.{label}", count=len(by_status[status])), by_status[status]


def _shown(groups: Sequence[Group], words: Words, first: int, following: int) -> Iterator[Item]:
    """The accounts between these two under their labels; of groups that come later only the labels with the counts."""
    before = 0
    for label, group in groups:
        shown = group[max(first - before, 0) : max(following - before, 0)]
        if shown or before >= following:
            yield Rows((label, *_lines(shown, words)))
        before += len(group)


def _lines(group: Sequence[AgendaItem], words: Words) -> tuple[str, ...]:
    if group and group[0].facts.account.list_status is ListStatus.NAMED:
        return account_lines(group, words, with_owner=True)
    return tuple(line for item in group for line in _candidate(item.facts, words))


def _candidate(facts: AgendaFacts, words: Words) -> tuple[str, ...]:
    answer = fit_of(facts.account.fit, facts.settings)
    return words.lines("account.candidate", account=facts.account, answer=answer, proposal=pending(facts))


def _is_urgent(item: AgendaItem) -> bool:
    return item.facts.account.list_status is ListStatus.NAMED and item.placement.bucket in _URGENT


def _order(item: AgendaItem) -> tuple[int, int, str]:
    account = item.facts.account
    need = list(Bucket).index(item.placement.bucket) if _is_urgent(item) else len(Bucket)
    return (need, account.tier or 9, account.name.casefold())


def _today(item: AgendaItem) -> date:
    return local_date(item.facts.now, item.facts.zone)
