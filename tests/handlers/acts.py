"""A whole payload for every route: what Slack sends when a person does that, with values that are in the program."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from agendas.facts.account import Stage
from agendas.facts.deals import OpportunityChanged, OpportunityProfile, Phase
from agendas.facts.events import Decided, DecisionKind
from agendas.facts.evidence import Evidence
from agendas.facts.group import ContactProfile
from agendas.facts.narrative import Narrative
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.pages.accounts import pick_value
from agendas.pages.answers import OFFER
from agendas.pages.evidence import FILL
from agendas.pages.executive import LISTED
from agendas.rules.news import Draft, DraftKind
from agendas.rules.update_words import SignalEntry
from agendas.verbs import group, narrative, news, plays, record, signals, updates
from agendas.verbs.plays import PlayWish, StepWish
from handlers import ROUTES, forms, review_forms, update_forms
from handlers.update_forms import SKIP
from storage.models.reviews import ReviewItem
from tests.builders import ANN, BOB, CHANNEL, EVE, NOW, WORKSPACE, evidence
from tests.handlers import payloads
from tests.handlers.button_values import PLANNED, VALUES, asked_in, days_away_in, refused_mail
from tests.handlers.filled_forms import NAMING, OPEN_DEAL, filled_forms, imported_file, shown_file, state_of
from tests.handlers.payloads import Payload
from tests.program import Program

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
            return self.by(payloads.click(action | {"value": self.values.get(word, "1")}))
        action["action_id"] = f"{word}/text" if word in ("draft", "field") else word
        view = self.views[FORM_OF[word]] | {"id": f"V{self.number}"}
        return self.by(payloads.click_in_view(action, view=view))

    def _form(self, word: str) -> Payload:
        view = payloads.view() | self.views[word] | {"id": f"V{self.number}"}
        return self.by(payloads.submission(view=view))

    def _form_closed(self, word: str) -> Payload:
        view = payloads.view() | self.views[word] | {"id": f"V{self.number}"}
        return self.by(payloads.submission(type="view_closed", view=view, is_cleared=False))

    def _shortcut(self, word: str) -> Payload:
        payload = payloads.message_shortcut(callback_id=word, trigger_id=f"{self.number}.1.b")
        if word == "account_update":
            payload["type"] = "shortcut"
            for name in ("channel", "message", "message_ts", "response_url"):
                del payload[name]
        else:
            payload["message"] |= {"text": "How is Acme?"}
        return self.by(payload)

    def _options(self, word: str) -> Payload:
        asked = {"action_id": word, "block_id": "account", "value": "a", "type": "block_suggestion"}
        return self.by(payloads.submission(**asked))

    def _event(self, word: str) -> Payload:
        shapes = {
            "message": {"channel": "D0ANN0001", "channel_type": "im", "text": "How is Acme?"},
            "app_mention": {"channel": CHANNEL, "text": "<@U0BOT0001> how is Acme?"},
            "app_home_opened": {"channel": "D0ANN0001", "tab": "home"},
            "member_joined_channel": {"channel": CHANNEL, "channel_type": "C"},
            "agent_session_stopped": {"channel": "D0ANN0001", "thread_ts": "1795532400.000100"},
        }
        inner = {"type": word, "user": self.actor, "ts": f"17955324{self.number[-2:]}.{self.number:>06}"}
        team = {} if self.home_team_id == self.workspace_id else {"user_team": self.home_team_id}
        return payloads.event(inner | shapes[word] | team, event_id=f"Ev{self.number}") | {"team_id": self.workspace_id}

    def by(self, payload: Payload) -> Payload:
        user = payloads.USER | {"id": self.actor, "team_id": self.home_team_id}
        around: Payload = {"user": user, "team": {"id": self.workspace_id, "domain": "sample"}}
        if "view" in payload:
            around["view"] = payload["view"] | {"app_installed_team_id": self.workspace_id}
        return payload | around

    def _flat(self) -> Payload:
        return {"user_id": self.actor, "team_id": self.workspace_id, "channel_id": CHANNEL}


FORM_OF = {
    SKIP: "update",
    update_forms.CHANGED: "update",
    update_forms.DECISION_CHANGED: "decision",
    "draft": "movement",
    "field": "movement",
    review_forms.PREVIEW: "schedule",
    review_forms.ZONES: "schedule",
    review_forms.HOLIDAYS: "schedule",
    review_forms.CHANGED: "schedule",
    review_forms.SEGMENTS: "schedule",
    review_forms.ACCOUNTS: "schedule",
    review_forms.SECTIONS_CHANGED: "agenda_sections",
    review_forms.UP: "agenda_sections",
    "news.kind_changed": "news_line",
    forms.ACCOUNTS: "choose",
}
"""The form in which the select or field is whose change is told."""


def acts_in(program: Program) -> Acts:
    """Every act with what is in this program: its open review, Acme's blocker and next action, an entry to undo."""
    acme = program.accounts["acme"]
    entry = program.did(updates.move, ANN, NOW - timedelta(minutes=2), acme, text="They called back")
    umber, heard = program.accounts["umber"], NOW - timedelta(minutes=6)
    larch = program.accounts["larch"]
    program.did(updates.move, ANN, NOW - timedelta(minutes=7), larch, text="They sound keen", to_stage=Stage.AWARE)
    shown = program.did(updates.move, ANN, heard, larch, text="They called", evidence=(evidence("Note", heard),))
    link = (Evidence("Minutes", heard, "https://notes.example/minutes"),)
    in_doubt = program.did(updates.move, ANN, heard, acme, text="Minutes", evidence=link)
    named = program.did(updates.move, ANN, heard, acme, text="Zora Kern, CTO, replied with numbers").event.id
    rita = ContactProfile("Rita Sample", "CFO")
    told = Narrative("Their lease ends in March", "Two sites are enough", "", "A day with their COO")
    program.did(narrative.write_narrative, ANN, NOW - timedelta(minutes=4), acme, told, after=None)
    somebody = program.did(group.add_contact, ANN, NOW - timedelta(minutes=3), acme, rita).event.id
    entry_of_signal = SignalEntry(SignalKind.EVENT, SignalStrength.HIGH, "They came to dinner")
    seen = program.did(signals.note_signal, ANN, NOW - timedelta(minutes=1), acme, entry_of_signal)
    played = program.did(plays.start_play, ANN, NOW - timedelta(minutes=5), acme, WISH).event.id
    program.did(record.record, ANN, NOW - timedelta(minutes=6), acme, OpportunityChanged(DEAL))
    open_deal = OpportunityProfile(OPEN_DEAL, "Sample pilot", "Proposal", Phase.LATE)
    program.did(record.record, ANN, NOW - timedelta(minutes=6), larch, OpportunityChanged(open_deal))
    item = program.store.read_now(_item_of, program.reviews[-1], acme)
    past = str(program.store.read_now(_item_of, program.reviews[0], acme))
    globex, opened = program.accounts["globex"], NOW - timedelta(minutes=6)
    unseen = program.did(updates.open_blocker, ANN, opened, acme, text="No plant manager").event.id
    ask = Decided(DecisionKind.INTERVENE, "Visit their plant", ask_of=BOB, due_on=NOW.date())
    program.did(updates.decide, BOB, opened, globex, ask)
    state, asked = (program.store.read_now(state_of, each) for each in (acme, globex))
    number = str(acme)
    told = (Draft(DraftKind.BLOCKER, "No plan", acme), Draft(DraftKind.NO_CHANGE, "nothing new", acme))
    for user_id in (ANN, BOB, EVE):
        for key in (NEWS, NEWS_OF_FORM):
            program.store.write_now(news.keep, WORKSPACE, user_id, key, told, now=NOW)
    values = {
        **VALUES,
        "mail.again": refused_mail(program),
        "account.pick": pick_value(acme, "/account "),
        **dict.fromkeys(_buttons("news."), f"{NEWS} 0"),
        **dict.fromkeys(("news.record", "news.undo", "news.no_more"), NEWS),
        "news.pick": f"{NEWS} 1 account {acme}",
        "settings.show": "fit",
        **dict.fromkeys(("news.never", "news.kind_changed"), ""),
        **dict.fromkeys(_buttons(f"{FILL}/"), pick_value(acme, json.dumps({"text": "Call them"}))),
        **dict.fromkeys(_buttons(f"{OFFER}."), json.dumps({"account": acme, "text": "Call them"})),
        "ask.pick": pick_value(acme, "How is acne?"),
        "ask.read": f'{{"subject":"accounts","form":"card","of":[{acme}]}}',
        "ask.share": "how is acme",
        "answer.feedback": "bad how is acme",
        "wording.send": "how is acme",
        "deal.confirm": f"{acme} customer {DEAL.key}",
        "deal.decline": f"{larch} opportunity {OPEN_DEAL}",
        "account.page": f"{acme} deals",
        "account.history_more": f"{acme} {entry.event.id}",
        "people.edit": BOB,
        "hand_over.undo": f"U0NOBODY1 {ANN} {entry.event.id}-{entry.event.id}",
        **days_away_in(program),
        **dict.fromkeys(_buttons("reminder."), asked_in(program, ANN)),
        **{f"group.{word}": f"{acme} {somebody}" for word in ("edit", "confirm")},
        **{f"group.{word}": number for word in ("add", "left")},
        "group.more": f"{acme} 0",
        "group.stranger": f"{acme} {named} 0",
        "evidence.people": f"{acme} {named}",
        "evidence.person": f"{named} 1 {somebody}",
        **dict.fromkeys(("past.open", "past.before", "past.after", "past.more", "past.back"), str(program.reviews[0])),
        "past.account": past,
        "past.older": f"{CHANNEL} 1795532520000000 9",
        "trail.more": "1795532520000000 a 1 0 - - -",
        **dict.fromkeys(("audit.behind", "audit.more"), f"{NOW:%Y-%m} narratives 0"),
        "abm.versions_more": f"0 {(NOW - timedelta(days=30)).date()} {NOW.date()}",
        **{f"narrative.{word}": number for word in ("write", "rewrite")},
        "narrative.read": f"{acme} 1",
        **dict.fromkeys(("setup.owner", "whose_act.account", "product.add", "plays.start", "signals.add"), number),
        "plays.end": f"{acme} {played}",
        **dict.fromkeys(("executive.opened", *(f"executive.{each}" for each in LISTED)), "2026-10"),
        "list.swap": json.dumps({"account_id": acme, "tier": 2, "because": "They grew"}),
        **{f"list.{word}": number for word in ("justify", "fill")},
        "signals.record": f"{number} engaged",
        "signals.more": f"{acme} 9",
        "signals.undo": str(seen.signal.id),
        **dict.fromkeys(("import.apply", "import.name", "import.answer", "import.reasons"), shown_file(program)),
        "import.undo": imported_file(program),
        **dict.fromkeys(("naming.name", "naming.reasons"), shown_file(program, NAMING)),
        "naming.undo": imported_file(program, "naming"),
        "review.close": str(program.reviews[-1]),
        **{f"recap.{word}": str(program.reviews[1]) for word in ("attendance", "details", "text", "csv", "print")},
        "corrections.choose": f"{acme} 0",
        "undo": str(entry.event.id),
        "evidence.add": str(umber),
        "evidence.shows": f"{shown.event.id} 1 aware",
        **{f"evidence.{word}": str(in_doubt.event.id) for word in ("theirs", "ours")},
    }
    values |= dict.fromkeys(("action.move", "action.edit", "action.drop"), f"{acme} {state.open_actions[-1].id}")
    values |= {"blocker.resolve": f"{acme} {state.open_blockers[0].id}", "blocker.acknowledge": f"{acme} {unseen}"}
    values["blocker.answer"] = f"{acme} {unseen}"
    values |= dict.fromkeys(("ask.answer", "executive.take"), str(asked.open_asks[0].event_id))
    values |= {"executive.ask": number, "executive.met": number}
    values |= dict.fromkeys(("prepare.no_change", "prepare.nothing"), str(umber))
    values |= {"prepare.still_there": values["blocker.resolve"], "prepare.start": "prepare:1:2026-11-30:nobody"}
    values |= dict.fromkeys(("brief.add", "brief.leave_out"), f"{PLANNED} {acme}")
    values["action.done"] = f"{acme} {state.open_actions[2].id}"
    values |= dict.fromkeys(("actions.mine", "actions.more", "waiting.mine", "waiting.more", "home.more"), "0")
    values["home.show"] = "stalled"
    values |= {word: str(item) for _, word in every_route() if word.startswith("agenda.")}
    values["agenda.evidence"] = str(program.store.read_now(_item_of, program.reviews[-1], umber))
    values |= {word: number for _, word in every_route() if word.startswith("account.") and word not in values}
    values["account.list"] = ""
    values |= {f"fit.{word}": number for word in ("score", "ask", "remove")}
    values |= {"fit.name": f"{number} 2", "fit.tier": f"{number} 3", "fit.reject": str(program.accounts["pinewood"])}
    return Acts(values, dict(filled_forms(program, item)))


ENDS = NOW.date() + timedelta(days=30)
NEWS, NEWS_OF_FORM = "17955324", "17955325"
"""The keys of two lines of news that each of these people told, twice: buttons forget the first ones."""

WISH = PlayWish("executive_meeting", "Their executive met ours", ENDS, (StepWish(ANN, NOW.date()),) * 4)
"""A play that runs on Acme Corp."""

DEAL = OpportunityProfile("salesforce:006D000000IRFma", "Sample plant", "Closed Won", Phase.WON)
"""A won deal of Acme Corp, which is no customer yet."""


def _buttons(beginning: str) -> list[str]:
    return [word for word in ROUTES.tables["button"] if word.startswith(beginning)]


def _item_of(session: Session, review_id: int, account_id: int) -> int:
    query = select(ReviewItem).where(ReviewItem.review_id == review_id, ReviewItem.account_id == account_id)
    return session.exec(query).one().row_id
