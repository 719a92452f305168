"""The speakers of a transcript as transcripts.csv names them: "INT=interviewer; R1=P01; R2=P02"."""

from qualkit.framework.near import fold, spaced
from qualkit.ingest.tables.checks import Check
from qualkit.ingest.tables.table import LONGEST_NAME, TableRow
from qualkit.ingest.tables.telling import shown
from qualkit.model.transcripts import Role

ROLES = {
    "interviewer": Role.INTERVIEWER,
    "researcher": Role.INTERVIEWER,
    "moderator": Role.MODERATOR,
    "facilitator": Role.MODERATOR,
    "participant": Role.PARTICIPANT,
    "other": Role.OTHER,
    "interpreter": Role.OTHER,
    "note taker": Role.OTHER,
    "observer": Role.OTHER,
}


def speakers(check: Check, row: TableRow) -> dict[str, str | Role]:
    """From each label to the id of a participant, or to a role where the word is one. What is no pair is told."""
    found: dict[str, str | Role] = {}
    for piece in row.get("speakers").replace("\n", ";").split(";"):
        label, sign, who = (spaced(part) for part in piece.partition("="))
        if not (label or sign or who):
            continue
        if not (label and sign and who) or "=" in who or len(piece) > LONGEST_NAME:
            check.say(row, f"the speaker {shown(piece)} cannot be read.", "Write LABEL=P01 or LABEL=interviewer.")
            continue
        meant = ROLES.get(fold(who.replace("_", " ").replace("-", " ")), who)
        if label in found and found[label] != meant:
            check.say(row, f"the label {shown(label)} stands for two. The first is kept.", "Take one of them out.")
        found.setdefault(label, meant)
    return found
