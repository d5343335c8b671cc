"""Meetings of executives: by words, by the form, and the button that opens it."""

from sqlmodel import Session

from agendas.errors import FieldProblems, NotAMember
from agendas.facts.people import Author
from agendas.rules.access.rights import Deed
from agendas.rules.commands.unclear import UnclearPart
from agendas.rules.executive.met_words import MeetingTold, read_meeting
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates.meetings import record_meeting
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import Request
from handlers.executive import met_form
from handlers.forms.asking import asked
from handlers.forms.form import AccountForm
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin
from handlers.forms.submitting import submit


async def words(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """A meeting by words; the form when there are none."""
    request.require(Deed.RECORD)
    if not rest.strip():
        return await _open(request, deps, account_id)
    try:
        return await _record(request, deps, account_id, read_meeting(rest, request.today))
    except UnclearPart as error:
        return await asked(request, deps, account_id, error, form=MET, word="met")


async def _record(request: Request, deps: Deps, account_id: int, told: MeetingTold) -> Reply:
    """Record the meeting. Raises UnclearPart for a day to come, and for somebody of ours who is no full member."""
    on = told.on.isoformat() if told.on else ""
    entered = {"ours": told.ours, "theirs": told.theirs, "on": on, "text": told.text}
    try:
        recorded = await deps.write(request, record_meeting, request.author, account_id, told)
    except FieldProblems as wrong:
        raise UnclearPart(" ".join(wrong.fields.values()), entered=entered | {"on": ""}) from None
    except NotAMember as error:
        raise UnclearPart(str(error), entered=entered | {"ours": ""}) from None
    return Say(confirmation(request, deps, recorded))


async def add(request: Request, deps: Deps) -> Reply:
    """The form for a meeting."""
    request.require(Deed.RECORD)
    return await _open(request, deps, request.number)


async def given(request: Request, deps: Deps) -> Reply:
    """Record the meeting entered."""
    request.require(Deed.RECORD)
    told = met_form.read(request.view)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        try:
            return [record_meeting(session, author, origin.account_id, told)]
        except NotAMember as error:
            raise FieldProblems({"ours": str(error)}) from None

    return await submit(request, deps, verb)


async def _open(request: Request, deps: Deps, account_id: int) -> Reply:
    origin = Origin(account_id=account_id, channel_id=request.channel_id, place=request.place)
    return await open_form(request, deps, MET, origin)


MET = AccountForm(met_form.FRAME, given, met_form.build)
