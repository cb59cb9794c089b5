"""The entries of the dictionary: some 370,000 Dutch forms, each with its lemma, and which lemmas are verbs or nouns.

They are compiled from simplemma's Dutch data and word lists of our own, which takes about two seconds, and kept packed
(see `packed`) in the user's cache folder, from where they are read in a tenth of that.
"""

import unicodedata
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from searchq.analysis.folding import fold
from searchq.analysis.packed import Entries, pack
from searchq.analysis.user_cache import keep, kept, name_after
from searchq.analysis.wordlists import one_of_many, words_of

__all__ = ["compiled", "packed_entries"]

_HERE: Final = Path(__file__).parent
_SOURCES: Final = ("entries.py", "packed.py", "folding.py", "wordlists.py", "data/mass_nouns.txt", "data/overrides.txt")


def packed_entries() -> bytes:
    """Return the packed entries from the cache; compile and cache them if they are not there."""
    name = name_after("dictionary", _sources())
    content = kept(name)
    if content is None:
        content = pack(compiled())
        keep(name, lambda: content)
    return content


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
    marked = {fold(form): lemma for form, lemma in lemmas.items() if not form.isascii()}
    return Entries(lemmas, {form: marked[form] for form in marked.keys() - lemmas.keys()}, verbs, nouns)


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
