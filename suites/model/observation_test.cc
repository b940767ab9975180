// What the model hears of recorded exchanges.
#include "suites/model/observation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::model {
namespace {

http::Exchange exchange_to(const std::string& path, int status = 200) {
  http::Exchange exchange;
  exchange.request.method = "GET";
  exchange.request.url = "http://registry" + path;
  exchange.response = http::RecordedResponse{.status = status};
  return exchange;
}

std::vector<Observation> heard(const std::vector<http::Exchange>& exchanges) {
  std::vector<const http::Exchange*> all;
  for (const auto& exchange : exchanges) all.push_back(&exchange);
  return observations_of(all, http::BodyStore(), "http://registry");
}

TEST(Observations, TakeARedirectionAndItsTargetAsOneAnswer) {
  auto redirect = exchange_to("/v2/a/manifests/latest", 307);
  redirect.response->headers = {{"Location", "http://elsewhere/x"}};
  const auto all = heard({redirect, exchange_to("/x")});
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].place.repository, "a");
  EXPECT_EQ(all[0].answer.status, 200);
}

TEST(Observations, EndWhereAHeadWasNotKeptWhole) {
  auto cut = exchange_to("/v2/a/manifests/two");
  cut.response->whole = false;
  EXPECT_EQ(heard({exchange_to("/v2/a/manifests/one"), cut, exchange_to("/v2/a/manifests/three")}).size(), 1U);
}

}  // namespace
}  // namespace referee::model
