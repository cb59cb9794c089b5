"""A coverage-guided fuzzer of the query language; needs the extra `fuzz` (atheris).

    python tests/fuzz/fuzz_language.py -runs=1000000 [folder to keep interesting inputs in]

Each input becomes a text: any characters, or signs and words of the language in any order, or both. Whatever the text,
`parse` gives a tree within the limits and hints within the text, in a twentieth of a second of processor time.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "query"))

with atheris.instrument_imports(include=["searchq.query"]):
    from searchq.query.parsed import ParsedQuery
from searchq.query.language import parse
from tests.query.query_texts import FIELDS, OPERATORS, SIGNS, SUFFIXES, VALUES, WORDS
from tests.query.small_index import INDEX
from tests.query.tree_limits import within_limits

PIECES = (" ", ":", *WORDS, *SIGNS, *SUFFIXES, *VALUES, *OPERATORS, *FIELDS)
MOST_SECONDS = 0.05
LONGEST = 600  # characters; a query may have 512

slowest = 0.0


def text_of(data: bytes) -> str:
    """The text an input stands for: its first byte says what the others mean."""
    provider = atheris.FuzzedDataProvider(data)
    kind = provider.ConsumeIntInRange(0, 2)
    if kind == 0:
        return provider.ConsumeUnicode(LONGEST)  # type: ignore[no-any-return]
    pieces = []  # type: ignore[var-annotated]
    while provider.remaining_bytes() and len(pieces) < LONGEST:
        if kind == 2 and provider.ConsumeBool():
            pieces.append(provider.ConsumeUnicode(3))
        else:
            pieces.append(PIECES[provider.ConsumeIntInRange(0, len(PIECES) - 1)])
    return "".join(pieces)


def test_one_input(data: bytes) -> None:
    """Parse one text; raises for any fault, which ends the run with the input kept in a file."""
    global slowest
    text = text_of(data)
    seconds, parsed = timed(text, time.perf_counter)
    if seconds > MOST_SECONDS:  # again by the processor's clock, which is slow to read: a pause may not be ours
        seconds = min(timed(text, time.process_time)[0] for _ in range(3))
    if faults := within_limits(text, parsed):
        raise AssertionError(f"{text!r}: {faults}")
    if seconds > MOST_SECONDS:
        raise AssertionError(f"{text!r} took {seconds:.3f} s")
    if seconds > slowest:
        slowest = seconds
        print(f"slowest so far: {1000 * seconds:.1f} ms for {text[:60]!r}", file=sys.stderr)


def timed(text: str, clock: Callable[[], float]) -> tuple[float, ParsedQuery]:
    """Seconds it took, and what was parsed."""
    begun = clock()
    parsed = parse(text, INDEX)
    return clock() - begun, parsed


if __name__ == "__main__":
    atheris.Setup(sys.argv, test_one_input)
    atheris.Fuzz()
