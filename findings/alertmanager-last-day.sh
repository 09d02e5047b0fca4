#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: days_of_month: ['-1'] of Alertmanager's time intervals is the last day of each month, in the
# interval's own zone.
#
# Seen: Alertmanager 0.25.0 counts a month's days as its hours by 24, without the rest. In the month in
# which the clock is set forward an hour is missing, and the last day is the one before it: 30 March 2026
# in Berlin and 29 April in Cairo, while 31 March and 30 April are no last day at all. '-3:-1' begins a
# day early likewise. UTC and Almaty, which had its last summer time in 2004, are right on all days, and
# wrong in March 2004.
#
# Matters: alerts that are silent while the month is closed ring in just that night, once a year; what is
# tried in UTC or in Almaty's time passes.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
# Debian's source of it, to be asked without waiting for the end of a month.
for package in golang-github-prometheus-alertmanager-dev=0.25.0-1 golang-gopkg-yaml.v2-dev=2.4.0-4 \
    golang-1.19-go=1.19.8-2 golang-1.19-src=1.19.8-2; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; rm "$file"; done

mkdir look
cat >look/main.go <<'GO'
package main

import (
	"fmt"
	"time"

	"github.com/prometheus/alertmanager/timeinterval"
	"gopkg.in/yaml.v2"
)

func days(which string, zone string, year int) []time.Time {
	var interval timeinterval.TimeInterval
	text := fmt.Sprintf("days_of_month: ['%s']\nlocation: %s\n", which, zone)
	if err := yaml.UnmarshalStrict([]byte(text), &interval); err != nil {
		panic(err)
	}
	location, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	var found []time.Time
	for day := 1; day <= 366; day++ {
		noon := time.Date(year, 1, day, 12, 0, 0, 0, location)
		if noon.Year() == year && interval.ContainsTime(noon) {
			found = append(found, noon)
		}
	}
	return found
}

func main() {
	for _, one := range []struct {
		zone string
		year int
	}{{"UTC", 2026}, {"Asia/Almaty", 2026}, {"Asia/Almaty", 2004}, {"Europe/Berlin", 2026}, {"Africa/Cairo", 2026}} {
		last := days("-1", one.zone, one.year)
		fmt.Printf("-1, %s, %d: %d days, not last in their month:", one.zone, one.year, len(last))
		for _, day := range last {
			if day.AddDate(0, 0, 1).Day() != 1 {
				fmt.Print(" ", day.Format("2 January"))
			}
		}
		fmt.Println()
	}
	fmt.Print("-3:-1, Europe/Berlin, March 2026:")
	for _, day := range days("-3:-1", "Europe/Berlin", 2026) {
		if day.Month() == time.March {
			fmt.Print(" ", day.Day())
		}
	}
	fmt.Println()
}
GO
seen=$(
    export HOME="$work" GOROOT="$work/usr/lib/go-1.19" GOPATH="$work/usr/share/gocode" GOCACHE="$work/cache"
    export GO111MODULE=off GOFLAGS=-p=1 CGO_ENABLED=0
    nice -n 15 "$GOROOT/bin/go" run look/main.go
)
expected=$(cat <<'TEXT'
-1, UTC, 2026: 12 days, not last in their month:
-1, Asia/Almaty, 2026: 12 days, not last in their month:
-1, Asia/Almaty, 2004: 12 days, not last in their month: 30 March
-1, Europe/Berlin, 2026: 12 days, not last in their month: 30 March
-1, Africa/Cairo, 2026: 12 days, not last in their month: 29 April
-3:-1, Europe/Berlin, March 2026: 28 29 30
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "alertmanager-last-day: it behaves otherwise than it did" >&2; exit 1; }
echo ok
