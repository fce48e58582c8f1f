"""The process that parses one file from strangers: bytes in, one JSON object out, then it ends."""

import json
import resource
import sys

from assistant.documents.kinds import Failure, Kind, Unreadable

_MEMORY_BYTES = 1_000_000_000
_CPU_S = 15


def _text(kind: Kind, data: bytes) -> str:
    if kind is Kind.PDF:
        from assistant.documents.pdf import pdf_text

        return pdf_text(data)
    from assistant.documents.word import word_text

    return word_text(data)


def main() -> None:
    """Parse standard input as the kind of file that the first argument names."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    try:
        answer = {"text": _text(Kind(sys.argv[1]), sys.stdin.buffer.read())}
    except Unreadable as error:
        answer = {"failure": error.failure, "reason": error.reason}
    except (RecursionError, MemoryError) as error:
        answer = {"failure": Failure.BROKEN, "reason": type(error).__name__}
    # What else goes wrong ends the process, and whoever started it takes the file for broken.
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
