#!/usr/bin/env bash
# Opens the page of an exploration in headless Chromium and asserts what a reader gets to see, and that the page is
# never wider than the window.
#
# usage: exploration_browser_test.sh MAKE_SAMPLE     a program that writes the page of the sample exploration, and that of
#                                                    what differs in it, to the two paths given
# Exit codes: 0 shown as it should be, 1 not, 77 Chromium is not installed.
set -euo pipefail

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ]; then
  echo "no chromium here: skipped" >&2
  exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" "$folder/whole.html" "$folder/changes.html"
failures=0

# show FRAGMENT [SCRIPT]: the document after its scripts ran, and SCRIPT after them, in $folder/seen.
show() {
  local script
  script=$(tr '\n' ' ' <<<"${2:-}" | sed 's/[&|\\]/\\&/g')
  sed "s|^</body>\$|<script>$script</script></body>|" "$folder/whole.html" >"$folder/page.html"
  HOME=$folder timeout 60 "$chromium" --headless --no-sandbox --disable-gpu --virtual-time-budget=5000 \
    --user-data-dir="$folder/profile" --dump-dom "file://$folder/page.html$1" >"$folder/dom" 2>"$folder/log" || {
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
expect "the title names the registries" '<title>What registries do: ours, http://theirs\.example</title>'
expect "the questions come first" '<h2>What happens to signatures when the image is deleted, or garbage is collected\?</h2>'
expect "each registry has a sentence" 'Signatures stay when their image is deleted, and its list still shows them\.'
expect "code in it is code" '<code><span class="value" dir="auto">artifactType</span></code>'
expect "what was not asked says why" '<span class="value" dir="auto">\-\-signer-username</span>'
expect "all rows are counted" 'Showing all 9 rows'
expect "what differs is marked in words" '<span class="tag mark">differs</span>'
expect "classes have words" '<span class="words">the referrers stay, and are listed</span>'
expect "markup shows as text" '&lt;script&gt;alert\(1\)&lt;/script&gt;'
expect "a character that turns the direction shows as its code" '<span class="char">U\+202E</span>'
expect "contradictions are there" 'Where editions contradict each other'
expect "what is left behind is told" 'referee/r1-1: 2 manifests'
refuse "nothing of it is markup" '<script>alert|<img|onerror'
refuse "nothing unfolds by itself" 'class="evidence"'
refuse "no stars or backticks are raw" '\*\*|`'

show "#text=plus&differences=only"
expect "filters come from the address" 'Showing 1 of 9 rows'
show "#text=nothing+is+like+this"
expect "an empty choice is told" 'Showing 0 of 9 rows: nothing is like that'
show "#edition=oras-rc.2"
expect "editions are chosen" 'Showing 1 of 9 rows'

clicks='const press = (selector) => document.querySelector(selector).click();
  press("#legend summary"); press(".conflict summary"); press(".cases summary"); press("#differences");
  press("tr.differs:not([hidden]) .answer[aria-expanded=false]");
  for (const row of data.rows) if (row.spec === "oci-1.1.1" && row.probe.endsWith("subject-untagged")) row.buttons[0].click();
  setTimeout(() => { press(".exchange summary"); }, 100);
  setTimeout(() => { document.body.append(el("output", {}, "address " + location.hash)); }, 300);'
show "" "$clicks"
expect "a click leaves the differences" 'Showing 5 of 9 rows'
expect "the address follows" 'address #differences=only'
expect "a click unfolds the evidence" '<div class="evidence">'
expect "it says what the class means" '<dd>the referrers stay, and are listed</dd>'
expect "an exchange that was repeated is there once" 'asked 3 times with the same answer'
expect "it unfolds, with its body" 'Body: 16 bytes; JSON, indented for reading\. <code><span class="value" dir="auto">sha256:1<'
expect "a header from the registry is text" '<span class="header-name"><span class="value" dir="auto">X-Hostile'
expect "the legend unfolds" 'the registry lacks what the question is about'
expect "the collector'\''s cases unfold" 'untagged on a tagged subject'
expect "a contradiction unfolds" 'What editions demand'
refuse "nothing of it is markup" '<script>alert|<img'

# As wide as a window and as a phone, with everything unfolded. A headless window cannot be as narrow as a phone, but a
# frame can, which says by a message what it found.
unfold='document.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  data.rows.forEach((row) => row.buttons.find(Boolean).click());
  setTimeout(() => { document.querySelectorAll(".exchange").forEach((fold) => { fold.open = true; }); }, 100);
  setTimeout(() => { const page = document.documentElement; parent.postMessage(
    (page.scrollWidth > page.clientWidth ? "too wide: " + page.scrollWidth : "fits") + " " + innerWidth, "*"); }, 400);'
show "" "$unfold"
cp "$folder/page.html" "$folder/unfolded.html"
for width in 390 1280; do
  cat >"$folder/whole.html" <<FRAME
<!DOCTYPE html><html><body><iframe src="unfolded.html" style="width: ${width}px; height: 800px; border: 0"></iframe>
<script>addEventListener("message", (event) => { document.body.append("the page " + event.data); });</script>
</body>
</html>
FRAME
  show ""
  expect "the page is no wider than $width" "the page fits $width"
done

cp "$folder/changes.html" "$folder/whole.html"
show ""
expect "the changes come to their end" 'data-ready="yes"'
expect "they have their parts" '<h2>Answers differently \(6\)</h2>'
expect "the last answer stands out" '<span class="mono now"><span class="value" dir="auto">CASCADE-NOW</span></span>'
expect "what is asked is told" 'Subject deleted by digest'
expect "markup shows as text" '&lt;script&gt;alert\(1\)&lt;/script&gt;'
refuse "nothing of it is markup" '<script>alert|<img'

exit $((failures > 0))
