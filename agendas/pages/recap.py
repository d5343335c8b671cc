"""The recap of a review: who held it, what moved, what was decided, what is due, and what waits for the next one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from agendas.facts.account import EventFacts, Movement
from agendas.facts.events import ActionAdded, BlockerOpened, DecisionKind, Moved, Noted, NothingMoved
from agendas.facts.evidence import Evidence, EvidenceAdded
from agendas.facts.interventions import AskAnswered
from agendas.facts.past_review import OpenedAccount, OpenedReview, PastReviews, PastState
from agendas.facts.people import Function
from agendas.facts.plays import motion_of
from agendas.facts.reviews import AgendaItem, ItemPart, MovementFlag, MovementReason, ReviewFacts
from agendas.pages.agenda import STEPPED, MovementEntry, account_summary, movement_in_order
from agendas.pages.reviews import AccountOutcome, gone_lines, outcomes, part_of, without_leavers
from agendas.pages.sections import ActionLine, action_lines, corrected_lines
from agendas.rendering.page import Button, Buttons, Heading, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.deals import moved_deal
from agendas.rules.entries import is_buyers_act, uncorrected
from agendas.rules.reviews import wrote_in
from agendas.text.dates import local_date
from agendas.text.limits import shortened

DETAILS, ATTENDANCE = "recap.details", "recap.attendance"
FILES = ("recap.text", "recap.csv", "recap.print")
"""Buttons of a recap; the value is the id of its review."""

MOVED_SHOWN = 15
NEWS_SHOWN = 8
RECAP_CORRECTED_SHOWN = 3
_DECISIONS = ("decision", "decisions")
_NEWS = ("piece of news", "pieces of news")
WEEK = timedelta(days=7)
_OPEN_STATES = ("overdue", "slipped", "open", "new")
_COUNTED = {
    Movement.ADVANCED: "advanced",
    Movement.REGRESSED: "moved back",
    Movement.ADVANCED_UNVERIFIED: "claimed",
    Movement.NEW: "new",
    Movement.UNCHANGED: "",
    Movement.LEFT_LIST: "",
}
"""Words by which movements are counted, '' for those that are not."""
_EXPANDED = "expanded"
SHOWN_BY_NEWS = frozenset(
    {
        *(MovementFlag.MOMENTUM, MovementFlag.BLOCKER_RESOLVED, MovementFlag.MEETING_HELD),
        *(MovementFlag.BOUNCED, MovementFlag.RECORDED_LATE, MovementFlag.STILL_CLAIMED),
    }
)
"""Remarks that the news of the account says itself."""


def recap_page(review: ReviewFacts, words: Words, *, before: ReviewFacts | None = None) -> Page:
    """A few lines, with buttons for what is longer and for files.

    `review.items` carry the facts as they are at closing. `before` is the review held before it, for its counts.
    """
    lines = open_actions(review)
    title = words.raw(
        "recap.title",
        at=review.planned_at,
        zone=review.zone,
        held=review.was_held,
        decisions=len(review.decisions),
        open_actions=len(lines),
    )
    items = tuple(_recap_items(review, before, lines, words))
    return Page(title, items, key=f"recap-{review.id}", continued=words.say("recap.continued"))


def open_actions(review: ReviewFacts) -> list[tuple[str, ActionLine]]:
    """Return the actions that are open at the close, each after its account's name, by due date."""
    found = [
        (item.facts.account.name, line)
        for item in review.items
        for lines in action_lines(item.facts)
        for line in lines
        if line.state in _OPEN_STATES
    ]
    return sorted(found, key=lambda pair: (pair[1].action.due_on, pair[0]))


def _recap_items(
    review: ReviewFacts, before: ReviewFacts | None, lines: Sequence[tuple[str, ActionLine]], words: Words
) -> Iterator[Item]:
    """The sections of the recap in their order; `lines` are the open actions, each after its account's name."""
    counts_before = dict(_counts(before)) if before else {}
    counted = [(word, count, counts_before.get(word, 0)) for word, count in _counts(review)]
    first = words.lines("recap.first", review=review, counts=counted, wrote=len(wrote_in(review)))
    yield Rows((*first, *_moved_and_news(review, words)))
    if review.corrected:
        yield _corrected(review, words)
    # what this review took off the list stands among its decisions
    taken_off = (DecisionKind.PAUSE, DecisionKind.REMOVE)
    removed = {account_id for account_id, last in dict(review.decisions).items() if last.decision in taken_off}
    yield from gone_lines((item for item in review.items if item.facts.account.account_id not in removed), words)
    if lines_below := (
        *_decisions(review, words),
        *_due(review, lines, words),
        *_promise_lines(review, words),
        *_left(review, words),
    ):
        yield Rows(lines_below)
    if review.late:
        yield Rows((words.say("recap.late", names=review.late),))
    yield from _lists(review, len(lines), words)


@dataclass(frozen=True, slots=True)
class MovedLine:
    """An account that moved: the entry that led there, None where none did, and the evidence of that very step."""

    item: AgendaItem
    step: MovementEntry | None
    shown_by: Evidence | None


@dataclass(frozen=True, slots=True)
class NewsLine:
    item: AgendaItem
    entry: MovementEntry | None
    remarks: frozenset[MovementFlag] = frozenset()


def _moved_lines(review: ReviewFacts) -> dict[str, list[MovedLine]]:
    """The lines of the accounts that moved, by the word that counts them, in the order of these words."""
    found: dict[str, list[MovedLine]] = {word: [] for word in (_EXPANDED, *_COUNTED.values()) if word}
    for item in without_leavers(review.items):
        if word := _counted_as(item):
            answer, steps = item.placement.movement, _steps(item)
            # neither a deal that moved nor the naming is an entry of a step
            has_step = not answer.by_deals and answer.movement is not Movement.NEW
            shown = max(_shown_by(item), key=lambda piece: piece.dated_at, default=None)
            found[word].append(MovedLine(item, steps[-1] if steps and has_step else None, shown))
    return {word: lines for word, lines in found.items() if lines}


def _counted_as(item: AgendaItem) -> str:
    """The word that the account is counted by, '' where it did not move.

    Growth goes before an advance; a step that is still only claimed counts as claimed again.
    """
    answer = item.placement.movement
    has_grown = bool(answer.expansions) or MovementFlag.EXPANDED in answer.flags
    if has_grown and answer.movement in (Movement.ADVANCED, Movement.UNCHANGED, Movement.NEW):
        return _EXPANDED
    is_claimed = answer.movement is Movement.UNCHANGED and MovementFlag.STILL_CLAIMED in answer.flags
    return _COUNTED[Movement.ADVANCED_UNVERIFIED if is_claimed else answer.movement]


def _steps(item: AgendaItem) -> list[MovementEntry]:
    """The entries that the line of the account shows: steps, expansions, and later evidence of a claimed step."""
    answer = item.placement.movement
    if answer.movement not in STEPPED:
        return [each for each in movement_in_order(item) if _is_expansion(each)]
    is_proved = answer.reason is MovementReason.CLAIM_PROVED
    is_advance = answer.movement is Movement.ADVANCED

    def proves_step(entry: MovementEntry) -> bool:
        """True for an entry that brought the evidence of a step claimed before or by another entry."""
        shows_claim = is_proved or (is_advance and isinstance(entry.event.change, EvidenceAdded))
        return shows_claim and not set(entry.event.evidence).isdisjoint(answer.evidence)

    return [each for each in movement_in_order(item) if each.from_stage or _is_expansion(each) or proves_step(each)]


def _is_expansion(entry: MovementEntry) -> bool:
    return isinstance(entry.event.change, Moved) and entry.event.change.expansion is not None


def _shown_by(item: AgendaItem) -> list[Evidence]:
    """The buyer's acts that are evidence of the movement in the account's line, or without any, of its expansion."""
    answer = item.placement.movement
    found = [piece for piece in answer.evidence if is_buyers_act(piece)] if answer.movement in STEPPED else []
    grown = (piece for each in _steps(item) if _is_expansion(each) for piece in each.event.evidence)
    return found or [piece for piece in grown if is_buyers_act(piece)]


def _news_lines(review: ReviewFacts) -> list[NewsLine]:
    """News that no line of a step shows; for an account that did not move, also the flags that no news explains."""
    found = []
    for item in without_leavers(review.items):
        answer, steps = item.placement.movement, _steps(item)
        entries = [each for each in movement_in_order(item) if each not in steps]
        found += [NewsLine(item, each) for each in entries]
        remarks = answer.flags - (SHOWN_BY_NEWS if entries else frozenset())
        if remarks and not _counted_as(item):
            found.append(NewsLine(item, None, remarks))
    return found


def _counts(review: ReviewFacts) -> list[tuple[str, int]]:
    """How many accounts moved in which way, each counted once, and the numbers of news and decisions below."""
    moved, news = _moved_lines(review), _news_lines(review)
    items = [line.item for line in news] + [line.item for lines in moved.values() for line in lines]
    named = {item.facts.account.account_id for item in items}
    still = sum(item.facts.account.account_id not in named for item in without_leavers(review.items))
    decisions = len(review.decisions)
    found = [(word, len(lines)) for word, lines in moved.items()]
    found += [(_NEWS[len(news) != 1], len(news)), ("not moved", still), (_DECISIONS[decisions != 1], decisions)]
    return [(word, count) for word, count in found if count]


def _moved_and_news(review: ReviewFacts, words: Words) -> tuple[str, ...]:
    moved = [line for lines in _moved_lines(review).values() for line in lines]
    news, values = _news_lines(review), {"today": _closed_on(review), "zone": review.zone}
    return (
        *words.lines("recap.moved", lines=moved[:MOVED_SHOWN], more=len(moved) - MOVED_SHOWN, **values),
        *words.lines("recap.news", lines=news[:NEWS_SHOWN], more=len(news) - NEWS_SHOWN, **values),
    )


def _corrected(review: ReviewFacts, words: Words) -> Item:
    """The note that the figures are as of the review day and some entries have been corrected since."""
    states = {item.facts.account.account_id: item.facts.account for item in review.items}
    found = [(states[account_id], each) for account_id, each in review.corrected]
    label = words.say("history.counts_no_more_label")
    lines = corrected_lines(found, words, review.zone, is_named=True, most=RECAP_CORRECTED_SHOWN)
    # a section of one line is one line
    return Rows((label, *lines) if len(lines) > 1 else (f"{label} {lines[0].removeprefix('• ')}",))


def _decisions(review: ReviewFacts, words: Words) -> tuple[str, ...]:
    """What was decided, the tiers that changed otherwise since the last review, and the asks that were answered."""
    names = {item.facts.account.account_id: item.facts.account.name for item in review.items}
    decisions = [(names[account_id], last) for account_id, last in review.decisions if account_id in names]
    # each change of tier is shown once: by its decision where there is one
    decided_tiers = {account_id for account_id, last in review.decisions if last.decision is DecisionKind.CHANGE_TIER}
    tiers = [
        item.facts
        for item in review.items
        if item.facts.account.account_id not in decided_tiers and item.facts.tier_before
    ]
    # an ask of this review is marked as answered at its own decision
    decided_now = {last.event_id for _, last in review.decisions}
    answers = [
        (item.facts.account.name, event.change)
        for item in review.items
        for event in uncorrected(item.facts.events)
        if isinstance(event.change, AskAnswered) and event.change.decision_id not in decided_now
    ]
    values = {"decisions": decisions, "tiers": tiers, "answers": answers}
    return words.lines("recap.decided", **values, today=_closed_on(review)) if any(values.values()) else ()


def _due(review: ReviewFacts, lines: Sequence[tuple[str, ActionLine]], words: Words) -> tuple[str, ...]:
    """The open actions that are late or due within a week, as counts of each person; those late first."""
    until = _closed_on(review) + WEEK
    soon = [line for _, line in lines if line.action.due_on <= until]
    counts = Counter(line.action.owner for line in soon)
    late = Counter(line.action.owner for line in soon if line.state == "overdue")
    owners = sorted(counts, key=lambda owner: (-late[owner], -counts[owner], owner))
    people = [(owner, counts[owner], late[owner]) for owner in owners]
    return words.lines("recap.due", people=people, until=until) if people else ()


def _promise_lines(review: ReviewFacts, words: Words) -> tuple[str, ...]:
    """How many actions were done, slipped, and so on, and how many blockers were opened and resolved."""
    found = outcomes(review)
    kinds = ("done", "slipped", "late", "dropped", "new", "opened", "resolved")
    counts = {kind: sum(len(getattr(outcome, kind)) for outcome in found) for kind in kinds}
    opened, resolved = counts.pop("opened"), counts.pop("resolved")
    promises = [(kind, count) for kind, count in counts.items() if count]
    return words.lines("recap.came", promises=promises, opened=opened, resolved=resolved)


def _left(review: ReviewFacts, words: Words) -> Iterator[str]:
    """Lines on accounts without a decision, accounts that wait for a date, and accounts left out."""
    decided = {account_id for account_id, _ in review.decisions}
    undecided = [
        item.facts.account.name
        for item in without_leavers(part_of(review, ItemPart.DISCUSSED))
        if item.facts.account.account_id not in decided
    ]
    yield from words.lines("recap.undecided", names=undecided, next_at=review.next_at, zone=review.zone)
    waiting = [item for item in review.items if (excuse := item.placement.stall.excuse) and not excuse.is_spent]
    left_out = without_leavers(part_of(review, ItemPart.LEFT_OUT))
    if waiting or left_out:
        yield from words.lines("recap.left", left_out=left_out, waiting=waiting, today=_closed_on(review))


def _lists(review: ReviewFacts, actions: int, words: Words) -> Iterator[Item]:
    """The buttons to the open actions, the blockers and the details; in the menu files and, if it was held, attendance.

    `actions` is the number of open actions. A review without accounts has none of the buttons.
    """
    blockers = sum(len(item.facts.account.open_blockers) for item in review.items)
    found = {"actions": (actions, "all_actions"), "blockers": (blockers, "blockers")}
    buttons = tuple(
        Button(words.raw(f"recap.{label}", count=count), f"recap.{name}", str(review.id))
        for name, (count, label) in found.items()
        if count
    )
    value = str(review.id)
    if review.items:
        menu = (*file_buttons(review.id, words), *((labelled(words, ATTENDANCE, value),) if review.was_held else ()))
        yield Buttons((*buttons, labelled(words, DETAILS, value)), menu)


def file_buttons(review_id: int, words: Words) -> tuple[Button, ...]:
    return tuple(labelled(words, action, str(review_id)) for action in FILES)


def _closed_on(review: ReviewFacts) -> date:
    """The local day of the close; of a review that is not closed the day that it was planned for."""
    return local_date(review.closed_at or review.planned_at, review.zone)


# The past reviews of a channel: their list, one opened as it was, and one of its accounts as it was.

OPEN, ACCOUNT, OLDER = "past.open", "past.account", "past.older"
"""Buttons: a review by its id, an account by its item, the next page of the list."""
BEFORE, AFTER, MORE, BACK = "past.before", "past.after", "past.more", "past.back"
"""Other labels of the button that opens a review; `MORE` carries how many accounts come before the first, too."""

ACCOUNTS_SHOWN = 15
"""Accounts on one page: with the lines around them within a message's blocks."""
CAME_SHOWN = 8
CORRECTED_SHOWN = 5
TEXT_SHOWN = 160
POSTED = (PastState.HELD, PastState.NOT_HELD)


def past_reviews_page(past: PastReviews, words: Words) -> Page:
    """A line for each review, in the order given, those that were posted with a button to open them."""
    held = sum(review.state is PastState.HELD for review in past.reviews)
    heading = Heading(words.raw("past.heading"))
    title = words.raw("past.title", count=len(past.reviews), held=held)
    if not past.reviews:
        nothing = words.say("past.nothing" if past.is_first else "past.no_more")
        return Page(title, (heading, Text(nothing)), key="past-reviews")
    lines: list[Item] = []
    for review in past.reviews:
        sentence = words.say("past.line", review=review)
        lines.append(Line(sentence, labelled(words, OPEN, str(review.id))) if review.id else Text(sentence))
    if past.more_value:
        lines.append(Buttons((labelled(words, OLDER, past.more_value),)))
    return Page(title, (heading, *lines), key="past-reviews")


def opened_review_page(opened: OpenedReview, words: Words, *, start: int = 0) -> Page:
    """The review as it closed: how it was held, its accounts after the first `start`, what came of it and since."""
    review, past = opened.review, opened.past
    first = start if start < len(review.items) else 0  # the list may have become shorter
    following = min(first + ACCOUNTS_SHOWN, len(review.items))
    decisions = dict(review.decisions)
    # people without a function come last
    by_function = {each: [who for who, own in past.attended if own == each] for each in (*map(str, Function), "")}
    present = [(function, people) for function, people in by_function.items() if people]
    items: list[Item] = [Text(words.say("past.first", opened=opened, present=present))]
    for item in review.items[first:following]:
        facts, decision = item.facts, decisions.get(item.facts.account.account_id)
        deal = moved_deal(facts.account, item.placement.movement, since=facts.since)
        today = local_date(facts.now, facts.zone)
        sentence = words.say("past.account", item=item, deal=deal, decision=decision, today=today)
        items.append(Line(sentence, labelled(words, ACCOUNT, str(item.review_item_id))))
    if following - first < len(review.items):
        items.append(Note(words.say("program.span", first=first + 1, last=following, total=len(review.items))))
    if first == 0:
        items += _came_of_it(opened, words)
    files = file_buttons(review.id, words) if review.items else ()
    if (buttons := tuple(_paging_buttons(opened, following, words))) or files:
        items.append(Buttons(buttons, files))
    title = words.raw("past.opened_title", past=past, accounts=len(review.items))
    return Page(title, tuple(items), key=f"past-{review.id}-{first}")


def opened_account_page(opened: OpenedAccount, words: Words) -> Page:
    """The account's agenda as it was when the review closed, marked with the day, without buttons that act."""
    item = opened.item
    items: list[Item] = [Note(words.say("past.as_of", opened=opened)), *account_summary(item, words, can_act=False)]
    if opened.corrected:
        found = [(item.facts.account, each) for each in opened.corrected]
        label = words.say("history.counts_no_more_label")
        items.append(Rows((label, *corrected_lines(found, words, opened.zone, is_named=False, most=CORRECTED_SHOWN))))
    history = labelled(words, "account.history", str(item.facts.account.account_id))
    items.append(Buttons((labelled(words, BACK, str(opened.review_id)), history)))
    title = words.raw("past.account_title", opened=opened, name=item.facts.account.name)
    return Page(title, tuple(items), key=f"past-account-{item.review_item_id}")


def _came_of_it(opened: OpenedReview, words: Words) -> Iterator[Item]:
    """Yield what was corrected since, the actions and blockers that the review made, and what came late."""
    review, zone = opened.review, opened.review.zone
    if review.corrected:
        by_id = {item.facts.account.account_id: item.facts.account for item in review.items}
        found = [(by_id[account_id], each) for account_id, each in review.corrected if account_id in by_id]
        label = words.say("history.counts_no_more_label")
        yield Rows((label, *corrected_lines(found, words, zone, is_named=True, most=CORRECTED_SHOWN)))
    states = [item.facts.account for item in review.items]
    since = review.opened_at
    actions = [(each.name, action) for each in states for action in each.actions if action.added_at > since]
    blockers = [(each.name, blocker) for each in states for blocker in each.blockers if blocker.opened_at > since]
    if actions or blockers:
        yield Rows(words.lines("past.came", actions=actions, blockers=blockers, zone=zone, most=CAME_SHOWN))
    if opened.later:
        later = [replace(it, thing=_shortened(it.thing)) for it in opened.later if isinstance(it.thing, EventFacts)]
        yield Rows(words.lines("past.later", later=later, zone=zone, has_more=opened.has_more_later))


def _shortened(event: EventFacts) -> EventFacts:
    change = event.change
    if not isinstance(change, Moved | NothingMoved | Noted | BlockerOpened | ActionAdded):
        return event
    return replace(event, change=replace(change, text=shortened(change.text, TEXT_SHOWN)))


def _paging_buttons(opened: OpenedReview, following: int, words: Words) -> Iterator[Button]:
    """Buttons to further accounts of the review, from position `following`, and to the reviews before and after."""
    review = opened.review
    if following < len(review.items):
        yield labelled(words, MORE, f"{review.id} {following}")
    if opened.previous_id is not None:
        yield labelled(words, BEFORE, str(opened.previous_id))
    if opened.next_id is not None:
        yield labelled(words, AFTER, str(opened.next_id))


# Details of a recap: what came of each account, behind a button of the recap and in its files.


def recap_details_page(review: ReviewFacts, words: Words) -> Page:
    """The accounts with something to report, each with its movement, decisions, promises and blockers."""
    title = words.raw("recap.details_title", at=review.planned_at, zone=review.zone)
    items, continued = (*_accounts(review, words), Note(words.say("recap.correct"))), words.say("recap.continued")
    return Page(title, items, key=f"recap-details-{review.id}", continued=continued)


def recap_file_page(review: ReviewFacts, words: Words, *, before: ReviewFacts | None = None) -> Page:
    """The recap without its buttons, followed by what came of each account."""
    recap = recap_page(review, words, before=before)
    shown = [
        Rows((item.mrkdwn,)) if isinstance(item, Line) else item
        for item in recap.items
        if not isinstance(item, Buttons)
    ]
    return replace(recap, items=(*shown, *_accounts(review, words)))


def _accounts(review: ReviewFacts, words: Words) -> tuple[Item, ...]:
    """What came of each account with something to report; without any, a line that says so."""
    today = _closed_on(review)
    lines = [words.lines("recap.account", each=each, today=today) for each in outcomes(review) if each.is_any]
    found = tuple(map(Rows, lines))
    return found or (Rows((words.say("recap.nothing_came"),)),)


# The recap as a table: a row for each account of the review, with a column for each thing said about it.

Names = Mapping[str, str]


def recap_table(review: ReviewFacts, names: Names) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the header and the rows, unescaped; `names` are people's names by user id."""
    rows = [{"held": "yes" if review.was_held else "no", **_cells(each, names)} for each in outcomes(review)]
    header = tuple(rows[0]) if rows else ("held",)
    return header, tuple(tuple(row.values()) for row in rows)


def _cells(outcome: AccountOutcome, names: Names) -> dict[str, str]:
    """The row of an account by the names of its columns; '' for what there is none of."""
    item, account = outcome.item, outcome.item.facts.account
    motion = motion_of(account.tier, account.motion_decided)
    before = item.placement.movement.from_stage
    shown = [piece for entry in outcome.movement for piece in entry.event.evidence if is_buyers_act(piece)]
    return {
        "review_on": _iso_day(item.review_on),
        "account": account.name,
        "domain": account.profile.domain,
        "tier": str(account.tier or ""),
        "motion": motion.value if motion else "",
        "owner": _name_of(names, account.profile.owner),
        "list_status": account.list_status.value,
        "part": item.part.value,
        "state": item.placement.bucket.value,
        "stage_before": before.value if before else "",
        "stage": item.placement.movement.to_stage.value,
        "movement": item.placement.movement.movement.value,
        "new": "yes" if item.placement.movement.is_new else "",
        "told": _joined(getattr(entry.event.change, "text", "") for entry in outcome.movement),
        "evidence": _joined(piece.text for piece in shown),
        "evidence_links": _joined(piece.url for piece in shown),
        **_decided(outcome, names),
        **_promised(outcome, names),
        "blockers_opened": _joined(blocker.text for blocker in outcome.opened),
        "blockers_resolved": _joined(blocker.text for blocker in outcome.resolved),
        "blockers_open": str(len(account.open_blockers)),
    }


def _decided(outcome: AccountOutcome, names: Names) -> dict[str, str]:
    return {
        "decisions": _joined(last.decision.value for last in outcome.decisions),
        "decision_reasons": _joined(last.text for last in outcome.decisions),
        "decided_by": _joined(_name_of(names, last.decided_by) for last in outcome.decisions),
        "asked_of": _joined(_name_of(names, last.ask_of) for last in outcome.decisions),
        "asked_until": _joined(_iso_day(last.due_on) for last in outcome.decisions),
        "list_changes": _joined(change.because for change in outcome.list_changes),
    }


def _promised(outcome: AccountOutcome, names: Names) -> dict[str, str]:
    """The columns about actions: how many became what, and the first one that is open."""
    action = next(iter(outcome.item.facts.account.open_actions), None)
    return {
        "actions_done": str(len(outcome.done)),
        "actions_slipped": str(len(outcome.slipped)),
        "actions_late": str(len(outcome.late)),
        "actions_dropped": str(len(outcome.dropped)),
        "actions_new": str(len(outcome.new)),
        "next_action": action.text if action else "",
        "next_action_owner": _name_of(names, action.owner) if action else "",
        "next_action_due": _iso_day(action.due_on) if action else "",
    }


def _name_of(names: Names, user_id: str | None) -> str:
    return names.get(user_id, user_id) if user_id else ""


def _joined(texts: Iterable[str | None]) -> str:
    return "; ".join(each for each in texts if each)


def _iso_day(on: date | None) -> str:
    return on.isoformat() if on else ""
