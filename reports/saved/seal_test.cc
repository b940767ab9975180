#include "reports/saved/seal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "reports/saved/read_results.h"
#include "reports/saved/results_json.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Seal : public ::testing::Test {
 protected:
  Seal() {
    seal(run_);
    results_ = results_json(run_);
  }

  void sign_with(const std::filesystem::path& private_key) {
    sign(run_, private_key);
    results_ = results_json(run_);
  }

  // A key pair made by OpenSSL's own tool: NAME.pem and NAME.pub.
  std::filesystem::path key(const std::string& name, const std::string& algorithm = "ed25519") const {
    const auto path = folder_ / (name + ".pem");
    const auto make = "openssl genpkey -algorithm " + algorithm + " -out " + path.string() +
                      " 2>&1 && openssl pkey -in " + path.string() + " -pubout -out " + (folder_ / name).string() +
                      ".pub 2>&1";
    EXPECT_EQ(std::system(make.c_str()), 0) << make;
    return path;
  }

  Results& first_exchange() {
    for (auto& check : results_["checks"]) {
      if (!check["exchanges"].empty()) return check["exchanges"][0];
    }
    throw std::logic_error("the sample has no exchange");
  }

  ScratchFolder scratch_;
  std::filesystem::path folder_ = scratch_.path();
  SavedRun run_ = saved_of(sample_run());
  Results results_;
};

TEST_F(Seal, HoldsForWhatWasSealedAlsoAfterReformatting) {
  EXPECT_THAT(damages(results_), IsEmpty());
  EXPECT_THAT(damages(Results::parse(results_.dump(2))), IsEmpty());
}

TEST_F(Seal, NamesTheCheckOfAChangedExchange) {
  auto& exchange = first_exchange();
  exchange["seconds"] = exchange["seconds"].get<double>() + 1;
  EXPECT_THAT(damages(results_), Contains(Field(&Damage::what, HasSubstr("is not what was recorded"))));
  EXPECT_THAT(damages(results_), SizeIs(2)) << "the exchange, and the whole";
}

TEST_F(Seal, FindsAChangedBody) {
  for (auto& [digest, body] : results_["bodies"].items()) {
    if (body["capped"].get<bool>()) continue;
    auto text = body["base64"].get<std::string>();
    text[0] = text[0] == 'A' ? 'B' : 'A';
    body["base64"] = text;
    break;
  }
  EXPECT_THAT(damages(results_), Contains(Field(&Damage::what, HasSubstr("the body of its"))));
}

TEST_F(Seal, FindsAChangedOutcome) {
  results_["verdict"] = results_["verdict"] == "conformant" ? "non-conformant" : "conformant";
  EXPECT_THAT(damages(results_), Contains(Field(&Damage::what, HasSubstr("not what was sealed"))));
}

TEST_F(Seal, MissesWhereThereIsNone) {
  results_.erase("seal");
  EXPECT_THAT(damages(results_), Contains(Field(&Damage::what, HasSubstr("no seal"))));
}

TEST_F(Seal, IsSignedAndVerified) {
  sign_with(key("ours"));
  EXPECT_THAT(damages(results_), IsEmpty());
  EXPECT_EQ(why_not_signed_by(Results::parse(results_.dump()), folder_ / "ours.pub"), "");
}

TEST_F(Seal, RefusesAnotherKeyAndNoSignature) {
  key("theirs");
  EXPECT_THAT(why_not_signed_by(results_, folder_ / "theirs.pub"), HasSubstr("not signed"));
  sign_with(key("ours"));
  EXPECT_THAT(why_not_signed_by(results_, folder_ / "theirs.pub"), HasSubstr("not of that key"));
}

TEST_F(Seal, RefusesAForgeryThatWasHashedAgain) {
  sign_with(key("ours"));
  const auto signature = results_["seal"]["ed25519"];
  results_["verdict"] = "not-judged";
  EXPECT_THAT(why_not_signed_by(results_, folder_ / "ours.pub"), HasSubstr("not what was sealed"));
  auto forged = run_of(results_);
  seal(forged);
  results_ = results_json(forged);
  results_["seal"]["ed25519"] = signature;
  EXPECT_THAT(damages(results_), IsEmpty()) << "hashes alone cannot tell";
  EXPECT_THAT(why_not_signed_by(results_, folder_ / "ours.pub"), HasSubstr("not of that key"));
}

TEST_F(Seal, SaysWhatIsWrongWithAKey) {
  EXPECT_THROW(can_sign_with(folder_ / "missing.pem"), BadKey);
  EXPECT_THROW(can_sign_with(key("rsa", "RSA")), BadKey);
  can_sign_with(key("ours"));
  EXPECT_THROW(can_sign_with(folder_ / "ours.pub"), BadKey) << "the public half cannot sign";
}

}  // namespace
}  // namespace referee::reports
