#include "harness/http/testing/raw_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "harness/http/message.h"

namespace referee::http {
namespace {

constexpr int kPoll = 5;  // milliseconds until a stop is seen

class Socket {
 public:
  explicit Socket(int number) : number_(number) {}
  ~Socket() { close(); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

int listen_on_loopback() {
  const int number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (number < 0 || ::bind(number, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(number, 64) != 0) {
    throw std::runtime_error("cannot listen on 127.0.0.1");
  }
  return number;
}

int port_of(int number) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(number, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

std::size_t announced_length(std::string_view head) {
  while (!head.empty()) {
    const auto end = std::min(head.find("\r\n"), head.size());
    const auto line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    const auto colon = line.find(':');
    if (colon != std::string_view::npos && same_name(line.substr(0, colon), "Content-Length")) {
      return std::stoul(std::string(line.substr(colon + 1)));
    }
  }
  return 0;
}

}  // namespace

namespace {

struct Worker {
  std::thread thread;
  std::atomic<bool> done{false};
};

}  // namespace

struct RawServer::State {
  explicit State(Script s) : script(std::move(s)), listener(listen_on_loopback()), port(port_of(listener.number())) {}

  void note(const std::string& request) {
    const std::lock_guard lock(mutex);
    if (!request.empty()) requests.push_back(request);
  }

  Script script;
  Socket listener;
  int port;
  std::atomic<bool> stopping{false};
  std::atomic<std::size_t> accepted{0};
  mutable std::mutex mutex;
  std::vector<std::string> requests;  // guarded by mutex
  std::list<Worker> workers;          // touched by the acceptor and, after it has ended, by the destructor
  std::thread acceptor;
};

namespace {

class Connection : public RawConnection {
 public:
  Connection(int number, RawServer::Script& script, const std::atomic<bool>& stopping,
             std::function<void(const std::string&)> note)
      : socket_(number), script_(script), stopping_(stopping), note_(std::move(note)) {}

  void run() {
    script_(*this);
    if (socket_.number() < 0) return;
    ::shutdown(socket_.number(), SHUT_WR);
    std::string rest;
    // What was not read would turn the close into a reset and take the answer with it.
    for (int i = 0; i < 200 && wait_for(POLLIN) && receive(rest); ++i) rest.clear();
  }

  std::string read_request() override {
    std::string head = take_head();
    if (head.empty()) return "";
    const std::size_t length = announced_length(head);
    while (buffer_.size() < length && wait_for(POLLIN) && receive(buffer_)) {
    }
    head += buffer_.substr(0, length);
    buffer_.erase(0, length);
    note_(head);
    return head;
  }

  std::string read_head() override {
    std::string head = take_head();
    note_(head);
    return head;
  }

  bool send(std::string_view bytes) override {
    while (!bytes.empty()) {
      if (!wait_for(POLLOUT)) return false;
      const ssize_t sent = ::send(socket_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  bool drip(std::string_view bytes, std::size_t piece, std::chrono::milliseconds pause) override {
    while (!bytes.empty() && !stopping_) {
      if (!send(bytes.substr(0, piece))) return false;
      bytes.remove_prefix(std::min(piece, bytes.size()));
      std::this_thread::sleep_for(pause);
    }
    return bytes.empty();
  }

  void hang() override {
    std::string ignored;
    while (wait_for(POLLIN) && receive(ignored)) ignored.clear();
  }

  void reset() override {
    const linger abrupt{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket_.number(), SOL_SOCKET, SO_LINGER, &abrupt, sizeof abrupt);
    socket_.close();
  }

 private:
  std::string take_head() {
    std::size_t end;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!wait_for(POLLIN) || !receive(buffer_)) return "";
    }
    std::string head = buffer_.substr(0, end + 4);
    buffer_.erase(0, end + 4);
    return head;
  }

  bool wait_for(short event) const {
    while (!stopping_ && socket_.number() >= 0) {
      pollfd waiting{.fd = socket_.number(), .events = event, .revents = 0};
      if (::poll(&waiting, 1, kPoll) > 0) return true;
    }
    return false;
  }

  bool receive(std::string& into) const {
    char bytes[16'384];
    const ssize_t count = ::recv(socket_.number(), bytes, sizeof bytes, 0);
    if (count > 0) into.append(bytes, static_cast<std::size_t>(count));
    return count > 0;
  }

  Socket socket_;
  RawServer::Script& script_;
  const std::atomic<bool>& stopping_;
  std::function<void(const std::string&)> note_;
  std::string buffer_;
};

}  // namespace

RawServer::RawServer(Script script) : state_(std::make_unique<State>(std::move(script))) {
  state_->acceptor = std::thread([&state = *state_] {
    while (!state.stopping) {
      pollfd waiting{.fd = state.listener.number(), .events = POLLIN, .revents = 0};
      if (::poll(&waiting, 1, kPoll) <= 0) continue;
      const int number = ::accept4(state.listener.number(), nullptr, nullptr, SOCK_CLOEXEC);
      if (number < 0) continue;
      const int on = 1;
      ::setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      ++state.accepted;
      // A thread that has ended still counts until it is joined, and a machine has a limited number.
      state.workers.remove_if([](Worker& worker) {
        const bool done = worker.done;
        if (done) worker.thread.join();
        return done;
      });
      Worker& worker = state.workers.emplace_back();
      worker.thread = std::thread([&state, &worker, number] {
        Connection(number, state.script, state.stopping, [&state](const std::string& r) { state.note(r); }).run();
        worker.done = true;
      });
    }
  });
}

RawServer::~RawServer() {
  state_->stopping = true;
  state_->acceptor.join();
  for (Worker& worker : state_->workers) worker.thread.join();
}

RawServer::Script RawServer::answering(std::string bytes) {
  return [answer = std::move(bytes)](RawConnection& client) {
    while (!client.read_request().empty() && client.send(answer)) {
    }
  };
}

int RawServer::port() const { return state_->port; }
std::string RawServer::url() const { return fmt::format("http://127.0.0.1:{}", state_->port); }
std::size_t RawServer::connections() const { return state_->accepted; }

std::vector<std::string> RawServer::requests() const {
  const std::lock_guard lock(state_->mutex);
  return state_->requests;
}

std::string raw_response(std::string_view head, std::string_view body) {
  return fmt::format("{}\r\nContent-Length: {}\r\n\r\n{}", head, body.size(), body);
}

int closed_port() {
  const Socket socket(listen_on_loopback());
  return port_of(socket.number());
}

}  // namespace referee::http
