"""What a handler answers: values that the edge carries out."""

from dataclasses import dataclass
from typing import Any

from agendas.rendering.page import Page

View = dict[str, Any]
"""A modal as Block Kit."""


@dataclass(frozen=True, slots=True)
class Say:
    """A message for the asker alone; `public` shows it to all, `replace` takes the place of what was clicked.

    `claim` is the key in the inbox that makes it be said once; it is given back where Slack certainly did not take it.
    """

    page: Page
    public: bool = False
    replace: bool = False
    claim: str = ""


@dataclass(frozen=True, slots=True)
class OpenModal:
    """A form to open; over another one when the click came from a form."""

    view: View


@dataclass(frozen=True, slots=True)
class NextView:
    """Another form in the place of this one."""

    view: View


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """Sentences beside the fields of a form, by block id; the form stays open."""

    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Options:
    """What a select may offer: (label, value) pairs, at most 100."""

    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Publish:
    """The person's Home."""

    view: View


@dataclass(frozen=True, slots=True)
class Close:
    """The form is done; `all_views` closes those beneath it too."""

    all_views: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing to show: the outbox says it, or there is nothing to say."""


Reply = Say | OpenModal | NextView | FieldErrors | Options | Publish | Close | Nothing
