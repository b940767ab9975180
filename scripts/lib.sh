# What scripts/run, scripts/test and scripts/lint share: where the project is, how they print, how they build. Sourced.
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

# progress LOG: copies what ninja prints to LOG and says how far it is: on a terminal in one line that moves, elsewhere in
# a line each half minute.
progress() {
  local log=$1 line='' done='' status pause=30 shown=0 begun=$SECONDS
  [ ! -t 2 ] || pause=1
  local next=$((SECONDS + pause))
  while true; do
    status=0
    IFS= read -r -t 1 line || status=$?
    if [ "$status" -eq 0 ]; then
      printf '%s\n' "$line" >>"$log"
      if [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then done="${BASH_REMATCH[1]} of ${BASH_REMATCH[2]} files"; fi
    else
      printf '%s' "$line" >>"$log" # the beginning of a line that is not complete yet
      [ "$status" -gt 128 ] || break # the end; above 128 nothing more came within the second
    fi
    if [ "$SECONDS" -lt "$next" ] || [ -z "$done" ]; then continue; fi
    next=$((SECONDS + pause))
    if [ "$pause" -eq 1 ]; then
      printf '\r%s: building: %s, %d s\033[K' "${0##*/}" "$done" $((SECONDS - begun)) >&2
      shown=1
    else
      say "building: $done, $((SECONDS - begun)) s"
    fi
  done
  [ "$shown" -eq 0 ] || printf '\r\033[K' >&2
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
    cd "$root" || exit 2
    cmake --build "$folder" -j "$(cores)" "${targets[@]}" 2>&1 </dev/null | progress "$folder/build.log" || {
      cat "$folder/build.log" >&2
      die 2 "the build failed; its output is above and in build/$preset/build.log"
    }
  ) 9>"$folder/.lock"
}
