#include "harness/cli/options/check_connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "harness/cli/exit_code.h"

namespace referee::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

void refuse(const SharedOptions& options, const std::string& says) {
  EXPECT_THAT([&] { check_connection(options); }, ThrowsMessage<WrongUsage>(HasSubstr(says)));
}

TEST(CheckConnection, NamesTheOptionWhoseFileIsMissing) {
  for (const auto& [option, file] : {std::pair("--ca-file", &http::CurlOptions::ca_file),
                                     {"--cert-file", &http::CurlOptions::cert_file},
                                     {"--key-file", &http::CurlOptions::key_file}}) {
    SharedOptions options;
    options.connection.network.*file = "/nonexistent.pem";
    refuse(options, std::string(option) + ": cannot find /nonexistent.pem");
    options.connection.network.*file = std::filesystem::temp_directory_path().string();
    refuse(options, "is not a file");
  }
}

TEST(CheckConnection, WantsTheCertificateOfAKey) {
  SharedOptions options;
  options.connection.network.key_file = "/proc/self/status";
  refuse(options, "--cert-file");
}

TEST(CheckConnection, WantsHostPortAndAddress) {
  for (const std::string text : {"foo", "foo:80", "foo:80:", ":80:127.0.0.1", "foo:http:127.0.0.1", "foo::127.0.0.1"}) {
    SharedOptions options;
    options.connection.network.resolve = {text};
    refuse(options, "'" + text + "' is not HOST:PORT:ADDRESS");
  }
  SharedOptions options;
  options.connection.network.resolve = {"registry.example:5000:127.0.0.1", "a:443:[::1]"};
  EXPECT_NO_THROW(check_connection(options));
}

TEST(CheckConnection, WantsTimeForARequest) {
  SharedOptions options;
  options.settings.client.limits.whole = std::chrono::milliseconds(0);
  refuse(options, "--timeout");
}

}  // namespace
}  // namespace referee::cli
