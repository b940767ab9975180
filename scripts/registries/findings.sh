# What scripts/registries/judge makes of saved runs: which outcomes differ from run to run, and a table for the README.
# Sourced.
# shellcheck shell=bash

# flaky RESULTS...: a line for each check whose outcome is not the same in all of them, with how often it was which.
flaky() {
  [ $# -gt 1 ] || return 0
  jq -r '.checks[] | "\(.spec) \(.id)\t\(.outcome)"' "$@" | sort | uniq -c | awk -F'\t' -v runs=$# '
    { split($1, n, " "); check = $1; sub(/ *[0-9]+ /, "", check)
      seen[check]++; told[check] = told[check] (told[check] ? ", " : "") $2 " " n[1] }
    END { for (check in seen) if (seen[check] > 1) printf "%s: %s of %d runs\n", check, told[check], runs }' | sort
}

# table RESULTS...: registries in rows, with the date of each run.
table() {
  echo '| registry | judged on | referrers API | verdict | passed | failed | warned | noted | blocked | skipped |'
  echo '|---|---|---|---|---|---|---|---|---|---|'
  local one
  for one in "$@"; do
    jq -r --arg name "$(basename "$(dirname "$one")")" '
      "| \($name) | \(.started[:10]) | \(.target.capabilities["OCI referrers API"] | if . == "offered" then "yes" else "no" end)" +
      " | \(.verdict) | \(.counts | "\(.passed) | \(.failed) | \(.warned) | \(.noted) | \(.blocked) | \(.skipped)") |"' "$one"
  done
}

# into README TEXT: puts the text between the file's two marks.
into() {
  local begin='<!-- written by scripts/registries/judge --update -->' end='<!-- to here -->'
  grep -qxF -e "$begin" "$1" || return 0
  BEGIN=$begin END=$end TEXT=$2 awk '
    $0 == ENVIRON["END"] { inside = 0 }
    !inside { print }
    $0 == ENVIRON["BEGIN"] { print ENVIRON["TEXT"]; inside = 1 }' "$1" >"$1.new"
  cat "$1.new" >"$1"
  rm "$1.new"
}
