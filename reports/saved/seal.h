// The seal on saved results: a hash that finds accidents, and a signature that finds forgery.
//
//   seal(run);                                    // after the last change
//   sign(run, "certifier.pem");
//   for (const auto& damage : damages(load_document(path))) fmt::print("{}: {}\n", damage.where, damage.what);
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

/// A key that cannot be used; the message names the file and says why.
class BadKey : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Binds all that the run says, in place of a seal that is there.
void seal(SavedRun& run);

/// Seals and signs with the Ed25519 private key (RFC 8032) in that PEM file. Throws BadKey.
void sign(SavedRun& run, const std::filesystem::path& private_key);

/// Throws BadKey where sign() would, before there is anything to sign.
void can_sign_with(const std::filesystem::path& private_key);

/// Where evidence is not what was sealed.
struct Damage {
  std::string where;  // "oci-1.1.1 Filtering.NamesTheFilterItApplied", "run exchanges", "results"
  std::string what;
};

/// Each exchange and body that does not have its hash, by the check that it belongs to, and last the whole. Bodies of
/// which only the beginning was kept are bound only by the whole. Results without seal are damaged.
std::vector<Damage> damages(const Results& results);

/// Why these results are not what the owner of the Ed25519 public key in that PEM file signed; empty if they are.
/// Looks at the hash of the whole too. Throws BadKey.
std::string why_not_signed_by(const Results& results, const std::filesystem::path& public_key);

}  // namespace referee::reports
