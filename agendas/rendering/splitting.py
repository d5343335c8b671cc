"""Parting long mrkdwn: pieces no longer than a limit, never inside a link, a mention or an escaped character."""

import re
from collections.abc import Iterable, Iterator

from agendas.text.characters import characters

_TOKEN = re.compile(r"<[^<>]*>|&(?:amp|lt|gt);|[^\s<&]+|\s|.", re.DOTALL)
_WORD = re.compile(r"(?:<[^<>]*>|[^\s])+|\s")
"""A link with spaces in it is part of one word."""


def length(text: str) -> int:
    """Return a text's length as Slack counts it: UTF-16 units, so that an emoji counts two as in its clients."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parted(text: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit`, parted between lines, else between words, else within a word.

    Joined with a newline or a space where they were parted, the pieces give the text again.
    """
    if length(text) <= limit:
        return [text]
    return joined([piece for line in text.split("\n") for piece in _parted_line(line, limit)], limit)


def joined(lines: Iterable[str], limit: int) -> list[str]:
    """Lines joined by newlines into as few texts of at most `limit` as keeping the order allows."""
    texts: list[str] = []
    room = 0
    for line in lines:
        size = length(line)
        if texts and size + 1 <= room:
            texts[-1] += "\n" + line
            room -= size + 1
        else:
            texts.append(line)
            room = limit - size
    return texts


def weight(block: object) -> int:
    """Return the number of characters in all text objects of a block."""
    if isinstance(block, list):
        return sum(map(weight, block))
    if not isinstance(block, dict):
        return 0
    held = 0
    for name, inside in block.items():
        if isinstance(inside, dict | list):
            held += weight(inside)
        elif name == "text" and isinstance(inside, str):
            held += length(inside)
    return held


def _parted_line(line: str, limit: int) -> Iterator[str]:
    if length(line) <= limit:
        yield line
        return
    piece, size = "", 0
    for token in _tokens(line, limit):
        token_size = length(token)
        if size + token_size > limit:
            yield piece.rstrip()
            piece, size = "", 0
            if token.isspace():
                continue
        piece, size = piece + token, size + token_size
    if piece.strip():
        yield piece


def _tokens(line: str, limit: int) -> Iterator[str]:
    """The line's words and spaces; of a word longer than a piece, its links, its escapes and its characters."""
    for word in _WORD.findall(line):
        if length(word) <= limit:
            yield word
        else:
            yield from _tokens_of_word(word, limit)


def _tokens_of_word(word: str, limit: int) -> Iterator[str]:
    for match in _TOKEN.finditer(word):
        token = match.group()
        if length(token) > limit and token[0] not in "<&":
            for character in characters(token):
                # marks without end on one letter are parted after all
                yield from (character,) if length(character) <= limit else character
        else:
            yield token
