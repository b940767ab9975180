// A server on 127.0.0.1 that does to its clients exactly what a script says, bytes and silences included.
//
//   RawServer server([](RawConnection& client) {
//     client.read_request();
//     client.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
//     client.reset();
//   });
//   transport.exchange({.method = "GET", .url = server.url() + "/v2/"}, limits);
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace referee::http {

/// One connection, in its own thread. All calls return at once when the server is stopped.
class RawConnection {
 public:
  virtual ~RawConnection() = default;
  /// The next request, head and body (by Content-Length), as it came; empty when the client has closed.
  virtual std::string read_request() = 0;
  /// Only the head of the next request, its blank line included.
  virtual std::string read_head() = 0;
  /// False when the client takes no more.
  virtual bool send(std::string_view bytes) = 0;
  /// Sends piece by piece; false when the client takes no more.
  virtual bool drip(std::string_view bytes, std::size_t piece, std::chrono::milliseconds pause) = 0;
  /// Says and does nothing until the client closes or the server is stopped.
  virtual void hang() = 0;
  /// Breaks the connection (RST) instead of closing it.
  virtual void reset() = 0;
};

class RawServer {
 public:
  /// Runs for each connection; when it returns, the connection is closed in an orderly way.
  using Script = std::function<void(RawConnection&)>;

  explicit RawServer(Script script);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  /// Answers each request with these bytes and keeps the connection.
  static Script answering(std::string bytes);

  int port() const;
  std::string url() const;  // "http://127.0.0.1:port", without a slash
  /// All requests that read_request() and read_head() gave so far.
  std::vector<std::string> requests() const;
  std::size_t connections() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A response with its Content-Length; `head` is the status line and header lines, separated by CRLF.
std::string raw_response(std::string_view head, std::string_view body = "");

/// A port of 127.0.0.1 on which nothing listens.
int closed_port();

}  // namespace referee::http
