"""The plain engine: the whole port by obvious loops over a dictionary of questions, the oracle of every other engine.

It shares the query language, the facet table, the resolver and the analysis of words with all engines, and nothing
with the embedded one: no arrays, no files, no index.

    document   one question as words with positions, values and numbers
    index      all documents of one generation, and what the query language asks of them
    scoring    the score of a document for a query tree, as an explanation that adds up
    search     a request to hits: filters, sorts, siblings
    counting   facets, histogram, statistics
    words      highlights, completions, spellings, similar questions
    engine     the port and its updates
"""

from tests.plain_engine.engine import PlainEngine

__all__ = ["PlainEngine"]
