import pytest

from agendas.rules.access.delivery_reasons import REASONS, delivery_reason


@pytest.mark.parametrize(
    ("code", "state", "words"),
    [
        ("not_in_channel", "refused", "invite"),
        ("is_archived", "refused", "archived"),
        ("is_ext_shared", "waiting", "another company"),
        ("restricted_action_thread_only_channel", "refused", "settings"),
        ("token_revoked", "refused", "install it again"),
        ("msg_too_long", "refused", "too long"),
        ("ratelimited", "waiting", "tried again"),
        ("http_503", "waiting", "did not answer"),
        ("", "waiting", "not been sent yet"),
        ("internal_error", "unsure", "may have been posted"),
        ("brand_new_error", "refused", "brand_new_error"),
        ("", "refused", "refused"),
    ],
)
def test_the_reason_says_in_words_what_is_wrong(code: str, state: str, words: str) -> None:
    assert words in delivery_reason(code, state=state)


def test_a_known_code_is_never_shown_as_it_is() -> None:
    assert not [code for code in REASONS if "_" in code and code in delivery_reason(code, state="refused")]
