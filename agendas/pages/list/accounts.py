"""My accounts, and the program's list by tier."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.agenda import AgendaFacts
from agendas.facts.program.settings import DEFAULTS, TIERS, ProgramSettings
from agendas.facts.review import AgendaItem, Bucket
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Buttons, Heading, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.fit.score import fit_of
from agendas.rules.list.capacity import caps
from agendas.rules.list.fit_proposals import pending
from agendas.rules.list.paging import ON_VIEW, Group
from agendas.text.days import local_date

LIST_ACCOUNTS = 10
"""Accounts of the list on one page: each costs a fifth of a millisecond, see docs/performance.md."""

MINE_ACCOUNTS = 10
"""Accounts of a person on one page: with their buttons they fill two screens of a phone."""


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A page of the list.

    `counts` are of all accounts that it has, by status and tier in their order; `items` are those shown, after the
    `first` ones. What does not matter for their lines was not looked up.
    """

    counts: Mapping[Group, int]
    items: tuple[AgendaItem, ...]
    first: int = 0
    settings: ProgramSettings = DEFAULTS


@dataclass(frozen=True, slots=True)
class Reader:
    """The person who reads the list, and whether that person may record."""

    user_id: str
    can_record: bool


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
    shown = sorted(items, key=_order)[first:following]
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


def list_page(facts: ListFacts, words: Words, *, tier: int | None = None, reader: Reader | None = None) -> Page:
    """The named accounts by tier with counts against the caps, then paused ones and candidates; a part of a long list.

    The reader's own accounts have their buttons. Of each tier the accounts of this page that are in trouble come
    first. The button for more carries where to go on, and the tier if one was asked for.

    Args:
        facts: the list's counts, and the accounts of the page.
        words: the sentences.
        tier: the tier that was asked for; it only changes the heading.
        reader: the person whose accounts have buttons, if it is for one.
    """
    total, following = sum(facts.counts.values()), facts.first + len(facts.items)
    parts: list[Item] = [Heading(words.raw("account.list_heading", tier=tier))]
    parts += _shown(facts, words, reader) if total else (Text(words.say("account.list_nothing")),)
    if len(facts.items) < total:
        parts.append(Note(words.say("account.list_span", first=facts.first + 1, last=following, total=total)))
    if following < total:
        parts.append(Buttons((labelled(words, "abm.list_more", f"{following} {tier or ''}".strip()),)))
    counted = {status.value: _count(facts, status) for status in ON_VIEW}
    title = words.raw(
        "account.list_title", named=counted["named"], candidates=counted["candidate"], paused=counted["paused"]
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
        for item in sorted(items, key=_order)
    )


def _rest_of_mine(words: Words, first: int, following: int, total: int) -> Iterator[Item]:
    """Return the line below my accounts: the number of further ones, and how to see them."""
    if following - first < total:
        yield Note(words.say("program.span", first=first + 1, last=following, total=total))
    if following < total:
        yield Buttons((labelled(words, "account.list_more", str(following)),))


def _groups(facts: ListFacts, words: Words) -> Iterator[tuple[Mrkdwn, ListStatus, int | None, int]]:
    """(label, status, tier, how many) of the groups that have accounts, the most important first."""
    cap_of = caps(facts.settings)
    for tier in (*TIERS, None):
        if count := facts.counts.get((ListStatus.NAMED, tier), 0):
            label = words.say("account.tier_label", tier=tier, count=count, cap=cap_of.get(tier, 0))
            yield label, ListStatus.NAMED, tier, count
    for name, status in (("paused_label", ListStatus.PAUSED), ("candidates_label", ListStatus.CANDIDATE)):
        if count := _count(facts, status):
            yield words.say(f"account.{name}", count=count), status, None, count


def _shown(facts: ListFacts, words: Words, reader: Reader | None) -> Iterator[Item]:
    """The accounts of the page under their labels; of groups that come later only the labels with the counts."""
    before, following = 0, facts.first + len(facts.items)
    for label, status, tier, count in _groups(facts, words):
        group = [item for item in facts.items if _is_in(item.facts.account, status, tier)]
        if group or before >= following:
            yield from _group(label, group, words, reader)
        before += count


def _group(label: Mrkdwn, group: Sequence[AgendaItem], words: Words, reader: Reader | None) -> Iterator[Item]:
    """A label and the lines below it, in as few parts as those with buttons leave."""
    rows: list[str] = [label]
    for item, line in _lines(group, words):
        if reader is None or reader.user_id not in _people_of(item):
            rows.append(line)
            continue
        if rows:
            yield Rows(tuple(rows))
        rows = []
        yield with_buttons(item, line, words, can_record=reader.can_record)
    if rows:
        yield Rows(tuple(rows))


def _people_of(item: AgendaItem) -> tuple[str | None, ...]:
    profile = item.facts.account.profile
    return (profile.owner, profile.marketing_partner)


def _is_in(account: AccountState, status: ListStatus, tier: int | None) -> bool:
    """Return true if the account belongs to the group; paused accounts and candidates are a group each, of any tier."""
    return account.list_status is status and (status is not ListStatus.NAMED or account.tier == tier)


def _count(facts: ListFacts, status: ListStatus) -> int:
    return sum(count for group, count in facts.counts.items() if group[0] is status)


def _lines(group: Sequence[AgendaItem], words: Words) -> Iterator[tuple[AgendaItem, str]]:
    """The accounts of a group, each with its line; named ones in trouble first."""
    if group and group[0].facts.account.list_status is ListStatus.NAMED:
        ordered = sorted(group, key=_order)
        yield from zip(ordered, account_lines(ordered, words, with_owner=True), strict=True)
        return
    for item in group:
        yield item, _candidate(item.facts, words)


def _candidate(facts: AgendaFacts, words: Words) -> str:
    answer = fit_of(facts.account.fit, facts.settings)
    return words.say("account.candidate", account=facts.account, answer=answer, proposal=pending(facts))


def _is_urgent(item: AgendaItem) -> bool:
    return item.facts.account.list_status is ListStatus.NAMED and item.placement.bucket in _URGENT


def _order(item: AgendaItem) -> tuple[int, int, str]:
    account = item.facts.account
    need = list(Bucket).index(item.placement.bucket) if _is_urgent(item) else len(Bucket)
    return (need, account.tier or 9, account.name.casefold())


def _today(item: AgendaItem) -> date:
    return local_date(item.facts.now, item.facts.zone)
