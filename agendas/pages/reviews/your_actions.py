"""The direct message that an owner gets when a review closes: what they promised, by when."""

from collections.abc import Collection
from datetime import date

from agendas.facts.answers import AccountAction
from agendas.facts.reviews.review import AgendaItem, ReviewFacts
from agendas.pages.open_items.lists import LINES, action_items
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Item, Note, Page, Text
from agendas.rendering.words import Words


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
    promised = (found for item in review.items for found in _actions_of(item, user_id))
    mine = [found for found in promised if found.action.id not in settled]
    if not mine:
        return None
    mine.sort(key=lambda found: (found.action.due_on, found.account_name))
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


def _actions_of(item: AgendaItem, user_id: str) -> list[AccountAction]:
    account = item.facts.account
    return [
        AccountAction(account.account_id, account.name, each) for each in account.open_actions if each.owner == user_id
    ]
