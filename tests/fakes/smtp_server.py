"""A mail server on loopback that keeps what it takes, and fails where it is told to."""

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

HANG_UP = ""
"""An answer that is none: the connection is cut."""


@dataclass
class Taken:
    """A mail that the server took: from whom, to whom, and over what."""

    sender: str
    to: str
    message: EmailMessage
    is_encrypted: bool
    user: str


@dataclass
class FakeSmtp:
    """A mail server; `answers` are given in the place of its own, by the command that they answer, one each time.

    The answer to the end of a mail is that of `.`. With `tls` it offers STARTTLS, with `password` it wants a login.
    """

    port: int = 0
    answers: dict[str, list[str]] = field(default_factory=dict)
    password: str = ""
    tls: ssl.SSLContext | None = None
    taken: list[Taken] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = _Talk(self, reader, writer)
        try:
            await talk.says("220 mail.example")
            while await talk.hears():
                pass
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()

    def said_instead(self, command: str) -> str | None:
        """The answer that was asked for, None for the server's own."""
        asked = self.answers.get(command)
        return asked.pop(0) if asked else None


class _Talk:
    def __init__(self, server: FakeSmtp, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server, self._reader, self._writer = server, reader, writer
        self._sender = self._to = self._user = ""
        self._is_encrypted = writer.get_extra_info("sslcontext") is not None

    async def says(self, *lines: str) -> None:
        self._writer.write("".join(f"{line}\r\n" for line in lines).encode())
        await self._writer.drain()

    async def hears(self) -> bool:
        """Serve one command; return False when the connection ends."""
        line = (await self._reader.readuntil(b"\r\n")).decode().rstrip("\r\n")
        command = line.split(":")[0].split()[0].upper()
        self._server.heard.append(command)
        instead = self._server.said_instead(command)
        if instead is not None:
            if instead:
                await self.says(instead)
            return bool(instead)
        return await self._serve(command, line)

    async def _serve(self, command: str, line: str) -> bool:
        if command == "EHLO":
            await self.says(*self._greeting())
        elif command == "STARTTLS" and self._server.tls:
            await self.says("220 go ahead")
            await self._writer.start_tls(self._server.tls)
            self._is_encrypted = True
        elif command == "AUTH":
            _, user, password = base64.b64decode(line.split()[2]).decode().split("\0")
            self._user = user
            is_right = password == self._server.password
            await self.says("235 welcome" if is_right else "535 wrong user or password")
        elif command == "DATA":
            return await self._data()
        else:
            self._sender = line.split("<")[1].split(">", maxsplit=1)[0] if command == "MAIL" else self._sender
            self._to = line.split("<")[1].split(">", maxsplit=1)[0] if command == "RCPT" else self._to
            await self.says("221 bye" if command == "QUIT" else "250 ok")
            return command != "QUIT"
        return True

    def _greeting(self) -> list[str]:
        offered = ["AUTH PLAIN"] if self._server.password else []
        offered += ["STARTTLS"] if self._server.tls and not self._is_encrypted else []
        return [*(f"250-{each}" for each in ("mail.example", *offered)), "250 SIZE 10000000"]

    async def _data(self) -> bool:
        await self.says("354 go on")
        content = (await self._reader.readuntil(b"\r\n.\r\n")).removesuffix(b".\r\n")
        message = message_from_bytes(content.replace(b"\r\n..", b"\r\n."), policy=policy.default)
        taken = Taken(self._sender, self._to, message, self._is_encrypted, self._user)  # type: ignore[arg-type]
        instead = self._server.said_instead(".")
        if instead is None or instead == HANG_UP:
            self._server.taken.append(taken)
        if instead != HANG_UP:
            await self.says(instead or "250 taken")
        return instead != HANG_UP


@asynccontextmanager
async def smtp_server(*, encrypted: ssl.SSLContext | None = None, **more: object) -> AsyncIterator[FakeSmtp]:
    """Run a mail server on a free port; `encrypted` from the first byte where that is given."""
    server = FakeSmtp(**more)  # type: ignore[arg-type]
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=encrypted)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        await listening.wait_closed()
