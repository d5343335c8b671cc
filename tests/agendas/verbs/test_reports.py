from contextlib import nullcontext
from datetime import datetime

import pytest
from sqlmodel import Session

from agendas.errors import NotUnderstood
from agendas.facts.audience import Audience, PrivacySet
from agendas.facts.measures import Period
from agendas.facts.program import ReportKind
from agendas.rendering.mrkdwn import mention
from agendas.rendering.page import Page, Rows
from agendas.rendering.words import Words
from agendas.rules.measures import month_text
from agendas.verbs.privacy import seen_by
from agendas.verbs.record import record
from agendas.verbs.reports import CSV, HTML, REPORTS, Report, report
from storage.database import Store
from tests.agendas.golden import check_golden
from tests.agendas.rendering.test_html import check_harmless
from tests.builders import ANN, EVE, NOW, WORKSPACE
from tests.program import stored_program


# A page of the program as a file: the month, the names, and what its reader may not see.
def page(session: Session, workspace_id: str, period: Period, *, words: Words, now: datetime) -> Page:
    return Page(f"Executive review {month_text(period)}", (Rows((f"Led by {mention(ANN)} & others",)),))


def made(store: Store, month: str) -> Report:
    pages = {ReportKind.EXECUTIVE: page}
    return store.read_now(report, WORKSPACE, ReportKind.EXECUTIVE, month, words=Words(), now=NOW, pages=pages)


def test_a_report_is_of_the_month_named_with_people_by_their_names(store: Store) -> None:
    stored_program(store)
    october = made(store, "2026-10")
    assert october.name(HTML) == "cadence-executive-2026-10.html"
    html = october.content(HTML).decode()
    assert "<title>Executive review October 2026</title>" in html
    assert "Led by @Ann &amp; others" in html
    assert october.content(CSV).decode("utf-8-sig").splitlines() == [
        '"Executive review October 2026"',
        "",
        '"Led by @Ann & others"',
    ]
    assert made(store, "").page.title.startswith("Executive review November 2026")
    assert made(store, "2026-10-15").page.title == "Executive review October 2026 up to 15 Oct"


@pytest.mark.parametrize("month", ["2026-12", "2026-12-01", "2026-13", "2026-02-30", "soon"])
def test_a_month_to_come_or_that_is_none_is_refused_in_one_sentence(store: Store, month: str) -> None:
    stored_program(store)
    with pytest.raises(NotUnderstood):
        made(store, month)


@pytest.mark.parametrize("kind", REPORTS)
def test_a_private_account_is_in_no_file_for_somebody_who_may_not_see_it(store: Store, kind: ReportKind) -> None:
    program = stored_program(store)
    program.did(record, EVE, NOW, program.accounts["globex"], PrivacySet("C0DEAL"))

    def files(session: Session, audience: Audience | None) -> str:
        with seen_by(session, audience, NOW) if audience else nullcontext():
            made = report(session, WORKSPACE, kind, "2026-11", words=Words(), now=NOW)
        return made.content(HTML).decode() + made.content(CSV).decode("utf-8-sig")

    assert "Globex" in store.read_now(files, None)
    assert "Globex" not in store.read_now(files, Audience(WORKSPACE))


# The pages of the program as files, as they were looked at.
@pytest.mark.parametrize("kind", REPORTS)
def test_the_file_looks_like_this_and_loads_nothing(store: Store, kind: ReportKind) -> None:
    stored_program(store)
    made = store.read_now(report, WORKSPACE, kind, "2026-11", words=Words(), now=NOW)
    html = made.content(HTML).decode()
    assert check_harmless(html).text
    check_golden(f"html/{kind}", html, ending="html")
    check_golden(f"html/{kind}", made.content(CSV).decode("utf-8-sig").replace("\r\n", "\n"), ending="csv")
