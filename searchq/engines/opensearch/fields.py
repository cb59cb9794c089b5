"""The mapping of the index: how each field of the schema is stored in a cluster.

    scored fields    terms with impacts: `trein|812 station|300`, see `documents`
    X_at             the words of a zone with positions, and their terms in the same places: `=treinen+trein`
    facets           keywords; of those with several values in words also their keys, so that spellings count once
    vocabulary       zone, folded word and word, to list words by their beginning
    forms_nl, _fr    term and word, to list the words that stand for a term

The similarity leaves rarity to the query, which sends it as a boost: a score needs no figures of a shard.
"""

from typing import Any, Final

from searchq.index.schema import FACETS, FIELDS, FINGERPRINT, INTEGER_NAMES, POSITION_GAP
from searchq.query import facet_table
from searchq.query.facet_table import Facet
from searchq.query.weights import K1
from searchq.query.zones import LANGUAGES, ZONES, both

__all__ = [
    "KEYED",
    "MAX_PAGED",
    "PLACED",
    "SCALE",
    "SCHEMA",
    "SCORED",
    "at",
    "counted_as",
    "index_body",
    "state_body",
]

SCALE: Final = 1000  # impacts are whole numbers: a weight of 1 in a text of average length
MAX_PAGED: Final = 100_000  # hits that can be paged through; more are streamed
SCHEMA: Final = f"{FINGERPRINT}-2"  # raise the number when the mapping changes
SCORED: Final = frozenset(name for name, field in FIELDS.items() if field.scored)
PLACED: Final = frozenset(name for name, field in FIELDS.items() if field.positions)
KEYED: Final = frozenset(one.name for one in facet_table.FACETS if one.several and one.kind == "text")
_SIMILARITY: Final = {
    "type": "scripted",
    "weight_script": {"source": "return query.boost;"},
    "script": {"source": f"return weight * doc.freq / (doc.freq + {SCALE * K1});"},
}
_ANALYSIS: Final = {
    "tokenizer": {"blanks": {"type": "whitespace", "max_token_length": 100_000}},
    "filter": {
        "impact": {"type": "delimited_term_freq", "delimiter": "|"},
        "stacked": {"type": "pattern_capture", "preserve_original": False, "patterns": ["([^+]+)"]},
    },
    "analyzer": {
        "impacts": {"tokenizer": "blanks", "filter": ["impact"]},
        "places": {"tokenizer": "blanks", "filter": ["stacked"]},
        "tokens": {"tokenizer": "blanks"},
    },
}


def at(field: str) -> str:
    """Return the field with the places of the words and terms of a zone's field."""
    return f"{FIELDS[field].zone}_at"


def counted_as(facet: Facet) -> str:
    """Return the field whose values are counted for a facet."""
    return f"{facet.name}_key" if facet.name in KEYED else facet.name


def index_body(shards: int, replicas: int) -> dict[str, Any]:
    """Return settings and mapping of the index of questions."""
    settings = {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",  # a commit refreshes
        "max_result_window": MAX_PAGED,
        "max_regex_length": 20_000,
        "max_terms_count": 200_000,
        "codec": "best_compression",
        "analysis": _ANALYSIS,
        "similarity": {"impact": _SIMILARITY},
    }
    return {"settings": {"index": settings}, "mappings": _mapping()}


def state_body(replicas: int) -> dict[str, Any]:
    """Return settings and mapping of the small index beside it, whose documents are looked up by name only."""
    settings = {"number_of_shards": 1, "number_of_replicas": replicas}
    return {"settings": {"index": settings}, "mappings": {"dynamic": False}}


def _mapping() -> dict[str, Any]:
    own: dict[str, Any] = {
        "number": {"type": "keyword"},
        "born": {"type": "long"},
        "died": {"type": "long"},
        "group": {"type": "keyword"},
        "waited": {"type": "long"},
        "waits_from": {"type": "long"},
        "published_after": {"type": "long"},
        "answered_later": {"type": "long"},
        **{f"{title}_whole": _FOUND for title in both("title")},
        "folded": _FOUND,
        "vocabulary": _LISTED,
        "record": {"type": "binary", "doc_values": True},
        "pages": {"type": "object", "enabled": False},
    }
    own |= {f"forms_{language}": _LISTED for language in LANGUAGES}
    own |= dict.fromkeys(SCORED, _IMPACTS)
    own |= {f"{zone.name}_at": _PLACES for zone in ZONES}
    own |= {name: {"type": "keyword"} for name in FACETS}
    own |= {f"{name}_key": {"type": "keyword"} for name in KEYED}
    own |= {name: {"type": "long"} for name in INTEGER_NAMES}
    return {"dynamic": False, "properties": own}


_FOUND: Final = {"type": "keyword", "doc_values": False}
_LISTED: Final = {"type": "keyword", "index": False}
_IMPACTS: Final = {
    "type": "text",
    "analyzer": "impacts",
    "search_analyzer": "keyword",
    "index_options": "freqs",
    "norms": False,
    "similarity": "impact",
}
_PLACES: Final = {
    "type": "text",
    "analyzer": "places",
    "search_analyzer": "keyword",
    "index_options": "positions",
    "norms": False,
    "position_increment_gap": POSITION_GAP,
}
