"""Submitting a form: what it names has to be there, then what is entered is recorded."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated
from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.verbs.drafts.keep import forget_draft
from agendas.verbs.letters.queue import confirm
from agendas.verbs.reads.accounts import get_account
from agendas.verbs.reads.reviews.facts import account_of_item
from agendas.verbs.record.record import Recorded
from handlers.edge.deps import Deps
from handlers.edge.payloads.values import mapping, sequence, text
from handlers.edge.replies import Close, Reply, View
from handlers.edge.request import OTHER_VERSION, Request
from handlers.edge.routes import Handler
from handlers.edge.views import chosen, inputs_of
from handlers.forms.drafts import draft_name
from handlers.forms.field_parsers import NOT_OFFERED
from handlers.forms.origin import Origin, origin_of

Verb = Callable[[Session, Author, Origin], Sequence[Recorded]]

CHOICES = ("static_select", "radio_buttons", "multi_static_select", "checkboxes")
"""Elements whose choices stand in the form itself."""


def whole(submitted: Handler) -> Handler:
    """The handler of a form that comes as it was opened, about an account and a review that are there.

    Slack sends nothing else; but a form may have been opened by another version, or what it is about be gone by now.

    Raises:
        FieldProblems: for a choice that its field does not offer.
        Outdated: for a field that the form does not have, and an account or account of a review that is not there.
    """

    async def checked(request: Request, deps: Deps) -> Reply:
        _require_offered(request.view)
        origin = origin_of(request.view)
        if origin.account_id:
            await deps.read(_require_there, request.workspace_id, origin)
        return await submitted(request, deps)

    return checked


def _require_offered(view: View) -> None:
    fields = {text(block.get("block_id")): mapping(block.get("element")) for block in inputs_of(view)}
    problems = {}
    for name, entered in mapping(mapping(view.get("state")).get("values")).items():
        if name not in fields:
            raise Outdated(OTHER_VERSION)
        if fields[name].get("type") in CHOICES:
            values = {each for element in mapping(entered).values() for each in chosen(element).split(",") if each}
            if not values <= set(_values_of(fields[name])):
                problems[name] = NOT_OFFERED
    if problems:
        raise FieldProblems(problems)


def _values_of(field: View) -> Iterator[str]:
    for group in (field, *sequence(field.get("option_groups"))):
        yield from (text(mapping(option).get("value")) for option in sequence(mapping(group).get("options")))


def _require_there(session: Session, workspace_id: str, origin: Origin) -> None:
    get_account(session, workspace_id, origin.account_id)
    if origin.item_id and account_of_item(session, workspace_id, origin.item_id) != origin.account_id:
        raise Outdated(OTHER_VERSION)


def require_about(origin: Origin, recorded: Sequence[Recorded]) -> None:
    """Raise Outdated where all that was recorded is about another account than the form."""
    if origin.account_id and all(each.event.account_id != origin.account_id for each in recorded):
        raise Outdated(OTHER_VERSION)


async def submit(request: Request, deps: Deps, verb: Verb) -> Reply:
    """Run the verb, forget the draft and queue the confirmation, in one transaction."""
    origin = origin_of(request.view)
    author = author_of(request, origin)
    name = draft_name(request.incoming.word, origin.account_id)

    def record_all(session: Session) -> None:
        recorded = verb(session, author, origin)
        require_about(origin, recorded)
        forget_draft(session, author, name)
        confirm(session, author, recorded, channel_id=origin.channel_id, place=origin.place)

    await deps.write(request, record_all)
    return Close(all_views=True)


def author_of(request: Request, origin: Origin) -> Author:
    """The person as author, with the source that the form was opened from where it names one."""
    return replace(request.author, source=Source(origin.source)) if origin.source else request.author
