"""Our schema as Whoosh fields, for Whoosh's own searcher and query parser."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from whoosh import columns, fields, formats
from whoosh.analysis import Analyzer, Token

from searchq.analysis.broken_words import with_known_joined
from searchq.analysis.tokenizer import tokens
from searchq.index.schema import FIELDS, FieldSpec
from searchq.index.write.term_ids import ANALYZERS

__all__ = ["WordAnalyzer", "whoosh_schema"]


class WordAnalyzer(Analyzer):  # type: ignore[misc]
    """Return the words of a text, or their terms; those of one word share a position, weighted by `boost`."""

    def __init__(self, language: str, exact: bool) -> None:
        self.language = language
        self.exact = exact

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        token = Token(**{name: bool(options.get(name)) for name in ("positions", "chars", "boosts", "removestops")})
        token.mode, token.stopped = options.get("mode", ""), False
        first = int(options.get("start_pos", 0))
        text = with_known_joined(value, ANALYZERS["nl"]) if self.language == "nl" else value
        for position, (word, start, end) in enumerate(tokens(text), first):
            token.pos, token.startchar, token.endchar = position, start, end
            for term, weight in self._terms(word):
                token.text = token.original = term
                token.boost = weight
                yield token

    def _terms(self, word: str) -> list[tuple[str, float]]:
        if self.exact:
            return [(word, 1.0)]
        return [(term.term, term.weight) for term in ANALYZERS[self.language](word)]


def whoosh_schema() -> fields.Schema:
    """Return a Whoosh schema with every field, and `record`, which is only stored."""
    return fields.Schema(record=fields.STORED(), **{name: _KINDS[spec.kind](spec) for name, spec in FIELDS.items()})


def _words(spec: FieldSpec) -> fields.FieldType:
    format_ = formats.Positions() if spec.positions else formats.Frequency()
    return fields.FieldType(format_, WordAnalyzer(spec.language, spec.kind == "exact"), scorable=True)


def _facet(spec: FieldSpec) -> fields.FieldType:
    return fields.ID(sortable=False if spec.multi else columns.VarBytesColumn())


def _id(spec: FieldSpec) -> fields.FieldType:
    return fields.ID(unique=True, stored=True, sortable=columns.VarBytesColumn())


def _integer(spec: FieldSpec) -> fields.FieldType:
    return fields.NUMERIC(int, bits=64 if spec.wide else 32, signed=True, shift_step=0, sortable=True, default=0)


_KINDS: Final[dict[str, Callable[[FieldSpec], fields.FieldType]]] = {
    "combined": _words,
    "terms": _words,
    "exact": _words,
    "facet": _facet,
    "id": _id,
    "integer": _integer,
}
