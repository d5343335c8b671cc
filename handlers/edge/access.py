"""Who may do what: the person of a request, private channels, refusals."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from agendas.errors import (
    AmbiguousDate,
    CadenceError,
    CannotBeNominated,
    CannotOwn,
    FieldProblems,
    FieldRefused,
    NoAccount,
    Offer,
    RecordedAlready,
    Refused,
    Unclear,
    UnknownAccount,
)
from agendas.facts.people import PersonFacts
from agendas.pages.account_list import no_room_page
from agendas.pages.accounts import nearest_page
from agendas.pages.command_help import no_account_page, offers_page, outsider_page, refused_page
from agendas.pages.updates import recorded_already_page
from agendas.rendering.blockkit import Rendered, messages, with_plain_texts
from agendas.rendering.page import Page, notice, sentence_page, with_raw
from agendas.rendering.words import Words
from agendas.rules.account_list import NoRoom
from agendas.text.dates import is_zone
from agendas.verbs.account_list import find_leavers
from agendas.verbs.letters import OWN_CHANNEL, learn, note_channel_name, note_sharing, notify_of_wish, queue_page_to
from agendas.verbs.loading import person_facts
from agendas.verbs.reads import admin_ids
from agendas.verbs.roster import has_id, plain_names
from handlers.edge.deps import ChannelAnswer, Deps
from handlers.edge.incoming import (
    FAILURES,
    HomeMark,
    Incoming,
    code_of,
    inputs_of,
    is_passing,
    mapping,
    message_view,
    refused_home,
    sequence,
    slack_id,
    text,
    values_of,
)
from handlers.edge.replies import (
    ChangedMessage,
    Close,
    FieldErrors,
    NextView,
    Nothing,
    OpenModal,
    Options,
    PageChange,
    Publish,
    Reply,
    Say,
    View,
    WithHome,
)
from handlers.edge.request import NotAllowed, Outsider, Request
from storage import inbox, outbox, people
from storage.models.workspaces import Person
from storage.people import SlackUser

# Access: identifies the person of a request, and refuses guests and people of other companies.

UNKNOWN_TEAM = "unknown"
NO_SUCH_USER = ("user_not_found", "user_not_visible")


class NotIdentified(CadenceError):
    """Slack did not say who the person is. `is_passing`: it may in a while, so the request can be repeated."""

    def __init__(self, code: str, *, is_passing: bool) -> None:
        self.is_passing = is_passing
        super().__init__(
            "Slack did not say who you are, so nothing was done. Try again in a minute."
            if is_passing
            else f"Slack did not say who you are ({code}), so nothing was done. Whoever runs Cadence learns what to do "
            "from cadence doctor."
        )


async def admit(
    deps: Deps, client: AsyncWebClient, incoming: Incoming, *, workspace_id: str, now: datetime
) -> PersonFacts:
    """Return the person of the request. Slack is asked only about somebody of whom too little is known here.

    Raises:
        Outsider: for guests, bots, deactivated people, and people of other or unknown teams.
        NotIdentified: when Slack does not say who it is.
    """
    user_id = incoming.user_id
    person = await deps.read(_member, workspace_id, user_id, incoming.home_team_id, is_asked=False)
    if person is None:
        user = await fetch_user(client, user_id, workspace_id)
        await deps.note(learn, workspace_id, [user], now)
        person = await deps.read(_member, workspace_id, user_id, incoming.home_team_id, is_asked=True)
    if person is None:
        raise Outsider("unknown")
    # the direct conversation of an event is always the person's with the bot; that of a click or command may be another
    if incoming.kind == "event" and incoming.channel_id.startswith("D"):
        conversation = (workspace_id, user_id, incoming.channel_id)
        if await deps.read(outbox.is_new, *conversation):
            await deps.note(outbox.keep_direct_channel, *conversation)
    return person


async def complete_refusal(
    deps: Deps, error: CadenceError, workspace_id: str, *, person: PersonFacts | None, now: datetime
) -> None:
    """Give a refusal of access the admins who can help, and that of a full tier the accounts that could leave it.

    Where a private account has the name wanted, its owner gets a message about who wanted it. Other errors stay as is.
    """
    if isinstance(error, NotAllowed | Outsider):
        error.admins = await deps.read(admin_ids, workspace_id)
    elif isinstance(error, CannotBeNominated) and error.account_id is not None and person is not None:
        wish = partial(notify_of_wish, by=person.user_id, word=error.word, now=now)
        await deps.note(wish, workspace_id, error.account_id)
    elif isinstance(error, NoRoom) and person is not None:
        error.leavers = await deps.read(find_leavers, workspace_id, error, now=now, zone=person.time_zone)


async def fetch_user(client: AsyncWebClient, user_id: str, workspace_id: str) -> SlackUser:
    """Ask Slack about the user, an outsider if unknown here. Raises NotIdentified when Slack does not say."""
    try:
        answer = await client.users_info(user=user_id)
    except FAILURES as error:
        if code_of(error) in NO_SUCH_USER:
            return SlackUser(user_id, home_team_id=UNKNOWN_TEAM, name="", is_external=True)
        raise NotIdentified(code_of(error), is_passing=is_passing(error)) from error
    return slack_user(answer["user"], workspace_id)


def slack_user(user: dict[str, Any], workspace_id: str) -> SlackUser:
    """Slack's user object as the bot keeps it.

    In an organisation (Enterprise Grid) a person's one team is any workspace of it, or not given; the list of their
    workspaces then says whether this one is among them.
    """
    profile = mapping(user.get("profile"))
    is_here = workspace_id in sequence(mapping(user.get("enterprise_user")).get("teams"))
    team = slack_id(user.get("team_id")) or slack_id(profile.get("team"))
    home = team or (workspace_id if is_here else UNKNOWN_TEAM)
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return SlackUser(
        user_id=user["id"],
        home_team_id=home,
        name=next(filter(None, map(text, names)), ""),
        email=text(profile.get("email")),
        time_zone=zone if is_zone(zone := text(user.get("tz"))) else "UTC",
        is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        is_external=not (is_here or home == workspace_id) or bool(user.get("is_stranger")),
        is_bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        is_deleted=bool(user.get("deleted")),
        is_slack_admin=any(user.get(name) for name in ("is_primary_owner", "is_owner", "is_admin")),
    )


def _member(
    session: Session, workspace_id: str, user_id: str, home_team_id: str, *, is_asked: bool
) -> PersonFacts | None:
    """The person as known here; None if Slack has to be asked first: about a stranger, or a missing team or name.

    `is_asked`: Slack was asked, so that what is known is all there is. Raises Outsider for who may not use the bot.
    """
    person = people.find(session, workspace_id, user_id)
    if person is None or not (is_asked or (person.home_team_id and person.name)):
        return None
    if outside := _outside(person, home_team_id, workspace_id):
        raise Outsider(outside)
    return person_facts(person)


def _outside(person: Person, home_team_id: str, workspace_id: str) -> str:
    """The reason against the person: guest, external, deactivated or unknown; empty for a full member."""
    if person.is_deleted:
        return "deactivated"
    if person.is_bot or person.home_team_id == UNKNOWN_TEAM:
        return "unknown"
    # an organisation's id names no workspace: what Slack says of the person decides
    is_named = bool(home_team_id) and not home_team_id.startswith("E")
    if person.is_external or (is_named and home_team_id not in (workspace_id, person.home_team_id)):
        return "external"
    return "guest" if person.is_guest else ""


def workspace_of(context: AsyncBoltContext) -> str:
    """The workspace of the installation, whatever team the payload names."""
    installed = context.authorize_result
    return (installed.team_id if installed else None) or context.team_id or ""


# Privacy of channels: nothing about accounts is posted where people of another company read along.

IN_A_CHANNEL = "Use it in the channel of the review."
SEVERAL_PEOPLE = "mpdm-"
"""The beginning of Slack's name for a direct message of several people; the bot is in none."""
NOT_SHARED = "This channel is shared with another company, so nothing was shared."
UNKNOWN = (
    "Slack did not say whether another company reads here, so nothing was shared. "
    "Invite Cadence here, or try again in a minute."
)
SHARE_IN_A_CHANNEL = "Share it from a channel: type /account or /abm ask there."


def is_direct(request: Request) -> bool:
    """True outside channels: on Home, and in a direct message of two people or of several.

    A direct message of several is known by its name, because its id looks like a channel's.
    """
    # a command names its channel in one field, a click in an object
    channel_name = request.payload.get("channel_name") or mapping(request.payload.get("channel")).get("name")
    return not request.channel_id or request.channel_id.startswith("D") or text(channel_name).startswith(SEVERAL_PEOPLE)


def require_channel(request: Request) -> None:
    """Raise Refused outside channels, on Home or in a direct message, where no review can be."""
    if is_direct(request):
        raise Refused(IN_A_CHANNEL)


async def require_own_channel(request: Request, deps: Deps) -> None:
    """Raise Refused outside channels, and in a channel that another company reads.

    If Slack does not answer, its last answer counts; before a review is posted Slack is asked again.
    """
    require_channel(request)
    is_shared = await _ask_if_shared(request, deps)
    if is_shared is None:
        is_shared = await deps.read(_was_shared, request.workspace_id, request.channel_id)
    if is_shared:
        raise Refused(OWN_CHANNEL)


async def require_no_outsiders(request: Request, deps: Deps) -> None:
    """Raise Refused outside channels, and unless Slack says that no other company reads the channel.

    An earlier answer of Slack does not count here, since the message is posted at once.
    """
    if is_direct(request):
        raise Refused(SHARE_IN_A_CHANNEL)
    is_shared = await _ask_if_shared(request, deps)
    if is_shared is not False:
        raise Refused(NOT_SHARED if is_shared else UNKNOWN)


async def _ask_if_shared(request: Request, deps: Deps) -> bool | None:
    """Whether another company reads the channel, None if Slack does not say now; what it says is stored if new."""
    channel = (request.workspace_id, request.channel_id)
    answer = await deps.ask_channel(*channel)
    if answer is not None and answer.name and not await deps.read(_is_named, *channel, answer):
        await deps.note(note_channel_name, *channel, name=answer.name, is_private=answer.is_private)
    is_shared = answer.is_shared if answer else None
    if is_shared is not None and is_shared != await deps.read(_was_shared, *channel):
        await deps.note(note_sharing, *channel, is_shared=is_shared, now=request.now)
    return is_shared


def _is_named(session: Session, workspace_id: str, channel_id: str, answer: ChannelAnswer) -> bool:
    """True if the channel is stored with the name and the privacy that Slack says."""
    channel = people.find_channel(session, workspace_id, channel_id)
    return channel is not None and (channel.name, channel.is_private) == (answer.name, answer.is_private)


def _was_shared(session: Session, workspace_id: str, channel_id: str) -> bool:
    """True if another company reads the channel by what Slack said last; False for an unknown channel."""
    channel = people.find_channel(session, workspace_id, channel_id)
    return channel is not None and channel.is_shared


# Names instead of ids, wherever a reply has a text in which Slack shows no mentions.

ReplyT = TypeVar("ReplyT", bound=Reply)


async def with_plain_names(reply: ReplyT, deps: Deps, workspace_id: str, *, in_channel: str) -> ReplyT:
    """The reply, with names for ids wherever Slack draws no mention; in a Home built later, once it is built."""
    found: dict[str, None] = {}

    def note(text: str) -> str:
        """Keep a text that contains an id, so that its names are looked up; return it unchanged."""
        if has_id(text):
            found[text] = None
        return text

    # the first pass only collects the texts that contain ids
    _with_texts(reply, note)
    if found:
        named = await deps.read(plain_names, workspace_id, found, in_channel=in_channel)
        reply = _with_texts(reply, lambda text: named.get(text, text))
    later = partial(_named_later, deps=deps, workspace_id=workspace_id, in_channel=in_channel)
    if isinstance(reply, WithHome):
        return replace(reply, home=partial(later, reply.home))
    if isinstance(reply, Publish) and reply.rebuild is not None:
        return replace(reply, rebuild=partial(later, reply.rebuild))
    return reply


async def _named_later(
    make: Callable[[], Awaitable[Publish]], *, deps: Deps, workspace_id: str, in_channel: str
) -> Publish:
    """The Home that `make` builds, with names for ids."""
    return await with_plain_names(await make(), deps, workspace_id, in_channel=in_channel)


def _with_texts(reply: Any, replaced: Callable[[str], str]) -> Any:
    """The reply with each text replaced in which Slack draws no mention: labels, titles, fields, plain texts.

    A reply without such texts is returned as it is.
    """
    match reply:
        case Say():
            return replace(reply, page=with_raw(reply.page, replaced))
        case ChangedMessage(message, page):
            drawn = (with_plain_texts(each, replaced) for each in (message.blocks, message.plain))
            return ChangedMessage(Rendered(replaced(message.text), *drawn), with_raw(page, replaced))
        case OpenModal() | NextView():
            return replace(reply, view=with_plain_texts(reply.view, replaced))
        case Publish():
            return replace(
                reply, view=with_plain_texts(reply.view, replaced), plain=with_plain_texts(reply.plain, replaced)
            )
        case FieldErrors(errors):
            return FieldErrors({field: replaced(sentence) for field, sentence in errors.items()})
        case Options(pairs):
            return Options(tuple((replaced(label), value) for label, value in pairs))
        case Close(line=PageChange() as change):
            return replace(reply, line=replace(change, page=with_raw(change.page, replaced)))
        case WithHome(inner):
            return replace(reply, reply=_with_texts(inner, replaced))
    return reply


# A command kept in a button while the person picks the account that was meant.

NAME_HERE = "\u241f"
"""Marks the place of the name that was not found."""


def without_name(text: str, typed: str) -> str:
    """The text with a mark for the name not found and its quotation marks, where `with_name` puts another one."""
    in_quotes = f'"{typed}"'
    return text.replace(in_quotes if in_quotes in text else typed, NAME_HERE, 1)


def with_name(text: str, name: str) -> str:
    """The text of `without_name`, with this account's name in quotes in the mark's place."""
    return text.replace(NAME_HERE, '"' + name.replace('"', "") + '"')


# The handler of each word: a table for each kind of payload.

Handler = Callable[[Request, Deps], Awaitable[Reply]]
"""Answers a request. Raises CadenceError with the sentence of a refusal."""

Notice = Callable[[Incoming, dict[str, Any], str, Deps], Awaitable[None]]
"""Takes in an event that asks nothing: its parts, its payload, the workspace's id, and `Deps`."""

Concern = Callable[[Incoming, dict[str, Any], str, Deps], Awaitable[bool]]
"""Return whether an event of a kind that comes in masses is for the bot: its parts, payload and workspace's id."""

HomeRebuild = Callable[[Request, Deps, HomeMark], Awaitable[Publish]]
"""Builds the person's Home again, in the place of the one with this mark."""

FormInstead = Callable[[Any, View, Words], View]
"""Builds the form that takes the place of a submitted one, from the error that refused it."""


@dataclass(frozen=True, slots=True)
class Routes:
    """The handlers by kind of payload and word.

    The word of a select inside a form may carry a suffix after a slash (`field/account/7`), so that its id is unique.

    Args:
        tables: the handlers of each kind of payload, by word.
        notices: events that inform and need no answer.
        concerns: for events that are mostly not for the bot, the test whether one is; before anybody is looked up.
        choices: words of selects and boxes that are read when their form is submitted. A change of one needs no work,
            so it is acknowledged without asking who it was.
        forms_instead: the form that replaces one refused with this error.
        home: rebuilds the Home after something was recorded on it or above it.
    """

    tables: Mapping[str, Mapping[str, Handler]]
    notices: Mapping[str, Notice]
    choices: frozenset[str]
    forms_instead: Mapping[type[CadenceError], FormInstead]
    home: HomeRebuild | None = None
    concerns: Mapping[str, Concern] = field(default_factory=dict)

    def find(self, kind: str, word: str) -> Handler | None:
        return self.tables.get(kind, {}).get(self.known(kind, word))

    def known(self, kind: str, word: str) -> str:
        """The word as its table has it, without a suffix; empty when no table has it."""
        table = self.tables.get(kind, {})
        candidates = (each for each in (word, word.split("/", 1)[0]) if each in table or each in self.choices)
        return next(candidates, "")


# Refusals: how one reaches the person, in the form, in the channel, on Home or by letter.

FIELD_ERROR_CHARACTERS = 2_000


def refusal(incoming: Incoming, error: CadenceError, view: View, words: Words, *, routes: Routes) -> Reply:
    """The error's sentence: at a field of the form, in place of a form without fields, else as a message.

    Some errors, such as that of a full tier, have a form that takes the place of the one submitted.
    """
    page = error_page(incoming, error, words)
    if incoming.kind != "form":
        return Say(page)
    if isinstance(error, FieldProblems):
        return FieldErrors(error.fields)
    instead = routes.forms_instead.get(type(error))
    if instead is not None:
        return NextView(instead(error, view, words))
    field = _field_of(error, view)
    return FieldErrors({field: page.title[:FIELD_ERROR_CHARACTERS]}) if field else NextView(message_view(page))


def not_known(incoming: Incoming, words: Words) -> Reply:
    """The answer to a word that no handler has: a sentence where the person waits for one, else nothing."""
    page = sentence_page(words.say("trouble.not_known"))
    if incoming.kind == "form":
        return NextView(message_view(page))
    return Say(page) if incoming.is_waited_for else Nothing()


async def refuse_event(
    incoming: Incoming, event: dict[str, Any], error: CadenceError, deps: Deps, *, workspace_id: str
) -> Reply:
    """Tell somebody whose event was refused: on Home, or once by direct message for a message; nothing for others."""
    page = error_page(incoming, error, deps.words)
    if incoming.word == "app_home_opened":
        return Publish(refused_home(page)) if event.get("tab") == "home" else Nothing()
    if incoming.word not in ("message", "app_mention"):
        return Nothing()
    now, rendered = deps.now(), messages(page)

    def tell(session: Session) -> None:
        """Queue the refusal once: a mention in a direct message comes as two events with one key of the message."""
        if inbox.note_key(session, workspace_id, incoming.message_key or incoming.key, now):
            queue_page_to(session, workspace_id, incoming.user_id, rendered, key=f"refused:{incoming.key}", now=now)

    await deps.note(tell)
    return Nothing()


def error_page(incoming: Incoming, error: CadenceError, words: Words) -> Page:
    """The page of the error: its sentence, and for those below what helps: buttons to choose from, admins to ask."""
    match error:
        case UnknownAccount():
            original = f"{incoming.word} {without_name(incoming.text, error.typed)}"
            return nearest_page(error, words, original=original)
        case Unclear():
            return offers_page(error, words)
        case AmbiguousDate() if incoming.kind == "command":
            return offers_page(_which_day(incoming, error), words)
        case RecordedAlready():
            return recorded_already_page(error, words, command=f"{incoming.word} {incoming.text}")
        case NoAccount():
            return no_account_page(words)
        case NoRoom():
            return no_room_page(error, words)
        case NotAllowed():
            return refused_page(error.permission, error.right, words, admins=error.admins)
        case Outsider():
            return outsider_page(error.kind, words, admins=error.admins)
    return notice(str(error))


def _which_day(incoming: Incoming, error: AmbiguousDate) -> Unclear:
    """The question which day is meant; the command with each is offered if the date is in it as it was read."""
    typed, command = error.typed.strip(), f"{incoming.word} {incoming.text}"
    days = error.dates if typed in command else ()
    return Unclear(str(error), [Offer(f"{on:%a %-d %b %Y}", command.replace(typed, on.isoformat(), 1)) for on in days])


def _field_of(error: CadenceError, view: View) -> str:
    """The field that the error names, or that has the refused owner, else the first; '' in a form without fields."""
    fields = [str(block["block_id"]) for block in inputs_of(view)]
    if isinstance(error, FieldRefused) and error.field in fields:
        return error.field
    if isinstance(error, CannotOwn):
        fields = [name for name, value in values_of(view).items() if value == error.user_id] or fields
    return fields[0] if fields else ""
