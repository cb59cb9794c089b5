"""The constants of scoring, the same for every engine; `docs/dutch.md` tells how they were measured.

MRR@10 of 1,810 titles asked for their questions
NEARNESS   joined by OR 0.845 without and 0.853 with, as typed 0.820 and 0.826; a third of them, looked at only after
           it was chosen, gained 0.007 ± 0.003 and 0.006 ± 0.002; stems instead of words as written, the answers too,
           or a wider window gave no more
FORM       titles 0.8496 without, 0.8509 with it and 0.8520 with twice as much, descriptors 0.448, 0.448 and 0.446
TITLE      titles over whole records 0.971 without, 0.989 with it
EARLY      descriptors nDCG@10 0.448 without and 0.454 with it, MAP@100 0.347 and 0.352, held out 0.353 and 0.358; 40 to
           80 words and 0.1 to 0.25 of the score are within 0.003 of each other
"""

from typing import Final

__all__ = [
    "BEGINNING",
    "EARLY",
    "FORM",
    "HALF_LIFE_YEARS",
    "K1",
    "MAX_PAIRS",
    "NEARNESS",
    "RECENCY",
    "RERANKED",
    "TITLE",
    "WINDOW",
    "B",
]

K1: Final = 0.9  # how soon a repeated word stops counting; measured, see docs/dutch.md
B: Final = 0.75  # how much a long text lowers the score; Whoosh's default
RECENCY: Final = 0.03  # the newest question gains at most this share of its score
HALF_LIFE_YEARS: Final = 8.0  # two legislatures: a question that old gains half as much
RERANKED: Final = 100  # matches that gain by words as they were typed
NEARNESS: Final = 0.25  # share of its score that a match with all words side by side gains
WINDOW: Final = 6  # words; two so near each other gain half as much as side by side
MAX_PAIRS: Final = 12  # only the first pairs of words are used
FORM: Final = 0.05  # share of its score that a match with all words as they were typed gains
EARLY: Final = (
    0.2  # share of its score that a match with all words in its title, or the beginning of its question, gains
)
BEGINNING: Final = 60  # words of a question; they name its subject
TITLE: Final = 0.5  # share that the question of exactly this title gains
