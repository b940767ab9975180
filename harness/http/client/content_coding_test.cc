// Bodies that come as gzip although the request asked for identity.
#include "harness/http/client/content_coding.h"

#include <gtest/gtest.h>

namespace referee::http {
namespace {

// printf '{"a":1}' | gzip -n
const std::string kGzipped(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\x56\x4a\x54\xb2\x32\xac\x05\x00"
    "\xaf\xac\x1b\x56\x07\x00\x00\x00",
    27);

std::string decoded(const std::string& body, const char* coding, std::size_t most = 100) {
  Response response{.status = 200, .headers = {{"Content-Encoding", coding}}, .body = body};
  decode_content(response, most);
  return response.body;
}

TEST(ContentCoding, GivesWhatAGzipBodyHolds) {
  EXPECT_EQ(decoded(kGzipped, "gzip"), R"({"a":1})");
  EXPECT_EQ(decoded(kGzipped, "GZip"), R"({"a":1})");
}

TEST(ContentCoding, LeavesWhatItCannotRead) {
  EXPECT_EQ(decoded(kGzipped, "identity"), kGzipped);
  EXPECT_EQ(decoded("not gzip", "gzip"), "not gzip");
  const auto cut = kGzipped.substr(0, 20);
  EXPECT_EQ(decoded(cut, "gzip"), cut);
  EXPECT_EQ(decoded(kGzipped, "gzip", 3), kGzipped);
}

}  // namespace
}  // namespace referee::http
