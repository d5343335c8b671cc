"""The executive review of a month, and meetings of executives."""

from datetime import date
from functools import partial

from sqlmodel import Session

from agendas.errors import FieldProblems, NotAMember, Outdated
from agendas.facts.events import DecisionKind
from agendas.facts.people import Author
from agendas.facts.reviews import Bucket
from agendas.pages.evidence import FILL
from agendas.pages.executive import LISTED, executive_details_page, executive_page
from agendas.rules.access import Permission, may
from agendas.rules.commands import UnclearPart
from agendas.rules.executive import MeetingReport, read_meeting
from agendas.rules.measures import Figure, FigureCode
from agendas.text.limits import NAME_LIMIT_CHARACTERS
from agendas.verbs.measures import executive, note_opened
from agendas.verbs.record import Recorded
from agendas.verbs.updates import AlreadySettled, record_meeting, take_ask
from handlers import fields, forms
from handlers.command_words import confirmation
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import OTHER_VERSION, Request
from handlers.measures import page_behind
from handlers.open_items import shown_after, shown_refused
from handlers.subject import Subject
from handlers.updates import DECISION

# Buttons of the executive page: details, the accounts of a bucket, and asks that are taken or made with one click.


async def show_details(request: Request, deps: Deps) -> Reply:
    """The executive review with all its accounts; that it was read is noted."""
    month = _month(request.value)
    report = await deps.read_long(executive, request.workspace_id, request.value, now=request.now)
    await deps.write(request, note_opened, request.author, month)
    can_act = may(request.person, Permission.RECORD)
    return Say(executive_details_page(report, deps.words, can_act=can_act, reader=request.person.user_id))


async def show_bucket(request: Request, deps: Deps, *, bucket: Bucket) -> Reply:
    """All accounts of a bucket in the month that the button carries."""
    figure = Figure(FigureCode.BUCKET, of=bucket.value)
    return Say(await page_behind(request, deps, request.value, figure))


async def take_asked(request: Request, deps: Deps) -> Reply:
    """Record with one click that the person takes what was asked."""
    request.require(Permission.RECORD)
    try:
        recorded = await deps.write(request, take_ask, request.author, request.number)
    except AlreadySettled as error:
        return await shown_refused(request, deps, error)
    return await shown_after(request, deps, recorded)


async def open_intervention(request: Request, deps: Deps) -> Reply:
    """The form of a decision about an account that is flagged without an ask, with an intervention chosen."""
    request.require(Permission.DECIDE)
    origin = forms.origin_here(request, request.number, place=request.place)
    return await forms.open_form(request, deps, DECISION, origin, prefilled={"decision": DecisionKind.INTERVENE.value})


def _month(written: str) -> date:
    """Return the first day of the month that a button carries. Raises Outdated for anything else."""
    try:
        return date.fromisoformat(f"{written[:7]}-01")
    except ValueError:
        raise Outdated(OTHER_VERSION) from None


# /abm executive: the executive review of a month.


async def executive_review(request: Request, deps: Deps, rest: str) -> Reply:
    """The executive review of the running month, or of the month that the words name."""
    report = await deps.read_long(executive, request.workspace_id, rest, now=request.now)
    return Say(
        executive_page(
            report, deps.words, can_act=may(request.person, Permission.RECORD), reader=request.person.user_id
        )
    )


# The form for a meeting of executives.


class MetForm(fields.DeclaredForm):
    frame = forms.Frame("executive_met", "Executive met", "Record", keeps=("theirs", "text"))

    ours = fields.Person("Who of ours", initial=lambda facts: facts.asker)
    theirs = fields.Text(
        "Whom of theirs",
        most=NAME_LIMIT_CHARACTERS,
        hint="Name and title: Dana Weber, CFO. A name of the buying group is enough.",
    )
    on = fields.Day("On", initial=lambda facts: facts.today.isoformat()).required(forms.NO_DATE)
    text = fields.Text("What came of it", multiline=True, initial=lambda facts: facts.origin.text).required(
        "Say in a sentence what came of it."
    )

    def wrong(self, _request: Request, /) -> dict[str, str]:
        return {} if any(map(str.isalnum, self.theirs)) else {"theirs": "Say whom of theirs they met."}

    async def submitted(self, request: Request, deps: Deps) -> Reply:
        report = MeetingReport(self.theirs, self.text, self.ours, self.on)

        def verb(session: Session, author: Author, account_id: int) -> Recorded:
            try:
                return record_meeting(session, author, account_id, report)
            except NotAMember as error:
                raise FieldProblems({"ours": str(error)}) from None

        return await forms.submit(request, deps, verb)


# Meetings of executives: by words, by the form, and the button that opens it.


async def record_met(request: Request, deps: Deps, account_id: int, rest: str) -> Reply:
    """`/account NAME met …`: record the meeting, or open the form when nothing follows; what is unclear is asked."""
    request.require(Permission.RECORD)
    if not rest.strip():
        return await _open_meeting_form(request, deps, account_id)
    try:
        return await _record_meeting(request, deps, account_id, read_meeting(rest, request.today))
    except UnclearPart as error:
        return await forms.ask_about_part(request, deps, account_id, error, form=MetForm.form, word="met")


async def _record_meeting(request: Request, deps: Deps, account_id: int, report: MeetingReport) -> Reply:
    on = report.on.isoformat() if report.on else ""
    entered = {"ours": report.ours, "theirs": report.theirs, "on": on, "text": report.text}
    try:
        recorded = await deps.write(request, record_meeting, request.author, account_id, report)
    except FieldProblems as wrong:
        raise UnclearPart(" ".join(wrong.fields.values()), entered=entered | {"on": ""}) from None
    except NotAMember as error:
        raise UnclearPart(str(error), entered=entered | {"ours": ""}) from None
    return Say(confirmation(request, deps, recorded))


async def add(request: Request, deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    return await _open_meeting_form(request, deps, request.number)


async def _open_meeting_form(request: Request, deps: Deps, account_id: int) -> Reply:
    origin = forms.origin_here(request, account_id, place=request.place)
    return await forms.open_form(request, deps, MetForm.form, origin)


EXECUTIVE = Subject(
    abm_words={"executive": executive_review},
    account_words={"met": record_met},
    buttons={
        "executive.opened": show_details,
        "executive.take": take_asked,
        "executive.ask": open_intervention,
        "executive.met": add,
        f"{FILL}/{MetForm.frame.callback_id}": partial(forms.fill_in, form=MetForm.form),
        **{f"executive.{bucket}": partial(show_bucket, bucket=bucket) for bucket in LISTED},
    },
    forms=(MetForm.form,),
)
