import re
from dataclasses import replace
from datetime import timedelta

from agendas.facts.account import ListStatus, Movement, NextAction, Stage
from agendas.facts.narrative import Justification
from agendas.facts.plays import PlayEnd, PlayRun
from agendas.facts.reviews import MovementAnswer, MovementReason
from agendas.pages import sections
from agendas.pages.accounts import SECTIONS, details_page
from agendas.pages.agenda import agenda_page
from agendas.pages.sections import actions_section, movement_section
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Page
from agendas.rendering.words import Words
from tests.agendas.golden import check_golden, check_messages, check_pages
from tests.agendas.pages.examples import EXAMPLES
from tests.builders import NOW, account, agenda_facts, agenda_item, ago
from tests.cases import cases
from tests.plain import plain

WORDS = Words()

ANY = MovementReason.SAME_STAGE
"""A reason, where the sentence does not depend on it."""


@cases("section", SECTIONS, ids=lambda section: section.__name__)
def test_a_section_says_what_its_golden_file_says(section) -> None:
    name = section.__name__.removesuffix("_section")
    pages = {kind: Page(name, section(item, WORDS), key=name) for kind, item in EXAMPLES.items()}
    check_pages(f"sections/{name}", pages)


@cases("kind", EXAMPLES)
def test_a_whole_agenda_is_within_the_limits_and_names_nobody_it_should_not(kind: str) -> None:
    parts = messages(agenda_page(EXAMPLES[kind], WORDS, is_open=True))
    check_messages(parts)
    assert not any(
        text["text"].count("<!") or text["text"].count("<https://evil")
        for part in parts
        for block in part.blocks
        for text in (block.get("text"), *block.get("elements", ()))
        if text and text["type"] == "mrkdwn"
    )
    assert not any("<!" in part.text for part in parts)
    [part] = parts
    actions = next(block["elements"] for block in reversed(part.blocks) if block["type"] == "actions")
    buttons, menu = actions[:-1], actions[-1]["options"]
    number = str(EXAMPLES[kind].review_item_id)
    assert [button["value"] for button in buttons] == [number] * 3
    assert [option["value"].split()[1] for option in menu] == [number] * 5


def test_an_agenda_says_what_its_golden_file_says() -> None:
    pages = {
        "open": agenda_page(EXAMPLES["normal"], WORDS, is_open=True),
        "closed": agenda_page(EXAMPLES["normal"], WORDS, is_open=False),
        "empty": agenda_page(EXAMPLES["empty"], WORDS, is_open=True),
        "too long": agenda_page(EXAMPLES["too long"], WORDS, is_open=True),
        "details": details_page(EXAMPLES["normal"], WORDS, can_act=True),
    }
    check_pages("pages/agenda", pages)
    del pages["too long"]
    check_golden("pages/agenda_plain", "\n".join(f"=== {kind}\n{plain(page)}\n" for kind, page in pages.items()))


def moved(answer: MovementAnswer, *, events=()) -> str:
    normal = EXAMPLES["normal"]
    facts = replace(normal.facts, events=events)
    item = replace(normal, facts=facts, placement=replace(normal.placement, movement=answer), no_change_reported_by=())
    return plain(Page("t", movement_section(item, WORDS)))


@cases(
    ("answer", "said"),
    [
        (MovementAnswer(Movement.UNCHANGED, Stage.AWARE, Stage.AWARE, ANY), "Nothing moved."),
        (MovementAnswer(Movement.ADVANCED, Stage.AWARE, Stage.MQA, ANY), "Aware → MQA, with evidence."),
        (
            MovementAnswer(Movement.ADVANCED_UNVERIFIED, Stage.AWARE, Stage.MQA, ANY),
            "Aware → MQA: claimed, no evidence.",
        ),
        (MovementAnswer(Movement.REGRESSED, Stage.MQA, Stage.AWARE, ANY), "MQA → aware: moved back."),
        (MovementAnswer(Movement.LEFT_LIST, Stage.MQA, Stage.MQA, ANY), "Left the list."),
        (MovementAnswer(Movement.LEFT_LIST, Stage.MQA, Stage.MQA, MovementReason.PAUSED), "Paused."),
        (
            MovementAnswer(Movement.UNCHANGED, Stage.CUSTOMER, Stage.CUSTOMER, ANY, frozenset({"expanded"})),
            "No change of stage. The customer expanded.",
        ),
        (
            MovementAnswer(
                Movement.UNCHANGED,
                Stage.AWARE,
                Stage.AWARE,
                ANY,
                frozenset({"momentum", "blocker_resolved", "bounced"}),
            ),
            "No change of stage. A blocker was resolved. It went up and came back.",
        ),
        (MovementAnswer(Movement.UNCHANGED, Stage.AWARE, Stage.AWARE, MovementReason.NEWS), "No change of stage."),
        (
            MovementAnswer(Movement.UNCHANGED, Stage.AWARE, Stage.AWARE, ANY, frozenset({"corrected"})),
            "Nothing moved. An earlier step does not count any more.",
        ),
    ],
)
def test_movement_is_said_plainly(answer: MovementAnswer, said: str) -> None:
    assert moved(answer).startswith(f"Movement since the review of Mon 16 Nov\n{said}")


@cases(
    "flag",
    [
        *("expanded", "blocker_resolved", "role_engaged", "bounced", "skipped_stage", "reclassified", "corrected"),
        "recorded_late",
    ],
)
def test_every_flag_of_movement_has_words(flag: str) -> None:
    assert WORDS.say("agenda.flag", name=flag).endswith(".")


@cases(
    "code",
    [
        *("regressed", "blocker_needs_executive", "blocker_old", "ask_overdue", "stalled_twice", "far_over_aged"),
        *("far_over_quiet", "action_overdue", "no_evidence", "stalled_aged", "stalled_quiet"),
    ],
)
def test_every_reason_has_words_of_its_own(code: str) -> None:
    assert WORDS.say("agenda.reason", code=code, number=3, limit=2) != code.replace("_", " ")


def test_of_the_steps_of_a_play_the_next_one_and_late_ones_are_next_actions_on_the_agenda() -> None:
    run = PlayRun(5, "pilot", "Pilot", "They signed", NOW.date() + timedelta(days=30), ago(9), "U0ANN1", steps=4)
    steps = tuple(
        NextAction(number, f"Step {number}", "U0ANN1", NOW.date() + timedelta(days=days), ago(9), play_id=5)
        for number, days in ((1, -3), (2, 4), (3, 9), (4, 12))
    )
    item = agenda_item(agenda_facts(account=account(plays=(run,), actions=steps)))
    assert re.findall(r"Step \d", section_said(actions_section, item)) == ["Step 1"]
    item = agenda_item(agenda_facts(account=account(plays=(run,), actions=steps[1:])))
    assert re.findall(r"Step \d", section_said(actions_section, item)) == ["Step 2"]
    ended = replace(run, end=PlayEnd.STOPPED)
    item = agenda_item(agenda_facts(account=account(plays=(ended,), actions=steps)))
    assert re.findall(r"Step \d", section_said(actions_section, item)) == ["Step 1", "Step 2", "Step 3", "Step 4"]


def section_said(section, item) -> str:
    return plain(Page("", section(item, WORDS), key="section")).strip()


# The line that names what an account lacks.
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
