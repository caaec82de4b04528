"""What all tests share: where the samples are, and that the wheel that was built is tested, not the folder beside it."""

import pathlib
import shutil
import sysconfig

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def samples():
    return ROOT / "corpus-samples"


@pytest.fixture(scope="session")
def program():
    """The program as the wheel put it on the path."""
    found = shutil.which("baocao", path=sysconfig.get_path("scripts"))
    assert found, "the wheel has no program"
    return found


@pytest.fixture(autouse=True)
def _from_the_root(monkeypatch):
    """The examples of the docstrings name files of the repository."""
    monkeypatch.chdir(ROOT)
