"""The entries of the dictionary: some 370,000 Dutch forms, each with its lemma, and which lemmas are verbs or nouns.

They are compiled from simplemma's Dutch data and word lists of our own, which takes about a second, and kept in the
user's cache folder, from where they are read in a sixth of that. Kept they are pages of words, a word a line:

    verbs │ nouns │ forms that are their own lemma and have no others │ lemmas that are no form (raadvergadering)
    forms of the verbs and nouns, in their order │ how many each has │ forms without their marks │ with
"""

import unicodedata
from collections.abc import Iterator, Mapping, Set
from importlib.util import find_spec
from itertools import chain, repeat
from pathlib import Path
from typing import Final

from msgspec import Struct

from searchq.analysis.folding import fold
from searchq.analysis.user_cache import keep, kept, name_after
from searchq.analysis.wordlists import one_of_many, words_of

__all__ = ["Entries", "compiled", "entries"]

_HERE: Final = Path(__file__).parent
_SOURCES: Final = ("entries.py", "folding.py", "wordlists.py", "data/mass_nouns.txt", "data/overrides.txt")
_PAGE: Final = "\f"  # what parts pages and lines is in no form or lemma
_LINE: Final = "\n"
_NUMBERS: Final = {str(number): number for number in range(1000)}  # a third of the time that int() takes


class Entries(Struct, frozen=True):
    """Forms and lemmas in lower case."""

    lemmas: Mapping[str, str]  # by form; every lemma has a form, most often itself
    unmarked: Mapping[str, str]  # forms without their marks -> forms with
    verbs: Set[str]  # infinitives
    nouns: Set[str]  # lemmas with other forms, and no verbs


def entries() -> Entries:
    """Return the entries from the cache; compile and cache them if they are not there."""
    name = name_after("dictionary", _sources())
    content = kept(name)
    if content is not None:
        return _read(content.decode())
    found = compiled()
    keep(name, lambda: _written(found).encode())
    return found


def _sources() -> Iterator[bytes]:
    """Yield everything the entries depend on, including the code that compiles and writes them."""
    yield from (f"{name} {size} {time}".encode() for name, size, time in _installed("simplemma"))
    yield unicodedata.unidata_version.encode()
    yield from ((_HERE / file).read_bytes() for file in _SOURCES)


def _installed(package: str) -> list[tuple[str, int, int]]:
    """The files of a package, their sizes and times: what tells its versions apart in a twentieth of the time that
    asking for its version takes."""
    found = find_spec(package)
    folders = (found and found.submodule_search_locations) or ()
    files = [file for folder in folders for file in Path(folder).rglob("*") if file.suffix != ".pyc"]
    return sorted((str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files if file.is_file())


def compiled() -> Entries:
    """Compile the entries from simplemma and our lists."""
    lemmas = {word: word for word in words_of("mass_nouns.txt")} | _shipped() | one_of_many("overrides.txt")
    verbs = {lemma for form, lemma in lemmas.items() if lemma.endswith(_INFINITIVE) and _conjugated(form, lemma)}
    nouns = {lemma for form, lemma in lemmas.items() if form != lemma} - verbs
    return Entries(lemmas, {fold(form): form for form in lemmas if not form.isascii()}, verbs, nouns)


def _shipped() -> dict[str, str]:
    """simplemma's forms and lemmas in lower case; where two spellings meet, the one without capitals counts."""
    # Imported here since it costs 42 ms, which need not be paid when the entries were kept.
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    shipped = DefaultDictionaryFactory().get_dictionary("nl")
    found: dict[str, str] = {}
    for form, lemma in zip(shipped, map(shipped.__getitem__, shipped), strict=True):  # quicker than items()
        lower = form.lower()
        if lower == form or lower not in found:
            found[lower] = lemma.lower().replace("_", "")  # a few lemmas mark the parts of compounds
    return found


_INFINITIVE: Final = ("en", "gaan", "staan", "slaan", "doen", "zien")


def _conjugated(form: str, lemma: str) -> bool:
    """Return whether a form shows that its lemma is a verb: wijzend, wijst."""
    return form == lemma + "d" or (form.endswith("t") and form[:2] == lemma[:2] and len(form) <= len(lemma))


def _written(found: Entries) -> str:
    """The entries as text."""
    forms: dict[str, list[str]] = {lemma: [] for lemma in (*found.verbs, *found.nouns)}
    for form, lemma in found.lemmas.items():
        if form != lemma:
            forms[lemma].append(form)
    others = [form for form, lemma in found.lemmas.items() if form == lemma and form not in forms]
    unlisted = forms.keys() - found.lemmas.keys()
    grouped = chain.from_iterable(forms.values())
    counts = (str(len(each)) for each in forms.values())
    unmarked = (found.unmarked, found.unmarked.values())
    return _PAGE.join(map(_LINE.join, (found.verbs, found.nouns, others, unlisted, grouped, counts, *unmarked)))


def _read(text: str) -> Entries:
    """The entries that were written as this text; all forms of a lemma share its letters, so that they stay at hand."""
    pages = (page.split(_LINE) if page else [] for page in text.split(_PAGE))
    verbs, nouns, others, unlisted, forms, counts, unmarked, marked = pages
    inflected = verbs + nouns
    lemmas = {lemma: lemma for lemma in chain(inflected, others)}
    lemmas.update(
        zip(forms, chain.from_iterable(map(repeat, inflected, map(_NUMBERS.__getitem__, counts))), strict=True)
    )
    for lemma in unlisted:
        del lemmas[lemma]
    return Entries(lemmas, dict(zip(unmarked, marked, strict=True)), set(verbs), set(nouns))
