"""The pages of the whole program, of facts that hold a hostile text."""

from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import ListStatus
from agendas.facts.measures.behind import BehindFigure
from agendas.facts.measures.program import ListMove, Period, Program, ProgramAccount
from agendas.facts.review import AgendaItem, ReviewFacts
from agendas.pages.accounts.why.explained import explained_page
from agendas.pages.audit.audit import AuditView, audit_page
from agendas.pages.audit.behind import behind_page
from agendas.pages.executive.page import executive_details_page, executive_page
from agendas.pages.measures.behind import behind_figure_page
from agendas.pages.measures.page import measures_page
from agendas.pages.reviews.sections.examples import NOW, ZONE
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.audit.because import because
from agendas.rules.executive.report import executive_report
from agendas.rules.measures.behind import Figure, FigureCode
from tests.builders import person

WORDS = Words()
PERIOD = Period(NOW - timedelta(days=23), NOW, (NOW - timedelta(days=23)).date(), NOW.date(), ZONE)


def program_pages(review: ReviewFacts, text: str) -> list[Page]:
    """The pages of a program of the review's accounts, with the text wherever somebody may have typed it."""
    accounts = tuple(ProgramAccount(item.facts, item.placement, was_named=True) for item in review.items)
    moves = (ListMove(99, text, ListStatus.NAMED, ListStatus.REMOVED, NOW, "U0ANN1", text, 1),)
    program = Program(PERIOD, accounts=accounts, decisions=review.decisions, decided=review.decisions, list_moves=moves)
    report = executive_report(program)
    figures = (Figure(FigureCode.NAMED), Figure(FigureCode.PIPELINE_FAILS, of=f"{text}:fit"))
    executive = [
        executive_page(report, WORDS),
        executive_page(report, WORDS, can_act=False),
        executive_details_page(report, WORDS),
        measures_page(program, WORDS),
        *(behind_figure_page(BehindFigure(each.text, PERIOD, accounts), each, WORDS) for each in figures),
    ]
    return [*executive, *audit_pages(program), *(_explained(item) for item in review.items)]


def audit_pages(program: Program) -> list[Page]:
    """The audit, as it stands for everybody, and the accounts behind each check that some fail."""
    view = AuditView.of(replace(program, period=replace(program.period, is_running=True)))
    pages = [audit_page(view, WORDS)]
    for result in view.checks:
        fail = [each for each in program.accounts if each.account_id in result.failing]
        found = [(each.facts.account, because(result.check, each, program)) for each in fail]
        pages += [behind_page(view, result.check, found, WORDS, reader=person())] if fail else []
    return pages


def _explained(item: AgendaItem) -> Page:
    return explained_page(item.facts, item.placement, WORDS)
