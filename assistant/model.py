"""The client of an OpenAI-compatible server: the one file that knows the library, imported only with a key."""

import logging
from collections.abc import Mapping, Sequence
from typing import cast

import httpx2
from openai import APIConnectionError, APITimeoutError, AsyncOpenAI, DefaultAsyncHttpxClient, OpenAIError
from openai.types.chat import ChatCompletionMessageParam
from pydantic import BaseModel, ValidationError

from assistant.by_model import Message, ModelFailed, ModelProblem

ANSWER_BYTES = 64 * 1024
"""A longer answer is cut off and not read."""

ANSWER_TOKENS = 1_200

STATUSES: Mapping[int, ModelProblem] = {
    401: ModelProblem.KEY_REFUSED,
    403: ModelProblem.KEY_REFUSED,
    404: ModelProblem.NOT_FOUND,
    429: ModelProblem.TOO_MANY,
}
CANNOT_DO = (400, 422, 501)
"""Statuses of servers that lack a part of the request."""

log = logging.getLogger("cadence.model")


class _Said(BaseModel):
    content: str


class _Choice(BaseModel):
    message: _Said


class _Usage(BaseModel):
    total_tokens: int = 0


class _Completion(BaseModel):
    choices: list[_Choice]
    usage: _Usage | None = None


class _NotOk(Exception):
    """The server answered with another status than 200; `text` is the beginning of what it said."""

    def __init__(self, status: int, text: str) -> None:
        self.status, self.text = status, text
        super().__init__(f"status {status}")


class ModelServer:
    """Asks one model of one server. It finds out what the server can do, and asks for no more from then on.

    `tokens` are those that the server has counted so far.
    """

    def __init__(self, *, key: str, base_url: str, model: str, seconds: float) -> None:
        self._model = model
        self._client = AsyncOpenAI(
            api_key=key,
            base_url=base_url,
            max_retries=0,
            timeout=seconds,
            http_client=DefaultAsyncHttpxClient(follow_redirects=False, event_hooks={"response": [_refuse]}),
        )
        # the library loads its half at first use: now, not within the time of the first question
        self._completions = self._client.chat.completions
        self._has_schema = True
        self._has_temperature = True
        self._tokens = "max_tokens"
        self.tokens = 0

    async def ask(self, messages: Sequence[Message], schema: Mapping[str, object]) -> tuple[str, int]:
        """Return what the model says, JSON by the schema where the server can, and its tokens. Raises ModelFailed."""
        while True:
            try:
                return await self._asked(messages, schema)
            except _NotOk as refusal:
                if not (refusal.status in CANNOT_DO and self._asks_for_less(refusal.text.casefold())):
                    raise ModelFailed(_problem_of(refusal.status), str(refusal.status)) from None

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _asked(self, messages: Sequence[Message], schema: Mapping[str, object]) -> tuple[str, int]:
        try:
            async with self._completions.with_streaming_response.create(
                model=self._model,
                # the library has a type for each role
                messages=cast("list[ChatCompletionMessageParam]", messages),
                extra_headers={"Accept-Encoding": "identity"},
                extra_body=self._options(schema),
            ) as response:
                if not response.headers.get("content-type", "").startswith("application/json"):
                    raise ModelFailed(ModelProblem.NO_JSON, "content type")
                body = bytearray()
                async for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > ANSWER_BYTES:
                        raise ModelFailed(ModelProblem.TOO_LARGE)
        except (APITimeoutError, httpx2.TimeoutException):
            raise ModelFailed(ModelProblem.TOO_LATE) from None
        except APIConnectionError as error:
            if isinstance(error.__cause__, _NotOk | ModelFailed):
                raise error.__cause__ from None
            raise ModelFailed(ModelProblem.UNREACHED, type(error.__cause__ or error).__name__) from error
        except (OpenAIError, httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise ModelFailed(ModelProblem.FAILED, type(error).__name__) from error
        return self._content(bytes(body))

    def _content(self, body: bytes) -> tuple[str, int]:
        try:
            completion = _Completion.model_validate_json(body)
            tokens = completion.usage.total_tokens if completion.usage else 0
            self.tokens += tokens
            return completion.choices[0].message.content, tokens
        except (ValidationError, IndexError):
            raise ModelFailed(ModelProblem.NO_JSON, "completion") from None

    def _options(self, schema: Mapping[str, object]) -> dict[str, object]:
        options: dict[str, object] = {self._tokens: ANSWER_TOKENS}
        if self._has_temperature:
            options["temperature"] = 0
        if self._has_schema:
            options["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "reading", "strict": False, "schema": schema},
            }
        return options

    def _asks_for_less(self, refusal: str) -> bool:
        """Leave out or rename the part that the server refuses. Return False when there is none left."""
        if self._tokens == "max_tokens" and "max_completion_tokens" in refusal:
            self._tokens = "max_completion_tokens"
        elif self._has_temperature and "temperature" in refusal:
            self._has_temperature = False
        elif self._has_schema:
            self._has_schema = False
        else:
            return False
        log.info("model_asked_for_less", extra={"schema": self._has_schema, "tokens": self._tokens})
        return True


async def _refuse(response: httpx2.Response) -> None:
    """Raise for what is no answer, having read no more than its beginning; also for what unpacks to any size."""
    if response.headers.get("content-encoding", "identity") != "identity":
        raise ModelFailed(ModelProblem.NO_JSON, "content encoding")
    if response.status_code == 200:
        return
    text = bytearray()
    if response.status_code in CANNOT_DO:
        async for chunk in response.aiter_raw():
            text += chunk
            if len(text) > ANSWER_BYTES:
                break
    raise _NotOk(response.status_code, text.decode(errors="replace"))


def _problem_of(status: int) -> ModelProblem:
    if 300 <= status < 400:
        return ModelProblem.REDIRECTED
    return STATUSES.get(status, ModelProblem.FAILED if status >= 500 else ModelProblem.REFUSED)
