"""News as drafts: the buttons below them and the form that changes a line; nothing is recorded but by Record all."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import Stage
from agendas.facts.audience import Audience
from agendas.facts.evidence import EvidenceActor
from agendas.facts.people import Function
from agendas.pages.news import ACCOUNT, CHANGE, DROP, KINDS, NEVER, NO, PICK, RECORD, UNDO, YES, news_page
from agendas.rendering.mrkdwn import read
from agendas.rendering.page import Line, Page, sentence_page
from agendas.rendering.words import labelled
from agendas.rules.access import Permission
from agendas.rules.news import Draft, DraftKind
from agendas.text.limits import within_limit
from agendas.text.vocabulary import STAGE_LABELS
from agendas.verbs import news
from agendas.verbs.notices import stop_hearing
from assistant.answer import StoredNames
from assistant.drafts import person_in
from assistant.names import Asked
from handlers import forms
from handlers.command_words import with_thread_reply
from handlers.edge.access import is_direct
from handlers.edge.deps import Deps
from handlers.edge.incoming import Field, values_of
from handlers.edge.replies import Close, NextView, Nothing, OpenModal, PageChange, Reply, Say, View
from handlers.edge.request import OTHER_VERSION, Request, number_in, parts_in
from handlers.subject import Subject

# Buttons: each changes what is kept of the news, and the message is drawn again from it.


async def record(request: Request, deps: Deps) -> Reply:
    """Record every line that asks nothing of the person; if one is refused, record none and say at that line why."""
    request.require(Permission.RECORD)
    key, request = request.value, await _with_thread_source(request, deps)
    try:
        drafts = await deps.write(request, news.record_lines, request.author, key, channel_id=request.channel_id)
    except news.LineRefused as error:
        drafts = await deps.write(request, news.refuse, request.author, key, error)
    return await _say_lines(request, deps, key, drafts)


async def _with_thread_source(request: Request, deps: Deps) -> Request:
    """The request with a thread reply as its source, where the key of the lines names one: `ts-thread_ts`."""
    ts, _, thread_ts = request.value.partition("-")
    return await with_thread_reply(request, deps, ts, thread_ts) if thread_ts else request


async def undo(request: Request, deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    drafts = await deps.write(request, news.take_lines_back, request.author, request.value)
    return await _say_lines(request, deps, request.value, drafts)


async def drop_line(request: Request, deps: Deps) -> Reply:
    return await _changed(request, deps, {}, is_dropped=True)


async def decline(request: Request, deps: Deps) -> Reply:
    """Forget what was offered of a reply in a thread."""
    request.require(Permission.RECORD)
    await deps.write(request, news.forget, request.author, request.value)
    return Say(sentence_page(deps.words.say("news.declined")), replace=True)


async def stop_offering(request: Request, deps: Deps) -> Reply:
    """Offer the person nothing of threads any more, with the button to the form that changes this."""
    request.require(Permission.RECORD)
    await deps.write(request, stop_hearing, request.author)
    sentence = deps.words.say("news.never")
    return Say(
        Page(read(sentence), (Line(sentence, labelled(deps.words, "preferences.open")),), key="never"), replace=True
    )


async def confirm_gone(request: Request, deps: Deps) -> Reply:
    return await _changed(request, deps, {"is_confirmed": True})


async def choose_kind(request: Request, deps: Deps, *, kind: DraftKind) -> Reply:
    return await _changed(request, deps, {"kind": kind})


async def pick_account_or_item(request: Request, deps: Deps) -> Reply:
    """Take the account or the item that was chosen in the menu of a line."""
    # the value ends with what was chosen, such as `account 7`
    *_, chosen_kind, chosen_id = parts_in(request.value, 2)
    return await _changed(request, deps, {"account" if chosen_kind == ACCOUNT else "item": number_in(chosen_id)})


async def _changed(request: Request, deps: Deps, values: Mapping[str, Any], *, is_dropped: bool = False) -> Reply:
    """Change the line that the button names, or drop it, and show the lines as they are then."""
    request.require(Permission.RECORD)
    key, index = _key_and_index(request.value)

    def changed(draft: Draft) -> Draft | None:
        """The line with the new values, and without the problem of the old ones; None for a dropped line."""
        return None if is_dropped else replace(draft, problem="", **values)

    drafts = await deps.write(request, news.change, request.author, key, index, changed)
    return await _say_lines(request, deps, key, drafts)


def _key_and_index(value: str) -> tuple[str, int]:
    """Return the key of the news and the index of the line, with which the value of a button begins: `KEY 2`."""
    key, index, *_ = [*value.split(" "), ""]
    return key, number_in(index)


async def _say_lines(request: Request, deps: Deps, key: str, drafts: tuple[Draft, ...]) -> Reply:
    return Say(await lines_page(request, deps, key, drafts), replace=True)


async def lines_page(request: Request, deps: Deps, key: str, drafts: tuple[Draft, ...]) -> Page:
    """The page of the lines, as it stands where the request came from.

    In a channel, names, items and refusals of accounts that not everybody there may see are left out.
    """
    if not is_direct(request):
        deps = deps.for_readers(Audience(request.workspace_id, request.person.user_id, request.channel_id))
    names = await deps.read(news.names_of, request.workspace_id, drafts)
    # the text in none of the lines, and what the button to draft them gives to a model
    left_out, to_draft = await deps.read(news.beside, request.author, key)
    drafts = tuple(
        each if each.account in names else replace(each, items=(), problem=each.problem and REFUSED) for each in drafts
    )
    return news_page(
        drafts,
        names,
        deps.words,
        key=key,
        today=request.today,
        # only lines of a reply in a thread have a key with a dash, and only their writer sees them
        is_whisper="-" in key,
        to_draft=to_draft,
        left_out=left_out,
    )


REFUSED = "Tell it in a direct message, which says why."
"""What is shown in a channel for a refusal that may name an account which not everybody there may see."""


# The form of one line: what it has goes into the line, and nothing is recorded.

FRAME = forms.Frame("news_line", "Change the line", "Save")
KIND_CHANGED = "news.kind_changed"
KIND_LABELS = (
    ("Movement", DraftKind.MOVEMENT),
    ("Blocker", DraftKind.BLOCKER),
    ("Next action", DraftKind.NEXT_ACTION),
    ("Note", DraftKind.NOTE),
    ("Action done", DraftKind.DONE),
    ("Action moved to a later day", DraftKind.SLIPPED),
    ("Blocker gone", DraftKind.RESOLVED),
    ("A person left", DraftKind.LEFT),
    ("A new person", DraftKind.JOINED),
    ("Nothing moved", DraftKind.NO_CHANGE),
    ("Signal", DraftKind.SIGNAL),
)
ACTORS = (("The buyer", EvidenceActor.BUYER), ("We", EvidenceActor.US), ("A third party", EvidenceActor.THIRD_PARTY))
STAGES = tuple((STAGE_LABELS[each], each.value) for each in Stage)
FUNCTIONS = tuple((each.value.replace("_", " ").capitalize(), each.value) for each in Function)


async def change(request: Request, deps: Deps) -> Reply:
    """Open the form of the line, filled with what was read. Raises Outdated for a line recorded or gone."""
    request.require(Permission.RECORD)
    key, index = _key_and_index(request.value)
    drafts = await deps.note(news.kept, request.author, key)
    if index >= len(drafts) or drafts[index].is_recorded:
        raise Outdated(news.NOT_THERE)
    names = await deps.read(news.names_of, request.workspace_id, drafts)
    origin = forms.origin_here(request, subject=f"{key} {index}", place=request.place)
    origin = replace(origin, response_url=request.incoming.response_url)
    return OpenModal(build(drafts[index], names, origin))


def build(draft: Draft, names: Mapping[int, str], origin: forms.Origin) -> View:
    """The form with the fields that the kind of the line has; another kind brings its own."""
    initial = (names[draft.account], str(draft.account)) if draft.account in names else None
    kind = "" if draft.kind is DraftKind.UNCLEAR else draft.kind
    blocks: list[Field] = [
        forms.searched("account", "Account", action=forms.ACCOUNTS, initial=initial, letters=0),
        forms.select("kind", "What it is", KIND_LABELS, initial=kind, action=KIND_CHANGED),
        forms.text("words", "What happened", initial=draft.words, multiline=True),
    ]
    return forms.form(FRAME, origin, [*blocks, *_of_kind(draft)])


OF_EVERY_KIND = ("account", "kind", "words")


def _of_kind(draft: Draft) -> list[Field]:
    """The fields that only the draft's kind has, such as a day, a person, or which open item it is about."""
    kind = draft.kind
    blocks: list[Field] = []
    if kind is DraftKind.MOVEMENT:
        blocks += [
            forms.select("actor", "Whose act", ACTORS, initial=draft.actor or "", optional=True),
            forms.select("stage", "To stage", STAGES, initial=draft.stage or "", optional=True),
            forms.text(
                "shows",
                "What shows the stage",
                initial=draft.shows,
                optional=True,
                hint="A link, or a sentence on what the buyer did. Without it the stage is only claimed.",
            ),
        ]
    if kind in (DraftKind.MOVEMENT, DraftKind.BLOCKER, DraftKind.NOTE, DraftKind.SIGNAL):
        day = draft.happened_on.isoformat() if draft.happened_on else ""
        blocks.append(forms.day("happened_on", "Happened on", initial=day, optional=True, hint="Today, if left empty."))
    if kind is DraftKind.BLOCKER:
        blocks.append(forms.select("needs", "Needs help of", FUNCTIONS, initial=draft.needs or "", optional=True))
    if kind is DraftKind.NEXT_ACTION:
        blocks.append(forms.person("owner", "Owner", initial=draft.owner, optional=True, hint="You, if left empty."))
    if kind in (DraftKind.NEXT_ACTION, DraftKind.SLIPPED):
        day = draft.due_on.isoformat() if draft.due_on else ""
        blocks.append(forms.day("due_on", "Due", initial=day, optional=kind is DraftKind.NEXT_ACTION))
    if kind is DraftKind.JOINED:
        blocks.append(forms.text("person", "Name", initial=draft.person, most=200))
        blocks.append(forms.text("title", "Title", initial=draft.title, most=200, optional=True))
    if kind is DraftKind.LEFT:
        day = draft.left_on.isoformat() if draft.left_on else ""
        blocks.append(forms.day("left_on", "Gone by", initial=day, optional=True, hint="Today, if left empty."))
    if draft.items:
        pairs = [(text[:75], str(number)) for number, text in draft.items]
        blocks.append(forms.select("item", "Which", pairs, initial=str(draft.item or ""), optional=True))
    return blocks


async def kind_changed(request: Request, deps: Deps) -> Reply:
    """Show the fields of the kind chosen in the open form, filled in from the words entered, else from the line."""
    entered = values_of(request.view)
    kind = forms.choice_in(entered, "kind", DraftKind)
    if kind is None:
        return Nothing()
    key, index = _key_and_index(forms.origin_of(request.view).subject)
    drafts = await deps.note(news.kept, request.author, key)
    if index >= len(drafts):
        raise Outdated(news.NOT_THERE)
    words = entered.get("words") or drafts[index].words
    draft = replace(drafts[index], kind=kind, words=words, account=number_in(entered.get("account") or "0"))
    draft = await deps.read(_filled, request, draft)
    above = [each for each in request.view["blocks"] if each.get("block_id") in OF_EVERY_KIND]
    return NextView(forms.redrawn(request.view, [*above, *_of_kind(draft)]))


def _filled(session: Session, request: Request, draft: Draft) -> Draft:
    """The draft with the open items that its kind may mean, and the person of its words where it has none yet."""
    workspace_id, user_id = request.workspace_id, request.person.user_id
    [about] = news.with_items(session, workspace_id, user_id, [replace(draft, item=0, items=())])
    names = StoredNames(session, workspace_id)
    person, title = person_in(draft.words, names, Asked(user_id), today=request.today)
    return replace(draft, item=about.item, items=about.items, person=draft.person or person, title=draft.title or title)


async def changed(request: Request, deps: Deps) -> Reply:
    """Keep the line as entered and draw its message again. Raises FieldProblems for no account or impossible days."""
    request.require(Permission.RECORD)
    origin, entered = forms.origin_of(request.view), values_of(request.view)
    key, index = _key_and_index(origin.subject)
    if not entered.get("account"):
        raise FieldProblems({"account": "Choose an account: type the first letters of its name."})
    due_on, left_on = forms.day_in(entered, "due_on"), forms.day_in(entered, "left_on")
    if due_on is not None and due_on < request.today:
        raise FieldProblems({"due_on": "That day has passed. Choose today or a later one."})
    happened_on = forms.day_in(entered, "happened_on")
    for field, on in (("left_on", left_on), ("happened_on", happened_on)):
        if on is not None and on > request.today:
            raise FieldProblems({field: "That day has not come yet. Choose today or an earlier one."})

    def entry(draft: Draft) -> Draft:
        """The line as entered; without a field for them words, names and item stay, and the owner is the person."""
        return replace(
            draft,
            kind=forms.choice_in(entered, "kind", DraftKind) or DraftKind.UNCLEAR,
            account=number_in(entered["account"]),
            words=within_limit(entered.get("words", "").strip() or draft.words),
            actor=forms.choice_in(entered, "actor", EvidenceActor),
            stage=forms.choice_in(entered, "stage", Stage),
            shows=entered.get("shows", "").strip(),
            needs=forms.choice_in(entered, "needs", Function),
            owner=entered.get("owner") or request.person.user_id,
            happened_on=happened_on,
            due_on=due_on,
            person=entered.get("person", draft.person).strip(),
            title=entered.get("title", draft.title).strip(),
            left_on=left_on,
            item=number_in(entered["item"]) if entered.get("item") else draft.item,
            problem="",
        )

    if not origin.response_url:
        raise Outdated(OTHER_VERSION)
    drafts = await deps.write(request, news.change, request.author, key, index, entry)
    # Slack does not say for a form in which channel its message is
    request = replace(request, incoming=replace(request.incoming, channel_id=origin.channel_id))
    return Close(all_views=True, line=PageChange(origin.response_url, await lines_page(request, deps, key, drafts)))


NEWS = Subject(
    buttons={
        RECORD: record,
        UNDO: undo,
        CHANGE: change,
        DROP: drop_line,
        NO: decline,
        NEVER: stop_offering,
        YES: confirm_gone,
        PICK: pick_account_or_item,
        KIND_CHANGED: kind_changed,
        **{action: partial(choose_kind, kind=kind) for action, kind in KINDS.items()},
    },
    forms=(forms.Form(FRAME, changed),),
)
