"""Worker processes under a watch: one that takes too long, too much memory or dies is a fault of the file it had."""

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
LONGEST = 10.0  # seconds of work a file
PATIENCE = 5  # times as long by the clock, for a machine that has other things to do
MOST = 1_000_000_000  # bytes of resident memory
_TICK = 0.02  # seconds; within one, a process cannot take so much that the machine suffers


@dataclass(frozen=True)
class Seen:
    """What came of one file. `fault` is "" where all is well."""

    fault: str
    seconds: float
    peak: int = 0


class Worker:
    """One process that reads files, begun anew after each fault."""

    def __init__(self, longest: float, patience: float) -> None:
        self._longest, self._patience = longest, patience
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, kind: str, path: Path) -> Seen:
        process = self._process or self._begin()
        assert process.stdin is not None
        assert process.stdout is not None
        began, before = time.monotonic(), _worked(process.pid)
        process.stdin.write(json.dumps([kind, str(path)]).encode() + b"\n")
        process.stdin.flush()
        while not select.select([process.stdout], [], [], _TICK)[0]:
            passed, worked = time.monotonic() - began, _worked(process.pid) - before
            if worked > self._longest or passed > self._patience * self._longest:
                return self._end(f"it hangs: no answer after {worked:.0f} s of work, {passed:.0f} s in all", passed)
            if _resident(process.pid) > MOST:
                return self._end("it takes more than 1 GB of memory", passed)
        line = process.stdout.readline()
        if not line:
            return self._end(f"the worker died of it ({process.wait()})", time.monotonic() - began)
        seconds, peak = json.loads(line)
        if peak > MOST:
            return self._end("it takes more than 1 GB of memory", seconds)
        return Seen(json.loads(process.stdout.readline() or '"the worker died of it"'), seconds, peak)

    def _begin(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.proof.hostile.worker"]
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert process.stdout is not None
        assert json.loads(process.stdout.readline() or "null") == "ready", "the worker does not start"
        self._process = process
        return process

    def _end(self, fault: str, seconds: float) -> Seen:
        self.close()
        return Seen(fault, seconds)

    def close(self) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _worked(pid: int) -> float:
    """Seconds that a process has worked: the machine may have other things to do. The clock where it does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError):
        return time.monotonic()


def _resident(pid: int) -> int:
    """Bytes of resident memory now; 0 where the system does not tell (then the worker's own peak must do)."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def watched(
    numbers: Iterable[int],
    make: Callable[[int], tuple[str, Path]],
    longest: float = LONGEST,
    patience: float = PATIENCE,
) -> dict[int, Seen]:
    """What comes of each numbered file. `make` writes it, and gives its kind and path; it is removed when read."""
    waiting, seen, lock = iter(numbers), dict[int, Seen](), threading.Lock()

    def work() -> None:
        worker = Worker(longest, patience)
        try:
            while True:
                with lock:
                    number = next(waiting, None)
                if number is None:
                    return
                kind, path = make(number)
                seen[number] = worker.read(kind, path)
                path.unlink()
        finally:
            worker.close()

    workers = min(4, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers) as pool:
        for each in [pool.submit(work) for _ in range(workers)]:
            each.result()
    return seen
