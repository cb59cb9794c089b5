"""The other engines, asked for the same: a build of all records, then top 20 with stored records and five facets.

Each peer gets the whole record to store and one text to search (title, keywords, question, answer), with positions;
its own Dutch stemming where it has one. `search` gives (total, records, facet counts): nobody wins by doing less.
"""

import json
import re
import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

from searchq.question import Question
from searchq.record_json import to_json

__all__ = ["FACET_FIELDS", "PEERS", "Fts5", "Peer", "StockWhoosh", "Tantivy"]

FACET_FIELDS = ("minister", "party", "author", "keyword", "month")
TOP = 20

Answer = tuple[int, list[Any], dict[str, dict[str, int]]]  # total, decoded records, counts


class Peer(Protocol):
    """An engine under measurement; `kind` is all, any, phrase or prefix."""

    name: str

    def build(self, questions: Iterable[Question], folder: Path) -> None: ...
    def open(self, folder: Path) -> None: ...
    def search(self, words: str, kind: str, facets: Sequence[str] = ()) -> Answer: ...


def facet_values(question: Question) -> dict[str, list[str]]:
    """The values of the five facets of a question."""
    return {
        "minister": [question.minister] if question.minister else [],
        "party": [question.party] if question.party else [],
        "author": [question.author] if question.author else [],
        "keyword": list(question.keywords),
        "month": [question.date.isoformat()[:7]] if question.date else [],
    }


def whole_text(question: Question) -> str:
    """The text a peer searches."""
    return "\n".join(filter(None, [question.title, ", ".join(question.keywords), question.question, question.answer]))


class Tantivy:
    """tantivy through its Python binding: two threads, Dutch Snowball stemmer, term aggregations for facets."""

    name = "tantivy"

    def build(self, questions: Iterable[Question], folder: Path) -> None:
        index = self._index(folder, fresh=True)
        import tantivy

        writer = index.writer(heap_size=256_000_000, num_threads=2)
        for question in questions:
            document = tantivy.Document(text=whole_text(question))
            document.add_bytes("record", json.dumps(to_json(question)).encode())
            for facet, values in facet_values(question).items():
                for value in values:
                    document.add_text(facet, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        self.index = self._index(folder)
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, words: str, kind: str, facets: Sequence[str] = ()) -> Answer:
        query = self._query(words, kind)
        result = self.searcher.search(query, TOP)
        records = [json.loads(self.searcher.doc(address)["record"][0]) for _, address in result.hits]
        counts: dict[str, dict[str, int]] = {}
        if facets:
            asked = {facet: {"terms": {"field": facet, "size": 10}} for facet in facets}
            found = self.searcher.aggregate(query, asked)
            counts = {facet: {b["key"]: b["doc_count"] for b in found[facet]["buckets"]} for facet in facets}
        return result.count, records, counts

    def _index(self, folder: Path, fresh: bool = False) -> Any:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="dutch", index_option="position")
        builder.add_bytes_field("record", stored=True, indexed=False)
        for facet in FACET_FIELDS:
            builder.add_text_field(facet, fast=True, tokenizer_name="raw", index_option="basic")
        if fresh:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        index = tantivy.Index(builder.build(), path=str(folder))
        dutch = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        index.register_tokenizer("dutch", dutch.filter(tantivy.Filter.stemmer("dutch")).build())
        return index

    def _query(self, words: str, kind: str) -> Any:
        import tantivy

        if kind == "prefix":
            return tantivy.Query.regex_query(self.index.schema, "text", re.escape(words) + ".*")
        text = f'"{words}"' if kind == "phrase" else " ".join(re.findall(r"\w+", words))
        query, _ = self.index.parse_query_lenient(text, ["text"], conjunction_by_default=kind == "all")
        return query


class Fts5:
    """SQLite's FTS5, no stemming; facets by a join of the hits with a table of values."""

    name = "sqlite fts5"

    def build(self, questions: Iterable[Question], folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        database = sqlite3.connect(folder / "index.db")
        database.executescript(
            "CREATE TABLE records (id INTEGER PRIMARY KEY, record TEXT);"
            "CREATE TABLE facets (id INTEGER, facet INTEGER, value TEXT, PRIMARY KEY (id, facet, value)) WITHOUT ROWID;"
            "CREATE VIRTUAL TABLE texts USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2')"
        )
        for number, question in enumerate(questions):
            database.execute("INSERT INTO records VALUES (?, ?)", (number, json.dumps(to_json(question))))
            database.execute("INSERT INTO texts (rowid, text) VALUES (?, ?)", (number, whole_text(question)))
            for place, values in enumerate(facet_values(question).values()):
                rows = [(number, place, value) for value in values]
                database.executemany("INSERT OR IGNORE INTO facets VALUES (?, ?, ?)", rows)
        database.commit()
        database.close()

    def open(self, folder: Path) -> None:
        self.database = sqlite3.connect(folder / "index.db")

    def search(self, words: str, kind: str, facets: Sequence[str] = ()) -> Answer:
        parts = re.findall(r"\w+", words)
        quoted = [f'"{part}"' for part in parts]
        joined = {
            "all": " ".join(quoted),
            "any": " OR ".join(quoted),
            "phrase": '"' + " ".join(parts) + '"',
            "prefix": f'"{words}"*',
        }[kind]
        hits = self.database.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?", (joined, TOP)
        ).fetchall()
        records = [
            json.loads(self.database.execute("SELECT record FROM records WHERE id = ?", hit).fetchone()[0])
            for hit in hits
        ]
        (total,) = self.database.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (joined,)).fetchone()
        counts: dict[str, dict[str, int]] = {facet: {} for facet in facets}
        if facets:
            rows = self.database.execute(
                "SELECT facet, value, count(*) FROM facets WHERE id IN (SELECT rowid FROM texts WHERE texts MATCH ?)"
                " GROUP BY facet, value",
                (joined,),
            )
            for place, value, count in rows:
                counts[FACET_FIELDS[place]][value] = count
        return total, records, counts


class StockWhoosh:
    """Whoosh as it comes: its own codec, searcher, collectors and Dutch analyzer."""

    name = "stock whoosh"

    def build(self, questions: Iterable[Question], folder: Path) -> None:
        from whoosh import index

        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        writer = index.create_in(str(folder), self._schema()).writer(limitmb=256)
        for question in questions:
            values = {facet: "\t".join(found) for facet, found in facet_values(question).items()}
            writer.add_document(text=whole_text(question), record=to_json(question), **values)
        writer.commit()

    def open(self, folder: Path) -> None:
        from whoosh import index

        self.index = index.open_dir(str(folder))
        self.searcher = self.index.searcher()

    def search(self, words: str, kind: str, facets: Sequence[str] = ()) -> Answer:
        from whoosh import query, sorting

        terms = [token.text for token in self.index.schema["text"].analyzer(words)]
        tree = {
            "all": lambda: query.And([query.Term("text", term) for term in terms]),
            "any": lambda: query.Or([query.Term("text", term) for term in terms]),
            "phrase": lambda: query.Phrase("text", terms) if terms else query.NullQuery,
            "prefix": lambda: query.Prefix("text", words),
        }[kind]()
        groups = {facet: sorting.FieldFacet(facet, allow_overlap=facet == "keyword") for facet in facets}
        result = self.searcher.search(tree, limit=TOP, groupedby=groups or None)
        top = [hit["record"] for hit in list(result)[:TOP]]
        counts = {facet: {k: len(v) for k, v in result.groups(facet).items()} for facet in facets}
        return len(result), top, counts

    @staticmethod
    def _schema() -> Any:
        from whoosh import analysis, fields

        values = {
            facet: fields.KEYWORD(analyzer=analysis.RegexTokenizer(r"[^\t]+"), sortable=False) for facet in FACET_FIELDS
        }
        return fields.Schema(text=fields.TEXT(analyzer=analysis.LanguageAnalyzer("nl")), record=fields.STORED, **values)


def folder_bytes(folder: Path) -> int:
    """The size of an index on disk, in bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


PEERS: dict[str, type[Peer]] = {"tantivy": Tantivy, "fts5": Fts5, "whoosh": StockWhoosh}
