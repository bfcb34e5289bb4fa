"""knowledge.language.reading: what is understood of a question before anything is compared with the base."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.engine import answer
from knowledge.language.reading import MAX_TOKENS, Reading, read
from knowledge.language.terms import Kind
from knowledge.model import KnowledgeBase


def test_a_filler_counts_nothing(moulin: KnowledgeBase) -> None:
    """A number that a filler begins with is none of the question's: « deux questions : qui vend ? »."""
    assert [term.feature for term in read("deux questions : qui vend ?", moulin.lexicon).terms] == ["=vendre"]
    assert "#2" in read("deux offres", moulin.lexicon).features


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("qui veut le moulin ?", "who"),
        ("quand ferme le moulin ?", "when"),
        ("pourquoi la mairie refuse ?", "why"),
        ("combien de salariés ?", "how-many"),
        ("cb de salariés", "how-many"),
        ("pk la mairie refuse", "why"),
        ("where is the mill", "where"),
        ("how many employees", "how-many"),
    ],
)
def test_the_question_word_is_found(moulin: KnowledgeBase, text: str, asks: str) -> None:
    """French, SMS and English question words say what is asked for."""
    assert asks in read(text, moulin.lexicon).asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Que veut Azur ?", {"what"}),
        ("qu'a dit Azur ?", {"what"}),
        ("et qu'ont dit les voisins ?", {"what"}),
        ("Azur, qu'a-t-il dit ?", {"what"}),
        ("je me demande ce que veut Azur", set()),
        ("que Azur achète le moulin ?", set()),
        ("que des rumeurs ?", set()),
        ("que pour 2031 ?", set()),
        ("c'est vrai qu'il a dit ça ?", set()),
        ("que", set()),
    ],
)
def test_que_asks_before_a_verb(moulin: KnowledgeBase, text: str, asks: set[str]) -> None:
    """At the beginning of a sentence, or before a verb and its pronoun; elsewhere it only joins."""
    assert read(text, moulin.lexicon).asks == asks


def test_a_filler_asks_nothing(moulin: KnowledgeBase) -> None:
    """« Quand même » does not ask when."""
    assert not read("la mairie refuse quand même", moulin.lexicon).asks


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("la mairie a peur d'une offre de qui", True),
        ("la mairie, qui refuse la vente", False),
        ("le moulin appartient à qui déjà", True),
        ("la mairie à qui Azur a fait une offre", False),
        ("on a négocié le moulin avec qui, Azur ?", True),
        ("on parle du moulin. qui l'a vendu ?", True),
    ],
)
def test_who_asks_at_the_end(moulin: KnowledgeBase, text: str, *, asks: bool) -> None:
    """Behind a noun, "qui" is a relative pronoun, unless only names stand behind it, or a full stop before."""
    assert ("who" in read(text, moulin.lexicon).asks) is asks


@pytest.mark.parametrize(
    "text",
    ["que propose Azur", "AZUR PROPOSE QUOI", "la coopérative azur propose quoi", "et la coop\u00e9rative d'azur"],
)
def test_an_actor_is_found_under_any_of_its_names(moulin: KnowledgeBase, text: str) -> None:
    """Names and aliases, in any case, lead to one actor."""
    assert "azur" in read(text, moulin.lexicon).actors


@pytest.mark.parametrize("text", ["que fait brunl", "que fait bruenl", "que fait brubel"])
def test_an_actor_is_found_through_a_typing_error(moulin: KnowledgeBase, text: str) -> None:
    """A mistyped name is still that name."""
    assert read(text, moulin.lexicon).actors == ("brunel",)


def test_synonyms_read_alike(moulin: KnowledgeBase) -> None:
    """Words of one concept are one feature."""
    one, other = (read(text, moulin.lexicon).features for text in ("acheter le moulin", "acquérir le moulin"))
    assert one == other


@pytest.mark.parametrize("text", ["la mairie ne refuse pas", "la mairie n'a pas refusé", "the town did not refuse"])
def test_negation_is_noticed(moulin: KnowledgeBase, text: str) -> None:
    """A negation is part of what is said."""
    assert read(text, moulin.lexicon).negated


def test_an_affirmation_is_not_negated(moulin: KnowledgeBase) -> None:
    """No negation is read into a sentence without one."""
    assert not read("la mairie refuse la vente", moulin.lexicon).negated


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("jamais entendu si Azur achète le moulin", set()),
        ("c'est jamais clair si la mairie refuse", set()),
        ("c'est jamais clair si la mairie ne refuse pas", {"not"}),
        ("ce n'est pas si grave", {"not", "grave"}),
        ("Azur n'achète pas si la mairie refuse", {"not"}),
    ],
)
def test_what_is_denied_before_a_question_is_no_part_of_it(moulin: KnowledgeBase, text: str, manner: set[str]) -> None:
    """Who never heard whether something is so does not say that it is not."""
    assert read(text, moulin.lexicon).manner == manner


@pytest.mark.parametrize("text", ["est-ce que la mairie refuse", "c'est vrai que la mairie refuse"])
def test_a_wish_for_confirmation_is_noticed(moulin: KnowledgeBase, text: str) -> None:
    """Forms that want a yes or a no are told from open questions."""
    assert read(text, moulin.lexicon).confirms
    assert not read("pourquoi la mairie refuse", moulin.lexicon).confirms


@pytest.mark.parametrize("text", ["et Azur ?", "et pour Brunel ?", "non, je parlais de Brunel"])
def test_half_a_question_leans(moulin: KnowledgeBase, text: str) -> None:
    """A message that goes on from something says so by its opening."""
    assert read(text, moulin.lexicon).leaning


@pytest.mark.parametrize(
    ("text", "no_topic"),
    [
        ("combien de milliards ?", True),
        ("combien de tonnes ?", False),
        ("300 tonnes ?", False),
        ("2 milliards ?", False),
    ],
)
def test_a_mere_scale_does_not_tell_of_what(moulin: KnowledgeBase, text: str, *, no_topic: bool) -> None:
    """« combien de milliards ? » asks of what was spoken of, as « combien ? » does; a number is one of something."""
    assert read(text, moulin.lexicon).names_no_topic is no_topic


@pytest.mark.parametrize("text", ["qui veut le moulin et pourquoi", "Brunel et Azur veulent le moulin"])
def test_a_joint_inside_does_not_lean(moulin: KnowledgeBase, text: str) -> None:
    """Only what opens a message ties it to the one before."""
    assert not read(text, moulin.lexicon).leaning


def test_a_name_from_elsewhere_is_a_name(moulin: KnowledgeBase) -> None:
    """A country that the saga does not have is told from an ordinary word."""
    reading = read("que fait le Pérou", moulin.lexicon)
    assert reading.names
    assert any(term.kind is Kind.NAME for term in reading.terms)


def test_an_expression_may_have_or_lack_articles(moulin: KnowledgeBase) -> None:
    """Articles inside an expression make no other expression of it."""
    one, other = (read(text, moulin.lexicon).features for text in ("la mairie de Valrose", "la mairie Valrose"))
    assert "@mairie" in one & other


def test_the_longest_expression_counts_with_its_articles(moulin: KnowledgeBase) -> None:
    """Who wants a summary wants no poem: "rédige un résumé" is longer than "rédige un"."""
    assert read("rédige un résumé", moulin.lexicon).features == {"=resumer"}
    assert "=rediger-un-texte" in read("rédige un sonnet", moulin.lexicon).features


@pytest.mark.parametrize(("text", "asks"), [("entre Azur et Brunel qui achète", {"who"}), ("Azur qui achète", set())])
def test_who_behind_a_name_asks_only_among_several(moulin: KnowledgeBase, text: str, asks: set[str]) -> None:
    """Behind "entre Azur et Brunel", "qui" asks which of them; behind a mere name, it tells more of that."""
    assert read(text, moulin.lexicon).asks == asks


def test_what_lies_far_behind_is_not_read(moulin: KnowledgeBase) -> None:
    """A message of any length costs no more than its first few hundred words."""
    reading = read("azur " * (MAX_TOKENS * 5), moulin.lexicon)
    assert len(reading.tokens) <= MAX_TOKENS
    assert len(reading.terms) <= MAX_TOKENS


@pytest.mark.parametrize("text", ["", "😂", "?!", "\0", "\ud800"])
def test_nothing_reads_as_nothing(moulin: KnowledgeBase, text: str) -> None:
    """A message without words has no terms and asks for nothing."""
    reading = read(text, moulin.lexicon)
    assert not reading.terms
    assert not reading.asks


@given(text=st.text(max_size=400))
def test_reading_never_raises_and_terms_lie_in_order(moulin: KnowledgeBase, text: str) -> None:
    """Any text is read; terms follow one another and carry similarities between 0 and 1."""
    reading = read(text, moulin.lexicon)
    end = 0
    for term in reading.terms:
        assert term.position >= end
        end = term.position + term.width
        assert term.features
        assert all(0.0 < similarity <= 1.0 for _, similarity in term.features)


VOCABULARY = """
qui quand combien cb azur brunel mairie 2031 45 %  deux cent millions mille juin 30 e er pour premier et ne
pas  n' l' ? ! , . refuse vente racheter moulin offre est-ce que 1,5 9 000 20 septante 1e 0 . 00 : ;
"""
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), max_size=30)


@given(typed=WORDS)
def test_no_mixture_of_known_words_raises(moulin: KnowledgeBase, typed: list[str]) -> None:
    """Numbers, units, months, ordinals and question words may stand in any order."""
    assert isinstance(read(" ".join(typed), moulin.lexicon), Reading)


def test_or_is_not_where(moulin: KnowledgeBase) -> None:
    """Between two things, "ou" asks for no place; "où", and "ou" at either end, do."""
    assert "where" not in read("c'est Azur ou Brunel qui a vendu", moulin.lexicon).asks
    for asking in ("où est le moulin", "ou est le moulin", "le moulin il est ou", "c'est où, Azur ou Brunel"):
        assert "where" in read(asking, moulin.lexicon).asks, asking


def test_who_writes_where_with_its_accent_means_or_without(moulin: KnowledgeBase) -> None:
    """A "où" anywhere in a message does not make its other questions ask for a place."""
    first, second = answer("Où est le moulin ? Brunel a retiré ou maintenu son offre ?", moulin).parts
    assert ("where" in first.reading.asks, "where" in second.reading.asks) == (True, False)


@pytest.mark.parametrize("text", ["le jour où Azur a acheté", "que fait le Pérou, où est-il ?"])
def test_an_accent_may_be_a_character_of_its_own(moulin: KnowledgeBase, text: str) -> None:
    """Text that was copied from elsewhere is read as if it were typed, and is quoted with its accents."""
    assert read(unicodedata.normalize("NFD", text), moulin.lexicon) == read(text, moulin.lexicon)


def test_a_letter_alone_is_no_word(shipped: KnowledgeBase) -> None:
    """A letter that a finger left behind means nothing, although phrasings hold such; one that is a name does."""
    terms = read("e ils vendent x n 2020 ?", shipped.lexicon).terms
    assert {"e", "n"} < shipped.lexicon.known.keys()
    assert [term.text for term in terms] == ["vendent", "x", "2020"]


def test_what_is_most_likely_a_little_word_means_nothing_else(shipped: KnowledgeBase) -> None:
    """Whoever types "uqe" means "que" rather than "use", and two letters that are no word are a slip of the finger."""
    terms = read("er alors aa tiktok, lse delais uqe bytedance a", shipped.lexicon).terms
    assert [term.text for term in terms] == ["tiktok", "delais", "bytedance"]
    assert "who" in read("qi possede tiktok", shipped.lexicon).asks


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("l'ue a dit quoi", True),
        ("et l’UE ?", True),
        ("que dit UE", True),
        ("L'UE A DIT QUOI", True),
        ("avant ue trump revienne", False),
        ("ON DIT UE TRUMP REVIENT", False),
    ],
)
def test_a_name_that_a_slip_makes_has_to_be_written_as_one(shipped: KnowledgeBase, text: str, *, named: bool) -> None:
    """Whoever types "ue" rather means "que", unless it has capitals or an article."""
    assert ("~ue" in read(text, shipped.lexicon).features) is named


@pytest.mark.parametrize(
    ("text", "manner", "asks"),
    [
        ("Azur a payé, oui ou non ?", set(), set()),
        ("Azur a payé, vrai ou faux ?", set(), set()),
        ("Azur a payé ou pas ?", set(), set()),
        ("Azur ou Brunel a payé ?", {"either"}, set()),
        ("c'est ou le moulin", set(), {"where"}),
        ("Azur n'a payé que Brunel ?", {"only"}, set()),
        ("Azur a payé personne ?", {"not"}, set()),
        ("Azur n'a payé personne ?", {"not"}, set()),
        ("Azur ne paie personne ?", {"not"}, set()),
        ("Azur a payé une personne ?", set(), set()),
        ("Azur n'a pas payé ?", {"not"}, set()),
        ("Azur paiera par chèque ?", {"will", "by"}, set()),
    ],
)
def test_how_a_thing_is_said_is_noticed(moulin: KnowledgeBase, text: str, manner: set[str], asks: set[str]) -> None:
    """Denied, future, restricted or a choice: what is so for one is not so for the other."""
    found = read(text, moulin.lexicon)
    assert ({*found.manner}, {*found.asks}) == (manner, asks)
