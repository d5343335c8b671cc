"""The parts of a reason in words."""

from agendas.text.csv_cells import split_parts
from tests.cases import cases


@cases(
    ("reason", "parts"),
    [
        ("they renew", ("they renew", "", "")),
        ("400 seats, now: they renew, motion: our CFO calls", ("400 seats", "they renew", "our CFO calls")),
        ("400 seats; motion: a pilot. Why now: they renew", ("400 seats", "they renew", "a pilot.")),
        ("400 seats\nNow: they renew\nMotion: a pilot", ("400 seats", "they renew", "a pilot")),
        ("400 seats and why now: they renew", ("400 seats", "they renew", "")),
        ("they decide now, in motion since May", ("they decide now, in motion since May", "", "")),
        ("400 seats, now: one, now: two", ("400 seats", "one, now: two", "")),
        ("now: they renew", ("", "they renew", "")),
        ("now:", ("", "", "")),
        ("see https://acme.example/now:1", ("see https://acme.example/now:1", "", "")),
        ("", ("", "", "")),
    ],
)
def test_a_reason_goes_on_with_why_now_and_the_motion(reason: str, parts: tuple[str, str, str]) -> None:
    assert split_parts(reason) == parts
