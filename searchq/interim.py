"""Whether an answer only says that one will come.

Short answers alone are judged, sentence by sentence, in the words that Belgian ministers use for it. An answer that
tells something and leaves one point for later is an answer; so is one that says there is nothing to tell.
"""

import re
from typing import Final

from searchq.question import Question

__all__ = ["is_interim"]

_MAX_CHARACTERS: Final = 450  # a longer text tells more than that an answer will come
_SENTENCE_END: Final = re.compile(r"(?<=[.;:!?])\s*(?=[\sA-ZÀ-Þ])|\n+")


def _any(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


_ANSWER: Final = _any("(?:deel)?antwoord(?:en)?", "gegevens", "inlichtingen", "informatie", "cijfers", "elementen")
_WILL: Final = _any("zal", "zullen", "zult")
_GIVE: Final = _any(
    *("bezorgd", "bezorgen", "mee ?gedeeld", "medegedeeld", "mee ?delen", "mededelen", "verstrekt", "verstrekken"),
    *("overgemaakt", "overmaken", "overgezonden", "toegezonden", "gegeven", "geven", "geleverd", "gepubliceerd"),
    *("antwoorden", "beantwoord", "beantwoorden", "toegestuurd", "nagestuurd"),
)
_SOON: Final = _any(
    *("later", "nadien", "binnenkort", "eerstdaags", "(?:van )?zodra", "op een latere datum"),
    *("zo (?:spoedig|snel|vlug) mogelijk", "binnen de kortst mogelijke (?:tijd|termijn)"),
)
_NEVER: Final = _any("niet", "noch", "geen", "ne", "n['’]\\w+", "rechtstreeks", "directement")
_REQUESTED: Final = _any("gevraagde", "gewenste", "nodige", "vereiste")
_GATHERED: Final = _any("verzameld", "ingezameld", "ingewonnen", "opgevraagd", "opgezocht")
_ARE: Final = _any("wordt", "worden")

_REPONSE: Final = _any("réponses?", "données", "renseignements", "informations", "chiffres", "éléments")
_SERA: Final = _any("sera", "seront", "répondrai", "répondra", "fournirai", "communiquerai", "transmettrai")
_DONNER: Final = _any(
    *(
        "communiquée?s?",
        "transmise?s?",
        "fournie?s?",
        "donnée?s?",
        "envoyée?s?",
        "publiée?s?",
        "répondu",
        "adressée?s?",
    ),
    *("répondrai", "répondra", "fournirai", "communiquerai", "transmettrai"),
)
_BIENTOT: Final = _any(
    *("ultérieurement", "plus tard", "prochainement", "sous peu", "dès que", "aussitôt que", "lorsque"),
    *("dans les (?:meilleurs|plus brefs) délais", "le plus (?:rapidement|vite) possible"),
)
_DEMANDE: Final = _any("demandée?s?", "requise?s?", "souhaitée?s?", "nécessaires?")
_RECUEILLI: Final = _any("recueillie?s?", "rassemblée?s?", "collectée?s?", "recherchée?s?", "en cours de \\w+")
_SONT: Final = _any("est", "sont", "actuellement")

_SAYINGS: Final = (  # all words of one row in one sentence, and none of _NEVER
    (_any("voorlopig antwoord", "tussentijds antwoord", "réponse (?:provisoire|intermédiaire|d['’]attente)"),),
    (_ANSWER, _WILL, _GIVE, _SOON),
    (_REQUESTED, _ANSWER, _ARE, _GATHERED),
    (_REPONSE, _SERA, _DONNER, _BIENTOT),
    (_REPONSE, _DEMANDE, _SONT, _RECUEILLI),
)


def is_interim(question: Question) -> bool:
    """Whether all that the answer of a question says is that one will come."""
    texts = [text for text in (question.answer, question.french.answer if question.french else None) if text]
    return bool(texts) and all(map(_says_later, texts))


def _says_later(text: str) -> bool:
    sentences = _SENTENCE_END.split(text) if len(text) <= _MAX_CHARACTERS else ()
    promises = [sentence for sentence in sentences if not _NEVER.search(sentence)]
    return any(all(words.search(sentence) for words in saying) for sentence in promises for saying in _SAYINGS)
