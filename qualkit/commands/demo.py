"""qualkit demo: the sample study through everything that exists."""

from pathlib import Path

from qualkit.commands.decide import decide, mark_done
from qualkit.commands.export_matrix import export_matrix
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
# A few decisions of an invented coder, so that the workbook shows how decided and proposed are told apart.
DECISIONS = (
    ("PT01:10", ["The pain itself"]),
    ("PT01:14", ["Effect on daily life"]),
    ("PT01:18", ["Taking pain medicines"]),
)


def demo(folder: Path, *, progress: Progress = no_progress) -> Outcome:
    """Make the sample study in `folder`: import, index, a few decisions, a matrix."""
    if (folder / FILE).exists():
        raise QualkitError(f"There is a study in {folder} already.", "Name another folder: qualkit demo DIR")
    new(folder)
    schedule = folder / "frameworks" / "cancer-pain.yaml"
    write_private(schedule, (frameworks() / "cancer-pain.yaml").read_bytes())
    with Study.open(folder) as study:
        indexed = index(study, [transcripts()], schedule, coder=CODER, progress=progress)
        study.here.set("coder", CODER)
        for place, headings in DECISIONS:
            decide(study, place, headings, coder=CODER)
        mark_done(study, "PT01", coder=CODER)
        exported = export_matrix(study, coder=CODER, progress=progress)
        log(study, file=folder / "outputs" / "audit-trail.csv")
    said = [*indexed.said, indexed.last.split(" Next:")[0], f"{CODER} decided a few passages of PT01."]
    last = f"{exported.last.split(':')[0]}: open it. Then: cd {folder}; qualkit status; qualkit show PT01"
    return Outcome(said, [p for p in indexed.problems if p.serious], last, exported.data)
