"""Several questions in one message: each is read and answered by itself, one below the other."""

import re
from dataclasses import replace
from itertools import chain

from agendas.rendering.page import Page
from assistant.context import QuestionContext
from assistant.conversation import LastAnswer
from assistant.reading.names import Asked, Names
from assistant.reading.reader import read_question
from assistant.reply import Reply, reply

MOST = 3
"""Questions of one message that are answered one by one; a longer text is read as one."""

END = re.compile(r"(?<=\?)\s+")


def reply_to_each(
    context: QuestionContext, text: str, names: Names, asked: Asked, *, last: LastAnswer | None
) -> Reply | None:
    """Return the answers to the two or three questions of a text; None where it is one, or one of them is not clear.

    A later question stands on the one before it that named an account: "How is Corvane? Any blockers? Who owns it?".
    """
    texts = [each for each in END.split(text.strip()) if each]
    if not 1 < len(texts) <= MOST or not all(each.endswith("?") for each in texts):
        return None
    replies: list[Reply] = []
    before = last
    for each in texts:
        reading = read_question(each, names, asked, today=context.today, last=before)
        if reading.query is None or reading.choices or reading.unread:
            return None
        replied = reply(context, each, reading)
        if replied.last is None:
            return None
        if not replies or before is None or set(replied.last.query.of) - set(before.query.of):
            before = replied.last
        replies.append(replied)
    return replace(replies[-1], page=_joined([each.page for each in replies]))


def _joined(pages: list[Page]) -> Page:
    return replace(pages[0], items=tuple(chain.from_iterable(each.items for each in pages)))
