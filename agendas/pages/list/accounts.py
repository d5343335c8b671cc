"""My accounts, and the line of an account in a list."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from agendas.facts.account import ListStatus
from agendas.facts.reviews.review import AgendaItem, Bucket
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Heading, Item, Line, Note, Page, Text
from agendas.rendering.words import Words
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.list.fit_proposals import pending
from agendas.text.days import local_date

MINE_ACCOUNTS = 10
"""Accounts of a person on one page: with their buttons they fill two screens of a phone."""


_URGENT = (Bucket.NEEDS_INTERVENTION, Bucket.STALLED)


def my_accounts_page(
    items: Sequence[AgendaItem],
    words: Words,
    *,
    next_reviews: Mapping[int, datetime] | None = None,
    start: int = 0,
    can_record: bool = True,
) -> Page:
    """One line per account with its buttons: state, tier, stage in days, next action; those in trouble first.

    Args:
        items: the asker's accounts.
        words: the sentences.
        next_reviews: when each account's next review meets, by account id.
        start: how many accounts come before the first one to show; the button for more carries where to go on.
        can_record: false leaves out the button to update, for who may only read.
    """
    heading = Heading(words.raw("account.mine_heading"))
    urgent = sum(_is_urgent(item) for item in items)
    title = words.raw("account.mine_title", count=len(items), urgent=urgent)
    if not items:
        buttons = Buttons((labelled(words, "actions.mine", "0"), labelled(words, "abm.list")))
        return Page(title, (heading, Text(words.say("account.mine_nothing")), buttons), key="mine")
    first = start if start < len(items) else 0
    following = min(first + MINE_ACCOUNTS, len(items))
    shown = sorted(items, key=by_trouble)[first:following]
    lines = [
        with_buttons(item, line, words, can_record=can_record)
        for item, line in zip(shown, account_lines(shown, words, next_reviews=next_reviews or {}), strict=True)
    ]
    foot = _rest_of_mine(words, first, following, len(items))
    return Page(title, (heading, *lines, *foot), key="mine")


def with_buttons(item: AgendaItem, line: str, words: Words, *, can_record: bool) -> Line:
    """The line of an account with Open, and Update for who may record."""
    account_id = str(item.facts.account.account_id)
    update = (labelled(words, "account.update", account_id),) if can_record else ()
    return Line(line, labelled(words, "account.open", account_id), update)


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
        words.say(
            "account.line",
            item=item,
            deal=furthest_deal(item.facts.account),
            review_at=reviews.get(item.facts.account.account_id),
            zone=item.facts.zone,
            today=_today(item),
            with_owner=with_owner,
            proposal=pending(item.facts),
        )
        for item in sorted(items, key=by_trouble)
    )


def _rest_of_mine(words: Words, first: int, following: int, total: int) -> Iterator[Item]:
    """Return the line below my accounts: the number of further ones, and how to see them."""
    if following - first < total:
        yield Note(words.say("program.span", first=first + 1, last=following, total=total))
    if following < total:
        yield Buttons((labelled(words, "account.list_more", str(following)),))


def _is_urgent(item: AgendaItem) -> bool:
    return item.facts.account.list_status is ListStatus.NAMED and item.placement.bucket in _URGENT


def by_trouble(item: AgendaItem) -> tuple[int, int, str]:
    """Sort key: accounts in trouble first, then by tier and name."""
    account = item.facts.account
    need = list(Bucket).index(item.placement.bucket) if _is_urgent(item) else len(Bucket)
    return (need, account.tier or 9, account.name.casefold())


def _today(item: AgendaItem) -> date:
    return local_date(item.facts.now, item.facts.zone)
