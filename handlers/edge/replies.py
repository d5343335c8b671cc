"""Replies: the values that handlers return and the edge carries out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from agendas.rendering.blockkit import Rendered
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Line, Page, Text

View = dict[str, Any]
"""A modal as Block Kit."""


@dataclass(frozen=True, slots=True)
class Say:
    """A message for the asker alone; `public` shows it to all, `replace` replaces the one clicked on.

    `claim` is the inbox key by which it is posted once; it is given back if Slack certainly did not take it.
    """

    page: Page
    public: bool = False
    replace: bool = False
    claim: str = ""


@dataclass(frozen=True, slots=True)
class ChangedMessage:
    """The message clicked on, changed in place, and a page for the person alone below it."""

    message: Rendered
    page: Page


@dataclass(frozen=True, slots=True)
class OpenModal:
    """A form to open; over another one when the click came from a form."""

    view: View


@dataclass(frozen=True, slots=True)
class NextView:
    """A form that replaces the one submitted or clicked in.

    `is_guarded` forms replace only the version that was clicked in: a later change of it is kept.
    """

    view: View
    is_guarded: bool = True


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """Sentences at the fields of a form, by block id; the form stays open."""

    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of a select: (label, value) pairs, at most 100."""

    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Publish:
    """The person's Home; `plain` is the view without newer blocks, None where it has none.

    `hash` is that of the Home it takes the place of, empty where that does not matter; `rebuild` makes the reply again
    where another one was published meanwhile.
    """

    view: View
    plain: View | None = None
    hash: str = ""
    rebuild: Callable[[], Awaitable["Publish"]] | None = None


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line to change in a posted message: `new` takes the line's current mrkdwn and returns the new one.

    `block_id` is the block with the line's buttons, whose value is one of `about`: a message that was drawn again
    meanwhile has another line there, which stays. `place` is the thread of the message, empty for none.
    """

    channel_id: str
    message_ts: str
    place: str
    block_id: str
    about: tuple[str, ...]
    new: Callable[[Mrkdwn], Line | Text]


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page that replaces a message which one person sees, by the response URL of a click on it."""

    response_url: str
    page: Page


@dataclass(frozen=True, slots=True)
class WithHome:
    """A reply to something done on Home or above it, and the Home as it is after that."""

    reply: "Reply"
    home: Callable[[], Awaitable[Publish]]


@dataclass(frozen=True, slots=True)
class Close:
    """The form is done; `all_views` closes those beneath it too. `line` changes then, where it was opened from one."""

    all_views: bool = False
    line: LineChange | PageChange | None = None


@dataclass(frozen=True, slots=True)
class RunCommand:
    """Another command to run instead of this request, as if the person had typed `word` and `text`.

    `key` is shared by all buttons of one question: one of them records something, once, and the receipt replaces the
    question. `is_repeat`: the person knows that the same was recorded a short while ago.
    """

    word: str
    text: str
    key: str = ""
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing to show: the outbox says it, or there is nothing to say."""


Reply = (
    Say
    | ChangedMessage
    | WithHome
    | OpenModal
    | NextView
    | FieldErrors
    | Options
    | Publish
    | Close
    | RunCommand
    | Nothing
)
