"""What the tests share: the samples of the repository, and the program of the wheel."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[3] / "corpus-samples"


@pytest.fixture(scope="session")
def samples():
    """The folder of samples."""
    assert SAMPLES.is_dir()
    return SAMPLES


@pytest.fixture(scope="session")
def documents(samples):
    """The documents of the samples."""
    found = sorted(p for p in samples.rglob("*") if p.is_file() and p.suffix not in (".json", ".tsv"))
    assert len(found) > 15
    return found


def program(*args, **kwargs):
    """The program of the wheel, run as a command."""
    command = [str(Path(sys.executable).parent / "baocao"), *map(str, args)]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, **kwargs)


@pytest.fixture(scope="session")
def records(samples):
    """The records that the program makes of the samples, by path."""
    run = program("extract", "-q", samples)
    assert run.returncode == 0, run.stderr
    lines = map(json.loads, run.stdout.splitlines())
    return {record["source"]["path"]: record for record in lines}
