// What the suites about listing referrers share: waiting until an entry shows, and matchers on members of JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fixtures/content/rare.h"
#include "harness/oci/json.h"
#include "suites/suite.h"

namespace referee::suites {

inline std::string json_text(const engine::Entry& entry) { return entry.raw ? oci::dump_json(*entry.raw) : "nothing"; }
inline const nlohmann::json* json_of(const engine::Entry& entry) { return entry.raw.get(); }
inline const nlohmann::json* json_of(const Page& page) { return page.body.get(); }

/// The member of that name, or null if it is absent or there is no object.
template <typename Source>
const nlohmann::json* member_of(const Source& source, const std::string& name) {
  const auto* json = json_of(source);
  if (json == nullptr || !json->is_object()) return nullptr;
  const auto found = json->find(name);
  return found == json->end() ? nullptr : &*found;
}

/// The entry, or the body of the page, has a member of that name.
MATCHER_P(HasKey, name, std::string(negation ? "has no member `" : "has a member `") + name + "`") {
  const auto* member = member_of(arg, name);
  *result_listener << (member == nullptr ? "which has none" : "which is " + oci::dump_json(*member));
  return member != nullptr;
}

/// It has a member of that name and of that value.
MATCHER_P2(HasMember, name, value,
           std::string(negation ? "does not have the member `" : "has the member `") + name +
               "`: " + oci::dump_json(nlohmann::json(value))) {
  const auto* member = member_of(arg, name);
  *result_listener << (member == nullptr ? "which has none" : "which is " + oci::dump_json(*member));
  return member != nullptr && *member == nlohmann::json(value);
}

/// The base of checks on lists. Its verbs carry premises.
class ListingReferrers : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  static constexpr int kLooksInARow = 3;

  /// The whole list as soon as all those referrers are in it; blocked if they do not come or the list is unreadable.
  template <typename... Referrers>
  Listing settled(const Pushed& subject, const Referrers&... referrers) const {
    const auto complete = ListsAll(std::vector<std::string>{match::internal::digest_text(referrers)...});
    auto listing = eventually([&] { return referrers_of(subject); }, complete);
    GIVEN_THAT(listing, complete);
    return listing;
  }

  /// What is pushed where it is taken; skipped where it is refused, as registries do that bound what is long or many.
  Pushed push_if_taken(const Document& document) const {
    const auto content = make(document);
    APPLIES_IF(put(content, {}, Tolerating::refusals()), HasStatus(201));
    return {content, repository(), "", {}};
  }

  /// What comes several times in a row, and once more after a push that has no part in it.
  template <typename Ask>
  std::vector<Listing> looks_at(Ask ask) const {
    std::vector<Listing> answers;
    for (int look = 0; look < kLooksInARow; ++look) answers.push_back(ask());
    push(image());
    answers.push_back(ask());
    return answers;
  }

  /// The referrer's entry in the subject's list, as soon as it shows.
  engine::Entry entry(const Pushed& subject, const Pushed& referrer) const {
    return entry_of(settled(subject, referrer), referrer);
  }

  /// That a client which has a copy of the list from before a push learns that it is old; RFC 9110, sections 8.8.3 and
  /// 15.4.5. Nothing where lists have no validator, or where what is pushed is not on the first page.
  void expect_new_validator(const Document& model) const {
    const auto subject = push(image());
    const auto known = settled(subject, push(model.refers_to(subject))).first().response.headers.get("ETag");
    if (!known) return;
    const auto ask = [&] {
      return send({.method = "GET",
                   .url = list_url(subject.digest().text(), subject.repository),
                   .headers = {{"If-None-Match", *known}}});
    };
    if (ask().status != 304) return;
    const auto newer = push(model.refers_to(subject));
    if (!::testing::Value(eventually([&] { return list_referrers(subject); }, Lists(newer)), Lists(newer))) return;
    EXPECT_EVENTUALLY(ask(), Not(HasStatus(304))) << "of a GET with the ETag of the list before a push";
  }

  /// That the entry of a manifest above 64 KiB has its size.
  void expect_size_of_a_bulky_one(const Document& model) const {
    const auto subject = push(image());
    const auto referrer = push_if_taken(content::bulky(model.refers_to(subject)));
    const auto listed = entry(subject, referrer);
    GIVEN_THAT(listed.size.value_or(0) != 0,
               Holds("an entry with a size", "the entry has no size"));  // oci.referrers.list.descriptor-required
    EXPECT_THAT(listed.size, The("size", Optional(Eq(static_cast<std::int64_t>(referrer.bytes().size())))));
  }

  /// That a referrer with that change is listed, as one without it is; `how`: "with a hundred and thirty layers or
  /// blobs".
  void expect_listed_too(const Document& model, Document (*change)(const Document&), const char* how) const {
    const auto subject = push(image());
    settled(subject, push(model.refers_to(subject)));
    const auto referrer = push_if_taken(change(model.refers_to(subject)));
    GIVEN_EVENTUALLY(pull(referrer), HasStatus(200));
    EXPECT_EVENTUALLY(list_all(subject), Lists(referrer)) << how;
  }

  /// That what names a hundred and thirty layers or blobs is listed.
  void expect_one_of_many_parts(const Document& model) const {
    const auto change = [](const Document& one) { return one.with_layers(content::many_layers()); };
    expect_listed_too(model, change, "with a hundred and thirty layers or blobs");
  }

  /// That what describes its subject with more than it has to, as any descriptor may have it, is listed.
  void expect_one_with_an_annotated_subject(const Document& model) const {
    const auto change = [](const Document& one) {
      return one.with_subject_member("annotations", Json{{"org.example.of", "the subject"}});
    };
    expect_listed_too(model, change, "with annotations in the descriptor of its subject");
    const auto with_platform = [](const Document& one) {
      return one.with_subject_member("platform", Json{{"architecture", "amd64"}, {"os", "linux"}});
    };
    expect_listed_too(model, with_platform, "with a platform in the descriptor of its subject");
    const auto with_type = [](const Document& one) {
      return one.with_subject_member("artifactType", "application/vnd.example.subject.v1");
    };
    expect_listed_too(model, with_type, "with an artifactType in the descriptor of its subject");
  }

  /// That the deletion of a blob that no manifest names leaves the lists of the repository as they are.
  void expect_lists_to_outlast_a_blob(const Document& model) const {
    const auto subject = push(image());
    const auto before = push(model.refers_to(subject));
    settled(subject, before);
    const auto unnamed = oci::Blob::of("application/octet-stream", "no manifest names this " + session().fresh_nonce());
    push_blob(unnamed);
    const auto answer = remove_blob(unnamed.digest, repository());
    APPLIES_IF(answer, Not(HasStatusClass(4)));  // not all registries delete blobs
    GIVEN_THAT(answer, HasStatusClass(2));
    const auto after = push(model.refers_to(subject));
    for (const auto* pushed : {&subject, &before, &after}) GIVEN_EVENTUALLY(pull(*pushed), HasStatus(200));
    EXPECT_EVENTUALLY(list_all(subject), ListsExactly(before, after)) << "once a blob was deleted";
  }

  /// That a list of many kilobytes lacks none of what it has in a few: each of twelve that have long annotations.
  void expect_all_in_a_long_list(const Document& model) const {
    constexpr int kMany = 12;
    const auto with_each = [&](const Document& referrer) {
      const auto subject = push(image());
      std::vector<oci::Digest> pushed;
      for (int i = 0; i < kMany; ++i) pushed.push_back(push_if_taken(referrer.refers_to(subject)).digest());
      return std::pair(subject, pushed);
    };
    const auto [usual, short_ones] = with_each(model);
    GIVEN_EVENTUALLY(list_all(usual), ListsEach(short_ones));
    const auto [subject, long_ones] = with_each(model.annotated("org.example.filler", std::string(20'000, 'z')));
    EXPECT_EVENTUALLY(list_all(subject), ListsEach(long_ones)) << "with 20,000 characters of annotations each";
  }

  /// That each of eight referrers, of which each refers to the one before, is listed.
  void expect_a_long_chain(const Document& model) const {
    auto before = push(image());
    for (int link = 1; link <= 8; ++link) {
      const auto referrer = push_if_taken(model.refers_to(before));
      if (link <= 2) settled(before, referrer);
      EXPECT_EVENTUALLY(list_all(before), Lists(referrer)) << "number " << link << " of a chain";
      before = referrer;
    }
  }

  /// The first page, of any status but 406: what depends on Accept is judged by oci.referrers.list.accept-tolerant.
  Page answered(const std::string& digest, const Repository& where, const std::string& query = "") const {
    auto page = list_referrers(digest, where, query);
    GIVEN_THAT(page, Not(HasStatus(406)));
    return page;
  }
  Page answered(const Pushed& subject) const { return answered(subject.digest().text(), subject.repository); }
  Page answered(const oci::Digest& digest) const { return answered(digest.text(), repository()); }

  /// Where lists cannot be read at all, nothing can be said of one that is empty or has an odd digest.
  void given_that_lists_can_be_read() const {
    const auto control = push(image());
    push(artifact(kSbom).refers_to(control));
    GIVEN_THAT(list_all(control), IsReadableList());
  }

  /// One subject in two repositories, and a different referrer in each.
  struct BothSides {
    Pushed here;
    Pushed there;
    Pushed mine;
    Pushed theirs;
  };
  BothSides push_on_both_sides(const Document& referrer) const {
    return push_on_both_sides(referrer, other_repository());
  }
  BothSides push_on_both_sides(const Document& referrer, const Repository& other) const {
    const auto here = push(image());
    const auto there = push(here.content, {.in = other, .tag = {}});
    const auto mine = push(referrer.refers_to(here));
    return {here, there, mine, push(referrer.refers_to(there), {.in = other, .tag = {}})};
  }

  /// One whose name continues where that of the check's own repository ends; skipped where none can be pushed to.
  Repository repository_below() const {
    APPLIES_IF(session().settings().existing_repos.empty(),
               Holds("the run chooses its repositories", "the run may use the repositories alone that it was given"));
    const Repository below{repository().name + "/below"};
    bool taken = false;
    try {
      taken = put(make(image()), {.in = below, .tag = {}}).status == 201;
    } catch (const engine::PremiseBroken&) {  // not even its blobs
    }
    APPLIES_IF(taken, Holds("repositories below others can be pushed to", "a push to such a name is refused"));
    return below;
  }

  oci::Digest unknown_digest(oci::Algorithm algorithm = oci::Algorithm::kSha256) const {
    return fresh_digest(session().fresh_nonce(), algorithm);
  }
};

}  // namespace referee::suites
