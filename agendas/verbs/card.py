"""The card of one account and the pages behind it. Nothing here writes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from agendas.errors import NoAccount, Offer, Outdated, Unclear, UnknownAccount
from agendas.facts.account import EventFacts, Source
from agendas.facts.events import ActionChanged, BlockerChanged, BlockerOpened, Corrected, ListChanged, Nominated
from agendas.facts.evidence import EvidenceActor, EvidenceJudged
from agendas.facts.fit import AskedForFit
from agendas.facts.interventions import ExecutiveMet
from agendas.facts.narrative import NarrativeVersion, NarrativeWritten
from agendas.facts.people import Author, Function, Lead, PersonFacts
from agendas.facts.plays import PlayEnded
from agendas.facts.program import ProgramSettings
from agendas.facts.reviews import AgendaFacts, AgendaItem, Placement
from agendas.facts.signals import NotedSignal
from agendas.pages.accounts import HistoryFacts, HistoryLine, WhyFacts
from agendas.pages.deals import DealsFacts
from agendas.pages.fit import FitFacts, QuestionFacts
from agendas.pages.group import GroupFacts
from agendas.pages.narrative import NarrativeFacts, ProductFacts
from agendas.pages.plays import AccountPlays
from agendas.pages.signals import SignalsFacts, WebhookFacts
from agendas.pages.updates import RecordedFacts
from agendas.rules.access import may_correct, own_of
from agendas.rules.account_list import justification_parts
from agendas.rules.audit import of_executives, touches_of
from agendas.rules.commands import (
    CARD,
    LIST,
    NOMINATE,
    CommandReading,
    SeveralMeant,
    Vocabulary,
    choose,
    completed,
    read_after_account,
    split_first_word,
    words_before,
)
from agendas.rules.deals import deals_of
from agendas.rules.entries import as_judged, corrections_of, repeated_by_history, uncorrected
from agendas.rules.fold import fold, needs_whole_history, state_after
from agendas.rules.group import buying_group
from agendas.rules.history import evidence_words, has_unclear_actor
from agendas.rules.measures import month_text
from agendas.rules.notices import people_to_tell
from agendas.rules.plays import out_of_tier
from agendas.rules.signals import stage_hint
from agendas.text.csv_cells import split_because
from agendas.text.dates import local_date
from agendas.text.limits import shown
from agendas.verbs import reads
from agendas.verbs.loading import (
    absent_among,
    account_state,
    askable_leads,
    engagements,
    event_facts,
    leads_of,
    library,
    names,
    owners_in_tier_1,
    settings_of,
    signal_facts,
)
from agendas.verbs.measures import functions_of, program_of_month
from agendas.verbs.reads import (
    account_card,
    cards_of,
    functions_to_score,
    get_account,
    get_person,
    leading_account,
    leading_if_known,
    may_be_asked,
    next_review_at,
    scorers,
    waiting_for,
)
from storage import account_items, accounts, deals, events, people, privacy, signals, workspaces
from storage import asked as stored_asked
from storage.models.accounts import Account
from storage.models.subjects import FitRequest, SignalRow

# Reads what `/account` was asked: which account, and what of it, in either order of words.

QUOTATION_MARKS = "\"'\u2018\u201c\u201e\u00ab"
OFFERED_ACCOUNTS = 5


def account_asked(
    session: Session, workspace_id: str, text: str, vocabulary: Vocabulary, *, channel_id: str
) -> CommandReading:
    """Return what was asked; no account if a word that needs one was typed without it.

    `NAME nominate because TEXT` asks for a nomination too, and a word alone may be an account's name. An account whose
    name begins with such a word is found by its name; see `choose` for which of two readings counts.

    Raises UnknownAccount with the nearest names, Unclear with both of two readings that are as likely, and
    NotUnderstood for `this` in a channel of no account.
    """
    word, rest = split_first_word(text)
    # the account first: `Acme history`
    if word not in vocabulary.every:
        try:
            found = leading_account(session, workspace_id, text, channel_id=channel_id)
        except UnknownAccount:
            if nominated := _nominated(text):
                return nominated
            raise
        word, rest = split_first_word(found.rest)
        if word == NOMINATE:
            # the word is taken out: `Acme nominate because TEXT` nominates `Acme because TEXT`
            return CommandReading(NOMINATE, f"{text.strip().removesuffix(found.rest)}{rest}")
        return read_after_account(found.account_id, found.rest, vocabulary, is_exact=found.is_whole)
    if not rest or " ".join(text.casefold().split()) in vocabulary.acts:
        return _alone(session, workspace_id, " ".join(text.split()))
    # a word first: `history Acme`, or the beginning of a name unless quotation marks show where the name begins
    named = None if rest[0] in QUOTATION_MARKS else leading_if_known(session, workspace_id, text)
    by_name = read_after_account(named.account_id, named.rest, vocabulary, is_exact=named.is_whole) if named else None
    # these two take no account, so another reading counts only with a whole name and no word left over
    if word in (NOMINATE, LIST):
        return by_name if by_name and by_name.is_whole and by_name.is_exact else CommandReading(word, rest)
    readings, problem = [by_name] if by_name else [], None
    for before, remaining in words_before(text, vocabulary):
        try:
            found = leading_account(session, workspace_id, remaining, channel_id=channel_id)
        except UnknownAccount as error:
            problem = problem or error
            continue
        readings.append(completed(before, found.rest, found.account_id, vocabulary, is_exact=found.is_whole))
        break
    chosen = _chosen(session, workspace_id, text, readings)
    # where only the beginning of a name fits, and no known word follows, the text means its first word, a command,
    # and the account after that was not found
    if problem is not None and (chosen is None or not (chosen.is_whole or chosen.is_exact)):
        chosen = None
    chosen = chosen or _nominated(text)
    if chosen is None:
        raise problem or UnknownAccount(text)
    return chosen


def own_names(session: Session, workspace_id: str, user_id: str, *, channel_id: str = "") -> tuple[str, ...]:
    """Return the name of the channel's account, then of the first accounts that the person owns or partners."""
    of_channel = accounts.of_channel(session, workspace_id, channel_id) if channel_id else None
    own = accounts.of_person(session, workspace_id, user_id, most=OFFERED_ACCOUNTS)
    return tuple(dict.fromkeys(row.name for row in (of_channel, *own) if row is not None))


def _nominated(text: str) -> CommandReading | None:
    """The nomination that `NAME nominate [because TEXT]` asks for, None for other words."""
    before, _ = split_because(text)
    name, _, last = before.rpartition(" ")
    if not name or last.casefold() != NOMINATE:
        return None
    return CommandReading(NOMINATE, f"{name}{text.strip().removeprefix(before)}")


def _alone(session: Session, workspace_id: str, typed: str) -> CommandReading:
    """A word with no account after it: the account of that name, or what the word asks for.

    For `nominate` and `list`, which ask for something without an account, only a whole name counts. Raises
    UnknownAccount if another word may begin several names.
    """
    word, needs_account = typed.casefold(), typed.casefold() not in (NOMINATE, LIST)
    try:
        found = leading_account(session, workspace_id, typed)
    except UnknownAccount as error:
        if error.ambiguous and needs_account:
            raise
        return CommandReading(word)
    is_account = not found.rest and (found.is_whole or needs_account)
    return CommandReading(CARD, "", found.account_id, found.is_whole) if is_account else CommandReading(word)


def _chosen(
    session: Session, workspace_id: str, text: str, readings: Sequence[CommandReading]
) -> CommandReading | None:
    """The reading that counts, None without any. Raises Unclear, which offers each, where several count alike."""
    try:
        return choose(readings)
    except SeveralMeant as several:
        meant = several.readings
    # each reading is offered with its account in quotation marks first: so it has one meaning
    rows = accounts.get_many(session, workspace_id, [each.account_id for each in meant])
    names = {row.row_id: row.name.replace('"', "") for row in rows}
    offers = [
        Offer(
            f"{names[each.account_id]}: {each.word}" if each.word else names[each.account_id],
            f'/account "{names[each.account_id]}" {each.word} {each.rest}'.rstrip(),
        )
        for each in meant
    ]
    raise Unclear(f"{shown(text)} could be two things. Which one?", offers)


# An account's history, page by page, with the events taken back.

ENTRIES_PER_PAGE = 10


def account_history(
    session: Session,
    workspace_id: str,
    account_id: int,
    *,
    now: datetime,
    zone: str,
    before_id: int | None = None,
    limit: int = ENTRIES_PER_PAGE,
) -> HistoryFacts:
    """Return the account's latest entries, newest first, below the event `before_id` if given.

    A deal's own entry is left out where the imported history of the deal says the same.
    `more_value` and `correct_value` of the result are "ACCOUNT_ID BEFORE_ID" of the next page and of this one.
    Raises Outdated for an unknown account.
    """
    row = get_account(session, workspace_id, account_id)
    page = _page(session, account_id, before_id, limit + 1)
    shown = page[:limit]
    # a correction can only take back events before it
    oldest = min((event.id for event in shown), default=0)
    later = events.of_accounts(session, [account_id], ["corrected"], after_id=oldest)
    corrections = corrections_of(map(event_facts, later))
    return HistoryFacts(
        account_id=account_id,
        name=row.name,
        lines=_judged(session, account_id, lines(shown, corrections, subjects(session, shown))),
        zone=zone,
        today=local_date(now, zone),
        more_value=f"{account_id} {shown[-1].id}" if len(page) > limit else "",
        is_first=before_id is None,
        correct_value=f"{account_id} {before_id or 0}",
    )


def latest_lines(session: Session, account_id: int, limit: int) -> tuple[HistoryLine, ...]:
    """Return the lines of the account's newest events that count, newest first, without corrections.

    A deal's own entry is left out where the imported history of the deal says the same.
    """
    page_size = limit
    while True:
        page = [event_facts(row) for row in events.page(session, account_id, before_id=None, limit=page_size)]
        # a correction comes after the event it takes back, so it is among the newest too
        uncorrected_events = list(uncorrected(page))
        counted = {event.id for event in uncorrected_events if not isinstance(event.change, Corrected)}
        # the history of a deal is recorded after the deal, so it is among them too
        counted -= repeated_by_history(uncorrected_events)
        shown = [event for event in page if event.id in counted][:limit]
        if len(shown) == limit or len(page) < page_size:
            return _judged(session, account_id, lines(shown, {}, subjects(session, shown)))
        # too few of these events count: look further back
        page_size *= 4


def lines(
    shown: Iterable[EventFacts], corrections: Mapping[int, EventFacts], texts: Mapping[int, str]
) -> tuple[HistoryLine, ...]:
    """Return the events as lines, with their corrections and the texts of the items that they change."""
    return tuple(HistoryLine(event, corrections.get(event.id), subject_in(event, texts)) for event in shown)


def subjects(session: Session, shown: Iterable[EventFacts]) -> dict[int, str]:
    """Return the texts of the items that these events change, by the id of the event that created the item."""
    item_ids = {item_id for event in shown if (item_id := _created_by(event)) is not None}
    return account_items.texts(session, item_ids)


def subject_in(event: EventFacts, texts: Mapping[int, str]) -> str:
    """Return the text of the blocker or action that the event changes, '' for other events."""
    creator = _created_by(event)
    return "" if creator is None else texts.get(creator, "")


def _judged(session: Session, account_id: int, history_lines: Sequence[HistoryLine]) -> tuple[HistoryLine, ...]:
    """Return the lines with their evidence as people judged it later, and the last person who did, '' for the bot."""
    unclear_ids = [line.event.id for line in history_lines if has_unclear_actor(line.event)]
    if not unclear_ids:
        return tuple(history_lines)
    rows = events.of_accounts(session, [account_id], ("evidence_judged", "corrected"), after_id=min(unclear_ids))
    judgments = sorted(
        (each for each in uncorrected(map(event_facts, rows)) if isinstance(each.change, EvidenceJudged)),
        key=lambda each: each.id,
    )
    judged = as_judged([*(line.event for line in history_lines), *judgments])
    actors, people = dict.fromkeys(unclear_ids, EvidenceActor.IN_DOUBT), dict[int, str]()
    for each in judgments:
        match each.change:
            # naming the people who acted, or adding one to the group, does not decide whose act it is
            case EvidenceJudged(event_id, actor) if actors.get(event_id, actor) is not actor:
                actors[event_id], people[event_id] = actor, "" if each.source is Source.SYSTEM else each.actor
    # the judgments come after the events shown, and make no lines
    pairs = zip(history_lines, judged, strict=False)
    return tuple(replace(line, event=event, judged_by=people.get(event.id, "")) for line, event in pairs)


def _page(session: Session, account_id: int, before_id: int | None, limit: int) -> list[EventFacts]:
    """Return the latest entries with ids below `before_id`, leaving out what the deal's own history repeats."""
    recorded = events.page(session, account_id, before_id=before_id, limit=limit)
    if not any(each.kind == "opportunity_changed" for each in recorded):
        return list(map(event_facts, recorded))
    hidden = repeated_by_history(
        uncorrected(map(event_facts, deals.entries(session, [account_id], "opportunity_changed")))
    )
    recorded = events.page(session, account_id, before_id=before_id, limit=limit + len(hidden))
    return [event_facts(each) for each in recorded if each.row_id not in hidden][:limit]


def _created_by(event: EventFacts) -> int | None:
    """Return the id of the event that created the item which this event changes, None for other events."""
    match event.change:
        case BlockerChanged(blocker_id=creator) | ActionChanged(action_id=creator) | PlayEnded(play_id=creator):
            return creator
    return None


# The card: an account with its last events and its next review.

LAST_EVENTS = 3


@dataclass(frozen=True, slots=True)
class FullCard:
    """An account's current facts, its last events, newest first, and its next review.

    `has_unclear_acts` where somebody has still to say whose act an entry was; `away` are its people who are away.
    """

    item: AgendaItem
    last_events: tuple[HistoryLine, ...]
    next_review_at: datetime | None
    has_unclear_acts: bool = False
    away: tuple[PersonFacts, ...] = ()


def full_card(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> FullCard:
    """Return the account's card; people who are away are not named as owing an update. Raises Outdated without it."""
    item = account_card(session, workspace_id, account_id, now=now, zone=zone)
    profile = item.facts.account.profile
    people_of_account = profile.owner, profile.marketing_partner, profile.our_executive
    away = absent_among(session, workspace_id, people_of_account, now)
    return FullCard(
        item=_without_absent(item, away),
        last_events=latest_lines(session, account_id, LAST_EVENTS),
        next_review_at=next_review_at(session, workspace_id, [item]).get(account_id),
        has_unclear_acts=any(map(has_unclear_actor, uncorrected(item.facts.events))),
        away=away,
    )


def _without_absent(item: AgendaItem, away: Sequence[PersonFacts]) -> AgendaItem:
    """Return the item without the people who are away among those whose update is missing."""
    absent = {each.user_id for each in away}
    silent = tuple(each for each in item.facts.missing_updates_from if each not in absent)
    return replace(item, facts=replace(item.facts, missing_updates_from=silent)) if absent else item


def find_asked(
    session: Session, workspace_id: str, text: str, vocabulary: Vocabulary, *, channel_id: str, now: datetime, zone: str
) -> tuple[CommandReading, FullCard | None]:
    """Return what `/account` was asked, with the card if only that was asked, else None. Raises as `account_asked`."""
    reading = account_asked(session, workspace_id, text, vocabulary, channel_id=channel_id)
    is_card = reading.word == CARD and reading.is_whole
    return reading, full_card(session, workspace_id, reading.account_id, now=now, zone=zone) if is_card else None


def own_accounts(
    session: Session, workspace_id: str, user_id: str, *, now: datetime, zone: str
) -> tuple[tuple[AgendaItem, ...], dict[int, datetime]]:
    """Return the accounts a person owns or partners, and the instant of each one's next review."""
    items = cards_of(session, workspace_id, user_id, now=now, zone=zone)
    return items, next_review_at(session, workspace_id, items)


@dataclass(frozen=True, slots=True)
class ListCounts:
    """Numbers of named accounts by tier, of candidates and of paused accounts, with the settings that hold the caps."""

    named: dict[int | None, int]
    candidates: int
    paused: int
    settings: ProgramSettings


def list_counts(session: Session, workspace_id: str) -> ListCounts:
    """Return how many accounts are named, by tier, and how many are candidates or paused."""
    counted = accounts.counts(session, workspace_id)
    by_status = {
        status: {tier: count for (each, tier), count in counted.items() if each == status}
        for status in ("named", "candidate", "paused")
    }
    candidates, paused = (sum(by_status[status].values()) for status in ("candidate", "paused"))
    return ListCounts(by_status["named"], candidates, paused, settings_of(session, workspace_id))


# The entries of an account's history that a person may correct.


@dataclass(frozen=True, slots=True)
class Correctable:
    """Entries of one page of an account's history that a person may correct, and the names of who recorded them."""

    name: str
    lines: tuple[HistoryLine, ...]
    people: dict[str, str]


def correctable(
    session: Session, author: Author, account_id: int, *, before_id: int | None, is_editor: bool
) -> Correctable:
    """Return the entries of the page below the event `before_id`, newest first.

    Without `before_id` those among the newest entries, looking further back until there is one.
    Raises Outdated for an unknown account.
    """
    page_size, zone = ENTRIES_PER_PAGE, author.zone
    while True:
        page = account_history(
            session, author.workspace_id, account_id, now=author.at, zone=zone, before_id=before_id, limit=page_size
        )
        lines = tuple(line for line in page.lines if is_correctable(line, author.user_id, is_editor=is_editor))
        if lines or before_id or not page.more_value:
            break
        # the person may correct none of these entries: look further back
        page_size *= 4
    people = names(session, author.workspace_id, {line.event.actor for line in lines})
    return Correctable(page.name, lines, people)


def is_correctable(line: HistoryLine, user_id: str, *, is_editor: bool) -> bool:
    return line.correction is None and may_correct(line.event, user_id, is_editor=is_editor)


# An account's deals.


def account_deals(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> DealsFacts:
    row = get_account(session, workspace_id, account_id)
    state = account_state(row, account_items.of_account(session, account_id, now))
    answer = deals_of(state, settings_of(session, workspace_id), now=now, zone=zone)
    return DealsFacts(state, answer, zone, local_date(now, zone))


# An account's fit page, and for the message that asks for scores.


def account_fit(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> FitFacts:
    """Return the account's scores and the requests for them, one for each function that the person scores for."""
    row = reads.get_account(session, workspace_id, account_id)
    settings = settings_of(session, workspace_id)
    covering = {each.person.user_id: each.functions for each in scorers(session, workspace_id, now=now)}
    requests = [
        request_of_function
        for request in stored_asked.of_account(session, workspace_id, account_id)
        for request_of_function in _by_function(request, covering.get(request.user_id, ()))
    ]
    owners = owners_in_tier_1(session, [row], settings)
    return FitFacts(account_state(row), tuple(requests), now, zone, settings, owners)


def fit_question(
    session: Session, workspace_id: str, user_id: str, *, now: datetime, is_reminder: bool
) -> QuestionFacts | None:
    """Return the fit question for a person, None when nothing waits for their scores or they cannot answer."""
    if people.find(session, workspace_id, user_id) is None:
        return None
    person = get_person(session, workspace_id, user_id, now=now)
    waiting = waiting_for(session, workspace_id, user_id)
    functions = functions_to_score(session, workspace_id, person, now=now)
    if not waiting or not functions or not may_be_asked(person):
        return None
    days_to_reminder = settings_of(session, workspace_id).number("fit.reminder")
    return QuestionFacts(functions, waiting, days_to_reminder, is_reminder)


def _by_function(row: FitRequest, functions: Sequence[Function]) -> Iterator[AskedForFit]:
    """Yield the request once for the function that it was made for, and for each other that the person scores for."""
    for function in dict.fromkeys((row.function, *functions)):
        yield AskedForFit(row.user_id, function, row.asked_at, row.reminded_at, row.is_open)


# An account's buying group.


def account_group(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> GroupFacts:
    """Return the group, with the meetings that executives held and those of other people.

    Meetings have the day that they have on the executive page, whatever the reader's zone.
    """
    row = get_account(session, workspace_id, account_id)
    state, today = account_state(row, account_items.of_account(session, account_id, now)), local_date(now, zone)
    group = buying_group(state, settings_of(session, workspace_id), today=today)
    meetings = tuple(map(event_facts, events.of_accounts(session, [account_id], ("executive_met", "corrected"))))
    ours = {event.change.ours for event in meetings if isinstance(event.change, ExecutiveMet)}
    functions = functions_of(people.get_many(session, workspace_id, ours))
    program_zone = workspaces.zone(session, workspace_id)
    all_met = touches_of(meetings, program_zone)
    our_executive = {account_id: state.profile.our_executive}
    by_executives = touches_of(of_executives(meetings, functions, our_executive), program_zone)
    return GroupFacts(state, group, today, by_executives, tuple(each for each in all_met if each not in by_executives))


# An account's narrative and its earlier versions.


def account_narrative(
    session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str
) -> NarrativeFacts:
    """Return the account's narrative with all versions that were not taken back, the oldest first."""
    row = get_account(session, workspace_id, account_id)
    stored = events.of_accounts(session, [account_id], ("narrative_written", "corrected"))
    written = (event for event in uncorrected(map(event_facts, stored)) if isinstance(event.change, NarrativeWritten))
    versions = tuple(
        NarrativeVersion(event.change.narrative, number, event.happened_at, event.actor)
        for number, event in enumerate(written, start=1)
        if isinstance(event.change, NarrativeWritten)
    )
    settings = settings_of(session, workspace_id)
    return NarrativeFacts(account_state(row), versions, settings, now, zone, local_date(now, zone))


# The plays of an account.

EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Before any event: with it, closed items are read too."""


def account_plays(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> AccountPlays:
    row = get_account(session, workspace_id, account_id)
    state = account_state(row, account_items.of_account(session, account_id, EVER))
    return AccountPlays(state, library(session, workspace_id), zone, local_date(now, zone))


# Product's input to an account.


def account_product(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> ProductFacts:
    row = get_account(session, workspace_id, account_id)
    return ProductFacts(account_state(row), zone, local_date(now, zone))


# Recorded events, with the account before and after them.


def get_event(session: Session, workspace_id: str, event_id: int) -> EventFacts:
    """Return the event. Raises Outdated where there is none, or none that the reader may see."""
    row = events.get(session, workspace_id, event_id)
    if row is None:
        raise Outdated("That entry is not in the history.")
    return event_facts(row)


def recorded_facts(session: Session, event: EventFacts) -> RecordedFacts:
    """Return the event with the account's state before and after it; for its first event, after it twice.

    Raises Outdated for an unknown account.
    """
    stored = events.of_account(session, event.account_id, before_id=event.id)
    earlier = [event_facts(row) for row in stored]
    before = fold(earlier)
    is_next = before is not None and not needs_whole_history(before.last_event_at, event)
    after = state_after(before, event) if is_next else fold([*earlier, event])
    if after is None:
        raise Outdated("That account does not exist any more.")
    # a judgment is shown with the words of the entry whose evidence it judges
    judged_id = event.change.event_id if isinstance(event.change, EvidenceJudged) else None
    text = next((evidence_words(each) for each in earlier if each.id == judged_id), "")
    return RecordedFacts(event, before or after, after, text=text)


def with_context(session: Session, workspace_id: str, facts: RecordedFacts) -> RecordedFacts:
    """Add what the person who recorded the event should know.

    After a nomination: up to three other accounts whose names begin alike. After a blocker that needs a function: its
    lead, where the account has no person of its own for that. After a change of tier: the running plays that the new
    tier does not allow. For a private account: the people whom the event concerns and who are not in its channel.
    """
    facts = replace(facts, unseen_by=_unseen_by(session, workspace_id, facts))
    if isinstance(facts.event.change, Nominated):
        name = facts.after.name
        return replace(facts, alike=reads.longer_names(session, workspace_id, facts.event.account_id, name))
    if isinstance(facts.event.change, BlockerOpened):
        return replace(facts, lead=_lead_asked(session, workspace_id, facts))
    if not isinstance(facts.event.change, ListChanged) or facts.before.tier in (None, facts.after.tier):
        return facts
    tiers = {each.play.key: each.play.tiers for each in library(session, workspace_id)}
    return replace(facts, out_of_tier=out_of_tier(facts.after, tiers))


def _unseen_by(session: Session, workspace_id: str, facts: RecordedFacts) -> tuple[str, ...]:
    """The people whom the event concerns and who are not in the channel of the private account."""
    channel_id = facts.after.private_channel
    if not channel_id:
        return ()
    inside = privacy.members(session, workspace_id, channel_id)
    concerned = people_to_tell(facts.event, facts.after, askable_leads(session, workspace_id))
    return tuple(each for each in concerned if each not in inside)


def _lead_asked(session: Session, workspace_id: str, facts: RecordedFacts) -> Lead | None:
    """The lead of the function that a blocker needs, None where the account has a person of its own for it."""
    needs = facts.event.change.needs if isinstance(facts.event.change, BlockerOpened) else None
    if not needs or own_of(needs, facts.after.profile, askable_leads(session, workspace_id)):
        return None
    leads = leads_of(session, workspace_id, now=facts.event.recorded_at)
    return next((each for each in leads if each.function == needs), None)


# An account's signals, page by page, and of the signals webhook.

SIGNALS_PER_PAGE = 10
DAY = timedelta(days=1)


def account_signals(
    session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str, before_id: int | None = None
) -> SignalsFacts:
    """Return the latest signals, newest first, below id `before_id` if given. Raises Outdated without the account."""
    row = get_account(session, workspace_id, account_id)
    found = signals.page(session, account_id, before_id=before_id, limit=SIGNALS_PER_PAGE + 1)
    shown = found[:SIGNALS_PER_PAGE]
    state = account_state(row)
    engagement = engagements(session, [account_id], now).get(account_id)
    hint = stage_hint(state, engagement, settings_of(session, workspace_id)) if engagement else None
    return SignalsFacts(
        account=state,
        engagement=engagement,
        hint=hint,
        signals=_signal_lines(session, row, shown),
        zone=zone,
        today=local_date(now, zone),
        more_value=f"{account_id} {shown[-1].id}" if len(found) > SIGNALS_PER_PAGE else "",
    )


def signals_webhook(session: Session, workspace_id: str, *, now: datetime) -> WebhookFacts:
    """Return the state of the signals webhook: if programs may send, and what arrived in the last 24 hours."""
    workspace = workspaces.get(session, workspace_id)
    count, last_at = signals.came_by_webhook(session, workspace_id, now - DAY)
    return WebhookFacts(workspace_id, bool(workspace and workspace.signals_secret), count, last_at)


def _signal_lines(session: Session, account: Account, rows: Sequence[SignalRow]) -> tuple[NotedSignal, ...]:
    """The signals as lines: `person` is the contact whom it counts for, `called` what the sender calls that person."""
    names = account_items.texts(session, {row.contact_id for row in rows if row.contact_id is not None})
    return tuple(
        NotedSignal(
            account_id=row.account_id,
            account_name=account.name,
            signal=signal_facts(row),
            person=names.get(row.contact_id or 0, ""),
            called=row.person,
            is_taken_back=row.taken_back_at is not None,
        )
        for row in rows
    )


# Why an account is on the list and in its bucket.

KINDS = ("nominated", "list_changed", "justified", "corrected")
"""Kinds of entries that say why an account is on the list, or that take such an entry back."""


@dataclass(frozen=True, slots=True)
class PlacedAccount:
    """An account with its place over a month, or since its last held review where `month` is empty."""

    facts: AgendaFacts
    placement: Placement
    month: str = ""


def account_why(session: Session, workspace_id: str, account_id: int, *, now: datetime, zone: str) -> WhyFacts:
    row = get_account(session, workspace_id, account_id)
    entries = map(event_facts, events.of_accounts(session, [account_id], KINDS))
    item = account_card(session, workspace_id, account_id, now=now, zone=zone)
    return WhyFacts(account_state(row), justification_parts(entries), zone, item)


def account_placed(
    session: Session, workspace_id: str, account_id: int, month: str, *, now: datetime, zone: str
) -> PlacedAccount:
    """Return the account with its place over the month that is named, or since its last held review without one.

    Raises Outdated when the account does not exist or was not on the list then, NotUnderstood for a `month` that names
    none.
    """
    if not month:
        item = account_card(session, workspace_id, account_id, now=now, zone=zone)
        return PlacedAccount(item.facts, item.placement)
    found = program_of_month(session, workspace_id, month, now=now)
    for each in found.accounts:
        if each.account_id == account_id:
            return PlacedAccount(each.facts, each.placement, month_text(found.period))
    raise NoAccount
