// The fixed parts of a script of curl commands, for curl_script.cc only.
#pragma once

#include <array>
#include <string_view>

namespace referee::reports {

/// The headers that the script compares, in lower case; kScriptBegin names the same, in the same order.
inline constexpr std::array kComparedHeaders = {"content-type",          "oci-subject",      "oci-filters-applied",
                                                "docker-content-digest", "oras-api-version", "warning"};

inline constexpr std::string_view kScriptBegin = R"sh(#
# usage: REFEREE_URL=http://127.0.0.1:5000 sh SCRIPT
#   REFEREE_URL       the registry
#   REFEREE_REPO      what the names of its repositories begin with; fresh ones by default
#   REFEREE_USERNAME, REFEREE_PASSWORD   for the registry, or its token service
#   REFEREE_TOKEN     a bearer token instead
#   REFEREE_CURL      more options for curl, say: --insecure
# Ends with 0 if every answer is what Referee got, with 1 if one is not. The requests go one after the other, also
# where Referee sent them at the same time.
set -u
url=${REFEREE_URL:?names the registry, say http://127.0.0.1:5000}
url=${url%/}
repo=${REFEREE_REPO:-referee/again-$(date +%s)-$$}
# shellcheck disable=SC2034
repo_encoded=$(printf %s "$repo" | sed 's|/|%2F|g')
umask 077
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT

# Credentials go by a file that only curl reads, not by arguments that everybody on the machine could see.
quoted() { printf %s "$1" | sed 's/[\\"]/\\&/g'; }
if [ -n "${REFEREE_TOKEN-}" ]; then
  printf 'header = "Authorization: Bearer %s"\n' "$(quoted "$REFEREE_TOKEN")" >"$folder/config"
elif [ -n "${REFEREE_USERNAME-}" ]; then
  printf 'user = "%s:%s"\n' "$(quoted "$REFEREE_USERNAME")" "$(quoted "${REFEREE_PASSWORD-}")" >"$folder/config"
else
  : >"$folder/config"
fi
: >"$folder/nobody"
origin() { printf %s "$1" | sed 's|^\([A-Za-z]*://[^/?#]*\).*|\1|'; }
# The file of credentials for a request to that URL: those of the registry go to no other host, whoever names it.
config_for() {
  if [ "$(origin "$1")" = "$(origin "$url")" ]; then printf %s "$folder/config"; else printf %s "$folder/nobody"; fi
}
# What a terminal may show of a registry's bytes: no escape sequences.
shown() { LC_ALL=C tr -c '\11\12\40-\176' '?'; }

# The values of a header of answer N, one a line.
header() { tr -d '\r' <"$folder/$1.head" | sed -n "s/^$2: *\(.*[^ ]\) *$/\1/Ip"; }

# The reference as a URL, against that of request N.
resolved() {
  from=$(cat "$folder/$1.url")
  origin=$(origin "$from")
  path=${from%%\?*}
  case $2 in
    *://*) printf %s "$2" ;;
    //*) printf %s "${origin%%//*}$2" ;;
    /*) printf %s "$origin$2" ;;
    \?*) printf %s "$path$2" ;;
    *) printf %s "${path%/*}/$2" ;;
  esac
}
# The place that answer N names with a query added, whether it has one already or not.
location_with() {
  place=$(location "$1")
  case $place in
    *\?*) printf '%s&%s' "$place" "$2" ;;
    *) printf '%s?%s' "$place" "$2" ;;
  esac
}
location() { resolved "$1" "$(header "$1" location | head -n 1)"; }
next_page() { resolved "$1" "$(header "$1" link | sed -n 's/^.*<\([^>]*\)>[^<]*next.*$/\1/p' | head -n 1)"; }

# The answer N in the words that it is compared by; names of repositories in a list's body as they were.
answer() {
  printf %s "$2"
  for name in content-type oci-subject oci-filters-applied docker-content-digest oras-api-version warning; do
    values=$(header "$1" "$name" | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n/, /g')
    [ -z "$values" ] || printf ' %s=%s' "$name" "$values"
  done
  if [ "$2" = 200 ] && [ "$3" = GET ] && [ -s "$folder/$1.body" ]; then
    printf ' body=%s' "$(sed "s|$repo|$was|g" "$folder/$1.body" | sha256sum | cut -d ' ' -f 1)"
  fi
}

# ask CONFIG ARGUMENTS...: the status of the answer, whose head and body are kept.
ask() {
  config=$1
  shift
  # shellcheck disable=SC2086
  curl --silent --show-error --globoff --proto =http,https --max-time 60 --config "$config" --user-agent referee \
    --dump-header "$folder/$number.head" --output "$folder/$number.body" --write-out '%{http_code}' \
    ${REFEREE_CURL-} "$@"
}

# A token of the service that the challenge of answer N names; nothing where there is none.
token_for() {
  challenge=$(header "$1" www-authenticate | grep -i '^bearer ' | head -n 1)
  realm=$(printf %s "$challenge" | sed -n 's/.*realm="\([^"]*\)".*/\1/p')
  [ -n "$realm" ] || return 1
  # shellcheck disable=SC2086
  curl --silent --get --proto =http,https --max-time 60 --config "$folder/config" ${REFEREE_CURL-} "$realm" \
    --data-urlencode "service=$(printf %s "$challenge" | sed -n 's/.*service="\([^"]*\)".*/\1/p')" \
    --data-urlencode "scope=$(printf %s "$challenge" | sed -n 's/.*scope="\([^"]*\)".*/\1/p')" |
    sed -n 's/.*"\(access_\)\{0,1\}token" *: *"\([^"]*\)".*/\2/p'
}

# send N ANSWER METHOD URL OPTIONS...: asks, shows what comes, and says whether it is what came before.
others=0
send() {
  number=$1 expected=$2 method=$3 target=$4
  shift 4
  if [ "$method" = HEAD ]; then set -- --head "$@"; else set -- --request "$method" "$@"; fi
  printf %s "$target" >"$folder/$number.url"
  : >"$folder/$number.head"
  : >"$folder/$number.body"
  own=$(config_for "$target")
  status=$(ask "$own" "$@" "$target")
  if [ "$status" = 401 ] && [ "${expected%% *}" != 401 ] && [ "$own" != "$folder/nobody" ] &&
    token=$(token_for "$number") && [ -n "$token" ]; then
    printf 'header = "Authorization: Bearer %s"\n' "$(quoted "$token")" >"$folder/bearer"
    status=$(ask "$folder/bearer" "$@" "$target")
  fi
  [ "$method" != HEAD ] || : >"$folder/$number.body"
  printf '\n#%s %s %s\n' "$number" "$method" "$target" | shown
  tr -d '\r' <"$folder/$number.head" | shown | sed -e '/^$/d' -e 's/^/  < /'
  if [ -s "$folder/$number.body" ]; then head -c 2000 "$folder/$number.body" | shown | sed 's/^/  | /' && echo; fi
  came=$(answer "$number" "$status" "$method")
  if [ "$came" = "$expected" ]; then
    echo "  = as before"
  else
    printf '  ! another answer than before: %s\n                        it was: %s\n' "$came" "$expected" | shown
    others=$((others + 1))
  fi
}

)sh";

inline constexpr std::string_view kScriptEnd = R"sh(
if [ "$others" -gt 0 ]; then
  printf '\nAnswers that differ from the recorded ones: %s\n' "$others"
  exit 1
fi
printf '\nEvery answer is what it was: reproduced.\n'
)sh";

}  // namespace referee::reports
