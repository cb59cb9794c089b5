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


class _Words:
    """Some words, one of which is sought; most texts hold not even the longest letters in a row of any of them."""

    def __init__(self, *words: str) -> None:
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
        self._rows = tuple(max(_NO_LETTERS.split(word), key=len).casefold() for word in words)

    def are_in(self, text: str, folded: str) -> bool:
        """Whether a text, which is `folded` without its capitals, has one of them."""
        for row in self._rows:  # a loop, in half the time of `any`: every short answer is asked
            if row in folded:
                return self._pattern.search(text) is not None
        return False


_NO_LETTERS: Final = re.compile(r"\(\?:[^)]*\)\??|\[[^]]*\]|.\?|\\w\+")  # in an expression for a word


_ANSWER: Final = _Words("(?:deel)?antwoord(?:en)?", "gegevens", "inlichtingen", "informatie", "cijfers", "elementen")
_WILL: Final = _Words("zal", "zullen", "zult")
_GIVE: Final = _Words(
    *("bezorgd", "bezorgen", "mee ?gedeeld", "medegedeeld", "mee ?delen", "mededelen", "verstrekt", "verstrekken"),
    *("overgemaakt", "overmaken", "overgezonden", "toegezonden", "gegeven", "geven", "geleverd", "gepubliceerd"),
    *("antwoorden", "beantwoord", "beantwoorden", "toegestuurd", "nagestuurd"),
)
_SOON: Final = _Words(
    *("later", "nadien", "binnenkort", "eerstdaags", "(?:van )?zodra", "op een latere datum"),
    *("zo (?:spoedig|snel|vlug) mogelijk", "binnen de kortst mogelijke (?:tijd|termijn)"),
)
_NEVER: Final = _Words("niet", "noch", "geen", "ne", "n['’]\\w+", "rechtstreeks", "directement")
_REQUESTED: Final = _Words("gevraagde", "gewenste", "nodige", "vereiste")
_GATHERED: Final = _Words("verzameld", "ingezameld", "ingewonnen", "opgevraagd", "opgezocht")
_ARE: Final = _Words("wordt", "worden")

_REPONSE: Final = _Words("réponses?", "données", "renseignements", "informations", "chiffres", "éléments")
_SERA: Final = _Words("sera", "seront", "répondrai", "répondra", "fournirai", "communiquerai", "transmettrai")
_DONNER: Final = _Words(
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
_BIENTOT: Final = _Words(
    *("ultérieurement", "plus tard", "prochainement", "sous peu", "dès que", "aussitôt que", "lorsque"),
    *("dans les (?:meilleurs|plus brefs) délais", "le plus (?:rapidement|vite) possible"),
)
_DEMANDE: Final = _Words("demandée?s?", "requise?s?", "souhaitée?s?", "nécessaires?")
_RECUEILLI: Final = _Words("recueillie?s?", "rassemblée?s?", "collectée?s?", "recherchée?s?", "en cours de \\w+")
_SONT: Final = _Words("est", "sont", "actuellement")

_SAYINGS: Final = (  # all words of one row in one sentence, and none of _NEVER; the rarest first
    (_Words("voorlopig antwoord", "tussentijds antwoord", "réponse (?:provisoire|intermédiaire|d['’]attente)"),),
    (_SOON, _WILL, _GIVE, _ANSWER),
    (_GATHERED, _REQUESTED, _ARE, _ANSWER),
    (_BIENTOT, _SERA, _DONNER, _REPONSE),
    (_RECUEILLI, _DEMANDE, _SONT, _REPONSE),
)


_NOT_YET: Final = re.compile(r"\b(?:nog|voorlopig|momenteel) niet\b|\b(?:pas|non) encore\b", re.IGNORECASE)


def is_interim(question: Question) -> bool:
    """Whether all that the answer of a question says is that one will come, or that its text is not there yet."""
    texts = [text for text in (question.answer, question.french.answer if question.french else None) if text]
    says_so = _NOT_YET.search if question.status == "answered-without-text" else _says_later
    return bool(texts) and all(map(says_so, texts))


def _says_later(text: str) -> bool:
    """Whether a sentence says so; the whole text is asked first, since most say nothing of the kind."""
    if len(text) > _MAX_CHARACTERS or not _is_said(text):
        return False
    return any(
        _is_said(sentence) and not _NEVER.are_in(sentence, sentence.casefold())
        for sentence in _SENTENCE_END.split(text)
    )


def _is_said(text: str) -> bool:
    folded = text.casefold()
    return any(all(words.are_in(text, folded) for words in saying) for saying in _SAYINGS)
