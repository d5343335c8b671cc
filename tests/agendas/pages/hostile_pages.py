"""Every page there is, of facts that hold a hostile text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from agendas.errors import UnknownAccount
from agendas.facts.answers import NextReview
from agendas.facts.fit import WaitingAccount
from agendas.facts.people import Function
from agendas.facts.program import DEFAULTS, LedgerLine, LedgerState
from agendas.pages import account_list, admin, reviews, signals
from agendas.pages.account_list import changes_page, library_page, list_page, no_room_page, version_page
from agendas.pages.accounts import WhyFacts, nearest_page, why_page
from agendas.pages.answers import can_ask_page, elsewhere_page
from agendas.pages.command_help import help_page
from agendas.pages.deals import deals_page
from agendas.pages.fit import QuestionFacts, fit_page, question_page
from agendas.pages.group import group_page
from agendas.pages.imports import PastImport, done_page, past_page, preview_page, proposed_stages
from agendas.pages.narrative import narrative_page, narrative_version_page, product_page
from agendas.pages.notices import wanted_page
from agendas.pages.plays import account_plays_page
from agendas.pages.recap import recap_details_page, recap_file_page, recap_page
from agendas.rendering.page import Page, notice, sentence_page
from agendas.rendering.words import Words
from agendas.rules.account_list import Full, NoRoom, Wish
from agendas.rules.import_questions import ImportQuestions
from tests.agendas.pages import hostile_facts
from tests.agendas.pages.examples import NOW, ZONE
from tests.agendas.pages.hostile import poisoned
from tests.agendas.pages.hostile_account_pages import ACCOUNT_PAGES, past_pages
from tests.agendas.pages.hostile_admin_pages import ADMIN_PAGES
from tests.agendas.pages.hostile_answer_pages import ANSWER_PAGES
from tests.agendas.pages.hostile_facts import TODAY, a_group, a_preview, a_review, a_run, a_version, an_account, an_item
from tests.agendas.pages.hostile_item_pages import ITEM_PAGES
from tests.agendas.pages.hostile_program_pages import program_pages
from tests.agendas.pages.hostile_recorded_pages import RECORDED_PAGES
from tests.agendas.pages.samples import listed
from tests.agendas.pages.test_account_list import LEAVERS
from tests.agendas.pages.test_accounts import WHOLE
from tests.agendas.pages.test_admin import CHANGES as CHANGED_SETTINGS
from tests.agendas.pages.test_admin import IN_TROUBLE, MUCH
from tests.agendas.pages.test_command_help import CADENCE
from tests.agendas.pages.test_fit import facts as fit_facts
from tests.agendas.pages.test_narrative import ADDED, TOLD
from tests.agendas.pages.test_plays import SOME_PLAYS
from tests.agendas.pages.test_signals import BACK, NOTED

WORDS, DAY = Words(), NOW.date()
WHEN = {"zone": ZONE, "today": TODAY}


PAGES: dict[str, Callable[[str], list[Page]]] = (
    {
        "header": lambda text: [reviews.review_header_page(a_review(text), WORDS)],
        "recap": lambda text: [
            recap_page(a_review(text, closed_at=NOW, was_held=True, attended=(("U0ANN1", "sales"),)), WORDS),
            recap_details_page(a_review(text, closed_at=NOW, was_held=True), WORDS),
            recap_file_page(a_review(text, closed_at=NOW, was_held=True), WORDS),
        ],
        "past": lambda text: past_pages(a_review(text, closed_at=NOW, was_held=True), text),
        "program": lambda text: program_pages(a_review(text), text),
        "yours": lambda text: [
            page for page in [reviews.your_actions_page(a_review(text), "U0ANN1", WORDS, today=TODAY)] if page
        ],
        "versions": lambda text: [
            version_page(a_version(text), WORDS),
            changes_page(hostile_facts.list_changes(text), WORDS),
        ],
        "list": lambda text: [
            list_page(listed((an_item(text),)), WORDS),
            account_list.my_accounts_page((an_item(text),), WORDS),
        ],
        "elsewhere": lambda _text: [elsewhere_page([NextReview("C0ABM1", NOW, ZONE)], WORDS, **WHEN)],
        "cadence": lambda text: [
            reviews.cadence_page(poisoned(CADENCE, text), WORDS, now=NOW),
            reviews.cadence_changed_page(reviews.CadenceChanged("skipped", "U0ANN1", ZONE, DAY, because=text), WORDS),
            reviews.started_page("Posted.", CADENCE, WORDS),
        ],
        "ledger": lambda text: [
            admin.ledger_page(
                [
                    LedgerLine(text, NOW - timedelta(days=n), state, reason=text)
                    for n, state in enumerate((LedgerState.MISSED, LedgerState.REFUSED))
                ],
                WORDS,
                zone=ZONE,
                now=NOW,
            )
        ],
        "nearest": lambda text: [
            nearest_page(UnknownAccount(text, ((7, text),), ambiguous=flag), WORDS, original=f"move {text[:500]}")
            for flag in (True, False)
        ],
        "not found": lambda text: [nearest_page(UnknownAccount(text), WORDS, original=text)],
        "health": lambda text: [
            admin.health_page(
                poisoned(IN_TROUBLE, text), WORDS, version=text[:20], answered_in_milliseconds=3, zone=ZONE, now=NOW
            )
        ],
        "doubts": lambda text: [admin.unsure_list_page(poisoned(IN_TROUBLE.unsure, text), WORDS, zone=ZONE, now=NOW)],
        "missed": lambda _text: [reviews.missed_page(NOW, NOW + timedelta(days=n), WORDS, zone=ZONE) for n in (0, 3)],
        "trouble": lambda text: [
            *(
                sentence_page(WORDS.say(f"trouble.{name}", channel_id="C0ABM1", reference=text, review_on=None))
                for name in ("not_opened", "not_closed")
            ),
            sentence_page(WORDS.say("trouble.doubt", channel_id="C0ABM1", review_on=None)),
            admin.lacking_page("im:write", WORDS),
            admin.deactivated_page(poisoned(MUCH, text), WORDS),
            reviews.no_cadence_page(WORDS),
            can_ask_page(WORDS, (text, text)),
        ],
        "fit": lambda text: [
            fit_page(poisoned(fit_facts(), text), WORDS, can_decide=True, can_score=True),
            question_page(QuestionFacts((Function.SALES,), (WaitingAccount(7, text, text),), 3), WORDS),
        ],
        "no room": lambda text: [
            no_room_page(NoRoom(Wish(7, text, 1, text), Full(1, 25, 25, "U0ANN1"), poisoned(LEAVERS, text)), WORDS)
        ],
        "deals": lambda text: [deals_page(hostile_facts.some_deals(text), WORDS)],
        "group": lambda text: [group_page(a_group(text), WORDS, can_record=True)],
        "signals": lambda text: [
            signals.signals_page(poisoned(hostile_facts.some_signals(), text), WORDS, can_record=True),
            *(
                draw(poisoned(each, text), WORDS)
                for each in (NOTED, BACK)
                for draw in (signals.signal_noted_page, signals.signal_line_page)
            ),
            signals.webhook_page(signals.WebhookFacts("T0SAMPLE1", True, 3, NOW), WORDS, zone=ZONE),
            signals.new_secret_page("sample-secret", "T0SAMPLE1", WORDS),
        ],
        "narrative": lambda text: [
            narrative_page(poisoned(TOLD, text), WORDS, can_record=True),
            narrative_version_page(poisoned(TOLD, text), WORDS, 1),
        ],
        "plays": lambda text: [
            account_plays_page(poisoned(SOME_PLAYS, text), WORDS, can_record=True),
            library_page(poisoned(SOME_PLAYS.library, text), WORDS, can_decide=True),
            account_list.play_saved_page(poisoned(SOME_PLAYS.library[0], text), WORDS),
        ],
        "why": lambda text: [why_page(WhyFacts(an_account(text), poisoned(WHOLE, text), ZONE), WORDS, can_change=True)],
        "product": lambda text: [product_page(poisoned(ADDED, text), WORDS, can_record=True)],
        "settings": lambda text: [
            admin.settings_page(DEFAULTS, WORDS, can_edit=True, word=text),
            admin.settings_saved_page(CHANGED_SETTINGS, WORDS),
        ],
        "imports": lambda text: [
            preview_page(a_preview(text), WORDS),
            preview_page(replace(a_preview(text), counts={}, rows=(), questions=ImportQuestions(unsaid=text)), WORDS),
            done_page(text, WORDS, file_name=text, proposed=proposed_stages(a_run(text), WORDS, **WHEN)),
            past_page(
                [PastImport(1, text, "accounts", "", NOW, {"create": 1, "update": 0, "named": 1})],
                WORDS,
                zone=ZONE,
                now=NOW,
            ),
        ],
        "help": lambda text: [help_page(WORDS, text), help_page(WORDS, "move", (text, text))],
        "wanted": lambda text: [wanted_page(7, text, WORDS, by="U0BOB1", word=text, channel_id="C0ABM1")],
        "own_channel": lambda text: [
            sentence_page(WORDS.say("trouble.own_channel", name=text, channel_id="C0ABM1", error="is_archived"))
        ],
        "notice": lambda text: [
            notice(text),
            sentence_page(WORDS.say("trouble.channel", channel_id="C0ABM1", error=text)),
            admin.failure_page(text, WORDS),
        ],
    }
    | ACCOUNT_PAGES
    | ADMIN_PAGES
    | RECORDED_PAGES
    | ANSWER_PAGES
    | ITEM_PAGES
)
