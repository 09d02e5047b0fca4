#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads and writes tables of separated values as Python does, to be compared.

Standard input is an object: `separator`; `texts`, each to be read; `tables`, lists of records, each to
be written. Standard output has, for each text, the records before the first fault and whether there is
one; and for each table its text.
"""
import csv, io, json, sys


def read(text, separator):
    records, fault = [], False
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            records.append(record)
    except csv.Error:
        fault = True
    return {"records": records, "fault": fault}


def write(table, separator, end):
    text = io.StringIO(newline="")
    # Python quotes a line break only if it is part of its own line end.
    quoting = csv.QUOTE_MINIMAL if end == "\r\n" else csv.QUOTE_ALL
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(table)
    return text.getvalue()


asked = json.load(sys.stdin)
separator = asked["separator"]
json.dump({
    "read": [read(text, separator) for text in asked["texts"]],
    "written": [write(table, separator, ["\n", "\r\n", "\r"][number % 3])
                for number, table in enumerate(asked["tables"])],
}, sys.stdout)
