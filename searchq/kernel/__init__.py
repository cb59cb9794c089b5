"""Code in C for the steps that cost most, built where a compiler is: the same results as in Python, many times as fast.

    dutch.c     the terms of a Dutch word                           analysis/compiled.py
    markup.c    text as HTML prints it, and joined                  web/rendering.py
    marks.c     where the words of a query stand in texts           results/needles.py, word_finder.py, marks.py;
                where a line's end may have broken a word           analysis/typography.py
    fragments.c the snippets of a page                              results/snippets.py, windows.py, fragments.py
    texts.c     the words of texts as numbers; names within texts   index/write/batch_tokenizer.py; analysis/names.py
    tables.c    the tables of words of several segments as one      index/write/merge_terms.py and term_ids.py
    positions.c the positions of words                              index/format/positions.py
    near.c      the documents with words near each other            engines/embedded/execution/phrase_match.py
    typed.c     where the words typed stand in the best matches     engines/embedded/as_typed.py
    unions.c    the documents with any of many words                engines/embedded/execution/unions.py
    combined.c  the weighted postings of a term, of all segments    index/read/combined_reader.py
    prefixes.c  the words that begin alike, of all zones            index/read/zone_words.py
    facets.c    the values of facets, counted                       engines/embedded/facets.py
    postings.c  the postings of a batch                             index/write/invert.py
    matches.c   the documents of a search, joined and ranked        engines/embedded/array_steps.py and ranked_order.py
    checksums.c the checksums of blocks of a file                   index/format/blocks.py
    tokens.c    stored records, packed, unpacked and filled in      index/records/tokens.py; index/read/first_seen.py

Installing without a compiler leaves these modules out, and the callers do the same in Python; `checksums` cannot be
loaded where the processor does not help, either.
"""

from importlib import import_module
from types import ModuleType
from typing import Final

__all__ = ["built"]

# As in the sources: raised here and there when a caller or the C behind it needs the other to change.
_VERSIONS: Final = {
    "combined": 1,
    "checksums": 1,
    "dutch": 5,
    "facets": 1,
    "fragments": 2,
    "marks": 3,
    "markup": 3,
    "matches": 9,
    "near": 1,
    "positions": 4,
    "postings": 1,
    "prefixes": 1,
    "tables": 2,
    "texts": 4,
    "tokens": 4,
    "typed": 2,
    "unions": 1,
}


def built(name: str) -> ModuleType | None:
    """Return a module in C; None where it was not built, or from other sources than these."""
    try:
        module = import_module(f"searchq.kernel.{name}")
    except ImportError:
        return None
    return module if getattr(module, "VERSION", None) == _VERSIONS[name] else None
