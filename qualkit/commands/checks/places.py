"""Whether a study lies where confidential files may lie, and who may read it."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from qualkit.model.rows import Problem

_PRIVATE = (
    "study.qualkit",
    "study.before-version-*.qualkit",
    "cache.sqlite",
    "*.key.csv",
    "transcripts/*",
    "outputs/*",
)
_FOLDERS = ("transcripts", "outputs")
# beginnings of the names of folders that programs copy to a server, as those programs make them
_SYNCHRONISED = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud", "mobile documents", "cloudstorage",
    "nextcloud", "owncloud", "box sync", "pcloud", "megasync", "seafile", "sharepoint", "tresorit", "sciebo",
    "yandex.disk",
)  # fmt: skip
_MARKS = (
    ".stfolder", ".dropbox", ".dropbox.cache", ".owncloudsync.log", ".sync_*.db", "._sync_*.db", ".tmp.driveupload",
)  # fmt: skip
_REPOSITORIES = (".git", ".hg", ".svn", ".bzr", "_darcs")


def exposed(folder: Path) -> list[Problem]:
    """Confidential files that others on this computer may read."""
    what = "others on this computer may read it."
    remedy = "Close it to others: qualkit doctor --repair"
    return [Problem(path.relative_to(folder).as_posix(), "", what, remedy) for path in _open_to_others(folder)]


def set_private(folder: Path) -> int:
    """Take the rights of others away; gives of how many files and folders."""
    found = list(_open_to_others(folder))
    for path in found:
        path.chmod(0o700 if path.is_dir() else 0o600)
    return len(found)


def _open_to_others(folder: Path) -> Iterator[Path]:
    if os.name != "posix":
        return  # rights are kept otherwise there, and a user's folder is the user's
    for pattern in (*_PRIVATE, *_FOLDERS):
        for path in sorted(folder.glob(pattern)):
            if not path.is_symlink() and path.stat().st_mode & 0o077:
                yield path


def synchronised(folder: Path) -> list[Problem]:
    """Whether a program copies the folder to a server."""
    whole = folder.resolve()
    named = next((part for part in whole.parts if part.casefold().startswith(_SYNCHRONISED)), "")
    marked = next((mark for at in (whole, *whole.parents) for mark in _MARKS if any(at.glob(mark))), "")
    if not named and not marked:
        return []
    what = f"the study lies in a folder that is copied to a server ({named or marked})."
    remedy = "Move it out, unless your ethics approval and data management plan name that server."
    return [Problem(folder.name or ".", "", what, remedy, serious=False)]


def repositories(folder: Path) -> list[Problem]:
    """Whether the study lies under version control that would take its files up."""
    whole = folder.resolve()
    for at in (whole, *whole.parents):
        kind = next((name for name in _REPOSITORIES if (at / name).exists()), "")
        if kind and not (kind == ".git" and _is_ignored(whole)):
            what = f"the study lies under version control ({kind.lstrip('._')}), which keeps every version for good."
            remedy = "Move it out, or make sure that its files are ignored."
            return [Problem(folder.name or ".", "", what, remedy, serious=False)]
        if kind:
            return []
    return []


def _is_ignored(folder: Path) -> bool:
    """Whether git ignores what is confidential. Where git itself is not there to be asked, it is taken not to."""
    names = ("study.qualkit", "cache.sqlite", "transcripts/a", "outputs/a", "a.key.csv")
    try:
        asked = [
            subprocess.run(["git", "-C", str(folder), "check-ignore", "-q", name], capture_output=True, timeout=10)
            for name in names
        ]
    except (OSError, subprocess.SubprocessError):
        return False
    return all(ran.returncode == 0 for ran in asked)
