"""README and help are true: every command runs, every command has an example, nothing heavy loads for help."""

import re
import shlex
import shutil
import subprocess
import sys

import pytest
import typer.main

from qualkit.cli import app
from tests.cli import qualkit
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
HEAVY = "pandas openpyxl spacy sklearn bertopic matplotlib onnxruntime sqlalchemy numpy docx pydantic rich xlsxwriter"


def commands() -> dict[str, object]:
    found = {}
    root = typer.main.get_command(app)
    for name, command in root.commands.items():
        below = getattr(command, "commands", None)
        found |= {f"{name} {sub}": each for sub, each in below.items()} if below else {name: command}
    return found


def blocks(language: str, text: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("text", [README, TUTORIAL], ids=["README", "tutorial"])
def test_every_command_of_the_docs_runs_in_order(tmp_path, text):
    """In a copy of the files that they name; the two set-up commands and the pip route run in CI."""
    for name in ("transcripts_sample", "frameworks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "outputs").mkdir()
    lines = [line.partition(" #")[0].strip() for block in blocks("sh", text) for line in block.splitlines()]
    ours = [line.removeprefix("uv run ") for line in lines if line.startswith("uv run qualkit")]
    assert len(ours) >= 9
    for line in ours:
        ran = qualkit(*shlex.split(line)[1:], cwd=tmp_path)
        assert ran.code == 0, f"{line}: {ran.err}"
    for code in blocks("python", text):
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_every_picture_and_page_that_the_tutorial_names_is_there():
    named = re.findall(r"\]\(([^)#]+)", TUTORIAL)
    assert sum(name.startswith("pictures/") for name in named) >= 4
    for name in named:
        assert (ROOT / "docs" / name).exists(), name


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_readme_and_has_help_with_an_example(name, tmp_path):
    assert f"qualkit {name}" in README
    ran = qualkit(*name.split(), "--help", cwd=tmp_path)
    assert ran.code == 0
    assert re.search(rf"Examples?: qualkit {name}", ran.out), ran.out


@pytest.mark.parametrize("name", commands())
def test_every_option_has_a_word_of_help(name):
    for option in commands()[name].params:
        assert getattr(option, "help", "") or option.name in ("file", "help"), f"{name}: {option.name}"


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from qualkit import terminal; from qualkit.cli import app\n"
        "terminal.run(lambda: app(['--help']))\n"
        f"print([name for name in {HEAVY.split()} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip().endswith("[]"), done.stdout


def test_the_floors_hold():
    done = subprocess.run(["lint-imports"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_noun_has_its_line_in_the_architecture():
    told = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    for file in (ROOT / "qualkit" / "model").glob("*.py"):
        if file.stem != "__init__":
            assert f"`{file.stem}`" in told, file.stem


def test_nothing_names_a_person_or_wording_of_the_published_study():
    """published.sha256 holds hashes of names, and of runs of eight words; it is read where it is there."""
    import hashlib

    from tests.conftest import shared_data

    listed = shared_data().parent / "design" / "published.sha256"
    if not listed.is_file():
        pytest.skip("published.sha256 is not there")
    known = {tuple(line.split()) for line in listed.read_text("utf-8").splitlines() if not line.startswith("#")}
    assert len(known) > 1000

    def digest(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    files = [*ROOT.glob("*.md"), *(ROOT / "transcripts_sample").rglob("*"), *(ROOT / "frameworks").iterdir()]
    for file in (f for f in files if f.suffix in (".md", ".txt", ".yaml", ".csv")):
        text = file.read_bytes().decode("utf-8", "replace").lower().replace("’", "'")
        words = re.findall(r"[a-z']+", text)
        assert not [word for word in set(words) if ("name", digest(word)) in known], file.name
        runs = (" ".join(words[n : n + 8]) for n in range(len(words) - 7))
        assert not any(("run", digest(run)) in known for run in runs), file.name
