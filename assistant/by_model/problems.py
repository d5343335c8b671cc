"""Reasons for which a language model read nothing."""

from enum import StrEnum


class ModelProblem(StrEnum):
    """Reasons for which the model read nothing; `doctor` and the person who asks are told them."""

    UNREACHED = "unreached"
    TOO_LATE = "too_late"
    KEY_REFUSED = "key_refused"
    NOT_FOUND = "not_found"
    """The address or the model is not known there."""
    TOO_MANY = "too_many"
    REFUSED = "refused"
    FAILED = "failed"
    REDIRECTED = "redirected"
    TOO_LARGE = "too_large"
    NO_JSON = "no_json"
    """It answers, but not in the form that was asked for."""
    PERSON_LIMIT = "person_limit"
    WORKSPACE_LIMIT = "workspace_limit"


class ModelFailed(Exception):
    """The model read nothing; `detail` is a status or the name of an error, never a text of the server."""

    def __init__(self, problem: ModelProblem, detail: str = "") -> None:
        self.problem, self.detail = problem, detail
        super().__init__(f"{problem.value} {detail}".strip())
