#include "reports/testing/sample_exploration.h"

#include "harness/spec/literals/probes.h"
#include "reports/exploration/exploration_json.h"

namespace referee::reports {
namespace {

using spec::Edition;

using namespace spec::literals;  // NOLINT(google-build-using-namespace)

constexpr auto kHostile = "<script>alert(1)</script>\x1b[31m\u202e";

engine::ProbeResult answered(spec::ProbeId id, Edition edition, const std::string& text,
                             const std::string& detail = "seen") {
  return {.probe = id, .edition = edition, .answer = text, .detail = detail, .started = {}, .exchanges = {}};
}

http::Exchange list_of(const std::string& base, std::uint64_t sequence, const std::string& body) {
  http::Exchange exchange;
  exchange.sequence = sequence;
  exchange.request = {.method = "GET", .url = base + "/v2/a/referrers/sha256:0", .headers = {}, .body_digest = {}};
  exchange.response = http::RecordedResponse{};
  exchange.response->status = 200;
  exchange.response->headers.push_back({"X-Hostile", kHostile});
  exchange.response->body_digest = body;
  return exchange;
}

engine::Exploration explored(const std::string& name, const std::string& url) {
  engine::Exploration seen;
  seen.target_name = name;
  seen.target_url = url;
  seen.run_id = "r1";
  seen.started = http::WallTime(std::chrono::sys_days(std::chrono::year(2026) / 11 / 29));
  seen.seconds = 12;
  seen.editions = {Edition::kOrasRc2, Edition::kOci111};
  seen.capabilities["deletion of tags"] = {"offered"};
  seen.bodies["sha256:1"] = {.bytes = R"({"manifests":[]})", .size = 16};
  return seen;
}

}  // namespace

Results sample_exploration() {
  auto ours = explored("ours", "http://ours.example:5000");
  ours.observations = {
      answered("probe.repo.cosign-style-separate"_probe, Edition::kOci111, "WORKS"),
      answered("probe.repo.permissions-split"_probe, Edition::kOci111,
               "signer: image 401, signatures ACCEPT, list 401; anonymous: image 401, signatures 401, list 401"),
      answered("probe.delete.subject-untagged"_probe, Edition::kOrasRc2, "CASCADE-NOW"),
      answered("probe.delete.subject-untagged"_probe, Edition::kOci111, "KEEP+LISTED", kHostile),
      answered(
          "probe.gc.signatures"_probe, Edition::kOci111,
          "1 kept; 1 gone; 1 kept, unlisted; 1 DELETE refused: 405; 1 gone (before too)",
          "tagged on a tagged subject: kept\nuntagged on a tagged subject: gone\ntagged on an absent subject: kept, "
          "unlisted\non a deleted subject: DELETE refused: 405\nmounted: gone (before too)"),
      answered("probe.filter.no-match"_probe, Edition::kOci111, "200-EMPTY+HEADER"),
      answered("probe.filter.plus"_probe, Edition::kOci111, "PLUS-LITERAL: %2B; PLUS-IS-SPACE: raw"),
      answered("probe.page.default-size"_probe, Edition::kOci111, "10"),
      answered("probe.order.default"_probe, Edition::kOci111, "DIGEST")};
  for (int i = 0; i < 3; ++i) ours.observations[3].exchanges.push_back(list_of(ours.target_url, 7 + i, "sha256:1"));
  ours.leftovers = {"referee/r1-1: 2 manifests"};
  auto theirs = explored("", "http://theirs.example");
  theirs.observations = ours.observations;
  theirs.observations[0].answer = "NEEDS-SUBJECT-COPY";
  theirs.observations[1].reply = engine::Reply::kNeeds;
  theirs.observations[1].answer = "needs --signer-username";
  theirs.observations[3] = answered("probe.delete.subject-untagged"_probe, Edition::kOci111, "CASCADE-NOW", kHostile);
  theirs.observations[4].detail = "tagged on a tagged subject: kept\nuntagged on a tagged subject: kept";
  theirs.observations[4].answer = "2 kept";
  theirs.observations[5].answer = "200-FULL";
  theirs.observations[6].answer = kHostile;
  return exploration_json({ours, theirs}, {.version = "0.1.0", .commit = "abcdef0"});
}

}  // namespace referee::reports
