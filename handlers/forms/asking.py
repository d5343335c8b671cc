"""Questions about the words of a command: buttons that run it again, or its form filled in with what was typed."""

from collections.abc import Sequence
from dataclasses import replace

from agendas.pages.accounts.asked import Question, question_page, read_entered
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import Page
from agendas.rules.access.nearest_people import nearest_people
from agendas.rules.access.rights import Deed
from agendas.rules.commands.unclear import CHOSEN, Choice, UnclearPart
from agendas.rules.threads.replies import in_thread, marked, typed_in_thread
from agendas.text.evidence import readable
from agendas.text.word_stream import without_marks
from agendas.verbs.reads.people import list_people
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.edge.resumable_command import NAME_HERE
from handlers.edge.views import Values
from handlers.forms.fields import small
from handlers.forms.form import AccountForm
from handlers.forms.opening import open_form
from handlers.forms.origin import Origin


async def asked(
    request: Request, deps: Deps, account_id: int, error: UnclearPart, *, form: AccountForm, word: str = ""
) -> Reply:
    """The question about an unclear part of the words, with a button for each answer, "Keep as text" and the form.

    `word` is what stands between the account and these words.
    """
    choices = [*error.choices, *await _people(request, deps, error)]
    question = replace(
        question_about(request, account_id, str(error), word=word),
        choices=tuple((choice.label, choice.rest) for choice in choices),
        as_text=error.as_text,
        form=form.frame.callback_id,
        entered={name: value for name, value in error.entered.items() if value},
    )
    page = question_page(question, deps.words)
    return await answered(request, deps, question, page, form=form)


def question_about(request: Request, account_id: int, sentence: str, *, word: str = "") -> Question:
    """A question about the request's command, without its answers yet; `word` as in `asked`."""
    command, text = request.incoming.word, request.text
    typed, said = f"{command} {text}", request.said
    if said is not None:
        typed = typed_in_thread(command, text.partition(marked(said.ts, said.thread_ts))[2].strip())
        sentence, word = in_thread(sentence), f"{marked(said.ts, said.thread_ts)} {word}"
    typed = without_marks(readable(CHOSEN.sub("", typed)))
    return Question(account_id, f"{command} {NAME_HERE} {word}".rstrip(), sentence, typed)


async def answered(request: Request, deps: Deps, question: Question, page: Page | None, *, form: AccountForm) -> Reply:
    """The page; where the words are too long for its buttons, the form with them in it and the question above."""
    if page is not None:
        return Say(page)
    opened = await _filled(request, deps, form, question.account_id, entered=dict(question.entered))
    return OpenModal(opened.view | {"blocks": [small(escape(question.sentence)), *opened.view["blocks"]]})


async def fill_in(request: Request, deps: Deps, *, form: AccountForm) -> Reply:
    """The form with the values that the button carries."""
    request.require(Deed.RECORD)
    account_id, entered = read_entered(request.value)
    return await _filled(request, deps, form, account_id, entered=entered)


async def _filled(request: Request, deps: Deps, form: AccountForm, account_id: int, *, entered: Values) -> OpenModal:
    origin = Origin(account_id=account_id, channel_id=request.channel_id, text=entered.get("text", ""))
    return await open_form(request, deps, form, origin, prefilled=entered)


async def _people(request: Request, deps: Deps, error: UnclearPart) -> Sequence[Choice]:
    """The people whose names are nearest to one that nobody has."""
    unknown = error.person
    if unknown is None:
        return ()
    everybody = await deps.read(list_people, request.workspace_id, now=request.now)
    near = nearest_people(unknown.typed, everybody)
    return [Choice(f"@{each.name}", f"{unknown.before}<@{each.user_id}>{unknown.after}") for each in near]
