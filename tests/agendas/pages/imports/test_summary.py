"""The summary of a file: by column and cause, what is not taken as it stands and what to do."""

from agendas.facts.events import Profile
from agendas.pages.imports import wrong_lines
from agendas.rendering.words import Words
from agendas.rules.access import Colleague, Colleagues
from agendas.rules.import_accounts import KnownAccounts, make_plan, read_accounts
from agendas.rules.import_deals import PlannedDeal, read_deals
from agendas.rules.import_tables import (
    CellCause,
    CellProblem,
    ImportFile,
    ImportOptions,
    ImportPlan,
    SkipCause,
    Verdict,
    read_table,
)
from tests.builders import NOW, account
from tests.cases import cases

WORDS = Words()
HEADER = "Record ID,Deal Name,Deal Stage,Amount,Deal Type,Close Date,Associated Company\n"


def file_of(*rows: str) -> ImportFile[object]:
    return read_deals(read_table((HEADER + "\n".join(rows)).encode()), ImportOptions(NOW))


def summary(file: ImportFile[object], *rows: PlannedDeal) -> list[str]:
    return wrong_lines(file, ImportPlan(rows), WORDS)


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
        PlannedDeal(line, name, Verdict.SKIP, "x", cause)
        for line, name, cause in (
            (2, "Pilot", SkipCause.NO_ACCOUNT),
            (3, "", SkipCause.UNREADABLE),
            (4, "Seats", SkipCause.NO_ACCOUNT),
        )
    ]
    assert summary(file_of("3,More,Early,,,2026-03-01,Acme"), *skipped) == [
        "2 rows skipped, e.g. line 2 (Pilot): the company is no account here. Import or nominate it first if it "
        "matters.",
        "1 row skipped, line 3: not readable. Correct it in the file.",
    ]


def test_owners_who_are_nobody_here_are_counted_with_an_example_and_what_to_do() -> None:
    table = read_table(b"name,domain,owner\nAcme,acme.example,Ann\nInitech,initech.example,Ann Sample\nHooli,,Cleo")
    file = read_accounts(table)
    hooli = account(account_id=1, profile=Profile("Hooli", owner="U1"))
    known = KnownAccounts({1: hooli}, {"hooli": frozenset({1})})
    plan = make_plan(file.rows, known, Colleagues([Colleague("U1", "Ann Sample")]))
    assert wrong_lines(file, plan, WORDS) == [
        "1 row has an owner who is nobody here, e.g. Ann in line 2: no owner is set. Write the e-mail address, the "
        "full name or the @name as in Slack.",
        "1 row has an owner who is nobody here, e.g. Cleo in line 4: its account keeps its owner.",
    ]


@cases("cause", CellCause)
def test_every_cause_of_a_cell_has_its_sentence(cause: CellCause) -> None:
    file = file_of("3,More,Early,,,2026-03-01,Acme")
    problem = CellProblem(2, "Close Date", cause, "<!channel>")
    [said] = summary(ImportFile(file.table, file.columns, file.rows, (problem,)))
    assert "Close Date" in said
    assert "<!channel>" in said


@cases("cause", SkipCause)
def test_every_cause_of_a_row_has_its_sentence(cause: SkipCause) -> None:
    [said] = summary(file_of("3,More,Early,,,2026-03-01,Acme"), PlannedDeal(2, "Pilot", Verdict.SKIP, "x", cause))
    assert said.startswith(("1 row skipped, line 2 (Pilot): ", "1 row skipped until you say "))
