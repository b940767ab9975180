#include "harness/http/client/content_coding.h"

#include <zlib.h>

#include <memory>
#include <optional>
#include <string>

namespace referee::http {
namespace {

constexpr std::string_view kMagic = "\x1F\x8B";
constexpr int kGzip = 15 + 16;  // the widest window, with gzip's header instead of zlib's

struct EndInflate {
  void operator()(z_stream* stream) const { ::inflateEnd(stream); }
};

std::optional<std::string> gunzipped(const std::string& bytes, std::size_t most) {
  z_stream stream{};
  if (inflateInit2(&stream, kGzip) != Z_OK) return std::nullopt;
  const std::unique_ptr<z_stream, EndInflate> end(&stream);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  char part[16 << 10];
  for (int outcome = Z_OK; outcome == Z_OK;) {
    stream.next_out = reinterpret_cast<Bytef*>(part);
    stream.avail_out = sizeof part;
    outcome = ::inflate(&stream, Z_NO_FLUSH);
    if (outcome != Z_OK && outcome != Z_STREAM_END) return std::nullopt;
    out.append(part, sizeof part - stream.avail_out);
    if (out.size() > most) return std::nullopt;
    if (outcome == Z_STREAM_END) return out;
  }
  return std::nullopt;
}

}  // namespace

void decode_content(Response& response, std::size_t most) {
  const auto coding = response.headers.get("Content-Encoding").value_or("");
  const bool gzip = same_name(coding, "gzip") || same_name(coding, "x-gzip");
  if (!gzip || response.truncated || !response.body.starts_with(kMagic)) return;
  if (auto bytes = gunzipped(response.body, most)) response.body = *std::move(bytes);
}

}  // namespace referee::http
