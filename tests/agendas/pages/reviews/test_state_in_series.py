"""The line about an account in the series of my updates: its state, and the first reason in numbers."""

from agendas.facts.account import Stage
from agendas.rendering.words import Words
from agendas.rules.deals import furthest_deal
from tests.builders import account, agenda_facts, agenda_item, ago


def test_a_stalled_account_says_its_days_in_the_stage_against_their_limit() -> None:
    item = agenda_item(agenda_facts(account=account(stage=Stage.MQA, stage_since=ago(20))))
    said = Words().say("review.standing", item=item, deal=furthest_deal(item.facts.account))
    assert said == ":large_yellow_circle: stalled · MQA 20/14 d"
