// Which uploads a finding names before its own exchanges, so that its script can be run in an empty registry.
#include "suites/model/uploads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

namespace referee::model {
namespace {

using ::testing::ElementsAre;

class Uploads : public ::testing::Test {
 protected:
  /// Sent next; its number.
  std::uint64_t send(std::string method, const std::string& path) {
    http::Exchange exchange;
    exchange.sequence = exchanges_.size() + 1;
    exchange.request.method = std::move(method);
    exchange.request.url = target_ + path;
    exchanges_.push_back(std::move(exchange));
    return exchanges_.size();
  }

  std::vector<std::uint64_t> with_uploads(std::vector<std::uint64_t> named) const {
    engine::Episode session{.check = "Walks.X", .exchanges = {}};
    for (const auto& exchange : exchanges_) session.exchanges.push_back(&exchange);
    add_uploads({.edition = spec::Edition::kOci111,
                 .target = target_,
                 .bodies = bodies_,
                 .settle = {},
                 .episodes = {std::move(session)}},
                named);
    return named;
  }

  const std::string target_ = "http://registry";
  http::BodyStore bodies_;
  std::deque<http::Exchange> exchanges_;
};

TEST_F(Uploads, OfTheRepositoryComeFirst) {
  const auto opened = send("POST", "/v2/here/blobs/uploads/");
  const auto closed = send("PUT", "/v2/here/blobs/uploads/1?digest=sha256:a");
  send("POST", "/v2/elsewhere/blobs/uploads/");
  send("PUT", "/v2/elsewhere/blobs/uploads/2?digest=sha256:b");
  const auto pushed = send("PUT", "/v2/here/manifests/sha256:c");
  const auto listed = send("GET", "/v2/here/referrers/sha256:d");
  EXPECT_THAT(with_uploads({pushed, listed}), ElementsAre(opened, closed, pushed, listed));
}

TEST_F(Uploads, OfWhatIsMountedComeFromItsRepository) {
  send("POST", "/v2/origin/blobs/uploads/");
  send("PUT", "/v2/origin/blobs/uploads/1?digest=sha256:other");
  const auto opened = send("POST", "/v2/origin/blobs/uploads/");
  const auto closed = send("PUT", "/v2/origin/blobs/uploads/2?digest=sha256:a");
  const auto mounted = send("POST", "/v2/here/blobs/uploads/?mount=sha256:a&from=origin");
  const auto pushed = send("PUT", "/v2/here/manifests/sha256:c");
  EXPECT_THAT(with_uploads({pushed}), ElementsAre(opened, closed, mounted, pushed));
}

}  // namespace
}  // namespace referee::model
