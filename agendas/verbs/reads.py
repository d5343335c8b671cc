"""Look-ups about accounts and people: found by name, listed, placed, waiting for somebody. Nothing here writes."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import accumulate
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import NoAccount, NotUnderstood, Outdated, Refused, UnknownAccount
from agendas.facts.account import AccountState, EventFacts, ListStatus, Movement, Stage
from agendas.facts.answered_items import EVERYTHING, AccountFilter, FoundItem, OfAccount
from agendas.facts.answers import NextReview
from agendas.facts.deals import StageDeclined
from agendas.facts.events import Moved
from agendas.facts.fit import WaitingAccount
from agendas.facts.people import Function, Lead, PersonFacts
from agendas.facts.program import (
    HOLIDAYS,
    HealthFacts,
    LedgerState,
    OwnerlessAccount,
    PausedChannel,
    ProgramSettings,
    SetupFacts,
    SetupStep,
    UnsureMessage,
    UnsureMessages,
)
from agendas.facts.reviews import AgendaFacts, AgendaItem, Away, AwayFacts, MovementFlag
from agendas.pages.account_list import LIST_ACCOUNTS, ListFacts
from agendas.rules import access
from agendas.rules.access import (
    NOT_IN_TIME,
    RATE_LIMITS,
    Colleague,
    Colleagues,
    Permission,
    delivery_reason,
    may,
)
from agendas.rules.account_list import (
    ChangesFacts,
    Group,
    ListEntry,
    VersionFacts,
    changes_between,
    counted_entries,
    fits,
    on_view,
    statuses_of,
    version_at,
)
from agendas.rules.commands import read_filter
from agendas.rules.deals import AccountProposal, RunProposals, StageProposal, proposal_by, proposed_stage
from agendas.rules.entries import uncorrected
from agendas.rules.fit import criteria_of, stand_ins
from agendas.rules.fold import fold
from agendas.rules.history import matters_since, undecided_entries
from agendas.rules.nudging import item_of
from agendas.rules.reviews import is_reviewed, order, place
from agendas.text import names
from agendas.text.dates import day_text, local_date
from agendas.text.names import Leading, NameKey, first_word
from agendas.verbs import review_reads
from agendas.verbs.loading import (
    account_state,
    action_facts,
    agenda_facts,
    away_facts,
    away_on,
    blocker_facts,
    event_facts,
    facts_to_place,
    is_member,
    leads_of,
    needed_by,
    people_at,
    person_at,
    person_facts,
    scores_of,
    settings_of,
)
from agendas.verbs.mail import mail_troubles
from agendas.verbs.privacy import unread_channels
from agendas.verbs.review_reads import account_of, cadences_health, get_review, letter_name, reviewed_on_time
from agendas.verbs.roster import accounts_of, acts_for, covering_for
from agendas.verbs.trail import left_out
from storage import (
    account_items,
    accounts,
    asked,
    diagnostics,
    events,
    find,
    imports,
    outbox,
    people,
    preparing,
    reviews,
    workspaces,
)
from storage.account_items import NO_ITEMS
from storage.events import ListEvent
from storage.find import AccountColumns, Among
from storage.letter_subjects import addressee_of, item_id_of, seen_among
from storage.models.accounts import Account, ActionRow, BlockerRow
from storage.models.delivery import Letter, LetterState
from storage.models.reviews import Cadence

# An account by its name: typed first in a command, anywhere in a text, or offered while somebody types.

THIS = "this"
"""The word for the account of the channel it is typed in."""
POSSESSIVE = re.compile(r"(?<=\w)['\u2019\u02bc\u00b4`]s(?!\w)", re.IGNORECASE)

SHORTEST_NAME_LETTERS = 3
"""Shorter words within a sentence are not taken for account names."""

CONJUNCTION = re.compile(r"(?:&amp;|&|(?:and|or|vs\.?|versus|with|to)\b)\s*", re.IGNORECASE)
"""Words between the names of two accounts."""
AND = re.compile(r"(?:&amp;|&|and\b)\s*", re.IGNORECASE)
MAX_OPTIONS = 50
MAX_LONGER_NAMES = 3

FEW_OPTIONS = 5
"""With fewer names that begin like the typed text, the nearest names are offered too."""


def leading_account(session: Session, workspace_id: str, text: str, *, channel_id: str = "") -> Leading:
    """Return the account that `text` begins with, and the rest of the text as typed.

    Raises UnknownAccount with the nearest names, NotUnderstood for `this` in a channel of no account.
    """
    word, _, rest = text.strip().partition(" ")
    if word.casefold() == THIS:
        row = accounts.of_channel(session, workspace_id, channel_id) if channel_id else None
        if row is None:
            raise NotUnderstood("This channel is not an account's own, so write the account's name instead of this.")
        return Leading(row.row_id, rest.strip(), is_whole=True)
    candidates = _keys(session, workspace_id, first_word(text))
    # where no name begins so, the nearest of all names are offered
    return names.leading_account(text, candidates or _keys(session, workspace_id))


def leading_if_known(session: Session, workspace_id: str, text: str) -> Leading | None:
    """Return the account that `text` begins with, None where it is none's or several could be meant."""
    candidates = _keys(session, workspace_id, first_word(text))
    try:
        return names.leading_account(text, candidates) if candidates else None
    except UnknownAccount:
        return None


def split_account(session: Session, workspace_id: str, text: str, *, channel_id: str = "") -> tuple[int, str]:
    """Return (account id, rest of the text) of the account that `text` begins with. Raises as `leading_account`."""
    found = leading_account(session, workspace_id, text, channel_id=channel_id)
    return found.account_id, found.rest


def account_or_two(
    session: Session, workspace_id: str, text: str, *, channel_id: str
) -> tuple[int, str, tuple[str, str, str] | None]:
    """Return (account id, rest, two): the account that the text begins with, and what is typed after it.

    If another account follows after a comma or "and", `two` is (name, other name, text after both), else None.
    """
    account_id, rest = split_account(session, workspace_id, text, channel_id=channel_id)
    joined = AND.match(rest)
    if joined is None and not text.strip().removesuffix(rest).rstrip().endswith(","):
        return account_id, rest, None
    second = _named_first(session, workspace_id, rest[joined.end() :] if joined else rest)
    if second is None or second.account_id == account_id:
        return account_id, rest, None
    named = accounts.get_many(session, workspace_id, (account_id, second.account_id))
    name_by_id = {each.row_id: each.name for each in named}
    return account_id, rest, (name_by_id[account_id], name_by_id[second.account_id], second.rest)


def find_exact(session: Session, workspace_id: str, typed: str) -> int | None:
    """Return the id of the only account whose name, alias or domain is exactly `typed`, None for none or several."""
    key = names.normal_key(typed)
    found = {account_id for account_id, _kind in accounts.by_key(session, workspace_id, key)} if key else set()
    return found.pop() if len(found) == 1 else None


def longer_names(session: Session, workspace_id: str, account_id: int, name: str) -> tuple[str, ...]:
    """Return the names of up to three other accounts that begin with this account's name."""
    key = names.normal_key(name)
    found = accounts.keys(session, workspace_id, beginning=f"{key} ") if key else []
    return tuple(dict.fromkeys(each for other, each, _, _ in found if other != account_id))[:MAX_LONGER_NAMES]


def find_in_text(session: Session, workspace_id: str, text: str) -> int | None:
    """Return the id of the account named in a text by its whole name or its whole first word, None without one.

    A name in the possessive (`Acme's lawyer`) is one too, unless the account is called so itself (`Macy's`). Raises
    UnknownAccount with both if another account is named too: `acme and globex`.
    """
    words = text.split()
    for start in range(len(words)):
        leading = _named_first(session, workspace_id, " ".join(words[start:]))
        if leading is not None:
            found, joined = leading.account_id, CONJUNCTION.match(leading.rest)
            other = find_in_text(session, workspace_id, leading.rest[joined.end() :]) if joined else None
            if other in (None, found):
                return found
            named = accounts.get_many(session, workspace_id, (found, other))
            raise UnknownAccount(text, tuple((each.row_id, each.name) for each in named), ambiguous=True)
    return None


def _named_first(session: Session, workspace_id: str, text: str) -> Leading | None:
    """Return the account that the text begins with, also in the possessive; its whole name wins over a part of a name.

    Raises UnknownAccount where it could be several.
    """
    found, several = list[Leading](), list[UnknownAccount]()
    for name in dict.fromkeys((text, POSSESSIVE.sub("", text))):
        first = first_word(name.partition(" ")[0])
        candidates = _keys(session, workspace_id, first) if len(first) >= SHORTEST_NAME_LETTERS else []
        matching = [each for each in candidates if each.key == first or each.key.startswith(f"{first} ")]
        try:
            found += [names.leading_account(name, matching)] if matching else []
        except UnknownAccount as error:
            several.append(error)
    if not found and several:
        raise several[0]
    return max(found, key=lambda each: each.is_whole, default=None)


def suggest_names(session: Session, workspace_id: str, typed: str, *, user_id: str = "") -> tuple[tuple[str, str], ...]:
    """Return (name, account id) of the accounts to offer for the letters typed, without those that left the list.

    The person's own come first, then by name: those that begin with the letters, then the nearest.
    """
    key = names.normal_key(typed)
    own = {row.row_id for row in accounts.of_person(session, workspace_id, user_id)} if user_id else set()
    beginning = {each.account_id: each.name for each in _keys(session, workspace_id, key)}
    offered = sorted(beginning.items(), key=lambda pair: (pair[0] not in own, pair[1].casefold(), pair[0]))
    if key and len(offered) < FEW_OPTIONS:
        nearest = names.nearest_accounts(key, _keys(session, workspace_id))
        offered += [pair for pair in nearest if pair[0] not in beginning]
    listed = accounts.listed(session, workspace_id)
    pairs = [(name, str(account_id)) for account_id, name in offered if account_id in listed]
    return tuple(pairs[:MAX_OPTIONS])


def _keys(session: Session, workspace_id: str, beginning: str = "") -> list[NameKey]:
    """The names by which accounts are found, of those that begin with this normalised text."""
    found = accounts.keys(session, workspace_id, beginning=beginning)
    return [NameKey(account_id, name, key) for account_id, name, key, _kind in found]


WORDS_READ = 300
"""Words of a long message among which an account's name is looked for. Ours."""


def account_of_message(
    session: Session, workspace_id: str, text: str, *, channel_id: str, places: Iterable[str] = ()
) -> tuple[str, str] | None:
    """Return (name, id) of the account that a message is about, None where none or several are named.

    An account in the text comes first, then the agenda posted as one of `places` (the ts of the message and of its
    thread), then the channel's own account. An account that left the list counts as none.
    """
    try:
        named = find_in_text(session, workspace_id, " ".join(text.split()[:WORDS_READ]))
    except UnknownAccount:
        return None
    found = named or next(filter(None, (account_of(session, workspace_id, channel_id, ts) for ts in places)), None)
    if found is None:
        row = accounts.of_channel(session, workspace_id, channel_id) if channel_id else None
    else:
        row = accounts.get(session, workspace_id, found)
    if row is None or ListStatus(row.list_status).is_closed:
        return None
    return row.name, str(row.row_id)


# An account with its place, a person's accounts, and all by need.


def get_account(session: Session, workspace_id: str, account_id: int) -> Account:
    """Return the account's row. Raises NoAccount where there is none, or none that the reader may see."""
    row = accounts.get(session, workspace_id, account_id)
    if row is None:
        raise NoAccount
    return row


def account_card(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> AgendaItem:
    """Return the account compared with its last held review. Raises Outdated when it does not exist."""
    return _as_placed(session, [get_account(session, workspace_id, account_id)], now=now, zone=zone)[0]


def cards_of(session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str) -> tuple[AgendaItem, ...]:
    """Return the accounts a person owns or partners: named ones in order of need, then paused ones and candidates.

    Those of people whom they stand in for now are theirs too.
    """
    whose = acts_for(session, workspace_id, user_id, now=now, zone=zone)
    items = _as_placed(session, accounts_of(session, workspace_id, whose), now=now, zone=zone)
    named = [item for item in items if item.facts.account.list_status is ListStatus.NAMED]
    return (*order(named), *(item for item in items if item not in named))


def own_by_need(
    session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str, review_id: int = 0
) -> tuple[int, ...]:
    """Return the ids of named accounts that a person owns or partners, most in need first; only a review's if given.

    Those of people whom they stand in for now are theirs too. Raises Outdated when there is no such review.
    """
    whose = acts_for(session, workspace_id, user_id, now=now, zone=zone)
    rows = [row for row in accounts_of(session, workspace_id, whose) if row.list_status == ListStatus.NAMED]
    if review_id:
        if reviews.get(session, workspace_id, review_id) is None:
            raise Outdated("That review does not exist any more. See this channel's reviews with /review history.")
        discussed = set(reviews.account_ids(session, review_id))
        rows = [row for row in rows if row.row_id in discussed]
    return tuple(item.facts.account.account_id for item in _by_need(session, workspace_id, rows, now=now, zone=zone))


def named_by_need(session: Session, workspace_id: str, *, now: datetime, zone: str) -> tuple[AgendaItem, ...]:
    """Return the named accounts of the workspace with their places, the most in need first."""
    return _by_need(session, workspace_id, accounts.fitting(session, workspace_id), now=now, zone=zone)


def placed(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> AgendaItem:
    """Return the account with its current place. Raises Outdated when it does not exist."""
    row = get_account(session, workspace_id, account_id)
    return _by_need(session, workspace_id, [row], now=now, zone=zone)[0]


def _by_need(
    session: Session, workspace_id: str, rows: Sequence[Account], *, now: datetime, zone: str
) -> tuple[AgendaItem, ...]:
    """The accounts with their places, the most in need first, read without what only an agenda shows."""
    facts = facts_to_place(session, rows, now=now, zone=zone, settings=settings_of(session, workspace_id))
    return order(all_placed(session, workspace_id, list(facts.values())))


def _as_placed(session: Session, rows: Sequence[Account], *, now: datetime, zone: str) -> tuple[AgendaItem, ...]:
    """The accounts with their places, in the order given, with everything that an agenda shows."""
    facts = agenda_facts(session, rows, now=now, zone=zone)
    return all_placed(session, rows[0].workspace_id, [facts[row.row_id] for row in rows]) if rows else ()


def all_placed(session: Session, workspace_id: str, facts: Sequence[AgendaFacts]) -> tuple[AgendaItem, ...]:
    """Return the accounts with their places, each with the open review that it is in."""
    running = review_reads.of_accounts(session, workspace_id, [each.account.account_id for each in facts])
    return tuple(
        AgendaItem(position=0, facts=each, placement=place(each), open_review=running.get(each.account.account_id))
        for each in facts
    )


# A page of the list: the groups counted, and no account loaded but those shown.


def filtered_list(
    session: Session, workspace_id: str, words: str, *, asker: str, now: datetime, zone: str, start: int = 0
) -> ListFacts:
    """The page after the first `start` of the accounts that fit a filter's words, or all. Raises as `read_filter`."""
    known = accounts.segments(session, workspace_id, of_any_status=True) if words.strip() else ()
    names = {each.user_id: each.name for each in list_people(session, workspace_id, now=now)} if words.strip() else {}
    wanted = read_filter(words, asker=asker, segments=known, people=names)
    return account_list(session, workspace_id, now=now, zone=zone, wanted=wanted, start=start)


def account_list(
    session: Session, workspace_id: str, *, now: datetime, zone: str, wanted: AccountFilter = EVERYTHING, start: int = 0
) -> ListFacts:
    """The page of the wanted accounts after the first `start` ones, or the first page when there are no more.

    Each tier's accounts come by name; candidates by their fit, the best first. Only a filter by states places more
    accounts than are shown.
    """
    settings = settings_of(session, workspace_id)
    if wanted.states:
        placed = _in_states(session, workspace_id, wanted, settings=settings, now=now, zone=zone)
        counts = on_view(Counter((each.facts.account.list_status, each.facts.account.tier) for each in placed), wanted)
        first = start if start < sum(counts.values()) else 0
        items = placed[first : first + LIST_ACCOUNTS]
    else:
        found = accounts.counts(session, workspace_id, _columns(wanted))
        counts = on_view({(ListStatus(status), tier): count for (status, tier), count in found.items()}, wanted)
        first = start if start < sum(counts.values()) else 0
        rows = _rows_shown(session, workspace_id, wanted, counts, first)
        items = place_rows(session, rows, settings=settings, now=now, zone=zone)
    return ListFacts(counts, items, first, settings, wanted, _names_in(session, workspace_id, wanted))


def _rows_shown(
    session: Session, workspace_id: str, wanted: AccountFilter, counts: dict[Group, int], first: int
) -> list[Account]:
    """The accounts of the page that starts at the index `first`; only statuses on that page are read and sorted."""
    of_status = Counter[ListStatus]()
    for (status, _), count in counts.items():
        of_status[status] += count
    # the index in the whole list of the first account of each status, in the order of `counts`
    begins = dict(zip(of_status, accumulate(of_status.values(), initial=0), strict=False))
    shown = [each for each, at in begins.items() if at < first + LIST_ACCOUNTS and at + of_status[each] > first]
    if not shown:
        return []
    skipped, statuses = first - begins[shown[0]], [each.value for each in shown]
    return accounts.page(session, workspace_id, statuses, _columns(wanted), skipped=skipped, limit=LIST_ACCOUNTS)


def _in_states(
    session: Session, workspace_id: str, wanted: AccountFilter, *, settings: ProgramSettings, now: datetime, zone: str
) -> tuple[AgendaItem, ...]:
    """The accounts that are in one of the states wanted and fit the rest, by tier, those without one last."""
    rows = rows_fitting(session, workspace_id, wanted)
    items = place_rows(session, rows, settings=settings, now=now, zone=zone)
    fitting = [item for item in items if fits(wanted, item.facts.account, item.placement)]
    return tuple(sorted(fitting, key=lambda item: item.facts.account.tier or len(rows) + 1))


def place_rows(
    session: Session, rows: Sequence[Account], *, settings: ProgramSettings, now: datetime, zone: str
) -> tuple[AgendaItem, ...]:
    """The accounts of these rows with their places, in the order given, read without what only an agenda shows."""
    facts = facts_to_place(session, rows, now=now, zone=zone, settings=settings)
    shown = (facts[row.row_id] for row in rows)
    return tuple(AgendaItem(position=0, facts=each, placement=place(each)) for each in shown)


def rows_fitting(
    session: Session, workspace_id: str, wanted: AccountFilter, *, ids: Collection[int] = (), any_status: bool = False
) -> list[Account]:
    """The stored accounts that fit the filter but for its states, by tier and name; among `ids` where any are given.

    With `any_status` also those that the list does not show unless they are asked for.
    """
    is_any = any_status and not wanted.statuses
    statuses = None if is_any else [status.value for status in statuses_of(wanted)]
    return accounts.fitting(session, workspace_id, statuses, _columns(wanted), ids=ids)


def _columns(wanted: AccountFilter) -> accounts.Filters:
    """The parts of the filter that are columns of an account; states are computed, statuses are given beside it."""
    stages = [stage.value for stage in wanted.stages]
    return accounts.filters(tiers=wanted.tiers, people=wanted.owners, segments=wanted.segments, stages=stages)


def _names_in(session: Session, workspace_id: str, wanted: AccountFilter) -> dict[str, str]:
    """The names of the owners in the filter, by user id."""
    ids = [user_id for user_id in wanted.owners if user_id]
    return {row.user_id: row.name for row in people.get_many(session, workspace_id, ids)} if ids else {}


# Open blockers and next actions, each with its source event.


def account_found(row: AccountColumns | Account) -> OfAccount:
    """Return what an answer's line or count needs of an account."""
    state = (row.tier, Stage(row.stage), ListStatus(row.list_status), row.segment)
    # a row that was read has an id: only its type is wider
    return OfAccount(row.id or 0, row.name, *state, row.owner, row.marketing_partner, row.our_executive, row.currency)


def actions_found(rows: Iterable[tuple[ActionRow, AccountColumns]]) -> list[FoundItem]:
    return [FoundItem(account_found(columns), action_facts(row), row.row_id) for row, columns in rows]


def blockers_found(
    session: Session, workspace_id: str, rows: Sequence[tuple[BlockerRow, AccountColumns]]
) -> list[FoundItem]:
    """Return the blockers, each with who is asked for help."""
    leads = needed_by(session, workspace_id, (row.needs for row, _ in rows))
    return [item_of(account_found(columns), blocker_facts(row), leads) for row, columns in rows]


def asks_found(rows: Iterable[Account]) -> Iterator[FoundItem]:
    """Yield the open asks of these accounts."""
    for row in rows:
        if row.asks or row.decision:
            yield from (FoundItem(account_found(row), ask, ask.event_id) for ask in account_state(row).open_asks)


def with_sources(session: Session, found: Sequence[FoundItem]) -> tuple[FoundItem, ...]:
    """Return the things with the events that made them: who said so, when, with which evidence."""
    sources = {row.row_id: event_facts(row) for row in events.get_many(session, [each.id for each in found])}
    return tuple(replace(each, source=sources.get(each.id)) for each in found)


def actions_of(session: Session, workspace_id: str, user_id: str) -> tuple[FoundItem, ...]:
    """Return the person's open next actions, soonest first, on accounts that the list shows."""
    found = find.actions(session, Among.listed(workspace_id), owners=(user_id,))
    return with_sources(session, actions_found(found))


def open_of_review(
    session: Session, workspace_id: str, review_id: int, *, are_blockers: bool
) -> tuple[datetime, str, Sequence[FoundItem]]:
    """Return the planned instant and zone of the review, and the open next actions or blockers of its accounts.

    Actions come soonest first, blockers oldest first. Raises Outdated without such a review.
    """
    review = get_review(session, workspace_id, review_id)
    among = Among.listed(workspace_id, reviews.account_ids(session, review_id))
    if are_blockers:
        found = blockers_found(session, workspace_id, find.blockers(session, among))
    else:
        found = actions_found(find.actions(session, among))
    return review.planned_at, review.zone, found


# What moved, and the next reviews.


def has_moved(item: AgendaItem) -> bool:
    """Return true for a step, a claim, an expansion, or a place on the list that is new or lost."""
    answer = item.placement.movement
    return answer.movement is not Movement.UNCHANGED or MovementFlag.EXPANDED in answer.flags


def next_reviews(session: Session, workspace_id: str) -> tuple[NextReview, ...]:
    """Return the next meetings, soonest first, with open reviews: first those in channels without a cadence."""
    running = {each.channel_id: each for each in review_reads.in_workspace(session, workspace_id)}
    # taken out of `running`, so that reviews without a cadence remain in it
    planned = [
        NextReview(each.channel_id, each.next_at, each.zone, each.is_paused, running.pop(each.channel_id, None))
        for each in reviews.cadences(session, workspace_id)
        if is_visible(session, each)
    ]
    return (*(NextReview(each.channel_id, None, each.zone, open_review=each) for each in running.values()), *planned)


def is_visible(session: Session, cadence: Cadence) -> bool:
    """Return true unless the cadence is private and whoever the session reads for may see none of its accounts."""
    return not cadence.is_private or bool(accounts.in_scope(session, cadence.workspace_id, **cadence.scope))


def next_review_at(session: Session, workspace_id: str, items: Iterable[AgendaItem]) -> dict[int, datetime]:
    """Return the instant of each account's next review, by account id; accounts without a cadence are left out."""
    planned = reviews.next_meetings(session, workspace_id)
    found = {
        item.facts.account.account_id: [
            at for channel_id, at, scope in planned if is_reviewed(item.facts.account, channel_id, scope)
        ]
        for item in items
    }
    return {account_id: min(instants) for account_id, instants in found.items() if instants}


# The people of a workspace: rights, functions and absences.

UNKNOWN_PERSON = "That person is not known here. Ask them to write to Cadence once, then try again."


@dataclass(frozen=True, slots=True)
class Scorer:
    """A person who is asked to score, and the functions for which."""

    person: PersonFacts
    functions: tuple[Function, ...]


def list_people(session: Session, workspace_id: str, *, now: datetime) -> tuple[PersonFacts, ...]:
    """Return the workspace's active members by name, without guests and people of other companies."""
    rows = people.members(session, workspace_id)
    active = [row for row in rows if not (row.is_deleted or row.is_guest or row.is_external)]
    return people_at(session, active, now)


def colleagues(session: Session, workspace_id: str) -> Colleagues:
    """The members who can be in charge of an account: not guests, people of other companies, or deactivated."""
    return Colleagues(
        Colleague(person.user_id, person.name, person.email)
        for person in people.members(session, workspace_id)
        if not (person.is_guest or person.is_external or person.is_deleted)
    )


def get_person(session: Session, workspace_id: str, user_id: str, *, now: datetime) -> PersonFacts:
    """Return the person, with whether they are away now. Raises Outdated for somebody unknown."""
    row = people.find(session, workspace_id, user_id)
    if row is None:
        raise Outdated(UNKNOWN_PERSON)
    return person_at(session, row, now)


def person_and_functions_led(
    session: Session, workspace_id: str, user_id: str, *, now: datetime
) -> tuple[PersonFacts, tuple[Function, ...]]:
    """The person with the functions that they lead. Raises Outdated for somebody unknown."""
    led = people.led_by(session, workspace_id, user_id)
    return get_person(session, workspace_id, user_id, now=now), tuple(each for each in Function if each in led)


def people_and_leads(
    session: Session, workspace_id: str, *, now: datetime
) -> tuple[tuple[PersonFacts, ...], tuple[Lead, ...]]:
    return list_people(session, workspace_id, now=now), leads_of(session, workspace_id, now=now)


def scorers(session: Session, workspace_id: str, *, now: datetime) -> tuple[Scorer, ...]:
    """Return the people asked to score: active members with a function who may nominate and are not away, by name.

    A function without such a member is represented by its lead.
    """
    with_function = _with_function(session, workspace_id, now)
    covering = stand_ins(leads_of(session, workspace_id, now=now), with_function)
    leading = people_at(session, people.get_many(session, workspace_id, covering), now)
    known = {each.user_id: Scorer(each, (each.function,)) for each in with_function if each.function}
    for each in leading:
        functions = known[each.user_id].functions if each.user_id in known else ()
        known[each.user_id] = Scorer(each, (*functions, *covering[each.user_id]))
    return tuple(sorted(known.values(), key=lambda each: each.person.name.lower()))


def functions_to_score(
    session: Session, workspace_id: str, person: PersonFacts, *, now: datetime
) -> tuple[Function, ...]:
    """Return the functions for which the person scores: their own, and those that they stand in for as lead."""
    led = stand_ins(leads_of(session, workspace_id, now=now), _with_function(session, workspace_id, now))
    return (*((person.function,) if person.function else ()), *led.get(person.user_id, ()))


def _with_function(session: Session, workspace_id: str, now: datetime) -> tuple[PersonFacts, ...]:
    """The people with a function that scores accounts, who can be asked now."""
    everybody = people_at(session, people.with_function(session, workspace_id), now)
    return tuple(each for each in everybody if criteria_of(each.function) and may_be_asked(each))


def may_be_asked(person: PersonFacts) -> bool:
    """Return true if the person can answer a question about an account now."""
    return may(person, Permission.NOMINATE) and not person.is_away


def admin_ids(session: Session, workspace_id: str) -> tuple[str, ...]:
    return tuple(row.user_id for row in people.admins(session, workspace_id))


def members_among(session: Session, workspace_id: str, user_ids: Collection[str]) -> tuple[str, ...]:
    """Return the people among these who are known as active full members of this workspace: no guests, no bots."""
    rows = [people.find(session, workspace_id, user_id) for user_id in user_ids]
    return tuple(row.user_id for row in rows if is_member(row))


# Days away, for the page of them.

SOON = timedelta(days=14)


def away_now(session: Session, workspace_id: str, person: PersonFacts, *, now: datetime) -> AwayFacts:
    """Return the person's own days away, which others are away now or within two weeks, and everybody's days off."""
    today = local_date(now, person.time_zone)
    rows = preparing.between(session, workspace_id, today, date.max)
    ranges = [away_facts(row) for row in rows]
    everyone = tuple(each for each in ranges if each.user_id == preparing.EVERYBODY)
    members = {each.user_id for each in list_people(session, workspace_id, now=now)} - {person.user_id}
    others = [each for each in ranges if each.user_id in members]
    away_today = away_on(session, workspace_id, {each.user_id for each in others if each.covers(today)}, today)
    # entries of stand-ins who are away too may be of nobody asked about here
    others_today = [each for each in away_today.values() if each.user_id in members]
    return AwayFacts(
        person=person,
        today=today,
        own=tuple(each for each in ranges if each.user_id == person.user_id),
        covering_for=covering_for(session, workspace_id, person.user_id, now=now, zone=person.time_zone),
        now=tuple(sorted(others_today, key=lambda each: each.until_on)),
        soon=tuple(each for each in others if today < each.from_on <= today + SOON),
        everyone=everyone,
        holidays_of=str(settings_of(session, workspace_id).value(HOLIDAYS)),
    )


def days_to_change(session: Session, workspace_id: str, days_id: int) -> Away:
    """Return the days away of this id. Raises Outdated when they were taken back."""
    row = preparing.get_days_away(session, workspace_id, days_id)
    if row is None:
        raise Outdated("Those days were taken back already. See who is away with /abm away.")
    return away_facts(row)


# Accounts that wait for a person's scores.


def waiting_for(session: Session, workspace_id: str, user_id: str, *, after: int = 0) -> tuple[WaitingAccount, ...]:
    """Return the accounts that wait for the person's scores, in order of request, after the request `after`."""
    found = asked.open_fit_requests_of(session, workspace_id, user_id)
    return tuple(_waiting(row, user_id, request.row_id) for request, row in found if request.row_id > after)


def to_score(session: Session, workspace_id: str, person: PersonFacts, *, now: datetime) -> tuple[WaitingAccount, ...]:
    """Return the accounts that wait for the person's scores; none where they score for no function any more."""
    waiting = waiting_for(session, workspace_id, person.user_id)
    return waiting if waiting and functions_to_score(session, workspace_id, person, now=now) else ()


def one_account(session: Session, workspace_id: str, user_id: str, account_id: int, *, zone: str) -> WaitingAccount:
    """Return an account for the person to score, requested or not. Raises Outdated without it, Refused if it left."""
    row = get_account(session, workspace_id, account_id)
    if ListStatus(row.list_status).is_closed:
        since = f" on {day_text(local_date(row.list_changed_at, zone))}" if row.list_changed_at else ""
        raise Refused(
            f"{row.name} was {row.list_status}{since}, so it is not scored any more, and nothing was recorded of it."
        )
    return _waiting(row, user_id, 0)


def _waiting(row: Account, user_id: str, request_id: int) -> WaitingAccount:
    """The account with the scores that this person gave; `request_id` is 0 where nobody asked for them."""
    own = tuple(each for each in scores_of(row) if each.scored_by == user_id)
    return WaitingAccount(row.row_id, row.name, row.why_account, own, request_id)


# Entries where somebody has still to say whose act they are.


def of_account(
    session: Session, workspace_id: str, account_id: int, *, now: datetime, after_id: int = 0
) -> tuple[str, tuple[EventFacts, ...]]:
    """Return an account's name, and its entries after the event `after_id` whose actor is unclear.

    Entries too old to count in the account's state are left out. Raises Outdated when there is no such account.
    """
    row = get_account(session, workspace_id, account_id)
    recent = events.between(session, [account_id], matters_since(account_state(row), now), now)
    found = (event for event in undecided_entries(map(event_facts, recent)) if event.id > after_id)
    return row.name, tuple(sorted(found, key=lambda event: event.id))


def undecided_among(session: Session, account_id: int, event_ids: Sequence[int]) -> tuple[EventFacts, ...]:
    """Return the account's events among these where it is unclear who acted, not yet judged or corrected."""
    stored = [row for row in events.get_many(session, event_ids) if row.account_id == account_id]
    stored += events.of_accounts(session, [account_id], ("evidence_judged", "corrected"), after_id=min(event_ids))
    return tuple(event for event in undecided_entries(map(event_facts, stored)) if event.id in event_ids)


# The stages that deals of the CRM imply.


def proposals_of_run(session: Session, workspace_id: str, run_id: int, *, now: datetime, zone: str) -> RunProposals:
    """Return what the deals of an import propose now, by the accounts' names, and what is no longer open."""
    last_ids = imports.last_of_import(session, workspace_id, run_id)
    states: dict[int, AccountState] = {}
    for chunk in imports.chunks(last_ids):
        items = account_items.of_accounts(session, chunk, now)
        rows = accounts.get_many(session, workspace_id, chunk)
        states |= {row.row_id: account_state(row, items.get(row.row_id, NO_ITEMS)) for row in rows}
    proposed = {each: proposal for each, state in states.items() if (proposal := proposed_stage(state)) is not None}
    found = (AccountProposal(account_id, states[account_id].name, each) for account_id, each in proposed.items())
    not_proposed = {account_id: last_ids[account_id] for account_id in states if account_id not in proposed}
    return RunProposals(
        run_id,
        unanswered=tuple(sorted(found, key=lambda each: each.account_name.casefold())),
        gone=tuple(_gone(session, states, not_proposed, zone=zone)),
    )


def still_proposed(session: Session, state: AccountState, key: str, stage: Stage, *, zone: str) -> StageProposal | str:
    """Return the proposal of the deal `key`, or the sentence why it is not open any more: who settled it, if any."""
    proposal = proposal_by(state, key, stage)
    settled = _settled(session, state.account_id, key, stage) if isinstance(proposal, str) else None
    if settled is None:
        return proposal
    by = f"by <@{settled.actor}> on {day_text(local_date(settled.recorded_at, zone))}"
    if isinstance(settled.change, StageDeclined):
        return f"{state.name}: declined already {by}."
    return proposal if state.stage.rank < stage.rank else f"{state.name}: done already {by}."


def _settled(session: Session, account_id: int, key: str, stage: Stage) -> EventFacts | None:
    """Return the last uncorrected entry by which somebody confirmed or declined the deal's stage."""
    recorded = events.of_accounts(session, [account_id], ("moved", "stage_declined", "corrected"))
    found = None
    for event in uncorrected(map(event_facts, recorded)):
        change = event.change
        if isinstance(change, Moved) and (change.from_deal, change.to_stage) == (key, stage.value):
            found = event
        if isinstance(change, StageDeclined) and (change.deal_key, change.stage) == (key, stage.value):
            found = event
    return found


def _gone(session: Session, states: dict[int, AccountState], last_ids: dict[int, int], *, zone: str) -> Iterator[str]:
    """Yield why a proposal that the import made is not open any more, for each account with such a proposal."""
    later = imports.with_later_ones(session, last_ids)
    for account_id, history in _histories(session, later).items():
        after_import = fold(event for event in history if event.id <= last_ids[account_id])
        proposal = proposed_stage(after_import) if after_import else None
        if proposal is None:
            continue
        open_or_why_not = still_proposed(session, states[account_id], proposal.deal.key, proposal.stage, zone=zone)
        if isinstance(open_or_why_not, str):
            yield open_or_why_not


def _histories(session: Session, account_ids: Collection[int]) -> dict[int, list[EventFacts]]:
    """The events of these accounts, by account id, with an empty list for an account without any."""
    found: dict[int, list[EventFacts]] = {account_id: [] for account_id in sorted(account_ids)}
    for chunk in imports.chunks(account_ids):
        for row in imports.events_of(session, chunk):
            found[row.account_id].append(event_facts(row))
    return found


# The list's versions, folded from the history.

DEFAULT_DAYS = 30
"""The period of changes when no first date is given."""


def list_version(session: Session, workspace_id: str, on: date, *, zone: str) -> VersionFacts:
    """Return the list at the end of a local date. Raises Refused for a date before the first entry."""
    entries = _entries(session, workspace_id)
    _refuse_before(entries, on, zone)
    return VersionFacts(on, version_at(entries, _end_of(on, zone)), accounts.names(session, workspace_id))


def list_changes(session: Session, workspace_id: str, first: date | None, second: date, *, zone: str) -> ChangesFacts:
    """Return the changes from the end of one local date to the end of another.

    `first` defaults to 30 days before `second`, at the earliest to the day before the list's first entry.
    Raises Refused for a date before the first entry, and for an empty history.
    """
    entries = _entries(session, workspace_id)
    began_on = local_date(entries[0].happened_at, zone)
    if first is None:
        first = max(second - timedelta(days=DEFAULT_DAYS), began_on - timedelta(days=1))
    else:
        _refuse_before(entries, first, zone)
    after, until = _end_of(first, zone), _end_of(second, zone)
    return ChangesFacts(
        first=first,
        second=second,
        before=version_at(entries, after),
        after=version_at(entries, until),
        changes=changes_between(entries, after, until),
        names=accounts.names(session, workspace_id),
        zone=zone,
    )


def _entries(session: Session, workspace_id: str) -> Sequence[ListEntry]:
    """The list's entries without those taken back. Raises Refused where there are none."""
    found = counted_entries(_list_entry(row) for row in events.of_list(session, workspace_id))
    if not found:
        raise Refused("Nothing is on the list yet. Nominate a first account: /account nominate NAME [DOMAIN].")
    return found


def _list_entry(row: ListEvent) -> ListEntry:
    """The event as an entry of the list; a correction only names the event that it corrects."""
    entry = partial(ListEntry, row.id, row.account_id, row.happened_at, row.actor)
    change = row.change or {}
    if row.kind == "corrected":
        return entry(corrects=change["event_id"])
    if row.kind == "nominated":
        return entry()
    return entry(ListStatus(change["status"]), tier=change["tier"], because=change["because"])


def _refuse_before(entries: Sequence[ListEntry], on: date, zone: str) -> None:
    """Raise Refused for a day before the first entry of the list."""
    began_on = local_date(entries[0].happened_at, zone)
    if on < began_on:
        raise Refused(
            f"The history of the list begins on {day_text(began_on)} {began_on.year}; give that date or a later one."
        )


def _end_of(on: date, zone: str) -> datetime:
    return datetime.combine(on + timedelta(days=1), time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)


# What is set up in a workspace, for its admins.


def setup_facts(session: Session, workspace_id: str) -> SetupFacts:
    """Return how far the workspace is set up, for its admins; no permission is missing while none granted is known."""
    workspace = workspaces.get(session, workspace_id)
    granted = workspace.scopes if workspace else ""
    filled = {row.function for row in people.with_function(session, workspace_id)}
    counts = accounts.counts(session, workspace_id)
    without_owner = accounts.fitting(session, workspace_id, wanted=accounts.filters(people=(accounts.NOBODY,)))
    return SetupFacts(
        cadences=len(reviews.cadences(session, workspace_id)),
        named=sum(count for (status, _), count in counts.items() if status == "named"),
        ownerless=tuple(OwnerlessAccount(row.row_id, row.name) for row in without_owner),
        without_function=len(people.taking_part_without_function(session, workspace_id)),
        empty_functions=tuple(each for each in Function if each.value not in filled),
        admins=len(people.admins(session, workspace_id)),
        has_imported=bool(imports.runs(session, workspace_id, limit=1)),
        missing_permissions=access.missing(granted) if granted else (),
        without_lead=tuple(each.function for each in _leads(session, workspace_id) if not each.can_be_asked),
        left_out=frozenset(step for step in SetupStep if left_out(session, workspace_id, step)),
    )


def _leads(session: Session, workspace_id: str) -> Iterator[Lead]:
    """Yield every function with the person who leads it, None where nobody does."""
    found = people.leads(session, workspace_id)
    for function in Function:
        yield Lead(function, person_facts(found[function]) if function in found else None)


# Health of the bot in one workspace: database, messages, channels and permissions.

OVERDUE_AFTER = timedelta(minutes=5)
"""A message is overdue when it has waited longer than this past its due time."""
LOOKS_BACK = timedelta(days=7)

MODEL_DAYS = timedelta(days=6)


def workspace_health(session: Session, workspace_id: str, *, now: datetime) -> HealthFacts:
    """Return the bot's health in the workspace: what waits, what failed, and what an admin has to mend.

    No permission counts as missing or declined while none that was granted is known.
    """
    workspace = workspaces.get(session, workspace_id)
    granted = workspace.scopes if workspace else ""
    last = diagnostics.last_posted(session, workspace_id)
    overdue = diagnostics.backlog(session, due_before=now - OVERDUE_AFTER, workspace_id=workspace_id)
    unsent = diagnostics.unsent(session, workspace_id, now=now)
    ended = partial(diagnostics.ended_since, session, workspace_id, since=now - LOOKS_BACK)
    return HealthFacts(
        database=diagnostics.database_name(session),
        last_posted_at=last.sent_at if last else None,
        last_posted_in=last.channel_id if last else "",
        waiting=unsent.count,
        overdue=overdue.count,
        overdue_since=overdue.oldest_due_at,
        slack_waits_until=diagnostics.put_off_until(session, workspace_id, errors=RATE_LIMITS, now=now),
        refused=ended(LetterState.REFUSED),
        unsure=unconfirmed_messages(session, workspace_id),
        paused=tuple(
            PausedChannel(each.channel_id, delivery_reason(each.trouble, state=LedgerState.REFUSED), each.trouble_at)
            for each in diagnostics.paused_channels(session, workspace_id)
        ),
        missing_permissions=access.missing(granted) if granted else (),
        declined_permissions=access.declined(granted) if granted else (),
        thread_heard_at=workspace.thread_heard_at if workspace else None,
        admins=len(people.admins(session, workspace_id)),
        deactivated=tuple(sorted(people.responsible_deactivated(session, workspace_id))),
        has_stopped=has_stopped(session, workspace_id),
        unread=unread_channels(session, workspace_id),
        mails=mail_troubles(session, workspace_id, now=now),
        cadences=cadences_health(session, workspace_id),
        coverage=reviewed_on_time(session, workspace_id, now=now),
        dropped=ended(LetterState.DROPPED, reason=NOT_IN_TIME),
        waiting_since=unsent.oldest_due_at,
        model_days=tuple(asked.tokens_by_day(session, workspace_id, (now - MODEL_DAYS).date())),
    )


def has_stopped(session: Session, workspace_id: str) -> bool:
    """Return true if posting to the workspace has stopped because Slack refused the bot's token."""
    workspace = workspaces.get(session, workspace_id)
    return workspace is not None and not workspace.is_active


MAX_SHOWN = 10
"""The others are shown once these are decided."""


def unconfirmed_messages(session: Session, workspace_id: str) -> UnsureMessages:
    """Return how many messages may or may not have reached Slack, and the first `MAX_SHOWN` of them."""
    letters = seen_among(session, outbox.unsure(session, workspace_id, MAX_SHOWN))
    shown = tuple(
        UnsureMessage(
            letter_id=letter.row_id,
            what=letter_name(letter, _account_of(session, letter)),
            since=letter.created_at,
            channel_id=letter.channel_id,
            user_id=addressee_of(letter),
        )
        for letter in letters
    )
    # only a full page may have more behind it, which are counted
    count = len(shown) if len(shown) < MAX_SHOWN else outbox.count_unsure(session, workspace_id)
    return UnsureMessages(count, shown)


def _account_of(session: Session, letter: Letter) -> str:
    """Return the name of the account if the letter is an agenda, '' for other letters."""
    item_id = item_id_of(letter)
    item = reviews.item(session, letter.workspace_id, item_id) if item_id else None
    account = accounts.get(session, letter.workspace_id, item.account_id) if item is not None else None
    return account.name if account is not None else ""
