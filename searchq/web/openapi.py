"""`/openapi.json`: the OpenAPI description, built from the same tables as the page."""

from typing import Any, Final

from searchq import __version__
from searchq.exports.columns import COLUMN_NAMES
from searchq.exports.dialects import DIALECTS
from searchq.exports.formats import EXPORT_FORMATS
from searchq.limits import MAX_PAGE_SIZE, MAX_QUERY_CHARACTERS
from searchq.numbers import NUMBER
from searchq.query.facet_table import FACETS, MISSING_VALUE, WAITED
from searchq.query.request import SORTS
from searchq.web.context import Context, PageResponse, json_answer
from searchq.web.parameters import EXCLUDE, EXPORTED, FORMATS, MAX_PAGE, MAX_VALUE_CHARACTERS
from searchq.web.statistics_pages import ORDERS

__all__ = ["DESCRIPTION", "description"]

_TEXT: Final = {"type": "string"}
_DAY: Final = {"type": "string", "examples": ["2013-04-30", "2013-04", "gisteren", "7 dagen geleden"]}
_OBJECT: Final = {"type": "object"}
_JSON: Final = "application/json"


def description(context: Context) -> PageResponse:
    """The description; its server is the address of the request."""
    return json_answer({**DESCRIPTION, "servers": [{"url": context.site}]})


def _query(name: str, about: str, schema: dict[str, Any], *, many: bool = False) -> dict[str, Any]:
    wrapped = {"type": "array", "items": schema, "maxItems": 8} if many else schema
    found = {"name": name, "in": "query", "description": about, "schema": wrapped}
    return {**found, "style": "form", "explode": True} if many else found


def _whole(most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": 1, "maximum": most}


_VALUE: Final = {"type": "string", "minLength": 1, "maxLength": MAX_VALUE_CHARACTERS}

_ALTERNATIVES: Final = f"Repeated values are alternatives; {MISSING_VALUE} means the questions without one."

_FILTERS: Final = [
    *(_query(facet.name, f"{facet.nl}: {facet.help} {_ALTERNATIVES}", _VALUE, many=True) for facet in FACETS),
    *(_query(EXCLUDE + facet.name, f"{facet.nl}: not these values.", _VALUE, many=True) for facet in FACETS),
    _query("from", "Asked on or after this day.", _DAY),
    _query("to", "Asked on or before this day.", _DAY),
    _query("answered_from", "Answered on or after this day.", _DAY),
    _query("answered_to", "Answered on or before this day.", _DAY),
    _query(WAITED, "Days to the answer, or waited so far: 100, >100, <=30 or 31..60.", _TEXT),
]
_SEARCH: Final = [
    _query("q", "Words, phrases, fields; the query language.", {"type": "string", "maxLength": MAX_QUERY_CHARACTERS}),
    *_FILTERS,
    _query("sort", "Order of the hits.", {"type": "string", "enum": list(SORTS)}),
    _query("fold", "1: one question to several ministers is one hit; 0: each for itself.", {"enum": ["0", "1"]}),
    _query(
        "all_words", "1: only questions with all words; 0: where few, those with most follow.", {"enum": ["0", "1"]}
    ),
    _query("translate", "1: plain words also in the other language; 0: as they stand.", {"enum": ["0", "1"]}),
    _query("limit", "Hits a page.", _whole(MAX_PAGE_SIZE)),
    _query("page", "Which page; beyond the last there are no hits.", _whole(MAX_PAGE)),
]
_NUMBER: Final = {
    "name": "number", "in": "path", "required": True, "description": "Legislature and serial: 5-8902.",
    "schema": {"type": "string", "pattern": f"^{NUMBER}$"},
}  # fmt: skip


def _response(about: str, type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": about, "content": {type: {"schema": schema}}}


_ERROR: Final = _response("What is wrong, in one Dutch sentence.", _JSON, {"$ref": "#/components/schemas/Error"})
_ERRORS: Final = {"400": _ERROR, "404": _ERROR, "414": _ERROR, "503": _ERROR}
_PAGE: Final = {"text/html": {"schema": _TEXT}}
_PAGE_ERRORS: Final = {status: {**error, "content": _PAGE} for status, error in _ERRORS.items()}


def _path(summary: str, parameters: list[Any], good: dict[str, Any], **errors: Any) -> dict[str, Any]:
    return {"get": {"summary": summary, "parameters": parameters, "responses": {"200": good, **errors}}}


_FILES: Final = {EXPORT_FORMATS[name].media_type.split(";")[0]: {"schema": _TEXT} for name in EXPORTED}


def _search_path() -> dict[str, Any]:
    """One path, all formats: a schema for JSON, the media type for the others."""
    good = _response("One page of results.", _JSON, {"$ref": "#/components/schemas/ResultPage"})
    good["content"].update({"application/atom+xml": {"schema": _TEXT}} | _PAGE | _FILES)
    errors = {status: {**error, "content": {**error["content"], **_PAGE}} for status, error in _ERRORS.items()}
    moved = {"description": "The same search at its proper address, or the question whose number was typed."}
    return _path("Search questions.", [*_SEARCH, *_FORM], good, **{"302": moved}, **errors)


_FORM: Final = [
    _query("format", "Without it, a page for people.", {"type": "string", "enum": list(FORMATS)}),
    _query("fields", f"Columns of csv, jsonl, xlsx, parquet, parted by commas: {', '.join(COLUMN_NAMES)}.", _TEXT),
    _query(
        "dialect",
        "CSV with every value unaltered, or for a spreadsheet in Belgium: semicolons, no formulas, 5-1 is no day.",
        {"type": "string", "enum": list(DIALECTS)},
    ),
]


def _statistics_path() -> dict[str, Any]:
    good = _response("The table, or one of each year.", _JSON, _OBJECT)
    good["content"].update({"text/csv": {"schema": _TEXT}} | _PAGE)
    errors = {status: {**error, "content": {**error["content"], **_PAGE}} for status, error in _ERRORS.items()}
    return _path("Count questions, answers and delays by the values of a facet.", _STATISTICS, good, **errors)


_STATISTICS: Final = [
    _SEARCH[0],
    *_FILTERS,
    _query("per", "By what.", {"enum": [facet.name for facet in FACETS if facet.statistics]}),
    _query("format", "Without it, a page for people.", {"enum": ["json", "csv"]}),
    _query("jaren", "1: a table of each year, in json and csv.", {"enum": ["1"]}),
    _query("volgorde", "The column by which the page is sorted, the greatest first.", {"enum": list(ORDERS)}),
]

_SNIPPET: Final = {
    "type": "object",
    "required": ["zone", "text", "highlights"],
    "properties": {
        "zone": {"enum": ["title", "question", "answer", "french"]},
        "is_answer": {"type": "boolean"},
        "text": _TEXT,
        "highlights": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}},
    },
}
_NULLABLE: Final = {"type": ["string", "null"]}
_HIT: Final = {
    "type": "object",
    "required": ["number", "date", "title", "minister", "author", "party", "status", "score", "snippets"],
    "properties": {
        "number": _TEXT,
        **dict.fromkeys(("date", "title", "minister", "author", "party", "status"), _NULLABLE),
        "score": {"type": "number"},
        "partial": {"type": "boolean"},
        "snippets": {"type": "array", "items": _SNIPPET},
        "siblings": {"type": "array", "items": _TEXT},
    },
}
_RESULT_PAGE: Final = {
    "type": "object",
    "required": ["query", "total", "hits", "facets"],
    "properties": {
        "query": _TEXT,
        "total": {"type": "integer"},
        "groups": {"type": "integer"},
        "partial_total": {"type": "integer"},
        "partial_groups": {"type": "integer"},
        "page": {"type": "integer"},
        "pages": {"type": "integer"},
        "hits": {"type": "array", "items": {"$ref": "#/components/schemas/Hit"}},
        "facets": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Facet"}},
    },
}
_FACET: Final = {
    "type": "object",
    "required": ["values", "distinct", "missing"],
    "properties": {
        "values": {"type": "array", "items": _OBJECT},
        "distinct": {"type": "integer"},
        "missing": {"type": "integer"},
        "undated": {"type": "integer", "description": "Of delay: answers whose day is not published; not counted."},
    },
}
_ERROR_SCHEMA: Final = {
    "type": "object",
    "required": ["status", "error"],
    "properties": {"status": {"type": "integer"}, "error": _TEXT},
}

_REFERENCES: Final = (
    ("bib", "BibTeX", "application/x-bibtex", _TEXT),
    ("ris", "RIS", "application/x-research-info-systems", _TEXT),
    ("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json", {"type": "array", "items": _OBJECT}),
)

DESCRIPTION: Final[dict[str, Any]] = {
    "openapi": "3.1.0",
    "info": {
        "title": "searchq",
        "version": __version__,
        "description": "Written questions of the Belgian Senate and Chamber. Only GET and HEAD, but for the forms of "
        "/volgen, by which people follow a search.",
    },
    "paths": {
        "/": _search_path(),
        "/vraag/{number}.json": _path(
            "One question, every field.", [_NUMBER], _response("The record.", _JSON, _OBJECT), **_ERRORS
        ),
        "/vraag/{number}.txt": _path(
            "One question as plain text.", [_NUMBER], _response("The text.", "text/plain", _TEXT),
            **_PAGE_ERRORS,
        ),
        "/vraag/{number}.atom": _path(
            "When one question came here, and its answer, as a feed.", [_NUMBER],
            _response("The feed.", "application/atom+xml", _TEXT), **_PAGE_ERRORS,
        ),
        **{
            f"/vraag/{{number}}.{ending}": _path(
                f"A reference to one question, as {name}.", [_NUMBER], _response("The reference.", type, schema),
                **(_ERRORS if ending.endswith("json") else _PAGE_ERRORS),
            )
            for ending, name, type, schema in _REFERENCES
        },
        "/statistiek": _statistics_path(),
        "/suggesties": _path(
            "Ways to complete what is being typed.",
            [_query("q", "The beginning of a word, name, descriptor or number.", _TEXT), *_FILTERS],
            _response("typed, texts, abouts, addresses, pages", "application/x-suggestions+json", {"type": "array"}),
            **_ERRORS,
        ),
        "/export.jsonl.gz": _path(
            "Every record of this generation, a line each; the same bytes each time, also in ranges.", [],
            _response("The file.", "application/gzip", _TEXT), **_PAGE_ERRORS,
        ),
        "/record.schema.json": _path(
            "The JSON Schema of a record.", [], _response("The schema.", "application/schema+json", _OBJECT), **_ERRORS
        ),
        "/gezondheid": _path("Can questions be answered?", [], _response("They can.", _JSON, _OBJECT), **_ERRORS),
        "/openapi.json": _path("This description.", [], _response("OpenAPI 3.1.", _JSON, _OBJECT), **_ERRORS),
    },
    "components": {
        "schemas": {"ResultPage": _RESULT_PAGE, "Hit": _HIT, "Facet": _FACET, "Error": _ERROR_SCHEMA},
    },
}  # fmt: skip
