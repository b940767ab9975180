#include "harness/engine/listener.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace referee::engine {
namespace {

constexpr int kWakeEvery = 20;  // milliseconds

std::string first_words(int connection) {
  pollfd ready{connection, POLLIN, 0};
  char bytes[200];
  const auto got = poll(&ready, 1, 5 * kWakeEvery) > 0 ? recv(connection, bytes, sizeof bytes, 0) : 0;
  std::string words;
  for (ssize_t i = 0; i < got; ++i) words += bytes[i] >= ' ' && bytes[i] <= '~' ? bytes[i] : ' ';
  return words;
}

}  // namespace

Listener::Listener() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (socket_ < 0 || bind(socket_, generic, size) != 0 || listen(socket_, 16) != 0 ||
      getsockname(socket_, generic, &size) != 0) {
    if (socket_ >= 0) close(socket_);
    throw std::runtime_error("cannot listen on 127.0.0.1");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { listen_on(); });
}

Listener::~Listener() {
  over_ = true;
  thread_.join();
  close(socket_);
}

std::string Listener::url() const { return fmt::format("http://127.0.0.1:{}", port_); }

std::vector<std::string> Listener::visits() const {
  const std::lock_guard lock(mutex_);
  return visits_;
}

void Listener::listen_on() {
  while (!over_) {
    pollfd waiting{socket_, POLLIN, 0};
    if (poll(&waiting, 1, kWakeEvery) <= 0) continue;
    const int connection = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) continue;
    auto words = first_words(connection);
    close(connection);
    const std::lock_guard lock(mutex_);
    visits_.push_back(std::move(words));
  }
}

}  // namespace referee::engine
