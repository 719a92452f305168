"""The good files that hostile ones are made of, one or more of every kind that is read, with words planted in them."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping

from tests.conftest import SAMPLE, SCHEDULE
from tests.proof.hostile.secret import SENTENCE

NAMES = {  # kind, and the name that a file of it has
    "txt": "P01.txt",
    "md": "P01.md",
    "docx": "FG01.docx",
    "schedule": "schedule.yaml",
    "cases": "cases.csv",
    "transcripts": "transcripts.csv",
    "decisions": "decisions.csv",
    "codebook": "codebook.csv",
    "workbook": "matrix.xlsx",
}
PACKED = ("docx", "workbook")

Bases = Mapping[str, tuple[bytes, ...]]  # by kind

_DECISIONS = f"""transcript,start,end,quote,target,verdict,coder,date,blind,reason
PT01,8,,"{SENTENCE} Aye, it's the jaw",1.1,applies,A. Reader,2025-05-02,no,
PT01,14.2,14.3,"{SENTENCE}",Effect on daily life,not,A. Reader,2025-05-02T10:30:00+01:00,yes,"not, quite"
PT02,20,22,,,none,B. Other,3 May 2025,,
HP01,5,,,2.1,back,A. Reader,2025-05-03,,changed my mind
FG01,,,,framework,done,B. Other,2025-05-04,,
PT01:30-32,30,32,"{SENTENCE}
over two lines",1.2,applies,consensus,2025-05-05,,"said so"
"""
_CODEBOOK = """key,name,parent,level,definition,not,example,status,from,until,coder,reason
t-1,Work of pain,,theme,That pain is work.,Not tiredness.,"the moan, the shout",final,2025-03-03,,Ann,
t-2,Timekeeping,t-1,subtheme,"Clocks, alarms and boxes.",,,final,2025-03-03,2025-04-01,Ann,merged
t-2,Timekeeping by noises,t-1,subtheme,Alarms that each have their own noise.,,,final,2025-04-01,,Ann,split
,Being believed,,theme,,,,draft,4 March 2025,,Ben,
,Being believed by doctors,Being believed,subtheme,,,,draft,,,Ben,
"""


_STRINGS = "xl/sharedStrings.xml"
DECISION = re.compile(rb'(<c r="M(?:[5-9]|[1-9][0-9]+)" s="[0-9]+")\s*/>')  # an empty Decision cell of the Index


def packed(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """An archive with one member changed."""
    members = unpacked(data)
    return packed({**members, name: change(members[name])})


def sheet_of(members: Mapping[str, bytes], name: str) -> str:
    """The part that holds a sheet: XlsxWriter numbers them in their order."""
    names = re.findall(rb'<sheet name="([^"]*)"', members["xl/workbook.xml"])
    return f"xl/worksheets/sheet{names.index(name.encode()) + 1}.xml"


def _told_by_all(talk: bytes) -> bytes:
    """A transcript in which every speaker says the planted sentence, and the first line does."""
    said = SENTENCE.encode()
    return said + b"\n\n" + re.sub(rb"(?m)^(\**[\w .]+:\**) ", rb"\1 " + said + b" ", talk)


def _in_long_texts(xml: bytes) -> bytes:
    """Speech is longer than headings and the like."""
    return re.sub(rb"(<(?:w:)?t(?: [^>]*)?>)([^<]{100,})", rb"\1" + SENTENCE.encode() + rb" \2", xml)


def _filled_in(xml: bytes) -> bytes:
    """Decisions of all kinds typed into the Index, some as spreadsheets turn them into numbers and days."""
    typed = (
        *('t="inlineStr"><is><t>yes</t></is>', 't="inlineStr"><is><t>1.2; not 1.1</t></is>', "><v>1.2</v>"),
        *('t="inlineStr"><is><t>none</t></is>', 't="b"><v>1</v>', "><f>A1</f><v>2</v>", 't="e"><v>#REF!</v>'),
        *('t="d"><v>2025-02-01</v>', f't="inlineStr"><is><t>{SENTENCE}</t></is>', 't="inlineStr"><is><t> No </t></is>'),
    )
    cells = iter(range(1_000_000))
    return DECISION.sub(lambda cell: b"%s %s</c>" % (cell[1], typed[next(cells) % len(typed)].encode()), xml)


def _of_one_day(workbook: bytes) -> dict[str, bytes]:
    """Its parts, as if exported on a certain day: the n-th hostile file is the same on every day."""
    members = unpacked(workbook)
    day = re.search(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}(?=T)", members["docProps/core.xml"])
    assert day
    return {name: data.replace(day[0], b"2025-06-01") for name, data in members.items()}


def bases(workbook: bytes) -> Bases:
    """`workbook` is a matrix that qualkit exported from the sample study."""
    matrix = packed(_of_one_day(workbook))
    word = (SAMPLE / "FG01.docx").read_bytes()
    plain = [_told_by_all((SAMPLE / name).read_bytes()) for name in ("PT01.txt", "HP01.txt")]
    return {
        "txt": tuple(plain),
        "md": (_told_by_all((SAMPLE / "PT02.md").read_bytes()),),
        "docx": (changed(word, "word/document.xml", _in_long_texts),),
        "schedule": (SCHEDULE.read_bytes(),),
        "cases": ((SAMPLE / "cases.csv").read_bytes(),),
        "transcripts": ((SAMPLE / "transcripts.csv").read_bytes(),),
        "decisions": (_DECISIONS.encode(),),
        "codebook": (_CODEBOOK.encode(),),
        "workbook": (
            changed(changed(matrix, _STRINGS, _in_long_texts), sheet_of(unpacked(matrix), "Index"), _filled_in),
        ),
    }
