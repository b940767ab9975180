#include "harness/oci/base64.h"

#include <openssl/evp.h>

#include <algorithm>

namespace referee::oci {
namespace {

// OpenSSL counts in int: blocks of this many bytes, a multiple of 3, leave no padding between them.
constexpr std::size_t kBlock = 3 << 20;
constexpr std::size_t kEncodedBlock = kBlock / 3 * 4;

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

// OpenSSL would also take white space around the text.
bool is_of_the_alphabet(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

}  // namespace

std::string base64_of(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kBlock, bytes.size()))) {
    const auto block = bytes.substr(0, kBlock);
    std::string encoded((block.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a NUL
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()), raw(block), static_cast<int>(block.size()));
    text.append(encoded, 0, static_cast<std::size_t>(size));
  }
  return text;
}

std::optional<std::string> bytes_of_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const auto body = text.substr(0, text.find_last_not_of('=') + 1);
  const std::size_t padding = text.size() - body.size();
  if (padding > 2 || !std::ranges::all_of(body, is_of_the_alphabet)) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  for (; !text.empty(); text.remove_prefix(std::min(kEncodedBlock, text.size()))) {
    const auto block = text.substr(0, kEncodedBlock);
    std::string decoded(block.size() / 4 * 3, '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(decoded.data()), raw(block), static_cast<int>(block.size()));
    if (size < 0) return std::nullopt;
    bytes.append(decoded, 0, static_cast<std::size_t>(size));
  }
  bytes.resize(bytes.size() - padding);  // OpenSSL decodes padding to zero bytes
  return bytes;
}

}  // namespace referee::oci
