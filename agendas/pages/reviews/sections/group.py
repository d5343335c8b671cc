"""Buying group: people missing, quiet or gone, by name, and whether everything hangs on one person."""

from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.page import Item, Rows
from agendas.rendering.words import Words
from agendas.rules.group.coverage import GroupAnswer, RoleState, buying_group
from agendas.rules.group.triggers import departures, newly_engaged
from agendas.text.days import local_date


def group_section(item: AgendaItem, words: Words) -> tuple[Item, ...]:
    """Coverage in numbers, who is newly engaged, each gap, who left a deciding role; nothing once it left the list.

    Where no role is required there is nothing but who left since the last review.
    """
    facts = item.facts
    if facts.account.has_left_list:
        return ()
    group = buying_group(facts.account, facts.settings, today=local_date(facts.now, facts.zone))
    named = {line.role for line in group.of(RoleState.LEFT)}
    gone = tuple((role, person) for role, person in departures(facts) if role not in named)
    if not group.lines and not gone:
        return ()
    is_new = newly_engaged(facts)
    engaged = tuple(line for line in group.of(RoleState.ENGAGED) if line.role in is_new)
    return (Rows(words.lines("group.section", group=group, engaged=engaged, gaps=gaps(group), gone=gone)),)


def gaps(group: GroupAnswer) -> tuple[tuple[str, object], ...]:
    """The lines of each kind of gap that there is: left, missing, quiet."""
    kinds = (RoleState.LEFT, RoleState.MISSING, RoleState.QUIET)
    return tuple((kind.value, lines) for kind in kinds if (lines := group.of(kind)))
