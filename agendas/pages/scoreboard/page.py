"""The scoreboard on one page: its accounts in a table that sorts, the program's measures, and charts of reviews."""

from collections.abc import Iterator

from agendas.facts.program.reports import ReportKind
from agendas.facts.reviews.review import Bucket
from agendas.pages.admin.report_buttons import file_buttons
from agendas.pages.measures.page import behind_menu
from agendas.pages.scoreboard.figures import chart_items, figure_lines
from agendas.pages.scoreboard.table import HEADER, table_rows
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import Buttons, Heading, Item, Note, Page, Rows, SortableTable, Text
from agendas.rendering.words import Words
from agendas.rules.measures.behind import counted
from agendas.rules.measures.periods import month_said
from agendas.rules.scoreboard.board import Scoreboard
from agendas.rules.scoreboard.measured import Measured, figures_told, measured
from agendas.rules.scoreboard.rows import scoreboard_row
from agendas.text.limits import shortened

ROWS = 200
"""Accounts of one message at most: Slack's table takes no more rows."""

PAGE_ROWS = 20
"""Rows of the table that are seen at once."""

FILTER_CHARACTERS = 80
"""Of a filter in the heading, which holds 150 characters; a longer one stands whole below it."""


def scoreboard_page(board: Scoreboard, words: Words, *, start: int = 0, whole: bool = False) -> Page:
    """The scoreboard after the first `start` accounts; what is told of the whole program only stands with the first.

    With `whole` every account is on it and nothing can be clicked: for files.
    """
    first = start if start < len(board.accounts) else 0
    found = measured(board.program)
    items: list[Item] = [*_heading(board, found, words)]
    if not board.program.accounts:
        items += _nothing(board, words)
        return Page(_title(board, found, words), tuple(items), key="scoreboard")
    items += _table(board, words, first, whole=whole) if board.accounts else [Text(words.say("scoreboard.none_fits"))]
    if not first:
        items += _measures(board, found, words)
    items += () if whole else _foot(board, found, words, is_first=not first)
    return Page(_title(board, found, words), tuple(items), key="scoreboard")


def _filter(board: Scoreboard, words: Words) -> str:
    """The filter as people say it, raw; empty for none."""
    return words.raw("scoreboard.filter", wanted=board.wanted, names=board.names, plays=board.plays).strip()


def _heading(board: Scoreboard, found: Measured, words: Words) -> Iterator[Item]:
    said, period = _filter(board, words), board.program.period
    brief = shortened(said, FILTER_CHARACTERS)
    count, total = len(board.accounts), len(board.program.accounts)
    month, paused = month_said(period), found.paused
    yield Heading(words.raw("scoreboard.heading", month=month, wanted=brief, count=count, total=total, paused=paused))
    if brief != said:
        yield Text(escape(said))


def _title(board: Scoreboard, found: Measured, words: Words) -> str:
    return words.raw(
        "scoreboard.title",
        month=month_said(board.program.period),
        wanted=_filter(board, words),
        count=len(board.accounts),
        buckets={bucket.value: found.buckets.get(bucket, 0) for bucket in Bucket},
    )


def _nothing(board: Scoreboard, words: Words) -> Iterator[Item]:
    since = board.program.history_since
    if since is not None and since > board.program.period.last:
        yield Text(words.say("scoreboard.before_history", since=since))
    else:
        yield Text(words.say("scoreboard.empty"))
    yield Buttons((labelled(words, "abm.list"),))


def _table(board: Scoreboard, words: Words, first: int, *, whole: bool) -> Iterator[Item]:
    """The table of the accounts after the first ones, and one more than fit so that it has its button for more."""
    program, total = board.program, len(board.accounts)
    shown = board.accounts[first:] if whole else board.accounts[first : first + ROWS + 1]
    rows = [scoreboard_row(each, program) for each in shown]
    today = program.period.last
    yield SortableTable(
        words.raw("scoreboard.caption", month=month_said(program.period), count=total),
        HEADER,
        table_rows(rows, words, people=program.people, today=today),
        PAGE_ROWS,
        None if whole else labelled(words, "scoreboard.more", board.words),
        before=first,
        total=total,
    )


def _measures(board: Scoreboard, found: Measured, words: Words) -> Iterator[Item]:
    program = board.program
    if found.named:
        label = words.say("scoreboard.program_label", is_filtered=not board.wanted.is_empty)
        yield Rows((label, *figure_lines(found, words)))
        yield from chart_items(program, words)
    else:
        yield Text(words.say("scoreboard.all_paused", count=found.paused))
    if program.history_since is not None and program.history_since >= program.period.first:
        yield Note(words.say("scoreboard.since", on=program.history_since))
    if not program.period.is_running:
        later = sum(len(each.recorded_later) for each in program.accounts)
        yield Note(words.say("scoreboard.as_of", on=program.period.last, later=later))


def _foot(board: Scoreboard, found: Measured, words: Words, *, is_first: bool) -> Iterator[Item]:
    """All measures and the accounts behind a number; the page without its filter, and as a file."""
    if is_first:
        label = words.raw("scoreboard.behind_label")
        yield from behind_menu(label, counted(found.results, figures_told(found)), board.month, words)
    whole = () if board.wanted.is_empty else (labelled(words, "scoreboard.all", board.month),)
    files = file_buttons(words, ReportKind.SCOREBOARD, board.month)
    yield Buttons((labelled(words, "measures.all", board.month), *whole), files)
