"""The modal in front of a person, for tests."""

from typing import Any

from sandbox.readable import block_words, labels
from sandbox.slack import Slack
from sandbox.workspace.views import View


class Form:
    """The modal in front of a person."""

    def __init__(self, slack: Slack, view: View) -> None:
        self._slack, self.view = slack, view

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.view.given["title"]["text"])

    @property
    def words(self) -> str:
        """Its readable text."""
        return block_words(self.view.blocks, self._slack.workspace)

    @property
    def labels(self) -> list[str]:
        """The labels of its fields and controls."""
        return labels(self.view.blocks)

    @property
    def errors(self) -> dict[str, str]:
        """The sentences below its fields, by the field's label."""
        return {self._label(block_id): text for block_id, text in self.view.errors.items()}

    @property
    def values(self) -> dict[str, Any]:
        """Its input by field label: texts, option values, dates, ids; None where empty."""
        found: dict[str, Any] = {}
        for block_id, actions in self.view.state.items():
            for state in actions.values():
                found[self._label(block_id)] = _value(state)
        return found

    def _label(self, block_id: str) -> str:
        for block in self.view.blocks:
            if block["block_id"] == block_id and "label" in block:
                return str(block["label"]["text"])
        return block_id


def _value(state: dict[str, Any]) -> Any:
    for name, part in state.items():
        if name == "type":
            continue
        if isinstance(part, list):
            return [_entry(entered) for entered in part]
        return part["value"] if isinstance(part, dict) and "value" in part else part
    return None


def _entry(entered: Any) -> Any:
    """Return an option's value, a file's name or an id."""
    return entered.get("value", entered.get("name")) if isinstance(entered, dict) else entered
