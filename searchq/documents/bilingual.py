"""The two-language print versions: nlfr-print, and its other extraction, piped.

Both come from one page of two columns, French on the left. In nlfr-print the columns are merged line by line, and have
to be told apart again: by their labels, by halves, at last by language. The piped extraction kept the cells:

    nlfr-print                                      piped
    Question écrite n° 6-1 Schriftelijke vraag …    Question écrite n° 6-1 | Schriftelijke vraag … | ||||||||
    ________________   (header), ________ ________  ________ | ________ | ||||||||
    titre FR titel NL                               titre FR | titel NL | ||||||||
    keywords FR, then NL; as many                   keywords of a language on one line, joined
    chronology twice                                chronology lost

Saved HTML keeps the columns between marks (`html.ROW`); such rows are read as the piped ones are.
"""

import re
from typing import Final

from searchq.documents.draft import Draft, Texts, block, one_line
from searchq.documents.html import COLUMN, END, ROW
from searchq.documents.labels import DUTCH, FRENCH, NUMBER, Labels
from searchq.documents.pages import EVENT_LINE
from searchq.documents.tongues import cut_between

__all__ = ["read_columns", "read_merged", "read_piped"]

_TOP: Final = re.compile(
    rf"^Question .{{1,2}}crite n.{{1,3}} ?(?P<number>{NUMBER})[ \t\xa0|]+Schriftelijke vraag nr\. ?(?P=number)[ \t|]*$",
    re.MULTILINE,
)
