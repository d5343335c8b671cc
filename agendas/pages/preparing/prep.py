"""The one message that asks a person to prepare their reviews: what is still to say, and what was said."""

from collections.abc import Iterator, Sequence

from agendas.facts.account import Blocker, NextAction
from agendas.facts.reviews.prepared import PrepAccount, PrepFacts
from agendas.facts.reviews.preparing import Question
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Item, Line, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.preparing.answered import confirmed_blockers
from agendas.text.days import days_between, local_date

MOST_LINES = 18
"""Lines with buttons in one message: each is two blocks, and Slack takes 50. Ours: a minute's work on one screen."""
MOST_PROMISES, MOST_BLOCKERS = 3, 2
"""Of one account; the form of its update has all."""


def prep_page(facts: PrepFacts, words: Words) -> Page:
    """Return the accounts by need with the buttons that answer, those answered in a line each below them.

    Accounts that do not fit are named, and come with the button that opens all forms one after the other.
    """
    today = local_date(facts.now, facts.zone)
    to_say = [each for each in facts.accounts if not each.is_done(today)]
    said = [each for each in facts.accounts if each.is_done(today)]
    shown = _that_fit(to_say)
    # an account without its answer is counted whole, of one that has it the promises that are due
    owed = {
        "open": sum(each.answer is None for each in to_say),
        "promises": sum(len(each.due_actions(today)) for each in to_say if each.answer is not None),
    }
    rows = [words.say("preparing.state", review=each, zone=facts.zone) for each in facts.reviews]
    if facts.is_ahead:
        rows.append(words.say("preparing.left", **owed, total=len(facts.accounts)))
    receipts = [words.say("preparing.done", each=each, zone=facts.zone, reader=facts.user_id) for each in said]
    items: list[Item] = [Rows(tuple(rows))]
    for each in shown:
        items += _account(each, facts, words)
    if left := to_say[len(shown) :]:
        items.append(Text(words.say("preparing.more", names=[each.account.name for each in left])))
    if receipts:
        items.append(Rows(tuple(receipts)))
    if to_say:
        items.append(Buttons((labelled(words, "prepare.start", facts.letter_key, style="primary"),)))
    return Page(words.raw("preparing.title", facts=facts, **owed), tuple(items), key="prepare")


def _that_fit(accounts: Sequence[PrepAccount]) -> Sequence[PrepAccount]:
    lines = 0
    for number, each in enumerate(accounts):
        lines += 1 + len(_promises(each)) + len(_blockers(each))
        if lines > MOST_LINES and number:
            return accounts[:number]
    return accounts


def _promises(each: PrepAccount) -> tuple[NextAction, ...]:
    return each.actions[:MOST_PROMISES]


def _blockers(each: PrepAccount) -> tuple[Blocker, ...]:
    """The open blockers that nobody confirmed since the last review, none where the account is answered."""
    if each.answer is not None:
        return ()
    confirmed = confirmed_blockers(each.item.facts.events)
    return tuple(blocker for blocker in each.blockers if blocker.id not in confirmed)[:MOST_BLOCKERS]


def _account(each: PrepAccount, facts: PrepFacts, words: Words) -> Iterator[Item]:
    """The account's state with No change and Update, the reader's promises, and the blockers that are open."""
    account = each.account
    runs = [run for run in account.plays if run.end is None] or account.plays
    asked = {"play": runs[-1].name if runs else "", "since": each.item.facts.reviewed_on}
    said = words.say("preparing.account", each=each, deal=furthest_deal(account), **asked)
    update = labelled(words, "account.update", str(account.account_id))
    if each.answer is not None:
        yield Line(said, update)
    else:
        nothing = "prepare.nothing" if each.question is Question.BUYER else "prepare.no_change"
        more = (labelled(words, "product.add", str(account.account_id)),) if each.question is Question.FIT else ()
        yield Line(said, labelled(words, nothing, str(account.account_id)), (update, *more))
    for action in _promises(each):
        yield _promise(each, action, facts, words)
    for blocker in _blockers(each):
        yield _blocker(each, blocker, facts, words)


def _promise(each: PrepAccount, action: NextAction, facts: PrepFacts, words: Words) -> Line:
    other = action.owner if action.owner == each.for_user_id else ""
    value = f"{each.account.account_id} {action.id}"
    said = words.say("preparing.promise", action=action, today=local_date(facts.now, facts.zone), of=other)
    others = tuple(labelled(words, act, value) for act in ("action.move", "action.edit", "action.drop"))
    return Line(said, labelled(words, "action.done", value), others)


def _blocker(each: PrepAccount, blocker: Blocker, facts: PrepFacts, words: Words) -> Line:
    value = f"{each.account.account_id} {blocker.id}"
    days_open = days_between(blocker.opened_at, facts.now, facts.zone)
    said = words.say("preparing.blocker", blocker=blocker, days_open=days_open)
    return Line(said, labelled(words, "prepare.still_there", value), (labelled(words, "blocker.resolve", value),))
