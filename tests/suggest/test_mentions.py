from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest import bare_name, mention_form


@pytest.mark.parametrize(
    ("mention", "name", "form"),
    [
        ("Kremlin spokesman Dmitry Peskov", "Dmitry Peskov", "name"),
        ("Top Kremlin aide Yuri Ushakov", "Yuri Ushakov", "name"),
        ("US envoy Steve Witkoff", "Steve Witkoff", "name"),
        ("US President Donald Trump", "Donald Trump", "name"),
        ("US National Security Adviser Mike Waltz", "Mike Waltz", "name"),
        ("President of Ukraine Volodymyr Zelensky", "Volodymyr Zelensky", "name"),
        ("Russian Foreign Ministry spokeswoman Maria Zakharova", "Maria Zakharova", "name"),
        ("Andrey Kortunov, a Moscow-based analyst", "Andrey Kortunov", "name"),
        ("Russia’s Vladimir Putin", "Vladimir Putin", "name"),
        ("Dr. Jane Goodall", "Jane Goodall", "name"),
        ("Peskov", "Peskov", "name"),
        ("Peskov’s", "Peskov", "name"),
        ("The Russian Ministry of Defence", "Ministry of Defence", "organisation"),
        ("Russia’s state-run TASS news agency", "TASS news agency", "organisation"),
        ("the Kremlin", "Kremlin", "organisation"),
        ("TASS", "TASS", "organisation"),
        ("Al Jazeera", "Al Jazeera", "organisation"),
        ("reporters", "reporters", "nominal"),
        ("Russian officials", "Russian officials", "nominal"),
        ("Kremlin spokesman", "Kremlin spokesman", "nominal"),
        ("the Prime Minister", "Prime Minister", "nominal"),
        ("the company", "company", "nominal"),
        ("a doctor", "doctor", "nominal"),
        ("Trump’s administration", "Trump’s administration", "organisation"),
        ("He", "He", "pronoun"),
        ("the", "the", "nominal"),
        ("…", "…", "nominal"),
        ("", "", "nominal"),
    ],
)
def test_names_and_forms(mention: str, name: str, form: str) -> None:
    assert (bare_name(mention), mention_form(mention)) == (name, form)


@given(
    st.text(max_size=40) | st.lists(st.sampled_from(["the ", "Mr. ", "of ", "Yuri ", "aide ", "’s", ","])).map("".join)
)
def test_any_text_has_a_name_within_it(mention: str) -> None:
    assert bare_name(mention) in mention
    assert mention_form(mention) in {"name", "nominal", "pronoun", "organisation"}
