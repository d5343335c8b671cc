"""The first lines of an account's agenda: where it stands on the list, and why it is on the agenda."""

from agendas.facts.deals import Phase
from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.page import Item, Text
from agendas.rendering.words import Words
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.deals.summary import sum_of
from agendas.text.days import local_date


def header_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """Why it is discussed; tier, owner, value; days in its stage and of silence against limits; deals."""
    deals = item.facts.account.opportunities
    said = words.say(
        "details.header",
        account=item.facts.account,
        stall=item.placement.stall,
        placement=item.placement,
        zone=item.facts.zone,
        deal=furthest_deal(item.facts.account),
        open=sum_of(deal for deal in deals if deal.is_open),
        won=sum_of(deal for deal in deals if deal.profile.phase is Phase.WON),
        today=local_date(item.facts.now, item.facts.zone),
        tier_before=item.facts.tier_before,
    )
    return (Text(said),)
