"""What the checks question in a text, for its author and for whoever reviews it."""

from collections.abc import Sequence

from kpi.markup.ground import escape, typed
from kpi.narrative import Sourced
from kpi.proofing import Remark

MANY = 12  # as many as a reviewer reads


def remark(one: Remark) -> str:
    """Return what is questioned and the words that it is about; with its source, if it has one."""
    if one.sourced:
        return f'<p class="remark answered">{_words(one)} – {typed(one.sourced)}</p>'
    return f'<p class="remark">{typed(one.says)}</p>'


def remarks(found: Sequence[Remark], sourced: Sequence[Sourced]) -> str:
    """Return for a reviewer what the checks question, and what the author has answered."""
    asked = {" ".join(one.words.split()) for one in found}
    besides = [one for one in sourced if one.words not in asked]
    if not found and not besides:
        return '<p class="line">The checks question nothing.</p>'
    lines = "".join(
        f"<li><b>{escape(one.kind)}</b>: {_words(one)}"
        + (f" – its author says: {typed(one.sourced)}" if one.sourced else "")
        + "</li>"
        for one in found[:MANY]
    )
    if len(found) > MANY:
        lines += f"<li>and {len(found) - MANY:,} more</li>"
    lines += "".join(
        f"<li><bdi>“{typed(one.words)}”</bdi> – its author says: {typed(one.source)}</li>"
        for one in besides
    )
    return f'<ul class="remarks">{lines}</ul>'


def _words(one: Remark) -> str:
    return f"<bdi>“{typed(one.words)}”</bdi>"
