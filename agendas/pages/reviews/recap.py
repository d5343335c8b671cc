"""The recap of a review: who held it, what moved, what was decided, what is due, and what waits for the next one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from agendas.facts.account import Movement
from agendas.facts.events import DecisionKind
from agendas.facts.reviews.agenda import ItemPart, MovementFlag, MovementReason
from agendas.facts.reviews.review import AgendaItem, ReviewFacts
from agendas.pages.reviews.header import gone, part_of, staying_of
from agendas.pages.reviews.outcome import outcomes
from agendas.pages.reviews.sections.actions import ActionLine, action_lines
from agendas.pages.reviews.sections.corrected import corrected_lines
from agendas.pages.reviews.sections.evidence import counted_evidence_of
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button, Buttons, Item, Page, Rows
from agendas.rendering.words import Words
from agendas.rules.closing.turnout import wrote_in
from agendas.text.days import local_date

DETAILS, ATTENDANCE = "recap.details", "recap.attendance"
FILES = ("recap.text", "recap.csv", "recap.print")
"""Buttons of a recap; the value is the id of its review."""

MOVED_SHOWN = 10
CORRECTED_SHOWN = 3
STATES_SHOWN = 3
"""States counted in the first line, beside the decisions: the accounts themselves are named below it."""
_DECISIONS = ("decision", "decisions")
WEEK = timedelta(days=7)
_OPEN_STATES = ("overdue", "slipped", "open", "new")
_COUNTED = {
    Movement.ADVANCED: "advanced",
    Movement.REGRESSED: "moved back",
    Movement.ADVANCED_UNVERIFIED: "claimed",
    Movement.NEW: "new",
}
"""Words for the movements that are counted."""
_EXPANDED = "expanded"


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
    items = tuple(_items(review, before, lines, words))
    return Page(title, items, key=f"recap-{review.id}", continued=words.say("recap.continued"))


def open_actions(review: ReviewFacts) -> list[tuple[str, ActionLine]]:
    """Every open action with its account's name, soonest first."""
    found = [
        (item.facts.account.name, line)
        for item in review.items
        for lines in action_lines(item.facts)
        for line in lines
        if line.state in _OPEN_STATES
    ]
    return sorted(found, key=lambda pair: (pair[1].action.due_on, pair[0]))


def _items(
    review: ReviewFacts, before: ReviewFacts | None, lines: Sequence[tuple[str, ActionLine]], words: Words
) -> Iterator[Item]:
    counts, had = _counts(review), dict(_counts(before)) if before else {}
    told_below = [word for word, _ in counts if word not in _DECISIONS][STATES_SHOWN:]
    counted = [(word, count, had.get(word, 0)) for word, count in counts if word not in told_below]
    said = {"review": review, "counts": counted, "wrote": len(wrote_in(review))}
    yield Rows((words.say("recap.first", **said), *_moved(review, words)))
    if review.corrected:
        yield _corrected(review, words)
    yield from gone((item for item in review.items if not _was_told_gone(review, item)), words)
    if told := (*_decisions(review, words), *_due(review, lines, words), *_came(review, words), *_left(review, words)):
        yield Rows(told)
    if review.late:
        yield Rows((words.say("recap.late", names=review.late),))
    yield from _lists(review, len(lines), words)


def _was_told_gone(review: ReviewFacts, item: AgendaItem) -> bool:
    """Return true for an account that the review itself paused or removed: its decision tells it."""
    decided = dict(review.decisions).get(item.facts.account.account_id)
    return decided is not None and decided.decision in (DecisionKind.PAUSE, DecisionKind.REMOVE)


def _counts(review: ReviewFacts) -> list[tuple[str, int]]:
    """How many accounts moved in which way, each counted once, and how many decisions were taken."""
    counted = Counter(_counted_as(item) for item in staying_of(review.items))
    words = (_EXPANDED, *_COUNTED.values(), "with news", "not moved")
    counts = [(word, counted[word]) for word in words if counted[word]]
    decisions = len(review.decisions)
    word = _DECISIONS[decisions != 1]
    return [*counts, *([(word, decisions)] if decisions else ())]


def _counted_as(item: AgendaItem) -> str:
    movement = item.placement.movement.movement
    if _has_grown(item) and movement in (Movement.ADVANCED, Movement.UNCHANGED):
        return _EXPANDED
    return _COUNTED.get(movement) or ("with news" if _has_moved(item) else "not moved")


def _moved(review: ReviewFacts, words: Words) -> tuple[str, ...]:
    items = [item for item in staying_of(review.items) if _has_moved(item)]
    steps = [item for item in items if item.placement.movement.movement in _COUNTED or _has_grown(item)]
    if not items:
        return ()
    shown = [(item, counted_evidence_of(item)[:1]) for item in steps[:MOVED_SHOWN]]
    others = [item for item in items if item not in steps]
    more = len(steps) - len(shown)
    return words.lines("recap.moved", moved=shown, more=more, news=others)


def _has_moved(item: AgendaItem) -> bool:
    answer = item.placement.movement
    return answer.movement is not Movement.UNCHANGED or bool(answer.flags) or answer.reason is MovementReason.NEWS


def _has_grown(item: AgendaItem) -> bool:
    answer = item.placement.movement
    return bool(answer.expansions) or MovementFlag.EXPANDED in answer.flags


def _corrected(review: ReviewFacts, words: Words) -> Item:
    """The mark that the figures below are those of the day of the review, and entries of theirs count no more."""
    states = {item.facts.account.account_id: item.facts.account for item in review.items}
    found = [(states[account_id], each) for account_id, each in review.corrected]
    label = words.say("history.counts_no_more_label")
    lines = corrected_lines(found, words, review.zone, is_named=True, most=CORRECTED_SHOWN)
    # a section of one line is one line
    return Rows((label, *lines) if len(lines) > 1 else (f"{label} {lines[0].removeprefix('• ')}",))


def _decisions(review: ReviewFacts, words: Words) -> tuple[str, ...]:
    names = {item.facts.account.account_id: item.facts.account.name for item in review.items}
    decisions = [(names[account_id], last) for account_id, last in review.decisions if account_id in names]
    retiered = {account_id for account_id, last in review.decisions if last.decision is DecisionKind.CHANGE_TIER}
    tiers = [
        item.facts for item in review.items if item.facts.account.account_id not in retiered and item.facts.tier_before
    ]
    if not decisions and not tiers:
        return ()
    return words.lines("recap.decided", decisions=decisions, tiers=tiers, today=_closed_on(review))


def _due(review: ReviewFacts, lines: Sequence[tuple[str, ActionLine]], words: Words) -> tuple[str, ...]:
    """The open actions that are late or due within a week, as counts of each person; those late first."""
    until = _closed_on(review) + WEEK
    soon = [line for _, line in lines if line.action.due_on <= until]
    counts = Counter(line.action.owner for line in soon)
    late = Counter(line.action.owner for line in soon if line.state == "overdue")
    people = sorted(
        ((owner, count, late[owner]) for owner, count in counts.items()), key=lambda p: (-p[2], -p[1], p[0])
    )
    return words.lines("recap.due", people=people) if people else ()


def _came(review: ReviewFacts, words: Words) -> tuple[str, ...]:
    """Counts of the promises by what became of them, and of the blockers opened and resolved."""
    found = outcomes(review)
    kinds = ("done", "slipped", "late", "dropped", "new")
    promises = [(kind, sum(len(getattr(each, kind)) for each in found)) for kind in kinds]
    opened, resolved = sum(len(each.opened) for each in found), sum(len(each.resolved) for each in found)
    return words.lines("recap.came", promises=[pair for pair in promises if pair[1]], opened=opened, resolved=resolved)


def _left(review: ReviewFacts, words: Words) -> Iterator[str]:
    """Lines of what waits: accounts without a decision, with the next review; for a date; and those left out."""
    decided = {account_id for account_id, _ in review.decisions}
    undecided = [
        item.facts.account.name
        for item in staying_of(part_of(review, ItemPart.DISCUSSED))
        if item.facts.account.account_id not in decided
    ]
    yield from words.lines("recap.undecided", names=undecided, next_at=review.next_at, zone=review.zone)
    waiting = [item for item in review.items if (excuse := item.placement.stall.excuse) and not excuse.is_spent]
    left_out = staying_of(part_of(review, ItemPart.LEFT_OUT))
    if waiting or left_out:
        yield from words.lines("recap.left", left_out=left_out, waiting=waiting, today=_closed_on(review))


def _lists(review: ReviewFacts, actions: int, words: Words) -> Iterator[Item]:
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
    """The buttons that send the recap as a file."""
    return tuple(labelled(words, action, str(review_id)) for action in FILES)


def _closed_on(review: ReviewFacts) -> date:
    return local_date(review.closed_at or review.planned_at, review.zone)
