#!/usr/bin/env python3
"""How long the package takes beside the program: speed.py BAOCAO FOLDER [TIMES]

Every figure is the best of three runs over all documents of the folder, TIMES times over (20)."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import baocao


def best(work):
    """Seconds and seconds of CPU (children included) of the best of three."""
    runs = []
    for _ in range(3):
        before = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        start = time.perf_counter()
        work()
        took = time.perf_counter() - start
        after = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        cpu = sum(a.ru_utime + a.ru_stime - b.ru_utime - b.ru_stime for a, b in zip(after, before))
        runs.append((took, cpu))
    return min(runs)


def main():
    program, folder = sys.argv[1:3]
    times = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    files = [path for path in Path(folder).rglob("*") if path.is_file() and path.suffix not in {".tsv", ".json"}]
    paths = [str(path) for path in files] * times
    listed = "\n".join(paths).encode()
    extractor = baocao.Extractor()
    size = sum(path.stat().st_size for path in files) * times
    print(f"{len(paths)} documents, {size / 1e6:.1f} MB")

    def run(*arguments):
        call = [program, "extract", "--files-from", "-", "--jobs", "1", "--quiet", *arguments]
        subprocess.run(call, input=listed, stdout=subprocess.DEVNULL, check=False)

    def each(call):
        for path in paths:
            try:
                call(path)
            except baocao.Error:
                pass

    works = {
        "the program, one job": run,
        "extract_many, one job, lines": lambda: sum(1 for _ in extractor.extract_many(paths, jobs=1, raw=True)),
        "extract_many, one job, dictionaries": lambda: sum(1 for _ in extractor.extract_many(paths, jobs=1)),
        "extract_batch, one job": lambda: extractor.extract_batch(paths, jobs=1),
        "extract_json, in this process": lambda: each(extractor.extract_json),
        "extract, in this process": lambda: each(extractor.extract),
    }
    for name, work in works.items():
        took, cpu = best(work)
        print(f"{name:40} {took:6.2f} s {cpu:6.2f} s CPU")


main()
