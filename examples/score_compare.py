#!/usr/bin/env python3
"""Holds the rows of `baocao compare` over a folder against gold facts: id, place, period and role of every value.

usage: score_compare.py BIN GOLD_DIR DOCS_DIR… [--misses] [--wrong]

Gold: NAME.tsv, first line `# file<TAB>document`, `# from "…"`/`# to "…"` bound a stretch that was read, and one line a number,
in reading order, tab-separated (a|b: either is right; an alternative that ends in `?`: the field is not judged):
  F kind value unit|- at=WORDS name=… scope=… place=… period=START/END|- role=… bound=… concept=ID|-|+wanted
A gold place says the smallest unit first ("huyện A, tỉnh B"). The documents are found by name in the folders.

A row of a range stands on the lines of both its ends; an id that gold only wished for ("+ID") and that the catalogue has by now is
right.

precision: of the rows that stand on a gold line, those whose id, place, period and role are all right.
recall: of the gold lines with an id, a place and a period that are no norm, those that have such a row.
Rows on numbers without a gold line are counted, not judged. The last line is the sum of all documents.
"""
import json, re, subprocess, sys, tempfile, unicodedata
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path

UNITS = "tỉnh|thành phố|tp.|tp|huyện|quận|thị xã|xã|phường|thị trấn".split("|")


def fold(text):
    return " ".join(unicodedata.normalize("NFC", str(text)).lower().split())


def marks_off(text):
    """Letters without tone marks: "Hoà" and "Hòa" are one name."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c) or c in "\u0302\u0306\u031b")


def bare(name):
    name = fold(name)
    for unit in UNITS:
        if name.startswith(unit + " "):
            return marks_off(name[len(unit) + 1:])
    return marks_off(name)


def alternatives(value):
    return [a.strip() for a in value.split("|")]


def open_field(value):
    return any(a.endswith("?") for a in alternatives(value))


def number(text):
    try:
        return format(Decimal(str(text)).normalize(), "f")
    except InvalidOperation:
        return str(text)


def read_gold(path):
    document, stretches, whole = None, [], {"from": None, "to": None, "facts": []}
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        if cells[0] == "# file":
            document = cells[1].strip()
        elif cells[0] == "# from":
            stretches.append({"from": cells[1].strip('"'), "to": None, "facts": []})
        elif cells[0] == "# to" and stretches:
            stretches[-1]["to"] = cells[1].strip('"')
        elif cells[0] == "F":
            fact = dict(c.split("=", 1) for c in cells[4:])
            fact.update(kind=cells[1], value=cells[2], line=n)
            (stretches[-1] if stretches else whole)["facts"].append(fact)
    return document, ([whole] if whole["facts"] else []) + stretches


def squeeze(text):
    """The text in lower case with single spaces, and where each character stood."""
    out, at = [], []
    for n, c in enumerate(text):
        if c.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                at.append(n)
        else:
            low = c.lower()
            out.append(low if len(low) == 1 else c)
            at.append(n)
    return "".join(out), at


def key(row):
    if row["kind"] == "ratio" or (row["kind"] == "rank" and row["value"] is None):
        parts = [row["numerator"], row["denominator"] if row["kind"] == "ratio" else None]
        return "/".join(number(p) for p in parts if p is not None)
    return number(row["value"])


def keys(row):
    """What a row may stand on: its value, or both ends of its range."""
    return [number(row["range"]["low"]), number(row["range"]["high"])] if row.get("range") else [key(row)]


def gold_key(fact):
    return "/".join(number(p) for p in fact["value"].split("/"))


def right(fact, row):
    """The fields that are wrong."""
    wrong = []
    concepts = alternatives(fact["concept"])
    if not open_field(fact["concept"]) and row["indicator"] not in concepts and "+" + row["indicator"] not in concepts:
        wrong.append("id")
    if not open_field(fact["place"]):
        places = alternatives(fact["place"])
        own = bare(row["place"].split(",")[0])
        if row["level"] == "cả nước":
            good = any(fold(p) == "cả nước" for p in places)
        else:
            good = any(bare(p.split(",")[0]) == own for p in places)
        if not good:
            wrong.append("place")
    if not open_field(fact["period"]):
        period = row["period"]
        if not period or f"{period['start']}/{period['end']}" not in alternatives(fact["period"]):
            wrong.append("period")
    if not open_field(fact["role"]) and row["role"] not in alternatives(fact["role"]):
        wrong.append("role")
    return wrong


def is_wanted(fact):
    concepts = alternatives(fact["concept"])
    return (not open_field(fact["concept"]) and not any(c[0] in "-+" for c in concepts)
            and "norm" not in alternatives(fact["role"]) and "-" not in alternatives(fact["period"])
            and "-" not in alternatives(fact["place"]))


def main(argv):
    flags = [a for a in argv if a.startswith("--")]
    argv = [a for a in argv if not a.startswith("--")]
    if len(argv) < 3:
        sys.exit(__doc__)
    binary, gold_dir, folders = argv[0], Path(argv[1]), [Path(a) for a in argv[2:]]
    files = {}
    for folder in folders:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            files.setdefault(unicodedata.normalize("NFC", path.name), path)
    golds = []
    for path in sorted(gold_dir.rglob("*.tsv")):
        document, stretches = read_gold(path)
        if document and stretches:
            file = files.get(unicodedata.normalize("NFC", document))
            if file:
                golds.append((path.stem, file, stretches))
            else:
                print(f"no document {document}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as work:
        records = Path(work) / "records.jsonl"
        subprocess.run([binary, "extract", "-q", "-o", records, *sorted({str(f) for _, f, _ in golds})], check=False)
        rows = subprocess.run([binary, "compare", "-q", "--format", "jsonl", records], check=True, capture_output=True, text=True).stdout
        spans, texts = {}, {}
        for line in records.open(encoding="utf-8"):
            record = json.loads(line)
            for item in record.get("indicators", []):
                spans[(record["source"]["path"], item["id"])] = item["span"][0]
    by_file = {}
    for row in map(json.loads, rows.splitlines()):
        for source in row["sources"]:
            start = spans.get((source["path"], source["item"]))
            for value in keys(row) if start is not None else []:
                by_file.setdefault(source["path"], []).append((start, value, row, source))
    total = Counter()
    for stem, file, stretches in golds:
        have = by_file.get(str(file), [])
        text = texts.setdefault(file, subprocess.run([binary, "text", str(file)], check=True, capture_output=True).stdout.decode())
        small, at = squeeze(text)
        counts, used = Counter(), set()
        for stretch in stretches:
            begin = small.find(squeeze(stretch["from"])[0].strip()) if stretch["from"] else 0
            begin = max(begin, 0)
            for fact in stretch["facts"]:
                words = squeeze(fact["at"])[0].strip()
                found = small.find(words, begin)
                if found < 0:
                    found = small.find(words)
                if found < 0:
                    counts["not placed"] += 1
                    continue
                begin = found
                first, last = at[found], at[found + len(words) - 1]
                hits = [h for h in have if first <= h[0] <= last and h[1] == gold_key(fact) and (id(h[2]), h[1]) not in used]
                if hits:
                    used.add((id(hits[0][2]), hits[0][1]))
                wrong = right(fact, hits[0][2]) if hits else None
                counts["wanted"] += is_wanted(fact)
                counts["got"] += is_wanted(fact) and wrong == []
                if hits:
                    counts["rows"] += 1
                    counts["right"] += not wrong
                    counts.update(f"wrong {w}" for w in wrong)
                    row = hits[0][2]
                    if wrong and "--wrong" in flags:
                        period = row["period"] and f"{row['period']['start']}/{row['period']['end']}"
                        print("wrong", stem, fact["line"], ",".join(wrong), row["indicator"], row["place"], period, row["role"],
                              "| gold", fact["concept"], fact["place"], fact["period"], fact["role"], "|", fact["at"], sep="  ")
                elif is_wanted(fact) and "--misses" in flags:
                    print("missed", stem, fact["line"], fact["concept"], fact["place"], fact["period"], fact["role"], "|", fact["at"], sep="  ")
        counts["unjudged"] = sum(1 for h in have if not any((id(h[2]), value) in used for value in keys(h[2])))
        total += counts
    share = lambda a, b: f"{100 * total[a] / total[b]:.1f} %" if total[b] else "-"
    wrong = ", ".join(f"{k[6:]} {total[k]}" for k in sorted(total) if k.startswith("wrong "))
    print(f"{len(golds)} documents: precision {share('right', 'rows')} ({total['right']} of {total['rows']} rows; wrong: {wrong or 'none'}), "
          f"recall {share('got', 'wanted')} ({total['got']} of {total['wanted']} facts), {total['unjudged']} rows without a gold line, "
          f"{total['not placed']} gold lines not placed")


if __name__ == "__main__":
    main(sys.argv[1:])
