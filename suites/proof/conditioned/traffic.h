// Made-up traffic for comparing two registries: pushes, deletions, lists and pulls of a few clients in a few
// repositories, the same for the same seed.
//
//   Traffic traffic(edition, seed);
//   for (Step step = traffic.first(); ...; step = traffic.next(answer)) ...
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "fixtures/registry/message.h"
#include "fixtures/registry/store/manifest.h"
#include "harness/spec/edition.h"

namespace referee::proof {

/// One thing that happens to a registry.
struct Step {
  enum class Kind { kRequests, kWait, kCollect, kSwitchOff, kSwitchOn };
  Kind kind = Kind::kRequests;
  std::vector<registry::Request> requests = {};  // several are sent at once
};

struct TrafficOptions {
  spec::Edition edition = spec::Edition::kOci111;
  bool users = false;     // with credentials of several users
  std::size_t crowd = 0;  // referrers that one subject has from the beginning
};

class Traffic {
 public:
  Traffic(const TrafficOptions& options, std::uint64_t seed);

  /// What is there before anything else: blobs, a subject, its crowd.
  std::vector<Step> opening();
  /// The next step, after the last answer of the honest registry, whose links are followed.
  Step next(const registry::Response& last);

 private:
  struct Stored {
    std::string repository;
    std::string digest;
    std::string bytes;
    std::string media_type;
  };

  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }
  bool one_in(std::size_t times) { return below(times) == 0; }
  template <typename Items>
  const auto& any_of(const Items& items) {
    return items[below(items.size())];
  }

  bool oras() const { return spec::family(options_.edition) == spec::Family::kOras; }
  std::string some_repository();
  std::string some_digest();
  registry::Json some_annotations();
  registry::Json some_layers();
  registry::Json some_document(std::string& media_type);
  registry::Json refer(registry::Json document, const std::string& media_type);
  std::string some_type();
  registry::Request request(std::string method, std::string target, std::string body = "",
                            const std::string& type = "");

  std::vector<Stored> favourites(const registry::Json& image) const;
  registry::Request put(const Stored& manifest, const std::string& reference);
  registry::Request push_new();
  registry::Request push_again();
  registry::Request push_refused();
  registry::Request push_pending();
  registry::Request push_blob(const std::string& repository, const std::string& bytes);
  std::vector<registry::Request> writes_together();
  registry::Request remove();
  registry::Request list();
  registry::Request pull();
  registry::Request other();

  TrafficOptions options_;
  std::mt19937_64 random_;
  std::vector<Stored> stored_;
  std::vector<Stored> pending_;  // subjects that were named and not pushed yet
  std::size_t favourites_ = 0;   // how many of the stored are there from the beginning and named most
  registry::Request last_;       // that reads, to be asked again
  int serial_ = 0;
  bool opened_ = false;
  bool off_ = false;
};

}  // namespace referee::proof
