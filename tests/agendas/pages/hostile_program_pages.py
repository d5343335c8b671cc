"""The pages of the whole program, of facts that hold a hostile text."""

from dataclasses import replace
from datetime import timedelta

from agendas.facts import measures
from agendas.facts import query as measures_asked
from agendas.facts.account import ListStatus
from agendas.facts.answered_items import AccountFilter, ScoreboardFilter
from agendas.facts.interventions import ExecutiveTouch
from agendas.facts.reviews import AgendaItem, ReviewFacts
from agendas.pages import executive as executive_pages
from agendas.pages.accounts import explained_page
from agendas.pages.audit import AuditView, audit_page, behind_page
from agendas.pages.measured import Part, measured_page, program_page
from agendas.pages.measures import behind_figure_page, measures_page
from agendas.pages.scoreboard import scoreboard_page
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from agendas.rules.audit import failure_of
from agendas.rules.executive import executive_report
from agendas.rules.measures import Figure, FigureCode
from agendas.rules.scoreboard import scoreboard_of
from tests.agendas.pages.examples import NOW, ZONE
from tests.builders import person

WORDS = Words()
PERIOD = measures.Period(NOW - timedelta(days=23), NOW, (NOW - timedelta(days=23)).date(), NOW.date(), ZONE)


def program_pages(review: ReviewFacts, text: str) -> list[Page]:
    """The pages of a program of the review's accounts, with the text wherever somebody may have typed it."""
    accounts = tuple(measures.ProgramAccount(item.facts, item.placement, was_named=True) for item in review.items)
    moves = (measures.ListMove(99, text, ListStatus.NAMED, ListStatus.REMOVED, NOW, "U0ANN1", text, 1),)
    touches = (ExecutiveTouch(1, accounts[0].account_id, PERIOD.last, "U0ANN1", text, text),) * 3 if accounts else ()
    program = measures.Program(
        PERIOD,
        accounts=accounts,
        decisions=review.decisions,
        decided=review.decisions,
        list_moves=moves,
        practice=measures.Practice(touches=touches),
    )
    report = executive_report(program)
    figures = (Figure(FigureCode.NAMED), Figure(FigureCode.PIPELINE_FAILS, of=f"{text}:fit"))
    executive = [
        executive_pages.executive_page(report, WORDS),
        executive_pages.executive_page(report, WORDS, can_act=False),
        executive_pages.executive_details_page(report, WORDS),
        measures_page(program, WORDS),
        program_page(program, WORDS, said=escape(text), notes=(escape(text),)),
        measured_page(
            {each: (Part(program, is_whole=True), Part(program, escape(text))) for each in measures_asked.Measure},
            WORDS,
            whole=program,
            said=escape(text),
            notes=(WORDS.say("scoreboard.split_left_out", parts=(text,)),),
        ),
        executive_pages.executive_review_page(report, review, _outcome(review, text), WORDS),
        executive_pages.executive_before_page(
            report, executive_pages.ExecutiveMeeting("C0EXEC001", NOW, ZONE), WORDS, can_act=True, reader="U1"
        ),
        executive_pages.executive_recap_page(review, PERIOD.first, _outcome(review, text), WORDS),
        *scoreboard_pages(program, text),
        *(behind_figure_page(measures.BehindFigure(each.text, PERIOD, accounts), each, WORDS) for each in figures),
    ]
    return [*executive, *audit_pages(program), *(_explained(item) for item in review.items)]


def scoreboard_pages(program: measures.Program, text: str) -> list[Page]:
    """The scoreboard, with charts of reviews, filtered by what somebody may have typed, and as a file."""
    quality = {currency: measures.PipelineQuality(200, 100, 50, 1) for currency in ("USD", text)}
    points = [
        measures.TrendPoint(NOW.date() - timedelta(days=days), measures.TrendKind.REVIEW, quality=quality)
        for days in range(9)
    ]
    board = scoreboard_of(replace(program, trend=tuple(points), people={"U0ANN1": text}))
    wanted = ScoreboardFilter(AccountFilter(owners=("U0ANN1",), segments=(text[:200],)), ("sample",))
    filtered = replace(board, wanted=wanted, names={"U0ANN1": text}, plays={"sample": text})
    return [
        scoreboard_page(board, WORDS),
        scoreboard_page(board, WORDS, whole=True),
        scoreboard_page(filtered, WORDS),
        scoreboard_page(replace(filtered, accounts=()), WORDS),
    ]


def _outcome(review: ReviewFacts, text: str) -> executive_pages.ExecutiveOutcome:
    return executive_pages.ExecutiveOutcome(
        [(text, decision) for _, decision in review.decisions], [(text, text, "U0ANN1")]
    )


def audit_pages(program: measures.Program) -> list[Page]:
    """The audit, as it stands for everybody, and the accounts behind each check that some fail."""
    view = AuditView.of(replace(program, period=replace(program.period, is_running=True)))
    pages = [audit_page(view, WORDS)]
    for result in view.checks:
        fail = [each for each in program.accounts if each.account_id in result.failing]
        found = [(each.facts.account, failure_of(result.check, each, program)) for each in fail]
        pages += [behind_page(view, result.check, found, WORDS, reader=person())] if fail else []
    return pages


def _explained(item: AgendaItem) -> Page:
    return explained_page(item.facts, item.placement, WORDS)
