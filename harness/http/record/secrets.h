// The secrets of a run by their value: a registry may echo what it was sent where no rule of redaction looks for it.
//
//   Secrets secrets;
//   secrets.add(password);
//   secrets.out_of("no user has the password hunter22")   // "no user has the password REDACTED"
#pragma once

#include <bitset>
#include <cstdint>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "harness/http/message.h"

namespace referee::http {

/// What must not be in any report. Knows each secret as it is, percent-encoded, as JSON writes it and inside base64 of
/// either alphabet, at any offset. Values shorter than kShortest are words of the language too and are not looked for.
/// Safe to use from several threads.
class Secrets {
 public:
  static constexpr std::size_t kShortest = 6;  // bytes

  void add(std::string_view secret);
  /// The header's value, and its credentials without the scheme, if headers of that name are secret.
  void add(const HeaderLine& line);
  /// Whether the text has any of them.
  bool are_in(std::string_view text) const;
  /// The text with each of them replaced by "REDACTED", in one pass whatever their number.
  std::string out_of(std::string_view text) const;

 private:
  void add_form(std::string form);
  std::size_t longest_at(std::string_view text) const;
  std::size_t next_in(std::string_view text, std::size_t at) const;

  mutable std::shared_mutex mutex_;
  std::unordered_multimap<std::uint64_t, std::string> forms_;  // by their first bytes; guarded by mutex_, as all below
  std::bitset<1 << 16> beginnings_;                            // what forms_ may hold, seen at one look
};

}  // namespace referee::http
