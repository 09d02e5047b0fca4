#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: date:add of EXSLT leaves the zone of a moment as it was: +05:00 stays, and a moment without a zone
# has none a day later, either, as in XML Schema, which EXSLT refers to.
#
# Seen: libexslt of Debian 12 (libxslt 1.1.35) writes Z after each sum that has a time and had no zone:
# 2026-03-19T16:05:00 and a day is 2026-03-20T16:05:00Z. So does a date without a zone and four hours. A zone
# that is there stays, and so do dates where only days or months are added. date:difference takes two moments,
# one with a zone and one without, for both of UTC, without an error.
#
# Matters: a notice in XML says 'received 16:05' in the office's own time; the deadline that a stylesheet adds
# is at 16:05 UTC, 21:05 in Almaty.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
for package in xsltproc=1.1.35-1+deb12u4 libxslt1.1=1.1.35-1+deb12u4; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

cat >look.xsl <<'XML'
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:date="http://exslt.org/dates-and-times">
<xsl:output method="text"/>
<xsl:template match="sum">
<xsl:value-of select="concat(@from, ' and ', @term, ': ', date:add(@from, @term), '&#10;')"/>
</xsl:template>
<xsl:template match="difference">
<xsl:value-of select="concat(@from, ' to ', @to, ': ', date:difference(@from, @to), '&#10;')"/>
</xsl:template>
<xsl:template match="text()"/>
</xsl:stylesheet>
XML
cat >terms.xml <<'XML'
<terms>
<sum from="2026-03-19T16:05:00+05:00" term="P1D"/>
<sum from="2026-03-19T16:05:00Z" term="P1D"/>
<sum from="2026-03-19T16:05:00" term="P1D"/>
<sum from="2026-03-19T16:05:00" term="P1M"/>
<sum from="2026-03-19T16:05:00" term="PT90M"/>
<sum from="2026-03-19T16:05:00" term="PT0S"/>
<sum from="2026-03-19" term="P15D"/>
<sum from="2026-03-19" term="P1M"/>
<sum from="2026-03-19" term="PT4H"/>
<sum from="2026-03-19+05:00" term="PT4H"/>
<difference from="2026-03-19T16:05:00" to="2026-03-19T16:05:00+05:00"/>
<difference from="2026-03-19T16:05:00" to="2026-03-19T16:05:00Z"/>
</terms>
XML
libraries=$(dirname usr/lib/*/libxslt.so.1)
seen=$(
    LD_LIBRARY_PATH=$libraries usr/bin/xsltproc --version | head -n 1 | grep -o 'libxslt [0-9]*'
    LD_LIBRARY_PATH=$libraries usr/bin/xsltproc look.xsl terms.xml
)
expected=$(cat <<'TEXT'
libxslt 10135
2026-03-19T16:05:00+05:00 and P1D: 2026-03-20T16:05:00+05:00
2026-03-19T16:05:00Z and P1D: 2026-03-20T16:05:00Z
2026-03-19T16:05:00 and P1D: 2026-03-20T16:05:00Z
2026-03-19T16:05:00 and P1M: 2026-04-19T16:05:00Z
2026-03-19T16:05:00 and PT90M: 2026-03-19T17:35:00Z
2026-03-19T16:05:00 and PT0S: 2026-03-19T16:05:00Z
2026-03-19 and P15D: 2026-04-03
2026-03-19 and P1M: 2026-04-19
2026-03-19 and PT4H: 2026-03-19T04:00:00Z
2026-03-19+05:00 and PT4H: 2026-03-19T04:00:00+05:00
2026-03-19T16:05:00 to 2026-03-19T16:05:00+05:00: -PT5H
2026-03-19T16:05:00 to 2026-03-19T16:05:00Z: P0D
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "exslt-invented-zone: it behaves otherwise than it did" >&2; exit 1; }
echo ok
