"""A whole payload for every route: what Slack sends when a person does that, with values that are in the program."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, select

from agendas.facts import Function
from agendas.pages.nearest import pick_value
from agendas.pages.notice import said
from agendas.pages.words import Words
from agendas.program_settings import DEFAULTS
from agendas.rules.capacity import Full, Leaver, NoRoom, Wish
from agendas.rules.import_questions import ImportQuestions, StageAsked, to_store
from agendas.rules.play_library import LIBRARY, LibraryPlay
from agendas.rules.signal_words import SignalEntry
from agendas.subjects.fit import WaitingAccount
from agendas.subjects.group import ContactProfile
from agendas.subjects.narrative import Narrative
from agendas.subjects.opportunities import Phase
from agendas.subjects.signals import SignalKind, SignalStrength
from agendas.verbs import file_imports, map_people, note_signals, plan, run_plays, take_updates, write_narrative
from agendas.verbs.record import current_state
from agendas.verbs.run_plays import PlayWish, StepWish
from handlers import ROUTES
from handlers.modals import (
    blocker,
    choose,
    contact,
    decision,
    fit,
    import_file,
    list_change,
    movement,
    narrative,
    next_action,
    own_play,
    people,
    play,
    product,
    profile,
    review,
    schedule,
    settings,
    signal,
    swap,
)
from handlers.modals.fields import Origin
from handlers.modals.message import message_view
from sandbox.blocks import completed
from sandbox.elements import initial_state
from storage import accounts
from storage.tables import ReviewItem
from tests.builders import ANN, BOB, CHANNEL, EVE, NOW, WORKSPACE, ZONE, Program, author, person
from tests.handlers import payloads
from tests.handlers.payloads import Payload

Route = tuple[str, str]
"""A kind of payload and the word that its handler hears."""


def every_route() -> list[Route]:
    """All that is heard, from the tables themselves, and every select or field of a form that tells of a change."""
    heard = [(kind, word) for kind, table in ROUTES.tables.items() for word in table]
    return list(dict.fromkeys([*heard, *(("button", word) for word in FORM_OF)]))


@dataclass(frozen=True)
class Acts:
    """The payloads of one person in one workspace; `actor` does them, and `number` makes each a new one."""

    values: dict[str, str]
    views: dict[str, dict[str, Any]]
    workspace_id: str = WORKSPACE
    actor: str = ANN
    home_team_id: str = WORKSPACE
    number: str = "1"

    def of(self, route: Route) -> Payload:
        """The payload of this route."""
        kind, word = route
        payload: Payload = getattr(self, f"_{kind}")(word)
        return payload

    def _command(self, word: str) -> Payload:
        text = {"/account": "acme", "/move": "acme they agreed", "/blocker": "globex legal", "/next": "acme call them"}
        text["/signal"] = "acme hiring they look for a buyer"
        trigger = f"{self.number}.1.a"
        return payloads.command(command=word, text=text.get(word, ""), trigger_id=trigger) | self._flat()

    def _button(self, word: str) -> Payload:
        block, kind = ("text", "plain_text_input") if word == "draft" else ("b1", "button")
        action = {"type": kind, "block_id": block, "action_id": word, "action_ts": f"{self.number}.0"}
        if word not in FORM_OF:
            return self._by(payloads.click(action | {"value": self.values.get(word, "1")}))
        action["action_id"] = f"{word}/text" if word in ("draft", "field") else word
        view = self.views[FORM_OF[word]] | {"id": f"V{self.number}"}
        return self._by(payloads.click_in_view(action, view=view))

    def _form(self, word: str) -> Payload:
        view = payloads.view() | self.views[word] | {"id": f"V{self.number}"}
        return self._by(payloads.submission(view=view))

    def _form_closed(self, word: str) -> Payload:
        view = payloads.view() | self.views[word] | {"id": f"V{self.number}"}
        return self._by(payloads.submission(type="view_closed", view=view, is_cleared=False))

    def _shortcut(self, word: str) -> Payload:
        payload = payloads.message_shortcut(callback_id=word, trigger_id=f"{self.number}.1.b")
        if word == "account_update":
            payload["type"] = "shortcut"
            for name in ("channel", "message", "message_ts", "response_url"):
                del payload[name]
        else:
            payload["message"] |= {"text": "How is Acme?"}
        return self._by(payload)

    def _options(self, word: str) -> Payload:
        asked = {"action_id": word, "block_id": "account", "value": "a", "type": "block_suggestion"}
        return self._by(payloads.submission(**asked))

    def _event(self, word: str) -> Payload:
        shapes = {
            "message": {"channel": "D0ANN0001", "channel_type": "im", "text": "How is Acme?"},
            "app_mention": {"channel": CHANNEL, "text": "<@U0BOT0001> how is Acme?"},
            "app_home_opened": {"channel": "D0ANN0001", "tab": "home"},
        }
        inner = {"type": word, "user": self.actor, "ts": f"17955324{self.number[-2:]}.{self.number:>06}"}
        team = {} if self.home_team_id == self.workspace_id else {"user_team": self.home_team_id}
        return payloads.event(inner | shapes[word] | team, event_id=f"Ev{self.number}") | {"team_id": self.workspace_id}

    def _by(self, payload: Payload) -> Payload:
        user = payloads.USER | {"id": self.actor, "team_id": self.home_team_id}
        around: Payload = {"user": user, "team": {"id": self.workspace_id, "domain": "sample"}}
        if "view" in payload:
            around["view"] = payload["view"] | {"app_installed_team_id": self.workspace_id}
        return payload | around

    def _flat(self) -> Payload:
        return {"user_id": self.actor, "team_id": self.workspace_id, "channel_id": CHANNEL}


FORM_OF = {
    "draft": "movement",
    "field": "movement",
    schedule.PREVIEW: "schedule",
    schedule.ZONES: "schedule",
    choose.ACCOUNTS: "choose",
}
"""The form in which the select or field is whose change is told."""


def acts_in(program: Program) -> Acts:
    """Every act with what is in this program: its open review, Acme's blocker and next action, an entry to undo."""
    acme = program.accounts["acme"]
    entry = program.did(take_updates.move, ANN, NOW - timedelta(minutes=2), acme, text="They called back")
    rita = ContactProfile("Rita Sample", "CFO")
    told = Narrative("Their lease ends in March", "Two sites are enough", "", "A day with their COO")
    program.did(write_narrative.write_narrative, ANN, NOW - timedelta(minutes=4), acme, told, after=None)
    somebody = program.did(map_people.add_contact, ANN, NOW - timedelta(minutes=3), acme, rita).event.id
    entry_of_signal = SignalEntry(SignalKind.EVENT, SignalStrength.HIGH, "They came to dinner")
    seen = program.did(note_signals.note_signal, ANN, NOW - timedelta(minutes=1), acme, entry_of_signal)
    played = program.did(run_plays.start_play, ANN, NOW - timedelta(minutes=5), acme, WISH).event.id
    item = program.store.read_now(_item_of, program.reviews[-1], acme)
    number = str(acme)
    values = {
        "account.pick": pick_value(acme, "/account "),
        "ask.pick": pick_value(acme, "How is acne?"),
        "account.history_more": f"{acme} {entry.event.id}",
        "account.list_more": "0",
        "abm.list_more": "0 1",
        "abm.people_more": "0",
        "people.edit": BOB,
        "settings.edit": "fit",
        **{f"group.{word}": f"{acme} {somebody}" for word in ("edit", "confirm")},
        **{f"group.{word}": number for word in ("add", "left")},
        "group.more": f"{acme} 0",
        "abm.versions_more": f"0 {(NOW - timedelta(days=30)).date()} {NOW.date()}",
        **{f"narrative.{word}": number for word in ("write", "rewrite")},
        "narrative.read": f"{acme} 1",
        "product.add": number,
        "plays.start": number,
        "plays.end": f"{acme} {played}",
        "plays.change": "pilot",
        "plays.more": "0 1",
        "list.swap": json.dumps({"account_id": acme, "tier": 2, "because": "They grew"}),
        "signals.add": number,
        "signals.record": f"{number} engaged",
        "signals.more": f"{acme} 9",
        "signals.secret": "new",
        "signals.undo": str(seen.signal.id),
        "import.apply": _shown_file(program),
        "import.answer": _shown_file(program),
        "review.close": str(program.reviews[-1]),
        "undo": str(entry.event.id),
    }
    values |= {word: str(item) for _, word in every_route() if word.startswith("agenda.")}
    values |= {word: number for _, word in every_route() if word.startswith("account.") and word not in values}
    values["account.list"] = ""
    values |= {f"fit.{word}": number for word in ("score", "ask", "remove")}
    values |= {"fit.name": f"{number} 2", "fit.tier": f"{number} 3", "fit.reject": str(program.accounts["pinewood"])}
    return Acts(values, dict(_filled_forms(program, item)))


ASKED = ImportQuestions((StageAsked("Legal Review", 3, Phase.MIDDLE),))


def _shown_file(program: Program) -> str:
    """The mark of a file that Eve gave and was shown."""
    wanted = {"what": "", "file_id": "F0FILE001", "file_name": "deals.csv"}

    def given(session: Session) -> str:
        row = file_imports.ask_for(session, author(EVE), **wanted)
        row.state, row.questions = "shown", to_store(ASKED)
        return f"{row.row_id} {row.step}"

    return program.store.write_now(given)


def _filled_forms(program: Program, item: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every form as it comes back, filled in as a person would."""
    state = program.store.read_now(_state, program.accounts["acme"])
    origin = Origin(account_id=state.account_id, channel_id=CHANNEL, item_id=item)
    today, later = NOW.date(), (NOW + timedelta(days=7)).date()
    had = program.read(plan.cadence_facts, CHANNEL, now=NOW)
    because = {
        "text": "They signed",
        "because": "Their board decided",
        "leaver_because": "Their freeze goes on",
        "name": "Corvus",
        "domain": "corvus.example",
    }
    change = list_change.build(state, replace(origin, subject="tier"), {})
    views = [
        movement.build(state, origin, {}),
        blocker.build(state, origin, {}, asker=ANN),
        next_action.build(state, origin, {}, asker=ANN, due_on=later),
        decision.build(state, origin, {}),
        choose.build(Origin(channel_id=CHANNEL), account=("Acme Corp", str(state.account_id))),
        profile.build_nomination(Origin(channel_id=CHANNEL), {}),
        profile.build_edit(state, origin, {}),
        change,
        narrative.build(state, origin, {}),
        product.build(state, origin, {}),
        play.build_choice(state, origin, LIBRARY[2:]),
        play.build_start(state, LIBRARY[3], origin, {}, asker=ANN, today=today),
        play.build_end(state, state.plays[0], origin, {}),
        own_play.build_add(Origin(channel_id=CHANNEL), {}),
        own_play.build_change(LibraryPlay(LIBRARY[0]), Origin(channel_id=CHANNEL)),
        contact.build_add(state, origin, {}),
        contact.build_edit(state, replace(origin, subject=str(state.contacts[0].id))),
        contact.build_left(state, origin, today),
        signal.build(state, origin, {"kind": "hiring"}, today=today.isoformat()),
        people.build(person(BOB), Origin(subject=BOB, channel_id=CHANNEL)),
        swap.build(_no_room(program), Words(), Origin(channel_id=CHANNEL)),
        settings.build("fit", DEFAULTS, Origin(channel_id=CHANNEL)),
        schedule.build(Origin(channel_id=CHANNEL), had, zone=ZONE, today=today, asker=EVE, now=NOW),
        fit.build(
            (WaitingAccount(state.account_id, state.name),),
            Function.SALES,
            replace(origin, account_id=0, subject="1"),
            {},
        ),
        import_file.build(Origin(channel_id=CHANNEL)),
        import_file.build_answers(_shown_file(program), "deals.csv", ASKED),
        review.build_close(Origin(channel_id=CHANNEL, subject=str(program.reviews[-1])), present=(ANN, BOB)),
        review.build_skip(Origin(channel_id=CHANNEL), had.upcoming, zone=ZONE),
        review.build_move(Origin(channel_id=CHANNEL, subject=ZONE), had.upcoming, zone=ZONE),
    ]
    for view in views:
        word = view["callback_id"]
        yield word, filled(view, because | {"tier": "2"} | OWN_TEXTS.get(word, {}), today)


WISH = PlayWish(
    "executive_meeting", "Their executive met ours", NOW.date() + timedelta(days=30), (StepWish(ANN, NOW.date()),) * 4
)
"""A play that runs on Acme Corp."""

OWN_TEXTS = {
    "end_play": {"evidence": "https://a.example/1"},
    "add_play": {"name": "Site visit", "outcome": "They came", "days": "20", "steps": "sales, 7: Invite them"},
    "change_play": {"name": "Meeting of executives"},
    "edit_account": {"name": "Acme Corporation", "domain": "acme.example"},
    "edit_contact": {"name": "Rita Sample-Jones"},
    "product_input": {"text": "Route planning for 60 depots"},
    "narrative": {"pressure": "They must close two plants by March", "point_of_view": "One is enough", "ask": "A day"},
}
"""What is typed into a form in the place of what all others get."""


def _no_room(program: Program) -> NoRoom:
    """Initrode wants into tier 1, which Globex could leave."""
    wish = Wish(program.accounts["initrode"], "Initrode", 1, "They grew")
    return NoRoom(wish, Full(1, 2, 2), (Leaver(program.accounts["globex"], "Globex", (("no_owner", 0, 0),)),))


GIVEN: dict[str, dict[str, Any]] = {
    "tiers": {"selected_options": [{"value": "2"}]},
    "file": {"files": [{"id": "F0FILE001", "name": "accounts.csv"}]},
}
"""What is entered into fields that are not typed into."""


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
        if block_id in ("who", "field", "play", "what"):
            actions[action_id] = element | {"selected_option": {"value": _first_option(blocks, block_id)}}
        if block_id == "day":
            actions[action_id] = element | {"selected_date": (today + timedelta(days=22)).isoformat()}
    return view | {"blocks": blocks, "state": {"values": state}}


def _first_option(blocks: list[dict[str, Any]], block_id: str) -> str:
    value: str = next(b for b in blocks if b.get("block_id") == block_id)["element"]["options"][0]["value"]
    return value


def page_view(text: str) -> dict[str, Any]:
    """A page shown in a modal."""
    return message_view(said(text)) | {"id": "V0PAGE001"}


def _item_of(session: Session, review_id: int, account_id: int) -> int:
    query = select(ReviewItem).where(ReviewItem.review_id == review_id, ReviewItem.account_id == account_id)
    return session.exec(query).one().row_id


def _state(session: Session, account_id: int) -> Any:
    row = accounts.get(session, WORKSPACE, account_id)
    assert row is not None
    return current_state(session, row)
