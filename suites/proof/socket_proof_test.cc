// Every defect is caught by the checks of its own requirement over real sockets too: what the transport in this process
// leaves out (libcurl, framing, threads of a server) hides none.
#include "suites/proof/socket_proof.h"

#include <gtest/gtest.h>

#include <cctype>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace referee::proof {
namespace {

constexpr std::string_view kNeverCloses =
    "the server answers every request; only the transport in this process closes instead";

// What the library behind the server cannot send.
constexpr std::pair<std::string_view, std::string_view> kNotOverSockets[] = {
    {"oci.http.head-referrers#c", "the server never lets a body out with the answer to HEAD"},
    {"oci.subject.size-413~closed", kNeverCloses},
    {"oci.referrers.list.known-200~every-closed", kNeverCloses},
    {"oras.referrers.success-200~every-closed", kNeverCloses},
};

class EveryDefect : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryDefect, IsCaughtOverSockets) {
  const auto* defect = registry::find_defect(GetParam());
  ASSERT_NE(defect, nullptr);
  for (const auto& [id, reason] : kNotOverSockets) {
    if (id == defect->id) GTEST_SKIP() << reason;
  }
  const auto proof = prove_over_sockets(*defect);
  EXPECT_TRUE(proof.caught) << defect->id << ": " << defect->title << proof.said;
}

std::vector<std::string> ids() {
  std::vector<std::string> all;
  for (const auto& defect : registry::all_defects()) all.push_back(defect.id);
  return all;
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Sockets, EveryDefect, ::testing::ValuesIn(ids()), test_name);

}  // namespace
}  // namespace referee::proof
