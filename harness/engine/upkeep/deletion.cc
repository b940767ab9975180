#include "harness/engine/upkeep/deletion.h"

#include <fmt/format.h>

namespace referee::engine {

std::string why_kept(http::Client& client, const std::string& url) {
  const int status = client.send({.method = "DELETE", .url = url, .headers = {}, .body = {}}).status;
  if (status / 100 == 2 || status == 404) return "";
  const bool perhaps_gone = status == 400 || status / 100 == 5;
  if (perhaps_gone) {
    const int seen = client.send({.method = "HEAD", .url = url, .headers = {}, .body = {}}).status;
    // 400: what no registry takes for a digest was not stored under it either.
    if (seen == 404 || seen == 400) return "";
  }
  return fmt::format("DELETE was answered {}", status);
}

}  // namespace referee::engine
