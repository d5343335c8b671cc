"""Open actions, blockers and asks, each settled where it is shown."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from sqlmodel import Session

from agendas.errors import CannotOwn, FieldProblems, Outdated
from agendas.facts.account import Blocker, Decision, NextAction
from agendas.facts.people import Author
from agendas.pages.open_items import (
    ACTIONS,
    BLOCKERS,
    OWED,
    WAITING,
    ReviewList,
    line_after,
    owed_page,
    refused_line,
    review_page,
    waiting_page,
)
from agendas.rendering.blockkit import Rendered, messages, text_of_line, with_line, without_mark
from agendas.rendering.mrkdwn import Mrkdwn, escape
from agendas.rendering.page import Item, Line, Note, Page, Text, notice
from agendas.rules.access import Permission, may
from agendas.text.dates import day_text
from agendas.text.evidence import take_links
from agendas.verbs import reads, updates
from agendas.verbs.drafts import forget_fields
from agendas.verbs.home import asks_and_blockers
from agendas.verbs.letters import confirm
from agendas.verbs.record import Recorded
from agendas.verbs.updates import (
    AlreadySettled,
    account_of_ask,
    answer_ask,
    must_say_how,
    require_asked_blocker,
    require_open_action,
    require_open_ask,
    require_open_blocker,
)
from handlers import fields, forms, update_forms
from handlers.accounts import card_of
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.incoming import Body, mapping, mark_of, sequence, text
from handlers.edge.replies import ChangedMessage, Close, LineChange, PageChange, Reply, Say
from handlers.edge.request import Request, number_in
from handlers.home import home_now
from handlers.subject import Subject
from handlers.updates import require_to_settle

# The long lists behind a recap: what is open of the review's accounts, for the presser alone.

LIST_PAGE = re.compile(r"(recap)-(actions|blockers)-(\d{1,9})-(\d{1,9})-\d+-\d+")
"""The id of a block of such a list, with the review and the number that its page starts at: `recap-actions-7-0-2-1`."""


async def show_review_list(request: Request, deps: Deps) -> Reply:
    """The list whose button was pressed, or its next page: the value is `REVIEW_ID` or `REVIEW_ID START`."""
    review_id, _, start = request.value.partition(" ")
    word, first = request.incoming.word, number_in(start or "0")
    return Say(await _review_page(request, deps, word, number_in(review_id), start=first))


async def _redrawn_review_page(request: Request, deps: Deps, block_id: str) -> Page | None:
    """The page of a review's list with the block of this id, as it is now; None for a block of another page."""
    found = LIST_PAGE.fullmatch(block_id)
    if found is None:
        return None
    action = f"{found.group(1)}.{found.group(2)}"
    return await _review_page(request, deps, action, int(found.group(3)), start=int(found.group(4)))


async def _review_page(request: Request, deps: Deps, action: str, review_id: int, *, start: int) -> Page:
    """The list of the review's open actions or blockers, from number `start`; `action` is that of the list's button."""
    about = (request.workspace_id, review_id)
    planned_at, zone, found = await deps.read(reads.open_of_review, *about, are_blockers=action == BLOCKERS)
    can_record = may(request.person, Permission.RECORD)
    listed = ReviewList(review_id, planned_at, zone, request.now, start, can_record, request.person)
    return review_page(listed, found, deps.words, action)


# The person's own actions, and what waits for them, by pages; and pages that one person sees, redrawn by clicks.

OWN_PAGE = re.compile(rf"({OWED}|{WAITING})-(\d{{1,9}})-\d+-\d+")
"""The id of a block of a page of own actions, or of what waits."""

CARD = re.compile(r"card-(\d{1,18})-\d+-\d+")
"""The id of a block of an account's card."""


async def show_own_actions(request: Request, deps: Deps) -> Reply:
    return Say(await own_actions(request, deps, start=number_in(request.value or "0")))


async def own_actions(request: Request, deps: Deps, *, start: int = 0) -> Page:
    """A page of the person's own open actions, after the first `start`."""
    person = request.person
    found = await deps.read(reads.actions_of, request.workspace_id, person.user_id)
    can_record = may(person, Permission.NOMINATE)
    return owed_page(found, deps.words, today=request.today, can_record=can_record, start=start)


async def show_waiting(request: Request, deps: Deps) -> Reply:
    return Say(await what_waits(request, deps, start=number_in(request.value or "0")))


async def what_waits(request: Request, deps: Deps, *, start: int = 0) -> Page:
    """A page of the asks and blockers that wait for the person, after the first `start`."""
    person, now = request.person, request.now
    found = await deps.read(asks_and_blockers, request.workspace_id, person)
    return waiting_page(found, deps.words, person=person, now=now, start=start)


async def redrawn_page(request: Request, deps: Deps, block_id: str) -> Page | None:
    """Compose again the private page that the block of this id is on: a card, a list of the person's or of a review.

    None for any other page. Slack sends no copy of such a message along with a click on it.
    """
    own, card = OWN_PAGE.fullmatch(block_id), CARD.fullmatch(block_id)
    if card is not None:
        return await card_of(request, deps, int(card.group(1)))
    if own is None:
        return await _redrawn_review_page(request, deps, block_id)
    page = own_actions if own.group(1) == OWED else what_waits
    return await page(request, deps, start=int(own.group(2)))


# The place where an open item was settled: its line there changes, and Undo comes to the person alone.

NewLine = Callable[[Mrkdwn], Line | Text]
"""The line in the place of the one with this mrkdwn."""


async def shown_after(request: Request, deps: Deps, recorded: Recorded) -> Reply:
    """The line clicked as it is now, and the receipt with Undo."""
    return await _changed(request, deps, _line_of(request, deps, recorded), confirmation(request, deps, recorded))


async def shown_refused(request: Request, deps: Deps, error: AlreadySettled) -> Reply:
    """The line clicked with who settled it before, and the same as a sentence."""

    def settled(shown: Mrkdwn) -> Text:
        """The line in the place of the one clicked, whose mrkdwn is `shown`."""
        return refused_line(shown, str(error), deps.words)

    return await _changed(request, deps, settled, notice(str(error)))


async def closed_after(request: Request, deps: Deps, origin: forms.Origin, recorded: Recorded) -> Reply:
    """Close the form and redraw the line whose button opened it, or the private page with it; on Home, only close."""
    if origin.response_url:
        redrawn = await redrawn_page(request, deps, origin.block_id)
        return Close(all_views=True, line=PageChange(origin.response_url, redrawn) if redrawn else None)
    if not origin.message_ts:
        return Close(all_views=True)
    new = _line_of(request, deps, recorded)
    # the value of the line's buttons: account and item, or for an ask its number alone
    about = (f"{origin.account_id} {origin.subject}", origin.subject)
    line = LineChange(origin.channel_id, origin.message_ts, origin.place, origin.block_id, about=about, new=new)
    return Close(all_views=True, line=line)


def origin_here(request: Request) -> forms.Origin:
    """The origin of a form opened by a click, with what its line is redrawn by: message, response URL, or nothing."""
    has_message = bool(_clicked_message(request))
    has_line = _is_own(request) and has_message
    is_ephemeral = not has_message and bool(request.incoming.response_url)
    # a message that the person alone sees is replaced through its response URL
    return forms.Origin(
        channel_id=request.channel_id,
        place=request.place,
        message_ts=request.incoming.message_ts if has_line else "",
        block_id=_block_id(request) if has_line or is_ephemeral else "",
        response_url=request.incoming.response_url if is_ephemeral else "",
    )


def _line_of(request: Request, deps: Deps, recorded: Recorded) -> NewLine:
    """A function that takes the mrkdwn of the clicked line and returns the line as it reads after the entry."""
    person = request.person

    def settled(shown: Mrkdwn) -> Line | Text:
        event, after = recorded.event, recorded.after
        return line_after(event, after, deps.words, shown=shown, by=person.user_id, zone=person.time_zone)

    return settled


async def _changed(request: Request, deps: Deps, new_line: NewLine, receipt: Page) -> Reply:
    """Show the settled item's new line where it was clicked, and the receipt.

    On Home, Home with the receipt's sentence on it. In a message that Slack sends no copy of, because the person alone
    sees it in a channel or a window: the page composed again. In a direct message: the one line redrawn.
    In a message of a channel the receipt alone, because the bot edits messages that others read too by itself.
    """
    message, block_id = _clicked_message(request), _block_id(request)
    if request.incoming.on_home:
        return await home_now(request, deps, mark_of(request.view), changed=_without_small_print(receipt))
    if not message:
        redrawn = await redrawn_page(request, deps, block_id)
        return _replace_private_page(request, redrawn, receipt) if redrawn else Say(receipt)
    drawn = [mapping(block) for block in sequence(message.get("blocks"))]
    shown = text_of_line(drawn, block_id) if _is_own(request) else ""
    if not shown:
        return Say(receipt)
    changed = with_line(drawn, block_id, new_line(Mrkdwn(shown)))
    return ChangedMessage(Rendered(text(message.get("text")), changed), receipt)


def _replace_private_page(request: Request, redrawn: Page, receipt: Page) -> Reply:
    """Redraw the page that the person alone sees; a page in a window gets the receipt on top."""
    if request.incoming.on_page:
        return Say(replace(redrawn, items=(*_without_small_print(receipt), *redrawn.items)))
    return ChangedMessage(messages(redrawn)[0], receipt)


def _without_small_print(receipt: Page) -> tuple[Item, ...]:
    """The receipt's sentence with its buttons, without its small print, to be put above a page."""
    return tuple(item for item in receipt.items if not isinstance(item, Note))


def _is_own(request: Request) -> bool:
    """True for a direct message, which nobody else reads."""
    return request.channel_id.startswith("D")


def _clicked_message(request: Request) -> Body:
    """The message clicked on as Slack sent it; empty for one that the person alone sees in a channel."""
    return mapping(request.payload.get("message"))


def _block_id(request: Request) -> str:
    """The id of the block clicked in, without the mark by which the bot finds its own messages."""
    action = mapping(next(iter(sequence(request.payload.get("actions"))), None))
    return without_mark(text(action.get("block_id")))


# The small forms about one open item: a later date, the reason for dropping it, and what was answered.

NOT_OPEN = "That is not open any more. See the account's history."
NO_WORDS = "Write a word on it: those who wait are told."
SHOWN_CHARACTERS = 500
"""Of the text of an action or ask above the fields; its line has the rest."""


class ItemForm(fields.DeclaredForm):
    """A form about one open item of the account, whose id is `origin.subject`; none is opened for a settled item."""

    permission = None

    @staticmethod
    def still_open(session: Session, author: Author, account_id: int, item_id: int, /) -> object:
        """Raises AlreadySettled for an item that is settled."""
        raise NotImplementedError

    def record(self, session: Session, author: Author, account_id: int, item_id: int) -> Recorded | list[Recorded]:
        """Record what was entered about the item; of several entries the last one is shown where it was clicked."""
        raise NotImplementedError

    async def submitted(self, request: Request, deps: Deps) -> Reply:
        """Record it, forget the draft and queue the confirmation in one transaction; then change the line clicked."""
        origin, item_id = self.origin, number_in(self.origin.subject)
        await require_to_settle(request, deps, origin.account_id, item_id)
        author, name = forms.author_of(request, origin), forms.draft_name(request.incoming.word, origin.account_id)

        def record_it(session: Session) -> Recorded:
            """The last of what was recorded, by which the line is drawn. Raises what `record` and the check raise."""
            found = self.record(session, author, origin.account_id, item_id)
            recorded = found if isinstance(found, list) else [found]
            forms.require_about(origin, recorded)
            # the account's other items keep what was typed about them
            forget_fields(session, author, name, lambda field: field == f"text/{origin.subject}")
            confirm(session, author, recorded, channel_id=origin.channel_id, place=origin.place)
            return recorded[-1]

        return await closed_after(request, deps, origin, await deps.write(request, record_it))


Open = TypeVar("Open", NextAction, Blocker, Decision)


def _item(facts: forms.AccountFacts, items: Sequence[Open], number_of: Callable[[Open], int]) -> Open:
    """The item whose id, by `number_of`, is `origin.subject`. Raises Outdated when it is not open any more."""
    item_id = number_in(facts.origin.subject)
    for each in items:
        if number_of(each) == item_id:
            return each
    raise Outdated(NOT_OPEN)


def _action_meant(facts: forms.AccountFacts) -> NextAction:
    return _item(facts, facts.account.open_actions, lambda action: action.id)


def _blocker_text(facts: forms.AccountFacts) -> str:
    return _line_text(_item(facts, facts.account.open_blockers, lambda blocker: blocker.id).text)


def _ask_text(facts: forms.AccountFacts) -> str:
    return _line_text(_item(facts, facts.account.open_asks, lambda ask: ask.event_id).text)


def _line_text(words: str) -> str:
    """The item's text as mrkdwn, shortened, and never empty."""
    shown = words if len(words) <= SHOWN_CHARACTERS else f"{words[:SHOWN_CHARACTERS]}…"
    # a line is never empty, and some characters are not shown
    return escape(shown) or "-"


def _next_day(facts: forms.AccountFacts) -> str:
    """The day that the form offers: that of the next review, or a week after the present one if that is not later."""
    action = _action_meant(facts)
    return update_forms.later_days([action], facts.due_on, facts.today)[action.id].isoformat()


class MoveAction(ItemForm):
    frame = forms.Frame("move_action", "Move to", "Move", keeps=("text",))
    still_open = staticmethod(require_open_action)

    action = fields.Line(lambda facts: _line_text(_action_meant(facts).text))
    due_on = fields.Day(
        "New date", initial=_next_day, hint=lambda facts: f"It is due on {day_text(_action_meant(facts).due_on)}."
    ).required(forms.NO_DATE)
    text = fields.Text(
        "Why", multiline=True, optional=True, per_item=True, hint="What has to happen first. It stands in the history."
    )

    def wrong(self, request: Request, /) -> dict[str, str]:
        if self.due_on is None or self.due_on >= request.today:
            return {}
        return {"due_on": f"{day_text(self.due_on)} has passed. Choose today or a later date."}

    def record(self, session: Session, author: Author, account_id: int, item_id: int) -> Recorded:
        return updates.slip_action(session, author, account_id, item_id, due_on=self.due_on, text=self.text)


class EditAction(ItemForm):
    frame = forms.Frame("edit_action", "Edit", "Save", keeps=("text",))
    still_open = staticmethod(require_open_action)
    had = staticmethod(_action_meant)

    text = fields.Text("Next action", multiline=True, per_item=True).required("Say in a few words what is to be done.")
    owner = fields.Person("Owner", hint="Both are told where it changes hands.").required("Choose a person.")
    due_on = fields.Day("Due", hint="A later date counts as a slip.").required(forms.NO_DATE)

    def record(self, session: Session, author: Author, account_id: int, item_id: int) -> list[Recorded]:
        try:
            return updates.edit_action(session, author, account_id, item_id, **self.values)
        except CannotOwn as error:
            raise FieldProblems({"owner": str(error)}) from None


class DropAction(ItemForm):
    frame = forms.Frame("drop_action", "Drop", "Drop", keeps=("text",))
    still_open = staticmethod(require_open_action)

    action = fields.Line(lambda facts: _line_text(_action_meant(facts).text))
    text = fields.Text(
        "Why it is dropped",
        multiline=True,
        optional=True,
        per_item=True,
        hint="It stands in the history, and the action is not asked for again.",
    )

    def record(self, session: Session, author: Author, account_id: int, item_id: int) -> Recorded:
        return updates.close_action(session, author, account_id, item_id, done=False, text=self.text)


class AnswerAsk(ItemForm):
    frame = forms.Frame("answer_ask", "Answer", "Record", keeps=("text",))
    still_open = staticmethod(require_open_ask)

    ask = fields.Line(_ask_text)
    text = fields.Text(
        "What was answered", multiline=True, optional=True, per_item=True, hint="Its next action is then done too."
    )

    def record(self, session: Session, author: Author, _account_id: int, item_id: int) -> Recorded:
        return answer_ask(session, author, item_id, answer=self.text)


class AnswerBlocker(ItemForm):
    frame = forms.Frame("answer_blocker", "Answer", "Record", keeps=("text",))
    still_open = staticmethod(require_asked_blocker)

    blocker = fields.Line(_blocker_text)
    text = fields.Text(
        "Your answer", multiline=True, per_item=True, hint="Whoever opened it and its owner are told."
    ).required(NO_WORDS)

    def record(self, session: Session, author: Author, account_id: int, item_id: int) -> Recorded:
        return updates.answer_blocker(session, author, account_id, item_id, text=self.text)


class ResolveBlocker(ItemForm):
    frame = forms.Frame("resolve_blocker", "Resolve", "Resolve", keeps=("text",))
    still_open = staticmethod(require_open_blocker)

    blocker = fields.Line(_blocker_text)
    text = fields.Text(
        "How it was resolved", multiline=True, per_item=True, hint="Everybody it concerns is told."
    ).required(NO_WORDS)

    def record(self, session: Session, author: Author, account_id: int, item_id: int) -> Recorded:
        evidence = take_links(self.text, author.at)[1]
        return updates.resolve_blocker(session, author, account_id, item_id, text=self.text, evidence=evidence)


# Buttons at open actions, blockers and asks: those of one click, and those that open a small form.


async def settle(request: Request, deps: Deps, *, verb: Callable[[Session, Author, int, int], Recorded]) -> Reply:
    """Record with one click what became of the item, and change its line; say who settled it if somebody did before."""
    account_id, item_id = request.two_numbers
    await require_to_settle(request, deps, account_id, item_id)
    try:
        recorded = await deps.write(request, verb, request.author, account_id, item_id)
    except AlreadySettled as error:
        return await shown_refused(request, deps, error)
    return await shown_after(request, deps, recorded)


async def resolve(request: Request, deps: Deps) -> Reply:
    """Resolve a blocker with one click; people whose help somebody else asked for open a form to say how."""
    account_id, blocker_id = request.two_numbers
    await require_to_settle(request, deps, account_id, blocker_id)
    if await deps.read(must_say_how, request.author, account_id, blocker_id):
        return await _open(request, deps, ResolveBlocker, account_id, blocker_id)
    return await settle(request, deps, verb=updates.resolve_blocker)


async def answer(request: Request, deps: Deps) -> Reply:
    """The form to answer an ask; its button carries the ask's id alone."""
    request.require(Permission.NOMINATE)
    account_id = await deps.read(account_of_ask, request.author, request.number)
    return await _open(request, deps, AnswerAsk, account_id, request.number)


async def open_form(request: Request, deps: Deps, *, form: type[ItemForm]) -> Reply:
    """The small form about the item whose button was clicked."""
    return await _open(request, deps, form, *request.two_numbers)


async def _open(request: Request, deps: Deps, form: type[ItemForm], account_id: int, item_id: int) -> Reply:
    """Open the form, if what it is about is still open: else say who settled it."""
    await require_to_settle(request, deps, account_id, item_id)
    try:
        await deps.read(form.still_open, request.author, account_id, item_id)
    except AlreadySettled as error:
        return await shown_refused(request, deps, error)
    return await forms.open_form(
        request, deps, form.form, replace(origin_here(request), account_id=account_id, subject=str(item_id))
    )


OPEN_ITEMS = Subject(
    buttons={
        "actions.mine": show_own_actions,
        "actions.more": show_own_actions,
        "waiting.mine": show_waiting,
        "waiting.more": show_waiting,
        ACTIONS: show_review_list,
        BLOCKERS: show_review_list,
        "action.done": partial(settle, verb=partial(updates.close_action, done=True)),
        "action.move": partial(open_form, form=MoveAction),
        "action.edit": partial(open_form, form=EditAction),
        "action.drop": partial(open_form, form=DropAction),
        "blocker.resolve": resolve,
        "blocker.acknowledge": partial(settle, verb=updates.acknowledge_blocker),
        "blocker.answer": partial(open_form, form=AnswerBlocker),
        "ask.answer": answer,
    },
    forms=tuple(each.form for each in (MoveAction, EditAction, DropAction, AnswerAsk, AnswerBlocker, ResolveBlocker)),
)
