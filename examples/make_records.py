#!/usr/bin/env python3
"""Writes many records of about one size, made of some that there are, to measure `compare`, `graph` and `export` at scale.

usage: make_records.py RECORDS.jsonl COUNT [BYTES] > MANY.jsonl

Each line has a path and an id of its own and the items of records that together make about BYTES (50,000); spans are not
moved, since nothing of this reads them. The same call gives the same bytes.
"""
import json
import sys


def main(argv):
    if len(argv) < 2:
        sys.exit(__doc__)
    size = int(argv[2]) if len(argv) > 2 else 50_000
    parts, made = [], []
    for line in open(argv[0], encoding="utf-8"):
        record = json.loads(line)
        if "error" not in record:
            parts.append(record)
    lists = ("sections", "references", "dates", "indicators", "checks")
    pieces = {name: [(item, len(json.dumps(item, ensure_ascii=False).encode())) for r in parts for item in r[name]] for name in lists}
    total = sum(size for items in pieces.values() for _, size in items)
    at = dict.fromkeys(lists, 0)
    for n in range(200):
        record = dict(parts[n % len(parts)], **{name: [] for name in lists})
        for name in lists:
            share = size * sum(s for _, s in pieces[name]) / total
            while share > 0 and pieces[name]:
                item, bytes_of = pieces[name][at[name] % len(pieces[name])]
                record[name].append(item)
                at[name] += 1
                share -= bytes_of
        record["id"], record["source"]["path"] = "@@", "@@"
        made.append(json.dumps(record, ensure_ascii=False, separators=(",", ":")))
    for n in range(int(argv[1])):
        path, text = f"many/{n % 100:02}/{n}.txt", made[n % len(made)]
        sys.stdout.write(text.replace('"id":"@@"', f'"id":"{n:016x}"', 1).replace('"path":"@@"', f'"path":"{path}"', 1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
