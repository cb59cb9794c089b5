"""An index of a few words and values, as a source of terms for the query language."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from searchq.analysis import dutch, french
from searchq.analysis.terms import WeightedTerm
from searchq.query.facet_table import facet_named
from searchq.query.terms import WordReading
from searchq.query.values import ValueTable
from searchq.query.zones import COMBINED

T = TypeVar("T")
DUTCH = {
    "asiel": ["asiel"],
    "asielzoekers": ["asielzoeker"],
    "migratie": ["migratie"],
    "opvang": ["opvang"],
    "kosten": ["kost"],
    "facebook": ["facebook"],
    "sociale": ["sociaal"],
    "media": ["media"],
    "minister": ["minister"],
    "president": ["president"],
    "justitie": ["justitie"],
    "defensie": ["defensie"],
    "buitenlandse": ["buitenlands"],
    "zaken": ["zaken"],
    "noordzee": ["noordzee"],
    "wiskunde": ["wiskunde"],
    "onderwijs": ["onderwijs"],
    "wiskundeonderwijs": ["wiskundeonderwijs", "wiskunde", "onderwijs"],
    "gezondheid": ["gezondheid"],
    "zorg": ["zorg"],
    "gezondheidszorg": ["gezondheidszorg", "gezondheid", "zorg"],
    "persbericht": ["persbericht", "pers", "bericht"],
    "foto's": ["foto"],
    "officiële": ["officieel"],
    "fod": ["fod"],
    "federale": ["federaal"],
    "overheidsdienst": ["overheidsdienst"],
    "rsz": ["rsz"],
    "rijksdienst": ["rijksdienst"],
    "zekerheid": ["zekerheid"],
    "één": ["een"],
    "de": [],
    "van": [],
    "of": [],
    "to": [],
}  # the word itself first, then its parts
FRENCH = {"école": ["ecol"], "média": ["medi"], "asile": ["asil"], "les": [], "facebook": ["facebook"]}
FREQUENT = {"persbericht": 5000}  # documents of a term; of any other, 3

FACETS = {
    "minister": (
        "minister van Buitenlandse Zaken",
        "minister van Justitie",
        "minister van Justitie, belast met de Noordzee",
        "staatssecretaris voor Asiel en Migratie, toegevoegd aan de minister van Justitie",
    ),
    "portfolio": ("Asiel en Migratie", "Buitenlandse Zaken", "Justitie"),
    "author": ("André Dubois", "Bert Claes", "Martine Van den Berg"),
    "party": ("CD&V", "Ecolo", "Groen!", "MR", "N-VA", "Onafhankelijke", "Open Vld", "PTB-GO!", "sp.a"),
    "keyword": ("België", "internet", "media", "sociale media", "sociale voorzieningen"),
    "title_part": ("Spoor",),
    "house": ("chamber", "senate"),
    "legislature": ("4", "5", "6"),
    "session": ("2011-2012", "2012-2013"),
    "year": ("2011", "2012", "2013"),
    "month": ("2012-12", "2013-04"),
    "status": ("answered", "closed", "open"),
    "language": ("fr", "nl"),
    "delay": ("0-30", "366+"),
    "reminders": ("0", "1", "2"),
    "problem": ("date", "portfolio"),
}


TABLES = {name: ValueTable(facet_named(name), values) for name, values in FACETS.items()}


class SmallIndex:
    """Knows the words above, each in three documents; words of ministers are those of their titles."""

    def analyze(self, word: str, language: str = "nl") -> tuple[WeightedTerm, ...]:
        terms = (DUTCH if language == "nl" else FRENCH).get(word)
        if terms is None:
            return (dutch if language == "nl" else french).analyze_word(word).terms  # type: ignore[no-any-return]
        parts = tuple(WeightedTerm(part, 0.4, "compound") for part in terms[1:])
        return tuple(WeightedTerm(term, 1.0, "dictionary") for term in terms[:1]) + parts

    def holds(self, word: str, language: str = "nl") -> bool:
        return word in (DUTCH if language == "nl" else FRENCH)

    def held(self, word: str, language: str = "nl") -> WordReading | None:
        return self.analyzed(word, language)._replace(is_held=True) if self.holds(word, language) else None

    def analyzed(self, word: str, language: str = "nl") -> WordReading:
        terms = self.analyze(word, language)
        return WordReading(word, terms, tuple(self.document_frequency(COMBINED[language], one.term) for one in terms))

    def document_frequency(self, field: str, term: str) -> int:
        words = FRENCH if field.startswith("french") else DUTCH
        held = any(term in terms for terms in words.values())
        if field == "minister_words":
            held = any(term in value.lower() for value in FACETS["minister"])
        return FREQUENT.get(term, 3) if held else 0

    def question_count(self) -> int:
        return 1000

    def value_table(self, facet: str) -> ValueTable:
        return TABLES[facet]

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        return make()

    def blob(self, name: str) -> bytes | None:
        return b"gmo gezondheid migratie onderwijs" if name == "acronyms" else None


INDEX = SmallIndex()  # one for all tests: what is worked out once an index stays worked out
