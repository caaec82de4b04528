"""One document in this process."""

import doctest
import json
import math
import pathlib
import threading
import time
from decimal import Decimal

import baocao
import pytest


def document(folder):
    return next(p for p in folder.iterdir() if p.suffix not in {".tsv", ".json"})


def test_every_sample_gives_its_golden_record(samples):
    folders = sorted(p for p in samples.iterdir() if p.is_dir())
    assert len(folders) > 20
    for folder in folders:
        golden = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        record = baocao.extract(document(folder))
        for part in ("metadata", "references", "dates", "indicators", "checks", "warnings"):
            assert holds(record[part], golden.get(part, [])), (folder.name, part)


def holds(value, golden):
    """Whether a value has what the golden record says; that one leaves out what follows from the rest."""
    if isinstance(golden, dict):
        return all(holds(value.get(key), inner) for key, inner in golden.items())
    if isinstance(golden, list):
        return len(value) == len(golden) and all(map(holds, value, golden))
    return value == golden


def test_a_line_is_what_python_reads_from_json_too(samples):
    for folder in sorted(samples.iterdir()):
        path = document(folder)
        line = baocao.extract_json(path)
        assert line.endswith(b"}\n") and line.count(b"\n") == 1
        read = json.loads(line)
        built = baocao.extract(path)
        assert built == read
        assert list(built) == list(read), "fields keep their order"
        assert types(built) == types(read), path


def types(value):
    if isinstance(value, dict):
        return {key: types(inner) for key, inner in value.items()}
    return [types(inner) for inner in value] if isinstance(value, list) else type(value)


def test_path_bytes_and_text_are_the_same_document(samples):
    path = document(samples / "son-la-2015-cai-cach-hanh-chinh")
    content = path.read_bytes()
    of_path = baocao.extract(path)
    assert of_path == baocao.extract(str(path))
    for same in (
        baocao.extract(content, name=str(path)),
        baocao.extract(bytearray(content), name=str(path)),
        baocao.extract(memoryview(content), name=str(path)),
        baocao.extract(text=content.decode("utf-8"), name=str(path)),
    ):
        assert same == of_path
    assert baocao.extract(content)["source"]["path"] == "-"


def test_spans_are_slices_of_the_text():
    text = "Số: 45/QĐ-UBND. Toàn tỉnh tiếp nhận 4.127 hồ sơ 😀, đạt 97,5%."
    for figure in baocao.extract(text=text)["indicators"]:
        start, end = figure["span"]
        assert text[start:end] == figure["text"]


def test_numbers():
    record = baocao.extract(text="Tổng kinh phí 17.512,432 tỷ đồng, giảm 0,25%; diện tích 12 ha.")
    values = [figure["value"] for figure in record["indicators"]]
    assert values == [17512432000000, 0.25, 12]
    assert [type(value) for value in values] == [int, float, int]
    line = baocao.extract_json(text="Đạt 97,50%.")
    assert json.loads(line, parse_float=Decimal)["indicators"][0]["value"] in (Decimal("97.5"), Decimal("97.50"))
    assert all(math.isfinite(value) for value in values)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"%PDF-1.4 nothing", "damaged"), (b"", "no_text"), (b"\x00" * 400, "unsupported")],
)
def test_a_bad_document_has_a_code(content, code, tmp_path):
    path = tmp_path / "bad"
    path.write_bytes(content)
    for source in (path, content):
        with pytest.raises(baocao.Error) as caught:
            baocao.extract(source)
        assert caught.value.code == code, caught.value
        assert caught.value.message in str(caught.value)
        assert caught.value.entry == json.loads(baocao.extract_json(source))


def test_wrong_calls_say_so(tmp_path):
    with pytest.raises(TypeError):
        baocao.extract()
    with pytest.raises(TypeError):
        baocao.extract("a", text="b")
    with pytest.raises(TypeError):
        baocao.extract(text="b", no_such_option=1)
    with pytest.raises(TypeError):
        baocao.extract(17)
    with pytest.raises(ValueError, match="koi8"):
        baocao.extract(text="b", encoding="koi8-r")
    with pytest.raises(ValueError, match="no repair"):
        baocao.Extractor(no_repair=["nonsense"])
    with pytest.raises(ValueError, match="ocr"):
        baocao.Extractor(ocr="perhaps")
    (tmp_path / "indicators.toml").write_text("nonsense", encoding="utf-8")
    with pytest.raises(ValueError):
        baocao.Extractor(patterns=tmp_path)


def test_options_reach_the_reader(samples):
    path = document(samples / "thai-binh-2005-tcvn3")
    assert baocao.extract(path, encoding="tcvn3")["source"]["encoding"] == "tcvn3"
    with pytest.raises(baocao.Error) as caught:
        baocao.extract(path, max_size=100)
    assert caught.value.code == "too_large"
    assert baocao.Extractor().fingerprint == baocao.extract(path)["generator"]["patterns"]


def test_the_version_is_that_of_the_program(samples):
    record = baocao.extract(document(samples / "nghe-an-2020-nghi-quyet"))
    assert record["generator"]["version"] == baocao.__version__


def test_deep_nesting_is_an_error_and_no_crash_in_any_thread():
    hostile = "<div>" * 200_000 + "Đạt 97,5%"
    results = []

    def read():
        results.append(baocao.extract_json(f"<html><body>{hostile}".encode()))

    threading.stack_size(256 << 10)
    try:
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(0)
    assert len(results) == 1 and json.loads(results[0])["schema"].startswith("baocao.")


def test_python_goes_on_while_rust_works(samples):
    text = document(samples / "son-la-2015-cai-cach-hanh-chinh").read_text(encoding="utf-8") * 300
    counted, done = 0, threading.Event()

    def read():
        baocao.extract_json(text=text)
        done.set()

    baocao.extract_json(text="Đạt 97,5%.")  # the patterns are there
    thread = threading.Thread(target=read)
    thread.start()
    while not done.is_set():
        counted += 1
        time.sleep(0.001)
    thread.join()
    assert counted > 5, "Python stood still"


def test_memory_does_not_grow(samples):
    resource = pytest.importorskip("resource")
    content = document(samples / "son-la-2015-cai-cach-hanh-chinh").read_bytes()
    for _ in range(50):
        baocao.extract(content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(200):
        baocao.extract(content)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40 << 10, "kB more"


def test_the_examples_of_the_docstrings():
    result = doctest.testmod(baocao, extraglobs={"baocao": baocao})
    assert result.attempted > 10 and result.failed == 0


def test_the_schema_describes_a_record(samples):
    schema = baocao.schema()
    assert "$defs" in schema
    names = set(schema["$defs"]["Record"]["properties"])
    assert names == set(baocao.extract(document(samples / "nghe-an-2020-nghi-quyet")))


def test_typed():
    folder = pathlib.Path(baocao.__file__).parent
    for name in ("py.typed", "__init__.pyi", "_baocao.pyi"):
        assert (folder / name).is_file()
    assert not folder.is_relative_to(pathlib.Path(__file__).parents[1]), "the wheel is tested, not its source"
