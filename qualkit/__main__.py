"""Where the `qualkit` command begins: so little that Ctrl-C is met in good order from the first moment on."""

import sys


def main() -> None:
    """Run the command line and end with its exit code."""
    try:
        from qualkit import terminal
        from qualkit.cli import app
    except KeyboardInterrupt:
        print("\nInterrupted. The study is as it was before this command.", file=sys.stderr)
        raise SystemExit(130) from None
    raise SystemExit(terminal.run(app))


if __name__ == "__main__":
    main()
