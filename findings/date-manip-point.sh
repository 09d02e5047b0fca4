#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: Date::Manip, which knows Russian and German, reads 16.30 after a date as the time of day that is so
# written there, or refuses it.
#
# Seen: Date::Manip 6.91 of Debian 12 takes the point for a decimal one: 16.30 is 16 hours and three tenths,
# 16:18, without an error, in Russian ('19 марта 2026 в 16.30') and German ('um 16.30') as in English. 16.05 is
# 16:03, 9.50 is 9:30. 19.03 alone is 19:01:48 of today, though 19.03.2026 is the day. 16:30 is right.
#
# Matters: a visit at '16.30' is planned for 16:18, so near that nobody looks.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
for package in libdate-manip-perl=6.91-1; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

cat >look.pl <<'PERL'
use strict;
use warnings;
use utf8;
use open qw(:std :utf8);
use Date::Manip::Date;

print "Date::Manip ", Date::Manip::Date->new->version, "\n";
for my $line (
    ["English", "19.03.2026 16:30", "19.03.2026 16.30", "19.03.2026 at 16.30"],
    ["German", "19.03.2026 16:30", "19.03.2026 16.30", "19 März 2026 um 16.30"],
    ["Russian", "19.03.2026 16:30", "19.03.2026 16.30", "19 марта 2026 в 16.30", "завтра в 16.05", "завтра в 9.50",
        "19.03.2026", "19.03"],
) {
    my ($language, @texts) = @$line;
    for my $text (@texts) {
        my $date = Date::Manip::Date->new;
        $date->config("Language", $language, "DateFormat", "EU", "SetDate", "2026-03-25-08:00:00,Asia/Almaty");
        print "$language $text: ", $date->parse($text) ? "refused" : $date->printf("%d.%m.%Y %H:%M:%S"), "\n";
    }
}
PERL
seen=$(PERL5LIB=usr/share/perl5 perl look.pl 2>&1)
expected=$(cat <<'TEXT'
Date::Manip 6.91
English 19.03.2026 16:30: 19.03.2026 16:30:00
English 19.03.2026 16.30: 19.03.2026 16:18:00
English 19.03.2026 at 16.30: 19.03.2026 16:18:00
German 19.03.2026 16:30: 19.03.2026 16:30:00
German 19.03.2026 16.30: 19.03.2026 16:18:00
German 19 März 2026 um 16.30: 19.03.2026 16:18:00
Russian 19.03.2026 16:30: 19.03.2026 16:30:00
Russian 19.03.2026 16.30: 19.03.2026 16:18:00
Russian 19 марта 2026 в 16.30: 19.03.2026 16:18:00
Russian завтра в 16.05: 26.03.2026 16:03:00
Russian завтра в 9.50: 26.03.2026 09:30:00
Russian 19.03.2026: 19.03.2026 00:00:00
Russian 19.03: 25.03.2026 19:01:48
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "date-manip-point: it behaves otherwise than it did" >&2; exit 1; }
echo ok
