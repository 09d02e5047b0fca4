#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: readers of ODS give a cell of type time as the duration that the file holds (PT26H30M00S),
# however it is shown.
#
# Seen: pandas 3.1.1 with odfpy 1.4.1 reads the shown text instead of the value: five and a half
# minutes, shown as 05:30, are 05:30 in the morning, and a sheet with one wait of 26:30:00 is not
# read at all. python-calamine 0.9.1, also behind pandas, gives times of day, but above 24 hours the
# letters 'PT26H30M00S'. pyexcel-ods3 0.6.1 has a timedelta there, and nothing at all for a duration
# with a fraction of a second.
#
# Matters: a report of waiting times is sixty times too long, or its longest waits are missing,
# depending on who reads it.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    pandas==3.1.1 odfpy==1.4.1 python-calamine==0.9.1 pyexcel-ods3==0.6.1

cd "$work"
seen=$("$work/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

import pandas
import pyexcel_ods3
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

for name in ("pandas", "odfpy", "python-calamine", "pyexcel-ods3"):
    print(f"{name} {version(name)}")


def by_pandas(engine):
    return pandas.read_excel("waits.ods", engine=engine, header=None).iloc[0, 0]


for value, shown in (
    ("PT16H05M00S", "16:05:00"), ("PT00H05M30S", "05:30"), ("PT26H30M00S", "26:30:00"),
    ("PT00H00M01.500000000S", "00:00:01.5"),
):
    document, table, row = OpenDocumentSpreadsheet(), Table(name="waits"), TableRow()
    cell, other = TableCell(valuetype="time", timevalue=value), TableCell(valuetype="string")
    cell.addElement(P(text=shown))
    other.addElement(P(text="A017"))
    for element, part in ((row, cell), (row, other), (table, row), (document.spreadsheet, table)):
        element.addElement(part)
    document.save("waits.ods")
    print(f"{value} shown as {shown}")
    for name, read in (
        ("pandas, odf", lambda: by_pandas("odf")), ("pandas, calamine", lambda: by_pandas("calamine")),
        ("pyexcel-ods3", lambda: pyexcel_ods3.get_data("waits.ods")["waits"][0][0]),
    ):
        try:
            found = read()
            print(f"  {name}: {type(found).__name__} {found}")
        except ValueError as error:
            print(f"  {name}: {type(error).__name__}")
PY
)
expected=$(cat <<'TEXT'
pandas 3.1.1
odfpy 1.4.1
python-calamine 0.9.1
pyexcel-ods3 0.6.1
PT16H05M00S shown as 16:05:00
  pandas, odf: time 16:05:00
  pandas, calamine: time 16:05:00
  pyexcel-ods3: time 16:05:00
PT00H05M30S shown as 05:30
  pandas, odf: time 05:30:00
  pandas, calamine: time 00:05:30
  pyexcel-ods3: time 00:05:30
PT26H30M00S shown as 26:30:00
  pandas, odf: DateParseError
  pandas, calamine: str PT26H30M00S
  pyexcel-ods3: timedelta 1 day, 2:30:00
PT00H00M01.500000000S shown as 00:00:01.5
  pandas, odf: time 00:00:01.500000
  pandas, calamine: time 00:00:01.500000
  pyexcel-ods3: NoneType None
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "ods-waits: it behaves otherwise than it did" >&2; exit 1; }
echo ok
