"""A person's Home."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from agendas.facts.answered_items import FoundItem
from agendas.facts.fit import WaitingAccount
from agendas.facts.people import PersonFacts
from agendas.facts.program import DEFAULTS, HealthFacts, ProgramSettings
from agendas.facts.reviews import AgendaItem, Away, OpenReview
from agendas.pages.account_list import menu_buttons, over_cap_note
from agendas.pages.admin import decisions, troubles
from agendas.pages.fit import score_button
from agendas.pages.open_items import action_items, settled_by, waiting_lines
from agendas.pages.people import covering_for, own_days
from agendas.rendering.page import Button, Buttons, Divider, Heading, Item, Line, Menu, Note, Page, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.access import Permission, may
from agendas.rules.account_list import HomeFilter, accounts_chosen, caps
from agendas.rules.deals import furthest_deal
from agendas.text.dates import local_date

# Facts of a person's Home: what they owe, what waits for them, their accounts, and the program.


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """A person's day.

    Args:
        now: the instant at which Home is shown.
        running: the open reviews, oldest first.
        actions: their open next actions, soonest first.
        scores: the accounts that wait for their scores.
        asks: open asks of them that did not become a next action of theirs.
        blockers: open blockers that they own, or that need their function, oldest first.
        accounts: the accounts that they own, partner or are our executive of, in order of need.
        named: how many accounts each tier has.
        stuck: how many named accounts need intervention, and how many are stalled; None for a list too long to place.
        settings: the settings with the caps.
        away: the days for which the person is away today.
        covering_for: the days away of people whom they stand in for today.
        health: the bot's health for admins, None for others.
    """

    person: PersonFacts
    now: datetime
    running: tuple[OpenReview, ...] = ()
    actions: tuple[FoundItem, ...] = ()
    scores: tuple[WaitingAccount, ...] = ()
    asks: tuple[FoundItem, ...] = ()
    blockers: tuple[FoundItem, ...] = ()
    accounts: tuple[AgendaItem, ...] = ()
    named: Mapping[int | None, int] = field(default_factory=dict)
    stuck: tuple[int, int] | None = None
    settings: ProgramSettings = DEFAULTS
    away: tuple[Away, ...] = ()
    covering_for: tuple[Away, ...] = ()
    health: HealthFacts | None = None


# Home: a person's day, each line with its button. At most 100 blocks whatever there is, which is all Slack takes.

REVIEWS = 2
"""The latest ones that are open."""
ACTIONS = 8
DUE_SOON = timedelta(days=14)
SCORES_NAMED = 3
ASKS = 4
BLOCKERS = 4
ACCOUNTS = 12
"""Accounts on one page."""
CHOICE_FROM = 4
"""With fewer accounts there is nothing to choose among."""
DOUBTS = 2
SETUP = 7
"""The label of the checklist and its first lines."""
MIDDAY, EVENING, MORNING = 12, 18, 5


@dataclass(frozen=True, slots=True)
class HomeView:
    choice: HomeFilter = HomeFilter.ALL
    start: int = 0


def home_page(
    facts: HomeFacts, words: Words, *, shown: HomeView, changed: tuple[Item, ...] = (), to_set_up: tuple[Item, ...] = ()
) -> Page:
    """The person's Home.

    Args:
        facts: everything that it shows.
        shown: the part of their accounts.
        changed: lines about what a click here just did.
        to_set_up: the checklist of an admin.
    """
    day = _Day(facts, words)
    waits = len(facts.scores) + len(facts.asks) + len(facts.blockers)
    title = words.raw("home.title", owed=len(facts.actions), waits=waits, accounts=len(facts.accounts))
    own = (*day.reviews(), *day.owed(), *day.waiting(), *day.accounts(shown))
    nothing = () if own else (Text(words.say("home.nothing")),)
    items = (
        Heading(day.greeting),
        *changed,
        *day.away(),
        *own,
        *nothing,
        Divider(),
        *day.program(),
        *day.bot(to_set_up[:SETUP]),
    )
    return Page(title, (*items, Note(words.say("answers.home_ask"))), key="home")


class _Day:
    """The sections of one person's Home; a section without content is empty."""

    def __init__(self, facts: HomeFacts, words: Words) -> None:
        self._facts, self._words = facts, words
        self._zone = facts.person.time_zone
        self._today = local_date(facts.now, self._zone)
        self._can_record = may(facts.person, Permission.RECORD)
        self._can_settle = may(facts.person, Permission.NOMINATE)

    @property
    def greeting(self) -> str:
        """The greeting for the time of day in the person's zone, by name, or by `you` where none is known."""
        hour = self._facts.now.astimezone(ZoneInfo(self._zone)).hour
        part = "evening" if hour >= EVENING or hour < MORNING else "morning" if hour < MIDDAY else "afternoon"
        return self._words.raw("home.greeting", part=part, name=self._facts.person.name or "you")

    def away(self) -> Iterator[Item]:
        facts, words = self._facts, self._words
        yield from own_days(facts.away, words, person=facts.person, today=self._today)
        yield from covering_for(facts.covering_for, words)

    def reviews(self) -> Iterator[Item]:
        """A line for each of the latest open reviews, the newest first."""
        for review in reversed(self._facts.running[-REVIEWS:]):
            sentence = self._words.say("home.review", review=review, today=self._today, zone=self._zone)
            buttons = tuple(self._review_buttons(review))
            yield Line(sentence, buttons[0], buttons[1:]) if buttons else Text(sentence)

    def _review_buttons(self, review: OpenReview) -> Iterator[Button]:
        """Update, for who may record and has accounts, coloured at the latest review; and the link, if it is known."""
        if self._can_record and self._facts.accounts:
            is_latest = review == self._facts.running[-1]
            yield labelled(self._words, "updates.start", str(review.id), style="primary" if is_latest else "")
        if review.permalink:
            yield replace(labelled(self._words, "review.visit"), url=review.permalink)

    def owed(self) -> Iterator[Item]:
        """The reader's own open actions: those late or due soon, and the number of others."""
        found = self._facts.actions
        if not found:
            return
        soon = [each for each in found if each.due_on and each.due_on <= self._today + DUE_SOON][:ACTIONS]
        late = sum(each.is_late(self._today) for each in found)
        owed = self._words.say("open_items.owed", count=len(found), late=late)
        mine = labelled(self._words, "actions.mine", "0")
        if not soon:
            yield Line(self._words.say("home.all_later", owed=owed), mine)
            return
        yield Text(owed)
        yield from action_items(soon, self._words, today=self._today, can_record=self._can_settle)
        if rest := len(found) - len(soon):
            # where the page is full, some of the others may be due soon too
            yield Line(self._words.say("home.more" if len(soon) == ACTIONS else "home.later", count=rest), mine)

    def waiting(self) -> Iterator[Item]:
        """What waits for the reader: accounts for their scores, then asks and blockers, of each the first few."""
        words, facts = self._words, self._facts
        if facts.scores:
            sentence = words.say("home.scores", waiting=facts.scores, most=SCORES_NAMED)
            can_score = may(facts.person, Permission.NOMINATE)
            yield Line(sentence, score_button(facts.scores, words)) if can_score else Text(sentence)
        for label, found, most in (("home.asks", facts.asks, ASKS), ("home.blockers", facts.blockers, BLOCKERS)):
            if found:
                lines = waiting_lines(found[:most], words, person=facts.person, now=facts.now)
                yield Text(words.say(label, count=len(found)))
                yield from settled_by(lines, can_record=self._can_settle)
            if len(found) > most:
                more = words.say("home.more", count=len(found) - most)
                yield Line(more, labelled(words, "waiting.mine", "0"))

    def accounts(self, shown: HomeView) -> Iterator[Item]:
        """A page of the accounts that the reader chose to see; after the last page the button goes to the first."""
        every, words = self._facts.accounts, self._words
        if not every:
            return
        found = accounts_chosen(every, shown.choice, self._facts.person.user_id)
        first = shown.start if shown.start < len(found) else 0  # the list may have become shorter
        page = found[first : first + ACCOUNTS]
        yield Text(words.say("home.accounts_label", chosen=shown.choice, shown=len(found), total=len(every)))
        if len(every) >= CHOICE_FROM:
            label = words.raw("home.shown_choice", chosen=shown.choice)
            entries = tuple((words.raw("home.choice", chosen=each), each.value) for each in HomeFilter)
            yield Menu(label, "home.show", entries)
        yield from map(self._account, page)
        if not page:
            yield Text(words.say("home.none_chosen", chosen=shown.choice))
        if len(page) < len(found):
            following = first + len(page) if first + len(page) < len(found) else 0
            yield Note(words.say("program.span", first=first + 1, last=first + len(page), total=len(found)))
            yield Buttons((labelled(words, "home.more", str(following)),))

    def _account(self, item: AgendaItem) -> Line:
        account_id = str(item.facts.account.account_id)
        sentence = self._words.say("home.account", item=item, deal=furthest_deal(item.facts.account), today=self._today)
        others = (labelled(self._words, "account.update", account_id),) if self._can_record else ()
        return Line(sentence, labelled(self._words, "account.open", account_id), others)

    def program(self) -> Iterator[Item]:
        """How full each tier is, and buttons to the pages that Home does not lead to already."""
        facts = self._facts
        tiers = [(tier, facts.named.get(tier, 0), cap) for tier, cap in caps(facts.settings).items()]
        yield Text(self._words.say("home.program", tiers=tiers, stuck=facts.stuck))
        yield from over_cap_note(tiers, self._words) if may(facts.person, Permission.DECIDE) else ()
        shown_already = {"account.list", "menu.trail", *({"updates.start"} if facts.running and facts.accounts else ())}
        shown_already |= {"menu.health"} if facts.health else set()
        yield from menu_buttons(facts.person, self._words, without=shown_already)

    def bot(self, to_set_up: tuple[Item, ...]) -> Iterator[Item]:
        """The bot's own state, for admins: its health, messages that may or may not be there, and what to set up."""
        health = self._facts.health
        if health is None:
            return
        yield Line(self._words.say("home.health", count=troubles(health)), labelled(self._words, "menu.health"))
        if health.unsure.count:
            yield Text(self._words.say("home.doubts", count=health.unsure.count))
            few = replace(health.unsure, shown=health.unsure.shown[:DOUBTS])
            yield from decisions(few, self._words, self._zone, self._facts.now)
        yield from to_set_up
