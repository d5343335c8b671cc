"""The line that names what an account lacks."""

from dataclasses import replace

from agendas.facts.account import ListStatus
from agendas.facts.narrative import Justification
from agendas.pages import sections
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from tests.agendas.pages.reviews.sections.examples import EXAMPLES
from tests.plain import plain

WORDS = Words()


def test_nothing_is_said_of_what_is_missing_when_nothing_is_and_each_gap_is_named() -> None:
    normal = EXAMPLES["normal"]
    complete = replace(normal, facts=replace(normal.facts, missing_updates_from=()))
    assert sections.missing_section(complete, WORDS) == ()
    account = replace(
        normal.facts.account, actions=(), stage_has_evidence=False, justification=Justification(), tier=None
    )
    account = replace(account, profile=replace(account.profile, owner=None))
    lacking = replace(normal, facts=replace(normal.facts, account=account))
    assert plain(Page("t", sections.missing_section(lacking, WORDS))) == (
        "Missing: a next action, evidence for engaged, an owner, the reason it is on the list, a tier, "
        "an update from <@U0CAT1>"
    )


def test_why_now_and_the_motion_are_missing_in_tiers_1_and_2_only_and_of_no_account_that_left() -> None:
    normal = EXAMPLES["normal"]
    account = replace(normal.facts.account, justification=Justification("400 seats"))

    def said(**values: object) -> str:
        facts = replace(normal.facts, account=replace(account, **values), missing_updates_from=())
        return plain(Page("t", sections.missing_section(replace(normal, facts=facts), WORDS)))

    assert said(tier=1) == said(tier=2) == "Missing: why now, the motion that will move it"
    assert said(tier=1, justification=Justification("400 seats", "In April")) == "Missing: the motion that will move it"
    assert said(tier=3) == said(tier=1, list_status=ListStatus.PAUSED) == ""
