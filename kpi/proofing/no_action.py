"""Off target without an action that somebody owns, by a date.

Only what is off target asks for an action, and only actions that are entered count, since only they
become promises that are looked at again when they fall due.
"""

from kpi.judgement import Rating
from kpi.narrative import Words
from kpi.proofing.known import Known
from kpi.proofing.remark import Kind, Remark

PROMPT = "actions"


def check(words: Words, known: Known) -> list[Remark]:
    """Return a remark where an action is missing, and on each without an owner or a date."""
    if known.card.latest.rating is not Rating.MISSED or words.blank:
        return []
    if not words.actions:
        return [
            _remark(
                "No action",
                "The figure is off target and no action is entered. Enter what will be done, who "
                "does it and by when, or say why nothing needs doing.",
            )
        ]
    found = []
    for action in words.actions:
        missing = [
            name
            for name, there in (("owner", action.owner.strip()), ("date", action.due))
            if not there
        ]
        if missing:
            what = action.what.strip() or "An action"
            found.append(
                _remark(
                    what,
                    f"“{what}” has no {' and no '.join(missing)}. Enter who does it and by when.",
                )
            )
    return found


def _remark(said: str, says: str) -> Remark:
    return Remark(kind=Kind.NO_ACTION, prompt=PROMPT, words=said, start=0, end=0, says=says)
