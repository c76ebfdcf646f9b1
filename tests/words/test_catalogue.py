"""The catalogue itself: complete, the same in both languages, and ready to be filled."""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import indsteer
from indsteer.analysis.control_chart import ASSURANCES, FLAGS, VERDICTS
from indsteer.analysis.disclosure import COMPLEMENTARY, SMALL_GROUP
from indsteer.domain.facts import State
from indsteer.domain.organisation import Level
from indsteer.domain.period import Grain
from indsteer.domain.quantity import Direction
from indsteer.errors import SteerError
from indsteer.words import Language
from indsteer.words.catalogue import LANGUAGES, Entry, areas, entry, keys
from indsteer.words.filling import FORMATS, NUMBER, places

ALL_KEYS = sorted(set(keys("nl")) | set(keys("en")))
RESOURCES = Path(__file__).resolve().parents[2] / "resources" / "words"


def texts(found: Entry) -> tuple[str, ...]:
    return (found,) if isinstance(found, str) else tuple(found.values())


def facts_of(found: Entry) -> set[tuple[str, str]]:
    return {(place, spec) for text in texts(found) for _, place, spec in places(text) if place is not None}


def every_error(kind: type[SteerError] = SteerError) -> Iterator[type[SteerError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from every_error(below)


def errors_of_the_core() -> list[type[SteerError]]:
    for module in pkgutil.walk_packages(indsteer.__path__, "indsteer."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    # a test elsewhere may make one of its own
    found = {kind for kind in every_error() if kind.__module__.startswith("indsteer.")}
    return sorted(found, key=lambda kind: kind.key)


ERRORS = errors_of_the_core()


def test_both_languages_have_the_same_areas() -> None:
    assert areas("nl") == areas("en")
    assert sorted(path.name for path in RESOURCES.iterdir()) == sorted(LANGUAGES)


@pytest.mark.parametrize("area", areas("nl"))
def test_both_languages_have_the_same_keys(area: str) -> None:
    dutch, english = ({key for key in keys(language) if key.startswith(f"{area}.")} for language in LANGUAGES)
    assert dutch == english


@pytest.mark.parametrize("key", ALL_KEYS)
def test_both_languages_use_the_same_facts_and_forms(key: str) -> None:
    dutch, english = entry(key, "nl"), entry(key, "en")
    assert {place for place, _ in facts_of(dutch)} == {place for place, _ in facts_of(english)}
    assert isinstance(dutch, str) == isinstance(english, str)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ALL_KEYS)
def test_a_text_says_something_and_its_places_can_be_filled(key: str, language: Language) -> None:
    found = entry(key, language)
    for text in texts(found):
        assert text == text.strip()
        assert text
        assert not re.search(r"</?[a-z]", text), "words hold no markup: pages draw, words speak"
        for _, place, spec in places(text):
            assert place is None or place.isidentifier()
            assert not spec or spec in FORMATS or NUMBER.fullmatch(spec), f"{{{place}:{spec}}}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [key for key in ALL_KEYS if key.startswith("common.count.")])
def test_a_count_has_a_form_for_one(key: str, language: Language) -> None:
    found = entry(key, language)
    assert not isinstance(found, str)
    assert {"one", "other"} <= found.keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ERRORS)
def test_every_error_has_words_that_use_only_its_facts(kind: type[SteerError], language: Language) -> None:
    used = {place for place, _ in facts_of(entry(f"errors.{kind.key}", language))}
    docstrings = [above.__doc__ or "" for above in kind.__mro__ if issubclass(above, SteerError)]
    told = {fact for text in docstrings for fact in re.findall(r"`(\w+)`", text.partition("facts:")[2])}
    assert used <= told, "its docstring says which facts it carries"


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("verdict.flag", FLAGS),
        ("verdict.verdict", VERDICTS),
        ("verdict.assurance", ASSURANCES),
        ("verdict.assurance_short", ASSURANCES),
        ("verdict.assurance_why", ASSURANCES),
        ("verdict.hidden", (SMALL_GROUP, COMPLEMENTARY)),
        ("verdict.state", State),
        ("common.direction", Direction),
        ("common.level", Level),
        ("periods.grain", Grain),
    ],
)
def test_every_code_of_the_core_has_its_word(table: str, codes: Iterable[str]) -> None:
    said = {key.removeprefix(f"{table}.") for key in keys("nl") if key.startswith(f"{table}.")}
    assert said == {str(code) for code in codes}


def test_no_two_errors_share_their_words() -> None:
    named = [kind.key for kind in ERRORS]
    assert len(named) == len(set(named))


def test_no_words_are_left_of_an_error_that_is_gone() -> None:
    assert {key.removeprefix("errors.") for key in keys("nl") if key.startswith("errors.")} == {
        kind.key for kind in ERRORS
    }
