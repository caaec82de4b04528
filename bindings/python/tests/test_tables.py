"""Tables in memory."""

import datetime
import subprocess
from decimal import Decimal

import baocao
import pytest

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

NAMES = ["documents", "references", "dates", "indicators", "checks", "errors"]


def test_the_same_tables_as_the_program_writes(program, tmp_path):
    tables = baocao.extract_batch(["corpus-samples", "no-such-file.pdf"], jobs=2)
    assert list(tables) == NAMES
    call = [program, "extract", "corpus-samples", "no-such-file.pdf", "--format", "parquet", "-o", tmp_path / "out"]
    subprocess.run([*call, "--quiet"], check=False)
    for name, batch in tables.items():
        assert isinstance(batch, pa.RecordBatch)
        batch.validate(full=True)
        written = pq.read_table(tmp_path / "out" / f"{name}.parquet").replace_schema_metadata(None)
        assert pa.Table.from_batches([batch]).equals(written), name
    assert tables["documents"].num_rows == 21
    assert tables["errors"].to_pylist()[0]["code"] == "not_found"


def test_types_are_exact():
    batch = baocao.extract_batch(["corpus-samples"])["indicators"]
    assert batch.schema.field("value").type == pa.decimal128(38, 10)
    assert batch.schema.field("province_code").type == pa.string()
    assert batch.schema.field("doc_date").type == pa.date32()
    rows = batch.to_pylist()
    assert any(isinstance(row["value"], Decimal) for row in rows)
    assert any(isinstance(row["doc_date"], datetime.date) for row in rows)
    assert any(row["place"] and row["place"]["level"] == row["place_level"] for row in rows)
    codes = {row["province_code"] for row in rows if row["province_code"]}
    assert any(code.startswith("0") for code in codes)


def test_columns_are_not_copied():
    extractor = baocao.Extractor()
    table = extractor._engine.tables(["corpus-samples"], extractor._work(1, 60, 0, False))["indicators"]
    first, second = pa.record_batch(table), pa.record_batch(table)
    address = [batch.column("sentence").buffers()[2].address for batch in (first, second)]
    assert address[0] == address[1], "both look at the same memory"
    text = first.column("sentence").to_pylist()
    del table, second
    assert first.column("sentence").to_pylist() == text, "the memory lives as long as somebody looks at it"


def test_nothing_is_an_empty_table():
    tables = baocao.extract_batch([])
    assert list(tables) == NAMES
    assert all(batch.num_rows == 0 for batch in tables.values())
