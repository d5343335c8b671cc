"""Messages that the bot starts: preparation, reminder, nudges, notices, and a person's preferences."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from agendas.facts.account import Blocker, NextAction
from agendas.facts.answers import NotifiedEvent, NotifiedSignal
from agendas.facts.nudging import Escalated, Morning, NotHeld
from agendas.facts.people import NoticeChoice, Preferences
from agendas.facts.reviews import PrepAccount, PrepFacts, Question, ReminderFacts
from agendas.pages.open_items import LINES, open_line, settled_by
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Button, Buttons, Divider, Item, Line, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.deals import furthest_deal
from agendas.rules.nudging import is_asked
from agendas.rules.preparing import confirmed_blockers
from agendas.text.dates import days_between, local_date

# Messages that nudge: what waits on a working morning, a blocker past its limit, and reviews that were not held.

MOST_NAMED = 5
"""People named of those who recorded nothing; the others are counted."""


def morning_page(morning: Morning, words: Words, *, now: datetime, zone: str, can_record: bool = True) -> Page | None:
    """Everything that waits for the person and that they owe, each with its buttons; ten lines, None for nothing.

    Who may not record gets the lines without their buttons.
    """
    if morning.is_nothing:
        return None
    waits, owes = _waiting(morning, words, now, zone), _overdue(morning, words, now, zone)
    items: list[Item] = []
    if morning.away_of:
        items.append(Text(words.say("notices.nudge_stands_in", of=morning.away_of, until=morning.away_until)))
    shown = waits[:LINES]
    for name, lines, count in (("waits", shown, len(waits)), ("overdue", owes[: LINES - len(shown)], len(owes))):
        if count:
            items.append(Text(words.say(f"notices.{name}", count=count, of=morning.away_of)))
            items += settled_by(lines, can_record=can_record)
    total = len(waits) + len(owes)
    if total > LINES:
        items.append(Note(words.say("program.span", first=1, last=LINES, total=total)))
        if not morning.away_of:
            items.append(Buttons((labelled(words, "actions.mine", "0"), labelled(words, "waiting.mine", "0"))))
    title = words.raw("notices.morning_title", waits=len(waits), owes=len(owes))
    return Page(title, tuple(items), key=f"morning-{morning.away_of}")


def escalated_page(found: Escalated, words: Words, *, now: datetime, zone: str, can_record: bool = True) -> Page:
    """The blocker with who has it, how long it is open and how often they were nudged, and its buttons."""
    today, blocker = local_date(now, zone), found.blocker
    line = open_line(blocker, words, today=today, zone=zone, with_person=True, is_asked=True, reader=found.reader)
    said = words.say("notices.escalated", found=found)
    items: list[Item] = (
        [Text(words.say("notices.nudge_stands_in", of=found.away_of, until=None))] if found.away_of else []
    )
    items += [Text(said), *settled_by([line], can_record=can_record)]
    if found.to_admins:
        needs = blocker.thing.needs if isinstance(blocker.thing, Blocker) else None
        items.append(Note(words.say("notices.to_admins", needs=needs)))
    title = words.raw("notices.escalated_title", name=blocker.account.name, text=blocker.text)
    return Page(title, tuple(items), key=f"escalated-{blocker.id}")


def not_held_page(found: NotHeld, words: Words) -> Page:
    """How many reviews in a row were not held, and what the last of them lacked."""
    others = max(0, len(found.missing) - MOST_NAMED)
    lacks = words.say("notices.lacks", found=found, named=found.missing[:MOST_NAMED], others=others)
    items = (Text(words.say("notices.not_held", found=found)), Text(lacks), Note(words.say("notices.held_when")))
    return Page(words.raw("notices.not_held_title", found=found), items, key=f"not-held-{found.channel_id}")


def _waiting(morning: Morning, words: Words, now: datetime, zone: str) -> Sequence[Line]:
    of, reader = morning.away_of or morning.reader, morning.reader
    line_of = partial(open_line, words=words, today=local_date(now, zone), zone=zone)
    asks = [line_of(each, with_person=each.person != of) for each in morning.asks]
    return [*asks, *(line_of(each, with_person=True, is_asked=True, reader=reader) for each in morning.blockers)]


def _overdue(morning: Morning, words: Words, now: datetime, zone: str) -> Sequence[Line]:
    line_of = partial(open_line, words=words, today=local_date(now, zone), zone=zone, reader=morning.reader)
    return [line_of(each) for each in (*morning.overdue, *morning.old_blockers)]


# The preferences of a person once they are saved.


def preferences_saved_page(saved: Preferences, words: Words) -> Page:
    kinds = [
        (words.raw("notices.kind", kind=kind), words.raw("notices.choice", choice=choice))
        for kind, choice in saved.choices
    ]
    has_digest = any(choice is NoticeChoice.DIGEST for _, choice in saved.choices)
    quiet = f"{saved.quiet.begins:%H:%M} to {saved.quiet.ends:%H:%M}" if saved.quiet else ""
    said = words.say(
        "notices.saved",
        kinds=kinds,
        digest_at=f"{saved.digest_at:%H:%M}" if has_digest else "",
        quiet=quiet,
        hears_threads=saved.hears_threads,
    )
    return Page(words.raw("notices.saved_title"), (Text(said),), key="preferences_saved")


# The one message that asks a person to prepare their reviews: what is still to say, and what was said.

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
    done = [each for each in facts.accounts if each.is_done(today)]
    shown = _that_fit(to_say)
    # an account without its answer is counted whole, of one that has it the promises that are due
    owed = {
        "open": sum(each.answer is None for each in to_say),
        "promises": sum(len(each.due_actions(today)) for each in to_say if each.answer is not None),
    }
    rows = [words.say("preparing.state", review=each, zone=facts.zone) for each in facts.reviews]
    if facts.is_ahead:
        rows.append(words.say("preparing.left", **owed, total=len(facts.accounts)))
    receipts = [words.say("preparing.done", each=each, zone=facts.zone, reader=facts.user_id) for each in done]
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


# The reminder of reviews that a person has not prepared, and the receipt in its place.

MOST_NAMES = 5


def reminder_page(facts: ReminderFacts, words: Words, asked_ids: Sequence[int]) -> Page:
    """The reviews with their accounts and the buttons that answer; where none is left, what became of it."""
    count = len({account_id for each in facts.reviews for account_id, _ in each.accounts})
    value = " ".join(map(str, asked_ids))
    if not count:
        said = words.say("preparing.over", facts=facts)
        return Page(words.raw("preparing.over_title"), (Text(said),), key="reminder")
    rows = [words.say("preparing.waits", each=each, zone=facts.zone, most=MOST_NAMES) for each in facts.reviews]
    buttons = [labelled(words, "reminder.update", value, style="primary")]
    buttons += [
        Button(words.raw("preparing.snooze", choice=choice, at=at, zone=facts.zone), f"reminder.{choice}", value)
        for choice, at in facts.snoozes
    ]
    buttons.append(labelled(words, "reminder.stop", value))
    items: tuple[Item, ...] = (
        *((Text(words.say("preparing.snoozed_not_all", facts=facts)),) if facts.snoozed_until else ()),
        Text(words.say("preparing.heading", count=count)),
        Rows(tuple(rows)),
        Buttons(tuple(buttons)),
    )
    return Page(words.raw("preparing.preparation_title", count=count), items, key="reminder")


# The direct message that tells what others asked of a person and strong signals, and the digest of a day.


def news_page(
    news: Sequence[NotifiedEvent | NotifiedSignal], words: Words, *, now: datetime, zone: str, can_record: bool = True
) -> Page:
    """The message of one thing or more that is new for the person, each with its buttons, its author and its time."""
    names, text = [each.account_name for each in news], _text(news[0]) if len(news) == 1 else ""
    title = words.raw("notices.told_title", names=names, text=text)
    return Page(title, news_items(news, words, now=now, zone=zone, can_record=can_record), key="told")


def news_items(
    news: Sequence[NotifiedEvent | NotifiedSignal], words: Words, *, now: datetime, zone: str, can_record: bool = True
) -> tuple[Item, ...]:
    """The heading and the lines of what is new for the person; none where nothing is.

    Who may not record anything gets the lines without the buttons that do.
    """
    if not news:
        return ()
    heading = Text(words.say("notices.told_heading", count=len(news)))
    lines = [_line(each, words, now=now, zone=zone) for each in news]
    drawn = [
        line if can_record or isinstance(each, NotifiedSignal) or each.open is None else Text(line.mrkdwn)
        for each, line in zip(news, lines, strict=True)
    ]
    return (heading, *drawn)


def digest_page(parts: Sequence[tuple[Item, ...]], words: Words, *, on: date) -> Page:
    """The parts of a day's digest below each other; there is one part at least."""
    items: list[Item] = [Text(words.say("notices.digest_heading", on=on))]
    for part in parts:
        items += [*part, Divider()]
    return Page(words.raw("notices.digest_title", on=on), tuple(items[:-1]), key="digest")


def with_preferences(page: Page, words: Words) -> Page:
    """The page with the button by which its reader chooses which messages come and when: last in its row of buttons.

    At the foot where the page has no row.
    """
    button = labelled(words, "preferences.open")
    rows = [(place, item) for place, item in enumerate(page.items) if isinstance(item, Buttons)]
    if not rows:
        return replace(page, items=(*page.items, Buttons((button,))))
    place, row = rows[-1]
    wider = replace(row, items=(*row.items, button))
    return replace(page, items=(*page.items[:place], wider, *page.items[place + 1 :]))


def _line(new: NotifiedEvent | NotifiedSignal, words: Words, *, now: datetime, zone: str) -> Line:
    if isinstance(new, NotifiedSignal):
        opens = labelled(words, "account.open", str(new.noted.account_id))
        return Line(words.say("notices.signal", told=new, zone=zone), opens)
    if new.open is None:
        opens = labelled(words, "account.open", str(new.event.account_id))
        return Line(words.say("notices.decided", told=new, zone=zone), opens)
    line = open_line(
        new.open,
        words,
        today=local_date(now, zone),
        zone=zone,
        with_person=isinstance(new.open.thing, Blocker) and (new.is_for_stand_in or new.open.person != new.person),
        is_asked=is_asked(new.open, new.person),
        reader="" if new.is_for_stand_in else new.person,
    )
    given = words.say("notices.given", told=new, zone=zone)
    return replace(line, mrkdwn=f"{line.mrkdwn}\n{given}")


def _text(new: NotifiedEvent | NotifiedSignal) -> str:
    """The words of what waits for the person, is settled or was seen, '' for a decision about their account."""
    if isinstance(new, NotifiedSignal):
        return new.noted.signal.text or new.noted.signal.url
    return new.open.text if new.open is not None else new.subject


# Notice to the owner of a private account: somebody who may not see it wanted its name or domain.


def wanted_page(account_id: int, name: str, words: Words, *, by: str, word: str, channel_id: str) -> Page:
    said = words.say("notices.wanted", name=name, by=by, word=word, channel_id=channel_id)
    buttons = (labelled(words, action, str(account_id)) for action in ("account.open", "account.private"))
    return Page(read(said), (Text(said), Buttons(tuple(buttons))), key=f"wanted-{account_id}")
