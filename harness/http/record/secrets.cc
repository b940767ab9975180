#include "harness/http/record/secrets.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <nlohmann/json.hpp>

#include "harness/http/record/redact.h"
#include "harness/http/syntax/url.h"
#include "harness/oci/base64.h"
#include "harness/oci/json.h"

namespace referee::http {
namespace {

// The first kShortest bytes as one number.
std::uint64_t beginning_of(const char* bytes) {
  std::uint64_t beginning = 0;
  std::memcpy(&beginning, bytes, Secrets::kShortest);
  return beginning;
}

std::size_t place_of(std::uint64_t beginning) { return (beginning * 0x9E3779B97F4A7C15U) >> 48; }

// The characters of its base64 that depend on nothing else, when `before` bytes (modulo 3) precede it.
std::string core_of_base64(std::string_view secret, std::size_t before) {
  const auto text = oci::base64_of(std::string(before, '\0') + std::string(secret));
  const std::size_t begin = (before * 8 + 5) / 6;
  const std::size_t end = (before + secret.size()) * 8 / 6;
  return text.substr(begin, end - begin);
}

std::string with_url_alphabet(std::string text) {
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}

}  // namespace

void Secrets::add(std::string_view secret) {
  if (secret.size() < kShortest) return;
  add_form(std::string(secret));
  add_form(percent_encode(secret));
  const std::string json = oci::dump_json(nlohmann::json(secret));
  if (json.size() > 2) add_form(json.substr(1, json.size() - 2));
  for (std::size_t before = 0; before < 3; ++before) {
    const auto core = core_of_base64(secret, before);
    add_form(core);
    add_form(with_url_alphabet(core));
  }
}

void Secrets::add(const HeaderLine& line) {
  const auto shown = redact(line).value;
  if (shown.find(kRedacted) == std::string::npos) return;
  add(line.value);
  if (const auto blank = line.value.find(' '); blank != std::string::npos) add(line.value.substr(blank + 1));
}

void Secrets::add_form(std::string form) {
  if (form.size() < kShortest) return;
  const auto beginning = beginning_of(form.data());
  const std::unique_lock lock(mutex_);
  const auto [first, last] = forms_.equal_range(beginning);
  if (std::any_of(first, last, [&](const auto& known) { return known.second == form; })) return;
  forms_.emplace(beginning, std::move(form));
  beginnings_.set(place_of(beginning));
}

std::size_t Secrets::longest_at(std::string_view text) const {
  const auto beginning = beginning_of(text.data());
  if (!beginnings_.test(place_of(beginning))) return 0;
  std::size_t longest = 0;
  const auto [first, last] = forms_.equal_range(beginning);
  for (auto known = first; known != last; ++known) {
    if (text.starts_with(known->second)) longest = std::max(longest, known->second.size());
  }
  return longest;
}

// Where the first secret at or after `at` begins; the text's size if there is none.
std::size_t Secrets::next_in(std::string_view text, std::size_t at) const {
  if (forms_.empty()) return text.size();
  for (; at + kShortest <= text.size(); ++at) {
    if (longest_at(text.substr(at)) > 0) return at;
  }
  return text.size();
}

bool Secrets::are_in(std::string_view text) const {
  const std::shared_lock lock(mutex_);
  return next_in(text, 0) < text.size();
}

std::string Secrets::out_of(std::string_view text) const {
  const std::shared_lock lock(mutex_);
  std::string result;
  std::size_t kept = 0;  // up to here the result has it
  for (auto at = next_in(text, 0); at < text.size(); at = next_in(text, kept)) {
    result.append(text.substr(kept, at - kept)).append(kRedacted);
    kept = at + longest_at(text.substr(at));
  }
  return result.append(text.substr(kept));
}

}  // namespace referee::http
