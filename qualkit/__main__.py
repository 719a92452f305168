"""Where the `qualkit` command begins: so little that Ctrl-C is met in good order from the first moment on."""

import gc
import sys


def main() -> None:
    """Run the command line and end with its exit code."""
    # A command reads a study, answers and ends: next to nothing becomes garbage, and looking for it among all rows
    # takes a tenth of the time of `status` and more of an export's.
    gc.set_threshold(200_000, 20, 50)
    try:
        from qualkit import terminal
        from qualkit.cli import app
    except KeyboardInterrupt:
        print("\nInterrupted. The study is as it was before this command.", file=sys.stderr)
        raise SystemExit(130) from None
    raise SystemExit(terminal.run(app))


if __name__ == "__main__":
    main()
