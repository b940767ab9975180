# What the tests with foreign programs share: a temporary folder, claims on results, a cleanup that leaves nothing.
# Sourced.
# shellcheck shell=bash disable=SC2034  # what a test reads is set here

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
schema=$scripts/../reports/schema/junit-10.xsd
referee=${1-}
broken=0
served=

say() { printf '%s: %s\n' "${0##*/}" "$*"; }
skip() {
  say "SKIPPED: $*"
  exit 77
}
[ -x "$referee" ] || { say "usage: $0 PROGRAM" >&2 && exit 2; }

work=$(mktemp -d)
# A test adds what it has to end by defining `also_end`.
also_end() { :; }
finish() {
  local one
  for one in $served; do { kill "$one" && wait "$one"; } || true; done
  also_end
  rm -rf "$work"
}
trap finish EXIT

# Nothing of the caller's own settings counts; skopeo looks for files in HOME.
for variable in $(compgen -e | grep -E '^(REFEREE_|OCI_)' || true); do unset "$variable"; done
export HOME=$work/home XDG_RUNTIME_DIR=$work/home
mkdir -p "$work/home"

# expect WHAT EXPECTED ACTUAL: remembers and reports a difference.
expect() {
  [ "$2" != "$3" ] || return 0
  say "FAILED: $1"
  diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") | sed 's/^</  expected:/; s/^>/  actual:  /; /^[0-9]/d' || true
  broken=1
}

# judge NAME ARGUMENTS...: runs Referee with its reports in $work/NAME; sets `code`.
judge() {
  local name=$1
  shift
  code=0
  "$referee" run "$@" --report-dir "$work/$name" >"$work/$name.out" 2>"$work/$name.err" || code=$?
  xmllint --noout --schema "$schema" "$work/$name/junit.xml" 2>"$work/xmllint" ||
    expect "junit.xml of $name is valid" "" "$(cat "$work/xmllint")"
}

# of NAME FILTER: what jq finds in the results of that run.
of() { jq -r "$2" "$work/$1/results.json"; }

# serve ARGUMENTS...: starts the reference registry; sets `host`, and adds to `served`.
serve() {
  : >"$work/serve.out" # before the server starts: it is read at once, and may hold the last one's address
  "$referee" serve "$@" >"$work/serve.out" 2>"$work/serve.err" &
  served+=" $!"
  for _ in $(seq 200); do
    host=$(sed -n 's|^listening on http://||p' "$work/serve.out")
    [ -z "$host" ] || return 0
    sleep 0.05
  done
  say "the reference registry did not start: $(cat "$work/serve.err")"
  exit 1
}
