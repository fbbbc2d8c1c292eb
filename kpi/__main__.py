"""The commands: python -m kpi …

Each says on standard error what it is doing and prints its data on standard output. It exits with
0, with 1 when something was refused (and why), or with 2 when it was called wrongly.
"""

import argparse
import sys
from collections.abc import Sequence

from kpi.commands import (
    benchmarks,
    check,
    demo,
    figures,
    load,
    preview,
    publish,
    records,
    store,
    teams,
)
from kpi.commands.terminal import say
from kpi.errors import KpiError

COMMANDS = (load, publish, figures, records, teams, check, preview, benchmarks, store, demo)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m kpi", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    parsed = parser.parse_args(arguments)
    try:
        return parsed.run(parsed) or 0
    except KpiError as error:
        say(str(error))
        return 1
    except BrokenPipeError:  # the reader, such as `head`, had enough
        sys.stderr.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
