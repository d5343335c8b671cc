"""What the Web API and people's acts work on: the workspace, its events, and the way to the app."""

from dataclasses import dataclass, field

from sandbox.delivery.courier import Courier
from sandbox.delivery.events import Events
from sandbox.faults import Call, Faults
from sandbox.workspace import Workspace


@dataclass
class World:
    """The parts that belong together for one sandbox; ``origin`` is its address without a trailing slash."""

    workspace: Workspace
    courier: Courier
    events: Events
    bot_token: str
    app_token: str
    origin: str = ""
    faults: Faults = field(default_factory=Faults)
    calls: list[Call] = field(default_factory=list)
