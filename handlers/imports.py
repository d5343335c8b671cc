"""Imports: a file given, questions about it, and its writing once it is confirmed."""

from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from agendas.errors import FieldProblems, NotUnderstood, Outdated
from agendas.facts.deals import OpportunityType, Phase
from agendas.pages.imports import past_page
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import Page, sentence_page
from agendas.rules.access import Permission
from agendas.rules.import_accounts import NONE
from agendas.rules.import_questions import (
    TEMPLATE_KINDS,
    CompanyQuestion,
    ImportQuestions,
    NamingQuestion,
    template,
    template_name,
)
from agendas.rules.import_tables import DateOrder, Naming, read_crm
from agendas.text.limits import shortened
from agendas.verbs import import_runs, imports
from handlers import forms
from handlers.account_list import further_fields, further_parts
from handlers.edge import incoming
from handlers.edge.deps import Deps, File
from handlers.edge.incoming import Field, Values, mapping, message_view, sequence, slack_id, values_of
from handlers.edge.replies import NextView, OpenModal, Reply, Say, View
from handlers.edge.request import OTHER_VERSION, Request, number_in
from handlers.subject import Subject

# The forms of an import: to give a file, and to answer what its rows leave open.

GIVE = forms.Frame("import_file", "Import a file", "Read it")
ANSWER = forms.Frame("import_answers", "About the file", "Read it again")
REASONS = forms.Frame("naming_reasons", "Tier and reasons", "Show it again")

BY_HEADER = "header"
KINDS = (
    ("What its header says", BY_HEADER),
    ("Accounts", "accounts"),
    ("Contacts and their roles", "contacts"),
    ("Opportunities", "opportunities"),
    ("History of opportunities", "history"),
    ("Signals", "signals"),
)
ENDINGS = ("csv", "tsv", "txt")

ORDERS = (
    ("Day first: 31/12/2026", DateOrder.DAY_FIRST.value),
    ("Month first: 12/31/2026", DateOrder.MONTH_FIRST.value),
)
ANOTHER = "another"
CRMS = (("HubSpot", "hubspot"), ("Salesforce", "salesforce"), ("Another: its name", ANOTHER))
CRM_CHARACTERS = 40
PHASES = tuple((phase.value.capitalize(), phase.value) for phase in Phase)

FURTHER = (
    ("Existing business", OpportunityType.EXISTING_BUSINESS.value),
    ("New business", OpportunityType.NEW_BUSINESS.value),
)
ASKED = 90
"""How many stages and companies one form asks about: below the number of blocks that Slack takes. Others come next."""

LABEL_CHARACTERS = 200
CURRENCY_LETTERS = 3


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as entered; `what` is its kind, empty for as its header says."""

    what: str
    file_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers about a file; `mark` has its number and how often it was shown, `what` the kind of file."""

    mark: tuple[int, int]
    dates: str
    currency: str
    stages: dict[str, Phase]
    companies: dict[str, str]
    further: str
    crm: str = ""
    what: str = ""
    naming: Naming | None = None


def build(origin: forms.Origin, told: str = "") -> View:
    """The form to give a file; `told` is what was just done from it, in mrkdwn."""
    blocks = [
        forms.line(
            "A CSV file of HubSpot, Salesforce or your own. Nothing is written before you have seen what it does."
        ),
        forms.select("what", "What the file holds", KINDS, initial=BY_HEADER),
        forms.file("file", "File", ENDINGS, hint="One file of up to 5 MB."),
        forms.small("Empty files to fill in, with our headers:"),
        forms.buttons("templates", [(word.capitalize(), f"import.template/{word}", word) for word in TEMPLATE_KINDS]),
        *([forms.small(told)] if told else []),
        forms.buttons("past", [("Past imports", "import.past", "")]),
    ]
    return forms.form(GIVE, origin, blocks)


def read(view: dict[str, Any]) -> GivenFile:
    """The file given. Raises FieldProblems where there is none, or it is of no kind that can be read."""
    what = values_of(view).get("what", "")
    entered = mapping(mapping(mapping(view.get("state")).get("values")).get("file"))
    files = [each for element in entered.values() for each in sequence(mapping(element).get("files"))]
    given = mapping(files[0]) if len(files) == 1 else {}
    name, file_id = incoming.text(given.get("name")), slack_id(given.get("id"))
    problems = {} if what in forms.option_values(KINDS) else {"what": forms.NOT_OFFERED}
    if not file_id:
        problems["file"] = "Add the file."
    elif name.rpartition(".")[2].casefold() not in ENDINGS:
        problems["file"] = "Add a CSV file. A workbook has to be saved as CSV UTF-8 first."
    if problems:
        raise FieldProblems(problems)
    return GivenFile("" if what == BY_HEADER else what, file_id, name)


def build_answers(mark: str, file_name: str, asked: ImportQuestions, *, frame: forms.Frame = ANSWER) -> View:
    """The form with the questions about the file, or in the frame REASONS about accounts that were typed."""
    blocks: list[Field] = [forms.small(escape(shortened(file_name, LABEL_CHARACTERS)) or "The file")]
    if asked.asks_dates:
        blocks.append(forms.select("dates", "What comes first in its dates", ORDERS))
    if asked.asks_crm:
        blocks += [
            forms.select("crm", "Which CRM its ids are of", CRMS),
            forms.text("crm_name", "Name of the other CRM", optional=True, most=CRM_CHARACTERS),
        ]
    if asked.kinds:
        kinds = [(label, word) for label, word in KINDS if word in asked.kinds]
        blocks.append(forms.select("what", "What the file holds", kinds))
    if asked.lacks_currency:
        is_needed = bool(asked.unsaid)
        hint = "Three letters, as EUR or USD, for the amounts that name none."
        blocks.append(forms.text("currency", "Currency", optional=not is_needed, hint=hint, most=CURRENCY_LETTERS))
    for number, stage in enumerate(asked.stages[:ASKED]):
        proposed = stage.proposed.value if stage.proposed else ""
        label = f"Phase of {shortened(stage.name, LABEL_CHARACTERS)}"
        blocks.append(forms.select(f"stage/{number}", label, PHASES, initial=proposed, optional=True))
    for number, company in enumerate(_companies(asked)):
        choices = (*((name, str(account_id)) for account_id, name in company.choices), ("None of these", NONE))
        label = f"Account of {shortened(company.label, LABEL_CHARACTERS)}"
        blocks.append(forms.select(f"company/{number}", label, choices, optional=True))
    if asked.untyped:
        hint = "Deals whose type the file does not say, of accounts that have bought before."
        blocks.append(forms.select("further", "Further deals of customers", FURTHER, optional=True, hint=hint))
    if asked.naming is not None:
        blocks += _naming_fields(asked.naming)
    return forms.form(frame, forms.Origin(subject=mark), blocks)


def _naming_fields(asked: NamingQuestion) -> list[Field]:
    """Tier and reasons for the accounts that could be named, where the file says none."""
    given = asked.given
    tier = forms.select(
        "tier",
        "Tier of those that name none",
        forms.TIERS,
        initial=str(given.tier or ""),
        optional=True,
        hint="Left empty, they stay candidates.",
    )
    because = forms.text(
        "because",
        "Why these accounts",
        initial=given.because,
        multiline=True,
        optional=True,
        hint="For each account of which neither the file nor Cadence has a reason.",
    )
    return [*([tier] if asked.untiered or given.tier else []), because, *further_fields(asdict(given))]


def mark_of(view: dict[str, Any]) -> tuple[int, int]:
    """The number of the file that the form is about, and how often it was shown. Raises Outdated for another form."""
    number, _, step = forms.origin_of(view).subject.partition(" ")
    return number_in(number), number_in(step)


def read_answers(view: dict[str, Any], asked: ImportQuestions) -> Answers:
    """The answers entered. Raises FieldProblems for what is no answer, and where a needed one is missing."""
    entered = values_of(view)
    dates, currency = forms.choice_in(entered, "dates", DateOrder), entered.get("currency", "").strip().upper()
    if asked.asks_dates and dates is None:
        raise FieldProblems({"dates": "Say which comes first."})
    if currency and not (len(currency) == CURRENCY_LETTERS and currency.isascii() and currency.isalpha()):
        raise FieldProblems({"currency": "Write the three letters of a currency, as EUR or USD."})
    if asked.lacks_currency and asked.unsaid and not currency:
        raise FieldProblems({"currency": "Say which currency those amounts are in."})
    crm, what = _chosen_crm(entered, asked), _chosen_kind(entered, asked)
    stages: dict[str, Phase] = {}
    for number, stage in enumerate(asked.stages[:ASKED]):
        phase = forms.choice_in(entered, f"stage/{number}", Phase)
        if phase is not None:
            stages[stage.name] = phase
    companies = {
        company.label: said
        for number, company in enumerate(_companies(asked))
        if (said := _company(entered.get(f"company/{number}", ""), company))
    }
    further = forms.choice_in(entered, "further", OpportunityType)
    naming = _naming(entered, asked.naming) if asked.naming else None
    if not (dates or currency or stages or companies or further or crm or what or naming):
        raise Outdated("Nothing was said about the file, so it stays as it was shown.")
    order = dates.value if dates else ""
    return Answers(mark_of(view), order, currency, stages, companies, further or "", crm, what, naming)


def _naming(entered: Values, asked: NamingQuestion) -> Naming | None:
    """Tier and reasons as entered; None where they are as they were."""
    said = Naming(
        tier=forms.number_entered(entered, "tier", most=forms.LAST_TIER),
        because=entered.get("because", "").strip(),
        is_typed=asked.given.is_typed,
        **further_parts(entered),
    )
    return None if said == asked.given else said


def _companies(asked: ImportQuestions) -> tuple[CompanyQuestion, ...]:
    """The companies that the form has room for."""
    return asked.companies[: max(0, ASKED - len(asked.stages))]


def _company(said: str, company: CompanyQuestion) -> str:
    """The account chosen, by its id, NONE for none of them, "" where nothing that was offered was chosen."""
    return said if said in (NONE, *(str(account_id) for account_id, _ in company.choices)) else ""


def _chosen_kind(entered: Values, asked: ImportQuestions) -> str:
    """The kind of file chosen. Raises FieldProblems where it is asked and none is."""
    what = entered.get("what", "")
    if asked.kinds and what not in asked.kinds:
        raise FieldProblems({"what": "Say what the file holds."})
    return what if asked.kinds else ""


def _chosen_crm(entered: Values, asked: ImportQuestions) -> str:
    """The CRM chosen or named. Raises FieldProblems where it is asked and none is."""
    chosen = entered.get("crm", "")
    if not asked.asks_crm:
        return ""
    if chosen not in forms.option_values(CRMS):
        raise FieldProblems({"crm": "Say which CRM it is."})
    if chosen != ANOTHER:
        return chosen
    try:
        name = read_crm(entered.get("crm_name", ""))
    except NotUnderstood as problem:
        raise FieldProblems({"crm_name": str(problem)}) from None
    if not name:
        raise FieldProblems({"crm_name": "Write the name of the CRM."})
    return name


# /abm import, the buttons of its form, and those of a file that was read or imported.

HISTORY = "history"


async def import_file(request: Request, deps: Deps, rest: str) -> Reply:
    """The form to give a file; `/abm import history` shows the past imports."""
    request.require(Permission.ADMINISTER)
    if rest.strip().casefold() == HISTORY:
        return Say(await _past_page(request, deps))
    return OpenModal(build(forms.origin_here(request)))


async def send_template(request: Request, deps: Deps) -> Reply:
    """Send the empty file of a kind to the person; the form stays."""
    request.require(Permission.ADMINISTER)
    if request.value not in TEMPLATE_KINDS:
        raise Outdated(OTHER_VERSION)
    name = template_name(request.value)
    # only recorded as taken: no data changes, and a click delivered twice would send two files
    await deps.write(request, lambda _session: None)
    await deps.send_file(request.workspace_id, request.person.user_id, File(name, template(request.value)))
    told = deps.words.say("imports.template_sent", name=name)
    return (
        NextView(build(forms.origin_of(request.view), told), is_guarded=False)
        if request.view
        else Say(sentence_page(told))
    )


async def show_past(request: Request, deps: Deps) -> Reply:
    """The past imports, above the form or below the message."""
    request.require(Permission.ADMINISTER)
    page = await _past_page(request, deps)
    return OpenModal(message_view(page)) if request.incoming.in_modal else Say(page)


async def undo(request: Request, deps: Deps) -> Reply:
    """Have an import undone in a moment; the outcome is sent then."""
    request.require(Permission.ADMINISTER)
    name = await deps.write(request, imports.ask_undo, request.author, request.number)
    deps.begin_imports()
    told = deps.words.say("imports.undoing", name=name)
    return Say(await _past_page(request, deps, told) if request.incoming.on_page else sentence_page(told))


async def _past_page(request: Request, deps: Deps, told: str = "") -> Page:
    found = await deps.read(imports.past_imports, request.workspace_id)
    return past_page(found, deps.words, zone=request.person.time_zone, now=request.now, told=told)


async def undo_naming(request: Request, deps: Deps) -> Reply:
    request.require(Permission.DECIDE)
    name = await deps.write(request, imports.ask_undo, request.author, request.number, what=import_runs.TYPED)
    deps.begin_imports()
    return Say(sentence_page(deps.words.say("imports.undoing", name=name)))


async def name_typed(request: Request, deps: Deps) -> Reply:
    request.require(Permission.DECIDE)
    number, step = request.two_numbers
    await deps.write(request, import_runs.confirm, request.author, number, step, names_accounts=True)
    deps.begin_imports()
    return Say(sentence_page(deps.words.say("imports.naming_of")), replace=True)


async def reasons_of_typed(request: Request, deps: Deps) -> Reply:
    request.require(Permission.DECIDE)
    number, step = request.two_numbers
    name, asked = await deps.read(import_runs.questions_about, request.author, number, step)
    return OpenModal(build_answers(request.value, name, asked, frame=REASONS))


async def answer(request: Request, deps: Deps) -> Reply:
    request.require(Permission.ADMINISTER)
    number, step = request.two_numbers
    name, asked = await deps.read(import_runs.questions_about, request.author, number, step)
    return OpenModal(build_answers(request.value, name, asked))


async def apply(request: Request, deps: Deps, *, names_accounts: bool = False) -> Reply:
    """Have the file written in a moment, and its accounts named; the message then has no button any more."""
    request.require(Permission.ADMINISTER)
    number, step = request.two_numbers
    name = await deps.write(request, import_runs.confirm, request.author, number, step, names_accounts=names_accounts)
    deps.begin_imports()
    return Say(sentence_page(deps.words.say("imports.applying", name=name)), replace=True)


# Submissions of the forms of an import.


async def file_given(request: Request, deps: Deps) -> Reply:
    """Have the file read in a moment; a preview of its rows is sent then."""
    request.require(Permission.ADMINISTER)
    file = read(request.view)
    row = await deps.write(
        request, import_runs.ask_for, request.author, what=file.what, file_id=file.file_id, file_name=file.name
    )
    deps.begin_imports()
    return NextView(message_view(sentence_page(deps.words.say("imports.taken", name=row.file_name))))


async def questions_answered(request: Request, deps: Deps) -> Reply:
    request.require(Permission.ADMINISTER)
    return await _read_again(request, deps)


async def reasons_given(request: Request, deps: Deps) -> Reply:
    request.require(Permission.DECIDE)
    return await _read_again(request, deps)


async def _read_again(request: Request, deps: Deps) -> Reply:
    mark = mark_of(request.view)
    _, asked = await deps.read(import_runs.questions_about, request.author, *mark)
    answers = read_answers(request.view, asked)
    name = await deps.write(
        request,
        import_runs.answer,
        request.author,
        answers.mark,
        dates=answers.dates,
        currency=answers.currency,
        stages=answers.stages,
        companies=answers.companies,
        further=answers.further,
        crm=answers.crm,
        what=answers.what,
        naming=answers.naming,
    )
    deps.begin_imports()
    return NextView(message_view(sentence_page(deps.words.say("imports.read_again", name=name))))


SUBMITTED_GIVE = forms.Form(GIVE, file_given)
SUBMITTED_ANSWER = forms.Form(ANSWER, questions_answered)
SUBMITTED_REASONS = forms.Form(REASONS, reasons_given)


IMPORTS = Subject(
    abm_words={"import": import_file},
    buttons={
        "import.apply": apply,
        "import.name": partial(apply, names_accounts=True),
        "import.answer": answer,
        "import.reasons": answer,
        "import.template": send_template,
        "import.past": show_past,
        "import.undo": undo,
        "naming.name": name_typed,
        "naming.reasons": reasons_of_typed,
        "naming.undo": undo_naming,
    },
    forms=(SUBMITTED_GIVE, SUBMITTED_ANSWER, SUBMITTED_REASONS),
)
