"""``python -m policies.coverage CASES.json``: the answers as a JSON list on stdout; a fault is one sentence, exit 1."""

import argparse
import json
import sys
from pathlib import Path

from policies.coverage.cases import answer, load
from policies.coverage.reading import Fault


def main(arguments: list[str] | None = None) -> int:
    """Answer all cases of a file; 0 = answered, 1 = a sentence on stderr and nothing on stdout."""
    parser = argparse.ArgumentParser(prog="python -m policies.coverage", description="Answer coverage cases.")
    parser.add_argument("cases", help="a JSON list of cases")
    path = parser.parse_args(arguments).cases
    try:
        answers = [answer(case) for case in load(_text(path))]
    except Fault as fault:
        print(f"{path}: {fault}", file=sys.stderr)
        return 1
    print(json.dumps(answers, indent=1))
    return 0


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault(f"byte {error.start} is not UTF-8; save the file as UTF-8.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is not a path"
        raise Fault(f"the file cannot be read ({why}); name a readable JSON file.") from None


if __name__ == "__main__":
    sys.exit(main())
