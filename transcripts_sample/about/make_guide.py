"""Write the topic guides as the Word documents that a team has, from the schedules in frameworks/.

    uv run python transcripts_sample/about/make_guide.py [DIR]

A part, a category and a heading have a heading style each; under a heading stand its definition, its questions as a
numbered list and its prompts as bullets. The documents go into DIR (default: frameworks/), the same on every run.
"""

import sys
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.shared import Pt
from make import HERE, saved

from qualkit.ingest.schedule.yaml import read_schedule
from qualkit.model.schedule import Framework, Heading

FRAMEWORKS = HERE.parent.parent / "frameworks"
NOTICE = "Invented topic guide, written for the sample study. No person, place or event in it is real."
BEFORE = (
    "Thank the participant, go through the information sheet, answer questions, take consent, and ask whether the "
    "recorder may be switched on. Use the questions as they come up; the order is free, and so are the words. Let "
    "silences be."
)
AFTER = (
    "Is there anything that I should have asked? Switch off the recorder. Explain what happens next; leave the number."
)
CHANGES = (
    (
        "Access and continuity",
        "Split into Reaching help and Getting hold of medicines.",
        "Who comes, and what is in the house, were two topics in the answers.",
    ),
    ("Money, forms and proof", "New.", "Raised unasked in two interviews."),
)
NAMES = ("cancer-pain", "cancer-pain-2")


def guide(framework: Framework) -> bytes:
    """The topic guide of a schedule."""
    document = Document()
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    document.add_paragraph(NOTICE).runs[0].italic = True
    document.add_paragraph(framework.name, style="Title")
    document.add_paragraph(f"Topic guide, version {framework.version}, in use from {framework.used_from}")
    if framework.version != "1":
        _changes(document)
    document.add_paragraph("Before the interview", style="Heading 1")
    document.add_paragraph(BEFORE)
    part = ""
    for category in framework.categories:
        if category.part != part:
            part = category.part
            document.add_paragraph(part, style="Heading 1")
        document.add_paragraph(category.name, style="Heading 2")
        for heading in category.headings:
            _heading(document, heading)
    document.add_paragraph("Closing", style="Heading 1")
    document.add_paragraph(AFTER)
    return saved(document.save)


def _changes(document: Word) -> None:
    document.add_paragraph("Changed since version 1 (meeting of 2025-05-19)")
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, words in zip(table.rows[0].cells, ("Topic", "What changed", "Why"), strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for change in CHANGES:
        for cell, words in zip(table.add_row().cells, change, strict=True):
            cell.text = words


def _heading(document: Word, heading: Heading) -> None:
    name = document.add_paragraph(heading.name, style="Heading 3")
    if heading.asked_of:
        name.add_run(f" (ask {' and '.join(heading.asked_of)})")
    document.add_paragraph(heading.definition).runs[0].italic = True
    for question in heading.questions:
        document.add_paragraph(question, style="List Number")
    if heading.prompts:
        document.add_paragraph("Prompts:")
    for prompt in heading.prompts:
        document.add_paragraph(prompt, style="List Bullet 2")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FRAMEWORKS
    for name in NAMES:
        (folder / f"{name}.docx").write_bytes(guide(read_schedule(FRAMEWORKS / f"{name}.yaml").framework))
    print(f"Wrote {len(NAMES)} topic guides into {folder}")


if __name__ == "__main__":
    main()
