"""The place where an open item was settled: its line there changes, and Undo comes to the person alone."""

from collections.abc import Callable
from dataclasses import replace

from agendas.pages.open_items.settled import line_after, refused_line
from agendas.rendering.blockkit import Rendered, messages
from agendas.rendering.in_place import text_of_line, with_line
from agendas.rendering.letter_mark import without_mark
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.notice import notice
from agendas.rendering.page import Item, Line, Note, Page, Text
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates.settled import AlreadySettled
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.page_views import mark_of
from handlers.edge.payloads.values import Body, mapping, sequence, text
from handlers.edge.replies import Change, Close, LineChange, PageChange, Reply, Say
from handlers.edge.request import Request
from handlers.forms.origin import Origin
from handlers.home.events import published
from handlers.open_items.lists import drawn_anew

NewLine = Callable[[Mrkdwn], Line | Text]
"""The line in the place of the one with this mrkdwn."""


async def shown_after(request: Request, deps: Deps, recorded: Recorded) -> Reply:
    """The line clicked as it stands now, and the receipt with Undo."""
    return await _changed(request, deps, _line_of(request, deps, recorded), confirmation(request, deps, recorded))


async def shown_refused(request: Request, deps: Deps, error: AlreadySettled) -> Reply:
    """The line clicked with who settled it before, and the same as a sentence."""

    def settled(shown: Mrkdwn) -> Text:
        return refused_line(shown, str(error), deps.words)

    return await _changed(request, deps, settled, notice(str(error)))


async def closed_after(request: Request, deps: Deps, origin: Origin, recorded: Recorded) -> Reply:
    """The form is done, and the line whose button opened it stands as it is now."""
    if origin.response_url:
        anew = await drawn_anew(request, deps, origin.block_id)
        return Close(all_views=True, line=PageChange(origin.response_url, anew) if anew else None)
    if not origin.message_ts:
        return Close(all_views=True)
    new = _line_of(request, deps, recorded)
    # the button of an ask carries its number alone
    about = (f"{origin.account_id} {origin.subject}", origin.subject)
    line = LineChange(origin.channel_id, origin.message_ts, origin.place, origin.block_id, about=about, new=new)
    return Close(all_views=True, line=line)


def origin_here(request: Request) -> Origin:
    """The origin of a form opened by a click; with the message and block of the line where the line can change."""
    has_message = bool(_message(request))
    has_line = _is_own(request) and has_message
    is_alone = not has_message and bool(request.incoming.response_url)
    return Origin(
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
        anew = await drawn_anew(request, deps, block_id)
        return _in_place_of_own(request, anew, receipt) if anew else Say(receipt)
    drawn = [mapping(block) for block in sequence(message.get("blocks"))]
    shown = text_of_line(drawn, block_id) if _is_own(request) else ""
    if not shown:
        return Say(receipt)
    changed = with_line(drawn, block_id, new_line(Mrkdwn(shown)))
    return Change(Rendered(text(message.get("text")), changed), receipt)


def _in_place_of_own(request: Request, anew: Page, receipt: Page) -> Reply:
    """The page that the person alone sees, drawn anew: above a page in a window stands the receipt."""
    if request.incoming.on_page:
        return Say(replace(anew, items=(*_above(receipt), *anew.items)))
    return Change(messages(anew)[0], receipt)


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
