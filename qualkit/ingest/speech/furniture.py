"""Lines that no speaker said: rules, page numbers, and what a transcriber writes at the end."""

import re

_RULE = re.compile(r"(?:[-–—_=*~#]\s*){3,}")
_PAGE = re.compile(r"(?:page|seite|página|pagina|p\.)\s*\d+(?:\s*(?:of|von|de|di|/)\s*\d+)?|[-–—]\s*\d+\s*[-–—]", re.I)
_END = re.compile(
    r"""(?:the\s+)?end\s+of\s+(?:the\s+)?(?:\w+\s+)?(?:transcript|transcription|interview|recording|audio|session|discussion|
            focus\s+group|tape|file|call)
    |(?:transcript|interview|recording|audio|tape)\s+(?:ends?|ended|stops|stopped)(?:\s+here)?
    |ende\s+(?:des|der)\s+(?:interviews?|transkripts?|aufnahme|gesprächs?)
    |fin\s+de\s+(?:la\s+|l['’])?(?:transcription|entretien|transcripción|entrevista|grabación|enregistrement)
    |(?:transcribed|transcription|transcript\s+(?:created|generated|produced))\s+(?:by|with)\b:?\s*\S.{0,80}
    |transkribiert\s+(?:von|mit)\b:?\s*\S.{0,80}
    |\S.{0,62}\s(?:started|stopped)\s+transcription""",
    re.I | re.X,
)
_EDGES = " \t[](){}*_#-–—=.!"


def is_rule(text: str) -> bool:
    """A line of dashes or the like. Three full stops are not one: they are a pause."""
    return bool(_RULE.fullmatch(text.strip()[:200]))


def is_end(text: str) -> bool:
    """The transcriber closes the talk: what follows without a label is not speech either."""
    return len(text) < 160 and bool(_END.fullmatch(text.strip(_EDGES)))


def is_furniture(text: str) -> bool:
    return is_rule(text) or (len(text) < 40 and bool(_PAGE.fullmatch(text.strip()))) or is_end(text)
