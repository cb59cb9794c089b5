"""Every line of the query language: a text, the tree it is read to, and the hints it earns."""

import ast
from pathlib import Path
from typing import Any

import pytest

from searchq.query import language, resolver
from searchq.query.facet_table import facet_named
from searchq.query.hints import SENTENCES
from searchq.query.language import parse
from searchq.query.values import ValueTable
from tests.query.notation import shown
from tests.query.small_index import INDEX, SmallIndex

TREES = {
    # nothing, everything
    "": "*",
    " \t ": "*",
    "*": "*",
    # words
    "asiel": "asiel",
    "ASIEL": "asiel",
    "asiel opvang": "(asiel & opvang)",
    "asiel AND opvang": "(asiel & opvang)",
    "asiel EN opvang": "(asiel & opvang)",
    "asiel ET opvang": "(asiel & opvang)",
    "asiel && opvang": "(asiel & opvang)",
    "asiel, opvang; migratie!": "(asiel & opvang & migratie)",
    "asiel/opvang": "(asiel & opvang)",
    "asiel?": "asiel",
    "asiel?Opvang": "(asiel & opvang)",
    "foto's": "foto",
    "foto’s": "foto",
    "officiele": "officieel",  # no document writes it so
    "ecole": "(ecole / french:ecol)",
    "1 565": "1565",
    "1.565": "1565",
    "12:30": "(12 & 30)",
    "http://www.senate.be": "senate.be",
    "Fraude1: asiel": "(fraude1 & asiel)",
    "8902": "8902",
    # all in capitals: operators are words, unless all others are acronyms or codes
    "ASIEL EN OPVANG": "(asiel & opvang)",
    "ASIEL OF OPVANG": "(asiel & opvang)",
    "ASIEL NIET OPVANG": "(asiel & opvang)",
    "ASIEL NABIJ OPVANG": "(asiel & nabij & opvang)",
    "ASIEL NABIJ/5 OPVANG": "texts(near5(asiel, opvang))",
    "ASIEL || OPVANG": "(asiel | opvang)",
    "ASIEL OF opvang": "(asiel | opvang)",
    "titel:ASIEL OF titel:OPVANG": "(title:asiel | title:opvang)",
    "TITEL:ASIEL OF TITEL:OPVANG": "(title:asiel & title:opvang)",
    "PDOS OF B045": "(pdos | b045)",
    "PDOS OF ASIEL": "(pdos & asiel)",
    # stop words
    "de kosten van asiel": "(kost & asiel)",
    "de": "exact(de)",
    "de van": "(exact(de) & exact(van))",
    "+de asiel": "(exact(de) & asiel)",
    "minister:justitie de": "[portfolio:Justitie]",
    "asiel -de": "(asiel - exact(de))",
    # French, compounds
    "école": "(ecole / french:ecol)",
    "facebook": "(facebook / french:facebook^0.5)",
    "les": "les",  # lessons, in Dutch
    "les école": "(ecole / french:ecol)",  # in French
    "wiskundeonderwijs": (
        "(wiskundeonderwijs"
        " / by5(title:wiskunde^0.5, title:onderwijs^0.5)"
        " / by5(keywords:wiskunde^0.5, keywords:onderwijs^0.5)"
        " / by5(question:wiskunde^0.5, question:onderwijs^0.5)"
        " / by5(answer:wiskunde^0.5, answer:onderwijs^0.5))"
    ),
    "zorgonderwijs": (  # in no document, but both parts are
        "(zorgonderwijs"
        " / by5(title:zorg^0.5, title:onderwijs^0.5)"
        " / by5(keywords:zorg^0.5, keywords:onderwijs^0.5)"
        " / by5(question:zorg^0.5, question:onderwijs^0.5)"
        " / by5(answer:zorg^0.5, answer:onderwijs^0.5))"
    ),
    "persbericht": "persbericht",  # in so many documents that its parts need not help
    "wiskunde onderwijs": "((wiskunde / wiskundeonderwijs^0.8) & (onderwijs / wiskundeonderwijs^0.8))",
    "gezondheid zorg": "((gezondheid / gezondheidszorg^0.8) & (zorg / gezondheidszorg^0.8))",
    # other names
    "FOD": (
        '(fod / title_exact:"federale overheidsdienst"^0.3 / keywords_exact:"federale overheidsdienst"^0.3'
        ' / question_exact:"federale overheidsdienst"^0.3 / answer_exact:"federale overheidsdienst"^0.3)'
    ),
    "RSZ": "(rsz / (rijksdienst^0.3 & sociaal^0.3 & zekerheid^0.3))",
    "federale overheidsdienst": "((federaal / fod^0.3) & (overheidsdienst / fod^0.3))",
    "GMO": "(gmo / (gezondheid^0.3 & migratie^0.3 & onderwijs^0.3))",  # learned from the documents
    "RVA": "rva",  # of whose other name no document holds every word
    # either
    "asiel OR migratie": "(asiel | migratie)",
    "asiel OF migratie": "(asiel | migratie)",
    "asiel OU migratie": "(asiel | migratie)",
    "asiel || migratie": "(asiel | migratie)",
    "asiel of migratie": "(asiel & migratie)",
    "opvang asiel OF migratie": "(opvang & (asiel | migratie))",
    "asiel EN opvang OF migratie": "((asiel & opvang) | migratie)",
    "(asiel OF migratie) opvang": "((asiel | migratie) & opvang)",
    "asiel OF migratie OF opvang": "(asiel | migratie | opvang)",
    # not
    "asiel NOT migratie": "(asiel - migratie)",
    "asiel NIET migratie": "(asiel - migratie)",
    "asiel NON migratie": "(asiel - migratie)",
    "asiel SAUF migratie": "(asiel - migratie)",
    "asiel -migratie": "(asiel - migratie)",
    "asiel EN NIET migratie": "(asiel - migratie)",
    "asiel -migratie -opvang": "(asiel - (migratie | opvang))",
    "asiel -(migratie opvang)": "(asiel - (migratie & opvang))",
    'asiel -"sociale media"': '(asiel - exact("sociale media"))',
    "-asiel": "(* - asiel)",
    "NIET NIET asiel": "asiel",
    "asiel - migratie": "(asiel & migratie)",
    "asiel – migratie": "(asiel & migratie)",
    "asiel OF -migratie": "(asiel | (* - migratie))",
    # quotes
    '"sociale media"': 'exact("sociale media")',
    '"facebook"': "exact(facebook)",
    '"de kosten van"': 'exact("de kosten van")',
    '"Foto’s"': "exact(foto's)",
    "“sociale media”": 'exact("sociale media")',
    "„sociale media”": 'exact("sociale media")',
    "„sociale media“": 'exact("sociale media")',
    '”sociale media"': 'exact("sociale media")',
    "«sociale media»": 'exact("sociale media")',
    "« sociale “media” »": 'exact("sociale media")',
    "«“sociale media”»": 'exact("sociale media")',
    '""sociale media""': 'exact("sociale media")',
    "＂sociale media＂": 'exact("sociale media")',
    "'sociale media'": 'exact("sociale media")',
    "‘sociale media’": 'exact("sociale media")',
    "‘foto's asiel’": 'exact("foto\'s asiel")',
    "foto's en 'sociale media'": '(foto & exact("sociale media"))',
    '"sociale media"~5': 'exact("sociale media"~5)',
    '"sociale media"~5^2': 'exact("sociale media"~5^2)',
    '"asiel""migratie"': "(exact(asiel) & exact(migratie))",
    # near
    "asiel NEAR/5 migratie": "texts(near5(asiel, migratie))",
    "asiel NABIJ/5 migratie": "texts(near5(asiel, migratie))",
    "asiel PRÈS/5 migratie": "texts(near5(asiel, migratie))",
    "asiel NEAR migratie": "texts(near10(asiel, migratie))",
    "asiel NEAR/3 opvang NEAR/5 migratie": "texts(near5(near3(asiel, opvang), migratie))",
    '(asiel OF opvang) NABIJ/5 "sociale media"': 'texts(near5((asiel | opvang), "sociale media"))',
    "titel:(asiel NABIJ/3 opvang)": (
        "(near3(title:asiel, title:opvang) | near3(french_title_exact:asiel, french_title_exact:opvang))"
    ),
    "kosten asiel NEAR/5 migratie": "(kost & texts(near5(asiel, migratie)))",
    # letters left open
    "onder*": "exact(onder*)",
    "Onder*^2": "exact(onder*^2)",
    "wild?ard": "exact(wild?ard)",
    "be*ing": "exact(be*ing)",
    "foto's/onder*": "(exact(foto's) & exact(onder*))",
    "titel:onder*": "(title_exact:onder* | french_title_exact:onder*)",
    "facebok~": "exact(facebok~)",
    "facebok~1": "exact(facebok~)",
    "facebok~0.8": "exact(facebok~)",
    "antwoord:facebok~": "(answer_exact:facebok~ | french_answer_exact:facebok~)",
    # weight
    "asiel^2": "asiel^2",
    "asiel^0.5": "asiel^0.5",
    "asiel^0,5 opvang": "(asiel^0.5 & opvang)",
    "(asiel OF migratie^2)^3 opvang": "((asiel^3 | migratie^6) & opvang)",
    '"sociale media"^2': 'exact("sociale media"^2)',
    "titel:asiel^4": "title:asiel^4",
    # question numbers
    "5-8902 asiel": "(([number:5-8902] / 5-8902) & asiel)",
    "nummer:5-8902": "[number:5-8902]",
    "number:2-1535/1": "[number:2-1535/1]",
    "nummer:8902": "[(number:4-8902 | number:5-8902 | number:6-8902 | called:8902)]",
    "nr:5-89*": "[number:5-89*]",
    "nummer:5-8900..5-8910": "number_order:5008900000..5008910999",
    # texts
    "titel:asiel": "title:asiel",
    "title:asiel": "title:asiel",
    "titre:asiel": "title:asiel",
    "TITEL:Asiel": "title:asiel",
    "titel: asiel": "title:asiel",
    'titel:"sociale media"': '(title_exact:"sociale media" | french_title_exact:"sociale media")',
    "titel:de": "(title_exact:de | french_title_exact:de)",
    "titel:(asiel OF migratie)": "(title:asiel | title:migratie)",
    "titel:(de asiel -migratie) opvang": "((title:asiel - title:migratie) & opvang)",
    "-titel:asiel": "(* - title:asiel)",
    "titel:-asiel": "(* - title:asiel)",
    "titel:minister:justitie": "(title:minister & title:justitie)",
    "vraag:asiel": "question:asiel",
    "question:asiel": "question:asiel",
    "antwoord:facebook": "(answer:facebook / french_answer:facebook)",
    "answer:facebook": "(answer:facebook / french_answer:facebook)",
    "réponse:facebook": "(answer:facebook / french_answer:facebook)",
    "reponse:facebook": "(answer:facebook / french_answer:facebook)",
    # ministers
    "minister:justitie": "[portfolio:Justitie]",
    "ministre:JUSTITIE": "[portfolio:Justitie]",
    "minister : justitie": "[portfolio:Justitie]",
    "minister :justitie": "[portfolio:Justitie]",
    "minister: justitie": "[portfolio:Justitie]",
    "minister\u00a0: justitie": "[portfolio:Justitie]",
    "minister\uff1ajustitie": "[portfolio:Justitie]",
    "minister\u2236 justitie": "[portfolio:Justitie]",
    "asiel -minister : justitie": "(asiel - [portfolio:Justitie])",
    'titel : (asiel OF "sociale media")': (
        '(title:asiel | (title_exact:"sociale media" | french_title_exact:"sociale media"))'
    ),
    "opvang: de kosten": "(opvang & kost)",
    "opvang : de kosten": "(opvang & kost)",
    "opvang :asiel": "(opvang & asiel)",
    'minister:"minister van justitie"': "[minister:minister van Justitie]",
    'minister:"Buitenlandse Zaken" sociale media': "([portfolio:Buitenlandse Zaken] & sociaal & media)",
    "minister:noordzee": "[minister:minister van Justitie, belast met de Noordzee]",
    'minister:"justitie noordzee"': "[minister:minister van Justitie, belast met de Noordzee]",
    "minister:(justitie OF noordzee)": (
        "([portfolio:Justitie] | [minister:minister van Justitie, belast met de Noordzee])"
    ),
    "minister:(buitenlandse zaken)": "[portfolio:Buitenlandse Zaken]",
    "minister:Buitenl*": "[minister:minister van Buitenlandse Zaken]",
    "asiel -minister:justitie": "(asiel - [portfolio:Justitie])",
    "portefeuille:justitie": "[portfolio:Justitie]",
    "portfolio:migratie": "[portfolio:Asiel en Migratie]",
    # other facets
    'indiener:"andre dubois"': "[author:André Dubois]",
    "indiener:dubois": "[author:André Dubois]",
    "author:claes": "[author:Bert Claes]",
    'auteur:"van den berg"': "[author:Martine Van den Berg]",
    "senator:dub*": "[author:André Dubois]",
    'partij:"Open Vld"': "[party:Open Vld]",
    "partij:openvld": "[party:Open Vld]",
    "partij:vld": "[party:Open Vld]",
    "partij:Groen": "[party:Groen!]",
    "partij:CD&V": "[party:CD&V]",
    "partij:cdv": "[party:CD&V]",
    "party:sp.a": "[party:sp.a]",
    "parti:nva": "[party:N-VA]",
    "partij:(mr OF ecolo)": "([party:MR] | [party:Ecolo])",
    'trefwoord:"sociale media"': "[keyword:sociale media]",
    "keyword:belgie": "[keyword:België]",
    "mot-clé:internet": "[keyword:internet]",
    "status:answered": "[status:answered]",
    "status:open": "[status:open]",
    "status:gesloten": "[status:closed]",
    "status:clôturé": "[status:closed]",
    "taal:nl": "[language:nl]",
    "taal:Frans": "[language:fr]",
    "language:dutch": "[language:nl]",
    "zitting:2012-2013": "[session:2012-2013]",
    "session:2012/2013": "[session:2012-2013]",
    "maand:2013-04": "[month:2013-04]",
    # numbers
    "zittingsperiode:5": "[legislature:5]",
    "legislature:>4": "[(legislature:5 | legislature:6)]",
    "législature:4..5": "[(legislature:4 | legislature:5)]",
    "jaar:2013": "[year:2013]",
    "year:>=2012": "[(year:2012 | year:2013)]",
    "rappel:>0": "[(reminders:1 | reminders:2)]",
    "reminders:1": "[reminders:1]",
    "termijn:>100": "delay_days:101..",
    "termijn:>=100": "delay_days:100..",
    "termijn:<30": "delay_days:..29",
    "termijn:≤30": "delay_days:..30",
    "termijn:31..60": "delay_days:31..60",
    "delay:31-60": "delay_days:31..60",
    "délai:366+": "[delay:366+]",
    "délai:360+": "delay_days:360..",
    "partij:geen": "[(* - party:*)]",
    "-partij:geen asiel": "(asiel - [(* - party:*)])",
    "termijn:geen": "[(* - delay:*)]",
    "termijn:100": "delay_days:100..100",
    # days
    "datum:2013": "date:2013-01-01..2013-12-31",
    "date:2012-02": "date:2012-02-01..2012-02-29",
    "datum:2/2012": "date:2012-02-01..2012-02-29",
    "datum:2013-04-30": "date:2013-04-30..2013-04-30",
    "datum:30/4/2013": "date:2013-04-30..2013-04-30",
    "datum:30.04.2013": "date:2013-04-30..2013-04-30",
    "datum:30-4-2013": "date:2013-04-30..2013-04-30",
    "datum:2013-04-01..2013-06-30": "date:2013-04-01..2013-06-30",
    "datum:2013-04 .. 2013-06": "date:2013-04-01..2013-06-30",
    "datum:1.4.2013..30.6.2013": "date:2013-04-01..2013-06-30",
    "datum:2013-04…2013-06": "date:2013-04-01..2013-06-30",
    "datum:[2012 TO 2013]": "date:2012-01-01..2013-12-31",
    "datum:2012-2013": "date:2012-01-01..2013-12-31",
    "datum:2013..": "date:2013-01-01..",
    "datum:..2013": "date:..2013-12-31",
    "datum:>2013": "date:2014-01-01..",
    "datum:>= 2013 asiel": "(date:2013-01-01.. & asiel)",
    "datum:<2013-04": "date:..2013-03-31",
    "datum:<=2013-04": "date:..2013-04-30",
    "datum:(2011 OF 2013)": "(date:2011-01-01..2011-12-31 | date:2013-01-01..2013-12-31)",
    'datum:"2013-04"': "date:2013-04-01..2013-04-30",
    # days in words
    'datum:"april 2013"': "date:2013-04-01..2013-04-30",
    'datum:"8 april 2013"': "date:2013-04-08..2013-04-08",
    "datum:april-2013": "date:2013-04-01..2013-04-30",
    "datum:8-april-2013": "date:2013-04-08..2013-04-08",
    "datum:08/04/2013": "date:2013-04-08..2013-04-08",
    "datum:april 2013 asiel": "(date:2013-04-01..2013-04-30 & asiel)",
    "asiel datum:8 april 2013": "(asiel & date:2013-04-08..2013-04-08)",
    "datum:Déc. 2012": "date:2012-12-01..2012-12-31",
    "datum:1er août 2013": "date:2013-08-01..2013-08-01",
    "datum:1 aôut 2013": "date:2013-08-01..2013-08-01",
    "datum:may 2013": "date:2013-05-01..2013-05-31",
    "datum:april 2013..juni 2013": "date:2013-04-01..2013-06-30",
    "datum:2013-04 .. juni 2013": "date:2013-04-01..2013-06-30",
    "datum:apr.2013..jun.2013": "date:2013-04-01..2013-06-30",
    'datum:("april 2013" OF "mei 2013")': "(date:2013-04-01..2013-04-30 | date:2013-05-01..2013-05-31)",
    "beantwoord:>= december 2012": "answer_date:2012-12-01..",
    "gesteld:2013": "date:2013-01-01..2013-12-31",
    "beantwoord:2013-04": "answer_date:2013-04-01..2013-04-30",
    "answered:>30/4/2013": "answer_date:2013-05-01..",
}


@pytest.mark.parametrize("text", TREES)
def test_a_text_is_read_to_its_tree_without_a_hint(text: Any) -> None:
    parsed = parse(text, INDEX)
    assert (shown(parsed.tree), parsed.hints, parsed.jump) == (TREES[text], (), None)


HINTED = {
    # questions asked as sentences: most of their telling words
    (asked := "waarom wordt de opvang van asiel zo weinig bewalvist?"): (
        "(opvang | asiel | bewalvist)",
        [("telling-words", asked)],
    ),
    (asked := "hoeveel kosten de media en de opvang van facebook"): (
        "([(kost | (kost | media | opvang | (facebook / french:facebook^0.5))>2)]"
        " & (kost | media | opvang | (facebook / french:facebook^0.5)))",
        [("telling-words", asked)],
    ),
    (asked := "is er asiel partij:ecolo?"): ("([party:Ecolo] & asiel)", [("telling-words", asked)]),
    # repairs: text: (tree, [(code, what it speaks of)])
    '"sociale media': ("(sociaal & media)", [("unbalanced-quote", '"')]),
    'asiel "sociale media" "': ('(asiel & exact("sociale media"))', [("unbalanced-quote", '"')]),
    "(asiel opvang": ("(asiel & opvang)", [("unbalanced-parenthesis", "(")]),
    "asiel) opvang": ("(asiel & opvang)", [("unbalanced-parenthesis", ")")]),
    "OF asiel": ("asiel", [("stray-operator", "OF")]),
    "asiel EN": ("asiel", [("stray-operator", "EN")]),
    "asiel OF OF opvang": ("(asiel | opvang)", [("stray-operator", "OF")]),
    "asiel NIET": ("asiel", [("stray-operator", "NIET")]),
    "NOT OR asiel": ("asiel", [("stray-operator", "NOT"), ("stray-operator", "OR")]),
    "asiel NEAR/5": ("asiel", [("stray-operator", "NEAR/5")]),
    "asiel NEAR/5 minister:justitie": ("(asiel & [portfolio:Justitie])", [("near-needs-words", "NEAR/5")]),
    "[asiel TO migratie]": ("(asiel & migratie)", [("range-needs-field", "[asiel TO migratie]")]),
    "titel:[asiel TO migratie]": ("(title:asiel & title:migratie)", [("range-needs-field", "[asiel TO migratie]")]),
    "()": ("nothing", [("nothing-to-search", "()")]),
    "?!": ("nothing", [("nothing-to-search", "?!")]),
    "-": ("nothing", [("nothing-to-search", "-")]),
    # fields
    "ministr:justitie": ("(ministr & justitie)", [("unknown-field-nearest", "ministr:")]),
    "zxqj:asiel": ("(zxqj & asiel)", [("unknown-field", "zxqj:")]),
    "asiel titel:": ("asiel", [("field-without-value", "titel:")]),
    "partij:Open Vld asiel": ("([party:Open Vld] & asiel)", [("value-quotes", "partij:Open Vld")]),
    "auteur:Bert Claes asiel": ("([author:Bert Claes] & asiel)", [("value-quotes", "auteur:Bert Claes")]),
    "minister:Buitenlandse Zaken": (
        "[portfolio:Buitenlandse Zaken]",
        [("value-quotes", "minister:Buitenlandse Zaken")],
    ),
    "trefwoord:sociale": (
        "[(keyword:sociale media | keyword:sociale voorzieningen)]",
        [("several-values", "sociale")],
    ),
    "trefwoord:soc*": ("[(keyword:sociale media | keyword:sociale voorzieningen)]", [("several-values", "soc*")]),
    'minister:"van justitie"': (
        "[(minister:minister van Justitie | minister:minister van Justitie, belast met de Noordzee | "
        "minister:staatssecretaris voor Asiel en Migratie, toegevoegd aan de minister van Justitie)]",
        [("several-values", '"van justitie"')],
    ),
    "status:beantwoord": ("[(status:answered | status:answered-without-text)]", [("several-values", "beantwoord")]),
    "status:onbeantwoord": (
        "[(status:open | status:closed | status:end-of-legislature)]",
        [("several-values", "onbeantwoord")],
    ),
    "zitting:2012": ("[(session:2011-2012 | session:2012-2013)]", [("several-values", "2012")]),
    "jaar:1999": ("[year:1999]", [("unknown-value-among", "1999")]),
    "jaar:2013..2012": ("[(year:2012 | year:2013)]", [("ends-swapped", "2013..2012")]),
    "datum:2013-06..2013-04": ("date:2013-04-01..2013-06-30", [("ends-swapped", "2013-06..2013-04")]),
    "partij:xyz": ("[party:xyz]", [("unknown-value-among", "xyz")]),
    "titelstuk:xyz": ("(titelstuk & xyz)", [("unknown-field-nearest", "titelstuk:")]),
    "status:xyz": ("[status:xyz]", [("unknown-value-among", "xyz")]),
    "partij:ekolo": ("[party:ekolo]", [("unknown-value-nearest", "ekolo")]),
    "indiener:Duboys": ("[author:Duboys]", [("unknown-value-nearest", "Duboys")]),
    "minister:defensie": ("[minister:defensie]", [("unknown-value-among", "defensie")]),
    "minister:Justtie": ("[minister:Justtie]", [("unknown-value-nearest", "Justtie")]),
    "datum:onder9": ("onder9", [("unreadable-date", "onder9")]),
    "datum:30/2/2013": ("30/2/2013", [("unreadable-date", "30/2/2013")]),
    "datum:31 april 2013": ("(31 & april & 2013)", [("unreadable-date", "31 april 2013")]),
    "datum:april asiel": ("(april & asiel)", [("unreadable-date", "april")]),
    "datum:0000": ("0000", [("unreadable-date", "0000")]),
    "datum:2013-00": ("2013-00", [("unreadable-date", "2013-00")]),
    "beantwoord:2013-13": ("2013-13", [("unreadable-date", "2013-13")]),
    "datum:2013..asiel": ("(2013 & asiel)", [("unreadable-date", "2013..asiel")]),
    "datum:..": ("nothing", [("field-without-value", "datum:"), ("nothing-to-search", "datum:..")]),
    "termijn:asiel": ("asiel", [("unreadable-amount", "asiel")]),
    "termijn:12345678901": ("12345678901", [("unreadable-amount", "12345678901")]),
    "jaar:asiel": ("asiel", [("unreadable-amount", "asiel")]),
    "nummer:asiel": ("asiel", [("unreadable-number", "asiel")]),
    # limits
    "v*": ("v", [("short-prefix", "v*")]),
    "*e*": ("e", [("short-prefix", "*e*")]),
    "*beleid9": ("beleid9", [("short-prefix", "*beleid9")]),
    "ab*c*d*e*f*": ("exact(ab*c*d*e*)", [("many-wildcards", "ab*c*d*e*f*")]),
    "facebok~2": ("exact(facebok~)", [("fuzzy-distance", "facebok~2")]),
    "asiel^99": ("asiel^10", [("boost-limit", "99")]),
    '"asiel opvang"~500': ('exact("asiel opvang"~100)', [("distance-limit", "500")]),
    "asiel NEAR/500 opvang": ("texts(near100(asiel, opvang))", [("distance-limit", "500")]),
    "(" * 21 + "asiel" + ")" * 21: ("asiel", [("deep-nesting", "(")]),
    " ".join(["asiel"] * 40): (f"({' & '.join(['asiel'] * 32)})", [("too-many-words", " ".join(["asiel"] * 8))]),
    "asiel" + " " * 600: ("asiel", [("long-text", "")]),
}


@pytest.mark.parametrize("text", HINTED)
def test_a_text_is_mended_with_a_hint_that_tells_where(text: Any) -> None:
    parsed = parse(text, INDEX)
    told = [(hint.code, text[hint.start : hint.end]) for hint in parsed.hints]
    assert (shown(parsed.tree), told) == HINTED[text]


JUMPS = {
    "5-8902": "5-8902",
    " 5 - 8902 ": "5-8902",
    "5–8902": "5-8902",
    "5‑8902": "5-8902",
    "nr. 5-8902": "5-8902",
    "Nr 5-8902": "5-8902",
    "n° 5-8902": "5-8902",
    "vraag 5-8902": "5-8902",
    "Schriftelijke vraag nr. 5-8902": "5-8902",
    "Question écrite n° 5-8902": "5-8902",
    "2-1535/1": "2-1535/1",
    "５－８９０２": "5-8902",
}


@pytest.mark.parametrize("text", JUMPS)
def test_a_number_goes_straight_to_its_question(text: Any) -> None:
    assert parse(text, INDEX).jump == JUMPS[text]


@pytest.mark.parametrize(
    "text", ["8902", "5", "5-8902 asiel", "asiel 5-8902", '"5-8902"', "nummer:5-8902", "2012-2013-2014"]
)
def test_anything_more_or_less_than_a_number_is_searched(text: str) -> None:
    assert parse(text, INDEX).jump is None


def test_a_number_that_is_jumped_to_can_be_searched_as_well() -> None:
    assert shown(parse("5 - 8902", INDEX).tree) == "([number:5-8902] / 5-8902)"
    assert shown(parse("2-1535/1", INDEX).tree) == "([number:2-1535/1] | (([number:2-1535] / 2-1535) & 1))"


RELAXED = {
    "asiel": None,
    "asiel opvang": "(asiel | opvang)",
    "asiel opvang migratie": "(asiel | opvang | migratie)>2",
    "asiel opvang migratie kosten": "(asiel | opvang | migratie | kost)>2",
    "asiel opvang migratie kosten zorg": "(asiel | opvang | migratie | kost | zorg)>3",
    "asiel xyzzy9": "asiel",
    "asiel xyzzy9 opvang": "(asiel | opvang)",
    "xyzzy8 xyzzy9": None,
    "asiel opvang minister:justitie -migratie": "(([portfolio:Justitie] & (asiel | opvang)) - migratie)",
    'asiel opvang "sociale media"': '(exact("sociale media") & (asiel | opvang))',
    "wiskundeonderwijs": "(wiskundeonderwijs / (wiskunde^0.5 | onderwijs^0.5))",
    "asiel OF opvang": None,
    "asiel minister:justitie": None,
    "titel:(asiel opvang)": None,
}


@pytest.mark.parametrize("text", RELAXED)
def test_of_several_words_most_may_do(text: Any) -> None:
    relaxed = parse(text, INDEX).relaxed
    assert (None if relaxed is None else shown(relaxed)) == RELAXED[text]


LOOSEST = {
    "asiel opvang": "(asiel | opvang)",
    "asiel opvang migratie": "([(asiel | (asiel | opvang | migratie)>2)] & (asiel | opvang | migratie))",
    "asiel": None,
}


@pytest.mark.parametrize("text", LOOSEST)
def test_of_several_words_half_or_the_rarest_may_do_where_nothing_else_is_found(text: Any) -> None:
    loosest = parse(text, INDEX).loosest
    assert (None if loosest is None else shown(loosest)) == LOOSEST[text]


def test_every_sentence_exists_in_both_languages_and_names_its_values() -> None:
    for text in HINTED:
        for hint in parse(text, INDEX).hints:
            for tongue in ("en", "nl"):
                sentence = hint.sentence(tongue)
                assert sentence.rstrip()[-1] in ".?"
                assert all(str(value) in sentence for value in hint.values.values()), (sentence, hint)


def test_every_hint_of_the_language_is_shown_in_the_table() -> None:
    sources = [*Path(language.__file__).parent.glob("*.py"), Path(resolver.__file__)]
    constants = {
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    shown_here = {code for _, hints in HINTED.values() for code, _ in hints}
    assert constants & set(SENTENCES) == shown_here | _TESTED_ELSEWHERE


_TESTED_ELSEWHERE = {"many-values", "unknown-value", "party-later", "party-earlier"}


class Crowded(SmallIndex):
    def value_table(self, facet: Any) -> Any:
        return ValueTable(facet_named(facet), [f"Jan Jansen {number:04}" for number in range(300)])


CROWDED = Crowded()


def test_a_value_that_fits_too_many_values_is_cut_with_a_hint() -> None:
    parsed = parse("indiener:jansen", CROWDED)
    assert len(parsed.tree.part.parts) == 200
    assert [hint.code for hint in parsed.hints] == ["many-values"]


def test_of_many_values_none_is_named_unless_it_is_near() -> None:
    assert [hint.code for hint in parse("indiener:qqq", CROWDED).hints] == ["unknown-value"]
    assert [hint.code for hint in parse("indiener:Janssen", CROWDED).hints] == ["unknown-value-nearest"]
