# What scripts/run, scripts/test and scripts/lint share: where the project is, how they speak, how they build. Sourced.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# say WORDS...: one line of progress on stderr; stdout belongs to results.
say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

# die CODE WORDS...: says why and ends.
die() {
  local code=$1
  shift
  say "$@"
  exit "$code"
}

# ready PURPOSE: installs what the purpose lacks. Ends with 2 where that is impossible: 1 would read as a verdict.
ready() { "$root/scripts/setup" "$1" </dev/null || die 2 "the machine is not ready (scripts/setup $1 failed)"; }

# quietly LOG COMMAND...: runs the command with its output appended to LOG, shown on stderr only if it fails.
quietly() {
  local log=$1
  shift
  "$@" >>"$log" 2>&1 </dev/null && return
  local code=$?
  cat "$log" >&2
  say "failed with $code: $*"
  return "$code"
}

cores() { getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2; }

# configure PRESET: makes build/PRESET ready for ninja unless it is already; the log is build/PRESET/build.log.
configure() {
  local folder=$root/build/$1
  [ "$folder/build.ninja" -nt "$root/CMakePresets.json" ] && return
  (cd "$root" && quietly "$folder/build.log" cmake --preset "$1") || die 2 "the preset $1 could not be configured"
}

# build PRESET [TARGET...]: configures and builds (everything without targets); one caller at a time per preset.
build() {
  local preset=$1 folder=$root/build/$1
  shift
  local targets=("$@")
  mkdir -p "$folder"
  (
    if command -v flock >/dev/null; then flock 9; fi
    : >"$folder/build.log"
    [ -f "$folder/build.ninja" ] || say "building ($preset preset; the first build takes minutes)"
    configure "$preset"
    [ ${#targets[@]} -eq 0 ] || targets=(--target "${targets[@]}")
    (cd "$root" && quietly "$folder/build.log" cmake --build "$folder" -j "$(cores)" "${targets[@]}") ||
      die 2 "the build failed; its output stands above and in build/$preset/build.log"
  ) 9>"$folder/.lock"
}
