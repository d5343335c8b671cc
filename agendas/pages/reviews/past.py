"""The past reviews of a channel: their list, one opened as it was, and one of its accounts as it was."""

from collections.abc import Iterator
from dataclasses import replace

from agendas.facts.account import Decision, EventFacts
from agendas.facts.events import ActionAdded, BlockerOpened, Moved, Noted, NothingMoved
from agendas.facts.past_review import OpenedAccount, OpenedReview, PastReview, PastReviews, PastState
from agendas.facts.people import Function
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.reviews.agenda import account_summary
from agendas.pages.reviews.recap import file_buttons
from agendas.pages.reviews.sections.corrected import corrected_lines
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Button, Buttons, Heading, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.deals.moved_deal import moved_deal
from agendas.text.days import local_date
from agendas.text.limits import shortened

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
    lines: list[Item] = [_review_line(review, words) for review in past.reviews]
    if past.more_value:
        lines.append(Buttons((labelled(words, OLDER, past.more_value),)))
    return Page(title, (heading, *lines), key="past-reviews")


def opened_review_page(opened: OpenedReview, words: Words, *, start: int = 0) -> Page:
    """The review as it closed: how it was held, its accounts after the first `start`, what came of it and since."""
    review, past = opened.review, opened.past
    first = start if start < len(review.items) else 0
    following = min(first + ACCOUNTS_SHOWN, len(review.items))
    decisions = dict(review.decisions)
    items: list[Item] = [Text(words.say("past.first", opened=opened, present=_present(past)))]
    items += [
        _account_line(item, decisions.get(item.facts.account.account_id), words)
        for item in review.items[first:following]
    ]
    if following - first < len(review.items):
        items.append(Note(words.say("program.span", first=first + 1, last=following, total=len(review.items))))
    if first == 0:
        items += _came_of_it(opened, words)
    files = file_buttons(review.id, words) if review.items else ()
    if (buttons := tuple(_ways(opened, following, words))) or files:
        items.append(Buttons(buttons, files))
    title = words.raw("past.opened_title", past=past, accounts=len(review.items))
    return Page(title, tuple(items), key=f"past-{review.id}-{first}")


def opened_account_page(opened: OpenedAccount, words: Words) -> Page:
    """The account's agenda as it was when the review closed, marked with the day, without buttons that act."""
    item = opened.item
    items: list[Item] = [
        Note(words.say("past.as_of", opened=opened)),
        *account_summary(item, words, can_act=False),
    ]
    if opened.corrected:
        found = [(item.facts.account, each) for each in opened.corrected]
        label = words.say("history.counts_no_more_label")
        items.append(Rows((label, *corrected_lines(found, words, opened.zone, is_named=False, most=CORRECTED_SHOWN))))
    account_id = str(item.facts.account.account_id)
    items.append(
        Buttons((labelled(words, BACK, str(opened.review_id)), labelled(words, "account.history", account_id)))
    )
    title = words.raw("past.account_title", opened=opened, name=item.facts.account.name)
    return Page(title, tuple(items), key=f"past-account-{item.review_item_id}")


def _review_line(review: PastReview, words: Words) -> Item:
    said = words.say("past.line", review=review)
    return Line(said, labelled(words, OPEN, str(review.id))) if review.id else Text(said)


def _present(past: PastReview) -> list[tuple[str, list[str]]]:
    """Those who were there by function, in the order of the functions, those without one last."""
    found = [
        (function, [person for person, own in past.attended if own == function])
        for function in (*(each.value for each in Function), "")
    ]
    return [(function, people) for function, people in found if people]


def _account_line(item: AgendaItem, decision: Decision | None, words: Words) -> Line:
    facts = item.facts
    deal = moved_deal(facts.account, item.placement.movement, since=facts.since)
    today = local_date(facts.now, facts.zone)
    said = words.say("past.account", item=item, deal=deal, decision=decision, today=today)
    return Line(said, labelled(words, ACCOUNT, str(item.review_item_id)))


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
    blockers = [(each.name, one) for each in states for one in each.blockers if one.opened_at > since]
    if actions or blockers:
        yield Rows(words.lines("past.came", actions=actions, blockers=blockers, zone=zone, most=CAME_SHOWN))
    if opened.later:
        later = [replace(each, event=_shortened(each.event)) for each in opened.later]
        yield Rows(words.lines("past.later", later=later, zone=zone, has_more=opened.has_more_later))


def _shortened(event: EventFacts) -> EventFacts:
    """The event with a short text: the whole of it is in the history of its account."""
    change = event.change
    if not isinstance(change, Moved | NothingMoved | Noted | BlockerOpened | ActionAdded):
        return event
    return replace(event, change=replace(change, text=shortened(change.text, TEXT_SHOWN)))


def _ways(opened: OpenedReview, following: int, words: Words) -> Iterator[Button]:
    """Buttons for more accounts of this review, and for the reviews before and after it."""
    review = opened.review
    if following < len(review.items):
        yield labelled(words, MORE, f"{review.id} {following}")
    if opened.previous_id is not None:
        yield labelled(words, BEFORE, str(opened.previous_id))
    if opened.next_id is not None:
        yield labelled(words, AFTER, str(opened.next_id))
