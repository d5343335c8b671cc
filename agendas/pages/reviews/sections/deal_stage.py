"""The stage that a deal of the CRM implies, with the buttons by which a person confirms or declines it."""

from datetime import date

from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Item, Line, Text
from agendas.rendering.words import Words
from agendas.rules.deals.proposed_stage import AccountProposal, StageProposal, proposed_stage
from agendas.rules.deals.summary import other_close_date
from agendas.text.days import local_date


def deal_stage(item: AgendaItem, words: Words, *, can_confirm: bool) -> tuple[Item, ...]:
    """The stage that the account's deals imply, with its buttons where the reader may confirm; nothing where none does.

    The buttons of a message are for everybody: whoever may not record is refused at the click.
    """
    facts = item.facts
    proposal = proposed_stage(facts.account)
    if proposal is None:
        return ()
    said = words.say(
        "deals.proposed",
        proposal=proposal,
        zone=facts.zone,
        today=local_date(facts.now, facts.zone),
        close_date=other_close_date(proposal.deal, facts.zone),
    )
    return (with_buttons(said, facts.account.account_id, proposal, words) if can_confirm else Text(said),)


def confirm_line(found: AccountProposal, words: Words, *, zone: str, today: date) -> Line:
    """The proposal of one account among others, by its name, with the buttons."""
    close_date = other_close_date(found.proposal.deal, zone)
    said = words.say("deals.proposed_of", found=found, zone=zone, today=today, close_date=close_date)
    return with_buttons(said, found.account_id, found.proposal, words)


def with_buttons(said: str, account_id: int, proposal: StageProposal, words: Words) -> Line:
    """The proposal as it is `said`, with the buttons that confirm and decline it."""
    value = f"{account_id} {proposal.stage.value} {proposal.deal.key}"
    return Line(said, labelled(words, "deal.confirm", value), (labelled(words, "deal.decline", value),))
