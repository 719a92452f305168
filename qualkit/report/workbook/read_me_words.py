"""The words of the Read me sheet: pairs of what is meant and what is to be said of it."""

from collections.abc import Iterator

from qualkit.model.chart import Emptiness
from qualkit.report.workbook.context import Context

Pairs = Iterator[tuple[str, str]]


def about(context: Context) -> Pairs:
    """What the workbook is and what it was made from."""
    book, matrix = context.book, context.book.matrix
    rows = {"case": "cases", "participant": "participants", "group": "groups"}[matrix.by]
    headings = sum(1 for _ in matrix.framework.headings())
    kind = (
        "A final matrix: it holds what people decided, and nothing else."
        if matrix.final
        else "A working matrix: it shows what people decided and, marked as proposed, what the machine suggests "
        "where nobody has decided."
    )
    yield (
        "This workbook",
        f"{kind} {len(matrix.rows)} {rows} in rows, {headings} headings in columns, one sheet for each category.",
    )
    yield "Study", book.study
    yield "State of the study", f"{book.day} (day of the last change to its content)"
    yield "Framework", context.framework
    yield "Made by", context.tool
    yield "Decision column of", book.coder or "nobody was named at export"
    yield (
        "Keep it safe",
        "It holds participants’ words. Keep it where the transcripts are kept; a withdrawal has to reach it too.",
    )


def how_far(context: Context) -> Pairs:
    """How many passages are decided."""
    far = context.book.progress

    def share(count: int) -> str:
        return f"{count:,} of {far.passages:,} passages ({count / far.passages:.0%})" if far.passages else "no passages"

    yield "Decided", share(far.decided)
    yield "Disputed", f"{share(far.disputed)}: coders differ"
    if gone := context.book.withdrawn:
        people = "1 participant has" if gone == 1 else f"{gone} participants have"
        yield "Withdrawn", f"{people} withdrawn: their words are gone, and they are in no count."
    yield "Undecided", f"{share(far.proposed)} with proposals; {share(far.silent)} with nothing proposed"
    yield (
        "Counts",
        "A passage is a stretch of one participant’s talk. Counts of passages, extracts and participants help to find "
        "one’s way; they are not findings.",
    )


def not_decided(context: Context) -> Pairs:
    """What a final matrix leaves out, transcript by transcript."""
    left = 0
    for line in context.book.transcripts:
        open_ = line.progress.proposed + line.progress.silent
        if open_ or line.progress.disputed or not line.done_by:
            left += 1
            words = [f"{open_:,} of {line.progress.passages:,} passages undecided"]
            words += [f"{line.progress.disputed:,} disputed"] if line.progress.disputed else []
            words += [] if line.done_by else ["not marked as done"]
            yield line.shown, ", ".join(words)
    if not left:
        yield "Nothing", "Every passage is decided and every transcript is marked as done."


def how_to_read(context: Context) -> Iterator[tuple[str, str, str]]:
    """Style, sample, and what it means."""
    yield (
        "head decided",
        "[P03:41.2-43] decided (coder)",
        "Upright black text below it: that coder placed these words here. The reference names transcript, turn and, "
        "after the point, sentence; an extract may reach over several turns.",
    )
    if not context.final:
        yield (
            "head proposed",
            "[P03:47] proposed",
            "Grey italic text below it: the machine suggests these words and nobody has decided. Of up to three "
            "proposals for a passage the best stands in the matrix; the sheet Index has all of them.",
        )
    yield (
        "head disputed",
        "[P03:50] disputed (first coder, second coder)",
        "Coders differ on whether these words belong here.",
    )
    yield "plain", "Name: words", "Where several people speak, or a row means several people, each one is named."
    yield "context", "(context) Name: words", "An interviewer’s words, for understanding only. They are never counted."
    yield "plain", "exchange", "Several participants speak in the extract. It stands in the row of each of them."
    yield (
        "plain",
        "Status (sheet Index)",
        "decided: by at least one coder. partly decided: for less than half of its words. disputed: coders differ. "
        + ("undecided: by nobody." if context.final else "proposed, nothing proposed: nobody has decided."),
    )
    yield (
        "plain",
        "Extracts (2), … (continues)",
        "A row can be only so high. What does not fit goes on in the next row of the same case; nothing is cut.",
    )
    yield "mark", "raised unprompted", "Above extracts: the topic came up without its question having been put."
    if context.has_attributes:
        yield (
            "plain",
            "About",
            "What is known of the people of a row. The + above the columns opens one for each, to sort and filter by.",
        )
    yield (
        "plain",
        "␀ ␍ �",
        "Signs in place of control characters of the source, which a spreadsheet cannot hold.",
    )


WHY_EMPTY = (
    ("(inferred), (confirmed)", "Whether the machine read the reason off the transcripts, or a coder confirmed it."),
    (str(Emptiness.NOT_ASKED).capitalize(), "No question of this heading was put to this case."),
    (str(Emptiness.NOTHING_RELEVANT).capitalize(), "A question was put, and nothing that was said stands here."),
    (str(Emptiness.DEFLECTED).capitalize(), "A question was put, and the answer turned away from it."),
    (
        str(Emptiness.DID_NOT_SPEAK).capitalize(),
        "A question was put to the focus group; this participant did not answer.",
    ),
    (
        str(Emptiness.NOT_INDEXED).capitalize(),
        "The transcripts of this case have not been indexed under this framework.",
    ),
)


def how_to_decide(context: Context) -> Pairs:
    """What may be typed into the Decision column, and how it gets back into the study."""
    yield (
        "Where",
        "On the sheet Index, in the tinted Decision column. It shows what stands; change what you want changed.",
    )
    if not context.final:
        yield "yes", "The first proposal applies."
        yield "no", "None of the proposed headings applies (other headings may)."
    yield "1.2; 2.3", "These headings apply. Numbers are those of the sheet Headings; names do as well."
    yield "not 1.2", "This heading does not apply."
    yield "none", "You have read the passage and nothing of the framework applies."
    yield "(blank)", "Undecided. A cell that you empty is taken back, after qualkit has asked."
    yield "Back into the study", "Save this file and run:  qualkit decide --from FILE.xlsx"
    yield (
        "What you may do",
        "Sort, filter, hide and move columns, rename sheets, add columns of your own, save with LibreOffice. Leave the "
        "hidden first row and first columns as they are: rows are found again by their keys. A row that cannot be read "
        "is reported with its place, and the others are kept. Cells that you do not change write nothing.",
    )
    yield (
        "After sorting",
        "If a row is too low for its text, select all rows and double-click the line between two row numbers.",
    )
