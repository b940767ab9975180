// What the ORAS checks of long lists share: several artifacts on one subject, and the wait until all are listed.
//
//   const auto subject = push(image());
//   const auto sboms = push_each(batch(5, {artifact(kOrasSbom)}, subject));
//   const auto listing = settled(subject, sboms);
#pragma once

#include <vector>

#include "harness/http/syntax/url.h"
#include "suites/suite.h"

namespace referee::suites {

class OrasLists : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  struct Batch {
    Pushed subject;
    std::vector<Pushed> artifacts;
  };

  /// Two artifacts of one type between three of another.
  struct Mixture {
    Pushed subject;
    std::vector<Pushed> sboms;
    std::vector<Pushed> all;
  };

  std::vector<Pushed> push_each(const std::vector<Document>& recipes) const {
    std::vector<Pushed> pushed;
    for (const auto& recipe : recipes) pushed.push_back(push(recipe));
    return pushed;
  }

  /// The whole list as soon as it holds exactly those artifacts; the check is blocked if it never does.
  Listing settled(const Pushed& subject, const std::vector<Pushed>& artifacts) const {
    auto listing = eventually([&] { return list_all(subject); }, ListsExactlyEach(artifacts));
    GIVEN_THAT(listing, ListsExactlyEach(artifacts));
    return listing;
  }

  /// A fresh subject with that many undated artifacts, all listed.
  Batch push_batch(std::size_t count) const {
    Batch pushed{push(image()), {}};
    pushed.artifacts = push_each(batch(count, {artifact(kOrasSbom)}, pushed.subject));
    settled(pushed.subject, pushed.artifacts);
    return pushed;
  }

  Mixture push_mixture() const {
    Mixture mixture{push(image()), {}, {}};
    for (const auto& type : {kOrasSignature, kOrasSbom, kOrasSignature, kOrasSbom, kOrasSignature}) {
      mixture.all.push_back(push(artifact(type).refers_to(mixture.subject)));
      if (type == kOrasSbom) mixture.sboms.push_back(mixture.all.back());
    }
    settled(mixture.subject, mixture.all);
    return mixture;
  }

  /// What makes lists come in pages here, and how many artifacts it takes for three of them.
  struct Pages {
    std::string query;
    std::size_t artifacts;
    bool found;  // false: no list that was tried came in pages

    /// The same with a filter.
    std::string filtered_by(const std::string& type) const {
      return query + (query.empty() ? "" : "&") + "artifactType=" + http::percent_encode(type);
    }
  };
  /// Registries have their own least and greatest sizes, so that it is looked for with more and more artifacts, once in
  /// a run.
  Pages pages() const;

  Page first_page(const Pushed& subject, const std::string& query) const {
    return list_referrers(subject.digest().text(), subject.repository, query);
  }
  Listing walk(const Pushed& subject, const std::string& query) const {
    return list_all(subject.digest(), subject.repository, query);
  }
};

}  // namespace referee::suites
