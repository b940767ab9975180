#include "reports/saved/base64.h"

#include <openssl/evp.h>

namespace referee::reports {
namespace {

// OpenSSL counts in int: blocks of this many bytes, a multiple of 3, leave no padding between them.
constexpr std::size_t kBlock = 3 << 20;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string encoded;
  encoded.reserve((bytes.size() + 2) / 3 * 4);
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kBlock, bytes.size()))) {
    const auto block = bytes.substr(0, kBlock);
    std::string out((block.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a NUL
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes_of(block), static_cast<int>(block.size()));
    encoded.append(out, 0, static_cast<std::size_t>(size));
  }
  return encoded;
}

std::optional<std::string> base64_decode(std::string_view encoded) {
  if (encoded.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = encoded.ends_with("==") ? 2 : encoded.ends_with("=") ? 1 : 0;
  std::string bytes;
  bytes.reserve(encoded.size() / 4 * 3);
  constexpr std::size_t kEncodedBlock = kBlock / 3 * 4;
  for (; !encoded.empty(); encoded.remove_prefix(std::min(kEncodedBlock, encoded.size()))) {
    const auto block = encoded.substr(0, kEncodedBlock);
    std::string out(block.size() / 4 * 3, '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes_of(block), static_cast<int>(block.size()));
    if (size < 0) return std::nullopt;
    bytes.append(out, 0, static_cast<std::size_t>(size));
  }
  bytes.resize(bytes.size() - padding);  // OpenSSL decodes padding to zero bytes
  return bytes;
}

}  // namespace referee::reports
