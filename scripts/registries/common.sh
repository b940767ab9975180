# What the scripts for real registries share: start, stop, url and more of one server on 127.0.0.1. Sourced.
# shellcheck shell=bash
#
# A script defines `find_server` (sets `server` to the program, or dies with 3), `server_version` (prints it) and
# `server_command` (sets `command` to what serves $dir/data on 127.0.0.1, port 0), then calls `registry_main "$@"`.
# Where it has a garbage collector, it also defines `server_collect`, which runs it to its end over $dir/data, on a server
# that may be running; `$untagged` is then yes where what has no tag is to go too, else empty.
# Where a login is needed, it also defines `server_access HOST:PORT`, which prints a config.json as Docker has it.
# The kernel chooses the port and /proc says which: no port is guessed, so no other program can take it first.

name=${0##*/}
cache=${REFEREE_REGISTRIES_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/referee-registries}
dir=$cache/$name
command=()

say() { printf '%s: %s\n' "$name" "$*" >&2; }
die() {
  local code=$1
  shift
  say "$@"
  exit "$code"
}

# find_built_server VERSION TOOL SOURCE: sets server to the program of that version, built once into the cache folder by
# the caller's build_server FILE, which needs TOOL. Dies with 3 where the machine cannot get it.
find_built_server() {
  server=$cache/bin/$name-$1
  [ ! -x "$server" ] || return 0
  command -v "$2" >/dev/null || die 3 "it is built from its $3, and there is no $2 on this machine"
  say "building version $1 into $cache/bin"
  mkdir -p "$cache/bin"
  local log=$server.log
  if ! build_server "$server.new.$$" >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
    rm -rf "$log" "$server.new.$$"*
    die 3 "version $1 could not be built; what $2 said stands above"
  fi
  rm -f "$log"
  mv "$server.new.$$" "$server"
}

find_go_server() { find_built_server "$1" go "Go module"; }
find_cargo_server() { find_built_server "$1" cargo crate; }

# install_crate FILE CRATE VERSION PROGRAM: builds a program of a crate, with the dependencies that its lock file names.
install_crate() {
  local root
  root=$(mktemp -d "$1.XXXXXX")
  cargo install --locked --no-track --root "$root" --version "$3" --bin "$4" "$2" &&
    mv "$root/bin/$4" "$1" && rm -r "$root"
}

usage() {
  cat <<END
usage: scripts/registries/$name start|stop|url|access|version|status|gc [--delete-untagged] [--dir DIR]

  start     starts the registry in the background and prints its URL; does nothing but that if it runs already
  stop      ends it and removes its data
  url       prints http://127.0.0.1:PORT
  access    prints the file with the credentials, for --registry-config; nothing where none are needed
  version   prints the version of its program
  status    says whether it runs
  gc        runs its garbage collector, for --gc-hook; with --delete-untagged what has no tag goes too
  --dir     folder of this instance (default: $dir)

Exit codes: 0 done, 1 not running (url, access, status, gc), 2 wrong usage or failure, 3 the program is not available here
here, or has no collector.
END
}

# born PID: the moment the process started, so that a pid used again is not taken for ours; empty if there is none or if
# it has ended and only waits to be reaped (in a container without an init, forever).
born() {
  local line
  line=$(cat "/proc/$1/stat" 2>/dev/null) || return 0
  awk '$1 != "Z" { print $20 }' <<<"${line##*) }"
}

# running: whether our process lives; sets pid.
running() {
  local moment
  [ -r "$dir/pid" ] && read -r pid moment <"$dir/pid" && [ -n "$moment" ] && [ "$(born "$pid")" = "$moment" ]
}

# listening_port PID: the TCP port on 127.0.0.1 the process listens on; empty if none yet.
listening_port() {
  local link inode
  for link in "/proc/$1/fd"/*; do
    inode=$(readlink "$link" 2>/dev/null) || continue
    [[ $inode == socket:* ]] || continue
    inode=${inode//[!0-9]/}
    awk -v inode="$inode" '$4 == "0A" && $10 == inode && $2 ~ /^0100007F:/ { print substr($2, 10) }' /proc/net/tcp
  done | while read -r hex; do printf '%d\n' "0x$hex"; done | head -n 1
}

# free_port: one that nothing listens on, for a program that refuses port 0. It lies below those that the kernel gives
# to connections, so that only another server could take it; then the program ends and start says so.
free_port() {
  local port
  while port=$((RANDOM % 12000 + 20000)); do
    grep -qsE "^ *[0-9]+: [0-9A-F]+:$(printf %04X "$port") " /proc/net/tcp /proc/net/tcp6 || break
  done
  printf '%s\n' "$port"
}

# answers PORT: whether GET /v2/ returns 200 or 401.
answers() {
  local status
  status=$( (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'GET /v2/ HTTP/1.0\r\nHost: 127.0.0.1:%s\r\n\r\n' "$1" >&3
    head -n 1 <&3
  ) 2>/dev/null) || return 1
  [[ $status == HTTP/1.?\ 200* || $status == HTTP/1.?\ 401* ]]
}

# end_server PID: SIGTERM, SIGKILL after five seconds; returns when the process is gone.
end_server() {
  local tries=0 moment
  moment=$(born "$1")
  [ -n "$moment" ] || return 0
  kill "$1" 2>/dev/null || true
  while [ "$(born "$1")" = "$moment" ]; do
    tries=$((tries + 1))
    [ "$tries" -ne 50 ] || kill -KILL "$1" 2>/dev/null || true
    [ "$tries" -lt 100 ] || die 2 "process $1 does not end"
    sleep 0.1
  done
}

# remove_state: only what start made; a folder given with --dir may hold other things.
remove_state() {
  rm -rf "$dir/data" "$dir/pid" "$dir/url" "$dir/log" "$dir/config.yml" "$dir/config.json"
  [ ! -d "$dir" ] || rmdir --ignore-fail-on-non-empty "$dir"
}

start() {
  find_server
  if running; then
    cat "$dir/url"
    return
  fi
  mkdir -p "$dir" || die 2 "cannot make the folder $dir"
  dir=$(cd "$dir" && pwd)
  remove_state
  mkdir -p "$dir/data"
  server_command
  # setsid: a Ctrl-C meant for the caller does not reach the registry.
  setsid "${command[@]}" >"$dir/log" 2>&1 </dev/null &
  local pid=$! port tries=0
  local moment
  moment=$(born "$pid")
  printf '%s %s\n' "$pid" "$moment" >"$dir/pid"
  until port=$(listening_port "$pid") && [ -n "$port" ] && answers "$port"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 150 ] || [ -z "$moment" ] || [ "$(born "$pid")" != "$moment" ]; then
      say "it did not come up; the end of its log:"
      tail -n 20 "$dir/log" >&2
      end_server "$pid"
      remove_state
      exit 2
    fi
    sleep 0.1
  done
  if declare -F server_access >/dev/null; then server_access "127.0.0.1:$port" >"$dir/config.json"; fi
  printf 'http://127.0.0.1:%s\n' "$port" | tee "$dir/url"
}

registry_main() {
  local action=${1-}
  # shellcheck disable=SC2034  # for server_collect
  untagged=
  [ $# -eq 0 ] || shift
  while [ $# -gt 0 ]; do
    case $1 in
      --dir)
        [ -n "${2-}" ] || die 2 "--dir needs a folder"
        dir=$2
        shift 2
        ;;
      --delete-untagged)
        [ "$action" = gc ] || die 2 "--delete-untagged is of gc alone"
        # shellcheck disable=SC2034
        untagged=yes
        shift
        ;;
      *) die 2 "unknown argument '$1'; see scripts/registries/$name --help" ;;
    esac
  done
  case $action in
    start) start ;;
    stop)
      if running; then end_server "$pid"; fi
      remove_state
      ;;
    url)
      running || die 1 "not running"
      cat "$dir/url"
      ;;
    access)
      running || die 1 "not running"
      [ ! -f "$dir/config.json" ] || printf '%s\n' "$dir/config.json"
      ;;
    gc)
      declare -F server_collect >/dev/null || die 3 "this registry has no garbage collector to call"
      running || die 1 "not running"
      find_server
      server_collect
      ;;
    version)
      find_server
      server_version
      ;;
    status)
      running || { echo "not running" && exit 1; }
      echo "running, process $pid, $(cat "$dir/url")"
      ;;
    -h | --help | help) usage ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
}
