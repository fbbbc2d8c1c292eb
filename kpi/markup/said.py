"""What was said about a figure, as it was typed."""

from kpi import words
from kpi.markup.ground import escape
from kpi.narrative import PROMPTS
from kpi.revisions import Revision


def narrative(revision: Revision) -> str:
    """Return a narrative as it was typed, line for line, and who saved it."""
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


def _parts(revision: Revision) -> str:
    return "".join(
        f'<div class="said"><h4>{escape(prompt.heading)}</h4>'
        f"<p>{escape(revision.texts[prompt.id]) or '–'}</p></div>"
        for prompt in PROMPTS
    )
