"""How a narrative is laid out: paragraphs, lists, bold and links, of what an author typed.

The author writes plain text with a little Markdown in it. What is not in the subset stays as it was
typed, and no letter or digit is ever lost. Here a text becomes a small tree; kpi.markup makes HTML
of it and escapes every piece.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from kpi import settings

DEEPEST = 3  # lists within lists; what lies deeper stays as it was typed


@dataclass(frozen=True)
class Text:
    """Words of one line, bold or not."""

    words: str
    bold: bool = False


@dataclass(frozen=True)
class Break:
    """The end of a line, where its author ended it."""


@dataclass(frozen=True)
class Link:
    """Words that lead to an address, whose host the settings allow."""

    label: tuple["Piece", ...]
    address: str

    @property
    def host(self) -> str:
        """The host that the address leads to: 'www.gov.uk'."""
        return (urlsplit(self.address).hostname or "").lower()


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together."""

    pieces: tuple["Piece", ...]


@dataclass(frozen=True)
class Item:
    """One item of a list, with its number as it was typed: '2.'; nothing for a bullet."""

    number: str
    blocks: tuple["Block", ...]


@dataclass(frozen=True)
class Items:
    """A list, numbered or bulleted."""

    items: tuple[Item, ...]

    @property
    def numbered(self) -> bool:
        """Whether it is numbered."""
        return bool(self.items[0].number)


Block = Paragraph | Items
Piece = Text | Break | Link


def parse(text: str) -> tuple[Block, ...]:
    """Return what an author typed as paragraphs and lists."""
    tokens = iter(_PARSER.parse(visible(text)))
    return tuple(_blocks(tokens, settings.link_hosts()))


def visible(text: str) -> str:
    """Return `text` without the characters that no reader sees.

    Those that turn the direction of writing could show '59%' where '95%' is written and checked,
    and one of no width could hide a number or a name from a check. What emoji and other scripts
    need stays: joiners and marks of direction behind a character beyond ASCII, and the tags in the
    flag of England. A narrative is kept as it was typed; only what is made of it is without them.
    """
    text = re.sub(r"\r\n?|[\v\f\x85\u2028\u2029]", "\n", text)  # Word's own ends of lines as well
    text = _HIDDEN.sub(lambda found: found["flag"] or "", text.translate(_STANDS_FOR))
    return _JOINERS.sub("", text)


def allowed(address: str, hosts: Iterable[str]) -> bool:
    """Return whether a link may lead to `address`: https, and one of `hosts` or under one."""
    found = _ADDRESS.fullmatch(address)
    host = found["host"].lower() if found else ""
    if not host or any(label.startswith("xn--") for label in host.split(".")):
        return False  # an address in punycode can look like another on the page
    return any(host == one or host.endswith(f".{one}") for one in hosts)


# Word's bullet has no letter outside its own font; half of a surrogate pair is no character.
_STANDS_FOR = {0xF0B7: "•", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}
_HIDDEN = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0061-\U000e007a]{1,6}\U000e007f)"
    "|[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_JOINERS = re.compile("(?<![^\x00-\x7f])[\u061c\u200c-\u200f]+")

# No user, no port, no character that a browser reads as another: only what is plain to see.
_ADDRESS = re.compile(
    r"https://(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})"
    r"(?:[/?#][a-z0-9._~:/?#@!$&'()*+,;=%-]*)?",
    re.IGNORECASE | re.ASCII,
)
_BEHIND = re.compile(r"\((?P<address>[^\s()<>]{1,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)\)")
_MARKER = re.compile(r"(?:[-*]|[0-9]{1,9}[.)])[ \t](?P<rest>.*)")


def _shallow_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a list unless it lies too deep or is a line of marks, as in '* * *'."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    found = _MARKER.match(line)
    if not found or not found["rest"].strip(" \t-*+") or state.level >= 2 * DEEPEST:
        return False
    return list_block(state, start, end, silent)


def _outdented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """End an item's paragraph where the next line is not indented: its author has left the list."""
    return silent and state.sCount[start] < state.blkIndent


def _picture(state: StateInline, silent: bool) -> bool:
    """Leave '![' as it was typed, so that a picture does not become a link."""
    if not state.src.startswith("![", state.pos):
        return False
    if not silent:
        state.pending += "!["
    state.pos += 2
    return True


def _link(state: StateInline, silent: bool) -> bool:
    """Read '[words](address)' and keep the address letter for letter. There is no other form."""
    if state.src[state.pos] != "[":
        return False
    start, end = state.pos + 1, state.md.helpers.parseLinkLabel(state, state.pos, True)
    found = _BEHIND.match(state.src, end + 1, state.posMax) if end >= start else None
    if not found:
        return False
    if not silent:
        longest = state.posMax
        state.pos, state.posMax = start, end
        state.push("link_open", "a", 1).attrs = {"href": found["address"]}
        state.md.inline.tokenize(state)
        state.push("link_close", "a", -1)
        state.posMax = longest
    state.pos = found.end()
    return True


def _parser() -> MarkdownIt:
    """Return a parser of the subset alone, which may be shared by threads."""
    parser = MarkdownIt("zero", {"maxNesting": 20})  # far more than DEEPEST: past it, text is lost
    parser.block.ruler.at("list", _shallow_list, {"alt": ["paragraph"]})
    parser.block.ruler.before("list", "outdented", _outdented, {"alt": ["paragraph"]})
    parser.inline.ruler.at("link", _link)
    parser.inline.ruler.before("link", "picture", _picture)
    parser.enable(["list", "emphasis", "link"])
    parser.parse("- begun")  # it puts its rules in order when first used, and not for two at once
    return parser


_PARSER = _parser()


def _blocks(tokens: Iterator[Token], hosts: Sequence[str]) -> Iterator[Block]:
    """Yield the blocks up to the end of the list item that they are in, or of the text."""
    for token in tokens:
        if token.type == "inline":
            yield Paragraph(tuple(_pieces(token.children or [], hosts)))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield Items(tuple(_items(tokens, hosts)))
        elif token.type == "list_item_close":
            return


def _items(tokens: Iterator[Token], hosts: Sequence[str]) -> Iterator[Item]:
    for token in tokens:
        if token.type != "list_item_open":
            return  # the end of the list
        number = token.info + token.markup if token.info else ""
        yield Item(number, tuple(_blocks(tokens, hosts)))


def _pieces(tokens: Iterable[Token], hosts: Sequence[str], bold: int = 0) -> list[Piece]:
    """Return the pieces of a paragraph. Emphasis other than bold stays as it was typed."""
    tokens, found = iter(tokens), []
    for token in tokens:
        if token.type == "link_open":
            inside = takewhile(lambda one: one.type != "link_close", tokens)
            label, address = _pieces(inside, hosts, bold), str(token.attrs["href"])
            named = any(isinstance(piece, Text) and piece.words.strip() for piece in label)
            if allowed(address, hosts):
                found.append(Link(tuple(label if named else [Text(address, bold > 0)]), address))
            else:  # its words, and where it would have led
                found += label
                _add(found, f" ({address})" if named else address, bold > 0)
        elif token.markup == "**":
            bold += token.nesting
        else:
            _add(found, token.content or token.markup, bold > 0)
    return found


def _add(found: list[Piece], typed: str, bold: bool) -> None:
    """Add what was typed, line by line, to the words before it if they are alike."""
    for number, words in enumerate(typed.split("\n")):
        if number:
            found.append(Break())
        last = found[-1] if found else None
        if isinstance(last, Text) and last.bold == bold:
            found[-1] = Text(last.words + words, bold)
        elif words:
            found.append(Text(words, bold))
