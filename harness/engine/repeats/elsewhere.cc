#include "harness/engine/repeats/elsewhere.h"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string_view>

#include "harness/engine/detection/small_content.h"
#include "harness/oci/names.h"

namespace referee::engine {
namespace {

constexpr std::string_view kDeep = "/deep/er__and/odd-er.still";
constexpr std::string_view kPlain = "-elsewhere";  // where the target takes no such names

// An index of nothing, which names no blobs.
oci::Content small_index(Session& session) {
  const nlohmann::ordered_json index = {{"schemaVersion", 2},
                                        {"mediaType", oci::kImageIndex},
                                        {"manifests", nlohmann::ordered_json::array()},
                                        {"annotations", {{"org.example.nonce", session.fresh_nonce()}}}};
  return {oci::Manifest::of(std::string(oci::kImageIndex), index.dump()), {}, {}, {}};
}

class Past : public Conversation {
 public:
  using Conversation::Conversation;

  /// Gives the repository a past; false if nothing can be pushed there.
  bool make_one() const {
    if (!takes_a_blob()) return false;
    if (pushes(small_index(session()))) return happens([](Session& session) { return small_index(session); });
    if (!pushes(small_image(session()))) return false;
    return happens([](Session& session) { return small_image(session); });
  }

 private:
  // Some registries take uploads to repositories alone that somebody made before. The check may need the blob anyway.
  bool takes_a_blob() const {
    try {
      push_blob(oci::Blob::of(std::string(oci::kEmptyType), std::string(oci::kEmptyBytes)), repository());
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

  template <typename Make>
  bool happens(Make make) const {
    const auto where = repository();
    const auto first = make(session());
    const auto second = make(session());
    const auto tag = tag_named("moved");
    try {
      put(first);
      put(first, {.in = where, .tag = tag});
      put(second, {.in = where, .tag = tag});
      // Not by the verb: it would make each blob that the check pushes from now on doubtful.
      send({.method = "DELETE", .url = url("/v2/" + where.name + "/manifests/" + second.manifest.digest.text())});
    } catch (const PremiseBroken&) {  // a past without deletions, or with fewer of them
    }
    return true;
  }
};

}  // namespace

oci::Guise guise_of(const Check& check, const std::vector<Check>& all) {
  static constexpr oci::Guise kGuises[] = {oci::Guise::kIndex, oci::Guise::kDocker, oci::Guise::kReferrer};
  std::uint32_t turn = 2166136261U;  // FNV-1a
  for (const char c : check.requirement.text()) turn = (turn ^ static_cast<unsigned char>(c)) * 16777619U;
  for (const auto& other : all) {
    if (other.requirement == check.requirement && other.id() < check.id()) ++turn;
  }
  return kGuises[turn % std::size(kGuises)];
}

bool can_be_repeated(const Check& check) {
  const auto& traits = check.traits;
  return check.later == nullptr && !traits.whole_repository && !traits.long_running && !traits.heavy &&
         !traits.existing && !traits.exclusive && !traits.collects && !traits.walk;
}

void move_elsewhere(const Check& check, Session& session) {
  const auto guise = guise_of(check, all_checks());
  session.move(guise, kDeep);
  if (Past(session).make_one()) return;
  session.move(guise, kPlain);
  Past(session).make_one();
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
