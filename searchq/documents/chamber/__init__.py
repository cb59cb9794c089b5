"""The Chamber's written questions, as its open-data service gives them.

payload   the text of a file ── JSON, XML, lines ──> records
record    a record ─────────────────────────────────> Question
routes    files ── a quick first pass ──────────────> the routes of each question: its siblings
"""

from searchq.documents.chamber.payload import Record, records_of
from searchq.documents.chamber.record import question_of, route_of
from searchq.documents.document import Cancellation, Rejection, name_of
from searchq.errors import DocumentError, QuestionCancelled
from searchq.question import Question, Source

__all__ = ["read_records"]


def read_records(text: str, source: Source) -> list[Question | Rejection]:
    """The questions of a file, and a rejection for each record that gives none. Raises DocumentError without any."""
    records = records_of(text)
    if len(records) == 1:
        return [_read(records[0], source, name_of(source))]
    found: list[Question | Rejection] = []
    for place, record in enumerate(records, 1):
        name = f"{name_of(source)}:{route_of(record) or place}"
        try:
            found.append(_read(record, source, name))
        except DocumentError as error:
            found.append(Rejection(name, str(error)))
    return found


def _read(record: Record, source: Source, name: str) -> Question | Cancellation:
    try:
        return question_of(record, source)
    except QuestionCancelled as cancelled:
        return Cancellation(name, str(cancelled), cancelled.number)
