"""Many documents in worker processes."""

import json
import os
import signal
import subprocess
import sys
import time

import baocao
import pytest


def entries_of(program, *arguments):
    done = subprocess.run([program, "extract", *arguments, "--quiet"], capture_output=True, check=False)
    return done.stdout.splitlines(keepends=True)


def test_the_same_lines_as_the_program_at_any_number_of_jobs(samples, program):
    expected = entries_of(program, "corpus-samples")
    assert len(expected) == 21
    for jobs in (1, 3):
        assert list(baocao.extract_many(["corpus-samples"], jobs=jobs, raw=True)) == expected
    assert [entry["id"] for entry in baocao.extract_many([samples])] == [json.loads(line)["id"] for line in expected]


def test_bad_documents_are_error_records_in_their_places(samples, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "b.txt").write_text("Đạt 97,5%.", encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"")
    paths = [tmp_path / "gone.pdf", tmp_path / "b.txt", tmp_path]
    entries = list(baocao.extract_many(paths, jobs=2))
    codes = [entry.get("error", {}).get("code") for entry in entries]
    assert codes == ["damaged", None, "no_text", "not_found"], "by name, each file once"
    assert entries[1]["indicators"][0]["value"] == 97.5


def test_a_folder_is_walked_as_the_program_does(tmp_path):
    (tmp_path / "a.txt").write_text("Đạt 97,5%.", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("Đạt 98,5%.", encoding="utf-8")
    (tmp_path / "data.csv").write_text("1,2", encoding="utf-8")
    assert len(list(baocao.extract_many([tmp_path]))) == 1
    assert len(list(baocao.extract_many([tmp_path], hidden=True))) == 2


def test_a_document_that_takes_too_much_memory_or_time_dies_alone(tmp_path):
    first, big, last = (tmp_path / name for name in ("1.txt", "2.txt", "3.txt"))
    for good in (first, last):
        good.write_text("Đạt 97,5%.", encoding="utf-8")
    big.write_text("Đạt 97,5% kế hoạch năm 2023. " * 1_000_000, encoding="utf-8")
    entries = list(baocao.extract_many([first, big, last], jobs=1, memory=160 << 20))
    assert [entry.get("error", {}).get("code") for entry in entries] == [None, "out_of_memory", None]
    entries = list(baocao.extract_many([first, big, last], jobs=1, timeout=1))
    assert [entry.get("error", {}).get("code") for entry in entries][::2] == [None, None]


def test_an_iterator_may_be_left_early(samples):
    entries = baocao.extract_many([samples] * 50, jobs=2)
    assert next(entries)["schema"] == "baocao.record/2"
    start = time.monotonic()
    del entries
    assert time.monotonic() - start < 1
    assert len(list(baocao.extract_many([samples], jobs=2))) == 21, "the next run is not disturbed"


def test_wrong_calls_say_so(samples):
    with pytest.raises(TypeError, match="list"):
        baocao.extract_many("corpus-samples")
    with pytest.raises(ValueError, match="jobs"):
        baocao.extract_many([samples], jobs=0)
    with pytest.raises(ValueError):
        baocao.extract_many([samples], encoding="koi8-r")
    assert list(baocao.extract_many([])) == []


def test_workers_need_neither_working_directory_nor_environment(samples, tmp_path):
    for name in ("baocao.py", "json.py"):
        (tmp_path / name).write_text("raise SystemExit('the wrong module')", encoding="utf-8")
    code = (
        "import sys; sys.path.remove('') if '' in sys.path else None\n"
        "import os, baocao; os.chdir(sys.argv[1])\n"
        "print(len(list(baocao.extract_many([sys.argv[2]], jobs=1))))"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "nowhere")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(samples)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.stdout.strip() == "21", done.stderr


def test_after_a_fork(samples):
    import multiprocessing

    baocao.extract(text="Đạt 97,5%.")
    with multiprocessing.get_context("fork").Pool(2) as pool:
        counts = pool.map(count, [str(samples)] * 2)
    assert counts == [(21, 1)] * 2


def count(folder):
    many = len(list(baocao.extract_many([folder], jobs=1)))
    return many, len(baocao.extract(text="Đạt 97,5%.")["indicators"])


def test_ctrl_c_ends_a_run(samples):
    code = "import sys, baocao\nfor entry in baocao.extract_many([sys.argv[1]] * 2000):\n    print(1, flush=True)"
    # A job that a script starts in the background ignores SIGINT, and so would its children.
    run = subprocess.Popen(
        [sys.executable, "-c", code, str(samples)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert run.stdout.readline() == "1\n"
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert "KeyboardInterrupt" in said and run.returncode != 0


def test_compare_is_that_of_the_program(program):
    done = subprocess.run(
        [program, "compare", "corpus-compare", "--format", "jsonl", "--quiet"], capture_output=True, check=False
    )
    expected = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(expected) > 10
    folder = "corpus-compare"
    assert baocao.compare(baocao.extract_many([folder])) == expected
    assert baocao.compare(baocao.extract_many([folder], raw=True)) == expected
    lines = [line.decode() for line in baocao.extract_many([folder], raw=True)]
    assert baocao.compare(lines) == expected
    assert all(row["doubt"] for row in baocao.compare(lines, apart=True))
    assert baocao.compare([]) == []
    with pytest.raises(ValueError, match="record 1"):
        baocao.compare(["nonsense"])
