"""Replies: the values that handlers return and the edge carries out."""

from dataclasses import dataclass
from typing import Any

from agendas.rendering.page import Page

View = dict[str, Any]
"""A modal as Block Kit."""


@dataclass(frozen=True, slots=True)
class Say:
    """A message for the asker alone; `public` shows it to all, `replace` puts it in the place of the one clicked on.

    `claim` is the inbox key that makes it be said once; it is given back where Slack certainly did not take it.
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
    """A form in the place of the one submitted."""

    view: View


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """Sentences beside the fields of a form, by block id; the form stays open."""

    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of a select: (label, value) pairs, at most 100."""

    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Publish:
    """The person's Home; `plain` is the view without newer blocks, None where it has none."""

    view: View
    plain: View | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """The form is done; `all_views` closes those beneath it too."""

    all_views: bool = False


@dataclass(frozen=True, slots=True)
class RunCommand:
    """Another command to run in the place of this request, as if the person had typed `word` and `text`."""

    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing to show: the outbox says it, or there is nothing to say."""


Reply = Say | OpenModal | NextView | FieldErrors | Options | Publish | Close | RunCommand | Nothing
