"""Real transcripts, with what is known of them, and thirteen interviews of one source."""

import json
import re
from itertools import groupby
from pathlib import Path

import pytest

from qualkit.ingest.transcript import read_transcript
from qualkit.model.transcripts import Kind, Role
from tests.ingest_transcripts.made_up import check, roles, said, serious

IMPORTED = [
    "aci_D2N068.txt",
    "bitcoin_back_stark.md",
    "divekit_kohls_de.md",
    "haski_interview1_de.docx",
    "haski_interview1_de_utf16.txt",
    "interviewer_health_00119.md",
    "otter_layout_focil.txt",
    "practicalai_1.md",
    "practicalai_1_bold.docx",
    "primock_table.docx",
    "qmsum_IS1006a.txt",
    "qualcoder_group.txt",
]
INTERVIEWER = {
    "aci_D2N068.txt": {"doctor"},
    "bitcoin_back_stark.md": {"stark"},
    "divekit_kohls_de.md": {"I"},
    "haski_interview1_de.docx": {"I"},
    "haski_interview1_de_utf16.txt": {"I"},
    "interviewer_health_00119.md": {"Assistant", "AI"},
    "primock_table.docx": {"Doctor"},
}


def bare(text: str) -> str:
    return re.sub(r"\W+|_|\[\d\d:\d\d\]", "", re.sub(r"\[\d\d:\d\d\]|<[^>]*>", "", text)).lower()


@pytest.mark.parametrize("name", IMPORTED)
def test_expected_facts(data: Path, name: str) -> None:
    facts = json.loads((data / "import" / f"{name}.expected.json").read_text(encoding="utf-8"))
    spoken = read_transcript(data / "import" / name)
    check(spoken)
    blocks = said(spoken)
    assert set(roles(spoken)) == set(facts["speakers"])
    assert len(blocks) == facts["blocks"]
    assert len([label for label, _ in groupby(blocks, key=lambda block: block[0])]) == facts["turns"]
    for label, count in facts["blocks_by_speaker"].items():
        assert [who for who, _ in blocks].count(label) == count
    (first, begins), (last, ends) = blocks[0], blocks[-1]
    assert first == facts["first"]["speaker"]
    assert last == facts["last"]["speaker"]
    assert bare(begins).startswith(bare(facts["first"]["text_start"])[:40])
    assert bare(ends).endswith(bare(facts["last"]["text_end"])[-40:])
    assert abs(len(spoken.text.split()) - facts["words"]) <= 0.02 * facts["words"]


@pytest.mark.parametrize("name", [name for name in IMPORTED if "haski" not in name])
def test_preamble_is_told_word_by_word(data: Path, name: str) -> None:
    facts = json.loads((data / "import" / f"{name}.expected.json").read_text(encoding="utf-8"))
    told = bare("".join(problem.dropped for problem in read_transcript(data / "import" / name).problems))
    for line in facts.get("preamble", ()):
        assert bare(line) in told


@pytest.mark.parametrize("name", INTERVIEWER)
def test_interviewers_of_real_files(data: Path, name: str) -> None:
    spoken = read_transcript(data / "import" / name)
    assert {label for label, role in roles(spoken).items() if role.asks} == INTERVIEWER[name]
    assert spoken.kind is Kind.INTERVIEW
    assert serious(spoken) == []


@pytest.mark.parametrize("name", ["teams_mini.docx", "talkpython_554.txt"])
def test_layouts_still_to_come_are_read_and_told(data: Path, name: str) -> None:
    spoken = read_transcript(data / "import" / name)
    check(spoken)
    assert serious(spoken)[0].what.startswith("No speaker labels were found")


def test_interviews(data: Path) -> None:
    files = sorted((data / "interviews").glob("*.md"))
    assert len(files) == 13
    for file in files:
        spoken = read_transcript(file)
        check(spoken)
        assert roles(spoken) == {"Assistant": Role.INTERVIEWER, "User": Role.PARTICIPANT, "AI": Role.INTERVIEWER}
        assert spoken.kind is Kind.INTERVIEW
        assert serious(spoken) == []
        assert [problem.dropped for problem in spoken.problems if problem.dropped][1].startswith("**Transcript ID:**")


def test_turns_of_other_material_come_back(data: Path) -> None:
    """Plain `Name: text` of many sources; labels that occur once apart, all of it as it was."""
    from qualkit.ingest.transcript import read_bytes

    same = total = 0
    for file in sorted((data / "index").glob("*.json")):
        turns = [
            (turn["speaker"], text)
            for turn in json.loads(file.read_text(encoding="utf-8"))["turns"]
            if (text := turn["text"].strip()) and len(turn["speaker"]) <= 63
        ]
        rendered = "\n\n".join(f"{who}: {text}" for who, text in turns)
        found = [(who.casefold(), text) for who, text in said(read_bytes(rendered.encode(), "a.txt"))]
        same += found == [(who.casefold(), text) for who, text in turns]
        total += 1
    assert total == 129
    assert same >= 127
