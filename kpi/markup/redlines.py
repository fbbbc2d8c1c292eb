"""What has changed between two versions of a narrative, as it is read and as it is heard."""

from collections.abc import Sequence

from kpi.markup.ground import escape, typed
from kpi.markup.standing import moment
from kpi.redline import Change, Piece, Redline
from kpi.signoff import Event

TAGS = {Change.ADDED: ("ins", "added"), Change.REMOVED: ("del", "removed")}


def redlines(since: Event, found: Sequence[Redline]) -> str:
    """Return what has changed since a version was approved or returned."""
    head = f"<h3>Changed since it was {since.step} by {escape(since.who)}, {moment(since.at)}</h3>"
    reason = f'<p class="line">“{typed(since.reason)}”</p>' if since.reason else ""
    if not found:
        return f'<div class="redlines">{head}{reason}<p class="line">No word has changed.</p></div>'
    parts = "".join(
        f"<h4>{escape(one.heading)}</h4><p>{''.join(map(_piece, one.pieces))}</p>" for one in found
    )
    return f'<div class="redlines">{head}{reason}{parts}</div>'


def _piece(piece: Piece) -> str:
    said = typed(piece.text)
    if piece.change is Change.KEPT:
        return said
    tag, aloud = TAGS[piece.change]
    begins, ends = (f'<span class="unseen">{mark}</span>' for mark in (f"[{aloud}: ", "]"))
    return f"<{tag}>{begins}{said}{ends}</{tag}>"
