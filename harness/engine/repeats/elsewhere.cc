#include "harness/engine/repeats/elsewhere.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "harness/engine/detection/small_content.h"
#include "harness/engine/repeats/control.h"
#include "harness/engine/repeats/sha512.h"

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

bool is_by_tag(const http::Exchange& push) {
  const auto& url = push.request.url;
  return url.find(':', url.rfind('/')) == std::string::npos;
}

// Whether a tag that was pushed is gone: some registries keep only so many of a repository, and the manifests with
// them.
bool loses_tags(const std::vector<const http::Exchange*>& pushes, Session& session) {
  return std::ranges::any_of(pushes, [&](const http::Exchange* push) {
    if (!is_by_tag(*push) || !push->response || push->response->status != 201) return false;
    const auto answer = session.client().send({.method = "HEAD", .url = push->request.url});
    return answer.status == 404;
  });
}

bool is_refusal(const http::Exchange& push) { return push.response && push.response->status / 100 == 4; }

std::vector<const http::Exchange*> pushes_among(std::span<const http::Exchange> exchanges) {
  std::vector<const http::Exchange*> pushes;
  for (const auto& one : exchanges) {
    const bool manifest = one.request.url.find("/manifests/") != std::string::npos;
    if (manifest && one.request.method == "PUT") pushes.push_back(&one);
  }
  return pushes;
}

const char* subjects_in(oci::Guise guise) {
  switch (guise) {
    case oci::Guise::kIndex:
      return "subjects that are indexes";
    case oci::Guise::kDocker:
      return "subjects that are Docker manifests";
    case oci::Guise::kReferrer:
      return "subjects that are referrers themselves";
    case oci::Guise::kSha512:
      return "subjects under their SHA-512";
    default:
      return "manifests pushed and pulled by tag";
  }
}

}  // namespace

std::vector<oci::Guise> guises_of(const Check& check, const std::vector<Check>& all) {
  static constexpr oci::Guise kGuises[] = {oci::Guise::kIndex, oci::Guise::kDocker, oci::Guise::kReferrer,
                                           oci::Guise::kTagged, oci::Guise::kSha512};
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

bool fits(oci::Guise guise, std::span<const http::Exchange> exchanges) {
  const auto deletes = [](const http::Exchange& one) { return one.request.method == "DELETE"; };
  const auto pushes_by_tag = [](const http::Exchange* push) { return is_by_tag(*push); };
  if (guise == oci::Guise::kTagged) return std::ranges::none_of(exchanges, deletes);
  return guise != oci::Guise::kSha512 || std::ranges::none_of(pushes_among(exchanges), pushes_by_tag);
}

bool is_known(oci::Guise guise, Session& session) {
  // Tags in a repository of somebody else may push their tags out.
  if (guise == oci::Guise::kTagged) return session.settings().existing_repos.empty();
  if (guise != oci::Guise::kSha512) return true;
  session.move(guise, session.below() + "-asked");
  return lists_under_sha512(session);
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

bool refuses_content(std::span<const http::Exchange> before, std::span<const http::Exchange> again, Session& session) {
  const auto first = pushes_among(before);
  const auto second = pushes_among(again);
  for (std::size_t i = 0; i < second.size(); ++i) {
    const bool as_before = second[i]->response && i < first.size() && first[i]->response &&
                           first[i]->response->status == second[i]->response->status;
    if (is_refusal(*second[i]) && !as_before && refuses_control(*second[i], session)) return true;
  }
  return session.guise() == oci::Guise::kTagged && loses_tags(second, session);
}

std::string surroundings_of(const Session& session) {
  return fmt::format(
      "the check passed in a fresh repository with subjects that are images; this came with {} and with long "
      "annotations, in a repository in which something was pushed again and deleted",
      subjects_in(session.guise()));
}

}  // namespace referee::engine
