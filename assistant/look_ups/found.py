"""Findings of a query: the page of the answer, and the accounts and events that it shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from agendas.rendering.page import Page
from assistant.context import QuestionContext
from assistant.query import Form, Query


@dataclass(frozen=True, slots=True)
class Found:
    """The answer's page, and what follow-ups can stand on.

    `listed` are ids of the accounts that the page names, in its order; `items` those of the events that it shows.
    `owner` is the user id of the owner of the one account asked about, '' without one; None where nobody looked.
    """

    page: Page
    listed: tuple[int, ...] = ()
    items: tuple[int, ...] = ()
    owner: str | None = None


LookUp = Callable[[QuestionContext, Query], Found]

Forms = Mapping[Form, LookUp]
"""The look-ups of one subject, by the form of the answer; each subject's module has one, called FORMS."""
