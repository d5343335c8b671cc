from agendas.facts.program import LedgerState
from agendas.rules.access import REASONS, delivery_reason
from tests.cases import cases


@cases(
    ("code", "state", "words"),
    [
        ("not_in_channel", LedgerState.REFUSED, "invite"),
        ("is_archived", LedgerState.REFUSED, "archived"),
        ("is_ext_shared", LedgerState.WAITING, "another company"),
        ("restricted_action_thread_only_channel", LedgerState.REFUSED, "settings"),
        ("token_revoked", LedgerState.REFUSED, "install it again"),
        ("msg_too_long", LedgerState.REFUSED, "too long"),
        ("ratelimited", LedgerState.WAITING, "tried again"),
        ("http_503", LedgerState.WAITING, "did not answer"),
        ("", LedgerState.WAITING, "not been sent yet"),
        ("internal_error", LedgerState.UNSURE, "may have been posted"),
        ("brand_new_error", LedgerState.REFUSED, "brand_new_error"),
        ("", LedgerState.REFUSED, "refused"),
    ],
)
def test_the_reason_says_in_words_what_is_wrong(code: str, state: LedgerState, words: str) -> None:
    assert words in delivery_reason(code, state=state)


def test_a_known_code_is_never_shown_as_it_is() -> None:
    assert not [code for code in REASONS if "_" in code and code in delivery_reason(code, state=LedgerState.REFUSED)]
