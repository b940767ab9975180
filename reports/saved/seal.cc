#include "reports/saved/seal.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/oci/base64.h"
#include "harness/oci/digest.h"
#include "reports/saved/evidence.h"
#include "reports/saved/evidence_json.h"
#include "reports/saved/profile.h"
#include "reports/saved/results_json.h"

namespace referee::reports {
namespace {

constexpr std::size_t kSignatureBytes = 64;  // RFC 8032, section 5.1.6

std::string hash_of(const Results& results) {
  if (!results.contains("seal")) return oci::sha256_hex(results.dump());  // without a copy: they may be large
  Results rest = results;
  rest.erase("seal");
  return oci::sha256_hex(rest.dump());
}

// The words before the hash keep a signature from being taken for one over something else.
std::string signed_text(const std::string& hash) { return "referee-seal/1 " + hash; }

using PrivateKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

PrivateKey read_key(const std::filesystem::path& path, bool secret) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "r"), &std::fclose);
  if (!file) throw BadKey(fmt::format("{} cannot be read", path.string()));
  PrivateKey key(secret ? PEM_read_PrivateKey(file.get(), nullptr, nullptr, nullptr)
                        : PEM_read_PUBKEY(file.get(), nullptr, nullptr, nullptr),
                 &EVP_PKEY_free);
  if (!key || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) {
    throw BadKey(
        fmt::format("{} is not an Ed25519 {} key in PEM: `openssl genpkey -algorithm ed25519 -out key.pem` makes "
                    "one, `openssl pkey -in key.pem -pubout` its public half",
                    path.string(), secret ? "private" : "public"));
  }
  return key;
}

const unsigned char* raw_bytes(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }

// Where an exchange or one of its bodies is not what it was; empty if all is well.
std::string damage_of(const Results& exchange, const std::set<std::string>& bad_bodies) {
  if (exchange_seal(exchange) != text(exchange, "sha256")) {
    return fmt::format("exchange {} is not what was recorded", number(exchange, "sequence"));
  }
  for (const auto* side : {"request", "response"}) {
    const auto body = text(member(exchange, side), "body");
    if (bad_bodies.contains(body)) {
      return fmt::format("exchange {}: the body of its {} is not what was recorded", number(exchange, "sequence"),
                         side);
    }
  }
  return "";
}

// As far as the digest can tell: of a body that was cut only the whole results can.
bool is_as_it_was(const std::string& digest, const Results& json) {
  try {
    const auto body = whole_body(digest, recorded_body(digest, json));
    return body.capped || "sha256:" + oci::sha256_hex(body.bytes) == digest;
  } catch (const CannotRead&) {
    return false;
  }
}

std::set<std::string> bad_bodies_of(const Results& results) {
  std::set<std::string> bad;
  for (const auto& [digest, body] : member(results, "bodies").items()) {
    if (!is_as_it_was(digest, body)) bad.insert(digest);
  }
  return bad;
}

void look(const Results& exchanges, const std::string& where, const std::set<std::string>& bad_bodies,
          std::vector<Damage>& damages) {
  for (const auto& exchange : exchanges) {
    if (auto what = damage_of(exchange, bad_bodies); !what.empty()) damages.push_back({where, std::move(what)});
  }
}

}  // namespace

void seal(SavedRun& run) {
  run.seal.reset();
  if (run.version != Version::k1) run.profile = profile_of(run);
  run.seal = SavedSeal{hash_of(results_json(run)), ""};
}

void sign(SavedRun& run, const std::filesystem::path& private_key) {
  const PrivateKey key = read_key(private_key, true);
  seal(run);
  const auto message = signed_text(run.seal->sha256);
  std::string signature(kSignatureBytes, '\0');
  std::size_t size = signature.size();
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, raw_bytes(message),
                     message.size()) != 1) {
    throw BadKey(fmt::format("{} could not sign", private_key.string()));
  }
  run.seal->ed25519 = oci::base64_of(signature);
}

void can_sign_with(const std::filesystem::path& private_key) { read_key(private_key, true); }

std::vector<Damage> damages(const Results& results) {
  std::vector<Damage> damages;
  const auto bad = bad_bodies_of(results);
  for (const auto& check : list(results, "checks")) {
    const auto edition = text(check, check.contains("edition") ? "edition" : "spec");
    look(list(check, "exchanges"), edition + " " + text(check, "id"), bad, damages);
  }
  look(list(results, "run_exchanges"), "run exchanges", bad, damages);
  const auto sealed = text(member(results, "seal"), "sha256");
  if (sealed.empty()) {
    damages.push_back({"results", "they have no seal"});
  } else if (sealed != hash_of(results)) {
    damages.push_back({"results", "they are not what was sealed"});
  }
  return damages;
}

std::string why_not_signed_by(const Results& results, const std::filesystem::path& public_key) {
  const PrivateKey key = read_key(public_key, false);
  const auto& seal = member(results, "seal");
  const auto signature = oci::bytes_of_base64(text(seal, "ed25519"));
  if (text(seal, "ed25519").empty() || !signature) return "the results are not signed";
  const auto hash = text(seal, "sha256");
  if (hash != hash_of(results)) return "the results are not what was sealed";
  const auto message = signed_text(hash);
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  const bool good = EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
                    EVP_DigestVerify(context.get(), raw_bytes(*signature), signature->size(), raw_bytes(message),
                                     message.size()) == 1;
  return good ? "" : "the signature is not of that key, or of other results";
}

}  // namespace referee::reports
