// Extension discovery: OCI distribution-spec, extensions/_oci.md; GET /v2/_oci/ext/discover and below a repository.
#include "harness/oci/json.h"
#include "harness/spec/literals/oci.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

bool is_offered(const Response& response) { return response.status == 200; }

// The extensions of an answer; null if there is no such member.
nlohmann::json extensions_of(const Response& response) {
  const auto reading = oci::read_json(response.body);
  const bool named = reading.value && reading.value->is_object() && reading.value->contains("extensions");
  return named ? reading.value->at("extensions") : nlohmann::json();
}

bool are_strings(const nlohmann::json& value) {
  return value.is_array() && std::ranges::all_of(value, [](const auto& item) { return item.is_string(); });
}

MATCHER_P(HasText, member, std::string("has a string `") + member + "`") {
  return arg.is_object() && arg.contains(member) && arg.at(member).is_string();
}
MATCHER(IsAnArray, "is an array") { return arg.is_array(); }

class Discovery : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  /// The answers of the two endpoints that are offered; skipped if neither is.
  std::vector<Response> offered() const {
    push(image());
    std::vector<Response> answers;
    for (const auto& path : {std::string("/v2/_oci/ext/discover"), "/v2/" + repository().name + "/_oci/ext/discover"}) {
      auto answer = send({.method = "GET", .url = url(path)}, {.statuses = {401, 403}});
      if (is_offered(answer)) answers.push_back(std::move(answer));
    }
    APPLIES_IF(!answers.empty(),
               Holds("a registry with the endpoint", "the registry does not offer _oci/ext/discover"));
    return answers;
  }
};

}  // namespace

CONFORMANCE_TEST_F(Discovery, Extensions, AreDescribed, "oci.ext.shape"_requirement) {
  for (const auto& answer : offered()) {
    const auto extensions = extensions_of(answer);
    EXPECT_THAT(extensions, IsAnArray()) << answer.url;
    if (!extensions.is_array()) continue;
    EXPECT_WARN_THAT(answer, IsServedAs("application/json")) << answer.url;
    for (const auto& extension : extensions) {
      EXPECT_THAT(extension, AllOf(HasText("name"), HasText("url")));
      if (!extension.is_object()) continue;
      EXPECT_WARN_THAT(extension.contains("endpoints"),
                       Holds("a member `endpoints`", "an extension without `endpoints`"))
          << extension.dump();
      if (extension.contains("endpoints")) {
        EXPECT_THAT(are_strings(extension.at("endpoints")),
                    Holds("`endpoints` that are an array of strings", "other `endpoints`"))
            << extension.dump();
      }
      if (extension.contains("description")) {
        EXPECT_THAT(extension, HasText("description"));
      }
    }
  }
}

CONFORMANCE_TEST_F(Discovery, Extensions, HaveNamesThatBeginWithAnUnderscore, "oci.ext.name-in-path"_requirement) {
  for (const auto& answer : offered()) {
    const auto extensions = extensions_of(answer);
    GIVEN_THAT(extensions, IsAnArray());
    for (const auto& extension : extensions) {
      GIVEN_THAT(extension, HasText("name"));
      EXPECT_THAT(extension.at("name").get<std::string>(), The("name of an extension", ::testing::StartsWith("_")));
    }
  }
}

}  // namespace referee::suites
