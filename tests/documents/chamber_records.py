"""Records of the Chamber written for the tests, as its service shapes them in JSON and in XML."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

ROUTE = "56-B045-7-0930-2025202606531"
NUMBER = "56-7-0930-2025202606531"

RECORD: dict[str, Any] = {
    "ID": 412345,
    "SDOCNAME": ROUTE,
    "STATUSQ": "answerReceived",
    "LEGISL": 56,
    "DOCNAME": "2025202606531",
    "DEPOTDAT": "20260105",
    "AUT": "Griet\n      Coorevits,\n      Groen",
    "LANG": "N",
    "DEPTPRES": 7,
    "DEPTNUM": 1007,
    "DEPTN": "Minister van Justitie",
    "DEPTF": "Ministre de la Justice",
    "SUBDEPTN": "Justitie",
    "QUESTNUM": 930,
    "DELAIDAT": "20260209",
    "TITN": "Gevangenissen. - Art. 5 van de wet. - Wachttijden.",
    "TITF": "Prisons. - Attente.",
    "TEXTQN": {"br": ["1. Hoeveel?", "2. Waarom?"]},
    "TEXTQF": {"br": ["1. Combien?", "2. Pourquoi?"]},
    "PUBLICA1": "B045,\n      ,\n      10/03/2026,\n      00002014",
    "STATUSA1": "publicated",
    "NUMA1": 1,
    "CASA1": "1\n      réponse normale -\n      normaal antwoord",
    "TEXTA1N": {"br": ["1. Tien.", "2. Daarom."]},
    "TEXTA1F": {"br": ["1. Dix.", "2. C'est ainsi."]},
    "PUBLICA2": "B047,\n      ,\n      07/04/2026,\n      00002201",
    "CASA2": "2 réponse complémentaire - aanvullend antwoord",
    "TEXTA2N": "Het zijn er elf.",
    "TEXTA2F": None,
    "MAIN_THESAN": "STRAFINRICHTING",
    "THESAN": [" STRAFINRICHTING  |  BELGIE  |  NMBS "],
    "DESCN": "Gevangene",
    "FREEN": "",
    "MAIN_THESAF": "ETABLISSEMENT PENITENTIAIRE",
    "THESAF": " UNION EUROPEENNE ",
}


def record(**changed: Any) -> dict[str, Any]:
    """The record with other values; None takes a field away."""
    return {name: value for name, value in {**RECORD, **changed}.items() if value is not None}


def xml(*records: dict[str, Any]) -> str:
    """Records as the service writes them in XML: each string of a list ended by `<br/>`."""
    inside = "".join(f"<QRVADOC>{''.join(_element(*one) for one in each.items())}</QRVADOC>" for each in records)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<result>\n  <items>{inside}</items></result>\n'


def _element(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_element(name, one) for one in value)
    return f"<{name}>{_content(value)}</{name}>" if value is not None else ""


def _content(value: Any) -> str:
    if isinstance(value, dict) and "a" in value:
        return f"<a href={quoteattr(value['a']['href'])}>{escape(value['a']['#text'])}</a>"
    if isinstance(value, dict):
        return "".join(_content(part) + "<br/>" * isinstance(part, str) for part in value["br"])
    return escape(str(value))
