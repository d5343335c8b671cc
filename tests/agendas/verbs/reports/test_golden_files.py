"""The pages of the program as files, as they were looked at."""

from agendas.facts.program import ReportKind
from agendas.rendering.words import Words
from agendas.verbs.reports import CSV, HTML, REPORTS, report
from storage.database import Store
from tests.agendas.golden import check_golden
from tests.agendas.rendering.html.test_document import check_harmless
from tests.builders import NOW, WORKSPACE
from tests.cases import cases
from tests.program import stored_program


@cases("kind", REPORTS)
def test_the_file_looks_like_this_and_loads_nothing(store: Store, kind: ReportKind) -> None:
    stored_program(store)
    made = store.read_now(report, WORKSPACE, kind, "2026-11", words=Words(), now=NOW)
    html = made.content(HTML).decode()
    assert check_harmless(html).text
    check_golden(f"html/{kind}", html, ending="html")
    check_golden(f"html/{kind}", made.content(CSV).decode("utf-8-sig").replace("\r\n", "\n"), ending="csv")
