#!/usr/bin/env python3
"""A folder of documents to a Parquet data set with Apache Spark and the Python package: spark_tables.py BAOCAO FOLDER OUT

The rows are compared with those of one run of the program. Needs pyspark, pyarrow, pandas, Java 17 and the package baocao;
exits 1 where a row differs."""

import os
import sys
import time

from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema
from same_rows import differences, files

import baocao


def indicators(batches):
    """Paths to rows of the table of figures, as Arrow has them (mapInArrow)."""
    for batch in batches:
        yield baocao.extract_batch(batch.column("path").to_pylist(), jobs=1)["indicators"]


def documents(frames):
    """Paths to what each document is, as pandas has it (mapInPandas)."""
    columns = ["record", "path", "doc_type", "doc_number", "province_code", "indicator_count"]
    for frame in frames:
        yield baocao.extract_batch(frame["path"], jobs=1)["documents"].to_pandas()[columns]


def main() -> int:
    program, folder, out = sys.argv[1:4]
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # executors: the Python that has baocao
    # zstd: Spark's snappy takes a machine that has musl-tools for one without glibc, and fails (snappy-java, issue 692).
    settings = {"spark.ui.enabled": "false", "spark.sql.parquet.compression.codec": "zstd"}
    spark = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    start = time.monotonic()
    paths = spark.createDataFrame([(path,) for path in files(folder)], "path string").repartition(4)
    schema = from_arrow_schema(baocao.extract_batch([])["indicators"].schema)
    paths.mapInArrow(indicators, schema).write.mode("overwrite").parquet(f"{out}/indicators")
    schema = "record string, path string, doc_type string, doc_number string, province_code string, indicator_count long"
    paths.mapInPandas(documents, schema).write.mode("overwrite").parquet(f"{out}/documents")
    took = time.monotonic() - start
    spark.stop()
    print(f"Spark: {took:.1f} s")
    return differences(program, folder, out)


if __name__ == "__main__":
    sys.exit(main())
