"""Make the pictures of the tutorial from what the product really puts out.

    uv run python docs/pictures.py [STUDY]

STUDY is a sample study made by `qualkit demo STUDY --decided`; without it one is made for the purpose. Terminal
pictures are SVG: a command, and what it printed. Pages of the workbook are PNG: LibreOffice prints it, and the first
page on which the wanted words stand is taken.
"""

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

HERE = Path(__file__).resolve().parent / "pictures"
COLUMNS = 110
COMMANDS = {
    "status": "status",
    "show": "show PT01:47-65",
    "why": "show PT01:63 --why",
}
PAGES = {  # picture -> words that stand on the page, all of them
    "category": ("Managing the pain, page", "C01"),
    "index": ("Index, page", "PT01:63"),
    "coverage": ("Coverage, page",),
}
SCALE = 1.6  # of 72 dots an inch
PLAIN = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)  # no font from elsewhere


def qualkit(words: list[str], folder: Path) -> str:
    """What a command prints to a terminal of COLUMNS characters."""
    told = {**os.environ, "COLUMNS": str(COLUMNS), "NO_COLOR": "1"}
    run = [sys.executable, "-m", "qualkit", *words]
    return subprocess.run(run, cwd=folder, env=told, check=True, capture_output=True, text=True).stdout


def terminal(name: str, command: str, study: Path) -> None:
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text(f"$ qualkit {command}", style="bold"))
    console.print(Text.from_ansi(qualkit(command.split(), study)))
    svg = console.export_svg(title="qualkit", code_format=PLAIN, unique_id=f"qualkit-{name}")
    (HERE / f"{name}.svg").write_text(svg, "utf-8")


def pages(workbook: Path, folder: Path) -> None:
    profile = f"-env:UserInstallation=file://{folder / 'office'}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
    subprocess.run(convert, check=True, capture_output=True)
    printed = pypdfium2.PdfDocument(folder / f"{workbook.stem}.pdf")
    texts = [page.get_textpage().get_text_bounded() for page in printed]
    for name, wanted in PAGES.items():
        found = next(n for n, text in enumerate(texts) if all(words in text for words in wanted))
        printed[found].render(scale=SCALE).to_pil().save(HERE / f"{name}.png", optimize=True)


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        study = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else Path(temporary) / "demo"
        if len(sys.argv) < 2:
            qualkit(["demo", str(study), "--decided"], Path(temporary))
        for name, command in COMMANDS.items():
            terminal(name, command, study)
        pages(study / "outputs" / "matrix.xlsx", Path(temporary))
    print(f"Made {len(COMMANDS) + len(PAGES)} pictures in {HERE}")


if __name__ == "__main__":
    main()
