#include "harness/engine/waiting/lateness.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "harness/engine/capabilities.h"
#include "harness/engine/conversation.h"
#include "harness/engine/detection/small_content.h"
#include "harness/http/syntax/url.h"

namespace referee::engine {
namespace {

using std::chrono::milliseconds;

constexpr int kAsksInARow = 3;  // of each kind: behind one name there may be several replicas
constexpr const char* kType = "application/vnd.example.lateness.v1";

/// One way of asking: whether it shows the write; nothing where the answer says neither.
using Look = std::function<std::optional<bool>()>;

struct Way {
  Look look;
  std::shared_ptr<std::string> saw = nullptr;  // the sight of the last look; null where waits have no use for it
  bool shows = false;
  bool decides = true;
  milliseconds since{0};  // when it began to show the write
};

// Asks again in each way; whether all that decide show the write.
bool look_at_all(std::vector<Way>& ways, milliseconds elapsed) {
  bool all = true;
  for (auto& way : ways) {
    bool shows = true;
    for (int i = 0; i < kAsksInARow && way.decides && shows; ++i) {
      const auto seen = way.look();
      way.decides = seen.has_value();
      shows = seen.value_or(false);
    }
    if (!way.decides) continue;
    if (shows && !way.shows) way.since = elapsed;
    way.shows = shows;
    all = all && shows;
  }
  return all;
}

class Measurement : Conversation {
 public:
  Measurement(Session& session, const Capabilities& found) : Conversation(session), found_(found) {}

  void run() {
    const auto image = small_image(session());
    const auto subject = push(image, {.in = {}, .tag = tag_});
    const auto described = descriptor_of(subject.descriptor());
    std::vector<Pushed> referrers = {push(small_image(session(), {{"artifactType", kType}, {"subject", described}}))};
    if (const auto oras = oras_edition()) {
      const auto artifact = small_artifact(session(), dialect_of(*oras), kType, described);
      if (put(artifact).status == 201) referrers.push_back({artifact, repository(), "", {}});
    }
    note(Write::kPush, ways_to(subject, referrers, true));
    if (found_.of(Gate::kManifestDeletion, edition()).met) {
      for (const auto& referrer : referrers) remove(referrer);
      note(Write::kDeletion, ways_to(subject, referrers, false));
    }
    if (found_.of(Gate::kTagDeletion, edition()).met) {
      remove(tag_, repository());
      note(Write::kDeletion, {{.look = tagged(false)}, {.look = in_the_tags(false)}});
    }
    if (found_.of(Gate::kBlobDeletion, edition()).met) {
      const auto blob = oci::Blob::of("application/octet-stream", "shows late " + session().fresh_nonce());
      push_blob(blob);
      remove_blob(blob.digest, repository());
      note(Write::kDeletion, {{.look = status([this, blob] { return head_blob(blob.digest, repository()); }, false)}});
    }
  }

 private:
  const std::string tag_ = own_tag(session(), "lateness");

  // Several editions share a list path and differ in their artifacts: the one asked for by name is spoken.
  std::optional<spec::Edition> oras_edition() const {
    const auto newest = found_.newest_oras_edition();
    if (!newest) return std::nullopt;
    const auto& named = session().settings().named_editions;
    const auto spoken = std::ranges::find_if(named, [&](auto edition) {
      return spec::family(edition) == spec::Family::kOras && wire_of(edition) == wire_of(*newest);
    });
    return spoken == named.end() ? newest : *spoken;
  }

  void note(Write write, std::vector<Way> ways) const {
    Poll poll(session().client().clock(), session().settings().settle);
    while (!look_at_all(ways, poll.elapsed()) && poll.next()) {
    }
    milliseconds late{0};
    for (const auto& way : ways) {
      if (way.decides && way.shows) late = std::max(late, way.since);
    }
    found_.lateness().met(write, late);
    // What did not show in all that time has not to be waited for by each check.
    for (const auto& way : ways) {
      const bool never = write == Write::kPush && way.decides && !way.shows;
      if (!never || !way.saw || way.saw->empty()) continue;
      found_.waiting().never_helps(*way.saw);
      found_.waited_in_vain(*way.saw);
    }
  }

  // The reads after a push (`there`), or after the referrers were deleted.
  std::vector<Way> ways_to(const Pushed& subject, const std::vector<Pushed>& referrers, bool there) const {
    std::vector<Way> ways;
    for (const auto& referrer : referrers) {
      ways.push_back({.look = status([this, referrer] { return pull(referrer); }, there)});
      ways.push_back({.look = status([this, referrer] { return head(referrer); }, there)});
    }
    if (there) {
      ways.push_back({.look = tagged(true)});
      ways.push_back({.look = in_the_tags(true)});
      const auto digest = subject.content.blobs.front().digest;
      ways.push_back({.look = status([this, digest] { return head_blob(digest, repository()); }, true)});
      ways.push_back({.look = status([this, digest] { return pull_blob(digest, repository()); }, true)});
    }
    for (const char* filter : {"", kType}) {
      if (found_.of(Gate::kReferrers, spec::Edition::kOci111).met) {
        ways.push_back(listed(spec::Edition::kOci111, subject, referrers.front(), filter, there));
      }
      const auto oras = oras_edition();
      if (oras && referrers.size() > 1) {
        ways.push_back(listed(*oras, subject, referrers.back(), filter, there));
      }
    }
    return ways;
  }

  Look status(std::function<http::Response()> ask, bool there) const {
    return quietly([ask = std::move(ask), there]() -> std::optional<bool> {
      const int status = ask().status;
      if (status != 200 && status != 404 && status != 410) return std::nullopt;
      return (status == 200) == there;
    });
  }

  Look tagged(bool there) const {
    return status([this] { return pull(tag_, repository()); }, there);
  }

  Look in_the_tags(bool there) const {
    return quietly([this, there]() -> std::optional<bool> {
      const auto answer = tags(repository());
      const bool named = answer.body.find("\"" + tag_ + "\"") != std::string::npos;
      if ((answer.status != 200 && answer.status != 404) || answer.headers.has("Link")) return std::nullopt;
      return named == there;
    });
  }

  Way listed(spec::Edition edition, const Pushed& subject, const Pushed& referrer, const std::string& filter,
             bool there) const {
    auto saw = std::make_shared<std::string>();
    const auto query = filter.empty() ? "" : "artifactType=" + http::percent_encode(filter, "/");
    auto look = quietly([=, this]() -> std::optional<bool> {
      const auto where = list_url(edition, subject.digest().text(), repository(), query);
      const auto page = read_page(send({.method = "GET", .url = where, .headers = {}, .body = {}}),
                                  {"manifests", "referrers", "references"});
      *saw = sight_of(page).text;
      if (page.response.headers.has("Link")) return std::nullopt;
      if (page.response.status == 404) return !there;
      if (!page.readable) return std::nullopt;
      const auto digests = digests_of(page.entries);
      return (std::ranges::find(digests, referrer.digest().text()) != digests.end()) == there;
    });
    return {.look = std::move(look), .saw = std::move(saw)};
  }

  // What is inconclusive elsewhere is inconclusive here.
  static Look quietly(Look look) {
    return [look = std::move(look)]() -> std::optional<bool> {
      try {
        return look();
      } catch (const PremiseBroken&) {
        return std::nullopt;
      }
    };
  }

  const Capabilities& found_;
};

}  // namespace

void Lateness::met(Write write, milliseconds late) {
  const std::lock_guard lock(mutex_);
  auto& worst = write == Write::kPush ? pushes_ : deletions_;
  worst = std::max(worst, late);
}

milliseconds Lateness::worst(Write write) const {
  const std::lock_guard lock(mutex_);
  return write == Write::kPush ? pushes_ : deletions_;
}

milliseconds Lateness::worst() const {
  const std::lock_guard lock(mutex_);
  return std::max(pushes_, deletions_);
}

milliseconds Lateness::pause_after(Write write) const {
  const auto late = worst(write);
  return late.count() == 0 ? late : late + late / 4 + milliseconds(20);
}

void measure_lateness(Session& session, const Capabilities& found) {
  try {
    Measurement(session, found).run();
  } catch (const PremiseBroken&) {
    // What cannot be pushed shows nothing; why it cannot, the checks say.
  }
}

}  // namespace referee::engine
