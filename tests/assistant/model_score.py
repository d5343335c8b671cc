"""The score of a language model on the labelled questions: `python -m tests.assistant.score --model [SHAPE ...]`.

The server is that of `OPENAI_BASE_URL`, `OPENAI_MODEL` and `OPENAI_API_KEY`; it is asked what the bot would ask it.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

from agendas.rendering.words import Words
from assistant.by_model import ModelFailed, ask_twice, is_taken, question_for_model, reading_of
from tests.assistant.labels import Question
from tests.assistant.turns import read_turns
from tests.assistant.verdicts import WRONG, Verdict, judge
from tests.assistant.world import TODAY

if TYPE_CHECKING:
    from assistant.model import ModelServer  # its library takes long to load


@dataclass(slots=True)
class ModelScore:
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    asked: int = 0
    failed: int = 0
    tokens: int = 0
    seconds: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        count, asked = max(1, self.verdicts.total()), max(1, self.asked)
        wrong, back = sum(self.verdicts[each] for each in WRONG), (Verdict.ASKED, Verdict.OFFERED)
        slow = sorted(self.seconds)[-1 - len(self.seconds) // 20] if self.seconds else 0.0
        return (
            f"right {self.verdicts[Verdict.RIGHT] / count:.1%}, wrong {wrong / count:.1%}, "
            f"asked back {sum(self.verdicts[each] for each in back) / count:.1%}; asked for {self.asked / count:.1%}, "
            f"failed {self.failed}, {self.tokens / asked:.0f} tokens and {sum(self.seconds) / asked:.1f} s a question, "
            f"one in twenty over {slow:.1f} s"
        )


async def score_of(server: "ModelServer", questions: Sequence[Question], *, seconds: float) -> ModelScore:
    """Ask the model for what the rules do not read whole, and judge all questions by what is answered then."""
    score, words = ModelScore(), Words()
    for question in questions:
        turn = read_turns(question)
        reading, given = turn.reading, {"workspace_id": "T0WORLD", "today": TODAY, "last": turn.last}
        to = question_for_model(turn.text, turn.names, turn.asked, by_rules=reading, **given)
        if to is not None:
            score.asked += 1
            began_at = perf_counter()
            try:
                async with asyncio.timeout(seconds):
                    found = await ask_twice(server, reading_of(to), words)
            except (TimeoutError, ModelFailed):
                score.failed += 1
            else:
                reading = found if is_taken(found, to) else reading
            score.seconds.append(perf_counter() - began_at)
        score.verdicts[judge(question, reading)] += 1
    score.tokens = server.tokens
    return score
