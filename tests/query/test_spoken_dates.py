"""Which period a text names, and what of it is put aside for it."""

import datetime as dt
from typing import Any

import pytest

from searchq.query import ranges
from searchq.query.spoken_dates import spoken_date

KNOWN = dt.date(2017, 1, 15)

PERIODS = {
    "trein april 2012": ("april 2012", "2012-04"),
    "TREIN APRIL 2012": ("APRIL 2012", "2012-04"),
    "trein 12 maart 2012 vertraging": ("12 maart 2012", "2012-03-12"),
    "trein 12/3/2012": ("12/3/2012", "2012-03-12"),
    "trein op 2012-03-12": ("op 2012-03-12", "2012-03-12"),
    "trein in 2013": ("in 2013", "2013"),
    "begroting 2013": ("2013", "2013"),
    "asiel sinds 2014": ("sinds 2014", ">=2014"),
    "asiel sinds het jaar 2014": ("sinds het jaar 2014", ">=2014"),
    "asiel vanaf mei 2014": ("vanaf mei 2014", ">=2014-05"),
    "asiel na 2014": ("na 2014", ">2014"),
    "asiel voor 1 mei 2014": ("voor 1 mei 2014", "<2014-05-01"),
    "asiel tot en met 2014": ("tot en met 2014", "<=2014"),
    "asiel tussen 2012 en mei 2013 in Brussel": ("tussen 2012 en mei 2013", "2012..2013-05"),
    "asiel van 2012 tot 2013": ("van 2012 tot 2013", "2012..2013"),
    "asiel 2012 - 2013": ("2012 - 2013", "2012..2013"),
    "trains en avril 2012": ("en avril 2012", "2012-04"),
    "trains depuis le 1er août 2012": ("depuis le 1er août 2012", ">=2012-08-01"),
    "trains entre 2012 et 2013": ("entre 2012 et 2013", "2012..2013"),
    "trains avant décembre 2012": ("avant décembre 2012", "<2012-12"),
    "asiel van maart tot mei 2013": ("van maart tot mei 2013", "2013-03..2013-05"),
    "asiel tussen maart en april 2013": ("tussen maart en april 2013", "2013-03..2013-04"),
    "asiel van november tot februari 2013": ("van november tot februari 2013", "2012-11..2013-02"),
    "asiel van 1 tot 15 maart 2013": ("van 1 tot 15 maart 2013", "2013-03-01..2013-03-15"),
    "asiel van 1 maart tot 15 april 2013": ("van 1 maart tot 15 april 2013", "2013-03-01..2013-04-15"),
    "asiel januari-maart 2013": ("januari-maart 2013", "2013-01-01..2013-03-31"),
    "asiel eerste kwartaal van 2013": ("eerste kwartaal van 2013", "2013-01-01..2013-03-31"),
    "asiel in het 2e kwartaal 2013": ("in het 2e kwartaal 2013", "2013-04-01..2013-06-30"),
    "asiel sinds de tweede helft van 2013": ("sinds de tweede helft van 2013", ">=2013-07-01"),
    "asiel tot het eerste semester 2013": ("tot het eerste semester 2013", "<=2013-06-30"),
    "asiel op de 12e maart 2013": ("op de 12e maart 2013", "2013-03-12"),
    "asiel de 1ste maart 2013": ("de 1ste maart 2013", "2013-03-01"),
    "asiel jaar 2013": ("jaar 2013", "2013"),
    "asiel het jaar 2013": ("het jaar 2013", "2013"),
    "asiel in de loop van 2013": ("in de loop van 2013", "2013"),
    "asiel begin 2013": ("begin 2013", "2013"),
    "asiel eind maart 2013": ("eind maart 2013", "2013-03"),
    "asile le 12 mars 2013": ("le 12 mars 2013", "2013-03-12"),
    "asile de mars à mai 2013": ("de mars à mai 2013", "2013-03..2013-05"),
    "asile du 1er au 15 mars 2013": ("du 1er au 15 mars 2013", "2013-03-01..2013-03-15"),
    "asile entre le 1er janvier 2013 et le 31 mars 2013": (
        "entre le 1er janvier 2013 et le 31 mars 2013",
        "2013-01-01..2013-03-31",
    ),
    "asile premier trimestre 2013": ("premier trimestre 2013", "2013-01-01..2013-03-31"),
    "trein vorig jaar": ("vorig jaar", "2016"),
    "trein dit jaar": ("dit jaar", "2017"),
    "trein sinds vorige maand": ("sinds vorige maand", ">=2016-12"),
    "trains l’année dernière": ("l’année dernière", "2016"),
    "trains le mois dernier": ("le mois dernier", "2016-12"),
}

NONE = (
    "trein",
    "trein 31 februari 2012",
    "schooljaar 2016-2017",
    "vraag 5-2012",
    "telefoon 2012345",
    "artikel 2012/3",
    "vrede 1648",
    "april in Brussel",  # of no year
    "2011 trein 2013 bus 2015",  # which?
    "trein 2011 en 2013",  # both
    "trein januari, februari en maart 2013",
    "trein derde helft 2013 bus 2015",
    "datum:2012",
    '"2012"',
    "-2012",
    "2012*",
)


@pytest.mark.parametrize("text", PERIODS)
def test_a_period_is_found_with_its_preposition(text: Any) -> None:
    found = spoken_date(text, KNOWN)
    assert found is not None
    assert (text[found.start : found.end], found.value) == PERIODS[text]
    assert ranges.interval(found.value, ranges.days) is not None


@pytest.mark.parametrize("text", NONE)
def test_other_numbers_and_several_periods_are_none(text: Any) -> None:
    assert spoken_date(text, KNOWN) is None


def test_last_year_is_unknown_where_no_day_is_known() -> None:
    assert spoken_date("trein vorig jaar", None) is None
    assert spoken_date("trein in 2013", None) is not None
