"""The program's list by tier, or the accounts of it that fit a filter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from agendas.facts.account import AccountState, ListStatus
from agendas.facts.list_filter import EVERYTHING, AccountFilter
from agendas.facts.program.settings import DEFAULTS, TIERS, ProgramSettings
from agendas.facts.reviews.agenda import AgendaFacts
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.list.accounts import account_lines, by_trouble, with_buttons
from agendas.pages.list.tier_full import settle_note
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import Mrkdwn, escape
from agendas.rendering.page import Button, Buttons, Heading, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.commands.list_filter import written
from agendas.rules.fit.score import fit_of
from agendas.rules.list.capacity import caps
from agendas.rules.list.filters import ON_VIEW
from agendas.rules.list.fit_proposals import pending
from agendas.rules.list.paging import ORDER, Group
from agendas.text.limits import shortened

LIST_ACCOUNTS = 10
"""Accounts of the list on one page: each costs a fifth of a millisecond, see docs/performance.md."""

FILTER_CHARACTERS = 100
"""Of a filter in the heading, which holds 150 characters with the counts; a longer one stands whole below it."""


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A page of the list.

    `counts` are of all accounts that are wanted, by status and tier in their order; `items` are those shown, after the
    `first` ones. What does not matter for their lines was not looked up. `names` are those of the people in `wanted`.
    """

    counts: Mapping[Group, int]
    items: tuple[AgendaItem, ...]
    first: int = 0
    settings: ProgramSettings = DEFAULTS
    wanted: AccountFilter = EVERYTHING
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Number of accounts wanted."""
        return sum(self.counts.values())

    @property
    def is_of_whole_tiers(self) -> bool:
        """True where the accounts of a tier are all of it, so that they can be held against its cap."""
        return not (self.wanted.states or self.wanted.people or self.wanted.segments or self.wanted.stages)


@dataclass(frozen=True, slots=True)
class Reader:
    """The person who reads the list, and whether that person may record."""

    user_id: str
    can_record: bool


def list_page(facts: ListFacts, words: Words, *, reader: Reader | None = None) -> Page:
    """The wanted accounts, named ones by tier against the caps, then paused ones and candidates; a part of a long list.

    Each account can be opened, and the reader's own updated. Of each tier the accounts of this page that are in
    trouble come first. The button for more carries where to go on, and the filter.

    Args:
        facts: the list's counts, and the accounts of the page.
        words: the sentences.
        reader: the person who reads it; without one there are no buttons beside the accounts.
    """
    following, parts = facts.first + len(facts.items), _heading(facts, words)
    if reader is not None and reader.can_record and facts.is_of_whole_tiers:
        tiers = [
            (tier, facts.counts.get((ListStatus.NAMED, tier), 0), cap) for tier, cap in caps(facts.settings).items()
        ]
        parts += settle_note(tiers, words)
    parts += _shown(facts, words, reader) if facts.total else (_nothing(facts, words),)
    if len(facts.items) < facts.total:
        parts.append(Note(words.say("account.list_span", first=facts.first + 1, last=following, total=facts.total)))
    if foot := tuple(_foot(facts, words, following)):
        parts.append(Buttons(foot))
    return Page(_title(facts, words), tuple(parts), key="list")


def filter_words(facts: ListFacts, words: Words) -> str:
    """The filter as people say it, raw; empty for none."""
    return words.raw("account.filter", wanted=facts.wanted, names=facts.names).strip()


def _heading(facts: ListFacts, words: Words) -> list[Item]:
    said = filter_words(facts, words)
    brief = shortened(said, FILTER_CHARACTERS)
    heading = Heading(words.raw("account.list_heading", wanted=brief, count=facts.total))
    return [heading, Text(escape(said))] if brief != said else [heading]


def _title(facts: ListFacts, words: Words) -> str:
    if not facts.wanted.is_empty:
        return words.raw("account.list_heading", wanted=filter_words(facts, words), count=facts.total)
    named, paused, candidates = (_count(facts, status) for status in ON_VIEW)
    return words.raw("account.list_title", named=named, candidates=candidates, paused=paused)


def _nothing(facts: ListFacts, words: Words) -> Text:
    return Text(words.say("account.list_nothing" if facts.wanted.is_empty else "account.list_none_fits"))


def _foot(facts: ListFacts, words: Words, following: int) -> Iterator[Button]:
    """More where there is more, and the whole list where there was a filter."""
    if following < facts.total:
        yield labelled(words, "abm.list_more", f"{following} {written(facts.wanted)}".strip())
    if not facts.wanted.is_empty:
        yield labelled(words, "abm.list")


def _groups(facts: ListFacts, words: Words) -> Iterator[tuple[Mrkdwn, ListStatus, int | None, int]]:
    """(label, status, tier, how many) of the groups that have accounts, the most important first."""
    cap_of = caps(facts.settings) if facts.is_of_whole_tiers else {}
    for tier in (*TIERS, None):
        if count := facts.counts.get((ListStatus.NAMED, tier), 0):
            label = words.say("account.tier_label", tier=tier, count=count, cap=cap_of.get(tier, 0))
            yield label, ListStatus.NAMED, tier, count
    for status in ORDER[1:]:
        if count := _count(facts, status):
            yield words.say("account.status_label", status=status, count=count), status, None, count


def _shown(facts: ListFacts, words: Words, reader: Reader | None) -> Iterator[Item]:
    """The accounts of the page under their labels; of groups that come later only the labels with the counts."""
    before, following = 0, facts.first + len(facts.items)
    for label, status, tier, count in _groups(facts, words):
        group = [item for item in facts.items if _is_in(item.facts.account, status, tier)]
        if group or before >= following:
            yield from _group(label, group, words, reader)
        before += count


def _group(label: Mrkdwn, group: Sequence[AgendaItem], words: Words, reader: Reader | None) -> Iterator[Item]:
    """A label and the lines below it, each with its buttons where there is a reader."""
    lines = list(_lines(group, words))
    if reader is None:
        yield Rows((label, *(line for _, line in lines)))
        return
    yield Rows((label,))
    for item, line in lines:
        yield with_buttons(item, line, words, can_record=reader.can_record and is_updated_by(reader, item))


def is_updated_by(reader: Reader, item: AgendaItem) -> bool:
    """True for an account of the reader that takes updates."""
    account = item.facts.account
    people = (account.profile.owner, account.profile.marketing_partner)
    return reader.user_id in people and not account.list_status.is_closed


def _is_in(account: AccountState, status: ListStatus, tier: int | None) -> bool:
    """Return true if the account belongs to the group; only named accounts have a group for each tier."""
    return account.list_status is status and (status is not ListStatus.NAMED or account.tier == tier)


def _count(facts: ListFacts, status: ListStatus) -> int:
    return sum(count for group, count in facts.counts.items() if group[0] is status)


def _lines(group: Sequence[AgendaItem], words: Words) -> Iterator[tuple[AgendaItem, str]]:
    """The accounts of a group, each with its line; named ones in trouble first."""
    if group and group[0].facts.account.list_status is ListStatus.NAMED:
        ordered = sorted(group, key=by_trouble)
        yield from zip(ordered, account_lines(ordered, words, with_owner=True), strict=True)
        return
    for item in group:
        yield item, _candidate(item.facts, words)


def _candidate(facts: AgendaFacts, words: Words) -> str:
    answer = fit_of(facts.account.fit, facts.settings)
    return words.say("account.candidate", account=facts.account, answer=answer, proposal=pending(facts))
