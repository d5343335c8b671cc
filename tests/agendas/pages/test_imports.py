from dataclasses import replace

from agendas.facts.deals import Phase
from agendas.facts.events import Profile
from agendas.pages.imports import ImportPreview, PastImport, PreviewRow, done_page, past_page, preview_page, wrong_lines
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from agendas.rules import import_tables
from agendas.rules.access import Colleague, Colleagues
from agendas.rules.import_accounts import KnownAccounts, make_plan, read_accounts
from agendas.rules.import_deals import PlannedDeal, read_deals
from agendas.rules.import_questions import CompanyQuestion, ImportQuestions, NamingQuestion, StageAsked
from tests.agendas.golden import check_messages, check_pages
from tests.agendas.pages.examples import HOSTILE
from tests.builders import ANN, NOW, ZONE, account, ago
from tests.cases import cases

WORDS = Words()
ROWS = (
    PreviewRow(2, "Initech", "create", "domain initech.example, segment Banks"),
    PreviewRow(3, "Hooli", "update", "segment none → Software"),
    PreviewRow(4, "", "skip", "has no name"),
)
COUNTS = {"create": 1, "update": 1, "unchanged": 40, "skip": 1}
ABOUT = "accounts.csv: HubSpot companies, 43 rows, UTF-8, separated by comma. Not used: Notes."
NORMAL = ImportPreview("7 1", "accounts.csv", ABOUT, "Account", COUNTS, ROWS, ImportQuestions())
NAMED_ROWS = tuple(replace(row, verdict="create, name", cells=("1", "Nora", "", "")) for row in ROWS[:2])
NAMED = replace(
    NORMAL,
    columns=("Tier", "Owner", "Marketing partner", "Our executive"),
    rows=NAMED_ROWS,
    named={1: 1, 3: 1},
    questions=ImportQuestions(naming=NamingQuestion(untiered=4, gaps=1)),
)
ASKED = ImportQuestions((StageAsked("Legal Review", 12, None), StageAsked("Contract Sent", 1, Phase.LATE)), True)
COMPANIES = (
    CompanyQuestion("Acme Group (acme.example)", 3, ((7, "Acme"), (8, "Acme UK"))),
    CompanyQuestion("Hooli; Initech", 1, ((9, "Hooli"),)),
)
WRONG = (
    "12 dates in column Close Date could not be read, e.g. 31.02.2026 in line 14: correct them in the file or leave "
    "them empty.",
    "2 rows skipped, e.g. line 5 (Pilot): its company is no account here.",
)
UNSAID = ImportQuestions(unsaid='In the column "Close Date" the date 3/4/2026 can be read both ways.', asks_dates=True)
NOTHING = {"create": 0, "update": 0, "unchanged": 43, "skip": 0}
BAD = PreviewRow(5, HOSTILE, "create", HOSTILE)
DONE = PastImport(5, "new.csv", "accounts", ANN, ago(0.1), {"create": 1_204, "update": 0, "named": 60})
PAST = (
    replace(DONE, is_undoing=True),
    replace(DONE, run_id=4, user_id="", what="history", counts={"create": 0, "update": 1, "named": 0}, left=300),
    replace(DONE, run_id=3, file_name=HOSTILE, undone_at=ago(2), applied_at=ago(9)),
    replace(DONE, run_id=2, undone_at=ago(2), left=40),
    replace(DONE, run_id=1),
)
LONG = replace(
    NORMAL,
    rows=(PreviewRow(999_999, "x" * 250, "unchanged", "y" * 250),) * 20,
    questions=ImportQuestions(tuple(StageAsked("z" * 500, 9, None) for _ in range(60)), True),
)


def test_the_pages_of_an_import_are_as_they_were_read() -> None:
    pages = {
        "a file": preview_page(NORMAL, WORDS),
        "accounts to be named": preview_page(NAMED, WORDS),
        "accounts that wait for a reason": preview_page(
            replace(
                NAMED,
                named={},
                questions=ImportQuestions(naming=NamingQuestion(untiered=1, unreasoned=2)),
                rows=NAMED_ROWS[:1],
            ),
            WORDS,
        ),
        "deals with questions": preview_page(replace(NORMAL, file_name="deals.csv", questions=ASKED), WORDS),
        "companies and types to be told": preview_page(
            replace(NORMAL, wrong=WRONG, questions=ImportQuestions(companies=COMPANIES, untyped=4)), WORDS
        ),
        "dates to be told first": preview_page(replace(NORMAL, counts={}, rows=(), questions=UNSAID), WORDS),
        "nothing to do": preview_page(replace(NORMAL, counts=NOTHING, rows=ROWS[:1]), WORDS),
        "hostile": preview_page(
            replace(NORMAL, file_name=HOSTILE, about=HOSTILE, rows=(BAD,), wrong=(HOSTILE,)), WORDS
        ),
        "hostile company": preview_page(
            replace(NORMAL, questions=ImportQuestions(companies=(CompanyQuestion(HOSTILE, 1, ((7, HOSTILE),)),))), WORDS
        ),
        "done": done_page("Imported as run 3: 1 created.", WORDS, file_name="accounts.csv", lines_left_out=(4, 9)),
        "done, to be undone": done_page("Imported as run 3.", WORDS, file_name="accounts.csv", run_id=3),
        "past": past_page(PAST, WORDS, zone=ZONE, now=NOW, told="new.csv is being undone."),
        "none in the past": past_page((), WORDS, zone=ZONE, now=NOW),
        "refused": done_page(f"The file is {HOSTILE}.", WORDS, file_name=HOSTILE, lines_left_out=range(100)),
    }
    check_pages("pages/imports", pages)


def test_the_longest_preview_fits_into_a_few_messages() -> None:
    companies = tuple(
        CompanyQuestion(f"{number} {'z' * 500}", 9, tuple((each, "n" * 120) for each in range(12)))
        for number in range(60)
    )
    check_messages(
        messages(
            preview_page(
                replace(LONG, wrong=("w" * 400,) * 40, questions=replace(LONG.questions, companies=companies)), WORDS
            )
        )
    )
    parts = messages(preview_page(LONG, WORDS))
    check_messages(parts)
    assert len(parts) <= 3


# The summary of a file: by column and cause, what is not taken as it stands and what to do.

HEADER = "Record ID,Deal Name,Deal Stage,Amount,Deal Type,Close Date,Associated Company\n"


def file_of(*rows: str) -> import_tables.ImportFile[object]:
    return read_deals(import_tables.read_table((HEADER + "\n".join(rows)).encode()), import_tables.ImportOptions(NOW))


def summary(file: import_tables.ImportFile[object], *rows: PlannedDeal) -> list[str]:
    return wrong_lines(file, import_tables.ImportPlan(rows), WORDS)


def test_cells_that_are_not_read_are_counted_by_column_and_cause_with_an_example_and_what_to_do() -> None:
    file = file_of(
        "1,Pilot,Early,12.500,Partner,31.02.2026,Acme",
        "2,Seats,Early,100,Partner,soon,Acme",
        "3,More,Early,,,2026-03-01,Acme",
    )
    assert summary(file) == [
        "1 amount in column Amount could not be read, e.g. 12.500 in line 2: write it as 12500 or 12500.00.",
        "2 values in column Deal Type mean nothing here, e.g. Partner in line 2: left out, correct what matters in the "
        "file.",
        "2 dates in column Close Date could not be read, e.g. 31.02.2026 in line 2: correct them in the file or leave "
        "them empty.",
    ]


def test_dates_of_one_column_in_two_orders_are_said_with_their_lines() -> None:
    rows = [f"{number},Pilot,Early,,,{day},Acme" for number, day in enumerate(["13/4/2026", "4/13/2026", "4/14/26"], 1)]
    [said] = summary(file_of(*rows))
    assert said == (
        "Dates of column Close Date are in two orders: 13/4/2026 and others in line 2 can be read in one order alone, "
        "and are read so. Check the column in the file."
    )


def test_rows_are_skipped_by_cause_with_an_example_and_what_to_do() -> None:
    skipped = [
        PlannedDeal(line, name, import_tables.Verdict.SKIP, "x", cause)
        for line, name, cause in (
            (2, "Pilot", import_tables.SkipCause.NO_ACCOUNT),
            (3, "", import_tables.SkipCause.UNREADABLE),
            (4, "Seats", import_tables.SkipCause.NO_ACCOUNT),
        )
    ]
    assert summary(file_of("3,More,Early,,,2026-03-01,Acme"), *skipped) == [
        "2 rows skipped, e.g. line 2 (Pilot): the company is no account here. Import or nominate it first if it "
        "matters.",
        "1 row skipped, line 3: not readable. Correct it in the file.",
    ]


def test_owners_who_are_nobody_here_are_counted_with_an_example_and_what_to_do() -> None:
    table = import_tables.read_table(
        b"name,domain,owner\nAcme,acme.example,Ann\nInitech,initech.example,Ann Sample\nHooli,,Cleo"
    )
    file = read_accounts(table)
    hooli = account(account_id=1, profile=Profile("Hooli", owner="U1"))
    known = KnownAccounts({1: hooli}, {"hooli": frozenset({1})})
    plan = make_plan(file.rows, known, Colleagues([Colleague("U1", "Ann Sample")]))
    assert wrong_lines(file, plan, WORDS) == [
        "1 row has an owner who is nobody here, e.g. Ann in line 2: no owner is set. Write the e-mail address, the "
        "full name or the @name as in Slack.",
        "1 row has an owner who is nobody here, e.g. Cleo in line 4: its account keeps its owner.",
    ]


@cases("cause", import_tables.CellCause)
def test_every_cause_of_a_cell_has_its_sentence(cause: import_tables.CellCause) -> None:
    file = file_of("3,More,Early,,,2026-03-01,Acme")
    problem = import_tables.CellProblem(2, "Close Date", cause, "<!channel>")
    [said] = summary(import_tables.ImportFile(file.table, file.columns, file.rows, (problem,)))
    assert "Close Date" in said
    assert "<!channel>" in said


@cases("cause", import_tables.SkipCause)
def test_every_cause_of_a_row_has_its_sentence(cause: import_tables.SkipCause) -> None:
    [said] = summary(
        file_of("3,More,Early,,,2026-03-01,Acme"), PlannedDeal(2, "Pilot", import_tables.Verdict.SKIP, "x", cause)
    )
    assert said.startswith(("1 row skipped, line 2 (Pilot): ", "1 row skipped until you say "))
