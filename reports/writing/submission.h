// What a vendor submits for certification: the folder that the OCI's programme asks for, together with the evidence.
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "reports/saved/profile.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

/// The product that was judged, in the words of its vendor; the members of PRODUCT.yaml in the OCI's programme
/// (opencontainers/oci-conformance, "Instructions").
struct Product {
  std::string vendor;
  std::string name;
  std::string version;
  std::string website_url;
  std::string repo_url;
  std::string documentation_url;
  std::string product_logo_url;
  std::string type = "distribution";
  std::string description;
};

/// One member of PRODUCT.yaml, and what it is for.
struct ProductMember {
  const char* name;
  std::string Product::*value;
  bool due;
  const char* help;
};
std::span<const ProductMember> product_members();
/// The option that gives the member: "--product-website-url".
std::string option_of(const ProductMember& member);

/// The names of the options that must be given and are not, such as "--product-name".
std::vector<std::string> missing_of(const Product& product);

/// PRODUCT.yaml; members without a value are left out.
std::string product_yaml(const Product& product);

/// README.md: what was judged, the verdict for each edition, and the commands that judge again: the registry, and the
/// recorded evidence without it.
std::string submission_readme(const Product& product, const SavedRun& run);

/// Writes PRODUCT.yaml, README.md, junit.xml, report.html and results.json into the folder, which is made if missing;
/// returns their paths. Throws CannotWrite.
std::vector<std::filesystem::path> write_submission(const std::filesystem::path& folder, const Product& product,
                                                    const SavedRun& run);

}  // namespace referee::reports
