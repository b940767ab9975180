#include "harness/engine/repeats/elsewhere.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>

#include "harness/engine/detection/small_content.h"
#include "harness/oci/digest.h"
#include "harness/oci/json.h"
#include "harness/oci/names.h"

namespace referee::engine {
namespace {

constexpr std::string_view kDeep = "/deep/er__and/odd-er.still";
constexpr std::string_view kPlain = "-elsewhere";  // where the target takes no such names

class Past : public Conversation {
 public:
  using Conversation::Conversation;

  /// Gives the repository a past; false if nothing can be pushed there.
  bool make_one() const {
    if (!takes_a_blob()) return false;
    const auto image = [](Session& session) { return small_image(session); };
    for (const auto make : {+small_index, +image}) {
      if (!pushes(make(session()))) continue;
      change(make(session()), make(session()));
      return true;
    }
    return false;
  }

 private:
  // Some registries take uploads only to repositories that someone made before. No check needs this blob: it may go
  // with the deletion that follows, since no manifest names it.
  bool takes_a_blob() const {
    try {
      push_blob(oci::Blob::of("application/octet-stream", session().fresh_nonce()), repository());
      return true;
    } catch (const PremiseBroken&) {
      return false;
    }
  }

  bool pushes(const oci::Content& content) const {
    try {
      return put(content).status == 201;
    } catch (const PremiseBroken&) {
      return false;
    }
  }

  // A push again, a tag that moves, a deletion.
  void change(const oci::Content& first, const oci::Content& second) const {
    const auto where = repository();
    const auto tag = tag_named("moved");
    try {
      put(first);
      put(first, {.in = where, .tag = tag});
      put(second, {.in = where, .tag = tag});
      // Not by the verb: it would make each blob that the check pushes from now on doubtful.
      send({.method = "DELETE", .url = url("/v2/" + where.name + "/manifests/" + second.manifest.digest.text())});
    } catch (const PremiseBroken&) {  // a past without deletions, or with fewer of them
    }
  }
};

// The manifest of a refused push, pushed again without its subject.
class Control : public Conversation {
 public:
  using Conversation::Conversation;

  /// Whether the exchange is a push that was refused, and the control is refused too.
  bool is_refused(const http::Exchange& push) const {
    const auto& request = push.request;
    const bool refused = push.response && push.response->status / 100 == 4;
    const auto end = request.url.find("/manifests/");
    if (request.method != "PUT" || !refused || end == std::string::npos) return false;
    const auto body = session().bodies().find(request.body_digest);
    const auto document = body && !body->capped ? oci::read_json(body->bytes).value : nullptr;
    if (!document || !document->is_object()) return false;
    auto rest = *document;
    rest.erase("subject");
    const auto type = http::Headers(request.headers).get("Content-Type").value_or("");
    const auto manifest = oci::Manifest::of(type, oci::dump_json(rest));
    const auto begin = request.url.find("/v2/") + 4;
    const Repository where{request.url.substr(begin, end - begin)};
    return put_manifest(manifest, manifest.digest, where).status / 100 != 2;
  }
};

}  // namespace

std::vector<oci::Guise> guises_of(const Check& check, const std::vector<Check>& all) {
  static constexpr oci::Guise kGuises[] = {oci::Guise::kIndex, oci::Guise::kDocker, oci::Guise::kReferrer};
  constexpr std::size_t kKinds = std::size(kGuises);
  std::uint32_t turn = 2166136261U;  // FNV-1a
  for (const char c : check.requirement.text()) turn = (turn ^ static_cast<unsigned char>(c)) * 16777619U;
  std::size_t before = 0;
  std::size_t sharing = 1;
  for (const auto& other : all) {
    if (other.requirement != check.requirement || other.id() == check.id() || !can_be_repeated(other)) continue;
    ++sharing;
    if (other.id() < check.id()) ++before;
  }
  std::vector<oci::Guise> guises;
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    const bool first = kind == before % kKinds;
    if (first || (kind >= sharing && kind % sharing == before)) guises.push_back(kGuises[(turn + kind) % kKinds]);
  }
  return guises;
}

bool can_be_repeated(const Check& check) {
  const auto& traits = check.traits;
  return check.later == nullptr && !traits.whole_repository && !traits.long_running && !traits.heavy &&
         !traits.existing && !traits.exclusive && !traits.collects && !traits.walk;
}

bool move_elsewhere(Session& session, oci::Guise guise) {
  session.move(guise, kDeep);
  if (Past(session).make_one()) return true;
  session.move(guise, kPlain);
  return Past(session).make_one();
}

void move_further(Session& session, oci::Guise guise) {
  session.move(guise, session.below() + "-next");
  Past(session).make_one();
}

bool refuses_content(const std::vector<http::Exchange>& exchanges, Session& session) {
  const Control control(session);
  return std::ranges::any_of(exchanges, [&](const http::Exchange& one) { return control.is_refused(one); });
}

std::string surroundings_of(const Session& session) {
  const auto guise = session.guise();
  const char* kind = guise == oci::Guise::kIndex    ? "indexes"
                     : guise == oci::Guise::kDocker ? "Docker manifests"
                                                    : "referrers themselves";
  return fmt::format(
      "the check passed in a fresh repository with subjects that are images; this came with subjects that are {} and "
      "with long annotations, in a repository in which something was pushed again and deleted",
      kind);
}

}  // namespace referee::engine
