// One exchange by libcurl, driven step by step so that deadlines and interruptions are exact.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <optional>
#include <string>

#include "harness/http/message.h"
#include "harness/http/transport.h"
#include "harness/http/wire/curl_transport.h"
#include "harness/http/wire/head_reader.h"

namespace referee::http {

template <auto function>
struct CurlDeleter {
  template <typename T>
  void operator()(T* handle) const {
    function(handle);
  }
};
using CurlEasy = std::unique_ptr<CURL, CurlDeleter<curl_easy_cleanup>>;
using CurlMulti = std::unique_ptr<CURLM, CurlDeleter<curl_multi_cleanup>>;
using CurlList = std::unique_ptr<curl_slist, CurlDeleter<curl_slist_free_all>>;

/// The handles of one worker with the connections that they keep alive. Not safe to use from several threads at once.
class CurlSession {
 public:
  CurlSession();

  CURLM* multi() const { return multi_.get(); }
  CURL* easy() const { return easy_.get(); }

 private:
  CurlMulti multi_;  // outlives easy_, which is never left in it
  CurlEasy easy_;
};

/// Throws TransportFault(kUnsupported) if the request cannot be put on the wire as it is.
void require_sendable(const Request& request);

/// To be run once. All arguments must outlive it.
class CurlExchange {
 public:
  CurlExchange(CurlSession& session, const Request& request, const ExchangeLimits& limits, const CurlOptions& options);

  /// The response as it came; throws TransportFault.
  Response run();

 private:
  using Time = std::chrono::steady_clock;

  void configure();
  void configure_body();
  void configure_connection();
  CurlList header_list() const;
  std::optional<CURLcode> step();
  void wait() const;
  void heed_interruption();
  std::optional<TransportFault> missed_deadline() const;
  bool goes_on();
  bool head_is_answered();
  bool body_is_whole() const;
  Response response();

  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);

  CurlSession& session_;
  const Request& request_;
  const ExchangeLimits& limits_;
  const CurlOptions& options_;
  CurlList headers_;
  CurlList resolve_;
  Time::time_point start_ = Time::now();
  std::optional<Time::time_point> head_complete_;
  std::optional<Time::time_point> interrupted_;
  HeadReader head_;
  std::optional<TransportFault> late_;  // found while bytes came in
  std::string body_;
  bool truncated_ = false;
  char detail_[CURL_ERROR_SIZE] = {};
};

}  // namespace referee::http
