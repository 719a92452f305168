"""qualkit demo: the sample study through everything that exists."""

from pathlib import Path

from qualkit.commands.decide import decide
from qualkit.commands.export_matrix import export_matrix
from qualkit.commands.import_codebook import import_codebook
from qualkit.commands.import_decisions import import_decisions
from qualkit.commands.import_framework import import_framework
from qualkit.commands.import_transcripts import Progress, no_progress
from qualkit.commands.index import index
from qualkit.commands.log import log
from qualkit.commands.new import new
from qualkit.commands.outcome import Outcome
from qualkit.errors import QualkitError
from qualkit.files import write_private
from qualkit.samples import frameworks, transcripts
from qualkit.store.study import FILE, Study

CODER = "A. Reader (invented)"
FIRST_CODER = "U. Farquhar (invented)"  # of decisions.csv
SCHEDULES = ("cancer-pain.yaml", "cancer-pain-2.yaml")  # as it was, and as it was changed in mid-study
# A few decisions of an invented coder, so that the workbook shows how decided and proposed are told apart.
DECISIONS = (
    ("PT01:15", ["Taking pain medicines"]),
    ("PT01:49", ["Talking with professionals"]),
    ("PT01:63", ["Keeping track of pain"]),
)


def demo(folder: Path, *, decided: bool = False, progress: Progress = no_progress) -> Outcome:
    """Make the sample study in `folder`: import, index, decisions, a matrix.

    `decided`: the codebook and all decisions of its two invented coders; else a few decisions of a third.
    """
    if (folder / FILE).exists():
        raise QualkitError(f"There is a study in {folder} already.", "Name another folder: qualkit demo DIR")
    new(folder)
    first, second = (folder / "frameworks" / name for name in SCHEDULES)
    for schedule in (first, second):
        write_private(schedule, (frameworks() / schedule.name).read_bytes())
    coder = FIRST_CODER if decided else CODER
    with Study.open(folder) as study:
        study.here.set("coder", coder)
        import_framework(study, first, coder=coder)
        indexed = index(study, [transcripts()], second, coder=coder, progress=progress)
        coded = _all_decisions(study, coder) if decided else _few_decisions(study)
        exported = export_matrix(study, coder=coder, progress=progress)
        log(study, file=folder / "outputs" / "audit-trail.csv")
    said = [*indexed.said, indexed.last.split(" Next:")[0], *coded.said]
    problems = [problem for problem in [*indexed.problems, *coded.problems] if problem.serious]
    last = f"{exported.last.split(':')[0]}: open it. Then: cd {folder}; qualkit status; qualkit show PT01"
    return Outcome(said, problems, last, exported.data)


def _few_decisions(study: Study) -> Outcome:
    for place, headings in DECISIONS:
        decide(study, place, headings, coder=CODER)
    return Outcome([f"{CODER} decided a few passages of PT01; all decisions of the study: qualkit demo --decided"])


def _all_decisions(study: Study, coder: str) -> Outcome:
    about = transcripts() / "about"
    themes = import_codebook(study, about / "codebook.csv", coder=coder)
    made = import_decisions(study, about / "decisions.csv", coder=coder)
    said = [f"Codebook: {themes.last}", f"Two coders, both invented: {made.last.split(' Next:')[0]}"]
    return Outcome(said, [*themes.problems, *made.problems])
