"""Subjects: the tables of one subject, and the routes made of all of them."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields

from agendas.errors import CadenceError
from agendas.rendering.page import Page
from handlers.edge.access import Concern, FormInstead, Handler, HomeRebuild, Notice, Routes
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply
from handlers.edge.request import Request
from handlers.forms import DRAFT, FIELD, Drafts, Form, checked_form

AccountPage = Callable[[Request, Deps, int], Awaitable[Page]]
"""Shows something of the account of this id."""

AccountWord = Callable[[Request, Deps, int, str], Awaitable[Reply]]
"""Does something with the account of this id, by the rest of the words typed."""

Word = Callable[[Request, Deps, str], Awaitable[Reply]]
"""Serves the first word after a command, by the rest of the words typed."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything that can arrive about one subject.

    Args:
        buttons: buttons, and selects in forms that are served while the form is open, by action id.
        shortcuts: shortcuts, by callback id.
        options: selects whose choices we give, by action id.
        events: events that a person causes.
        notices: events that ask nothing.
        concerns: for events that are only sometimes for the bot, the test whether one is.
        account_pages: `/account ACCOUNT word`.
        account_words: `/account ACCOUNT two words`, with more after them.
        abm_words: `/abm word`.
        choices: fields that are read when their form is submitted, in addition to those of the kit.
        forms_instead: the form that replaces one refused with this error.
    """

    commands: Mapping[str, Handler] = field(default_factory=dict)
    buttons: Mapping[str, Handler] = field(default_factory=dict)
    forms: tuple[Form, ...] = ()
    shortcuts: Mapping[str, Handler] = field(default_factory=dict)
    options: Mapping[str, Handler] = field(default_factory=dict)
    events: Mapping[str, Handler] = field(default_factory=dict)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    concerns: Mapping[str, Concern] = field(default_factory=dict)
    account_pages: Mapping[str, AccountPage] = field(default_factory=dict)
    account_words: Mapping[str, AccountWord] = field(default_factory=dict)
    abm_words: Mapping[str, Word] = field(default_factory=dict)
    choices: frozenset[str] = frozenset()
    forms_instead: Mapping[type[CadenceError], FormInstead] = field(default_factory=dict)


def merged(subjects: Iterable[Subject]) -> Subject:
    """One subject with the tables of all of them; where two have a word, the later one counts."""
    every = tuple(subjects)
    tables = {field.name for field in fields(Subject)} - {"forms", "choices"}
    return Subject(
        forms=tuple(form for each in every for form in each.forms),
        choices=frozenset[str]().union(*(each.choices for each in every)),
        **{name: {word: handler for each in every for word, handler in getattr(each, name).items()} for name in tables},
    )


def routes_of(subject: Subject, commands: Mapping[str, Handler], *, home: HomeRebuild | None = None) -> Routes:
    """The tables by kind of payload; `commands` are those that are made of the tables of all subjects."""
    drafts = Drafts({form.frame.callback_id: form.frame.keeps for form in subject.forms})
    forms = {form.frame.callback_id: checked_form(form.submit) for form in subject.forms}
    return Routes(
        tables={
            "command": {**subject.commands, **commands},
            "button": {**subject.buttons, DRAFT: drafts.keep},
            "form": forms,
            "form_closed": dict.fromkeys(forms, drafts.closed),
            "shortcut": subject.shortcuts,
            "options": subject.options,
            "event": subject.events,
        },
        notices=subject.notices,
        choices=subject.choices | {FIELD},
        forms_instead=subject.forms_instead,
        home=home,
        concerns=subject.concerns,
    )
