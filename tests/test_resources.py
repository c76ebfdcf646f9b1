"""Finding shipped files, in a checkout and in an installed wheel."""

from pathlib import Path

import pytest

from indsteer.resources import _find, resource_path


def test_the_catalogue_is_found_in_this_checkout() -> None:
    assert resource_path("templates", "catalogue.toml").is_file()
    assert resource_path("templates").is_dir()


def test_an_installed_wheel_has_them_under_a_name_of_its_own(tmp_path: Path) -> None:
    for name, text in (("resources", "someone else's"), ("indsteer_resources", "ours")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file.txt").write_text(text, encoding="utf-8")
    assert _find(tmp_path, ("file.txt",)).read_text(encoding="utf-8") == "ours"


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"not shipped: templates/nothing\.toml"):
        resource_path("templates", "nothing.toml")
