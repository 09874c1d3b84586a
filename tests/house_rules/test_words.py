"""Both languages, complete: terms beside the code, phrases in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.house_rules.source import ROOT
from tracker import collections
from tracker.figures import catalogue
from tracker.kernel.paths import PACKAGE
from tracker.kernel.terms import Term
from tracker.kernel.words import Words

HAN = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
ENGLISH = PACKAGE / "translations" / "en" / "LC_MESSAGES" / "messages.po"
REFRESH = "run: python3 manage.py translate, and fill in the English"


def terms(kind: type[Term] = Term) -> Iterator[type[Term]]:
    for each in kind.__subclasses__():
        yield each
        yield from terms(each)


@pytest.mark.parametrize("kind", sorted(terms(), key=str), ids=lambda k: k.__name__)
def test_every_member_of_a_term_is_labelled_in_both_languages(kind: type[Term]):
    for member in kind:
        assert member.label.zh.strip(), member
        assert not HAN.search(member.label.en), f"{member}: the English label is Chinese"
        assert re.fullmatch(r"[a-z0-9_.]{1,40}", str(member.value)), f"{member}: codes are plain"


def test_no_term_says_the_same_of_two_members():
    for kind in terms():
        for language in ("zh", "en"):
            labels = [member.label.say(language) for member in kind]
            assert len(labels) == len(set(labels)), f"{kind.__name__} in {language}"


def official_words() -> Iterator[tuple[str, Words]]:
    for figure in catalogue.all_shipped():
        yield figure.key, figure.label
        yield figure.key, figure.definition
        yield figure.key, figure.group
    for register in collections.REGISTERS:
        yield register.key, register.label
        yield register.key, register.title
        for column in register.columns:
            yield f"{register.key}.{column.key}", column.label


def test_figures_and_ledgers_speak_both_languages():
    for key, words in official_words():
        assert HAN.search(words.zh), f"{key}: {words.zh!r} is not Chinese"
        assert not HAN.search(words.en), f"{key}: {words.en!r} is not English"


def test_chinese_sentences_use_full_width_marks():
    for key, words in official_words():
        assert not re.search(r"[\u3400-\u9fff][,;:?!]", words.zh), f"{key}: {words.zh}"


@cache
def phrases() -> dict[str, str]:
    """Every phrase of code and templates, with the file it stands in."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
    found: dict[str, str] = {}
    for name, _, message, *_ in extract_from_dir(
        ROOT, method_map=methods, options_map=options, keywords=keywords
    ):
        found[message if isinstance(message, str) else message[0]] = name
    return found


@cache
def english() -> Catalog:
    assert ENGLISH.is_file(), REFRESH
    with ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def texts_of(message: Message) -> list[str]:
    """What stands for a phrase: one text, or one for each plural form."""
    string = message.string
    return [string] if isinstance(string, str) else [str(text) for text in string or ()]


def test_there_are_phrases_to_translate():
    assert len(phrases()) > 100


def test_every_phrase_is_translated():
    """None missing, none empty, none guessed."""
    missing = []
    for phrase, place in phrases().items():
        message = english().get(phrase)
        texts = texts_of(message) if message is not None and not message.fuzzy else []
        if not texts or not all(text.strip() for text in texts):
            missing.append(f"{place}: {phrase}")
    assert not missing, f"{REFRESH}\n" + "\n".join(missing)


def test_the_catalogue_holds_nothing_else():
    written = {m.id if isinstance(m.id, str) else m.id[0] for m in english() if m.id}
    assert written - set(phrases()) == set(), REFRESH
    assert not english().obsolete, REFRESH


def test_translations_are_english_and_fill_in_the_same_values():
    for message in english():
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = texts_of(message)
        for text in filter(None, texts):
            # Names that are Chinese by nature stand in quotation marks: 「载入示例数据」.
            assert not HAN.search(re.sub("「[^」]*」|“[^”]*”", "", text)), text
            wanted = set().union(*(PLACEHOLDER.findall(each) for each in ids))
            assert set(PLACEHOLDER.findall(text)) <= wanted, text
            if len(texts) == 1:
                assert set(PLACEHOLDER.findall(text)) == wanted, text
