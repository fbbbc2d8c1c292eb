"""What was said about a figure: narratives, with their paragraphs, lists, bold and links."""

from collections.abc import Sequence

from kpi import formatting, words
from kpi.formatting import Block, Break, Items, Paragraph, Piece, Text
from kpi.markup.ground import escape
from kpi.narrative import PROMPTS
from kpi.revisions import Revision


def narrative(revision: Revision) -> str:
    """Return a narrative, and who saved it."""
    return f'{_parts(revision)}<p class="sub">{escape(saved(revision))}</p>'


def conflict(theirs: Revision) -> str:
    """Return what another author saved while the reader was writing."""
    return (
        '<div class="alert" role="alert"><p><b>Not saved:</b> somebody else saved while you were '
        "writing. Their words are here and yours are in the boxes below. Nothing is lost. Put what "
        f"should stand into the boxes.</p>{_parts(theirs)}<p>{escape(saved(theirs))}</p></div>"
    )


def saved(revision: Revision) -> str:
    """Return which revision it is, who saved it and when."""
    when = f"{words.day(revision.saved_at)}, {revision.saved_at:%H:%M} UTC"
    return f"Revision {revision.number}, saved by {revision.author}, {when}"


def formatted(text: str) -> str:
    """Return what an author typed as HTML, every piece of it escaped.

    Each paragraph finds its own direction of writing, and turns nothing outside itself.
    """
    return "".join(_block(block) for block in formatting.parse(text))


def _parts(revision: Revision) -> str:
    return "".join(
        f'<div class="said"><h4>{escape(prompt.heading)}</h4>'
        f"{formatted(revision.texts[prompt.id]) or '<p>–</p>'}</div>"
        for prompt in PROMPTS
    )


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f'<p dir="auto">{_pieces(block.pieces)}</p>'
    # Safari reads a list without bullets out as none, unless it is told that it is one.
    name, role = ("ol", ' role="list"') if block.numbered else ("ul", "")
    return f"<{name}{role}>{''.join(_items(block))}</{name}>"


def _items(block: Items) -> list[str]:
    """Return the items of a list, each with its number as it was typed."""
    return [
        "<li>"
        + (f"<span>{escape(item.number)}</span> " if item.number else "")
        + f"<div>{''.join(map(_block, item.blocks))}</div></li>"
        for item in block.items
    ]


def _pieces(pieces: Sequence[Piece]) -> str:
    return "".join(map(_piece, pieces))


def _piece(piece: Piece) -> str:
    if isinstance(piece, Break):
        return "<br>"
    if isinstance(piece, Text):
        said = escape(piece.words)
        return f"<b>{said}</b>" if piece.bold else said
    # The words of a link may say anything: the host behind them is what a reader can trust.
    return (
        f'<a href="{escape(piece.address)}" target="_blank" rel="noopener noreferrer">'
        f"<bdi>{_pieces(piece.label)}</bdi> <bdi>({escape(piece.host)}, new tab)</bdi></a>"
    )
