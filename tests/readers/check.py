"""What people read our output with, tried for real: pandas, DuckDB, jq, Polars, pyarrow, SQLite, openpyxl.

    python tests/readers/check.py target/release/baocao [--spark]

A folder with more broken files than a reader looks at before it decides on types is extracted in several forms; every
reader must find all that is there by its defaults, or by the one option that the documentation names. What a reader does
that we cannot mend is written down here as it is, so that the day it changes is noticed.
"""

import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BAOCAO = Path(sys.argv[1]).resolve()
# More than the 100 lines that Polars looks at.
BROKEN = 126


def run(*args, cwd, codes=(0,)):
    done = subprocess.run([BAOCAO, *map(str, args)], cwd=cwd, capture_output=True, check=False)
    assert done.returncode in codes, (args, done.returncode, done.stderr.decode())
    return done.stdout


def prepare(work):
    """Documents with broken files before, between and behind them; a document longer than a reader's block."""
    reports = work / "reports"
    shutil.copytree(ROOT / "corpus-samples", reports / "samples")
    for where in ("0", "samples", "z"):
        (reports / where).mkdir(exist_ok=True)
        for n in range(BROKEN):
            (reports / where / f"broken-{n}.pdf").write_bytes(b"%PDF-1.4 nothing")
    sentence = "Năm 2023, toàn tỉnh có 1.234 hộ nghèo, đạt 97,5%, thực hiện Kế hoạch số 35/KH-UBND ngày 12/02/2020.\n"
    (reports / "samples" / "long.txt").write_text(sentence * 2000, encoding="utf-8")
    code = "ỦY BAN NHÂN DÂN\nTỈNH HÀ GIANG\n\nBÁO CÁO\nNăm 2015, tỷ lệ hộ nghèo là 4,7%.\n"
    (reports / "samples" / "code.txt").write_text(code, encoding="utf-8")
    run("extract", "-q", "reports", "-o", "mixed.jsonl", cwd=work, codes=(1,))
    run("extract", "-q", "reports", "-o", "apart.jsonl", "--errors", "errors.jsonl", cwd=work, codes=(1,))
    run("extract", "-q", "reports", "--format", "parquet", "-o", "parquet", cwd=work, codes=(1,))
    run("extract", "-q", "reports", "--format", "csv", "-o", "csv", cwd=work, codes=(1,))
    run("extract", "-q", "reports", "--format", "sqlite", "-o", "reports.db", cwd=work, codes=(1,))
    run("export", "-q", "mixed.jsonl", "--what", "indicators", "--format", "xlsx", "-o", "i.xlsx", cwd=work)


class Expected:
    """What every reader must find."""

    def __init__(self, work):
        lines = [json.loads(line) for line in (work / "mixed.jsonl").read_text(encoding="utf-8").splitlines()]
        self.records = [r for r in lines if r["schema"] == "baocao.record/2"]
        self.errors = [r for r in lines if r["schema"] == "baocao.error/1"]
        self.lines = len(lines)
        assert len(self.errors) == 3 * BROKEN and lines[0] in self.errors and lines[-1] in self.errors
        self.indicators = sum(len(r["indicators"]) for r in self.records)
        self.references = sum(len(r["references"]) for r in self.records)
        self.money = sum(i["value"] for r in self.records for i in r["indicators"] if i["kind"] == "money")
        self.rows = {k: sum(len(r[k]) for r in self.records) for k in ("references", "dates", "indicators", "checks")}
        self.rows |= {"documents": len(self.records), "errors": len(self.errors)}
        apart = (work / "apart.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["id"] for line in apart] == [r["id"] for r in self.records]
        own = (work / "errors.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in own] == self.errors, "--errors holds every error record, in order"


def pandas_reads(work, expected):
    import pandas as pd

    for name, lines in [("mixed.jsonl", expected.lines), ("apart.jsonl", len(expected.records))]:
        frame = pd.read_json(work / name, lines=True)
        assert len(frame) == lines, name
        records = frame[frame["schema"] == "baocao.record/2"]
        assert sum(map(len, records["indicators"])) == expected.indicators, name
        money = sum(i["value"] for r in records["indicators"] for i in r if i["kind"] == "money")
        assert money == expected.money
    csv = pd.read_csv(work / "csv" / "documents.csv")
    assert "2" in set(csv["province_code"].dropna().astype(int).astype(str)), "guessing loses the zero of 02"
    csv = pd.read_csv(work / "csv" / "documents.csv", dtype={"province_code": "str"})
    assert "02" in set(csv["province_code"])
    for name, rows in expected.rows.items():
        assert len(pd.read_parquet(work / "parquet" / f"{name}.parquet")) == rows, name


def duckdb_reads(work, expected):
    import duckdb

    base = duckdb.connect()
    one = lambda sql: base.execute(sql).fetchone()[0]
    for name, lines in [("mixed.jsonl", expected.lines), ("apart.jsonl", len(expected.records))]:
        path = work / name
        assert one(f"SELECT count(*) FROM '{path}'") == lines, name
        assert one(f"SELECT count(*) FROM (SELECT unnest(indicators) FROM '{path}')") == expected.indicators
        # A word of SQL: of the names of the record, `references` and `end` need quotes.
        assert one(f"""SELECT count(*) FROM (SELECT unnest("references") FROM '{path}')""") == expected.references
        code = f"SELECT count(*) FROM '{path}' WHERE metadata.province.code = '02'"
        assert one(code) > 0, "a text stays a text"
    for name, rows in expected.rows.items():
        table = work / "parquet" / f"{name}.parquet"
        assert one(f"SELECT count(*) FROM '{table}'") == rows, name
        columns = [c[0] for c in base.execute(f"DESCRIBE SELECT * FROM '{table}'").fetchall()]
        base.execute(f"SELECT {', '.join(columns)} FROM '{table}'").fetchall()  # no quotes needed
    sums = f"SELECT sum(value) FROM '{work}/parquet/indicators.parquet' WHERE kind = 'money'"
    assert one(sums) == expected.money, "exact decimals"
    place = f"SELECT count(*) FROM '{work}/parquet/indicators.parquet' WHERE place.province = place_province"
    assert one(place) > 0
    csv = f"read_csv('{work}/csv/documents.csv', types={{'province_code': 'VARCHAR'}})"
    assert one(f"SELECT count(*) FROM {csv} WHERE province_code = '02'") > 0


def jq_reads(work, expected):
    jq = shutil.which("jq")
    if jq is None:
        return "jq is not installed"
    for name in ("mixed.jsonl", "apart.jsonl"):
        found = subprocess.run([jq, "-c", ".indicators[]?.value", work / name], capture_output=True, check=True)
        assert len(found.stdout.splitlines()) == expected.indicators, name
    # jq 1.6 counts in floating point: a number of more than 17 digits is rounded; 1.7 and newer keep it.
    exact = subprocess.run([jq, "-c", ".v"], input=b'{"v":123456789012345678901}', capture_output=True, check=True)
    assert exact.stdout.strip() in (b"123456789012345680000", b"123456789012345678901"), exact.stdout


def polars_reads(work, expected):
    import polars as pl

    count = lambda frame: frame.select(pl.col("indicators").list.len().sum()).item()
    whole = pl.read_ndjson(work / "mixed.jsonl", infer_schema_length=None)
    assert whole.height == expected.lines and count(whole) == expected.indicators, "with its one option"
    apart = pl.read_ndjson(work / "apart.jsonl", infer_schema_length=None)
    assert apart.height == len(expected.records) and count(apart) == expected.indicators
    try:
        guessed = pl.read_ndjson(work / "mixed.jsonl")
        assert "indicators" not in guessed.columns, "Polars reads error records first by default now: mend the docs"
    except pl.exceptions.PolarsError:
        pass
    for name, rows in expected.rows.items():
        assert pl.read_parquet(work / "parquet" / f"{name}.parquet").height == rows, name
    assert pl.read_parquet(work / "parquet" / "indicators.parquet")["value"].dtype == pl.Decimal(38, 10)


def pyarrow_reads(work, expected):
    import pyarrow.compute as pc
    from pyarrow import json as pj

    for name, lines in [("mixed.jsonl", expected.lines), ("apart.jsonl", len(expected.records))]:
        size = (work / name).stat().st_size
        table = pj.read_json(work / name, read_options=pj.ReadOptions(block_size=size))
        assert table.num_rows == lines, name
        assert pc.sum(pc.list_value_length(table["indicators"])).as_py() == expected.indicators, name


def sqlite_reads(work, expected):
    base = sqlite3.connect(work / "reports.db")
    one = lambda sql: base.execute(sql).fetchone()[0]
    for name, rows in expected.rows.items():
        assert one(f'SELECT count(*) FROM "{name}"') == rows, name
        columns = [c[1] for c in base.execute(f'PRAGMA table_info("{name}")')]
        base.execute(f'SELECT {", ".join(columns)} FROM "{name}"').fetchall()  # no quotes needed
    assert one("SELECT count(*) FROM refs") == expected.references
    assert one("SELECT sum(value) FROM indicators WHERE kind = 'money'") == expected.money
    assert one("SELECT count(*) FROM documents WHERE province_code = '02'") > 0
    search = "SELECT count(*) FROM sentences_fts WHERE sentences_fts MATCH '{}'"
    folded, marked = one(search.format('"ty le ho ngheo"')), one(search.format('"tỷ lệ hộ nghèo"'))
    assert folded >= marked > 0
    assert one(search.format("duong")) >= one(search.format("đường")) > 0, "FTS5 itself leaves đ as it is"
    broken = "SELECT count(*) FROM indicators LEFT JOIN documents USING (document) WHERE documents.path IS NULL"
    assert one(broken) == 0, "every row leads to its document"


def openpyxl_reads(work, expected):
    import openpyxl

    sheet = openpyxl.load_workbook(work / "i.xlsx").active
    names = [c.value for c in sheet[1]]
    column = lambda name: [row[names.index(name)] for row in sheet.iter_rows(min_row=2)]
    assert sheet.max_row - 1 == expected.indicators and sheet.freeze_panes == "A2"
    assert {c.data_type for row in sheet.iter_rows(min_row=2) for c in row} <= {"s", "n", "d", "b", "inlineStr"}
    assert all(isinstance(c.value, (int, float)) for c in column("value") if c.value is not None)
    assert any(c.is_date for c in column("period_start"))


def descriptions_are_valid(work, expected):
    package = json.loads((work / "csv" / "datapackage.json").read_text(encoding="utf-8"))
    by_name = {r["name"]: r for r in package["resources"]}
    assert {n: r["rows"] for n, r in by_name.items()} == expected.rows
    try:
        import frictionless
    except ImportError:
        return "frictionless is not installed"
    report = frictionless.validate(str(work / "csv" / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "message"])[:5]


def spark_reads(work, expected):
    if "--spark" not in sys.argv:
        return "only with --spark: pyspark is a large download"
    from pyspark.sql import SparkSession

    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    for name, lines in [("mixed.jsonl", expected.lines), ("apart.jsonl", len(expected.records))]:
        frame = spark.read.json(str(work / name))
        assert frame.count() == lines, name
        assert frame.selectExpr("sum(size(indicators))").where("1 = 1").first()[0] >= expected.indicators
        exploded = frame.selectExpr("explode(indicators) AS i")
        assert exploded.count() == expected.indicators, name
    assert spark.read.parquet(str(work / "parquet" / "indicators.parquet")).count() == expected.indicators


READERS = [
    pandas_reads, duckdb_reads, jq_reads, polars_reads, pyarrow_reads, sqlite_reads, openpyxl_reads,
    descriptions_are_valid, spark_reads,
]


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        prepare(work)
        expected = Expected(work)
        for reader in READERS:
            name = reader.__name__.replace("_", " ")
            try:
                skipped = reader(work, expected)
            except ImportError as error:
                skipped = str(error)
            except Exception as error:  # all readers are tried before the verdict
                failed += 1
                print(f"FAILED   {name}: {type(error).__name__}: {error}")
                continue
            print(f"SKIPPED  {name}: {skipped}" if skipped else f"ok       {name}")
    print(f"{len(READERS) - failed} readers, {failed} failed")
    sys.exit(failed > 0)


main()
