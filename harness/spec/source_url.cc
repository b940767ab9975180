// From the catalogue's anchors ("spec.md#a, #b; image-spec manifest.md#c") to addresses.
#include "harness/spec/source_url.h"

#include <array>
#include <string_view>

namespace referee::spec {
namespace {

enum class Repository { kDistribution, kImage, kArtifacts };

std::string root(Repository repository) {
  switch (repository) {
    case Repository::kDistribution:
      return "https://github.com/opencontainers/distribution-spec";
    case Repository::kImage:
      return "https://github.com/opencontainers/image-spec";
    case Repository::kArtifacts:
      break;
  }
  return "https://github.com/oras-project/artifacts-spec";
}

/// The tag, branch or commit of that repository which the edition is, or builds on.
std::string_view revision(Repository repository, Edition edition) {
  constexpr std::array<std::string_view, 6> kArtifactsCommits = {"364aa04", "68f2cef", "eecc5d9",
                                                                 "ac46408", "9ff738f", "eddd1d8"};
  if (repository == Repository::kArtifacts) return kArtifactsCommits.at(static_cast<std::size_t>(edition));
  switch (edition) {
    case Edition::kOci110:
      return "v1.1.0";
    case Edition::kOci111:
      return "v1.1.1";
    case Edition::kOciMain:
      return "main";
    default:
      return repository == Repository::kDistribution ? "v1.0.1" : "v1.0.2";
  }
}

/// Removes `prefix` from the front of `text`, if it is there.
bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// The longest beginning of `text` that consists of letters, digits and `others`.
std::string_view word(std::string_view text, std::string_view others) {
  std::size_t size = 0;
  const auto belongs = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.find(c) != others.npos;
  };
  while (size < text.size() && belongs(text[size])) ++size;
  return text.substr(0, size);
}

Repository home(const Requirement& row) {
  if (row.family == "ORAS") return Repository::kArtifacts;
  return row.family == "OCI-image" ? Repository::kImage : Repository::kDistribution;
}

/// The repository of a document that the anchor names without saying whose it is.
Repository owner(const Requirement& row, std::string_view document) {
  if (row.family == "ORAS") return Repository::kArtifacts;
  const bool distribution = document == "spec.md" || document.starts_with("extensions/");
  return distribution ? Repository::kDistribution : Repository::kImage;
}

}  // namespace

std::string source_url(const Requirement& row, Edition edition) {
  const Family family_of_row = row.family == "ORAS" ? Family::kOras : Family::kOci;
  std::string_view rest = row.anchor;
  const bool of_distribution = take(rest, "OCI-dist ");
  const bool of_image = !of_distribution && take(rest, "image-spec ");
  const std::string_view document = word(rest, "_-./");
  if (family(edition) != family_of_row || !document.ends_with(".md")) return root(home(row));

  Repository repository = owner(row, document);
  if (of_distribution) repository = Repository::kDistribution;
  if (of_image) repository = Repository::kImage;
  std::string url = root(repository);
  url.append("/blob/").append(revision(repository, edition)).append("/").append(document);
  rest.remove_prefix(document.size());
  if (take(rest, "#")) url.append("#").append(word(rest, "_-"));
  return url;
}

}  // namespace referee::spec
