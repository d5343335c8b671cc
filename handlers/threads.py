"""Messages and mentions: questions, and replies in the threads of accounts, which say what to record."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from agendas.errors import CadenceError, Outdated
from agendas.facts.audience import Audience
from agendas.facts.people import AccountThread
from agendas.pages.answers import FormOffer, form_offers_page
from agendas.pages.news import DRAFT, news_page, nothing_drafted_page
from agendas.rendering.blockkit import BUTTON_VALUE_CHARACTERS, messages
from agendas.rendering.mrkdwn import length
from agendas.rendering.page import Page, notice
from agendas.rules.access import Permission
from agendas.rules.threads import ThreadReply, in_thread, marked, read_mention, read_replies
from agendas.text.evidence import readable, without_person
from agendas.verbs import news
from agendas.verbs.letters import whisper
from agendas.verbs.review_reads import find_thread, note_heard
from assistant.by_model import ModelProblem
from assistant.heard import heard_in_thread
from assistant.remark import Intent
from handlers import questions, updates
from handlers.edge.access import Handler, error_page
from handlers.edge.deps import Deps, Repeated
from handlers.edge.incoming import Incoming, mapping, stamp, thread_of
from handlers.edge.replies import Nothing, Reply, Say
from handlers.edge.request import NotAllowed, Request, Written
from handlers.news import lines_page
from handlers.subject import Subject

# Recording of replies: each is run as the command that it means; where that is unclear, only its writer is asked.

COMMANDS: Mapping[str, Handler] = {"/move": updates.move, "/blocker": updates.blocker, "/next": updates.next_action}
INTENTS = {"/move": Intent.MOVE, "/blocker": Intent.BLOCKER, "/next": Intent.NEXT_ACTION}
"""The form of each command, for words that it cannot take as they are."""


async def record_replies(request: Request, deps: Deps, thread: AccountThread, replies: Sequence[ThreadReply]) -> Reply:
    """Record each part of a message in an account's thread once. Raises NotAllowed, and Repeated if all were before."""
    recorded_count = 0
    for number, reply in enumerate(replies):
        try:
            await _record(_numbered(request, number), deps, thread, reply)
            recorded_count += 1
        except Repeated:
            continue
    if not recorded_count:
        raise Repeated
    return Nothing()


def _numbered(request: Request, number: int) -> Request:
    """The request for one part of the message, by its number from 0, so that each part is recorded and refused alone.

    The first keeps the keys of the message: most have one part. Each has its own `written`, by which `_record` sees
    whether this part was recorded.
    """
    incoming = request.incoming
    if number:
        key, message_key = f"{incoming.key}:{number}", f"{incoming.message_key}:{number}"
        incoming = replace(incoming, key=key, message_key=message_key)
    return replace(request, incoming=incoming, written=Written())


async def _record(request: Request, deps: Deps, thread: AccountThread, reply: ThreadReply) -> None:
    """Run the command of one part. What it asks instead of recording goes to the writer alone, in the thread."""
    thread_ts = thread_of(request.event)
    words = f"{marked(stamp(request.event.get('ts')), thread_ts)} {reply.rest}".rstrip()
    text = '"' + thread.name.replace('"', "") + '" ' + words
    typed = replace(request, incoming=replace(request.incoming, word=reply.command, text=text))
    try:
        answer = await COMMANDS[reply.command](typed, deps)
    except NotAllowed:
        # answered for the whole message, with the admins who can help
        raise
    except CadenceError as error:
        page = _refused(typed, deps, error)
    else:
        if typed.written.yes:
            return
        page = answer.page if isinstance(answer, Say) else _form_page(thread, deps, reply)
    key = f"thread:{request.incoming.message_key}"
    place = {"channel_id": request.channel_id, "thread_ts": thread_ts}
    await deps.write(request, whisper, request.author, messages(page), key=key, **place)


def _refused(typed: Request, deps: Deps, error: CadenceError) -> Page:
    """The refusal: the page with its buttons, or where it has none its sentence in the words of a thread."""
    page = error_page(replace(typed.incoming, kind="command"), error, deps.words)
    return page if len(page.items) > 1 else notice(in_thread(str(error)))


def _form_page(thread: AccountThread, deps: Deps, reply: ThreadReply) -> Page:
    """The button that opens the form with the words in it: nothing can be opened for a message."""
    offer = FormOffer(INTENTS[reply.command].value, thread.account_id, thread.name)
    return form_offers_page([offer], deps.words, text=readable(reply.rest))


# Messages that reach the bot: direct ones and mentions are questions, or say what to record in an account's thread.


async def is_for_us(incoming: Incoming, body: dict[str, Any], workspace_id: str, deps: Deps) -> bool:
    """Return whether a message is for the bot: a direct one, or one in an account's thread that says what to record.

    Of a message outside the threads of accounts nothing is stored.
    """
    event = mapping(body.get("event"))
    if event.get("channel_type") == "im":
        return True
    thread_ts = thread_of(event)
    found = await deps.read(find_thread, workspace_id, incoming.channel_id, thread_ts) if thread_ts else None
    if found is None:
        return False
    if not found.is_heard:
        # the page of health says since when replies are heard
        await deps.note(note_heard, workspace_id, deps.now())
    if read_replies(incoming.text):
        return True
    deps_of_writer = deps.for_readers(Audience(workspace_id, incoming.user_id))
    heard = await deps_of_writer.read(heard_in_thread, workspace_id, incoming.user_id, found, incoming.text, deps.now())
    return bool(heard.drafts)


async def message(request: Request, deps: Deps) -> Reply:
    """Answer a direct message; in an account's thread record what a reply says, or offer to. Elsewhere say nothing."""
    if request.event.get("channel_type") == "im":
        return await questions.direct_message(request, deps)
    thread_ts = thread_of(request.event)
    found = await deps.read(find_thread, request.workspace_id, request.channel_id, thread_ts)
    if found is None:
        return Nothing()
    replies = read_replies(request.text)
    if not replies:
        return await _offer(request, deps, found)
    without_bot = [replace(each, rest=without_person(each.rest, found.bot_user_id)) for each in replies]
    return await record_replies(request, deps, found, without_bot)


async def mention(request: Request, deps: Deps) -> Reply:
    """Record what a mention in an account's thread plainly says; answer any other."""
    thread_ts = thread_of(request.event)
    found = await deps.read(find_thread, request.workspace_id, request.channel_id, thread_ts) if thread_ts else None
    replies = read_mention(request.text, found.bot_user_id) if found else ()
    if found is None or not replies:
        return await questions.mention(request, deps)
    return await record_replies(request, deps, found, replies)


# Talk of an editor: what rules draft of it is offered to its writer alone, with the buttons of news; where they draft
# only a part and there is a language model, with the button that hands the message over.


async def _offer(request: Request, deps: Deps, thread: AccountThread) -> Reply:
    """Show the writer alone the lines that the message would record, and keep them for their buttons; else nothing."""
    who = (request.workspace_id, request.person.user_id)
    heard = await deps.read(heard_in_thread, *who, thread, request.text, request.now)
    if not heard.drafts:
        return Nothing()
    thread_ts = thread_of(request.event)
    # `ts-thread_ts`, by which the lines are recorded as from this reply
    lines_key = f"{stamp(request.event.get('ts'))}-{thread_ts}"
    is_for_model = deps.model is not None and heard.request is not None
    to_draft = f"{lines_key} {request.text}" if is_for_model else ""
    # a message too long for the value of the button has no button
    to_draft = to_draft if length(to_draft) <= BUTTON_VALUE_CHARACTERS else ""
    names = {thread.account_id: thread.name}
    page = news_page(
        heard.drafts, names, deps.words, key=lines_key, today=request.today, is_whisper=True, to_draft=to_draft
    )
    key = f"thread:{request.incoming.message_key}"
    place = {"channel_id": request.channel_id, "thread_ts": thread_ts}

    def keep(session: Session) -> None:
        """Keep the lines under their key, by which the buttons find them, and queue the message that shows them."""
        news.keep(session, *who, lines_key, heard.drafts, to_draft=to_draft, now=request.now)
        whisper(session, request.author, messages(page), key=key, **place)

    await deps.write(request, keep)
    return Nothing()


async def draft_by_model(request: Request, deps: Deps) -> Reply:
    """Give the message to the language model at its writer's click, and add its drafts to the lines shown."""
    request.require(Permission.RECORD)
    # the value is the key of the lines, `ts-thread_ts`, and the message
    key, _, text = request.value.partition(" ")
    who = (request.workspace_id, request.person.user_id)
    thread = await deps.read(find_thread, request.workspace_id, request.channel_id, key.partition("-")[2])
    model, words = deps.model, deps.words
    heard = await deps.read(heard_in_thread, *who, thread, text, request.now) if thread is not None else None
    if thread is None or model is None or heard is None or heard.request is None:
        raise Outdated(NOT_OFFERED)
    # fails for outdated lines before the message is given away
    await deps.note(news.kept, request.author, key)
    model_answer, problem = await model.ask(heard.request, is_pressed=True)
    if model_answer is None:
        # no problem is named where people were told of it before: who clicked is told again
        return Say(nothing_drafted_page(words, problem or ModelProblem.UNREACHED))
    drafts = (await deps.read(heard_in_thread, *who, thread, text, request.now, model_answer)).drafts
    drafts = tuple(each for each in drafts if each.is_by_model)
    lines = await deps.write(request, news.add, request.author, key, drafts, heard.drafts)
    if not any(each.is_by_model for each in lines):
        return Say(nothing_drafted_page(words))
    return Say(await lines_page(request, deps, key, lines), replace=True)


NOT_OFFERED = "This message is not given to a language model any more, and nothing was recorded."


THREADS = Subject(
    events={"message": message, "app_mention": mention},
    concerns={"message": is_for_us},
    buttons={DRAFT: draft_by_model},
)
