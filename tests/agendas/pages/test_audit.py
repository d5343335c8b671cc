from dataclasses import replace
from datetime import date

from agendas.facts import measures
from agendas.facts.account import AccountState, ListStatus
from agendas.facts.people import Function, Right
from agendas.pages.audit import OF_ACCOUNT, OF_PROGRAM, AuditView, audit_page, behind_page
from agendas.rendering.blockkit import messages
from agendas.rendering.words import Words
from agendas.rules.audit import Because, failure_of
from tests.agendas.golden import check_pages
from tests.agendas.pages.examples import HOSTILE
from tests.agendas.rules.audit_programs import NOVEMBER, numbered, of, program, review
from tests.agendas.rules.test_audit_of_teams import due, narrative, run
from tests.builders import BOB, DAN, EVE, ago, person, profile

WORDS = Words()
EDITOR = person(EVE, right=Right.EDITOR)


def mixed_program() -> measures.Program:
    """Eleven accounts: some narratives and actions, a play that brought nothing, four reviews, no product."""
    states = [
        numbered(1, narrative=narrative(9), actions=(due(2),), plays=(run(40),), last_buyer_touch_at=None),
        numbered(2, profile=profile(HOSTILE, marketing_partner=BOB), actions=(due(-4),)),
        *(numbered(number, tier=2, actions=(due(1),) if number < 9 else ()) for number in range(3, 11)),
        numbered(11, tier=3),
    ]
    reviews = tuple(review(number, 7 * number, was_held=number != 2) for number in range(1, 5))
    habits = measures.Practice(
        writers={1: frozenset({Function.MARKETING}), 3: frozenset({Function.SALES})},
        marks=(measures.ProgramMark(measures.Mark.PAGE_OPENED, DAN, date(2026, 10, 1), ago(12), Function.EXECUTIVE),),
        tiers_decided=((3, ago(20)),),
    )
    trend = (
        measures.TrendPoint(date(2026, 9, 30), measures.TrendKind.MONTH, audit={"list": "weak", "sales": "weak"}),
        measures.TrendPoint(date(2026, 10, 26), measures.TrendKind.REVIEW, audit={"list": "strong"}),
        measures.TrendPoint(date(2026, 10, 31), measures.TrendKind.MONTH, audit={"list": "weak", "sales": "mixed"}),
    )
    accounts = [of(state, tiers_of_plays={"reference_call": (1, 2)}) for state in states]
    return program(*accounts, reviews=reviews, practice=habits, trend=trend)


def view(given: measures.Program) -> AuditView:
    return AuditView.of(given)


def past(given: measures.Program) -> measures.Program:
    return replace(given, period=replace(NOVEMBER, is_running=False, last=date(2026, 11, 30)))


def failing(given: measures.Program, check: measures.Check) -> list[tuple[AccountState, Because | None]]:
    ids = next(each.failing for each in view(given).checks if each.check is check)
    fail = [each for each in given.accounts if each.account_id in ids]
    return [(each.facts.account, failure_of(check, each, given)) for each in fail]


def test_the_audits_pages_are_as_they_were_read() -> None:
    mixed, young = mixed_program(), replace(mixed_program(), history_since=date(2026, 11, 10))
    paused = program(*(numbered(number, list_status=ListStatus.PAUSED) for number in (1, 2)))
    pages = {
        "as it stands, for an editor": audit_page(view(mixed), WORDS, reader=EDITOR),
        "of a past month": audit_page(view(past(mixed)), WORDS, reader=EDITOR),
        "a program of two weeks": audit_page(view(young), WORDS, reader=person(right=Right.OBSERVER)),
        "one account": audit_page(view(program(numbered(1))), WORDS),
        "all paused": audit_page(view(paused), WORDS),
        "no account": audit_page(view(program(history_since=None)), WORDS),
        "before the first entry": audit_page(view(program(history_since=date(2026, 12, 3))), WORDS),
        "accounts behind a check": behind_page(
            view(mixed), measures.Check.JUSTIFIED, failing(mixed, measures.Check.JUSTIFIED), WORDS, reader=EDITOR
        ),
        "of a check that is not judged": behind_page(view(mixed), measures.Check.FIRST_TOUCH, (), WORDS, reader=EDITOR),
    }
    check_pages("pages/audit", pages)


def test_who_may_only_read_is_offered_no_form_and_a_past_month_offers_none_to_anybody() -> None:
    given = mixed_program()
    actions = {
        who: {element["action_id"] for part in messages(page) for block in part.blocks for element in _elements(block)}
        for who, page in (
            ("editor", audit_page(view(given), WORDS, reader=EDITOR)),
            ("observer", audit_page(view(given), WORDS, reader=person(right=Right.OBSERVER))),
            ("past", audit_page(view(past(given)), WORDS, reader=EDITOR)),
        )
    }
    assert {"narrative.write", "fit.score", "account.next", "audit.behind"} <= actions["editor"]
    assert actions["observer"] & {"narrative.write", "fit.score", "account.next", "list.justify"} == set()
    assert actions["past"] == {"audit.behind", "report.html", "report.csv"}


def _elements(block: dict) -> list[dict]:
    return (
        [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])]
        if (block["type"] != "context")
        else []
    )


def test_every_code_has_its_sentence() -> None:
    for row in measures.Row:
        assert WORDS.say("audit.row_name", row=row)
    for verdict in measures.Verdict:
        assert WORDS.say("audit.verdict", verdict=verdict)
    for check in measures.Check:
        assert WORDS.say("audit.check_name", check=check)
    for reason in measures.Unjudged:
        assert WORDS.say("audit.why_open", code=reason)
    for line in measures.PracticeLine:
        assert WORDS.say("audit.practice_name", line=line)
    assert WORDS.say("audit.missing_briefly", foundations=tuple(measures.Foundation))
    for foundation in measures.Foundation:
        found = type("Found", (), {"foundation": foundation})
        assert WORDS.say("audit.foundation", result=found, names=["Narratives"])


def test_every_next_thing_has_its_sentence_and_its_way_but_for_what_people_agree_on() -> None:
    for step in measures.Step:
        thing = type("Thing", (), {"step": step, "account_name": "Acme", "function": Function.PRODUCT})
        assert WORDS.say("audit.next", thing=thing)
    assert set(measures.Step) - set(OF_ACCOUNT) - set(OF_PROGRAM) == {
        measures.Step.BRING_MARKETING,
        measures.Step.KEEP_DATES,
        measures.Step.REACT_SOONER,
    }
