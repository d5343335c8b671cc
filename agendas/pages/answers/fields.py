"""Answers about fields of accounts: the fact first, in one line, then since when, who said so and why."""

from collections.abc import Mapping
from enum import StrEnum

from agendas.facts.answers import FieldFact
from agendas.facts.reviews.review import AgendaItem
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.words import Words
from agendas.rules.deals.stalled import furthest_deal
from agendas.text.days import local_date


class Telling(StrEnum):
    """Ways to tell a fact, each with its sentence: whole, without its author, or beginning with what was asked for."""

    FACT = "fact"
    BRIEF = "brief"
    WHEN = "when"
    WHO = "who"
    WHY = "why"


def value_said(item: AgendaItem, fact: FieldFact, words: Words) -> Mrkdwn:
    """Return the value in words, without its account: `Tier 1`; `no owner recorded` where there is none."""
    if fact.value is None:
        return words.say("fields.missing", field=fact.code)
    account = item.facts.account
    facts: Mapping[str, object] = {
        "account": account,
        "value": fact.value,
        "item": item,
        "deal": furthest_deal(account),
        "zone": item.facts.zone,
        "today": local_date(item.facts.now, item.facts.zone),
    }
    return Mrkdwn(" ".join(words.say(f"fields.{fact.code}", **facts).split("\n")))


def cell_said(item: AgendaItem, fact: FieldFact, words: Words) -> Mrkdwn:
    """Return the value as a cell under its own label: without the words that name the field."""
    said = value_said(item, fact, words)
    zone, today = item.facts.zone, local_date(item.facts.now, item.facts.zone)
    tail = _tail(item, fact, words)
    return words.say("fields.cell", fact=fact, item=item, said=said, tail=tail, zone=zone, today=today)


def fact_line(
    item: AgendaItem, fact: FieldFact, words: Words, telling: Telling = Telling.FACT, *, with_name: bool = True
) -> Mrkdwn:
    """Return a fact of an account as one line, by default one that can be read alone."""
    zone, today = item.facts.zone, local_date(item.facts.now, item.facts.zone)
    said, label = value_said(item, fact, words), label_of(item, words) if with_name else ""
    facts = {"label": label, "fact": fact, "said": said, "tail": _tail(item, fact, words)}
    line = words.say(f"fields.{telling}", **facts, zone=zone, today=today)
    return Mrkdwn(" ".join(line.split("\n")))


def _tail(item: AgendaItem, fact: FieldFact, words: Words) -> Mrkdwn:
    """Return the part of the value that follows the day on which it came about."""
    if fact.value is None:
        return Mrkdwn("")
    account = item.facts.account
    return words.say("fields.tail", account=account, fact=fact, item=item, deal=furthest_deal(account))


def label_of(item: AgendaItem, words: Words) -> Mrkdwn:
    """Return the account's name as the beginning of a line, with its status where it is not named."""
    return Mrkdwn(f"{words.say('fields.name', account=item.facts.account)}: ")


def list_line(
    item: AgendaItem, words: Words, *, fact: FieldFact | None = None, with_tier: bool = True, with_owner: bool = True
) -> Mrkdwn:
    """Return the line of an account in a list: its state, tier, owner, and the fact asked for, else its reasons."""
    said = fact_line(item, fact, words, Telling.BRIEF, with_name=False) if fact else ""
    deal = furthest_deal(item.facts.account)
    return words.say("fields.listed", item=item, deal=deal, said=said, with_tier=with_tier, with_owner=with_owner)
