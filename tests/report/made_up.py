"""An invented study as a Book: people, talk, decisions. Seeded, so that the same numbers give the same book."""

import random
from dataclasses import replace

from qualkit.model.book import Book, IndexRow, Person, Progress, SpanKey, Suggested, TranscriptLine
from qualkit.model.chart import Cell, Emptiness, Extract, Matrix, MatrixRow, Said
from qualkit.model.notation import notation
from qualkit.model.rows import Problem
from qualkit.model.schedule import Category, Framework, Heading
from qualkit.model.transcripts import Told

SENTENCES = [
    "I take the morning ones with my breakfast, because otherwise I forget, and then the whole day is out of step.",
    "The night is the worst of it.",
    "My husband keeps a little notebook by the bed and writes down when I had the last dose.",
    "You don't like to ring the surgery, do you, they are that busy.",
    "When the nurse came she went through every single tablet with me and threw half of them away!",
    "I'd rather be a bit sore and have my head clear than sleep through my grandson's visit.",
    "Well, I looked it up on the computer, but it frightened me more than it helped, so I stopped.",
    "It's the constipation that gets me down, more than the pain itself, if I am honest.",
    "The doctor asked me to give it a number from one to ten, and I never know what to say to that.",
    "Some days it is a three and some days it is off the scale.",
    "We have no signal up the glen, so a phone thing would be no use to us at all.",
    "My daughter does the video calls and I just wave.",
    "I wouldn't mind something that told the nurse by itself when it was getting bad.",
    "As long as it doesn't mean more forms to fill in.",
    "I think people my age are not as daft with these things as they make out.",
    "It has to be quicker than picking up the telephone, or nobody will use it.",
    "From the practice's side, the question is always who looks at the numbers at three in the morning.",
    "Conversions between one opioid and the next, that is where I would like some help.",
    "She was frightened of the morphine because of what happened with her own mother.",
    "He says he is fine, he always says he is fine, but I can tell by how he sits.",
    "I have a system, the blue box is for the mornings and the white one for the nights.",
    "Sometimes I skip it when I have to drive.",
    "If it's written down I can hand it over and I don't need to explain it all again.",
    "They gave me a leaflet, a good one, but it sat in the drawer.",
    "The pharmacist knows more about my tablets than anyone else.",
    "You lose your confidence, that is what nobody tells you.",
    "I was a joiner all my life and now I can't lift a kettle.",
    "We laugh about it, what else can you do?",
    "I'd want to know that it was private.",
    "The weekend is a different world, you get somebody who has never heard of you.",
]

NAMES = """Medicines and side effects|Keeping track|Balancing pain, side effects and living|Telling professionals
Being believed|Fear of strong medicines|Sleep and the night|Moving about, work and the house
What helps besides medicines|Asking for help""".replace("\n", "|").split("|")
EVIDENCE = (
    "question “Can you tell me how you deal with the pain from day to day?” (turn 40, two turns before)",
    "words: tablet, dose",
)
CATEGORIES = (
    "Managing pain from day to day",
    "Knowing and understanding",
    "Professionals: prescribing, assessment and the setting of care",
    "Technology in general",
    "Ideas and preferences for technology to help with pain",
    "Barriers",
)


def framework(categories: int, headings: int) -> Framework:
    """A framework of so many categories with so many headings each; numbers reach 1.10 where there are ten."""
    made = []
    for c in range(1, categories + 1):
        named = []
        for h in range(1, headings + 1):
            name = NAMES[(h - 1) % len(NAMES)]
            named.append(
                Heading(
                    f"h-{c:02}{h:02}", f"{c}.{h}", name, f"How {name.lower()} came up, in the person’s own terms, "
                    "and what they did about it or wished that others had done.",
                    ("Can you tell me how you deal with the pain from day to day?", "What has changed since then?"),
                    ("What about side effects?",), ("tablet", "dose", "night"), ("patient", "caregiver"),
                )
            )  # fmt: skip
        part = "Cancer pain and its management" if c <= 3 else "Digital technology"
        made.append(Category(f"c-{c:02}", str(c), CATEGORIES[(c - 1) % len(CATEGORIES)], part, tuple(named)))
    return Framework("f-1", "Cancer pain and digital technology", "2", tuple(made), "2015-06-01", "en")


def talk(rng: random.Random, sentences: int) -> str:
    return " ".join(rng.choice(SENTENCES) for _ in range(sentences))


def _said(rng: random.Random, case: MatrixRow, length: int) -> tuple[tuple[Said, ...], bool]:
    """One speaker; or, in a couple, sometimes an exchange with the interviewer in between."""
    first = case.participants[0]
    if rng.random() < 0.15:
        return (
            Said("Interviewer", "", "And how was that for you?", False),
            Said(f"Speaker {first}", first, talk(rng, length), True),
        ), False
    if len(case.participants) > 1 and rng.random() < 0.5:
        second = case.participants[1]
        return (
            Said(f"Speaker {first}", first, talk(rng, length), True),
            Said(f"Speaker {second}", second, talk(rng, 2), True),
            Said("Interviewer", "", "Do you both see it that way?", False),
            Said(f"Speaker {first}", first, talk(rng, 1), True),
        ), True
    return (Said(f"Speaker {first}", first, talk(rng, length), True),), False


def _cell(rng: random.Random, case: MatrixRow, heading: str, extracts: int, at: int) -> Cell:
    made = []
    for n in range(extracts):
        said, exchange = _said(rng, case, rng.randint(1, 7))
        status = rng.choice(("decided", "proposed", "proposed", "disputed" if rng.random() < 0.3 else "decided"))
        by = {"decided": ("Anna",), "disputed": ("Anna", "Ben"), "proposed": ()}[status]
        start = at + n * 1000
        end = start + len(" ".join(s.text for s in said))
        reference = f"{case.transcripts[0]}:{start // 100 + 1}" + rng.choice(
            ("", ".2", ".1-3", "-" + str(start // 100 + 4))
        )
        made.append(Extract(case.transcripts[0], "v", start, end, reference, status, by, said, exchange))
    if made:
        unprompted = rng.random() < 0.1
        return Cell(
            case.key,
            heading,
            tuple(made),
            Emptiness.UNPROMPTED if unprompted else None,
            Told.INFERRED if unprompted else None,
        )
    why = rng.choice([e for e in Emptiness if e is not Emptiness.UNPROMPTED])
    return Cell(case.key, heading, (), why, rng.choice(list(Told)))


def _cases(rng: random.Random, count: int) -> tuple[list[MatrixRow], list[Person]]:
    rows, people = [], []
    for n in range(1, count + 1):
        members = (f"P{n:02}",) if n % 4 else (f"P{n:02}a", f"P{n:02}b")
        shown = f"P{n:02}" if n % 4 else f"Couple {n:02}"
        group = "professional" if n % 3 == 0 else "patient"
        groups = (group,) if len(members) == 1 else ("patient", "caregiver")
        attributes = (
            ("age", str(rng.randint(56, 76))),
            ("sex", rng.choice(("F", "M"))),
            ("setting", rng.choice(("accessible rural", "large urban", "accessible small town"))),
        )
        rows.append(MatrixRow(f"k-{n}", shown, members, groups, (f"T{n:02}",), attributes))
        for place, member in enumerate(members):
            people.append(Person(member, shown, groups[place % len(groups)], (f"T{n:02}",), attributes))
    return rows, people


def _index(rng: random.Random, cells: list[Cell], cases: list[MatrixRow], schedule: Framework) -> list[IndexRow]:
    headings = list(schedule.headings())
    numbers = {heading.key: heading.number for heading in headings}
    by_key = {case.key: case for case in cases}
    rows = []
    seen: set[tuple[str, int]] = set()
    for cell in cells:
        for extract in cell.extracts:
            if (extract.transcript, extract.start) in seen:
                continue
            seen.add((extract.transcript, extract.start))
            case = by_key[cell.case]
            others = rng.sample(headings, k=min(len(headings), rng.randint(0, 2)))
            keys = list(dict.fromkeys([cell.heading, *(h.key for h in others)]))
            if rng.random() < 0.1:
                keys = []
            suggested = tuple(
                Suggested(k, numbers[k], schedule.heading(k).name, rank, EVIDENCE)
                for rank, k in enumerate(keys, 1)
            )  # fmt: skip
            decided = notation({cell.heading}, (), False, keys, numbers) if extract.status != "proposed" else ""
            speaker = next(s for s in extract.said if s.data)
            rows.append(
                IndexRow(
                    SpanKey(extract.transcript, extract.start, extract.end), extract.reference, speaker.speaker,
                    speaker.participant, (case.shown,), case.groups[:1], speaker.text, suggested, decided,
                    "Ben: no" if extract.status == "disputed" else "",
                    extract.status if keys or extract.status != "proposed" else "nothing proposed",
                )
            )  # fmt: skip
    return rows


def book(
    cases: int = 12, categories: int = 3, headings: int = 6, *, seed: int = 1, by: str = "case", final: bool = False,
    most: int = 4,
) -> Book:  # fmt: skip
    """A book of so many cases, up to `most` extracts a cell."""
    rng = random.Random(seed)
    schedule = framework(categories, headings)
    rows, people = _cases(rng, cases)
    cells = []
    for case in rows:
        for place, heading in enumerate(schedule.headings()):
            cells.append(_cell(rng, case, heading.key, rng.choice((0, 1, 1, most)), 10_000 * place))
    index = _index(rng, cells, rows, schedule)
    if final:
        cells = [replace(c, extracts=tuple(e for e in c.extracts if e.status != "proposed")) for c in cells]
    decided = sum(row.status == "decided" for row in index)
    disputed = sum(row.status == "disputed" for row in index)
    silent = sum(row.status == "nothing proposed" for row in index)
    far = Progress(len(index), decided, disputed, len(index) - decided - disputed - silent, silent)
    lines = [
        TranscriptLine(row.transcripts[0], "interview", "2015-07-02", "face to face", "53", 6_204,
                       Progress(40, 12, 2, 20, 6), ("Anna, 2025-06-01",) if n % 2 else ()) for n, row in enumerate(rows)
    ]  # fmt: skip
    problems = (
        Problem(
            "P01.docx", "paragraph 1", "A title above the talk was left out.", "", "Interview 1, 2 July 2015", False
        ),
        Problem(
            "P07.txt", "line 12", "A line has no speaker.", "Name the speaker, or import it with --replaces.", "(door)"
        ),
    )
    matrix = Matrix(schedule, by, final, tuple(rows), {(c.case, c.heading): c for c in cells})
    return Book("Pain & technology, Northeast", "Anna", "2025-06-01", "0.1.0", matrix, tuple(index), tuple(people),
                tuple(lines), far, problems, framework_sha256="ab12" * 16)  # fmt: skip
