#!/usr/bin/env bash
# Opens a report in headless Chromium and asserts what a reader gets to see.
#
# usage: browser_test.sh MAKE_SAMPLE     a program that writes a results page of the sample run to the path given
# Exit codes: 0 shown as it should be, 1 not, 77 Chromium is not installed.
set -euo pipefail

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ]; then
  echo "no chromium here: skipped" >&2
  exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" "$folder/report.html"
failures=0

# show FRAGMENT: the document after its scripts ran, in $folder/dom.
show() {
  HOME=$folder timeout 60 "$chromium" --headless --no-sandbox --disable-gpu --virtual-time-budget=5000 \
    --user-data-dir="$folder/profile" --dump-dom "file://$folder/report.html$1" >"$folder/dom" 2>"$folder/log" || {
    echo "chromium failed:" >&2
    tail -5 "$folder/log" >&2
    exit 1
  }
  # The data element repeats every text; only what was made of it counts.
  sed -e 's|<script type="application/json".*</script>||' -e '/^<script>$/,/<\/script>/d' "$folder/dom" >"$folder/seen"
}

expect() { # expect WHAT PATTERN: an extended regular expression that what is shown must hold
  grep -qE -- "$2" "$folder/seen" || { echo "FAILED: $1: no $2" >&2 && failures=$((failures + 1)); }
}
refuse() {
  ! grep -qE -- "$2" "$folder/seen" || { echo "FAILED: $1: there is $2" >&2 && failures=$((failures + 1)); }
}

show ""
expect "the page came to its end" 'data-ready="yes"'
expect "the title has verdict and target" '<title>Not conformant: http://registry\.example:5000</title>'
expect "the verdict stands first" '<h1>Not conformant</h1>'
expect "capabilities are told" 'OCI referrers API'
expect "all checks are counted" 'Showing all 16 checks'
expect "every outcome has a word" '>Not run</span>'
expect "a failure is an attention point" 'href="#check=oci-1\.1\.1/Filtering\.Checkfailed"'
refuse "nothing unfolds by itself" 'class="detail"'
refuse "no script came out of the data" '<script>alert|<img|onerror'

show "#check=oci-1.1.1/Filtering.Checkfailed"
expect "the check unfolds" 'What the specification wants'
expect "markup shows as text" '&lt;script&gt;alert\(1\)&lt;/script&gt;'
expect "control characters show as codes" '<span class="char">U\+001B</span>'
expect "a character that turns the direction shows as its code" '<span class="char">U\+202E</span>'
expect "texts keep their direction to themselves" '<span class="value" dir="auto">'
expect "the section is linked" '<a href="https://github\.com/[^"]*" rel="noreferrer noopener">'
expect "the exchanges are there" '<h4>2 exchanges</h4>'
expect "the command is there" '\-\-filter Filtering\.Checkfailed --seed 7'
refuse "no script came out of the findings" '<script>alert|<img'

show "#outcome=failed,error&edition=oci-1.1.1&text=listing.check"
expect "filters come from the address" 'Showing 2 of 16 checks'
expect "the boxes say so" 'id="words"'

show "#text=nothing+is+like+this"
expect "an empty choice is told" 'Showing 0 of 16 checks: nothing is like that'

# What opens by itself of the last exchange takes a click of the test's; see below for a reader's.
cp "$folder/report.html" "$folder/whole.html"
sed -i 's|^</body>$|<script>document.querySelectorAll(".exchanges > summary").forEach((s) => s.click());</script></body>|' "$folder/report.html"
show "#check=oci-1.1.1/Listing.Checkfailed"
expect "a string of a megabyte is cut and says so" 'of 1000003 bytes'
expect "a header of 90 kB is cut and says so" 'of 90003 bytes'
expect "their markup is text" '&lt;b&gt;mmm'
expect "in headers too" '&lt;i&gt;kkk'
refuse "and nothing else" '<b>mmm|<i>kkk'
mv "$folder/whole.html" "$folder/report.html"

# A reader's clicks, by a script of the test's own at the page's end.
sed -i 's|^</body>$|<script>'"$(tr '\n' ' ' <<'CLICKS'
const press = (selector) => document.querySelector(selector).click();
press('input[name="outcome"][value="failed"]');
press('input[name="level"][value="SHOULD"], input[name="level"][value="MUST"], input[name="level"]');
press('.check:not([hidden]) summary');
setTimeout(() => {
  document.querySelectorAll('.exchanges > summary').forEach((summary) => summary.click());
  setTimeout(() => document.querySelector('.exchange:not([open]) > summary').click(), 100);
  setTimeout(() => document.querySelector('.attention a').click(), 150);
  setTimeout(() => { document.body.append(el("output", {id: "clicked"}, "address " + decodeURIComponent(location.hash))); }, 300);
}, 200);
CLICKS
)"'</script></body>|' "$folder/report.html"
show ""
expect "a click narrows" 'Showing 2 of 16 checks'
expect "the address follows" 'address #outcome=failed&amp;level=[A-Z]+&amp;check=oci-1\.1\.1/Filtering\.Check(error|failed)'
expect "a click unfolds the exchanges" '<h5>Response</h5>'
expect "a header from the registry is text" '<span class="header-name"><span class="value" dir="auto">X-Hostile'
expect "a long body is cut and says so" 'Body: 2\.0 MB; the first 4,000 bytes are shown'
refuse "nothing of it is markup" '<script>alert|<img'

exit $((failures > 0))
