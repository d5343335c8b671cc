"""Pages about calendars of reviews."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from agendas.facts.account import Blocker, Decision, ListStatus, NextAction
from agendas.facts.answered_items import FoundItem, OfAccount
from agendas.facts.deals import Opportunity
from agendas.facts.events import ListChanged
from agendas.facts.reviews import (
    USUAL,
    AgendaItem,
    Brief,
    Bucket,
    CadenceFacts,
    CadenceKind,
    FeedFacts,
    ItemPart,
    OpenReview,
    ReviewFacts,
)
from agendas.pages.agenda import MovementEntry, movement_in_order
from agendas.pages.open_items import LINES, action_items
from agendas.pages.sections import ActionLine, action_lines, question_text
from agendas.rendering.blockkit import MENU_ENTRIES
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Button, Buttons, Heading, Item, Line, Menu, Note, Page, Rows, Text, sentence_page
from agendas.rendering.words import Words, labelled, zone_name
from agendas.rules.deals import furthest_deal
from agendas.rules.entries import uncorrected
from agendas.rules.reviews import BY_EXCEPTION, named_and_counted
from agendas.rules.schedule import LATE_LIMIT, skipped_ahead
from agendas.text.dates import local_date

# The address of a calendar: shown once to whoever made it, renewed and revoked by button.

RENEW, REVOKE = "calendar.renew", "calendar.revoke"
NOBODY = "mine"
"""Value of the buttons of a person's own calendar; those of a channel's carry the channel's id."""


def address_page(url: str, words: Words, *, channel_id: str = "") -> Page:
    sentence = words.say("cadence.address", url=url, channel_id=channel_id)
    buttons = Buttons((labelled(words, REVOKE, channel_id or NOBODY),))
    items = (Text(sentence), Note(words.say("cadence.keep")), buttons)
    return Page(words.raw("cadence.title_of_address"), items, key="calendar")


def feed_page(feed: FeedFacts, words: Words, *, zone: str, today: date) -> Page:
    """That the calendar has an address already, which cannot be shown again, with the buttons for a new one or none."""
    sentence = words.say("cadence.there", feed=feed, zone=zone, today=today)
    value = feed.channel_id or NOBODY
    buttons = Buttons((labelled(words, RENEW, value), labelled(words, REVOKE, value)))
    return Page(read(sentence), (Text(sentence), buttons), key="calendar")


# The facilitator's brief an hour before a review, and what they ask of others by it.

ADD, LEAVE_OUT, REMIND, ASK, MOVE = "brief.add", "brief.leave_out", "brief.remind", "brief.ask", "brief.move"

MOST_PEOPLE = 2
"""People named of those who owe updates, each with a button; the others are counted."""
MOST_ACCOUNTS = 5
"""Accounts named to update in a reminder, each with its button."""


def brief_page(brief: Brief, words: Words, *, can_decide: bool = True) -> Page:
    """Changes, people who have not updated, promises not done, the minutes, and where a decision matters most.

    About 10 lines, at most 16. Who may not decide gets it without buttons.
    """
    discussed = [item for item in brief.items if item.part is ItemPart.DISCUSSED]
    title = words.raw("brief.title", brief=brief, discussed=len(discussed))
    used = sum(item.minutes for item in discussed)
    items: list[Item] = [Text(words.say("brief.first", brief=brief, discussed=len(discussed), used=used))]
    items += _brief_items(brief, discussed, words, can_decide=can_decide)
    if can_decide:
        items.append(_choices(brief, discussed, words))
    return Page(title, tuple(items), key=f"brief-{brief.cadence_id}-{brief.planned_on.toordinal()}")


def asked_before_page(
    *, by: str, text: str, channel_id: str, at: datetime, zone: str, accounts: Sequence[tuple[int, str]], words: Words
) -> Page:
    """What the facilitator, `by`, asks a person; without `text` a reminder. Each of the first accounts has a button."""
    about = {"by": by, "channel_id": channel_id, "at": at, "zone": zone, "count": len(accounts)}
    items: list[Item] = [Text(words.say("brief.asked" if text else "brief.reminded", **about, text=text))]
    for account_id, name in accounts[:MOST_ACCOUNTS]:
        items.append(Line(words.say("brief.account", name=name), labelled(words, "account.update", str(account_id))))
    if len(accounts) > MOST_ACCOUNTS:
        items.append(Note(words.say("brief.more", count=len(accounts) - MOST_ACCOUNTS)))
    title = words.raw("brief.asked_title" if text else "brief.reminded_title", **about, text=text)
    return Page(title, tuple(items), key=f"asked-before-{channel_id}")


def leads_now_page(*, by: str, channel_id: str, at: datetime | None, zone: str, words: Words) -> Page:
    """That the reader is the facilitator now, made so by `by`, if not '', and when the next review is, if one is."""
    about = {"by": by, "channel_id": channel_id, "at": at, "zone": zone}
    items = (Text(words.say("brief.leads", **about)), Note(words.say("brief.leads_note")))
    return Page(words.raw("brief.leads_title", **about), items, key=f"leads-{channel_id}")


def _brief_items(brief: Brief, discussed: Sequence[AgendaItem], words: Words, *, can_decide: bool) -> Iterator[Item]:
    """The sections of the brief in their order, each only where there is something to say."""
    if brief.changes:
        yield Text(words.say("brief.changed", changes=list(brief.changes.items())))
    yield from _not_updated(brief, words, can_decide=can_decide)
    others = [each.user_id for each in brief.not_updated[MOST_PEOPLE:]]
    if others or brief.away:
        yield Text(words.say("brief.not_here", others=others, away=brief.away, reader=brief.reader))
    if brief.promised:
        yield Text(words.say("brief.promised", promised=brief.promised))
    left_out = [item for item in brief.items if item.part is ItemPart.LEFT_OUT]
    lines = words.lines("brief.minutes", discussed=discussed, left_out=left_out, chosen_by=brief.chosen_by)
    if lines:
        yield Rows(lines)
    if brief.matters:
        matters = [(item, question_text(question, item, words)) for item, question in brief.matters]
        yield Rows(words.lines("brief.matters", matters=matters))


def _not_updated(brief: Brief, words: Words, *, can_decide: bool) -> Iterator[Item]:
    """The first people who have not updated, each with the button that reminds them."""
    for number, each in enumerate(brief.not_updated[:MOST_PEOPLE]):
        sentence = words.say("brief.not_updated", each=each, is_first=number == 0, reader=brief.reader)
        button = labelled(words, REMIND, _value(brief, each.user_id))
        # nobody reminds themselves
        is_asked = can_decide and not each.is_reminded and each.user_id != brief.reader
        yield Line(sentence, button) if is_asked else Text(sentence)


def _choices(brief: Brief, discussed: Sequence[AgendaItem], words: Words) -> Buttons:
    """Menus that add an account or, of several discussed, leave one out, beside the buttons that ask and move."""
    menus: list[Menu] = []
    others = [item for item in brief.items if item.part is not ItemPart.DISCUSSED]
    for action, label, items in (
        (ADD, "brief.add_one", others),
        (LEAVE_OUT, "brief.leave_out_one", discussed if len(discussed) > 1 else ()),
    ):
        if items:
            entries = [(item.facts.account.name, _value(brief, str(item.facts.account.account_id))) for item in items]
            menus.append(Menu(words.raw(label), action, tuple(entries[:MENU_ENTRIES])))
    return Buttons((labelled(words, ASK, _value(brief)), labelled(words, MOVE, _value(brief))), choices=tuple(menus))


def _value(brief: Brief, item_id: str = "") -> str:
    """The value of a brief's button: the cadence, the planned day as an ordinal, and the id of an account or person."""
    return f"{brief.cadence_id} {brief.planned_on.toordinal()} {item_id}".strip()


# A channel's cadence in words: rhythm, zone, scope, and the next three dates with what was moved or skipped.

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DATES_SHOWN = 3
SKIPPED_SHOWN = 6
"""Skipped dates of one page at most, each with its button."""


@dataclass(frozen=True, slots=True)
class CadenceChanged:
    """A change of a channel's reviews that somebody made: `what` is moved, skipped, held, paused or resumed.

    `planned_on` is the date of the one that was changed, None for all of them; `next_at` is the next one.
    """

    what: str
    by: str
    zone: str
    planned_on: date | None = None
    moved_to: datetime | None = None
    because: str = ""
    next_at: datetime | None = None


def cadence_page(
    cadence: CadenceFacts,
    words: Words,
    *,
    now: datetime,
    running: OpenReview | None = None,
    can_decide: bool = True,
    can_hold: bool | None = None,
) -> Page:
    """Return the cadence of a channel: its time, length, accounts and next three dates.

    Args:
        cadence: the channel's cadence.
        now: the instant of asking; dates of another year carry it.
        running: the channel's open review, which can then be closed.
        can_decide: false hides the buttons from people who may only read.
        can_hold: whether a skipped date has the button that takes it back; None where `can_decide` says so.
    """
    next_at = cadence.upcoming[0].at if cadence.upcoming else None
    values = {
        "cadence": cadence,
        "weekday": WEEKDAYS[cadence.plan.anchor_on.weekday()],
        "position": (cadence.plan.anchor_on.day - 1) // 7 + 1,
        # as it is at the next meeting: a change of the clocks may come before it
        "zone_abbreviation": zone_name((next_at or now).astimezone(ZoneInfo(cadence.plan.zone))),
    }
    items: list[Item] = [
        Heading(words.raw("cadence.heading")),
        *_open_line(running, words),
        Text(words.say("cadence.summary", **values)),
        Rows(tuple(_scope(cadence, words))),
        *_dates(cadence, words, now, can_hold=can_decide if can_hold is None else can_hold),
    ]
    if can_decide and cadence.upcoming:
        items.append(Buttons(tuple(labelled(words, word, str(cadence.id)) for word in ("review.move", "review.skip"))))
    if cadence.wanted_more_often:
        items.append(Note(words.say("cadence.more_often", wanted=cadence.wanted_more_often)))
    if can_decide:
        items.append(_cadence_buttons(cadence, words, running))
    return Page(words.raw("cadence.title", **values, next_at=next_at), tuple(items), key=f"cadence-{cadence.id}")


def no_cadence_page(words: Words, *, running: OpenReview | None = None, can_decide: bool = True) -> Page:
    """That the channel has no review yet, with the button that schedules one for those who may; `running` is open."""
    title, first = words.raw("cadence.absent_title"), _open_line(running, words)
    if not can_decide:
        return Page(title, (*first, Text(words.say("cadence.absent_for_reader"))), key="cadence")
    schedule = Buttons((labelled(words, "review.schedule", style="primary"), *_closing(running, words)))
    return Page(title, (*first, Text(words.say("cadence.absent")), schedule), key="cadence")


def cadence_changed_page(change: CadenceChanged, words: Words) -> Page:
    sentence = Text(words.say("cadence.said", change=change))
    return Page(words.raw("cadence.said_title", change=change), (sentence,), key="cadence-change")


def _open_line(running: OpenReview | None, words: Words) -> tuple[Item, ...]:
    return (Text(words.say("agenda.open_review", review=running, zone=running.zone)),) if running else ()


def _closing(running: OpenReview | None, words: Words) -> tuple[Button, ...]:
    return (labelled(words, "review.close", str(running.id)),) if running else ()


def _scope(cadence: CadenceFacts, words: Words) -> Iterator[str]:
    """Lines about the accounts that are reviewed, how people prepare, and the sections of the agendas."""
    is_executive = cadence.kind is CadenceKind.EXECUTIVE
    yield words.say("cadence.executive" if is_executive else "cadence.scope", cadence=cadence)
    if cadence.is_private:
        yield words.say("cadence.private")
    if cadence.scope_now is not None:
        yield from words.lines("cadence.scope_now", now=cadence.scope_now, minutes=cadence.minutes)
    if not is_executive:
        yield words.say("cadence.preparation", preparation=cadence.preparation)
    if cadence.kind is CadenceKind.ACCOUNTS and cadence.sections != USUAL:
        yield words.say("cadence.sections", sections=cadence.sections)


def _dates(cadence: CadenceFacts, words: Words, now: datetime, *, can_hold: bool) -> Iterator[Item]:
    """The next dates, and among them the days off and those that were skipped, all in order."""
    zone, today = cadence.plan.zone, local_date(now, cadence.plan.zone)
    reasons = {change.planned_on: change.because for change in cadence.changes}
    dated: list[tuple[date, str | Line]] = []
    for each in cadence.upcoming[:DATES_SHOWN]:
        because = reasons.get(each.planned_on, "")
        sentence = words.say("cadence.occurrence", occurrence=each, because=because, zone=zone, today=today)
        dated.append((local_date(each.at, zone), sentence))
    dated += _skipped(cadence, words, now, can_hold=can_hold)
    dated += [(each.on, words.say("cadence.day_off", off=each, today=today)) for each in cadence.days_left_out]
    lines: list[str] = [words.say("cadence.upcoming_label", is_paused=cadence.is_paused)]
    lines += [] if cadence.upcoming else [words.say("cadence.no_dates")]
    for _, line in sorted(dated, key=lambda pair: pair[0]):
        if isinstance(line, str):
            lines.append(line)
            continue
        # a line with a button is an item of its own, and ends the rows before it
        if lines:
            yield Rows(tuple(lines))
        yield line
        lines = []
    if lines:
        yield Rows(tuple(lines))


def _skipped(cadence: CadenceFacts, words: Words, now: datetime, *, can_hold: bool) -> list[tuple[date, str | Line]]:
    """The skipped dates from today on with their days; with `can_hold` those still ahead have a button to hold them."""
    today = local_date(now, cadence.plan.zone)
    ahead = {each.planned_on for each in skipped_ahead(cadence.plan, now, cadence.changes)} if can_hold else set()
    skipped = [each for each in cadence.changes if each.moved_to is None and each.planned_on >= today]
    found: list[tuple[date, str | Line]] = []
    for change in skipped[:SKIPPED_SHOWN]:
        sentence, on = words.say("cadence.skipped", change=change, today=today), change.planned_on
        hold = labelled(words, "review.hold", f"{cadence.id} {on.toordinal()}")
        found.append((on, Line(sentence, hold) if on in ahead else sentence))
    return found


def _cadence_buttons(cadence: CadenceFacts, words: Words, running: OpenReview | None) -> Buttons:
    """The buttons of the cadence, an executive one without preparation and agenda; `running` is the review to close."""
    value, is_executive = str(cadence.id), cadence.kind is CadenceKind.EXECUTIVE
    of_accounts = () if is_executive else ("review.preparation", "review.agenda")
    return Buttons(
        (
            labelled(words, "review.now", value),
            labelled(words, "review.schedule", value),
            *(labelled(words, each, value) for each in of_accounts),
            labelled(words, "review.resume" if cadence.is_paused else "review.pause", value),
            *_closing(running, words),
            labelled(words, "calendar.channel"),
        )
    )


# The header message of a review: who has to speak and in what order, what waits, and what was left out.

SPEAKERS_SHOWN = 8
STATES = (
    *(bucket.value for bucket in Bucket if bucket is not Bucket.STEADY),
    "claimed",
    Bucket.STEADY.value,
    "paused",
    "left",
)
"""States that accounts are counted by: the buckets in their order, claimed steps apart from steady accounts, and
accounts that were paused or left the list after the review was opened."""


def review_header_page(review: ReviewFacts, words: Words) -> Page:
    """Counts, the order with links to each account's message, who is left out or waited for, and the buttons.

    An account without its permalink yet is named without a link. One that was paused or left the list since the
    review opened keeps its place, with the reason, and takes no minutes. A closed review has no buttons.
    """
    discussed = part_of(review, ItemPart.DISCUSSED)
    intervene = sum(_shown_state(item) == Bucket.NEEDS_INTERVENTION.value for item in review.items)
    return Page(
        title=words.raw(
            "review.title",
            at=review.planned_at,
            zone=review.zone,
            discussed=len(without_leavers(discussed)),
            total=len(review.items),
            intervene=intervene,
        ),
        items=tuple(_header_items(review, discussed, words)),
        key=f"review-{review.id}",
    )


def part_of(review: ReviewFacts, part: ItemPart) -> tuple[AgendaItem, ...]:
    return tuple(item for item in review.items if item.part is part)


def without_leavers(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The accounts that are still reviewed: not those that were paused or left the list since the review opened."""
    return tuple(item for item in items if not item.facts.account.has_left_list)


def gone_lines(items: Iterable[AgendaItem], words: Words) -> Iterator[Item]:
    """One line on the paused accounts and one on those removed from the list, each with the reason."""
    accounts = [item.facts.account for item in items if item.facts.account.has_left_list]
    if paused := [account for account in accounts if account.list_status is ListStatus.PAUSED]:
        yield Text(words.say("review.paused", accounts=paused))
    if left := [account for account in accounts if account.list_status is not ListStatus.PAUSED]:
        yield Text(words.say("review.gone", accounts=left))


def _header_items(review: ReviewFacts, discussed: tuple[AgendaItem, ...], words: Words) -> Iterator[Item]:
    """The sections of the header in their order; of a review without accounts the first, and that there are none."""
    staying = without_leavers(discussed)
    used, updated = sum(item.minutes for item in staying), sum(item.is_updated for item in staying)
    first = words.lines("review.first", review=review, used=used, discussed=len(staying))
    if not review.items:
        yield Rows(first)
        yield Text(words.say("review.nothing"))
        return
    states = [_shown_state(item) for item in review.items]
    counts = [(state, states.count(state)) for state in STATES if state in states]
    since = sorted({item.facts.reviewed_on for item in staying if item.facts.reviewed_on})
    counted = {"counts": counts, "updated": updated, "since": since}
    yield Rows((*first, *words.lines("review.counts", **counted, discussed=len(staying))))
    if discussed:
        speakers = _to_speak(discussed, words) if review.closed_at is None else ()
        yield Rows((*words.lines("review.order", items=_numbered(discussed)), *speakers))
    if review.added or review.left_out_by:
        names = {item.facts.account.account_id: item.facts.account.name for item in review.items}
        added, left_out = (
            [(person, names[account_id]) for account_id, person in chosen if account_id in names]
            for chosen in (review.added, review.left_out_by)
        )
        if sentence := words.say("review.added_by", added=added, left_out=left_out):
            yield Text(sentence)
    yield from _not_discussed(review, words)
    if review.closed_at is None:
        start = labelled(words, "updates.start", str(review.id), style="primary")
        yield Buttons((start,), (labelled(words, "review.close", str(review.id)),))


def _numbered(items: tuple[AgendaItem, ...]) -> Iterator[tuple[int, AgendaItem, Opportunity | None]]:
    """The items with their furthest deal, and their number among those still to discuss, 0 for those that are not."""
    numbers = count(1)
    for item in items:
        account = item.facts.account
        yield (0 if account.has_left_list else next(numbers)), item, furthest_deal(account)


def _to_speak(discussed: tuple[AgendaItem, ...], words: Words) -> tuple[str, ...]:
    """The line with the people who speak, each with their accounts' numbers; empty for a single account.

    The owners speak, and whoever an open ask is addressed to.
    """
    # by person: (the account's number, whether they speak for an ask rather than as the owner)
    speakers: dict[str, list[tuple[int, bool]]] = {}
    for number, item, _ in _numbered(discussed):
        account = item.facts.account
        owner = "" if item.facts.owner_is_deactivated else account.profile.owner or ""
        asked = [ask.ask_of for ask in account.open_asks if ask.ask_of and ask.ask_of != owner]
        # an account that left the list has the number 0, and nobody speaks about it
        for person in dict.fromkeys((owner, *asked)) if number else ():
            speakers.setdefault(person, []).append((number, person != owner))
    # accounts without an owner
    speakers.pop("", None)
    if len(without_leavers(discussed)) < 2 or not speakers:
        return ()
    people = list(speakers.items())
    shown, more = people[:SPEAKERS_SHOWN], max(0, len(people) - SPEAKERS_SHOWN)
    return (words.say("review.to_speak", speakers=shown, more=more),)


def _shown_state(item: AgendaItem) -> str:
    """The state that the account is counted by, one of STATES."""
    if item.facts.account.has_left_list:
        return "paused" if item.facts.account.list_status is ListStatus.PAUSED else "left"
    return "claimed" if item.placement.is_claimed else item.placement.bucket.value


def _left_out(review: ReviewFacts, words: Words) -> Iterator[Item]:
    """The accounts that got no minutes, as one line; while the review is open with a button for one, menus for more."""
    items = without_leavers(part_of(review, ItemPart.LEFT_OUT))
    if not items:
        return
    sentence = words.say("review.left_out", items=items)
    if review.closed_at is None and len(items) == 1:
        yield Line(sentence, labelled(words, "review.add", str(items[0].review_item_id)))
        return
    yield Text(sentence)
    if review.closed_at is None:
        for start in range(0, len(items), MENU_ENTRIES):
            part = items[start : start + MENU_ENTRIES]
            label = words.raw("review.add_one", first=start + 1, last=start + len(part), total=len(items))
            entries = tuple((item.facts.account.name, str(item.review_item_id)) for item in part)
            yield Menu(label, "review.add", entries)


def _not_discussed(review: ReviewFacts, words: Words) -> Iterator[Item]:
    """The accounts that are not discussed, by why, and the people whose updates are missing, or who are away."""
    listed = without_leavers(part_of(review, ItemPart.LISTED))
    steady = [item for item in listed if item.placement.bucket is Bucket.STEADY]
    yield from _left_out(review, words)
    yield from gone_lines((item for item in review.items if item.part is not ItemPart.DISCUSSED), words)
    named, count = named_and_counted([item for item in steady if not item.placement.is_claimed])
    counted = [words.say("review.of_tier", count=count, tier=BY_EXCEPTION)] if count else []
    # nobody is waited for once the review is closed
    staying = without_leavers(part_of(review, ItemPart.DISCUSSED)) if review.closed_at is None else ()
    missing = Counter(person for item in staying for person in item.facts.missing_updates_from)
    away = dict(entry for item in staying for entry in item.facts.away)
    lines = words.lines(
        "review.others",
        steady=[*(item.facts.account.name for item in named), *counted],
        claimed=[item.facts.account.name for item in steady if item.placement.is_claimed],
        changed=[item.facts.account.name for item in listed if item.placement.bucket is not Bucket.STEADY],
        waiting=missing.most_common(),
        away=list(away.items()),
    )
    if lines:
        yield Rows(lines)


# A review that came too late to be posted, with the offer to hold it now.


def missed_page(
    planned_at: datetime, noticed_at: datetime, words: Words, *, zone: str, was_opened: bool = False
) -> Page:
    """Return the notice of a missed review: its date, when the bot could post again, and a button to hold it now.

    `was_opened`: the bot was there at the time and could not send, rather than being away itself.
    """
    sentence = words.say(
        "review.missed",
        planned_at=planned_at,
        noticed_at=noticed_at,
        zone=zone,
        was_opened=was_opened,
        is_beyond_limit=noticed_at - planned_at > LATE_LIMIT,
    )
    return Page(read(sentence), (Text(sentence), Buttons((labelled(words, "review.now"),))), key="missed")


# Outcome of a review for each account: what moved, was decided, kept, slipped and promised, and what blocks it.


@dataclass(frozen=True, slots=True)
class AccountOutcome:
    """Outcome for one account since its last held review.

    `movement` are the steps and the news, as on the agenda. `done`, `slipped`, `late` and `dropped` are promises of
    that review or later ones by what became of them, `new` the open ones made since. `list_changes` are those that no
    decision of the review made.
    """

    item: AgendaItem
    movement: tuple[MovementEntry, ...]
    decisions: tuple[Decision, ...]
    done: tuple[NextAction, ...]
    slipped: tuple[NextAction, ...]
    late: tuple[NextAction, ...]
    dropped: tuple[NextAction, ...]
    new: tuple[NextAction, ...]
    opened: tuple[Blocker, ...]
    resolved: tuple[Blocker, ...]
    list_changes: tuple[ListChanged, ...]

    @property
    def is_any(self) -> bool:
        facts = (self.movement, self.decisions, self.done, self.slipped, self.late, self.dropped, self.new)
        return any((*facts, self.opened, self.resolved, self.list_changes))


def outcomes(review: ReviewFacts) -> tuple[AccountOutcome, ...]:
    return tuple(_outcome(review, item) for item in review.items)


def _outcome(review: ReviewFacts, item: AgendaItem) -> AccountOutcome:
    """What the review brought for one account since the last held one; of the list only what changed in this review."""
    facts, account, since = item.facts, item.facts.account, item.facts.since
    lines = [line for part in action_lines(facts) for line in part]
    changes = (event.change for event in uncorrected(facts.events) if event.recorded_at > review.opened_at)
    return AccountOutcome(
        item=item,
        movement=movement_in_order(item),
        decisions=tuple(last for account_id, last in review.decisions if account_id == account.account_id),
        done=_of(lines, "kept"),
        slipped=_of(lines, "slipped"),
        late=_of(lines, "overdue"),
        dropped=_of(lines, "dropped"),
        new=_of(lines, "new"),
        opened=tuple(each for each in account.open_blockers if since is None or each.opened_at > since),
        resolved=tuple(
            each for each in account.blockers if each.resolved_at and (since is None or each.resolved_at > since)
        ),
        list_changes=tuple(each for each in changes if isinstance(each, ListChanged) and each.decision_id is None),
    )


def _of(lines: Iterable[ActionLine], state: str) -> tuple[NextAction, ...]:
    """The actions of the lines in this state."""
    return tuple(line.action for line in lines if line.state == state)


# Accounts that stay private to a channel whose cadence is not private any more.


def still_private_items(channel_id: str, names: Sequence[str], words: Words) -> tuple[Item, ...]:
    sentence = words.say("cadence.still_private", channel_id=channel_id, count=len(names))
    lines = tuple(words.say("cadence.private_name", name=each) for each in names)
    return (Text(sentence), Rows(lines), Buttons((labelled(words, "privacy.publish", channel_id),)))


# The receipt of a review that was opened at once.


def started_page(sentence: str, cadence: CadenceFacts | None, words: Words) -> Page:
    """The receipt: `sentence` about the review held now, and that the planned one stays, with Skip.

    A channel without a cadence, or whose cadence is paused or has no further date, has none that stays.
    """
    if cadence is None or cadence.is_paused or not cadence.upcoming:
        return sentence_page(sentence)
    stays = words.say("cadence.stays", at=cadence.upcoming[0].at, zone=cadence.plan.zone)
    skip = Buttons((labelled(words, "review.skip", str(cadence.id)),))
    return Page(read(sentence), (Text(sentence), Text(stays), skip), key="review-started")


# The direct message that an owner gets when a review closes: what they promised, by when.


def your_actions_page(
    review: ReviewFacts,
    user_id: str,
    words: Words,
    *,
    today: date,
    can_record: bool = True,
    settled: Collection[int] = (),
) -> Page | None:
    """The person's open actions on the review's accounts, soonest first; None when there are none any more.

    `settled` are ids of actions that somebody settled since the review closed. Each other one has its buttons for who
    may record. Of a long list the first ones are shown, with a button to all.
    """
    mine = [
        FoundItem(OfAccount.of(account), each, each.id)
        for account in (item.facts.account for item in review.items)
        for each in account.open_actions
        if each.owner == user_id and each.id not in settled
    ]
    if not mine:
        return None
    mine.sort(key=lambda found: (found.due_on, found.account.name))
    facts = {"at": review.planned_at, "zone": review.zone, "count": len(mine)}
    items: list[Item] = [Text(words.say("review.yours_label", channel_id=review.channel_id, **facts))]
    items += action_items(mine[:LINES], words, today=today, can_record=can_record)
    if len(mine) > LINES:
        items.append(Note(words.say("program.span", first=1, last=LINES, total=len(mine))))
        items.append(Buttons((labelled(words, "actions.mine", "0"),)))
    if review.next_at:
        when = {"next_at": review.next_at, "zone": review.zone}
        items.append(Note(words.say("review.yours_note", **when, count=len(mine))))
    return Page(words.raw("review.yours_title", **facts), tuple(items), key=f"yours-{review.id}")
