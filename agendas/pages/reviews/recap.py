"""The recap of a review: one message that says what happened, what was decided and who does what by when."""

from collections import Counter
from collections.abc import Iterator, Sequence

from agendas.facts.account import Blocker, EventFacts, Movement
from agendas.facts.agenda import ItemPart, MovementReason
from agendas.facts.events import DecisionKind, Moved
from agendas.facts.evidence import EvidenceAdded
from agendas.facts.review import AgendaItem, ReviewFacts
from agendas.pages.reviews.header import gone, part_of, staying_of
from agendas.pages.reviews.sections.actions import STATES, ActionLine, action_lines
from agendas.pages.reviews.sections.corrected import corrected_lines
from agendas.pages.reviews.sections.evidence import counted_evidence_of
from agendas.pages.reviews.sections.movement import claims
from agendas.rendering.page import Heading, Item, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.history.news import news

NEWS_OF_A_NEW_ACCOUNT = 2

CORRECTED_SHOWN = 10
_OPEN_STATES = ("overdue", "slipped", "open", "new")


def recap_page(review: ReviewFacts, words: Words) -> Page:
    """Held or not and who was there; movement with evidence; decisions; actions; blockers; who was left out; what next.

    `review.items` carry the facts as they are at closing.
    """
    facts = {"at": review.planned_at, "zone": review.zone}
    lines = open_actions(review)
    title = words.raw(
        "review.recap_title",
        **facts,
        held=review.was_held,
        decisions=len(review.decisions),
        open_actions=len(lines),
    )
    return Page(
        title=title,
        items=(Heading(words.raw("review.recap_heading", **facts)), *_items(review, lines, words)),
        key=f"recap-{review.id}",
        continued=words.say("review.recap_continued"),
    )


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


def _items(review: ReviewFacts, lines: Sequence[tuple[str, ActionLine]], words: Words) -> Iterator[Item]:
    yield _presence(review, words)
    if review.corrected:
        yield _corrected(review, words)
    yield _movement(review, words)
    yield from gone(review.items, words)
    if waiting := [item for item in review.items if (excuse := item.placement.stall.excuse) and not excuse.is_spent]:
        yield Text(words.say("review.recap_waiting", items=waiting))
    yield _decisions(review, words)
    states = Counter(line.state for item in review.items for line in action_lines(item.facts)[0])
    tally = [(state, states[state]) for state in STATES if states[state]]
    yield Rows(words.lines("review.recap_actions", lines=lines, tally=tally))
    yield _blockers(review, words)
    if left_out := staying_of(part_of(review, ItemPart.LEFT_OUT)):
        yield Text(words.say("review.left_out", items=left_out))
    yield Note(words.say("review.recap_note", next_at=review.next_at, zone=review.zone))


def _presence(review: ReviewFacts, words: Words) -> Item:
    there = {function: [p for p, f in review.attended if f == function] for function in ("sales", "marketing")}
    reviewed_on = [on for item in review.items if (on := item.facts.reviewed_on) is not None]
    said = words.say(
        "review.presence",
        review=review,
        sales=there["sales"],
        marketing=there["marketing"],
        others=[(person, function) for person, function in review.attended if function not in there],
        reviewed_on=min(reviewed_on, default=None),
    )
    return Text(said)


def _corrected(review: ReviewFacts, words: Words) -> Item:
    """The mark that the figures below are those of the day of the review, and entries of theirs count no more."""
    states = {item.facts.account.account_id: item.facts.account for item in review.items}
    found = [(states[account_id], each) for account_id, each in review.corrected]
    label = words.say("history.counts_no_more_label")
    return Rows((label, *corrected_lines(found, words, review.zone, is_named=True, most=CORRECTED_SHOWN)))


def _movement(review: ReviewFacts, words: Words) -> Item:
    items = staying_of(review.items)
    moved = [(item, counted_evidence_of(item)[:3], _first_news(item)) for item in items if _has_moved(item)]
    unmoved = [item.facts.account.name for item in items if not _has_moved(item)]
    return Rows(words.lines("review.recap_movement", moved=moved, unmoved=unmoved))


def _first_news(item: AgendaItem) -> list[tuple[EventFacts, str, bool]]:
    """The latest news of an account in its first review: (event, text without its links, only claimed).

    No step from one review to the next tells of it.
    """
    is_new = item.placement.movement.movement is Movement.NEW
    told = news(item.facts.events) if is_new else ()
    claimed = claims(told, item.facts.before)
    return [(event, _without_links(event), event.id in claimed) for event in told[-NEWS_OF_A_NEW_ACCOUNT:]]


def _without_links(event: EventFacts) -> str:
    text = event.change.text if isinstance(event.change, Moved | EvidenceAdded) else ""
    for url in (piece.url for piece in event.evidence if piece.url):
        text = text.replace(url, "")
    return " ".join(text.split())


def _has_moved(item: AgendaItem) -> bool:
    answer = item.placement.movement
    return answer.movement is not Movement.UNCHANGED or bool(answer.flags) or answer.reason is MovementReason.NEWS


def _decisions(review: ReviewFacts, words: Words) -> Item:
    names = {item.facts.account.account_id: item.facts.account.name for item in review.items}
    decided = {account_id for account_id, _ in review.decisions}
    undecided = [
        item.facts.account.name
        for item in staying_of(part_of(review, ItemPart.DISCUSSED))
        if item.facts.account.account_id not in decided
    ]
    decisions = [(names[account_id], last) for account_id, last in review.decisions if account_id in names]
    told = _retiered_by(review)
    tiers = [
        item.facts for item in review.items if item.facts.account.account_id not in told and item.facts.tier_before
    ]
    return Rows(words.lines("review.recap_decisions", decisions=decisions, undecided=undecided, tiers=tiers))


def _retiered_by(review: ReviewFacts) -> set[int]:
    """Accounts whose change of tier the review decided."""
    return {account_id for account_id, last in review.decisions if last.decision is DecisionKind.CHANGE_TIER}


def _blockers(review: ReviewFacts, words: Words) -> Item:
    opened: list[tuple[str, Blocker]] = []
    resolved: list[tuple[str, Blocker]] = []
    for item in review.items:
        name, since = item.facts.account.name, item.facts.since
        for blocker in item.facts.account.blockers:
            if blocker.resolved_at is None and (since is None or blocker.opened_at > since):
                opened.append((name, blocker))
            elif blocker.resolved_at is not None and (since is None or blocker.resolved_at > since):
                resolved.append((name, blocker))
    still_open = sum(len(item.facts.account.open_blockers) for item in review.items)
    return Rows(words.lines("review.recap_blockers", opened=opened, resolved=resolved, still_open=still_open))
