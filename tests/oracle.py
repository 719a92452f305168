"""The rules of decisions once more, in the plainest Python: one character, one coder, one target at a time."""

from dataclasses import dataclass, field

APPLIES, NOT, NONE, DISPUTED = "applies", "not", "none", "disputed"


@dataclass
class Oracle:
    """Per (version, track, character): the verdict of each target, and whether "nothing applies" was said."""

    said: dict[tuple[str, str, int], dict[str, str]] = field(default_factory=dict)

    def decide(self, version: str, track: str, start: int, end: int, target: str, verdict: str) -> None:
        for at in range(start, end):
            mine = self.said.setdefault((version, track, at), {})
            if verdict == "back":
                mine.pop(target, None)
            elif verdict == NONE:
                for other in [name for name, word in mine.items() if word == APPLIES]:
                    del mine[other]
                mine[""] = NONE
            else:
                if verdict == APPLIES:
                    mine.pop("", None)
                mine[target] = verdict

    def stands(self, version: str, at: int, target: str) -> str | None:
        """How one character stands for a target, all tracks together; None where nobody decided that target."""
        words = {}
        spoken_of = False
        for (of, track, where), mine in self.said.items():
            if of == version and where == at:
                spoken_of = spoken_of or target in mine
                if "" in mine:
                    words[track] = NOT
                elif target in mine:
                    words[track] = mine[target]
        if not spoken_of:
            return None
        if "consensus" in words:
            return words["consensus"]
        return DISPUTED if len(set(words.values())) > 1 else next(iter(words.values()))

    def nothing(self, version: str, at: int) -> str | None:
        """The same for "reviewed, and nothing applies"."""
        words = {}
        for (of, track, where), mine in self.said.items():
            if of == version and where == at:
                if "" in mine:
                    words[track] = APPLIES
                elif APPLIES in mine.values():
                    words[track] = NOT
        if "consensus" in words:
            return words["consensus"]
        if not words:
            return None
        return DISPUTED if len(set(words.values())) > 1 else next(iter(words.values()))
