"""Tables in memory, and the same in the program's Parquet files."""

import decimal
import datetime

import pytest

import baocao
from conftest import program

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def test_tables_hold_what_the_records_hold(documents, records):
    tables = baocao.extract_batch(documents, jobs=2)
    assert list(tables) == ["documents", "references", "dates", "indicators", "checks", "errors"]
    assert all(isinstance(t, pa.RecordBatch) for t in tables.values())
    for kind in ("references", "dates", "indicators", "checks"):
        assert tables[kind].num_rows == sum(len(r[kind]) for r in records.values()), kind
    assert tables["documents"].column("path").to_pylist() == list(records)


def test_types_are_those_of_the_values():
    text = "Tính đến ngày 03/4/2019, xã có 127 hộ thoát nghèo, đạt 97,5%.".encode()
    tables = baocao.extract_batch([("a.txt", text), ("b.pdf", b"%PDF-1.4 nothing"), "missing.txt"])
    values = tables["indicators"].column("value")
    assert values.type == pa.decimal128(38, 10)
    assert [v.normalize() for v in values.to_pylist()] == [decimal.Decimal(127), decimal.Decimal("97.5")]
    assert tables["dates"].column("date_start").to_pylist() == [datetime.date(2019, 4, 3)]
    assert tables["errors"].column("code").to_pylist() == ["damaged", "not_found"]
    assert pa.types.is_struct(tables["indicators"].schema.field("place").type)


def test_the_program_s_parquet_is_the_same(documents, samples, tmp_path):
    assert program("extract", "-q", samples, "--format", "parquet", "-o", tmp_path / "t").returncode == 0
    for name, table in baocao.extract_batch(documents).items():
        file = pq.read_table(tmp_path / "t" / f"{name}.parquet")
        assert file.schema.names == table.schema.names and file.schema.types == table.schema.types
        assert file.equals(pa.Table.from_batches([table]).cast(file.schema)), name


def test_other_libraries_take_the_tables_too(documents):
    polars = pytest.importorskip("polars")
    frame = polars.from_arrow(baocao.extract_batch(documents)["indicators"])
    assert frame.height > 100 and frame["value"].dtype == polars.Decimal(38, 10)
