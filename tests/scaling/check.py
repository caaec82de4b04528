"""The examples of docs/scaling.md, run as they stand; their rows are those of one run of the program.

    python tests/scaling/check.py target/release/baocao [dask] [spark] [ray]

Without names all are tried; what is not installed is skipped, loudly. A name that is given must work.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[2]
BAOCAO = Path(sys.argv[1]).resolve()
MODULES = {"dask": "dask.bag", "spark": "pyspark", "ray": "ray"}
OUTPUTS = {"dask": ["dask.parquet"], "spark": ["spark.parquet", "spark-pandas.parquet"], "ray": ["ray.parquet"]}


def is_installed(module):
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def example(name):
    """All blocks of one system, in order."""
    text = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
    blocks = [block for block in re.findall(r"```python\n(.*?)```", text, re.S) if block.startswith(f"# {name}\n")]
    assert blocks, name
    return "\n".join(blocks)


def rows(table, columns):
    """The rows in an order of their own; of paths the part that all have."""
    table = table.select(columns).to_pylist()
    shown = lambda key, value: re.sub(r"^.*?reports/", "", str(value)) if key == "path" else str(value)
    return sorted(tuple(shown(k, row[k]) for k in columns) for row in table)


def check(name, work, expected):
    subprocess.run([sys.executable, "-c", example(name)], cwd=work, check=True, timeout=600)
    for output in OUTPUTS[name]:
        found = pq.read_table(work / output)
        columns = [c for c in expected.column_names if c in found.column_names and c != "place"]
        assert len(columns) >= 4 and rows(found, columns) == rows(expected, columns), output
        if "place" in found.column_names:
            assert found.schema.field("value").type == pa.decimal128(38, 10), output


def main():
    wanted, failed = sys.argv[2:], 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "reports").mkdir()
        for path in sorted((ROOT / "corpus-samples").rglob("*")):
            if path.is_file() and path.suffix not in (".json", ".tsv"):
                shutil.copy(path, work / "reports" / path.name)
        (work / "reports" / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
        command = [BAOCAO, "extract", "-q", "reports", "--format", "parquet", "-o", "tables"]
        assert subprocess.run(command, cwd=work, check=False).returncode == 1
        expected = pq.read_table(work / "tables" / "indicators.parquet")
        assert expected.num_rows > 300
        for name in wanted or MODULES:
            if not wanted and not is_installed(MODULES[name]):
                print(f"SKIPPED  {name}: {MODULES[name]} is not installed")
                continue
            try:
                check(name, work, expected)
                print(f"ok       {name}")
            except Exception as error:  # all are tried before the verdict
                failed += 1
                print(f"FAILED   {name}: {type(error).__name__}: {error}")
    sys.exit(failed > 0)


if __name__ == "__main__":
    os.environ.setdefault("PYARROW_IGNORE_TIMEZONE", "1")
    main()
