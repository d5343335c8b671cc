from dataclasses import replace

from agendas.facts.deals import Phase
from agendas.pages.imports import ImportPreview, PastImport, PreviewRow, done_page, past_page, preview_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from agendas.rules.import_questions import CompanyQuestion, ImportQuestions, NamingQuestion, StageAsked
from tests.agendas.golden import check_golden, check_messages, drawn
from tests.agendas.pages.reviews.sections.examples import HOSTILE
from tests.builders import ANN, NOW, ZONE, ago

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
    for page in pages.values():
        check_messages(messages(page))
    check_golden("pages/imports", "\n".join(drawn(kind, page) for kind, page in pages.items()))


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
