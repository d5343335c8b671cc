"""The first lines of an account's agenda: where it stands on the list, and why it is on the agenda."""

from agendas.pages.page import Item, Text
from agendas.pages.words import Words
from agendas.review_facts import AgendaItem
from agendas.rules.days import local_date
from agendas.rules.deals import sum_of
from agendas.rules.stalled import furthest_deal
from agendas.sections import examples
from agendas.subjects.opportunities import Phase

EXAMPLES = examples.EXAMPLES


def section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """Why it is discussed; tier, owner, value; days in its stage and of silence against limits; deals."""
    deals = item.facts.account.opportunities
    said = words.say(
        "agenda.header",
        account=item.facts.account,
        stall=item.placement.stall,
        placement=item.placement,
        zone=item.facts.zone,
        deal=furthest_deal(item.facts.account),
        open=sum_of(deal for deal in deals if deal.is_open),
        won=sum_of(deal for deal in deals if deal.profile.phase is Phase.WON),
        today=local_date(item.facts.now, item.facts.zone),
    )
    return (Text(said),)
