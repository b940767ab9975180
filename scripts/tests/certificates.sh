# Authorities and certificates that live for one test, in the present folder. Sourced.
# shellcheck shell=bash

# authority NAME: NAME.pem and NAME.key.
authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$1.key" -out "$1.pem" -days 365 \
    -subj "/CN=Referee test authority $1" -addext basicConstraints=critical,CA:TRUE 2>/dev/null
}

# certificate AUTHORITY NAME DAYS ALTERNATIVE-NAMES: NAME.pem and NAME.key; with fewer than no days it has expired.
certificate() {
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$2.key" -out "$2.csr" \
    -subj "/CN=$2" 2>/dev/null
  openssl x509 -req -in "$2.csr" -CA "$1.pem" -CAkey "$1.key" -CAcreateserial -days "$3" -out "$2.pem" \
    -extfile <(printf 'subjectAltName=%s\n' "$4") 2>/dev/null
}
