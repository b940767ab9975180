// How the API shows itself, from rc.1 on: ORAS artifacts-spec, manifest-referrers-api.md, "Versioning" and "API
// Discovery"; GET /v2/<name>/_oci/ext/discover, of distribution-spec extensions/_oci.md.
#include "harness/oci/json.h"
#include "harness/spec/literals/oras.h"
#include "suites/oras/lists.h"

namespace referee::suites {
namespace {

constexpr std::string_view kVersion = "oras/1.0";
constexpr std::string_view kPath = "_oras/artifacts/referrers";
constexpr std::string_view kRc1Name = "cncf.oras.referrers";
constexpr std::string_view kRc2Name = "_oras";

// One extension of a discovery answer, as far as it can be read.
struct Extension {
  std::string name;
  std::string url;
  std::vector<std::string> endpoints;
};

void PrintTo(const Extension& extension, std::ostream* out) {
  *out << extension.name << " with url " << extension.url << " and endpoints "
       << ::testing::PrintToString(extension.endpoints);
}

std::string text_of(const nlohmann::json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

Extension read_extension(const nlohmann::json& item) {
  if (!item.is_object()) return {};
  Extension extension{text_of(item, "name"), text_of(item, "url"), {}};
  const auto endpoints = item.find("endpoints");
  if (endpoints == item.end() || !endpoints->is_array()) return extension;
  for (const auto& endpoint : *endpoints) {
    if (endpoint.is_string()) extension.endpoints.push_back(endpoint.get<std::string>());
  }
  return extension;
}

// Nothing if the answer has no array of extensions.
std::optional<std::vector<Extension>> extensions_of(const Response& response) {
  const auto reading = oci::read_json(response.body);
  if (response.status != 200 || !reading.value || !reading.value->is_object()) return std::nullopt;
  const auto list = reading.value->find("extensions");
  if (list == reading.value->end() || !list->is_array()) return std::nullopt;
  std::vector<Extension> extensions;
  for (const auto& item : *list) extensions.push_back(read_extension(item));
  return extensions;
}

bool is_link(std::string_view url) { return url.starts_with("https://") || url.starts_with("http://"); }

// Some registries publish endpoints as paths from the root, which is lawful.
bool is_the_path(std::string_view endpoint) {
  return endpoint == kPath || (endpoint.starts_with("/v2/") && endpoint.ends_with("/" + std::string(kPath)));
}

bool has_the_path(const Extension& extension) { return std::ranges::any_of(extension.endpoints, is_the_path); }

bool is_named_for_oras(const Extension& extension) { return extension.name == kRc1Name || extension.name == kRc2Name; }

// The paths to lists of referrers that the extension advertises; those of anyone else's extension are not ours to
// judge.
std::vector<std::string> paths_of(const Extension& extension) {
  std::vector<std::string> paths;
  if (!is_link(extension.url)) paths.push_back(extension.url);
  paths.insert(paths.end(), extension.endpoints.begin(), extension.endpoints.end());
  std::erase_if(paths, [&](const std::string& path) {
    const bool ours = is_named_for_oras(extension) || path.find("_oras/") != std::string::npos;
    return !ours || !path.ends_with("referrers");
  });
  return paths;
}

// Named as either release names it, or advertising the path: another rule judges which of them is right.
bool is_for_referrers(const Extension& extension) {
  return is_named_for_oras(extension) || !paths_of(extension).empty();
}

// rc.1 as tagged has the path in place of the url; its later branch, in the endpoints.
MATCHER(IsAsRc1Says, std::string(negation ? "is not" : "is") + " cncf.oras.referrers with the path") {
  return arg.name == kRc1Name && (is_the_path(arg.url) || has_the_path(arg));
}

MATCHER(IsAsRc2Says, std::string(negation ? "is not" : "is") + " _oras with a link to its document and the path") {
  return arg.name == kRc2Name && is_link(arg.url) && has_the_path(arg);
}

// What follows the repository's name in an advertised path, however much of the whole path it contains.
std::string below_repository(std::string path, const std::string& repository) {
  for (const std::string& front : {std::string("/v2/"), std::string("/"), repository + "/"}) {
    if (path.starts_with(front)) path.erase(0, front.size());
  }
  return path;
}

class OrasAnnounced : public OrasLists {
 public:
  using OrasLists::OrasLists;

 protected:
  Response discover() const {
    push(image());
    return get("/v2/" + repository().name + "/_oci/ext/discover");
  }

  /// The extensions about referrers; skipped if none are advertised, which oras.discover.available warns of.
  std::vector<Extension> referrers_extensions() const {
    const auto answer = discover();
    APPLIES_IF(answer, HasStatus(200));
    auto extensions = extensions_of(answer);
    GIVEN_THAT(extensions.has_value(),
               Holds("an array `extensions`", "the answer of _oci/ext/discover has no array `extensions`"));
    std::erase_if(*extensions, [](const Extension& extension) { return !is_for_referrers(extension); });
    APPLIES_IF(!extensions->empty(),
               Holds("an extension about referrers", "no extension about referrers is advertised"));
    return *extensions;
  }
};

}  // namespace

CONFORMANCE_TEST_F(OrasAnnounced, OrasVersion, IsInTheAnswer, "oras.version.header"_requirement) {
  const auto subject = push_batch(1).subject;
  for (int look = 1; look <= 3; ++look) {
    const auto page = list_referrers(subject);
    GIVEN_THAT(page, HasStatus(200));
    EXPECT_THAT(page, HasHeader(oci::kOrasVersionHeader, kVersion)) << "at look " << look;
  }
}

CONFORMANCE_TEST_F(OrasAnnounced, OrasVersion, IsInTheEmptyAnswer, "oras.version.header"_requirement) {
  const auto page = list_referrers(push(image()));
  GIVEN_THAT(page, HasStatus(200));
  EXPECT_THAT(page, HasHeader(oci::kOrasVersionHeader, kVersion)) << "the list of a subject without artifacts";
}

CONFORMANCE_TEST_F(OrasAnnounced, OrasVersion, IsInFilteredAnswers, "oras.version.header"_requirement) {
  const auto page = list_referrers(push_batch(1).subject, kOrasSbom.text);
  GIVEN_THAT(page, HasStatus(200));
  EXPECT_THAT(page, HasHeader(oci::kOrasVersionHeader, kVersion)) << "a list with a filter";
}

CONFORMANCE_TEST_F(OrasAnnounced, OrasVersion, IsOnEveryPage, "oras.version.header"_requirement) {
  const auto way = pages();
  const auto subject = push_batch(way.artifacts).subject;
  const auto whole = walk(subject, way.query);
  APPLIES_IF(whole.pages.size() >= 2,
             Holds("a list of several pages", "the registry returns all artifacts on one page"));
  const auto filtered = walk(subject, way.filtered_by(kOrasSbom.text));
  for (const auto& [listing, kind] : {std::pair(&whole, "the list"), std::pair(&filtered, "the filtered list")}) {
    for (std::size_t i = 0; i < listing->pages.size(); ++i) {
      GIVEN_THAT(listing->pages[i], HasStatus(200));
      EXPECT_THAT(listing->pages[i], HasHeader(oci::kOrasVersionHeader, kVersion))
          << "page " << i + 1 << " of " << kind;
    }
  }
}

CONFORMANCE_TEST_F(OrasAnnounced, OrasDiscovery, NamesTheExtension, "oras.discover.available"_requirement) {
  const auto answer = discover();
  EXPECT_THAT(answer, HasStatus(200));
  if (answer.status != 200) return;
  EXPECT_THAT(answer, IsServedAs("application/json"));
  const auto extensions = extensions_of(answer);
  EXPECT_THAT(extensions.has_value(), Holds("an array `extensions`", "a body without one"));
  if (!extensions) return;
  EXPECT_THAT(std::ranges::any_of(*extensions, is_for_referrers),
              Holds("an extension about referrers", "others only: " + ::testing::PrintToString(*extensions)));
}

CONFORMANCE_TEST_F(OrasAnnounced, OrasDiscovery, HasTheEntryOfRc1, "oras.discover.rc1-entry"_requirement) {
  EXPECT_THAT(referrers_extensions(), The("extension", Contains(IsAsRc1Says())));
}

CONFORMANCE_TEST_F(OrasAnnounced, OrasDiscovery, HasTheEntryOfRc2, "oras.discover.rc2-entry"_requirement) {
  EXPECT_THAT(referrers_extensions(), The("extension", Contains(IsAsRc2Says())));
}

CONFORMANCE_TEST_F(OrasAnnounced, OrasDiscovery, AdvertisesWorkingEndpoints,
                   "oras.discover.endpoint-works"_requirement) {
  const auto extensions = referrers_extensions();
  const auto subject = push(image());
  std::vector<std::string> paths;
  for (const auto& extension : extensions) {
    for (const auto& path : paths_of(extension)) paths.push_back(below_repository(path, repository().name));
  }
  EXPECT_WARN_THAT(paths, The("path to the list", Not(IsEmpty())))
      << "the list answers, but no path to it is advertised";
  push(oras_artifact(kOrasSbom).refers_to(subject));
  GIVEN_THAT(list_referrers(subject), HasStatus(200));  // oras.referrers.path-ext
  for (const auto& path : paths) {
    const auto whole = "/v2/" + repository().name + "/" + path + "?digest=" + subject.digest().text();
    EXPECT_THAT(get(whole), HasStatus(200)) << whole;
  }
}

}  // namespace referee::suites
