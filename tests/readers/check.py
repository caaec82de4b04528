#!/usr/bin/env python3
"""Runs the recipes of docs/readers.md, README.md and docs/export.md in the readers they are for: check.py BAOCAO

Those of docs/readers.md have to give the right numbers, with the error records of the stream first, last and kept apart;
those of the other files have to run and say something. A reader that is not installed is skipped loudly. Exits 1 where a
recipe fails."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: Files that cannot be read; Polars decides on the fields by the first 100 lines.
BAD = 150
#: The province of the question.
CODE = "06"
#: What a recipe needs, by a word of its heading: modules of Python, programs.
NEEDS = {
    "jq": ["jq"],
    "pandas": ["pandas"],
    "Polars": ["polars"],
    "pyarrow": ["pyarrow"],
    "DuckDB": ["duckdb"],
    "Parquet with pandas": ["pandas", "pyarrow"],
    "sqlite3": ["sqlite3"],
    "sqlite-utils": ["sqlite-utils", "jq"],
    "openpyxl": ["openpyxl"],
    "R": ["Rscript"],
    "R with jsonlite": ["Rscript", "jsonlite"],
    "xan": ["xan"],
}
#: What cannot run here in the other files: other machines, the network, files that nobody has.
ELSEWHERE = (
    "--encoding", "baocao eval", "baocao diff", "cargo", "curl", "import baocao", "parallel ", " a.pdf", "report.pdf", "bao-cao.pdf",
)  # fmt: skip


def main() -> int:
    program = Path(sys.argv[1]).resolve()
    failed, skipped = [], []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        path = os.pathsep.join([str(tools(work, program)), str(Path(sys.executable).parent), os.environ["PATH"]])
        environment = {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"}
        lines = prepare(work, program)
        errors = [line for line in lines if b'"baocao.error/1"' in line[:40]]
        records = [line for line in lines if line not in set(errors)]
        assert len(errors) == BAD and len(records) > 20, (len(errors), len(records))
        orders = {"first": errors + records, "last": records + errors, "apart": records}
        for heading, section, language, code in recipes(ROOT / "docs/readers.md"):
            missing = [need for need in needs(heading) if not there(need, path)]
            if missing:
                skipped.append(f"{heading} ({', '.join(missing)} is not installed)")
                continue
            streams = orders if section == "Records" else {"first": orders["first"]}
            for order, stream in streams.items():
                (work / "reports.jsonl").write_bytes(b"".join(stream))
                said = run(language, code, work, environment)
                expected = found(records) if "search" in heading else answer(records)
                if said != expected:
                    failed.append(f"{heading}, errors {order}: {said!r} instead of {expected!r}")
                else:
                    print(f"{heading}, errors {order}: {said}")
        for name in ("README.md", "README.vi.md", "docs/export.md"):
            for heading, _, language, code in recipes(ROOT / name):
                for part in parts(language, code):
                    if any(word in part for word in ELSEWHERE):
                        continue
                    said = run(language, part, work, environment)
                    first = part.strip().splitlines()[0][:90]
                    if said.startswith("!"):
                        failed.append(f"{name}, {heading}: {first}: {said}")
                    else:
                        print(f"{name}, {heading}: {first}")
    for what in skipped:
        print(f"\n*** SKIPPED: {what} ***\n")
    for what in failed:
        print(f"FAILED: {what}", file=sys.stderr)
    return 1 if failed else 0


def tools(work: Path, program: Path) -> Path:
    """A folder for the path: the program under its name, and DuckDB's where Python alone has it."""
    folder = work / "bin"
    folder.mkdir()
    (folder / "baocao").symlink_to(program)
    if not shutil.which("duckdb") and there("duckdb", ""):
        shim = folder / "duckdb"
        shim.write_text(f"#!{sys.executable}\nimport duckdb, sys\nprint(duckdb.sql(sys.argv[2]))\n", encoding="utf-8")
        shim.chmod(0o755)
    return folder


def prepare(work: Path, program: Path) -> list[bytes]:
    """The samples and files that cannot be read, as records and as tables of every form."""
    reports = work / "reports"
    reports.mkdir()
    for path in ROOT.glob("corpus-samples/*/*"):
        if path.suffix not in {".tsv", ".json"}:
            shutil.copy(path, reports)
    for number in range(BAD):
        (reports / f"bad-{number}.pdf").write_bytes(b"%PDF-1.4 nothing" + str(number).encode())
    (work / "bao-cao").symlink_to(reports)
    calls = [
        ["extract", "reports", "-o", "reports.jsonl"],
        ["extract", "reports", "--format", "parquet", "-o", "tables"],
        ["extract", "reports", "--format", "csv", "-o", "csv"],
        ["extract", "reports", "--format", "sqlite", "-o", "reports.db"],
        ["export", "reports.jsonl", "--what", "indicators", "--format", "xlsx", "-o", "indicators.xlsx"],
    ]
    for call in calls:
        done = subprocess.run([program, *call, "--quiet"], cwd=work, check=False)
        assert done.returncode == (call[0] == "extract"), call
    return (work / "reports.jsonl").read_bytes().splitlines(keepends=True)


def recipes(path: Path):
    """Heading, heading above it, language and text of every block of a file."""
    section = heading = ""
    text = path.read_text(encoding="utf-8")
    for match in re.finditer(r"^(#{2,3}) ([^\n]*)$|^```(\w+)\n(.*?)^```$", text, re.M | re.S):
        level, title, language, code = match.groups()
        if level == "##":
            section = heading = title
        elif level:
            heading = title
        elif language in {"python", "sh", "sql", "r"} and (path.name != "readers.md" or section):
            yield heading, section, language, code


def parts(language: str, code: str):
    """Each command of a shell block by itself; other blocks whole."""
    if language != "sh":
        return [code]
    joined = re.sub(r"\\\n", " ", code)
    commands, pending = [], ""
    for line in joined.splitlines():
        pending += line + "\n"
        if pending.count('"') % 2 == 0 and pending.count("'") % 2 == 0:
            commands.append(pending)
            pending = ""
    return [command for command in commands if command.strip() and not command.strip().startswith("#")]


def needs(heading: str) -> list[str]:
    found = [needed for word, needed in NEEDS.items() if re.search(rf"(^|\W){re.escape(word)}($|\W)", heading)]
    return sorted({need for needed in found for need in needed} - ({"sqlite3"} if "sqlite-utils" in heading else set()))


def there(need: str, path: str) -> bool:
    if need in {"pandas", "polars", "pyarrow", "duckdb", "openpyxl"}:
        return importlib.util.find_spec(need) is not None
    if need == "jsonlite":
        asked = ["Rscript", "-e", "quit(status = !requireNamespace('jsonlite', quietly = TRUE))"]
        return shutil.which("Rscript", path=path) is not None and subprocess.run(asked, check=False).returncode == 0
    return shutil.which(need, path=path) is not None


def run(language: str, code: str, work: Path, environment: dict[str, str]) -> str:
    """What a recipe prints, in one line; behind a "!" what went wrong."""
    if language == "sql":
        base = "sqlite3.connect('reports.db')" if "sentences_fts" in code else "__import__('duckdb')"
        code = f"import sqlite3\nfor row in {base}.execute({code!r}).fetchall()[:50]: print(*row)"
        language = "python"
    call = {
        "python": [sys.executable, "-X", "utf8", "-c", code],
        "sh": ["bash", "-euo", "pipefail", "-c", code],
        "r": ["Rscript", "-e", code],
    }[language]
    done = subprocess.run(call, cwd=work, env=environment, capture_output=True, text=True, check=False, timeout=600)
    # head, sort and such end a pipe early; the program's 1 says that some files could not be read.
    if done.returncode not in ((0, 1, 141) if "baocao" in code else (0,)):
        return "!" + " ".join((done.stderr or done.stdout).split())[-400:]
    return " ".join(done.stdout.split())


def answer(lines: list[bytes]) -> str:
    total = of = 0
    for record in map(json.loads, lines):
        total += len(record["indicators"])
        of += len(record["indicators"]) if (record["metadata"]["province"] or {}).get("code") == CODE else 0
    assert of > 0
    return f"{total} {of}"


def found(lines: list[bytes]) -> str:
    def folded(text: str) -> str:
        parted = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
        return " ".join(re.findall(r"\w+", "".join(c for c in parted if not unicodedata.combining(c))))

    sentences = set()
    for record in map(json.loads, lines):
        for figure in record["indicators"]:
            sentence = figure["sentence"]
            if sentence and re.search(r"\bho ngheo\b", folded(sentence["text"])):
                sentences.add((record["id"], sentence["span"][0]))
    assert sentences
    return str(len(sentences))


if __name__ == "__main__":
    sys.exit(main())
