"""Yes or no about accounts, with the fact that says so."""

from collections.abc import Collection, Iterator, Mapping

from agendas.errors import NoAccount
from agendas.facts.answers import FieldFact
from agendas.facts.reviews.review import AgendaItem
from agendas.pages.answers.fields import Telling
from agendas.pages.answers.lines import answer_page
from agendas.rendering.mrkdwn import Mrkdwn
from assistant.context import QuestionContext
from assistant.look_ups.accounts.asked import notes_of, part_said, period_of, reader_of
from assistant.look_ups.accounts.fitting_parts import OF_THE_LIST, fits_part, having_ids, parts_asked, state_code
from assistant.look_ups.accounts.listing import list_found
from assistant.look_ups.accounts.loaded import Loaded, load
from assistant.look_ups.accounts.telling import lines_of, told_page
from assistant.look_ups.accounts.things import code_of, fact_of, role_fact
from assistant.look_ups.found import Found
from assistant.look_ups.scope import fitting
from assistant.query import Field, Query

CODES: Mapping[str, str] = {
    "tiers": "tier",
    "stages": "stage",
    "states": "state",
    "statuses": "status",
    "segments": "segment",
    "owners": "owner",
}


def yes_or_no(context: QuestionContext, query: Query) -> Found:
    """Return whether each account named is so, with the fact; without a name whether any is, and which.

    Raises NoAccount for names of none.
    """
    if not query.of:
        return list_found(context, query, is_asked=True)
    scope = fitting(context, Query(query.subject, query.form, of=query.of))
    loaded = load(context, scope, _codes(query), of=query.of)
    if not loaded.items:
        raise NoAccount
    if not parts_asked(query):
        told = [(item, [fact_of(code, loaded, item) for code in _codes(query)]) for item in loaded.items]
        return told_page(context, query, told, Telling.FACT)
    having = having_ids(context, query, scope.rows)
    lines = [(item, _line(context, query, loaded, item, having=having)) for item in loaded.items]
    page = answer_page("", lines, context.words, reader=reader_of(context), notes=list(notes_of(context, query)))
    return Found(page, tuple(item.facts.account.account_id for item in loaded.items))


def _codes(query: Query) -> list[str]:
    codes = [CODES[name] for name in OF_THE_LIST if getattr(query, name)]
    codes += ["value"] if query.least_cents or query.most_cents else []
    codes += [code_of(each) for each in (*query.having, *query.without)]
    return list(dict.fromkeys(codes)) or [code_of(each) for each in query.fields or (Field.STATE,)]


def _line(
    context: QuestionContext, query: Query, loaded: Loaded, item: AgendaItem, *, having: Mapping[str, Collection[int]]
) -> Mrkdwn:
    """Yes or no and the facts; of a no first the words of the question that are not so."""
    account_id = item.facts.account.account_id
    wrong = [
        name
        for name in parts_asked(query)
        if not (fits_part(query, name, item) if name in OF_THE_LIST else account_id in having[name])
    ]
    facts = list(_facts(query, loaded, item))
    unmet = Mrkdwn(", ".join(part_said(context, query, name) for name in wrong if name in OF_THE_LIST))
    said = lines_of(context, item, facts, Telling.FACT, premise=unmet)
    days = period_of(context, query) if query.having or query.without else ""
    return context.words.say("fields.answered", is_yes=not wrong, said=said, days=days)


def _facts(query: Query, loaded: Loaded, item: AgendaItem) -> Iterator[FieldFact]:
    for code in _codes(query):
        of_role = role_fact(query, item) if code == "roles" else None
        yield of_role or fact_of(state_code(query, item) if code == "state" else code, loaded, item)
