"""The stage that a deal of the CRM implies, with the button by which a person confirms it."""

from datetime import date

from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Item, Line, Text
from agendas.rendering.words import Words
from agendas.rules.deals.proposed_stage import AccountProposal, StageProposal, proposed_stage
from agendas.text.days import local_date


def deal_stage(item: AgendaItem, words: Words, *, can_confirm: bool) -> tuple[Item, ...]:
    """The stage that the account's deals imply, with its button where the reader may confirm; nothing where none does.

    The buttons of a message are for everybody: whoever may not record is refused at the click.
    """
    facts = item.facts
    proposal = proposed_stage(facts.account)
    if proposal is None:
        return ()
    said = words.say("deals.proposed", proposal=proposal, zone=facts.zone, today=local_date(facts.now, facts.zone))
    return (_with_button(said, facts.account.account_id, proposal, words) if can_confirm else Text(said),)


def confirm_line(found: AccountProposal, words: Words, *, zone: str, today: date) -> Line:
    """The proposal of one account among others, by its name, with the button."""
    said = words.say("deals.proposed_of", found=found, zone=zone, today=today)
    return _with_button(said, found.account_id, found.proposal, words)


def _with_button(said: str, account_id: int, proposal: StageProposal, words: Words) -> Line:
    value = f"{account_id} {proposal.stage.value} {proposal.deal.key}"
    return Line(said, labelled(words, "deal.confirm", value))
