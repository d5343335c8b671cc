"""Reads of the accounts behind a figure. Nothing here writes."""

from datetime import datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.measures.behind import BehindFigure
from agendas.rules.measures.behind import Figure, accounts_behind
from agendas.verbs.measures.of_month import program_of_month


def behind(session: Session, workspace_id: str, month: str, figure: Figure, *, now: datetime) -> BehindFigure:
    """Return the accounts that this figure of the month counts, as the session shows them.

    Raises NotUnderstood for words that are no month.
    """
    found = program_of_month(session, workspace_id, month, now=now)
    known, ids = {each.account_id: each for each in found.accounts}, accounts_behind(found, figure)
    accounts = tuple(known[number] for number in ids if number in known)
    return BehindFigure(figure.text, found.period, accounts, len(ids) - len(accounts))


def figure_of(text: str) -> Figure:
    """Return the figure that a button carries. Raises Outdated for one of another version."""
    figure = Figure.read(text)
    if figure is None:
        raise Outdated("This number is from another version of Cadence. Ask for the page anew.")
    return figure
