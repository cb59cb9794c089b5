"""Forms of one word meet in one stem, for the reason the stemmer gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchq.analysis.folding import fold
from searchq.analysis.lexicon import dictionary
from searchq.analysis.stemmer import Stem, stem

LETTERS = st.text(alphabet="abdefgijklmnorstuvwz'ëï", min_size=1, max_size=24)


@pytest.mark.parametrize(
    "forms",
    [
        "antwoord antwoorden",
        "huis huizen huisje huisjes",
        "brief brieven briefjes",
        "idee ideeën",
        "provincie provincies provinciën",
        "contact contacten kontakt kontakten",  # as it was spelt before 1996
        "product producten produkt produkten",
        "bedriegen bedroog bedrogen",
        "outsourcen geoutsourcet",
        "tweeten getweet",
        "brugpensioneerde brugpensioneerden",
        "weg wegen weggetje",
        "mogelijkheid mogelijkheden",
        "foto foto's",
        "museum musea",
        "ministerie ministeries ministeria",
        "lid leden",
        "controleren gecontroleerd gecontroleerde",
        "interesseren geïnteresseerden",
        "omwonende omwonenden",
        "grensbewakende grensbewakenden",
        "oostends oostendse",
        "piste pistes",
        "gevaar gevaren",
        "last lasten laste",
        "staken gestaakt",
        "gevangene gevangenen",
        "kind kinderen",
        "schip schepen",
        "vernieuwen vernieuwde vernieuwden vernieuwt vernieuwd vernieuwend vernieuwende",
        "aanbieden aangeboden aanbiedt",
        "onderzoeken onderzocht onderzochte onderzochten",
        "schrijven schreef schreven geschreven schrijvend",
        "stijgen steeg stegen gestegen stijgend stijgende",
        "afbreken afgebroken afbrak afbraken",
        "officieel officiële officiele officiel officiëler",
        "groot grote groter grootst grootste",
        "vaag vage vager vaagst",
        "belgisch belgische",
        "holdingmaatschappij holdingmaatschappijen",
        "drugspreventiecampagne drugspreventiecampagnes",
        "webcareteam webcareteams",
        "dag dagen",
        "verdachte verdachten",
        "raadslid raadsleden",
        "toename toenamen",
        "beving bevingen",
        "dans dansen danste gedanst",
        "toerist toeriste toeristes",
        "zwemles zwemlessen",
        "xylodactyloog xylodactylogen",
        "kleed kleren klederen kleedje",
        "stellen stelt stelde gesteld",  # less often the plural of stel
        "vallen valt viel vielen",
        "voeren voert gevoerd",
        "oplopen opgelopen oplopende",
        "schorsen geschorst",
        "vrijlaten vrijgelaten",
        "onderbouwen onderbouwd",
        "opheffen opgeheven",
        "strijden strijdt gestreden",
        "voorschrijven voorgeschreven",
        "pleiten pleit pleitte gepleit",
        "dakloze daklozen dakloos",
        "volwassene volwassenen",
        "kortgeschoolde kortgeschoolden kortgeschoold",
        "kiezer kiezers",
        "addendum addenda",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({fold(stem(form, dictionary()).lemma) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("leden", Stem("lid", "override")),
        ("huizen", Stem("huis", "dictionary")),
        ("aangeboden", Stem("aanbieden", "dictionary")),
        ("gestichte", Stem("stichten", "rule")),
        ("fluxcondensatoren", Stem("fluxcondensator", "rule")),
        ("blorpheden", Stem("blorpheid", "rule")),
        ("vandenbroucke", Stem("vandenbroucke", "name")),
    ],
)
def test_a_stem_comes_with_its_reason(word: str, expected: Stem) -> None:
    assert stem(word, dictionary()) == expected


@pytest.mark.parametrize(
    "forms",
    [
        "vorm vormde",
        "vorm gevormd",
        "smaad smeedde",
        "aangeboden aanbod",
        "put putt",
        "maat mat",
        "fractal fractaal",
        "kiezer kiezen",
        "baren gebaar",
    ],
)
def test_words_of_another_kind_keep_a_stem_of_their_own(forms: str) -> None:
    one, other = (fold(stem(form, dictionary()).lemma) for form in forms.split())
    assert one != other


def test_an_unknown_word_in_en_may_be_singular() -> None:
    assert [stem(word, dictionary()).lemma for word in ("privéleven", "hansson", "brixen")] == [
        "privéleven",
        "hansson",
        "brixen",
    ]


@given(LETTERS)
def test_every_row_of_letters_has_a_stem(word: str) -> None:
    assert stem(word, dictionary()).lemma


def test_what_is_too_long_for_a_word_stays_as_it_is() -> None:
    assert stem("en" * 40_000, dictionary()) == Stem("en" * 40_000, "unchanged")
