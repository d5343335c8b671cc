"""Values that nobody should enter: odd texts, values of odd types, and words of commands in no order."""

from typing import Any

ODD_TEXTS = (
    *("", " ", "\0", "a\0b", "\ud800", "x\udfffy", "\u202eabc\u202c", "\u0301" * 50, "👩‍👩‍👧‍👦" * 20, "ﷺ" * 200),
    *("\u0130\u0131\u017fK", "١٢٣", "<!channel> <@U0BOB0001|x> <https://a.example|b> &amp;", "{{ 7 * 7 }}{% raw %}"),
    *("'; drop table account; --", "../../etc/passwd", "\r\n\t\v\f\x1b[31m\x7f\u2028", "a" * 256, "é" * 3_001),
    *("word " * 2_000, "0", "-1", "1e9", "9" * 25, "true", "null", "[]", "{}", '{"account_id": "x"}'),
    *('{"account_id": 99999999999999999999, "text": "/account"}', "[[[[" * 300, "0001-01-01", "9999-12-31"),
    *("2026-02-30", "25:61", "Mars/Olympus", "1, 2, 3", "draft/x", "field/", "/", "open/x"),
)

ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 7, 2**31, 2**63, 10**400, 1.5, float("nan"), float("inf"), [], {}, [None], [[]]),
    *([{}], {"id": None}, {"id": {"id": 1}}, {"value": []}, {"values": {"text": {"x": 1}}}, ["a", "b"]),
)

WORDS = (
    *("acme", "globex", '"Acme Corp"', "acme.example", "larch", "pinewood", "zenith", "this", "nobody", "name"),
    *("tier", "pause", "remove", "reject", "restore", "nominate", "edit", "history", "because", "1", "2", "9", "to"),
    *("aware", "engaged", "customer", "nothing", "resolve", "needs", "finance", "by", "fri", "tomorrow", "eow"),
    *("schedule", "now", "close", "skip", "move", "resume", "ledger", "list", "people", "help", "next", "blocker"),
    *("<@U0BOB0001>", "<@U0ZED0001>", "@nobody", "<https://a.example|b>", "2026-12-04", "0000-00-00", "in 2 weeks"),
    *("sales", "editor", "admin", ",", '"', "“", "they agreed to a pilot", "-", "how is", "what is stalled"),
    "who owns",
)
