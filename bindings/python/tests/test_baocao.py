"""The library as a user has it: one document, many, tables, comparing, the program."""

import doctest
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import baocao
from conftest import program

TEXT = "Thực hiện Quyết định số 45/QĐ-UBND ngày 3/4/2019, xã có 127 hộ thoát nghèo, đạt 97,5%; vốn 1,2 tỷ đồng."


def test_a_record_is_what_the_program_writes(documents, records):
    for path in documents:
        assert baocao.extract(path) == records[str(path)], path


def test_bytes_text_and_path_give_the_same(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    of_file = baocao.extract(file, path="a")
    assert of_file == baocao.extract(TEXT.encode(), path="a") == baocao.extract(text=TEXT, path="a")
    assert baocao.extract(str(file))["source"]["path"] == str(file)
    for item in of_file["references"] + of_file["dates"] + of_file["indicators"]:
        start, end = item["span"]
        assert baocao.text(file)[start:end] == item["text"]


def test_numbers_are_whole_or_float():
    values = [i["value"] for i in baocao.extract(text=TEXT)["indicators"]]
    assert [(type(v), v) for v in values] == [(int, 127), (float, 97.5), (int, 1_200_000_000)]


def test_a_document_that_cannot_be_read_is_an_exception_with_a_code(tmp_path):
    cases = [(tmp_path / "missing.pdf", "not_found"), (b"%PDF-1.4 nothing", "damaged"), (b"", "no_text")]
    for source, code in cases:
        with pytest.raises(baocao.DocumentError) as raised:
            baocao.extract(source)
        assert raised.value.code == code


def test_wrong_calls_are_told():
    with pytest.raises(TypeError, match="source"):
        baocao.extract()
    with pytest.raises(TypeError, match="colour"):
        baocao.Extractor(colour="red")
    for options in [{"ocr": "some"}, {"encoding": "klingon"}, {"no_repair": ["x"]}, {"patterns": "/nowhere"}]:
        with pytest.raises(ValueError):
            baocao.Extractor(**options)


def test_options_reach_the_reader(samples):
    old = next(samples.glob("thai-binh*/*.txt"))
    assert baocao.extract(old)["source"]["encoding"] == "tcvn3"
    assert baocao.extract(old, encoding="vni")["source"]["encoding"] == "vni"
    with pytest.raises(baocao.DocumentError) as raised:
        baocao.extract(old, max_size=10)
    assert raised.value.code == "too_large"


def test_many_documents_come_in_order_and_a_bad_one_raises_nothing(samples, records, tmp_path):
    (tmp_path / "0.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    for jobs in (1, 3):
        found = list(baocao.extract_many([samples, tmp_path, "missing.doc"], jobs=jobs))
        assert [r["source"]["path"] for r in found[: len(records)]] == list(records)
        assert found[: len(records)] == list(records.values())
        rest = [r.get("error", {}).get("code") for r in found[len(records) :]]
        assert rest == ["damaged", None, "not_found"]


def workers():
    """The processes that this one has started and that still run."""
    listed = [f.read_text().split() for f in Path("/proc/self/task").glob("*/children")]
    return sum(map(len, listed))


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
def test_letting_go_of_many_ends_the_run(samples):
    with baocao.extract_many([samples] * 50, jobs=2) as found:
        next(found)
        assert workers() > 0
    assert list(found) == []
    until = time.monotonic() + 20
    while workers() and time.monotonic() < until:
        time.sleep(0.05)
    assert workers() == 0


def test_the_interpreter_goes_on_while_a_document_is_read(documents):
    large = (TEXT + "\n") * 20_000
    seen, done = [], threading.Event()

    def count():
        while not done.is_set():
            seen.append(time.monotonic())
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    start = time.monotonic()
    baocao.text(large.encode())
    baocao.extract(text=(TEXT + "\n") * 2000)
    done.set()
    thread.join()
    during = [t for t in seen if t >= start]
    assert len(during) > 5, "another thread ran meanwhile"


def test_one_extractor_serves_many_threads(documents, records):
    extractor, wrong = baocao.Extractor(), []

    def work(part):
        wrong.extend(p for p in part if extractor.extract(p) != records[str(p)])

    threads = [threading.Thread(target=work, args=(documents[n::4],)) for n in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert wrong == []


def test_comparing_is_what_the_program_does(records, tmp_path):
    file = tmp_path / "all.jsonl"
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records.values()), encoding="utf-8")
    run = program("compare", "-q", file, "--format", "jsonl", "--role", "actual")
    of_program = list(map(json.loads, run.stdout.splitlines()))
    assert of_program and baocao.compare(file, role="actual") == of_program
    assert baocao.compare(records.values(), role=["actual"]) == of_program
    assert baocao.compare([*records.values(), {"schema": "baocao.error/1"}], year="1900-1901") == []
    for wrong in [{"indicator": "nothing"}, {"year": "soon"}]:
        with pytest.raises(ValueError):
            baocao.compare(file, **wrong)


def test_the_schema_is_the_program_s():
    assert baocao.schema() == json.loads(program("schema").stdout)


def test_the_program_works_with_workers_memory_limit_and_exit_codes(samples, tmp_path):
    run = program("--version")
    assert run.stdout.decode().split() == ["baocao", baocao.__version__]
    (tmp_path / "0.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert program("extract", "-q", tmp_path, "--memory", "1G").returncode == 1
    assert program("extract").returncode == 2
    text = program("text", next(samples.glob("ca-mau*/*.docx")))
    assert text.returncode == 0 and "Năm Căn" in text.stdout.decode()
    # A folder of that name where the program runs is not taken for the package.
    (tmp_path / "baocao").mkdir()
    (tmp_path / "baocao" / "__init__.py").write_text("raise SystemExit(7)")
    again = subprocess.run(
        [str(Path(sys.executable).parent / "baocao"), "extract", "-q", samples], cwd=tmp_path, capture_output=True
    )
    assert again.returncode == 0, again.stderr


def test_importing_takes_a_moment():
    code = "import time; t = time.perf_counter(); import baocao; print(time.perf_counter() - t)"
    times = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5)]
    assert min(times) < 0.05, times


def test_the_examples_hold():
    failed, tried = doctest.testmod(baocao)
    assert (failed, tried > 8) == (0, True)


def test_the_stubs_name_what_there_is():
    stub = (Path(baocao.__file__).parent / "__init__.pyi").read_text()
    assert (Path(baocao.__file__).parent / "py.typed").exists()
    for name in baocao.__all__:
        assert f"def {name}(" in stub or f"class {name}" in stub, name
