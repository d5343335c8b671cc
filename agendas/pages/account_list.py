"""Pages of the whole list: accounts, versions, capacity, plays, menu."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from agendas.errors import Outdated
from agendas.facts.account import ListStatus
from agendas.facts.answered_items import EVERYTHING, AccountFilter
from agendas.facts.people import PersonFacts
from agendas.facts.program import DEFAULTS, TIERS, ProgramSettings
from agendas.facts.reviews import AgendaItem, Bucket
from agendas.pages.accounts import LARGEST_ID
from agendas.rendering.blockkit import BUTTON_VALUE_CHARACTERS
from agendas.rendering.mrkdwn import Mrkdwn, escape, length, read
from agendas.rendering.page import Button, Buttons, Heading, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.access import Permission, may
from agendas.rules.account_list import (
    ON_VIEW,
    ORDER,
    ChangesFacts,
    Group,
    ListChange,
    NoRoom,
    VersionFacts,
    Wish,
    caps,
    pending,
)
from agendas.rules.commands import list_filter_written
from agendas.rules.deals import furthest_deal
from agendas.rules.fit import fit_of
from agendas.rules.plays import LibraryPlay, allowed_in
from agendas.text.dates import local_date
from agendas.text.limits import shortened

# My accounts, and the line of an account in a list.

MINE_ACCOUNTS = 10
"""Accounts of a person on one page: with their buttons they fill two screens of a phone."""


def my_accounts_page(
    items: Sequence[AgendaItem],
    words: Words,
    *,
    next_reviews: Mapping[int, datetime] | None = None,
    start: int = 0,
    can_record: bool = True,
) -> Page:
    """One line per account with its buttons, those in trouble first; without accounts a sentence that says so.

    Args:
        items: the asker's accounts.
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
    first = start if start < len(items) else 0  # the list may have become shorter
    following = min(first + MINE_ACCOUNTS, len(items))
    shown = sorted(items, key=by_trouble)[first:following]
    lines = [
        with_buttons(item, line, words, can_record=can_record)
        for item, line in zip(shown, account_lines(shown, words, next_reviews=next_reviews or {}), strict=True)
    ]
    parts: list[Item] = [heading, *lines]
    if following - first < len(items):
        parts.append(Note(words.say("program.span", first=first + 1, last=following, total=len(items))))
    if following < len(items):
        parts.append(Buttons((labelled(words, "account.list_more", str(following)),)))
    return Page(title, tuple(parts), key="mine")


def with_buttons(item: AgendaItem, line: str, words: Words, *, can_record: bool) -> Line:
    """The line with the button that opens the account and, for who may record, the one that updates it."""
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
            today=local_date(item.facts.now, item.facts.zone),
            with_owner=with_owner,
            proposal=pending(item.facts),
        )
        for item in sorted(items, key=by_trouble)
    )


def _is_urgent(item: AgendaItem) -> bool:
    """True for a named account that needs intervention or is stalled."""
    return item.facts.account.list_status is ListStatus.NAMED and item.placement.bucket in (
        Bucket.NEEDS_INTERVENTION,
        Bucket.STALLED,
    )


def by_trouble(item: AgendaItem) -> tuple[int, int, str]:
    """Sort key: accounts in trouble first, then by tier and name."""
    account = item.facts.account
    need = list(Bucket).index(item.placement.bucket) if _is_urgent(item) else len(Bucket)
    # without a tier after every tier
    return (need, account.tier or 9, account.name.casefold())


# One account too many: which cap is reached, and which accounts could leave.

FURTHER = ("why_now", "motion")
"""Parts of a justification that a wish may have besides the reason."""

OTHER_VERSION = "This comes from another version of Cadence and does nothing here. Name the account anew."


def no_room_page(error: NoRoom, words: Words) -> Page:
    """The cap with its count, the best candidates to leave with their reasons, and the button to swap.

    No swap makes room where there are more than the cap already.
    """
    sentence, has_reason = no_room_line(error, words), any(leaver.has_reason for leaver in error.leavers)
    items = (
        Text(sentence),
        Rows((words.say("versions.candidates", has_reason=has_reason), *leaver_lines(error, words))),
        Note(words.say("versions.others")),
        *(() if error.full.too_many else (Buttons((labelled(words, "list.swap", swap_value(error)),)),)),
    )
    return Page(read(sentence), items, key="no_room")


def over_cap_note(tiers: Iterable[tuple[int | None, int, int]], words: Words) -> tuple[Note, ...]:
    """A note on the tiers with more accounts than their cap, none where all fit; `tiers` are (tier, count, cap)."""
    over = [(tier, count, cap) for tier, count, cap in tiers if cap and count > cap]
    return (Note(words.say("versions.settle", tiers=over)),) if over else ()


def no_room_line(error: NoRoom, words: Words) -> Mrkdwn:
    return words.say("versions.no_room", wish=error.wish, full=error.full)


def leaver_lines(error: NoRoom, words: Words) -> tuple[Mrkdwn, ...]:
    tier = error.full.tier
    return tuple(words.say("versions.leaver", leaver=leaver, tier=tier) for leaver in error.leavers)


def swap_value(error: NoRoom) -> str:
    """Return the button's value: JSON of the account, tier and reasons; what is too long is left out."""
    wish = error.wish
    value: dict[str, object] = {"account_id": wish.account_id, "tier": wish.tier, "because": wish.because}
    value |= {name: text for name in FURTHER if (text := getattr(wish, name))}
    written = json.dumps(value, ensure_ascii=False)
    # the further parts are left out one by one until the value fits, the reason last
    for name in (*FURTHER, "because"):
        if length(written) > BUTTON_VALUE_CHARACTERS and name in value:
            value[name] = ""
            written = json.dumps(value, ensure_ascii=False)
    # JSON can bring half of a character of two UTF-16 units, which cannot be sent
    return written.encode("utf-8", "replace").decode()


def read_swap(value: str) -> Wish:
    """The wish in a button's `swap_value`, without the account's name. Raises Outdated for a value of another form."""
    try:
        found = json.loads(value)
        account_id, tier, because = found["account_id"], found["tier"], found["because"]
        further = [found.get(name, "") for name in FURTHER]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Outdated(OTHER_VERSION) from None
    has_ids = type(account_id) is int and 0 < account_id < LARGEST_ID and type(tier) is int and tier in TIERS
    if not has_ids or not all(isinstance(each, str) for each in (because, *further)):
        raise Outdated(OTHER_VERSION)
    return Wish(account_id, "", tier, because, *further)


# The menu of the program: how full the list is, and where to go.


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One place to go: a button for those who have the right.

    Args:
        action: the button.
        permission: what a person needs to be shown it.
        command: the command that the button runs; empty where another subject serves the button.
        text: the words after the command.
    """

    action: str
    permission: Permission = Permission.READ
    command: str = ""
    text: str = ""


MENU = (
    (
        MenuEntry("updates.start", Permission.RECORD),
        MenuEntry("account.list"),
        MenuEntry("abm.list"),
        MenuEntry("menu.review", command="/review"),
        MenuEntry("menu.nominate", Permission.NOMINATE, "/account", "nominate"),
    ),
    (
        MenuEntry("menu.versions", command="/abm", text="versions"),
        MenuEntry("menu.plays", command="/abm", text="plays"),
        MenuEntry("abm.people"),
        MenuEntry("preferences.open"),
        MenuEntry("abm.help"),
    ),
    (
        MenuEntry("menu.executive", command="/abm", text="executive"),
        MenuEntry("menu.scoreboard", command="/abm", text="scoreboard"),
        MenuEntry("menu.measures", command="/abm", text="measures"),
        MenuEntry("menu.audit", command="/abm", text="audit"),
        MenuEntry("calendar.mine"),
    ),
    (
        MenuEntry("menu.trail", Permission.AUDIT, "/abm", "trail"),
        MenuEntry("menu.settings", Permission.ADMINISTER, "/abm", "settings"),
        MenuEntry("menu.health", Permission.INSPECT, "/abm", "health"),
    ),
    (
        MenuEntry("menu.import", Permission.ADMINISTER, "/abm", "import"),
        MenuEntry("menu.export", Permission.ADMINISTER, "/abm", "export"),
        MenuEntry("menu.signals", Permission.ADMINISTER, "/abm", "signals"),
    ),
)
"""The rows of the menu, of five at most: daily work, the program, how it does, how it is run, what goes in and out."""


def menu_page(
    counts: Mapping[int | None, int],
    words: Words,
    *,
    candidates: int,
    paused: int,
    settings: ProgramSettings,
    person: PersonFacts,
    to_set_up: tuple[Item, ...] = (),
) -> Page:
    """Named accounts per tier against the caps, candidates, paused ones, and a button to each page the person may use.

    `to_set_up` is the checklist of an admin, above the buttons.
    """
    tiers = [(tier, counts.get(tier, 0), cap) for tier, cap in caps(settings).items()]
    title = words.raw("account.list_title", named=sum(counts.values()), candidates=candidates, paused=paused)
    items = (
        Heading(words.raw("program.menu_heading")),
        Text(words.say("program.menu_counts", tiers=tiers, candidates=candidates, paused=paused)),
        *(over_cap_note(tiers, words) if may(person, Permission.DECIDE) else ()),
        *to_set_up,
        *menu_buttons(person, words),
        Note(words.say("program.menu_note")),
    )
    return Page(title, items, key="menu")


def menu_buttons(person: PersonFacts, words: Words, *, without: Collection[str] = ()) -> tuple[Buttons, ...]:
    """A row of buttons for each group of places that the person may go to, `without` some of them."""
    rows = (
        tuple(
            labelled(words, each.action) for each in row if may(person, each.permission) and each.action not in without
        )
        for row in MENU
    )
    return tuple(Buttons(row) for row in rows if row)


# The program's list by tier, or the accounts of it that fit a filter.

LIST_ACCOUNTS = 10
"""Accounts of the list on one page: each costs a fifth of a millisecond, see docs/performance.md."""

FILTER_CHARACTERS = 100
"""Of a filter in the heading, which holds 150 characters with the counts; a longer one is shown whole below it."""


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
        return sum(self.counts.values())

    @property
    def is_of_whole_tiers(self) -> bool:
        """True where the accounts of a tier are all of it, so that they can be held against its cap."""
        return not (self.wanted.states or self.wanted.owners or self.wanted.segments or self.wanted.stages)


@dataclass(frozen=True, slots=True)
class ListReader:
    user_id: str
    can_record: bool


def list_page(facts: ListFacts, words: Words, *, reader: ListReader | None = None) -> Page:
    """The wanted accounts, named ones by tier against the caps, then paused ones and candidates; a part of a long list.

    Each account can be opened, and the reader's own updated. Of each tier the accounts of this page that are in trouble
    come first. The button for more carries where to go on, and the filter. `facts`: the list's counts, and the accounts
    of the page. `reader`: the person who reads it; without one there are no buttons beside the accounts.
    """
    following, parts = facts.first + len(facts.items), _heading(facts, words)
    if reader is not None and reader.can_record and facts.is_of_whole_tiers:
        tiers = [
            (tier, facts.counts.get((ListStatus.NAMED, tier), 0), cap) for tier, cap in caps(facts.settings).items()
        ]
        parts += over_cap_note(tiers, words)
    nothing = "account.list_nothing" if facts.wanted.is_empty else "account.list_none_fits"
    parts += _groups_shown(facts, words, reader) if facts.total else (Text(words.say(nothing)),)
    if len(facts.items) < facts.total:
        parts.append(Note(words.say("account.list_span", first=facts.first + 1, last=following, total=facts.total)))
    if foot := tuple(_foot_buttons(facts, words, following)):
        parts.append(Buttons(foot))
    if facts.wanted.is_empty:
        named, paused, candidates = (_count_with(facts, status) for status in ON_VIEW)
        title = words.raw("account.list_title", named=named, candidates=candidates, paused=paused)
    else:
        title = words.raw("account.list_heading", wanted=filter_words(facts, words), count=facts.total)
    return Page(title, tuple(parts), key="list")


def filter_words(facts: ListFacts, words: Words) -> str:
    return words.raw("account.filter", wanted=facts.wanted, names=facts.names).strip()


def _heading(facts: ListFacts, words: Words) -> list[Item]:
    """The heading; a filter that is too long for it is shortened there, and shown whole below it."""
    sentence = filter_words(facts, words)
    brief = shortened(sentence, FILTER_CHARACTERS)
    heading = Heading(words.raw("account.list_heading", wanted=brief, count=facts.total))
    return [heading, Text(escape(sentence))] if brief != sentence else [heading]


def _foot_buttons(facts: ListFacts, words: Words, following: int) -> Iterator[Button]:
    """Yield the button for more, from the account after `following` on, and the one for the list without its filter."""
    if following < facts.total:
        yield labelled(words, "abm.list_more", f"{following} {list_filter_written(facts.wanted)}".strip())
    if not facts.wanted.is_empty:
        yield labelled(words, "abm.list")


def _groups(facts: ListFacts, words: Words) -> Iterator[tuple[Mrkdwn, ListStatus, int | None, int]]:
    """(label, status, tier, how many) of the groups that have accounts; the label of a whole tier has its cap."""
    cap_of = caps(facts.settings) if facts.is_of_whole_tiers else {}
    for tier in (*TIERS, None):
        if count := facts.counts.get((ListStatus.NAMED, tier), 0):
            label = words.say("account.tier_label", tier=tier, count=count, cap=cap_of.get(tier, 0))
            yield label, ListStatus.NAMED, tier, count
    # all but the first status, NAMED, whose groups are the tiers above
    for status in ORDER[1:]:
        if count := _count_with(facts, status):
            yield words.say("account.status_label", status=status, count=count), status, None, count


def _groups_shown(facts: ListFacts, words: Words, reader: ListReader | None) -> Iterator[Item]:
    """The accounts of the page under their labels; of later groups only labels with counts, of earlier ones nothing."""
    before, following = 0, facts.first + len(facts.items)
    for label, status, tier, count in _groups(facts, words):
        of_status = [item for item in facts.items if item.facts.account.list_status is status]
        is_by_tier = status is ListStatus.NAMED
        group = [item for item in of_status if not is_by_tier or item.facts.account.tier == tier]
        if group or before >= following:
            yield from _group(label, group, words, reader)
        before += count


def _group(label: Mrkdwn, group: Sequence[AgendaItem], words: Words, reader: ListReader | None) -> Iterator[Item]:
    """The accounts under their label, for a reader each with buttons: to open it and, if it is theirs, to update it."""
    lines = list(_sentences(group, words))
    if reader is None:
        yield Rows((label, *(line for _, line in lines)))
        return
    yield Rows((label,))
    for item, line in lines:
        yield with_buttons(item, line, words, can_record=reader.can_record and is_updated_by(reader, item))


def is_updated_by(reader: ListReader, item: AgendaItem) -> bool:
    """True if the reader owns the account or is its marketing partner, and it is not closed."""
    account = item.facts.account
    people = (account.profile.owner, account.profile.marketing_partner)
    return reader.user_id in people and not account.list_status.is_closed


def _count_with(facts: ListFacts, status: ListStatus) -> int:
    return sum(count for group, count in facts.counts.items() if group[0] is status)


def _sentences(group: Sequence[AgendaItem], words: Words) -> Iterator[tuple[AgendaItem, str]]:
    """Each account with its line: named ones with their owner, in trouble first; others as given, with their fit."""
    if group and group[0].facts.account.list_status is ListStatus.NAMED:
        ordered = sorted(group, key=by_trouble)
        yield from zip(ordered, account_lines(ordered, words, with_owner=True), strict=True)
        return
    for item in group:
        account, answer = item.facts.account, fit_of(item.facts.account.fit, item.facts.settings)
        yield item, words.say("account.candidate", account=account, answer=answer, proposal=pending(item.facts))


# The library of plays: what each tier allows, and every play with its steps.

PLAYS_SHOWN = 10
"""Plays on one page: with their steps, as many as people read at once."""


def library_page(
    library: Sequence[LibraryPlay], words: Words, *, tier: int | None = None, can_decide: bool, start: int = 0
) -> Page:
    """The plays of one tier or all, from position `start`; retired ones last, for people who may restore them."""
    of_tier = [each for each in library if tier in (None, *each.play.tiers)]
    entries = [each for each in of_tier if not each.is_retired]
    entries += [each for each in of_tier if each.is_retired and can_decide]
    first = start if start < len(entries) else 0  # the list may have become shorter
    shown = entries[first : first + PLAYS_SHOWN]
    tiers = TIERS if tier is None else (tier,)
    items: list[Item] = [Heading(words.raw("plays.heading", tier=tier))]
    items.append(Rows(tuple(words.say("plays.of_tier", tier=each, plays=allowed_in(each, library)) for each in tiers)))
    for entry in shown:
        items += _play_items(entry, words, can_decide=can_decide)
    remaining = len(entries) - first - len(shown)
    items += [Note(words.say("plays.more", count=remaining))] if remaining else []
    buttons = [labelled(words, "plays.add")] if can_decide else []
    buttons += [labelled(words, "plays.more", f"{first + len(shown)} {tier or ''}".strip())] if remaining else []
    items += [Buttons(tuple(buttons))] if buttons else []
    title = words.raw("plays.title", tier=tier, count=sum(not each.is_retired for each in of_tier))
    return Page(title, tuple(items), key=f"plays-{tier or 0}-{first}")


def play_saved_page(entry: LibraryPlay, words: Words) -> Page:
    sentence = (Text(words.say("plays.saved", entry=entry)), *_play_items(entry, words, can_decide=False))
    return Page(words.raw("plays.saved", entry=entry), sentence, key="play_saved")


def _play_items(entry: LibraryPlay, words: Words, *, can_decide: bool) -> Iterator[Item]:
    """The play, with the button to change it for who may decide, and its steps unless it is retired."""
    sentence = words.say("plays.entry", entry=entry)
    yield Line(sentence, labelled(words, "plays.change", entry.play.key)) if can_decide else Text(sentence)
    if not entry.is_retired:
        yield Rows(tuple(words.say("plays.step", step=step) for step in entry.play.steps))


# The list on one date, and what changed on it between two.

NAMES_SHOWN = 150
CHANGES_SHOWN = 30
"""With a reason each they are about what one message holds."""

Place = tuple[ListStatus, int | None]

_PLACES: tuple[Place, ...] = (
    *((ListStatus.NAMED, tier) for tier in (*TIERS, None)),
    (ListStatus.PAUSED, None),
    (ListStatus.CANDIDATE, None),
)
"""Where an account can be in a version of the list, in the order shown."""


@dataclass(frozen=True, slots=True)
class _Group:
    """A label, and what is listed under it. Lines are made of the members shown only, since a list may be long."""

    label: str
    members: Sequence[Any]
    draw: Callable[[Any], str]


def version_page(facts: VersionFacts, words: Words, *, start: int = 0) -> Page:
    """Return the number of accounts by tier, and the names after the first `start`; candidates are only counted."""
    counts = facts.version.counts()
    # tiers are counted even if no account is in them
    places = [(status, tier) for status, tier in _PLACES if counts[status, tier] or tier]
    numbers = [(_group_label(place, words), counts[place]) for place in places]
    groups = [
        _Group(
            words.say("versions.group", label=_group_label(place, words), count=counts[place]),
            sorted((facts.names.get(account_id, "?") for account_id in facts.version.at(*place)), key=str.casefold),
            lambda name: words.say("versions.name", name=name),
        )
        for place in _PLACES
        if counts[place] and place[0] is not ListStatus.CANDIDATE
    ]
    items = (
        Heading(words.raw("versions.version_heading", on=facts.on)),
        Text(words.say("versions.numbers", numbers=numbers)),
        *(() if groups else (Text(words.say("versions.nobody")),)),
        *_part(groups, words, start=start, most=NAMES_SHOWN, dates=f"{facts.on}"),
    )
    named = sum(counts[status, tier] for status, tier in _PLACES if status is ListStatus.NAMED)
    return Page(words.raw("versions.version_title", on=facts.on, named=named), items, key="version")


def changes_page(facts: ChangesFacts, words: Words, *, start: int = 0) -> Page:
    """Return the changes by kind, newest first, each with author, date and reason; a long list from `start` on."""
    before, after = facts.before.counts(), facts.after.counts()
    numbers = [
        (_group_label((status, tier), words), before[status, tier], after[status, tier])
        for status, tier in _PLACES
        if before[status, tier] or after[status, tier] or tier
    ]

    def change_line(change: ListChange) -> str:
        """The change in one line; `?` for an account whose name is not known."""
        name = facts.names.get(change.after.account_id, "?")
        return words.say("versions.change", name=name, change=change, zone=facts.zone)

    # the changes are sorted by kind, newest first in each
    groups = [
        _Group(words.say("versions.what", what=kind, count=len(members)), members, change_line)
        for kind, members in ((kind, list(same)) for kind, same in groupby(facts.changes, lambda change: change.what))
    ]
    span = words.say("versions.span", first=facts.first, second=facts.second)
    items = (
        Heading(words.raw("versions.changes_heading")),
        Text(f"{span}\n{words.say('versions.moved_numbers', numbers=numbers)}"),
        *(() if groups else (Text(words.say("versions.nothing_changed")),)),
        *_part(groups, words, start=start, most=CHANGES_SHOWN, dates=f"{facts.first} {facts.second}"),
    )
    title = words.raw("versions.changes_title", count=len(facts.changes), first=facts.first, second=facts.second)
    return Page(title, items, key="versions")


def _group_label(place: Place, words: Words) -> str:
    status, tier = place
    return words.say("versions.label", status=status, tier=tier)


def _part(groups: Sequence[_Group], words: Words, *, start: int, most: int, dates: str) -> tuple[Item, ...]:
    """At most `most` lines after the first `start` (past the end: the first); the button for more has the dates."""
    total = sum(len(group.members) for group in groups)
    first = start if start < total else 0
    following = min(first + most, total)
    items: list[Item] = []
    before = 0
    for group in groups:
        shown = group.members[max(first - before, 0) : max(following - before, 0)]
        if shown:
            items.append(Rows((group.label, *map(group.draw, shown))))
        before += len(group.members)
    if following - first < total:
        items.append(Note(words.say("program.span", first=first + 1, last=following, total=total)))
    items.append(Note(words.say("versions.note")))
    if following < total:
        items.append(Buttons((labelled(words, "abm.versions_more", f"{following} {dates}"),)))
    return tuple(items)
