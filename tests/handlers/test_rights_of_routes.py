"""Rights of every route there is: a new one without rights fails here."""

from dataclasses import replace
from typing import Any

import pytest

import handlers
from agendas.facts.people import Right
from agendas.pages.command_help import HelpPart
from agendas.pages.executive import LISTED
from agendas.rules.access import Permission
from agendas.rules.commands import CHANGES, EDIT
from agendas.verbs import people
from handlers import reviews
from tests.builders import ANN, BOB, EVE, NOW, WORKSPACE
from tests.handlers.acts import FORM_OF, Acts, Route, every_route
from tests.handlers.local_bot import DEE, ELI, GUS, OBI, VIC, LocalBot, answers_after, last_letter, local_bot
from tests.program import Program
from tests.rows import everything_in

ASK_EVE = f"<@{EVE}>"

OUTSIDERS = {
    GUS: f"Guests cannot use Cadence here. {ASK_EVE} can tell you more.",
    ELI: f"People of other companies cannot use Cadence here. {ASK_EVE} can tell you more.",
    DEE: ASK_EVE,
    "U0NOBODY1": ASK_EVE,
}

SILENT = {"form_closed", "options"}
"""Where nobody waits for a sentence."""

READ = {
    *(("command", word) for word in ("/abm", "/account", "/review")),
    *(("button", f"account.{word}") for word in ("actions", "details", "explain", "history", "history_more", "terms")),
    *(("button", f"account.{word}") for word in ("list", "list_more", "open", "page", "pick")),
    *(("button", f"abm.{word}") for word in ("list", "list_more", "people", "people_more", "versions_more", "help")),
    *(("button", f"menu.{word}") for word in ("review", "versions", "plays", "settings", "executive")),
    *(("button", f"menu.{word}") for word in ("scoreboard", "measures", "audit")),
    *(("button", f"{page}.{word}") for page in ("audit", "measures") for word in ("behind", "more")),
    *(("button", word) for word in ("measures.all", "scoreboard.all", "scoreboard.more")),
    *(("button", word) for word in ("command.run", "agenda.details", "preferences.open", "calendar.mine")),
    *(("button", f"executive.{word}") for word in ("opened", *(str(each) for each in LISTED))),
    ("form", "preferences"),
    *(
        ("button", word)
        for word in (
            "group.more",
            "signals.more",
            "narrative.read",
            "plays.more",
            "ask.pick",
            "ask.read",
            "wording.send",
            "answer.feedback",
        )
    ),
    *(("button", f"recap.{word}") for word in ("actions", "blockers", "details", "text", "csv", "print")),
    *(("button", f"report.{ending}") for ending in ("html", "csv")),
    *(("button", f"{word}.{which}") for word in ("actions", "waiting") for which in ("mine", "more")),
    *(("button", f"past.{word}") for word in ("open", "before", "after", "more", "back", "account", "older")),
    *(("button", word) for word in ("home.show", "home.more", "review.visit")),
    *(("button", f"help.{word}") for word in ("command", *HelpPart)),
    ("button", "settings.show"),
    ("shortcut", "ask_cadence"),
    *(("event", word) for word in ("message", "app_mention", "app_home_opened", "member_joined_channel")),
    ("event", "agent_session_stopped"),
    *(("button", f"first.{word}") for word in ("about", "mine", "owe", "stalled", "changed", "blocked")),
    ("options", "accounts.like"),
    *(("options", f"schedule.{word}") for word in ("zone", "holidays", "segments", "accounts")),
}
"""Open to everybody who may use the bot at all."""

OF_OPEN_FORMS = {
    *(("button", word) for word in FORM_OF),
    *((kind, word) for kind, word in every_route() if kind == "form_closed"),
}
"""Acts inside a form that is open already: they keep what the person typed, and change nothing else."""

ALSO_VIEWERS = {
    *(("form", word) for word in ("nominate", "fit", "correction", "away")),
    *(("button", f"away.{word}") for word in ("add", "correct", "change", "back", "remove")),
    *(("button", f"fit.{word}") for word in ("open", "score", "stop")),
    *(("button", word) for word in ("undo", "corrections.choose", "menu.nominate", "told.nominate")),
}

ALSO_EDITORS_NOT = {
    *(("button", f"{word}.edit") for word in ("people", "settings")),
    *(("button", f"menu.{word}") for word in ("import", "export", "signals")),
    *(("button", word) for word in ("setup.leave_out", "signals.secret")),
    *(("button", f"import.{word}") for word in ("apply", "name", "answer", "reasons", "template", "past", "undo")),
    *(("button", f"mail.{word}") for word in ("add", "code", "remove", "again")),
    ("button", "hand_over.undo"),
    *(("form", word) for word in ("hand_over", "hand_over_sure")),
    *(("form", word) for word in ("person", "settings", "import_file", "import_answers", "mail_address", "mail_code")),
}


def changed(program: Program) -> dict[str, list[dict[str, Any]]]:
    """Every row that says something, but those of requests, answers, reading, files taken, and people's own choices."""
    rows = everything_in(program.store)
    rows["audit_entry"] = [row for row in rows["audit_entry"] if not row["subject"].startswith("report:")]
    return {
        name: rows[name]
        for name in rows
        if name not in ("received", "letter", "draft", "conversation", "person", "preference", "mark", "wording")
    }


async def said_to(at: LocalBot, program: Program, acts: Acts, route: Route) -> str:
    """Everything that anybody is shown after this act, with a mention where a form's plain text has a name."""
    before = last_letter(program.store)
    answer = await at.takes(replace(acts, number=at.number()).of(route))
    assert answer.status == 200, route
    said = f"{answer.body} {at.slack.told()} {answers_after(program.store, before)}"
    return said.replace("@Eve ", f"{ASK_EVE} ")


def is_silent(route: Route) -> bool:
    return route[0] in SILENT or route[1] in FORM_OF or route[1] in ("member_joined_channel", "agent_session_stopped")


@pytest.mark.parametrize("one_in", [8, pytest.param(1, marks=pytest.mark.proof)])
@pytest.mark.parametrize("outsider", OUTSIDERS)
async def test_every_route_is_closed_to_who_may_not_use_the_bot(program: Program, acts: Acts, outsider, one_in):
    """In `make test` every second route to one of them, in turn."""
    before = changed(program)
    home = "T0ELSEWHERE" if outsider == ELI else WORKSPACE
    theirs = replace(acts, actor=outsider, home_team_id=home)
    async with local_bot(program.store) as at:
        for route in every_route()[2 * list(OUTSIDERS).index(outsider) % one_in :: one_in]:
            said = await said_to(at, program, theirs, route)
            assert is_silent(route) or OUTSIDERS[outsider] in said, (route, said)
            assert "Acme" not in said.replace(acts.values["account.pick"], ""), (route, said)
            assert "views.open" not in said, (route, said)
    assert changed(program) == before


async def test_the_team_a_payload_names_does_not_let_anybody_in(program: Program, acts: Acts) -> None:
    """Somebody of another company, known here as a member by mistake of an older version, is refused by the payload."""
    async with local_bot(program.store) as at:
        theirs = replace(acts, actor=ANN, home_team_id="T0ELSEWHERE")
        for kind, word in every_route()[::12]:
            if kind != "command":
                said = await said_to(at, program, theirs, (kind, word))
                assert is_silent((kind, word)) or "People of other companies cannot" in said, (kind, word)


@pytest.mark.parametrize("one_in", [4, pytest.param(1, marks=pytest.mark.proof)])
@pytest.mark.parametrize("person", [OBI, VIC])
async def test_every_route_that_is_not_for_reading_is_closed_to_observers_and_viewers(program, acts, person, one_in):
    """In `make test` every second route to one of them, in turn."""
    right = Right.OBSERVER if person == OBI else Right.VIEWER
    program.did(people.give, EVE, NOW, person, function=None, right=right)
    before = changed(program)
    theirs = replace(acts, actor=person)
    open_to_them = READ | OF_OPEN_FORMS | (ALSO_VIEWERS if person == VIC else set())
    async with local_bot(program.store) as at:
        for route in every_route()[2 * [OBI, VIC].index(person) % one_in :: one_in]:
            if route in ALSO_VIEWERS and person == VIC:
                continue
            said = await said_to(at, program, theirs, route)
            refused = f"{_of(right)}. Ask {ASK_EVE} to change it."
            assert (refused in said) is (route not in open_to_them), (route, said)
    assert changed(program) == before


async def test_every_route_that_gives_rights_or_changes_settings_is_closed_to_editors(program: Program, acts: Acts):
    before = changed(program)
    async with local_bot(program.store) as at:
        for route in ALSO_EDITORS_NOT:
            said = await said_to(at, program, replace(acts, actor=BOB), route)
            assert "You cannot give rights, change settings, import, export or set up signals:" in said, (route, said)
    assert changed(program) == before


TYPED = {
    **{f"/review {word}": None if word in ("history", "ledger") else Permission.DECIDE for word in reviews.WORDS},
    **{
        f"/account {each}": Permission.DECIDE
        for word in (EDIT, *CHANGES)
        for each in (word, f"{word} acme", f"acme {word}")
    },
    **{f"/account acme {word} <@U0BOB0001>": Permission.DECIDE for word in ("owner", "partner", "executive")},
    "/account name acme, globex tier 2 because they grow": Permission.DECIDE,
    **dict.fromkeys(("/account nominate acme", "/account Umbrella nominate"), Permission.NOMINATE),
    "/account list": None,
    **{f"/abm {word}": None for word in handlers.EVERYTHING.abm_words},
    "/abm health": Permission.INSPECT,
    "/abm trail": Permission.AUDIT,
    "/abm signals": Permission.ADMINISTER,
    "/abm export": Permission.ADMINISTER,
    "/abm mail": Permission.ADMINISTER,
    "/abm questions": Permission.ADMINISTER,
    "/abm import": Permission.ADMINISTER,
    "/account acme signals": None,
    "/abm people <@U0BOB0001> sales editor": Permission.ADMINISTER,
    "/abm move acme x": Permission.RECORD,
    **dict.fromkeys(("/abm away fri", "/abm away back"), Permission.NOMINATE),
    **dict.fromkeys(("/abm away everyone fri", "/abm away holidays germany"), Permission.ADMINISTER),
    "/abm hand over": Permission.RECORD,
    "/abm hand over <@U0BOB0001>": Permission.ADMINISTER,
    "/account acme group": None,
    "/account acme narrative": None,
    "/account acme product": None,
    "/account acme product add feedback x": Permission.RECORD,
    "/account acme plays": None,
    **{f"/account acme plays start{name}": Permission.RECORD for name in ("", " executive meeting")},
    "/account acme group add": Permission.RECORD,
    **dict.fromkeys(("/account acme met", "/account acme met Dana Weber: agreed"), Permission.RECORD),
    "/account acme group add Tom Sample, CTO": Permission.RECORD,
}
"""The permission that a command with words needs, for each word that the commands know."""


@pytest.mark.parametrize(
    "right",
    [
        Right.EDITOR,
        Right.VIEWER,
        *(pytest.param(each, marks=pytest.mark.proof) for each in (Right.ADMIN, Right.OBSERVER)),
    ],
)
async def test_every_word_of_a_command_is_open_to_those_rights_that_cover_it(program: Program, acts: Acts, right):
    program.did(people.give, EVE, NOW, OBI, function=None, right=right)
    of_editors = {Permission.ADMINISTER, Permission.INSPECT, Permission.AUDIT, Permission.DECIDE, Permission.RECORD}
    closed = {
        Right.ADMIN: set(),
        Right.EDITOR: {Permission.ADMINISTER, Permission.INSPECT},
        Right.VIEWER: of_editors,
        Right.OBSERVER: of_editors | {Permission.NOMINATE},
    }[right]
    before = changed(program)
    async with local_bot(program.store) as at:
        for typed, permission in TYPED.items():
            if permission not in closed and permission is not None:
                continue
            command, _, text = typed.partition(" ")
            payload = replace(acts, actor=OBI, number=at.number()).of(("command", command))
            said = str((await at.takes(payload | {"text": text})).body)
            assert (_of(right) in said) is (permission in closed), (typed, said)
            at.slack.calls.clear()
    assert changed(program) == before


def test_the_tables_of_this_file_name_only_routes_that_there_are() -> None:
    assert set(every_route()) >= READ | OF_OPEN_FORMS | ALSO_VIEWERS | ALSO_EDITORS_NOT


@pytest.mark.parametrize("one_in", [6, pytest.param(1, marks=pytest.mark.proof)])
async def test_every_act_of_these_tests_is_a_whole_one_that_works_for_who_may(program: Program, acts: Acts, one_in):
    """In `make test` a sixth of them."""
    wrong = ("cannot", "another version", "went wrong", '"errors"', "not known", "they alone")
    of_ann = ("undo", "signals.undo", "blocker.acknowledge", "blocker.answer")
    actors = {("button", each): ANN for each in of_ann} | {("form", "fit"): ANN, ("form", "answer_blocker"): BOB}
    async with local_bot(program.store) as at:
        for route in every_route()[::one_in]:
            said = await said_to(at, program, replace(acts, actor=actors.get(route, EVE)), route)
            assert not any(each in said for each in wrong), (route, said)


def _of(right: Right) -> str:
    return f"you are {'a' if right is Right.VIEWER else 'an'} {right.value}"
