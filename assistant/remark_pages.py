"""Answers to remarks: greetings, help, orders, verdicts, other languages, and what means nothing here."""

from collections.abc import Mapping, Sequence

from agendas.pages import answers
from agendas.pages.answers import FormOffer, can_ask_page, form_offers_page, greeting_page
from agendas.rendering.page import Page, sentence_page
from agendas.rules import access
from agendas.text.evidence import without_person
from agendas.verbs import home
from agendas.verbs.find.accounts import QuestionContext
from agendas.verbs.home import waiting_for
from agendas.verbs.loading import settings_of
from assistant.remark import Intent, Remark, RemarkKind
from storage import accounts, workspaces

ASKED_HOW = (
    *("how do i ", "how do we ", "how can i ", "how can we ", "how to ", "how would i ", "how should i "),
    *("where do i ", "where can i ", "how does one "),
)
"""Words that ask how something is done, which is by its form as if it were ordered."""

NEEDS: Mapping[Intent, access.Permission] = {
    Intent.NOMINATE: access.Permission.NOMINATE,
    **dict.fromkeys((Intent.EDIT, Intent.TIER, Intent.PAUSE, Intent.REMOVE), access.Permission.DECIDE),
}
"""The right that a form needs; all others need that of recording."""

WITHOUT_ACCOUNT = (Intent.NOMINATE, Intent.MOVE, Intent.BLOCKER, Intent.NEXT_ACTION, Intent.SIGNAL, Intent.UPDATE)
"""Forms that can be opened before the account is known: they ask for it, or for a new one."""

OUTSIDE = {RemarkKind.VERDICT: "verdict", RemarkKind.LANGUAGE: "language"}
"""Kinds of what Cadence does not do."""

NO_FORM = {Intent.REVIEW: "review", Intent.DECIDE: "decide", Intent.STATE: "state", Intent.OTHER: "other"}
"""Intents that no form does from here, and what is said instead."""


def remark_page(context: QuestionContext, remark: Remark, *, text: str, unread: Sequence[str] = ()) -> Page:
    """Return the answer to what was said. `unread` are the words of it that mean nothing here."""
    if "<@" in text:
        text = without_person(text, workspaces.bot_user_id(context.session, context.workspace_id))
    if remark.kind is RemarkKind.ORDER:
        return _ordered(context, remark, text)
    if outside := remark.outside or OUTSIDE.get(remark.kind, ""):
        return answers.outside_page(context.words, outside, samples=samples(context))
    if remark.kind is RemarkKind.UNREAD:
        named = [name for _, name in _named(context, remark)]
        left = unread or (() if named else (text,))
        return answers.unread_page(context.words, text=text, samples=samples(context), named=named, unread=left)
    if remark.kind is RemarkKind.TERM:
        settings = settings_of(context.session, context.workspace_id)
        return answers.term_page(context.words, remark.term, settings, other=remark.other_term)
    if remark.kind is RemarkKind.HELLO:
        waiting = waiting_for(context.session, context.workspace_id, context.asker, now=context.now)
        return greeting_page(waiting, context.words, zone=context.zone)
    if remark.kind is RemarkKind.THANKS:
        return sentence_page(context.words.say("welcome.thanks"))
    return can_ask_page(context.words, samples(context))


def samples(context: QuestionContext) -> tuple[str, ...]:
    """Return names of accounts for the questions offered: the asker's own first."""
    return home.sample_names(context.session, context.workspace_id, context.asker.user_id)


def _ordered(context: QuestionContext, remark: Remark, text: str) -> Page:
    """Return the line that nothing was done, with the forms that the asker may use."""
    intents = remark.intents
    formed = [intent for intent in intents if intent not in NO_FORM]
    allowed = [intent for intent in formed if access.may(context.asker, NEEDS.get(intent, access.Permission.RECORD))]
    named = _named(context, remark)
    offers = [FormOffer(intent.value, *one) for intent in allowed for one in named if _fits(context, intent, one[0])]
    if len(named) > 1:
        offers = [each for each in offers if each.intent == offers[0].intent]
    elif not named:
        offers = [FormOffer(intent.value) for intent in allowed if intent in WITHOUT_ACCOUNT]
    text = "" if " ".join(text.casefold().split()).startswith(ASKED_HOW) else text
    hint = "right" if formed and not allowed else NO_FORM.get(intents[0], "") if intents else "other"
    return form_offers_page(offers, context.words, text=text, hint=hint)


def _fits(context: QuestionContext, intent: Intent, account_id: int) -> bool:
    """Return whether the form opens for the account: evidence is asked for a claimed stage alone."""
    if intent is not Intent.EVIDENCE:
        return True
    row = accounts.get(context.session, context.workspace_id, account_id)
    return row is not None and not row.stage_has_evidence


def _named(context: QuestionContext, remark: Remark) -> list[tuple[int, str]]:
    """Return (id, name) of the accounts named in it, in their order there."""
    found = {row.row_id: row.name for row in accounts.get_many(context.session, context.workspace_id, remark.of)}
    return [(each, found[each]) for each in remark.of if each in found]
