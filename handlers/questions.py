"""Questions: in a direct message, where the bot is mentioned, and about a message."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import Session

from agendas.errors import NotUnderstood, Refused
from agendas.facts.audience import Audience
from agendas.facts.query import Query
from agendas.pages.accounts import read_pick
from agendas.pages.answers import ASK_ABOUT, OFFER, no_text_page, read_offer, suggested_questions
from agendas.pages.answers import QUESTIONS as ANSWERS_QUESTIONS
from agendas.rendering.blockkit import BUTTON_VALUE_CHARACTERS, Rendered, messages, with_thumbs
from agendas.rendering.mrkdwn import escape, length
from agendas.rendering.page import Buttons, Note, Page, notice, sentence_page
from agendas.rendering.words import labelled
from agendas.rules.access import Permission, may
from agendas.text.csv_cells import split_because
from agendas.text.evidence import readable
from agendas.verbs import news
from agendas.verbs.account_list import ListWord
from agendas.verbs.delivery import claim_share
from agendas.verbs.home import to_ask_today
from agendas.verbs.letters import queue_reply
from agendas.verbs.people import greet, is_new, joins_review
from agendas.verbs.questions import Pending, end, queue_question, send_answer, withdraw_question, withdraw_thread
from agendas.verbs.wordings import TEXT_CHARACTERS as WORDING_CHARACTERS
from agendas.verbs.wordings import asks_back
from assistant.answer import Asking, answer, answer_with, with_problem
from assistant.conversation import remember
from assistant.remark import Intent
from assistant.remark_pages import NEEDS
from assistant.reply import PICK, READ_AS, Answer, read_query
from handlers import account_list, forms
from handlers.account_list import CHANGE, EDIT
from handlers.edge.access import is_direct, require_no_outsiders
from handlers.edge.deps import Deps
from handlers.edge.incoming import Incoming, Values, mapping, message_key, sequence, stamp, thread_of
from handlers.edge.incoming import text as text_of
from handlers.edge.replies import Nothing, OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.evidence import EVIDENCE_FORM
from handlers.group import AddContact
from handlers.signals import SignalForm
from handlers.subject import Subject
from handlers.updates import BLOCKER, MOVEMENT, NEXT_ACTION, UPDATE
from handlers.wordings import BAD, FEEDBACK, GOOD

# Answers to questions: found and drawn in a read, then kept in one short write.


async def direct_message(request: Request, deps: Deps) -> Reply:
    request.require(Permission.READ)
    return await _answer_by_letter(request, deps)


async def mention(request: Request, deps: Deps) -> Reply:
    """Answer a mention in its thread, from what all of the channel may see; by direct message if outsiders read it."""
    request.require(Permission.READ)
    is_shared = bool(request.payload.get("is_ext_shared_channel"))
    if not is_shared:
        deps = deps.for_readers(Audience(request.workspace_id, request.person.user_id, request.channel_id))
    return await _answer_by_letter(request, deps, is_private=is_shared)


async def ask_about_message(request: Request, deps: Deps) -> Reply:
    """Answer the message that the shortcut was used on; only the asker sees it."""
    request.require(Permission.READ)
    return Say((await answered(request, deps, request.text)).page)


async def ask_by_button(request: Request, deps: Deps, *, question: str = "") -> Reply:
    """Answer the button's question, or the one that it carries."""
    request.require(Permission.READ)
    return Say((await answered(request, deps, question or request.value)).page)


async def answer_for_picked(request: Request, deps: Deps) -> Reply:
    """Answer the question again, about the account that was picked among the nearest."""
    request.require(Permission.READ)
    account_id, question = read_pick(request.value)
    return Say((await answered(request, deps, question, picked=account_id)).page)


async def answer_as_offered(request: Request, deps: Deps) -> Reply:
    """Answer the reading that was pressed among those offered, as its presser may see it."""
    request.require(Permission.READ)
    return Say((await answered(request, deps, "", offered=read_query(request.value))).page)


async def answered(
    request: Request, deps: Deps, question: str, *, picked: int | None = None, offered: Query | None = None
) -> Answer:
    """Return the answer, kept as the last one of its conversation.

    `picked` is the account that the question is about, picked among the nearest; `offered` is a reading of an earlier
    question that was pressed. It takes the place of the question, and the conversation goes on from it.
    """
    asking = replace(asking_of(request, deps, question), picked=picked, offered=offered)
    if picked is not None or offered is not None:
        # the conversation around the thread goes on from it too: see `Asking.own_places`
        asking = replace(asking, is_reply=False)
    found = await read_by_model(deps, asking, await deps.read(answer, asking))
    await deps.keep(request, remember_answer, asking, found)
    return found


async def _answer_by_letter(request: Request, deps: Deps, *, is_private: bool = False) -> Reply:
    """Queue the answer in the thread of the question, or if `is_private` as a direct message with a note of why.

    Notes in a text file are read with the words beside it; a file beside a question (`?`) is not, as a message says.
    What only a model can answer is left to its worker. An event cut off before the write is sent again by Slack.
    """
    asking = asking_of(request, deps, request.text)
    files = [mapping(each) for each in sequence(request.event.get("files"))]
    # the notes in a file, or the page that says why they cannot be read
    notes: str | Page | None = None
    if files and (not request.text.strip() or (_are_notes(request, files) and "?" not in request.text)):
        notes = await _notes_in_file(request, deps, files)
    elif files and not is_private:
        unread = messages(sentence_page(deps.words.say("remarks.file_unread")))
        place = {"channel_id": request.channel_id, "thread_ts": request.place, "user_id": request.person.user_id}
        await deps.note(
            queue_reply, request.workspace_id, unread, **place, key=f"{_asking_key(request)}:file", now=request.now
        )
    if isinstance(notes, str):
        asking = replace(asking, text=f"{asking.text}\n{notes}".strip(), is_notes=True)
    found = Answer(notes) if isinstance(notes, Page) else await deps.read(answer, asking)
    if found.waits or found.request is not None:
        return await _leave_to_model(request, deps, asking, is_private=is_private)
    await deps.write(
        request,
        post_answer,
        asking,
        found,
        _rendered(found, deps, is_private=is_private),
        key=_asking_key(request),
        is_private=is_private,
        now=request.now,
    )
    if found.title:
        await deps.set_session(request.workspace_id, request.channel_id, request.place, "active", found.title)
    return Nothing()


MOST_NOTES = 4_000
"""Characters of notes in a file: as many as a message holds."""


def _are_notes(request: Request, files: Sequence[Mapping[str, Any]]) -> bool:
    """Return true for one text file of a direct message."""
    is_text = len(files) == 1 and text_of(files[0].get("name")).casefold().endswith((".txt", ".vtt"))
    return is_text and is_direct(request)


async def _notes_in_file(request: Request, deps: Deps, files: Sequence[Mapping[str, Any]]) -> str | Page:
    """Return the notes in a text file of a direct message; why not for any other file, and for a voice message."""
    if not _are_notes(request, files):
        return no_text_page(deps.words)
    size = files[0].get("size")
    try:
        # bytes, with the times and tags of a transcript, which are no characters of the notes
        if not isinstance(size, int) or size > 10 * MOST_NOTES:
            raise Refused(TOO_LONG)
        return notes_in(await deps.fetch_file(request.workspace_id, text_of(files[0].get("id"))))
    except Refused as error:
        return notice(str(error))


TOO_LONG = "The file holds more than 4,000 characters, so nothing of it was read. Send it in parts."
CUE = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)\b.*|.*-->.*|\d+|")
"""Lines of a transcript that nobody said."""


def notes_in(content: bytes) -> str:
    """The lines of a text file, or what was said in a transcript, escaped. Raises Refused if too long or no text."""
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise Refused("The file is no text in UTF-8, so nothing of it was read. Save it as a text file.") from None
    # a transcript marks who speaks with tags such as <v Name>
    spoken = [re.sub(r"</?[cvbiu][^<>]*>", "", each).strip() for each in lines if not CUE.fullmatch(each.strip())]
    text = "\n".join(spoken)
    if len(text) > MOST_NOTES:
        raise Refused(TOO_LONG)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def post_answer(
    session: Session,
    asking: Asking,
    found: Answer,
    rendered: Sequence[Rendered],
    *,
    key: str,
    is_private: bool,
    now: datetime,
) -> None:
    """Queue the rendered answer to the message of this key, and keep it as the last one of its conversation."""
    remember_answer(session, asking, found)
    rendered, place = with_feedback(session, asking, found, rendered), (asking.channel_id, asking.thread)
    send_answer(
        session, asking.workspace_id, asking.asker.user_id, *place, rendered, key=key, is_private=is_private, now=now
    )


def with_feedback(session: Session, asking: Asking, found: Answer, rendered: Sequence[Rendered]) -> Sequence[Rendered]:
    """Return the answer to a direct message with two thumbs below it, unless nothing was asked or they are off."""
    words = "" if asking.is_notes else readable(asking.text)
    # what could not be read, or is offered as readings to choose from, was a question too
    is_answer = found.last is not None or found.page.key in ("unread", "offered")
    if not (is_answer and words and asking.channel_id.startswith("D") and asks_back(session, asking.workspace_id)):
        return rendered
    say = asking.words.raw
    good, bad = (say("answers.good"), GOOD), (say("answers.bad"), f"{BAD}{escape(words[:WORDING_CHARACTERS])}")
    return with_thumbs(rendered, FEEDBACK, good, bad)


def remember_answer(session: Session, asking: Asking, found: Answer) -> None:
    """Keep the answer as the last one of its conversation, for follow-up questions, and its lines of news."""
    who = (asking.workspace_id, asking.asker.user_id)
    if found.drafts:
        news.keep(session, *who, found.drafts_key, found.drafts, found.left_out, now=asking.now)
    if found.last is not None or found.is_asked_back:
        remember(session, *who, asking.own_places, last=found.last, now=asking.now)


def _rendered(found: Answer, deps: Deps, *, is_private: bool) -> Sequence[Rendered]:
    """Return the messages of the answer, below a note of why it comes by direct message where it does."""
    note = messages(sentence_page(deps.words.say("answers.asked_elsewhere"))) if is_private else ()
    return [*note, *messages(found.page)]


async def _leave_to_model(request: Request, deps: Deps, asking: Asking, *, is_private: bool) -> Reply:
    """Keep the question for the worker that asks the model, and show that it is being read."""
    await deps.write(
        request,
        queue_question,
        deps.audience or Audience(request.workspace_id, request.person.user_id),
        asking.text,
        key=_asking_key(request),
        # the direct conversation for a question in it, else the thread: the worker takes the latter for a reply
        place=asking.own_places[-1],
        channel_id=request.channel_id,
        thread_ts=request.place,
        is_private=is_private,
        is_notes=asking.is_notes,
        now=request.now,
        viewed=request.incoming.viewed,
    )
    if not is_private:
        title = "" if asking.is_reply or not is_direct(request) else readable(request.text)
        await deps.set_session(request.workspace_id, request.channel_id, request.place, "processing", title)
    # an answer ends the status, however fast it comes
    deps.begin_answers()
    return Nothing()


async def stopped(request: Request, deps: Deps) -> Reply:
    """Leave unanswered what the person asked in the thread whose Stop was pressed, and end its status."""
    place = (request.channel_id, request.place)
    question_ids = await deps.write(request, withdraw_thread, request.workspace_id, request.person.user_id, *place)
    deps.stop_answers(question_ids)
    await deps.set_session(request.workspace_id, *place, "active", "")
    return Nothing()


async def question_deleted(incoming: Incoming, body: dict[str, Any], workspace_id: str, deps: Deps) -> None:
    """Answer no question whose message was deleted in a direct conversation before its answer was sent."""
    event = mapping(body.get("event"))
    deleted = stamp(event.get("deleted_ts"))
    is_deleted = event.get("subtype") == "message_deleted" and event.get("channel_type") == "im"
    if is_deleted and deleted and incoming.channel_id:
        key = message_key(incoming.channel_id, {"type": "message", "ts": deleted})
        await deps.note(withdraw_question, workspace_id, key, now=deps.now())


async def read_by_model(deps: Deps, asking: Asking, found: Answer) -> Answer:
    """Return the answer with the model, where one is set and asked for: its reading, its lines of news, or a brief.

    Else `found` as it is; with a sentence about the problem where the model gives no answer. It is asked outside of any
    transaction. What it reads may be news or a brief, for which it is asked once more.
    """
    while deps.model is not None and found.request is not None:
        model_answer, problem = await deps.model.ask(found.request)
        if model_answer is None:
            return with_problem(found, problem, deps.words)
        asking, found = await deps.read(answer_with, asking, found, model_answer)
    return found


def asking_of(request: Request, deps: Deps, text: str) -> Asking:
    """Return the text as asked by the person where the request came from."""
    return Asking(
        request.person,
        text,
        request.workspace_id,
        request.channel_id,
        request.place,
        request.now,
        deps.words,
        is_reply=bool(thread_of(request.event)) or request.incoming.kind == "button",
        has_model=deps.model is not None,
        viewed=request.incoming.viewed,
    )


def _asking_key(request: Request) -> str:
    """Return the key of the message that asks, or of its event where the message has none."""
    return request.incoming.message_key or request.key


# Events by which somebody meets the bot.


async def joined(request: Request, deps: Deps) -> Reply:
    """Greet somebody who joined a channel with a cadence; Slack reports no joining of those who are in it already."""
    if await deps.read(joins_review, request.workspace_id, request.person.user_id, request.channel_id):
        await deps.note(greet, request.workspace_id, request.person.user_id, now=request.now)
    return Nothing()


async def welcome(request: Request, deps: Deps) -> None:
    """Greet the person who opened the bot's Home or its messages for the first time."""
    if await deps.read(is_new, request.workspace_id, request.person.user_id):
        await deps.note(greet, request.workspace_id, request.person.user_id, now=request.now)


async def suggest_questions(request: Request, deps: Deps) -> None:
    """Show questions about the person's own accounts above the bot's messages, where the app has the agent view."""
    if request.channel_id:
        today = await deps.read(to_ask_today, request.workspace_id, request.person, now=request.now)
        await deps.suggest(request.workspace_id, request.channel_id, suggested_questions(today, deps.words))


# Answers to the questions that waited for a language model.


async def answer_pending(pending: Pending, deps: Deps) -> None:
    """Answer by the day of the question and its readers' rights now; nobody who may not ask any more is answered."""
    row = pending.row
    try:
        await _answer_pending(pending, deps.for_readers(pending.readers))
    finally:
        if not row.is_private:
            await deps.set_session(row.workspace_id, row.channel_id, row.thread_ts, "active", "")


async def _answer_pending(pending: Pending, deps: Deps) -> None:
    """Answer the question, unless withdrawn meanwhile; end it unanswered if its asker may not ask any more."""
    if pending.asker is None or not may(pending.asker, Permission.READ):
        await deps.note(end, pending)
        return
    row = pending.row
    asking = Asking(
        pending.asker,
        row.text,
        row.workspace_id,
        row.channel_id,
        row.thread_ts,
        row.asked_at,
        deps.words,
        is_reply=row.place != row.channel_id,
        has_model=deps.model is not None and pending.is_for_model,
        viewed=row.viewed,
        is_notes=row.is_notes,
    )
    found = await read_by_model(deps, asking, await deps.read(answer, asking))
    rendered, is_private = _rendered(found, deps, is_private=row.is_private), row.is_private

    def post_if_pending(session: Session) -> None:
        # the question may have been withdrawn, or answered by another process, while the model read it
        if end(session, pending):
            post_answer(session, asking, found, rendered, key=row.key, is_private=is_private, now=deps.now())

    await deps.note(post_if_pending)


# Buttons that open the form for news or an order instead of a question, with its words in it.

TIER = re.compile(r"\b(?:tier|t)\s*([123])\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """An intent's form: `field` takes the words ('' for none), `word` is the change of the list it makes, if any."""

    form: forms.AccountForm
    field: str = "text"
    word: ListWord | None = None


FORMS: Mapping[Intent, OfferedForm] = {
    Intent.MOVE: OfferedForm(MOVEMENT),
    Intent.EVIDENCE: OfferedForm(EVIDENCE_FORM, "evidence"),
    Intent.BLOCKER: OfferedForm(BLOCKER),
    Intent.RESOLVE: OfferedForm(BLOCKER, ""),
    Intent.NEXT_ACTION: OfferedForm(NEXT_ACTION),
    Intent.DONE: OfferedForm(NEXT_ACTION, ""),
    Intent.UPDATE: OfferedForm(UPDATE),
    Intent.SIGNAL: OfferedForm(SignalForm.form),
    Intent.CONTACT: OfferedForm(AddContact.form, ""),
    Intent.EDIT: OfferedForm(EDIT, ""),
    Intent.TIER: OfferedForm(CHANGE, "because", ListWord.TIER),
    Intent.PAUSE: OfferedForm(CHANGE, "because", ListWord.PAUSE),
    Intent.REMOVE: OfferedForm(CHANGE, "because", ListWord.REMOVE),
}
"""The form of each intent that is about an account."""

KINDS = {Intent.BLOCKER: "blocker", Intent.NEXT_ACTION: "next_action", Intent.SIGNAL: "signal", Intent.UPDATE: "update"}
"""Kinds of update in the form that asks for the account; any other intent is movement there."""


async def open_offered(request: Request, deps: Deps, *, intent: Intent) -> Reply:
    """The form of the intent with the words in it; where no account was named, the form that asks for it first."""
    account_id, text = read_offer(request.value)
    text = readable(text)
    request.require(NEEDS.get(intent, Permission.RECORD))
    if intent is Intent.NOMINATE:
        origin = forms.origin_here(request, place=request.place)
        return OpenModal(account_list.build_nomination(origin, {"because": text}))
    offer = FORMS[intent]
    if not account_id:
        origin = forms.origin_here(request, place=request.place, text=text)
        return OpenModal(forms.build(origin, kind=KINDS.get(intent, "movement")))
    origin = forms.origin_here(
        request, account_id, place=request.place, subject=offer.word or "", text=text if offer.field else ""
    )
    return await forms.open_form(request, deps, offer.form, origin, prefilled=_filled(offer, text))


def _filled(offer: OfferedForm, text: str) -> Values:
    """The fields that the words fill, if any; for a change of the list, the tier and the reason that they name."""
    if offer.word is not None:
        tier = TIER.search(text)
        entered = {"because": split_because(text)[1] or "", "tier": tier[1] if tier else ""}
        return {name: value for name, value in entered.items() if value}
    return {offer.field: text} if offer.field and text else {}


BUTTONS = tuple((f"{OFFER}.{intent}", intent) for intent in (*FORMS, Intent.NOMINATE))
"""Each button's action with its intent."""


# /abm ask: a question whose answer the asker alone sees, and Share, which shows it to the channel.

SHARE = "ask.share"
NOT_FOR_ALL = "It is about what not everybody in this channel may see, so nothing was shared."
NO_QUESTION = "Write the question after it: /abm ask which accounts are stalled."


async def ask_in_command(request: Request, deps: Deps, rest: str) -> Reply:
    """Answer the words, to the asker alone; in a channel with a button that shares the answer.

    No button where a model read the words, where the answer goes on from an earlier one, is of several questions, or
    has lines of news.
    """
    request.require(Permission.READ)
    if not rest.strip():
        raise NotUnderstood(NO_QUESTION)
    found = await answered(request, deps, rest)
    is_sure = found.last is not None and not (
        found.is_by_model or found.is_follow_up or found.is_several or found.drafts
    )
    can_share = is_sure and not is_direct(request) and length(rest) <= BUTTON_VALUE_CHARACTERS
    share_button = Buttons((labelled(deps.words, SHARE, rest),))
    return Say(replace(found.page, items=(*found.page.items, share_button)) if can_share else found.page)


async def share_answer(request: Request, deps: Deps) -> Reply:
    """Share the answer as all of the channel may see it, once; refuse where the question reads otherwise for them."""
    request.require(Permission.RECORD)
    await require_no_outsiders(request, deps)
    everybody = deps.for_readers(Audience(request.workspace_id, request.person.user_id, request.channel_id))
    asking = asking_of(request, deps, request.value)
    own, for_everybody = await deps.read(answer, asking), await everybody.read(answer, asking)
    is_several = own.is_several or for_everybody.is_several
    if is_several or for_everybody.last is None or own.last is None or for_everybody.last.query != own.last.query:
        # the question itself, which is posted with the answer, names what others may not see
        raise Refused(NOT_FOR_ALL)
    claim = await deps.write(
        request, claim_share, request.author, request.channel_id, request.incoming.message_ts, what="answer"
    )
    if not claim:
        return Say(sentence_page(deps.words.say("answers.shared_already")))
    by = Note(deps.words.say("remarks.shared", name=request.person.name, question=readable(request.value)))
    return Say(replace(for_everybody.page, items=(*for_everybody.page.items, by)), public=True, claim=claim)


QUESTIONS = Subject(
    notices={"message": question_deleted},
    events={"agent_session_stopped": stopped},
    abm_words={"ask": ask_in_command},
    shortcuts={"ask_cadence": ask_about_message},
    buttons={
        PICK: answer_for_picked,
        READ_AS: answer_as_offered,
        SHARE: share_answer,
        **{action: partial(open_offered, intent=intent) for action, intent in BUTTONS},
    },
)


# First words to whoever meets the bot, and buttons that ask a question.

WELCOME = Subject(
    events={"member_joined_channel": joined},
    buttons={
        ASK_ABOUT: ask_by_button,
        **{action: partial(ask_by_button, question=question) for action, question in ANSWERS_QUESTIONS.items()},
    },
)
