"""Whoosh opens the directory and sees the same index: the same hits and scores as its own codec gives."""

import datetime as dt
import random
import tempfile
import uuid
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from msgspec.structs import replace
from whoosh import fields, formats, index, query
from whoosh.analysis import SimpleAnalyzer
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.qparser import QueryParser
from whoosh.system import pack_uint

from searchq.index.codec.codec import ArrayCodec
from searchq.index.codec.fields import whoosh_schema
from searchq.index.format.encoding import WEIGHTS, encode_weights
from searchq.index.read.reader import open_snapshot
from searchq.index.read.snapshot import Snapshot
from searchq.index.schema import FIELDS, MISSING, TEXT
from searchq.index.write.prepare import prepare
from searchq.index.write.writer import IndexWriter
from searchq.question import Question
from searchq.record_json import to_json
from tests.index.plain_index import ANALYZERS, Entry, integers_of, lengths_of, postings_of, questions
from tests.index.test_snapshot import histories, play

pytestmark = pytest.mark.usefixtures("eager")


class Ready(fields.FieldType):  # type: ignore[misc]
    """A field of a stock index whose postings are worked out beforehand by the plain index."""

    def __init__(self, positions: bool) -> None:
        super().__init__(formats.Positions() if positions else formats.Frequency(), SimpleAnalyzer(), scorable=True)

    def index(self, value: Any, **options: Any) -> Any:
        return value


def stock_twin(snapshot: Snapshot) -> Any:
    """The documents of a snapshot, deleted ones included, in an index of Whoosh's own codec, segment by segment:
    Whoosh scores a prefix by its only term in a segment, where there is but one."""
    schema = whoosh_schema()
    for spec in FIELDS.values():
        if spec.scored:
            schema.remove(spec.name)
            schema.add(spec.name, Ready(spec.positions))
        elif spec.kind == "facet":
            schema.remove(spec.name)
            schema.add(spec.name, fields.KEYWORD(commas=True, scorable=False))
    name = f"TWIN{uuid.uuid4().hex}"  # Whoosh's writer keeps its scratch files in a folder of that name
    twin = RamStorage().create_index(schema, indexname=name)
    for first, last in pairwise(snapshot.bases):
        writer = twin.writer(codec=W3Codec())
        for doc in range(first, last):
            writer.add_document(**ready(snapshot.record(doc)))
        writer.commit(merge=False)
    if snapshot.live is not None:
        writer = twin.writer(codec=W3Codec())
        for doc in np.flatnonzero(~snapshot.live):  # type: ignore[assignment]
            writer.delete_document(int(doc))
        writer.commit(merge=False)
    return twin


def ready(question: Question) -> dict[str, Any]:
    """A document for the stock index."""
    own: dict[str, Any] = {"number": question.number}
    for field, length in lengths_of(question).items():
        if length:  # on a term of its own, since stop words count for the length and have none
            own[field] = [(b"\0", round(length), 1.0, VALUES[FIELDS[field].positions](Entry(1.0, [0])))]
    for (field, term), entry in postings_of(question).items():
        if FIELDS[field].scored:
            own[field].append((term.encode(), 0, weight_of(field, entry), VALUES[FIELDS[field].positions](entry)))
        elif FIELDS[field].kind == "facet":
            own[field] = f"{own[field]},{term}" if field in own else term
    own.update({name: value for name, value in integers_of(question).items() if value != MISSING})
    return own


VALUES = {
    True: lambda entry: formats.Positions().encode(entry.positions),
    False: lambda entry: pack_uint(1),
}


def weight_of(field: str, entry: Entry) -> float:
    """The weight as the index keeps it."""
    if FIELDS[field].positions:
        return entry.weight
    return float(WEIGHTS[encode_weights(np.array([entry.weight], np.float32))][0])


TERMS = [
    *(("text", term) for term in ("trein", "spoor", "spoortrein", "tram", "belgië")),
    *((field, "trein") for field in ("title", "question", "answer", "question_exact")),
    ("question_exact", "spoor"),
    ("french", "trein"),
]


def some_query(rng: random.Random, depth: int = 2) -> query.Query:
    """A random tree of the nodes that searching uses."""
    if depth and rng.random() < 0.6:
        own = [some_query(rng, depth - 1) for _ in range(rng.randint(2, 3))]
        return rng.choice([query.And, query.Or])(own)
    return rng.choice(  # type: ignore[no-untyped-call]
        [
            lambda: query.Term(*rng.choice(TERMS)),
            lambda: query.Phrase("question_exact", ["de", "trein"], slop=rng.randint(1, 3)),
            lambda: query.Prefix("title_exact", "tr"),
            lambda: query.Term("party", "MR"),
            lambda: query.NumericRange("delay_days", 0, rng.randint(0, 400)),
            lambda: query.FuzzyTerm("title_exact", "trien", maxdist=2),
            lambda: query.And([query.Term("title", "trein"), query.Not(query.Term("text", "spoor"))]),
        ]
    )()


def with_exact_lengths(stock: Any, snapshot: Snapshot) -> Any:
    """The searcher without the rounding of its codec: whole numbers, kept in one byte to a few parts in a hundred."""
    for reader, base in stock.reader().leaf_readers() if snapshot.max_doc else ():
        lengths = [lengths_of(snapshot.record(base + doc)) for doc in range(reader.doc_count_all())]
        reader._perdoc.doc_field_length = lambda doc, field, default=0, own=lengths: own[doc][field] or default
        reader._perdoc.field_length = lambda field, own=lengths: sum(length[field] for length in own)
    return stock


def answer(searcher: Any, wanted: query.Query) -> dict[int, float]:
    return {hit.docnum: hit.score for hit in searcher.search(wanted, limit=None)}


@given(histories)
@settings(max_examples=25, deadline=None)
def test_whoosh_gives_the_same_hits_and_scores_through_either_codec(history: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole = [[plain(question) for question in step] if isinstance(step, list) else step for step in history]
        play(Path(folder), whole)
        snapshot = open_snapshot(folder)
        rng = random.Random(repr(history))
        with index.open_dir(folder).searcher() as ours, stock_twin(snapshot).searcher() as stock:
            with_exact_lengths(stock, snapshot)
            assert ours.doc_count() == stock.doc_count() == snapshot.doc_count
            for _ in range(6):
                wanted = some_query(rng)
                assert answer(ours, wanted) == pytest.approx(answer(stock, wanted), rel=1e-4), wanted


def plain(question: Question) -> Question:
    """The question without minister and author, whose weight of a half Whoosh's whole lengths cannot hold."""
    return replace(question, minister=None, author=None)


@given(histories)
@settings(max_examples=15, deadline=None)
def test_whoosh_walks_the_same_terms_and_postings(history: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        play(Path(folder), history)
        snapshot = open_snapshot(folder)
        with index.open_dir(folder).reader() as reader:
            seen = {(field, text.decode()) for field, text in reader.all_terms() if FIELDS[field].kind != "integer"}
            assert seen == {(field, term) for field in FIELDS for term in snapshot.terms(field)}
            for field, term in seen:
                assert_same_postings(snapshot, reader, field, term)


def assert_same_postings(snapshot: Snapshot, reader: Any, field: str, term: str) -> None:
    own = snapshot.postings(field, term)
    matcher = reader.postings(field, term)
    found = []
    while matcher.is_active():
        places = matcher.value_as("positions") if FIELDS[field].positions else []
        found.append((matcher.id(), matcher.weight(), places))
        matcher.next()
    if own is None:
        assert found == []
        return
    assert [doc for doc, _, _ in found] == own.docs.tolist()
    assert [weight for _, weight, _ in found] == own.weights.tolist()
    if FIELDS[field].positions:
        assert [place for _, _, places in found for place in places] == own.positions()[1].tolist()
    count, weight = snapshot.statistics(field, term)
    assert (reader.doc_frequency(field, term), reader.frequency(field, term)) == (count, pytest.approx(weight))
    for doc in own.docs.tolist():
        if FIELDS[field].scored:
            assert reader.doc_field_length(doc, field) == snapshot.lengths(field)[doc]


def index_of(folder: Path, *own: Question) -> None:
    with IndexWriter(folder) as writer:
        writer.add(prepare(own, analyzers=ANALYZERS))
        writer.commit()


def test_whoosh_reads_stored_records_and_columns(tmp_path: Path) -> None:
    question = Question("5-8", date=dt.date(2013, 4, 30), title="trein", party="MR", keywords=("a", "b"))
    index_of(tmp_path, question, Question("5-9"))
    with index.open_dir(tmp_path).searcher() as searcher:
        assert searcher.document(number="5-8") == {"number": "5-8", "record": to_json(question)}
        reader = searcher.reader()
        assert list(reader.column_reader("party")) == ["MR", ""]
        assert list(reader.column_reader("date")) == [dt.date(2013, 4, 30).toordinal(), MISSING]
        newest = searcher.search(query.Every(), sortedby="date", reverse=True)
        assert [hit["number"] for hit in newest] == ["5-8", "5-9"]
        assert [hit["number"] for hit in searcher.search(query.Term("keyword", "b"))] == ["5-8"]


def test_whooshs_query_parser_knows_the_fields(tmp_path: Path) -> None:
    index_of(tmp_path, Question("5-8", question="de politie antwoordt"))
    opened = index.open_dir(tmp_path)
    parsed = QueryParser("question_exact", opened.schema).parse('"Politie antwoordt"')
    with opened.searcher() as searcher:
        assert [hit["number"] for hit in searcher.search(parsed)] == ["5-8"]


documents = [
    {"path": "/a", "body": "alfa bravo alfa charlie", "tags": "x,y", "size": 4, "day": dt.datetime(2013, 4, 30)},
    {"path": "/b", "body": "bravo delta", "tags": "y", "size": -7, "day": dt.datetime(2020, 1, 1)},
    {"path": "/c", "body": "alfa delta echo foxtrot " * 9, "size": 12},
]


def generic_index(folder: Path, codec: Any) -> Any:
    folder.mkdir()
    schema = fields.Schema(
        path=fields.ID(unique=True, stored=True),
        body=fields.TEXT(stored=True),
        tags=fields.KEYWORD(commas=True, scorable=True),
        size=fields.NUMERIC(signed=True, sortable=True),
        day=fields.DATETIME(sortable=True, stored=True),
    )
    made = FileStorage(str(folder)).create_index(schema)
    for batch in (documents, [{"path": "/b", "body": "bravo golf alfa", "size": 1}]):
        writer = made.writer(codec=codec)
        for document in batch:
            writer.update_document(**document)
        writer.commit(merge=False)
    return made


def test_whooshs_own_writer_can_write_any_schema_through_our_codec(tmp_path: Path) -> None:
    ours = generic_index(tmp_path / "ours", ArrayCodec())
    stock = generic_index(tmp_path / "stock", W3Codec())
    wanted = [
        query.Term("body", "alfa"),
        query.Or([query.Term("body", "bravo"), query.Term("tags", "y")]),
        query.Phrase("body", ["alfa", "delta"]),
        query.NumericRange("size", -10, 5),
        query.Prefix("body", "d"),
        query.FuzzyTerm("body", "brovo"),
    ]
    with ours.searcher() as searcher, stock.searcher() as oracle:
        for one in wanted:
            assert answer(searcher, one) == pytest.approx(answer(oracle, one)), one
        assert [dict(hit) for hit in searcher.search(query.Every())] == [
            dict(hit) for hit in oracle.search(query.Every())
        ]
        by_size = [hit["path"] for hit in oracle.search(query.Every(), sortedby="size")]
        assert [hit["path"] for hit in searcher.search(query.Every(), sortedby="size")] == by_size
        assert list(searcher.reader().all_terms()) == list(oracle.reader().all_terms())


def test_whooshs_own_merge_keeps_a_generic_index_whole(tmp_path: Path) -> None:
    made = generic_index(tmp_path / "merged", ArrayCodec())
    writer = made.writer(codec=ArrayCodec())
    writer.commit(optimize=True)
    with made.searcher() as searcher:
        assert searcher.doc_count_all() == 3
        assert sorted(hit["path"] for hit in searcher.search(query.Term("body", "alfa"))) == ["/a", "/b", "/c"]


@given(questions)
@settings(max_examples=20, deadline=None)
def test_a_batch_of_one_is_an_index_of_one(question: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index_of(Path(folder), question)
        with index.open_dir(folder).searcher() as searcher:
            assert searcher.document(number=question.number)["record"] == to_json(question)
            assert [hit.docnum for hit in searcher.search(query.Every())] == [0]


def test_text_is_the_field_without_positions() -> None:
    assert not whoosh_schema()[TEXT].supports("positions")
