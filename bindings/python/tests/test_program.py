"""The program that the wheel puts on the path."""

import json
import os
import signal
import subprocess
import sys
import time

import baocao
import pytest


def run(*call, **options):
    return subprocess.run(call, capture_output=True, text=True, check=False, timeout=120, **options)


def test_it_answers(program):
    for call in ([program], [sys.executable, "-m", "baocao"]):
        done = run(*call, "--version")
        assert done.returncode == 0 and done.stdout.startswith(f"baocao {baocao.__version__}")
        assert "tables" in done.stdout or "parquet" in done.stdout
    assert run(program, "no-such-command").returncode == 2
    assert run(program, "schema").stdout == json.dumps(baocao.schema(), indent=2, ensure_ascii=False) + "\n"


def test_exit_codes_and_streams(program, tmp_path):
    (tmp_path / "a.txt").write_text("Đạt 97,5%.", encoding="utf-8")
    done = run(program, "extract", tmp_path)
    assert done.returncode == 0 and json.loads(done.stdout)["indicators"]
    done = run(program, "extract", tmp_path / "gone.txt", "--quiet")
    assert done.returncode == 1 and json.loads(done.stdout)["error"]["code"] == "not_found"
    done = run(program, "extract", input="Đạt 97,5%.")
    assert json.loads(done.stdout)["source"]["path"] == "-"
    assert run(program, "text", tmp_path / "a.txt").stdout.strip() == "Đạt 97,5%."
    assert "97,5" in run(program, "explain", tmp_path / "a.txt").stdout


def test_arguments_of_any_bytes_arrive(program, tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"b\xe1o c\xe1o.txt")
    with open(path, "wb") as file:
        file.write("Đạt 97,5%.".encode())
    done = subprocess.run([program, "extract", path, "--quiet"], capture_output=True, check=False)
    assert done.returncode == 0 and json.loads(done.stdout)["indicators"]
    assert [len(entry["indicators"]) for entry in baocao.extract_many([os.fsdecode(path)])] == [1]
    assert len(baocao.extract(os.fsdecode(path))["indicators"]) == 1


def test_all_forms_are_there(program, tmp_path):
    for form, name in (("parquet", "p"), ("csv", "c"), ("sqlite", "s.db")):
        done = run(program, "extract", "corpus-samples", "--format", form, "-o", tmp_path / name, "--quiet")
        assert done.returncode == 0, done.stderr
    done = run(program, "export", "corpus-samples", "--what", "dates", "--format", "xlsx", "-o", tmp_path / "d.xlsx")
    assert done.returncode == 0, done.stderr


def test_a_closed_output_is_an_error_and_a_closed_pipe_is_none(program):
    done = subprocess.run(
        ["sh", "-c", '"$0" extract corpus-samples --quiet >&-', program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done
    done = subprocess.run(
        ["sh", "-c", '"$0" extract corpus-samples --quiet | head -c 10', program],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


@pytest.mark.parametrize("which", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_run_with_its_code(program, which, tmp_path):
    for number in range(3000):
        (tmp_path / f"{number}.txt").write_text("Đạt 97,5% kế hoạch. " * 200, encoding="utf-8")
    call = subprocess.Popen([program, "extract", tmp_path, "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert call.stdout.read(1) == b"{"
    call.send_signal(which)
    call.communicate(timeout=60)
    assert call.returncode == 128 + which
    time.sleep(0.1)


def test_import_takes_no_time():
    code = "import time; t = time.perf_counter(); import baocao; print(time.perf_counter() - t)"
    seconds = min(float(run(sys.executable, "-c", code).stdout) for _ in range(5))
    print(f"import: {seconds * 1000:.1f} ms")
    assert seconds < 0.05
