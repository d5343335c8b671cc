"""Every form as it comes back from a person who filled it in, with values that are in the program."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from agendas.facts.deals import Phase
from agendas.facts.fit import WaitingAccount
from agendas.facts.people import Function, Preferences
from agendas.facts.program import DEFAULTS
from agendas.facts.reviews import AS_USUAL, USUAL, Away
from agendas.pages.people import Sum
from agendas.rendering.words import Words
from agendas.rules.account_list import Full, Leaver, NoRoom, Wish
from agendas.rules.import_questions import ImportQuestions, NamingQuestion, StageAsked, to_store
from agendas.rules.news import Draft, DraftKind
from agendas.rules.plays import LIBRARY, LibraryPlay
from agendas.text.who_acted import Sides
from agendas.verbs import cadences, import_runs, reads
from agendas.verbs.closing import Closing
from agendas.verbs.imports import COMMAND_LINE
from agendas.verbs.record import current_state
from handlers import (
    account_list,
    away,
    corrections,
    evidence,
    fit,
    forms,
    hand_over,
    imports,
    mail,
    news,
    people,
    plays,
    preferences,
    privacy,
    review_forms,
    settings,
    update_forms,
    wordings,
)
from handlers.deals import DeclineForm
from handlers.executive import MetForm
from handlers.forms import Origin
from handlers.group import AddContact, ContactLeft, EditContact
from handlers.narrative import NarrativeForm
from handlers.open_items import AnswerAsk, AnswerBlocker, DropAction, EditAction, MoveAction, ResolveBlocker
from handlers.product import ProductForm
from handlers.signals import SignalForm
from sandbox.blocks import completed, initial_state
from storage import accounts, events
from storage import imports as stored_imports
from storage.models.events import ImportRun
from tests.builders import ANN, BOB, CHANNEL, EVE, NOW, WORKSPACE, ZONE, agenda_item, author, person
from tests.handlers.button_values import ADDRESS, CODE, PLANNED
from tests.handlers.form_samples import facts
from tests.program import Program

ASKED = ImportQuestions((StageAsked("Legal Review", 3, Phase.MIDDLE),))
NAMING = ImportQuestions(naming=NamingQuestion(untiered=1, unreasoned=1))


def shown_file(program: Program, asked: ImportQuestions = ASKED) -> str:
    """The mark of a file that Eve gave and was shown, with what is asked of it."""
    wanted = {"what": "", "file_id": "F0FILE001", "file_name": "deals.csv"}

    def given(session: Session) -> str:
        row = import_runs.ask_for(session, author(EVE), **wanted)
        row.state, row.questions = "shown", to_store(asked)
        return f"{row.row_id} {row.step}"

    return program.store.write_now(given)


def imported_file(program: Program, what: str = "accounts") -> str:
    def imported(session: Session) -> str:
        run = ImportRun(
            workspace_id=WORKSPACE, file_name="a.csv", what=what, actor=COMMAND_LINE, applied_at=NOW, counts={}
        )
        return str(stored_imports.save_run(session, run).row_id)

    return program.store.write_now(imported)


def filled_forms(program: Program, item: int) -> Iterator[tuple[str, dict[str, Any]]]:
    state = program.store.read_now(state_of, program.accounts["acme"])
    claimed = program.store.read_now(state_of, program.accounts["umber"])
    asked = program.store.read_now(state_of, program.accounts["globex"])
    origin = Origin(account_id=state.account_id, channel_id=CHANNEL, item_id=item)
    larch = program.accounts["larch"]
    today, later = NOW.date(), (NOW + timedelta(days=7)).date()
    had = program.read(cadences.cadence_facts, CHANNEL, now=NOW)
    moved, dropped = (replace(origin, subject=str(each.id)) for each in state.open_actions[:2])
    of_ask = replace(origin, account_id=asked.account_id, item_id=0, subject=str(asked.open_asks[0].event_id))
    of_blocker = replace(origin, account_id=asked.account_id, item_id=0, subject=str(asked.open_blockers[0].id))
    because = {
        "text": "They signed",
        "because": "Their board decided",
        "leaver_because": "Their freeze goes on",
        "name": "Corvus",
        "domain": "corvus.example",
    }
    change = account_list.build_change(facts(state, replace(origin, subject="tier"), {}))
    views = [
        update_forms.build_update_form(facts(state, replace(origin, series="1 2 3"), {}, asker=ANN, due_on=later)),
        update_forms.build_movement_form(facts(state, origin, {})),
        update_forms.build_blocker_form(facts(state, origin, {}, asker=ANN)),
        update_forms.build_next_action_form(facts(state, origin, {}, asker=ANN, due_on=later)),
        update_forms.build_waiting_form(facts(state, origin, {})),
        MoveAction.build(facts(state, moved, {}, today=today, due_on=later)),
        EditAction.build(facts(state, moved, {}, today=today, due_on=later)),
        DropAction.build(facts(state, dropped, {})),
        AnswerAsk.build(facts(asked, of_ask, {})),
        AnswerBlocker.build(facts(asked, of_blocker, {})),
        ResolveBlocker.build(facts(asked, of_blocker, {})),
        update_forms.build_decision_form(facts(state, origin, {})),
        evidence.build(facts(claimed, replace(origin, account_id=claimed.account_id, item_id=0), {}, today=today)),
        evidence.build_whose_act(
            *program.read(reads.of_account, state.account_id, now=NOW),
            replace(origin, item_id=0),
            {},
            Words(),
            zone=ZONE,
            today=today,
        ),
        forms.build(Origin(channel_id=CHANNEL), account=("Acme Corp", str(state.account_id))),
        account_list.build_nomination(Origin(channel_id=CHANNEL), {}),
        account_list.build_edit(facts(state, origin, {})),
        change,
        account_list.build_justification(facts(state, origin, {})),
        privacy.build(facts(state, origin, {})),
        NarrativeForm.build(facts(state, origin, {})),
        ProductForm.build(facts(state, origin, {})),
        DeclineForm.build(
            facts(state, replace(origin, account_id=larch, subject=f"opportunity {OPEN_DEAL}", item_id=0), {})
        ),
        MetForm.build(facts(state, origin, {}, today=today)),
        plays.build_choice(state, origin, LIBRARY[2:]),
        plays.build_start(state, LIBRARY[3], origin, {}, asker=ANN, today=today),
        plays.build_end(state, state.plays[0], origin, {}, sides=Sides()),
        plays.build_add(Origin(channel_id=CHANNEL), {}),
        plays.build_change(LibraryPlay(LIBRARY[0]), Origin(channel_id=CHANNEL)),
        evidence.build_people(facts(state, replace(origin, subject=str(_named(program, state.account_id))), {})),
        AddContact.build(facts(state, origin, {})),
        EditContact.build(facts(state, replace(origin, subject=str(state.contacts[0].id)))),
        ContactLeft.build(facts(state, origin, today=today)),
        SignalForm.build(facts(state, origin, {"kind": "hiring"}, today=today)),
        people.build(person(BOB), (Function.SALES,), Origin(subject=BOB, channel_id=CHANNEL)),
        hand_over.build(Origin(channel_id=CHANNEL), "U0NOBODY1", (), NOTHING_HELD, Words(), entered={"to": BOB}),
        hand_over.build_sure(Origin(channel_id=CHANNEL), "U0NOBODY1", {"to": BOB}, ((BOB, NOTHING_HELD),), Words()),
        away.build(Away(ANN, later, later), Words(), Origin(channel_id=CHANNEL), asker=ANN, is_admin=False),
        mail.build_address(Origin(channel_id=CHANNEL)),
        mail.build_code(ADDRESS, Origin(subject=ADDRESS, channel_id=CHANNEL)),
        account_list.build_swap(_no_room(program), Words(), Origin(channel_id=CHANNEL)),
        settings.build("fit", DEFAULTS, Origin(channel_id=CHANNEL)),
        wordings.build("which are in eval", Words(), Origin(channel_id=CHANNEL)),
        preferences.build(Preferences(), Words(), Origin(channel_id=CHANNEL), zone=ZONE, is_helper=True),
        news.build(
            Draft(DraftKind.BLOCKER, "No plan", state.account_id),
            {state.account_id: state.name},
            Origin(channel_id=CHANNEL, subject="17955325 1", response_url="https://hooks.slack.com/actions/T0/1/x"),
        ),
        review_forms.build_brief_form(Origin(channel_id=CHANNEL, subject=PLANNED)),
        review_forms.build_preparation_form(AS_USUAL, Words(), Origin(channel_id=CHANNEL)),
        review_forms.build_sections_form(USUAL, agenda_item(), Words(), Origin(channel_id=CHANNEL, subject=ZONE)),
        review_forms.build_schedule_form(Origin(channel_id=CHANNEL), had, zone=ZONE, asker=EVE, now=NOW),
        fit.build(
            (WaitingAccount(state.account_id, state.name),),
            (Function.SALES,),
            replace(origin, account_id=0, subject="1"),
            {},
        ),
        corrections.build(origin, {}, name=state.name, entries=[_entry(program, state.account_id)], hint="It stays"),
        imports.build(Origin(channel_id=CHANNEL)),
        imports.build_answers(shown_file(program), "deals.csv", ASKED),
        imports.build_answers(shown_file(program, NAMING), "2 accounts", NAMING, frame=imports.REASONS),
        review_forms.build_close(
            Origin(channel_id=CHANNEL, subject=str(program.reviews[-1])),
            Closing((ANN, BOB), 0, can_be_held=True),
            closer=ANN,
        ),
        review_forms.build_attendance(Origin(channel_id=CHANNEL, subject=str(program.reviews[0])), (ANN, BOB)),
        review_forms.build_skip(Origin(channel_id=CHANNEL), had.upcoming, zone=ZONE),
        review_forms.build_move(Origin(channel_id=CHANNEL, subject=ZONE), had.upcoming, zone=ZONE),
    ]
    for view in views:
        word = view["callback_id"]
        yield word, filled(view, because | {"tier": "2"} | OWN_TEXTS.get(word, {}), today)


def _entry(program: Program, account_id: int) -> tuple[str, str]:
    blocker = program.store.read_now(events.of_accounts, [account_id], ["blocker_opened"])[-1]
    return "Mon 23 Nov Ann: blocker", str(blocker.row_id)


def _named(program: Program, account_id: int) -> int:
    """The latest movement of the account whose words name somebody."""
    moved = program.store.read_now(events.of_accounts, [account_id], ["moved"])
    return next(row.row_id for row in reversed(moved) if "Zora Kern" in row.change["text"])


NOTHING_HELD = Sum((), 0, (), 0, 0, 0)

OPEN_DEAL = "salesforce:006D000000IRFmb"
"""The key of an open deal of Larch, which is no opportunity yet."""


OWN_TEXTS = {
    "teach": {"word": "eval", "means": "engaged"},
    "mail_address": {"address": "cfo@acme.example"},
    "mail_code": {"code": CODE},
    "waiting": {"evidence": "https://a.example/1", "text": "They wrote that their board decides"},
    "end_play": {"evidence": "https://a.example/1"},
    "evidence": {"evidence": "Their planner asked for a date: https://a.example/2"},
    "add_play": {"name": "Site visit", "outcome": "They came", "days": "20", "steps": "sales, 7: Invite them"},
    "change_play": {"name": "Meeting of executives"},
    "justification": {"motion": "Our CFO calls theirs"},
    "edit_account": {"name": "Acme Corporation", "domain": "acme.example"},
    "edit_contact": {"name": "Rita Sample-Jones"},
    "executive_met": {"theirs": "Dana Weber, CFO", "text": "Agreed on a pilot"},
    "product_input": {"text": "Route planning for 60 depots"},
    "narrative": {"pressure": "They must close two plants by March", "point_of_view": "One is enough", "ask": "A day"},
}
"""Texts typed into single forms in the place of those that all others get."""


def _no_room(program: Program) -> NoRoom:
    """Initrode wants into tier 1, which Globex could leave."""
    wish = Wish(program.accounts["initrode"], "Initrode", 1, "They grew")
    return NoRoom(wish, Full(1, 2, 2), (Leaver(program.accounts["globex"], "Globex", (("no_owner", 0, 0),)),))


GIVEN: dict[str, dict[str, Any]] = {
    "whom": {"selected_user": BOB},
    "tiers": {"selected_options": [{"value": "2"}]},
    "private_channel": {"selected_conversation": "C0SECRET1"},
    "file": {"files": [{"id": "F0FILE001", "name": "accounts.csv"}]},
}
"""Values entered into fields that are not typed into."""


def filled(view: dict[str, Any], texts: dict[str, str], today: date) -> dict[str, Any]:
    """The view as it comes back with these texts typed and the tier chosen, everything else as it opened."""
    blocks = completed(view["blocks"])
    state = initial_state(blocks)
    for block_id, actions in state.items():
        [(action_id, element)] = actions.items()
        name = block_id.partition("/")[0]
        if name in texts and element["type"] == "plain_text_input":
            actions[action_id] = element | {"value": texts[name]}
        if block_id.startswith("score/"):
            actions[action_id] = element | {"selected_option": {"value": "3"}}
        if block_id in GIVEN:
            actions[action_id] = element | GIVEN[block_id]
        if block_id == "tier":
            actions[action_id] = element | {"selected_option": {"value": texts["tier"]}}
        if block_id in ("who", "field", "play", "what", "motion") and element["type"] == "static_select":
            actions[action_id] = element | {"selected_option": {"value": _first_option(blocks, block_id)}}
        if block_id in ("day", "until"):
            actions[action_id] = element | {"selected_date": (today + timedelta(days=22)).isoformat()}
    return view | {"blocks": blocks, "state": {"values": state}}


def _first_option(blocks: list[dict[str, Any]], block_id: str) -> str:
    value: str = next(b for b in blocks if b.get("block_id") == block_id)["element"]["options"][0]["value"]
    return value


def state_of(session: Session, account_id: int) -> Any:
    row = accounts.get(session, WORKSPACE, account_id)
    assert row is not None
    return current_state(session, row)
