#include "harness/http/wire/curl_exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "harness/http/syntax/lexer.h"
#include "harness/http/syntax/url.h"
#include "harness/http/wire/curl_faults.h"

namespace referee::http {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestNap{100};  // how long an interruption may go unseen
constexpr milliseconds kGraceForWrites{500};
constexpr milliseconds kGraceAfterHead{3};  // how long a body that must not follow HEAD is waited for

bool is_loopback(std::string host) {
  std::ranges::transform(host, host.begin(), lower);
  return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "::1";
}

bool has_line_break(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

bool has_high_byte(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

// Options are constants of this file: a refusal is a mistake in it, or a libcurl built without the feature.
template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
  if (const CURLcode code = curl_easy_setopt(easy, option, value); code != CURLE_OK) {
    throw std::runtime_error(
        fmt::format("libcurl refuses option {}: {}", static_cast<int>(option), curl_easy_strerror(code)));
  }
}

void append(CurlList& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (!longer) throw std::bad_alloc();
  static_cast<void>(list.release());
  list.reset(longer);
}

// Removes the handle again whatever happens; an unfinished exchange thereby loses its connection.
class Added {
 public:
  explicit Added(const CurlSession& session) : session_(session) {
    if (curl_multi_add_handle(session.multi(), session.easy()) != CURLM_OK) {
      throw std::runtime_error("libcurl could not start an exchange");
    }
  }
  ~Added() {
    curl_multi_remove_handle(session_.multi(), session_.easy());
    curl_easy_reset(session_.easy());  // so that it keeps no pointer into the exchange
  }
  Added(const Added&) = delete;
  Added& operator=(const Added&) = delete;

 private:
  const CurlSession& session_;
};

}  // namespace

CurlSession::CurlSession() {
  static const CURLcode kInitialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  multi_.reset(kInitialised == CURLE_OK ? curl_multi_init() : nullptr);
  easy_.reset(multi_ ? curl_easy_init() : nullptr);
  if (!easy_) throw std::runtime_error("libcurl could not be initialised");
}

void require_sendable(const Request& request) {
  const auto refuse = [](const std::string& why) { throw TransportFault(FaultKind::kUnsupported, why); };
  if (!Url::parse(request.url)) refuse("not an http or https URL that fits on a request line");
  if (request.method.empty() || !std::ranges::all_of(request.method, is_token_char)) {
    refuse("the method is not a token");
  }
  for (const HeaderLine& line : request.headers.lines()) {
    if (line.name.empty() || !std::ranges::all_of(line.name, is_token_char)) refuse("a header's name is not a token");
    if (has_line_break(line.value)) refuse("a header's value has a line break or a NUL byte");
  }
}

CurlExchange::CurlExchange(CurlSession& session, const Request& request, const ExchangeLimits& limits,
                           const CurlOptions& options)
    : session_(session), request_(request), limits_(limits), options_(options), head_(limits.header_bytes) {}

Response CurlExchange::run() {
  configure();
  const Added added(session_);
  std::optional<CURLcode> done;
  while (!(done = step())) {
    if (head_is_answered()) return response();
    heed_interruption();
    if (auto missed = missed_deadline()) throw *std::move(missed);
    wait();
  }
  if (head_.fault()) throw *head_.fault();
  if (late_) throw *late_;
  // A registry may answer and close before it has read the request; what came whole is its answer.
  if (*done == CURLE_OK || truncated_ || body_is_whole()) {
    if (head_.complete()) return response();
    throw TransportFault(head_.started() ? FaultKind::kReset : FaultKind::kClosed,
                         "closed before the answer's head was whole");
  }
  long verified = 0;
  curl_easy_getinfo(session_.easy(), CURLINFO_SSL_VERIFYRESULT, &verified);
  throw fault_of(*done, detail_, head_, verified);
}

void CurlExchange::configure() {
  CURL* easy = session_.easy();
  headers_ = header_list();
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_QUICK_EXIT, 1L);  // do not wait for a name that is still being resolved
  set(easy, CURLOPT_ERRORBUFFER, detail_);
  set(easy, CURLOPT_URL, request_.url.c_str());
  set(easy, CURLOPT_PATH_AS_IS, 1L);
  // libcurl would escape bytes beyond ASCII. With a proxy they cannot be sent as they are: it needs the whole URL
  // there.
  if (has_high_byte(request_.url)) set(easy, CURLOPT_REQUEST_TARGET, Url::parse(request_.url)->target().c_str());
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));  // plain http stays 1.1
  set(easy, CURLOPT_HTTPHEADER, headers_.get());
  set(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  set(easy, CURLOPT_HEADERFUNCTION, &CurlExchange::on_header);
  set(easy, CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(easy, CURLOPT_WRITEFUNCTION, &CurlExchange::on_body);
  set(easy, CURLOPT_WRITEDATA, static_cast<void*>(this));
  // A handle that found no address for a host keeps its buffer, of this very size, and takes no other.
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 65'536L);
  configure_body();
  configure_connection();
}

void CurlExchange::configure_body() {
  CURL* easy = session_.easy();
  const std::string& method = request_.method;
  const bool has_length = !request_.body.empty() || method == "PUT" || method == "POST" || method == "PATCH";
  if (has_length) {
    set(easy, CURLOPT_POSTFIELDS, request_.body.data());
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
  } else {
    set(easy, CURLOPT_HTTPGET, 1L);
  }
  set(easy, CURLOPT_CUSTOMREQUEST, method.c_str());
  if (method == "HEAD") {
    // Not CURLOPT_NOBODY: it would hide the body that a registry wrongly sends.
    set(easy, CURLOPT_IGNORE_CONTENT_LENGTH, 1L);
    set(easy, CURLOPT_FORBID_REUSE, 1L);
  }
}

void CurlExchange::configure_connection() {
  CURL* easy = session_.easy();
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::max<milliseconds::rep>(1, limits_.connect.count())));
  const auto url = Url::parse(request_.url);
  if (url && is_loopback(url->host)) set(easy, CURLOPT_PROXY, "");
  if (options_.insecure) {
    set(easy, CURLOPT_SSL_VERIFYPEER, 0L);
    set(easy, CURLOPT_SSL_VERIFYHOST, 0L);
  }
  if (!options_.ca_file.empty()) set(easy, CURLOPT_CAINFO, options_.ca_file.c_str());
  if (!options_.cert_file.empty()) set(easy, CURLOPT_SSLCERT, options_.cert_file.c_str());
  if (!options_.key_file.empty()) set(easy, CURLOPT_SSLKEY, options_.key_file.c_str());
  for (const std::string& line : options_.resolve) append(resolve_, line);
  if (resolve_) set(easy, CURLOPT_RESOLVE, resolve_.get());
}

// "Name:" tells libcurl to leave out a header that it would add, "Name;" to send one without a value.
CurlList CurlExchange::header_list() const {
  CurlList list;
  for (const HeaderLine& line : request_.headers.lines()) {
    append(list, line.value.empty() ? line.name + ";" : line.name + ": " + line.value);
  }
  for (const char* name : {"Accept", "Content-Type", "Expect"}) {
    if (!request_.headers.has(name)) append(list, std::string(name) + ":");
  }
  return list;
}

// Does what can be done at once; the result if the exchange has ended.
std::optional<CURLcode> CurlExchange::step() {
  int running = 0;
  if (const CURLMcode code = curl_multi_perform(session_.multi(), &running); code != CURLM_OK) {
    throw std::runtime_error(fmt::format("libcurl: {}", curl_multi_strerror(code)));
  }
  int left = 0;
  const CURLMsg* message = curl_multi_info_read(session_.multi(), &left);
  if (!message) return std::nullopt;
  return message->data.result;
}

void CurlExchange::wait() const {
  auto nap = kLongestNap;
  const auto elapsed = Time::now() - start_;
  for (const milliseconds limit : {limits_.first_byte, limits_.whole}) {
    const auto left = std::chrono::ceil<milliseconds>(limit - elapsed);
    if (left > milliseconds(0)) nap = std::min(nap, left);
  }
  if (head_complete_ && request_.method == "HEAD") nap = std::min(nap, kGraceAfterHead);
  curl_multi_poll(session_.multi(), nullptr, 0, static_cast<int>(nap.count()), nullptr);
}

// What changes the registry gets a moment to be answered: cut off, it could take effect after cleanup has passed.
void CurlExchange::heed_interruption() {
  if (!limits_.interrupted || !limits_.interrupted->load()) return;
  if (!interrupted_) interrupted_ = Time::now();
  const bool reads = request_.method == "GET" || request_.method == "HEAD";
  if (reads || Time::now() - *interrupted_ >= kGraceForWrites) {
    throw TransportFault(FaultKind::kInterrupted, "the run was told to stop");
  }
}

std::optional<TransportFault> CurlExchange::missed_deadline() const {
  const auto elapsed = Time::now() - start_;
  if (elapsed >= limits_.whole) {
    return TransportFault(FaultKind::kTimeout,
                          fmt::format("the answer was not complete within {} ms{}", limits_.whole.count(),
                                      head_.started() ? "" : ": nothing came"));
  }
  if (!head_.started() && elapsed >= limits_.first_byte) {
    return TransportFault(FaultKind::kTimeout, fmt::format("no answer within {} ms", limits_.first_byte.count()));
  }
  return std::nullopt;
}

// libcurl hands over all that has come before it returns: a peer that is fast enough never lets it.
bool CurlExchange::goes_on() {
  late_ = missed_deadline();
  return !late_;
}

// After HEAD the head is all; a moment is given to a body that should not come, for only so it is seen.
bool CurlExchange::head_is_answered() {
  if (request_.method != "HEAD" || !head_.complete()) return false;
  if (!head_complete_) head_complete_ = Time::now();
  return !body_.empty() || Time::now() - *head_complete_ >= kGraceAfterHead;
}

bool CurlExchange::body_is_whole() const {
  return head_.complete() && (request_.method == "HEAD" || head_.content_length() == body_.size());
}

Response CurlExchange::response() {
  Response response;
  response.status = head_.status();
  response.reason = head_.reason();
  response.headers = head_.headers();
  response.body = std::move(body_);
  response.truncated = truncated_;
  response.url = request_.url;
  response.method = request_.method;
  return response;
}

std::size_t CurlExchange::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& own = *static_cast<CurlExchange*>(self);
  const std::size_t length = size * count;
  if (!own.goes_on() || !own.head_.take({bytes, length})) return 0;
  const bool bodyless = own.head_.complete() && (own.head_.status() == 204 || own.head_.status() == 304);
  if (bodyless) curl_easy_setopt(own.session_.easy(), CURLOPT_FORBID_REUSE, 1L);
  return length;
}

std::size_t CurlExchange::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
  auto& own = *static_cast<CurlExchange*>(self);
  const std::size_t length = size * count;
  if (!own.goes_on()) return 0;
  const std::size_t room = own.limits_.body_bytes - own.body_.size();
  own.body_.append(bytes, std::min(length, room));
  own.truncated_ = length > room;
  return own.truncated_ ? 0 : length;
}

}  // namespace referee::http
