"""What counts as the words of a mail: chance letters do not, a telling path does."""

import pytest

from alongside.rules.neutral import reveals
from tests.outside import without_ids, without_keys


@pytest.mark.parametrize(
    "key",
    [
        "0c2ad4ad-adae-4a6f-8f5e-2f4adaad0001",
        "kJf-AA-teo_Ada9xPq2LmZ0bVw3R5t7YuI",
        "2n9c-d1aada33e0b84f6ca1b7d2c3aada44f0",
        "IjAwMSI:1vAada:yz-AA-x0Bq9s8D7f6G5h4J3k2L1",
    ],
)
def test_letters_of_chance_are_no_words(key):
    assert (
        without_keys(f"Look here: https://a.example/page/{key}/ today")
        == "Look here: https://a.example/page/KEY/ today"
    )


@pytest.mark.parametrize(
    "path",
    [
        "/me/recovery-plan-and-more/",
        "/aa/",
        "/of/Ximena-and-Dante-together",
        "/plan-of-recovery-in-2026",
        "/relapse?of=ada",
    ],
)
def test_a_path_is_words(path):
    text = f"Look here: https://a.example{path}"
    assert without_keys(text) == text


def test_a_telling_part_beside_a_key_is_found():
    assert reveals(without_keys("https://a.example/recovery/0c2ad4ad-adae-4a6f-8f5e-2f4adaad0001/")) == ["recovery"]


def test_a_page_keeps_all_but_ids_tokens_and_digests():
    """Also a name beside one of them, and a number that is none."""
    token, digest = "aB3" * 21 + "x", "5550" * 16
    page = f"Ada 0c2ad4ad-adae-4a6f-8f5e-2f4adaad0001 {token} 555-0142 '0c2ad4adadae4a6f8f5e2f4adaad0988' {digest}"
    assert without_ids(page) == "Ada   555-0142 '' "
