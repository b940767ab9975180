#include "harness/http/record/deflate.h"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>

namespace referee::http {
namespace {

const Bytef* bytes_of(std::string_view text) { return reinterpret_cast<const Bytef*>(text.data()); }

}  // namespace

std::optional<std::string> deflate(std::string_view bytes, std::size_t most) {
  uLongf size = std::min<uLongf>(compressBound(bytes.size()), most);
  std::string stream(size, '\0');
  const int outcome =
      compress2(reinterpret_cast<Bytef*>(stream.data()), &size, bytes_of(bytes), bytes.size(), Z_BEST_SPEED);
  if (outcome == Z_BUF_ERROR) return std::nullopt;
  if (outcome != Z_OK) throw std::runtime_error("zlib could not compress");
  stream.resize(size);
  return stream;
}

std::optional<std::string> inflate(std::string_view stream, std::size_t size) {
  std::string bytes(size + 1, '\0');  // one more, so that a longer stream is noticed, and an empty one has a place
  uLongf written = bytes.size();
  const int outcome =
      uncompress(reinterpret_cast<Bytef*>(bytes.data()), &written, bytes_of(stream), static_cast<uLong>(stream.size()));
  if (outcome != Z_OK || written != size) return std::nullopt;
  bytes.resize(size);
  return bytes;
}

}  // namespace referee::http
