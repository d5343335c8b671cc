"""Open actions, blockers and asks, each settled where it is shown."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, TypedDict

from sqlmodel import Session

from agendas.errors import CannotOwn, FieldProblems, Outdated
from agendas.facts.account import NextAction
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
    review_actions_page,
    review_blockers_page,
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
from handlers import forms, update_forms
from handlers.accounts import card_of
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.incoming import Body, Field, mapping, mark_of, sequence, text, values_of
from handlers.edge.replies import Change, Close, LineChange, PageChange, Reply, Say, View
from handlers.edge.request import Request, number_in
from handlers.home import published
from handlers.subject import Subject
from handlers.updates import require_to_settle

# The long lists behind a recap: what is open of the review's accounts, for the presser alone.

LIST_PAGE = re.compile(r"(recap)-(actions|blockers)-(\d{1,9})-(\d{1,9})-\d+-\d+")
"""The id of a block of a page of such a list."""


async def opened(request: Request, deps: Deps) -> Reply:
    """The list whose button was pressed, or its next page when the value carries where to go on."""
    review_id, _, start = request.value.partition(" ")
    word, first = request.incoming.word, number_in(start or "0")
    return Say(await _page(request, deps, word, number_in(review_id), start=first))


async def _redrawn_review_page(request: Request, deps: Deps, block_id: str) -> Page | None:
    """The page of a list with this block, as it is now; None for another page."""
    found = LIST_PAGE.fullmatch(block_id)
    if found is None:
        return None
    action = f"{found.group(1)}.{found.group(2)}"
    return await _page(request, deps, action, int(found.group(3)), start=int(found.group(4)))


async def _page(request: Request, deps: Deps, action: str, review_id: int, *, start: int) -> Page:
    found = await deps.read(reads.open_of_review, request.workspace_id, review_id)
    can_record = may(request.person, Permission.RECORD)
    of = ReviewList(review_id, found.planned_at, found.zone, request.now, start, can_record, request.person)
    if action == ACTIONS:
        return review_actions_page(of, found.actions, deps.words)
    return review_blockers_page(of, found.blockers, deps.words)


# The person's own actions, and what waits for them, by pages; and pages that one person sees, redrawn by clicks.

OWN_PAGE = re.compile(rf"({OWED}|{WAITING})-(\d{{1,9}})-\d+-\d+")
"""The id of a block of a page of own actions, or of what waits."""

CARD = re.compile(r"card-(\d{1,18})-\d+-\d+")
"""The id of a block of an account's card."""


async def mine(request: Request, deps: Deps) -> Reply:
    return Say(await own_actions(request, deps, start=number_in(request.value or "0")))


async def own_actions(request: Request, deps: Deps, *, start: int = 0) -> Page:
    person = request.person
    found = await deps.read(reads.actions_of, request.workspace_id, person.user_id)
    can_record = may(person, Permission.NOMINATE)
    return owed_page(found, deps.words, today=request.today, can_record=can_record, start=start)


async def waiting(request: Request, deps: Deps) -> Reply:
    return Say(await what_waits(request, deps, start=number_in(request.value or "0")))


async def what_waits(request: Request, deps: Deps, *, start: int = 0) -> Page:
    person, now = request.person, request.now
    asks, blockers = await deps.read(asks_and_blockers, request.workspace_id, person)
    return waiting_page(asks, blockers, deps.words, person=person, now=now, start=start)


async def redrawn_page(request: Request, deps: Deps, block_id: str) -> Page | None:
    """The page that the person alone sees with this block, as it is now; None for a page that is not known here.

    Slack does not send such a message along with a click on it.
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
        return refused_line(shown, str(error), deps.words)

    return await _changed(request, deps, settled, notice(str(error)))


async def closed_after(request: Request, deps: Deps, origin: forms.Origin, recorded: Recorded) -> Reply:
    """The form is done, and the line whose button opened it stands as it is now."""
    if origin.response_url:
        redrawn = await redrawn_page(request, deps, origin.block_id)
        return Close(all_views=True, line=PageChange(origin.response_url, redrawn) if redrawn else None)
    if not origin.message_ts:
        return Close(all_views=True)
    new = _line_of(request, deps, recorded)
    # the button of an ask carries its number alone
    about = (f"{origin.account_id} {origin.subject}", origin.subject)
    line = LineChange(origin.channel_id, origin.message_ts, origin.place, origin.block_id, about=about, new=new)
    return Close(all_views=True, line=line)


def origin_here(request: Request) -> forms.Origin:
    """The origin of a form opened by a click; with the message and block of the line where the line can change."""
    has_message = bool(_message(request))
    has_line = _is_own(request) and has_message
    is_alone = not has_message and bool(request.incoming.response_url)
    return forms.Origin(
        channel_id=request.channel_id,
        place=request.place,
        message_ts=request.incoming.message_ts if has_line else "",
        block_id=_block_id(request) if has_line or is_alone else "",
        response_url=request.incoming.response_url if is_alone else "",
    )


def _line_of(request: Request, deps: Deps, recorded: Recorded) -> NewLine:
    person = request.person

    def settled(shown: Mrkdwn) -> Line | Text:
        event, after = recorded.event, recorded.after
        return line_after(event, after, deps.words, shown=shown, by=person.user_id, zone=person.time_zone)

    return settled


async def _changed(request: Request, deps: Deps, new_line: NewLine, receipt: Page) -> Reply:
    """Change the thing clicked on where the person alone reads it, and say the receipt.

    Messages that others read too are edited by the bot where they show the account.
    """
    message, block_id = _message(request), _block_id(request)
    if request.incoming.on_home:
        return await published(request, deps, mark_of(request.view), changed=_above(receipt))
    if not message:
        redrawn = await redrawn_page(request, deps, block_id)
        return _in_place_of_own(request, redrawn, receipt) if redrawn else Say(receipt)
    drawn = [mapping(block) for block in sequence(message.get("blocks"))]
    shown = text_of_line(drawn, block_id) if _is_own(request) else ""
    if not shown:
        return Say(receipt)
    changed = with_line(drawn, block_id, new_line(Mrkdwn(shown)))
    return Change(Rendered(text(message.get("text")), changed), receipt)


def _in_place_of_own(request: Request, redrawn: Page, receipt: Page) -> Reply:
    """The page that the person alone sees, redrawn: above a page in a window stands the receipt."""
    if request.incoming.on_page:
        return Say(replace(redrawn, items=(*_above(receipt), *redrawn.items)))
    return Change(messages(redrawn)[0], receipt)


def _above(receipt: Page) -> tuple[Item, ...]:
    """The receipt's sentence with its buttons, without its small print, to stand above a page."""
    return tuple(item for item in receipt.items if not isinstance(item, Note))


def _is_own(request: Request) -> bool:
    """True for a direct message, which nobody else reads."""
    return request.channel_id.startswith("D")


def _message(request: Request) -> Body:
    """The message clicked on as Slack sent it; empty for one that the person alone sees in a channel."""
    return mapping(request.payload.get("message"))


def _block_id(request: Request) -> str:
    action = mapping(next(iter(sequence(request.payload.get("actions"))), None))
    return without_mark(text(action.get("block_id")))


# The small forms about one open item: a later date, the reason for dropping it, and what was answered.

MOVE_FRAME = forms.Frame("move_action", "Move to", "Move", keeps=("text",))
EDIT_FRAME = forms.Frame("edit_action", "Edit", "Save", keeps=("text",))
DROP_FRAME = forms.Frame("drop_action", "Drop", "Drop", keeps=("text",))
ANSWER_FRAME = forms.Frame("answer_ask", "Answer", "Record", keeps=("text",))
ANSWER_BLOCKER_FRAME = forms.Frame("answer_blocker", "Answer", "Record", keeps=("text",))
RESOLVE_FRAME = forms.Frame("resolve_blocker", "Resolve", "Resolve", keeps=("text",))

NOT_OPEN = "That is not open any more. See the account's history."
NO_WORDS = "Write a word on it: those who wait are told."
SHOWN_CHARACTERS = 500
"""Of the text of an action or ask above the fields; its line has the rest."""


def build_move(facts: forms.AccountFacts) -> View:
    """The form for a later date: the next review's, or a week after the present one. Raises Outdated when closed."""
    action = _action(facts)
    later = update_forms.later_days([action], facts.due_on, facts.today)[action.id]
    fields = [
        forms.day("due_on", "New date", initial=later.isoformat(), hint=f"It is due on {day_text(action.due_on)}."),
        _text(facts, "Why", hint="What has to happen first. It stands in the history."),
    ]
    return forms.form(
        MOVE_FRAME, facts.origin, [forms.account_line(facts.account), forms.line(_shown(action.text)), *fields]
    )


class Edit(TypedDict):
    text: str
    owner: str
    due_on: date


def build_edit(facts: forms.AccountFacts) -> View:
    """The form for an action's text, owner and day. Raises Outdated when it is closed."""
    action, name = _action(facts), text_field(facts.origin.subject)
    fields = [
        forms.text(name, "Next action", initial=facts.draft.get(name) or action.text, multiline=True),
        forms.person("owner", "Owner", initial=action.owner, hint="Both are told where it changes hands."),
        forms.day("due_on", "Due", initial=action.due_on.isoformat(), hint="A later date counts as a slip."),
    ]
    return forms.form(EDIT_FRAME, facts.origin, [forms.account_line(facts.account), *fields])


def read_edit(view: dict[str, Any]) -> Edit:
    """The values entered. Raises FieldProblems for each field that is wrong."""
    entered, name = values_of(view), text_field(forms.origin_of(view).subject)
    problems = {}
    if not entered.get(name, "").strip():
        problems[name] = "Say in a few words what is to be done."
    if not entered.get("owner"):
        problems["owner"] = "Choose a person."
    due_on = forms.day_in(entered, "due_on")
    if due_on is None:
        problems["due_on"] = forms.NO_DATE
    if problems or due_on is None:
        raise FieldProblems(problems)
    return Edit(text=entered[name].strip(), owner=entered["owner"], due_on=due_on)


def build_drop(facts: forms.AccountFacts) -> View:
    """The form for why a next action is dropped. Raises Outdated when it is closed."""
    action = _action(facts)
    why = _text(facts, "Why it is dropped", hint="It stands in the history, and the action is not asked for again.")
    return forms.form(
        DROP_FRAME, facts.origin, [forms.account_line(facts.account), forms.line(_shown(action.text)), why]
    )


def build_answer(facts: forms.AccountFacts) -> View:
    """The form for what was answered. Raises Outdated when the ask is not open."""
    number = number_in(facts.origin.subject)
    ask = next((each for each in facts.account.open_asks if each.event_id == number), None)
    if ask is None:
        raise Outdated(NOT_OPEN)
    answer = _text(facts, "What was answered", hint="Its next action is then done too.")
    return forms.form(
        ANSWER_FRAME, facts.origin, [forms.account_line(facts.account), forms.line(_shown(ask.text)), answer]
    )


def build_answer_blocker(facts: forms.AccountFacts) -> View:
    """The form for what somebody says about a blocker that waits for them. Raises Outdated when it is resolved."""
    answer = _text(facts, "Your answer", hint="Whoever opened it and its owner are told.", optional=False)
    return forms.form(
        ANSWER_BLOCKER_FRAME, facts.origin, [forms.account_line(facts.account), forms.line(_blocker(facts)), answer]
    )


def build_resolve(facts: forms.AccountFacts) -> View:
    """The form for how a blocker went away. Raises Outdated when it is resolved."""
    how = _text(facts, "How it was resolved", hint="Everybody it concerns is told.", optional=False)
    return forms.form(
        RESOLVE_FRAME, facts.origin, [forms.account_line(facts.account), forms.line(_blocker(facts)), how]
    )


def read_move(view: dict[str, Any], today: date) -> tuple[date, str]:
    """The later date and the reason. Raises FieldProblems for a date that is missing or past."""
    due_on = forms.day_in(values_of(view), "due_on")
    if due_on is None:
        raise FieldProblems({"due_on": forms.NO_DATE})
    if due_on < today:
        raise FieldProblems({"due_on": f"{day_text(due_on)} has passed. Choose today or a later date."})
    return due_on, read_text(view)


def read_words(view: dict[str, Any]) -> str:
    """The answer or reason entered, which has to be there. Raises FieldProblems for an empty one."""
    words = read_text(view)
    if not words:
        raise FieldProblems({text_field(forms.origin_of(view).subject): NO_WORDS})
    return words


def read_text(view: dict[str, Any]) -> str:
    return values_of(view).get(text_field(forms.origin_of(view).subject), "").strip()


def text_field(subject: str) -> str:
    """The name of the text field of the form about this item: drafts of two items of one account are two."""
    return f"text/{subject}"


def _text(facts: forms.AccountFacts, label: str, *, hint: str, optional: bool = True) -> Field:
    name = text_field(facts.origin.subject)
    return forms.text(name, label, initial=facts.draft.get(name, ""), multiline=True, optional=optional, hint=hint)


def _blocker(facts: forms.AccountFacts) -> str:
    number = number_in(facts.origin.subject)
    for blocker in facts.account.open_blockers:
        if blocker.id == number:
            return _shown(blocker.text)
    raise Outdated(NOT_OPEN)


def _action(facts: forms.AccountFacts) -> NextAction:
    number = number_in(facts.origin.subject)
    for action in facts.account.open_actions:
        if action.id == number:
            return action
    raise Outdated(NOT_OPEN)


def _shown(words: str) -> str:
    shown = words if len(words) <= SHOWN_CHARACTERS else f"{words[:SHOWN_CHARACTERS]}…"
    # a line is never empty, and some characters are not shown
    return escape(shown) or "-"


# Submissions of the small forms for one open item.

Verb = Callable[[Session, Author, int, int], Recorded | list[Recorded]]
"""Records something about the item of this number, of the account of this id."""


async def moved(request: Request, deps: Deps) -> Reply:
    due_on, why = read_move(request.view, request.today)
    return await _submit(request, deps, partial(updates.slip_action, due_on=due_on, text=why))


async def edited(request: Request, deps: Deps) -> Reply:
    entered = read_edit(request.view)

    def edit(session: Session, author: Author, account_id: int, action_id: int) -> list[Recorded]:
        try:
            return updates.edit_action(session, author, account_id, action_id, **entered)
        except CannotOwn as error:
            raise FieldProblems({"owner": str(error)}) from None

    return await _submit(request, deps, edit)


async def dropped(request: Request, deps: Deps) -> Reply:
    return await _submit(request, deps, partial(updates.close_action, done=False, text=read_text(request.view)))


async def answered(request: Request, deps: Deps) -> Reply:
    words = read_text(request.view)

    def answer(session: Session, author: Author, _account_id: int, decision_id: int) -> Recorded:
        return answer_ask(session, author, decision_id, answer=words)

    return await _submit(request, deps, answer)


async def answered_blocker(request: Request, deps: Deps) -> Reply:
    return await _submit(request, deps, partial(updates.answer_blocker, text=read_words(request.view)))


async def resolved(request: Request, deps: Deps) -> Reply:
    how = read_words(request.view)
    evidence = take_links(how, request.now)[1]
    return await _submit(request, deps, partial(updates.resolve_blocker, text=how, evidence=evidence))


async def _submit(request: Request, deps: Deps, verb: Verb) -> Reply:
    """Run the verb, forget the draft and queue the confirmation, in one transaction; then change the line clicked."""
    origin = forms.origin_of(request.view)
    number = number_in(origin.subject)
    await require_to_settle(request, deps, origin.account_id, number)
    author, name = forms.author_of(request, origin), forms.draft_name(request.incoming.word, origin.account_id)

    def record_it(session: Session) -> Recorded:
        found = verb(session, author, origin.account_id, number)
        recorded = found if isinstance(found, list) else [found]
        forms.require_about(origin, recorded)
        forget_fields(session, author, name, lambda field: field == text_field(origin.subject))
        confirm(session, author, recorded, channel_id=origin.channel_id, place=origin.place)
        return recorded[-1]

    recorded = await deps.write(request, record_it)
    return await closed_after(request, deps, origin, recorded)


MOVE = forms.AccountForm(MOVE_FRAME, moved, build_move)
EDIT = forms.AccountForm(EDIT_FRAME, edited, build_edit)
DROP = forms.AccountForm(DROP_FRAME, dropped, build_drop)
ANSWER = forms.AccountForm(ANSWER_FRAME, answered, build_answer)
ANSWER_BLOCKER = forms.AccountForm(ANSWER_BLOCKER_FRAME, answered_blocker, build_answer_blocker)
RESOLVE = forms.AccountForm(RESOLVE_FRAME, resolved, build_resolve)


# Buttons beside open actions, blockers and asks: those of one click, and those that open a small form.

OPEN_BEFORE = {
    MOVE.frame.callback_id: require_open_action,
    EDIT.frame.callback_id: require_open_action,
    DROP.frame.callback_id: require_open_action,
    ANSWER.frame.callback_id: require_open_ask,
    ANSWER_BLOCKER.frame.callback_id: require_asked_blocker,
    RESOLVE.frame.callback_id: require_open_blocker,
}
"""Reads that refuse to open each form about something that is settled, by the form's id."""


async def settle(request: Request, deps: Deps, *, verb: Callable[[Session, Author, int, int], Recorded]) -> Reply:
    """Record with one click what became of the item, and change its line."""
    account_id, number = request.two_numbers
    await require_to_settle(request, deps, account_id, number)
    try:
        recorded = await deps.write(request, verb, request.author, account_id, number)
    except AlreadySettled as error:
        return await shown_refused(request, deps, error)
    return await shown_after(request, deps, recorded)


async def resolve(request: Request, deps: Deps) -> Reply:
    """Record with one click that a blocker is gone; whose help somebody else asked for says how, in a form."""
    account_id, blocker_id = request.two_numbers
    await require_to_settle(request, deps, account_id, blocker_id)
    if await deps.read(must_say_how, request.author, account_id, blocker_id):
        return await _open(request, deps, RESOLVE, account_id, blocker_id)
    return await settle(request, deps, verb=updates.resolve_blocker)


async def answer(request: Request, deps: Deps) -> Reply:
    request.require(Permission.NOMINATE)
    account_id = await deps.read(account_of_ask, request.author, request.number)
    return await _open(request, deps, ANSWER, account_id, request.number)


async def open_form(request: Request, deps: Deps, *, form: forms.AccountForm) -> Reply:
    """The small form about the item whose button was clicked."""
    return await _open(request, deps, form, *request.two_numbers)


async def _open(request: Request, deps: Deps, form: forms.AccountForm, account_id: int, number: int) -> Reply:
    """Open the form, if what it is about is still open: else say who settled it."""
    await require_to_settle(request, deps, account_id, number)
    try:
        await deps.read(OPEN_BEFORE[form.frame.callback_id], request.author, account_id, number)
    except AlreadySettled as error:
        return await shown_refused(request, deps, error)
    return await forms.open_form(
        request, deps, form, replace(origin_here(request), account_id=account_id, subject=str(number))
    )


OPEN_ITEMS = Subject(
    buttons={
        "actions.mine": mine,
        "actions.more": mine,
        "waiting.mine": waiting,
        "waiting.more": waiting,
        ACTIONS: opened,
        BLOCKERS: opened,
        "action.done": partial(settle, verb=partial(updates.close_action, done=True)),
        "action.move": partial(open_form, form=MOVE),
        "action.edit": partial(open_form, form=EDIT),
        "action.drop": partial(open_form, form=DROP),
        "blocker.resolve": resolve,
        "blocker.acknowledge": partial(settle, verb=updates.acknowledge_blocker),
        "blocker.answer": partial(open_form, form=ANSWER_BLOCKER),
        "ask.answer": answer,
    },
    forms=(MOVE, EDIT, DROP, ANSWER, ANSWER_BLOCKER, RESOLVE),
)
