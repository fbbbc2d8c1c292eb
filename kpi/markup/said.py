"""What was said about a figure: narratives, with their paragraphs, lists, bold and links.

Under what we are doing stand the actions that are promised and the month of recovery.
"""

from collections.abc import Sequence

from kpi import formatting, words
from kpi.drafts import Draft
from kpi.formatting import Block, Break, Items, Paragraph, Piece, Text
from kpi.markup.ground import escape, typed
from kpi.markup.standing import by, moment, saved
from kpi.narrative import PROMPTS, Action, Prompt, Words
from kpi.revisions import Revision
from kpi.signoff import Standing


def narrative(said: Words) -> str:
    """Return what a narrative says under each of its headings."""
    return "".join(_part(said, prompt) for prompt in PROMPTS)


def conflict(theirs: Revision) -> str:
    """Return what another author saved while the reader was writing."""
    return (
        '<div class="alert" role="alert" tabindex="-1"><p><b>Not saved:</b> somebody else saved '
        "while you were writing. Their words are here and yours are in the boxes below. Nothing is "
        f"lost. Put what should stand into the boxes.</p>{narrative(theirs.words)}"
        f"<p>{escape(saved(theirs))}</p></div>"
    )


def elsewhere(kept: Draft) -> str:
    """Return what the reader has typed about the same in another tab."""
    return (
        '<div class="alert" role="alert" tabindex="-1"><p><b>Not kept:</b> you have typed about '
        "this in another tab too. Those words are here, and what you have typed now is in the "
        f"boxes below. Nothing is lost. Say which should stand.</p>{narrative(kept.words)}"
        f"<p>Typed in another tab, {moment(kept.saved_at)}</p></div>"
    )


def before(month: str, said: Revision | None) -> str:
    """Return what was said of last month's figure, to be read beside this month's words."""
    if said is None:
        return f'<p class="sub">{month} has no narrative.</p>'
    return (
        f'<div class="before" tabindex="0" role="region" aria-label="{month}’s narrative">'
        f"<h3>{month}’s narrative</h3>{narrative(said.words)}"
        f'<p class="sub">{escape(saved(said))}</p></div>'
    )


def versions(revisions: Sequence[Revision], standing: Standing) -> str:
    """Return every revision, newest first, to be opened: its words, and who did what to it when."""
    return "".join(_version(one, standing) for one in reversed(revisions))


def formatted(text: str) -> str:
    """Return what an author typed as HTML, every piece of it escaped.

    Each paragraph finds its own direction of writing, and turns nothing outside itself.
    """
    return "".join(_block(block) for block in formatting.parse(text))


def _part(said: Words, prompt: Prompt) -> str:
    text = formatted(said.texts[prompt.id])
    if prompt.id == "actions":
        text += _promised(said)
    return f'<div class="said"><h4>{escape(prompt.heading)}</h4>{text or "<p>–</p>"}</div>'


def _promised(said: Words) -> str:
    """Return the actions that are promised, and by when the figure is back on target."""
    lines = [_action(one) for one in said.actions]
    if said.back_on_target_by:
        lines.append(f"Back on target by <b>{words.month(said.back_on_target_by)}</b>")
    items = "".join(f"<li><div><p>{line}</p></div></li>" for line in lines)
    return f'<ul class="promised">{items}</ul>' if items else ""


def _action(action: Action) -> str:
    owner = typed(action.owner) or "nobody named"
    due = f"by {words.day(action.due)}" if action.due else "no date"
    what = typed(action.what) or "–"
    return f'<bdi>{what}</bdi> <span class="who">(<bdi>{owner}</bdi>, {due})</span>'


def _version(revision: Revision, standing: Standing) -> str:
    steps = [one for one in standing.trail if one.revision == revision.number]
    told = [by(one) + (f": “{one.reason}”" if one.reason else "") for one in steps]
    later = told[1:] or told or [saved(revision)]  # the first step of each is that it was saved
    now = ", in force" if standing.approved and standing.approved.number == revision.number else ""
    return (
        f"<details><summary>Revision {revision.number}{now}: {typed('; '.join(later))}</summary>"
        f"{narrative(revision.words)}</details>"
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
