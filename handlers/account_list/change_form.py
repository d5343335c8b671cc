"""The form for a change of the list: a tier where one is needed, and always the reason."""

from typing import Any

from agendas.errors import FieldProblems, Outdated
from agendas.rendering.mrkdwn import escape
from agendas.verbs.list.by_word import ListWord
from handlers.account_list.justification_form import entries, further_fields, further_parts
from handlers.edge.replies import View
from handlers.edge.request import OTHER_VERSION
from handlers.edge.views import Field, values_of
from handlers.forms.field_parsers import number_entered
from handlers.forms.fields import LAST_TIER, TIERS, account_line, select, small, text
from handlers.forms.form import AccountFacts, Frame, form
from handlers.forms.origin import Origin

FRAME = Frame("list_change", "Change the list", "Record", keeps=("because", "why_now", "motion"))
PROBLEM = "problem"
"""The name by which the sentence about a command that could not be read is given to the form."""

LABELS = {
    ListWord.NAME: "Put on the named list",
    ListWord.TIER: "Change the tier",
    ListWord.PAUSE: "Pause",
    ListWord.REMOVE: "Remove from the list",
    ListWord.REJECT: "Reject the candidate",
    ListWord.RESTORE: "Bring back",
}


def build(facts: AccountFacts) -> View:
    """The form for the change that `origin.subject` names."""
    word, draft = word_of(facts.origin), facts.draft
    blocks: list[Field] = [account_line(facts.account)]
    if problem := draft.get(PROBLEM):
        blocks.append(small(escape(problem)))
    if word.needs_tier:
        blocks.append(select("tier", "Tier", TIERS, initial=draft.get("tier", "")))
    blocks.append(text("because", f"{LABELS[word]}: why", initial=draft.get("because", ""), multiline=True))
    if word.needs_tier:
        blocks += further_fields(entries(facts.account.justification) | draft)
    return form(FRAME, facts.origin, blocks)


def word_of(origin: Origin) -> ListWord:
    """The change that the form is about. Raises Outdated for a form of another version."""
    try:
        return ListWord(origin.subject)
    except ValueError:
        raise Outdated(OTHER_VERSION) from None


def read(view: dict[str, Any], word: ListWord) -> tuple[int | None, dict[str, str]]:
    """The tier, where one was asked, and the reason with its further parts. Raises FieldProblems for a missing one."""
    entered = values_of(view)
    problems: dict[str, str] = {}
    tier = number_entered(entered, "tier", most=LAST_TIER) if word.needs_tier else None
    if word.needs_tier and tier is None:
        problems["tier"] = "Choose the tier."
    if not entered.get("because", "").strip():
        problems["because"] = "Give the reason in a sentence: it stays in the history."
    if problems:
        raise FieldProblems(problems)
    return tier, {"because": entered["because"].strip(), **further_parts(entered)}
