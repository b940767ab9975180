// A transport that keeps a record of what is pushed through it, and deleted.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "harness/cli/sweeping/pushed_record.h"
#include "harness/http/transport.h"

namespace referee::cli {

/// What a request to the registry at `base` (without a slash at the end) pushes or deletes; distribution-spec 1.1.1,
/// sections "Push" and "Content Management". An upload's last request goes where the registry says.
struct PushOrDeletion {
  bool is_push = false;  // else a deletion
  PushedItem item;
};
std::optional<PushOrDeletion> push_or_deletion(const http::Request& request, const std::string& base);

/// Safe to use from several threads. All arguments outlive it.
class WatchedTransport : public http::Transport {
 public:
  /// Without a record it only hands on.
  WatchedTransport(http::Transport& inner, std::string base, PushedRecord* record)
      : inner_(inner), base_(std::move(base)), record_(record) {}

  http::Response exchange(const http::Request& request, const http::ExchangeLimits& limits) override;

 private:
  std::optional<PushOrDeletion> watched(const http::Request& request);
  void hear_of_upload(const http::Request& request, const http::Response& response);

  http::Transport& inner_;
  std::string base_;
  PushedRecord* record_;
  std::mutex mutex_;
  std::map<std::string, std::string> uploads_;  // from the URL of an upload, without query, to its repository; guarded
};

}  // namespace referee::cli
