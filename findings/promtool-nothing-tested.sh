#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
#
# Guess: promtool test rules fails when a test names an alert that no rule has, or when no file of
# rules is found.
#
# Seen: promtool 2.42 says SUCCESS to both: an alert that does not exist fires not, as expected; a
# missing file of rules is a warning. The typing error shows only in tests that expect the alert
# to fire.
#
# Matters: 'is silent outside office hours' stays green for ever after an alert was renamed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
for package in prometheus=2.42.0+ds-5+deb12u1; do
    apt-get download -q "$package" >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
done
for file in *.deb; do dpkg -x "$file" .; done

cat >rules.yml <<'YAML'
groups:
- name: office
  rules:
  - alert: QueueStandsStill
    expr: waiting > 5
    for: 5m
YAML
cat >test.yml <<'YAML'
rule_files: [RULES]
evaluation_interval: 1m
tests:
- interval: 1m
  input_series:
  - series: waiting
    values: 9x20
  alert_rule_test:
  - eval_time: 10m
    alertname: ALERT
    exp_alerts: []
YAML
look() {
    sed "s/RULES/$1/; s/ALERT/$2/" test.yml >one.yml
    if usr/bin/promtool test rules one.yml >log 2>&1; then word=passes; else word=fails; fi
    echo "$1, $2 silent at 10 min: $word$(sed -n 's/^ *WARNING:/, warning:/p' log)"
}
seen=$(
    usr/bin/promtool --version 2>&1 | sed -n 's/ (branch.*//p'
    look rules.yml QueueStandsStill
    look rules.yml QueueStandStill
    look rule.yml QueueStandsStill
)
expected=$(cat <<'TEXT'
promtool, version 2.42.0+ds
rules.yml, QueueStandsStill silent at 10 min: fails
rules.yml, QueueStandStill silent at 10 min: passes
rule.yml, QueueStandsStill silent at 10 min: passes, warning: no file match pattern rule.yml
TEXT
)
printf '%s\n' "$seen"
diff -u --label expected --label seen <(printf '%s\n' "$expected") <(printf '%s\n' "$seen") ||
    { echo "promtool-nothing-tested: it behaves otherwise than it did" >&2; exit 1; }
echo ok
