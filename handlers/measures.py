"""/abm audit: the five operating choices by their checks, and the accounts behind each."""

from agendas.errors import Outdated
from agendas.facts.measures import Check
from agendas.facts.program import ReportKind
from agendas.pages.admin import AS_CSV, AS_HTML
from agendas.pages.audit import AuditView, audit_page, behind_page
from agendas.pages.measures import behind_figure_page, measures_page
from agendas.pages.scoreboard import scoreboard_page
from agendas.rendering.page import Page, sentence_page
from agendas.rules.access import Permission
from agendas.rules.audit import failure_of
from agendas.rules.measures import Figure
from agendas.verbs.measures import behind as measures_behind
from agendas.verbs.measures import figure_of, note_list_reviewed, program_of_month
from agendas.verbs.reports import CSV, HTML, report
from agendas.verbs.scoreboard import scoreboard
from agendas.verbs.trail import note_report
from handlers.edge.access import Handler
from handlers.edge.deps import Deps, File
from handlers.edge.replies import Reply, Say
from handlers.edge.request import OTHER_VERSION, Request, number_in
from handlers.subject import Subject

# Buttons that open a number of the program to the accounts behind it.


async def opened(request: Request, deps: Deps) -> Reply:
    """The first accounts behind the number, of the month that the button carries."""
    month, _, figure = request.value.partition(" ")
    return Say(await page_behind(request, deps, month, figure_of(figure)))


async def more(request: Request, deps: Deps) -> Reply:
    """Further accounts behind the number."""
    month, _, rest = request.value.partition(" ")
    start, _, figure = rest.partition(" ")
    return Say(await page_behind(request, deps, month, figure_of(figure), start=number_in(start)))


async def page_behind(request: Request, deps: Deps, month: str, figure: Figure, *, start: int = 0) -> Page:
    """The accounts behind a figure of a month as a page, after the first `start`."""
    found = await deps.read_long(measures_behind, request.workspace_id, month, figure, now=request.now)
    return behind_figure_page(found, figure, deps.words, start=start)


# /abm measures: the figures of the whole program over a month.


async def measures(request: Request, deps: Deps, rest: str) -> Reply:
    """The measures of the month that is named, or of the running one."""
    found = await deps.read_long(program_of_month, request.workspace_id, rest, now=request.now)
    return Say(measures_page(found, deps.words))


async def all_measures(request: Request, deps: Deps) -> Reply:
    return await measures(request, deps, request.value)


# The buttons that send a page of the program as a file.


def report_sender(ending: str) -> Handler:
    """The handler that sends the page which the button names as a file of this ending, as its presser may see it."""

    async def send(request: Request, deps: Deps) -> Reply:
        request.require(Permission.READ)
        word, _, month = request.value.partition(" ")
        if word not in set(ReportKind):
            raise Outdated(OTHER_VERSION)
        kind = ReportKind(word)
        made = await deps.read_long(report, request.workspace_id, kind, month, words=deps.words, now=request.now)
        file = File(made.name(ending), made.content(ending))
        # noted before it is sent: a click delivered twice would send two files
        await deps.write(request, note_report, request.author, kind, file_name=file.name)
        await deps.send_file(request.workspace_id, request.person.user_id, file)
        return Say(sentence_page(deps.words.say("answers.report_sent", title=made.page.title, name=file.name)))

    return send


# Pages of the audit, and the note that the list was gone through.


async def show_audit(request: Request, deps: Deps, rest: str) -> Reply:
    """The audit of the month that is named, or of the running one."""
    found = await deps.read_long(program_of_month, request.workspace_id, rest, now=request.now)
    return Say(audit_page(AuditView.of(found), deps.words, reader=request.person))


async def show_failing(request: Request, deps: Deps) -> Reply:
    """The accounts that fail the check that was chosen, or the next page of them."""
    month, _, rest = request.value.partition(" ")
    code, _, start = rest.partition(" ")
    if code not in list(Check):
        raise Outdated(OTHER_VERSION)
    found = await deps.read_long(program_of_month, request.workspace_id, month, now=request.now)
    view, check = AuditView.of(found), Check(code)
    failing = {number for each in view.checks if each.check is check for number in each.failing}
    fail = [each for each in found.accounts if each.account_id in failing]
    accounts = [(each.facts.account, failure_of(check, each, found)) for each in fail]
    page = behind_page(view, check, accounts, deps.words, reader=request.person, start=number_in(start or "0"))
    return Say(page)


async def list_reviewed(request: Request, deps: Deps) -> Reply:
    """Record that the whole list was reviewed; needs the right to decide."""
    request.require(Permission.DECIDE)
    is_new = await deps.write(request, note_list_reviewed, request.author, request.today)
    name = "audit.list_reviewed" if is_new else "audit.list_reviewed_already"
    return Say(sentence_page(deps.words.say(name, today=request.today)))


# /abm scoreboard: accounts by need, the program's measures, and charts.


async def show_page(request: Request, deps: Deps, words: str, *, start: int = 0) -> Reply:
    """The scoreboard of the running month, or as the words say."""
    board = await deps.read_long(scoreboard, request.workspace_id, words, asker=request.person.user_id, now=request.now)
    return Say(scoreboard_page(board, deps.words, start=start))


async def page_more(request: Request, deps: Deps) -> Reply:
    """The next accounts; the button carries the filter and then how many to skip."""
    words, _, start = request.value.rpartition(" ")
    return await show_page(request, deps, words, start=number_in(start))


async def show_unfiltered(request: Request, deps: Deps) -> Reply:
    """The scoreboard of the month that the button carries, without a filter."""
    return await show_page(request, deps, request.value)


AUDIT = Subject(
    abm_words={"audit": show_audit},
    buttons={"audit.behind": show_failing, "audit.more": show_failing, "audit.list_reviewed": list_reviewed},
)


# /abm measures: the figures of the program, and the accounts behind one.

MEASURES = Subject(
    abm_words={"measures": measures},
    buttons={"measures.all": all_measures, "measures.behind": opened, "measures.more": more},
)


# Pages of the program as files.

REPORTS = Subject(buttons={AS_HTML: report_sender(HTML), AS_CSV: report_sender(CSV)})


# The scoreboard of a month.

SCOREBOARD = Subject(
    abm_words={"scoreboard": show_page}, buttons={"scoreboard.more": page_more, "scoreboard.all": show_unfiltered}
)
"""The scoreboard, its further accounts, and the page without its filter."""
