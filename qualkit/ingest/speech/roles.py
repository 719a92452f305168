"""Who asks and who answers, and whether it is an interview or a focus group: by the labels, else by how they speak."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualkit.ingest.interface import Hints, SpokenLabel
from qualkit.ingest.speech.header import Header
from qualkit.ingest.speech.labels import fold
from qualkit.ingest.speech.turns import Heard, Utterance
from qualkit.ingest.speech.vocabulary import INTERVIEWER, MODERATOR, OTHER, PARTICIPANT, SHORT
from qualkit.model.rows import Problem
from qualkit.model.transcripts import Kind, Role, Told

_GROUP = 3  # participants: two are a couple
_LEAST = 0.2  # of an interviewer's turns end in a question
_FAR_MORE, _MORE = 2.5, 1.2  # times as often as the others'
_MOST_ASKERS = 3  # where more ask it is a meeting
_QUESTION = re.compile(r"""[?？؟;՞]["'”’»)\]*_\s]*(?:[(\[][^)\]]{0,60}[)\]]\s*)*$""")


@dataclass(frozen=True)
class Cast:
    labels: tuple[SpokenLabel, ...]
    kind: Kind
    kind_told: Told
    problems: tuple[Problem, ...]


def cast(heard: Heard, file: str, hints: Hints) -> Cast:
    """Give each label a role and the talk a kind; what a person said beforehand overrules what is found."""
    spelling = {turn.speaker: turn.label for turn in heard.said}
    confirmed = {fold(label): Role.INTERVIEWER for label in hints.interviewers}
    confirmed |= {fold(label): role for label, role in hints.roles.items()}
    roles = {label: confirmed.get(label) or role_by_word(label, heard.header) for label in spelling}
    asks = [label for label, role in roles.items() if role and role.asks]
    inferred = [] if asks or not heard.labelled else _by_questions(heard.said, roles)
    answers = sum(role in (None, Role.PARTICIPANT) for role in roles.values()) - len(inferred)
    group = any(role is Role.MODERATOR for role in roles.values()) or answers >= _GROUP
    kind = hints.kind or (Kind.FOCUS_GROUP if group else Kind.INTERVIEW)
    for label in inferred:
        roles[label] = Role.MODERATOR if kind is Kind.FOCUS_GROUP else Role.INTERVIEWER
    labels = tuple(
        SpokenLabel(
            f"s{n}", spelling[label], role or Role.PARTICIPANT, Told.CONFIRMED if label in confirmed else Told.INFERRED
        )
        for n, (label, role) in enumerate(roles.items(), start=1)
    )
    problems = tuple(_problems(labels, heard, file, bool(inferred), confirmed.keys() - spelling.keys()))
    return Cast(labels, kind, Told.CONFIRMED if hints.kind else Told.INFERRED, problems)


def role_by_word(label: str, header: Header) -> Role | None:
    """The role that a folded label, or what the file says of it, states; None where it states none."""
    if word := header.named.get(label):
        return _role_of_words([word])
    if any(_is_short_for(label, name) for name in header.askers):
        return Role.INTERVIEWER
    bare = label.rstrip("0123456789 #")
    if bare in OTHER:
        return Role.OTHER
    if bare in SHORT:
        return SHORT[bare]
    if bare == "p":
        return Role.PARTICIPANT
    return _role_of_words(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", label))


def _role_of_words(words: Sequence[str]) -> Role | None:
    for known, role in ((MODERATOR, Role.MODERATOR), (INTERVIEWER, Role.INTERVIEWER), (PARTICIPANT, Role.PARTICIPANT)):
        if not known.isdisjoint(words):
            return role
    return None


def _is_short_for(label: str, name: str) -> bool:
    """ "Dana", "Reed" and "DR" are Dana Reed."""
    words = re.findall(r"\w+", name)
    return label == name or label in words or (len(words) > 1 and label == "".join(word[0] for word in words))


def _by_questions(said: Sequence[Utterance], roles: Mapping[str, Role | None]) -> list[str]:
    """The speakers whose turns end in questions far more often than the others' do: several may be the interviewer.

    A participant by name is never one of them; where all others are, less of a difference will do. Taking somebody
    for the interviewer takes the words out of the data, so that a second and a third need clear evidence.
    """
    turns = Counter(turn.speaker for turn in said if roles[turn.speaker] is not Role.OTHER)
    questions = Counter(turn.speaker for turn in said if _QUESTION.search(turn.text[-200:]))
    share = {label: questions[label] / n for label, n in turns.items()}
    asking = [label for label in turns if roles[label] is None]
    asking = [label for label in asking if questions[label] > 1 or (questions[label] and label == said[0].speaker)]
    asking = sorted((label for label in asking if share[label] >= _LEAST), key=lambda label: -share[label])
    unnamed = sum(roles[label] is not Role.PARTICIPANT for label in turns)
    said_by_rest, asked_by_rest = turns.total(), sum(questions[label] for label in turns)
    best, asked, most = 0, 0, 0.0
    for n, label in enumerate(asking, start=1):
        said_by_rest, asked_by_rest = said_by_rest - turns[label], asked_by_rest - questions[label]
        asked += questions[label]
        if not said_by_rest or asked < 2:
            continue
        ratio = share[label] / ((asked_by_rest + 0.5) / (said_by_rest + 1))
        far = _MORE if unnamed == n else _FAR_MORE  # unnamed == n: the rest are participants by name
        if ratio >= far and ratio >= 2 * most:
            best, most = n, ratio
    return asking[:best] if best <= _MOST_ASKERS else []


def _problems(
    labels: Sequence[SpokenLabel], heard: Heard, file: str, inferred: bool, missing: Collection[str]
) -> Iterator[Problem]:
    name_it = "Name the interviewer's label: --interviewer LABEL."
    if missing:
        what = "A label that was named beforehand does not occur in this file."
        yield Problem(file, "", what, "Compare it with the labels in the file; capitals do not matter.")
    asks = any(label.role.asks for label in labels)
    if heard.labelled and len(labels) == 1:
        yield _one_label(heard, file, asks)
    elif inferred:
        what = "Who asks the questions was made out by how the speakers talk, not by their labels."
        yield Problem(file, "", what, f"If that is wrong: {name_it[0].lower()}{name_it[1:]}", serious=False)
    elif heard.labelled and not asks:
        what = "Who asks the questions could not be made out: all speakers were read as participants."
        yield Problem(file, "", what, name_it)


def _one_label(heard: Heard, file: str, asks: bool) -> Problem:
    """One label is well where somebody tells a story; where others speak without one, their words would be counted."""
    if asks or any("\n" in turn.text for turn in heard.said):
        what = "Only one speaker's label was found: paragraphs without a label were read as this speaker's words."
        return Problem(file, "", what, "If others speak in them, begin each of their turns with a label and a colon.")
    return Problem(
        file, "", "Only one speaker's label was found.", "Nothing to do if nobody else speaks.", serious=False
    )
