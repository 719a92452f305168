"""The proposers in use. A further proposer is one file beside these and one line here."""

from qualkit.index.interface import Proposer
from qualkit.index.lexical import Lexical
from qualkit.index.meaning import Meaning
from qualkit.index.question import Question


def proposers() -> tuple[Proposer, ...]:
    return (Question(), Lexical(), Meaning())
